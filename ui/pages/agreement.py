"""How far two assessors of the same case chose the same: tables, and a case side by side."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.form.model import Line
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import agreement as agreeing
from hmip_desktop.operations.agreement import Agreed, Twice
from hmip_desktop.operations.pasting import CopiedTable
from ui.models import agreement
from ui.models.agreement import MEANINGS, Beside, Table
from ui.models.sort_proxy import ROW_ROLE
from ui.models.table import TableModel
from ui.models.words import LINE_SIGNS
from ui.pages import tables
from ui.session import Session
from ui.theme import scaled
from ui.widgets import copying
from ui.widgets.delegates import quiet_table
from ui.widgets.flow import Flow
from ui.widgets.parts import button, empty, frame, label, margins, scrolled

_ROOM_FOR_ALL = 900


class AgreementPage(QStackedWidget):
    """The tables of agreement; a case chosen there is shown with both its assessments."""

    left = Signal()
    case_wanted = Signal(object, str)

    def __init__(self, session: Session, language: str) -> None:
        super().__init__()
        self._session, self._language = session, language
        self._tables = AgreementTables(session, language)
        self._case = CaseTwice()
        self.addWidget(self._tables)
        self.addWidget(self._case)
        self._tables.left.connect(self.left)
        self._tables.case_chosen.connect(self.show_case)
        self._case.left.connect(self.refresh)
        self._case.case_wanted.connect(self.case_wanted)

    @property
    def tables(self) -> "AgreementTables":
        """The tables."""
        return self._tables

    @property
    def case(self) -> "CaseTwice":
        """The case with both assessments."""
        return self._case

    def refresh(self) -> None:
        """Show the tables as things stand."""
        self._tables.refresh()
        self.setCurrentWidget(self._tables)
        self._tables.take_focus()

    def take_focus(self) -> None:
        """Put the focus on what is shown."""
        self._tables.take_focus()

    def show_case(self, reference: str) -> None:
        """Show a case as both assessors answered it."""
        twice, rows = agreeing.side_by_side(self._session.reading, reference)
        beside = [agreement.beside(row, self._language) for row in rows]
        self._case.show_rows(twice, beside)
        self.setCurrentWidget(self._case)
        self._case.take_focus()


class AgreementTables(QWidget):
    """One table of agreement at a time."""

    left = Signal()
    case_chosen = Signal(str)

    def __init__(self, session: Session, language: str) -> None:
        super().__init__()
        self._session, self._language = session, language
        self._agreed: Agreed | None = None
        self._table = Table.QUESTIONS
        self._title = label("", "title", wrap=True)
        self._summary = label("", "quiet", wrap=True)
        self._unsettled = label("", "noticeText", wrap=True)
        self._meaning = label("", "small", wrap=True)
        self._none = label("", "quiet", wrap=True)
        self._view = quiet_table(tr("Agreement"))
        self._model = TableModel(agreement.columns(self._table), self)
        tables.dress(self._view, self._model)
        self._view.doubleClicked.connect(lambda _: self._choose_case())
        self._open = button(tr("Read both assessments"), "primary", self._choose_case)
        self._lay_out()

    def refresh(self) -> None:
        """Work agreement out anew."""
        self._agreed = agreeing.agreed(self._session.reading)
        self._title.setText(agreement.title(self._agreed))
        self._summary.setText(agreement.summary(self._agreed, self._language))
        unsettled = agreement.unsettled(self._agreed)
        self._unsettled.setText(unsettled)
        self._unsettled_card.setVisible(bool(unsettled))
        self.show_table(self._table)

    def show_table(self, table: Table) -> None:
        """Show one of the tables."""
        assert self._agreed is not None
        self._table = table
        self._chips[table].setChecked(True)
        form = self._session.form
        rows = agreement.rows(self._agreed, table, form, self._language)
        self._model.show(rows, agreement.columns(table))
        self._view.setAccessibleName(tr("Agreement: {table}", table=tr(table.value)))
        self._view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        tables.fit(self._view, self._model)
        tables.show_whole(self._view, len(rows))
        self._meaning.setText(tr(MEANINGS[table]))
        self._view.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._none.setText(tr("There is nothing to compare yet."))
        self._open.setVisible(table is Table.CASES and bool(rows))
        if rows:
            self._view.selectRow(0)
        self._make_room(self.width())

    def take_focus(self) -> None:
        """Put the focus on the choice of tables."""
        self._chips[self._table].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen case; Esc goes back to the team."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._view.hasFocus():
            self._choose_case()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the columns that matter most stay."""
        super().resizeEvent(event)
        self._make_room(event.size().width())

    def _make_room(self, width: int) -> None:
        tables.hide_spare(self._view, self._model, narrow=width < scaled(_ROOM_FOR_ALL))

    def _choose_case(self) -> None:
        index = self._view.currentIndex()
        row = index.data(ROW_ROLE) if index.isValid() else None
        if self._table is Table.CASES and row is not None:
            self.case_chosen.emit(row.key)

    def _lay_out(self) -> None:
        back = button(tr("Back to the team"), "link", self.left.emit)
        self._unsettled_card = frame("notice")
        notice = QVBoxLayout(self._unsettled_card)
        margins(notice, 16, 8, 16, 8)
        notice.addWidget(self._unsettled)
        card = frame("card")
        inside = QVBoxLayout(card)
        margins(inside, 8, 10, 8, 8, 4)
        heads = QHBoxLayout()
        margins(heads, 10, 0, 10, 0, 10)
        heads.addWidget(self._meaning, 1)
        heads.addWidget(button(tr("Copy table"), "link", self._copy))
        inside.addLayout(heads)
        inside.addWidget(self._view)
        inside.addWidget(self._none)
        layout, area = _page(self)
        layout.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._title)
        layout.addWidget(self._summary)
        layout.addWidget(self._unsettled_card)
        layout.addWidget(self._made_chips())
        layout.addWidget(card)
        layout.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        tables.keep_in_view(self._view, area)

    def _made_chips(self) -> QWidget:
        """The choice of a table."""
        made = QWidget()
        made.setProperty("role", "clear")
        row = Flow(made)
        self._group = QButtonGroup(self)
        self._chips = {}
        for table in Table:
            chip = button(tr(table.value), "chip", partial(self.show_table, table))
            chip.setCheckable(True)
            self._group.addButton(chip)
            self._chips[table] = chip
            row.addWidget(chip)
        return made

    def _copy(self) -> None:
        copying.copy_table(copying.shown(self._view))


class CaseTwice(QWidget):
    """A case assessed twice, question by question, both answers with their notes."""

    left = Signal()
    case_wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
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
        layout, _ = _page(self)
        back = button(tr("Back to agreement"), "link", self.left.emit)
        layout.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._title)
        layout.addWidget(self._summary)
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 16)
        row.addWidget(self._only)
        row.addWidget(button(tr("Copy table"), "link", self._copy))
        row.addWidget(button(tr("Go to the case"), "link", self._go_to))
        row.addStretch(1)
        layout.addLayout(row)
        layout.addLayout(self._list)
        layout.addStretch(1)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the tables."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

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


def _page(page: QWidget) -> tuple[QVBoxLayout, QScrollArea]:
    """The layout of a page that scrolls itself."""
    inner = QWidget()
    inner.setProperty("role", "clear")
    layout = QVBoxLayout(inner)
    margins(layout, 28, 14, 28, 20, 10)
    outer = QVBoxLayout(page)
    margins(outer, 0, 0, 0, 0)
    area = scrolled(inner)
    outer.addWidget(area)
    return layout, area
