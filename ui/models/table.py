"""A table model over frozen rows; its columns are data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui import plain
from ui.models.sort_proxy import BAR_ROLE, ROW_ROLE, SORT_ROLE, TONE_ROLE

Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it shows of a row, and by what it sorts.

    A `spare` column goes first where there is no room for all.
    `tip` says what the heading means. `bar` gives the shares of a bar (above, below) of 1,
    `tone` the colour of a pill; a column with `bold` text is the row's name; `width` is its
    width at a text size of 100%, 0 takes the rest.
    """

    heading: str
    shown: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    bar: Callable[[Any], tuple[float, float]] | None = None
    tone: Callable[[Any], str] | None = None
    right: bool = False
    bold: bool = False
    width: int = 120
    spare: bool = False
    tip: str = ""


class TableModel(QAbstractTableModel):
    """Rows of one kind in columns."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Any, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns."""
        return self._columns

    @property
    def rows(self) -> tuple[Any, ...]:
        """Its rows, as they came."""
        return self._rows

    def show(self, rows: Sequence[Any], columns: Sequence[Column] | None = None) -> None:
        """Take other rows (and columns)."""
        self.beginResetModel()
        self._columns = tuple(columns) if columns is not None else self._columns
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.ToolTipRole and column.tip:
            return plain.tip(column.tip)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            return _RIGHT if column.right else left
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, sorts by and looks like."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.shown(row)
            case Qt.ItemDataRole.ToolTipRole:
                return plain.tip(column.shown(row))
            case Qt.ItemDataRole.TextAlignmentRole if column.right:
                return _RIGHT
            case _:
                return _special(row, column, role)


def _special(row: Any, column: Column, role: int) -> Any:
    if role == SORT_ROLE:
        return (column.sort or column.shown)(row)
    if role == ROW_ROLE:
        return row
    if role == BAR_ROLE:
        return column.bar(row) if column.bar else None
    if role == TONE_ROLE:
        return column.tone(row) if column.tone else None
    return None
