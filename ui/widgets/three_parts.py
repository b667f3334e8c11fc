"""The outline at the left, the questions in the middle, the guidance at the right."""

from collections.abc import Mapping

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import scaled
from ui.widgets.parts import frame, margins

_SIDES = (292, 280)
_NARROW_SIDES = (248, 236)
_ROOM_FOR_SIDES, _ROOM_FOR_GUIDANCE, _ROOM_FOR_OUTLINE = 1180, 940, 700


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
        """Show or hide one of the two."""
        self._part(name).setVisible(shown)
        self._switches[name].setChecked(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other parts."""
        super().resizeEvent(event)
        width = event.size().width() / scaled(100) * 100
        old = event.oldSize().width() / scaled(100) * 100
        sides = _SIDES if width >= _ROOM_FOR_SIDES else _NARROW_SIDES
        self._left.setFixedWidth(scaled(sides[0]))
        self._right.setFixedWidth(scaled(sides[1]))
        for room, name in ((_ROOM_FOR_OUTLINE, "outline"), (_ROOM_FOR_GUIDANCE, "guidance")):
            if old <= 0 or (width >= room) != (old >= room):
                self.show_side(name, shown=width >= room)
        self.width_changed(narrow=width < _ROOM_FOR_OUTLINE)

    def width_changed(self, *, narrow: bool) -> None:
        """What else has to give way in a narrow window."""

    def _part(self, name: str) -> QWidget:
        return self._left if name == "outline" else self._right
