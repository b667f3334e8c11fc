"""How tables draw bars and pills; the words beside them say the same."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.theme import Colours, colours, scaled
from ui.widgets.copying import let_copy_table

Index = QModelIndex | QPersistentModelIndex
_USER = int(Qt.ItemDataRole.UserRole)
# The models' roles, by number: widgets know nothing of models.
BAR_ROLE, TONE_ROLE = _USER + 3, _USER + 4
ROW_HEIGHT = 35


def draw_bar(
    painter: QPainter,
    rect: QRectF,
    above: float,
    below: float,
    *,
    score: bool,
    look: Colours | None = None,
) -> None:
    """A bar of two shares of 1; with `score` in the colours of the line, else of progress.

    With a `look` of its own it is for a picture: nothing of it goes by the user's settings.
    """
    radius = min(rect.height() / 2, 4 if look else scaled(4))
    look = look or colours()
    clip = QPainterPath()
    clip.addRoundedRect(rect, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setClipPath(clip)
    painter.fillRect(rect, QColor(look.rest))
    first = QRectF(rect.topLeft(), QPointF(rect.left() + rect.width() * above, rect.bottom()))
    painter.fillRect(first, QColor(look.above if score else look.accent))
    if below > 0:
        second = QRectF(
            first.topRight(), QPointF(first.right() + rect.width() * below, rect.bottom())
        )
        painter.fillRect(second, QColor(look.below_bar))
        painter.fillRect(QRectF(first.right() - 1, rect.top(), 2, rect.height()), QColor(look.card))
    painter.setClipping(False)
    if look.name == "contrast":
        painter.setPen(QPen(QColor(look.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


class TableDelegate(QStyledItemDelegate):
    """Draws cells: text, a bar, or a pill; quiet lines between rows.

    `bold` are the columns that name a row; `score` says that bars are scores.
    """

    def __init__(
        self, view: QTableView, bold: frozenset[int] = frozenset(), *, score: bool = False
    ) -> None:
        super().__init__(view)
        self.bold = bold
        self._score = score

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the text and some air."""
        font = self._font(option.font, index)
        air = scaled(44 if index.data(TONE_ROLE) else 24)
        width = QFontMetrics(font).horizontalAdvance(str(index.data() or "")) + air
        return QSize(width, scaled(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        look = colours()
        rect: QRect = option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(look.chosen if chosen else look.card))
        painter.setPen(QColor(look.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        shares, tone = index.data(BAR_ROLE), index.data(TONE_ROLE)
        inner = rect.adjusted(scaled(10), 0, -scaled(10), 0)
        if shares is not None:
            self._bar(painter, inner, shares)
        elif tone:
            _pill(painter, inner, option.font, str(index.data()), str(tone))
        else:
            self._text(painter, inner, option, index)
        self._focus(painter, option, index, chosen=chosen)
        painter.restore()

    def _bar(self, painter: QPainter, inner: QRect, shares: tuple[float, float]) -> None:
        height = scaled(14 if self._score else 8)
        top = inner.center().y() - height / 2
        bar = QRectF(inner.left(), top, inner.width(), height)
        draw_bar(painter, bar, *shares, score=self._score)

    def _text(
        self, painter: QPainter, inner: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        font = self._font(option.font, index)
        painter.setFont(font)
        painter.setPen(QColor(colours().ink))
        text = QFontMetrics(font).elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width()
        )
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(align or (Qt.AlignmentFlag.AlignLeft | middle)), text)

    def _font(self, base: QFont, index: Index) -> QFont:
        font = QFont(base)
        font.setPixelSize(scaled(14))
        font.setBold(index.column() in self.bold)
        return font

    def _focus(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, chosen: bool
    ) -> None:
        """A ring at the row's left end, so that the focus is not told by a tint alone."""
        view = option.widget
        if not (isinstance(view, QTableView) and view.hasFocus()):
            return
        if chosen and index.column() == 0 and index.row() == view.currentIndex().row():
            rect: QRect = option.rect
            edge = QRect(rect.left(), rect.top(), scaled(4), rect.height() - 1)
            painter.fillRect(edge, QColor(colours().accent))


def _pill(painter: QPainter, inner: QRect, base: QFont, text: str, tone: str) -> None:
    look = colours()
    grounds = {
        "green": (look.green_ground, look.above),
        "amber": (look.amber_ground, look.below),
        "blue": (look.tab, look.accent),
    }
    ground, ink = grounds.get(tone, (look.grey_ground, look.ink))
    font = QFont(base)
    font.setPixelSize(scaled(13))
    metrics = QFontMetrics(font)
    width = min(metrics.horizontalAdvance(text) + scaled(18), inner.width())
    height = metrics.height() + scaled(2)
    pill = QRectF(inner.left(), inner.center().y() - height / 2 + 0.5, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(ground))
    painter.setPen(QColor(ink) if look.name == "contrast" else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width - scaled(12)))
    painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), shown)


def quiet_table(name: str) -> QTableView:
    """A table as all our pages show it: whole rows, no grid, sorted by its headings, copied."""
    view = QTableView()
    view.setAccessibleName(name)
    view.setShowGrid(False)
    view.setSortingEnabled(True)
    view.setWordWrap(False)
    view.setFrameShape(QTableView.Shape.NoFrame)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    rows = view.verticalHeader()
    rows.setMinimumSectionSize(scaled(ROW_HEIGHT))
    rows.setDefaultSectionSize(scaled(ROW_HEIGHT))
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    heads = view.horizontalHeader()
    heads.setHighlightSections(False)
    heads.setSectionsClickable(True)
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heads.setMinimumSectionSize(scaled(60))
    let_copy_table(view)
    return view
