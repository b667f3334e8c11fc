"""The scores of the sections as a picture for a document: the same on every screen."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QImage, QPainter

from ui.theme import LIGHT
from ui.widgets.delegates import draw_bar

TWICE = 2
_DOTS_PER_METRE = round(96 * TWICE / 0.0254)
_WIDTH, _MARGIN, _GAP = 840, 28, 16
_TITLES, _NUMBERS = 330, 56
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class SectionRow:
    """One section: its id, its heading, its score as shown, and as a share of 1."""

    id: str
    title: str
    shown: str
    share: float


@dataclass(frozen=True)
class ScoreChart:
    """What the scores are of, what is to be known of them, and the scores."""

    title: str = ""
    notes: tuple[str, ...] = ()
    rows: tuple[SectionRow, ...] = ()


def drawn(chart: ScoreChart) -> QImage:
    """The picture, at twice its size so that it is sharp in print, on a light ground."""
    size = QImage(1, 1, QImage.Format.Format_RGB32)
    height = _Brush(size).draw(chart)
    picture = QImage(_WIDTH * TWICE, height * TWICE, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(TWICE)
    picture.setDotsPerMeterX(_DOTS_PER_METRE)
    picture.setDotsPerMeterY(_DOTS_PER_METRE)
    picture.fill(QColor(LIGHT.card))
    _Brush(picture).draw(chart)
    return picture


class _Brush:
    """Draws from the top down; what falls off the picture is measured all the same."""

    def __init__(self, picture: QImage) -> None:
        self._picture = picture
        self._y = _MARGIN

    def draw(self, chart: ScoreChart) -> int:
        """Draw all of it; the height that it takes."""
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._text(painter, chart.title, _font(20, bold=True), LIGHT.ink)
        for note in chart.notes:
            self._text(painter, note, _font(13), LIGHT.quiet)
        self._y += _GAP
        for row in chart.rows:
            self._row(painter, row)
        painter.end()
        return self._y + _MARGIN - _GAP

    def _text(self, painter: QPainter, text: str, font: QFont, ink: str) -> None:
        height = _height(text, font, _WIDTH - 2 * _MARGIN)
        rect = QRect(_MARGIN, self._y, _WIDTH - 2 * _MARGIN, height)
        _write(painter, rect, text, font, ink, _WRAPPED)
        self._y += height + 4

    def _row(self, painter: QPainter, row: SectionRow) -> None:
        font = _font(14)
        height = max(_height(row.title, font, _TITLES), 20)
        title = QRect(_MARGIN, self._y, _TITLES, height)
        number = QRect(_WIDTH - _MARGIN - _NUMBERS, self._y, _NUMBERS, height)
        left = title.right() + _GAP
        bar = QRectF(left, self._y + (height - 18) / 2, number.left() - left, 18)
        _write(painter, title, row.title, font, LIGHT.ink, _WRAPPED | _MIDDLE)
        draw_bar(painter, bar, row.share, 0.0, score=True, look=LIGHT)
        right = int(Qt.AlignmentFlag.AlignRight) | _MIDDLE
        _write(painter, number, row.shown, _font(15, bold=True), LIGHT.ink, right)
        self._y += height + _GAP


def _font(pixels: int, *, bold: bool = False) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def _height(text: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(0, 0, width, 10_000, _WRAPPED, text).height()


def _write(painter: QPainter, rect: QRect, text: str, font: QFont, ink: str, align: int) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(rect, align, text)
