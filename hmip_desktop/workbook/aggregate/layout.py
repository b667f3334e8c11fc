"""Where everything stands in the workbook of several inspections."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hmip_desktop.workbook.aggregate.book import Together
from hmip_desktop.workbook.layout import CHECK, HEAD, SECTION_CHART_LINES, Column, Table


class Sheet(StrEnum):
    """The sheets, in their order. A copy to pass on has no Differences and no Check."""

    SCORES = "Scores"
    CRITERIA = "Criteria"
    QUESTIONS = "Questions"
    DIFFERENCES = "Differences"
    INSPECTIONS = "Inspections"
    NOT_COMPARABLE = "Not comparable"
    CODEBOOK = "Codebook"
    CHECK = "Check"
    ABOUT = "About"


ALL = "all"
"""What stands before the keys of all inspections together; a number before those of one."""

# The lines above the first table of the Scores sheet, in their order.
TITLE, AS_AT, STANDING, WHY, FORM, RULE, ASSESSMENTS, LEFT_OUT, AGREES = range(9)
_FACTS = 9
_BETWEEN = 4
"""Lines between two tables of a sheet: a blank one, a heading, the names, and the headings."""

INSPECTIONS = (
    Column("number", "No.", 6),
    Column("title", "Inspection", 34),
    Column("area", "Area", 22),
    Column("starts", "First day", 13),
    Column("ends", "Last day", 13),
    Column("version", "Form and version", 20),
    Column("cases", "Cases in the sample", 10),
    Column("assessments", "Assessments counted", 12),
    Column("conflicts", "Open conflicts", 10),
    Column("standing", "Standing", 46),
    Column("as_at", "Last entry (UTC)", 18),
    Column("file", "Case file", 22),
    Column("fingerprint", "Check code of its entries", 18),
)
LEFT_OUT_COLUMNS = (
    Column("version", "Version", 12),
    Column("number", "Number", 10),
    Column("text", "Question", 70),
    Column("scored", "Scored", 9),
    Column("why", "Why", 60),
)
CODEBOOK = (
    Column("number", "Number", 10),
    Column("name", "Name in the form", 14),
    Column("text", "Question", 60),
    Column("choices", "Choices, with their place", 44),
    Column("criteria", "Criteria", 12),
    Column("scored", "Scored", 9),
    Column("older", "In older versions", 30),
)
_COMPARED = (
    Column("id", "Number", 9),
    Column("label", "Of", 58),
    Column("inspection", "Inspection", 32),
    Column("score", "Score", 8.5),
    Column("cases", "Cases", 7.5),
    Column("low", "95% from", 8.5),
    Column("high", "95% to", 8),
    Column("others", "Others together", 10),
    Column("others_cases", "Their cases", 8),
    Column("others_low", "95% from", 8.5),
    Column("others_high", "95% to", 8),
    Column("all", "All together", 10),
    Column("difference", "Points from all together", 12),
    Column("said", "Beside the others", 20),
    Column("criteria", "Criteria", 12),
    Column("scored", "Scored", 8),
    Column("sections", "Sections", 11),
    Column("key", "Look-up", 13),
)


def key_of(number: int) -> str:
    """An inspection as formulas find it: no text that people typed."""
    return f"Inspection {number + 1}"


def key(whose: int | str, what: str) -> str:
    """The key of a column of one inspection, or of all together."""
    return f"{whose} {what}"


@dataclass(frozen=True)
class Differences:
    """Each inspection beside the others: sections, criteria and questions, each in a table."""

    sections: Table
    criteria: Table
    questions: Table


@dataclass(frozen=True)
class Places:
    """The tables of one workbook that others refer to.

    `other` has the sections by the mean that is not the headline, `versions` by all questions of
    each inspection's own version of the form.
    """

    sections: Table
    chart_row: int
    other: Table
    versions: Table
    criteria: Table
    questions: Table
    differences: Differences
    inspections: Table
    check: Table

    @property
    def assessments(self) -> str:
        """The cell that says how many assessments count in all."""
        return f"{Sheet.SCORES}!$C${ASSESSMENTS + 1}"


def layout(book: Together) -> Places:
    """The tables of a book, each with its place."""
    form, questions = book.form, len(book.matched.questions)
    sections = Table(Sheet.SCORES, _section_columns(book), len(form.sections), _FACTS + 2)
    chart_row = sections.last + 2
    other = Table(
        Sheet.SCORES,
        sections.columns,
        len(form.sections),
        chart_row + SECTION_CHART_LINES + _BETWEEN,
    )
    versions = Table(Sheet.SCORES, sections.columns, len(form.sections), other.last + 1 + _BETWEEN)
    return Places(
        sections=sections,
        chart_row=chart_row,
        other=other,
        versions=versions,
        criteria=Table(Sheet.CRITERIA, _criterion_columns(book), len(form.criteria), HEAD + 1),
        questions=Table(Sheet.QUESTIONS, _question_columns(book), questions, HEAD + 1),
        differences=_differences(book),
        inspections=Table(Sheet.INSPECTIONS, INSPECTIONS, len(book.inspections), HEAD),
        check=Table(Sheet.CHECK, CHECK, _checks(book), HEAD + 2),
    )


def _differences(book: Together) -> Differences:
    each, form = len(book.inspections), book.form
    sections = Table(Sheet.DIFFERENCES, _COMPARED, each * len(form.sections), HEAD + 1)
    criteria = Table(
        Sheet.DIFFERENCES, _COMPARED, each * len(form.criteria), sections.last + _BETWEEN
    )
    questions = Table(
        Sheet.DIFFERENCES, _COMPARED, each * len(book.matched.questions), criteria.last + _BETWEEN
    )
    return Differences(sections, criteria, questions)


def _section_columns(book: Together) -> tuple[Column, ...]:
    return (
        Column("id", "Section", 10),
        Column("label", "Outcome", 44),
        Column(key(ALL, "score"), "Score", 10),
        Column(key(ALL, "cases"), "Cases", 8),
        Column("mean", "Mean of the inspections", 12),
        *_of_each(book),
    )


def _criterion_columns(book: Together) -> tuple[Column, ...]:
    return (
        Column("id", "Criterion", 10),
        Column("label", "General criterion", 52),
        Column("section", "Part of", 11),
        Column(key(ALL, "score"), "Score", 10),
        Column(key(ALL, "cases"), "Cases", 8),
        Column("mean", "Mean of the inspections", 12),
        *_of_each(book),
    )


def _of_each(book: Together) -> Iterator[Column]:
    for number in book.numbers:
        yield Column(key(number, "score"), "Score", 9)
        yield Column(key(number, "cases"), "Cases", 8)
        yield Column(key(number, "said"), "Beside the others", 20)


def _question_columns(book: Together) -> tuple[Column, ...]:
    return (
        Column("number", "Number", 9),
        Column("text", "Question", 54),
        Column("criteria", "Criteria", 11),
        Column("scored", "Scored", 8),
        Column("sections", "Sections", 9),
        *_counted(ALL),
        *(column for number in book.numbers for column in (*_counted(number), _said(number))),
    )


def _counted(whose: int | str) -> Iterator[Column]:
    yield Column(key(whose, "above"), "Above", 8)
    yield Column(key(whose, "below"), "Below", 8)
    yield Column(key(whose, "judged"), "Above or below", 8)
    yield Column(key(whose, "share"), "Share above", 8)
    yield Column(key(whose, "result"), "In print", 11)


def _said(number: int) -> Column:
    return Column(key(number, "said"), "Beside the others", 20)


def _checks(book: Together) -> int:
    each, form = len(book.inspections), book.form
    lines = 2 * len(form.sections) + len(form.criteria)
    return (each + 2) * lines + (each + 1) * len(book.matched.questions) + _compared(book)


def _compared(book: Together) -> int:
    """Five figures for each line of Differences."""
    form = book.form
    lines = len(form.sections) + len(form.criteria) + len(book.matched.questions)
    return 5 * len(book.inspections) * lines
