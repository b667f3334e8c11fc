"""Assessing cases: answers, notes, marks, signing off, and handing in."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hmip_desktop import language
from hmip_desktop.casefile import practice, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field, fingerprint
from hmip_desktop.casefile.opening import SUFFIX
from hmip_desktop.casefile.records import AssessmentKey, Status
from hmip_desktop.errors import Code, Problem, Refused
from hmip_desktop.form.answer import is_writable, spelt
from hmip_desktop.form.model import Question, Wording
from hmip_desktop.ids import Json
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.sample_sheet import read_table

LONGEST_NOTE = 20_000
SOURCES = ("file", "interview", "judgement")
URGENT = "urgent concern"
MARKS = ("good practice", URGENT, "line of enquiry")


def answer(
    reading: Reading, reference: str, question_name: str, value: str, note: str | None = None
) -> Changes:
    """Set one answer (empty takes it back) and, when given, the note beside it.

    Raises:
        Refused: CASE_UNKNOWN, CASE_NOT_ALLOCATED, QUESTION_UNKNOWN, SIGNED_OFF, VALUE_UNUSABLE,
            or the disk's reasons. Nothing was changed.
    """
    one = _open_assessment(reading, reference)
    question = reading.question(question_name)
    changes: list[tuple[Field, Json]] = [
        (one.assessment.key.answer(question.name), checked(reading, one, question, value) or None)
    ]
    if note is not None:
        changes.append((one.assessment.key.note(question.name), _checked_note(question, note)))
    return _write(reading, changes)


def note(reading: Reading, reference: str, question_name: str, text: str) -> Changes:
    """Set the note beside an answer; empty takes it back.

    Raises:
        Refused: as `answer`.
    """
    one = _open_assessment(reading, reference)
    question = reading.question(question_name)
    field = one.assessment.key.note(question.name)
    return _write(reading, [(field, _checked_note(question, text))])


def mark(reading: Reading, reference: str, name: str, *, on: bool, note: str = "") -> Changes:
    """Put a mark (good practice, urgent concern, line of enquiry) on a case or take it off.

    Raises:
        Refused: CASE_UNKNOWN, CASE_NOT_ALLOCATED, SIGNED_OFF, VALUE_UNUSABLE.
    """
    one = _open_assessment(reading, reference)
    value: Json = {"note": note.strip()} if on else None
    return _write(reading, [(one.assessment.key.field(records.MARK + name), value)])


def source(reading: Reading, reference: str, question_name: str, name: str) -> Changes:
    """Say on what an answer rests: file, interview or judgement (empty takes it back).

    Raises:
        Refused: as `answer`.
    """
    one = _open_assessment(reading, reference)
    question = reading.question(question_name)
    if name not in ("", *SOURCES):
        sentence = tr("An answer rests on the file, the interview or judgement.")
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    field = one.assessment.key.field(records.SOURCE + question.name)
    return _write(reading, [(field, name or None)])


def stands(reading: Reading, reference: str, question_name: str, why: str) -> Changes:
    """Say why an answer that looks contradictory stands; empty takes it back.

    Raises:
        Refused: as `answer`.
    """
    one = _open_assessment(reading, reference)
    question = reading.question(question_name)
    field = one.assessment.key.field(records.STANDS + question.name)
    return _write(reading, [(field, _checked_note(question, why))])


def reply(reading: Reading, reference: str, query_id: str, text: str) -> Changes:
    """Answer a query from the lead; also when the case is signed off.

    Raises:
        Refused: CASE_UNKNOWN, QUERY_UNKNOWN.
    """
    one = reading.assessment_for(reference)
    if query_id not in {query.id for query in one.assessment.queries}:
        sentence = tr("There is no such query about {reference}.", reference=reference)
        raise Refused(Code.QUERY_UNKNOWN, sentence)
    field = one.assessment.key.field(records.REPLY + query_id)
    return _write(reading, [(field, text.strip() or None)])


def checked(reading: Reading, one: Progressed, question: Question, value: str) -> str:
    """A value as it is kept, once the form's constraint on it holds.

    Raises:
        Refused: VALUE_UNUSABLE.
    """
    kept = spelt(question, value)
    today = reading.document.clock.now().astimezone().date()
    if kept and not reading.routing.keeps_constraint(question.name, kept, one.state, today):
        said = _in_spoken_language(question.constraint_message)
        said = said or tr("This answer does not fit the question.")
        raise Refused(Code.VALUE_UNUSABLE, f"{question.number}: {said.rstrip('.')}.")
    return kept


def _in_spoken_language(wording: Wording) -> str:
    """The form's own text in the language of the user, where the form speaks it."""
    names = [name for name, _ in wording.texts if language.code_of(name) == language.in_use()]
    return wording.in_language(*names[:1])


