"""A plain table for the program's own use: the first row with anything in it is its headings."""

from collections.abc import Mapping
from pathlib import Path

from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.sample_sheet.files import read_book
from hmip_desktop.sample_sheet.sheet import Cell, Flaw, tidy

Rows = tuple[tuple[int, Mapping[str, str]], ...]


def read_table(path: Path) -> tuple[tuple[str, ...], Rows]:
    """The first sheet: its headings in small letters, and its rows by heading with Excel's numbers.

    Raises:
        Refused: SHEET_UNREADABLE.
    """
    (_, head), *lines = read_book(path)[0].lines
    names = tuple(tidy(cell.text) for cell in head)
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        sentence = tr(
            "{file} has two columns that both mean {field}; keep one of them.",
            file=path.name,
            field=twice[0],
        )
        raise Refused(Code.SHEET_UNREADABLE, sentence)
    return names, tuple((number, _row(path, number, names, cells)) for number, cells in lines)


def _row(
    path: Path, number: int, names: tuple[str, ...], cells: tuple[Cell, ...]
) -> Mapping[str, str]:
    if any(cells[len(names) :]):
        sentence = tr(
            "{file} has more cells than headings in row {row}.", file=path.name, row=number
        )
        raise Refused(Code.SHEET_UNREADABLE, sentence)
    for column, cell in enumerate(cells, start=1):
        if cell.flaw is Flaw.UNCALCULATED:
            sentence = tr(
                "{file} has a formula without a result in row {row}, column {column}. "
                "Open it in Excel, save it, and use it again.",
                file=path.name,
                row=number,
                column=column,
            )
            raise Refused(Code.SHEET_UNREADABLE, sentence)
    blank = dict.fromkeys(names, "")
    return {**blank, **{n: cell.text.strip() for n, cell in zip(names, cells, strict=False)}}
