"""Who assesses which case. Pure and seeded: the same seed shares out the same way."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import CaseId, MemberId


@dataclass(frozen=True)
class Shared:
    """The first and, for some cases, the second assessor of each case."""

    first: Mapping[CaseId, MemberId]
    second: Mapping[CaseId, MemberId]


def share_out(
    cases: Sequence[CaseId],
    assessors: Sequence[MemberId],
    *,
    second: int = 0,
    seed: int = 0,
    already: Shared | None = None,
) -> Shared:
    """Share the cases out so that nobody has two more than another; what is allocated stays.

    Args:
        cases: all cases, in the order of the sample.
        assessors: who assesses.
        second: how many cases are to have a second assessor, counting those that have one.
        seed: makes the same choice again.
        already: what was allocated earlier.

    Raises:
        Refused: ALLOCATION when there is nobody, or too few for second assessments.
    """
    if not assessors:
        raise Refused(Code.ALLOCATION, "There is nobody in the team who assesses cases.")
    if second and len(assessors) < 2:
        sentence = "A second assessment needs a second assessor; the team has only one."
        raise Refused(Code.ALLOCATION, sentence)
    if not 0 <= second <= len(cases):
        sentence = f"Between 0 and {len(cases)} cases can be assessed twice, not {second}."
        raise Refused(Code.ALLOCATION, sentence)
    chance = random.Random(seed)  # noqa: S311 fairness, not secrecy
    first = dict(already.first) if already else {}
    twice = dict(already.second) if already else {}
    load = Counter(dict.fromkeys(assessors, 0))
    load.update(member for member in (*first.values(), *twice.values()) if member in load)
    for case in _shuffled((case for case in cases if case not in first), chance):
        first[case] = _least_busy(assessors, load, chance, except_for=twice.get(case))
        load[first[case]] += 1
    while len(twice) < second:
        case, member = _next_second(first, twice, load, chance)
        twice[case] = member
        load[member] += 1
    return Shared(first, twice)


def _next_second(
    first: Mapping[CaseId, MemberId],
    twice: Mapping[CaseId, MemberId],
    load: Counter[MemberId],
    chance: random.Random,
) -> tuple[CaseId, MemberId]:
    """The least busy assessor who is not the first of some case, and such a case."""
    left = [case for case in first if case not in twice]
    able = [member for member in load if any(first[case] != member for case in left)]
    least = min(load[member] for member in able)
    member = chance.choice([one for one in able if load[one] == least])
    return chance.choice([case for case in left if first[case] != member]), member


def _shuffled(cases: Iterable[CaseId], chance: random.Random) -> list[CaseId]:
    found = list(cases)
    chance.shuffle(found)
    return found


def _least_busy(
    assessors: Sequence[MemberId],
    load: Counter[MemberId],
    chance: random.Random,
    *,
    except_for: MemberId | None,
) -> MemberId:
    able = [member for member in assessors if member != except_for]
    least = min(load[member] for member in able)
    return chance.choice([member for member in able if load[member] == least])
