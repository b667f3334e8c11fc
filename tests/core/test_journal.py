from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
import small_inspection as small
from hypothesis import given
from hypothesis import strategies as st
from small_inspection import made_entry

from hmip_desktop.casefile.journal import Entry, Field, Journal, heads
from hmip_desktop.casefile.reader import assessment, conflicts
from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.ids import CaseId, EntryId, Json, MemberId
from hmip_desktop.merge.plan import plan

FIELD = Field("assessment/c/m", "answer/q1")
OTHER = Field("assessment/c/m", "answer/q2")


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Entries as laptops make them: each supersedes some that were there, or some elsewhere."""
    made: list[Entry] = []
    for number in range(draw(st.integers(0, 12))):
        field = draw(st.sampled_from([FIELD, OTHER]))
        seen = [one.id for one in made if one.sets == field]
        chosen = draw(st.lists(st.sampled_from([*seen, EntryId("elsewhere")]), max_size=3))
        value = draw(st.sampled_from(["yes", "no", None]))
        made.append(made_entry(number, value, field=field, supersedes=chosen))
    return made


def standing(journal: Journal) -> dict[Field, tuple[EntryId, ...]]:
    return {f: tuple(one.id for one in journal.standing(f).heads) for f in (FIELD, OTHER)}


@given(histories(), st.data())
def test_what_stands_does_not_depend_on_the_order_of_entries(
    entries: list[Entry], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(entries))
    one_by_one = Journal()
    for entry in shuffled:
        one_by_one.standing(entry.sets)
        one_by_one.add([entry])
    assert standing(one_by_one) == standing(Journal(entries))
    assert conflicts(one_by_one) == conflicts(Journal(entries))


@given(histories(), histories(), histories())
def test_union_associates_commutes_and_loses_nothing(
    a: list[Entry], b: list[Entry], c: list[Entry]
) -> None:
    left, right = Journal(a), Journal(c)
    left.add(b)
    left.add(c)
    right.add(a)
    right.add(b)
    right.add(b)
    assert standing(left) == standing(right)
    assert {one.id for one in left} == {one.id for one in [*a, *b, *c]} == {e.id for e in right}
    assert len(left) == len({one.id for one in [*a, *b, *c]})


@given(histories())
def test_a_field_with_entries_always_has_a_head(entries: list[Entry]) -> None:
    journal = Journal(entries)
    for field in (FIELD, OTHER):
        has_entries = any(one.sets == field for one in entries)
        assert bool(journal.standing(field).heads) is has_entries


CHANGES: dict[str, Json] = {
    "session": "another",
    "seq": 99,
    "at": "2013-05-14T09:00:00.000Z",
    "author": "another",
    "record": "assessment/c/another",
    "field": "answer/another",
    "value": "another",
}


@pytest.mark.parametrize("field", CHANGES)
def test_whatever_is_changed_in_an_entry_gives_it_away(field: str) -> None:
    entry = made_entry(1, supersedes=[EntryId("older")])
    assert entry.is_genuine
    assert not replace(entry, **{field: CHANGES[field]}).is_genuine  # type: ignore[arg-type]
    assert not replace(entry, supersedes=()).is_genuine
    assert not replace(entry, id=EntryId("0" * 64)).is_genuine


@given(
    st.sampled_from([0, False, "", None, "0", 0.0, [], {}]), st.sampled_from([1, True, "1", [1]])
)
def test_values_that_python_takes_for_equal_are_other_entries(a: Json, b: Json) -> None:
    assert made_entry(1, a).id != made_entry(1, b).id


def test_true_and_one_are_two_values() -> None:
    assert Journal([made_entry(1, True), made_entry(2, 1)]).standing(FIELD).in_conflict


def test_a_predecessor_in_another_file_leaves_a_head_a_head() -> None:
    later = made_entry(2, "no", supersedes=[EntryId("in another file")])
    assert heads([later]) == (later,)
    assert Journal([made_entry(1), later]).standing(FIELD).in_conflict


def test_a_predecessor_of_another_field_replaces_nothing_here() -> None:
    first = made_entry(1, "yes")
    other = made_entry(2, "no", field=OTHER, supersedes=[first.id])
    assert Journal([first, other]).standing(FIELD).value == "yes"


def test_the_same_said_twice_is_no_conflict() -> None:
    both = Journal([made_entry(1, "yes", session="s"), made_entry(1, "yes", session="t")])
    assert len(both.standing(FIELD).heads) == 2
    assert not both.standing(FIELD).in_conflict
    assert both.standing(FIELD).value == "yes"


def test_a_conflict_has_no_value_and_settling_ends_it() -> None:
    sides = [made_entry(1, "yes", session="s"), made_entry(1, "no", session="t")]
    journal = Journal(sides)
    assert journal.standing(FIELD).in_conflict
    assert journal.standing(FIELD).value is None
    assert len(conflicts(journal)) == 1
    journal.add([made_entry(2, "no", session="u", supersedes=[one.id for one in sides])])
    assert journal.standing(FIELD).value == "no"
    assert conflicts(journal) == ()


def test_settling_with_one_side_unseen_leaves_it_open() -> None:
    first, second = made_entry(1, "yes", session="s"), made_entry(1, "no", session="t")
    journal = Journal([first, second, made_entry(2, "na", session="u", supersedes=[first.id])])
    assert {one.value for one in journal.standing(FIELD).heads} == {"no", "na"}


def test_clocks_decide_nothing() -> None:
    early = replace(made_entry(1, "yes"), at="1999-01-01T00:00:00.000Z")
    late = made_entry(2, "no")
    newer = made_entry(3, "na", supersedes=[late.id])
    assert Journal([early, newer, late]).standing(FIELD).in_conflict


RECORDS = ["assessment/c/m", "assessment/c/n", "assessment/d/m", "case/c", "member/m", "inspection"]


@given(
    st.lists(st.tuples(st.sampled_from(RECORDS), st.sampled_from(["yes", "no"])), max_size=10),
    st.sets(st.integers(0, 9)),
    st.sampled_from([None, MemberId("m"), MemberId("nobody")]),
)
def test_every_entry_ends_in_exactly_one_list(
    rows: list[tuple[str, str]], known: set[int], assessor: MemberId | None
) -> None:
    incoming = [made_entry(n, v, field=Field(r, "answer/q")) for n, (r, v) in enumerate(rows)]
    here = {one.id for at, one in enumerate(incoming) if at in known}
    result = plan(here, incoming, assessor)
    lists = [*result.new, *result.known, *result.refused]
    assert sorted(one.id for one in lists) == sorted(one.id for one in incoming)
    assert {one.id for one in result.known} == here
    if assessor:
        assert all(one.record.endswith(f"/{assessor}") for one in result.new)
        assert all(one.record.startswith("assessment/") for one in result.new)
    else:
        assert not result.refused


@pytest.mark.parametrize(
    "record", ["assessment/c/mm", "assessment/m", "assessment//", "case/m", "member/m", "m", ""]
)
def test_an_assessors_file_brings_nothing_but_their_own_assessments(record: str) -> None:
    entry = made_entry(1, field=Field(record, "answer/q"))
    assert plan((), [entry], MemberId("m")).new == ()


def test_an_assessment_that_two_wrote_apart_reads_as_unsettled() -> None:
    sides = [made_entry(1, "yes", session="s"), made_entry(1, "no", session="t")]
    one = assessment(Journal(sides), AssessmentKey(CaseId("c"), MemberId("m")))
    assert one.unsettled == {"q1"}
    assert "q1" not in one.answers


def test_files_merged_in_any_order_and_twice_say_the_same(tmp_path: Path) -> None:
    merged = small.merged_in_orders(tmp_path, list(permutations(range(3))))
    assert len(set(merged)) == 1
