"""The Factors sheet: what lies behind the offending, and whether enough was done about it."""

from collections.abc import Mapping

from hmip_desktop.form.model import Choice, Line
from hmip_desktop.scoring import QuestionScore
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.answers import HIDDEN, hidden_choices, times_chosen
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.factors import Factors
from hmip_desktop.workbook.layout import Column, Layout, Sheet, Table, answer_key
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.questions import asked
from hmip_desktop.workbook.summary import value

Times = Mapping[tuple[str, str], int]
_WHAT = (("above", "Above the line"), ("below", "Below the line"), ("share", "Share above"))


def factor_table(places: Layout, found: Factors) -> Table:
    """The table of the factors, three columns for each thing asked about them."""
    own = (
        Column(f"{number} {what}", heading, 16)
        for number, _ in enumerate(found.measures)
        for what, heading in _WHAT
    )
    columns = (
        Column("factor", str(found.question.label), 46),
        Column("cases", "Cases", 9),
        Column("part", "Share of all cases", 11),
        *own,
    )
    return Table(Sheet.FACTORS, columns, len(found.choices), places.criteria.head + 1)


def write_factors(page: Page, book: Book, places: Layout) -> None:
    """A row for each factor, the most frequent first."""
    found = places.factors
    if found is None:
        return
    table, times = factor_table(places, found), times_chosen(book)
    page.headings(table)
    page.sheet.set_row(table.head, 47)
    for number, measure in enumerate(found.measures):
        page.text(table.head - 1, table.column(f"{number} above"), measure.label, "label")
    name = found.question.name
    in_order = sorted(found.choices, key=lambda choice: -times[name, choice.name])
    for index, choice in enumerate(in_order):
        _factor(page, book, places, table, index, choice, times)
    page.bars(table, ["part", *(f"{n} share" for n, _ in enumerate(found.measures))])


def _factor(
    page: Page, book: Book, places: Layout, table: Table, index: int, choice: Choice, times: Times
) -> None:
    found, row = places.factors, table.row(index)
    if found is None:
        return
    name = found.question.name
    cases = times[name, choice.name]
    answers, counted = places.answers.span(answer_key(name)), places.answers.span("counted")
    label = formulas.quoted(book.labels[name][choice.name])
    page.text(row, 0, str(choice.label))
    if choice.name in hidden_choices(book, found.question, times):
        for column in range(1, len(table.columns)):
            page.text(row, column, HIDDEN, "hidden")
        return
    page.formula(row, table.column("cases"), formulas.ticked(answers, label, counted), cases)
    part = formulas.part_of(table.cell("cases", index), places.assessments)
    every = book.scores.assessments
    page.formula(row, table.column("part"), part, cases / every if every else "", "percent")
    scores = {one.question.name: one for one in book.scores.questions}
    for number, measure in enumerate(found.measures):
        question = measure.questions.get(choice.name)
        if question:
            _measured(page, places, table, index, number, scores[question.name])


def _measured(
    page: Page, places: Layout, table: Table, index: int, number: int, score: QuestionScore
) -> None:
    row, own, among = table.row(index), asked(places, score.question), formulas.counting(places)
    cells = [table.cell(f"{number} {what}", index) for what in ("above", "below")]
    figures = (
        ("above", formulas.placed(own, Line.ABOVE, among), score.above, "number"),
        ("below", formulas.placed(own, Line.BELOW, among), score.below, "number"),
        ("share", formulas.proportion(*cells), value(score.proportion), "percent"),
    )
    for what, formula, shown, style in figures:
        page.formula(row, table.column(f"{number} {what}"), formula, shown, style)
