"""One conflict: its sides next to each other, a reason, and the choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
)

from hmip_desktop.form.model import Line
from hmip_desktop.language import mark, tr
from ui.theme import scaled
from ui.widgets.parts import button, label, margins, restyle

_WITH_SIGN = {
    Line.ABOVE: mark("{answer} ▲ above the line"),
    Line.BELOW: mark("{answer} ▼ below the line"),
}


@dataclass(frozen=True)
class Side:
    """One side of a conflict: the entry, the answer in words, who gave it and when."""

    entry: str
    answer: str
    line: Line
    who_and_when: str


@dataclass(frozen=True)
class ConflictState:
    """A conflict as its card shows it."""

    id: str
    where: str
    question: str
    sides: tuple[Side, ...]


class _SideBox(QFrame):
    """A side with its button; the answer, which may be a long note, wraps, and a click chooses."""

    def __init__(self, side: Side) -> None:
        super().__init__()
        self.setProperty("role", "card")
        sentence = _WITH_SIGN.get(side.line)
        said = tr(sentence, answer=side.answer) if sentence else side.answer
        self.radio = QRadioButton()
        self.radio.setAccessibleName(f"{said}, {side.who_and_when}")
        self.radio.installEventFilter(self)
        inside = QGridLayout(self)
        margins(inside, 12, 8, 12, 8, 2)
        inside.setColumnStretch(1, 1)
        inside.addWidget(self.radio, 0, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(label(said, wrap=True), 0, 1)
        inside.addWidget(label(side.who_and_when, "small", wrap=True), 1, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The whole side shows that its button has the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            focused = event.type() == QEvent.Type.FocusIn
            restyle(self, "inHand" if focused else "card")
        return super().eventFilter(watched, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on it chooses this side."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.radio.click()


class ConflictCard(QFrame):
    """Tells which side was chosen and why; keeps nothing itself."""

    settled = Signal(str, str, str)

    def __init__(self, state: ConflictState) -> None:
        super().__init__()
        self._state = state
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        margins(layout, 18, 14, 18, 14, 8)
        layout.addWidget(label(state.where, "numberInHand"))
        layout.addWidget(label(state.question, "question", wrap=True))
        self._group = QButtonGroup(self)
        for number, side in enumerate(state.sides):
            box = _SideBox(side)
            self._group.addButton(box.radio, number)
            layout.addWidget(box)
        self._why = QPlainTextEdit()
        self._why.setPlaceholderText(tr("Why this one (kept with the answer)"))
        self._why.setAccessibleName(tr("Why this answer is kept, {where}", where=state.where))
        self._why.setTabChangesFocus(True)
        self._why.setFixedHeight(scaled(58))
        self._keep = button(tr("Keep chosen"), "primary", self._settle)
        self._keep.setEnabled(False)
        layout.addWidget(self._why)
        layout.addWidget(self._keep, 0, Qt.AlignmentFlag.AlignLeft)
        self._group.idClicked.connect(lambda _: self._enable())
        self._why.textChanged.connect(self._enable)

    @property
    def chosen(self) -> int:
        """Which side is chosen; -1 while none is."""
        return self._group.checkedId()

    def choose(self, number: int, why: str) -> None:
        """Choose a side and say why, as a user does."""
        self._group.button(number).click()
        self._why.setPlainText(why)

    def keep(self) -> None:
        """Press the button."""
        self._keep.click()

    def _enable(self) -> None:
        chosen = self._group.checkedId() >= 0
        self._keep.setEnabled(chosen and bool(self._why.toPlainText().strip()))

    def _settle(self) -> None:
        side = self._state.sides[self._group.checkedId()]
        self.settled.emit(self._state.id, side.entry, self._why.toPlainText().strip())


def conflict_cards(states: Sequence[ConflictState]) -> list[ConflictCard]:
    """A card for each conflict."""
    return [ConflictCard(state) for state in states]
