"""What can be undone: the owner's own answers and notes, also those of earlier days."""

from dataclasses import dataclass

from hmip_desktop.casefile import records
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.operations import assess
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.reading import Reading

FURTHEST_BACK = 500


@dataclass(frozen=True)
class Step:
    """One change that can be undone: an answer or a note before and after it."""

    key: AssessmentKey
    question: str
    before: str
    after: str
    is_note: bool = False


def steps(reading: Reading) -> tuple[Step, ...]:
    """The owner's last changes, oldest first. An undo is a change like any other."""
    journal = reading.document.journal
    owner = reading.document.about.owner
    own = [
        entry
        for key in reading.assessments
        for entry in journal.history(key.record)
        if entry.author == owner and entry.field.startswith((records.ANSWER, records.NOTE))
    ]
    own.sort(key=lambda entry: (entry.at, entry.session, entry.seq))
    by_id = {entry.id: entry for entry in own}
    return tuple(
        step
        for entry in own[-FURTHEST_BACK:]
        if (step := _step(entry, by_id.get(entry.supersedes[0]) if entry.supersedes else None))
    )


def _step(entry: Entry, over: Entry | None) -> Step | None:
    key = records.assessment_key(entry.record)
    if key is None or len(entry.supersedes) > 1:  # settling a conflict is not taken back blindly
        return None
    is_note = entry.field.startswith(records.NOTE)
    return Step(
        key,
        entry.field.removeprefix(records.NOTE if is_note else records.ANSWER),
        str(over.value or "") if over else "",
        str(entry.value or ""),
        is_note,
    )


def take(reading: Reading, step: Step, *, back: bool) -> Changes:
    """Take a step back, or make it again: a further entry, never a removal.

    Raises:
        Refused: as `assess.answer`.
    """
    reference = reading.contents.cases[step.key.case].reference
    value = step.before if back else step.after
    set_it = assess.note if step.is_note else assess.answer
    return set_it(reading, reference, step.question, value)
