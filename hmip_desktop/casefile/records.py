"""What a journal says: inspection, team, cases and assessments as frozen rows.

Every record and field that this program writes is named here, and nowhere else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hmip_desktop.casefile.journal import Entry, Field, Journal, Standing
from hmip_desktop.ids import CaseId, EntryId, FormHash, InspectionId, MemberId, content_hash

INSPECTION = "inspection"
DETAILS = "details"
ANSWER = "answer/"
NOTE = "note/"
MARK = "mark/"
SOURCE = "source/"
STANDS = "stands/"
QUERY = "query/"
REPLY = "reply/"
CLOSED = "closed/"
STATUS = "status"
SETTLED = "settled/"
_MEMBER = "member/"
_CASE = "case/"
_ASSESSMENT = "assessment/"


class Role(StrEnum):
    """What a team member does in the inspection."""

    LEAD = "lead inspector"
    DEPUTY = "deputy lead"
    INSPECTOR = "inspector"
    LOCAL_ASSESSOR = "local assessor"
    SUPPORT = "support officer"
    OBSERVER = "observer"

    @property
    def assesses(self) -> bool:
        """Whether cases are allocated to this role."""
        return self in (Role.INSPECTOR, Role.LOCAL_ASSESSOR)


class Order(StrEnum):
    """Which assessment of a case this is; a moved case leaves a withdrawn one behind."""

    FIRST = "first"
    SECOND = "second"
    WITHDRAWN = "withdrawn"


class Status(StrEnum):
    """How far an assessment is."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    SIGNED_OFF = "signed off"


@dataclass(frozen=True)
class Inspection:
    """One area inspected once. Dates are ISO or empty; `form` is the hash of its form."""

    id: InspectionId
    title: str
    area: str
    starts: str
    ends: str
    form: FormHash


@dataclass(frozen=True)
class TeamMember:
    """A person of the inspection."""

    id: MemberId
    name: str
    role: Role


@dataclass(frozen=True)
class Case:
    """One supervised person's order or licence in the sample: a reference, never a name."""

    id: CaseId
    reference: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class AssessmentKey:
    """Whose assessment of which case."""

    case: CaseId
    member: MemberId

    @property
    def record(self) -> str:
        """The name of its record in the journal."""
        return f"{_ASSESSMENT}{self.case}/{self.member}"

    def answer(self, question: str) -> Field:
        """The field of an answer."""
        return Field(self.record, ANSWER + question)

    def note(self, question: str) -> Field:
        """The field of the note beside an answer."""
        return Field(self.record, NOTE + question)

    def field(self, name: str) -> Field:
        """Any other field of the assessment."""
        return Field(self.record, name)


@dataclass(frozen=True)
class Query:
    """A question from the lead about an assessment, answered by its assessor.

    `question` is the form's question that it is about; empty when about the whole case.
    """

    id: str
    question: str
    text: str
    reply: str
    closed: bool

    @property
    def waits(self) -> bool:
        """Whether the assessor still has to answer it."""
        return not self.reply and not self.closed


@dataclass(frozen=True)
class Assessment:
    """One assessor's answers about one case, as they stand.

    `unsettled` are the questions whose answer is in conflict: they have no value here. `sources`
    says on what an answer rests (file, interview, judgement) where that was said; `stands` why
    an answer that looks contradictory stands; `marks` are the marks with their notes.
    """

    key: AssessmentKey
    order: Order
    signed_off: bool
    answers: Mapping[str, str]
    notes: Mapping[str, str]
    sources: Mapping[str, str]
    stands: Mapping[str, str]
    marks: Mapping[str, str]
    queries: tuple[Query, ...]
    unsettled: frozenset[str]

    @property
    def status(self) -> Status:
        """How far it is."""
        if self.signed_off:
            return Status.SIGNED_OFF
        started = self.answers or self.notes or self.marks or self.unsettled
        return Status.IN_PROGRESS if started else Status.NOT_STARTED


