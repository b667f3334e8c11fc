"""What an answer rests on, what is kept while it is not asked, and marks with notes."""

import gui_desk
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from ui.widgets.guidance import Guidance
from ui.widgets.marks import Marks
from ui.widgets.outline import Outline

desk, inspection = gui_desk.desk, gui_desk.inspection
CTRL = Qt.KeyboardModifier.ControlModifier


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
    desk.press(Qt.Key.Key_P)
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
    note.setFocus()
    desk.type("The plan of May.")
    desk.case.tell()
    assert desk.in_file("NEW-001").marks == {"good practice": "The plan of May."}
    desk.walk("NEW-002")
    marks._chips["good practice"].click()
    assert desk.in_file("NEW-002").marks == {"good practice": ""}


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
