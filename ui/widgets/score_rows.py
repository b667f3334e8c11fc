"""The scores of the sections as bars; choosing one shows its questions."""

from collections.abc import Sequence
from dataclasses import dataclass

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

from ui.theme import scaled
from ui.widgets.delegates import draw_bar
from ui.widgets.parts import label, margins


@dataclass(frozen=True)
class SectionRow:
    """One section: its id, its heading, its score as shown, and as a share of 1."""

    id: str
    title: str
    shown: str
    share: float


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
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{row.title}, {row.shown} above the line")
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
        """As large as its parts."""
        return self._inside.sizeHint()

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
    """All sections; `chosen` tells which one's questions are wanted."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._rows = QVBoxLayout(self)
        margins(self._rows, 0, 0, 0, 0, 2)
        self._group = QButtonGroup(self)

    def show_rows(self, rows: Sequence[SectionRow], chosen: str) -> None:
        """Show the sections and mark the chosen one."""
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        for row in rows:
            made: QAbstractButton = _Row(row)
            made.clicked.connect(lambda _=False, id_=row.id: self.chosen.emit(id_))
            made.setChecked(row.id == chosen)
            self._group.addButton(made)
            self._rows.addWidget(made)
