"""The Data summaries: for each criterion its scored questions, as the report draws them."""

from dataclasses import dataclass

from hmip_desktop.scoring import QuestionScore
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.layout import HEAD, Column, Layout, Sheet, Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import value
from hmip_desktop.workbook.text import cut, fit

_COLUMNS = (
    Column("label", "Question", 66),
    Column("above", "Above", 9),
    Column("below", "Below", 9),
    Column("cases", "Cases", 9),
)
_LONGEST = 70
_FEWEST_LINES = 9
_PAGE_LINES = 50
"""About how many lines a printed page of this sheet holds."""
NOTE = "Cases differ from question to question, since not every question applies to every case."


@dataclass(frozen=True)
class Summary:
    """One criterion with its table; `questions` are their places in Questions."""

    title: str
    questions: tuple[int, ...]
    table: Table

    @property
    def chart_lines(self) -> int:
        """How many lines its chart takes."""
        return max(_FEWEST_LINES, len(self.questions) + 5)


def summaries(book: Book) -> tuple[Summary, ...]:
    """The criteria that have a scored question, in the form's order, each with its place."""
    found, row = [], HEAD
    for group in book.form.criteria:
        own = tuple(
            index
            for index, one in enumerate(book.scores.questions)
            if one.question.scored and group.id in one.question.criteria
        )
        if not own:
            continue
        summary = Summary(group.title, own, Table(Sheet.SUMMARIES, _COLUMNS, len(own), row + 1))
        found.append(summary)
        row += max(len(own) + 3, summary.chart_lines + 1)
    return tuple(found)


def write_summaries(page: Page, book: Book, places: Layout) -> tuple[Summary, ...]:
    """The tables; returns them for the charts beside."""
    found = summaries(book)
    begun = 0
    for one in found:
        if one.table.head + one.chart_lines - begun > _PAGE_LINES:
            begun = one.table.head - 1
            page.break_before(begun)
        page.text(one.table.head - 1, 0, one.title, "label")
        page.headings(one.table)
        page.sheet.set_row(one.table.head, 20)
        for index, at in enumerate(one.questions):
            _question(page, places, one.table, index, at, book.scores.questions[at])
    return found


def _question(
    page: Page, places: Layout, table: Table, index: int, at: int, score: QuestionScore
) -> None:
    row, share = table.row(index), places.questions.far_cell("proportion", at)
    text = " ".join(fit(str(score.question.label)).split())
    page.text(row, 0, cut(f"{score.question.number}  {text}", _LONGEST, "…"), "line")
    proportion = score.proportion
    below = None if proportion is None else 1 - proportion
    page.formula(row, 1, f"={share}", value(proportion), "percent")
    page.formula(row, 2, f'=IF({share}="","",1-{share})', value(below), "percent")
    page.formula(row, 3, f"={places.questions.far_cell('judged', at)}", score.judged)
