"""Labels, buttons and frames by the role that the stylesheet gives them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)

from ui.theme import scaled


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(1)
    return made


def button(text: str, role: str = "", clicked: Callable[[], object] | None = None) -> QPushButton:
    """A button; Enter presses it when it has the focus."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAutoDefault(True)  # else Enter would press it in dialogs only
    made.setAccessibleName(text.replace("&", ""))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if clicked is not None:
        made.clicked.connect(lambda _checked: clicked())
    return made


def frame(role: str) -> QFrame:
    """A frame: card, left, right, top, bottom, notice."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """A widget that scrolls up and down where there is no room for all of it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def restyle(widget: QWidget, role: str) -> None:
    """Give a widget another role."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def margins(
    layout: QLayout, left: int, top: int, right: int, bottom: int, spacing: int = 0
) -> None:
    """Margins and spacing at the text size in use."""
    layout.setContentsMargins(scaled(left), scaled(top), scaled(right), scaled(bottom))
    layout.setSpacing(scaled(spacing))


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


def captioned(text: str, field: QWidget) -> QWidget:
    """A field with its caption before it."""
    pair = QWidget()
    pair.setProperty("role", "clear")
    caption = label(text)
    caption.setBuddy(field)
    row = QHBoxLayout(pair)
    margins(row, 0, 0, 8, 0, 8)
    row.addWidget(caption)
    row.addWidget(field)
    return pair
