"""Sharing cases out: fair by number and by type, seeded, the same in any order of rows.

Pure. Cases are dealt like cards, type by type; then tasks change hands while that makes the
numbers, the spread of types, or the pairs of roles fairer. Chance decides only between equals,
by lots drawn from the seed and the names, so that the order of the sample plays no part.
"""

import math
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hmip_desktop.allocation import (
    Allocation,
    Assessor,
    CaseToShare,
    Given,
    is_barred,
    loads,
    warnings,
)
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import MemberId, content_hash
from hmip_desktop.language import tr


def deal(
    cases: Iterable[CaseToShare],
    assessors: Iterable[Assessor],
    *,
    second: int = 0,
    seed: int = 0,
    already: Given | None = None,
) -> Allocation:
    """Share the cases out; what is allocated already stays.

    Args:
        cases: all cases of the sample.
        assessors: who assesses.
        second: how many cases are to have a second assessor, counting those that have one.
        seed: makes the same choice again.
        already: what was allocated earlier.

    Raises:
        Refused: ALLOCATION when there is nobody, or too few for second assessments.
    """
    sample = sorted(cases, key=lambda case: (case.case_type, case.rosh, case.reference))
    people = sorted(assessors, key=lambda person: (person.role, person.name))
    _check(sample, people, second)
    hands = _Hands(sample, people, seed, already or Given({}, {}))
    for case in hands.in_order_of_type():
        hands.deal_first(case)
    while hands.assessed_twice < second:
        hands.deal_second()
    while hands.even_out():
        pass
    while hands.improve():
        pass
    given = hands.given()
    return Allocation(given, loads(given, sample, people), warnings(given, sample, people))


def _check(sample: Sequence[CaseToShare], people: Sequence[Assessor], second: int) -> None:
    if not people:
        raise Refused(Code.ALLOCATION, tr("There is nobody in the team who assesses cases."))
    if any(person.share < 1 for person in people):
        sentence = tr("Everybody who assesses needs a share of the cases of at least 1%.")
        raise Refused(Code.ALLOCATION, sentence)
    if second and len(people) < 2:
        sentence = tr("A second assessment needs a second assessor; the team has only one.")
        raise Refused(Code.ALLOCATION, sentence)
    if not 0 <= second <= len(sample):
        sentence = tr(
            "Between 0 and {cases} cases can be assessed twice, not {wanted}.",
            cases=len(sample),
            wanted=second,
        )
        raise Refused(Code.ALLOCATION, sentence)


@dataclass(frozen=True)
class _Task:
    """One assessment to be made: the first or the second of a case."""

    case: CaseToShare
    is_second: bool


_Worth = tuple[int, int, int]


