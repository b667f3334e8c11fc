"""The figures of a section in sentences: a draft for a report, with no word of opinion."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop.form.model import Form, Line, Question, SectionRule
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations.report import Scored, cases_of_section
from hmip_desktop.scoring import QuestionScore, SectionScore, shown
from hmip_desktop.workbook import wording
from hmip_desktop.workbook.wording import Phrase

FROM_EACH_END = 3
_STANDING = {
    "preliminary": mark("Preliminary: unfinished cases are counted as well."),
    "provisional": mark("Provisional: cases or conflicts are still open."),
}


@dataclass(frozen=True)
class Draft:
    """A section with its paragraph."""

    section: str
    title: str
    text: str


@dataclass(frozen=True)
class Style:
    """How a draft is written: in which language, with how many of the questions.

    With `every` all scoring questions are told, else those with the highest and the lowest shares.
    Below `small_group` cases there is no percentage.
    """

    language: str = "default"
    small_group: int = 30
    every: bool = False


@dataclass(frozen=True)
class _Writer:
    """Puts a question's figures into a sentence."""

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
            words=wording.in_words(one.proportion, self.phrases),
            **facts,
        )


def drafts(form: Form, scored: Scored, style: Style) -> tuple[Draft, ...]:
    """A draft for each section that has a score."""
    writer = _Writer(style, wording.phrases())
    names = {one.id: one.label.in_language(style.language) for one in form.sections}
    return tuple(
        Draft(
            one.id,
            f"{one.id} {names[one.id]}",
            _text(form, scored, one, writer),
        )
        for one in scored.scores.sections
        if one.score is not None
    )


def _text(form: Form, scored: Scored, section: SectionScore, writer: _Writer) -> str:
    """A paragraph; where every question of many is told, one more for each criterion."""
    said = [*_standing(scored), _headline(scored, section, writer)]
    criteria = _criteria(form, scored, section, writer.style.language)
    by_criterion = tr("By criterion: {criteria}.", criteria="; ".join(criteria.values()))
    questions = _questions(scored, section.id)
    if len(questions) <= 2 * FROM_EACH_END:
        return " ".join((*said, by_criterion, *map(writer.question, questions)))
    if not writer.style.every:
        return " ".join((*said, by_criterion, *_ends(questions, writer)))
    paragraphs = [
        " ".join(
            (
                tr("{criterion}.", criterion=name),
                *map(writer.question, _first_in(questions, id_, criteria)),
            )
        )
        for id_, name in criteria.items()
    ]
    return "\n".join((" ".join(said), *paragraphs))


def _ends(questions: Sequence[QuestionScore], writer: _Writer) -> list[str]:
    """The questions with the highest shares, then those with the lowest."""
    ranked = sorted(questions, key=lambda one: -(one.proportion or Fraction(0)))
    highest, lowest = ranked[:FROM_EACH_END], ranked[-FROM_EACH_END:]
    return [
        tr("The highest shares above the line:"),
        *map(writer.question, highest),
        tr("The lowest shares above the line:"),
        *map(writer.question, reversed(lowest)),
    ]


def _first_in(
    questions: Sequence[QuestionScore], criterion: str, criteria: Iterable[str]
) -> list[QuestionScore]:
    """The questions of a criterion; one that scores in several stands in the first of them."""
    order = list(criteria)
    return [
        one
        for one in questions
        if next(id_ for id_ in order if id_ in one.question.criteria) == criterion
    ]


def _standing(scored: Scored) -> list[str]:
    if scored.preliminary:
        return [tr(_STANDING["preliminary"])]
    return [tr(_STANDING["provisional"])] if scored.provisional else []


def _headline(scored: Scored, section: SectionScore, writer: _Writer) -> str:
    cases = cases_of_section(scored.scores, section.id)
    facts = {
        "score": shown(section.score),
        "words": wording.in_words(section.score, writer.phrases),
    }
    if scored.scores.rule is SectionRule.CRITERIA:
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


def _criteria(
    form: Form, scored: Scored, section: SectionScore, language: str
) -> Mapping[str, str]:
    """The criteria of a section that have a score, each with it."""
    labels = {one.id: one.label.in_language(language) for one in form.criteria}
    return {
        one.id: tr(
            "{number} {criterion}, {score}",
            number=one.id,
            criterion=labels[one.id],
            score=shown(one.score),
        )
        for one in scored.scores.criteria
        if one.section == section.id and one.score is not None
    }


def _questions(scored: Scored, section: str) -> list[QuestionScore]:
    criteria = {one.id for one in scored.scores.criteria if one.section == section}
    return [
        one
        for one in scored.scores.questions
        if one.question.scored and one.judged and criteria.intersection(one.question.criteria)
    ]


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
