"""The workbook of a drawn sample: the sample, its reserve, what was left out, and how it came."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from hmip_desktop.language import tr
from hmip_desktop.sampling import Compared, Listed, compared
from hmip_desktop.workbook.drawn_book import DrawnBook
from hmip_desktop.workbook.layout import Column, Table
from hmip_desktop.workbook.page import Page, Styles
from hmip_desktop.workbook.saving import OPTIONS, save

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # the same sample is the same file on any day
_WIDTH, _WIDE = 18, 60


class Sheet(StrEnum):
    """The sheets, in their order. The first is what a new inspection reads."""

    SAMPLE = "Sample"
    RESERVE = "Reserve"
    EXCLUDED = "Excluded"
    COMPARISON = "Comparison"
    HOW = "How it was drawn"


def write_drawn(path: Path, book: DrawnBook) -> None:
    """Write the workbook to `path`, replacing an older one there.

    Raises:
        Refused: DISK.
    """
    buffer = BytesIO()
    workbook = Workbook(buffer, OPTIONS)
    workbook.set_properties({"title": Sheet.SAMPLE.value, "created": _NO_DATE})
    styles = Styles(workbook)
    writers: dict[Sheet, Callable[[Page, DrawnBook], None]] = {
        Sheet.SAMPLE: _write_sample,
        Sheet.RESERVE: _write_reserve,
        Sheet.EXCLUDED: _write_excluded,
        Sheet.COMPARISON: _write_comparison,
        Sheet.HOW: _write_how,
    }
    for sheet, writer in writers.items():
        page = Page(workbook.add_worksheet(sheet.value), styles)
        writer(page, book)
        page.print_setup(sheet.value, "OFFICIAL-SENSITIVE")
    workbook.close()
    save(path, buffer.getvalue())


def _write_sample(page: Page, book: DrawnBook) -> None:
    rows = [_case(case, book) for case in book.drawn.sample]
    _write_list(page, Sheet.SAMPLE, ("reference", *book.fields), rows)


def _write_reserve(page: Page, book: DrawnBook) -> None:
    rows = [
        (str(number), *_case(case, book)) for number, case in enumerate(book.drawn.reserve, start=1)
    ]
    _write_list(page, Sheet.RESERVE, (tr("turn"), "reference", *book.fields), rows)


def _write_excluded(page: Page, book: DrawnBook) -> None:
    rows = [(*_case(case, book), why) for case, why in book.drawn.excluded]
    _write_list(page, Sheet.EXCLUDED, ("reference", *book.fields, tr("why excluded")), rows)


def _case(case: Listed, book: DrawnBook) -> tuple[str, ...]:
    return case.reference, *case.values(book.fields)


def _write_list(
    page: Page, sheet: Sheet, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    columns = tuple(Column(heading, heading, _WIDTH) for heading in headings)
    table = Table(sheet, columns, len(rows))
    page.list_like(table, frozen_columns=1)
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            page.text(table.row(index), column, text)
        page.height(table.row(index), *((text, _WIDTH) for text in row))
    page.filtered(table)


def _write_comparison(page: Page, book: DrawnBook) -> None:
    row = _write_strata(page, book)
    for name in book.compare:
        rows = compared(book.drawn.able, book.drawn.sample, name)
        row = _write_compared(page, row, name, rows)


def _write_strata(page: Page, book: DrawnBook) -> int:
    """The strata with what was due to each; returns the row where the next table begins."""
    keys = (*book.wish.by, "listed", "listed share", "due", "places", "drawn", "drawn share")
    words = {
        "listed": tr("In the list"),
        "listed share": tr("Share of the list"),
        "due": tr("Due"),
        "places": tr("Places"),
        "drawn": tr("Drawn"),
        "drawn share": tr("Share of the sample"),
    }
    columns = tuple(Column(key, words.get(key, key), _WIDTH) for key in keys)
    strata = book.drawn.strata
    table = Table(Sheet.COMPARISON, columns, len(strata))
    page.headings(table)
    able, size = len(book.drawn.able), len(book.drawn.sample)
    first = len(book.wish.by)
    for index, one in enumerate(strata):
        row = table.row(index)
        for column, text in enumerate(one.values):
            page.text(row, column, _shown(text))
        page.number(row, first, one.listed)
        page.number(row, first + 1, one.listed / able, "percent")
        page.text(row, first + 2, f"{float(one.share):.2f}", "result")
        page.number(row, first + 3, one.places)
        page.number(row, first + 4, one.drawn)
        page.number(row, first + 5, one.drawn / size, "percent")
    return table.last + 2


def _write_compared(page: Page, at: int, name: str, rows: Iterable[Compared]) -> int:
    rows = tuple(rows)
    headings = (
        name,
        tr("In the list"),
        tr("Share of the list"),
        tr("Drawn"),
        tr("Share of the sample"),
    )
    columns = tuple(Column(heading, heading, _WIDTH) for heading in headings)
    table = Table(Sheet.COMPARISON, columns, len(rows), at)
    page.headings(table)
    able, size = sum(one.listed for one in rows), sum(one.drawn for one in rows)
    for index, one in enumerate(rows):
        row = table.row(index)
        page.text(row, 0, _shown(one.value))
        page.number(row, 1, one.listed)
        page.number(row, 2, one.listed / able, "percent")
        page.number(row, 3, one.drawn)
        page.number(row, 4, one.drawn / size, "percent")
    return table.last + 2


def _shown(value: str) -> str:
    return value or tr("(blank)")


def _write_how(page: Page, book: DrawnBook) -> None:
    page.sheet.set_column(0, 0, 32)
    page.sheet.set_column(1, 1, _WIDE)
    lines = (*_facts(book), *_rules(), *(("", remark) for remark in book.remarks))
    for row, (label, text) in enumerate(lines):
        page.text(row, 0, label, "label")
        page.text(row, 1, text, "prose")
        page.height(row, (text, _WIDE))


def _facts(book: DrawnBook) -> tuple[tuple[str, str], ...]:
    drawn, wish = book.drawn, book.wish
    return (
        (tr("Long list"), book.list_name),
        (tr("Its check code (SHA-256)"), book.fingerprint),
        (tr("Cases on it"), str(len(drawn.able) + len(drawn.excluded))),
        (tr("Excluded"), str(len(drawn.excluded))),
        (tr("Size of the sample"), str(wish.size)),
        (tr("Reserve"), str(len(drawn.reserve))),
        (tr("Lot number"), str(wish.seed)),
        (tr("Strata by"), ", ".join(wish.by) or tr("nothing")),
        (tr("Most cases of one officer"), str(wish.most_per_officer)),
        (tr("Program"), f"HMIP Desktop {book.version}"),
    )


def _rules() -> tuple[tuple[str, str], ...]:
    rules = (
        tr(
            "Cases with the same values in the fields named above are a stratum. Each stratum gets "
            "its share of the size: whole places first, then one more for the largest remainders; "
            "of equal remainders the larger stratum's, then the first by name."
        ),
        tr(
            "The strata draw one after the other, the smallest first. Each takes its cases from "
            "the LDU that lacks most of its own share, there from the officer with the fewest so "
            "far, and there by lot."
        ),
        tr(
            "No officer has more cases in sample and reserve together than the limit. Where a "
            "stratum finds no officer with room, cases of other strata are exchanged for those of "
            "other officers as far as possible. What it still lacks is drawn from the strata "
            "furthest below their share, and is listed below."
        ),
        tr(
            "The reserve is drawn in the same way from the cases that are left, and put in order "
            "by lot. When a case falls away, take the first of the reserve from the same stratum; "
            "where there is none, the first of all."
        ),
        tr(
            "The same list, whatever the order of its rows, with the same lot number, size, "
            "strata, limit and exclusions gives the same sample. Cases without an officer have no "
            "limit."
        ),
    )
    return tuple((tr("Rule {number}", number=at), rule) for at, rule in enumerate(rules, start=1))