def _checked_note(question: Question, text: str) -> str | None:
    if not is_writable(text):
        sentence = tr(
            "The note on {question} holds half a letter; paste it again.", question=question.number
        )
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    if len(text) > LONGEST_NOTE:
        sentence = tr(
            "The note on {question} is longer than {most} characters.",
            question=question.number,
            most=LONGEST_NOTE,
        )
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    return text.strip() or None


def _open_assessment(reading: Reading, reference: str) -> Progressed:
    one = reading.assessment_for(reference)
    if one.assessment.signed_off:
        sentence = tr(
            "{reference} is signed off; reopen it first, with a reason.",
            reference=one.case.reference,
        )
        raise Refused(Code.SIGNED_OFF, sentence)
    return one


def _write(reading: Reading, changes: Iterable[tuple[Field, Json]]) -> Changes:
    document = reading.document
    return Changes.of(document.write(document.about.owner, changes))


@dataclass(frozen=True)
class Imported:
    """What an import came to, in numbers."""

    answers: int
    notes: int
    cases: int


def import_answers(reading: Reading, path: Path) -> Imported:
    """Take in answers from a table with the columns case, question, value and perhaps note.

    All rows or none: every problem is listed with its row, and then nothing is changed.

    Raises:
        Refused: SHEET_UNREADABLE, ANSWERS_UNUSABLE, or the disk's reasons.
    """
    headings, rows = read_table(path)
    missing = [name for name in ("case", "question", "value") if name not in headings]
    if missing:
        sentence = tr(
            "{file} needs the columns case, question and value. It has no column {missing}.",
            file=path.name,
            missing=missing[0],
        )
        raise Refused(Code.ANSWERS_UNUSABLE, sentence)
    gathered = _Gathered(reading)
    for number, row in rows:
        gathered.take(number, row)
    gathered.check_constraints()
    if gathered.problems:
        sentence = tr_count(
            "Nothing was imported from {file}: it has {count} problem.",
            "Nothing was imported from {file}: it has {count} problems.",
            len(gathered.problems),
            file=path.name,
        )
        raise Refused(Code.ANSWERS_UNUSABLE, sentence, tuple(gathered.problems))
    _write(reading, gathered.changes.items())
    names = [field.name for field in gathered.changes]
    return Imported(
        answers=sum(name.startswith(records.ANSWER) for name in names),
        notes=sum(name.startswith(records.NOTE) for name in names),
        cases=len({field.record for field in gathered.changes}),
    )


class _Gathered:
    """What the rows of an import come to, before anything is written."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._row_of: dict[Field, int] = {}
        self._open: dict[str, Progressed] = {}
        self._answers: list[tuple[int, Progressed, Question, str]] = []
        self.changes: dict[Field, Json] = {}
        self.problems: list[Problem] = []

    def take(self, number: int, cells: Mapping[str, str]) -> None:
        """Take in one row, as far as it can be judged alone."""
        try:
            one = self._assessment(cells.get("case", ""))
            question = self._reading.question(cells.get("question", ""))
            value = spelt(question, cells.get("value", ""))
            note = _checked_note(question, cells.get("note", ""))
        except Refused as refusal:
            self._problem(number, refusal)
            return
        if value:
            self._set(number, one.assessment.key.answer(question.name), value)
            self._answers.append((number, one, question, value))
        if note:
            self._set(number, one.assessment.key.note(question.name), note)

    def check_constraints(self) -> None:
        """Hold each answer against the form's constraint, given all the others of the table."""
        as_imported: dict[AssessmentKey, Progressed] = {}
        for number, one, question, value in self._answers:
            if question.constraint:
                key = one.assessment.key
                if key not in as_imported:
                    as_imported[key] = self._as_imported(one)
                try:
                    checked(self._reading, as_imported[key], question, value)
                except Refused as refusal:
                    self._problem(number, refusal)

    def _as_imported(self, one: Progressed) -> Progressed:
        record = one.assessment.key.record
        coming = {
            field.name.removeprefix(records.ANSWER): str(value)
            for field, value in self.changes.items()
            if field.record == record and field.name.startswith(records.ANSWER)
        }
        answers = {**one.assessment.answers, **coming}
        return replace(one, state=self._reading.routing.state(answers))

    def _assessment(self, reference: str) -> Progressed:
        if reference not in self._open:
            self._open[reference] = _open_assessment(self._reading, reference)
        return self._open[reference]

    def _set(self, number: int, field: Field, value: str) -> None:
        if self.changes.get(field, value) != value:
            sentence = tr("row {row} says something else about it", row=self._row_of[field])
            self._problem(number, Refused(Code.ANSWERS_UNUSABLE, sentence))
            return
        self.changes[field] = value
        self._row_of.setdefault(field, number)

    def _problem(self, number: int, refusal: Refused) -> None:
        sentence = refusal.sentence.rstrip(".")
        self.problems.append(Problem("answers", number, refusal.code, sentence))


