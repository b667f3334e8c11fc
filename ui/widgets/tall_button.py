"""A button of several lines: what is in it wraps, and the button grows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QSizePolicy, QWidget

from ui.widgets.parts import margins


class TallButton(QPushButton):
    """Its content goes into `inside`; `name` is what a screen reader says of it.

    Enter presses it, and the arrows go on to the next one and back.
    """

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.inside = QHBoxLayout(self)
        margins(self.inside, 8, 5, 8, 5, 10)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def fill(self, content: QLayout) -> None:
        """Put something in; the mouse meets the button, never its parts."""
        self.inside.addLayout(content, 1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As wide as its parts; the height follows from the width."""
        return QSize(self.inside.sizeHint().width(), self.inside.minimumSize().height())

    def minimumSizeHint(self) -> QSize:
        """As small as its parts allow."""
        return self.inside.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Long texts wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that wrapped texts need."""
        return self.inside.totalHeightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; the arrows go through the list."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif (step := steps.get(Qt.Key(event.key()))) is not None:
            self.focusNextPrevChild(step > 0)
        else:
            super().keyPressEvent(event)
