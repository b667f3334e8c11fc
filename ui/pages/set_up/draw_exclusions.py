"""The cases of a long list that must not be drawn, each with the reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QTableView, QVBoxLayout, QWidget

from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.draw_sample import LongList
from ui.models import drawing
from ui.models.sort_proxy import ROW_ROLE
from ui.models.table import TableModel
from ui.pages import tables
from ui.theme import scaled
from ui.widgets.delegates import quiet_table
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, captioned, frame, label, margins

_MOST_ROWS = 8


class Exclusions(QWidget):
    """Takes cases out of a list before the draw, and puts them back. `changed` tells of both."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._list: LongList | None = None
        self._steps: list[Mapping[str, str]] = [{}]
        self.wanted, self.why = QLineEdit(), QLineEdit()
        self.cases = quiet_table(tr("The cases of the long list"))
        self.out = quiet_table(tr("Cases that are not drawn"))
        self._cases, self._out = TableModel((), self), TableModel((), self)
        self._proxy = tables.dress(self.cases, self._cases)
        tables.dress(self.out, self._out)
        self._there = label("", "heading")
        self._problem = label("", "problem", wrap=True)
        self._back = button(tr("Put the chosen back"), "", self.put_back)
        self._undo = button(tr("Undo"), "", self.undo)
        self._excluded = QWidget()
        self._lay_out()

    @property
    def excluded(self) -> Mapping[str, str]:
        """The references of the cases that must not be drawn, each with the reason."""
        return self._steps[-1]

    @property
    def problem(self) -> str:
        """Why the last exclusion could not be made, in words."""
        return self._problem.text()

    def show_list(self, source: LongList) -> None:
        """Choose from another list, or from the same that was mended since."""
        is_other = self._list is None or self._list.path != source.path
        there = {case.reference for case in source.cases}
        kept = {} if is_other else self.excluded
        self._list = source
        self._steps = [{name: why for name, why in kept.items() if name in there}]
        columns = drawing.case_columns(source.preview.fields)
        self._cases.show((), columns)
        self._out.show((), drawing.excluded_columns())
        self._show()
        tables.fit(self.cases, self._cases)
        tables.sort_by(self.cases, 0)
        tables.fit(self.out, self._out)
        tables.sort_by(self.out, 0)

    def exclude(self) -> None:
        """Take the chosen cases out, for the reason that was written."""
        chosen, why = _chosen(self.cases), self.why.text().strip()
        if not chosen:
            self._say(tr("Choose the cases in the table first."))
            return
        if not why:
            self._say(tr("Write why these cases are not to be drawn."))
            self.why.setFocus()
            return
        self._step({**self.excluded, **{case.reference: why for case in chosen}})

    def put_back(self) -> None:
        """Let the chosen of the excluded cases be drawn again."""
        back = {row.reference for row in _chosen(self.out)}
        if back:
            left = {name: why for name, why in self.excluded.items() if name not in back}
            self._step(left)

    def undo(self) -> None:
        """Take the last exclusion, or the last putting back, back."""
        if len(self._steps) > 1:
            self._steps.pop()
            self._show()
            self.changed.emit()

    def _step(self, excluded: Mapping[str, str]) -> None:
        self._steps.append(excluded)
        self._show()
        self.cases.setFocus()  # to go on, or to undo it by key, which a field would take for itself
        self.changed.emit()

    def _show(self) -> None:
        if self._list is None:
            return
        able = drawing.able_rows(self._list, self.excluded)
        out = drawing.excluded_rows(self.excluded)
        self._say("")
        at = self.cases.currentIndex().row()
        self._cases.show(able)
        self.cases.setCurrentIndex(self._proxy.index(min(at, len(able) - 1), 0))
        self.cases.clearSelection()
        self._out.show(out)
        _limit(self.cases, len(able))
        _limit(self.out, len(out))
        said = tr_count("{count} case is not drawn", "{count} cases are not drawn", len(out))
        self._there.setText(said)
        self._excluded.setVisible(bool(out))
        self._undo.setEnabled(len(self._steps) > 1)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _lay_out(self) -> None:
        self.wanted.setAccessibleName(tr("Find in the long list"))
        self.wanted.setPlaceholderText(tr("Find in the long list"))
        self.wanted.textChanged.connect(self._proxy.look_for)
        self.why.setAccessibleName(tr("Why these cases are not drawn"))
        self.why.returnPressed.connect(self.exclude)
        for field in (self.wanted, self.why):
            field.setMinimumWidth(scaled(220))
        out = button(tr("Exclude the chosen"), "", self.exclude)
        self._excluded.setProperty("role", "clear")
        below = QVBoxLayout(self._excluded)
        margins(below, 0, 0, 0, 0, 8)
        below.addWidget(self._there)
        below.addWidget(_card(self.out))
        below.addWidget(side_by_side(self._back))
        inside = QVBoxLayout(self)
        margins(inside, 0, 0, 0, 0, 8)
        said = tr("Choose cases in the table, write why, and exclude them; the workbook says so.")
        inside.addWidget(label(said, "quiet", wrap=True))
        inside.addWidget(self.wanted)
        inside.addWidget(_card(self.cases))
        inside.addWidget(side_by_side(captioned(tr("Why:"), self.why), out, self._undo))
        inside.addWidget(self._problem)
        inside.addWidget(self._excluded)


def _chosen(view: QTableView) -> Sequence[Any]:
    return [index.data(ROW_ROLE) for index in view.selectionModel().selectedRows()]


def _limit(view: QTableView, rows: int) -> None:
    """As high as its rows, but not higher than some of them."""
    tables.show_whole(view, min(rows, _MOST_ROWS))


def _card(inside: QWidget) -> QWidget:
    card = frame("card")
    layout = QVBoxLayout(card)
    margins(layout, 8, 6, 8, 6)
    layout.addWidget(inside)
    return card
