"""What was handed out is remembered in the lead's file, and held against what changed since."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import small_inspection as small
from small_inspection import PASSPHRASE, SetClock

from hmip_desktop.casefile import reader
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.records import Role
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import (
    adding,
    assess,
    collate,
    hand_ins,
    hand_outs,
    handing_out,
    moving,
)
from hmip_desktop.operations.reading import Reading
from hmip_desktop.sample_sheet import SampleRow, TeamRow


@pytest.fixture
def made(tmp_path: Path) -> small.Inspection:
    return small.inspection(tmp_path)


@pytest.fixture
def lead(made: small.Inspection) -> Iterator[Document]:
    with Document.open(made.lead, PASSPHRASE, clock=SetClock()) as document:
        yield document


def waiting(lead: Document) -> dict[str, tuple[str, ...]]:
    """Who is to get a file, and for which cases."""
    found = hand_outs.to_do(lead.journal, Reading(lead).contents)
    assert all(one.sentence for one in found)
    return {one.name: one.cases for one in found}


def own_case(lead: Document, name: str) -> str:
    found = Reading(lead).assessments.values()
    return next(one.case.reference for one in found if one.assessor == name)


def test_right_after_handing_out_everybody_has_what_they_should(lead: Document) -> None:
    assert len(hand_outs.last(lead.journal)) == 3
    assert waiting(lead) == {}


def test_a_case_that_changed_makes_its_assessors_file_old_until_the_next_one(
    lead: Document, tmp_path: Path
) -> None:
    case = own_case(lead, "Ann")
    adding.add_cases(lead, [SampleRow(case, {"rosh": "Low"})])
    assert waiting(lead) == {"Ann": (case,)}
    handing_out.hand_out(lead, tmp_path / "again", only=["Ann"])
    assert waiting(lead) == {}


def test_a_change_that_is_taken_back_leaves_the_file_as_good_as_it_was(lead: Document) -> None:
    added = adding.add_cases(lead, [SampleRow(own_case(lead, "Ann"), {"rosh": "Low"})])
    adding.take_back(lead, added)
    assert waiting(lead) == {}


def test_a_case_that_moved_makes_both_files_old(lead: Document) -> None:
    case = own_case(lead, "Ann")
    moving.move(Reading(lead), case, "Bob")
    assert waiting(lead) == {"Ann": (case,), "Bob": (case,)}


def test_a_query_makes_a_file_old_and_its_answer_does_not(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    case = own_case(lead, "Ann")
    key = next(k for k, one in Reading(lead).assessments.items() if one.case.reference == case)
    collate.ask(Reading(lead), key, "What did the plan rest on?", id_="q")
    assert waiting(lead) == {"Ann": (case,)}
    (fresh,) = handing_out.hand_out(lead, tmp_path / "again", only=["Ann"])
    with Document.open(fresh.path, PASSPHRASE, clock=SetClock()) as ann:
        assess.reply(Reading(ann), case, "q", "The report.")
    small.work(fresh.path, [(0, "q4_1_01", "yes")])
    hand_ins.receive(lead, [fresh.path])
    collate.close_query(Reading(lead), key, "q")
    assert waiting(lead) == {}


def test_somebody_new_has_no_file_yet(lead: Document, tmp_path: Path) -> None:
    case = own_case(lead, "Ann")
    adding.add_people(lead, [TeamRow("Eve", Role.INSPECTOR)])
    assert waiting(lead) == {}, "nothing is to be handed to them"
    moving.move(Reading(lead), case, "Eve")
    assert waiting(lead) == {"Ann": (case,), "Eve": ()}
    handing_out.hand_out(lead, tmp_path / "again", only=["Ann", "Eve"])
    assert waiting(lead) == {}


def test_two_leads_who_hand_out_apart_do_not_contradict_each_other(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    other = small.copy(made.lead, tmp_path / "deputy" / "lead.hmip")
    case = own_case(lead, "Ann")
    with Document.open(other, PASSPHRASE, clock=SetClock()) as deputy:
        adding.add_cases(deputy, [SampleRow(case, {"rosh": "Low"})])
        handing_out.hand_out(deputy, tmp_path / "theirs", only=["Ann"])
    handing_out.hand_out(lead, tmp_path / "ours", only=["Ann"])
    collate.merge(lead, [other])
    assert reader.conflicts(lead.journal) == ()
    assert waiting(lead) == {}, "the deputy's file has the case as it stands"


def test_no_assessor_is_told_what_others_were_handed(lead: Document, tmp_path: Path) -> None:
    for one in handing_out.hand_out(lead, tmp_path / "again"):
        with Document.open(one.path, PASSPHRASE, write=False) as document:
            assert reader.hand_outs(document.journal) == {}


def test_files_that_cannot_be_remembered_are_not_left_behind(
    lead: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Refused(Code.DISK, "The disk is full.")

    monkeypatch.setattr(hand_outs, "remember", full)
    with pytest.raises(Refused):
        handing_out.hand_out(lead, tmp_path / "again")
    assert not (tmp_path / "again").exists()
