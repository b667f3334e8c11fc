"""A label that takes little of a row's width, and wraps where its text is longer."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel

from ui.theme import scaled

_LEAST, _MOST = 110, 220


class NarrowLabel(QLabel):
    """As wide as its text within reason: what stands beside it needs room as well."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        """Room for all of it, wrapped where it is long."""
        return self._size(_MOST)

    def minimumSizeHint(self) -> QSize:
        """Room for a word or two in each line."""
        return self._size(_LEAST)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs another width."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def _size(self, most: int) -> QSize:
        whole = self.fontMetrics().horizontalAdvance(self.text()) + scaled(4)
        width = min(whole, scaled(most))
        return QSize(width, self.heightForWidth(width))
