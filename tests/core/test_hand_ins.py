"""Who handed in what is remembered in the lead's file, and changes nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import small_inspection as small
from hypothesis import given
from hypothesis import strategies as st
from small_inspection import PASSPHRASE, SetClock

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.records import HandIn
from hmip_desktop.clock import from_stamp
from hmip_desktop.errors import Cancelled, Code
from hmip_desktop.operations import assess, collate, hand_ins, handing_out, report
from hmip_desktop.operations.collate import Outcome
from hmip_desktop.operations.pace import Pace, pace, working_days
from hmip_desktop.operations.reading import Reading

FRIDAY = date(2013, 5, 17)


@pytest.fixture
def made(tmp_path: Path) -> small.Inspection:
    return small.inspection(tmp_path)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def lead(made: small.Inspection, clock: SetClock) -> Iterator[Document]:
    with Document.open(made.lead, PASSPHRASE, clock=clock) as document:
        yield document


def of(lead: Document, name: str) -> tuple[HandIn, ...]:
    """Everything that somebody handed in."""
    members = Reading(lead).contents.members.values()
    (member,) = [one.id for one in members if one.name == name]
    return reader.hand_ins(lead.journal).get(member, ())


def test_a_hand_in_is_remembered_with_its_fingerprint_also_after_opening_again(
    made: small.Inspection, clock: SetClock, tmp_path: Path
) -> None:
    small.work(made.files["Ann"], [(0, "q4_1_01", "yes"), (1, "q4_1_01", "no")])
    with Document.open(made.files["Ann"], PASSPHRASE, clock=clock) as ann:
        assess.note(Reading(ann), made_case(ann), "q4_1_01", "Seen in the file")
        receipt = assess.hand_in(Reading(ann), tmp_path / "stick")
    clock.move(hours=7)
    with Document.open(made.lead, PASSPHRASE, clock=clock) as document:
        hand_ins.receive(document, [receipt.path])
    with Document.open(made.lead, PASSPHRASE, write=False) as document:
        (one,) = of(document, "Ann")
        assert (one.files, one.new, one.answers) == ((receipt.fingerprint,), 3, 2)
        assert from_stamp(one.at) == clock.now()
        assert hand_ins.came_on(one, clock.now().astimezone().date())
        assert of(document, "Bob") == ()


def made_case(document: Document) -> str:
    return next(iter(Reading(document).assessments.values())).case.reference


def test_the_same_file_again_adds_nothing(
    made: small.Inspection, lead: Document, clock: SetClock
) -> None:
    small.work(made.files["Ann"], [(0, "q4_1_01", "yes")])
    hand_ins.receive(lead, [made.files["Ann"]])
    before = len(lead.journal)
    clock.move(days=1)
    again = hand_ins.receive(lead, [made.files["Ann"], made.files["Ann"]])
    assert again.kept is None
    assert len(lead.journal) == before
    small.work(made.files["Ann"], [(0, "q4_1_02", "yes")])
    hand_ins.receive(lead, [made.files["Ann"]])
    assert [one.new for one in of(lead, "Ann")] == [1, 1]


def test_two_copies_in_one_merge_are_one_hand_in(made: small.Inspection, lead: Document) -> None:
    twin = small.copy(made.files["Ann"], made.lead.parent / "copied" / "Ann.hmip")
    small.work(made.files["Ann"], [(0, "q4_1_01", "yes")])
    small.work(twin, [(0, "q4_1_01", "no"), (0, "q4_1_02", "no")])
    hand_ins.receive(lead, [made.files["Ann"], twin])
    (one,) = of(lead, "Ann")
    assert (len(one.files), one.new) == (2, 3)


def test_a_fresh_hand_out_is_no_hand_in(made: small.Inspection, lead: Document) -> None:
    hand_ins.receive(lead, list(made.files.values()))
    assert reader.hand_ins(lead.journal) == {}


def test_a_damaged_file_is_told_by_its_name_until_a_good_one_comes(
    made: small.Inspection, lead: Document, clock: SetClock
) -> None:
    path = made.files["Ann"]
    small.work(path, [(0, "q4_1_01", "yes")])
    whole = path.read_bytes()
    hand_ins.receive(lead, [path])
    path.write_bytes(whole[:5000])
    clock.move(days=1)
    hand_ins.receive(lead, [path])
    before = len(lead.journal)
    hand_ins.receive(lead, [path])
    assert len(lead.journal) == before
    damaged = of(lead, "Ann")[-1]
    assert damaged.files == ()
    assert Code(damaged.left_out) in hand_ins.DAMAGED
    assert not hand_ins.came_on(damaged, clock.now().astimezone().date())
    path.write_bytes(whole)
    hand_ins.receive(lead, [path])
    good = of(lead, "Ann")[-1]
    assert (good.new, good.left_out) == (0, "")
    assert good.files


def test_a_damaged_copy_beside_a_good_one_is_no_matter(
    made: small.Inspection, lead: Document
) -> None:
    small.work(made.files["Ann"], [(0, "q4_1_01", "yes")])
    broken = made.lead.parent / "broken" / "Ann.hmip"
    broken.parent.mkdir()
    broken.write_bytes(made.files["Ann"].read_bytes()[:5000])
    hand_ins.receive(lead, [made.files["Ann"], broken])
    (one,) = of(lead, "Ann")
    assert one.left_out == ""


def test_scores_and_conflicts_do_not_know_of_hand_ins(
    made: small.Inspection, tmp_path: Path
) -> None:
    other = small.copy(made.lead, tmp_path / "deputy" / "lead.hmip")
    for name in ("Ann", "Bob"):
        small.sign_off_all(made.files[name])
    files = list(made.files.values())
    said = []
    with Document.open(other, PASSPHRASE, clock=SetClock()) as deputy:
        hand_ins.receive(deputy, files[::-1])
    for taken in (collate.merge, hand_ins.receive):
        lead = small.copy(made.lead, tmp_path / f"{taken.__name__}.hmip")
        with Document.open(lead, PASSPHRASE, clock=SetClock()) as document:
            taken(document, files)
            small_change = [other] if taken is hand_ins.receive else []
            collate.merge(document, small_change)
            reading = Reading(document)
            said.append((reading.contents, report.scored(reading)))
    assert said[0] == said[1]
    assert said[1][0].conflicts == ()


def test_no_assessor_is_told_who_handed_in(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    small.work(made.files["Ann"], [(0, "q4_1_01", "yes")])
    hand_ins.receive(lead, [made.files["Ann"]])
    assert of(lead, "Ann")
    for one in handing_out.hand_out(lead, tmp_path / "again"):
        with Document.open(one.path, PASSPHRASE, write=False) as document:
            assert reader.hand_ins(document.journal) == {}


def test_a_folder_is_looked_through_and_its_links_are_named_and_left_out(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    friday = tmp_path / "friday"
    for name, place in (("Ann", friday), ("Bob", friday / "from Bob" / "stick")):
        small.work(made.files[name], [(0, "q4_1_01", "yes")])
        small.copy(made.files[name], place / f"{name}.hmip")
    (friday / "notes.txt").write_text("Lunch at one", encoding="utf-8")
    (friday / "Cat.hmip").symlink_to(made.files["Cat"])
    (friday / "elsewhere").symlink_to(made.files["Cat"].parent, target_is_directory=True)
    merged = hand_ins.receive(lead, [friday, made.lead.parent])
    said = {(one.path.parent.name, one.path.name): (one.status, one.code) for one in merged.files}
    left_out = {place: code for place, (_, code) in said.items() if code}
    assert left_out == {
        ("friday", "Cat.hmip"): Code.FILE_IS_A_LINK,
        ("friday", "elsewhere"): Code.FILE_IS_A_LINK,
        (made.lead.parent.name, made.lead.name): Code.FILE_IN_USE,
    }
    assert of(lead, "Ann")
    assert of(lead, "Bob")
    assert not of(lead, "Cat")
    linked = tmp_path / "linked"
    linked.symlink_to(friday, target_is_directory=True)
    (only,) = hand_ins.receive(lead, [linked]).files
    assert only.code is Code.FILE_IS_A_LINK


def test_looking_through_a_folder_can_be_stopped(lead: Document, tmp_path: Path) -> None:
    def stop(done: int, total: int, doing: str) -> None:
        raise Cancelled

    (tmp_path / "friday").mkdir()
    with pytest.raises(Cancelled):
        hand_ins.receive(lead, [tmp_path / "friday"], progress=stop)


def test_the_copy_from_before_is_said(made: small.Inspection, lead: Document) -> None:
    small.work(made.files["Ann"], [(0, "q4_1_01", "yes")])
    before = len(lead.journal)
    kept = hand_ins.receive(lead, [made.files["Ann"]]).kept
    assert kept is not None
    with Document.open(kept, PASSPHRASE, write=False) as document:
        assert len(document.journal) == before


WEEK = ("2013-05-13", "2013-05-17")


@pytest.mark.parametrize(
    ("cases", "signed", "today", "expected"),
    [
        (10, 6, "2013-05-16", Pace(4, 2, 2, behind=False)),
        (10, 5, "2013-05-16", Pace(5, 2, 3, behind=True)),
        (8, 0, "2013-05-13", Pace(8, 5, 2, behind=False)),
        (8, 7, "2013-05-17", Pace(1, 1, 1, behind=False)),
        (8, 7, "2013-05-20", Pace(1, 0, 0, behind=True)),
        (8, 8, "2013-05-15", None),
        (8, 0, "2013-05-12", None),
        (0, 0, "2013-05-15", None),
    ],
)
def test_what_is_left_is_held_against_an_even_share(
    cases: int, signed: int, today: str, expected: Pace | None
) -> None:
    assert pace(cases, signed, *WEEK, date.fromisoformat(today)) == expected


@pytest.mark.parametrize("dates", [("", ""), ("2013-05-13", ""), ("", "2013-05-17"), ("soon", "x")])
def test_without_dates_nothing_is_said_of_pace(dates: tuple[str, str]) -> None:
    assert pace(8, 0, *dates, FRIDAY) is None


def test_a_weekend_has_no_working_days() -> None:
    assert working_days(date(2013, 5, 18), date(2013, 5, 19)) == 0
    assert working_days(date(2013, 5, 16), date(2013, 5, 21)) == 4
    assert working_days(date(2013, 5, 21), date(2013, 5, 16)) == 0
    assert pace(3, 0, "2013-05-18", "2013-05-19", date(2013, 5, 18)) is None


@given(st.integers(0, 40), st.integers(0, 40), st.dates(date(2013, 5, 1), date(2013, 6, 1)))
def test_doing_what_is_needed_a_day_gets_it_done(cases: int, signed: int, today: date) -> None:
    found = pace(cases, min(signed, cases), *WEEK, today)
    if found and found.days:
        assert found.needed * found.days >= found.left > (found.needed - 1) * found.days


def test_a_hand_in_of_a_later_program_is_read_as_far_as_it_is_known(lead: Document) -> None:
    (ann,) = [one for one in Reading(lead).contents.members.values() if one.name == "Ann"]
    field = records.hand_in_field(ann.id)
    lead.write(lead.about.owner, [(field, {"files": "?", "new": "many", "colour": "red"})])
    (one,) = of(lead, "Ann")
    assert replace(one, at="") == HandIn("")
    lead.write(lead.about.owner, [(field, "in person")])
    assert len(of(lead, "Ann")) == 1


def test_a_link_to_itself_is_left_out_and_the_others_go_in(
    made: small.Inspection, tmp_path: Path
) -> None:
    loop = tmp_path / "loop.hmip"
    loop.symlink_to(loop)
    with Document.open(made.lead, PASSPHRASE, clock=SetClock()) as lead:
        merged = collate.merge(lead, [loop, made.files["Ann"]])
    assert [one.status for one in merged.files] == [Outcome.REFUSED, Outcome.MERGED]
