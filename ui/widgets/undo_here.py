"""Ctrl+Z for what a part of a page did, and not for the answers of the whole window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class UndoHere(QObject):
    """While the focus is inside a widget, the key for undoing belongs to it."""

    def __init__(self, widget: QWidget, undo: Callable[[], object]) -> None:
        super().__init__(widget)
        self._undo = undo
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the key before the window's menu does, then act on it."""
        if not (isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            self._undo()
        event.accept()
        return True
