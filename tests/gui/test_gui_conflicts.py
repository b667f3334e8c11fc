"""What two copies say differently is put in words that a lead inspector can choose between."""

import shutil
from pathlib import Path

import gui_desk
from gui_desk import WORDS, Desk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.form.model import Line
from hmip_desktop.operations import allocating, collate, set_up
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from ui.models import conflicts
from ui.pages.team import TeamPage
from ui.session import Session
from ui.widgets.conflict_card import ConflictCard

desk, inspection = gui_desk.desk, gui_desk.inspection
LONG = "The plan was made in court & copied into the file by the duty officer. " * 6


def cards(desk: Desk, tmp_path: Path, field: str, *values: str) -> list[ConflictCard]:
    """One thing said differently in two copies of the assessor's file, merged by the lead."""
    twin = tmp_path / "twin.hmip"
    desk.window.close_file()
    shutil.copyfile(desk.own, twin)
    for path, value in zip((desk.own, twin), values, strict=True):
        session = Session.opened(path, Passphrase(WORDS))
        key = session.reading.assessment_for("NEW-001").assessment.key
        assert getattr(session, field)(key, "q1_1_01", value) is None
        session.close()
    desk.open(desk.lead)
    desk.place.merge([desk.own, twin])
    team = desk.place.findChild(TeamPage)
    assert team is not None
    return team.conflict_cards


def texts(card: ConflictCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel)]


def test_answers_stand_on_their_side_of_the_line(desk: Desk, tmp_path: Path) -> None:
    (card,) = cards(desk, tmp_path, "answer", "yes", "no")
    assert texts(card)[:2] == ["NEW-001, 1.1.01", "Was there a report?"]
    assert {"Yes ▲ above the line", "No ▼ below the line"} < set(texts(card))


def test_a_long_note_is_read_whole_and_chosen_by_a_click_on_it(desk: Desk, tmp_path: Path) -> None:
    (card,) = cards(desk, tmp_path, "note", LONG, "Nothing")
    assert texts(card)[0] == "NEW-001, note on 1.1.01"
    (note,) = [one for one in card.findChildren(QLabel) if one.text() == LONG.strip()]
    assert note.height() >= note.heightForWidth(note.width())
    assert note.mapTo(desk.window, QPoint(note.width(), 0)).x() < desk.window.width()
    QTest.mouseClick(note, Qt.MouseButton.LeftButton)
    card.choose(card.chosen, "It says more")
    card.keep()
    assert desk.in_file("NEW-001").notes["q1_1_01"] == LONG.strip()


def test_what_an_answer_rests_on_is_named(desk: Desk, tmp_path: Path) -> None:
    (card,) = cards(desk, tmp_path, "source", "file", "interview")
    assert texts(card)[0] == "NEW-001, what the answer to 1.1.01 rests on"


def test_a_case_given_to_two_people_asks_who_assesses_it(tmp_path: Path) -> None:
    gui_desk.made_inspection(tmp_path)
    people = "name,role\nLead 1,lead inspector\nAnn,inspector\nBob,inspector\n"
    (tmp_path / "two.csv").write_text(people, encoding="utf-8")
    form, sample, team = (tmp_path / name for name in ("small.csv", "sample.csv", "two.csv"))
    lead, copy = tmp_path / "two.hmip", tmp_path / "copy.hmip"
    set_up.new_inspection(lead, Passphrase(WORDS), set_up.Plan("New", "New", form, sample, team))
    shutil.copyfile(lead, copy)
    for path, name in ((lead, "Ann"), (copy, "Bob")):
        with open_case_file(path, Passphrase(WORDS)) as document:
            allocating.move(Reading(document), "NEW-001", name)
    with open_case_file(lead, Passphrase(WORDS)) as document:
        collate.merge(document, [copy])
        reading = Reading(document)
        (conflict,) = reading.contents.conflicts
        assert conflicts.where(reading, conflict) == "NEW-001"
        assert conflicts.asks(reading, conflict, "default") == "Who assesses this case?"
        said = {conflicts.answer(reading, conflict, s.value, "default") for s in conflict.sides}
        assert said == {("Ann", Line.NOT_COUNTED), ("Bob", Line.NOT_COUNTED)}
