"""The scores of the sections as bars; choosing one shows its questions."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.language import tr
from hmip_desktop.operations.pasting import CopiedTable
from ui.theme import scaled
from ui.widgets import copying, score_picture
from ui.widgets.delegates import draw_bar
from ui.widgets.parts import label, margins
from ui.widgets.score_picture import ScoreChart, SectionRow


class _Bar(QWidget):
    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self.setMinimumWidth(scaled(120))
        self.setFixedHeight(scaled(18))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  drawn whole
        """Draw the bar."""
        painter = QPainter(self)
        draw_bar(painter, QRectF(self.rect()), self._share, 0.0, score=True)
        painter.end()


class _Row(QPushButton):
    """A row as one button, so that it has a place in the tab order and a name."""

    def __init__(self, row: SectionRow) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(
            tr("{section}, {score} above the line", section=row.title, score=row.shown)
        )
        layout = QHBoxLayout(self)
        margins(layout, 10, 6, 10, 6, 14)
        title = label(row.title, wrap=True)
        number = label(row.shown, "brand")
        number.setMinimumWidth(scaled(50))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(title, 3)
        layout.addWidget(_Bar(row.share), 4)
        layout.addWidget(number)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = layout

    def sizeHint(self) -> QSize:
        """As wide as its parts; how high it is depends on its width alone."""
        return QSize(self._inside.sizeHint().width(), scaled(40))

    def minimumSizeHint(self) -> QSize:
        """As small as its parts allow."""
        return self._inside.minimumSize().expandedTo(QSize(0, scaled(40)))

    def hasHeightForWidth(self) -> bool:
        """Long titles wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that a wrapped title needs."""
        return max(scaled(40), self._inside.totalHeightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class SectionScores(QWidget):
    """All sections; `chosen` tells which one's questions are wanted.

    Ctrl+C copies them as a picture; the context menu has the table too, and both as files.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._rows = QVBoxLayout(self)
        margins(self._rows, 0, 0, 0, 0, 2)
        self._group = QButtonGroup(self)
        self._chart = ScoreChart()
        copying.offer(self, tr("Copy picture"), self.copy_picture, by_key=True)
        copying.offer(self, tr("Save picture..."), self.save_picture)
        copying.offer(self, tr("Copy table"), lambda: copying.copy_table(self._table()))
        copying.offer(self, tr("Save table..."), self._save_table)

    @property
    def chart(self) -> ScoreChart:
        """What is shown, with what is to be known of it."""
        return self._chart

    def copy_picture(self) -> None:
        """Put the scores on the clipboard as a picture."""
        copying.copy_picture(score_picture.drawn(self._chart))

    def save_picture(self) -> None:
        """Save the scores as a picture, wherever is asked for."""
        copying.save_picture(self, score_picture.drawn(self._chart), self._chart.title)

    def _save_table(self) -> None:
        copying.save_table(self, self._table(), self._chart.title)

    def _table(self) -> CopiedTable:
        headings = (tr("Section"), tr("Above the line"))
        rows = tuple((row.title, row.shown) for row in self._chart.rows)
        notes = tuple((note, "") for note in self._chart.notes)
        return CopiedTable(headings, (*rows, *notes))

    def show_chart(self, chart: ScoreChart, chosen: str) -> None:
        """Show the scores of the sections and mark the chosen one."""
        self._chart = chart
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        for row in chart.rows:
            made: QAbstractButton = _Row(row)
            made.clicked.connect(lambda _=False, id_=row.id: self.chosen.emit(id_))
            made.setChecked(row.id == chosen)
            self._group.addButton(made)
            self._rows.addWidget(made)
