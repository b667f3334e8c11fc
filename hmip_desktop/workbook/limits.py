"""What a sheet of Excel can hold, looked at before anything is written. Pure."""

from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.layout import Layout, Sheet

ROWS, COLUMNS = 1_048_576, 16_384


def require_room(book: Book, places: Layout) -> None:
    """Make sure that every list has room on its sheet.

    Raises:
        Refused: VALUE_UNUSABLE, with the sheet and what to do.
    """
    tables = [places.questions, places.group_questions, places.choices, places.check]
    tables += [places.answers] if book.has_cases else []
    wide = [(str(one.sheet), len(one.columns)) for one in tables]
    wide += [(str(Sheet.GROUPS), len(block.table.columns)) for block in places.groups]
    long = [(str(one.sheet), one.last + 1) for one in tables]
    long += [(str(Sheet.NOTES), len(book.notes or ()) + places.answers.head + 1)]
    for sheet, columns in wide:
        if columns > COLUMNS:
            sentence = tr(
                "The sheet {sheet} would need {columns} columns, and Excel has {most}: "
                "take columns out of the sample, or group by fewer fields.",
                sheet=sheet,
                columns=f"{columns:,}",
                most=f"{COLUMNS:,}",
            )
            raise Refused(Code.VALUE_UNUSABLE, sentence)
    for sheet, rows in long:
        if rows > ROWS:
            sentence = tr(
                "The sheet {sheet} would need {rows} rows, and Excel has {most}: "
                "use the export of all data instead.",
                sheet=sheet,
                rows=f"{rows:,}",
                most=f"{ROWS:,}",
            )
            raise Refused(Code.VALUE_UNUSABLE, sentence)
