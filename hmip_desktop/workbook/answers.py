"""Answers and Choices: what was answered, and where each choice stands. All figures begin here."""

from collections import Counter
from collections.abc import Callable, Mapping

from hmip_desktop.form.model import Kind, Question
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.book import IN_CONFLICT, NOT_ASKED, AssessmentRow, Book, Counted
from hmip_desktop.workbook.grouping import has_line
from hmip_desktop.workbook.layout import Layout, answer_key, choice_lines, field_key
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.suppression import hidden

Step = Callable[[], None]
HIDDEN = "hidden"
_MARKERS = (NOT_ASKED, IN_CONFLICT)


def write_answers(page: Page, book: Book, places: Layout, step: Step) -> None:
    """One row for each assessment, one column for each question."""
    table = places.answers
    page.list_like(table, frozen_columns=1)
    page.sheet.set_row(table.head, 110)
    for index, row in enumerate(book.assessments):
        _case(page, book, places, index, row)
        _answers(page, book, places, index, row)
        step()
    page.filtered(table)
    _offer_choices(page, book, places)


def _case(page: Page, book: Book, places: Layout, index: int, row: AssessmentRow) -> None:
    table, at = places.answers, places.answers.row(index)
    texts = {
        "case": row.case,
        **{field_key(name): book.value_of(row, name) for name in book.fields},
        "assessor": row.assessor,
        "order": row.order,
        "status": row.status,
        "counted": row.counted.value,
    }
    for key, text in texts.items():
        page.text(at, table.column(key), text, "line")
    page.number(at, table.column("asked"), len(row.judged.asked))
    page.number(at, table.column("answered"), row.answered)


def _answers(page: Page, book: Book, places: Layout, index: int, row: AssessmentRow) -> None:
    """An answer that is missing leaves its cell empty."""
    table, at = places.answers, places.answers.row(index)
    first = table.column(answer_key(book.form.answerable[0].name)) if book.form.answerable else 0
    for number, question in enumerate(book.form.answerable, first):
        text = book.answer_of(row, question)
        if text:
            page.text(at, number, text, "aside" if text in _MARKERS else "line")


def _offer_choices(page: Page, book: Book, places: Layout) -> None:
    """Lists to choose from, in each column of a question and under Counted."""
    table = places.answers
    offers = {
        answer_key(question.name): "="
        + places.choices.part("shown", *places.choice_rows[question.name])
        for question in book.form.answerable
        if question.kind is Kind.SELECT_ONE and question.name in places.choice_rows
    }
    lists: dict[str, str | list[str]] = {**offers, "counted": [one.value for one in Counted]}
    for key, source in lists.items():
        column = table.column(key)
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        page.sheet.data_validation(table.row(0), column, table.last, column, rule)


def write_choices(page: Page, book: Book, places: Layout) -> None:
    """Every choice of every question, with its place, the reason for it and how often it is."""
    table, among = places.choices, formulas.counting(places)
    page.list_like(table, frozen_columns=2)
    counted, times = places.answers.span("counted"), times_chosen(book)
    for index, (question, choice) in enumerate(choice_lines(book)):
        row, shown = table.row(index), book.labels[question.name][choice.name]
        texts = {
            "question": question.name,
            "number": question.number,
            "value": choice.name,
            "label": str(choice.label),
            "shown": shown,
            "place": question.line_of(choice.name).value,
            "why": choice.why,
            "key": formulas.literal(shown),
        }
        for key, text in texts.items():
            page.text(row, table.column(key), text)
        page.height(row, *((text, table.width(key)) for key, text in texts.items()))
        answers = places.answers.span(answer_key(question.name))
        if question.kind is Kind.SELECT_ONE:
            formula = f"=COUNTIFS({answers},{table.cell('key', index)},{among})"
        else:
            formula = formulas.ticked(answers, formulas.quoted(shown), counted)
        if choice.name in hidden_choices(book, question, times):
            page.text(row, table.column("chosen"), HIDDEN, "hidden")
        else:
            page.formula(row, table.column("chosen"), formula, times[question.name, choice.name])
    page.filtered(table)


def times_chosen(book: Book) -> Counter[tuple[str, str]]:
    """In how many assessments that count each choice of each question was made."""
    return Counter(
        (question.name, choice)
        for row in book.counting
        for question in book.form.answerable
        if question.choices
        for choice in chosen(question, row)
    )


def hidden_choices(
    book: Book, question: Question, times: Mapping[tuple[str, str], int]
) -> frozenset[str]:
    """The choices chosen too rarely to be told; what stands above or below the line is told.

    These describe people, as the fields of the sample do, and are hidden by the same rule.
    """
    if not book.least or has_line(question):
        return frozenset()
    names = list(question.choice_by_name)
    places = hidden([times[question.name, name] for name in names], book.least)
    return frozenset(names[place] for place in places)


def chosen(question: Question, row: AssessmentRow) -> tuple[str, ...]:
    """The choices that stand as the answer to a question."""
    name = question.name
    if name not in row.judged.asked or name in row.judged.unsettled:
        return ()
    value = row.judged.values.get(name, "")
    if question.kind is Kind.SELECT_MULTIPLE:
        return tuple(value.split())
    return (value,) if value else ()
