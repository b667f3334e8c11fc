"""The comparison: where the answers differ from the benchmark, and why."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import practising
from ui import paper
from ui.models import practise
from ui.models.practise import ComparedRow, ComparisonState, Part
from ui.session import Session
from ui.theme import scaled
from ui.widgets import copying
from ui.widgets.parts import button, empty, frame, label, margins, scrolled
from ui.widgets.tall_button import TallButton

_WIDEST = 860


class ComparePage(QWidget):
    """Leads back to a question by `question_wanted`, to the beginning by `left`."""

    question_wanted = Signal(str)
    left = Signal()

    def __init__(self, session: Session, language: str) -> None:
        super().__init__()
        self._session, self._language = session, language
        self._shown: ComparisonState | None = None
        self._summary = QVBoxLayout()
        self._parts = QVBoxLayout()
        self._go_on = button(tr("Go on answering"), "", self._to_next_open)
        self._copy = button(tr("Copy"), "", self.copy)
        self._copied = label(tr("✓ Copied"), "above")
        self._copied.hide()
        self._print = button(tr("Print..."), "", self._print_out)
        self._lay_out()

    @property
    def state(self) -> ComparisonState:
        """What is on screen."""
        assert self._shown is not None
        return self._shown

    @property
    def rows(self) -> tuple[TallButton, ...]:
        """The questions on screen, from the top."""
        return tuple(row for row in self.findChildren(TallButton) if not row.isHidden())

    def refresh(self) -> None:
        """Compare the answers as they stand."""
        self._copied.hide()
        form, found = self._session.form, practising.compared(self._session.reading)
        state = practise.state(form, found, self._language)
        if state == self._shown:
            return
        self._shown = state
        empty(self._summary)
        for line in state.summary:
            self._summary.addWidget(label(line, "heading", wrap=True))
        if state.left:
            self._summary.addWidget(label(state.left, "quiet", wrap=True))
        self._go_on.setVisible(bool(state.next_open))
        for one in (self._copy, self._print):
            one.setEnabled(bool(state.parts))
        empty(self._parts)
        for part in state.parts:
            made = PartCard(part)
            made.wanted.connect(self.question_wanted)
            self._parts.addWidget(made)
            made.show()

    def take_focus(self) -> None:
        """Put the focus on the first question that differs, else on the first button."""
        shown = (*self.rows, self._go_on, self._copy)
        first = next((one for one in shown if one.isEnabled() and not one.isHidden()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, first, lambda: self._area.ensureWidgetVisible(first))

    def copy(self) -> None:
        """Put the comparison on the clipboard, as a table."""
        copying.copy_table(practise.table(self.state))
        self._copied.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to where practising begins."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _print_out(self) -> None:
        reference = practising.one(self._session.reading).case.reference
        paper.print_out(self, practise.on_paper(self.state, reference))

    def _to_next_open(self) -> None:
        self.question_wanted.emit(self.state.next_open)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "clear")
        inner.setMaximumWidth(scaled(_WIDEST))
        layout = QVBoxLayout(inner)
        margins(layout, 28, 20, 28, 24, 10)
        layout.addWidget(label(tr("You and the benchmark"), "title", wrap=True))
        margins(self._summary, 0, 0, 0, 0, 4)
        layout.addLayout(self._summary)
        row = QHBoxLayout()
        margins(row, 0, 2, 0, 2, 10)
        for one in (self._go_on, self._copy, self._print):
            row.addWidget(one)
        row.addWidget(self._copied)
        row.addStretch(1)
        layout.addLayout(row)
        margins(self._parts, 0, 0, 0, 0, 12)
        layout.addLayout(self._parts)
        layout.addStretch(1)
        across = QWidget()
        across.setProperty("role", "clear")
        middle = QHBoxLayout(across)
        margins(middle, 0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(inner, 100)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        self._area = scrolled(across)
        outer.addWidget(self._area)


class PartCard(QFrame):
    """Questions under a heading; `wanted` tells the one that was chosen."""

    wanted = Signal(str)

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._part = part
        self._rows = QVBoxLayout(self)
        margins(self._rows, 12, 12, 12, 12, 2)
        heading = label(part.title, "heading", wrap=True)
        heading.setContentsMargins(scaled(8), 0, 0, scaled(4))
        self._rows.addWidget(heading)
        self._more: QPushButton | None = None
        if part.folded:
            said = tr_count("Show {count}", "Show all {count}", len(part.rows))
            self._more = button(said, "link", self._unfold)
            under = QHBoxLayout()
            margins(under, 5, 0, 0, 0)
            under.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
            self._rows.addLayout(under)
        else:
            self._show_rows()

    def _unfold(self) -> None:
        if self._more is not None:
            self._more.hide()
        self._show_rows()
        self.findChildren(TallButton)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self) -> None:
        for number, row in enumerate(self._part.rows):
            if number:
                self._rows.addWidget(frame("rule"))
            made = _row(row)
            made.clicked.connect(lambda _=False, name=row.leads_to: self.wanted.emit(name))
            self._rows.addWidget(made)
            made.show()


def _row(row: ComparedRow) -> TallButton:
    """A question with both answers and why; one that is not asked leads nowhere."""
    said = " ".join(text for text, _ in practise.lines(row))
    spoken = tr("{number} {question} {said}", number=row.number, question=row.text, said=said)
    made = TallButton(spoken, "row")
    texts = QVBoxLayout()
    margins(texts, 0, 2, 0, 4, 2)
    head = QHBoxLayout()
    margins(head, 0, 0, 0, 0, 10)
    number = label(row.number, "number")
    number.setMinimumWidth(scaled(52))
    top = Qt.AlignmentFlag.AlignTop
    head.addWidget(number, 0, top)
    head.addWidget(label(row.text, "heading", wrap=True), 1, top)
    texts.addLayout(head)
    for text, tone in practise.lines(row):
        line = label(text, tone, wrap=True)
        line.setContentsMargins(scaled(62), 0, 0, 0)
        texts.addWidget(line)
    made.fill(texts)
    return made
