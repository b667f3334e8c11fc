"""What pages that lie behind another have in common: the way back, scrolling, a table with keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from ui.models.table import TableModel
from ui.pages import tables
from ui.theme import scaled
from ui.widgets.parts import button, margins, scrolled


class PageBehind(QWidget):
    """A page that scrolls itself. Esc goes back; Enter opens the row in hand of its table."""

    left = Signal()

    def __init__(self, way_back: str) -> None:
        super().__init__()
        inner = QWidget()
        inner.setProperty("role", "clear")
        self.inside = QVBoxLayout(inner)
        margins(self.inside, 28, 14, 28, 20, 10)
        self.area = scrolled(inner)
        self.back = button(way_back, "link", self.left.emit)
        self.inside.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        outer.addWidget(self.area)
        self._rows_in: tuple[QTableView, TableModel, int] | None = None
        self._opens: Callable[[], None] = lambda: None

    def use_table(
        self, view: QTableView, model: TableModel, opens: Callable[[], None], *, room_for_all: int
    ) -> None:
        """Let Enter and a double click open its rows.

        Where the page is narrower than `room_for_all`, only the columns that matter most stay.
        """
        self._rows_in, self._opens = (view, model, room_for_all), opens
        view.doubleClicked.connect(lambda _: opens())

    def make_room(self) -> None:
        """Show the columns that there is room for."""
        if self._rows_in is not None:
            view, model, room = self._rows_in
            tables.hide_spare(view, model, narrow=self.width() < scaled(room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row in hand; Esc goes back."""
        on_table = self._rows_in is not None and self._rows_in[0].hasFocus()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and on_table:
            self._opens()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the columns that matter most stay."""
        super().resizeEvent(event)
        self.make_room()
