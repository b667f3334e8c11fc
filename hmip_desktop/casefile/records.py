"""What a journal says: inspection, team, cases and assessments as frozen rows.

Every record and field that this program writes is named here, and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hmip_desktop.casefile.area import AreaTable
from hmip_desktop.casefile.journal import Entry, Field
from hmip_desktop.ids import (
    AreaTableId,
    CaseId,
    EntryId,
    FormHash,
    InspectionId,
    MemberId,
    content_hash,
)
from hmip_desktop.language import tr

INSPECTION = "inspection"
DETAILS = "details"
LATER_FORM = "form"
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
CASELOAD = "caseload"
PLACE = "place/"
MEMBERS = "member/"
CASES = "case/"
ASSESSMENTS = "assessment/"
HAND_INS = "hand-in/"
HANDED_OUT = "handed out"
AREA_TABLES = "area-table/"
AREA_ORDER = "area-tables"


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
    """One area inspected once. Dates are ISO or empty; `form` is the hash of its form.

    `caseload` is the number of cases that the sample stands for; None where that is not known.
    """

    id: InspectionId
    title: str
    area: str
    starts: str
    ends: str
    form: FormHash
    caseload: int | None = None


@dataclass(frozen=True)
class TeamMember:
    """A person of the inspection; `office` is where a local assessor works, where that is known."""

    id: MemberId
    name: str
    role: Role
    office: str = ""


@dataclass(frozen=True)
class Case:
    """One supervised person's order or licence in the sample: a reference, never a name.

    `columns` are those of the tables that it came with, in their order.
    """

    id: CaseId
    reference: str
    fields: Mapping[str, str]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class AssessmentKey:
    """Whose assessment of which case."""

    case: CaseId
    member: MemberId

    @property
    def record(self) -> str:
        """The name of its record in the journal."""
        return f"{ASSESSMENTS}{self.case}/{self.member}"

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
class HandIn:
    """What came from one person in one merge, as the lead's file remembers it.

    `at` is when it was merged, `files` the fingerprints; `new` counts the entries that were new,
    `answers` those among them that are answers, `refused` those left out. Where their file could
    not be taken in at all there are no fingerprints, and `left_out` is the code of the refusal.
    """

    at: str
    files: tuple[str, ...] = ()
    new: int = 0
    answers: int = 0
    refused: int = 0
    left_out: str = ""


@dataclass(frozen=True)
class HandOut:
    """One making of somebody's case file, as the lead's file remembers it.

    `cases` says in a short word what it held of each case, `form` which form it has; `number`
    counts the files made for the same person.
    """

    at: str
    number: int
    form: str
    cases: Mapping[CaseId, str]


@dataclass(frozen=True)
class Contents:
    """Everything that a case file says."""

    inspection: Inspection
    members: Mapping[MemberId, TeamMember]
    cases: Mapping[CaseId, Case]
    assessments: Mapping[AssessmentKey, Assessment]
    conflicts: tuple[Conflict, ...]
    area_tables: Mapping[AreaTableId, AreaTable] = field(default_factory=dict)

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
        return known.name if known else tr("somebody not in the team list")


def member_field(member: MemberId) -> Field:
    """The field that holds a team member."""
    return Field(MEMBERS + member, DETAILS)


def case_field(case: CaseId) -> Field:
    """The field that holds a case of the sample."""
    return Field(CASES + case, DETAILS)


def allocation_field(case: CaseId, order: Order) -> Field:
    """The field that holds who gives a case its first, or second, assessment."""
    return Field(CASES + case, order.value)


def place_field(case: CaseId, member: MemberId) -> Field:
    """The field that tells somebody which assessment of a moved case is theirs, or that none is.

    Their own file does not say who has the case instead.
    """
    return Field(CASES + case, PLACE + member)


def hand_in_field(member: MemberId) -> Field:
    """The field that remembers a person's last hand-in; its history, all of them.

    It is for the lead alone and says nothing of any case: neither conflicts nor scores know it.
    """
    return Field(HAND_INS + member, DETAILS)


def hand_out_field(member: MemberId) -> Field:
    """The field that remembers what was handed out to a person last.

    It stands in the record of their hand-ins, which earlier programs know already how to leave
    out of conflicts and of whatever is handed out.
    """
    return Field(HAND_INS + member, HANDED_OUT)


def inspection_field() -> Field:
    """The field that holds the inspection."""
    return Field(INSPECTION, DETAILS)


def later_form_field() -> Field:
    """The field that holds the form's hash, once a later version of it came into use.

    A field of its own: a lead who corrects a title never argues with a deputy about the form.
    """
    return Field(INSPECTION, LATER_FORM)


def caseload_field() -> Field:
    """The field that holds the size of the caseload.

    It is apart from the details, so that a program that does not know it leaves it in place.
    """
    return Field(INSPECTION, CASELOAD)


def area_table_field(id_: AreaTableId) -> Field:
    """The field that holds a table about the area; nothing in it once the table is taken out."""
    return Field(AREA_TABLES + id_, DETAILS)


def area_order_field() -> Field:
    """The field that holds in which order the tables about the area stand, by their ids."""
    return Field(INSPECTION, AREA_ORDER)


def settled_field(field: Field) -> Field:
    """Where the reason for settling a conflict about a field is kept."""
    return Field(field.record, SETTLED + field.name)


def case_of(record: str) -> CaseId | None:
    """The case that a record is about; None for the inspection and its team."""
    if record.startswith(CASES):
        return CaseId(record.removeprefix(CASES))
    key = assessment_key(record)
    return key.case if key else None


def assessment_key(record: str) -> AssessmentKey | None:
    """Whose assessment a record is; None when it is none."""
    if not record.startswith(ASSESSMENTS):
        return None
    case, _, member = record.removeprefix(ASSESSMENTS).partition("/")
    return AssessmentKey(CaseId(case), MemberId(member))


def entry_named(sides: tuple[Entry, ...], name: str) -> EntryId | None:
    """The side of a conflict whose name is, or begins with, `name`."""
    found = [side.id for side in sides if name and side.id.startswith(name)]
    return found[0] if len(found) == 1 else None
