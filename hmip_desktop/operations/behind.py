"""The cases behind a figure, and what the figure would be if one of them were judged otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.form.model import Form, Kind, Line, Question
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import counted
from hmip_desktop.scoring import Judged, Scores, SectionScore, question_score, scores


class Place(StrEnum):
    """Where an assessment stands in a question's score, by the score's own names."""

    ABOVE = "above"
    BELOW = "below"
    NOT_COUNTED = "not_counted"
    MISSING = "missing"
    IN_CONFLICT = "in_conflict"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Behind:
    """One assessment behind the score of a question."""

    key: AssessmentKey
    case: str
    assessor: str
    place: Place
    value: str
    note: str


@dataclass(frozen=True)
class IfMoved:
    """What a question and the sections it scores in would come to, with one answer moved."""

    line: Line
    share: Fraction | None
    sections: tuple[SectionScore, ...]


def behind(reading: Reading, name: str, *, preliminary: bool = False) -> tuple[Behind, ...]:
    """The assessments behind a question's score: above the line first, then by case.

    Raises:
        Refused: QUESTION_UNKNOWN.
    """
    question = reading.question(name)
    order = list(Place)
    found = (
        Behind(
            key=one.assessment.key,
            case=one.case.reference,
            assessor=one.assessor,
            place=place_of(question, one.judged),
            value=one.state.values.get(question.name, ""),
            note=one.assessment.notes.get(question.name, ""),
        )
        for one in counted(reading, preliminary=preliminary)
    )
    return tuple(sorted(found, key=lambda one: (order.index(one.place), one.case)))


def place_of(question: Question, judged: Judged) -> Place:
    """Where one assessment stands in the score of a question."""
    score = question_score(question, [judged])
    return next(place for place in Place if getattr(score, place.value))


def if_moved(
    reading: Reading, name: str, key: AssessmentKey, *, preliminary: bool = False
) -> tuple[IfMoved, ...]:
    """What each other side of the line would come to; nothing where the question is not asked.

    Raises:
        Refused: QUESTION_UNKNOWN.
    """
    question = reading.question(name)
    assessments = counted(reading, preliminary=preliminary)
    at = next((n for n, one in enumerate(assessments) if one.assessment.key == key), None)
    if at is None:
        return ()
    judged = [one.judged for one in assessments]
    place = place_of(question, judged[at])
    if place is Place.NOT_ASKED:
        return ()
    lines = [line for line in (Line.ABOVE, Line.BELOW) if line.value != place.value]
    results = ((line, scores_if(reading.form, judged, at, question, line)) for line in lines)
    return tuple(_moved(reading.form, question, line, result) for line, result in results if result)


def scores_if(
    form: Form, assessments: Sequence[Judged], at: int, question: Question, line: Line
) -> Scores | None:
    """The scores if one assessment's answer stood on that side of the line.

    All else stays as it is, routing included. None where no choice stands there.
    """
    if question.kind is not Kind.SELECT_ONE:
        return None
    choice = next((one.name for one in question.choices if one.line is line), None)
    if choice is None:
        return None
    one = assessments[at]
    moved = replace(
        one,
        values={**one.values, question.name: choice},
        unsettled=one.unsettled - {question.name},
    )
    return scores(form, [*assessments[:at], moved, *assessments[at + 1 :]])


def _moved(form: Form, question: Question, line: Line, result: Scores) -> IfMoved:
    share = next(one.proportion for one in result.questions if one.question == question)
    own = sections_of(form, question)
    return IfMoved(line, share, tuple(one for one in result.sections if one.id in own))


def sections_of(form: Form, question: Question) -> frozenset[str]:
    """The sections in which a question scores."""
    if not question.scored:
        return frozenset()
    groups = (form.group_by_id[name] for name in question.criteria if name in form.group_by_id)
    return frozenset(group.section for group in groups if group.section)
