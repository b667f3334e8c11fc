"""Figures in sentences, with no word of opinion; and which questions are told. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop.form.model import (
    DEFAULT_LANGUAGE,
    Form,
    Group,
    Line,
    Question,
    Section,
    SectionRule,
)
from hmip_desktop.language import tr, tr_count
from hmip_desktop.scoring import (
    SMALL_GROUP,
    QuestionScore,
    Scores,
    SectionScore,
    cases_of_section,
    shown,
)
from hmip_desktop.workbook.wording import Phrase, in_words

FROM_EACH_END = 3
FEWEST = 5
"""A question judged in fewer cases is told as highest or lowest only where all are so few."""
_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Style:
    """How figures are told: in which language of the form, with how many of the questions.

    With `every` all scoring questions are told, else those with the highest and the lowest
    shares. Below `small_group` cases there is no percentage of a question.
    """

    language: str = DEFAULT_LANGUAGE
    small_group: int = SMALL_GROUP
    every: bool = False


@dataclass(frozen=True)
class Ends:
    """The questions with the highest shares, the highest first, and the lowest, likewise."""

    highest: tuple[QuestionScore, ...]
    lowest: tuple[QuestionScore, ...]


@dataclass(frozen=True)
class Writer:
    """Puts figures into sentences."""

    style: Style
    phrases: tuple[Phrase, ...]

    def question(self, one: QuestionScore) -> str:
        """One question: of how many cases it was answered above the line, and how."""
        facts = {
            "above": one.above,
            "question": one.question.label.in_language(self.style.language),
            "answers": _answers_above(one.question, self.style.language),
        }
        if one.judged < self.style.small_group:
            return tr_count(
                "In {above} of {count} case the answer to “{question}” was {answers}.",
                "In {above} of {count} cases the answer to “{question}” was {answers}.",
                one.judged,
                **facts,
            )
        return tr(
            "In {above} of {judged} cases ({share}: {words}) "
            "the answer to “{question}” was {answers}.",
            judged=one.judged,
            share=shown(one.proportion),
            words=in_words(one.proportion, self.phrases),
            **facts,
        )

    def headline(self, scores: Scores, section: SectionScore) -> str:
        """The score of a section, what it is the mean of, and on how many cases it rests."""
        cases = cases_of_section(scores, section.id)
        facts = {
            "score": shown(section.score),
            "words": in_words(section.score, self.phrases),
        }
        if scores.rule is SectionRule.CRITERIA:
            return tr_count(
                "The score is {score} ({words}): the mean of its criteria, from {count} case.",
                "The score is {score} ({words}): the mean of its criteria, from {count} cases.",
                cases,
                **facts,
            )
        return tr_count(
            "The score is {score} ({words}): the mean of its questions, from {count} case.",
            "The score is {score} ({words}): the mean of its questions, from {count} cases.",
            cases,
            **facts,
        )


def titles(form: Form, language: str) -> Mapping[str, str]:
    """Sections and criteria as people say them: each with its number and its name."""
    named: tuple[Section | Group, ...] = (*form.sections, *form.criteria)
    return {one.id: f"{one.id} {one.label.in_language(language)}".strip() for one in named}


def criteria_of(scores: Scores, section: str) -> tuple[str, ...]:
    """The ids of the criteria of a section."""
    return tuple(one.id for one in scores.criteria if one.section == section)


def scoring_questions(scores: Scores, criteria: Sequence[str]) -> tuple[QuestionScore, ...]:
    """The scoring questions of some criteria, each once, in the form's order."""
    wanted = set(criteria)
    return tuple(
        one
        for one in scores.questions
        if one.question.scored and wanted.intersection(one.question.criteria)
    )


def ends(questions: Sequence[QuestionScore], most: int = FROM_EACH_END) -> Ends:
    """The questions with the highest and with the lowest shares, none in both.

    What less than half of the cases reached is not among the highest; where all of them reached
    it, it is not among the lowest. Of equal shares the one that rests on more cases comes first.
    """
    judged = [one for one in questions if one.judged]
    enough = [one for one in judged if one.judged >= FEWEST] or judged
    falling = sorted(enough, key=lambda one: (-_share(one), -one.judged))
    rising = sorted(enough, key=lambda one: (_share(one), -one.judged))
    up_to = min(most, (len(enough) + 1) // 2)
    highest = [one for one in falling[:up_to] if _share(one) >= _HALF]
    lowest = [one for one in rising if _share(one) < 1 and one not in highest]
    return Ends(tuple(highest), tuple(lowest[:most]))


def _share(one: QuestionScore) -> Fraction:
    return one.proportion or Fraction(0)


def _answers_above(question: Question, language: str) -> str:
    """The choices above the line, as they are worded in the form."""
    labels = [
        tr("“{answer}”", answer=one.label.in_language(language))
        for one in question.choices
        if one.line is Line.ABOVE
    ]
    if len(labels) < 2:
        return "".join(labels)
    return tr("{first} or {last}", first=", ".join(labels[:-1]), last=labels[-1])
