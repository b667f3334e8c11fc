"""What an answer rests on, what is kept while it is not asked, and marks with notes."""

import gui_desk
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui.widgets.guidance import Guidance
from ui.widgets.marks import Marks
from ui.widgets.outline import Outline, OutlineRow
from ui.widgets.source_row import SourceRow

desk, inspection = gui_desk.desk, gui_desk.inspection
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def said_on(desk: Desk) -> str:
    return "\n".join(one.text() for one in desk.case.findChildren(QLabel) if one.isVisible())


def test_what_an_answer_rests_on_is_one_key_away(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    desk.window.commands["source_interview"].trigger()
    assert desk.in_file("NEW-001").sources == {"q1_1_01": "interview"}
    desk.window.commands["source_file"].trigger()
    assert desk.in_file("NEW-001").sources == {"q1_1_01": "file"}
    desk.window.commands["source_file"].trigger()
    assert desk.in_file("NEW-001").sources == {}
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "yes"}


def test_answers_that_are_not_asked_now_are_kept_and_said(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Return)
    assert desk.in_hand == "1.1.03"
    desk.press(Qt.Key.Key_2)
    assert desk.case.column.kept_text == ""
    desk.press(Qt.Key.Key_Return, SHIFT)
    desk.press(Qt.Key.Key_2)
    assert desk.case.column.kept_text == (
        "1 answer is kept but not counted, because its question is not asked now."
    )
    desk.case.column.toggle_not_asked()
    assert "Answer kept. Not asked, because 1.1.01 is 'No'." in said_on(desk)
    assert desk.in_file("NEW-001").answers["q1_1_03"] == "no"
    desk.press(Qt.Key.Key_1)
    assert desk.case.column.kept_text == ""


