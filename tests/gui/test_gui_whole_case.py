"""A whole case by keyboard alone, from the start page to the copy in the lead's hands."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import gui_desk
import pytest
from gui_desk import WORDS, Desk, in_dialog, made_inspection, wake
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from hmip_desktop import paths, settings
from hmip_desktop.casefile import records
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.form.model import Kind, Line, Question
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from hmip_desktop.settings import Settings
from ui.dialogs.unlock import UnlockDialog
from ui.main_window import MainWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LAPTOP = (1366, 768)
GOOD = "good practice"
# Every so many questions something is done otherwise, so that routing and evidence take part.
BELOW, BY_ARROWS, WITH_NOTE = 4, 3, 9
MOST_STEPS = 2000


@dataclass
class Given:
    """What the hands gave, for the file to say the same."""

    answers: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    stands: dict[str, str] = field(default_factory=dict)

    def fields(self, key: AssessmentKey) -> set[Field]:
        """The fields of an assessment that were set, its status among them."""
        said = {
            records.ANSWER: self.answers,
            records.NOTE: self.notes,
            records.SOURCE: self.sources,
            records.MARK: self.marks,
            records.STANDS: self.stands,
        }
        set_ = {key.field(prefix + name) for prefix, there in said.items() for name in there}
        return set_ | {key.field(records.STATUS)}


@contextmanager
def at_start(qtbot: QtBot, qtlog: _QtMessageCapture, files: tuple[Path, Path]) -> Iterator[Desk]:
    """The program as it starts, with nothing open."""
    desk = Desk(qtbot, MainWindow(), *files)
    desk.window.resize(*LAPTOP)
    with gui_desk.on_screen(desk, qtlog):
        yield desk


def test_a_case_of_a_small_form_with_every_kind_of_question(
    qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, own = made_inspection(tmp_path)
    before = entries(own)
    settings.save(Settings(recent=(str(own),)))
    with at_start(qtbot, qtlog, (lead, own)) as desk:
        tab_to(desk, own.name)
        unlock_after(desk, Qt.Key.Key_Return)
        key = choose_case(desk, "NEW-002", rows_down=1)
        given = assess_case(desk)
        copy = hand_in(desk, tmp_path / "stick", monkeypatch)
    assert set(given.answers) >= {"q1_1_01", "q1_1_02", "q1_1_04", "q2_1_01", "q2_1_02"}
    assert given.stands
    assert_says(copy, key, given, before)


def test_a_case_of_the_shipped_form(
    qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = paths.resource("forms", "iaow-violence.csv")
    lead, own = made_inspection(tmp_path, form, cases=1)
    before = entries(own)
    with at_start(qtbot, qtlog, (lead, own)) as desk:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(own), ""))
        unlock_after(desk, Qt.Key.Key_O, CTRL)
        key = choose_case(desk, "NEW-001", rows_down=0)
        given = assess_case(desk)
        copy = hand_in(desk, tmp_path / "stick", monkeypatch)
    assert len(given.answers) > 120
    assert any(name.endswith("_other") for name in given.answers)
    assert given.stands
    assert_says(copy, key, given, before)


def unlock_after(
    desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press what leads to the passphrase, and type it."""

    def unlock(dialog: UnlockDialog) -> None:
        desk.type(WORDS)
        desk.press(Qt.Key.Key_Return)
        assert dialog.session is not None

    wrong = in_dialog(UnlockDialog, unlock)
    desk.press(key, modifier)
    assert wrong == []
    wake(desk)
    assert desk.place.place.page == "cases"


def choose_case(desk: Desk, reference: str, *, rows_down: int) -> AssessmentKey:
    for _ in range(rows_down):
        desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    key = desk.case.key
    assert desk.place.in_case
    assert key is not None
    assert desk.session.assessment(key).case.reference == reference
    return key


def assess_case(desk: Desk) -> Given:
    """Answer all that is asked, mark the case, look it over and sign it off."""
    given = Given()
    walk_to_the_end(desk, given)
    mark_with_note(desk, given)
    take_back_and_make_again(desk)
    desk.press(Qt.Key.Key_R, CTRL)
    assert desk.place.place.page == "review"
    if desk.place.review_page.state.doubts:
        explain_first_doubt(desk, given)
    tab_to(desk, "Sign off")
    desk.press(Qt.Key.Key_Return)
    assert button_in_focus(desk) in ("Next case", "My cases")
    return given


def walk_to_the_end(desk: Desk, given: Given) -> None:
    for _ in range(MOST_STEPS):
        left = desk.session.assessment(key_of(desk)).state.unanswered
        if not left:
            return
        here = question_in_hand(desk)
        if here.name in left:
            given.answers[here.name] = answer(desk, here)
            if here.scored and place_of(desk, here) % WITH_NOTE == 0:
                give_evidence(desk, here, given)
        go_on(desk, here)
        if question_in_hand(desk) is here:
            desk.press(Qt.Key.Key_Down, CTRL)
    raise AssertionError(f"the keyboard is stuck at {desk.in_hand}")


def go_on(desk: Desk, here: Question) -> None:
    """Enter is a new line in a text; Ctrl and Enter goes on from everywhere."""
    in_text = here.kind is Kind.TEXT
    desk.press(Qt.Key.Key_Return, CTRL if in_text else Qt.KeyboardModifier.NoModifier)


