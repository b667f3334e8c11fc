"""What can be undone: what the owner did to their assessments, also on earlier days.

Answers with what they rest on, notes, and the marks of a case.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hmip_desktop.casefile import records
from hmip_desktop.casefile.journal import Entry, Journal
from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.ids import Json
from hmip_desktop.operations import assess
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.reading import Reading

FURTHEST_BACK = 500
_SETS: Mapping[str, Callable[[Reading, str, str, str], Changes]] = {
    records.ANSWER: assess.answer,
    records.NOTE: assess.note,
    records.SOURCE: assess.source,
}
_UNDOABLE = (*_SETS, records.MARK)


@dataclass(frozen=True)
class Step:
    """One change that can be undone: a field of an assessment before and after it."""

    key: AssessmentKey
    field: str
    before: Json
    after: Json

    @property
    def question(self) -> str:
        """The question that it is about; empty for a mark, which is about the whole case."""
        return "" if self.mark else self._name

    @property
    def mark(self) -> str:
        """The mark that it is about; empty for all that is about a question."""
        return self._name if self.field.startswith(records.MARK) else ""

    @property
    def kind(self) -> str:
        """What its field holds: `records.ANSWER` and the like."""
        return self.field.removesuffix(self._name)

    @property
    def _name(self) -> str:
        return self.field.partition("/")[2]


def steps(reading: Reading) -> tuple[Step, ...]:
    """The owner's last changes, oldest first. An undo is a change like any other."""
    journal = reading.document.journal
    owner = reading.document.about.owner
    own = [
        entry
        for key in reading.assessments
        for entry in journal.history(key.record)
        if entry.author == owner and entry.field.startswith(_UNDOABLE)
    ]
    own.sort(key=lambda entry: (entry.at, entry.session, entry.seq))
    found = (step_of(journal, entry) for entry in own[-FURTHEST_BACK:])
    return tuple(step for step in found if step)


def step_of(journal: Journal, entry: Entry) -> Step | None:
    """The step that an entry was; none where it settled a conflict: that is not taken back."""
    key = records.assessment_key(entry.record)
    if key is None or len(entry.supersedes) > 1:
        return None
    history = journal.history(entry.record, entry.field)
    before = next((one.value for one in history if one.id in entry.supersedes), None)
    return Step(key, entry.field, before, entry.value)


def still_stands(reading: Reading, step: Step, *, back: bool) -> bool:
    """Whether what it left is what stands: what others changed since is not overwritten.

    A question that a later version of the form no longer asks is left alone.
    """
    if step.question and step.question not in reading.form.question_by_name:
        return False
    standing = reading.document.journal.standing(step.key.field(step.field))
    return not standing.in_conflict and standing.value == (step.after if back else step.before)


def take(reading: Reading, step: Step, *, back: bool) -> Changes:
    """Take a step back, or make it again: a further entry, never a removal.

    Raises:
        Refused: as `assess.answer`.
    """
    reference = reading.contents.cases[step.key.case].reference
    value = step.before if back else step.after
    if step.mark:
        note = value.get("note", "") if isinstance(value, dict) else ""
        return assess.mark(reading, reference, step.mark, on=value is not None, note=str(note))
    return _SETS[step.kind](reading, reference, step.question, str(value or ""))
