"""The lead's Friday: hand-ins come, who is missing is seen, queries and agreement are read."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import gui_desk
import pytest
from gui_desk import WORDS, Desk
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Code
from hmip_desktop.operations import agreement as agreeing
from hmip_desktop.operations import allocating, assess, collate, handing_out, set_up
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from ui.main_window import MainWindow
from ui.models import agreement
from ui.pages.results import ResultsPage
from ui.pages.team import TeamPage
from ui.session import Session

WEDNESDAY = datetime(2013, 5, 15, 12, 0, tzinfo=UTC)
GIVEN = {"q1_1_01": "yes", "q1_1_03": "no", "q2_1_03": "yes"}


@dataclass
class Clock:
    """A clock that is put where a story wants it."""

    at: datetime = WEDNESDAY

    def now(self) -> datetime:
        return self.at


@dataclass
class Office:
    """The lead's desk on a Friday, and the team's files."""

    desk: Desk
    folder: Path
    files: dict[str, Path]
    clock: Clock = field(default_factory=Clock)

    @property
    def team(self) -> TeamPage:
        found = self.desk.place.findChild(TeamPage)
        assert found is not None
        return found

    def open(self) -> None:
        """Open the lead's file, by the clock of the story, on the page of the team."""
        self.desk.window.close_file()
        document = open_case_file(self.desk.lead, Passphrase(WORDS), clock=self.clock)
        self.desk.window.show_session(Session(Reading(document)))
        self.desk.place.show_page("team")

    def work(self, name: str, cases: int, given: dict[str, str] = GIVEN) -> Path:
        """Somebody answers, and signs off, the first of their cases."""
        path = self.files[name]
        with open_case_file(path, Passphrase(WORDS), clock=self.clock) as document:
            own = [one.case.reference for one in Reading(document).assessments.values()][:cases]
            for reference in own:
                for question, value in given.items():
                    assess.answer(Reading(document), reference, question, value)
            assess.sign_off(Reading(document), own)
        return path

    def rows(self, name: str) -> list[list[str]]:
        return shown(table(self.team, name))


def table(root: QWidget, name: str) -> QTableView:
    (found,) = [view for view in root.findChildren(QTableView) if view.accessibleName() == name]
    return found


def shown(view: QTableView) -> list[list[str]]:
    model = view.model()
    columns = range(model.columnCount())
    return [
        [str(model.index(row, column).data()) for column in columns]
        for row in range(model.rowCount())
    ]


def said(root: QWidget) -> str:
    """Every text in sight."""
    QApplication.processEvents()
    return "\n".join(one.text() for one in root.findChildren(QLabel) if one.isVisible())


