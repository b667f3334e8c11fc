"""Ending the program once it has drawn its first picture."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class _FirstPicture(QObject):
    """Ends the program once a widget was drawn for the first time."""

    def __init__(self, app: QApplication, watched: QWidget) -> None:
        super().__init__(watched)
        self._app = app
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See the first drawing."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._app.quit)
        return False


def end_once_drawn(app: QApplication, window: QWidget) -> None:
    """End the program after its first picture: how long it takes to start is measured so."""
    _FirstPicture(app, window)
