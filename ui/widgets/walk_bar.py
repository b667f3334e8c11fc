"""The buttons of the walk at the bottom of the window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hmip_desktop.language import tr
from ui.widgets.parts import button, label, margins


class WalkBar(QWidget):
    """Tells where its user wants to go: every button has its key beside it or as a tool tip."""

    previous = Signal()
    following = Signal()
    unanswered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._badge = label("Ctrl+Down", "badge")
        previous = button(tr("Previous"), "", self.previous.emit)
        following = button(tr("Next question"), "primary", self.following.emit)
        previous.setToolTip("P")
        following.setToolTip(tr("Enter or N"))
        layout = QHBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        layout.addWidget(button(tr("Next unanswered"), "link", self.unanswered.emit))
        layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(previous)
        layout.addWidget(following)

    def be_short(self, *, short: bool) -> None:
        """Leave out what can be left out."""
        self._badge.setVisible(not short)
