"""The rows and columns of the results."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hmip_desktop import scoring
from hmip_desktop.casefile.records import Order
from hmip_desktop.form.model import Form, SectionRule
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import Scored
from hmip_desktop.scoring import QuestionScore, cases_of, cases_of_section
from ui.models import conflicts
from ui.models.table import Column

_NAMED = 6
PRELIMINARY = mark("Preliminary: unfinished cases are counted as well.")
_BY_RULE = {
    SectionRule.CRITERIA: mark(
        "{section}: {score}, the mean of its criteria (the headline, by the form). "
        "The mean of its questions would be {other}."
    ),
    SectionRule.QUESTIONS: mark(
        "{section}: {score}, the mean of its questions (the headline, by the form). "
        "The mean of its criteria would be {other}."
    ),
}


@dataclass(frozen=True)
class CriterionRow:
    """One criterion as the results show it; without an id it is the whole section.

    `questions` is how many entered its score: those that were judged in some case.
    """

    id: str
    title: str
    score: Fraction | None
    questions: int
    cases: int

    @property
    def shares(self) -> tuple[float, float]:
        """The score as a bar."""
        return share(self.score), 0.0


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


def section_name(form: Form, section: str, language: str) -> str:
    """A section as people say it: its number and its name."""
    names = {one.id: one.label.in_language(language) for one in form.sections}
    return f"{section} {names.get(section, '')}".strip()


def criterion_rows(
    scored: Scored, form: Form, section: str, language: str
) -> tuple[CriterionRow, ...]:
    """The section as a whole, then its criteria."""
    labels = {one.id: one.label.in_language(language) for one in form.criteria}
    own = [one for one in scored.scores.criteria if one.section == section]
    whole = next((one.score for one in scored.scores.sections if one.id == section), None)
    questions = question_rows(scored, section, language)
    judged = sum(one.score.proportion is not None for one in questions)
    cases = cases_of_section(scored.scores, section)
    rows = [
        CriterionRow(
            one.id,
            f"{one.id} {labels[one.id]}",
            one.score,
            one.questions,
            cases_of(scored.scores, [one.id]),
        )
        for one in own
    ]
    all_of_it = CriterionRow("", tr("The whole section"), whole, judged, cases)
    return (all_of_it, *rows)


def criterion_columns(*, preliminary: bool, fraction: float = 0.0) -> tuple[Column, ...]:
    """The columns of the criteria of a section."""
    return (
        Column(headed(tr("Criterion"), preliminary=preliminary), lambda row: row.title, width=0),
        Column(
            tr("Above the line"),
            lambda row: scoring.shown(row.score),
            sort=lambda row: row.shares[0],
            bar=lambda row: row.shares,
            width=196,
        ),
        Column(
            tr("Score"),
            lambda row: scoring.shown(row.score),
            sort=lambda row: row.shares[0],
            right=True,
            bold=True,
            width=104,
        ),
        Column(
            tr("Questions"),
            lambda row: str(row.questions),
            sort=lambda row: row.questions,
            right=True,
            width=90,
            spare=True,
        ),
        Column(
            tr("Cases"),
            lambda row: str(row.cases),
            sort=lambda row: row.cases,
            right=True,
            width=80,
            spare=True,
        ),
        _range(
            lambda row: (row.shares[0] * row.cases, row.cases if row.score is not None else 0),
            fraction,
        ),
    )


def headed(heading: str, *, preliminary: bool) -> str:
    """The heading of the first column, which goes with a table wherever it is copied to."""
    return tr("{heading} (preliminary)", heading=heading) if preliminary else heading


def range_of(above: float, judged: int, fraction: float) -> str:
    """The 95% interval of a share, short; `fraction` of the caseload was assessed."""
    ends = scoring.interval(above, judged, fraction)
    if ends is None:
        return "–"
    low, high = (scoring.shown(Fraction(end)) for end in ends)
    return tr("{low} to {high}", low=low, high=high)


def likely(above: float, judged: int, fraction: float) -> str:
    """The 95% interval of a share, and for how much of the caseload it allows, in sentences."""
    ends = scoring.interval(above, judged, fraction)
    if ends is None:
        return ""
    low, high = (scoring.shown(Fraction(end)) for end in ends)
    said = tr_count(
        "It rests on {count} case. Had other cases been drawn, it could as easily have come out "
        "between {low} and {high} (95% interval).",
        "It rests on {count} cases. Had other cases been drawn, it could as easily have come out "
        "between {low} and {high} (95% interval).",
        judged,
        low=low,
        high=high,
    )
    if not fraction:
        return said
    part = scoring.shown(Fraction(fraction))
    allowed = tr("This allows for {part} of the caseload having been assessed.", part=part)
    return f"{said} {allowed}"


def section_said(scored: Scored, section: str, name: str) -> str:
    """What a section comes to by both rules, and how sure that is."""
    found = next((one for one in scored.scores.sections if one.id == section), None)
    if found is None or found.score is None:
        return tr("{section}: no question has been judged yet.", section=name)
    rule = scored.scores.rule
    other = found.by_questions if rule is SectionRule.CRITERIA else found.by_criteria
    said = tr(
        _BY_RULE[rule], section=name, score=scoring.shown(found.score), other=scoring.shown(other)
    )
    cases = cases_of_section(scored.scores, section)
    return f"{said} {likely(share(found.score) * cases, cases, scored.fraction)}"


def question_rows(
    scored: Scored, section: str, language: str, criterion: str = ""
) -> tuple[QuestionRow, ...]:
    """The scored questions of a section, or of one of its criteria, in the form's order."""
    own = {one.id for one in scored.scores.criteria if one.section == section}
    criteria = {criterion} if criterion else own
    return tuple(
        QuestionRow(one, one.question.label.in_language(language))
        for one in scored.scores.questions
        if one.question.scored and criteria.intersection(one.question.criteria)
    )