def sign_off(reading: Reading, references: Sequence[str]) -> Changes:
    """Declare assessments finished: all of them, or none.

    Raises:
        Refused: UNANSWERED with the list while a required question has no answer; SIGNED_OFF.
    """
    changes: list[tuple[Field, Json]] = []
    for reference in references:
        one = _open_assessment(reading, reference)
        missing = reading.routing.unanswered_required(one.state)
        missing += tuple(sorted(one.assessment.unsettled.intersection(one.state.is_asked)))
        if missing:
            numbers = [
                reading.form.question_by_name[name].number for name in dict.fromkeys(missing)
            ]
            sentence = tr_count(
                "{reference} cannot be signed off. "
                "No answer yet to {count} required question: {numbers}.",
                "{reference} cannot be signed off. "
                "No answer yet to {count} required questions: {numbers}.",
                len(numbers),
                reference=one.case.reference,
                numbers=", ".join(numbers),
            )
            raise Refused(Code.UNANSWERED, sentence)
        changes.append((one.assessment.key.field(records.STATUS), Status.SIGNED_OFF.value))
    return _write(reading, changes)


def reopen(reading: Reading, reference: str, why: str) -> Changes:
    """Take a signing off back, with a reason.

    Raises:
        Refused: NOT_SIGNED_OFF, REASON_MISSING.
    """
    one = reading.assessment_for(reference)
    if not one.assessment.signed_off:
        sentence = tr("{reference} is not signed off.", reference=one.case.reference)
        raise Refused(Code.NOT_SIGNED_OFF, sentence)
    if not why.strip():
        raise Refused(Code.REASON_MISSING, tr("Say why the assessment is opened again."))
    value: Json = {"reopened": why.strip()}
    return _write(reading, [(one.assessment.key.field(records.STATUS), value)])


@dataclass(frozen=True)
class HandedIn:
    """The receipt of a hand-in. Both sides can read the same short fingerprint to each other."""

    path: Path
    fingerprint: str
    entries: int
    signed_off: int
    cases: int


def hand_in(reading: Reading, to: Path) -> HandedIn:
    """Save a copy for the lead, read back before it counts.

    `to` is a folder, or a file whose name ends in .hmip. An earlier hand-in of the same person
    is replaced; anything else that stands there is not.

    Raises:
        Refused: FILE_EXISTS, OTHER_PERSON for the lead's own file, PRACTICE, DISK.
    """
    document = reading.document
    practice.require_real(document)
    if document.about.is_leads:
        sentence = tr(
            "{file} is the lead's own file; there is nobody to hand it in to.",
            file=document.path.name,
        )
        raise Refused(Code.OTHER_PERSON, sentence)
    target = to if to.suffix.lower() == SUFFIX and not to.is_dir() else to / document.path.name
    if target.exists():
        _may_replace(document, target)
    elif target.parent.is_file():
        sentence = tr(
            "{file} is a file; choose a folder or a name ending in .hmip.", file=target.parent.name
        )
        raise Refused(Code.FILE_EXISTS, sentence)
    document.copy_to(target)
    assessments = reading.assessments.values()
    return HandedIn(
        path=target,
        fingerprint=fingerprint(document.journal),
        entries=len(document.journal),
        signed_off=sum(one.assessment.signed_off for one in assessments),
        cases=len(assessments),
    )


def _may_replace(document: Document, target: Path) -> None:
    if target.resolve() == document.path.resolve():
        sentence = tr(
            "{file} is the file you work in; choose another folder or a stick.", file=target.name
        )
        raise Refused(Code.FILE_EXISTS, sentence)
    try:
        with Document.open(
            target, document.passphrase, write=False, right_salt=document.salt
        ) as there:
            same = there.about == document.about
    except Refused:
        same = False
    if not same:
        sentence = tr(
            "{file} is already there and is not an earlier hand-in of yours.", file=target.name
        )
        raise Refused(Code.FILE_EXISTS, sentence)


def answers_as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows of case, question, value, note in the form that `import_answers` reads."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("case", "question", "value", "note"))
    writer.writerows(rows)
    return text.getvalue()
