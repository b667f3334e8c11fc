"""A case that was assessed twice, both assessments side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.form.model import Line
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.agreement import Twice
from hmip_desktop.operations.pasting import CopiedTable
from ui.models.agreement import Beside
from ui.models.words import LINE_SIGNS
from ui.pages.page_behind import PageBehind
from ui.theme import scaled
from ui.widgets import copying
from ui.widgets.parts import button, empty, frame, label, margins


class CaseTwice(PageBehind):
    """A case assessed twice, question by question, both answers with their notes."""

    case_wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(tr("Back to agreement"))
        self._twice: Twice | None = None
        self._rows: Sequence[Beside] = ()
        self._title = label("", "title", wrap=True)
        self._summary = label("", "quiet", wrap=True)
        self._only = button(tr("Only where they differ"), "chip")
        self._only.setCheckable(True)
        self._only.setChecked(True)
        self._only.toggled.connect(lambda _: self._show())
        self._list = QVBoxLayout()
        margins(self._list, 0, 0, 0, 0, 10)
        self.inside.addWidget(self._title)
        self.inside.addWidget(self._summary)
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 16)
        row.addWidget(self._only)
        row.addWidget(button(tr("Copy table"), "link", self._copy))
        row.addWidget(button(tr("Go to the case"), "link", self._go_to))
        row.addStretch(1)
        self.inside.addLayout(row)
        self.inside.addLayout(self._list)
        self.inside.addStretch(1)

    @property
    def shown(self) -> tuple[Beside, ...]:
        """The questions on screen."""
        differing = self._only.isChecked()
        return tuple(row for row in self._rows if row.differs or not differing)

    def show_rows(self, twice: Twice, rows: Sequence[Beside]) -> None:
        """Show a case."""
        self._twice, self._rows = twice, rows
        names = {"first": twice.first.assessor, "second": twice.second.assessor}
        self._title.setText(tr("{case}: {first} and {second}", case=twice.case.reference, **names))
        self._summary.setText(
            tr_count(
                "They differ in {differing} of {count} question that either was asked.",
                "They differ in {differing} of {count} questions that either was asked.",
                len(rows),
                differing=sum(row.differs for row in rows),
            )
        )
        self._show()

    def take_focus(self) -> None:
        """Put the focus on what can be switched."""
        self._only.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        empty(self._list)
        for row in self.shown:
            self._list.addWidget(self._made(row))
        if not self.shown:
            self._list.addWidget(label(tr("They said the same everywhere."), "quiet", wrap=True))

    def _made(self, row: Beside) -> QWidget:
        assert self._twice is not None
        made = frame("card")
        grid = QGridLayout(made)
        margins(grid, 18, 12, 18, 12, 6)
        grid.setHorizontalSpacing(scaled(20))
        question = tr("{number} {question}", number=row.number, question=row.question)
        grid.addWidget(label(question, "heading", wrap=True), 0, 0, 1, 2)
        who = (self._twice.first.assessor, self._twice.second.assessor)
        for column in range(2):
            grid.setColumnStretch(column, 1)
            grid.addWidget(label(who[column], "small", wrap=True), 1, column)
            said = _with_sign(row.said[column], row.lines[column])
            grid.addWidget(label(said, wrap=True), 2, column)
            if row.notes[column]:
                note = label(row.notes[column], "quiet", wrap=True)
                grid.addWidget(note, 3, column, Qt.AlignmentFlag.AlignTop)
        return made

    def _go_to(self) -> None:
        if self._twice is not None:
            self.case_wanted.emit(self._twice.first.assessment.key, "")

    def _copy(self) -> None:
        assert self._twice is not None
        first, second = self._twice.first.assessor, self._twice.second.assessor
        headings = (
            tr("Number"),
            tr("Question"),
            first,
            tr("Note of {name}", name=first),
            second,
            tr("Note of {name}", name=second),
        )
        rows = (
            (
                row.number,
                row.question,
                _with_sign(row.said[0], row.lines[0]),
                row.notes[0],
                _with_sign(row.said[1], row.lines[1]),
                row.notes[1],
            )
            for row in self.shown
        )
        copying.copy_table(CopiedTable(headings, tuple(rows)))


def _with_sign(said: str, line: Line) -> str:
    return f"{said} {LINE_SIGNS[line]}".strip()
