"""Excel workbooks, read by openpyxl: what each cell shows, and what is wrong with it."""

import io
import warnings
from datetime import date, datetime

import openpyxl
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from hmip_desktop import bounds
from hmip_desktop.sample_sheet.sheet import Cell, Flaw, Sheet, text_cell


def read(content: bytes) -> tuple[Sheet, ...]:
    """The sheets that hold anything, those in sight first.

    Raises:
        TooBigError: for more than `bounds` allows, and whatever openpyxl meets in a damaged file.
    """
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
    return text_cell(str(value))


def _number(value: float, number_format: str) -> str:
    """A number as Excel shows it where that matters for a reference: 1234, 0012, 2.5."""
    whole = str(int(value)) if float(value).is_integer() else str(value)
    return whole.zfill(len(number_format)) if set(number_format) == {"0"} else whole
