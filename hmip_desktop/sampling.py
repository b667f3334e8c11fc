"""Drawing a sample from a long list of cases. Pure and seeded: the order of rows does not matter.

The rule, in order:

1. Cases with the same values in the fields given (such as type, RoSH and gender) are a stratum.
2. Each stratum gets its share of the size: whole places first, then one more for the largest
   remainders; of equal remainders the larger stratum's, then the first by name.
3. The strata draw one after the other, the smallest first. Each takes, case by case, from the LDU
   that lacks most of its own share, there from the officer with the fewest so far, there by lot.
4. Nobody's cases are drawn more often than the limit. A stratum that finds no officer with room
   lets another give up a case of such an officer for one of somebody else's, as far as any can.
   What it still lacks is drawn from the strata furthest below their share, and is listed.
5. The reserve is drawn in the same way from the rest, under the same limit together with the
   sample, so that any case of it can stand in; its order is by lot.
"""

import random
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from hmip_desktop.errors import Code, Fault, Refused
from hmip_desktop.language import tr

STRATA = ("case_type", "rosh", "gender")
LDU = "ldu"
OFFICER = "offender_manager"
MOST_PER_OFFICER = 6
Values = tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """One case of the long list."""

    reference: str
    fields: Mapping[str, str]

    def values(self, by: Sequence[str]) -> Values:
        """Its values in some fields; empty where it has none."""
        return tuple(self.fields.get(name, "") for name in by)


@dataclass(frozen=True)
class Wish:
    """What sample is wanted.

    Attributes:
        size: how many cases.
        seed: makes the same choice again.
        by: the fields whose values make the strata.
        most_per_officer: how many cases of one officer at most.
        reserve: how many further cases may stand in for one that falls away.
    """

    size: int
    seed: int
    by: Values = STRATA
    most_per_officer: int = MOST_PER_OFFICER
    reserve: int = 0


@dataclass(frozen=True)
class Stratum:
    """The cases that are alike: how many there are, their due share, their places, how many drawn.

    `share` is exact, `places` is what largest remainders make of it.
    """

    values: Values
    listed: int
    share: Fraction
    places: int
    drawn: int


@dataclass(frozen=True)
class Compared:
    """One value of a field: how often in the list that was drawn from, how often in the sample."""

    value: str
    listed: int
    drawn: int


@dataclass(frozen=True)
class Drawn:
    """A sample, and all that tells how it came about.

    Attributes:
        able: the cases that could be drawn, by reference.
        sample: those drawn, by reference.
        reserve: those that may stand in, in their order.
        excluded: those that were not to be drawn, with the reason.
        strata: what each stratum came to.
    """

    able: tuple[Listed, ...]
    sample: tuple[Listed, ...]
    reserve: tuple[Listed, ...]
    excluded: tuple[tuple[Listed, str], ...]
    strata: tuple[Stratum, ...]

    @property
    def moved(self) -> tuple[Stratum, ...]:
        """The strata that the limit for officers kept from their places, or gave some more."""
        return tuple(one for one in self.strata if one.drawn != one.places)


def draw(cases: Iterable[Listed], wish: Wish, excluded: Mapping[str, str] | None = None) -> Drawn:
    """Draw a sample and its reserve.

    Args:
        cases: the long list, each reference once, in any order.
        wish: what is wanted.
        excluded: the references of cases that must not be drawn, each with the reason.

    Raises:
        Refused: SAMPLING when the size cannot be met; CASE_UNKNOWN when no such case is listed
            to be excluded; REASON_MISSING.
    """
    listed = sorted(cases, key=lambda case: case.reference)
    out = _excluded(listed, excluded or {})
    able = _without(listed, (case for case, _ in out))
    _check(able, wish)
    chance = random.Random(wish.seed)  # noqa: S311 fairness, not secrecy
    chance.shuffle(able)
    places = largest_remainder(_sizes(able, wish.by), wish.size)
    sample = _drawn(able, wish, places, Counter())
    rest = _without(able, sample)
    used = Counter(map(_officer, sample))
    further = min(wish.reserve, _room(rest, wish.most_per_officer, used))
    reserve = _drawn(rest, wish, largest_remainder(_sizes(rest, wish.by), further), used)
    chance.shuffle(reserve)
    return Drawn(
        able=tuple(sorted(able, key=lambda case: case.reference)),
        sample=tuple(sorted(sample, key=lambda case: case.reference)),
        reserve=tuple(reserve),
        excluded=out,
        strata=tuple(_strata(able, sample, places, wish)),
    )


