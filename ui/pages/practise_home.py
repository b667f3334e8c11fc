"""Practising, at its beginning: read the case, answer, compare."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import model_case, practising
from hmip_desktop.operations.reading import Progressed
from ui.session import Session
from ui.theme import scaled
from ui.widgets.parts import button, frame, label, margins, restyle, scrolled

_WIDEST = 680


class PractiseHome(QWidget):
    """The three steps of practising, and how far they are."""

    story_wanted = Signal()
    walk_wanted = Signal()
    comparison_wanted = Signal()
    fresh_wanted = Signal()
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._read = button(tr("Read the case"), "", self.story_wanted.emit)
        self._answer = button("", "primary", self.walk_wanted.emit)
        self._compare = button(tr("Compare"), "", self.comparison_wanted.emit)
        self._again = button(tr("Start again..."), "link", self.fresh_wanted.emit)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Answered questions of this case"))
        self._count = label("", "small", wrap=True)
        self._lay_out()

    def refresh(self) -> None:
        """Show how far it is."""
        one = practising.one(self._session.reading)
        self._bar.setMaximum(max(one.asked, 1))
        self._bar.setValue(one.answered)
        self._count.setText(progress_said(one))
        begun, whole = one.answered > 0, one.answered == one.asked
        text = tr("Go on") if begun else tr("Begin")
        text = tr("Look through the answers") if whole else text
        self._answer.setText(text)
        self._answer.setAccessibleName(text)
        restyle(self._answer, "" if whole else "primary")
        restyle(self._compare, "primary" if whole else "")
        self._compare.setEnabled(begun)
        self._again.setVisible(begun)

    def take_focus(self) -> None:
        """Put the focus on what comes next."""
        one = practising.one(self._session.reading)
        if not one.answered:
            following = self._read
        else:
            following = self._compare if one.answered == one.asked else self._answer
        following.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, following, lambda: self._area.ensureWidgetVisible(following))

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "clear")
        inner.setMaximumWidth(scaled(_WIDEST))
        layout = QVBoxLayout(inner)
        margins(layout, 28, 24, 28, 24, 10)
        layout.addWidget(label(tr("Practise"), "title"))
        layout.addWidget(
            label(
                tr(
                    "A made-up case, as you would find it in a file, with answers that were "
                    "agreed on beforehand. It takes about half an hour, and you can stop at any "
                    "time: every answer is kept."
                ),
                wrap=True,
            )
        )
        layout.addWidget(self._steps())
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0)
        row.addWidget(self._again)
        row.addStretch(1)
        row.addWidget(button(tr("Leave practice"), "link", self.left.emit))
        layout.addLayout(row)
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

    def _steps(self) -> QWidget:
        card = frame("card")
        grid = QGridLayout(card)
        margins(grid, 20, 18, 20, 18, 12)
        grid.setColumnStretch(1, 1)
        far = QVBoxLayout()
        margins(far, 0, 4, 0, 0, 2)
        far.addWidget(self._bar)
        far.addWidget(self._count)
        answering = tr(
            "The same pages and keys as in an inspection. F9 shows and hides the case beside "
            "the questions, F8 the guidance, which says where the line lies."
        )
        steps = (
            (tr("Read the case"), tr("About three minutes to read."), None, self._read),
            (tr("Answer the questions"), answering, far, self._answer),
            (
                tr("Compare with the benchmark"),
                tr("Where you differ, on which side of the line, and why."),
                None,
                self._compare,
            ),
        )
        for number, (title, sentence, more, does) in enumerate(steps):
            if number:
                grid.addWidget(frame("rule"), 2 * number - 1, 0, 1, 3)
            self._add_step(grid, 2 * number, label(f"{number + 1}", "title"), does)
            texts = QVBoxLayout()
            margins(texts, 0, 0, 0, 0, 2)
            texts.addWidget(label(title, "heading", wrap=True))
            texts.addWidget(label(sentence, "quiet", wrap=True))
            if more is not None:
                texts.addLayout(more)
            grid.addLayout(texts, 2 * number, 1)
        return card

    def _add_step(self, grid: QGridLayout, row: int, number: QLabel, does: QPushButton) -> None:
        grid.addWidget(number, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(does, row, 2, Qt.AlignmentFlag.AlignVCenter)


def progress_said(one: Progressed) -> str:
    """How far the practice case is, in words."""
    if not one.answered:
        return tr_count(
            "About {count} question: the answers decide which are asked.",
            "About {count} questions: the answers decide which are asked.",
            len(model_case.model_case().benchmark),
        )
    if one.answered == one.asked:
        return tr("Every question has its answer.")
    return tr_count(
        "{answered} of {count} question answered",
        "{answered} of {count} questions answered",
        one.asked,
        answered=one.answered,
    )
