"""What two copies say differently is put in words that a lead inspector can choose between."""

import shutil
from pathlib import Path

import gui_desk
import pytest
from gui_desk import WORDS, Desk, wake
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QRadioButton

from hmip_desktop.casefile.journal import Entry, Field, entry
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.form.model import Line
from hmip_desktop.ids import MemberId, SessionId
from hmip_desktop.operations import assess, collate, moving, set_up
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from ui.models import conflicts
from ui.pages.team import TeamPage
from ui.session import Session
from ui.widgets.conflict_card import ConflictCard

desk, inspection = gui_desk.desk, gui_desk.inspection
CTRL = Qt.KeyboardModifier.ControlModifier
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


def team_of(desk: Desk) -> TeamPage:
    team = desk.place.findChild(TeamPage)
    assert team is not None
    return team


def test_what_each_had_in_front_of_them_and_their_note_stand_beside_the_answer(
    desk: Desk, tmp_path: Path
) -> None:
    twin = tmp_path / "twin.hmip"
    key = desk.session.reading.assessment_for("NEW-001").assessment.key
    assert desk.session.answer(key, "q1_1_01", "na") is None
    desk.window.close_file()
    shutil.copyfile(desk.own, twin)
    for path, value in ((desk.own, "yes"), (twin, "no")):
        session = Session.opened(path, Passphrase(WORDS))
        assert session.answer(key, "q1_1_01", value) is None
        assert session.note(key, "q1_1_01", f"Because {value}") is None
        assert session.answer(key, "q2_1_01", str(len(value))) is None
        session.close()
    desk.open(desk.lead)
    desk.place.merge([desk.own, twin])
    team = team_of(desk)
    by_place = {texts(card)[0]: card for card in team.conflict_cards}
    assert set(by_place) == {"NEW-001, 1.1.01", "NEW-001, note on 1.1.01", "NEW-001, 2.1.01"}
    sides = {
        side.accessibleName().split(" ")[0]: (side.accessibleName(), side.accessibleDescription())
        for side in by_place["NEW-001, 1.1.01"].findChildren(QRadioButton)
    }
    assert sides["Yes"][1] == "Because yes"
    assert sides["No"][1] == "Because no"
    assert all("Changed from “Not applicable”" in name for name, _ in sides.values())
    team.conflicts.show_conflict(by_place["NEW-001, 2.1.01"].id)
    assert texts(by_place["NEW-001, 2.1.01"]).count("First answer") == 2


def test_a_conflict_is_settled_by_keys_alone(desk: Desk, tmp_path: Path) -> None:
    (card,) = cards(desk, tmp_path, "answer", "yes", "no")
    wake(desk)
    team_of(desk).conflicts.take_focus()
    for _ in range(2):
        desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Up)
    kept = card.chosen
    assert kept >= 0
    chosen = [side for side in card.findChildren(QRadioButton) if side.isChecked()]
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Return, CTRL)
    assert len(team_of(desk).conflict_cards) == 1  # there is no reason yet
    desk.type("The second visit says so")
    wanted = chosen[0].accessibleName()[:2].strip().lower()
    desk.press(Qt.Key.Key_Return, CTRL)
    assert team_of(desk).conflict_cards == []
    assert desk.in_file("NEW-001").answers["q1_1_01"].startswith(wanted)


def test_what_is_left_for_later_goes_to_the_end_and_stays_open(desk: Desk, tmp_path: Path) -> None:
    team, first, second = two_conflicts(desk, tmp_path)
    first.choose(1, "To be thought over")
    press(first, "Later")
    assert [card.id for card in team.conflict_cards] == [second.id, first.id]
    assert team.conflicts.in_hand is second
    assert len(desk.session.reading.contents.conflicts) == 2
    desk.place.show_page("cases")
    desk.place.show_page("team")
    assert [card.id for card in team.conflict_cards] == [second.id, first.id]
    assert first.chosen == 1
    second.choose(0, "The second visit says so")
    second.keep()
    assert team.conflicts.in_hand is first


