"""A sample or a team list on its way in: what each column holds, what is wrong, and mending it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QTableView, QVBoxLayout, QWidget

from hmip_desktop.casefile.labels import field_label
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from hmip_desktop.sample_sheet.headings import Column, own_name
from hmip_desktop.sample_sheet.preview import Preview
from hmip_desktop.sample_sheet.remarks import Remark
from ui import messages
from ui.models.preview import PreviewModel
from ui.pages import tables
from ui.pages.set_up.problems import DoubtsCard, ProblemsCard
from ui.theme import scaled
from ui.widgets.boxes import ChoiceBox
from ui.widgets.flow import Flow, side_by_side
from ui.widgets.parts import button, empty, label, margins
from ui.widgets.undo_here import UndoHere

TABLES = (".xlsx", ".csv")


@dataclass(frozen=True)
class ImportWords:
    """What a kind of table is called on its step."""

    choose: str
    how: str
    take: Callable[[Preview], str]


class TableImport(QWidget):
    """Shows a table before it is taken in. `taken` gives the preview that has no problem left.

    `read` gives nothing when somebody stops it. `undo_wanted` tells that somebody wants to undo
    where no table is shown.
    """

    taken = Signal(object)
    undo_wanted = Signal()

    def __init__(
        self, words: ImportWords, read: Callable[[Path], Preview | None], folder: str
    ) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.setAcceptDrops(True)
        self._words, self._read, self._folder = words, read, folder
        self._steps: list[Preview] = []
        self._model = PreviewModel(self)
        self._model.mended.connect(
            lambda row, column, value: self._mend(
                lambda preview: preview.with_mend(row, column, value)
            )
        )
        self._view = QTableView()
        self._view.setModel(self._model)
        self._view.setAccessibleName(tr("The rows of the table"))
        self._view.setTabKeyNavigation(False)
        self._view.setFrameShape(QTableView.Shape.NoFrame)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._view.horizontalHeader().setDefaultAlignment(left)
        self._view.setMinimumHeight(scaled(220))
        self._file = label("", "heading", wrap=True)
        self._sheet = ChoiceBox()
        self._sheet.setAccessibleName(tr("Sheet of the workbook"))
        self._sheet.textActivated.connect(
            lambda name: self._mend(lambda preview: preview.with_sheet(name))
        )
        self._columns = QWidget()
        self._columns.setProperty("role", "clear")
        self._flow = Flow(self._columns)
        self._problems, self._doubts = ProblemsCard(), DoubtsCard()
        for card in (self._problems, self._doubts):
            card.mended.connect(self._mend)
            card.shown.connect(self._go_to)
        self._notes = label("", "small", wrap=True)
        self._ways, self._below = QVBoxLayout(), QWidget(self)
        self._below.hide()  # until there is something
        self._undo = button(tr("Undo the last correction"), "", self.undo)
        self._take = button("", "primary", self._hand_over)
        self._inside = QWidget()
        self._lay_out()
        self._inside.hide()
        UndoHere(self, self.undo)

    @property
    def problems(self) -> ProblemsCard:
        """What must be mended first."""
        return self._problems

    @property
    def doubts(self) -> DoubtsCard:
        """What may be mended or stay as it is."""
        return self._doubts

    @property
    def preview(self) -> Preview | None:
        """The table as it would be taken in now."""
        return self._steps[-1] if self._steps else None

    def lay_around(self, above: QWidget, below: QWidget) -> None:
        """Put something over the way in and under it; what is under gives way to a table."""
        self._below.deleteLater()
        self._below = below
        self._ways.insertWidget(0, above)
        self._ways.addWidget(below)

    def read_file(self, path: Path) -> None:
        """Show another file."""
        try:
            preview = self._read(path)
        except Refused as refusal:
            messages.refused(self, refusal)
            return
        if preview is not None:
            self._steps = [preview]
            self._show()

    def undo(self) -> None:
        """Take the last correction back; of a table taken in already, whoever took it may."""
        if not self._steps:
            self.undo_wanted.emit()
        if len(self._steps) > 1:
            self._steps.pop()
            self._show()

    def forget(self) -> None:
        """Be done with the table."""
        self._steps = []
        self._inside.hide()
        self._below.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A table can be dropped here."""
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the table that was dropped."""
        event.acceptProposedAction()
        path = dropped(event)[0]
        QTimer.singleShot(0, self, lambda: self.read_file(path))  # the other program goes on

    def _mend(self, change: Callable[[Preview], Preview]) -> None:
        if self.preview is not None:
            self._steps.append(change(self.preview))
            self._show()

    def _show(self) -> None:
        preview = self._steps[-1]
        self._inside.show()
        self._below.hide()
        self._file.setText(preview.file)
        self._sheet.clear()
        self._sheet.addItems([one.name for one in preview.book])
        self._sheet.setCurrentText(preview.sheet.name)
        self._sheet.setVisible(len(preview.book) > 1)
        self._show_columns(preview)
        self._problems.show_remarks(preview)
        self._doubts.show_remarks(preview)
        self._notes.setText("\n".join(preview.done))
        self._notes.setVisible(bool(preview.done))
        self._model.show(preview)
        self._view.resizeColumnsToContents()
        self._undo.setEnabled(len(self._steps) > 1)
        self._take.setText(self._words.take(preview))
        self._take.setAccessibleName(self._take.text())
        self._take.setEnabled(not preview.problems and bool(preview.adds or preview.changes))

    def _show_columns(self, preview: Preview) -> None:
        empty(self._flow)
        for column in preview.columns:
            if column.heading or column.field:
                self._flow.addWidget(self._made_column(preview, column))

    def _made_column(self, preview: Preview, column: Column) -> QWidget:
        box = QWidget()
        box.setProperty("role", "clear")
        layout = QVBoxLayout(box)
        margins(layout, 0, 0, 6, 4, 2)
        layout.addWidget(label(column.title, "small"))
        choice = ChoiceBox()
        choice.setAccessibleName(tr("What “{heading}” holds", heading=column.title))
        choice.addItem(tr("(left out)"), "")
        for name in preview.words.usual:
            choice.addItem(field_label(name), name)
        own = own_name(column.heading)
        if preview.words.keeps_others and choice.findData(own) < 0:
            choice.addItem(tr("Kept as “{name}”", name=column.heading), own)
        choice.setCurrentIndex(max(0, choice.findData(column.field)))
        choice.activated.connect(
            lambda at, column=column, choice=choice: self._mend(
                lambda preview: preview.with_mapping({column.at: choice.itemData(at)})
            )
        )
        layout.addWidget(choice)
        return box

    def _go_to(self, remark: Remark) -> None:
        cell = self._model.place_of(remark)
        self._view.setCurrentIndex(cell)
        self._view.scrollTo(cell)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        tables.bring_into_view(self._view, cell)

    def _hand_over(self) -> None:
        if self.preview is not None:
            self.taken.emit(self.preview)

    def _choose(self) -> None:
        files = tr("Tables ({patterns})", patterns=" ".join(f"*{one}" for one in TABLES))
        name, _ = QFileDialog.getOpenFileName(self, self._words.choose, self._folder, files)
        if name:
            self.read_file(Path(name))

    def _lay_out(self) -> None:
        self._inside.setProperty("role", "clear")
        inside = QVBoxLayout(self._inside)
        margins(inside, 0, 0, 0, 0, 10)
        inside.addWidget(self._file)
        inside.addWidget(side_by_side(self._take, self._undo, self._sheet))
        inside.addWidget(self._columns)
        inside.addWidget(self._problems)
        inside.addWidget(self._doubts)
        inside.addWidget(self._view, 1)
        inside.addWidget(self._notes)
        margins(self._ways, 0, 0, 0, 0, 12)
        self._ways.addWidget(label(self._words.how, "quiet", wrap=True))
        self._ways.addWidget(side_by_side(button(self._words.choose, "", self._choose)))
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        layout.addLayout(self._ways)
        layout.addWidget(self._inside, 1)


def dropped(event: QDropEvent) -> list[Path]:
    """The tables among what is being dropped."""
    found = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in found if path.suffix.lower() in TABLES]
