"""Who assesses which case: what is shared out, and whether it is fair by number and by type.

Pure. `dealing` does the sharing out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hmip_desktop.ids import CaseId, MemberId
from hmip_desktop.language import tr, tr_count

FULL_SHARE = 100
"""The share of an assessor who takes as many cases as any other, in percent."""


@dataclass(frozen=True)
class Assessor:
    """Somebody who can be given cases.

    `barred_from` is the office whose cases they are not to judge; `share` how many cases they
    take, in percent of a full share.
    """

    id: MemberId
    name: str
    role: str
    barred_from: str = ""
    share: int = FULL_SHARE


@dataclass(frozen=True)
class CaseToShare:
    """A case as allocation sees it; what the sample does not say is empty."""

    id: CaseId
    reference: str
    office: str = ""
    case_type: str = ""
    rosh: str = ""


@dataclass(frozen=True)
class Given:
    """The first and, for some cases, the second assessor of each case."""

    first: Mapping[CaseId, MemberId]
    second: Mapping[CaseId, MemberId]


class Rule(StrEnum):
    """What a fair allocation keeps to, where it can."""

    NUMBER = "number"
    CASE_TYPE = "case type"
    ROSH = "rosh"
    OFFICE = "office"
    OTHER_ROLE = "other role"


@dataclass(frozen=True)
class Warned:
    """A rule that could not be held: for whom or what, how often, or by how much at worst."""

    rule: Rule
    about: str
    count: int
    references: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What a person reads."""
        match self.rule:
            case Rule.NUMBER:
                return tr(
                    "The numbers of cases differ by {count} between assessors of one share.",
                    count=self.count,
                )
            case Rule.CASE_TYPE:
                return tr(
                    "Cases of type “{kind}” are spread unevenly: the numbers differ by {count}.",
                    kind=self.about,
                    count=self.count,
                )
            case Rule.ROSH:
                return tr(
                    "Cases with RoSH “{level}” are spread unevenly: the numbers differ by {count}.",
                    level=self.about,
                    count=self.count,
                )
            case Rule.OFFICE:
                return tr_count(
                    "{name} has a case of their own office: {cases}.",
                    "{name} has {count} cases of their own office: {cases}.",
                    self.count,
                    name=self.about,
                    cases=", ".join(self.references),
                )
            case Rule.OTHER_ROLE:
                return tr_count(
                    "{count} case is assessed twice by people of the same role.",
                    "{count} cases are assessed twice by people of the same role.",
                    self.count,
                )


@dataclass(frozen=True)
class Load:
    """What one assessor has: first and second assessments, and both together by type."""

    assessor: Assessor
    first: int
    second: int
    case_types: Mapping[str, int]
    rosh: Mapping[str, int]

    @property
    def cases(self) -> int:
        """How many assessments they have to make."""
        return self.first + self.second


@dataclass(frozen=True)
class Allocation:
    """Who has what, how that spreads, and which rules could not be held."""

    given: Given
    loads: tuple[Load, ...]
    warnings: tuple[Warned, ...]


def loads(
    given: Given, cases: Iterable[CaseToShare], assessors: Iterable[Assessor]
) -> tuple[Load, ...]:
    """What each assessor has."""
    by_id = {case.id: case for case in cases}

    def load(person: Assessor) -> Load:
        own = [
            [by_id[case] for case, member in order.items() if member == person.id]
            for order in (given.first, given.second)
        ]
        both = [case for cases in own for case in cases]
        return Load(
            assessor=person,
            first=len(own[0]),
            second=len(own[1]),
            case_types=dict(sorted(Counter(case.case_type for case in both).items())),
            rosh=dict(sorted(Counter(case.rosh for case in both).items())),
        )

    return tuple(load(person) for person in assessors)


def warnings(
    given: Given, cases: Iterable[CaseToShare], assessors: Sequence[Assessor]
) -> tuple[Warned, ...]:
    """The rules that an allocation does not keep."""
    sample = list(cases)
    every = loads(given, sample, assessors)
    return (
        *_uneven(Rule.NUMBER, {"": [(one, one.cases) for one in every]}),
        *_uneven(
            Rule.CASE_TYPE,
            {
                name: [(one, one.case_types.get(name, 0)) for one in every]
                for name in sorted({case.case_type for case in sample} - {""})
            },
        ),
        *_uneven(
            Rule.ROSH,
            {
                name: [(one, one.rosh.get(name, 0)) for one in every]
                for name in sorted({case.rosh for case in sample} - {""})
            },
        ),
        *_own_office(given, sample, assessors),
        *_same_role(given, assessors),
    )


def _uneven(rule: Rule, counts: Mapping[str, Sequence[tuple[Load, int]]]) -> Iterator[Warned]:
    """Where two assessors of one share differ by more than one, and by how much at worst."""
    for about, of_people in counts.items():
        by_share: dict[int, list[int]] = {}
        for load, count in of_people:
            by_share.setdefault(load.assessor.share, []).append(count)
        worst = max(max(numbers) - min(numbers) for numbers in by_share.values())
        if worst > 1:
            yield Warned(rule, about, worst)


def _own_office(
    given: Given, cases: Iterable[CaseToShare], assessors: Iterable[Assessor]
) -> Iterator[Warned]:
    for person in assessors:
        own = [
            case.reference
            for case in cases
            if is_barred(person, case)
            and person.id in (given.first.get(case.id), given.second.get(case.id))
        ]
        if own:
            yield Warned(Rule.OFFICE, person.name, len(own), tuple(sorted(own)))


def _same_role(given: Given, assessors: Sequence[Assessor]) -> Iterator[Warned]:
    role = {person.id: person.role for person in assessors}
    if len(set(role.values())) < 2:
        return
    same = [
        case
        for case, member in given.second.items()
        if role.get(member) == role.get(given.first.get(case, member))
    ]
    if same:
        yield Warned(Rule.OTHER_ROLE, "", len(same))


def is_barred(person: Assessor, case: CaseToShare) -> bool:
    """Whether a case is of the office that a person is not to judge."""
    office = person.barred_from.strip().casefold()
    return bool(office) and office == case.office.strip().casefold()
