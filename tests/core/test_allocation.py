from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hmip_desktop.allocation import Shared, share_out
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import CaseId, MemberId

SIZES = {"cases": st.integers(0, 40), "people": st.integers(2, 8), "seed": st.integers(0, 99)}


def names(cases: int, people: int) -> tuple[list[CaseId], list[MemberId]]:
    return [CaseId(f"c{n}") for n in range(cases)], [MemberId(f"m{n}") for n in range(people)]


def loads(shared: Shared, people: list[MemberId]) -> list[int]:
    load = Counter([*shared.first.values(), *shared.second.values()])
    return [load[member] for member in people]


@given(**SIZES)
def test_nobody_has_two_more_first_assessments_than_another(
    cases: int, people: int, seed: int
) -> None:
    every, members = names(cases, people)
    shared = share_out(every, members, seed=seed)
    assert set(shared.first) == set(every)
    assert max(loads(shared, members)) - min(loads(shared, members)) <= 1
    assert share_out(every, members, seed=seed) == shared


@given(share=st.floats(0, 1), **SIZES)
def test_second_assessors_are_others_and_as_many_as_wanted(
    cases: int, people: int, seed: int, share: float
) -> None:
    every, members = names(cases, people)
    second = int(cases * share)
    shared = share_out(every, members, second=second, seed=seed)
    assert len(shared.second) == second
    assert all(shared.first[case] != member for case, member in shared.second.items())


@example(cases=8, people=2, seed=0, share=0.5)
@given(share=st.floats(0, 1), **SIZES)
def test_nobody_has_two_more_than_another_with_second_assessments(
    cases: int, people: int, seed: int, share: float
) -> None:
    every, members = names(cases, people)
    shared = share_out(every, members, second=int(cases * share), seed=seed)
    assert max(loads(shared, members)) - min(loads(shared, members)) <= 1


@given(more=st.integers(0, 10), second=st.integers(0, 5), **SIZES)
def test_what_is_allocated_stays(
    cases: int, people: int, seed: int, more: int, second: int
) -> None:
    every, members = names(cases + more, people)
    earlier = share_out(every[:cases], members, second=min(second, cases), seed=seed)
    later = share_out(every, members, second=len(earlier.second), seed=seed + 1, already=earlier)
    assert {case: later.first[case] for case in earlier.first} == earlier.first
    assert later.second == earlier.second
    assert set(later.first) == set(every)


@pytest.mark.parametrize(("people", "second"), [(0, 0), (1, 1), (3, 5), (3, -1)])
def test_what_cannot_be_shared_out_is_refused(people: int, second: int) -> None:
    every, members = names(4, people)
    with pytest.raises(Refused) as refusal:
        share_out(every, members, second=second)
    assert refusal.value.code is Code.ALLOCATION
