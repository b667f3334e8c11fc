"""The open case file: runs operations on it and says what changed."""

import contextlib
from collections.abc import Callable, Hashable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hmip_desktop.casefile import records
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import AssessmentKey, Conflict
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.model import Form
from hmip_desktop.language import tr
from hmip_desktop.operations import assess, collate, elsewhere, undoing
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.collate import FileResult
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.undoing import Step

Operation = Callable[[Reading], Changes]

# The world's reasons: what was entered is not on the disk.
_NOT_ON_DISK = (
    Code.DISK,
    Code.FILE_READ_ONLY,
    Code.FILE_IN_USE,
    Code.FILE_MISSING,
    Code.FILE_DAMAGED,
    Code.FILE_STRANGE,
)


class Session(QObject):
    """One opening of a case file by its owner.

    Changes are on the disk when a method returns; each returns the refusal, if there was one.
    """

    changed = Signal(object)
    form_changed = Signal()
    saved = Signal(str)
    save_failed = Signal(str)
    steps_changed = Signal()
    lost = Signal(object)

    def __init__(self, reading: Reading, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self._done: list[Step] = list(undoing.steps(reading))
        self._undone: list[Step] = []
        self._wrote = False
        self._unsaved: dict[Hashable, Operation] = {}
        self._is_open = True

    @classmethod
    def opened(cls, path: Path, passphrase: Passphrase, parent: QObject | None = None) -> "Session":
        """Open a case file for writing.

        Raises:
            Refused: every way in which a file can be wrong.
        """
        return cls(Reading(open_case_file(path, passphrase)), parent)

    @property
    def reading(self) -> Reading:
        """The case file as it stands."""
        return self._reading

    @property
    def form(self) -> Form:
        """The questions of the inspection."""
        return self._reading.form

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._reading.document.path

    @property
    def folder(self) -> str:
        """Where a dialog begins that asks for a file or a folder: beside the file that is open.

        Not where somebody was last: another inspection's files may lie there.
        """
        return str(self.path.parent)

    @property
    def passphrase(self) -> Passphrase:
        """What opens it, for operations that open it anew."""
        return self._reading.document.passphrase

    @property
    def takes_nothing(self) -> bool:
        """Whether nothing can be saved where the file lies: it can only be read there."""
        return self._reading.document.takes_nothing

    @property
    def is_leads(self) -> bool:
        """Whether it is the lead's file."""
        return self._reading.document.about.is_leads

    @property
    def is_practice(self) -> bool:
        """Whether it holds a model case to practise with, and belongs to no inspection."""
        return self._reading.document.about.is_practice

    @property
    def title(self) -> str:
        """The inspection's title."""
        return self._reading.contents.inspection.title

    @property
    def owner(self) -> str:
        """The name of the person whose file it is."""
        return self._reading.contents.name_of(self._reading.document.about.owner)

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back, of this opening or of an earlier day."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a change taken back can be made again."""
        return bool(self._undone)

    def assessment(self, key: AssessmentKey) -> Progressed:
        """One assessment as it stands."""
        return self._reading.assessments[key]

    def is_editable(self, key: AssessmentKey) -> bool:
        """Whether this file's owner may change an assessment now."""
        return self.is_own(key) and not self.assessment(key).assessment.signed_off

    def is_own(self, key: AssessmentKey) -> bool:
        """Whether it is this file's owner who writes in an assessment; the lead in the first."""
        about = self._reading.document.about
        found = self._reading.contents.assessments_of(key.case)
        own = [one.key for one in found if about.is_leads or one.key.member == about.owner]
        return own[:1] == [key]

    def answer(self, key: AssessmentKey, question: str, value: str) -> Refused | None:
        """Set an answer; empty takes it back."""
        reference = self.assessment(key).case.reference
        return self._step(
            key.answer(question),
            lambda reading: assess.answer(reading, reference, question, value),
        )

    def note(self, key: AssessmentKey, question: str, text: str) -> Refused | None:
        """Set the note beside an answer."""
        reference = self.assessment(key).case.reference
        return self._step(
            key.note(question),
            lambda reading: assess.note(reading, reference, question, text),
        )

    def source(self, key: AssessmentKey, question: str, name: str) -> Refused | None:
        """Say on what an answer rests; empty takes it back."""
        reference = self.assessment(key).case.reference
        return self._step(
            key.field(records.SOURCE + question),
            lambda reading: assess.source(reading, reference, question, name),
        )

    def mark(self, key: AssessmentKey, name: str, *, on: bool, note: str = "") -> Refused | None:
        """Put a mark on a case, with a note, or take it off."""
        reference = self.assessment(key).case.reference
        return self._step(
            key.field(records.MARK + name),
            lambda reading: assess.mark(reading, reference, name, on=on, note=note),
        )

    def sign_off(self, key: AssessmentKey) -> Refused | None:
        """Declare an assessment finished."""
        reference = self.assessment(key).case.reference
        return self._run(lambda reading: assess.sign_off(reading, [reference]))

    def reopen(self, key: AssessmentKey, why: str) -> Refused | None:
        """Take a signing off back."""
        reference = self.assessment(key).case.reference
        return self._run(lambda reading: assess.reopen(reading, reference, why))

    def stands(self, key: AssessmentKey, question: str, why: str) -> Refused | None:
        """Say why an answer that looks contradictory stands."""
        reference = self.assessment(key).case.reference
        return self._run(
            lambda reading: assess.stands(reading, reference, question, why),
            typed=key.field(records.STANDS + question),
        )

    def reply(self, key: AssessmentKey, query: str, text: str) -> Refused | None:
        """Answer a query from the lead."""
        reference = self.assessment(key).case.reference
        return self._run(
            lambda reading: assess.reply(reading, reference, query, text),
            typed=key.field(records.REPLY + query),
        )

    def ask(self, key: AssessmentKey, text: str, question: str) -> Refused | None:
        """Ask an assessor about an assessment, or about one question of it."""
        return self._run(
            lambda reading: collate.ask(reading, key, text, question=question),
            typed=key.field(records.QUERY + question),
        )

    def close_query(self, key: AssessmentKey, query: str) -> Refused | None:
        """Declare a query dealt with."""
        return self._run(lambda reading: collate.close_query(reading, key, query))

    def settle(self, conflict: Conflict, keep: str, why: str) -> Refused | None:
        """Choose one side of a conflict."""
        return self._run(lambda reading: collate.settle(reading.document, conflict.id, keep, why))

    def take_in(self, path: Path) -> FileResult | Refused:
        """Merge a fresh hand-out from the lead into this file; what came of it."""
        results: list[FileResult] = []

        def merge(reading: Reading) -> Changes:
            merged = collate.merge(reading.document, [path])
            results.extend(merged.files)
            return merged.changes

        return self._run(merge) or results[0]

    def run(self, operation: Operation) -> Refused | None:
        """Do what changes something else than answers: the lead's setting up."""
        return self._run(operation)

    def save_elsewhere(self, to: Path) -> Refused | None:
        """Make a case file of all that is known, with what could not be saved in this one."""
        try:
            elsewhere.save(self._reading.document, to, list(self._unsaved.values()))
        except Refused as refusal:
            return refusal
        return None

    def undo(self) -> Step | None:
        """Take the last change back; what it was about."""
        return self._move(self._done, self._undone, back=True)

    def redo(self) -> Step | None:
        """Make the last change that was taken back again; what it is about."""
        return self._move(self._undone, self._done, back=False)

    def is_passphrase(self, text: str) -> bool:
        """Whether it is the passphrase that opened the file."""
        salt = self._reading.document.salt
        return bool(text) and Passphrase(text).key(salt) == self.passphrase.key(salt)

    def close(self) -> None:
        """Let go of the file."""
        self._is_open = False
        self._reading.document.close()

    def leave(self) -> None:
        """Let go of the file for good: what was written since it was opened gets its dated copy."""
        if self._wrote and not self.is_practice:
            with contextlib.suppress(Refused):  # a full disk for copies must not keep it open
                self._reading.document.back_up()
        self.close()

    def renew(self) -> None:
        """Open the file again after `close`, with all that others did to it meanwhile.

        Raises:
            Refused: every way in which a file can be wrong.
        """
        clock = self._reading.document.clock
        self._reading = Reading(open_case_file(self.path, self.passphrase, clock=clock))
        self._is_open = True

    def _step(self, field: Field, operation: Operation) -> Refused | None:
        """Run what sets one field, and remember how to take it back."""
        journal = self._reading.document.journal
        before = journal.standing(field).heads
        if refusal := self._run(operation, typed=field):
            return refusal
        now = journal.standing(field).heads
        if now != before:
            step = undoing.step_of(journal, now[0])
            self._done += [step] if step else []
            self._undone.clear()
            self.steps_changed.emit()
        return None

    def _move(self, source: list[Step], target: list[Step], *, back: bool) -> Step | None:
        while source and not undoing.still_stands(self._reading, source[-1], back=back):
            source.pop()
        taken = bool(source) and not self._run(
            lambda reading: undoing.take(reading, source[-1], back=back)
        )
        if taken:
            target.append(source.pop())
        self.steps_changed.emit()
        return target[-1] if taken else None

    def _not_now(self) -> Refused:
        sentence = tr("{file} is busy; this is saved in a moment.", file=self.path.name)
        return Refused(Code.FILE_IN_USE, sentence)

    def _run(self, operation: Operation, *, typed: Hashable = None) -> Refused | None:
        """Do something; `typed` names what somebody typed or chose, which is never given up."""
        if (
            not self._is_open
        ):  # a page that goes, or long work; what is typed stays and is told again
            return self._not_now()
        try:
            changes = operation(self._reading)
        except Refused as refusal:
            if refusal.code in _NOT_ON_DISK:
                if typed is not None:
                    self._unsaved[typed] = operation
                self.save_failed.emit(refusal.sentence)
            return refusal
        self._unsaved.clear()  # what is still on screen is told again
        before = self._reading.contents.inspection.form
        self._reading = self._reading.after(changes)
        now = self._reading.document.clock.now().astimezone()
        self.saved.emit(f"{now:%H:%M}")
        self._wrote = self._wrote or bool(changes)
        if changes:
            self.changed.emit(changes)
        if self._reading.contents.inspection.form != before:
            self.form_changed.emit()
        return None
