"""The rows and columns of the results."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop import scoring
from hmip_desktop.casefile.records import Order
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import Scored
from hmip_desktop.scoring import QuestionScore
from ui.models import conflicts
from ui.models.table import Column

_NAMED = 6


@dataclass(frozen=True)
class QuestionRow:
    """One scored question as the results show it."""

    score: QuestionScore
    text: str

    @property
    def shares(self) -> tuple[float, float]:
        """Above and below the line, of 1."""
        judged = self.score.judged
        return (self.score.above / judged, self.score.below / judged) if judged else (0.0, 0.0)


def question_rows(scored: Scored, section: str, language: str) -> tuple[QuestionRow, ...]:
    """The scored questions of a section, in the form's order."""
    criteria = {one.id for one in scored.scores.criteria if one.section == section}
    return tuple(
        QuestionRow(one, one.question.label.in_language(language))
        for one in scored.scores.questions
        if one.question.scored and criteria.intersection(one.question.criteria)
    )


def question_columns(small_group: int) -> tuple[Column, ...]:
    """The columns of the questions of a section."""
    return (
        Column(tr("Question"), lambda row: f"{row.score.question.number}  {row.text}", width=0),
        Column(
            tr("Above and below the line"),
            lambda row: tr(
                "{above} above, {below} below", above=row.score.above, below=row.score.below
            ),
            sort=lambda row: row.shares[0],
            bar=lambda row: row.shares,
            width=230,
        ),
        Column(
            tr("Above"),
            lambda row: scoring.shown_with_count(
                row.score.above, row.score.judged, small_group, tr("{share} of {judged}")
            ),
            sort=lambda row: row.shares[0],
            right=True,
            bold=True,
            width=104,
        ),
        Column(
            tr("Cases"),
            lambda row: tr("{count} of {all}", count=row.score.above, all=row.score.judged),
            sort=lambda row: row.score.judged,
            right=True,
            width=90,
            spare=True,
        ),
    )


def unsettled(reading: Reading, scored: Scored) -> tuple[str, ...]:
    """What is still open, a sentence for each kind: results that rest on it may change."""
    unfinished = len(reading.contents.cases) - _signed_off(reading)
    open_ones = reading.contents.conflicts
    said = []
    if unfinished:
        said.append(
            tr_count(
                "{count} case is not signed off and not counted.",
                "{count} cases are not signed off and not counted.",
                unfinished,
            )
        )
    if open_ones:
        places = list(dict.fromkeys(conflicts.where(reading, one) for one in open_ones))
        said.append(
            tr_count(
                "{count} answer is in conflict and waits to be settled: {places}.",
                "{count} answers are in conflict and wait to be settled: {places}.",
                len(open_ones),
                places=_some(places),
            )
        )
    return tuple(said) if scored.provisional else ()


def _signed_off(reading: Reading) -> int:
    return len(
        {
            one.case.id
            for one in reading.assessments.values()
            if one.assessment.order is Order.FIRST and one.assessment.signed_off
        }
    )


def _some(places: Sequence[str]) -> str:
    shown, rest = "; ".join(places[:_NAMED]), len(places) - _NAMED
    if rest <= 0:
        return shown
    return tr_count("{places}; and {count} more", "{places}; and {count} more", rest, places=shown)


def share(score: Fraction | None) -> float:
    """A score as a share of 1 for drawing; nothing where there is none."""
    return float(score) if score is not None else 0.0
