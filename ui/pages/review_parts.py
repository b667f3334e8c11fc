"""The parts of the review of a case: lists of questions, doubts, scores."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from hmip_desktop.language import tr, tr_count
from ui.models.review import DoubtRow, Named, ScoreRow
from ui.theme import scaled
from ui.widgets.fields import PAUSE_MS
from ui.widgets.parts import button, frame, label, margins
from ui.widgets.tall_button import TallButton

SHOWN_AT_FIRST = 8


class QuestionLink(TallButton):
    """A question as one button: its number, its text, perhaps in several lines."""

    def __init__(self, question: Named) -> None:
        name = tr("Go to {number}, {question}", number=question.number, question=question.text)
        super().__init__(name, "row")
        self.question = question
        self._number = label(question.number, "number")
        self.indent(scaled(52))
        top = Qt.AlignmentFlag.AlignTop
        content = QHBoxLayout()
        margins(content, 0, 0, 0, 0, 10)
        content.addWidget(self._number, 0, top)
        content.addWidget(label(question.text, wrap=True), 1, top)
        self.fill(content)

    @property
    def number_width(self) -> int:
        """The width of its number."""
        self._number.ensurePolished()
        return self._number.sizeHint().width()

    def indent(self, width: int) -> None:
        """Let its text begin after so much room for its number."""
        self._number.setMinimumWidth(width)


class QuestionList(QFrame):
    """Questions under a heading; `wanted` tells the one that was chosen."""

    wanted = Signal(str)

    def __init__(self, title: str, why: str, questions: Sequence[Named]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._questions = questions
        self._rows = _card_layout(self, title, why)
        self._add(questions[:SHOWN_AT_FIRST])
        more = tr_count("Show all {count}", "Show all {count}", len(questions))
        self._more = button(more, "link", self._show_all)
        self._rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._more.setVisible(len(questions) > SHOWN_AT_FIRST)

    def _add(self, questions: Sequence[Named]) -> None:
        links = [QuestionLink(question) for question in questions]
        indent = max(scaled(52), *(link.number_width for link in links))
        for link, question in zip(links, questions, strict=True):
            link.indent(indent)
            link.clicked.connect(lambda _=False, name=question.name: self.wanted.emit(name))
            self._rows.addWidget(link)

    def _show_all(self) -> None:
        self._rows.removeWidget(self._more)
        self._more.hide()
        self._add(self._questions[SHOWN_AT_FIRST:])
        links = self.findChildren(QuestionLink)
        links[SHOWN_AT_FIRST].setFocus(Qt.FocusReason.OtherFocusReason)


class DoubtList(QFrame):
    """What is doubtful, each with a line to say why it stands; it may stay empty."""

    wanted = Signal(str)
    explained = Signal(str, str)

    def __init__(self, title: str, doubts: Sequence[DoubtRow], *, read_only: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        why = tr("They can stand. If they do, the lead will want to know why.")
        rows = _card_layout(self, title, why)
        self._lines: list[_WhyLine] = []
        for doubt in doubts:
            link = QuestionLink(doubt.question)
            link.clicked.connect(lambda _=False, name=doubt.question.name: self.wanted.emit(name))
            line = _WhyLine(doubt, read_only=read_only)
            line.explained.connect(self.explained)
            rows.addSpacing(scaled(4))
            rows.addWidget(link)
            beneath = QVBoxLayout()
            margins(beneath, 70, 0, 8, 0, 6)
            beneath.addWidget(label(doubt.message, "below", wrap=True))
            beneath.addWidget(line)
            rows.addLayout(beneath)
            self._lines.append(line)

    def tell(self) -> None:
        """Tell what was typed and not told yet."""
        for line in self._lines:
            line.tell()


class _WhyLine(QLineEdit):
    """Why one answer stands; told when typing pauses and when it is left."""

    explained = Signal(str, str)

    def __init__(self, doubt: DoubtRow, *, read_only: bool) -> None:
        super().__init__(doubt.stands)
        self._question, self._told = doubt.question.name, doubt.stands
        self.setPlaceholderText(tr("Why it stands (optional)"))
        self.setAccessibleName(tr("Why {number} stands", number=doubt.question.number))
        self.setReadOnly(read_only)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.tell)
        self.textEdited.connect(lambda _: self._pause.start())
        self.editingFinished.connect(self.tell)

    def tell(self) -> None:
        """Tell what was typed and not told yet."""
        self._pause.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.explained.emit(self._question, text)


class ScoreList(QFrame):
    """What the answers come to, criterion by criterion, in words."""

    def __init__(self, scores: Sequence[ScoreRow]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        why = tr("The share of this case's answers above the line. One case says little by itself.")
        rows = _card_layout(self, tr("What the answers come to"), why)
        grid = QGridLayout()
        margins(grid, 8, 4, 8, 0, 6)
        grid.setHorizontalSpacing(scaled(16))
        grid.setColumnStretch(0, 1)
        for row, score in enumerate(scores):
            role = "heading" if score.is_section else ""
            title = label(score.title, role, wrap=True)
            title.setContentsMargins(0 if score.is_section else scaled(14), 0, 0, 0)
            grid.addWidget(title, row, 0)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            said = label(score.said, role if score.judged else "quiet")
            grid.addWidget(said, row, 1, right)
        rows.addLayout(grid)


@dataclass(frozen=True)
class Way:
    """A button: its word, what it does, and its role."""

    word: str
    pressed: Callable[[], object]
    role: str = ""
    enabled: bool = True


class SignOff(QFrame):
    """Signing off, or what stands in its way; what comes next, once it was signed off.

    The last of its ways is the main one.
    """

    def __init__(self, text: str, *ways: Way) -> None:
        super().__init__()
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        margins(row, 18, 14, 18, 14, 16)
        row.addWidget(label(text, wrap=True), 1)
        self.buttons = tuple(button(way.word, way.role, way.pressed) for way in ways)
        for one, way in zip(self.buttons, ways, strict=True):
            one.setEnabled(way.enabled)
            row.addWidget(one)

    @property
    def main(self) -> QPushButton | None:
        """The button for what comes next."""
        return self.buttons[-1] if self.buttons else None


def said_card(text: str) -> QFrame:
    """A card that says one thing."""
    card = frame("card")
    layout = QVBoxLayout(card)
    margins(layout, 18, 12, 18, 12)
    layout.addWidget(label(text, wrap=True))
    return card


def _card_layout(card: QFrame, title: str, why: str) -> QVBoxLayout:
    layout = QVBoxLayout(card)
    margins(layout, 10, 12, 10, 12, 2)
    for text, role in ((title, "heading"), (why, "quiet")):
        part = label(text, role, wrap=True)
        part.setContentsMargins(scaled(8), 0, scaled(8), 0)
        layout.addWidget(part)
    return layout
