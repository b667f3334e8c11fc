"""The Codebook and the Words sheets: what each question means, and each phrase."""

from hmip_desktop.form.model import Kind, Line, Question
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.layout import HEAD, Column, Layout, Sheet, Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.routing_words import asked_when

_COLUMNS = (
    Column("number", "Number", 10),
    Column("name", "Name in the form", 14),
    Column("text", "Question", 46),
    Column("kind", "Answer", 15),
    Column("choices", "Choices, with their place", 40),
    Column("when", "Asked", 34),
    Column("required", "Needed to sign off", 11),
    Column("criteria", "Criteria", 10),
    Column("scored", "Scored", 9),
    Column("source", "Rests on", 11),
    Column("guidance", "Guidance", 70),
    Column("version", "Form and version", 18),
)
_KINDS = {
    Kind.SELECT_ONE: "one choice",
    Kind.SELECT_MULTIPLE: "several choices",
    Kind.TEXT: "text",
    Kind.INTEGER: "whole number",
    Kind.DECIMAL: "number",
    Kind.DATE: "date",
}
_SIGNS = {Line.ABOVE: "▲ above", Line.BELOW: "▼ below", Line.NOT_COUNTED: "not counted"}


def write_codebook(page: Page, book: Book) -> None:
    """Each question with all that the form says of it."""
    table = Table(Sheet.CODEBOOK, _COLUMNS, len(book.form.answerable), HEAD)
    page.list_like(table, frozen_columns=3)
    for index, question in enumerate(book.form.answerable):
        row = table.row(index)
        texts = _texts(book, question)
        for key, text in texts.items():
            page.text(row, table.column(key), text)
        page.height(row, *((text, table.width(key)) for key, text in texts.items()))
    page.filtered(table)


def choices_in_words(question: Question) -> str:
    """The choices of a question, a line each, with the place of each that can have one."""
    return "\n".join(
        f"{choice.label} ({_SIGNS[question.line_of(choice.name)]})"
        if question.kind is Kind.SELECT_ONE
        else str(choice.label)
        for choice in question.choice_by_name.values()
    )


def _texts(book: Book, question: Question) -> dict[str, str]:
    form = book.form
    hints = (str(question.hint), str(question.guidance))
    return {
        "number": question.number,
        "name": question.name,
        "text": str(question.label),
        "kind": _KINDS.get(question.kind, question.kind.value),
        "choices": choices_in_words(question),
        "when": asked_when(form, question),
        "required": "yes" if question.required else "no",
        "criteria": ", ".join(question.criteria),
        "scored": "yes" if question.scored else "no",
        "source": question.source,
        "guidance": "\n".join(hint for hint in hints if hint),
        "version": f"{form.form_id} {form.version}",
    }


def write_words(page: Page, places: Layout) -> None:
    """The table of words for proportions."""
    table = places.words
    page.headings(table)
    for index, one in enumerate(places.phrases):
        row = table.row(index)
        page.number(row, 0, one.low)
        page.number(row, 1, one.high)
        page.text(row, 2, one.words)
