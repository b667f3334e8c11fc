"""A dialog in which people write: it can be hidden while the window is locked, and comes back."""

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QDialog, QWidget


class WaitingDialog(QDialog):
    """Keeps what was written while it is hidden.

    It hangs on the window, never on a page: pages come and go while it waits.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent.window() if parent is not None else None)

    def exec(self) -> int:
        """Show it until it is answered; unlike Qt's own, hiding it is no answer."""
        loop = QEventLoop()
        self.finished.connect(loop.quit)
        self.setModal(True)
        self.show()
        loop.exec()
        return self.result()
