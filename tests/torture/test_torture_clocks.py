"""Clocks that are wrong, jump or run back; copies in shared folders; two programs on one file."""

import itertools
from datetime import timedelta
from pathlib import Path

import gui_desk
import pytest
import small_inspection as small
import torture_desk
from gui_desk import Desk
from small_inspection import PASSPHRASE, SetClock

from hmip_desktop.casefile import opening, synced
from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import allocating, assess, collate, report
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from ui import messages

desk, inspection = gui_desk.desk, gui_desk.inspection

STEPS = {
    "steadily": [timedelta(minutes=1)] * 12,
    "standing still": [timedelta()] * 12,
    "running back": [timedelta(hours=-5)] * 12,
    "jumping": [timedelta(days=9_000), timedelta(days=-18_000), timedelta(seconds=1)] * 4,
    "in another century": [timedelta(days=-40_000), *[timedelta(minutes=1)] * 11],
    "far ahead": [timedelta(days=300_000), *[timedelta(minutes=1)] * 11],
}


def week(folder: Path, steps: list[timedelta]) -> str:
    """What the lead's file says after a week in which an assessor's clock moved like this."""
    made = small.inspection(folder)
    clock = SetClock()
    cases = made.own("Ann")
    moves = iter(steps)
    answers = itertools.cycle(("yes", "no", "na"))
    for day in range(3):
        with open_case_file(made.files["Ann"], PASSPHRASE, clock=clock) as document:
            for question in torture_desk.QUESTIONS:
                clock.at += next(moves)
                assess.answer(Reading(document), cases[day % len(cases)], question, next(answers))
    lead_clock = SetClock()
    with open_case_file(made.lead, PASSPHRASE, clock=lead_clock) as lead:
        merged = collate.merge(lead, [made.files["Ann"], made.files["Bob"]])
        assert merged.conflicts == ()
        reading = Reading(lead)
        scores = report.scored(reading, preliminary=True)
        given = {
            (one.case.reference, one.assessor): sorted(one.assessment.answers.items())
            for one in reading.assessments.values()
        }
        report.last_change(reading)
        for reference in cases:
            assert report.history_rows(reading, reference)
        return repr((scores, sorted(given.items())))


@pytest.fixture(scope="module")
def by_a_good_clock(tmp_path_factory: pytest.TempPathFactory) -> str:
    return week(tmp_path_factory.mktemp("good"), STEPS["steadily"])


@pytest.mark.parametrize("how", [one for one in STEPS if one != "steadily"])
def test_no_clock_changes_a_result(how: str, by_a_good_clock: str, tmp_path: Path) -> None:
    assert week(tmp_path, STEPS[how]) == by_a_good_clock


