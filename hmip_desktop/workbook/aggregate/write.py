"""Writing the workbook of several inspections: whole or not at all, the same for the same files."""

from collections.abc import Callable
from datetime import UTC
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from hmip_desktop.language import tr
from hmip_desktop.progress import Progress, silent
from hmip_desktop.workbook.aggregate.about import write_about
from hmip_desktop.workbook.aggregate.book import Together
from hmip_desktop.workbook.aggregate.chart import sections_chart
from hmip_desktop.workbook.aggregate.check import figures
from hmip_desktop.workbook.aggregate.criteria import write_criteria
from hmip_desktop.workbook.aggregate.differences import write_differences
from hmip_desktop.workbook.aggregate.layout import Places, Sheet, layout
from hmip_desktop.workbook.aggregate.lists import (
    write_codebook,
    write_inspections,
    write_not_comparable,
)
from hmip_desktop.workbook.aggregate.questions import write_questions
from hmip_desktop.workbook.aggregate.scores import write_scores
from hmip_desktop.workbook.check import write_figures
from hmip_desktop.workbook.page import INK, SERIES, Page, Styles
from hmip_desktop.workbook.saving import OPTIONS, save
from hmip_desktop.workbook.summary import PROVISIONAL

_CHANGING = f"{PROVISIONAL}: some of the inspections may still change."
_TOLD = {
    Sheet.CRITERIA: "General criteria: the mean of the proportions of their scored questions.",
    Sheet.QUESTIONS: "Answers above and below the line. All other figures are computed from these.",
    Sheet.DIFFERENCES: "Higher or lower is said only where the 95% intervals of an inspection and "
    "of all others together do not even touch.",
    Sheet.INSPECTIONS: "What the figures rest on. The check code tells which state of a case file "
    "went in.",
    Sheet.NOT_COMPARABLE: "Questions that differ between the versions of the form.",
    Sheet.CODEBOOK: "The questions that are compared, as in the newest version of the form.",
    Sheet.CHECK: "Each figure of this workbook beside that of the program.",
}
_REPEATED = {Sheet.QUESTIONS: 2}
_TABS = {
    **dict.fromkeys((Sheet.INSPECTIONS, Sheet.NOT_COMPARABLE, Sheet.CHECK), SERIES[2]),
    **dict.fromkeys((Sheet.CODEBOOK, Sheet.ABOUT), SERIES[4]),
}


def write(path: Path, book: Together, progress: Progress = silent) -> None:
    """Write the workbook to `path`, replacing an older one there.

    Raises:
        Refused: DISK, when the file cannot be written or is open in Excel. An older workbook at
            `path` is then still there.
        Cancelled: `progress` said so; nothing was written.
    """
    save(path, _content(book, progress))


def _content(book: Together, progress: Progress) -> bytes:
    buffer = BytesIO()
    workbook = Workbook(buffer, OPTIONS)
    workbook.set_properties({"title": book.title, "created": book.as_at.astimezone(UTC)})
    styles, sheets, places = Styles(workbook), sheets_of(book), layout(book)
    pages = {
        sheet: Page(workbook.add_worksheet(sheet.value), styles, live=book.is_live)
        for sheet in sheets
    }
    writers = _writers(workbook, book, places, sheets)
    for done, (sheet, page) in enumerate(pages.items()):
        progress(done, len(pages), tr("Writing {sheet}", sheet=sheet.value))
        if sheet in _TOLD:
            page.title(sheet.value, _TOLD[sheet], _CHANGING if book.provisional else "")
        writers[sheet](page)
        page.sheet.set_tab_color(_TABS.get(sheet, INK))
        page.print_setup(_printed_title(book), book.marking, repeated=_repeated(book, sheet))
        if sheet is Sheet.SCORES:
            page.sheet.fit_to_pages(1, 1)
    progress(len(pages), len(pages), tr("Saving"))
    workbook.close()
    return buffer.getvalue()


def sheets_of(book: Together) -> tuple[Sheet, ...]:
    """The sheets of a book, in their order."""
    absent = () if book.is_live else (Sheet.DIFFERENCES, Sheet.CHECK)
    return tuple(sheet for sheet in Sheet if sheet not in absent)


def _repeated(book: Together, sheet: Sheet) -> int:
    return _REPEATED.get(sheet, 0) if book.is_live else 0


def _printed_title(book: Together) -> str:
    return f"{PROVISIONAL}: {book.title}" if book.provisional else book.title


def _writers(
    workbook: Workbook, book: Together, places: Places, sheets: tuple[Sheet, ...]
) -> dict[Sheet, Callable[[Page], None]]:
    """What writes each sheet."""

    def scores(page: Page) -> None:
        write_scores(page, book, places)
        sections_chart(workbook, page, book, places)

    return {
        Sheet.SCORES: scores,
        Sheet.CRITERIA: lambda page: write_criteria(page, book, places),
        Sheet.QUESTIONS: lambda page: write_questions(page, book, places),
        Sheet.DIFFERENCES: lambda page: write_differences(page, book, places),
        Sheet.INSPECTIONS: lambda page: write_inspections(page, book, places),
        Sheet.NOT_COMPARABLE: lambda page: write_not_comparable(page, book),
        Sheet.CODEBOOK: lambda page: write_codebook(page, book),
        Sheet.CHECK: lambda page: write_figures(page, places.check, figures(book, places)),
        Sheet.ABOUT: lambda page: write_about(page, book, sheets),
    }
