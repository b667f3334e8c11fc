"""What goes into the consolidated workbook, as frozen data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from hmip_desktop.agreement import Agreement
from hmip_desktop.casefile.area import AreaTable
from hmip_desktop.form.model import Form, Kind, Question
from hmip_desktop.scoring import (
    SMALL_GROUP,
    Judged,
    QuestionScore,
    Scores,
    question_score,
    sampled,
)
from hmip_desktop.workbook.telling import told_apart
from hmip_desktop.workbook.text import fit

NOT_ASKED = "\N{EN DASH} not asked \N{EN DASH}"
IN_CONFLICT = "\N{EN DASH} in conflict \N{EN DASH}"
NOT_RECORDED = "not recorded"
SEPARATOR = "; "
MOST_VALUES = 20
_LEVELS = ("low", "medium", "high", "very high")


class Counted(StrEnum):
    """Whether an assessment enters the scores and, if it does not, why. Only `YES` does."""

    YES = "yes"
    SECOND = "no: second assessment"
    NOT_SIGNED_OFF = "no: not signed off"


@dataclass(frozen=True)
class AssessmentRow:
    """One assessment of one case: the case's details from the sample, and all that it says.

    A case that nobody has begun, or that nobody has, is here too: it belongs to the sample.
    """

    case: str
    fields: Mapping[str, str]
    assessor: str
    order: str
    status: str
    counted: Counted
    judged: Judged

    @property
    def answered(self) -> int:
        """How many of the questions asked have an answer that stands."""
        return sum(bool(self.judged.values.get(name)) for name in self.judged.asked)


@dataclass(frozen=True)
class NoteRow:
    """The note beside one answer, or an answer that somebody typed."""

    case: str
    assessor: str
    order: str
    question: str
    text: str


@dataclass(frozen=True)
class RolesAgreement:
    """Agreement where the two assessors have these roles."""

    roles: str
    found: Agreement


@dataclass(frozen=True)
class CaseAgreement:
    """Agreement on one case, by these two."""

    case: str
    first: str
    second: str
    found: Agreement


@dataclass(frozen=True)
class AgreementPart:
    """The cases assessed twice. `waiting` are those that are not finished yet."""

    found: Agreement
    roles: tuple[RolesAgreement, ...]
    cases: tuple[CaseAgreement, ...]
    waiting: int
    provisional: bool


@dataclass(frozen=True)
class Listing:
    """A list of things to know about the data, with its headings; what an empty one means."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    none: str


