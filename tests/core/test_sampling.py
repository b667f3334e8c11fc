from collections import Counter
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hmip_desktop.errors import Code, Refused
from hmip_desktop.sampling import LDU, OFFICER, Drawn, Listed, Wish, compared, draw

BY = ("case_type", "rosh")
VALUES = {
    "case_type": ("Community order", "Licence", ""),
    "rosh": ("Low", "Medium", "High"),
    LDU: ("North", "South"),
    OFFICER: ("OM 1", "OM 2", "OM 3", "OM 4"),
}


@st.composite
def long_lists(draw_: st.DrawFn, smallest: int = 1) -> list[Listed]:
    fields = st.fixed_dictionaries({name: st.sampled_from(of) for name, of in VALUES.items()})
    found = draw_(st.lists(fields, min_size=smallest, max_size=60))
    return [Listed(f"C{number:03}", values) for number, values in enumerate(found)]


def references(cases: tuple[Listed, ...]) -> list[str]:
    return [case.reference for case in cases]


def officers(*cases: Listed) -> Counter[str]:
    return Counter(case.fields[OFFICER] for case in cases)


def drawn_or_refused(cases: list[Listed], wish: Wish) -> Drawn | None:
    room = sum(min(wish.most_per_officer, n) for n in officers(*cases).values())
    try:
        drawn = draw(cases, wish)
    except Refused as refusal:
        assert refusal.code is Code.SAMPLING  # noqa: PT017
        assert wish.size > room
        return None
    assert wish.size <= room, "whatever the limit allows can be drawn"
    return drawn


def limits_allow_all_places(cases: list[Listed], drawn: Drawn, limit: int) -> bool:
    """Whether any strata together have room for their places (Hall's condition, all subsets)."""
    places = {one.values: one.places for one in drawn.strata}
    for count in range(1, len(places) + 1):
        for some in combinations(places, count):
            by_officer = officers(*(case for case in cases if case.values(BY) in some))
            room = sum(min(limit, cases_) for cases_ in by_officer.values())
            if sum(places[name] for name in some) > room:
                return False
    return True


@settings(max_examples=150)
@given(
    cases=long_lists(),
    size=st.integers(1, 60),
    seed=st.integers(),
    limit=st.integers(1, 20),
    reserve=st.integers(0, 12),
    chance=st.randoms(),
)
def test_a_sample_keeps_its_promises(
    cases: list[Listed], size: int, seed: int, limit: int, reserve: int, chance: object
) -> None:
    wish = Wish(size, seed, BY, limit, reserve)
    drawn = drawn_or_refused(cases, wish)
    if drawn is None:
        return
    assert len(drawn.sample) == len(set(references(drawn.sample))) == size
    assert set(references(drawn.sample)).isdisjoint(references(drawn.reserve))
    assert len(drawn.reserve) <= reserve
    assert max(officers(*drawn.sample, *drawn.reserve).values()) <= limit
    assert sum(one.drawn for one in drawn.strata) == sum(one.places for one in drawn.strata) == size
    assert sum(one.share for one in drawn.strata) == size
    for one in drawn.strata:
        assert abs(one.places - one.share) < 1
    assert (not drawn.moved) == limits_allow_all_places(cases, drawn, limit)
    shuffled = sorted(cases, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert draw(shuffled, wish) == drawn


@given(cases=long_lists(), seed=st.integers(), data=st.data())
def test_without_a_limit_every_stratum_gets_its_share(
    cases: list[Listed], seed: int, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, len(cases)))
    drawn = draw(cases, Wish(size, seed, BY, len(cases)))
    assert not drawn.moved
    for one in drawn.strata:
        alike = [case for case in cases if case.values(BY) == one.values]
        assert one.listed == len(alike)
        assert one.share == Fraction(size * len(alike), len(cases))
        assert abs(one.drawn - one.share) < 1


