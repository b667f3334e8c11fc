"""The command for tables about the area."""

from pathlib import Path

import click

from hmip_desktop.cli.common import (
    FILE,
    as_json,
    opened,
    passphrase_option,
    print_json,
    print_rows,
)
from hmip_desktop.operations import area_tables as operations
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Reading


@click.command("area-tables")
@click.argument("lead", type=FILE)
@click.argument("files", metavar="[TABLES]...", nargs=-1, type=FILE)
@click.option("--remove", "titles", multiple=True, metavar="TITLE", help="Take a table out.")
@as_json
@passphrase_option
def area_tables(
    lead: Path,
    files: tuple[Path, ...],
    titles: tuple[str, ...],
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Add the tables about the area that are in TABLES (xlsx or csv), and list all.

    Each sheet of a workbook is a table. One with a title that is there already takes its place.
    They stand on the sheet Context of the consolidated workbook.
    """
    changes = bool(files or titles)
    with opened(lead, passphrase_file, write=changes) as document:
        require_lead(document)
        contents = Reading(document).contents
        books = [operations.read(path, contents) for path in files]
        ids = [operations.titled(contents, title) for title in titles]
        if changes:
            brought = [table for book in books for table in book.tables]
            operations.add(document, brought, without=ids)
        tables = tuple(Reading(document).contents.area_tables.values())
    for note in (note for book in books for note in book.notes):
        click.echo(note, err=True)
    if as_json:
        print_json(
            [
                {
                    "title": table.title,
                    "source": table.source,
                    "headings": list(table.headings),
                    "rows": [[str(value) for value in row] for row in table.rows],
                }
                for table in tables
            ]
        )
        return
    heads = ("Title", "Rows", "Columns", "Source")
    rows = [
        (table.title, str(len(table.rows)), str(len(table.headings)), table.source)
        for table in tables
    ]
    print_rows([heads, *rows] if rows else [("No tables about the area.",)])
