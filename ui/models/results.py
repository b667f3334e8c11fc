"""The rows and columns of the results."""

from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop import scoring
from hmip_desktop.language import tr
from hmip_desktop.operations.report import Scored
from hmip_desktop.scoring import QuestionScore
from ui.models.table import Column


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


def share(score: Fraction | None) -> float:
    """A score as a share of 1 for drawing; nothing where there is none."""
    return float(score) if score is not None else 0.0
