"""Writing the consolidated workbook: whole or not at all, and the same bytes for the same book."""

from datetime import UTC
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from hmip_desktop.errors import Fault
from hmip_desktop.progress import Progress, silent
from hmip_desktop.workbook.about import write_about
from hmip_desktop.workbook.book import Book, disagreements
from hmip_desktop.workbook.charts import section_chart
from hmip_desktop.workbook.layout import Sheet, layout
from hmip_desktop.workbook.lists import (
    write_answers,
    write_cases,
    write_choices,
    write_questions,
)
from hmip_desktop.workbook.page import Page, Styles
from hmip_desktop.workbook.saving import OPTIONS, save
from hmip_desktop.workbook.summary import write_summary
from hmip_desktop.workbook.text import cut, fit

_EVERY = 250
_PROPERTY_LIMIT = 255


def write(path: Path, book: Book, progress: Progress = silent) -> None:
    """Write the workbook to `path`, replacing an older one there.

    Raises:
        Refused: DISK, when the file cannot be written or is open in Excel. An older workbook
            at `path` is then still there.
        Cancelled: `progress` said so; nothing was written.
    """
    save(path, _content(book, progress))


def _content(book: Book, progress: Progress) -> bytes:
    wrong = disagreements(book)
    if wrong:
        raise Fault(f"The answers do not come to the scores of {', '.join(wrong)}.")
    buffer = BytesIO()
    workbook = Workbook(buffer, OPTIONS)
    workbook.set_properties(
        {
            "title": cut(fit(book.title), _PROPERTY_LIMIT, "…"),
            "subject": cut(fit(book.area), _PROPERTY_LIMIT, "…"),
            "created": book.as_at.astimezone(UTC),
        }
    )
    _sheets(workbook, book, progress)
    workbook.close()
    return buffer.getvalue()


def _sheets(workbook: Workbook, book: Book, progress: Progress) -> None:
    places, styles = layout(book), Styles(workbook)
    pages = {sheet: Page(workbook.add_worksheet(sheet.value), styles) for sheet in Sheet}
    lists = (
        (Sheet.QUESTIONS, places.questions, write_questions),
        (Sheet.ANSWERS, places.answers, write_answers),
        (Sheet.CHOICES, places.choices, write_choices),
        (Sheet.CASES, places.cases, write_cases),
    )
    steps = _Steps(progress, sum(table.rows for _, table, _ in lists))
    write_summary(pages[Sheet.SCORES], book, places)
    if book.form.sections:
        section_chart(workbook, pages[Sheet.SCORES], places.sections, places.chart_row)
    for sheet, _, write_list in lists:
        steps.start(sheet)
        write_list(pages[sheet], book, places, steps.step)
    write_about(pages[Sheet.ABOUT], book)
    for page in pages.values():
        page.print_setup(book.title, book.marking)
    steps.finish()


class _Steps:
    """Counts rows, and says so now and then."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._done, self._doing = 0, ""

    def start(self, sheet: Sheet) -> None:
        self._doing = f"Writing {sheet}"
        self._tell()

    def step(self) -> None:
        self._done += 1
        if self._done % _EVERY == 0:
            self._tell()

    def finish(self) -> None:
        self._doing = "Saving"
        self._tell()

    def _tell(self) -> None:
        self._progress(self._done, self._total, self._doing)
