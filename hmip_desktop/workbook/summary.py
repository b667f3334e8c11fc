"""The Scores sheet: what the inspection comes to, on one page."""

from datetime import UTC
from fractions import Fraction

from hmip_desktop.form.model import SectionRule
from hmip_desktop.scoring import SectionScore, interval
from hmip_desktop.workbook import formulas, layout
from hmip_desktop.workbook.book import Book, Counted
from hmip_desktop.workbook.grouping import cases_of_section
from hmip_desktop.workbook.layout import Layout, Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.wording import in_words

RULE_IN_WORDS = {
    SectionRule.CRITERIA: "A section's score is the mean of its criterion scores.",
    SectionRule.QUESTIONS: "A section's score is the mean of its questions, each once.",
}
PROVISIONAL = "PROVISIONAL"
CHANGING = f"{PROVISIONAL}: assessments are unfinished or conflicts are open."


def write_summary(page: Page, book: Book, places: Layout) -> None:
    """Write everything on the Scores sheet but the chart."""
    page.headings(places.sections)
    _facts(page, book, places)
    for index, section in enumerate(book.scores.sections):
        _section(page, book, places, index, section)
    page.sheet.hide_gridlines(2)


def standing(book: Book) -> str:
    """Whether the scores can still change, in words."""
    if not book.provisional:
        return "Complete: every assessment is signed off and no conflict is open."
    return f"{PROVISIONAL}: the scores may still change"


def value(score: Fraction | float | None) -> float | str:
    """A score as a cell keeps it; empty where there is none."""
    return "" if score is None else float(score)


def write_interval(
    page: Page,
    book: Book,
    table: Table,
    index: int,
    share: Fraction | None,
    cases: int,
    key: str = "score",
) -> None:
    """Both ends of the interval of the share in column `key`, over the cases beside it."""
    ends = interval(float(share) * cases, cases, book.fraction) if share is not None else None
    column = "cases" if key == "score" else "judged"
    cells = table.cell(key, index), table.cell(column, index)
    both = formulas.interval(*cells, layout.FRACTION)
    for number, name in enumerate(("low", "high")):
        end = ends[number] if ends else ""
        page.formula(table.row(index), table.column(name), both[number], end, "percent")


def write_words(
    page: Page, table: Table, index: int, share: Fraction | None, places: Layout, key: str
) -> None:
    """The share in column `key` in words, and as a bar."""
    row, cell = table.row(index), table.cell(key, index)
    words = in_words(share, places.phrases)
    page.formula(row, table.column("words"), formulas.in_words(cell, places.words), words, "text")
    page.formula(row, table.column("bar"), formulas.bar(cell), drawn(share), "bar")


def drawn(share: Fraction | None) -> str:
    """A share as a bar of letters: ten for the whole."""
    if share is None:
        return ""
    filled = int(share * 10 + Fraction(1, 2))
    return "\N{FULL BLOCK}" * filled + "\N{LIGHT SHADE}" * (10 - filled)


def _facts(page: Page, book: Book, places: Layout) -> None:
    as_at = book.as_at.astimezone(UTC)
    said = f"{book.area}  ·  as at {as_at.day} {as_at:%b %Y %H:%M} UTC, the time of the last entry"
    page.text(layout.TITLE, 0, book.title, "title")
    page.text(layout.AREA, 0, said, "said")
    style = "banner" if book.provisional else "complete"
    for column in range(len(places.sections.columns)):
        page.text(layout.STANDING, column, "", style)
        if book.provisional:
            page.text(layout.WHY, column, "", "warning")
    page.text(layout.STANDING, 0, standing(book), style)
    _why(page, book)
    page.text(layout.FORM, 0, "Form", "label")
    page.text(layout.FORM, 2, _form_line(book), "plain")
    page.text(layout.RULE, 0, "How it is scored", "label")
    page.text(layout.RULE, 2, f"{RULE_IN_WORDS[book.scores.rule]} Both means are shown.", "plain")
    page.text(layout.ASSESSMENTS, 0, "Assessments counted", "label")
    own = formulas.quoted(Counted.YES.value)
    counted = f"=COUNTIFS({places.answers.span('counted')},{own})"
    page.formula(layout.ASSESSMENTS, 2, counted, book.scores.assessments, "fact")
    page.text(layout.CONFLICTS, 0, "Open conflicts", "label")
    page.number(layout.CONFLICTS, 2, book.conflicts, "fact")
    page.sheet.set_row(layout.TITLE, 30)
    page.sheet.set_row(layout.STANDING, 28 if book.provisional else 20)
    if book.has_cases:
        page.text(layout.AGREES, 0, "Check", "label")
        agreeing = formulas.agreeing(places.check.span("verdict"))
        said = f"{places.check.rows} of {places.check.rows}"
        after = " figures of this workbook agree with the program"
        page.formula(layout.AGREES, 2, f'={agreeing}&"{after}"', f"{said}{after}", "plain")
    else:
        page.text(layout.AGREES, 0, "Hidden", "label")
        page.text(layout.AGREES, 2, hidden_line(book), "plain")


def hidden_line(book: Book) -> str:
    """What a copy to pass on does not show."""
    return (
        f"Groups of fewer than {book.least} cases are hidden, and single cases are left out: "
        "this is a copy to pass on, without formulas."
    )


def _why(page: Page, book: Book) -> None:
    """The reasons for being provisional: one below the other in one row of cells."""
    if book.provisional:
        page.text(layout.WHY, 0, "Because", "warning")
        page.text(layout.WHY, 1, "\n".join(f"• {why}" for why in book.reasons), "warning")
        width = 70.0
        lines = sum(1 + int(len(why) / (width * 0.9)) for why in book.reasons)
        page.sheet.set_row(layout.WHY, min(409, 17 * lines))


def _form_line(book: Book) -> str:
    return f"{book.form.title} ({book.form.form_id}, version {book.form.version})"


def _section(page: Page, book: Book, places: Layout, index: int, section: SectionScore) -> None:
    table, row = places.sections, places.sections.row(index)
    cells = formulas.Means(
        *(table.cell(key, index) for key in ("score", "by_criteria", "by_questions"))
    )
    means = formulas.section_score(
        section.id, book.scores.rule, places.criteria, places.questions, cells
    )
    page.text(row, table.column("id"), section.id)
    page.text(row, table.column("label"), section.label)
    page.height(row, (section.label, table.width("label")))
    columns = (
        ("score", means.score, section.score, "score"),
        ("by_criteria", means.by_criteria, section.by_criteria, "percent"),
        ("by_questions", means.by_questions, section.by_questions, "percent"),
    )
    for key, formula, score, style in columns:
        page.formula(row, table.column(key), formula, value(score), style)
    cases = cases_of_section(book.form, book.scores, section.id)
    most = formulas.cases_of(section.id, places.questions, "sections", ("judged",))
    page.formula(row, table.column("cases"), most, cases)
    write_interval(page, book, table, index, section.score, cases)
    write_words(page, table, index, section.score, places, "score")
