"""One conflict: its sides next to each other, a reason, and the choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.form.model import Line
from hmip_desktop.language import mark, tr
from ui.theme import scaled
from ui.widgets.parts import button, label, margins, restyle

_WITH_SIGN = {
    Line.ABOVE: mark("{answer} ▲ above the line"),
    Line.BELOW: mark("{answer} ▼ below the line"),
}
_HEIGHT_OF_QUERY = 108
_STEPS: Mapping[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_KEEP_KEYS = ("Ctrl+Return", "Ctrl+Enter")


@dataclass(frozen=True)
class Side:
    """One side of a conflict: the entry, the answer in words, who gave it and when.

    `before` says what its author had in front of them; `note` is the note beside it.
    """

    entry: str
    answer: str
    line: Line
    who_and_when: str
    before: str = ""
    note: str = ""


@dataclass(frozen=True)
class ConflictState:
    """A conflict as its card shows it.

    `asked` says who was asked about it; `proposed` is the text of a query, empty where nobody
    can be asked.
    """

    id: str
    where: str
    question: str
    sides: tuple[Side, ...]
    asked: tuple[str, ...] = ()
    proposed: str = ""


class _Head(QPushButton):
    """Where a conflict is and what was asked, in as many lines as it needs; a click unfolds it."""

    def __init__(self, state: ConflictState) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(
            tr("Conflict in {where}: {question}", where=state.where, question=state.question)
        )
        self._inside = QVBoxLayout(self)
        margins(self._inside, 4, 3, 4, 3, 1)
        for text, role in ((state.where, "numberInHand"), (state.question, "question")):
            shown = label(text, role, wrap=True)
            shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._inside.addWidget(shown)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """As wide as its texts; the height follows from the width."""
        return QSize(self._inside.sizeHint().width(), self._inside.minimumSize().height())

    def minimumSizeHint(self) -> QSize:
        """As small as its texts allow."""
        return self._inside.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Long questions wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._inside.heightForWidth(width)


class _SideBox(QFrame):
    """A side with its button; the answer, which may be a long note, wraps, and a click chooses."""

    stepped = Signal(int)

    def __init__(self, side: Side) -> None:
        super().__init__()
        self.setProperty("role", "card")
        sentence = _WITH_SIGN.get(side.line)
        said = tr(sentence, answer=side.answer) if sentence else side.answer
        beside = [side.who_and_when, side.before]
        self.radio = QRadioButton()
        self.radio.setAccessibleName(", ".join(filter(None, (said, *beside))))
        self.radio.setAccessibleDescription(side.note)
        self.radio.installEventFilter(self)
        self.radio.toggled.connect(self._show_choice)
        inside = QGridLayout(self)
        margins(inside, 12, 8, 12, 8, 3)
        inside.setColumnStretch(1, 1)
        inside.addWidget(self.radio, 0, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(label(said, "heading", wrap=True), 0, 1)
        for text in filter(None, beside):
            inside.addWidget(label(text, "small", wrap=True), inside.rowCount(), 1)
        if side.note:
            inside.addWidget(label(side.note, wrap=True), inside.rowCount(), 1)
        inside.setRowStretch(inside.rowCount(), 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The whole side shows that its button has the focus; arrows go to another side."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_choice()
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and (step := _STEPS.get(event.key())):
            self.stepped.emit(step)
            return True
        return super().eventFilter(watched, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on it chooses this side."""
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
            self.radio.click()

    def _show_choice(self) -> None:
        restyle(self, "inHand" if self.radio.hasFocus() or self.radio.isChecked() else "card")