def two_conflicts(desk: Desk, tmp_path: Path) -> tuple[TeamPage, ConflictCard, ConflictCard]:
    twin = tmp_path / "twin.hmip"
    desk.window.close_file()
    shutil.copyfile(desk.own, twin)
    for path, value in ((desk.own, "yes"), (twin, "no")):
        session = Session.opened(path, Passphrase(WORDS))
        for reference in ("NEW-001", "NEW-002"):
            key = session.reading.assessment_for(reference).assessment.key
            assert session.answer(key, "q1_1_01", value) is None
        session.close()
    desk.open(desk.lead)
    desk.place.merge([desk.own, twin])
    team = team_of(desk)
    first, second = team.conflict_cards
    return team, first, second


def press(card: ConflictCard, text: str) -> None:
    (found,) = [one for one in card.findChildren(QPushButton) if one.text() == text]
    found.click()


def test_both_are_asked_with_a_text_that_names_both_answers(desk: Desk, tmp_path: Path) -> None:
    team, first, second = two_conflicts(desk, tmp_path)
    wake(desk)
    press(first, "Ask both")
    assert isinstance(desk.focus, QPlainTextEdit)
    proposed = desk.focus.toPlainText()
    assert "“Yes” (Inspector 1, " in proposed
    assert "“No” (Inspector 1, " in proposed
    desk.press(Qt.Key.Key_Return, CTRL)
    references = ("NEW-001", "NEW-002")
    (asked,) = [query for one in references for query in desk.in_file(one).queries]
    assert (asked.question, asked.text) == ("q1_1_01", proposed)
    assert [card.id for card in team.conflict_cards] == [second.id, first.id]
    team.conflicts.show_conflict(first.id)
    assert "You asked Inspector 1; the reply is waited for." in texts(first)
    press(second, "Ask both")
    press(second, "Do not ask")
    assert [query for one in references for query in desk.in_file(one).queries] == [asked]


def test_a_lead_who_wrote_a_side_asks_the_assessor_alone(tmp_path: Path) -> None:
    lead, own = gui_desk.made_inspection(tmp_path)
    with open_case_file(lead, Passphrase(WORDS)) as document:
        reading = Reading(document)
        one = reading.assessment_for("NEW-001")
        field = one.assessment.key.answer("q1_1_01")
        document.write(document.about.owner, [(field, "no")])
        with open_case_file(own, Passphrase(WORDS)) as theirs:
            assess.answer(Reading(theirs), "NEW-001", "q1_1_01", "yes")
        collate.merge(document, [own])
        reading = Reading(document)
        (conflict,) = reading.contents.conflicts
        assert conflicts.to_ask(reading, conflict) == (one.assessment.key,)
        assert "“No” (Lead 1, " in conflicts.proposed(reading, conflict, "default")


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ([], {}),
        ([("mine", 3)], {"one": 3}),
        ([("before", 1)], {"one": 1, "two": 1}),
        ([("mine", 3), ("theirs", 4)], {"one": 3, "two": 4}),
        ([("mine", 3), ("before", 1)], {"one": 3, "two": 1}),
        ([("early", 1), ("late", 9)], {"one": 1, "two": 9}),
    ],
)
def test_a_note_stands_beside_the_side_of_its_sitting(
    notes: list[tuple[str, int]], expected: dict[str, int]
) -> None:
    answer, note = Field("assessment/c/m", "answer/q"), Field("assessment/c/m", "note/q")

    def made(field: Field, session: str, minute: int) -> Entry:
        at = f"2013-05-13T09:{minute:02}:00.000Z"
        return entry(SessionId(session), minute, at, MemberId("m"), field, str(minute))

    one, two = made(answer, "mine", 2), made(answer, "theirs", 8)
    heads = [made(note, session, minute) for session, minute in notes]
    found = conflicts.notes_beside([one, two], heads)
    names = {one.id: "one", two.id: "two"}
    assert {names[side]: int(str(head.value)) for side, head in found.items()} == expected


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
            moving.move(Reading(document), "NEW-001", name)
    with open_case_file(lead, Passphrase(WORDS)) as document:
        collate.merge(document, [copy])
        reading = Reading(document)
        (conflict,) = reading.contents.conflicts
        assert conflicts.where(reading, conflict) == "NEW-001"
        assert conflicts.asks(reading, conflict, "default") == "Who assesses this case?"
        said = {conflicts.answer(reading, conflict, s.value, "default") for s in conflict.sides}
        assert said == {("Ann", Line.NOT_COUNTED), ("Bob", Line.NOT_COUNTED)}
