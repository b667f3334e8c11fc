"""Where everything stands in the workbook: sheets, columns and cell addresses."""

from dataclasses import dataclass
from enum import StrEnum

from xlsxwriter.utility import xl_col_to_name

from hmip_desktop.form.model import Choice, Kind, Question
from hmip_desktop.workbook.book import Book


class Sheet(StrEnum):
    """The sheets, in their order."""

    SCORES = "Scores"
    QUESTIONS = "Questions"
    ANSWERS = "Answers"
    CHOICES = "Choices"
    CASES = "Cases"
    ABOUT = "About"


@dataclass(frozen=True)
class Column:
    """One column of a table: its key in this code, its heading, and its width in characters."""

    key: str
    heading: str
    width: float


@dataclass(frozen=True)
class Table:
    """A table on a sheet. `head` is the row of its headings, counted from 0 as XlsxWriter does."""

    sheet: StrEnum
    columns: tuple[Column, ...]
    rows: int
    head: int = 0

    def column(self, key: str) -> int:
        """The number of a column, counted from 0."""
        return next(number for number, column in enumerate(self.columns) if column.key == key)

    def width(self, key: str) -> float:
        """The width of a column in characters."""
        return self.columns[self.column(key)].width

    def row(self, index: int) -> int:
        """The number of a row of data, counted from 0."""
        return self.head + 1 + index

    @property
    def last(self) -> int:
        """The last row, counted from 0; an empty table keeps one blank row for its formulas."""
        return self.head + max(self.rows, 1)

    def cell(self, key: str, index: int) -> str:
        """A cell's address for formulas beside it, which moves with its row: `$K5`."""
        return f"${xl_col_to_name(self.column(key))}{self.row(index) + 1}"

    def span(self, key: str) -> str:
        """A whole column of data, as any sheet can refer to it: `Answers!$D$2:$D$9001`."""
        letter = xl_col_to_name(self.column(key))
        return f"{self.sheet}!${letter}${self.head + 2}:${letter}${self.last + 1}"


@dataclass(frozen=True)
class Layout:
    """The tables of one workbook, and the cell that says how many assessments count."""

    sections: Table
    criteria: Table
    questions: Table
    answers: Table
    choices: Table
    cases: Table
    chart_row: int
    assessments: str


SECTIONS = (
    Column("id", "Section", 21),
    Column("label", "Outcome", 64),
    Column("score", "Score", 15),
    Column("by_criteria", "Mean of its criteria", 15),
    Column("by_questions", "Mean of its questions", 15),
)
CRITERIA = (
    Column("id", "Criterion", 21),
    Column("label", "General criterion", 64),
    Column("score", "Score", 15),
    Column("section", "Part of", 15),
    Column("questions", "Questions that count", 15),
)
QUESTIONS = (
    Column("number", "Number", 10),
    Column("name", "Question", 12),
    Column("text", "Question text", 58),
    Column("criteria", "Criteria", 13),
    Column("sections", "Sections", 9.5),
    Column("scored", "Scored", 9),
    Column("above", "Above the line", 10),
    Column("below", "Below the line", 10),
    Column("not_counted", "Not counted", 10),
    Column("missing", "No answer", 10),
    Column("not_asked", "Not asked", 10),
    Column("in_conflict", "In conflict", 10),
    Column("proportion", "Proportion above", 13),
    Column("low", "95% from", 9),
    Column("high", "95% to", 9),
    Column("result", "Result in print", 14),
)
ANSWERS = (
    Column("case", "Case", 14),
    Column("assessor", "Assessor", 18),
    Column("order", "Assessment", 12.5),
    Column("question", "Question", 12),
    Column("number", "Number", 10),
    Column("value", "Value", 18),
    Column("shown", "Answer in words", 34),
    Column("place", "Place", 12.5),
    Column("counted", "Counted", 17),
    Column("note", "Note", 60),
)
CHOICES = (
    Column("question", "Question", 12),
    Column("number", "Number", 10),
    Column("value", "Value", 22),
    Column("label", "Choice", 50),
    Column("place", "Place", 13),
    Column("why", "Why it stands there", 50),
    Column("key", "Look-up key", 32),
)
_CASE_BEFORE = (Column("reference", "Case", 14),)
_CASE_AFTER = (
    Column("assessor", "Assessor", 18),
    Column("order", "Assessment", 12.5),
    Column("status", "Status", 16),
    Column("asked", "Questions asked", 12),
    Column("answered", "Questions answered", 12),
)

# The lines above the first table of the Scores sheet, in their order.
TITLE, AREA, STANDING, FORM, RULE, ASSESSMENTS, CONFLICTS, AS_AT = range(8)
FACTS = 8
CHART_LINES = 14


def layout(book: Book) -> Layout:
    """The tables of a book, each with its place."""
    form = book.form
    sections = Table(Sheet.SCORES, SECTIONS, len(form.sections), FACTS + 1)
    chart_row = sections.last + 2
    criteria_head = chart_row + (CHART_LINES if form.sections else 0)
    return Layout(
        sections=sections,
        criteria=Table(Sheet.SCORES, CRITERIA, len(form.criteria), criteria_head),
        questions=Table(Sheet.QUESTIONS, QUESTIONS, len(form.answerable)),
        answers=Table(Sheet.ANSWERS, ANSWERS, len(book.answers)),
        choices=Table(Sheet.CHOICES, CHOICES, len(choice_lines(book))),
        cases=Table(Sheet.CASES, _case_columns(book), len(book.cases)),
        chart_row=chart_row,
        assessments=f"{Sheet.SCORES}!$B${ASSESSMENTS + 1}",
    )


def choice_lines(book: Book) -> tuple[tuple[Question, Choice], ...]:
    """Every choice of every question that offers some, in the order of the form."""
    return tuple(
        (question, choice)
        for question in book.form.answerable
        if question.kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)
        for choice in question.choices
    )


def field_key(name: str) -> str:
    """The key of a column made from a field of the sample; never that of one of ours."""
    return f"field {name}"


def _case_columns(book: Book) -> tuple[Column, ...]:
    names = dict.fromkeys(name for case in book.cases for name in case.fields)
    own = tuple(Column(field_key(name), name, 16) for name in names)
    return (*_CASE_BEFORE, *own, *_CASE_AFTER)
