"""Setting an inspection up in one go: from form, sample and team to the lead's case file."""

from dataclasses import dataclass
from pathlib import Path

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import Role, TeamMember
from hmip_desktop.clock import SYSTEM_CLOCK, Clock
from hmip_desktop.form import xlsform
from hmip_desktop.ids import MemberId, fresh
from hmip_desktop.operations import adding, inspection
from hmip_desktop.operations.inspection import Details
from hmip_desktop.sample_sheet import (
    SamplePreview,
    TeamPreview,
    TeamRow,
    preview_sample,
    preview_team,
)


@dataclass(frozen=True)
class Plan:
    """What a new inspection is made of; a sample or team may have been looked at and mended."""

    title: str
    area: str
    form: Path
    sample: Path | SamplePreview
    team: Path | TeamPreview
    starts: str = ""
    ends: str = ""
    caseload: int | None = None


@dataclass(frozen=True)
class SetUp:
    """What a new inspection came to, in numbers; `notes` say how the tables were read."""

    cases: int
    assessors: int
    questions: int
    notes: tuple[str, ...] = ()


def new_inspection(
    path: Path, passphrase: Passphrase, plan: Plan, *, clock: Clock = SYSTEM_CLOCK
) -> SetUp:
    """Make the lead's case file.

    Raises:
        Refused: for the form, the sample, the team, the dates or the place; nothing is left.
    """
    details = Details(plan.title, plan.area, plan.starts, plan.ends, plan.caseload).checked()
    source = xlsform.load(plan.form)
    sample_table = preview_sample(plan.sample) if isinstance(plan.sample, Path) else plan.sample
    team_table = preview_team(plan.team) if isinstance(plan.team, Path) else plan.team
    sample, team = sample_table.cases(), team_table.people()
    if details.caseload is not None:
        inspection.require_caseload(details.caseload, len(sample))
    document = inspection.begin(path, passphrase, details, source, _lead(team), clock=clock)
    try:
        with document:
            adding.add_people(document, team)
            adding.add_cases(document, sample)
            questions = len(inspection.form_of(document).answerable)
    except BaseException:
        document.path.unlink(missing_ok=True)
        raise
    assessors = sum(row.role.assesses for row in team)
    notes = (*sample_table.notes, *team_table.notes)
    return SetUp(len(sample), assessors, questions, notes)


def _lead(team: tuple[TeamRow, ...]) -> TeamMember:
    """Whose file the lead's is: the lead's, else the deputy's, else the first in the list."""
    by_role = {row.role: row for row in reversed(team)}
    row = by_role.get(Role.LEAD) or by_role.get(Role.DEPUTY) or team[0]
    return TeamMember(MemberId(fresh()), row.name, row.role, row.office)
