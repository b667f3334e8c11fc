"""Groups of cases beside each other: what each section comes to, and two of them compared."""

from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import Scored
from hmip_desktop.scoring import QuestionScore, interval


@dataclass(frozen=True)
class Pooled:
    """All answers to the scoring questions of a section, counted together."""

    above: int
    judged: int


@dataclass(frozen=True)
class Compared:
    """One question in two groups, judged at least once in each.

    `fraction` is the share of the whole caseload that was assessed.
    """

    first: QuestionScore
    second: QuestionScore
    fraction: float = 0.0

    @property
    def difference(self) -> Fraction:
        """How much higher the share above the line is in the first group."""
        first, second = self.first.proportion, self.second.proportion
        assert first is not None
        assert second is not None
        return first - second

    @property
    def apart(self) -> bool:
        """Whether the two 95% intervals do not even touch."""
        first = interval(self.first.above, self.first.judged, self.fraction)
        second = interval(self.second.above, self.second.judged, self.fraction)
        assert first is not None
        assert second is not None
        return first[0] > second[1] or second[0] > first[1]


def fields(reading: Reading) -> tuple[str, ...]:
    """The fields of the sample, each once."""
    known = (name for case in reading.contents.cases.values() for name in case.fields)
    return tuple(dict.fromkeys(known))


def pooled(scored: Scored, section: str) -> Pooled:
    """The answers to the scoring questions of a section, each question once."""
    criteria = {one.id for one in scored.scores.criteria if one.section == section}
    own = [
        one
        for one in scored.scores.questions
        if one.question.scored and criteria.intersection(one.question.criteria)
    ]
    return Pooled(sum(one.above for one in own), sum(one.judged for one in own))


def compared(first: Scored, second: Scored) -> tuple[Compared, ...]:
    """The scoring questions judged in both groups, the largest difference first."""
    others = {one.question.name: one for one in second.scores.questions}
    both = [
        Compared(one, other, first.fraction)
        for one in first.scores.questions
        if one.question.scored
        and one.judged
        and (other := others.get(one.question.name)) is not None
        and other.judged
    ]
    return tuple(sorted(both, key=lambda one: -abs(one.difference)))
