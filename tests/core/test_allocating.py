"""Moving cases between people: what stays, what counts, and the way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import small_inspection as small
from small_inspection import PASSPHRASE

from hmip_desktop.allocation import Rule
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.records import Order
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import allocating, assess, collate, handing_out, moving, report, set_up
from hmip_desktop.operations.moving import Moved
from hmip_desktop.operations.reading import Reading


@pytest.fixture
def made(tmp_path: Path) -> small.Inspection:
    return small.inspection(tmp_path / "inspection", second=2)


@pytest.fixture
def lead(made: small.Inspection) -> Iterator[Document]:
    with Document.open(made.lead, PASSPHRASE) as document:
        yield document


def holders(document: Document, reference: str) -> dict[str, str]:
    reading = Reading(document)
    case = reading.case(reference)
    return {
        one.order.value: reading.contents.name_of(one.key.member)
        for one in reading.contents.assessments_of(case.id)
    }


def everybody(document: Document) -> dict[str, dict[str, str]]:
    return {case: holders(document, case) for case in small.CASES}


def once_and_twice(document: Document) -> tuple[str, str]:
    """A case with one assessor, and one with two."""
    every = everybody(document)
    return (
        next(case for case, of in every.items() if len(of) == 1),
        next(case for case, of in every.items() if len(of) == 2),
    )


def somebody_else(document: Document, reference: str) -> str:
    return next(n for n in ("Ann", "Bob", "Cat") if n not in holders(document, reference).values())


def refused(document: Document, *words: str, second: bool = False) -> Code:
    before = len(document.journal)
    with pytest.raises(Refused) as refusal:
        moving.move(Reading(document), *words, second=second)
    assert len(document.journal) == before
    assert refusal.value.sentence
    return refusal.value.code


def test_a_plan_changes_nothing_until_it_is_applied(tmp_path: Path) -> None:
    path = tmp_path / "lead.hmip"
    set_up.new_inspection(path, PASSPHRASE, small.plan(tmp_path / "papers"))
    with Document.open(path, PASSPHRASE) as document:
        before = len(document.journal)
        found = allocating.planned(document, second=1, seed=4)
        assert len(document.journal) == before
        allocating.apply(document, found)
        assert allocating.given(Reading(document).contents) == found.given
        assert allocating.allocate(document, second=1, seed=9).given == found.given


def test_local_assessors_never_get_their_own_office(tmp_path: Path) -> None:
    team = [("name", "role", "LDU"), ("Lee", "lead", ""), ("Ann", "inspector", "North")]
    rows = [*team, ("Cat", "local assessor", "north"), ("Dan", "local assessor", "South")]
    plan = small.plan(tmp_path, team=small.write_csv(tmp_path / "their team.csv", rows))
    set_up.new_inspection(tmp_path / "lead.hmip", PASSPHRASE, plan)
    with Document.open(tmp_path / "lead.hmip", PASSPHRASE) as document:
        found = allocating.allocate(document, second=2, seed=1)
        assert not [one for one in found.warnings if one.rule is Rule.OFFICE]
        for one in Reading(document).assessments.values():
            barred = {"Cat": "North", "Dan": "South"}.get(one.assessor)
            assert one.case.fields["ldu"] != barred
        assert {one.cases for one in found.loads} <= {2, 3}
        south = next(
            one.case.reference
            for one in Reading(document).assessments.values()
            if one.case.fields["ldu"] == "South" and len(holders(document, one.case.reference)) == 1
        )
        moved = moving.move(Reading(document), south, "Dan")
        assert [one.rule for one in moved.warnings if one.about == "Dan"] == [Rule.OFFICE]


def test_a_moved_case_has_one_first_assessor_and_comes_back(lead: Document) -> None:
    case, _ = once_and_twice(lead)
    was, to = holders(lead, case)["first"], somebody_else(lead, case)
    before = everybody(lead)
    moved = moving.move(Reading(lead), case, to.upper())
    assert holders(lead, case) == {"first": to}
    assert moved.people == tuple(sorted((was, to)))
    assert all(moved.sentences)
    back = moving.take_back(Reading(lead), moved)
    assert everybody(lead) == before
    moving.take_back(Reading(lead), back)
    assert holders(lead, case) == {"first": to}
    with pytest.raises(Refused) as refusal:
        moving.take_back(Reading(lead), moved=Moved((*back.turns,), (), (), back.changes))
    assert refusal.value.code is Code.ALLOCATION


def test_what_was_answered_stays_with_who_gave_it_and_counts_once(
    made: small.Inspection, lead: Document
) -> None:
    case, _ = once_and_twice(lead)
    was, to = holders(lead, case)["first"], somebody_else(lead, case)
    with Document.open(made.files[was], PASSPHRASE) as theirs:
        for question in ("4.1.01", "4.1.02", "4.1.04", "5.1.01"):
            assess.answer(Reading(theirs), case, question, "yes", "seen")
        assess.sign_off(Reading(theirs), [case])
    collate.merge(lead, [made.files[was]])
    assert report.scored(Reading(lead)).assessments == 1
    moved = moving.move(Reading(lead), case, to)
    (turn,) = moved.turns
    assert turn.left is not None
    assert (turn.left.name, turn.left.answers, turn.left.signed_off) == (was, 4, True)
    assert report.scored(Reading(lead)).assessments == 0
    assert Reading(lead).assessment_for(case).assessor == to
    assert Reading(lead).assessment_for(case).answered == 0
    back = moving.move(Reading(lead), case, was)
    assert back.turns[0].found is not None
    assert back.turns[0].found.answers == 4
    assert report.scored(Reading(lead)).assessments == 1


def test_a_second_assessor_is_added_taken_away_and_brought_back(lead: Document) -> None:
    case, _ = once_and_twice(lead)
    to = somebody_else(lead, case)
    added = moving.move(Reading(lead), case, to, second=True)
    assert holders(lead, case)["second"] == to
    moving.take_back(Reading(lead), added)
    assert set(holders(lead, case)) == {"first"}
    assert refused(lead, case, "nobody", second=True) is Code.ALLOCATION
    gone = moving.move(Reading(lead), case, "nobody")
    assert holders(lead, case) == {}
    assert all(gone.sentences)
    allocating.allocate(lead, second=2)
    assert set(holders(lead, case)) == {"first"}
    assert not Reading(lead).contents.conflicts


def test_nobody_assesses_a_case_twice(lead: Document) -> None:
    once, twice = once_and_twice(lead)
    both = holders(lead, twice)
    assert refused(lead, twice, both["first"], second=True) is Code.ALLOCATION
    assert refused(lead, twice, both["second"]) is Code.ALLOCATION
    assert refused(lead, once, holders(lead, once)["first"]) is Code.ALLOCATION
    assert refused(lead, once, "Lee") is Code.ALLOCATION
    assert refused(lead, once, "Nora") is Code.ALLOCATION
    assert refused(lead, "MER-999", "Ann") is Code.CASE_UNKNOWN


def test_two_cases_swap_their_assessors_and_back(lead: Document) -> None:
    before = everybody(lead)
    once = [case for case, of in before.items() if len(of) == 1]
    one, other = next(
        (a, b) for a in once for b in once if before[a]["first"] != before[b]["first"]
    )
    swapped = moving.swap(Reading(lead), one, other)
    assert holders(lead, one) == before[other]
    assert holders(lead, other) == before[one]
    moving.take_back(Reading(lead), swapped)
    assert everybody(lead) == before


def test_the_two_assessors_of_a_case_swap_and_keep_their_answers(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    _, case = once_and_twice(lead)
    first, second = holders(lead, case)["first"], holders(lead, case)["second"]
    with Document.open(made.files[first], PASSPHRASE) as theirs:
        assess.answer(Reading(theirs), case, "4.1.01", "yes")
    collate.merge(lead, [made.files[first]])
    swapped = moving.swap(Reading(lead), case)
    assert holders(lead, case) == {"first": second, "second": first}
    assert [turn.left for turn in swapped.turns] == [None, None]
    one = next(o for o in Reading(lead).assessments.values() if o.answered)
    assert (one.assessor, one.assessment.order) == (first, Order.SECOND)
    for handed in handing_out.hand_out(lead, tmp_path / "again"):
        if handed.member == first:
            with Document.open(made.files[first], PASSPHRASE) as theirs:
                collate.merge(theirs, [handed.path])
                own = Reading(theirs).assessment_for(case)
                assert (own.assessment.order, own.answered) == (Order.SECOND, 1)


def test_a_swap_that_would_give_one_person_a_case_twice_is_refused(lead: Document) -> None:
    every = everybody(lead)
    once, twice = once_and_twice(lead)
    before = len(lead.journal)
    impossible = [(once, None), (once, once)]
    impossible += [
        (twice, case) for case, of in every.items() if of["first"] == every[twice]["second"]
    ]
    for one, other in impossible:
        with pytest.raises(Refused) as refusal:
            moving.swap(Reading(lead), one, other)
        assert refusal.value.code is Code.ALLOCATION
    assert len(lead.journal) == before


def test_moving_is_the_leads(made: small.Inspection) -> None:
    with Document.open(made.files["Ann"], PASSPHRASE) as ann:
        reference = next(iter(Reading(ann).contents.cases.values())).reference
        assert refused(ann, reference, "Bob") is Code.NOT_THE_LEADS
        with pytest.raises(Refused) as refusal:
            moving.swap(Reading(ann), reference)
        assert refusal.value.code is Code.NOT_THE_LEADS


def test_two_copies_of_the_leads_file_that_move_a_case_apart_show_one_conflict(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    case, _ = once_and_twice(lead)
    was = holders(lead, case)["first"]
    one, other = (name for name in ("Ann", "Bob", "Cat") if name != was)
    copy = small.copy(made.lead, tmp_path / "copy.hmip")
    moving.move(Reading(lead), case, one)
    with Document.open(copy, PASSPHRASE) as elsewhere:
        moving.move(Reading(elsewhere), case, other)
    merged = collate.merge(lead, [copy])
    assert [conflict.field.name for conflict in merged.conflicts] == ["first"]
    assert holders(lead, case) == {}
    conflict = merged.conflicts[0]
    collate.settle(lead, conflict.id, conflict.sides[0].id, "nearer")
    assert set(holders(lead, case)) == {"first"}
    assert holders(lead, case)["first"] in (one, other)