def answer(desk: Desk, question: Question) -> str:
    """Answer the question in hand; what the file must say."""
    match question.kind:
        case Kind.SELECT_ONE:
            return choose(desk, question)
        case Kind.SELECT_MULTIPLE:
            return tick_first_and_last(desk, question)
        case Kind.INTEGER:
            desk.type("12")
            return "12"
        case Kind.DATE:
            desk.type("6 May 2013")
            return "2013-05-06"
        case _:
            said = f"Seen in the file: pages 1, 2 and n of {question.number}."
            desk.type(said)
            return said


def choose(desk: Desk, question: Question) -> str:
    """The first choice above the line, with some below: by digit, or by arrows."""
    place = place_of(desk, question)
    wanted = Line.BELOW if place % BELOW == 0 else Line.ABOVE
    names = [choice.name for choice in question.choices]
    chosen = next((one.name for one in question.choices if one.line is wanted), names[0])
    at = names.index(chosen)
    if place % BY_ARROWS == 0:
        for _ in range(at):
            desk.press(Qt.Key.Key_Down)
        desk.press(Qt.Key.Key_Space)
    else:
        desk.press(Qt.Key(Qt.Key.Key_1 + at))
    return chosen


def tick_first_and_last(desk: Desk, question: Question) -> str:
    """The choices stand in two columns; the arrow to the right goes on to the next row."""
    names = [choice.name for choice in question.choices]
    desk.press(Qt.Key.Key_Space)
    for _ in names[1:]:
        desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    return f"{names[0]} {names[-1]}"


def give_evidence(desk: Desk, question: Question, given: Given) -> None:
    said = f"Entry of 6 May, n p 1 2: see {question.number}.\nAnd the next."
    desk.press(Qt.Key.Key_E, CTRL)
    first, second = said.splitlines()
    desk.type(first)
    desk.press(Qt.Key.Key_Return)
    desk.type(second)
    desk.press(Qt.Key.Key_1, ALT)
    desk.press(Qt.Key.Key_Escape)
    given.notes[question.name] = said
    given.sources[question.name] = "file"


def mark_with_note(desk: Desk, given: Given) -> None:
    """From the guidance, Tab goes on to the marks; a mark leads to its note."""
    desk.press(Qt.Key.Key_G, CTRL)
    tab_to(desk, "Good practice")
    desk.press(Qt.Key.Key_Space)
    desk.type("The plan of May.")
    desk.press(Qt.Key.Key_Escape)
    assert button_in_focus(desk) == "✓ Good practice"
    desk.press(Qt.Key.Key_G, CTRL)
    given.marks[GOOD] = "The plan of May."


def take_back_and_make_again(desk: Desk) -> None:
    key = key_of(desk)
    stood = desk.session.assessment(key).assessment
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.session.assessment(key).assessment != stood
    desk.press(Qt.Key.Key_Y, CTRL)
    assert desk.session.assessment(key).assessment == stood


def explain_first_doubt(desk: Desk, given: Given) -> None:
    doubt = desk.place.review_page.state.doubts[0]
    tab_to(desk, QLineEdit)
    desk.type("The plan was made in court")
    given.stands[doubt.question.name] = "The plan was made in court"


def hand_in(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """From the review back to the cases, and the copy onto a stick."""
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    desk.press(Qt.Key.Key_Home, CTRL)
    assert desk.place.place.page == "cases"
    tab_to(desk, "Hand in...")
    desk.press(Qt.Key.Key_Return)
    assert "check code" in desk.place.cases_page.receipt
    return folder / desk.own.name


def assert_says(copy: Path, key: AssessmentKey, given: Given, before: set[str]) -> None:
    """The copy says what was given, signed off, and nothing else."""
    with open_case_file(copy, Passphrase(WORDS), write=False) as document:
        reading = Reading(document)
        found = reading.assessments[key].assessment
        new = {entry.sets for entry in document.journal if entry.id not in before}
    assert found.answers == given.answers
    assert found.notes == given.notes
    assert found.sources == given.sources
    assert found.marks == given.marks
    assert found.stands == given.stands
    assert found.signed_off
    assert not found.queries
    assert not found.unsettled
    assert new == given.fields(key)


def entries(path: Path) -> set[str]:
    with open_case_file(path, Passphrase(WORDS), write=False) as document:
        return {entry.id for entry in document.journal}


def tab_to(desk: Desk, wanted: str | type) -> None:
    """Tab on to a button by its text, or to the next editor of a kind."""
    for _ in range(60):
        desk.press(Qt.Key.Key_Tab)
        at = button_in_focus(desk) if isinstance(wanted, str) else type(desk.focus)
        if at == wanted or (isinstance(wanted, type) and isinstance(desk.focus, wanted)):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def button_in_focus(desk: Desk) -> str:
    focus = desk.focus
    return focus.text() if isinstance(focus, QAbstractButton) else ""


def key_of(desk: Desk) -> AssessmentKey:
    key = desk.case.key
    assert key is not None
    return key


def question_in_hand(desk: Desk) -> Question:
    return desk.session.form.question_by_name[desk.case.question]


def place_of(desk: Desk, question: Question) -> int:
    return desk.session.form.answerable.index(question)
