"""The consolidated workbook of an inspection."""

from collections.abc import Iterator
from pathlib import Path

from hmip_desktop.casefile.records import Order
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.model import Question
from hmip_desktop.language import tr
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.report import counts, last_change, scored
from hmip_desktop.progress import Progress, silent
from hmip_desktop.workbook.book import AnswerRow, Book, CaseRow, Counted
from hmip_desktop.workbook.write import write


def write_workbook(reading: Reading, path: Path, *, progress: Progress = silent) -> None:
    """Write the consolidated workbook.

    Raises:
        Refused: NOT_THE_LEADS, VALUE_UNUSABLE, DISK; what stood at `path` stands there still.
        Cancelled: from `progress`; likewise.
    """
    require_lead(reading.document)
    if path.suffix.lower() != ".xlsx":
        sentence = tr("{file} is no name for a workbook; let it end in .xlsx.", file=path.name)
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    write(path, book(reading), progress)


def book(reading: Reading) -> Book:
    """Everything that the workbook says, from an inspection as it stands."""
    inspection = reading.contents.inspection
    result = scored(reading)
    return Book(
        title=inspection.title,
        area=inspection.area,
        form=reading.form,
        scores=result.scores,
        provisional=result.provisional,
        conflicts=result.conflicts,
        as_at=last_change(reading),
        answers=tuple(
            row for one in reading.assessments.values() for row in _answer_rows(reading, one)
        ),
        cases=tuple(_case_row(one) for one in reading.assessments.values()),
    )


def _answer_rows(reading: Reading, one: Progressed) -> Iterator[AnswerRow]:
    """A row for each question that is asked, or that has an answer all the same."""
    given = one.assessment
    for question in reading.form.answerable:
        name = question.name
        value = given.answers.get(name, "")
        if name in one.state.is_asked or value or name in given.unsettled:
            yield AnswerRow(
                case=one.case.reference,
                assessor=one.assessor,
                order=given.order.value,
                question=name,
                value=value,
                shown=question.shown(value),
                note=given.notes.get(name, ""),
                counted=_counted(one, question, value),
            )


def _counted(one: Progressed, question: Question, value: str) -> Counted:
    if one.assessment.order is Order.SECOND:
        return Counted.SECOND
    if not counts(one, preliminary=False):
        return Counted.NOT_SIGNED_OFF
    if question.name not in one.state.is_asked:
        return Counted.NOT_ASKED
    if question.name in one.assessment.unsettled:
        return Counted.IN_CONFLICT
    return Counted.YES if value else Counted.MISSING


def _case_row(one: Progressed) -> CaseRow:
    return CaseRow(
        reference=one.case.reference,
        fields=one.case.fields,
        assessor=one.assessor,
        order=one.assessment.order.value,
        status=one.assessment.status.value,
        asked=one.asked,
        answered=one.answered,
    )