def question_columns(
    small_group: int, *, preliminary: bool = False, fraction: float = 0.0
) -> tuple[Column, ...]:
    """The columns of the questions of a section."""
    return (
        Column(
            headed(tr("Question"), preliminary=preliminary),
            lambda row: f"{row.score.question.number}  {row.text}",
            width=0,
        ),
        Column(
            tr("Above and below the line"),
            lambda row: tr(
                "{above} above, {below} below", above=row.score.above, below=row.score.below
            ),
            sort=lambda row: row.shares[0],
            bar=lambda row: row.shares,
            width=196,
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
        _range(lambda row: (row.score.above, row.score.judged), fraction),
    )


def _range(of: Callable[[Any], tuple[float, int]], fraction: float) -> Column:
    return Column(
        tr("95% interval"),
        lambda row: range_of(*of(row), fraction),
        sort=lambda row: of(row)[1],
        right=True,
        width=118,
        spare=True,
    )


def standing(reading: Reading, scored: Scored) -> tuple[str, ...]:
    """Why results may still change, a sentence for each reason; nothing where they stand."""
    open_ones = _still_open(reading, scored)
    if scored.preliminary:
        return (tr(PRELIMINARY), *open_ones)
    if not scored.provisional or not open_ones:
        return ()
    first, *others = open_ones
    return (tr("Provisional: {why}", why=first), *others)


def _still_open(reading: Reading, scored: Scored) -> tuple[str, ...]:
    unfinished = len(reading.contents.cases) - _signed_off(reading)
    open_ones = reading.contents.conflicts
    said = []
    if unfinished and scored.preliminary:
        said.append(
            tr_count(
                "{count} case is not signed off; if it has been begun, it is counted.",
                "{count} cases are not signed off; those that have been begun are counted.",
                unfinished,
            )
        )
    elif unfinished:
        said.append(
            tr_count(
                "{count} case is still to come.",
                "{count} cases are still to come.",
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
