"""Tables in Word: a heading line that comes again on each page, rows that are never torn."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.parser import OxmlElement
from docx.shared import Cm
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from hmip_desktop.summary import styles
from hmip_desktop.summary.content import Table
from hmip_desktop.summary.styles import with_attributes
from hmip_desktop.workbook.text import fit

_KEPT = 3
"""So many rows stay with the heading line, so that it is never alone at the foot of a page."""
_INNER = {"top": 30, "left": 90, "bottom": 30, "right": 90}


def add_table(document: Document, told: Table) -> None:
    """Put a table at the end of the document."""
    table = document.add_table(rows=1 + len(told.rows), cols=len(told.columns))
    table.autofit = False
    _frame(table, told.caption)
    widths = [Cm(styles.WIDTH_CM * one.part) for one in told.columns]
    rights = [one.right for one in told.columns]
    head, *rows = table.rows
    _fill(head, [one.heading for one in told.columns], rights, styles.CELL_HEAD)
    _repeat(head)
    for row, texts in zip(rows, told.rows, strict=True):
        _fill(row, texts, rights, styles.CELL)
    for number, row in enumerate(table.rows):
        _whole(row)
        stays = number < len(told.rows) if told.whole else number < _KEPT
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.keep_with_next = stays
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell in head.cells:
        _shade(cell, styles.INK)
    if told.emphasised and rows:
        for cell in rows[0].cells:
            _shade(cell, styles.PALE)
            for run in cell.paragraphs[0].runs:
                run.bold = True


def _fill(row: _Row, texts: Sequence[str], rights: Sequence[bool], style: str) -> None:
    for cell, text, right in zip(row.cells, texts, rights, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = styles.CELL_RIGHT if right and style == styles.CELL else style
        if right and style == styles.CELL_HEAD:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.add_run(" ".join(fit(text).split()))


def _frame(table: WordTable, caption: str) -> None:
    """Lines between the rows, room inside the cells, and what the table is, in words."""
    element: Any = table._tbl  # noqa: SLF001 python-docx has no other door to these properties
    properties = element.tblPr
    borders, room = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    borders.extend([_line("w:bottom"), _line("w:insideH")])
    room.extend([_room(side, width) for side, width in _INNER.items()])
    after = ("w:tblLayout", "w:tblCellMar", "w:tblLook")  # the schema has an order
    properties.insert_element_before(borders, *after)
    properties.insert_element_before(room, *after[2:])
    properties.append(with_attributes("w:tblCaption", val=fit(caption)))


def _line(name: str) -> Any:
    return with_attributes(name, val="single", sz="4", space="0", color=styles.LINE)


def _room(side: str, width: int) -> Any:
    return with_attributes(f"w:{side}", w=str(width), type="dxa")


def _repeat(row: _Row) -> None:
    _property(row, "w:tblHeader")


def _whole(row: _Row) -> None:
    _property(row, "w:cantSplit")


def _property(row: _Row, name: str) -> None:
    element: Any = row._tr  # noqa: SLF001 likewise
    element.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: _Cell, colour: str) -> None:
    element: Any = cell._tc  # noqa: SLF001 likewise
    element.get_or_add_tcPr().append(
        with_attributes("w:shd", val="clear", color="auto", fill=colour)
    )