def compared(able: Iterable[Listed], sample: Iterable[Listed], name: str) -> tuple[Compared, ...]:
    """The values of a field, by name: how often in the list and how often in the sample."""
    listed, drawn = _sizes(able, (name,)), _sizes(sample, (name,))
    return tuple(
        Compared(values[0], count, drawn.get(values, 0)) for values, count in listed.items()
    )


def _excluded(
    listed: Sequence[Listed], excluded: Mapping[str, str]
) -> tuple[tuple[Listed, str], ...]:
    known = {case.reference.casefold(): case for case in listed}
    unknown = sorted(name for name in excluded if name.casefold() not in known)
    if unknown:
        sentence = tr(
            "These cases are to be excluded, but are not on the list: {references}.",
            references=", ".join(unknown),
        )
        raise Refused(Code.CASE_UNKNOWN, sentence)
    silent = sorted(name for name, why in excluded.items() if not why.strip())
    if silent:
        sentence = tr(
            "Say why these cases are excluded: {references}.", references=", ".join(silent)
        )
        raise Refused(Code.REASON_MISSING, sentence)
    return tuple((known[name.casefold()], excluded[name].strip()) for name in sorted(excluded))


def _without(cases: Iterable[Listed], others: Iterable[Listed]) -> list[Listed]:
    gone = {case.reference for case in others}
    return [case for case in cases if case.reference not in gone]


def _drawn(
    cases: Sequence[Listed], wish: Wish, places: Mapping[Values, int], used: Mapping[str, int]
) -> list[Listed]:
    of_ldus = largest_remainder(_sizes(cases, (LDU,)), sum(places.values()))
    lacks = Counter({values[0]: count for values, count in of_ldus.items()})
    under_way = _Draw(cases, wish, Counter(used), lacks)
    under_way.fill(places)
    return under_way.taken


