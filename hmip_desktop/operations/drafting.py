"""The figures of a section in sentences: a draft for a report, with no word of opinion."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hmip_desktop import language, paths
from hmip_desktop.form.model import Form
from hmip_desktop.language import mark, tr
from hmip_desktop.operations.report import Scored
from hmip_desktop.scoring import QuestionScore, SectionScore, shown
from hmip_desktop.summary.sentences import (
    FROM_EACH_END,
    Style,
    Writer,
    criteria_of,
    ends,
    scoring_questions,
    titles,
)
from hmip_desktop.workbook import wording
from hmip_desktop.workbook.wording import Phrase

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


def phrases() -> tuple[Phrase, ...]:
    """The words for proportions in the language in use; in English where it has none."""
    own = paths.resource("words", f"proportions-{language.in_use()}.csv")
    return wording.phrases(own if own.is_file() else None)


def drafts(form: Form, scored: Scored, style: Style) -> tuple[Draft, ...]:
    """A draft for each section that has a score."""
    writer, named = Writer(style, phrases()), titles(form, style.language)
    return tuple(
        Draft(one.id, named[one.id], _text(scored, one, writer, named))
        for one in scored.scores.sections
        if one.score is not None
    )


def _text(scored: Scored, section: SectionScore, writer: Writer, named: Mapping[str, str]) -> str:
    """A paragraph; where every question of many is told, one more for each criterion."""
    said = [*_standing(scored), writer.headline(scored.scores, section)]
    criteria = _criteria(scored, section, named)
    by_criterion = tr("By criterion: {criteria}.", criteria="; ".join(criteria.values()))
    own = criteria_of(scored.scores, section.id)
    questions = [one for one in scoring_questions(scored.scores, own) if one.judged]
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


def _ends(questions: Sequence[QuestionScore], writer: Writer) -> list[str]:
    """The questions with the highest shares, then those with the lowest."""
    found, said = ends(questions), []
    if found.highest:
        said += [tr("The highest shares above the line:"), *map(writer.question, found.highest)]
    if found.lowest:
        said += [tr("The lowest shares above the line:"), *map(writer.question, found.lowest)]
    return said


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


def _criteria(scored: Scored, section: SectionScore, named: Mapping[str, str]) -> Mapping[str, str]:
    """The criteria of a section that have a score, each with it."""
    return {
        one.id: tr("{criterion}, {score}", criterion=named[one.id], score=shown(one.score))
        for one in scored.scores.criteria
        if one.section == section.id and one.score is not None
    }
