"""Where everything stands in the workbook: sheets, columns and cell addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from xlsxwriter.utility import xl_col_to_name

from hmip_desktop.form.model import Choice, Kind, Question
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.factors import Factors, factors
from hmip_desktop.workbook.grouping import Grouped, grouped, has_line, heading_of
from hmip_desktop.workbook.wording import Phrase, phrases


class Sheet(StrEnum):
    """The sheets, in their order. Not every workbook has all of them."""

    SCORES = "Scores"
    CRITERIA = "Criteria"
    QUESTIONS = "Questions"
    SUMMARIES = "Data summaries"
    GROUPS = "Groups"
    GROUP_QUESTIONS = "Group questions"
    REASONS = "Reasons"
    FACTORS = "Factors"
    CONTEXT = "Context"
    AGREEMENT = "Agreement"
    QUALITY = "Quality"
    ANSWERS = "Answers"
    NOTES = "Notes"
    CHOICES = "Choices"
    CODEBOOK = "Codebook"
    WORDS = "Words"
    CHECK = "Check"
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

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {column.key: number for number, column in enumerate(self.columns)}

    def column(self, key: str) -> int:
        """The number of a column, counted from 0."""
        return self._numbers[key]

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

    def far_cell(self, key: str, index: int) -> str:
        """A cell's address for formulas on any sheet: `Scores!$C$12`."""
        letter = xl_col_to_name(self.column(key))
        return f"{_quoted(self.sheet)}!${letter}${self.row(index) + 1}"

    def span(self, key: str) -> str:
        """A whole column of data, as any sheet can refer to it: `Answers!$D$2:$D$9001`."""
        return self.part(key, 0, max(self.rows, 1) - 1)

    def part(self, key: str, first: int, last: int) -> str:
        """Some rows of a column, both ends included."""
        letter = xl_col_to_name(self.column(key))
        rows = f"${letter}${self.row(first) + 1}:${letter}${self.row(last) + 1}"
        return f"{_quoted(self.sheet)}!{rows}"


def _quoted(sheet: StrEnum) -> str:
    return f"'{sheet}'" if " " in sheet else str(sheet)


@dataclass(frozen=True)
class GroupBlock:
    """The groups of one field: a table of cases, sections and criteria, in that order of rows."""

    grouped: Grouped
    table: Table
    chart_row: int


@dataclass(frozen=True)
class Layout:
    """The tables of one workbook that others refer to."""

    sections: Table
    criteria: Table
    questions: Table
    groups: tuple[GroupBlock, ...]
    group_questions: Table
    answers: Table
    choices: Table
    choice_rows: Mapping[str, tuple[int, int]]
    words: Table
    phrases: tuple[Phrase, ...]
    factors: Factors | None
    check: Table

    @property
    def assessments(self) -> str:
        """The cell that says how many assessments count."""
        return f"{Sheet.SCORES}!$C${ASSESSMENTS + 1}"


