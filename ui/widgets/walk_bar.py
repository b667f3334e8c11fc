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
    all_cases = Signal()
    review = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._badges = (label("Ctrl+Down", "badge"), label(tr("Enter"), "badge"))
        previous = button(tr("Previous"), "", self.previous.emit)
        following = button(tr("Next question"), "primary", self.following.emit)
        previous.setToolTip(tr("Shift+Enter"))
        following.setToolTip(tr("Enter"))
        layout = QHBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        layout.addStretch(1)
        layout.addWidget(button(tr("Next unanswered"), "link", self.unanswered.emit))
        middle = Qt.AlignmentFlag.AlignVCenter
        layout.addWidget(self._badges[0], 0, middle)
        layout.addWidget(previous)
        layout.addWidget(following)
        layout.addWidget(self._badges[1], 0, middle)
        self._away = (
            button(tr("All cases"), "link", self.all_cases.emit),
            button(tr("Review"), "link", self.review.emit),
        )
        self.ways = QWidget()
        self.ways.setProperty("role", "clear")
        ways = QHBoxLayout(self.ways)
        margins(ways, 0, 0, 0, 0, 12)
        for one in self._away:
            one.hide()
            ways.addWidget(one)

    def be_short(self, *, short: bool) -> None:
        """Leave out what can be left out."""
        for badge in self._badges:
            badge.setVisible(not short)

    def show_ways(self, *, shown: bool) -> None:
        """Show the ways out of the case, which the side of the page has while it is there."""
        for one in self._away:
            one.setVisible(shown)
