"""The Quality sheet: what stands against the figures, and where they come from."""

from collections import Counter

from hmip_desktop.form.model import number_of
from hmip_desktop.workbook.book import Book, Listing
from hmip_desktop.workbook.layout import HEAD, Column, Sheet, Table
from hmip_desktop.workbook.notes import flagged
from hmip_desktop.workbook.page import Page

_TOLD_OF_ONE = frozenset({"Case", "Whose"})
"""Headings of the lists that say something of single cases or people."""
_WIDTHS = (24.0, 24.0, 16.0, 60.0, 60.0, 40.0)


def write_quality(page: Page, book: Book) -> None:
    """A line for each list, with how long it is; then the lists, one below the other."""
    lists = (*book.quality, missing_answers(book), personal_details(book))
    if not book.has_cases:
        lists = tuple(one for one in lists if not _TOLD_OF_ONE.intersection(one.headings))
    for number, width in enumerate(_WIDTHS):
        page.width(number, width)
    page.text(HEAD, 0, "In short", "block")
    for index, one in enumerate(lists, HEAD + 1):
        page.number(index, 0, len(one.rows), "fact")
        page.text(index, 1, one.title, "plain")
    row = HEAD + len(lists) + 3
    for one in lists:
        row = _write(page, row, one)


def missing_answers(book: Book) -> Listing:
    """The answers that are missing in assessments that count."""
    asked = [question.name for question in book.form.answerable]
    rows = tuple(
        (row.case, row.assessor, number_of(name))
        for row in book.counting
        for name in asked
        if name in row.judged.asked
        and name not in row.judged.unsettled
        and not row.judged.values.get(name)
    )
    return Listing(
        "Missing answers",
        ("Case", "Assessor", "Question"),
        rows,
        "Every question that is asked has an answer.",
    )


def personal_details(book: Book) -> Listing:
    """How often what was typed looks like a personal detail, and where; never what it says."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row, details in flagged(book.typed):
        if details:
            found[row.case, row.assessor, number_of(row.question), ", ".join(details)] += 1
    return Listing(
        "Texts that look as if they held personal details",
        ("Case", "Assessor", "Question", "Looks like it holds"),
        tuple(found),
        "No note and no typed answer looks like a name, a number or an address.",
    )


def _write(page: Page, row: int, one: Listing) -> int:
    page.text(row, 0, one.title, "block")
    page.sheet.set_row(row, 22)
    if not one.rows:
        page.text(row + 1, 0, one.none, "said")
        return row + 3
    columns = tuple(
        Column(heading, heading, width)
        for heading, width in zip(one.headings, _WIDTHS, strict=False)
    )
    table = Table(Sheet.QUALITY, columns, len(one.rows), row + 1)
    page.headings(table)
    page.sheet.set_row(table.head, 20)
    for index, cells in enumerate(one.rows):
        for column, text in enumerate(cells):
            page.text(table.row(index), column, text)
        page.height(table.row(index), *zip(cells, _WIDTHS, strict=False))
    return table.last + 2
