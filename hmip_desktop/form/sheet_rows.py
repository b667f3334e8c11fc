"""Where rows stand in the text forms of an XLSForm, which hold several sheets in one file.

pyxform gives each sheet's rows without their place; a person who mends a csv or md file counts
lines of the file.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence


def row_numbers(suffix: str, content: bytes) -> Mapping[str, Sequence[int]]:
    """The row or line number of each row that pyxform reads, by sheet; empty for workbooks."""
    text = content.decode("utf-8-sig", errors="replace")
    if suffix == ".csv":
        return _by_sheet(enumerate(csv.reader(io.StringIO(text, newline="")), start=1))
    if suffix == ".md":
        lines = enumerate(text.splitlines(), start=1)
        return _by_sheet((number, _cells(line)) for number, line in lines if _is_row(line))
    return {}


def _by_sheet(rows: Iterable[tuple[int, Sequence[str]]]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    sheet, headings = "", True
    for number, cells in rows:
        if cells and cells[0].strip():
            sheet, headings = cells[0].strip().lower(), True
            numbers[sheet] = []
        elif sheet and any(cell.strip() for cell in cells):
            if not headings:
                numbers[sheet].append(number)
            headings = False
    return numbers


def _is_row(line: str) -> bool:
    return line.strip().startswith("|") and bool(set(line) - set("|-: \t"))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
