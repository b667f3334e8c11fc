"""The outline at the left, the questions in the middle, the guidance at the right."""

from collections.abc import Mapping

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import scaled
from ui.widgets.parts import frame, margins

_SIDES = (292, 280)
_NARROW_SIDES = (248, 236)
_NARROWEST_SIDES = (216, 216)
_ROOM_FOR_SIDES, _ROOM_FOR_GUIDANCE, _ROOM_FOR_OUTLINE = 1180, 940, 700
_ROOM_FOR_BOTH = 860


class ThreeParts(QWidget):
    """A narrow window, or large text, leaves the room to the middle.

    The sides are shown and hidden by the checkable actions `outline` and `guidance`.
    """

    def __init__(
        self, left: QWidget, middle: QWidget, right: QWidget, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__()
        self._left, self._switches = left, actions
        self._right = frame("right")
        inside = QVBoxLayout(self._right)
        margins(inside, 0, 0, 0, 0)
        inside.addWidget(right)
        layout = QHBoxLayout(self)
        margins(layout, 0, 0, 0, 0)
        layout.addWidget(left)
        layout.addWidget(middle, 1)
        layout.addWidget(self._right)

    @property
    def shows_outline(self) -> bool:
        """Whether the left part is there."""
        return self._left.isVisible()

    @property
    def shows_guidance(self) -> bool:
        """Whether the right part is there."""
        return self._right.isVisible()

    def toggle_sides(self, name: str) -> None:
        """Show or hide the outline or the guidance."""
        self.show_side(name, shown=self._part(name).isHidden())

    def show_side(self, name: str, *, shown: bool) -> None:
        """Show or hide one of the two; where there is no room for both, the other one goes."""
        self._show(name, shown=shown)
        if shown and self._room < _ROOM_FOR_BOTH:
            self._show("guidance" if name == "outline" else "outline", shown=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other parts."""
        super().resizeEvent(event)
        width = self._room
        old = event.oldSize().width() / scaled(100) * 100
        sides = _sides(width)
        self._left.setFixedWidth(scaled(sides[0]))
        self._right.setFixedWidth(scaled(sides[1]))
        for room, name in ((_ROOM_FOR_OUTLINE, "outline"), (_ROOM_FOR_GUIDANCE, "guidance")):
            if old <= 0 or (width >= room) != (old >= room):
                self.show_side(name, shown=width >= room)
        self.width_changed(narrow=width < _ROOM_FOR_OUTLINE)

    def width_changed(self, *, narrow: bool) -> None:
        """What else has to give way in a narrow window."""

    def side_changed(self, name: str, *, shown: bool) -> None:
        """What else has to change when a side comes or goes."""

    @property
    def _room(self) -> float:
        """The width at a text size of 100%."""
        return self.width() / scaled(100) * 100

    def _show(self, name: str, *, shown: bool) -> None:
        self._part(name).setVisible(shown)
        self._switches[name].setChecked(shown)
        self.side_changed(name, shown=shown)

    def _part(self, name: str) -> QWidget:
        return self._left if name == "outline" else self._right


def _sides(room: float) -> tuple[int, int]:
    """How wide the two sides are in so much room."""
    if room >= _ROOM_FOR_SIDES:
        return _SIDES
    return _NARROW_SIDES if room >= _ROOM_FOR_OUTLINE else _NARROWEST_SIDES
