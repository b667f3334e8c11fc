"""The consolidated workbook of an inspection."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hmip_desktop.casefile.records import Case, Order, Status
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.model import Kind
from hmip_desktop.language import tr
from hmip_desktop.operations.agreement import agreed
from hmip_desktop.operations.data_quality import listings
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.report import Scored, counts, last_change, scored
from hmip_desktop.progress import Progress, silent
from hmip_desktop.scoring import Judged
from hmip_desktop.workbook.book import (
    AgreementPart,
    AssessmentRow,
    Book,
    CaseAgreement,
    Counted,
    NoteRow,
    RolesAgreement,
)

USUAL_FIELDS = ("ldu", "case_type", "rosh", "gender", "ethnicity")
"""The fields that cases are always grouped by, where the sample has them."""


def write_workbook(
    reading: Reading,
    path: Path,
    *,
    notes: bool = False,
    least: int = 0,
    by: Sequence[str] = (),
    progress: Progress = silent,
) -> None:
    """Write the consolidated workbook.

    With `notes` the notes are in it. With `least` it is a copy to pass on: groups of fewer cases
    are hidden, and so are single cases. `by` are fields to group by beside the usual ones.

    Raises:
        Refused: NOT_THE_LEADS, VALUE_UNUSABLE, FIELD_UNKNOWN, DISK; what stood at `path` stands
            there still.
        Cancelled: from `progress`; likewise.
    """
    require_lead(reading.document)
    if path.suffix.lower() != ".xlsx":
        sentence = tr("{file} is no name for a workbook; let it end in .xlsx.", file=path.name)
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    if notes and least:
        raise Refused(
            Code.VALUE_UNUSABLE,
            tr("A copy that hides small groups leaves single cases out, and so has no notes."),
        )
    from hmip_desktop.workbook.write import write  # noqa: PLC0415 slow to load, and for few

    write(path, book(reading, notes=notes, least=least, by=by), progress)


def book(reading: Reading, *, notes: bool = False, least: int = 0, by: Sequence[str] = ()) -> Book:
    """Everything that the workbook says, from an inspection as it stands.

    Raises:
        Refused: NOT_THE_LEADS, FIELD_UNKNOWN.
    """
    inspection = reading.contents.inspection
    result = scored(reading)
    written = tuple(_notes(reading))
    return Book(
        title=inspection.title,
        area=inspection.area,
        form=reading.form,
        scores=result.scores,
        reasons=why_provisional(reading, result),
        conflicts=result.conflicts,
        as_at=last_change(reading),
        assessments=tuple(_assessments(reading)),
        caseload=inspection.caseload,
        by=_fields(reading, by),
        area_tables=tuple(reading.contents.area_tables.values()),
        agreement=_agreement(reading),
        quality=listings(reading),
        notes=written if notes else None,
        typed=(*written, *_typed_answers(reading)),
        least=least,
    )


def why_provisional(reading: Reading, result: Scored) -> tuple[str, ...]:
    """Why the scores can still change, a sentence each; none when they cannot."""
    if not result.provisional:
        return ()
    cases = reading.contents.cases
    firsts = {
        one.case.id: one.assessment
        for one in reading.assessments.values()
        if one.assessment.order is Order.FIRST
    }
    found = {
        "no assessor yet": sum(id_ not in firsts for id_ in cases),
        "not begun": sum(one.status is Status.NOT_STARTED for one in firsts.values()),
        "begun, but not signed off": sum(
            one.status is Status.IN_PROGRESS for one in firsts.values()
        ),
    }
    sentences = [f"{n} of {len(cases)} cases: {what}." for what, n in found.items() if n]
    if result.conflicts:
        sentences.append(f"Open conflicts: {result.conflicts}. Their answers do not count.")
    return tuple(sentences)


def _assessments(reading: Reading) -> Iterator[AssessmentRow]:
    """Every assessment, and each case that has no first one yet; by case."""
    by_case: dict[str, list[Progressed]] = {}
    for one in reading.assessments.values():
        by_case.setdefault(one.case.id, []).append(one)
    for case in reading.contents.cases.values():
        own = by_case.get(case.id, [])
        if not any(one.assessment.order is Order.FIRST for one in own):
            yield _waiting(case)
        yield from (_assessment(one) for one in own)


def _assessment(one: Progressed) -> AssessmentRow:
    return AssessmentRow(
        case=one.case.reference,
        fields=one.case.fields,
        assessor=one.assessor,
        order=one.assessment.order.value,
        status=one.assessment.status.value,
        counted=_counted(one),
        judged=one.judged,
    )


def _counted(one: Progressed) -> Counted:
    if one.assessment.order is Order.SECOND:
        return Counted.SECOND
    return Counted.YES if counts(one, preliminary=False) else Counted.NOT_SIGNED_OFF


def _waiting(case: Case) -> AssessmentRow:
    nothing = Judged(frozenset(), {})
    status, order = "no assessor", Order.FIRST.value
    return AssessmentRow(
        case.reference, case.fields, "", order, status, Counted.NOT_SIGNED_OFF, nothing
    )


def _notes(reading: Reading) -> Iterator[NoteRow]:
    names = [question.name for question in reading.form.answerable]
    for one in reading.assessments.values():
        notes = one.assessment.notes
        yield from (_text(one, name, notes[name]) for name in names if name in notes)


def _typed_answers(reading: Reading) -> Iterator[NoteRow]:
    """The answers that somebody typed, where the question is asked."""
    names = [one.name for one in reading.form.answerable if one.kind is Kind.TEXT]
    for one in reading.assessments.values():
        values = one.state.values
        yield from (_text(one, name, values[name]) for name in names if values.get(name))


def _text(one: Progressed, question: str, text: str) -> NoteRow:
    order = one.assessment.order.value
    return NoteRow(one.case.reference, one.assessor, order, question, text)


def _fields(reading: Reading, by: Iterable[str]) -> tuple[str, ...]:
    """The usual fields that the sample has, and those asked for, each once."""
    known = sorted({name for case in reading.contents.cases.values() for name in case.fields})
    wanted = [_field(name, known) for name in by]
    return tuple(dict.fromkeys([*(name for name in USUAL_FIELDS if name in known), *wanted]))


def _field(typed: str, known: Sequence[str]) -> str:
    name = typed.strip().casefold().replace(" ", "_")
    if name in known:
        return name
    fields = ", ".join(known)
    sentence = tr("The sample has no field {field}; it has {fields}.", field=typed, fields=fields)
    raise Refused(Code.FIELD_UNKNOWN, sentence)


def _agreement(reading: Reading) -> AgreementPart | None:
    """The cases assessed twice; None where no case is to be."""
    if not any(one.assessment.order is Order.SECOND for one in reading.assessments.values()):
        return None
    found = agreed(reading)
    return AgreementPart(
        found=found.found,
        roles=tuple(RolesAgreement(" and ".join(one.roles), one.found) for one in found.roles),
        cases=tuple(
            CaseAgreement(
                one.twice.case.reference,
                one.twice.first.assessor,
                one.twice.second.assessor,
                one.found,
            )
            for one in found.cases
        ),
        waiting=found.waiting,
        provisional=found.provisional,
    )
