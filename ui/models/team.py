"""The rows and columns of the team, and of the files of a merge."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hmip_desktop.clock import shown
from hmip_desktop.language import tr, tr_count
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
            return tr("Left out")
        if not self.result.new:
            return tr("Nothing new")
        return tr_count("{count} new", "{count} new", self.result.new)

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


def columns() -> tuple[Column, ...]:
    """The columns of the team."""
    return (
        Column(tr("Person"), lambda row: row.name, bold=True, width=150),
        Column(
            tr("Last answer"),
            lambda row: shown(row.last) if row.last else "–",
            sort=lambda row: row.last,
            width=150,
            spare=True,
        ),
        Column(
            tr("Signed off"),
            lambda row: tr("{count} of {all}", count=row.signed_off, all=row.cases),
            sort=lambda row: row.signed_off / row.cases,
            right=True,
            width=96,
        ),
        Column(tr("Last merge"), lambda row: row.outcome, tone=lambda row: row.tone, width=0),
    )


def file_columns() -> tuple[Column, ...]:
    """The columns of the files of a merge: rows are its `FileResult`s."""
    return (
        Column(tr("File"), lambda one: one.path.name, bold=True, width=0),
        _number(tr("New"), lambda one: one.new, 60),
        _number(tr("Known"), lambda one: one.known, 68),
        _number(tr("Left out"), lambda one: one.refused, 78),
        Column(tr("Fingerprint"), lambda one: one.fingerprint or "–", width=126),
    )


def _number(heading: str, number: Callable[[FileResult], int], width: int) -> Column:
    def said(one: FileResult) -> str:
        return "–" if one.status is Outcome.REFUSED else f"{number(one):,}"

    return Column(heading, said, sort=number, right=True, width=width)
