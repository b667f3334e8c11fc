"""A label of one line that gives way where there is no room, with all of it as a tool tip."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

from ui import plain
from ui.theme import scaled

_LEAST, _MOST = 56, 220


class ShortLabel(QLabel):
    """Shows as much of its text as fits, with three dots where it ends early."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def say(self, text: str) -> None:
        """Show a text."""
        self._whole = text
        self.updateGeometry()
        self._shorten()

    def sizeHint(self) -> QSize:
        """Room for all of it, within reason: what stands beside it needs room as well."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + scaled(4)
        return QSize(min(width, scaled(_MOST)), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Room for its beginning."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), scaled(_LEAST)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or less."""
        super().resizeEvent(event)
        self._shorten()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs another width."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def _shorten(self) -> None:
        right = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._whole, right, self.width())
        self.setText(shown)
        self.setToolTip(plain.tip(self._whole) if shown != self._whole else "")
