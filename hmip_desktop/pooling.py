"""Several inspections beside each other, and all of them together. Pure.

Together means that the first assessments of all inspections are counted as if they were one: each
case once, by the same rule. It is not the mean of the inspections' scores, in which an inspection
of ten cases would weigh as much as one of a hundred.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from hmip_desktop.form.model import Form, Question
from hmip_desktop.scoring import QuestionScore, Scores, interval, of_questions

FEWEST = 10
"""On fewer cases nothing is said to differ, whatever the intervals say."""

_COUNTS = ("above", "below", "not_counted", "missing", "in_conflict", "not_asked")


class Verdict(StrEnum):
    """How an inspection stands beside all others together, in plain words."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "no clear difference"
    FEW = "too few to say"
    ONLY_HERE = "judged only here"
    NOT_HERE = "not judged here"


@dataclass(frozen=True)
class Share:
    """A share of 1 and the cases behind it."""

    score: Fraction | None
    cases: int

    @property
    def ends(self) -> tuple[float, float] | None:
        """Both ends of its 95% interval."""
        if self.score is None:
            return None
        return interval(float(self.score) * self.cases, self.cases)


@dataclass(frozen=True)
class Part:
    """What one inspection brings: its own scores, and what its form calls each question."""

    scores: Scores
    names: Mapping[str, str]


@dataclass(frozen=True)
class Beside:
    """One inspection by the compared questions alone, and all the others together."""

    own: Scores
    others: Scores


@dataclass(frozen=True)
class Pooled:
    """All inspections together, and each beside the others, in the order in which they came."""

    together: Scores
    beside: tuple[Beside, ...]


def pooled(form: Form, questions: Sequence[Question], parts: Sequence[Part]) -> Pooled:
    """The scores of all inspections together and of each, over these questions of the form."""
    own = [_renamed(questions, part) for part in parts]
    cases = [part.scores.assessments for part in parts]
    every = of_questions(form, _added(questions, own), sum(cases))
    return Pooled(
        every,
        tuple(
            Beside(
                of_questions(form, counts, cases[number]),
                of_questions(
                    form,
                    _added(questions, [*own[:number], *own[number + 1 :]]),
                    sum(cases) - cases[number],
                ),
            )
            for number, counts in enumerate(own)
        ),
    )


def verdict(own: Share, others: Share) -> Verdict:
    """Whether an inspection stands apart from the others: their intervals do not even touch."""
    here, there = own.ends, others.ends
    if here is None:
        return Verdict.NOT_HERE
    if there is None:
        return Verdict.ONLY_HERE
    if min(own.cases, others.cases) < FEWEST:
        return Verdict.FEW
    if here[0] > there[1]:
        return Verdict.HIGHER
    return Verdict.LOWER if here[1] < there[0] else Verdict.UNCLEAR


def _renamed(questions: Sequence[Question], part: Part) -> tuple[QuestionScore, ...]:
    """An inspection's counts, under the names and in the order of the newest form."""
    by_name = {one.question.name: one for one in part.scores.questions}
    return tuple(
        replace(by_name[part.names[question.name]], question=question) for question in questions
    )


def _added(
    questions: Sequence[Question], counts: Sequence[Sequence[QuestionScore]]
) -> tuple[QuestionScore, ...]:
    return tuple(
        _sum(question, (one[at] for one in counts)) for at, question in enumerate(questions)
    )


def _sum(question: Question, counts: Iterable[QuestionScore]) -> QuestionScore:
    each = tuple(counts)
    return QuestionScore(question, *(sum(getattr(one, key) for one in each) for key in _COUNTS))