def largest_remainder(sizes: Mapping[Values, int], places: int) -> dict[Values, int]:
    """Share places out in proportion to sizes, in whole numbers that come to all the places."""
    shares = _shares(sizes, places)
    given = {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(sizes, key=lambda name: (given[name] - shares[name], -sizes[name], name))
    for name in by_remainder[: places - sum(given.values())]:
        given[name] += 1
    return given


def _shares(sizes: Mapping[Values, int], places: int) -> dict[Values, Fraction]:
    total = sum(sizes.values()) or 1
    return {name: Fraction(places * size, total) for name, size in sizes.items()}


def _sizes(cases: Iterable[Listed], by: Sequence[str]) -> dict[Values, int]:
    counts = Counter(case.values(by) for case in cases)
    return {values: counts[values] for values in sorted(counts)}


def _officer(case: Listed) -> str:
    return case.fields.get(OFFICER, "")


def _ldu(case: Listed) -> str:
    return case.fields.get(LDU, "")


def _room(cases: Iterable[Listed], limit: int, used: Mapping[str, int]) -> int:
    """How many of the cases the limit lets anybody draw; it says nothing where no officer is."""
    by_officer = Counter(map(_officer, cases))
    return by_officer.pop("", 0) + sum(
        min(count, max(limit - used.get(officer, 0), 0)) for officer, count in by_officer.items()
    )


def _check(listed: Sequence[Listed], wish: Wish) -> None:
    if wish.size < 1 or wish.most_per_officer < 1 or wish.reserve < 0:
        sentence = tr("The size and the limit for officers are at least 1, the reserve at least 0.")
        raise Refused(Code.SAMPLING, sentence)
    if wish.size > len(listed):
        sentence = tr(
            "{size} cases are wanted, but only {count} can be drawn.",
            size=wish.size,
            count=len(listed),
        )
        raise Refused(Code.SAMPLING, sentence)
    room = _room(listed, wish.most_per_officer, {})
    if wish.size > room:
        sentence = tr(
            "{size} cases are wanted, but with at most {limit} of one officer only {count} can be "
            "drawn. Ask for fewer cases, or allow more of one officer.",
            size=wish.size,
            limit=wish.most_per_officer,
            count=room,
        )
        raise Refused(Code.SAMPLING, sentence)


def _strata(
    listed: Sequence[Listed], sample: Sequence[Listed], places: Mapping[Values, int], wish: Wish
) -> Iterator[Stratum]:
    sizes, drawn = _sizes(listed, wish.by), _sizes(sample, wish.by)
    shares = _shares(sizes, wish.size)
    for name, size in sizes.items():
        yield Stratum(name, size, shares[name], places[name], drawn.get(name, 0))


@dataclass
class _Draw:
    """A draw under way: the cases in the order of the lot, and what was taken so far.

    `used` is how many cases each officer has, `lacks` how many each LDU still wants.
    """

    cases: Sequence[Listed]
    wish: Wish
    used: Counter[str]
    lacks: Counter[str]
    taken: list[Listed] = field(default_factory=list)

    def fill(self, places: Mapping[Values, int]) -> None:
        """Take so many cases of each stratum, or as many in all."""
        for stratum in sorted(places, key=lambda name: (len(self._of_stratum[name]), name)):
            for _ in range(places[stratum]):
                if not self._one_more(stratum):
                    break
        shares = _shares(_sizes(self.cases, self.wish.by), sum(places.values()))
        while len(self.taken) < sum(places.values()):
            drawn = _sizes(self.taken, self.wish.by)
            by_need = sorted(shares, key=lambda name: (drawn.get(name, 0) - shares[name], name))
            if not any(self._one_more(name) for name in by_need):
                raise Fault("The limit for officers leaves less room than was counted.")

    @cached_property
    def _of_stratum(self) -> dict[Values, list[Listed]]:
        found: dict[Values, list[Listed]] = {}
        for case in self.cases:
            found.setdefault(case.values(self.wish.by), []).append(case)
        return found

    def _left(self, stratum: Values) -> list[Listed]:
        taken = {case.reference for case in self.taken}
        return [case for case in self._of_stratum[stratum] if case.reference not in taken]

    def _has_room(self, case: Listed) -> bool:
        officer = _officer(case)
        return not officer or self.used[officer] < self.wish.most_per_officer

    def _one_more(self, stratum: Values) -> bool:
        """Take one more case of a stratum, if there is any way to."""
        able = [case for case in self._left(stratum) if self._has_room(case)]
        way = [(None, min(able, key=self._preference))] if able else self._exchanges(stratum)
        for given_up, instead in way:
            if given_up:
                self._count(given_up, -1)
                self.taken.remove(given_up)
            self._count(instead, +1)
            self.taken.append(instead)
        return bool(way)

    def _preference(self, case: Listed) -> tuple[int, int]:
        return -self.lacks[_ldu(case)], self.used[_officer(case)]

    def _count(self, case: Listed, change: int) -> None:
        self.used[_officer(case)] += change
        self.lacks[_ldu(case)] -= change

    def _exchanges(self, stratum: Values) -> list[tuple[Listed | None, Listed]]:
        """The shortest chain that makes room for one more case: what is given up for what.

        From an officer without room to another, each time over a case that was taken from the
        first and has one of its stratum left with the second, until one has room.
        """
        came: dict[str, tuple[Listed | None, Listed]] = {}
        for case in self._left(stratum):
            came.setdefault(_officer(case), (None, case))
        queue = deque(came)
        while queue:
            officer = queue.popleft()
            for given_up in [case for case in self.taken if _officer(case) == officer]:
                for instead in self._left(given_up.values(self.wish.by)):
                    if _officer(instead) in came:
                        continue
                    came[_officer(instead)] = (given_up, instead)
                    if self._has_room(instead):
                        return _chain(came, instead)
                    queue.append(_officer(instead))
        return []


def _chain(
    came: Mapping[str, tuple[Listed | None, Listed]], last: Listed
) -> list[tuple[Listed | None, Listed]]:
    chain = [came[_officer(last)]]
    while given_up := chain[-1][0]:
        chain.append(came[_officer(given_up)])
    return chain
