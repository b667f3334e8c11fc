"""The rows of a sample or a team list on their way in; a cell can be mended in place."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont

from hmip_desktop.casefile.labels import field_label
from hmip_desktop.language import tr
from hmip_desktop.sample_sheet.preview import Preview
from hmip_desktop.sample_sheet.remarks import Remark
from hmip_desktop.sample_sheet.sheet import clean
from ui import plain
from ui.theme import colours

Index = QModelIndex | QPersistentModelIndex


class PreviewModel(QAbstractTableModel):
    """Shows a preview; what somebody types into a cell is told, and comes back as a new preview."""

    mended = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self._rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
        self._remarks: dict[tuple[int, int | None], Remark] = {}

    def show(self, preview: Preview) -> None:
        """Show another preview."""
        self.beginResetModel()
        self._preview = preview
        self._rows = tuple(_rows(preview))
        gravest_first = sorted(preview.remarks, key=lambda one: (not one.stops, not one.asks))
        self._remarks = {(one.row, one.column): one for one in reversed(gravest_first)}
        self.endResetModel()

    def place_of(self, remark: Remark) -> QModelIndex:
        """The cell that a remark is about; none when it is about the whole table."""
        rows = [number for number, _ in self._rows]
        if remark.row not in rows:
            return QModelIndex()
        return self.index(rows.index(remark.row), remark.column or 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """How many rows stand under the headings."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """How many columns there are."""
        return 0 if parent.isValid() or self._preview is None else len(self._preview.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a column is taken for; the number that Excel shows for a row, with a sign."""
        if role != Qt.ItemDataRole.DisplayRole or self._preview is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            number = self._rows[section][0]
            stops = any(one.stops for (row, _), one in self._remarks.items() if row == number)
            return f"⚠ {number}" if stops else str(number)
        column = self._preview.columns[section]
        return field_label(column.field) if column.field else tr("(left out)")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as it would be taken, what is said of it, and how it looks."""
        number, cells = self._rows[index.row()]
        remark = self._remarks.get((number, index.column()))
        look = colours()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return cells[index.column()] if index.column() < len(cells) else ""
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                said = remark.sentence if remark else None
                return plain.tip(said) if said and role == Qt.ItemDataRole.ToolTipRole else said
            case Qt.ItemDataRole.BackgroundRole if remark and (remark.stops or remark.asks):
                return QColor(look.amber_ground)
            case Qt.ItemDataRole.FontRole if remark and not remark.stops:
                font = QFont()
                font.setItalic(True)
                return font
            case Qt.ItemDataRole.ForegroundRole if self._is_left_out(index.column()):
                return QColor(look.quiet)
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Mend a cell."""
        if role != Qt.ItemDataRole.EditRole or str(value) == str(self.data(index)):
            return False
        self.mended.emit(self._rows[index.row()][0], index.column(), str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be mended."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def _is_left_out(self, column: int) -> bool:
        return self._preview is not None and not self._preview.columns[column].field


def _rows(preview: Preview) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows under the headings that nobody took out, as written or as mended."""
    for number, cells in preview.sheet.lines:
        if number > preview.header and number not in preview.removed:
            written = (clean(cell.text) for cell in cells)
            yield (
                number,
                tuple(preview.mended.get((number, at), text) for at, text in enumerate(written)),
            )
