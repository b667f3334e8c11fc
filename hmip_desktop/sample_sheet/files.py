"""Excel workbooks and csv files as people save them: the one door to both."""

import codecs
import csv
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from hmip_desktop import bounds
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.sample_sheet.sheet import Cell, Flaw, Sheet

_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
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
    sheet = Sheet.of(path.name, (tuple(map(_text_cell, row)) for row in _bounded(reader)))
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
    content = bounds.read(path)
    bounds.check_workbook(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about adornments of the workbook that openpyxl lacks
        results = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(content))
    names = [sheet.title for sheet in results.worksheets]
    hidden = {sheet.title for sheet in results.worksheets if sheet.sheet_state != "visible"}
    in_order = sorted(names, key=lambda name: name in hidden)
    sheets = (_excel_sheet(results, written, name) for name in in_order)
    return tuple(sheet for sheet in sheets if sheet.lines)


def _excel_sheet(results: Workbook, written: Workbook, name: str) -> Sheet:
    sheet, source = results[name], written[name]
    if sheet.max_row > bounds.MOST_ROWS or sheet.max_column > bounds.MOST_COLUMNS:
        raise bounds.TooBigError
    rows = [[_excel_cell(cell) for cell in row] for row in sheet.iter_rows()]
    for line, row in zip(source.iter_rows(), rows, strict=False):
        for at, cell in enumerate(line):
            never_calculated = cell.data_type == "f" and sheet[cell.coordinate].data_type == "n"
            if never_calculated and not row[at]:
                row[at] = Cell(flaw=Flaw.UNCALCULATED)
    own = [any(row) for row in rows]
    for merged in sheet.merged_cells.ranges:
        for at in range(merged.min_row, merged.max_row):
            if own[at]:  # a row that has nothing of its own stays empty
                rows[at][merged.min_col - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    lines = Sheet.of(name, (tuple(row) for row in rows)).lines
    return Sheet(name, lines, _hidden_rows(sheet), _hidden_columns(sheet))


def _hidden_rows(sheet: Worksheet) -> frozenset[int]:
    return frozenset(number for number, row in sheet.row_dimensions.items() if row.hidden)


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    hidden = (one for one in sheet.column_dimensions.values() if one.hidden)
    return frozenset(
        at - 1 for one in hidden for at in range(one.min or 1, (one.max or one.min or 1) + 1)
    )


def _text_cell(text: str) -> Cell:
    stripped = text.strip()
    return Cell(text, Flaw.ERROR if stripped.upper() in _ERRORS else None)


def _excel_cell(cell: ExcelCell | MergedCell) -> Cell:
    value = cell.value
    if value is None or isinstance(cell, MergedCell):
        return Cell()
    if cell.data_type == "e":
        return Cell(str(value), Flaw.ERROR)
    if isinstance(value, datetime):
        at_midnight = value.time() == datetime.min.time()
        text = value.date().isoformat() if at_midnight else str(value)
        return Cell(text, Flaw.DATED, cell.number_format)
    if isinstance(value, date):
        return Cell(value.isoformat(), Flaw.DATED, cell.number_format)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Cell(_number(value, cell.number_format), form=cell.number_format)
    return _text_cell(str(value))


def _number(value: float, number_format: str) -> str:
    """A number as Excel shows it where that matters for a reference: 1234, 0012, 2.5."""
    whole = str(int(value)) if float(value).is_integer() else str(value)
    return whole.zfill(len(number_format)) if set(number_format) == {"0"} else whole
