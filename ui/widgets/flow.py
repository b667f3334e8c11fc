"""A layout that puts widgets side by side and breaks them into lines."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import scaled


def side_by_side(*parts: QWidget) -> QWidget:
    """Widgets in a row that breaks where there is no room for all of them."""
    row = QWidget()
    row.setProperty("role", "clear")
    flow = Flow(row)
    for part in parts:
        flow.addWidget(part)
    return row


class Flow(QLayout):
    """Widgets side by side, going on in the next line where the width ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take another widget."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Fewer in a line make more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put them in their places."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:
        """At least the widest of them."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """At least the widest of them."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.sizeHint())
        return size

    def _place(self, rect: QRect, *, really: bool) -> int:
        gap, x, y, line = scaled(6), rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue  # hidden for now: it leaves no gap
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + gap, 0
            if really:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, line = x + size.width() + gap, max(line, size.height())
        return y + line - rect.y()
