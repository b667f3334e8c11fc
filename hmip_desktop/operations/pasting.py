"""Tables and pictures for other programs: text to paste, and files."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from hmip_desktop.casefile.placing import part_of
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.operations.exporting import FORMULA_STARTS

_AS_TEXT = " style=\"mso-number-format:'\\@'\""
"""What tells Excel, of a cell in HTML, that it is text and no formula."""


@dataclass(frozen=True)
class CopiedTable:
    """A table as it is read on screen: headings, and rows of as many texts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def tabbed(self) -> str:
        """Lines with tabs, as a sheet takes them; nothing becomes a formula there."""
        lines = (self.headings, *self.rows)
        return "\n".join("\t".join(_in_a_line(cell) for cell in line) for line in lines)

    def html(self) -> str:
        """A table for a document or a sheet. What was typed into it stays text."""
        heads = "".join(f"<th>{_escaped(cell)}</th>" for cell in self.headings)
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows)
        head = f"<thead><tr>{heads}</tr></thead>"
        return f'<meta charset="utf-8"><table>{head}<tbody>{rows}</tbody></table>'

    def csv(self) -> str:
        """The content of a CSV file; what would be a formula has an apostrophe before it."""
        text = io.StringIO(newline="")
        csv.writer(text).writerows(map(_harmless_row, (self.headings, *self.rows)))
        return text.getvalue()


def save_csv(table: CopiedTable, path: Path) -> None:
    """Write a table as a CSV file that Excel reads right.

    Raises:
        Refused: DISK; what stood at `path` stands there still.
    """
    save(table.csv().encode("utf-8-sig"), path)


def save(content: bytes, path: Path) -> None:
    """Write a file, whole or not at all.

    Raises:
        Refused: DISK; what stood at `path` stands there still.
    """
    part = part_of(path)
    with kindly(path):
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _cell(text: str) -> str:
    return f"<td{_AS_TEXT if text.startswith(FORMULA_STARTS) else ''}>{_escaped(text)}</td>"


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _in_a_line(text: str) -> str:
    return _harmless(" ".join(text.split()))


def _harmless_row(row: Sequence[str]) -> list[str]:
    return [_harmless(cell) for cell in row]


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
