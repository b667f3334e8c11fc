"""The Context sheet: the make-up of the sample, field by field."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.answers import HIDDEN
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.grouping import heading_of
from hmip_desktop.workbook.layout import HEAD, Column, Layout, Sheet, Table, field_key
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.suppression import NOTHING, hidden

_FIRST = "first"
CHART_LINES = 14
_ON_A_PAGE = 2


@dataclass(frozen=True)
class MakeUp:
    """One field: how many cases of the sample have each of its values."""

    field: str
    counts: tuple[tuple[str, int], ...]
    table: Table

    @property
    def heading(self) -> str:
        """The field as people say it."""
        return heading_of(self.field)


def make_up(book: Book) -> tuple[MakeUp, ...]:
    """The fields with few enough values to be read, those that cases are grouped by first."""
    found, row = [], HEAD
    for name in book.countable:
        counts = _counts(book, name)
        columns = (
            Column("value", heading_of(name), 40),
            Column("cases", "Cases", 10),
            Column("share", "Share", 10),
        )
        table = Table(Sheet.CONTEXT, columns, len(counts), row)
        found.append(MakeUp(name, counts, table))
        row += _lines(counts)
    return tuple(found)


def below(book: Book) -> int:
    """The first row below the make-up of the sample and its charts."""
    return max((_end(one) for one in make_up(book)), default=HEAD)


def _end(one: MakeUp) -> int:
    return one.table.head + _lines(one.counts)


def _lines(counts: Sequence[tuple[str, int]]) -> int:
    """How many rows a table takes, or the chart beside it."""
    return max(len(counts) + 4, CHART_LINES + 1)


def _counts(book: Book, name: str) -> tuple[tuple[str, int], ...]:
    counts = Counter(book.value_of(row, name) for row in book.assessments if row.order == _FIRST)
    return tuple((value, counts[value]) for value in book.values[name].values() if counts[value])


def _cases(book: Book) -> int:
    return sum(row.order == _FIRST for row in book.assessments)


def write_context(page: Page, book: Book, places: Layout) -> None:
    """One small table for each field; the shares are of all cases of the sample."""
    first = f"{places.answers.span('order')},{formulas.quoted(_FIRST)}"
    every = f"COUNTIFS({first})"
    cases = _cases(book)
    for number, one in enumerate(make_up(book)):
        page.headings(one.table)
        if number and number % _ON_A_PAGE == 0:
            page.break_before(one.table.head)
        counts = [count for _, count in one.counts]
        unseen = hidden(counts, book.least) if book.least else NOTHING
        span = places.answers.span(field_key(one.field))
        for index, (value, count) in enumerate(one.counts):
            row = one.table.row(index)
            page.text(row, 0, value)
            if index in unseen:
                page.text(row, 1, HIDDEN, "hidden")
                page.text(row, 2, HIDDEN, "hidden")
                continue
            own = f"COUNTIFS({span},{formulas.quoted(formulas.literal(value))},{first})"
            page.formula(row, 1, f"={own}", count)
            part = formulas.part_of(one.table.cell("cases", index), every)
            page.formula(row, 2, part, count / cases if cases else "", "percent")
        page.bars(one.table, ("share",))
