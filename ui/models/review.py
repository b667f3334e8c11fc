"""What the review of a case shows: what is missing, what is doubtful, what it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass

from hmip_desktop import scoring
from hmip_desktop.casefile.records import Query
from hmip_desktop.form.model import Form
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.reviewing import Review, review
from hmip_desktop.scoring import CriterionScore
from hmip_desktop.wording import number_of_things


@dataclass(frozen=True)
class Named:
    """A question as a list shows it."""

    name: str
    number: str
    text: str


@dataclass(frozen=True)
class DoubtRow:
    """Answers that look contradictory, and why they stand."""

    question: Named
    message: str
    stands: str


@dataclass(frozen=True)
class ScoreRow:
    """A section or a criterion and what the answers about it come to, in words."""

    title: str
    said: str
    is_section: bool


@dataclass(frozen=True)
class QueryRow:
    """A query from the lead. `question` is None when it is about the whole case."""

    query: Query
    question: Named | None


@dataclass(frozen=True)
class ReviewState:
    """Everything that the review of one case shows."""

    reference: str
    summary: str
    queries: tuple[QueryRow, ...]
    required: tuple[Named, ...]
    unsettled: tuple[Named, ...]
    optional: tuple[Named, ...]
    doubts: tuple[DoubtRow, ...]
    scores: tuple[ScoreRow, ...]
    signed_off: bool
    can_sign_off: bool
    in_the_way: str


def state(reading: Reading, one: Progressed, language: str) -> ReviewState:
    """What the review of an assessment shows as things stand."""
    found, form = review(reading, one), reading.form
    return ReviewState(
        reference=one.case.reference,
        summary=f"{one.answered} of {number_of_things(one.asked, 'question')} answered",
        queries=tuple(_query(form, query, language) for query in one.assessment.queries),
        required=_named(form, found.required, language),
        unsettled=_named(form, found.unsettled, language),
        optional=_named(form, found.optional, language),
        doubts=tuple(
            DoubtRow(named(form, doubt.question, language), doubt.message, doubt.stands)
            for doubt in found.doubts
        ),
        scores=tuple(_scores(form, found, language)),
        signed_off=one.assessment.signed_off,
        can_sign_off=found.can_sign_off,
        in_the_way=_in_the_way(found),
    )


def named(form: Form, name: str, language: str) -> Named:
    """A question by its name in the form."""
    question = form.question_by_name[name]
    return Named(name, question.number, question.label.in_language(language))


def _named(form: Form, names: Iterable[str], language: str) -> tuple[Named, ...]:
    return tuple(named(form, name, language) for name in names)


def _query(form: Form, query: Query, language: str) -> QueryRow:
    known = query.question in form.question_by_name
    return QueryRow(query, named(form, query.question, language) if known else None)


def _in_the_way(found: Review) -> str:
    """What is missing before the case can be signed off, in a sentence."""
    if found.can_sign_off:
        return ""
    missing, settle = len(found.required), len(found.unsettled)
    parts = []
    if missing:
        parts.append(f"{number_of_things(missing, 'required question')} to answer")
    if settle:
        parts.append(f"{number_of_things(settle, 'answer')} in conflict to settle")
    return f"Before this case can be signed off: {' and '.join(parts)}."


def _scores(form: Form, found: Review, language: str) -> Iterable[ScoreRow]:
    labels = {section.id: section.label.in_language(language) for section in form.sections}
    groups = {group.id: group.label.in_language(language) for group in form.criteria}
    for section in found.sections:
        own = [one for one in found.criteria if one.section == section.id]
        questions = sum(one.questions for one in own)
        said = f"{scoring.shown(section.score)} above the line" if questions else "nothing judged"
        yield ScoreRow(f"{section.id} {labels[section.id]}", said, is_section=True)
        for one in own:
            yield ScoreRow(f"{one.id} {groups[one.id]}", _said(one), is_section=False)


def _said(one: CriterionScore) -> str:
    if one.score is None:
        return "nothing judged"
    return f"{scoring.shown(one.score)} of {number_of_things(one.questions, 'question')}"
