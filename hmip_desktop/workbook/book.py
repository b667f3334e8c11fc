"""What goes into the consolidated workbook, as frozen data."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hmip_desktop.form.model import Form, Line, Question
from hmip_desktop.scoring import SMALL_GROUP, QuestionScore, Scores


class Counted(StrEnum):
    """Whether an answer enters the scores and, if it does not, why. Only `YES` does."""

    YES = "yes"
    MISSING = "no answer"
    NOT_ASKED = "not asked"
    IN_CONFLICT = "in conflict"
    SECOND = "second assessment"
    NOT_SIGNED_OFF = "not signed off"


@dataclass(frozen=True)
class AnswerRow:
    """One question of one assessment: exactly one row, also while two answers are in conflict.

    `value` is what is stored (empty when nothing is) and `shown` the same in words. A row of a
    second or an unfinished assessment says so in `counted`, whatever else could be said of it.
    """

    case: str
    assessor: str
    order: str
    question: str
    value: str
    shown: str
    note: str
    counted: Counted

    @property
    def standing(self) -> Counted:
        """What the workbook makes of the row: the value alone says whether there is an answer."""
        if self.counted not in (Counted.YES, Counted.MISSING):
            return self.counted
        return Counted.YES if self.value else Counted.MISSING


@dataclass(frozen=True)
class CaseRow:
    """One assessment of one case: its details from the sample, and how far it has come."""

    reference: str
    fields: Mapping[str, str]
    assessor: str
    order: str
    status: str
    asked: int
    answered: int


@dataclass(frozen=True)
class Book:
    """Everything the workbook says. `as_at` is the time of the last entry, with its zone.

    `scores` must be what `answers` come to. `small_group` is the number of cases below which a
    result is printed as a count, and `marking` the handling line on each printed page.
    """

    title: str
    area: str
    form: Form
    scores: Scores
    provisional: bool
    conflicts: int
    as_at: datetime
    answers: tuple[AnswerRow, ...]
    cases: tuple[CaseRow, ...]
    small_group: int = SMALL_GROUP
    marking: str = "OFFICIAL-SENSITIVE"


def place_of(question: Question | None, value: str) -> str:
    """Where an answer stands, in the words of the workbook; empty without an answer."""
    if not value:
        return ""
    return question.line_of(value) if question else Line.NOT_COUNTED


def disagreements(book: Book) -> tuple[str, ...]:
    """The questions whose answers do not come to their score: none, unless a caller errs.

    Recalculated, such a workbook would show other scores than the program does.
    """
    by_name = book.form.question_by_name
    counts: Counter[tuple[str, Counted, str]] = Counter(
        (row.question, row.standing, place_of(by_name.get(row.question), row.value))
        for row in book.answers
        if row.standing in (Counted.YES, Counted.MISSING)
    )
    conflicts = Counter(row.question for row in book.answers if row.standing is Counted.IN_CONFLICT)
    return tuple(
        score.question.name
        for score in book.scores.questions
        if _counted(score) != _found(score.question.name, counts, conflicts)
    )


def _counted(score: QuestionScore) -> tuple[int, ...]:
    return score.above, score.below, score.not_counted, score.missing, score.in_conflict


def _found(
    name: str, counts: Counter[tuple[str, Counted, str]], conflicts: Counter[str]
) -> tuple[int, ...]:
    places = tuple(counts[name, Counted.YES, place] for place in Line)
    return *places, counts[name, Counted.MISSING, ""], conflicts[name]
