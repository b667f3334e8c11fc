"""The Scores sheet: what the inspection comes to, in one or two pages."""

from datetime import UTC
from fractions import Fraction

from hmip_desktop.form.model import SectionRule
from hmip_desktop.scoring import CriterionScore, SectionScore
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.layout import (
    AREA,
    AS_AT,
    ASSESSMENTS,
    CONFLICTS,
    FORM,
    RULE,
    STANDING,
    TITLE,
    Layout,
)
from hmip_desktop.workbook.page import Page

RULE_IN_WORDS = {
    SectionRule.CRITERIA: "A section's score is the mean of its criterion scores.",
    SectionRule.QUESTIONS: "A section's score is the mean of its questions, each once.",
}


def write_summary(page: Page, book: Book, places: Layout) -> None:
    """Write everything on the Scores sheet but the chart."""
    _facts(page, book)
    page.headings(places.sections)
    page.headings(places.criteria)
    for index, section in enumerate(book.scores.sections):
        _section(page, book, places, index, section)
    for index, criterion in enumerate(book.scores.criteria):
        _criterion(page, places, index, criterion)
    page.bars(places.sections, ("score", "by_criteria", "by_questions"))
    page.bars(places.criteria, ("score",))
    page.sheet.freeze_panes(1, 0)


def standing(book: Book) -> str:
    """Whether the scores can still change, in words."""
    if not book.provisional:
        return "Complete: every assessment is signed off and no conflict is open."
    return "PROVISIONAL: assessments are unfinished or conflicts are open. The scores may change."


def value(score: Fraction | None) -> float | str:
    """A score as a cell keeps it; empty where there is none."""
    return "" if score is None else float(score)


def _facts(page: Page, book: Book) -> None:
    as_at = book.as_at.astimezone(UTC)
    facts = {
        AREA: ("Area", book.area, "plain"),
        STANDING: ("Standing", standing(book), "warning" if book.provisional else "plain"),
        FORM: ("Form", _form_line(book), "plain"),
        RULE: ("How it is scored", RULE_IN_WORDS[book.scores.rule], "plain"),
        AS_AT: ("As at", f"{as_at.day} {as_at:%b %Y %H:%M} UTC (last entry)", "plain"),
    }
    page.text(TITLE, 0, book.title, "title")
    for row, (label, text, style) in facts.items():
        page.text(row, 0, label, "label")
        page.text(row, 1, text, style)
    page.text(ASSESSMENTS, 0, "Assessments counted", "label")
    page.number(ASSESSMENTS, 1, book.scores.assessments, "fact")
    page.text(CONFLICTS, 0, "Open conflicts", "label")
    page.number(CONFLICTS, 1, book.conflicts, "fact")
    page.sheet.set_row(TITLE, 28)
    if book.provisional:
        page.sheet.set_row(STANDING, 34)


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


def _criterion(page: Page, places: Layout, index: int, criterion: CriterionScore) -> None:
    table, row = places.criteria, places.criteria.row(index)
    score, number = formulas.criterion_score(criterion.id, places.questions)
    section = formulas.section_name(criterion.section) if criterion.section else ""
    page.text(row, table.column("id"), criterion.id)
    page.text(row, table.column("label"), criterion.label)
    page.height(row, (criterion.label, table.width("label")))
    page.formula(row, table.column("score"), score, value(criterion.score), "score")
    page.text(row, table.column("section"), section)
    page.formula(row, table.column("questions"), number, criterion.questions)