class _Hands:
    """The cards on the table: who holds which task while the cases are being dealt."""

    def __init__(
        self, sample: Sequence[CaseToShare], people: Sequence[Assessor], seed: int, already: Given
    ) -> None:
        self._sample = sample
        self._people = people
        whole = math.lcm(*(person.share for person in people))
        self._weight = {person.id: whole // person.share for person in people}
        self._lots = {
            (case.id, person.id): content_hash([seed, case.reference, person.name])
            for case in sample
            for person in people
        }
        self._case_lots = {case.id: content_hash([seed, case.reference]) for case in sample}
        self._by_id = {person.id: person for person in people}
        self._holder: dict[_Task, MemberId] = {}
        self._held: dict[MemberId, set[_Task]] = {person.id: set() for person in people}
        self._types: dict[MemberId, Counter[str]] = {person.id: Counter() for person in people}
        self._levels: dict[MemberId, Counter[str]] = {person.id: Counter() for person in people}
        for case in sample:
            for order, is_second in ((already.first, False), (already.second, True)):
                if case.id in order:
                    self._give(_Task(case, is_second), order[case.id])
        self._fixed = frozenset(self._holder)

    def given(self) -> Given:
        """Who holds what now."""
        first, second = (
            {
                task.case.id: member
                for task, member in self._holder.items()
                if task.is_second is is_second
            }
            for is_second in (False, True)
        )
        return Given(first, second)

    @property
    def assessed_twice(self) -> int:
        """How many cases have a second assessor."""
        return sum(task.is_second for task in self._holder)

    def in_order_of_type(self) -> list[CaseToShare]:
        """The cases that nobody has, type by type, in the order of their lots."""
        nobodys = [case for case in self._sample if _Task(case, False) not in self._holder]
        return sorted(nobodys, key=lambda c: (c.case_type, c.rosh, self._case_lots[c.id]))

    def deal_first(self, case: CaseToShare) -> None:
        """Give a case to whom it burdens least."""
        task = _Task(case, False)

        def burden(member: MemberId) -> tuple[int, int, int, str]:
            return (
                self._next_weight(member),
                self._types[member][case.case_type],
                self._levels[member][case.rosh],
                self._lots[case.id, member],
            )

        self._give(task, min(self._able(task), key=burden))

    def deal_second(self) -> None:
        """Give the least burdened person a second reading: of another role's case if one is left.

        Second readings are spread over the first assessors and over the types of cases.
        """
        twice = [task.case for task in self._holder if task.is_second]
        read = Counter(self._holder[_Task(case, False)] for case in twice)
        types = Counter(case.case_type for case in twice)
        levels = Counter(case.rosh for case in twice)

        def fitness(pair: tuple[_Task, MemberId]) -> tuple[int, bool, int, int, int, str]:
            task, member = pair
            first = self._holder[_Task(task.case, False)]
            return (
                self._next_weight(member),
                self._role(first) == self._role(member),
                read[first],
                types[task.case.case_type],
                levels[task.case.rosh],
                self._lots[task.case.id, member],
            )

        left = (_Task(case, True) for case in self._sample)
        pairs = (
            (task, member)
            for task in left
            if task not in self._holder
            for member in self._able(task)
        )
        self._give(*min(pairs, key=fitness))

    def even_out(self) -> bool:
        """Pass one task from a person with too many, hand to hand, to one with too few."""
        for busy in sorted(self._held, key=self._last_weight, reverse=True):
            path = self._path_to_the_idle(busy)
            if path:
                for task, member in path:
                    self._give(task, member)
                return True
        return False

    def _path_to_the_idle(self, busy: MemberId) -> list[tuple[_Task, MemberId]]:
        """Which tasks go to whom so that `busy` has one fewer and an idle person one more."""
        came: dict[MemberId, tuple[_Task, MemberId]] = {}
        waiting = deque([busy])
        while waiting:
            member = waiting.popleft()
            if self._next_weight(member) < self._last_weight(busy):
                return self._walked_back(came, busy, member)
            for task in self._in_order(self._held[member] - self._fixed):
                for other in self._able(task):
                    if other not in came and other != busy:
                        came[other] = (task, member)
                        waiting.append(other)
        return []

    @staticmethod
    def _walked_back(
        came: Mapping[MemberId, tuple[_Task, MemberId]], busy: MemberId, member: MemberId
    ) -> list[tuple[_Task, MemberId]]:
        path = []
        while member != busy:
            task, giver = came[member]
            path.append((task, member))
            member = giver
        return path

    def improve(self) -> bool:
        """Let tasks change hands wherever that makes the types, or the pairs of roles, fairer."""
        better = False
        tasks = self._in_order(set(self._holder) - self._fixed)
        for at, task in enumerate(tasks):
            for member in self._held:
                if self._next_weight(member) == self._last_weight(self._holder[task]):
                    better |= self._try({task: member})
            for other in tasks[at + 1 :]:
                better |= self._try({task: self._holder[other], other: self._holder[task]})
        return better

    def _try(self, changes: Mapping[_Task, MemberId]) -> bool:
        """Make a change and keep it if it is for the better."""
        before = {task: self._holder[task] for task in changes}
        people = {*before.values(), *changes.values()}
        if len(people) < 2 or self._is_all_the_same(changes):
            return False
        was = self._unfairness(people, changes)
        self._give_all(changes)
        if self._unfairness(people, changes) < was and all(
            member in self._able(task) for task, member in changes.items()
        ):
            return True
        self._give_all(before)
        return False

    def _is_all_the_same(self, tasks: Iterable[_Task]) -> bool:
        """Whether tasks are alike in everything that could make their exchange fairer."""
        cases = {task.case for task in tasks}
        alike = len({(case.case_type, case.rosh) for case in cases}) == 1 < len(cases)
        return alike and not any(_Task(case, True) in self._holder for case in cases)

    def _unfairness(self, people: Iterable[MemberId], tasks: Iterable[_Task]) -> _Worth:
        """How uneven types are, how many pairs have one role, how uneven RoSH levels are."""
        types = rosh = 0
        for member in people:
            weight = self._weight[member]
            types += weight * _squares(self._types[member])
            rosh += weight * _squares(self._levels[member])
        return types, sum(self._is_of_one_role(case) for case in {t.case for t in tasks}), rosh

    def _is_of_one_role(self, case: CaseToShare) -> bool:
        first, second = (self._holder.get(_Task(case, is_second)) for is_second in (False, True))
        return bool(first and second) and self._role(first) == self._role(second)

    def _able(self, task: _Task) -> list[MemberId]:
        """Who may hold a task: not the case's other assessor, nor, if possible, its own office."""
        other = self._holder.get(_Task(task.case, not task.is_second))
        others = [person for person in self._people if person.id != other]
        allowed = [person for person in others if not is_barred(person, task.case)]
        return [person.id for person in allowed or others]

    def _role(self, member: MemberId | None) -> str:
        person = self._by_id.get(member) if member else None
        return person.role if person else ""

    def _next_weight(self, member: MemberId) -> int:
        """What one task more weighs; the person for whom it is least gets it."""
        return self._weight[member] * (2 * len(self._held[member]) + 1)

    def _last_weight(self, member: MemberId) -> int:
        """What the last task weighs."""
        return self._weight[member] * (2 * len(self._held[member]) - 1)

    def _in_order(self, tasks: Iterable[_Task]) -> list[_Task]:
        return sorted(tasks, key=lambda task: (self._case_lots[task.case.id], task.is_second))

    def _give_all(self, changes: Mapping[_Task, MemberId]) -> None:
        for task, member in changes.items():
            self._give(task, member)

    def _give(self, task: _Task, member: MemberId) -> None:
        before = self._holder.get(task)
        self._holder[task] = member
        if before in self._held:
            self._held[before].discard(task)
            self._count(before, task.case, -1)
        if member in self._held:  # else it stays with somebody who no longer assesses
            self._held[member].add(task)
            self._count(member, task.case, 1)

    def _count(self, member: MemberId, case: CaseToShare, by: int) -> None:
        self._types[member][case.case_type] += by
        self._levels[member][case.rosh] += by


def _squares(counts: Mapping[str, int]) -> int:
    return sum(count * count for count in counts.values())
