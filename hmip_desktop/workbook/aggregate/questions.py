"""The Questions sheet: how each question was answered, inspection by inspection and together."""

from dataclasses import replace

from hmip_desktop.pooling import verdict
from hmip_desktop.scoring import QuestionScore, shown_with_count
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.aggregate.book import Together, of_question
from hmip_desktop.workbook.aggregate.layout import ALL, Places, key
from hmip_desktop.workbook.aggregate.matrix import Whose, write_names
from hmip_desktop.workbook.grouping import sections_of
from hmip_desktop.workbook.layout import Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import value


def write_questions(page: Page, book: Together, places: Places) -> None:
    """Every compared question with its counts and shares."""
    table = places.questions if book.is_live else _of_all(places.questions)
    page.list_like(table, frozen_columns=2)
    if book.is_live:
        write_names(page, book, table, "above", "above")
    for index, together in enumerate(book.pooled.together.questions):
        _facts(page, book, places, index)
        _together(page, book, places, index, together)
        for number in book.numbers if book.is_live else ():
            _of_one(page, book, places, index, number)
    page.filtered(table)


def _of_all(table: Table) -> Table:
    """The columns up to the last one of all inspections together."""
    return replace(table, columns=table.columns[: table.column(key(ALL, "result")) + 1])


def _facts(page: Page, book: Together, places: Places, index: int) -> None:
    table, row = places.questions, places.questions.row(index)
    question = book.matched.questions[index]
    texts = {
        "number": question.number,
        "text": str(question.label),
        "criteria": formulas.in_list(*question.criteria),
        "scored": "yes" if question.scored else "no",
        "sections": formulas.in_list(*sections_of(book.form, question)),
    }
    for name, text in texts.items():
        page.text(row, table.column(name), text)
    page.height(row, *((text, table.width(name)) for name, text in texts.items()))


def _together(page: Page, book: Together, places: Places, index: int, score: QuestionScore) -> None:
    """The counts of all inspections, added up."""
    table, row = places.questions, places.questions.row(index)
    for what in ("above", "below"):
        at, count = table.column(key(ALL, what)), getattr(score, what)
        if book.is_live:
            each = "+".join(table.cell(key(number, what), index) for number in book.numbers)
            page.formula(row, at, f"={each}", count)
        else:
            page.number(row, at, count)
    _computed(page, book, places, index, ALL, score)


def _of_one(page: Page, book: Together, places: Places, index: int, number: int) -> None:
    table, row = places.questions, places.questions.row(index)
    beside = book.pooled.beside[number]
    score = beside.own.questions[index]
    for what in ("above", "below"):
        page.number(row, table.column(key(number, what)), getattr(score, what))
    _computed(page, book, places, index, number, score)
    said = verdict(of_question(beside.own, index), of_question(beside.others, index))
    far = places.differences.questions.far_cell("said", index * len(book.inspections) + number)
    page.formula(row, table.column(key(number, "said")), f"={far}", said.value, "verdict")


def _computed(
    page: Page, book: Together, places: Places, index: int, whose: Whose, score: QuestionScore
) -> None:
    """What follows from the two counts."""
    table, row = places.questions, places.questions.row(index)
    line = table.cell(key(whose, "above"), index), table.cell(key(whose, "below"), index)
    result = shown_with_count(score.above, score.judged, book.small_group)
    style = "score" if whose == ALL else "percent"
    figures = (
        ("judged", f"={line[0]}+{line[1]}", score.judged, "number"),
        ("share", formulas.proportion(*line), value(score.proportion), style),
        ("result", formulas.shown_with_count(*line, book.small_group), result, "result"),
    )
    for what, formula, shown, kind in figures:
        page.formula(row, table.column(key(whose, what)), formula, shown, kind)
