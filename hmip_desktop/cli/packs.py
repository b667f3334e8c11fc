"""Commands about packs: signed versions of the program or of a form, carried on a stick."""

from pathlib import Path

import click

from hmip_desktop.casefile.passphrase import chosen
from hmip_desktop.cli.common import (
    FILE,
    as_json,
    passphrase_option,
    passphrase_words,
    print_json,
    print_rows,
    progress_bar,
)
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import in_use
from hmip_desktop.operations import packing, updating
from hmip_desktop.operations.updating import CaseFiles, Change
from hmip_desktop.updating.manifest import Kind
from hmip_desktop.updating.pack import Pack

_CASE_FILES = {
    CaseFiles.SAME: "Case files stay as they are.",
    CaseFiles.NEWER_FORMAT: "Case files are brought to a newer format when they are opened next; "
    "a dated copy of each is kept first.",
    CaseFiles.NOT_ALL_OPEN: "That version cannot open case files that this one has opened; "
    "their dated copies from before can be opened.",
    CaseFiles.UNKNOWN: "That version may not open case files that this one has opened; "
    "their dated copies from before can be opened.",
}


@click.group()
def pack() -> None:
    """Make and look at packs, by which versions are carried on a stick."""


@pack.command("key")
@click.argument("private", metavar="PRIVATE.pem", type=FILE)
@click.option("--name", required=True, help="The publisher, as users shall read it.")
@passphrase_option
def pack_key(private: Path, name: str, passphrase_file: Path | None) -> None:
    """Make a key to sign packs with; print its public line for resources/publishers."""
    words = _words(passphrase_file, new=True)
    made = packing.new_key(private, words, name)
    click.echo(made.line)
    click.echo(f"Fingerprint: {made.fingerprint}", err=True)


@pack.command("make")
@click.argument("out", metavar="OUT.hmip-pack", type=FILE)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--key", required=True, metavar="PRIVATE.pem", type=FILE, help="Signs the pack.")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in Kind]))
@click.option("--version", required=True, help="The version that the pack holds.")
@click.option("--says", required=True, multiple=True, help="What is new: a sentence each time.")
@click.option("--says-cy", multiple=True, help="The same in Welsh.")
@passphrase_option
def pack_make(
    out: Path,
    files: tuple[Path, ...],
    key: Path,
    kind: str,
    version: str,
    says: tuple[str, ...],
    says_cy: tuple[str, ...],
    passphrase_file: Path | None,
) -> None:
    """Make a signed pack of installers, or of one form."""
    wanted = packing.Wanted(Kind(kind), version, says, says_cy, files)
    packing.make(out, key, _words(passphrase_file, new=False), wanted)
    click.echo(str(out))


@pack.command("show")
@click.argument("file", metavar="PACK", type=FILE)
@as_json
def pack_show(file: Path, as_json: bool) -> None:
    """Verify a pack, and say who signed it and what it holds."""
    with progress_bar() as progress:
        found = updating.look_at(file, progress)
    if as_json:
        print_json(_json(found))
        return
    _print(found)


@click.command()
@click.argument("file", metavar="[PACK]", required=False, type=FILE)
@click.option("--back", is_flag=True, help="Go back to the other version that is kept.")
@click.option("--dry-run", is_flag=True, help="Say what would change and change nothing.")
def update(file: Path | None, back: bool, dry_run: bool) -> None:
    """Put the program in a pack in the place of this one; nothing comes over a network."""
    if back == (file is not None):
        raise click.UsageError("Give a PACK, or --back.")
    if file is not None:
        _take(file, dry_run=dry_run)
    else:
        _go_back(dry_run=dry_run)


def _take(file: Path, *, dry_run: bool) -> None:
    with progress_bar() as progress:
        found = updating.look_at(file, progress)
        offer = updating.offered(found)
        if not dry_run:
            offer.prepare(progress)
    _print(found)
    _print_change(offer)
    if not dry_run:
        offer.program.take(reopen=False)


def _go_back(*, dry_run: bool) -> None:
    program = updating.program()
    change = updating.other_kept()
    if change is None:
        program.go_back(reopen=False)  # which says that there is none
        return
    _print_change(change)
    if not dry_run:
        program.go_back(reopen=False)


def _print_change(change: Change) -> None:
    click.echo(f"Program: {change.before} > {change.version}")
    click.echo(_CASE_FILES[change.case_files])


def _print(found: Pack) -> None:
    said = found.manifest
    rows: list[tuple[str, ...]] = [
        ("Publisher", found.publisher.name),
        ("Fingerprint", found.publisher.fingerprint),
        ("Holds", f"{said.kind.value} {said.version}"),
        ("Made", said.made),
        *(("File", f"{file.name} ({file.platform}, {file.size} bytes)") for file in said.files),
        *(("New", sentence) for sentence in said.news_in(in_use())),
    ]
    print_rows(rows)


def _json(found: Pack) -> dict[str, object]:
    said = found.manifest
    return {
        "publisher": found.publisher.name,
        "fingerprint": found.publisher.fingerprint,
        "kind": said.kind.value,
        "version": said.version,
        "made": said.made,
        "news": {"en": list(said.news), "cy": list(said.news_cy)},
        "files": [vars(file) for file in said.files],
        "case_file_format": list(said.case_file_format),
    }


def _words(file: Path | None, *, new: bool) -> str:
    words = passphrase_words(file, new=new)
    if not words:
        raise Refused(Code.PASSPHRASE_MISSING, "A passphrase is needed for the key.")
    if new:
        chosen(words)
    return words
