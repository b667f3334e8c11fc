"""Groups of cases by a field of the sample, and two of them compared."""

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.language import tr
from hmip_desktop.operations import groups as grouping
from hmip_desktop.operations import report
from hmip_desktop.settings import Settings
from ui.models import groups, results
from ui.models.groups import GroupRow
from ui.models.sort_proxy import ROW_ROLE
from ui.models.table import Column, TableModel
from ui.pages import tables
from ui.pages.results_cards import card, inset
from ui.session import Session
from ui.theme import scaled
from ui.widgets import copying
from ui.widgets.boxes import ChoiceBox
from ui.widgets.delegates import quiet_table
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, captioned, label, margins

_ROOM_FOR_ALL = 900
_BEFORE_SECTIONS = 3
_FIRST_CHOICE = "ldu"
_AROUND = 100
"""What the page and its card leave free at the two sides of a table."""
_AIR = 22


class _GroupRows(TableModel):
    """Groups, under headings that go on in another line."""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heading of a column."""
        found = super().headerData(section, orientation, role)
        if role == Qt.ItemDataRole.TextAlignmentRole and found is not None:
            return int(found) | int(Qt.TextFlag.TextWordWrap)
        return found


class GroupsPart(QWidget):
    """The sections for each value of a field, and question by question for two of them."""

    question_wanted = Signal(str)
    field_chosen = Signal()
    done = Signal(str)

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._session, self._settings = session, settings
        self._preliminary = False
        self._room = self.width()
        self._field, self._first, self._second = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self._meaning = label("", "small", wrap=True)
        self._title = label("", "heading", wrap=True)
        self._view = quiet_table(tr("Groups"))
        self._model = _GroupRows((), self)
        tables.dress(self._view, self._model)
        self._compared_meaning = label("", "small", wrap=True)
        self._compared = quiet_table(tr("Two groups compared"))
        self._compared_model = TableModel((), self)
        tables.dress(self._compared, self._compared_model)
        self._compared.clicked.connect(self._clicked)
        self._lay_out()
        self._offer_fields()
        self._field.activated.connect(lambda _: self._choose_field())
        for box in (self._first, self._second):
            box.activated.connect(lambda _: self._show_compared())

    @property
    def field(self) -> str:
        """The field by which cases are grouped; empty where the sample has none."""
        return str(self._field.currentData() or "")

    @property
    def rows(self) -> tuple[GroupRow, ...]:
        """The groups on screen."""
        return self._model.rows

    def follow(self, area: QScrollArea) -> None:
        """Keep the rows that the keyboard comes to in view."""
        tables.keep_in_view(self._view, area)
        tables.keep_in_view(self._compared, area)

    def refresh(self, *, preliminary: bool) -> None:
        """Work the groups out anew."""
        self._preliminary = preliminary
        self._offer_fields()
        if not self.field:
            self._meaning.setText(tr("The sample has no fields to group cases by."))
            return
        reading, small = self._session.reading, self._settings.small_group
        found = report.scored_by(reading, self.field, preliminary=preliminary)
        rows = groups.rows(found, small)
        form, language = self._session.form, self._settings.language
        sections = [(s.id, results.section_name(form, s.id, language)) for s in form.sections]
        self._title.setText(tr("Sections by {field}", field=groups.field_name(self.field)))
        self._meaning.setText(groups.meaning(rows, small))
        _show(self._view, self._model, rows, groups.columns(sections, preliminary=preliminary))
        self.make_room(self._room)
        self._offer_groups(rows)
        self._show_compared()

    def make_room(self, width: int) -> None:
        """In a narrow window the columns that matter most stay."""
        self._room = width
        narrow = width < scaled(_ROOM_FOR_ALL)
        if self.rows:
            _share_room(self._view, self._model, width - scaled(_AROUND))
        tables.hide_spare(self._compared, self._compared_model, narrow=narrow)

    def take_focus(self) -> None:
        """Put the focus on the choice of a field."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def want(self, index: QModelIndex) -> None:
        """Ask for the cases behind a question that is compared."""
        row = index.data(ROW_ROLE) if index.isValid() else None
        if row is not None:
            self.question_wanted.emit(row.compared.first.question.name)

    @property
    def compared(self) -> QTableView:
        """The table of two groups compared."""
        return self._compared

    def _clicked(self, index: QModelIndex) -> None:
        if QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self.want(index)

    def _lay_out(self) -> None:
        self._field.setAccessibleName(tr("Field of the sample"))
        self._first.setAccessibleName(tr("First group"))
        self._second.setAccessibleName(tr("Second group"))
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        layout.addWidget(
            captioned(tr("Group cases by"), self._field), 0, Qt.AlignmentFlag.AlignLeft
        )
        copy = button(tr("Copy table"), "link", lambda: self._copy(self._view))
        copy.setAccessibleName(tr("Copy the table of groups"))
        layout.addWidget(card(self._title, copy, inset(self._meaning), self._view))
        heading = label(tr("Two groups, question by question"), "heading", wrap=True)
        copy = button(tr("Copy table"), "link", lambda: self._copy(self._compared))
        copy.setAccessibleName(tr("Copy the table of two groups"))
        choice = side_by_side(
            captioned(tr("Compare"), self._first), captioned(tr("with"), self._second)
        )
        parts = (inset(choice), inset(self._compared_meaning), self._compared)
        layout.addWidget(card(heading, copy, *parts))

    def _offer_fields(self) -> None:
        known, before = grouping.fields(self._session.reading), self.field
        if [self._field.itemData(at) for at in range(self._field.count())] == list(known):
            return
        self._field.clear()
        for name in known:
            self._field.addItem(groups.field_name(name), name)
        wanted = before if before in known else _FIRST_CHOICE
        self._field.setCurrentIndex(max(0, self._field.findData(wanted)))

    def _offer_groups(self, rows: tuple[GroupRow, ...]) -> None:
        names = [row.name for row in rows]
        for at, box in enumerate((self._first, self._second)):
            if [box.itemText(n) for n in range(box.count())] != names:
                box.clear()
                box.addItems(names)
                box.setCurrentIndex(min(at, len(names) - 1))

    def _choose_field(self) -> None:
        self.refresh(preliminary=self._preliminary)
        self.field_chosen.emit()

    def _show_compared(self) -> None:
        at, beside = self._first.currentIndex(), self._second.currentIndex()
        if at < 0 or beside < 0:
            return
        first, second = self.rows[at], self.rows[beside]
        found = () if at == beside else grouping.compared(first.scored, second.scored)
        rows = groups.compared_rows(found, self._settings.language)
        columns = groups.compared_columns(
            (first.name, second.name), self._settings.small_group, preliminary=self._preliminary
        )
        said = (
            tr("Choose two different groups.")
            if at == beside
            else groups.compared_meaning(rows, first, second)
        )
        self._compared_meaning.setText(said)
        _show(self._compared, self._compared_model, rows, columns)
        self.make_room(self._room)

    def _copy(self, view: QTableView) -> None:
        copying.copy_table(copying.shown(view))
        self.done.emit(tr("✓ The table is copied."))


