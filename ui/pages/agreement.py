"""How far two assessors of the same case chose the same: tables, and a case side by side."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from hmip_desktop.operations import agreement as agreeing
from hmip_desktop.operations.agreement import Agreed
from ui.models import agreement
from ui.models.agreement import Table
from ui.models.sort_proxy import ROW_ROLE
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.agreement_case import CaseTwice
from ui.pages.page_behind import PageBehind
from ui.session import Session
from ui.widgets import copying
from ui.widgets.delegates import quiet_table
from ui.widgets.flow import Flow
from ui.widgets.parts import button, frame, label, margins

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
    def case(self) -> CaseTwice:
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


class AgreementTables(PageBehind):
    """One table of agreement at a time."""

    case_chosen = Signal(str)

    def __init__(self, session: Session, language: str) -> None:
        super().__init__(tr("Back to the team"))
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
        self.use_table(self._view, self._model, self._choose_case, room_for_all=_ROOM_FOR_ALL)
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
        self._meaning.setText(agreement.meaning(table))
        self._view.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._none.setText(tr("There is nothing to compare yet."))
        self._open.setVisible(table is Table.CASES and bool(rows))
        if rows:
            self._view.selectRow(0)
        self.make_room()

    def take_focus(self) -> None:
        """Put the focus on the choice of tables."""
        self._chips[self._table].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_case(self) -> None:
        index = self._view.currentIndex()
        row = index.data(ROW_ROLE) if index.isValid() else None
        if self._table is Table.CASES and row is not None:
            self.case_chosen.emit(row.key)

    def _lay_out(self) -> None:
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
        self.inside.addWidget(self._title)
        self.inside.addWidget(self._summary)
        self.inside.addWidget(self._unsettled_card)
        self.inside.addWidget(self._made_chips())
        self.inside.addWidget(card)
        self.inside.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside.addStretch(1)
        tables.keep_in_view(self._view, self.area)

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
