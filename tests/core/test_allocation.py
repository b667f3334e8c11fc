"""Sharing out: fair by number and type, in any order of rows, never twice to one person."""

import random
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hmip_desktop.allocation import (
    Allocation,
    Assessor,
    CaseToShare,
    Given,
    Rule,
    is_barred,
)
from hmip_desktop.dealing import deal
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import CaseId, MemberId

INSPECTOR, LOCAL = "inspector", "local assessor"
TYPES = ("Community order", "Licence", "Suspended sentence")
LEVELS = ("High", "Medium", "Low")
OFFICES = ("Knowsley", "Liverpool North", "Sefton")
SIZES = {"cases": st.integers(0, 40), "people": st.integers(2, 8), "seed": st.integers(0, 99)}


def sample(cases: int) -> list[CaseToShare]:
    chance = random.Random(cases)
    return [
        CaseToShare(
            CaseId(f"c{n}"),
            f"MER-{n:03}",
            chance.choice(OFFICES),
            chance.choice(TYPES),
            chance.choice(LEVELS),
        )
        for n in range(cases)
    ]


def team(inspectors: int, local: int = 0, share: int = 100) -> list[Assessor]:
    return [
        *(Assessor(MemberId(f"i{n}"), f"Inspector {n}", INSPECTOR) for n in range(inspectors)),
        *(
            Assessor(MemberId(f"l{n}"), f"Local {n}", LOCAL, OFFICES[n % 3].upper(), share)
            for n in range(local)
        ),
    ]


def loads(found: Allocation) -> list[int]:
    return [one.cases for one in found.loads]


def spread(numbers: Iterable[int]) -> int:
    listed = list(numbers)
    return max(listed) - min(listed)


def rules(found: Allocation) -> set[Rule]:
    return {one.rule for one in found.warnings}


@given(**SIZES)
def test_every_case_is_shared_out_fairly_by_number_and_by_type(
    cases: int, people: int, seed: int
) -> None:
    every = sample(cases)
    found = deal(every, team(people), seed=seed)
    assert set(found.given.first) == {case.id for case in every}
    assert spread(loads(found)) <= 1
    for kind in TYPES:
        assert spread(one.case_types.get(kind, 0) for one in found.loads) <= 1
    assert rules(found) <= {Rule.ROSH}


@settings(max_examples=30)
@given(share=st.floats(0, 1), shuffle=st.randoms(use_true_random=False), **SIZES)
def test_the_same_seed_shares_out_the_same_in_any_order_of_rows(
    cases: int, people: int, seed: int, share: float, shuffle: random.Random
) -> None:
    every, members = sample(cases), team(people, 2)
    second = int(cases * share)
    once = deal(every, members, second=second, seed=seed)
    for rows in (every, members):
        shuffle.shuffle(rows)
    assert deal(every, members, second=second, seed=seed) == once


def test_another_seed_shares_out_otherwise() -> None:
    found = {str(deal(sample(20), team(4), seed=seed).given) for seed in range(5)}
    assert len(found) == 5


@example(cases=8, people=2, seed=0, share=0.5)
@given(share=st.floats(0, 1), **SIZES)
def test_second_assessors_are_others_and_as_many_as_wanted_and_nobody_has_two_more(
    cases: int, people: int, seed: int, share: float
) -> None:
    second = int(cases * share)
    found = deal(sample(cases), team(people), second=second, seed=seed)
    assert len(found.given.second) == second
    assert all(found.given.first[case] != member for case, member in found.given.second.items())
    assert spread(loads(found)) <= 1


@given(local=st.integers(1, 4), share=st.floats(0, 0.3), **SIZES)
def test_nobody_judges_their_own_office_and_the_numbers_stay_fair(
    cases: int, people: int, seed: int, local: int, share: float
) -> None:
    every, members = sample(cases), team(people, local)
    found = deal(every, members, second=int(cases * share), seed=seed)
    by_id = {one.id: one for one in members}
    for case in every:
        for order in (found.given.first, found.given.second):
            assert case.id not in order or not is_barred(by_id[order[case.id]], case)
    assert spread(loads(found)) <= 1


