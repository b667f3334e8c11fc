"""One conflict: its sides next to each other, a reason, and the choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPlainTextEdit, QRadioButton, QVBoxLayout

from hmip_desktop.form.model import Line
from ui.theme import scaled
from ui.widgets.parts import button, frame, label, margins

_SIGNS = {Line.ABOVE: " ▲ above the line", Line.BELOW: " ▼ below the line"}


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
            layout.addWidget(self._made_side(number, side))
        self._why = QPlainTextEdit()
        self._why.setPlaceholderText("Why this one (kept with the answer)")
        self._why.setAccessibleName(f"Why this answer is kept, {state.where}")
        self._why.setTabChangesFocus(True)
        self._why.setFixedHeight(scaled(58))
        self._keep = button("Keep chosen", "primary", self._settle)
        self._keep.setEnabled(False)
        layout.addWidget(self._why)
        layout.addWidget(self._keep, 0, Qt.AlignmentFlag.AlignLeft)
        self._group.idClicked.connect(lambda _: self._enable())
        self._why.textChanged.connect(self._enable)

    def choose(self, number: int, why: str) -> None:
        """Choose a side and say why, as a user does."""
        self._group.button(number).click()
        self._why.setPlainText(why)

    def keep(self) -> None:
        """Press the button."""
        self._keep.click()

    def _made_side(self, number: int, side: Side) -> QFrame:
        box = frame("card")
        inside = QVBoxLayout(box)
        margins(inside, 12, 8, 12, 8, 2)
        radio = QRadioButton(side.answer + _SIGNS.get(side.line, ""))
        radio.setAccessibleName(f"{radio.text()}, {side.who_and_when}")
        self._group.addButton(radio, number)
        inside.addWidget(radio)
        inside.addWidget(label(side.who_and_when, "small", wrap=True))
        return box

    def _enable(self) -> None:
        chosen = self._group.checkedId() >= 0
        self._keep.setEnabled(chosen and bool(self._why.toPlainText().strip()))

    def _settle(self) -> None:
        side = self._state.sides[self._group.checkedId()]
        self.settled.emit(self._state.id, side.entry, self._why.toPlainText().strip())


def conflict_cards(states: Sequence[ConflictState]) -> list[ConflictCard]:
    """A card for each conflict."""
    return [ConflictCard(state) for state in states]