SECTIONS = (
    Column("id", "Section", 9),
    Column("label", "Outcome", 70),
    Column("score", "Score", 10),
    Column("words", "In words", 24),
    Column("bar", "Bar", 13),
    Column("cases", "Cases", 8),
    Column("low", "95% from", 9.5),
    Column("high", "95% to", 8.5),
    Column("by_criteria", "Mean of its criteria", 12),
    Column("by_questions", "Mean of its questions", 12),
)
CRITERIA = (
    Column("section", "Part of", 11),
    Column("id", "Criterion", 10),
    Column("label", "General criterion", 72),
    Column("score", "Score", 9),
    Column("words", "In words", 24),
    Column("bar", "Bar", 13),
    Column("cases", "Cases", 8),
    Column("low", "95% from", 9.5),
    Column("high", "95% to", 8.5),
    Column("questions", "Questions that count", 11),
    Column("above", "Answers above", 10),
    Column("below", "Answers below", 10),
    Column("missing", "No answer", 9),
)
QUESTIONS = (
    Column("number", "Number", 9),
    Column("text", "Question", 56),
    Column("criteria", "Criteria", 11),
    Column("scored", "Scored", 8),
    Column("above", "Above the line", 8),
    Column("below", "Below the line", 8),
    Column("not_counted", "Not counted", 8.5),
    Column("missing", "No answer", 8),
    Column("not_asked", "Not asked", 8),
    Column("in_conflict", "In conflict", 8),
    Column("judged", "Above or below", 8),
    Column("proportion", "Proportion above", 10.5),
    Column("low", "95% from", 9.5),
    Column("high", "95% to", 8.5),
    Column("bar", "Bar", 13),
    Column("words", "In words", 24),
    Column("result", "Result in print", 12),
    Column("sections", "Sections", 9),
    Column("name", "Name in the form", 14),
)
CHOICES = (
    Column("question", "Question", 12),
    Column("number", "Number", 10),
    Column("value", "Name in the form", 20),
    Column("label", "Choice", 50),
    Column("shown", "As it stands in Answers", 42),
    Column("place", "Place", 13),
    Column("chosen", "Times chosen", 10),
    Column("why", "Why it stands there", 50),
    Column("key", "Look-up key", 30),
)
WORDS = (
    Column("low", "From (percent)", 12),
    Column("high", "To (percent)", 12),
    Column("words", "In words", 40),
)
CHECK = (
    Column("what", "Figure", 26),
    Column("id", "Of", 50),
    Column("here", "In this workbook", 16),
    Column("there", "In the program", 16),
    Column("verdict", "Verdict", 12),
)
_CASE_BEFORE = (Column("case", "Case", 12),)
_CASE_AFTER = (
    Column("assessor", "Assessor", 18),
    Column("order", "Assessment", 12),
    Column("status", "Status", 13),
    Column("counted", "Counted", 22),
    Column("asked", "Questions asked", 10),
    Column("answered", "Questions answered", 11),
)
_GROUP_QUESTIONS = (
    Column("number", "Number", 9),
    Column("text", "Question", 50),
    Column("criteria", "Criteria", 11),
    Column("scored", "Scored", 8),
    Column("sections", "Sections", 9),
)
_NARROWEST, _WIDEST, _GROUP_WIDTH = 15, 36, 11.5

# The lines above the first table of the Scores sheet, in their order.
TITLE, AREA, STANDING, WHY, FORM, RULE, ASSESSMENTS, CONFLICTS, AGREES = range(9)
FACTS = 9
SECTION_CHART_LINES = 15
GROUP_CHART_LINES = 17
HIDING_LINES = 5
CASELOAD_ROW, FRACTION_ROW = 2, 3
CASELOAD = f"{Sheet.ABOUT}!$B${CASELOAD_ROW + 1}"
FRACTION = f"{Sheet.ABOUT}!$B${FRACTION_ROW + 1}"
"""Where the About sheet says how large the caseload is, and which share of it was assessed."""
HEAD = 3
"""Where the headings of a list stand: below its title, a line about it, and a blank one."""


def layout(book: Book) -> Layout:
    """The tables of a book, each with its place."""
    form, groups = book.form, grouped(book)
    lined = [question for question in form.answerable if has_line(question)]
    found = factors(form)
    return Layout(
        sections=Table(Sheet.SCORES, SECTIONS, len(form.sections), FACTS + 1),
        criteria=Table(Sheet.CRITERIA, CRITERIA, len(form.criteria), HEAD),
        questions=Table(Sheet.QUESTIONS, QUESTIONS, len(form.answerable), HEAD),
        groups=_blocks(book, groups),
        group_questions=Table(
            Sheet.GROUP_QUESTIONS, _group_question_columns(groups), len(lined), HEAD
        ),
        answers=Table(Sheet.ANSWERS, _answer_columns(book), len(book.assessments), HEAD),
        choices=Table(Sheet.CHOICES, CHOICES, len(choice_lines(book)), HEAD),
        choice_rows=_choice_rows(book),
        words=Table(Sheet.WORDS, WORDS, len(phrases()), HEAD),
        phrases=phrases(),
        factors=found,
        check=Table(Sheet.CHECK, CHECK, _checks(book, groups), HEAD + 2),
    )


