"""What the answers come to: scores, groups, the consolidated workbook, lists and histories."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from hmip_desktop.casefile import records
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.records import AssessmentKey, Order, Status
from hmip_desktop.clock import from_stamp
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.set_up import require_lead
from hmip_desktop.progress import Progress, silent
from hmip_desktop.scoring import Scores, scores

NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Scored:
    """Scores with what they rest on. `provisional` when assessments are unfinished or missing,
    or answers in conflict."""

    scores: Scores
    assessments: int
    conflicts: int
    provisional: bool


@dataclass(frozen=True)
class Group:
    """The scores of the cases that share one value of a field."""

    value: str
    scored: Scored


def scored(reading: Reading, *, preliminary: bool = False) -> Scored:
    """The scores of an inspection, from first assessments that are signed off.

    With `preliminary` unfinished ones count too, and the result is provisional.
    """
    firsts = list(_firsts(reading))
    whole = len(firsts) == len(reading.contents.cases) > 0
    return _scored(reading, firsts, preliminary=preliminary, whole=whole)


def scored_by(reading: Reading, field: str, *, preliminary: bool = False) -> tuple[Group, ...]:
    """The same rule over the cases of each value of a sample field, by value.

    Raises:
        Refused: FIELD_UNKNOWN, with the fields that there are.
    """
    name = field.strip().casefold().replace(" ", "_")
    known = sorted({known for case in reading.contents.cases.values() for known in case.fields})
    if name not in known:
        sentence = f"The sample has no field {field}; it has {', '.join(known) or 'none'}."
        raise Refused(Code.FIELD_UNKNOWN, sentence)
    groups: dict[str, list[Progressed]] = {}
    for one in _firsts(reading):
        groups.setdefault(one.case.fields.get(name, NOT_RECORDED), []).append(one)
    return tuple(
        Group(value, _scored(reading, members, preliminary=preliminary))
        for value, members in sorted(groups.items())
    )


def _firsts(reading: Reading) -> Iterator[Progressed]:
    return (
        one for one in reading.assessments.values() if one.assessment.order is Order.FIRST
    )


def counts(one: Progressed, *, preliminary: bool) -> bool:
    """Whether a first assessment enters the scores."""
    status = one.assessment.status
    return status is Status.SIGNED_OFF or (preliminary and status is Status.IN_PROGRESS)


def _scored(
    reading: Reading, firsts: list[Progressed], *, preliminary: bool, whole: bool = True
) -> Scored:
    counted = [one for one in firsts if counts(one, preliminary=preliminary)]
    records_ = {one.assessment.key.record for one in firsts}
    conflicts = sum(one.field.record in records_ for one in reading.contents.conflicts)
    unfinished = any(not one.assessment.signed_off for one in firsts)
    return Scored(
        scores=scores(reading.form, [one.judged for one in counted]),
        assessments=len(counted),
        conflicts=conflicts,
        provisional=bool(conflicts) or unfinished or not whole,
    )


def history(reading: Reading, reference: str, question: str | None = None) -> tuple[Entry, ...]:
    """Who set what in a case, when, over what; of all its assessments, oldest first.

    Raises:
        Refused: CASE_UNKNOWN, QUESTION_UNKNOWN.
    """
    case = reading.case(reference)
    name = reading.question(question).name if question else None
    journal = reading.document.journal
    found: list[Entry] = []
    for key in reading.contents.assessments:
        if key.case == case.id:
            fields = (None,) if name is None else (records.ANSWER + name, records.NOTE + name)
            found += [e for field in fields for e in journal.history(key.record, field)]
    return tuple(sorted(found, key=lambda e: (e.at, e.session, e.seq)))


def last_change(reading: Reading) -> datetime:
    """When the last entry was made: the date of a result, whenever it is written out."""
    stamps = [entry.at for entry in reading.document.journal]
    return from_stamp(max(stamps)) if stamps else datetime(1980, 1, 1, tzinfo=UTC)


def answer_history(reading: Reading, key: AssessmentKey, question: str) -> tuple[Entry, ...]:
    """The entries of one answer, oldest first."""
    return reading.document.journal.history(*key.answer(question))


def write_workbook(reading: Reading, path: Path, *, progress: Progress = silent) -> None:
    """Write the consolidated workbook.

    Raises:
        Refused: NOT_THE_LEADS, DISK; what stood at `path` stands there still.
        Cancelled: from `progress`; likewise.
    """
    require_lead(reading.document)
    write(path, book(reading), progress)

