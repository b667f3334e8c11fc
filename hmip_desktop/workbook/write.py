"""Writing the consolidated workbook: whole or not at all, and the same bytes for the same book."""

import re
from collections.abc import Callable
from datetime import UTC
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from hmip_desktop.errors import Fault
from hmip_desktop.language import tr
from hmip_desktop.progress import Progress, silent
from hmip_desktop.workbook import charts
from hmip_desktop.workbook.about import write_about
from hmip_desktop.workbook.agreed import EXPLAINED, write_agreement
from hmip_desktop.workbook.answers import write_answers, write_choices
from hmip_desktop.workbook.area import write_area
from hmip_desktop.workbook.book import Book, disagreements
from hmip_desktop.workbook.check import write_check
from hmip_desktop.workbook.codebook import write_codebook, write_words
from hmip_desktop.workbook.context import write_context
from hmip_desktop.workbook.criteria import write_criteria
from hmip_desktop.workbook.factor_table import write_factors
from hmip_desktop.workbook.groups import write_group_questions, write_groups
from hmip_desktop.workbook.layout import CASELOAD, FRACTION, Layout, Sheet, layout
from hmip_desktop.workbook.limits import require_room
from hmip_desktop.workbook.notes import write_notes
from hmip_desktop.workbook.page import INK, SERIES, Page, Styles
from hmip_desktop.workbook.quality import write_quality
from hmip_desktop.workbook.questions import write_questions
from hmip_desktop.workbook.reasons import reason_lists, write_reasons
from hmip_desktop.workbook.saving import OPTIONS, save
from hmip_desktop.workbook.summaries import NOTE, write_summaries
from hmip_desktop.workbook.summary import CHANGING, write_summary
from hmip_desktop.workbook.text import cut, fit

_EVERY = 25
_PROPERTY_LIMIT = 255
_TOLD = {
    Sheet.CRITERIA: "General criteria: the mean of the proportions of their scored questions.",
    Sheet.QUESTIONS: "Every question in numbers, as a bar and in words.",
    Sheet.SUMMARIES: NOTE,
    Sheet.GROUPS: "The same rule over groups of cases. Few cases say little: see the numbers.",
    Sheet.GROUP_QUESTIONS: "Answers above and below the line, question by question and group by "
    "group.",
    Sheet.REASONS: "Lists of several choices never score. One case can have several ticks.",
    Sheet.FACTORS: "What assessors saw behind the offending, and whether enough was done about it.",
    Sheet.CONTEXT: "The make-up of the sample: all its cases, also those that are not finished.",
    Sheet.AGREEMENT: EXPLAINED,
    Sheet.QUALITY: "As it was when the workbook was made. What is listed here stands in the case "
    "file.",
    Sheet.ANSWERS: "All figures are computed from here. Change an answer, and they follow.",
    Sheet.NOTES: "For inspectors: read before passing on. The last column only looks at the shape "
    "of words.",
    Sheet.CHOICES: "Where each answer stands: above the line, below the line or not counted.",
    Sheet.CODEBOOK: "What each question means, when it is asked, and where its answers stand.",
    Sheet.WORDS: "One phrase for each range of whole percentages; 0 is none, and 100 is all.",
    Sheet.CHECK: "Each figure of this workbook beside that of the program. What is changed in "
    "Answers or Choices shows here as a difference.",
}
_REPEATED = {Sheet.ANSWERS: 1, Sheet.GROUP_QUESTIONS: 2}
_ONE_PAGE = (Sheet.SCORES, Sheet.CRITERIA, Sheet.FACTORS)
_FIGURES, _PEOPLE, _DATA = INK, SERIES[2], SERIES[4]
_TABS = {
    **dict.fromkeys((Sheet.AGREEMENT, Sheet.QUALITY, Sheet.CHECK, Sheet.ABOUT), _PEOPLE),
    **dict.fromkeys(
        (Sheet.ANSWERS, Sheet.NOTES, Sheet.CHOICES, Sheet.CODEBOOK, Sheet.WORDS), _DATA
    ),
}


def write(path: Path, book: Book, progress: Progress = silent) -> None:
    """Write the workbook to `path`, replacing an older one there.

    Raises:
        Refused: VALUE_UNUSABLE when it has more than Excel can hold; DISK, when the file cannot
            be written or is open in Excel. An older workbook at `path` is then still there.
        Cancelled: `progress` said so; nothing was written.
    """
    save(path, _content(book, progress))


def _content(book: Book, progress: Progress) -> bytes:
    wrong = disagreements(book)
    if wrong:
        raise Fault(f"The answers do not come to the scores of {', '.join(wrong)}.")
    places = layout(book)
    require_room(book, places)
    buffer = BytesIO()
    workbook = Workbook(buffer, OPTIONS)
    workbook.set_properties(
        {
            "title": cut(fit(book.title), _PROPERTY_LIMIT, "…"),
            "subject": cut(fit(book.area), _PROPERTY_LIMIT, "…"),
            "created": book.as_at.astimezone(UTC),
        }
    )
    _sheets(workbook, book, places, progress)
    _names(workbook, book, places)
    workbook.close()
    return buffer.getvalue()


