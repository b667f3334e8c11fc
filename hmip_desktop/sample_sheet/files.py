"""Excel workbooks and csv files as people save them: the one door to both."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from hmip_desktop import bounds
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.sample_sheet.sheet import Sheet, text_cell

_LOOKED_AT = 50
_SAID_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# Nobody in a probation area is spelt with these; in the Celtic alphabet (ISO 8859-14) their
# bytes are the Welsh letters that the alphabet of British Windows lacks.
_WELSH = str.maketrans("ðÐþÞ", "ŵŴŷŶ")


def read_book(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file that hold anything, those in sight first; a csv file is one sheet.

    Raises:
        Refused: SHEET_UNREADABLE.
    """
    readers = {".csv": _csv_book, ".xlsx": _excel_book, ".xlsm": _excel_book}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise _unreadable(
            tr("{file} must be an Excel workbook (xlsx) or a csv file.", file=path.name)
        )
    try:
        book = reader(path)
    except FileNotFoundError:
        folder = path.absolute().parent
        sentence = tr("There is no file {file} in {folder}.", file=path.name, folder=folder)
        raise _unreadable(sentence) from None
    except bounds.TooBigError as error:
        raise _unreadable(_too_big(path)) from error
    except Exception as error:
        sentence = tr(
            "{file} cannot be read; it may be damaged or protected by a password.", file=path.name
        )
        raise _unreadable(sentence) from error
    if not book:
        raise _unreadable(tr("{file} is empty.", file=path.name))
    return book


def _unreadable(sentence: str) -> Refused:
    return Refused(Code.SHEET_UNREADABLE, sentence)


def _too_big(path: Path) -> str:
    return tr(
        "{file} is too big to be read, or has something in a cell far away from its table. "
        "Copy the rows that are needed into a new file.",
        file=path.name,
    )


def _csv_book(path: Path) -> tuple[Sheet, ...]:
    text = _decoded(bounds.read(path))
    said = _SAID_SEPARATOR.match(text)
    separator = said[1] if said else _separator(text)
    lines = io.StringIO(text[said.end() :] if said else text, newline="")
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
    sheet = Sheet.of(path.name, (tuple(map(text_cell, row)) for row in _bounded(reader)))
    return (sheet,) if sheet.lines else ()


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number >= bounds.MOST_ROWS or len(row) > bounds.MOST_COLUMNS:
            raise bounds.TooBigError
        yield row


def _separator(text: str) -> str:
    """The sign that the most lines have equally often: titles and remarks do not outvote rows."""

    def agreement(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in text.splitlines()[:_LOOKED_AT])
        counts.pop(0, None)
        return max(((lines, often) for often, lines in counts.items()), default=(0, 0))

    return max(",;\t", key=agreement)


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252").translate(_WELSH)  # what Excel on British Windows saves


def _excel_book(path: Path) -> tuple[Sheet, ...]:
    from hmip_desktop.sample_sheet import excel  # noqa: PLC0415 slow to load, and for few

    return excel.read(bounds.read(path))
