"""The rows and columns of the list of cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hmip_desktop.casefile import records
from hmip_desktop.casefile.labels import mark_label
from hmip_desktop.casefile.records import AssessmentKey, Order, Status
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations.reading import Progressed, Reading
from ui.models.table import Column

_FACTS = (
    ("case_type", mark("Type"), 150, 2),
    ("ldu", mark("LDU"), 130, 4),
    ("rosh", mark("RoSH"), 88, 5),
    ("offender_manager", mark("Offender manager"), 140, 1),
)
_STATUS = {
    Status.NOT_STARTED: (mark("Not started"), mark("Not started, second"), "grey"),
    Status.IN_PROGRESS: (mark("In progress"), mark("In progress, second"), "blue"),
    Status.SIGNED_OFF: (mark("Signed off"), mark("Signed off, second"), "green"),
}
_ROSH = ("low", "medium", "high", "very high")


@dataclass(frozen=True)
class CaseColumn(Column):
    """A column that gives way where there is no room for all: the lower, the sooner; 0 never."""

    gives_way: int = 0


@dataclass(frozen=True)
class CaseRow:
    """One assessment as the list shows it."""

    one: Progressed
    for_lead: bool = False

    @property
    def key(self) -> AssessmentKey:
        """Whose assessment of which case."""
        return self.one.assessment.key

    @property
    def share(self) -> float:
        """How much of it is answered, of 1."""
        return self.one.answered / self.one.asked if self.one.asked else 0.0

    @property
    def status(self) -> str:
        """How far it is, in words."""
        if self.one.assessment.unsettled:
            return tr("Answers in conflict")
        if self._asked:
            return self._asked
        first, second, _ = _STATUS[self.one.assessment.status]
        return tr(second if self.one.assessment.order is Order.SECOND else first)

    @property
    def tone(self) -> str:
        """The colour of its status."""
        if self.one.assessment.unsettled or self._asked:
            return "amber"
        return _STATUS[self.one.assessment.status][-1]

    @property
    def _asked(self) -> str:
        """What is asked of the one who looks: the assessor replies, the lead reads replies."""
        queries = self.one.assessment.queries
        if self.for_lead:
            replies = sum(bool(query.reply) and not query.closed for query in queries)
            said = tr_count("{count} reply to read", "{count} replies to read", replies)
            return said if replies else ""
        waiting = sum(query.waits for query in queries)
        said = tr_count("{count} query from lead", "{count} queries from lead", waiting)
        return said if waiting else ""

    @property
    def marks(self) -> str:
        """Its marks in words."""
        return ", ".join(mark_label(name) for name in self.one.assessment.marks)


def rows(reading: Reading) -> tuple[CaseRow, ...]:
    """The cases of this file: the owner's own, or everybody's in the lead's."""
    about = reading.document.about
    return tuple(
        CaseRow(one, about.is_leads)
        for one in reading.assessments.values()
        if about.is_leads or one.assessment.key.member == about.owner
    )


def summary(shown: Sequence[CaseRow]) -> str:
    """How many cases there are and how far their assessments are, in sentences."""
    signed = sum(row.one.assessment.signed_off for row in shown)
    conflicts = sum(bool(row.one.assessment.unsettled) for row in shown)
    cases = len({row.key.case for row in shown})
    said = [_counted(cases, len(shown), signed)]
    if conflicts:
        said.append(
            tr_count(
                "{count} assessment has answers in conflict.",
                "{count} assessments have answers in conflict.",
                conflicts,
            )
        )
    return " ".join(said)


def _counted(cases: int, assessments: int, signed: int) -> str:
    if twice := assessments - cases:
        return tr_count(
            "{cases} cases, {count} of them assessed twice: {signed} of {assessments} "
            "assessments signed off.",
            "{cases} cases, {count} of them assessed twice: {signed} of {assessments} "
            "assessments signed off.",
            twice,
            cases=cases,
            signed=signed,
            assessments=assessments,
        )
    return tr_count(
        "{count} case, {signed} signed off.",
        "{count} cases, {signed} signed off.",
        cases,
        signed=signed,
    )


def last_answered(reading: Reading) -> AssessmentKey | None:
    """The unfinished assessment that its owner last wrote in."""
    journal, owner = reading.document.journal, reading.document.about.owner
    written = [
        (standing.latest.at, key)
        for key, one in reading.assessments.items()
        if key.member == owner and not one.assessment.signed_off
        for name, standing in journal.fields(key.record).items()
        if name.startswith(records.ANSWER) and standing.heads
    ]
    return max(written, key=lambda one: one[0])[1] if written else None


def next_open(reading: Reading, here: AssessmentKey) -> AssessmentKey | None:
    """The owner's next assessment that is not signed off, by reference and round; None if none."""
    own = sorted(rows(reading), key=lambda row: row.one.case.reference.casefold())
    keys = [row.key for row in own]
    place = keys.index(here) + 1 if here in keys else 0
    round_from_here = (*own[place:], *own[:place])
    return next(
        (
            row.key
            for row in round_from_here
            if row.key != here and not row.one.assessment.signed_off
        ),
        None,
    )


def columns(shown: Iterable[CaseRow], *, is_leads: bool) -> tuple[CaseColumn, ...]:
    """The columns of a list of cases: those facts that the sample knows."""
    known = {name for row in shown for name in row.one.case.fields}
    facts = tuple(_fact(*fact) for fact in _FACTS if fact[0] in known)
    assessor = CaseColumn(tr("Assessor"), lambda row: row.one.assessor, width=140)
    return (
        CaseColumn(tr("Case"), lambda row: row.one.case.reference, bold=True, width=90),
        *facts,
        *((assessor,) if is_leads else ()),
        CaseColumn(
            tr("Progress"),
            lambda row: tr("{answered} of {asked}", answered=row.one.answered, asked=row.one.asked),
            sort=lambda row: row.share,
            bar=lambda row: (row.share, 0.0),
            width=0,
            gives_way=6,
        ),
        CaseColumn(tr("Status"), lambda row: row.status, tone=lambda row: row.tone, width=130),
        CaseColumn(tr("Marks"), lambda row: row.marks, width=116, gives_way=3),
    )


def without_room(columns: Sequence[CaseColumn], widths: Sequence[int], room: int) -> frozenset[int]:
    """The places of the columns that give way so that the others have room."""
    yielding = sorted(
        (place for place, column in enumerate(columns) if column.gives_way),
        key=lambda place: columns[place].gives_way,
    )
    over, gone = sum(widths) - room, set[int]()
    for place in yielding:
        if over <= 0:
            break
        gone.add(place)
        over -= widths[place]
    return frozenset(gone)


def _fact(name: str, text: str, width: int, gives_way: int) -> CaseColumn:
    def shown(row: CaseRow) -> str:
        return row.one.case.fields.get(name, "")

    def rank(row: CaseRow) -> str:
        value = shown(row).casefold()
        return str(_ROSH.index(value)) if value in _ROSH else value

    sort = rank if name == "rosh" else None
    return CaseColumn(tr(text), shown, sort=sort, width=width, gives_way=gives_way)
