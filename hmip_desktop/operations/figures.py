"""The figures that the report printed, computed again from the answers of an inspection.

The table (resources/demo/figures.csv) says what was printed and what it is a figure of. Nothing
else is typed in: reading, routing and scoring are those of everybody's results.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from hmip_desktop import paths
from hmip_desktop.casefile.records import Order
from hmip_desktop.form.model import Kind, Question
from hmip_desktop.operations import report
from hmip_desktop.operations.reading import Reading
from hmip_desktop.scoring import Judged, Scores, question_score, shown

ALL = "all"
FRACTIONS = {
    "one-third": Fraction(1, 3),
    "half": Fraction(1, 2),
    "three-quarters": Fraction(3, 4),
}
NEAR = Fraction(4, 100)
"""How far from a fraction the report's own percentages lie where it prints both."""

Value = Fraction | int | None


class Measure(StrEnum):
    """What a figure counts. Shares and numbers are of the cases that `among` leaves."""

    SECTION_SCORE = "section score"
    SHARE_ABOVE = "share above the line"
    SHARE_OF_JUDGED = "share of judged"
    SHARE_OF_ASKED = "share of asked"
    NUMBER_WITH_CHOICE = "number with choice"
    NUMBER_JUDGED = "number judged"
    NUMBER_ASKED = "number asked"
    DIFFERENT_ANSWERS = "number of different answers"


@dataclass(frozen=True)
class Among:
    """The cases that a figure is limited to: those with one of these answers to a question."""

    question: str
    choices: frozenset[str]


@dataclass(frozen=True)
class Figure:
    """One published figure.

    `question` names a question, or a section where the measure is its score. With `choices` a
    case counts when its answer is one of them, or when one of them is ticked. `remark` says how
    the report was read where it contradicts itself, or why the figure cannot come out.
    """

    figure: str
    where: str
    measure: Measure
    question: str
    choices: frozenset[str]
    among: Among | None
    published: str
    remark: str


@dataclass(frozen=True)
class Checked:
    """A published figure beside what the answers come to, in the same print."""

    figure: Figure
    computed: str
    agrees: bool


def published_figures(path: Path | None = None) -> tuple[Figure, ...]:
    """The table of published figures, in the order of the report."""
    table = path or paths.resource("demo", "figures.csv")
    with table.open(encoding="utf-8", newline="") as file:
        return tuple(_figure(row) for row in csv.DictReader(file))


def _figure(row: Mapping[str, str]) -> Figure:
    return Figure(
        figure=row["figure"],
        where=row["where"],
        measure=Measure(row["measure"]),
        question=row["question"],
        choices=frozenset(row["choices"].split()),
        among=_limit(row["among"]),
        published=row["published"],
        remark=row["remark"],
    )


def _limit(text: str) -> Among | None:
    question, _, choices = text.partition(":")
    return Among(question.strip(), frozenset(choices.split())) if text else None


def checked(reading: Reading, figures: Iterable[Figure]) -> tuple[Checked, ...]:
    """Every figure with what the signed-off first assessments come to.

    Raises:
        Refused: QUESTION_UNKNOWN when the inspection has another form.
    """
    result = report.scored(reading).scores
    cases = [
        one.judged
        for one in reading.assessments.values()
        if one.assessment.order is Order.FIRST and report.counts(one, preliminary=False)
    ]
    return tuple(_checked(figure, _value(reading, figure, result, cases)) for figure in figures)


def _checked(figure: Figure, value: Value) -> Checked:
    computed = _printed(value, figure.published)
    fraction = FRACTIONS.get(figure.published)
    if fraction is not None and isinstance(value, Fraction):
        return Checked(figure, computed, abs(value - fraction) <= NEAR)
    return Checked(figure, computed, computed == figure.published)


def _printed(value: Value, published: str) -> str:
    """A value as the report prints such a figure."""
    if isinstance(value, int):
        return str(value)
    return ALL if published == ALL and value == 1 else shown(value)


def _value(reading: Reading, figure: Figure, result: Scores, cases: Sequence[Judged]) -> Value:
    if figure.measure is Measure.SECTION_SCORE:
        return next((one.score for one in result.sections if one.id == figure.question), None)
    if figure.among:
        limit = reading.question(figure.among.question)
        cases = [case for case in cases if figure.among.choices & _given(limit, case)]
    return _counted(reading.question(figure.question), figure, cases)


def _counted(question: Question, figure: Figure, cases: Sequence[Judged]) -> Value:
    score = question_score(question, cases)
    asked = len(cases) - score.not_asked
    given = [_given(question, case) for case in cases]
    chosen = sum(bool(figure.choices & answer) for answer in given)
    values: dict[Measure, Value] = {
        Measure.SHARE_ABOVE: score.proportion,
        Measure.SHARE_OF_JUDGED: _share(chosen, score.judged),
        Measure.SHARE_OF_ASKED: _share(chosen, asked),
        Measure.NUMBER_WITH_CHOICE: chosen,
        Measure.NUMBER_JUDGED: score.judged,
        Measure.NUMBER_ASKED: asked,
        Measure.DIFFERENT_ANSWERS: len(frozenset[str]().union(*given)),
    }
    return values[figure.measure]


def _given(question: Question, case: Judged) -> frozenset[str]:
    """The choices that a case has in answer to a question that is asked in it."""
    value = case.values.get(question.name, "") if question.name in case.asked else ""
    names = value.split() if question.kind is Kind.SELECT_MULTIPLE else [value]
    return frozenset(filter(None, names))


def _share(part: int, of: int) -> Fraction | None:
    return Fraction(part, of) if of else None
