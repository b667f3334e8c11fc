"""Commands that set an inspection up."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from hmip_desktop.allocation import FULL_SHARE, Warned
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import Contents
from hmip_desktop.cli.common import (
    FILE,
    PASSPHRASE_VARIABLE,
    as_json,
    opened,
    passphrase,
    passphrase_option,
    print_json,
    print_rows,
    progress_bar,
)
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr_count
from hmip_desktop.operations import allocating, handing_out, moving, set_up
from hmip_desktop.operations import demo as demonstration
from hmip_desktop.operations.moving import Moved
from hmip_desktop.operations.reading import Reading
from hmip_desktop.scoring import shown


@click.command()
@click.argument("lead", type=FILE)
@click.option("--title", required=True, help="Such as 'Merseyside 2013'.")
@click.option("--area", required=True, help="The area inspected.")
@click.option("--form", "forms", required=True, multiple=True, type=FILE, help="An XLSForm.")
@click.option("--sample", required=True, type=FILE, help="One row a case (xlsx or csv).")
@click.option("--team", required=True, type=FILE, help="Columns name and role (xlsx or csv).")
@click.option("--starts", default="", help="First day, as 2013-05-13.")
@click.option("--ends", default="", help="Last day.")
@click.option("--caseload", type=int, help="How many cases the sample stands for.")
@passphrase_option
def new(
    lead: Path,
    title: str,
    area: str,
    forms: tuple[Path, ...],
    sample: Path,
    team: Path,
    starts: str,
    ends: str,
    caseload: int | None,
    passphrase_file: Path | None,
) -> None:
    """Make an inspection from a form, a sample and a team."""
    if len(forms) > 1:
        sentence = "An inspection takes one form for now: the case assessment."
        raise Refused(Code.FORM_UNUSABLE, sentence)
    plan = set_up.Plan(title, area, forms[0], sample, team, starts, ends, caseload)
    made = set_up.new_inspection(lead, passphrase(passphrase_file, new=True), plan)
    for note in made.notes:
        click.echo(note, err=True)
    click.echo(
        f"{title}: {made.cases} cases, {made.assessors} assessors, {made.questions} questions."
    )


@click.command()
@click.argument("lead", type=FILE)
@click.option("--second", default=0, help="How many cases get a second assessor.")
@click.option("--seed", default=0, help="Makes the same choice again.")
@click.option(
    "--local-share",
    default=FULL_SHARE,
    show_default=True,
    metavar="PERCENT",
    help="How many cases a local assessor takes, in percent of an inspector's.",
)
@click.option("--dry-run", is_flag=True, help="Show the allocation and change nothing.")
@as_json
@passphrase_option
def allocate(
    lead: Path,
    second: int,
    seed: int,
    local_share: int,
    dry_run: bool,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Share the cases out; those already allocated stay where they are.

    Fair by number, type of case and RoSH. A local assessor gets no case of their own office
    where the team list has a column office (or ldu) and the sample a column ldu.
    """
    with opened(lead, passphrase_file, write=not dry_run) as document:
        found = allocating.planned(document, second=second, seed=seed, local_share=local_share)
        if not dry_run:
            allocating.apply(document, found)
    if as_json:
        print_json(
            {
                "assessors": [
                    {
                        "assessor": load.assessor.name,
                        "role": load.assessor.role,
                        "first": load.first,
                        "second": load.second,
                        "case_types": dict(load.case_types),
                        "rosh": dict(load.rosh),
                    }
                    for load in found.loads
                ],
                "warnings": _warnings_json(found.warnings),
            }
        )
        return
    print_rows(
        [
            ("Assessor", "First", "Second"),
            *((load.assessor.name, str(load.first), str(load.second)) for load in found.loads),
        ]
    )
    for warned in found.warnings:
        click.echo(warned.sentence, err=True)


@click.command()
@click.argument("lead", type=FILE)
@click.argument("case")
@click.argument("to")
@click.option("--second", is_flag=True, help="Move the second assessment, not the first.")
@as_json
@passphrase_option
def move(
    lead: Path, case: str, to: str, second: bool, as_json: bool, passphrase_file: Path | None
) -> None:
    """Give CASE to somebody else; TO is a name, or `nobody`.

    What was answered stays with who answered it, and counts again if the case comes back.
    """
    with opened(lead, passphrase_file, write=True) as document:
        moved = moving.move(Reading(document), case, to, second=second)
        contents = Reading(document).contents
    _print_moved(moved, contents, as_json=as_json)


