"""The rows and columns of the tables about the area, and of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from hmip_desktop.casefile.area import AreaTable, Number, Value
from hmip_desktop.casefile.records import Contents
from hmip_desktop.ids import AreaTableId
from hmip_desktop.language import tr
from ui.models.table import Column

_NARROWEST, _WIDEST, _LETTER, _BOLD, _BESIDE = 70, 320, 7, 8, 32


@dataclass(frozen=True)
class AreaRow:
    """One table about the area."""

    id: AreaTableId
    table: AreaTable


def area_rows(contents: Contents) -> tuple[AreaRow, ...]:
    """The tables in their order."""
    return tuple(AreaRow(id_, table) for id_, table in contents.area_tables.items())


def area_columns() -> tuple[Column, ...]:
    """What the tables are called, how large they are, and where they come from."""
    return (
        Column(tr("Table"), lambda row: row.table.title, bold=True, width=0),
        Column(tr("Rows"), lambda row: str(len(row.table.rows)), right=True, width=60),
        Column(tr("Columns"), lambda row: str(len(row.table.headings)), right=True, width=80),
        Column(tr("Source"), lambda row: row.table.source or "–", width=0, spare=True),
    )


def value_columns(table: AreaTable) -> tuple[Column, ...]:
    """The columns of one table; numbers stand at the right."""
    return tuple(_column(table, at, heading) for at, heading in enumerate(table.headings))


def _column(table: AreaTable, at: int, heading: str) -> Column:
    values = [row[at] for row in table.rows]
    return Column(
        heading,
        lambda row: str(row[at]),
        right=_are_numbers(values),
        bold=at == 0,
        width=_width(heading, [str(value) for value in values]),
    )


def _are_numbers(values: Sequence[Value]) -> bool:
    return sum(isinstance(value, Number) for value in values) * 2 > len(values)


def _width(heading: str, texts: Sequence[str]) -> int:
    """A width for texts at 100%: a long one is cut, and its tip says all of it."""
    longest = max([len(heading) * _BOLD, *(len(text) * _LETTER for text in texts)])
    return min(_WIDEST, max(_NARROWEST, longest + _BESIDE))