class _Sides(QWidget):
    """The sides next to each other, or one under the other where there is no room."""

    _LEAST = 190

    def __init__(self, boxes: list[_SideBox]) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._boxes = boxes
        self._across = 0
        self._grid = QGridLayout(self)
        margins(self._grid, 0, 0, 0, 0, 8)
        self._arrange(min(2, len(boxes)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer next to each other."""
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= 2 * scaled(self._LEAST) else 1)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, box in enumerate(self._boxes):
            self._grid.addWidget(box, number // across, number % across)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, int(across == 2))
        self.updateGeometry()


class _Settling(QWidget):
    """What is done with the conflict in hand: choosing, saying why, asking, leaving it."""

    changed = Signal()

    def __init__(self, state: ConflictState) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        boxes = [_SideBox(side) for side in state.sides]
        self.group = QButtonGroup(self)
        for number, box in enumerate(boxes):
            self.group.addButton(box.radio, number)
            box.stepped.connect(partial(self._choose_beside, number))
        self.why = _text_box(
            tr("Why this one (kept with the answer)"),
            tr("Why this answer is kept, {where}", where=state.where),
        )
        self.query = _text_box(
            tr("What do you want to know?"), tr("Your query, {where}", where=state.where)
        )
        self.query.setFixedHeight(scaled(_HEIGHT_OF_QUERY))
        self.keep = button(tr("Keep chosen"), "primary")
        self.keep.setToolTip(tr("Ctrl+Enter"))
        self.keep.setEnabled(False)
        self.ask = button(tr("Ask both"))
        self.ask.setVisible(bool(state.proposed))
        self.later = button(tr("Later"))
        self.send = button(tr("Ask"), "primary")
        self.cancel = button(tr("Do not ask"))
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 8)
        layout.addWidget(_Sides(boxes))
        for said in state.asked:
            layout.addWidget(label(said, "small", wrap=True))
        self._deciding = _group(layout, self.why, self.keep, self.ask, self.later)
        self._asking = _group(layout, self.query, self.send, self.cancel)
        self._asking.hide()
        self.ask.clicked.connect(lambda: self._show_query(state.proposed))
        self.cancel.clicked.connect(lambda: self._show_query(""))
        self.group.idClicked.connect(lambda _: self._enable())
        self.why.textChanged.connect(self._enable)
        self.query.textChanged.connect(
            lambda: self.send.setEnabled(bool(self.query.toPlainText().strip()))
        )

    @property
    def is_asking(self) -> bool:
        """Whether a query is being written."""
        return not self._asking.isHidden()

    def _choose_beside(self, number: int, step: int) -> None:
        """Choose the side before or after one, as far as there is any."""
        beside = min(max(number + step, 0), len(self.group.buttons()) - 1)
        self.group.button(beside).setFocus(Qt.FocusReason.TabFocusReason)
        self.group.button(beside).click()

    def _show_query(self, text: str) -> None:
        self._deciding.setVisible(not text)
        self._asking.setVisible(bool(text))
        self.query.setPlainText(text)
        (self.query if text else self.ask).setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        chosen = self.group.checkedId() >= 0
        self.keep.setEnabled(chosen and bool(self.why.toPlainText().strip()))


class ConflictCard(QFrame):
    """Tells which side was chosen and why; keeps nothing itself.

    Folded it only says where and what; the rest is made when it is first unfolded.
    """

    settled = Signal(str, str, str)
    asked = Signal(str, str)
    postponed = Signal(str)
    wanted = Signal(str)
    grown = Signal()

    def __init__(self, state: ConflictState) -> None:
        super().__init__()
        self._state = state
        self._inside: _Settling | None = None
        self.setProperty("role", "card")
        self._layout = QVBoxLayout(self)
        margins(self._layout, 14, 10, 14, 12, 8)
        self._head = _Head(state)
        self._head.clicked.connect(lambda: self.wanted.emit(state.id))
        self._layout.addWidget(self._head)

    @property
    def id(self) -> str:
        """The conflict's id."""
        return self._state.id

    @property
    def is_unfolded(self) -> bool:
        """Whether it is the one in hand."""
        return self._inside is not None and not self._inside.isHidden()

    @property
    def chosen(self) -> int:
        """Which side is chosen; -1 while none is."""
        return self._inside.group.checkedId() if self._inside else -1

    @property
    def is_touched(self) -> bool:
        """Whether something was chosen or typed in it that is not kept yet."""
        inside = self._inside
        return inside is not None and bool(
            self.chosen >= 0 or inside.why.toPlainText().strip() or inside.is_asking
        )

    def unfold(self, state: ConflictState) -> None:
        """Show the sides, and what can be done."""
        restyle(self, "inHand")
        if self._inside is not None and state != self._state and not self.is_touched:
            self._forget()
        if self._inside is None:
            self._state = state
            self._inside = self._made_inside(state)
            self._layout.addWidget(self._inside)
        self._inside.show()

    def fold(self) -> None:
        """Show only where it is; what was typed stays."""
        restyle(self, "card")
        if self._inside is not None:
            self._inside.hide()

    def has_asked(self) -> None:
        """The query was sent: what was begun in the card is done with."""
        self._forget()
        self.fold()

    def take_focus(self) -> None:
        """Put the focus on its sides."""
        if self._inside is not None:
            side = max(0, self._inside.group.checkedId())
            self._inside.group.button(side).setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, number: int, why: str) -> None:
        """Choose a side and say why, as a user does."""
        assert self._inside is not None
        self._inside.group.button(number).click()
        self._inside.why.setPlainText(why)

    def keep(self) -> None:
        """Press the button."""
        if self._inside is not None:
            self._inside.keep.click()

    def _forget(self) -> None:
        """Take everything but the heading out."""
        if self._inside is not None:
            self._layout.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None

    def _made_inside(self, state: ConflictState) -> _Settling:
        inside = _Settling(state)
        inside.keep.clicked.connect(self._settle)
        inside.ask.clicked.connect(self.grown)
        inside.later.clicked.connect(lambda: self.postponed.emit(state.id))
        inside.send.clicked.connect(
            lambda: self.asked.emit(state.id, inside.query.toPlainText().strip())
        )
        for keys in _KEEP_KEYS:
            shortcut = QShortcut(QKeySequence(keys), inside)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._finish)
        return inside

    def _finish(self) -> None:
        """Ctrl+Enter: what the button in sight does."""
        if self._inside is not None:
            (self._inside.send if self._inside.is_asking else self._inside.keep).click()

    def _settle(self) -> None:
        assert self._inside is not None
        side = self._state.sides[self._inside.group.checkedId()]
        self.settled.emit(self._state.id, side.entry, self._inside.why.toPlainText().strip())


def _text_box(placeholder: str, name: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setPlaceholderText(placeholder)
    made.setAccessibleName(name)
    made.setTabChangesFocus(True)
    made.setFixedHeight(scaled(66))
    return made


def _group(layout: QVBoxLayout, text: QPlainTextEdit, *buttons: QPushButton) -> QWidget:
    """A text with the buttons under it."""
    made = QWidget()
    made.setProperty("role", "clear")
    inside = QVBoxLayout(made)
    margins(inside, 0, 0, 0, 0, 8)
    inside.addWidget(text)
    row = QHBoxLayout()
    margins(row, 0, 0, 0, 0, 8)
    for one in buttons:
        row.addWidget(one)
    row.addStretch(1)
    inside.addLayout(row)
    layout.addWidget(made)
    return made
