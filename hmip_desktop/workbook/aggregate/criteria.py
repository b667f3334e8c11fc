"""The Criteria sheet: the general criteria of all inspections beside each other."""

from hmip_desktop.pooling import verdict
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.aggregate.book import Together, of_criterion
from hmip_desktop.workbook.aggregate.layout import Places, key
from hmip_desktop.workbook.aggregate.matrix import Line, Whose, write_lines, write_names
from hmip_desktop.workbook.page import Page


def write_criteria(page: Page, book: Together, places: Places) -> None:
    """Write every general criterion; those without a scored question have no score."""
    table = places.criteria
    page.list_like(table, frozen_columns=2)
    write_names(page, book, table, "score", "score")
    lines = [_line(book, places, index) for index in range(len(book.form.criteria))]
    write_lines(page, book, table, lines)


def _line(book: Together, places: Places, index: int) -> Line:
    group, each = book.form.criteria[index], len(book.inspections)
    questions = places.questions

    def score(whose: Whose) -> str:
        return formulas.criterion_score(group.id, questions, key(whose, "share"))[0]

    def cases(whose: Whose) -> str:
        return formulas.cases_of(group.id, questions, "criteria", (key(whose, "judged"),))

    def said(number: int) -> str:
        return places.differences.criteria.far_cell("said", index * each + number)

    beside = [
        (of_criterion(one.own, index), of_criterion(one.others, index))
        for one in book.pooled.beside
    ]
    return Line(
        texts={
            "id": group.id,
            "label": str(group.label),
            "section": formulas.section_name(group.section) if group.section else "",
        },
        together=of_criterion(book.pooled.together, index),
        own=tuple(own for own, _ in beside),
        verdicts=tuple(verdict(*both) for both in beside),
        score=score,
        cases=cases,
        said=said,
    )
