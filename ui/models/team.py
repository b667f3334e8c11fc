"""The rows and columns of the team, of the files of a merge, and what is said above them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hmip_desktop.casefile.records import HandIn
from hmip_desktop.ids import MemberId
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import hand_ins
from hmip_desktop.operations.collate import FileResult, Outcome
from hmip_desktop.operations.pace import Pace, pace
from hmip_desktop.operations.reading import Reading
from ui.models.hand_in import moment
from ui.models.table import Column


@dataclass(frozen=True)
class MemberRow:
    """One assessor: their cases, how many are signed off, what they last handed in.

    `conflicts` counts the open ones in their answers; `today` says whether a whole file of
    theirs was merged today.
    """

    name: str
    cases: int
    signed_off: int
    conflicts: int
    hand_in: HandIn | None
    today: bool
    pace: Pace | None = None

    @property
    def has_handed_in(self) -> bool:
        """Whether a whole file of theirs was ever merged."""
        return self.hand_in is not None and bool(self.hand_in.files)

    @property
    def waits(self) -> bool:
        """Whether something is still to come from them today."""
        return self.signed_off < self.cases and not self.today

    @property
    def result(self) -> tuple[str, str]:
        """What became of their file, in words, and the colour of that."""
        last = self.hand_in
        if last is not None and last.left_out:
            return tr("Damaged: ask again"), "amber"
        if self.conflicts:
            said = tr_count("{count} conflict", "{count} conflicts", self.conflicts)
            return said, "amber"
        if last is None or self.waits:
            return tr("Waiting"), "grey"
        if last.refused:
            return tr("Merged in part"), "amber"
        return (tr("Merged"), "green") if last.new else (tr("Nothing new"), "grey")

    @property
    def new_answers(self) -> str:
        """How many answers their last hand-in brought; a dash while it is waited for."""
        last = self.hand_in
        return f"{last.answers:,}" if last and last.files and not self.waits else "–"


def rows(reading: Reading, now: datetime) -> tuple[MemberRow, ...]:
    """The assessors of the inspection, by name, as things stand at a moment."""
    document, inspection = reading.document, reading.contents.inspection
    today = now.astimezone().date()
    handed_in = hand_ins.last(document)
    conflicts = Counter(one.key.member for one in reading.contents.conflicts if one.key)
    cases: Counter[MemberId] = Counter()
    signed: Counter[MemberId] = Counter()
    for key, one in reading.assessments.items():
        cases[key.member] += 1
        signed[key.member] += one.assessment.signed_off
    return tuple(
        MemberRow(
            name=reading.contents.name_of(member),
            cases=cases[member],
            signed_off=signed[member],
            conflicts=conflicts[member],
            hand_in=handed_in.get(member),
            today=hand_ins.came_on(handed_in.get(member), today),
            pace=pace(cases[member], signed[member], inspection.starts, inspection.ends, today),
        )
        for member in sorted(cases, key=reading.contents.name_of)
    )


def columns(now: datetime) -> tuple[Column, ...]:
    """The columns of the team, as read at a moment."""
    today = now.astimezone().date()
    return (
        Column(tr("Person"), lambda row: row.name, bold=True, width=118),
        Column(
            tr("Last merged"),
            lambda row: moment(row.hand_in.at, today) if row.hand_in else "–",
            sort=lambda row: row.hand_in.at if row.hand_in else "",
            width=116,
        ),
        Column(
            tr("Signed off"),
            lambda row: tr("{count} of {all}", count=row.signed_off, all=row.cases),
            sort=lambda row: row.signed_off / row.cases,
            right=True,
            width=86,
        ),
        Column(
            tr("New answers"),
            lambda row: row.new_answers,
            sort=lambda row: row.hand_in.answers if row.hand_in else -1,
            right=True,
            width=108,
            spare=True,
        ),
        Column(tr("Result"), lambda row: row.result[0], tone=lambda row: row.result[1], width=0),
    )


def summary(reading: Reading, team: Sequence[MemberRow]) -> str:
    """How far the team is: what is signed off, and who has handed in today."""
    cases = sum(row.cases for row in team)
    if not cases:
        return tr("No case is allocated yet.")
    twice = len(reading.contents.cases) != cases
    signed = sum(row.signed_off for row in team)
    said = (
        tr_count(
            "{signed} of {count} assessment signed off.",
            "{signed} of {count} assessments signed off.",
            cases,
            signed=signed,
        )
        if twice
        else tr_count(
            "{signed} of {count} case signed off.",
            "{signed} of {count} cases signed off.",
            cases,
            signed=signed,
        )
    )
    return f"{said} {_came(team)}"


def _came(team: Sequence[MemberRow]) -> str:
    if not any(row.waits for row in team) and all(row.has_handed_in for row in team):
        return tr("Everybody has handed in.")
    return tr_count(
        "Merged today: what {today} of {count} person handed in.",
        "Merged today: what {today} of {count} people handed in.",
        len(team),
        today=sum(row.today for row in team),
    )


def pace_lines(team: Sequence[MemberRow]) -> tuple[tuple[str, bool], ...]:
    """Who has cases left, in words, and whether they are behind; those come first."""
    found = [(row.name, row.pace) for row in team if row.pace]
    return tuple(
        (_paced(name, one), one.behind)
        for name, one in sorted(found, key=lambda said: not said[1].behind)
    )


def _paced(name: str, one: Pace) -> str:
    if not one.days:
        return tr_count(
            "{name}: {count} case left, and the inspection has ended",
            "{name}: {count} cases left, and the inspection has ended",
            one.left,
            name=name,
        )
    days = tr_count("{count} day", "{count} days", one.days)
    if one.behind:
        return tr_count(
            "{name}: {count} case left, {days}: behind, {needed} a day needed",
            "{name}: {count} cases left, {days}: behind, {needed} a day needed",
            one.left,
            name=name,
            days=days,
            needed=one.needed,
        )
    return tr_count(
        "{name}: {count} case left, {days}: on pace",
        "{name}: {count} cases left, {days}: on pace",
        one.left,
        name=name,
        days=days,
    )


def file_columns(names: Mapping[FileResult, str]) -> tuple[Column, ...]:
    """The columns of the files of a merge: rows are its `FileResult`s."""
    return (
        Column(tr("File"), lambda one: names.get(one, one.path.name), bold=True, width=0),
        _number(tr("New"), lambda one: one.new, 60),
        _number(tr("Known"), lambda one: one.known, 68),
        _number(tr("Left out"), lambda one: one.refused, 78),
        Column(tr("Check code"), lambda one: one.fingerprint or "–", width=126),
    )


def file_names(files: Sequence[FileResult]) -> Mapping[FileResult, str]:
    """What each file of a merge is called: with its folder where the name alone is not enough."""
    often = Counter(one.path.name for one in files)
    return {
        one: f"{one.path.parent.name}/{one.path.name}" for one in files if often[one.path.name] > 1
    }


def _number(heading: str, number: Callable[[FileResult], int], width: int) -> Column:
    def said(one: FileResult) -> str:
        return "–" if one.status is Outcome.REFUSED else f"{number(one):,}"

    return Column(heading, said, sort=number, right=True, width=width)
