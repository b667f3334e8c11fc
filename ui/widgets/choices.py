"""The choices of a question as rows: a click, a digit, a letter or the space bar chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QWidget,
)

from hmip_desktop.form.model import Choice, Kind, Line, Question
from hmip_desktop.language import mark, tr
from ui import plain
from ui.theme import scaled
from ui.widgets.parts import label, margins

BETWEEN_LETTERS_MS = 1_200
_KEYS = "1234567890" + ascii_uppercase
_SIGNS = {Line.ABOVE: mark("▲ above the line"), Line.BELOW: mark("▼ below the line")}
_ROLES = {Line.ABOVE: "above", Line.BELOW: "below"}


def choice_keys(choices: Sequence[Choice]) -> tuple[str, ...]:
    """The key of each choice: 1 to 9 in order, 0 for a tenth, then the letters; none beyond.

    A last choice that is not counted, where others are, always has 0.
    """
    placed = any(choice.line is not Line.NOT_COUNTED for choice in choices)
    keys = [*_KEYS[: len(choices)], *[""] * (len(choices) - len(_KEYS))]
    if placed and len(choices) <= 10 and choices[-1].line is Line.NOT_COUNTED:
        keys[-1] = "0"
    return tuple(keys)


@dataclass(frozen=True)
class RowText:
    """What one row says."""

    text: str
    key: str
    line: Line

    @property
    def said(self) -> str:
        """The row for a screen reader."""
        key = tr("key {key}", key=self.key) if self.key else ""
        parts = [self.text, tr(_SIGNS.get(self.line, "")).strip("▲▼ "), key]
        return ", ".join(part for part in parts if part)


class _Rows:
    """What a radio row and a check row share: labels instead of one text."""

    @staticmethod
    def fill(row: QAbstractButton, says: RowText) -> QHBoxLayout:
        row.setProperty("role", "choice")
        row.setAccessibleName(says.said)
        row.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = QHBoxLayout(row)
        margins(layout, 40, 8, 10, 8, 10)
        words = label(says.text, wrap=True)
        sign = tr(_SIGNS.get(says.line, ""))
        layout.addWidget(words, 0 if sign and len(says.text) < 34 else 1)
        if sign:
            words.setWordWrap(len(says.text) >= 34)
            layout.addWidget(label(sign, _ROLES[says.line]))
        if sign and len(says.text) < 34:
            layout.addStretch(1)
        if says.key:
            layout.addWidget(label(says.key, "badge"), 0, Qt.AlignmentFlag.AlignVCenter)
        for child in row.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return layout


class RadioRow(QRadioButton):
    """One of several choices. A second click leaves it chosen."""

    def __init__(self, says: RowText) -> None:
        super().__init__()
        self._inside = _Rows.fill(self, says)

    def nextCheckState(self) -> None:
        """Choosing the chosen one changes nothing."""
        self.setChecked(True)

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002  the whole row is the button
        """The whole row can be clicked."""
        return True

    def sizeHint(self) -> QSize:
        """As large as its labels."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As small as its labels allow."""
        return self._inside.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Long labels wrap."""
        return self._inside.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """The height that wrapped labels need."""
        return self._inside.totalHeightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys are the question's."""
        event.ignore()


class CheckRow(QCheckBox):
    """One of the choices of which several can be ticked."""

    def __init__(self, says: RowText) -> None:
        super().__init__()
        self._inside = _Rows.fill(self, says)

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002  the whole row is the button
        """The whole row can be clicked."""
        return True

    def sizeHint(self) -> QSize:
        """As large as its labels."""
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As small as its labels allow."""
        return self._inside.minimumSize()

    def hasHeightForWidth(self) -> bool:
        """Long labels wrap."""
        return self._inside.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """The height that wrapped labels need."""
        return self._inside.totalHeightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys are the question's."""
        event.ignore()