@dataclass(frozen=True)
class Conflict:
    """Entries for one field by people who had not seen each other's, with different values."""

    key: AssessmentKey | None
    field: Field
    sides: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """A name that lasts while the sides stay the same."""
        return content_hash([side.id for side in self.sides])[:12]

    @property
    def case(self) -> CaseId | None:
        """The case that it is about; None for the inspection and its team."""
        return case_of(self.field.record)

    @property
    def question(self) -> str:
        """The question that it is about; else the field."""
        return self.field.name.removeprefix(ANSWER).removeprefix(NOTE)


@dataclass(frozen=True)
class Contents:
    """Everything that a case file says."""

    inspection: Inspection
    members: Mapping[MemberId, TeamMember]
    cases: Mapping[CaseId, Case]
    assessments: Mapping[AssessmentKey, Assessment]
    conflicts: tuple[Conflict, ...]

    def case_named(self, reference: str) -> Case | None:
        """The case with this reference, whatever its capitals."""
        wanted = reference.strip().casefold()
        return next((c for c in self.cases.values() if c.reference.casefold() == wanted), None)

    def assessments_of(self, case: CaseId) -> tuple[Assessment, ...]:
        """The assessments of a case that are not withdrawn, first before second."""
        found = (
            one
            for one in self.assessments.values()
            if one.key.case == case and one.order is not Order.WITHDRAWN
        )
        return tuple(sorted(found, key=lambda one: (one.order, one.key.member)))

    def name_of(self, member: MemberId) -> str:
        """A team member's name."""
        known = self.members.get(member)
        return known.name if known else "somebody not in the team list"


def member_field(member: MemberId) -> Field:
    """The field that holds a team member."""
    return Field(_MEMBER + member, DETAILS)


def case_field(case: CaseId) -> Field:
    """The field that holds a case of the sample."""
    return Field(_CASE + case, DETAILS)


def allocation_field(case: CaseId, order: Order) -> Field:
    """The field that holds who gives a case its first, or second, assessment."""
    return Field(_CASE + case, order.value)


def inspection_field() -> Field:
    """The field that holds the inspection."""
    return Field(INSPECTION, DETAILS)


def settled_field(field: Field) -> Field:
    """Where the reason for settling a conflict about a field is kept."""
    return Field(field.record, SETTLED + field.name)


def case_of(record: str) -> CaseId | None:
    """The case that a record is about; None for the inspection and its team."""
    if record.startswith(_CASE):
        return CaseId(record.removeprefix(_CASE))
    key = assessment_key(record)
    return key.case if key else None


def assessment_key(record: str) -> AssessmentKey | None:
    """Whose assessment a record is; None when it is none."""
    if not record.startswith(_ASSESSMENT):
        return None
    case, _, member = record.removeprefix(_ASSESSMENT).partition("/")
    return AssessmentKey(CaseId(case), MemberId(member))


def contents(journal: Journal, inspection: InspectionId) -> Contents:
    """Read everything out of a journal."""
    cases = [_case(record, details) for record, details in _with_details(journal, _CASE)]
    members = [_member(record, details) for record, details in _with_details(journal, _MEMBER)]
    by_id = {case.id: case for case in sorted(cases, key=lambda case: case.reference)}
    return Contents(
        inspection=_inspection(journal, inspection),
        members={member.id: member for member in members},
        cases=by_id,
        assessments={key: assessment(journal, key) for key in _keys(journal) if key.case in by_id},
        conflicts=conflicts(journal),
    )


def _keys(journal: Journal) -> tuple[AssessmentKey, ...]:
    """Every assessment that is allocated, or of which something is written."""
    written = [assessment_key(record) for record in journal.records(_ASSESSMENT)]
    allocated = [
        AssessmentKey(CaseId(record.removeprefix(_CASE)), MemberId(str(member)))
        for record in journal.records(_CASE)
        for order in (Order.FIRST, Order.SECOND)
        if (member := journal.standing(Field(record, order.value)).value)
    ]
    return tuple(dict.fromkeys([*allocated, *filter(None, written)]))


def _order(journal: Journal, key: AssessmentKey) -> Order:
    for order in (Order.FIRST, Order.SECOND):
        if journal.standing(allocation_field(key.case, order)).value == key.member:
            return order
    return Order.WITHDRAWN