def sheets_of(book: Book, places: Layout) -> tuple[Sheet, ...]:
    """The sheets that a book comes to, in their order."""
    absent = set()
    if not book.has_cases:
        absent |= {Sheet.ANSWERS, Sheet.NOTES, Sheet.GROUP_QUESTIONS, Sheet.CHECK}
    if book.notes is None:
        absent.add(Sheet.NOTES)
    if places.factors is None:
        absent.add(Sheet.FACTORS)
    if not reason_lists(book):
        absent.add(Sheet.REASONS)
    if book.agreement is None:
        absent.add(Sheet.AGREEMENT)
    return tuple(sheet for sheet in Sheet if sheet not in absent)


def _sheets(workbook: Workbook, book: Book, places: Layout, progress: Progress) -> None:
    styles, sheets = Styles(workbook), sheets_of(book, places)
    pages = {
        sheet: Page(workbook.add_worksheet(sheet.value), styles, live=book.has_cases)
        for sheet in sheets
    }
    steps = _Steps(progress, len(sheets) + (len(book.assessments) if book.has_cases else 0))
    writers = _writers(workbook, book, places, steps, sheets)
    for sheet, page in pages.items():
        steps.start(sheet)
        if sheet in _TOLD:
            page.title(sheet.value, _TOLD[sheet], CHANGING if book.provisional else "")
        writers[sheet](page)
        page.sheet.set_tab_color(_TABS.get(sheet, _FIGURES))
        page.print_setup(_printed_title(book), book.marking, repeated=_REPEATED.get(sheet, 0))
        if sheet in _ONE_PAGE:
            page.sheet.fit_to_pages(1, 1)
        steps.step()
    steps.finish()


def _printed_title(book: Book) -> str:
    return f"PROVISIONAL: {book.title}" if book.provisional else book.title


def _writers(
    workbook: Workbook, book: Book, places: Layout, steps: "_Steps", sheets: tuple[Sheet, ...]
) -> dict[Sheet, Callable[[Page], None]]:
    """What writes each sheet, with its charts."""

    def scores(page: Page) -> None:
        write_summary(page, book, places)
        charts.section_chart(workbook, page, book, places)

    def criteria(page: Page) -> None:
        write_criteria(page, book, places)
        charts.criteria_chart(workbook, page, book, places)

    def data_summaries(page: Page) -> None:
        charts.summary_charts(workbook, page, book, write_summaries(page, book, places))

    def groups(page: Page) -> None:
        write_groups(page, book, places)
        charts.group_charts(workbook, page, book, places)

    def factors(page: Page) -> None:
        write_factors(page, book, places)
        charts.factor_chart(workbook, page, book, places)

    def context(page: Page) -> None:
        write_context(page, book, places)
        write_area(page, book)
        charts.context_charts(workbook, page, book)

    return {
        Sheet.SCORES: scores,
        Sheet.CRITERIA: criteria,
        Sheet.QUESTIONS: lambda page: write_questions(page, book, places),
        Sheet.SUMMARIES: data_summaries,
        Sheet.GROUPS: groups,
        Sheet.GROUP_QUESTIONS: lambda page: write_group_questions(page, book, places),
        Sheet.REASONS: lambda page: write_reasons(page, book, places),
        Sheet.FACTORS: factors,
        Sheet.CONTEXT: context,
        Sheet.AGREEMENT: lambda page: write_agreement(page, book),
        Sheet.QUALITY: lambda page: write_quality(page, book),
        Sheet.ANSWERS: lambda page: write_answers(page, book, places, steps.step),
        Sheet.NOTES: lambda page: write_notes(page, book),
        Sheet.CHOICES: lambda page: write_choices(page, book, places),
        Sheet.CODEBOOK: lambda page: write_codebook(page, book),
        Sheet.WORDS: lambda page: write_words(page, places),
        Sheet.CHECK: lambda page: write_check(page, book, places),
        Sheet.ABOUT: lambda page: write_about(page, book, places, sheets),
    }


def _names(workbook: Workbook, book: Book, places: Layout) -> None:
    """Names for formulas of people's own: `Score_4`, `Score_4.1`, `Assessments_counted`."""
    named = {
        "Assessments_counted": places.assessments,
        "Caseload": CASELOAD,
        "Share_of_caseload": FRACTION,
    }
    for index, section in enumerate(book.form.sections):
        named[f"Score_{section.id}"] = places.sections.far_cell("score", index)
    for index, group in enumerate(book.form.criteria):
        named[f"Score_{group.id}"] = places.criteria.far_cell("score", index)
    for name, cell in named.items():
        if re.fullmatch(r"[A-Za-z_][\w.]{0,250}", name, re.ASCII):
            workbook.define_name(name, f"={cell}")


class _Steps:
    """Counts sheets and assessments, and says so now and then."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total = progress, total
        self._done, self._doing = 0, ""

    def start(self, sheet: Sheet) -> None:
        self._doing = tr("Writing {sheet}", sheet=sheet.value)
        self._tell()

    def step(self) -> None:
        self._done += 1
        if self._done % _EVERY == 0:
            self._tell()

    def finish(self) -> None:
        self._doing = tr("Saving")
        self._tell()

    def _tell(self) -> None:
        self._progress(self._done, self._total, self._doing)
