"""Scores in a table: a line for each section or criterion, the inspections beside each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop.pooling import Share, Verdict
from hmip_desktop.scoring import mean
from hmip_desktop.workbook.aggregate import formulas as beside
from hmip_desktop.workbook.aggregate.book import Together
from hmip_desktop.workbook.aggregate.layout import ALL, key
from hmip_desktop.workbook.answers import HIDDEN
from hmip_desktop.workbook.layout import Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import value

Whose = int | str
"""The number of an inspection, or `ALL`."""


@dataclass(frozen=True)
class Line:
    """One line: its texts, its figures, and how formulas come to them.

    `said` gives the cell that says how an inspection stands beside the others; None leaves that
    column empty.
    """

    texts: Mapping[str, str]
    together: Share
    own: tuple[Share, ...]
    verdicts: tuple[Verdict, ...]
    score: Callable[[Whose], str]
    cases: Callable[[Whose], str]
    said: Callable[[int], str] | None = None


def write_names(page: Page, book: Together, table: Table, first: str, of_all: str = "") -> None:
    """The names of the inspections across the columns of each, `first` being its leftmost.

    Above them stands which of them can still change.
    """
    row = table.head - 1
    for column in range(len(table.columns)):
        page.text(row, column, "", "across")
    if of_all:
        page.text(row, table.column(key(ALL, of_all)), "All together", "across")
    for number in book.numbers:
        at = table.column(key(number, first))
        page.text(row, at, book.names[number], "across")
        if book.inspections[number].provisional:
            page.text(row - 1, at, "PROVISIONAL", "label")
    page.sheet.set_row(row, 20)


def write_lines(page: Page, book: Together, table: Table, lines: Sequence[Line]) -> None:
    """Every line of a table of scores."""
    for index, line in enumerate(lines):
        row = table.row(index)
        for name, text in line.texts.items():
            page.text(row, table.column(name), text)
        page.height(row, *((text, table.width(name)) for name, text in line.texts.items()))
        _figures(page, table, index, ALL, line)
        unseen = book.unseen([share.cases for share in line.own])
        for number in book.numbers:
            if number in unseen:
                _hide(page, table, index, number)
            else:
                _figures(page, table, index, number, line)
                _said(page, table, index, number, line)
        _mean(page, book, table, index, line, hides=bool(unseen))


def _mean_of(shares: Sequence[Share]) -> Fraction | None:
    """The unweighted mean of the inspections that have a score."""
    return mean(share.score for share in shares)


def _figures(page: Page, table: Table, index: int, whose: Whose, line: Line) -> None:
    share = line.together if isinstance(whose, str) else line.own[whose]
    style = "score" if isinstance(whose, str) else "percent"
    row = table.row(index)
    at = table.column(key(whose, "score"))
    page.formula(row, at, line.score(whose), value(share.score), style)
    page.formula(row, table.column(key(whose, "cases")), line.cases(whose), share.cases)


def _said(page: Page, table: Table, index: int, number: int, line: Line) -> None:
    row, at = table.row(index), table.column(key(number, "said"))
    if line.said is None:
        page.text(row, at, "")
    else:
        page.formula(row, at, f"={line.said(number)}", line.verdicts[number].value, "verdict")


def _hide(page: Page, table: Table, index: int, number: int) -> None:
    for what in ("score", "cases", "said"):
        page.text(table.row(index), table.column(key(number, what)), HIDDEN, "hidden")


def _mean(page: Page, book: Together, table: Table, index: int, line: Line, *, hides: bool) -> None:
    """The mean of the inspections; it would give a hidden one away."""
    row, at = table.row(index), table.column("mean")
    if hides:
        page.text(row, at, HIDDEN, "hidden")
        return
    cells = [table.cell(key(number, "score"), index) for number in book.numbers]
    page.formula(row, at, beside.mean_of_cells(cells), value(_mean_of(line.own)), "percent")
