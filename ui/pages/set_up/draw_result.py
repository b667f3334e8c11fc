"""A drawn sample: against its long list, its cases, and its reserve."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QTableView, QVBoxLayout, QWidget

from hmip_desktop.casefile.labels import field_label
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.draw_sample import Drawing
from ui.models import drawing as rows_of
from ui.models.sort_proxy import ROW_ROLE
from ui.models.table import Column, TableModel
from ui.pages import tables
from ui.theme import scaled
from ui.widgets.delegates import quiet_table
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, frame, label, margins

_ROOM_FOR_TWO = 900
_MOST_ROWS = 10


class DrawResult(QWidget):
    """Shows a drawing. `saving`, `using` and `bringing_in` (cases) say what is to be done."""

    saving = Signal()
    using = Signal()
    bringing_in = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._said = label("", "heading", wrap=True)
        self._stale = label("", "problem", wrap=True)
        self._notes = label("", "noticeText", wrap=True)
        self._notice = frame("notice")
        self._compared = _Cards()
        self.cases = quiet_table(tr("The cases that are drawn"))
        self.reserve = quiet_table(tr("The reserve, in its order"))
        self._cases, self._reserve = TableModel((), self), TableModel((), self)
        tables.dress(self.cases, self._cases)
        tables.dress(self.reserve, self._reserve)
        self._save = button(tr("Save as Excel..."), "", self.saving.emit)
        self._use = button(tr("Use as the sample"), "primary", self.using.emit)
        self._bring = button(tr("Bring the chosen in"), "", self._bring_in)
        self._brought = label("", wrap=True)
        self._of_reserve = QWidget()
        self._lay_out()

    @property
    def said(self) -> str:
        """What was drawn, in words."""
        return self._said.text()

    @property
    def notes(self) -> str:
        """What must be known about the sample."""
        return self._notes.text()

    @property
    def brought(self) -> str:
        """What became of cases of the reserve, in words."""
        return self._brought.text()

    @property
    def compared(self) -> dict[str, QTableView]:
        """The tables of the sample against the list, by field."""
        return self._compared.views

    def show_drawing(self, drawing: Drawing) -> None:
        """Show another drawing."""
        drawn, fields = drawing.drawn, drawing.book.fields
        self._said.setText(_said(drawing))
        remarks = drawing.book.remarks
        self._notes.setText("\n".join(remarks))
        self._notice.setVisible(bool(remarks))
        self._compared.show_drawing(drawing)
        _fill(self.cases, self._cases, drawn.sample, rows_of.case_columns(fields))
        reserve = rows_of.reserve_rows(drawing)
        _fill(self.reserve, self._reserve, reserve, rows_of.reserve_columns(fields))
        self._of_reserve.setVisible(bool(reserve))
        self.say_brought("")

    def set_current(self, is_current: bool) -> None:
        """Say whether it was drawn with the settings that stand above it."""
        said = tr("The settings have changed since this sample was drawn. Draw again to use it.")
        self._stale.setText("" if is_current else said)
        self._stale.setVisible(not is_current)
        for one in (self._save, self._use, self._bring):
            one.setEnabled(is_current)

    def say_brought(self, sentence: str) -> None:
        """Say what became of cases of the reserve, beside them."""
        self._brought.setText(sentence)
        self._brought.setVisible(bool(sentence))

    def _bring_in(self) -> None:
        chosen = [index.data(ROW_ROLE) for index in self.reserve.selectionModel().selectedRows()]
        self.bringing_in.emit([row.case for row in chosen])

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._notice)
        margins(inside, 16, 10, 16, 10)
        inside.addWidget(self._notes)
        self._of_reserve.setProperty("role", "clear")
        below = QVBoxLayout(self._of_reserve)
        margins(below, 0, 0, 0, 0, 8)
        below.addWidget(label(tr("Reserve, in its order"), "heading"))
        below.addWidget(_card(self.reserve))
        below.addWidget(side_by_side(self._bring))
        below.addWidget(self._brought)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 10)
        layout.addWidget(self._said)
        layout.addWidget(self._stale)
        layout.addWidget(side_by_side(self._use, self._save))
        layout.addWidget(self._notice)
        layout.addWidget(self._compared)
        layout.addWidget(label(tr("Drawn cases"), "heading"))
        layout.addWidget(_card(self.cases))
        layout.addWidget(self._of_reserve)


class _Cards(QWidget):
    """A table for each field; two side by side where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.views: dict[str, QTableView] = {}
        self._cards: list[QWidget] = []
        self._grid = QGridLayout(self)
        margins(self._grid, 0, 0, 0, 0, 10)

    def show_drawing(self, drawing: Drawing) -> None:
        """Show the comparisons of another drawing."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self.views = {name: _comparison(drawing, name) for name in drawing.comparisons}
        self._cards = [_card(view) for view in self.views.values()]
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two side by side, or one under the other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        across = 2 if self.width() >= scaled(_ROOM_FOR_TWO) else 1
        for place, card in enumerate(self._cards):
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(card, place // across, place % across, top)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < across else 0)


def _comparison(drawing: Drawing, name: str) -> QTableView:
    said = tr("{field}: the sample against the list", field=field_label(name))
    view, model = quiet_table(said), TableModel(())
    model.setParent(view)
    tables.dress(view, model)
    _fill(view, model, rows_of.compared_rows(drawing, name), rows_of.compared_columns(name))
    return view


def _fill(
    view: QTableView, model: TableModel, rows: Sequence[object], columns: Sequence[Column]
) -> None:
    model.show(rows, columns)
    tables.fit(view, model)
    tables.sort_by(view, 0)
    tables.show_whole(view, min(len(rows), _MOST_ROWS))


def _said(drawing: Drawing) -> str:
    """How many were drawn, and by which lot."""
    drawn = drawing.drawn
    said = [
        tr_count(
            "{count} case drawn, lot number {seed}.",
            "{count} cases drawn, lot number {seed}.",
            len(drawn.sample),
            seed=drawing.wish.seed,
        )
    ]
    if drawn.reserve:
        said.append(tr_count("{count} in reserve.", "{count} in reserve.", len(drawn.reserve)))
    if drawn.excluded:
        said.append(tr_count("{count} excluded.", "{count} excluded.", len(drawn.excluded)))
    return " ".join(said)


def _card(inside: QWidget) -> QWidget:
    card = frame("card")
    layout = QVBoxLayout(card)
    margins(layout, 8, 6, 8, 6)
    layout.addWidget(inside)
    return card
