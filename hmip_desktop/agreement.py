"""How far two assessors of one case judged alike, and how assessors' rates lie to each other.

Exact fractions, nothing rounded. What counts:

- A pair is one question of one case that both assessors were asked and both answered. An answer
  that one lacks, or that is in conflict, makes no pair and is reported as missing; a question
  that routing asked of one only makes none either: the pair that disagreed is the earlier
  question, whose answer decides the routing.
- Over the line, two answers are the same when both are above, both below, or both not counted;
  only questions that score have a line. Over the answers, they are the same when the choices
  are (with several choices, all of them). Typed answers are not compared.
- Krippendorff's alpha is 1 for perfect agreement and 0 for what chance would give. It is taken of
  lines and of choices as mere names (nominal). There is none where everybody always said the
  same one thing: nothing then shows that they could have told differences.
- A criterion or section pools the pairs of its scoring questions, each question once. Its alpha is
  of lines only, since the choices of different questions are different things.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from hmip_desktop.form.model import Form, Kind, Line, Question
from hmip_desktop.scoring import Judged, interval, proportion

FEWEST_PAIRS = 3
"""A question that hardly anybody was asked twice is not read first while others can be."""
FEWEST_ASSESSMENTS = 5
"""Below this an assessor's rate is not shown: one unusual case would be more than a fifth of it,
and the rate would say more about the case than about the assessor."""

Unit = Sequence[Hashable]


def alpha(units: Iterable[Unit]) -> Fraction | None:
    """Krippendorff's alpha for nominal data, from the coincidences of values within units.

    A unit is what observers said of one thing, those who said nothing left out; what only one
    observer spoke of does not count. None where all values are the same, or there are none.
    Klaus Krippendorff, Content Analysis (2004), chapter 11.
    """
    paired = [Counter(unit) for unit in units if len(unit) > 1]
    values = sum(paired, Counter[Hashable]())
    total = values.total()
    by_chance = total**2 - sum(count**2 for count in values.values())
    if not by_chance:
        return None
    observed = sum(
        (
            Fraction(unit.total() ** 2 - sum(count**2 for count in unit.values()), unit.total() - 1)
            for unit in paired
        ),
        start=Fraction(0),
    )
    return 1 - (total - 1) * observed / by_chance


@dataclass(frozen=True)
class Pair:
    """One case as its two assessors judged it."""

    first: Judged
    second: Judged


@dataclass(frozen=True)
class Matched:
    """How many pairs of answers there are, how many are the same, and alpha where there is one."""

    pairs: int
    same: int
    alpha: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """The share of pairs that are the same; None without a pair."""
        return proportion(self.same, self.pairs - self.same)


@dataclass(frozen=True)
class QuestionAgreement:
    """Agreement on one question: over the line if it scores, over the answers if it has choices.

    `missing`, `asked_of_one` and `asked_of_none` are the cases that make no pair.
    """

    question: Question
    line: Matched | None
    answers: Matched | None
    missing: int
    asked_of_one: int
    asked_of_none: int

    @property
    def pairs(self) -> int:
        """How many pairs of answers there are."""
        compared = self.line or self.answers
        return compared.pairs if compared else 0

    @property
    def is_few(self) -> bool:
        """Whether there are so few pairs that one difference decides."""
        return self.pairs < FEWEST_PAIRS


@dataclass(frozen=True)
class GroupAgreement:
    """Agreement on the scoring questions of a criterion or a section, pooled."""

    id: str
    label: str
    line: Matched
    answers: Matched


@dataclass(frozen=True)
class Agreement:
    """Agreement on all cases assessed twice; `questions` has the lowest first."""

    cases: int
    line: Matched
    answers: Matched
    sections: tuple[GroupAgreement, ...]
    criteria: tuple[GroupAgreement, ...]
    questions: tuple[QuestionAgreement, ...]


def agreement(form: Form, pairs: Sequence[Pair]) -> Agreement:
    """Agreement on these cases (neither their order nor that of the assessors matters)."""
    scoring = [question for question in form.answerable if question.scored]
    criteria = tuple(
        _group(one.id, str(one.label), pairs, [q for q in scoring if one.id in q.criteria])
        for one in form.criteria
    )
    return Agreement(
        cases=len(pairs),
        line=_pooled_lines(scoring, pairs),
        answers=_pooled_answers(scoring, pairs),
        sections=tuple(
            _group(section.id, str(section.label), pairs, _questions_of(form, section.id, scoring))
            for section in form.sections
        ),
        criteria=criteria,
        questions=tuple(
            sorted((_question(question, pairs) for question in form.answerable), key=_lowest_first)
        ),
    )


def to_read(questions: Iterable[QuestionAgreement]) -> tuple[QuestionAgreement, ...]:
    """Questions with a pair in the order to read them: those with few pairs after all others.

    Within each, as they come: a single pair that differs must not stand at the head.
    """
    return tuple(sorted((one for one in questions if one.pairs), key=lambda one: one.is_few))


def _questions_of(form: Form, section: str, scoring: Iterable[Question]) -> list[Question]:
    criteria = {one.id for one in form.criteria if one.section == section}
    return [question for question in scoring if criteria.intersection(question.criteria)]


def _group(
    id_: str, label: str, pairs: Sequence[Pair], questions: Sequence[Question]
) -> GroupAgreement:
    return GroupAgreement(
        id_, label, _pooled_lines(questions, pairs), _pooled_answers(questions, pairs)
    )


def _pooled_lines(questions: Iterable[Question], pairs: Sequence[Pair]) -> Matched:
    return _matched(list(chain.from_iterable(_units(line_of, q, pairs) for q in questions)))


def _pooled_answers(questions: Iterable[Question], pairs: Sequence[Pair]) -> Matched:
    units = list(chain.from_iterable(_units(choice_of, q, pairs) for q in questions))
    return Matched(len(units), _same(units), None)


def _question(question: Question, pairs: Sequence[Pair]) -> QuestionAgreement:
    asked = [
        sum(question.name in judged.asked for judged in (pair.first, pair.second)) for pair in pairs
    ]
    answered = _units(answer_of, question, pairs)
    has_choices = question.kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)
    return QuestionAgreement(
        question,
        line=_matched(_units(line_of, question, pairs)) if question.scored else None,
        answers=_matched(_units(choice_of, question, pairs)) if has_choices else None,
        missing=asked.count(2) - len(answered),
        asked_of_one=asked.count(1),
        asked_of_none=asked.count(0),
    )


def _lowest_first(one: QuestionAgreement) -> tuple[bool, Fraction, Fraction, int]:
    """Questions with pairs first; scored ones by the line, the others by the answers."""
    best = one.line or one.answers
    if best is None or best.share is None:
        return True, Fraction(1), Fraction(1), 0
    choices = one.answers.share if one.answers else None
    return False, best.share, Fraction(1) if choices is None else choices, -best.pairs


def answer_of(question: Question, judged: Judged) -> str | None:
    """The answer that counts; None where the question is not asked, unanswered or in conflict."""
    if question.name not in judged.asked or question.name in judged.unsettled:
        return None
    return judged.values.get(question.name) or None


def line_of(question: Question, judged: Judged) -> Line | None:
    """Where the answer stands; None where there is none."""
    answer = answer_of(question, judged)
    return None if answer is None else question.line_of(answer)


def choice_of(question: Question, judged: Judged) -> frozenset[str] | None:
    """The choices made; None where there are none, and for typed answers."""
    answer = answer_of(question, judged)
    if answer is None or question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
        return None
    return frozenset(answer.split() if question.kind is Kind.SELECT_MULTIPLE else [answer])


def _units(
    said: Callable[[Question, Judged], Hashable | None], question: Question, pairs: Iterable[Pair]
) -> list[Unit]:
    """What both said, where both said something."""
    both = ((said(question, pair.first), said(question, pair.second)) for pair in pairs)
    return [unit for unit in both if None not in unit]


def _matched(units: Sequence[Unit]) -> Matched:
    return Matched(len(units), _same(units), alpha(units))


def _same(units: Iterable[Unit]) -> int:
    return sum(len(set(unit)) == 1 for unit in units)


@dataclass(frozen=True)
class Tally:
    """How often one assessment stands above the line, of how many judgements."""

    above: int
    judged: int


@dataclass(frozen=True)
class Rate:
    """The share above the line over several assessments."""

    tallies: tuple[Tally, ...]

    @property
    def assessments(self) -> int:
        """How many assessments it rests on."""
        return len(self.tallies)

    @property
    def above(self) -> int:
        """Judgements above the line."""
        return sum(one.above for one in self.tallies)

    @property
    def judged(self) -> int:
        """All judgements above or below it."""
        return sum(one.judged for one in self.tallies)

    @property
    def share(self) -> Fraction | None:
        """The share above the line; None where nothing was judged."""
        return proportion(self.above, self.judged - self.above)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval, as wide as the assessments differ among themselves.

        The judgements about one case hang together, so hundreds of them are worth far fewer:
        their number is divided by the design effect of whole assessments (L. Kish, Survey
        Sampling, 1965) before the interval is taken.
        """
        if self.share is None:
            return None
        worth = self.judged / max(1.0, self._design_effect(float(self.share)))
        return interval(float(self.share) * worth, worth)

    def _design_effect(self, share: float) -> float:
        if self.assessments < 2 or share in (0.0, 1.0):
            return 1.0
        apart = sum((one.above - share * one.judged) ** 2 for one in self.tallies)
        variance = apart / self.judged**2 * self.assessments / (self.assessments - 1)
        return variance / (share * (1 - share) / self.judged)


