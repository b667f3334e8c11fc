"""Sorting and filtering of every table, by native values instead of shown texts."""

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
BAR_ROLE = Qt.ItemDataRole.UserRole + 3
TONE_ROLE = Qt.ItemDataRole.UserRole + 4


class SortProxy(QSortFilterProxyModel):
    """Sorts by `SORT_ROLE`; a row stays when any of its columns holds the text looked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setSortRole(SORT_ROLE)
        self._wanted = ""

    def look_for(self, text: str) -> None:
        """Show the rows that hold every word of a text."""
        self.beginFilterChange()
        self._wanted = text.casefold()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]
        """Whether a row holds every word looked for."""
        source = self.sourceModel()
        cells = " ".join(
            str(source.index(row, column, parent).data() or "")
            for column in range(source.columnCount(parent))
        ).casefold()
        return all(word in cells for word in self._wanted.split())
