"""The Reasons sheet: what was ticked in the lists of several choices, such as what was missing."""

from collections import Counter

from hmip_desktop.form.model import Kind, Question
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.answers import HIDDEN, chosen, hidden_choices, times_chosen
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.layout import Column, Layout, Sheet, Table, answer_key
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.routing_words import asked_when

_COLUMNS = (
    Column("number", "Number", 10),
    Column("text", "Question", 44),
    Column("when", "Asked when", 34),
    Column("reason", "What was ticked", 44),
    Column("cases", "Cases", 9),
    Column("of", "Cases with an answer", 11),
    Column("share", "Share of these", 11),
)


def reason_lists(book: Book) -> list[Question]:
    """The questions with several choices, in the order of the form."""
    return [one for one in book.form.answerable if one.kind is Kind.SELECT_MULTIPLE]


def write_reasons(page: Page, book: Book, places: Layout) -> None:
    """Each choice of each list, with the cases in which it was ticked."""
    rows = [
        (question, choice)
        for question in reason_lists(book)
        for choice in question.choice_by_name.values()
    ]
    table = Table(Sheet.REASONS, _COLUMNS, len(rows), places.criteria.head)
    page.list_like(table, frozen_columns=1)
    times, answered = times_chosen(book), _answered(book)
    counted, among = places.answers.span("counted"), formulas.counting(places)
    for index, (question, choice) in enumerate(rows):
        row, answers = table.row(index), places.answers.span(answer_key(question.name))
        texts = {
            "number": question.number,
            "text": str(question.label),
            "when": asked_when(book.form, question),
            "reason": str(choice.label),
        }
        for key, text in texts.items():
            page.text(row, table.column(key), text)
        page.height(row, *((text, table.width(key)) for key, text in texts.items()))
        if choice.name in hidden_choices(book, question, times):
            for key in ("cases", "of", "share"):
                page.text(row, table.column(key), HIDDEN, "hidden")
            continue
        label = formulas.quoted(book.labels[question.name][choice.name])
        cases, of = times[question.name, choice.name], answered[question.name]
        page.formula(row, table.column("cases"), formulas.ticked(answers, label, counted), cases)
        page.formula(row, table.column("of"), formulas.answered(answers, among), of)
        part = formulas.part_of(table.cell("cases", index), table.cell("of", index))
        page.formula(row, table.column("share"), part, cases / of if of else "", "percent")
    page.bars(table, ("share",))
    page.filtered(table)


def _answered(book: Book) -> Counter[str]:
    """In how many assessments that count each list has an answer."""
    return Counter(
        question.name
        for row in book.counting
        for question in reason_lists(book)
        if chosen(question, row)
    )
