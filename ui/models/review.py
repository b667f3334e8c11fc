"""What the review of a case shows: what is missing, what is doubtful, what it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass

from hmip_desktop import scoring
from hmip_desktop.casefile.records import Query
from hmip_desktop.form.model import Form
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.assess import URGENT
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.reviewing import Review, review
from hmip_desktop.operations.sampled import Differing
from hmip_desktop.scoring import CriterionScore
from ui.models import words


@dataclass(frozen=True)
class Named:
    """A question as a list shows it."""

    name: str
    number: str
    text: str


@dataclass(frozen=True)
class DoubtRow:
    """What is doubtful about an answer, and why it stands."""

    question: Named
    message: str
    stands: str


@dataclass(frozen=True)
class ScoreRow:
    """A section or a criterion and what the answers about it come to, in words.

    `judged` says whether any answer counts in it.
    """

    title: str
    said: str
    judged: bool
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
    differing: tuple[DoubtRow, ...]
    scores: tuple[ScoreRow, ...]
    signed_off: bool
    can_sign_off: bool
    in_the_way: str
    concern: str


def state(reading: Reading, one: Progressed, language: str) -> ReviewState:
    """What the review of an assessment shows as things stand."""
    found, form = review(reading, one), reading.form
    return ReviewState(
        reference=one.case.reference,
        summary=tr_count(
            "{answered} of {count} question answered",
            "{answered} of {count} questions answered",
            one.asked,
            answered=one.answered,
        ),
        queries=tuple(_query(form, query, language) for query in one.assessment.queries),
        required=_named(form, found.required, language),
        unsettled=_named(form, found.unsettled, language),
        optional=_named(form, found.optional, language),
        doubts=tuple(
            DoubtRow(
                named(form, doubt.question, language),
                doubt.message.in_language(language) or tr("These answers look contradictory"),
                doubt.stands,
            )
            for doubt in found.doubts
        ),
        differing=tuple(
            DoubtRow(named(form, one.question.name, language), _differs(one, language), one.stands)
            for one in found.differing
        ),
        scores=tuple(_scores(form, found, language)),
        signed_off=one.assessment.signed_off,
        can_sign_off=found.can_sign_off,
        in_the_way=_in_the_way(found),
        concern=_concern(one),
    )


def _differs(one: Differing, language: str) -> str:
    """What the two say; whether that is right, the file shows."""
    return tr(
        "The sample says: {sample}. The answer: {answer}.",
        sample=words.sample_said(one.question, one.sampled.words, one.sampled.answer, language),
        answer=words.answer(one.question, one.answer, language),
    )


def named(form: Form, name: str, language: str) -> Named:
    """A question by its name in the form."""
    question = form.question_by_name[name]
    return Named(name, question.short_number, question.label.in_language(language))


def _named(form: Form, names: Iterable[str], language: str) -> tuple[Named, ...]:
    return tuple(named(form, name, language) for name in names)


def _query(form: Form, query: Query, language: str) -> QueryRow:
    known = query.question in form.question_by_name
    return QueryRow(query, named(form, query.question, language) if known else None)


def _concern(one: Progressed) -> str:
    """What is missing of an urgent concern: the lead acts on its words. It never blocks."""
    if one.assessment.marks.get(URGENT) != "":
        return ""
    return tr(
        "⚠ This case is marked as an urgent concern without a word about it. "
        "Write beside the mark what the concern is, so that the lead can act on it."
    )


def _in_the_way(found: Review) -> str:
    """What is missing before the case can be signed off, a sentence for each kind."""
    missing = tr_count(
        "Before this case can be signed off: {count} required question to answer.",
        "Before this case can be signed off: {count} required questions to answer.",
        len(found.required),
    )
    settle = tr_count(
        "Before this case can be signed off: {count} answer in conflict to settle.",
        "Before this case can be signed off: {count} answers in conflict to settle.",
        len(found.unsettled),
    )
    return "\n".join([missing] * bool(found.required) + [settle] * bool(found.unsettled))


def _scores(form: Form, found: Review, language: str) -> Iterable[ScoreRow]:
    labels = {section.id: section.label.in_language(language) for section in form.sections}
    groups = {group.id: group.label.in_language(language) for group in form.criteria}
    for section in found.sections:
        own = [one for one in found.criteria if one.section == section.id]
        judged = any(one.questions for one in own)
        share = tr("{score} above the line", score=scoring.shown(section.score))
        said = share if judged else tr("nothing judged")
        yield ScoreRow(f"{section.id} {labels[section.id]}", said, judged, is_section=True)
        for one in own:
            judged = one.score is not None
            yield ScoreRow(f"{one.id} {groups[one.id]}", _said(one), judged, is_section=False)


def _said(one: CriterionScore) -> str:
    if one.score is None:
        return tr("nothing judged")
    return tr_count(
        "{score} of {count} question",
        "{score} of {count} questions",
        one.questions,
        score=scoring.shown(one.score),
    )
