"""Cards and parts that the pages of the results share."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets.parts import frame, margins


def card(title: QLabel, link: QPushButton, *content: QWidget) -> QWidget:
    """A card with its heading, what can be taken from it, and its content."""
    made = frame("card")
    inside = QVBoxLayout(made)
    margins(inside, 8, 6, 8, 8, 2)
    heads = QHBoxLayout()
    margins(heads, 10, 0, 10, 0, 10)
    heads.addWidget(title, 1)
    heads.addWidget(link)
    inside.addLayout(heads)
    for one in content:
        inside.addWidget(one)
    return made


def inset(inner: QWidget) -> QWidget:
    """Something in a card in line with the card's heading."""
    made = QWidget()
    made.setProperty("role", "clear")
    row = QHBoxLayout(made)
    margins(row, 10, 2, 10, 4)
    row.addWidget(inner)
    return made


def part() -> tuple[QWidget, QVBoxLayout]:
    """A part of the page, and where its cards go."""
    made = QWidget()
    made.setProperty("role", "clear")
    layout = QVBoxLayout(made)
    margins(layout, 0, 0, 0, 0, 12)
    return made, layout
