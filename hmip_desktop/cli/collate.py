"""Commands that bring the team's case files together."""

from collections.abc import Iterable
from pathlib import Path

import click

from hmip_desktop.casefile.records import Conflict, Contents, Order
from hmip_desktop.cli.common import (
    FILE,
    as_json,
    opened,
    passphrase_option,
    print_json,
    print_rows,
    progress_bar,
)
from hmip_desktop.cli.ending import IN_PART, REFUSED
from hmip_desktop.clock import shown
from hmip_desktop.form.model import number_of
from hmip_desktop.ids import Json, MemberId
from hmip_desktop.language import tr_count
from hmip_desktop.operations import collate, hand_ins
from hmip_desktop.operations.collate import FileResult, Outcome
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Reading


@click.command()
@click.argument("lead", type=FILE)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@as_json
@passphrase_option
def merge(lead: Path, files: tuple[Path, ...], as_json: bool, passphrase_file: Path | None) -> int:
    """Take in everything that is new in other case files."""
    with (
        opened(lead, passphrase_file, write=True) as document,
        progress_bar() as progress,
    ):
        merged = hand_ins.receive(document, files, progress=progress)
        conflicts = conflict_rows(Reading(document).contents, merged.conflicts)
    if as_json:
        print_json({"files": [_file_row(one) for one in merged.files], "conflicts": conflicts})
    else:
        for one in merged.files:
            counts = f"{one.new} new, {one.known} known, {one.refused} refused"
            click.echo(f"{one.path.name}: {one.status}, {counts}")
        click.echo(tr_count("{count} open conflict", "{count} open conflicts", len(conflicts)))
    for one in merged.files:
        if one.why:
            click.echo(one.why, err=True)
    if all(one.status is Outcome.REFUSED for one in merged.files):
        return REFUSED
    return IN_PART if merged.in_part else 0


def _file_row(one: FileResult) -> dict[str, object]:
    return {
        "path": str(one.path),
        "status": one.status.value,
        "new": one.new,
        "known": one.known,
        "refused": one.refused,
        "why": one.why,
        "code": one.code.value if one.code else None,
    }


def conflict_rows(contents: Contents, conflicts: Iterable[Conflict]) -> list[dict[str, object]]:
    """Conflicts as JSON: where each stands, and its sides."""
    return [
        {
            "id": one.id,
            "case": _reference(contents, one),
            "assessor": contents.name_of(one.key.member) if one.key else None,
            "question": one.question,
            "field": one.field.name,
            "sides": [
                {
                    "entry": side.id,
                    "value": _words(contents, one, side.value),
                    "author": contents.name_of(side.author),
                    "at": side.at,
                }
                for side in one.sides
            ],
        }
        for one in conflicts
    ]


def _reference(contents: Contents, one: Conflict) -> str | None:
    case = contents.cases.get(one.case) if one.case else None
    return case.reference if case else None


def _words(contents: Contents, one: Conflict, value: Json) -> Json:
    """A side's value; the name of the person where two allocations contradict each other."""
    is_person = one.key is None and one.field.name in set(Order)
    return contents.name_of(MemberId(str(value))) if is_person else value


@click.command()
@click.argument("lead", type=FILE)
@as_json
@passphrase_option
def conflicts(lead: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List the conflicts that nobody has settled."""
    with opened(lead, passphrase_file, write=False) as document:
        contents = Reading(document).contents
    if as_json:
        print_json(conflict_rows(contents, contents.conflicts))
        return
    for one in contents.conflicts:
        case = _reference(contents, one) or "Inspection"
        click.echo(
            f"{one.id}  {case}  {one.field.name.partition('/')[0]} {number_of(one.question)}"
        )
        print_rows(
            [
                (
                    "",
                    side.id[:12],
                    contents.name_of(side.author),
                    shown(side.at),
                    str(_words(contents, one, side.value)),
                )
                for side in one.sides
            ]
        )
    if not contents.conflicts:
        click.echo("No conflicts.")


@click.command()
@click.argument("lead", type=FILE)
@click.argument("conflict")
@click.option("--keep", required=True, help="The entry to keep, by the beginning of its id.")
@click.option("--why", required=True, help="The reason, kept with the answer.")
@passphrase_option
def settle(lead: Path, conflict: str, keep: str, why: str, passphrase_file: Path | None) -> None:
    """Choose one side of a conflict."""
    with opened(lead, passphrase_file, write=True) as document:
        require_lead(document)
        collate.settle(document, conflict, keep, why)
    click.echo(f"Settled: {conflict}.")