@dataclass(frozen=True)
class RateBeside:
    """An assessor's rate beside that of all others; None both where either has too few cases.

    Cases differ, so a rate that lies apart is a question to ask, never a finding.
    """

    assessments: int
    own: Rate | None
    others: Rate | None

    @property
    def apart(self) -> bool:
        """Whether the two intervals do not touch."""
        ours, theirs = (rate.interval if rate else None for rate in (self.own, self.others))
        if ours is None or theirs is None:
            return False
        return ours[1] < theirs[0] or theirs[1] < ours[0]


def tally(form: Form, judged: Judged) -> Tally:
    """One assessment's judgements on the scoring questions, each question once."""
    lines = [line_of(question, judged) for question in form.answerable if question.scored]
    above, below = lines.count(Line.ABOVE), lines.count(Line.BELOW)
    return Tally(above, above + below)


def rates(
    tallies: Mapping[str, Sequence[Tally]], *, fewest: int = FEWEST_ASSESSMENTS
) -> dict[str, RateBeside]:
    """Each assessor's rate beside the others', by the assessor's name or id."""

    def beside(name: str) -> RateBeside:
        own = Rate(tuple(tallies[name]))
        others = Rate(tuple(chain.from_iterable(t for n, t in tallies.items() if n != name)))
        if min(own.assessments, others.assessments) < fewest:
            return RateBeside(own.assessments, None, None)
        return RateBeside(own.assessments, own, others)

    return {name: beside(name) for name in tallies}
