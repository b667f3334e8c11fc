"""No hidden number can be worked out from the total and the numbers that are still shown."""

from collections.abc import Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from hmip_desktop.workbook.suppression import NOTHING, hidden

ROWS = st.lists(st.integers(0, 12), min_size=1, max_size=6)
LEAST = st.integers(2, 8)


def possible(counts: Sequence[int], unseen: frozenset[int]) -> dict[int, set[int]]:
    """What each hidden count could be: every way to share out what the shown ones leave.

    A nought is never hidden unless all are, so whoever knows the rule takes each for 1 or more.
    """
    places = sorted(unseen)
    rest = sum(counts[place] for place in places)
    lowest = 0 if len(unseen) == len(counts) else 1
    ways = [way for way in product(range(lowest, rest + 1), repeat=len(places)) if sum(way) == rest]
    return {place: {way[number] for way in ways} for number, place in enumerate(places)}


@given(ROWS, LEAST)
def test_each_hidden_count_could_be_another(counts: list[int], least: int) -> None:
    unseen = hidden(counts, least)
    if sum(counts[place] for place in unseen) <= 24 and len(unseen) < 6:
        for values in possible(counts, unseen).values():
            assert len(values) > 1


@given(ROWS, LEAST)
def test_no_small_count_is_shown_beside_others(counts: list[int], least: int) -> None:
    unseen = hidden(counts, least)
    shown = [count for place, count in enumerate(counts) if place not in unseen]
    if len(counts) > 1:
        assert not [count for count in shown if 0 < count < least]


@given(ROWS, LEAST)
def test_what_is_hidden_is_together_no_small_number_unless_all_is(
    counts: list[int], least: int
) -> None:
    unseen = hidden(counts, least)
    together = sum(counts[place] for place in unseen)
    assert not unseen or len(unseen) == len(counts) or together >= least


@given(ROWS, LEAST)
def test_nothing_is_hidden_without_need(counts: list[int], least: int) -> None:
    if not [count for count in counts if 0 < count < least]:
        assert hidden(counts, least) == NOTHING


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6), LEAST, st.data())
def test_what_is_hidden_already_stays_so_and_is_protected(
    counts: list[int], least: int, data: st.DataObject
) -> None:
    already = data.draw(st.frozensets(st.integers(0, len(counts) - 1), max_size=2))
    unseen = hidden(counts, least, already)
    assert already <= unseen
    together = sum(counts[place] for place in unseen)
    everything = len(unseen) == len(counts) or not sum(counts)
    assert not unseen or everything or (len(unseen) > 1 and together >= least)


def test_the_next_smallest_goes_with_a_lone_small_one() -> None:
    assert hidden([2, 40, 9, 23], 5) == {0, 2}


def test_two_small_ones_that_come_to_a_case_each_take_a_third_with_them() -> None:
    assert hidden([1, 1, 40, 30], 2) == {0, 1, 3}


def test_a_lone_count_is_the_total_and_cannot_be_hidden() -> None:
    assert hidden([3], 5) == NOTHING


def test_where_too_few_are_left_all_are_hidden_and_noughts_too() -> None:
    assert hidden([1, 0, 0], 5) == {0, 1, 2}