def assessment(journal: Journal, key: AssessmentKey) -> Assessment:
    """One assessment as it stands."""
    fields = journal.fields(key.record)

    def texts(prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): str(standing.value)
            for name, standing in fields.items()
            if name.startswith(prefix) and standing.value
        }

    return Assessment(
        key=key,
        order=_order(journal, key),
        signed_off=_value(fields, STATUS) == Status.SIGNED_OFF,
        answers=texts(ANSWER),
        notes=texts(NOTE),
        sources=texts(SOURCE),
        stands=texts(STANDS),
        marks=_marks(fields),
        queries=_queries(fields, texts(REPLY)),
        unsettled=frozenset(
            name.removeprefix(ANSWER)
            for name, standing in fields.items()
            if name.startswith(ANSWER) and standing.in_conflict
        ),
    )


def _marks(fields: Mapping[str, Standing]) -> dict[str, str]:
    """The marks that are on, by name, each with its note."""
    return {
        name.removeprefix(MARK): str(standing.latest.value.get("note", ""))
        for name, standing in sorted(fields.items())
        if name.startswith(MARK) and isinstance(standing.latest.value, dict)
    }


def _queries(fields: Mapping[str, Standing], replies: Mapping[str, str]) -> tuple[Query, ...]:
    """The lead's queries, oldest first."""
    asked = [
        (standing.latest.at, name.removeprefix(QUERY), standing.latest.value)
        for name, standing in fields.items()
        if name.startswith(QUERY)
    ]
    return tuple(
        Query(
            id_,
            str(value.get("question", "")),
            str(value.get("text", "")),
            replies.get(id_, ""),
            bool(_value(fields, CLOSED + id_)),
        )
        for _, id_, value in sorted(asked, key=lambda one: one[:2])
        if isinstance(value, dict)
    )


def conflicts(journal: Journal, among: Iterable[str] | None = None) -> tuple[Conflict, ...]:
    """Every conflict that nobody has settled, in a fixed order; `among` some records or all."""
    found = [
        Conflict(assessment_key(record), Field(record, name), standing.heads)
        for record in (journal.records() if among is None else sorted(among))
        for name, standing in sorted(journal.fields(record).items())
        if standing.in_conflict
    ]
    return tuple(found)


def _value(fields: Mapping[str, Standing], name: str) -> Any:
    return fields[name].value if name in fields else None


def _with_details(journal: Journal, prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The records of one kind with their details; what says nothing of itself is passed over."""
    for record in journal.records(prefix):
        if details := _details(journal, record):
            yield record.removeprefix(prefix), details


def _details(journal: Journal, record: str) -> Mapping[str, Any]:
    standing = journal.standing(Field(record, DETAILS))
    # A conflict here would hide a case or a person: the latest word stands until it is settled.
    value = standing.latest.value if standing.heads else None
    return value if isinstance(value, dict) else {}


def _inspection(journal: Journal, id_: InspectionId) -> Inspection:
    details = _details(journal, INSPECTION)
    return Inspection(
        id=id_,
        title=str(details.get("title", "")),
        area=str(details.get("area", "")),
        starts=str(details.get("starts", "")),
        ends=str(details.get("ends", "")),
        form=FormHash(str(details.get("form", ""))),
    )


def _case(id_: str, details: Mapping[str, Any]) -> Case:
    fields = details.get("fields", {})
    known = {str(k): str(v) for k, v in fields.items()} if isinstance(fields, dict) else {}
    return Case(CaseId(id_), str(details.get("reference", "")), known)


def _member(id_: str, details: Mapping[str, Any]) -> TeamMember:
    said = details.get("role", "")
    role = Role(said) if said in set(Role) else Role.OBSERVER
    return TeamMember(MemberId(id_), str(details.get("name", "")), role)


def entry_named(sides: tuple[Entry, ...], name: str) -> EntryId | None:
    """The side of a conflict whose name is, or begins with, `name`."""
    found = [side.id for side in sides if name and side.id.startswith(name)]
    return found[0] if len(found) == 1 else None
