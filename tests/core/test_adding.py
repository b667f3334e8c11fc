"""A second table for an inspection that is under way: nothing that is there is lost by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import small_inspection as small
from small_inspection import PASSPHRASE, SetClock

from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.records import Contents, Role
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import adding, allocating
from hmip_desktop.operations.reading import Reading
from hmip_desktop.sample_sheet import SamplePreview, TeamPreview, preview_sample, preview_team

FIRST = (
    "reference,tier,ldu,rosh,gender\n"
    "A1,2,North,High,Female\n"
    "A2,1,South,Low,\n"
)  # fmt: skip


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Document]:
    made = small.inspection(tmp_path / "made")
    with Document.open(made.lead, PASSPHRASE, clock=SetClock()) as document:
        yield document


def contents(lead: Document) -> Contents:
    return Reading(lead).contents


def sample(lead: Document, folder: Path, text: str) -> SamplePreview:
    path = folder / "more.csv"
    path.write_text(text, encoding="utf-8")
    return preview_sample(path).among(adding.known_cases(contents(lead)))


def team(lead: Document, folder: Path, text: str) -> TeamPreview:
    path = folder / "team.csv"
    path.write_text(text, encoding="utf-8")
    return preview_team(path).among(adding.known_people(contents(lead)))


def fields(lead: Document, reference: str) -> dict[str, str]:
    case = contents(lead).case_named(reference)
    assert case is not None
    return dict(case.fields)


def test_a_row_that_would_change_a_case_is_to_be_mended_first(
    lead: Document, tmp_path: Path
) -> None:
    before = fields(lead, "MER-001")
    seen = sample(lead, tmp_path, "ref,RoSH\nmer-001,Low\nMER-900,High\n")
    (problem,) = seen.problems
    assert (problem.row, problem.may_change, problem.mend_is_to_leave_out) == (2, True, True)
    assert (seen.adds, seen.changes) == (1, 1)
    with pytest.raises(Refused) as refused:
        seen.cases()
    assert refused.value.code is Code.SAMPLE_UNUSABLE
    left_out = adding.add_cases(lead, seen.without_row(2).cases())
    assert (left_out.new, left_out.changed) == (("MER-900",), ())
    assert fields(lead, "MER-001") == before


def test_a_case_that_is_changed_keeps_what_the_table_lacks(lead: Document, tmp_path: Path) -> None:
    before = fields(lead, "MER-001")
    seen = sample(lead, tmp_path, "ref,RoSH,LDU,Tier\nMER-001,Low,,3\n").with_change(2)
    assert not seen.problems
    assert not [one for one in seen.doubts if one.code == "sample.no-ldu"]
    added = adding.add_cases(lead, seen.cases())
    assert (added.new, added.changed) == ((), ("MER-001",))
    assert fields(lead, "MER-001") == {**before, "rosh": "Low", "tier": "3"}
    assert len(contents(lead).cases) == len(small.CASES)


def test_what_is_there_already_just_so_stops_nothing_and_writes_nothing(
    lead: Document, tmp_path: Path
) -> None:
    seen = sample(lead, tmp_path, "ref,RoSH\nmer-001,High\nMER-002,High\n")
    assert not seen.problems
    assert (seen.adds, seen.changes) == (0, 0)
    entries = len(lead.journal)
    adding.add_cases(lead, seen.cases())
    assert len(lead.journal) == entries


def test_another_sheet_is_held_against_the_same_cases(lead: Document, tmp_path: Path) -> None:
    seen = sample(lead, tmp_path, "ref,RoSH\nMER-001,Low\n")
    assert len(seen.with_sheet(seen.sheet.name).problems) == 1


def test_the_columns_stand_as_in_the_table_they_came_with(lead: Document, tmp_path: Path) -> None:
    adding.add_cases(lead, sample(lead, tmp_path, FIRST).cases())
    case = contents(lead).case_named("A2")
    assert case is not None
    assert case.columns == ("tier", "ldu", "rosh", "gender")


def test_a_table_is_taken_back_whole(lead: Document, tmp_path: Path) -> None:
    before = contents(lead).cases
    seen = sample(lead, tmp_path, "ref,RoSH\nMER-001,Low\nMER-900,High\n").with_change(2)
    added = adding.add_cases(lead, seen.cases())
    assert contents(lead).cases != before
    adding.take_back(lead, added)
    assert contents(lead).cases == before
    again = adding.add_cases(lead, seen.cases())
    assert again.new == ("MER-900",)


def test_a_table_that_somebody_went_on_from_is_not_taken_back(
    lead: Document, tmp_path: Path
) -> None:
    added = adding.add_cases(lead, sample(lead, tmp_path, "ref\nMER-900\n").cases())
    allocating.allocate(lead, seed=1)
    with pytest.raises(Refused) as refused:
        adding.take_back(lead, added)
    assert refused.value.code is Code.ALLOCATION
    low = sample(lead, tmp_path, "ref,RoSH\nMER-001,Low\n").with_change(2)
    changed = adding.add_cases(lead, low.cases())
    later = sample(lead, tmp_path, "ref,RoSH\nMER-001,Very high\n").with_change(2)
    adding.add_cases(lead, later.cases())
    with pytest.raises(Refused) as refused:
        adding.take_back(lead, changed)
    assert refused.value.code is Code.VALUE_UNUSABLE
    assert fields(lead, "MER-001")["rosh"] == "Very high"


def test_people_who_are_there_are_counted_apart_and_keep_their_office(
    lead: Document, tmp_path: Path
) -> None:
    office = "name,role,office\nCat,local assessor,North\n"
    adding.add_people(lead, team(lead, tmp_path, office).with_change(2).people())
    seen = team(lead, tmp_path, "name,role\nLee,lead inspector\nCat,observer\nDot,observer\n")
    assert (seen.adds, seen.changes) == (1, 1)
    (problem,) = seen.problems
    assert (problem.row, problem.may_change) == (3, True)
    added = adding.add_people(lead, seen.with_change(3).people())
    assert (added.new, added.changed) == (("Dot",), ("Cat",))
    (cat,) = [one for one in contents(lead).members.values() if one.name == "Cat"]
    assert (cat.role, cat.office) == (Role.OBSERVER, "North")
