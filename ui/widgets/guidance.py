"""The right-hand side of a case: guidance, why a question is asked, its history, marks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.theme import scaled
from ui.widgets.parts import button, empty, label, margins

MARKS = (
    ("good practice", "Good practice"),
    ("urgent concern", "Urgent concern"),
    ("line of enquiry", "Line of enquiry"),
)
_FOLDED_HISTORY = 4


@dataclass(frozen=True)
class Past:
    """One line of an answer's history: what it was set to, who did it and when.

    `again` is the value to put back; None where that cannot be done.
    """

    what: str
    who_and_when: str
    again: str | None = None


class Flow(QLayout):
    """Widgets side by side, going on in the next line where the width ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take another widget."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Fewer in a line make more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put them in their places."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:
        """At least the widest of them."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """At least the widest of them."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.sizeHint())
        return size

    def _place(self, rect: QRect, *, really: bool) -> int:
        gap, x, y, line = scaled(6), rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + gap, 0
            if really:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, line = x + size.width() + gap, max(line, size.height())
        return y + line - rect.y()


class Guidance(QScrollArea):
    """Tells which mark was switched and which earlier answer is to be put back."""

    marked = Signal(str, bool)
    put_back = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setProperty("role", "clear")
        layout = QVBoxLayout(inside)
        margins(layout, 18, 18, 14, 18, 8)
        self._title = label("", "heading", wrap=True)
        self._hint = label("", wrap=True)
        self._more = label("", wrap=True)
        self._why = label("", wrap=True)
        self._past_title = label("History of this answer", "heading")
        self._past = QVBoxLayout()
        margins(self._past, 0, 0, 0, 0, 1)
        why = label("Why am I asked this?", "heading")
        for part in (self._title, self._hint, self._more, _gap(), why, self._why, _gap()):
            layout.addWidget(part)
        layout.addWidget(label("Mark this case", "heading"))
        layout.addLayout(self._marks())
        layout.addWidget(_gap())
        layout.addWidget(self._past_title)
        layout.addLayout(self._past)
        layout.addStretch(1)
        self.setWidget(inside)

    def show_question(self, number: str, hint: str, guidance: str, why: str) -> None:
        """Show what helps with a question."""
        self._title.setText(f"Guidance for {number}")
        texts = (hint or ("" if guidance else "There is no further guidance."), guidance)
        for part, text in zip((self._hint, self._more), texts, strict=True):
            part.setText(text)
            part.setVisible(bool(text))
        self._why.setText(why)

    def show_history(self, past: Sequence[Past], *, read_only: bool) -> None:
        """Show how an answer came about, newest first."""
        empty(self._past)
        self._past_title.setVisible(bool(past))
        for place, one in enumerate(past[:_FOLDED_HISTORY]):
            self._past.addWidget(label(one.what, wrap=True))
            who = label(one.who_and_when, "small", wrap=True)
            who.setContentsMargins(0, 0, 0, scaled(6))
            self._past.addWidget(who)
            if place and one.again is not None and not read_only:
                again = button("Put this back", "link")
                again.setAccessibleName(f"Put back the answer {one.what}")
                again.clicked.connect(lambda _=False, value=one.again: self.put_back.emit(value))
                self._past.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        if len(past) > _FOLDED_HISTORY:
            self._past.addWidget(label(f"and {len(past) - _FOLDED_HISTORY} earlier", "small"))

    def show_marks(self, marks: Collection[str], *, read_only: bool) -> None:
        """Show which marks the case has."""
        for name, chip in self._chips.items():
            chip.setChecked(name in marks)
            chip.setText(("✓ " if name in marks else "") + dict(MARKS)[name])
            chip.setEnabled(not read_only)

    def take_focus(self) -> None:
        """Put the focus on the first thing here that can be pressed."""
        next(iter(self._chips.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _marks(self) -> Flow:
        row = Flow()
        self._chips: dict[str, QPushButton] = {}
        for name, text in MARKS:
            chip = button(text, "chip")
            chip.setCheckable(True)
            chip.toggled.connect(
                lambda on, chip=chip, text=text: chip.setText(("✓ " if on else "") + text)
            )
            chip.clicked.connect(lambda on, name=name: self.marked.emit(name, on))
            self._chips[name] = chip
            row.addWidget(chip)
        return row


def _gap() -> QWidget:
    gap = QWidget()
    gap.setProperty("role", "clear")
    gap.setFixedHeight(scaled(6))
    return gap