def test_a_later_answer_stands_though_its_clock_says_earlier(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    clock = SetClock()
    with Document.open(made.files["Ann"], PASSPHRASE, clock=clock) as document:
        case = next(iter(Reading(document).assessments.values())).case.reference
        for value in ("yes", "no", "na", "yes", "no"):
            assess.answer(Reading(document), case, "q4_1_01", value)
            clock.move(days=-365)
        given = Reading(document).assessment_for(case).assessment
    assert given.answers == {"q4_1_01": "no"}


def test_a_safety_copy_of_tomorrow_does_not_keep_those_of_today_from_being_made(
    tmp_path: Path, home: Path
) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    clock = SetClock()
    for days in (0, 400, -399, -2_000, 0):
        clock.move(days=days)
        open_case_file(path, PASSPHRASE, clock=clock).close()
    assert len(list((home / "backups").iterdir())) >= 3
    for copy in (home / "backups").iterdir():
        with torture_desk.whole(copy):
            pass


def test_a_conflicted_copy_beside_a_file_in_a_shared_folder_merges(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann = made.files["Ann"]
    copy = small.copy(ann, ann.with_name("Ann (Ann's conflicted copy 2013-05-14).hmip"))
    small.work(ann, [(0, "q4_1_01", "yes"), (0, "q5_1_01", "no")])
    small.work(copy, [(0, "q4_1_01", "no"), (0, "q4_1_04", "yes"), (0, "q5_1_01", "no")])
    with Document.open(ann, PASSPHRASE) as document:
        merged = collate.merge(document, [copy])
        assert [one.question for one in merged.conflicts] == ["q4_1_01"]
        case = next(iter(Reading(document).assessments.values())).case.reference
        given = Reading(document).assessment_for(case).assessment
        assert given.answers == {"q4_1_04": "yes", "q5_1_01": "no"}
        assert collate.merge(document, [copy]).files[0].new == 0


def test_a_file_copied_while_it_is_open_is_whole_or_refused(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann = made.files["Ann"]
    with Document.open(ann, PASSPHRASE, clock=SetClock()) as document:
        case = next(iter(Reading(document).assessments.values())).case.reference
        for number, question in enumerate(torture_desk.QUESTIONS * 3):
            value = ("yes", "no", "na")[number % 3]
            assess.answer(Reading(document), case, question, value, "evidence " * 400)
            copy = small.copy(ann, tmp_path / f"copy {number}.hmip")
            with torture_desk.whole(copy) as found:
                given = Reading(found).assessment_for(case).assessment.answers
                assert given[question] == value
            with pytest.raises(Refused) as refusal:
                Document.open(ann, PASSPHRASE)
            assert refusal.value.code is Code.FILE_IN_USE


def test_a_command_on_a_file_that_is_open_is_told_so_and_changes_nothing(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    with Document.open(made.lead, PASSPHRASE) as lead:
        before = {one.id for one in lead.journal}
        for words in (
            ("allocate", "lead.hmip"),
            ("merge", "lead.hmip", "out/Ann.hmip"),
            ("check", "lead.hmip"),
        ):
            status, said = torture_desk.run(tmp_path, *words)
            assert status == 1
            assert "open" in said
        allocating.allocate(lead, second=1, seed=2)
    with torture_desk.whole(made.lead) as lead:
        assert before < {one.id for one in lead.journal}


@pytest.mark.parametrize("with_journal", [True, False], ids=["with its journal", "alone"])
def test_a_file_copied_in_the_middle_of_a_writing_is_whole_or_refused(
    with_journal: bool, tmp_path: Path
) -> None:
    path, place = small.filled(tmp_path / "a.hmip", 40), tmp_path / "copy"
    place.mkdir()
    with Document.open(path, PASSPHRASE) as document:
        kept = {one.id for one in document.journal}
        connection = document._connection
        connection.execute("pragma cache_size = 5")
        connection.execute("begin immediate")
        for number in range(24):
            connection.execute(
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 90) "
                "insert into document select ? || i, hex(randomblob(200)) from n",
                (f"half {number} ",),
            )
            for one in (path, *([opening.journal_of(path)] if with_journal else [])):
                small.copy(one, place / one.name)
            try:
                with Document.open(place / path.name, PASSPHRASE) as copy:
                    found = {one.id for one in copy.journal}
                torture_desk.look_for("copied while it is written", kept, found)
            except Refused as refusal:
                assert not with_journal
                assert refusal.code in (Code.FILE_DAMAGED, Code.FILE_STRANGE)  # noqa: PT017
            torture_desk.tried("copied while it is written")
        connection.execute("rollback")


# Folders that are kept in step with other computers

LEFT_BESIDE = {
    "Inspector 1 (Ann's conflicted copy 2013-05-14).hmip": True,
    "Inspector 1 (conflicted copy 2013-05-14 091500).hmip": True,
    "Inspector 1.sync-conflict-20130514-091500-ABCDEF.hmip": True,
    "Inspector 1-LAPTOP-7.hmip": True,
    "Inspector 1 (2).hmip": True,
    "Inspector 1 2.hmip": True,
    "Inspector 1 - Copy.HMIP": True,
    "Inspector 10.hmip": False,
    "Inspector 2.hmip": False,
    "Copy of another.hmip": False,
    "Inspector 1 (2).txt": False,
}


@pytest.mark.parametrize("name", LEFT_BESIDE)
def test_what_a_sync_program_leaves_beside_a_file_is_known_by_its_name(
    name: str, tmp_path: Path
) -> None:
    for one in ("Inspector 1.hmip", name):
        (tmp_path / one).touch()
    assert bool(synced.beside(tmp_path / "Inspector 1.hmip")) is LEFT_BESIDE[name]


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("OneDrive - Ministry of Justice/week", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("home/Nextcloud/area", "Nextcloud"),
        ("work/sync", "OneDrive"),
        ("Documents/Boxes", ""),
        ("onedriver", ""),
    ],
)
def test_folders_that_are_kept_in_step_are_known(folder: str, said: str, tmp_path: Path) -> None:
    place = {"OneDriveCommercial": str(tmp_path / "work" / "sync")}
    assert synced.keeper(tmp_path / folder / "a.hmip", place) == said


def test_a_conflicted_copy_is_offered_once_and_taken_in(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Dropbox"
    own = small.copy(desk.own, folder / "Inspector 1.hmip")
    other = small.copy(desk.own, folder / "Inspector 1 (conflicted copy).hmip")
    small.copy(desk.lead, folder / "Inspector 1 (of the lead).hmip")
    with Document.open(other, PASSPHRASE) as document:
        assess.answer(Reading(document), "NEW-001", "q1_1_01", "yes")
    asked: list[str] = []

    def agree(_parent: object, sentence: str, _yes: str) -> bool:
        asked.append(sentence)
        return True

    monkeypatch.setattr(messages, "confirm", agree)
    desk.open(own)
    assert len(asked) == 1
    assert other.name in asked[0]
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "yes"}
    desk.open(desk.own)
    desk.open(own)
    assert len(asked) == 1
    assert "Dropbox" in desk.place.saved_text