@given(cases=long_lists(smallest=4), seed=st.integers(), data=st.data())
def test_what_is_excluded_is_never_drawn(
    cases: list[Listed], seed: int, data: st.DataObject
) -> None:
    every = [case.reference for case in cases]
    out = data.draw(st.lists(st.sampled_from(every), unique=True, max_size=len(cases) - 1))
    size = data.draw(st.integers(1, len(cases) - len(out)))
    wish = Wish(size, seed, BY, len(cases), reserve=len(cases))
    drawn = draw(cases, wish, dict.fromkeys(map(str.lower, out), "why"))
    assert set(out).isdisjoint(references(drawn.sample + drawn.reserve))
    assert sorted(out) == sorted(case.reference for case, _ in drawn.excluded)
    assert sorted(references(drawn.sample + drawn.reserve) + out) == every, "all others serve"


def case(reference: str, stratum: str, officer: str, ldu: str = "North") -> Listed:
    return Listed(reference, {"rosh": stratum, OFFICER: officer, LDU: ldu})


def test_a_stratum_makes_room_by_exchanging_cases_of_others() -> None:
    # High has cases of Ann only; Low must therefore be drawn from Ben, whatever the lot says.
    cases = [case(f"H{n}", "High", "Ann") for n in range(2)]
    cases += [case(f"L{n}", "Low", "Ann" if n < 3 else "Ben") for n in range(6)]
    for seed in range(30):
        drawn = draw(cases, Wish(4, seed, ("rosh",), 2))
        assert not drawn.moved
        assert officers(*drawn.sample) == {"Ann": 2, "Ben": 2}


def test_what_a_stratum_cannot_have_is_drawn_from_the_next_and_listed() -> None:
    cases = [case(f"H{n}", "High", "Ann") for n in range(5)]
    cases += [case(f"L{n}", "Low", f"Ben {n}") for n in range(5)]
    drawn = draw(cases, Wish(6, 1, ("rosh",), 2))
    assert {one.values: (one.places, one.drawn) for one in drawn.moved} == {
        ("High",): (3, 2),
        ("Low",): (3, 4),
    }


def test_cases_are_spread_over_ldus_and_officers() -> None:
    cases = [
        case(f"C{n:03}", "High", f"OM {n % 10}", "North" if n % 10 < 7 else "South")
        for n in range(100)
    ]
    drawn = draw(cases, Wish(20, 5, ("rosh",)))
    assert compared(drawn.able, drawn.sample, LDU)[0].drawn == 14
    assert set(officers(*drawn.sample).values()) == {2}


def test_cases_without_an_officer_have_no_limit() -> None:
    cases = [case(f"C{n}", "High", "") for n in range(9)]
    assert len(draw(cases, Wish(9, 0, ("rosh",), 1)).sample) == 9


def test_another_seed_is_another_sample() -> None:
    cases = [case(f"C{n:03}", "High", f"OM {n}") for n in range(100)]
    samples = {
        tuple(references(draw(cases, Wish(10, seed, ("rosh",))).sample)) for seed in range(4)
    }
    assert len(samples) == 4


def test_a_seed_draws_the_same_on_every_computer() -> None:
    cases = [case(f"C{n:02}", "High", f"OM {n}") for n in range(20)]
    drawn = draw(cases, Wish(5, 2013, ("rosh",), reserve=2))
    assert references(drawn.sample) == WRITTEN_DOWN[:5]
    assert references(drawn.reserve) == WRITTEN_DOWN[5:]


WRITTEN_DOWN = ["C02", "C05", "C11", "C16", "C18", "C15", "C03"]


@pytest.mark.parametrize(
    ("wish", "excluded", "code"),
    [
        (Wish(4, 0, ()), {}, Code.SAMPLING),
        (Wish(3, 0, ()), {"C0": "moved"}, Code.SAMPLING),
        (Wish(3, 0, (), 1), {}, Code.SAMPLING),
        (Wish(0, 0, ()), {}, Code.SAMPLING),
        (Wish(1, 0, (), 0), {}, Code.SAMPLING),
        (Wish(1, 0, ()), {"C9": "moved"}, Code.CASE_UNKNOWN),
        (Wish(1, 0, ()), {"C0": " "}, Code.REASON_MISSING),
    ],
)
def test_what_cannot_be_drawn_is_refused(wish: Wish, excluded: dict[str, str], code: Code) -> None:
    cases = [case(f"C{n}", "High", "Ann") for n in range(3)]
    with pytest.raises(Refused) as refusal:
        draw(cases, wish, excluded)
    assert refusal.value.code is code