class ChoiceList(QWidget):
    """All choices of one question. `given` tells the answer after each choice.

    Somebody who types words here has missed the note: `words_typed` tells it, and for a moment
    digits and the space bar are part of the words, not answers. What the first letters of the
    words chose, being keys by chance, is taken back.
    """

    given = Signal(str)
    cleared = Signal()
    words_typed = Signal()

    def __init__(self, question: Question, language: str, *, read_only: bool) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._many = question.kind is Kind.SELECT_MULTIPLE
        self._rows: dict[str, QAbstractButton] = {}
        self._by_key: dict[str, str] = {}
        self._letter = QElapsedTimer()
        self._letters = 0
        self._are_words = False
        self._before = ""
        layout = QGridLayout(self)
        margins(layout, 0, 0, 0, 0, 6)
        columns = 2 if self._many else 1
        # One of several for a screen reader; which one is chosen is told from outside.
        group = QButtonGroup(self)
        group.setExclusive(False)
        for place, (choice, key) in enumerate(
            zip(question.choices, choice_keys(question.choices), strict=True)
        ):
            says = RowText(choice.label.in_language(language), key, choice.line)
            row = CheckRow(says) if self._many else RadioRow(says)
            row.setToolTip(plain.tip(choice.why))
            row.setEnabled(not read_only)
            row.clicked.connect(lambda _=False, name=choice.name: self._chosen(name))
            group.addButton(row)
            self._rows[choice.name] = row
            self._by_key[key] = choice.name
            layout.addWidget(row, place // columns, place % columns)
        for column in range(columns):
            layout.setColumnStretch(column, 1)
        layout.setHorizontalSpacing(scaled(10))

    @property
    def value(self) -> str:
        """The names of what is chosen."""
        return " ".join(name for name, row in self._rows.items() if row.isChecked())

    def show_value(self, value: str) -> None:
        """Show an answer without telling it."""
        chosen = set(value.split()) if self._many else {value}
        for name, row in self._rows.items():
            row.setChecked(name in chosen)

    def take_focus(self) -> None:
        """Put the focus on the chosen row, else on the first."""
        rows = list(self._rows.values())
        chosen = next((row for row in rows if row.isChecked()), rows[0] if rows else self)
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_key(self, key: str) -> bool:
        """Whether a key chooses here."""
        return bool(key) and key.upper() in self._by_key

    def press(self, key: str) -> bool:
        """Choose by key; whether that is all there is to do."""
        if key.isalpha():
            return self._take_letter(key)
        if key and self._in_words:
            self._letter.start()
            return True
        return self._choose_by(key)

    def _choose_by(self, key: str) -> bool:
        name = self._by_key[key.upper()] if self.has_key(key) else None
        if name is None or not self._rows[name].isEnabled():
            return False
        self._rows[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows[name].click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses, arrows go through the rows without it, Delete takes the answer back."""
        writes = (Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if event.key() in writes and self._in_words:
            self._letter.start()
            return
        rows = list(self._rows.values())
        steps = {Qt.Key.Key_Down: 2 if self._many else 1, Qt.Key.Key_Up: -2 if self._many else -1}
        if self._many:
            steps |= {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        here = next((place for place, row in enumerate(rows) if row.hasFocus()), None)
        step = steps.get(Qt.Key(event.key()))
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and step and here is not None and 0 <= here + step < len(rows):
            rows[here + step].setFocus(Qt.FocusReason.TabFocusReason)
        elif plain and event.key() == Qt.Key.Key_Space and here is not None:
            rows[here].click()
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        else:
            event.ignore()

    @property
    def _in_words(self) -> bool:
        """Whether somebody is typing words at this moment."""
        return self._are_words and self._goes_on

    @property
    def _goes_on(self) -> bool:
        """Whether the next letter belongs to those before it."""
        return self._letter.isValid() and not self._letter.hasExpired(BETWEEN_LETTERS_MS)

    def _take_letter(self, letter: str) -> bool:
        """Choose by letter, as long as it is no word that is typed; whether it chose."""
        if not self._goes_on:
            self._letters, self._are_words, self._before = 0, False, self.value
        self._letters += 1
        self._letter.start()
        if not self._are_words and self._choose_by(letter):
            return True
        self._are_words = True
        if self._letters > 1:
            self._take_back()
            self.words_typed.emit()
        return False

    def _take_back(self) -> None:
        if self.value != self._before:
            self.show_value(self._before)
            self.given.emit(self._before)

    def _chosen(self, name: str) -> None:
        if not self._many:
            for other, row in self._rows.items():
                row.setChecked(other == name)
        self.given.emit(self.value)
