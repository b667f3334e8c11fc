"""One window with a label, which ends once it was drawn."""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel


class Ends(QObject):
    """Ends the program after the first picture."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """See the first drawing."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, QApplication.quit)
        return False


app = QApplication(sys.argv)
window = QLabel("A bare window")
window.resize(640, 480)
ends = Ends(window)
window.installEventFilter(ends)
window.show()
sys.exit(app.exec())
