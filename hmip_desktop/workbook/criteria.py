"""The Criteria sheet: the general criteria with their scores, and how sure these are."""

from hmip_desktop.scoring import CriterionScore
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.grouping import cases_of_criterion
from hmip_desktop.workbook.layout import Layout
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import value, write_interval, write_words

SUMS = ("above", "below", "missing")


def write_criteria(page: Page, book: Book, places: Layout) -> None:
    """Write every general criterion; those without a scored question have no score."""
    table = places.criteria
    page.list_like(table, frozen_columns=2)
    for index, criterion in enumerate(book.scores.criteria):
        _criterion(page, book, places, index, criterion)


def _criterion(
    page: Page, book: Book, places: Layout, index: int, criterion: CriterionScore
) -> None:
    table, row = places.criteria, places.criteria.row(index)
    score, number = formulas.criterion_score(criterion.id, places.questions)
    section = formulas.section_name(criterion.section) if criterion.section else ""
    page.text(row, table.column("id"), criterion.id)
    page.text(row, table.column("label"), criterion.label)
    page.height(row, (criterion.label, table.width("label")))
    page.formula(row, table.column("score"), score, value(criterion.score), "score")
    page.text(row, table.column("section"), section)
    page.formula(row, table.column("questions"), number, criterion.questions)
    cases = cases_of_criterion(book.scores, criterion.id)
    most = formulas.cases_of(criterion.id, places.questions, "criteria", ("judged",))
    page.formula(row, table.column("cases"), most, cases)
    own = [
        one
        for one in book.scores.questions
        if one.question.scored and criterion.id in one.question.criteria
    ]
    for key in SUMS:
        total = sum(getattr(one, key) for one in own)
        formula = formulas.total(criterion.id, places.questions, key)
        page.formula(row, table.column(key), formula, total)
    write_interval(page, book, table, index, criterion.score, cases)
    write_words(page, table, index, criterion.score, places, "score")