def press(root: QWidget, text: str) -> None:
    QApplication.processEvents()
    (found,) = [b for b in root.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    found.click()


@pytest.fixture
def office(qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path) -> Iterator[Office]:
    gui_desk.made_inspection(tmp_path)
    with (tmp_path / "three.csv").open("w", encoding="utf-8", newline="") as file:
        roles = ("lead inspector", "inspector", "inspector", "local assessor")
        names = ("Lee", "Ann", "Bob", "Cat")
        csv.writer(file).writerows([("name", "role"), *zip(names, roles, strict=True)])
    with (tmp_path / "six.csv").open("w", encoding="utf-8", newline="") as file:
        cases = [(f"NEW-00{number}", "Newtown") for number in range(1, 7)]
        csv.writer(file).writerows([("reference", "ldu"), *cases])
    form, sample, team = (tmp_path / name for name in ("small.csv", "six.csv", "three.csv"))
    plan = set_up.Plan("New", "New", form, sample, team, starts="2013-05-13", ends="2013-05-17")
    lead = tmp_path / "office" / "lead.hmip"
    set_up.new_inspection(lead, Passphrase(WORDS), plan)
    with open_case_file(lead, Passphrase(WORDS)) as document:
        allocating.allocate(document, second=3, seed=1)
        made = handing_out.hand_out(document, tmp_path / "out")
    desk = Desk(qtbot, MainWindow(), lead, made[0].path)
    with gui_desk.on_screen(desk, qtlog):
        office = Office(desk, tmp_path, {one.member: one.path for one in made})
        office.open()
        yield office


def test_who_has_handed_in_is_seen_also_after_opening_again(office: Office) -> None:
    office.desk.place.merge([office.work("Ann", 2)])
    office.clock.at += timedelta(days=1)
    office.open()
    office.work("Bob", 99)
    cat = office.files["Cat"]
    cat.write_bytes(cat.read_bytes()[:6000])
    office.desk.place.merge([office.files["Bob"], cat])
    bobs = office.rows("Team")[1][2]
    expected = [
        ["Ann", "Yesterday", "Waiting", "–"],
        ["Bob", "Today", "Merged", str(3 * int(bobs.split()[0]))],
        ["Cat", "Today", "Damaged: ask again", "–"],
    ]
    for _ in range(2):
        rows = office.rows("Team")
        assert [[r[0], r[1].split()[0], r[4], r[3]] for r in rows] == expected
        assert rows[0][2] == "2 of 3"
        assert rows[1][2].split()[0] == rows[1][2].split()[-1]
        assert "1 of 3 people handed in" in said(office.team)
        office.open()
    office.clock.at += timedelta(days=4)
    office.open()
    assert office.rows("Team")[1][1].startswith("16 May 2013")
    assert office.rows("Team")[1][4] == "Merged"


def test_the_same_file_again_leaves_the_table_as_it_was(office: Office) -> None:
    office.desk.place.merge([office.work("Ann", 1)])
    before = office.rows("Team")
    office.clock.at += timedelta(hours=1)
    office.desk.place.merge([office.files["Ann"]])
    assert office.rows("Team") == before
    assert [row[1] for row in office.rows("Files merged")] == ["0"]
    assert "Nothing in them was new." in said(office.team)


def test_what_is_left_is_held_against_the_days_that_are_left(office: Office) -> None:
    office.desk.place.merge([office.work("Ann", 2), office.work("Bob", 99)])
    text = said(office.team)
    assert "Ann: 1 case left, 3 days: on pace" in text
    assert "Bob" not in [line.partition(":")[0] for line in text.splitlines() if "days:" in line]
    assert "Cat: 3 cases left, 3 days: behind, 1 a day needed" in text
    office.clock.at += timedelta(days=7)
    office.open()
    assert "Ann: 1 case left, and the inspection has ended" in said(office.team)


def test_a_folder_is_dropped_and_looked_through(office: Office, home: Path) -> None:
    friday = office.folder / "friday"
    (friday / "Bob's stick").mkdir(parents=True)
    shutil.copyfile(office.work("Ann", 1), friday / "Ann.hmip")
    shutil.copyfile(office.work("Bob", 1), friday / "Bob's stick" / "Bob.hmip")
    (friday / "Cat.hmip").symlink_to(office.files["Cat"])
    shutil.copyfile(friday / "Ann.hmip", friday / "Bob's stick" / "Ann.hmip")
    drop(office, friday, office.desk.lead)
    assert sorted(row[0] for row in office.rows("Files merged")) == [
        "Bob's stick/Ann.hmip",
        "Bob.hmip",
        "Cat.hmip",
        "friday/Ann.hmip",
        "lead.hmip",
    ]
    text = said(office.team)
    assert "Cat.hmip is a link to another place" in text
    assert "lead.hmip is the file that the others are merged into" in text
    assert f"A copy of your file as it was before is kept in {home / 'backups'}" in text
    assert [row[4] for row in office.rows("Team")] == ["Merged", "Merged", "Waiting"]


def drop(office: Office, *paths: Path) -> None:
    """What a file manager does when something is let fall on the page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copying, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    team, before = office.team, len(office.rows("Files merged"))
    entering = QDragEnterEvent(QPointF(9, 9).toPoint(), copying, data, left, held)
    QApplication.sendEvent(team, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(team, QDropEvent(QPointF(9, 9), copying, data, left, held))
    office.desk.bot.waitUntil(lambda: len(office.rows("Files merged")) > before)


def test_a_folder_without_case_files_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("ui.messages.tell", lambda _parent, sentence: told.append(sentence))
    (office.folder / "empty").mkdir()
    office.desk.place.merge([office.folder / "empty"])
    assert len(told) == 1


def test_queries_are_listed_gone_to_and_closed(office: Office) -> None:
    session = office.desk.session
    key, other = list(session.reading.assessments)[:2]
    assert session.ask(key, "Who wrote it?", "q1_1_01") is None
    office.clock.at += timedelta(minutes=1)
    assert session.ask(other, "Where was the file?", "") is None
    office.desk.place.show_page("team")
    assert "2 queries wait for a reply." in said(office.team)
    press(office.team, "See all queries")
    rows = office.rows("Queries")
    assert [(row[1], row[4], row[5]) for row in rows] == [
        ("1.1.01", "Waiting", "Who wrote it?"),
        ("Whole case", "Waiting", "Where was the file?"),
    ]
    press(office.team, "Close query")
    assert session.assessment(key).assessment.queries[0].closed
    assert [row[4] for row in office.rows("Queries")] == ["Waiting", "Closed"]
    gui_desk.wake(office.desk)
    office.team.queries.take_focus()
    office.desk.press(Qt.Key.Key_Down)
    office.desk.press(Qt.Key.Key_Return)
    assert office.desk.place.in_case
    assert office.desk.case.key == key
    assert office.desk.in_hand == "1.1.01"
    office.desk.place.show_page("team")
    gui_desk.wake(office.desk)
    office.team.queries.take_focus()
    office.desk.press(Qt.Key.Key_Escape)
    assert "1 query waits for a reply. 1 query is closed." in said(office.team)


def agreed_office(office: Office) -> None:
    """Everybody signs everything off; Bob judges one question otherwise and says why."""
    office.work("Ann", 99)
    office.work("Cat", 99)
    office.work("Bob", 99, GIVEN | {"q1_1_03": "yes"})
    with open_case_file(office.files["Bob"], Passphrase(WORDS)) as document:
        own = [one.case.reference for one in Reading(document).assessments.values()]
        for reference in own:
            assess.reopen(Reading(document), reference, "A note was missing")
            assess.note(Reading(document), reference, "q1_1_03", "The stamp says so")
        assess.sign_off(Reading(document), own)
    office.desk.place.merge(list(office.files.values()))


def test_agreement_is_read_in_short_in_tables_and_case_by_case(office: Office) -> None:
    agreed_office(office)
    assert "Agreement on 3 cases assessed twice" in said(office.team)
    assert "Lowest: 1.1.03 Was it on time?" in said(office.team)
    press(office.team, "See agreement in tables")
    tables = office.team.agreement.tables
    questions = office.rows("Agreement: Questions")
    assert questions[0][0] == "1.1.03  Was it on time?"
    assert questions[-1][1:3] == ["100%", "100%"]
    press(tables, "Copy table")
    assert QGuiApplication.clipboard().text().count("\n") == len(questions)
    for chip, rows in (("Criteria", 2), ("Sections", 2), ("Assessors", 3)):
        press(tables, chip)
        assert len(office.rows(f"Agreement: {chip}")) == rows
    assert {row[-1] for row in office.rows("Agreement: Assessors")} == {"Not shown below 5 cases"}
    assert "a question to ask, never a finding" in said(tables)
    press(tables, "Cases")
    lowest = office.rows("Agreement: Cases")[0]
    gui_desk.wake(office.desk)
    table(office.team, "Agreement: Cases").setFocus()
    office.desk.press(Qt.Key.Key_Return)
    case = office.team.agreement.case
    assert lowest[0] in said(case)
    assert [row.number for row in case.shown] == ["1.1.03"]
    assert {"No ▼", "Yes ▲", "The stamp says so"} < set(said(case).splitlines())
    press(case, "Copy table")
    assert "The stamp says so" in QGuiApplication.clipboard().text()
    QTest.keyClick(office.desk.focus, Qt.Key.Key_Space)
    assert len(case.shown) > 1
    office.desk.press(Qt.Key.Key_Escape)
    office.desk.press(Qt.Key.Key_Escape)
    assert "Team files" in said(office.team)


def test_without_second_assessors_it_is_said_how_agreement_comes(office: Office) -> None:
    assert "3 cases have two assessors; they count when both" in said(office.team)
    office.team.show_agreement()
    assert "There is nothing to compare yet." in said(office.team.agreement)
    assert agreement.alpha(None) == "–"


def test_what_is_unsettled_is_listed_beside_the_scores_with_a_way_to_it(office: Office) -> None:
    twin = office.folder / "twin.hmip"
    shutil.copyfile(office.files["Ann"], twin)
    for path, value in ((office.files["Ann"], "yes"), (twin, "no")):
        with open_case_file(path, Passphrase(WORDS)) as document:
            reference = next(iter(Reading(document).assessments.values())).case.reference
            assess.answer(Reading(document), reference, "q1_1_01", value)
    office.desk.place.merge([office.files["Ann"], twin])
    assert office.rows("Team")[0][4] == "1 conflict"
    office.desk.place.show_page("results")
    page = office.desk.place.findChild(ResultsPage)
    assert page is not None
    assert "6 cases are still to come" in said(page)
    assert f"waits to be settled: {reference}, 1.1.01." in said(page)
    press(page, "Go to the team")
    assert office.desk.place.place.page == "team"
    card = office.team.conflicts.in_hand
    assert card is not None
    card.choose(0, "The second visit says so")
    card.keep()
    assert office.rows("Team")[0][4] == "Merged"


def test_both_assessors_of_a_case_are_asked_where_each_wrote_a_side(office: Office) -> None:
    office.desk.window.close_file()
    with open_case_file(office.desk.lead, Passphrase(WORDS)) as document:
        twice = agreeing.assessed_twice(Reading(document))[0]
        first, second = twice.first, twice.second
        answer = first.assessment.key.answer("q1_1_01")
        document.write(second.assessment.key.member, [(answer, "no")])
        theirs = office.files[first.assessor]
        with open_case_file(theirs, Passphrase(WORDS)) as handed_in:
            reading = Reading(handed_in)
            assess.answer(reading, first.case.reference, "q1_1_01", "yes")
        collate.merge(document, [theirs])
    office.open()
    card = office.team.conflicts.in_hand
    assert card is not None
    press(card, "Ask both")
    press(card, "Ask")
    asked = {
        (key, query.question)
        for key, one in office.desk.session.reading.assessments.items()
        for query in one.assessment.queries
    }
    keys = {first.assessment.key, second.assessment.key}
    assert asked == {(key, "q1_1_01") for key in keys}


def test_a_merge_that_is_refused_leaves_the_table(office: Office, tmp_path: Path) -> None:
    strange = tmp_path / "strange.hmip"
    strange.write_bytes(b"not a case file")
    before = office.rows("Team")
    office.desk.place.merge([strange])
    assert office.rows("Team") == before
    with open_case_file(office.files["Ann"], Passphrase(WORDS)) as document:
        (only,) = collate.merge(document, [strange]).files
    assert only.code is Code.FILE_NOT_OURS
