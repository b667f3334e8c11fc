"""The commands for the day on which a stick breaks."""

from dataclasses import asdict
from pathlib import Path

import click

from hmip_desktop.cli.common import (
    FILE,
    as_json,
    passphrase,
    passphrase_option,
    print_json,
    print_rows,
    progress_bar,
)
from hmip_desktop.clock import shown, stamp
from hmip_desktop.operations import copies as dated_copies
from hmip_desktop.operations import salvage as operation
from hmip_desktop.operations.salvage import Salvaged


@click.command()
@click.argument("file", type=FILE)
@click.argument("out", metavar="OUT.hmip", type=FILE)
@click.option(
    "--like",
    type=FILE,
    default=None,
    help="Another file of the inspection, for what FILE has lost: best an older copy of FILE, "
    "such as the newest dated copy that `hmip copies FILE` lists.",
)
@as_json
@passphrase_option
def salvage(
    file: Path, out: Path, like: Path | None, as_json: bool, passphrase_file: Path | None
) -> None:
    """Get whatever is certainly right out of a damaged FILE into a new case file.

    FILE is not changed. Every entry that fits its own fingerprint is recovered.
    """
    words = passphrase(passphrase_file)
    with progress_bar() as progress:
        done = operation.salvage_file(file, out, words, like=like, progress=progress)
    if as_json:
        print_json({**asdict(done), "out": str(done.out), "left_out": done.left_out})
        return
    print_rows(_rows(done))
    click.echo(f"{done.recovered} entries recovered into {done.out}.")
    if done.named_by_other:
        click.echo("Whose file it is was taken from the file named with --like.", err=True)
    if done.without_session:
        click.echo("An older copy, named with --like, may bring more sessions back.", err=True)
    if not done.forms:
        click.echo("The form is lost: merge the new file into one that has it.", err=True)


@click.command()
@click.argument("file", type=FILE)
@as_json
def copies(file: Path, as_json: bool) -> None:
    """List the dated copies of FILE, newest first, even if FILE is damaged or gone.

    Where none was kept of FILE in its place, those of files of the same name elsewhere.
    """
    found = dated_copies.of(file)
    if as_json:
        rows = [{"path": str(one.path), "at": stamp(one.at), "size": one.size} for one in found]
        print_json(rows)
        return
    print_rows([(shown(stamp(one.at)), f"{one.size} bytes", str(one.path)) for one in found])
    if not found:
        click.echo(f"There is no dated copy of {file.name} on this computer.")


def _rows(done: Salvaged) -> list[tuple[str, ...]]:
    return [
        ("pages", str(done.pages)),
        ("pages lost", str(done.lost_pages)),
        ("sessions", str(done.sessions)),
        ("forms", str(done.forms)),
        ("entries recovered", str(done.recovered)),
        ("entries left out: unreadable", str(done.unreadable)),
        ("entries left out: do not fit", str(done.unfit)),
        ("entries left out: their session is lost", str(done.without_session)),
        ("predecessors missing", str(done.missing_predecessors)),
        ("conflicts open", str(done.conflicts)),
    ]