def test_a_second_reading_goes_to_another_role_while_there_is_one() -> None:
    found = deal(sample(74), team(8, 3), second=6, seed=2013)
    role = {one.assessor.id: one.assessor.role for one in found.loads}
    pairs = [{role[found.given.first[c]], role[m]} for c, m in found.given.second.items()]
    assert pairs == [{INSPECTOR, LOCAL}] * 6
    assert max(Counter(found.given.first[case] for case in found.given.second).values()) <= 2
    assert Rule.OTHER_ROLE not in rules(found)


def test_second_readings_are_spread_over_the_types_of_cases() -> None:
    every = sample(60)
    found = deal(every, team(6), second=12, seed=1)
    kinds = Counter(case.case_type for case in every if case.id in found.given.second)
    assert set(kinds.values()) == {4}


def test_local_assessors_who_take_half_get_half() -> None:
    found = deal(sample(70), team(6, 2, share=50), seed=3)
    by_role: dict[str, set[int]] = {}
    for one in found.loads:
        by_role.setdefault(one.assessor.role, set()).add(one.cases)
    assert by_role == {INSPECTOR: {10}, LOCAL: {5}}
    assert Rule.NUMBER not in rules(found)


def test_a_number_can_be_made_fair_only_from_hand_to_hand() -> None:
    """The idle one may take none of what the busy one has; somebody between them can."""
    sefton = [CaseToShare(CaseId(f"s{n}"), f"S{n}", "Sefton") for n in range(4)]
    knowsley = [CaseToShare(CaseId(f"k{n}"), f"K{n}", "Knowsley") for n in range(2)]
    people = [
        Assessor(MemberId("busy"), "Busy", LOCAL, "Knowsley"),
        Assessor(MemberId("between"), "Between", LOCAL),
        Assessor(MemberId("idle"), "Idle", LOCAL, "Sefton"),
    ]
    for seed in range(10):
        found = deal([*sefton, *knowsley], people, seed=seed)
        assert loads(found) == [2, 2, 2]
        assert not rules(found)


def test_a_rule_that_cannot_be_held_is_told() -> None:
    every = [CaseToShare(CaseId(f"c{n}"), f"C{n}", "Knowsley", "Licence") for n in range(4)]
    only_local = [Assessor(MemberId("l"), "Lou", LOCAL, "knowsley ")]
    found = deal(every, only_local)
    assert [(one.rule, one.about, one.count) for one in found.warnings] == [(Rule.OFFICE, "Lou", 4)]
    one_role = [*only_local, Assessor(MemberId("i"), "Ina", INSPECTOR)]
    found = deal(every, one_role)
    assert set(found.given.first.values()) == {"i"}
    assert rules(found) == {Rule.NUMBER, Rule.CASE_TYPE}
    three = [Assessor(MemberId(n), n, INSPECTOR) for n in "ab"]
    found = deal(every, [*three, *only_local], second=4)
    assert Rule.OTHER_ROLE in rules(found)
    assert all(one.sentence for one in found.warnings)


@given(more=st.integers(0, 10), second=st.integers(0, 5), **SIZES)
def test_what_is_allocated_stays(
    cases: int, people: int, seed: int, more: int, second: int
) -> None:
    every, members = sample(cases + more), team(people)
    earlier = deal(every[:cases], members, second=min(second, cases), seed=seed).given
    later = deal(every, members, second=len(earlier.second), seed=seed + 1, already=earlier).given
    assert {case: later.first[case] for case in earlier.first} == earlier.first
    assert later.second == earlier.second
    assert set(later.first) == {case.id for case in every}


def test_what_somebody_has_who_no_longer_assesses_stays_with_them() -> None:
    every = sample(5)
    gone = MemberId("gone")
    already = Given({every[0].id: gone}, {every[1].id: gone})
    found = deal(every, team(2), second=2, already=already)
    assert found.given.first[every[0].id] == found.given.second[every[1].id] == gone
    assert sum(loads(found)) == 5


@pytest.mark.parametrize(("people", "second"), [(0, 0), (1, 1), (3, 5), (3, -1)])
def test_what_cannot_be_shared_out_is_refused(people: int, second: int) -> None:
    with pytest.raises(Refused) as refusal:
        deal(sample(4), team(people), second=second)
    assert refusal.value.code is Code.ALLOCATION


def test_a_share_of_nothing_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        deal(sample(4), team(1, 1, share=0))
    assert refusal.value.code is Code.ALLOCATION