@dataclass(frozen=True)
class Book:
    """Everything the workbook says. `as_at` is the time of the last entry, with its zone.

    Attributes:
        scores: what `assessments` come to, by the program's own arithmetic.
        reasons: why the scores are provisional, a sentence each; none when they are not.
        caseload: how many cases the sample stands for; None where that is not known.
        by: the fields of the sample that cases are grouped by.
        area_tables: what the lead brought along about the area.
        notes: what was written beside the answers; None where it is left out.
        typed: every text that people typed, for the check for personal details.
        least: groups of fewer cases are hidden, and single cases left out; 0 hides nothing.
        small_group: below so many cases a result is printed as a count.
        marking: the handling line on each printed page.
    """

    title: str
    area: str
    form: Form
    scores: Scores
    reasons: tuple[str, ...]
    conflicts: int
    as_at: datetime
    assessments: tuple[AssessmentRow, ...]
    caseload: int | None = None
    by: tuple[str, ...] = ()
    area_tables: tuple[AreaTable, ...] = ()
    agreement: AgreementPart | None = None
    quality: tuple[Listing, ...] = ()
    notes: tuple[NoteRow, ...] | None = None
    typed: tuple[NoteRow, ...] = field(default=(), repr=False)
    least: int = 0
    small_group: int = SMALL_GROUP
    marking: str = "OFFICIAL-SENSITIVE"

    @property
    def provisional(self) -> bool:
        """Whether the scores can still change."""
        return bool(self.reasons)

    @property
    def has_cases(self) -> bool:
        """Whether single cases are in it, and formulas that begin with them."""
        return self.least == 0

    @property
    def fraction(self) -> float:
        """Which share of the caseload was assessed; 0 where its size is not known."""
        return sampled(self.scores.assessments, self.caseload)

    @cached_property
    def counting(self) -> tuple[AssessmentRow, ...]:
        """The assessments that enter the scores."""
        return tuple(one for one in self.assessments if one.counted is Counted.YES)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of the sample, in its own order."""
        return tuple(dict.fromkeys(name for row in self.assessments for name in row.fields))

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, str]]:
        """The values of each field in the order of reading, each as the workbook shows it.

        Those by which cases are counted are told apart as Excel does it, the others stay as
        they are.
        """
        return {
            name: _shown(self._values_of(name), apart=name in self.countable)
            for name in self.fields
        }

    @cached_property
    def countable(self) -> tuple[str, ...]:
        """The fields to count cases by: those asked for, and those with few enough values."""
        cases = len({row.case for row in self.assessments})
        most = min(MOST_VALUES, cases // 2)
        few = (name for name in self.fields if len(set(self._values_of(name))) <= most)
        return tuple(dict.fromkeys([*(name for name in self.by if name in self.fields), *few]))

    def _values_of(self, name: str) -> list[str]:
        return [row.fields.get(name, "") for row in self.assessments]

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """The choices of each question by name, each as the workbook shows it."""
        return {
            question.name: dict(zip(question.choice_by_name, _choice_labels(question), strict=True))
            for question in self.form.answerable
        }

    def value_of(self, row: AssessmentRow, name: str) -> str:
        """A case's value of a field, as the workbook shows it."""
        return self.values[name][row.fields.get(name, "")]

    def answer_of(self, row: AssessmentRow, question: Question) -> str:
        """What stands in the cell of a question; empty where an answer is missing."""
        if question.name not in row.judged.asked:
            return NOT_ASKED
        if question.name in row.judged.unsettled:
            return IN_CONFLICT
        value = row.judged.values.get(question.name, "")
        if question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
            return f"“{value}”" if fit(value).strip() in (NOT_ASKED, IN_CONFLICT) else value
        several = question.kind is Kind.SELECT_MULTIPLE
        names = value.split() if several else [value] if value else []
        known = self.labels[question.name]
        return SEPARATOR.join(known.get(name, f"{name} (no choice of the form)") for name in names)


def _shown(values: Iterable[str], *, apart: bool) -> Mapping[str, str]:
    found = sorted(set(values), key=_in_reading_order)
    shown = [text or NOT_RECORDED for text in found]
    return dict(zip(found, told_apart(shown) if apart else shown, strict=True))


def _in_reading_order(value: str) -> tuple[bool, int, str, str]:
    """Levels from low to high, all else by its letters, and what is not recorded at the end."""
    folded = value.strip().casefold()
    unknown = not folded or "not recorded" in folded or "none recorded" in folded
    level = _LEVELS.index(folded) if folded in _LEVELS else len(_LEVELS)
    return unknown, level, folded, value


def _choice_labels(question: Question) -> tuple[str, ...]:
    choices = question.choice_by_name.values()
    labels = [str(choice.label).replace(SEPARATOR, ", ") or choice.name for choice in choices]
    return told_apart(labels)


def disagreements(book: Book) -> tuple[str, ...]:
    """The questions whose answers do not come to their score: none, unless a caller errs.

    Recalculated, such a workbook would show other scores than the program does.
    """
    judged = [row.judged for row in book.counting]
    return tuple(
        score.question.name
        for score in book.scores.questions
        if _counts(score) != _counts(question_score(score.question, judged))
    )


def _counts(score: QuestionScore) -> tuple[int, ...]:
    return (
        score.above,
        score.below,
        score.not_counted,
        score.missing,
        score.in_conflict,
        score.not_asked,
    )
