"""The list of cases: how far each is, where to go on, and handing in."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.language import tr
from ui.models import cases as case_rows
from ui.models.cases import CaseColumn, CaseRow
from ui.models.sort_proxy import ROW_ROLE
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.hand_in import HandInCard
from ui.session import Session
from ui.theme import scaled
from ui.widgets.delegates import quiet_table
from ui.widgets.parts import button, frame, label, margins, scrolled

_LEAST_HEIGHT = 320
_FEW = 16
_LEAST_BAR = 90
_AROUND_WORDS = 48


class CasesPage(QWidget):
    """Shows the cases of the open file."""

    case_wanted = Signal(object, str)
    refused = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._last: AssessmentKey | None = None
        self._columns: tuple[CaseColumn, ...] = ()
        self._widths: tuple[int, ...] = ()
        self._view = quiet_table(tr("Cases"))
        self._model = TableModel((), self)
        self._proxy = tables.dress(self._view, self._model)
        self._find = QLineEdit()
        self._find.setPlaceholderText(tr("Find a case (Ctrl+F)"))
        self._find.setAccessibleName(tr("Find a case"))
        self._find.setClearButtonEnabled(True)
        self._find.ensurePolished()
        words = self._find.fontMetrics().horizontalAdvance(self._find.placeholderText())
        self._find.setMinimumWidth(words + scaled(_AROUND_WORDS))
        self._find.setMaximumWidth(max(scaled(260), self._find.minimumWidth()))
        self._find.textChanged.connect(self._look)
        self._find.returnPressed.connect(self._open_current)
        self._go_on = button(tr("Continue"), "primary", self._continue)
        self._summary = label("", "quiet", wrap=True)
        self._view.doubleClicked.connect(self._open)
        self._empty = label("", "quiet", wrap=True)
        self._hand_in = HandInCard(session)
        self._hand_in.refused.connect(self.refused)
        self._hand_in.handed_in.connect(self._show_receipt)
        self._lay_out()

    @property
    def shown_references(self) -> tuple[str, ...]:
        """The references of the cases on screen, in their order."""
        return tuple(
            self._proxy.index(row, 0).data(Qt.ItemDataRole.DisplayRole)
            for row in range(self._proxy.rowCount())
        )

    @property
    def receipt(self) -> str:
        """What the last handing in came to, in words."""
        return self._hand_in.receipt

    def refresh(self) -> None:
        """Show the cases as they stand."""
        rows = case_rows.rows(self._session.reading)
        leads = self._session.is_leads
        current = self._current()
        self._columns = case_rows.columns(rows, is_leads=leads)
        self._model.show(rows, self._columns)
        tables.fit(self._view, self._model)
        self._widths = tuple(
            max(scaled(column.width or _LEAST_BAR), self._width_of(place))
            for place, column in enumerate(self._columns)
        )
        self._make_room()
        if not current:
            tables.sort_by(self._view, 0)
        self._choose(current.key if current else None)
        self._summary.setText(case_rows.summary(rows))
        self._last = None if leads else case_rows.last_answered(self._session.reading)
        self._go_on.setVisible(self._last is not None)
        if self._last:
            reference = self._session.assessment(self._last).case.reference
            said = tr("Continue {reference}", reference=reference)
            self._go_on.setText(said)
            self._go_on.setAccessibleName(said)
        self._look(self._find.text())
        self._hand_in.refresh()

    def look_for_case(self) -> None:
        """Put the focus where a case is looked for."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_in_to(self, folder: Path) -> None:
        """Save a copy for the lead in a folder and show the receipt."""
        self._hand_in.hand_in_to(folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen case, from the list; a button keeps its own."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._view.hasFocus():
            self._open_current()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other columns."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._make_room)

    def _width_of(self, place: int) -> int:
        """The width that the texts of a column ask for, its heading included."""
        heads = self._view.horizontalHeader()
        return max(self._view.sizeHintForColumn(place), heads.sectionSizeHint(place))

    def _make_room(self) -> None:
        gone = case_rows.without_room(self._columns, self._widths, self._view.viewport().width())
        for place in range(len(self._columns)):
            self._view.setColumnHidden(place, place in gone)

    def _show_receipt(self) -> None:
        """What was said about handing in is in sight, once it has its place."""
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self._hand_in))

    def _lay_out(self) -> None:
        heads = QVBoxLayout()
        margins(heads, 0, 0, 0, 0, 2)
        title = tr("Cases") if self._session.is_leads else tr("My cases")
        heads.addWidget(label(title, "title"))
        heads.addWidget(self._summary)
        top = QHBoxLayout()
        margins(top, 0, 0, 0, 0, 10)
        top.addLayout(heads, 1)
        bottom = Qt.AlignmentFlag.AlignBottom
        top.addWidget(self._find, 0, bottom)
        top.addWidget(self._go_on, 0, bottom)
        card = self._card = frame("card")
        inside = QVBoxLayout(card)
        margins(inside, 8, 6, 8, 6)
        inside.addWidget(self._view)
        inside.addWidget(self._empty)
        inner = QWidget()
        inner.setProperty("role", "clear")
        layout = QVBoxLayout(inner)
        margins(layout, 28, 20, 28, 20, 12)
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        self._area = scrolled(inner)
        tables.keep_in_view(self._view, self._area)
        outer.addWidget(self._area)
        layout.addLayout(top)
        layout.addWidget(card, 100)
        layout.addWidget(self._hand_in)  # first of all: alone it would be a window of its own
        self._hand_in.setVisible(not self._session.is_leads)
        layout.addStretch(1)

    def _look(self, text: str) -> None:
        self._proxy.look_for(text)
        rows = self._proxy.rowCount()
        height = tables.fit_height(self._view, rows)
        height = (height if rows else scaled(48)) + scaled(16)
        self._card.setMaximumHeight(height)
        # Few rows are never scrolled inside a page that scrolls itself.
        least = height if rows <= _FEW else scaled(_LEAST_HEIGHT)
        self._card.setMinimumHeight(least)
        self._view.setVisible(rows > 0)
        nothing = tr("There are no cases in this file yet. The lead inspector allocates them.")
        self._empty.setText(tr("No case has “{text}” in it.", text=text) if text else nothing)
        self._empty.setVisible(rows == 0)
        if rows and not self._view.currentIndex().isValid():
            self._view.selectRow(0)

    def _choose(self, key: AssessmentKey | None) -> None:
        for row in range(self._proxy.rowCount()):
            found: CaseRow = self._proxy.index(row, 0).data(ROW_ROLE)
            if found.key == key:
                self._view.selectRow(row)
                return
        if self._proxy.rowCount():
            self._view.selectRow(0)

    def _current(self) -> CaseRow | None:
        index = self._view.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def _open_current(self) -> None:
        if row := self._current():
            self.case_wanted.emit(row.key, "")

    def _open(self, index: QModelIndex) -> None:
        row: CaseRow = index.data(ROW_ROLE)
        self.case_wanted.emit(row.key, "")

    def _continue(self) -> None:
        if self._last:
            self.case_wanted.emit(self._last, "")
