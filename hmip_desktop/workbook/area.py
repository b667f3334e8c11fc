"""The lower part of the Context sheet: tables about the area, and the sample beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from hmip_desktop.casefile.area import AreaTable, Number
from hmip_desktop.workbook.answers import HIDDEN
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.context import MakeUp, below, make_up
from hmip_desktop.workbook.layout import Column, Sheet, Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.suppression import NOTHING, hidden

_TOLD = "As the lead brought them: these figures are not computed from answers."
_NOT_HIDDEN = "Small numbers in them are not hidden: look at them before passing this copy on."
_BESIDE = "The last two columns are the sample of this inspection, by {field}."
_FIRST_WIDTH, _NARROWEST, _WIDEST = 40, 10, 24
_LEAST_ALIKE = 2
_ON_A_PAGE, _AROUND = 32, 5  # lines of a printed page; those of a table beside its rows


@dataclass(frozen=True)
class _Beside:
    """The part of the make-up of the sample that the rows of a table name; by row of the table."""

    made_up: MakeUp
    rows: Mapping[int, int]


def write_area(page: Page, book: Book) -> None:
    """One table below the other, each with its title and source."""
    if not book.area_tables:
        return
    top = below(book) + 1
    page.break_before(top)
    page.text(top, 0, "About the area", "block")
    page.text(top + 1, 0, _TOLD, "said")
    if book.least:
        page.text(top + 2, 0, _NOT_HIDDEN, "said")
    row, parts = top + 4, make_up(book)
    for table in book.area_tables:
        if row > top + 4 and row + len(table.rows) + _AROUND > top + _ON_A_PAGE:
            page.break_before(row)
            top = row
        row = _write_table(page, book, table, _beside(table, parts), row) + 2


def _write_table(page: Page, book: Book, table: AreaTable, beside: _Beside | None, top: int) -> int:
    """Write a table with its title above and its source below; the row after it."""
    page.text(top, 0, table.title, "label")
    place = Table(Sheet.CONTEXT, _columns(table, beside), len(table.rows), top + 1)
    page.headings(place)
    page.height(place.head, *((column.heading, column.width) for column in place.columns))
    for index, row in enumerate(table.rows):
        at = place.row(index)
        for column, value in enumerate(row):
            if isinstance(value, Number):
                page.number(at, column, value.value, "figure", value.form)
            else:
                page.text(at, column, value)
        widths = (column.width for column in place.columns)
        page.height(at, *zip(map(str, row), widths, strict=False))
    after = place.head + 1 + len(table.rows)
    if beside:
        _write_beside(page, book, place, beside)
        page.text(after, 0, _BESIDE.format(field=beside.made_up.heading), "said")
        after += 1
    if table.source:
        page.text(after, 0, table.source, "said")
        after += 1
    return after


def _columns(table: AreaTable, beside: _Beside | None) -> tuple[Column, ...]:
    own = tuple(
        Column(str(at), heading, _FIRST_WIDTH if at == 0 else _width(table, at))
        for at, heading in enumerate(table.headings)
    )
    if beside is None:
        return own
    return (
        *own,
        Column("cases", "Cases in the sample", 10),
        Column("share", "Share of the sample", 10),
    )


def _width(table: AreaTable, at: int) -> float:
    """A width in which the values of a column can be read, within reason."""
    words = (word for word in table.headings[at].split())
    longest = max((len(str(row[at])) for row in table.rows), default=0)
    return float(min(_WIDEST, max(_NARROWEST, longest + 2, *(len(word) + 2 for word in words), 0)))


def _beside(table: AreaTable, parts: tuple[MakeUp, ...]) -> _Beside | None:
    """The field of the sample whose values the first column names, if there is one."""
    names = [str(row[0]).strip().casefold() for row in table.rows]
    found = []
    for one in parts:
        places = {value.strip().casefold(): at for at, (value, _) in enumerate(one.counts)}
        rows = {at: places[name] for at, name in enumerate(names) if name in places}
        if len(set(rows.values())) == len(rows) >= _LEAST_ALIKE:
            found.append(_Beside(one, rows))
    return max(found, key=lambda one: len(one.rows), default=None)


def _write_beside(page: Page, book: Book, place: Table, beside: _Beside) -> None:
    """The cases of the sample beside each row that they belong to, out of the make-up above."""
    counts = [count for _, count in beside.made_up.counts]
    unseen = hidden(counts, book.least) if book.least else NOTHING
    for index in range(place.rows):
        found = beside.rows.get(index)
        for key, style in (("cases", "number"), ("share", "percent")):
            at, column = place.row(index), place.column(key)
            if found is None:
                page.text(at, column, "", "hidden")
            elif found in unseen:
                page.text(at, column, HIDDEN, "hidden")
            else:
                value = counts[found] if key == "cases" else counts[found] / sum(counts)
                page.formula(at, column, f"={beside.made_up.table.cell(key, found)}", value, style)
