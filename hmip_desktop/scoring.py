"""The only arithmetic of scores: exact fractions, nothing rounded before it is shown.

The rule is Appendix 5 of the Merseyside report (2013). Where it can be read in two ways, both
are computed and the form says which is the headline.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop.form.model import Form, Line, Question, SectionRule

SMALL_GROUP = 30
Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Judged:
    """One assessment as scoring sees it.

    `asked` are the questions that routing asks, `values` the answers that stand, `unsettled`
    the questions whose answer is in conflict (they have no value until somebody settles it).
    """

    asked: frozenset[str]
    values: Mapping[str, str]
    unsettled: frozenset[str] = frozenset()


@dataclass(frozen=True)
class QuestionScore:
    """How a question was answered, in numbers of assessments."""

    question: Question
    above: int = 0
    below: int = 0
    not_counted: int = 0
    missing: int = 0
    in_conflict: int = 0
    not_asked: int = 0

    @property
    def judged(self) -> int:
        """The denominator: assessments in which the work stood above or below the line."""
        return self.above + self.below

    @property
    def proportion(self) -> Fraction | None:
        """The share above the line; None where nothing was judged."""
        return proportion(self.above, self.below)


@dataclass(frozen=True)
class CriterionScore:
    """A general criterion: the mean of its questions. `questions` is how many entered it."""

    id: str
    label: str
    section: str | None
    score: Fraction | None
    questions: int


@dataclass(frozen=True)
class SectionScore:
    """A section of the report, by both readings of Appendix 5; `score` is the headline."""

    id: str
    label: str
    score: Fraction | None
    by_criteria: Fraction | None
    by_questions: Fraction | None


@dataclass(frozen=True)
class Scores:
    """Everything that the answers come to."""

    rule: SectionRule
    assessments: int
    questions: tuple[QuestionScore, ...]
    criteria: tuple[CriterionScore, ...]
    sections: tuple[SectionScore, ...]


def scores(form: Form, assessments: Sequence[Judged]) -> Scores:
    """The scores of a set of assessments (each counts once; the order does not matter)."""
    questions = tuple(question_score(question, assessments) for question in form.answerable)
    return of_questions(form, questions, len(assessments))


def of_questions(form: Form, questions: tuple[QuestionScore, ...], assessments: int) -> Scores:
    """The scores that questions come to, counted in so many assessments."""
    scoring = [score for score in questions if score.question.scored]
    criteria = tuple(
        criterion_score(group.id, str(group.label), group.section, scoring)
        for group in form.criteria
    )
    sections = tuple(
        section_score(section.id, str(section.label), form.section_rule, criteria, scoring)
        for section in form.sections
    )
    return Scores(form.section_rule, assessments, questions, criteria, sections)


def proportion(above: int, below: int) -> Fraction | None:
    """The share above the line; None without a denominator."""
    return Fraction(above, above + below) if above + below else None


def mean(values: Iterable[Fraction | None]) -> Fraction | None:
    """The unweighted mean of what is there; None when nothing is."""
    present = [value for value in values if value is not None]
    return Fraction(sum(present), len(present)) if present else None


def question_score(question: Question, assessments: Iterable[Judged]) -> QuestionScore:
    """Counts of one question over assessments: each falls in exactly one of six places."""
    counts = dict.fromkeys(
        ("above", "below", "not_counted", "missing", "in_conflict", "not_asked"), 0
    )
    for assessment in assessments:
        counts[_place(question, assessment)] += 1
    return QuestionScore(question, **counts)


def _place(question: Question, assessment: Judged) -> str:
    if question.name not in assessment.asked:
        return "not_asked"
    if question.name in assessment.unsettled:
        return "in_conflict"
    value = assessment.values.get(question.name, "")
    if not value:
        return "missing"
    return {Line.ABOVE: "above", Line.BELOW: "below"}.get(question.line_of(value), "not_counted")


def criterion_score(
    id_: str, label: str, section: str | None, scoring: Iterable[QuestionScore]
) -> CriterionScore:
    """The unweighted mean of the proportions of its scoring questions that have one."""
    own = [score.proportion for score in scoring if id_ in score.question.criteria]
    present = [value for value in own if value is not None]
    return CriterionScore(id_, label, section, mean(present), len(present))


def section_score(
    id_: str,
    label: str,
    rule: SectionRule,
    criteria: Iterable[CriterionScore],
    scoring: Iterable[QuestionScore],
) -> SectionScore:
    """Both means of a section: of its criteria, and of its questions, each question once."""
    own = [criterion for criterion in criteria if criterion.section == id_]
    names = {criterion.id for criterion in own}
    by_criteria = mean(criterion.score for criterion in own)
    by_questions = mean(
        score.proportion for score in scoring if names.intersection(score.question.criteria)
    )
    headline = by_criteria if rule is SectionRule.CRITERIA else by_questions
    return SectionScore(id_, label, headline, by_criteria, by_questions)


def cases_of(scores: Scores, criteria: Iterable[str]) -> int:
    """On how many cases criteria rest: those of the scoring question judged most often."""
    wanted = set(criteria)
    judged = (
        one.judged
        for one in scores.questions
        if one.question.scored and wanted.intersection(one.question.criteria)
    )
    return max(judged, default=0)


def cases_of_section(scores: Scores, section: str) -> int:
    """On how many cases a section rests."""
    return cases_of(scores, (one.id for one in scores.criteria if one.section == section))


def sampled(assessments: int, caseload: int | None) -> float:
    """Which share of the caseload was assessed; 0 where its size is not known, or cannot be so."""
    if not caseload or caseload < assessments:
        return 0.0
    return assessments / caseload


def interval(above: float, judged: float, fraction: float = 0.0) -> tuple[float, float] | None:
    """The 95% Wilson score interval of a proportion (Wilson 1927), as shares of 1.

    `fraction` is the share of the caseload that was assessed: the variance is that many parts
    smaller (the finite population correction, Cochran, Sampling Techniques, 1977, 2.6), as if
    `judged / (1 - fraction)` cases had been judged; a caseload assessed whole leaves no doubt. In
    how many cases of the caseload a question applies is unknown, so the fraction of all cases
    stands for that of those cases (2.12).
    """
    if not judged:
        return None
    share, spread = above / judged, Z_95**2 * (1 - fraction) / judged
    middle = share + spread / 2
    half = math.sqrt(share * (1 - share) * spread + spread**2 / 4)
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def whole_percent(score: Fraction) -> int:
    """A score as it is printed: a whole percentage, half up (74.5 shows 75)."""
    return math.floor(score * 100 + Fraction(1, 2))


def shown(score: Fraction | None) -> str:
    """A score in print, such as 79%; a dash where there is none."""
    return "–" if score is None else f"{whole_percent(score)}%"


def shown_with_count(
    above: int,
    judged: int,
    small_group: int = SMALL_GROUP,
    words: str = "{share} of {judged}",
) -> str:
    """A question's result in print: 72% of 74, or 5 of 8 where a percentage would mislead.

    `words` says it in another language; the workbook speaks English, as its formulas do.
    """
    if not judged:
        return "–"
    share = str(above) if judged < small_group else shown(Fraction(above, judged))
    return words.format(share=share, judged=judged)