@click.command()
@click.argument("lead", type=FILE)
@click.argument("case")
@click.argument("other", required=False)
@click.option("--second", is_flag=True, help="Swap the second assessors of two cases.")
@as_json
@passphrase_option
def swap(
    lead: Path,
    case: str,
    other: str | None,
    second: bool,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Let the assessors of CASE and OTHER change places; without OTHER, the two of CASE."""
    with opened(lead, passphrase_file, write=True) as document:
        moved = moving.swap(Reading(document), case, other, second=second)
        contents = Reading(document).contents
    _print_moved(moved, contents, as_json=as_json)


def _print_moved(moved: Moved, contents: Contents, *, as_json: bool) -> None:
    if not as_json:
        for sentence in moved.sentences:
            click.echo(sentence)
        return
    print_json(
        {
            "moved": [
                {
                    "case": turn.reference,
                    "order": turn.order.value,
                    "was": turn.was and contents.name_of(turn.was),
                    "now": turn.now and contents.name_of(turn.now),
                    "left": turn.left and turn.left.__dict__,
                    "found": turn.found and turn.found.__dict__,
                }
                for turn in moved.turns
            ],
            "fresh_files_for": list(moved.people),
            "warnings": _warnings_json(moved.warnings),
        }
    )


def _warnings_json(warnings: Iterable[Warned]) -> list[dict[str, object]]:
    return [
        {
            "rule": one.rule.value,
            "about": one.about,
            "count": one.count,
            "cases": list(one.references),
            "sentence": one.sentence,
        }
        for one in warnings
    ]


@click.command("hand-out")
@click.argument("lead", type=FILE)
@click.argument("folder", metavar="DIR", type=FILE)
@click.option("--for", "names", multiple=True, help="Only for this person, such as after a loss.")
@passphrase_option
def hand_out(
    lead: Path, folder: Path, names: tuple[str, ...], passphrase_file: Path | None
) -> None:
    """Make a case file for each assessor in DIR; for somebody named, say what to do again."""
    with (
        opened(lead, passphrase_file, write=True) as document,
        progress_bar() as progress,
    ):
        made = handing_out.hand_out(document, folder, only=names, progress=progress)
        reading = Reading(document)
        again = [one for name in names for one in handing_out.to_do_again(reading, name)]
        nobodys = allocating.without_assessor(reading.contents)
    for one in made:
        cases = tr_count("{count} case", "{count} cases", one.cases)
        click.echo(f"{one.path}: {cases}")
    for case in again:
        click.echo(case.sentence)
    if nobodys and not names:
        said = tr_count(
            "{count} case has no assessor: {cases}.",
            "{count} cases have no assessor: {cases}.",
            len(nobodys),
            cases=", ".join(nobodys),
        )
        click.echo(said, err=True)


@click.command()
@click.argument("folder", metavar="DIR", type=FILE)
@passphrase_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
def demo(folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Make the Merseyside inspection in DIR, from sample to workbook, with made answers."""
    given = passphrase_file or PASSPHRASE_VARIABLE in os.environ
    words = passphrase(passphrase_file, new=True) if given else Passphrase(demonstration.PASSPHRASE)
    with progress_bar() as progress:
        made = demonstration.make(folder, words, progress=progress)
    sections = made.scored.scores.sections
    if as_json:
        print_json(
            {
                "lead": str(made.lead),
                "passphrase": None if given else demonstration.PASSPHRASE,
                "case_files": [str(path) for path in made.files],
                "workbook": str(made.workbook),
                "entries": made.entries,
                "assessments": made.scored.assessments,
                "sections": [
                    {"id": s.id, "label": s.label, "score": s.score and float(s.score)}
                    for s in sections
                ],
            }
        )
        return
    click.echo(f"{made.scored.assessments} cases, {len(made.files)} assessors, all merged.")
    print_rows([(s.id, s.label, shown(s.score)) for s in sections])
    click.echo(f"Lead's case file:      {made.lead}")
    click.echo(f"Assessors' case files: {made.files[0].parent}")
    click.echo(f"Workbook of scores:    {made.workbook}")
    if not given:
        click.echo(f"Passphrase:            {demonstration.PASSPHRASE}")
