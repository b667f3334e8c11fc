"""The step that brings tables about the area along, for the workbook."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QTableView,
    QVBoxLayout,
)

from hmip_desktop.errors import Refused
from hmip_desktop.ids import AreaTableId
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import area_tables
from hmip_desktop.operations.area_tables import Arranged
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.reading import Reading
from hmip_desktop.sample_sheet.area import AreaBook
from ui import messages
from ui.models.area import AreaRow, area_columns, area_rows, value_columns
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.set_up.step import Step
from ui.pages.set_up.table_import import TABLES, dropped
from ui.session import Session
from ui.theme import scaled
from ui.widgets.delegates import quiet_table
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, frame, label, margins
from ui.widgets.undo_here import UndoHere

_MOST_ROWS, _MOST_VALUES = 8, 12
_ROOM_FOR_SOURCES = 640


class AreaStep(Step):
    """Shows the tables about the area, and one of them in hand; each change is kept at once."""

    def __init__(self, session: Session) -> None:
        text = tr(
            "Tables about the area for the sheet Context of the workbook, such as population, "
            "caseload, reoffending or staffing. They can be brought at any time, and are not "
            "handed out. No names of people."
        )
        super().__init__(session, tr("Area"), text)
        self.setAcceptDrops(True)
        self._done: list[Arranged] = []
        self._list, self._values = TableModel(area_columns(), self), TableModel((), self)
        self.list = _in_its_order(tr("Tables about the area"), self._list)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.selectionModel().currentRowChanged.connect(self._came_to)
        self.values = _in_its_order(tr("The table in hand"), self._values)
        self.title, self.source = QLineEdit(), QLineEdit()
        self._said = label("", "quiet", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._undo = button(tr("Undo the last change"), "", self.undo)
        self._lay_out()
        UndoHere(self, self.undo)

    @property
    def state(self) -> str:
        """How many tables there are."""
        count = len(self.session.reading.contents.area_tables)
        return tr_count("{count} table", "{count} tables", count) if count else tr("no tables")

    @property
    def said(self) -> str:
        """What the last change came to, in words."""
        return self._said.text()

    @property
    def problem(self) -> str:
        """Why something could not be changed, in words."""
        return self._problem.text()

    @property
    def in_hand(self) -> AreaRow | None:
        """The table in hand."""
        at = self.list.currentIndex().row()
        rows: Sequence[AreaRow] = self._list.rows
        return rows[at] if 0 <= at < len(rows) else None

    def refresh(self) -> None:
        """Show the tables as they stand; the one in hand stays in hand."""
        before, at = self.in_hand, self.list.currentIndex().row()
        rows = area_rows(self.session.reading.contents)
        self._list.show(rows)
        tables.fit(self.list, self._list)
        tables.show_whole(self.list, min(len(rows), _MOST_ROWS))
        places = {row.id: place for place, row in enumerate(rows)}
        kept = places.get(before.id, at) if before else at
        self.list.selectRow(max(0, min(kept, len(rows) - 1)))
        self._card.setVisible(bool(rows))
        self._undo.setEnabled(bool(self._done))
        self._show_in_hand()

    def bring(self, paths: Sequence[Path]) -> None:
        """Add the tables of some files; all of them or none."""
        contents = self.session.reading.contents
        try:
            books = [area_tables.read(path, contents) for path in paths]
        except Refused as refusal:
            messages.refused(self, refusal)
            return
        brought = [table for book in books for table in book.tables]
        if self._change(lambda reading: area_tables.add(reading.document, brought)):
            self.list.selectRow(self._list.rowCount() - 1)
            said = tr_count("✓ {count} table is here.", "✓ {count} tables are here.", len(brought))
            self._say(said, books)

    def put_in_place(self, path: Path) -> None:
        """Put the figures of a file into the table in hand."""
        row = self.in_hand
        if row is None:
            return
        try:
            book = area_tables.read(path, self.session.reading.contents)
        except Refused as refusal:
            messages.refused(self, refusal)
            return
        table = book.tables[0]
        put = partial(area_tables.put_in_place_of, id_=row.id, table=table)
        if self._change(lambda reading: put(reading.document)):
            said = tr(
                "✓ “{title}” has the figures of {file}.", title=row.table.title, file=path.name
            )
            self._say(said, [book])

    def save(self) -> None:
        """Keep the title and the source as soon as a field is left."""
        row = self.in_hand
        if row is None:
            return
        wanted = self.title.text(), self.source.text()
        if wanted != (row.table.title, row.table.source):
            self._change(lambda reading: area_tables.name(reading.document, row.id, *wanted))

    def move_by(self, by: int) -> None:
        """Move the table in hand up or down."""
        self._on_table(lambda reading, id_: area_tables.move(reading.document, id_, by))

    def remove(self) -> None:
        """Take the table in hand out."""
        self._on_table(lambda reading, id_: area_tables.remove(reading.document, [id_]))

    def undo(self) -> None:
        """Take the last change back."""
        if not self._done:
            return
        last = self._done.pop()
        refusal = self.session.run(lambda reading: area_tables.take_back(reading.document, last))
        if refusal:
            messages.refused(self, refusal)
            return
        self._tell()
        self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Tables can be dropped here."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring the tables that were dropped."""
        event.acceptProposedAction()
        paths = dropped(event)
        QTimer.singleShot(0, self, lambda: self.bring(paths))  # the other program goes on

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the titles get it; the source stands below as well."""
        super().resizeEvent(event)
        narrow = event.size().width() < scaled(_ROOM_FOR_SOURCES)
        tables.hide_spare(self.list, self._list, narrow=narrow)

    def _on_table(self, operation: Callable[[Reading, AreaTableId], Arranged]) -> None:
        row = self.in_hand
        if row is not None:
            self._change(lambda reading: operation(reading, row.id))

    def _change(self, operation: Callable[[Reading], Arranged]) -> bool:
        """Run a change and remember how to take it back; whether it was made."""
        made: list[Arranged] = []

        def work(reading: Reading) -> Changes:
            made.append(operation(reading))
            return made[0].changes

        refusal = self.session.run(work)
        self._tell(problem=refusal.sentence if refusal else "")
        if refusal is None and made[0].fields:
            self._done.append(made[0])
        if refusal is None:
            self.refresh()
        return refusal is None

    def _say(self, said: str, books: Sequence[AreaBook]) -> None:
        notes = [note for book in books for note in book.notes]
        self._tell("\n".join(filter(None, (said, *notes))))

    def _tell(self, said: str = "", problem: str = "") -> None:
        for one, text in ((self._said, said), (self._problem, problem)):
            one.setText(text)
            one.setVisible(bool(text))

    def _came_to(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell(self.said)
        self._show_in_hand()

    def _show_in_hand(self) -> None:
        row, rows = self.in_hand, self._list.rowCount()
        if row is None:
            return
        self.title.setText(row.table.title)
        self.source.setText(row.table.source)
        self._values.show(row.table.rows, value_columns(row.table))
        tables.fit(self.values, self._values)
        bar = self.values.horizontalScrollBar().sizeHint().height()
        height = tables.show_whole(self.values, min(len(row.table.rows), _MOST_VALUES))
        self.values.setFixedHeight(height + bar)
        at = self.list.currentIndex().row()
        self._up.setEnabled(at > 0)
        self._down.setEnabled(at < rows - 1)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("Choose the tables"), self.session.folder, _patterns()
        )
        if names:
            self.bring([Path(name) for name in names])

    def _choose_other(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Choose the table"), self.session.folder, _patterns()
        )
        if name:
            self.put_in_place(Path(name))

    def _lay_out(self) -> None:
        choose = button(tr("Choose tables..."), "primary", self._choose)
        self._up = button(tr("Move up"), "", partial(self.move_by, -1))
        self._down = button(tr("Move down"), "", partial(self.move_by, 1))
        other = button(tr("Replace the figures..."), "", self._choose_other)
        remove = button(tr("Take it out"), "", self.remove)
        grid = QGridLayout()
        margins(grid, 8, 6, 8, 6, 8)
        for place, (text, field) in enumerate(
            ((tr("&Title"), self.title), (tr("&Source"), self.source))
        ):
            caption = label(text)
            caption.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            field.editingFinished.connect(self.save)
            grid.addWidget(caption, place, 0)
            grid.addWidget(field, place, 1)
        self._card = frame("card")
        inside = QVBoxLayout(self._card)
        margins(inside, 8, 6, 8, 10, 8)
        inside.addWidget(self.list)
        inside.addWidget(side_by_side(self._up, self._down, other, remove))
        inside.addLayout(grid)
        inside.addWidget(self._problem)
        inside.addWidget(self.values)
        how = tr("Excel or csv files, or drop them here. Each sheet of a workbook is a table.")
        self.inside.addWidget(label(how, "quiet", wrap=True))
        self.inside.addWidget(side_by_side(choose, self._undo))
        self.inside.addWidget(self._said)
        self.inside.addWidget(self._card)
        self.inside.addStretch(1)
        self._tell()


def _in_its_order(name: str, model: TableModel) -> QTableView:
    """A table that is not sorted: the order of its rows is the lead's."""
    view = quiet_table(name)
    tables.dress(view, model)
    view.setSortingEnabled(False)
    view.horizontalHeader().setSectionsClickable(False)
    view.horizontalHeader().setSortIndicatorShown(False)
    return view


def _patterns() -> str:
    return tr("Tables ({patterns})", patterns=" ".join(f"*{one}" for one in TABLES))
