"""The Notes sheet: the evidence beside the answers, with what looks like a personal detail."""

from hmip_desktop.form.model import number_of
from hmip_desktop.workbook.book import Book, NoteRow
from hmip_desktop.workbook.layout import HEAD, Column, Sheet, Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.personal import details, given_names

_COLUMNS = (
    Column("case", "Case", 12),
    Column("assessor", "Assessor", 18),
    Column("order", "Assessment", 12),
    Column("number", "Question", 11),
    Column("text", "Note", 100),
    Column("details", "Looks like it holds", 22),
)
Flagged = tuple[NoteRow, tuple[str, ...]]


def write_notes(page: Page, book: Book) -> None:
    """Every note in a row of its own."""
    rows = flagged(book.notes or ())
    table = Table(Sheet.NOTES, _COLUMNS, len(rows), HEAD)
    page.list_like(table, frozen_columns=1)
    for index, (note, found) in enumerate(rows):
        row = table.row(index)
        texts = {
            "case": note.case,
            "assessor": note.assessor,
            "order": note.order,
            "number": number_of(note.question),
            "text": note.text,
            "details": ", ".join(found),
        }
        for key, text in texts.items():
            page.text(row, table.column(key), text)
        page.height(row, (note.text, table.width("text")))
    page.filtered(table)


def flagged(rows: tuple[NoteRow, ...]) -> tuple[Flagged, ...]:
    """Each text with what it looks as if it held."""
    names = given_names()
    return tuple((row, details(row.text, names)) for row in rows)