def choice_lines(book: Book) -> tuple[tuple[Question, Choice], ...]:
    """Every choice of every question that offers some, in the order of the form."""
    return tuple(
        (question, choice)
        for question in book.form.answerable
        if question.kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE)
        for choice in question.choice_by_name.values()
    )


def _choice_rows(book: Book) -> Mapping[str, tuple[int, int]]:
    """The first and last row of each question's choices."""
    rows: dict[str, tuple[int, int]] = {}
    for index, (question, _) in enumerate(choice_lines(book)):
        rows[question.name] = (rows.get(question.name, (index, index))[0], index)
    return rows


def field_key(name: str) -> str:
    """The key of a column made from a field of the sample; never that of one of ours."""
    return f"field {name}"


def answer_key(question: str) -> str:
    """The key of a question's column in Answers."""
    return f"answer {question}"


def group_key(grouped_: Grouped, number: int, what: str) -> str:
    """The key of one group's column of one sort of figure."""
    return f"{grouped_.field} {number} {what}"


def _answer_columns(book: Book) -> tuple[Column, ...]:
    fields = tuple(
        Column(field_key(name), heading_of(name), _wide_enough(book.values[name].values()))
        for name in book.fields
    )
    questions = tuple(
        Column(
            answer_key(question.name),
            f"{question.number} {question.label}",
            _wide_enough(book.labels[question.name].values()),
        )
        for question in book.form.answerable
    )
    return (*_CASE_BEFORE, *fields, *_CASE_AFTER, *questions)


def _wide_enough(texts: Iterable[str]) -> float:
    """A width in which these can be read, within reason; for typed texts, the widest."""
    longest = max(map(len, texts), default=_WIDEST)
    return float(min(_WIDEST, max(_NARROWEST, longest + 2)))


def _group_question_columns(groups: tuple[Grouped, ...]) -> tuple[Column, ...]:
    own = (
        Column(group_key(one, number, what), heading, 7.5)
        for one in groups
        for number, _ in enumerate(one.groups)
        for what, heading in (("above", "Above"), ("below", "Below"), ("share", "Share"))
    )
    return (*_GROUP_QUESTIONS, *own)


def _blocks(book: Book, groups: tuple[Grouped, ...]) -> tuple[GroupBlock, ...]:
    """One block below the other: a line that names the field, its table, its chart."""
    rows = 1 + len(book.form.sections) + len(book.form.criteria)
    blocks, row = [], HEAD + (1 if book.has_cases else HIDING_LINES + 1)
    for one in groups:
        table = Table(Sheet.GROUPS, _block_columns(one), rows, row + 2)
        blocks.append(GroupBlock(one, table, table.last + 2))
        row = table.last + 2 + GROUP_CHART_LINES
    return tuple(blocks)


def _block_columns(one: Grouped) -> tuple[Column, ...]:
    own = (
        Column(group_key(one, number, what), heading, _GROUP_WIDTH)
        for number, _ in enumerate(one.groups)
        for what, heading in (("score", "Score"), ("cases", "Cases"))
    )
    return (
        Column("id", "Number", 11),
        Column("label", "Section or criterion", 64),
        Column("section", "Part of", 11),
        Column("all", "Score", _GROUP_WIDTH),
        Column("all cases", "Cases", _GROUP_WIDTH),
        *own,
    )


def _checks(book: Book, groups: tuple[Grouped, ...]) -> int:
    sections, criteria = len(book.form.sections), len(book.form.criteria)
    of_groups = sum(len(one.groups) for one in groups) * (1 + sections + criteria)
    return 3 * sections + criteria + 7 * len(book.form.answerable) + of_groups
