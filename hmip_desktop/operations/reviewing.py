"""Looking over one assessment before it is signed off, and finding things across cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.form.model import Wording
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.sampled import Differing, differing
from hmip_desktop.scoring import CriterionScore, SectionScore, scores

EXCERPT = 60


@dataclass(frozen=True)
class Doubt:
    """Answers that look contradictory: where, how, and why they stand if that was said."""

    question: str
    message: Wording
    stands: str


@dataclass(frozen=True)
class Review:
    """What an assessment comes to before it is signed off.

    `required` and `optional` are the questions without an answer; `unsettled` those whose answer
    is in conflict; `differing` are answers that are not what the sample says; `criteria` and
    `sections` are what the answers of this one case come to.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...]
    unsettled: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    differing: tuple[Differing, ...]
    criteria: tuple[CriterionScore, ...]
    sections: tuple[SectionScore, ...]

    @property
    def can_sign_off(self) -> bool:
        """Whether nothing stands in the way (doubts never do)."""
        return not self.required and not self.unsettled


@dataclass(frozen=True)
class Left:
    """The questions without an answer that stands, in the form's order.

    `required` and `unsettled` (in conflict) keep an assessment from being signed off.
    """

    required: tuple[str, ...]
    unsettled: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def needed(self) -> int:
        """How many keep it from being signed off."""
        return len(self.required) + len(self.unsettled)


def left(reading: Reading, one: Progressed) -> Left:
    """What is left to answer of what is asked now."""
    needed, unsettled = reading.routing.unanswered_required(one.state), one.assessment.unsettled
    return Left(
        required=tuple(name for name in needed if name not in unsettled),
        unsettled=tuple(name for name in one.state.asked if name in unsettled),
        optional=tuple(
            name for name in one.state.unanswered if name not in needed and name not in unsettled
        ),
    )


def review(reading: Reading, one: Progressed) -> Review:
    """Look an assessment over."""
    form, to_do = reading.form, left(reading, one)
    result = scores(form, [one.judged])
    return Review(
        required=to_do.required,
        optional=to_do.optional,
        unsettled=to_do.unsettled,
        doubts=tuple(
            Doubt(
                name,
                form.question_by_name[name].doubt_message,
                one.assessment.stands.get(name, ""),
            )
            for name in reading.routing.doubts(one.state)
        ),
        differing=tuple(differing(form, one)),
        criteria=result.criteria,
        sections=result.sections,
    )


class Where(StrEnum):
    """In what a word was found."""

    QUESTION = "question"
    ANSWER = "answer"
    NOTE = "note"


@dataclass(frozen=True)
class Hit:
    """One place where a word stands. `key` is None for the question itself."""

    question: str
    where: Where
    excerpt: str
    key: AssessmentKey | None = None
    reference: str = ""


def find(reading: Reading, words: str, language: str = "default") -> tuple[Hit, ...]:
    """Every question, answer in words typed, and note that holds all the words, in any case.

    Questions come first, in the form's order, then answers and notes by case.
    """
    wanted = words.casefold().split()
    if not wanted:
        return ()
    return (*_in_questions(reading, wanted, language), *_in_assessments(reading, wanted))


def _in_questions(reading: Reading, wanted: list[str], language: str) -> Iterator[Hit]:
    for question in reading.form.answerable:
        label = question.label.in_language(language)
        if _holds(f"{question.number} {question.name} {label}", wanted):
            yield Hit(question.name, Where.QUESTION, label)


def _in_assessments(reading: Reading, wanted: list[str]) -> Iterator[Hit]:
    for key, one in reading.assessments.items():
        for question in reading.form.answerable:
            name = question.name
            typed = one.assessment.answers.get(name, "") if not question.choices else ""
            for where, text in ((Where.ANSWER, typed), (Where.NOTE, _note(one, name))):
                if _holds(text, wanted):
                    excerpt = _excerpt(text, wanted[0])
                    yield Hit(name, where, excerpt, key, one.case.reference)


def _note(one: Progressed, question: str) -> str:
    return one.assessment.notes.get(question, "")


def _holds(text: str, wanted: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)


def _excerpt(text: str, word: str) -> str:
    """The text around the first word, cut at both ends with an ellipsis where it goes on."""
    line = " ".join(text.split())
    at = max(0, line.casefold().find(word))
    start = max(0, at - EXCERPT // 2)
    end = min(len(line), start + 2 * EXCERPT)
    before = "… " if start else ""
    after = " …" if end < len(line) else ""
    return f"{before}{line[start:end]}{after}"
