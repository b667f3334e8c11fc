"""The rows and columns of the team."""

from collections.abc import Mapping
from dataclasses import dataclass

from hmip_desktop.clock import shown
from hmip_desktop.operations.collate import FileResult, Outcome
from hmip_desktop.operations.reading import Reading
from ui.models.table import Column


@dataclass(frozen=True)
class MemberRow:
    """One assessor: their cases, how many are signed off, when their last answer was given.

    `result` is what the last merge did with their file.
    """

    name: str
    cases: int
    signed_off: int
    last: str
    result: FileResult | None = None

    @property
    def outcome(self) -> str:
        """What the last merge did with their file, in words."""
        if self.result is None:
            return "–"
        if self.result.status is Outcome.REFUSED:
            return "Left out"
        return f"{self.result.new} new" if self.result.new else "Nothing new"

    @property
    def tone(self) -> str:
        """The colour of that."""
        if self.result is None:
            return ""
        if self.result.status is Outcome.REFUSED or self.result.refused:
            return "amber"
        return "green" if self.result.new else "grey"


def rows(reading: Reading, results: Mapping[str, FileResult]) -> tuple[MemberRow, ...]:
    """The assessors of the inspection, by name; `results` of the last merge by person."""
    journal = reading.document.journal
    by_member: dict[str, list[tuple[bool, str]]] = {}
    for key, one in reading.assessments.items():
        stamps = [
            standing.latest.at
            for standing in journal.fields(key.record).values()
            if standing.heads and standing.latest.author == key.member
        ]
        member = by_member.setdefault(one.assessor, [])
        member.append((one.assessment.signed_off, max(stamps, default="")))
    return tuple(
        MemberRow(
            name=name,
            cases=len(found),
            signed_off=sum(signed for signed, _ in found),
            last=max(at for _, at in found),
            result=results.get(name),
        )
        for name, found in sorted(by_member.items())
    )


COLUMNS = (
    Column("Person", lambda row: row.name, bold=True, width=150),
    Column(
        "Last answer",
        lambda row: shown(row.last) if row.last else "–",
        sort=lambda row: row.last,
        width=150,
    ),
    Column(
        "Signed off",
        lambda row: f"{row.signed_off} of {row.cases}",
        sort=lambda row: row.signed_off / row.cases,
        right=True,
        width=96,
    ),
    Column("Last merge", lambda row: row.outcome, tone=lambda row: row.tone, width=0),
)
