"""The left-hand side of a case: which case it is, how far, its pages, signing off."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from hmip_desktop.language import tr
from ui.widgets.outline import Outline, OutlineRow
from ui.widgets.parts import button, label, margins, restyle


@dataclass(frozen=True)
class SideState:
    """What the side shows. `left` says what is still to answer, `action` the word on its button.

    Each is empty for none.
    """

    reference: str
    facts: str
    answered: int
    asked: int
    rows: tuple[OutlineRow, ...]
    page: str
    left: str = ""
    action: str = ""
    action_weighs: bool = False


class CaseSide(QFrame):
    """Tells which page is wanted, and when its button or the way back is pressed."""

    page_wanted = Signal(str)
    back = Signal()
    acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "left")
        layout = QVBoxLayout(self)
        margins(layout, 10, 14, 8, 12, 6)
        top = QVBoxLayout()
        margins(top, 10, 0, 8, 2, 4)
        self._low = False
        back = self._back = button(tr("← All cases"), "link", self.back.emit)
        back.setToolTip("Ctrl+Home")
        back.setAccessibleName(tr("All cases"))
        self._reference = label("", "brand")
        self._facts = label("", "small", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Answered questions of this case"))
        self._count = label("", "small")
        self._left = label("", "small", wrap=True)
        progress = QHBoxLayout()
        margins(progress, 0, 0, 0, 0, 8)
        progress.addWidget(self._bar, 1)
        progress.addWidget(self._count)
        backs = QHBoxLayout()
        margins(backs, 0, 0, 0, 0)
        backs.addWidget(back)
        backs.addStretch(1)
        top.addLayout(backs)
        for part in (self._reference, self._facts):
            top.addWidget(part)
        top.addLayout(progress)
        top.addWidget(self._left)
        self.outline = Outline()
        self.outline.wanted.connect(self.page_wanted)
        self._action = button("", "", self.acted.emit)
        layout.addLayout(top)
        layout.addWidget(self.outline, 1)
        layout.addWidget(self._action)

    def show_state(self, state: SideState) -> None:
        """Show a case."""
        self._reference.setText(state.reference)
        self._facts.setText(state.facts)
        self._bar.setMaximum(max(state.asked, 1))
        self._bar.setValue(state.answered)
        self._count.setText(tr("{answered} of {asked}", answered=state.answered, asked=state.asked))
        self._left.setText(state.left)
        self._left.setVisible(bool(state.left) and not self._low)
        self.outline.show_rows(state.rows, state.page)
        self._action.setText(state.action)
        self._action.setAccessibleName(state.action)
        self._action.setVisible(bool(state.action) and not self._low)
        restyle(self._action, "primary" if state.action_weighs else "")

    def be_low(self, *, low: bool) -> None:
        """Where there is little height leave it to the facts and the pages of the case."""
        self._low = low
        self._back.setVisible(not low)
        self._left.setVisible(bool(self._left.text()) and not low)
        self._action.setVisible(bool(self._action.text()) and not low)
