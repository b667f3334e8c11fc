"""Where text, numbers and dates are typed.

Fields tell what was typed when typing pauses, when they lose the focus and when they are put
away: never only at the end.
"""

import re
from datetime import date, datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from hmip_desktop import language as spoken
from hmip_desktop.form.model import Kind, Question
from hmip_desktop.language import mark, tr
from ui.theme import scaled
from ui.widgets.parts import margins

PAUSE_MS = 700
_HINTS = {
    Kind.INTEGER: mark("A whole number"),
    Kind.DECIMAL: mark("A number"),
    Kind.DATE: mark("A date such as 6 May 2013 or 06/05/2013"),
}
_DATE_WAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y")
_ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"


def as_iso(text: str) -> str:
    """A typed date as case files keep it; what cannot be read stays as it was typed."""
    plain = re.sub(r"\s+", " ", text.strip())
    in_figures = re.sub(r"^(\d+) ([^\W\d_]+) (\d+)$", _with_month_in_figures, plain)
    for way in _DATE_WAYS:
        try:
            return datetime.strptime(in_figures, way).date().isoformat()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return plain


def as_read(iso: str) -> str:
    """A kept date as people read it."""
    try:
        return spoken.day(date.fromisoformat(iso))
    except ValueError:
        return iso


def _with_month_in_figures(named: re.Match[str]) -> str:
    """6 May 2013 as 6/5/2013, whether the month is English or in the language of the user."""
    day, word, year = named[1], named[2].casefold(), named[3]
    theirs = [spoken.day(date(2000, number, 1)).split()[1] for number in range(1, 13)]
    for months in (theirs, _ENGLISH_MONTHS.split()):
        for number, month in enumerate(months, start=1):
            if word.startswith(month.casefold()):
                return f"{day}/{number}/{year}"
    return named[0]


class TextArea(QPlainTextEdit):
    """Several lines of text, as high as they need up to a limit."""

    paused = Signal(str)
    left = Signal()

    def __init__(
        self, name: str, placeholder: str, *, read_only: bool, most_lines: int = 8
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setReadOnly(read_only)
        self._most_lines = most_lines
        self._told = ""
        self._waits = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.tell)
        self.textChanged.connect(self._typed)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text without telling it; what is being typed is not disturbed."""
        if text == self._told or self._waits or self._pause.isActive():
            return
        self._told = text
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
        self._fit()

    def tell(self) -> None:
        """Tell what was typed, when it was not told yet."""
        self._pause.stop()
        text = self.toPlainText()
        if text != self._told or self._waits:
            self._told, self._waits = text, False
            self.paused.emit(text)

    def hold(self, standing: str) -> None:
        """What was told could not be kept: what is typed stays on screen, and is told again."""
        self._waits = self.toPlainText().strip() != standing.strip()

    @property
    def waits(self) -> bool:
        """Whether something typed could not be kept yet."""
        return self._waits

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field tells what was typed."""
        super().focusOutEvent(event)
        self.tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.tell()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _typed(self) -> None:
        self._fit()
        self._pause.start()

    def _fit(self) -> None:
        lines = max(2, min(self._most_lines, int(self.document().size().height())))
        fits = int(self.document().size().height()) <= self._most_lines
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if fits else bars.ScrollBarAsNeeded)
        wanted = lines * self.fontMetrics().lineSpacing() + scaled(22)
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()


class TextAnswer(QWidget):
    """A question that is answered in words."""

    given = Signal(str)
    cleared = Signal()
    left = Signal()

    def __init__(self, question: Question, language: str, *, read_only: bool) -> None:
        super().__init__()
        placeholder = "" if read_only else tr("Write the answer here")
        self._area = TextArea(_name(question, language), placeholder, read_only=read_only)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0)
        layout.addWidget(self._area)
        self._area.paused.connect(self.given)
        self._area.left.connect(self.left)

    def show_value(self, value: str) -> None:
        """Show an answer."""
        self._area.show_text(value)

    def take_focus(self) -> None:
        """Put the focus where the text is typed."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, key: str) -> bool:  # noqa: ARG002  keys are text here
        """Keys are typed, not chosen by."""
        return False

    def tell(self) -> None:
        """Tell what was typed, when it was not told yet."""
        self._area.tell()

    def hold(self, standing: str) -> None:
        """What was told could not be kept: what is typed stays on screen, and is told again."""
        self._area.hold(standing)

    @property
    def waits(self) -> bool:
        """Whether something typed could not be kept yet."""
        return self._area.waits


class LineAnswer(QWidget):
    """A question that is answered by a number or a date."""

    given = Signal(str)
    cleared = Signal()

    def __init__(self, question: Question, language: str, *, read_only: bool) -> None:
        super().__init__()
        self._is_date = question.kind is Kind.DATE
        self._told = ""
        self._waits = False
        self._line = QLineEdit()
        self._line.setPlaceholderText(tr(_HINTS[question.kind]))
        self._line.setAccessibleName(_name(question, language))
        self._line.setReadOnly(read_only)
        self._line.setMaximumWidth(scaled(340))
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0)
        layout.addWidget(self._line)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.tell)
        self._line.textEdited.connect(lambda _: self._pause.start())
        self._line.editingFinished.connect(self.tell)
        self._line.installEventFilter(self)

    def show_value(self, value: str) -> None:
        """Show an answer; what is being typed is not disturbed."""
        if not (self._pause.isActive() or self._waits) and value != self._told:
            self._told = value
            self._line.setText(as_read(value) if self._is_date else value)

    def take_focus(self) -> None:
        """Put the focus where it is typed."""
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, key: str) -> bool:  # noqa: ARG002  keys are text here
        """Keys are typed, not chosen by."""
        return False

    def tell(self) -> None:
        """Tell what was typed, when it was not told yet."""
        self._pause.stop()
        text = self._typed()
        if text != self._told or self._waits:
            self._told, self._waits = text, False
            self.given.emit(text)

    def hold(self, standing: str) -> None:
        """What was told could not be kept: what is typed stays on screen, and is told again."""
        self._waits = self._typed() != standing

    @property
    def waits(self) -> bool:
        """Whether something typed could not be kept yet."""
        return self._waits

    def _typed(self) -> str:
        return as_iso(self._line.text()) if self._is_date else self._line.text().strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter tells at once and then goes on as everywhere."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() in enter:
            self.tell()
        return super().eventFilter(watched, event)


def _name(question: Question, language: str) -> str:
    label = question.label.in_language(language)
    return tr("Answer to {question}, {text}", question=question.number, text=label)
