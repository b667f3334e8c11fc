"""The rows and columns of the list of cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hmip_desktop.casefile import records
from hmip_desktop.casefile.records import AssessmentKey, Order, Status
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.wording import number_of_things
from ui.models.table import Column

_FACTS = (
    ("case_type", "Type", 150, True),
    ("ldu", "LDU", 130, False),
    ("rosh", "RoSH", 88, False),
    ("offender_manager", "Offender manager", 140, True),
)
_STATUS = {
    Status.NOT_STARTED: ("Not started", "grey"),
    Status.IN_PROGRESS: ("In progress", "blue"),
    Status.SIGNED_OFF: ("Signed off", "green"),
}
_ROSH = ("low", "medium", "high", "very high")


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
        text, _ = _STATUS[self.one.assessment.status]
        if self.one.assessment.unsettled:
            return "Answers in conflict"
        if self._asked:
            return self._asked
        second = self.one.assessment.order is Order.SECOND
        return f"{text}, second" if second else text

    @property
    def tone(self) -> str:
        """The colour of its status."""
        if self.one.assessment.unsettled or self._asked:
            return "amber"
        return _STATUS[self.one.assessment.status][1]

    @property
    def _asked(self) -> str:
        """What is asked of the one who looks: the assessor replies, the lead reads replies."""
        queries = self.one.assessment.queries
        if self.for_lead:
            replies = sum(bool(query.reply) and not query.closed for query in queries)
            return f"{number_of_things(replies, 'reply', 'replies')} to read" if replies else ""
        waiting = sum(query.waits for query in queries)
        return f"{number_of_things(waiting, 'query', 'queries')} from lead" if waiting else ""

    @property
    def marks(self) -> str:
        """Its marks in words."""
        return ", ".join(mark.capitalize() for mark in self.one.assessment.marks)


def rows(reading: Reading) -> tuple[CaseRow, ...]:
    """The cases of this file: the owner's own, or everybody's in the lead's."""
    about = reading.document.about
    return tuple(
        CaseRow(one, about.is_leads)
        for one in reading.assessments.values()
        if about.is_leads or one.assessment.key.member == about.owner
    )


def summary(shown: Sequence[CaseRow]) -> str:
    """How many cases there are and how far they are, in a sentence."""
    signed = sum(row.one.assessment.signed_off for row in shown)
    conflicts = sum(bool(row.one.assessment.unsettled) for row in shown)
    parts = [number_of_things(len(shown), "case"), f"{signed} signed off"]
    if conflicts:
        parts.append(f"{conflicts} with answers in conflict")
    return ", ".join(parts) + "."


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


def columns(shown: Iterable[CaseRow], *, is_leads: bool) -> tuple[Column, ...]:
    """The columns of a list of cases: those facts that the sample knows."""
    known = {name for row in shown for name in row.one.case.fields}
    facts = tuple(_fact(*fact) for fact in _FACTS if fact[0] in known)
    assessor = Column("Assessor", lambda row: row.one.assessor, width=140)
    return (
        Column("Case", lambda row: row.one.case.reference, bold=True, width=90),
        *facts,
        *((assessor,) if is_leads else ()),
        Column(
            "Progress",
            lambda row: f"{row.one.answered} of {row.one.asked}",
            sort=lambda row: row.share,
            bar=lambda row: (row.share, 0.0),
            width=0,
        ),
        Column("Status", lambda row: row.status, tone=lambda row: row.tone, width=130),
        Column("Marks", lambda row: row.marks, width=116),
    )


def _fact(name: str, text: str, width: int, spare: bool) -> Column:
    def shown(row: CaseRow) -> str:
        return row.one.case.fields.get(name, "")

    def rank(row: CaseRow) -> str:
        value = shown(row).casefold()
        return str(_ROSH.index(value)) if value in _ROSH else value

    sort = rank if name == "rosh" else None
    return Column(text, shown, sort=sort, width=width, spare=spare)
