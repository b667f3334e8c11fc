"""What is still open before results are published: one list, the same wherever it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hmip_desktop.casefile import records
from hmip_desktop.casefile.records import AssessmentKey, Order
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.report import Scored, scored, scored_by
from hmip_desktop.operations.sampled import differing


class Check(StrEnum):
    """One thing to look at, in the order in which to look at it."""

    PROVISIONAL = "provisional"
    UNFINISHED = "unfinished"
    CONFLICTS = "conflicts"
    QUERIES = "queries"
    DOUBTS = "doubts"
    DIFFERING = "differing from the sample"
    REOPENED = "reopened"
    FEW_ANSWERS = "few answers"
    SMALL_GROUPS = "small groups"


@dataclass(frozen=True)
class Spot:
    """Where something is open: an assessment and a question, or only a word for it."""

    named: str
    key: AssessmentKey | None = None
    question: str = ""


@dataclass(frozen=True)
class Checked:
    """One check with everything that is open; nothing is, where there are no spots."""

    check: Check
    spots: tuple[Spot, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is left to look at."""
        return bool(self.spots)


def checks(
    reading: Reading, small_group: int, field: str = "", *, preliminary: bool = False
) -> tuple[Checked, ...]:
    """Every check; groups are those by a field of the sample, where one is named."""
    result = scored(reading, preliminary=preliminary)
    found = {
        Check.PROVISIONAL: _provisional(reading, result),
        Check.UNFINISHED: _unfinished(reading),
        Check.CONFLICTS: _conflicts(reading),
        Check.QUERIES: _queries(reading),
        Check.DOUBTS: _doubts(reading),
        Check.DIFFERING: _differing(reading),
        Check.REOPENED: _reopened(reading),
        Check.FEW_ANSWERS: _few_answers(result, small_group),
        Check.SMALL_GROUPS: _small_groups(reading, field, small_group, preliminary=preliminary),
    }
    return tuple(Checked(check, tuple(spots)) for check, spots in found.items())


def _firsts(reading: Reading) -> Iterator[Progressed]:
    return (one for one in reading.assessments.values() if one.assessment.order is Order.FIRST)


def _spot(one: Progressed, question: str = "") -> Spot:
    return Spot(one.case.reference, one.assessment.key, question)


def _provisional(reading: Reading, result: Scored) -> Iterator[Spot]:
    if result.provisional or result.preliminary:
        yield Spot(reading.contents.inspection.title)


def _unfinished(reading: Reading) -> Iterator[Spot]:
    firsts = {one.case.id: one for one in _firsts(reading)}
    for case in reading.contents.cases.values():
        one = firsts.get(case.id)
        if one is None:
            yield Spot(case.reference)
        elif not one.assessment.signed_off:
            yield _spot(one)


def _conflicts(reading: Reading) -> Iterator[Spot]:
    cases = reading.contents.cases
    for conflict in reading.contents.conflicts:
        case = cases.get(conflict.case) if conflict.case else None
        named = case.reference if case else reading.contents.inspection.title
        yield Spot(named, conflict.key, conflict.question)


def _queries(reading: Reading) -> Iterator[Spot]:
    for one in reading.assessments.values():
        for query in one.assessment.queries:
            if query.waits:
                yield _spot(one, query.question)


def _doubts(reading: Reading) -> Iterator[Spot]:
    for one in _firsts(reading):
        for name in reading.routing.doubts(one.state):
            if not one.assessment.stands.get(name):
                yield _spot(one, name)


def _differing(reading: Reading) -> Iterator[Spot]:
    """Named by case and question: each is looked up in the file and in the sample."""
    for one in _firsts(reading):
        for found in differing(reading.form, one):
            if not found.stands:
                name = found.question.name
                named = f"{one.case.reference} {found.question.number}"
                yield Spot(named, one.assessment.key, name)


def _reopened(reading: Reading) -> Iterator[Spot]:
    journal = reading.document.journal
    for one in _firsts(reading):
        said = journal.history(one.assessment.key.record, records.STATUS)
        if any(isinstance(entry.value, dict) and "reopened" in entry.value for entry in said):
            yield _spot(one)


def _few_answers(result: Scored, small_group: int) -> Iterator[Spot]:
    for one in result.scores.questions:
        if one.question.scored and one.judged < small_group:
            yield Spot(one.question.number, question=one.question.name)


def _small_groups(
    reading: Reading, field: str, small_group: int, *, preliminary: bool
) -> Iterator[Spot]:
    for group in scored_by(reading, field, preliminary=preliminary) if field else ():
        if group.scored.assessments < small_group:
            yield Spot(group.value)
