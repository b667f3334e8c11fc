"""What the answers come to: scores, groups, the consolidated workbook, lists and histories."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hmip_desktop.casefile import practice, records
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.records import AssessmentKey, Case, Order, Status
from hmip_desktop.clock import from_stamp, shown
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import EntryId, Json
from hmip_desktop.language import mark, tr
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.scoring import Scores, sampled, scores

NOT_RECORDED = mark("not recorded")


@dataclass(frozen=True)
class Scored:
    """Scores with what they rest on.

    `provisional` when assessments are unfinished or missing, or answers in conflict;
    `preliminary` when unfinished ones were asked to count too. `fraction` is the share of the
    caseload that was assessed, 0 where its size is not known; of a group it is that of the whole,
    since nobody knows how much of the caseload belongs to the group.
    """

    scores: Scores
    assessments: int
    conflicts: int
    provisional: bool
    preliminary: bool = False
    fraction: float = 0.0


@dataclass(frozen=True)
class Group:
    """The scores of the cases that share one value of a field."""

    value: str
    scored: Scored


def scored(reading: Reading, *, preliminary: bool = False) -> Scored:
    """The scores of an inspection, from first assessments that are signed off.

    With `preliminary` unfinished ones count too, and the result is provisional.
    """
    return _scored(reading, reading.contents.cases.values(), preliminary=preliminary)


def scored_by(reading: Reading, field: str, *, preliminary: bool = False) -> tuple[Group, ...]:
    """The same rule over the cases of each value of a sample field, by value.

    Raises:
        Refused: FIELD_UNKNOWN, with the fields that there are.
    """
    name = field.strip().casefold().replace(" ", "_")
    known = sorted({known for case in reading.contents.cases.values() for known in case.fields})
    if name not in known:
        raise Refused(Code.FIELD_UNKNOWN, _no_field(field, known))
    groups: dict[str, list[Case]] = {}
    for case in reading.contents.cases.values():
        groups.setdefault(case.fields.get(name, tr(NOT_RECORDED)), []).append(case)
    return tuple(
        Group(value, _scored(reading, members, preliminary=preliminary))
        for value, members in sorted(groups.items())
    )


def _no_field(field: str, known: Sequence[str]) -> str:
    if not known:
        return tr("The sample has no fields, and so no field {field}.", field=field)
    fields = ", ".join(known)
    return tr("The sample has no field {field}; it has {fields}.", field=field, fields=fields)


def counts(one: Progressed, *, preliminary: bool) -> bool:
    """Whether a first assessment enters the scores."""
    status = one.assessment.status
    return status is Status.SIGNED_OFF or (preliminary and status is Status.IN_PROGRESS)


def counted(reading: Reading, *, preliminary: bool = False) -> tuple[Progressed, ...]:
    """The first assessments that enter the scores, by case reference."""
    return tuple(
        one
        for one in reading.assessments.values()
        if one.assessment.order is Order.FIRST and counts(one, preliminary=preliminary)
    )


def _scored(reading: Reading, cases: Iterable[Case], *, preliminary: bool) -> Scored:
    practice.require_real(reading.document)
    about = {case.id for case in cases}
    firsts = [
        one
        for one in reading.assessments.values()
        if one.case.id in about and one.assessment.order is Order.FIRST
    ]
    entering = [one for one in firsts if counts(one, preliminary=preliminary)]
    finished = {one.case.id for one in firsts if one.assessment.signed_off}
    conflicts = sum(one.case in about for one in reading.contents.conflicts)
    return Scored(
        scores=scores(reading.form, [one.judged for one in entering]),
        assessments=len(entering),
        conflicts=conflicts,
        provisional=bool(conflicts) or finished != about,
        preliminary=preliminary,
        fraction=sampled(
            len(counted(reading, preliminary=preliminary)), reading.contents.inspection.caseload
        ),
    )


@dataclass(frozen=True)
class HistoryRow:
    """One entry for people to read: who set what, when, over what."""

    entry: str
    at: str
    at_shown: str
    author: str
    assessor: str
    what: str
    value: str
    over: str


def history_rows(
    reading: Reading, reference: str, question: str | None = None
) -> tuple[HistoryRow, ...]:
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
            fields = (None,) if name is None else _fields_about(name)
            found += [e for field in fields for e in journal.history(key.record, field)]
    by_id = {entry.id: entry for entry in found}
    ordered = sorted(found, key=lambda e: (e.at, e.session, e.seq))
    return tuple(_history_row(reading, entry, by_id) for entry in ordered)


def _history_row(reading: Reading, entry: Entry, by_id: Mapping[EntryId, Entry]) -> HistoryRow:
    key = records.assessment_key(entry.record)
    over = [by_id[id_] for id_ in entry.supersedes if id_ in by_id]
    return HistoryRow(
        entry=entry.id,
        at=entry.at,
        at_shown=shown(entry.at),
        author=reading.contents.name_of(entry.author),
        assessor=reading.contents.name_of(key.member) if key else "",
        what=entry.field,
        value=_plainly(entry.value),
        over=" / ".join(_plainly(older.value) for older in over),
    )


def _fields_about(question: str) -> tuple[str, ...]:
    """Everything that is kept about one question, settling included."""
    own = (records.ANSWER + question, records.NOTE + question)
    beside = (records.SOURCE + question, records.STANDS + question)
    return (*own, *beside, *(records.SETTLED + name for name in own))


def _plainly(value: Json) -> str:
    if isinstance(value, dict) and "why" in value:
        return str(value["why"])
    if isinstance(value, dict):
        return "; ".join(f"{name}: {word}" for name, word in value.items())
    return tr("(taken back)") if value is None else str(value)


def last_change(reading: Reading) -> datetime:
    """When the last entry was made: the date of a result, whenever it is written out."""
    stamps = [entry.at for entry in reading.document.journal]
    return from_stamp(max(stamps)) if stamps else datetime(1980, 1, 1, tzinfo=UTC)


def answer_history(reading: Reading, key: AssessmentKey, question: str) -> tuple[Entry, ...]:
    """The entries of one answer, oldest first."""
    return reading.document.journal.history(*key.answer(question))