def test_a_mark_has_a_note(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    desk.walk("NEW-001")
    marks = desk.case.findChild(Marks)
    assert marks is not None
    marks._chips["good practice"].click()
    note = next(one for one in marks.findChildren(QPlainTextEdit) if "Good" in one.accessibleName())
    assert desk.focus is note  # what the mark is about is written at once
    desk.type("The plan of May.")
    desk.case.tell()
    assert desk.in_file("NEW-001").marks == {"good practice": "The plan of May."}
    desk.walk("NEW-002")
    marks._chips["good practice"].click()
    assert desk.in_file("NEW-002").marks == {"good practice": ""}


def test_an_urgent_concern_says_that_nobody_is_told_yet(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    desk.walk("NEW-001")
    marks = desk.case.findChild(Marks)
    assert marks is not None
    chip = marks._chips["urgent concern"]
    assert not told_to_tell(marks)
    chip.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.type("A child lives there.")
    desk.press(Qt.Key.Key_Escape)
    assert desk.focus is chip
    assert told_to_tell(marks)
    assert desk.in_file("NEW-001").marks == {"urgent concern": "A child lives there."}
    desk.press(Qt.Key.Key_Space)
    assert not told_to_tell(marks)
    key = desk.case.key
    assert key is not None
    desk.session.mark(key, "urgent concern", on=True)
    desk.open(desk.lead)
    desk.place.merge([desk.own])
    desk.walk("NEW-001")
    marks = desk.case.findChild(Marks)
    assert marks is not None
    assert marks._chips["urgent concern"].isChecked()
    assert not told_to_tell(marks)  # the lead knows


def told_to_tell(marks: Marks) -> bool:
    """Whether the marks say that the lead does not know yet."""
    said = [one.text() for one in marks.findChildren(QLabel) if one.isVisible()]
    return any("tell your lead now" in text for text in said)


def chosen_sources(desk: Desk) -> list[str]:
    card = desk.case.column.card_in_hand
    assert card is not None
    row = card.findChild(SourceRow)
    assert row is not None
    return [name for name, chip in row._chips.items() if chip.isChecked()]


def stands(desk: Desk) -> tuple[str, str, str, str]:
    """What the first case says of its first question, and of its mark of good practice."""
    one, name = desk.in_file("NEW-001"), "q1_1_01"
    mark = one.marks.get("good practice", "off")
    return one.answers.get(name, ""), one.notes.get(name, ""), one.sources.get(name, ""), mark


def give_evidence(desk: Desk) -> list[tuple[str, str, str, str]]:
    """Answer, note, source and mark, each by key; what stood after each."""
    desk.walk("NEW-001")
    marks = desk.case.findChild(Marks)
    assert marks is not None
    chip = marks._chips["good practice"]
    seen = [stands(desk)]
    desk.press(Qt.Key.Key_1)
    seen.append(stands(desk))
    desk.press(Qt.Key.Key_E, CTRL)
    desk.type("Seen.")
    desk.press(Qt.Key.Key_Escape)
    seen.append(stands(desk))
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        desk.press(key, ALT)
        seen.append(stands(desk))
    chip.setFocus()
    desk.press(Qt.Key.Key_Space)
    seen.append(stands(desk))
    desk.type("The plan.")
    desk.press(Qt.Key.Key_Escape)
    seen.append(stands(desk))
    desk.press(Qt.Key.Key_Space)
    seen.append(stands(desk))
    return seen


def test_undo_and_redo_take_back_marks_and_sources_as_answers_and_notes(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    seen = give_evidence(desk)
    assert seen[-3:] == [
        ("yes", "Seen.", "interview", ""),
        ("yes", "Seen.", "interview", "The plan."),
        ("yes", "Seen.", "interview", "off"),
    ]
    assert len(set(seen)) == len(seen) - 1  # the mark is off before and after
    for before in seen[-2::-1]:
        desk.press(Qt.Key.Key_Z, CTRL)
        assert stands(desk) == before
    assert not desk.window.commands["undo"].isEnabled()
    for after in seen[1:]:
        desk.press(Qt.Key.Key_Y, CTRL)
        assert stands(desk) == after
    assert not desk.window.commands["redo"].isEnabled()


def test_evidence_is_undone_when_the_file_is_opened_again(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    seen = give_evidence(desk)
    desk.window.close_file()
    desk.open(desk.own)
    for before in seen[-2::-1]:
        desk.press(Qt.Key.Key_Z, CTRL)
        assert stands(desk) == before
    assert not desk.window.commands["undo"].isEnabled()
    desk.press(Qt.Key.Key_Y, CTRL)
    assert stands(desk) == seen[1]


def test_what_is_undone_comes_back_on_screen_where_it_is(desk: Desk) -> None:
    desk.window.resize(1280, 480)
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_1, ALT)
    marks = desk.case.findChild(Marks)
    assert marks is not None
    chip = marks._chips["line of enquiry"]
    chip.click()
    desk.case.show_side("guidance", shown=False)
    desk.walk("NEW-002")
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.case.key == desk.session.reading.assessment_for("NEW-001").assessment.key
    desk.bot.waitUntil(lambda: not chip.visibleRegion().isEmpty())
    assert not chip.isChecked()

    desk.case.go_to(desk.session.form.question_by_name["q2_1_03"])
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.in_hand == "1.1.01"
    assert chosen_sources(desk) == []
    desk.press(Qt.Key.Key_Y, CTRL)
    assert chosen_sources(desk) == ["file"]

    desk.place.show_page("cases")
    desk.press(Qt.Key.Key_Y, CTRL)
    assert desk.place.in_case
    assert chip.isChecked()


def test_one_key_goes_to_the_guidance_and_back(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    desk.walk("NEW-001")
    first = desk.focus
    desk.press(Qt.Key.Key_G, CTRL)
    assert isinstance(desk.focus, Guidance)
    assert "Look in the file" in desk.focus.accessibleName()
    desk.press(Qt.Key.Key_G, CTRL)
    assert desk.focus is first
    desk.press(Qt.Key.Key_E, CTRL)
    note = desk.focus
    desk.press(Qt.Key.Key_G, CTRL)
    desk.press(Qt.Key.Key_G, CTRL)
    assert desk.focus is note


def test_the_outline_keeps_the_criterion_in_hand_in_view_with_its_heading(desk: Desk) -> None:
    desk.window.resize(1280, 560)
    desk.walk("NEW-001")
    outline = desk.case.findChild(Outline)
    assert outline is not None
    desk.case.go_to(desk.session.form.question_by_name["q2_1_03"])
    desk.bot.wait(20)
    here = outline.currentIndex()
    assert outline.viewport().rect().contains(outline.visualRect(here))
    heading = outline.visualRect(here.siblingAtRow(here.row() - 1))
    assert outline.viewport().rect().contains(heading)
    assert "Assessment and planning" in str(here.data(Qt.ItemDataRole.ToolTipRole))


def test_a_long_criterion_takes_the_lines_that_it_needs_in_the_outline(qtbot: QtBot) -> None:
    long = "4.1 Assessment and planning to minimise the risk of harm to others"
    outline = Outline()
    qtbot.addWidget(outline)
    outline.show_rows([OutlineRow(long, "c4_1", "0 of 9"), OutlineRow("1.1", "c1_1", "0 of 9")], "")
    outline.resize(240, 400)
    outline.show()
    assert outline.sizeHintForRow(0) > outline.sizeHintForRow(1)
    outline.show_rows([OutlineRow(long * 3, "c4_1", "✓ 9"), OutlineRow("1.1", "c1_1", "✓ 9")], "")
    assert outline.sizeHintForRow(0) < 4 * outline.sizeHintForRow(1)
    assert outline.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == long * 3
    outline.resize(2400, 400)
    assert outline.sizeHintForRow(0) == outline.sizeHintForRow(1)
