"""The list of a case's pages, with how far each is. Headings are read, pages are chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from hmip_desktop.language import tr
from ui import plain
from ui.theme import colours, scaled

_ROW = Qt.ItemDataRole.UserRole + 1
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_PAGE_AIR, _HEADING_AIR = 11, 18
_LEFT, _BETWEEN, _RIGHT = 10, 8, 8
_MOST_LINES = 4
# Room for a count of two figures from the beginning: a row does not grow while one answers.
_USUAL_COUNT = "00 of 00"
_WRAPPED = QTextOption()
_WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class OutlineRow:
    """A heading (no `page`), or a page with its count as shown and as said."""

    text: str
    page: str = ""
    count: str = ""
    said: str = ""
    asked: bool = True


class OutlineModel(QAbstractListModel):
    """The rows of the outline."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[OutlineRow, ...] = ()

    def show(self, rows: Sequence[OutlineRow]) -> None:
        """Take other rows; where only counts changed, only they are drawn again."""
        old, new = self.rows, tuple(rows)
        if [(row.text, row.page) for row in old] != [(row.text, row.page) for row in new]:
            self.beginResetModel()
            self.rows = new
            self.endResetModel()
            return
        self.rows = new
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row's text, and what a screen reader says of it."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.text}, {row.said}" if row.said else row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain.tip("\n".join(part for part in (row.text, row.said) if part))
        return row if role == _ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        pages = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return pages if self.rows[index.row()].page else Qt.ItemFlag.NoItemFlags


class _Delegate(QStyledItemDelegate):
    """Draws a row: the text, on as many lines as it needs, and the count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the text's lines, with some air above each heading."""
        row: OutlineRow = index.data(_ROW)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else scaled(240)
        if not row.text:
            return QSize(width, scaled(4))
        font = _font(option.font, row)
        lines = len(_lines(row, option.font, width))
        air = scaled(_PAGE_AIR if row.page else _HEADING_AIR)
        return QSize(width, lines * QFontMetrics(font).height() + air)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        row: OutlineRow = index.data(_ROW)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.page:
            _ground(painter, option, rect, chosen=chosen)
        font = _font(option.font, row)
        height = QFontMetrics(font).height()
        lines = _lines(row, option.font, rect.width())
        above = rect.height() - len(lines) * height
        top = rect.top() + (above // 2 if row.page else above - scaled(3))
        painter.setFont(font)
        painter.setPen(QColor(_ink(row, chosen=chosen)))
        for place, line in enumerate(lines):
            where = QRect(rect.left() + scaled(_LEFT), top + place * height, rect.width(), height)
            painter.drawText(where, int(_MIDDLE | Qt.AlignmentFlag.AlignLeft), line)
        painter.setFont(_small(option.font))
        painter.setPen(QColor(colours().quiet))
        count = QRect(rect.left(), top, rect.width() - scaled(_RIGHT), height)
        painter.drawText(count, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), row.count)
        painter.restore()


def _ground(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, *, chosen: bool) -> None:
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    if not (chosen or focused):
        return
    painter.setBrush(QColor(colours().tab) if chosen else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours().accent), 2) if focused else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), scaled(5), scaled(5))
    if chosen:
        stripe = QRect(rect.left() + 1, rect.top() + scaled(6), scaled(3), 0)
        stripe.setBottom(rect.bottom() - scaled(6))
        painter.fillRect(stripe, QColor(colours().accent))


def _ink(row: OutlineRow, *, chosen: bool) -> str:
    if not row.page or not row.asked:
        return colours().quiet
    return colours().accent if chosen else colours().ink


def _font(base: QFont, row: OutlineRow) -> QFont:
    font = QFont(base)
    font.setPixelSize(scaled(14 if row.page else 13))
    font.setBold(not row.page)
    return font


def _small(base: QFont) -> QFont:
    font = QFont(base)
    font.setPixelSize(scaled(13))
    return font


def _lines(row: OutlineRow, base: QFont, width: int) -> tuple[str, ...]:
    """The text on up to four lines, the first beside the count; it ends in dots only then."""
    font, room = _font(base, row), width - scaled(_LEFT + _RIGHT)
    layout = QTextLayout(row.text, font)
    layout.setTextOption(_WRAPPED)
    layout.beginLayout()
    lines, at = list[str](), 0
    while at < len(row.text) and len(lines) < _MOST_LINES - 1:
        line = layout.createLine()
        line.setLineWidth(max(room - (0 if lines else _count_width(base, row)), 1))
        lines.append(row.text[at : at + line.textLength()].rstrip())
        at += line.textLength()
    layout.endLayout()
    if rest := row.text[at:]:
        lines.append(QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, room))
    return tuple(lines)


def _count_width(base: QFont, row: OutlineRow) -> int:
    metrics = QFontMetrics(_small(base))
    counts = (metrics.horizontalAdvance(text) for text in (row.count, _USUAL_COUNT))
    return max(counts) + scaled(_BETWEEN) if row.count else 0


class Outline(QListView):
    """The pages of a case; `wanted` tells the page that the user chose."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model = OutlineModel()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(tr("Criteria of this case"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._want)
        self.activated.connect(self._want)

    def show_rows(self, rows: Sequence[OutlineRow], page: str) -> None:
        """Show the pages with their counts; `page` is the one on screen."""
        self._model.show(rows)
        place = next((at for at, row in enumerate(rows) if page and row.page == page), None)
        if place is not None and self.currentIndex().row() != place:
            self.setCurrentIndex(self._model.index(place))
            self._show_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page in hand stays in view in a window of another size."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        QTimer.singleShot(0, self, self._show_current)

    def _show_current(self) -> None:
        """Bring the page in hand into view, with the heading above it where there is room."""
        here = self.currentIndex()
        if not here.isValid():
            return
        above = range(here.row() - 1, -1, -1)
        heading = next((at for at in above if not self._model.rows[at].page), None)
        if heading is not None:
            self.scrollTo(self._model.index(heading))
        self.scrollTo(here)

    def _want(self, index: QModelIndex) -> None:
        page = self._model.rows[index.row()].page
        if page:
            self.wanted.emit(page)
