"""What commands share: the passphrase, opening a case file, progress, and JSON."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase, chosen
from hmip_desktop.cli.asking import can_ask
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.progress import Progress, silent

PASSPHRASE_VARIABLE = "HMIP_PASSPHRASE"  # noqa: S105 a name, not a secret
Command = TypeVar("Command", bound=Callable[..., Any])
FILE = click.Path(path_type=Path)

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


def passphrase_option(command: Command) -> Command:
    """Give a command `--passphrase-file`."""
    option = click.option(
        "--passphrase-file",
        type=FILE,
        help="A file whose first line is the passphrase.",
    )
    return option(command)


def passphrase(file: Path | None, *, new: bool = False) -> Passphrase:
    """The passphrase from the environment, from a file, or asked for without echo.

    Raises:
        Refused: PASSPHRASE_MISSING, PASSPHRASE_WEAK (for a new inspection).
    """
    text = passphrase_words(file, new=new)
    return chosen(text) if new and text else Passphrase(text)


def passphrase_words(file: Path | None, *, new: bool = False) -> str:
    """The same in words, for what is no case file; empty when nobody said one.

    Raises:
        Refused: PASSPHRASE_MISSING.
    """
    if file is not None:
        return _first_line(file)
    if PASSPHRASE_VARIABLE in os.environ:
        return os.environ[PASSPHRASE_VARIABLE]
    if can_ask():
        prompted = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
        return str(prompted)
    return ""


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        sentence = f"The passphrase cannot be read from {file.name}."
        raise Refused(Code.PASSPHRASE_MISSING, sentence) from error


@contextlib.contextmanager
def opened(path: Path, passphrase_file: Path | None, *, write: bool) -> Iterator[Document]:
    """An open case file; closed again whatever happens."""
    with open_case_file(path, passphrase(passphrase_file), write=write) as document:
        yield document


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on standard error when that is a terminal; silence otherwise."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console  # noqa: PLC0415 slow to load, and only for a terminal
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, doing: str) -> None:
            bar.update(task, completed=done, total=total, description=doing)

        yield show


def print_json(value: object) -> None:
    """One JSON value on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_rows(rows: list[tuple[str, ...]]) -> None:
    """Rows in columns, as wide as their widest cell."""
    if not rows:
        return
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