def _show(
    view: QTableView,
    model: TableModel,
    rows: tuple[object, ...],
    columns: tuple[Column, ...],
) -> None:
    model.show(rows, columns)
    view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    tables.fit(view, model)
    # The heights of the rows leave no room for the bar below many or wide columns.
    below = view.horizontalScrollBar().sizeHint().height()
    view.setFixedHeight(tables.show_whole(view, len(rows)) + below)
    view.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)


def _share_room(view: QTableView, model: TableModel, room: int) -> None:
    """Give the columns of the sections what is left, and their headings the lines they need."""
    heads, columns = view.horizontalHeader(), model.columns
    first, sections = range(_BEFORE_SECTIONS), range(_BEFORE_SECTIONS, len(columns))
    left = room - sum(heads.sectionSize(place) for place in first)
    for place in sections:
        least = max(scaled(columns[place].width), view.sizeHintForColumn(place))
        heads.resizeSection(place, max(least, left // len(sections)))
    heads.setTextElideMode(Qt.TextElideMode.ElideNone)
    heights = [_height_of(heads, place, columns[place].heading) for place in sections]
    heads.setFixedHeight(max((heads.sizeHint().height(), *heights)))
    below = view.horizontalScrollBar().sizeHint().height()
    rows = len(model.rows) * view.verticalHeader().defaultSectionSize()
    view.setFixedHeight(heads.height() + rows + scaled(4) + below)


def _height_of(heads: QHeaderView, place: int, heading: str) -> int:
    """The height of a heading in as many lines as its column makes of it."""
    font = heads.font()
    font.setBold(True)
    room = QRect(0, 0, heads.sectionSize(place) - scaled(_AIR), scaled(1000))
    wrapped = QFontMetrics(font).boundingRect(room, int(Qt.TextFlag.TextWordWrap), heading)
    return wrapped.height() + scaled(_AIR) // 2
