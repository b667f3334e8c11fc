"""The cases assessed twice: agreement by question, section and role, and a case side by side.

Only the lead's file holds both assessments of a case, so all of this is the lead's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hmip_desktop import agreement
from hmip_desktop.agreement import Agreement, Pair, RateBeside, Tally
from hmip_desktop.casefile.records import Case, Order
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.model import Line, Question
from hmip_desktop.language import tr
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.report import counts


@dataclass(frozen=True)
class Twice:
    """A case with both its assessments."""

    case: Case
    first: Progressed
    second: Progressed

    @property
    def pair(self) -> Pair:
        """The case as agreement sees it."""
        return Pair(self.first.judged, self.second.judged)

    def counts(self, *, preliminary: bool) -> bool:
        """Whether both assessments are signed off, or at least begun where that is enough."""
        return all(counts(one, preliminary=preliminary) for one in (self.first, self.second))


@dataclass(frozen=True)
class OfRoles:
    """Agreement where the two assessors have these roles (in alphabetical order)."""

    roles: tuple[str, str]
    found: Agreement


@dataclass(frozen=True)
class OfCase:
    """Agreement on one case."""

    twice: Twice
    found: Agreement


@dataclass(frozen=True)
class OfAssessor:
    """How one assessor's rate above the line lies to the others'."""

    name: str
    role: str
    beside: RateBeside


@dataclass(frozen=True)
class Agreed:
    """Agreement with what it rests on.

    `waiting` are cases with two assessors that do not count yet, and `conflicts` open answers in
    those that do: while there are any, or unfinished assessments count, it is provisional.
    """

    found: Agreement
    roles: tuple[OfRoles, ...]
    cases: tuple[OfCase, ...]
    assessors: tuple[OfAssessor, ...]
    waiting: int
    conflicts: int
    provisional: bool


def agreed(reading: Reading, *, preliminary: bool = False) -> Agreed:
    """Agreement on all cases assessed twice, both times signed off.

    With `preliminary` unfinished assessments count too, and the result is provisional.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    require_lead(reading.document)
    every = assessed_twice(reading)
    counted = [one for one in every if one.counts(preliminary=preliminary)]
    signed = [one for one in every if one.counts(preliminary=False)]
    waiting = len(every) - len(counted)
    conflicts = sum(
        len(one.assessment.unsettled) for twice in counted for one in (twice.first, twice.second)
    )
    return Agreed(
        found=_agreement(reading, counted),
        roles=_by_roles(reading, counted),
        cases=_by_case(reading, counted),
        assessors=rates(reading, preliminary=preliminary),
        waiting=waiting,
        conflicts=conflicts,
        provisional=bool(conflicts) or len(signed) < len(every),
    )


def assessed_twice(reading: Reading) -> tuple[Twice, ...]:
    """The cases that have two assessors, by reference."""
    found = (_twice(reading, case) for case in reading.contents.cases.values())
    return tuple(one for one in found if one)


def _twice(reading: Reading, case: Case) -> Twice | None:
    of_case = {
        one.order: reading.assessments[one.key] for one in reading.contents.assessments_of(case.id)
    }
    if not {Order.FIRST, Order.SECOND} <= of_case.keys():
        return None
    return Twice(case, of_case[Order.FIRST], of_case[Order.SECOND])


def _agreement(reading: Reading, cases: Iterable[Twice]) -> Agreement:
    return agreement.agreement(reading.form, [one.pair for one in cases])


def _by_roles(reading: Reading, cases: Iterable[Twice]) -> tuple[OfRoles, ...]:
    groups: dict[tuple[str, str], list[Twice]] = {}
    for one in cases:
        lower, upper = sorted((role_of(reading, one.first), role_of(reading, one.second)))
        groups.setdefault((lower, upper), []).append(one)
    return tuple(OfRoles(roles, _agreement(reading, of)) for roles, of in sorted(groups.items()))


def _by_case(reading: Reading, cases: Iterable[Twice]) -> tuple[OfCase, ...]:
    """Case by case, the lowest agreement over the line first."""
    found = [OfCase(one, _agreement(reading, [one])) for one in cases]

    def height(one: OfCase) -> tuple[float, str]:
        share = one.found.line.share
        return 1.0 if share is None else float(share), one.twice.case.reference

    return tuple(sorted(found, key=height))


def role_of(reading: Reading, one: Progressed) -> str:
    """The role of whoever assesses; empty when they are not in the team list."""
    member = reading.contents.members.get(one.assessment.key.member)
    return member.role.value if member else ""


def rates(reading: Reading, *, preliminary: bool = False) -> tuple[OfAssessor, ...]:
    """How assessors' rates above the line lie to each other, over all that each assessed.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    require_lead(reading.document)
    tallies: dict[str, list[Tally]] = {}
    for one in reading.assessments.values():
        if counts(one, preliminary=preliminary):
            tally = agreement.tally(reading.form, one.judged)
            tallies.setdefault(one.assessment.key.member, []).append(tally)
    found = agreement.rates(tallies)
    members = sorted(reading.contents.members.values(), key=lambda one: (one.role, one.name))
    return tuple(
        OfAssessor(member.name, member.role.value, found[member.id])
        for member in members
        if member.id in found
    )


@dataclass(frozen=True)
class Said:
    """What one assessor said of one question; `value` is empty where nothing counts."""

    asked: bool
    value: str
    in_conflict: bool
    note: str


@dataclass(frozen=True)
class Row:
    """One question of a case as both assessors answered it; None where there is no pair."""

    question: Question
    first: Said
    second: Said
    lines: tuple[Line, Line] | None
    same_answer: bool | None

    @property
    def same_line(self) -> bool | None:
        """Whether both stand in the same place; None where there is no pair or no line."""
        return None if self.lines is None else self.lines[0] is self.lines[1]


def side_by_side(reading: Reading, reference: str) -> tuple[Twice, tuple[Row, ...]]:
    """A case assessed twice, question by question in the form's order, with both notes.

    Raises:
        Refused: NOT_THE_LEADS, CASE_UNKNOWN, CASE_NOT_ALLOCATED when it is assessed once only.
    """
    require_lead(reading.document)
    twice = _twice(reading, reading.case(reference))
    if twice is None:
        sentence = tr("{case} has no second assessor.", case=reference)
        raise Refused(Code.CASE_NOT_ALLOCATED, sentence)
    rows = (_row(question, twice) for question in reading.form.answerable)
    return twice, tuple(
        row for row in rows if any(side.asked or side.note for side in (row.first, row.second))
    )


def _row(question: Question, twice: Twice) -> Row:
    both = (twice.first, twice.second)
    lines = [agreement.line_of(question, one.judged) for one in both]
    choices = [agreement.choice_of(question, one.judged) for one in both]
    first, second = lines
    return Row(
        question,
        _said(question, twice.first),
        _said(question, twice.second),
        lines=(first, second) if question.scored and first and second else None,
        same_answer=None if None in choices else choices[0] == choices[1],
    )


def _said(question: Question, one: Progressed) -> Said:
    return Said(
        asked=question.name in one.judged.asked,
        value=agreement.answer_of(question, one.judged) or "",
        in_conflict=question.name in one.assessment.unsettled,
        note=one.assessment.notes.get(question.name, ""),
    )
