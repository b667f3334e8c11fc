"""The outline at the left, the questions in the middle, the guidance at the right."""

from collections.abc import Mapping

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import scaled
from ui.widgets.parts import frame, margins

_SIDES = (292, 280)
_NARROW_SIDES = (248, 236)
_NARROWEST_SIDES = (216, 216)
_ROOM_FOR_SIDES, _ROOM_FOR_SECOND, _ROOM_FOR_FIRST = 1180, 940, 700
_ROOM_FOR_GUIDANCE_FIRST = 660
_ROOM_FOR_BOTH = 860
_OTHER = {"outline": "guidance", "guidance": "outline"}


class ThreeParts(QWidget):
    """A narrow window, or large text, leaves the room to the middle.

    The sides are shown and hidden by the checkable actions `outline` and `guidance`. What a
    user chose by them against what the room suggests holds in a window of another size too;
    `comes_first` is the side that stays where there is room for one, as long as nobody chose.
    """

    comes_first = "outline"

    def __init__(
        self, left: QWidget, middle: QWidget, right: QWidget, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__()
        self._left, self._switches = left, actions
        self._chosen: dict[str, bool] = {}
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

    @property
    def chosen_sides(self) -> Mapping[str, bool]:
        """The sides that the user showed or hid."""
        return dict(self._chosen)

    def choose_sides(self, chosen: Mapping[str, bool]) -> None:
        """Show and hide the sides as a user chose before."""
        self._chosen = dict(chosen)
        self._arrange()

    def toggle_sides(self, name: str) -> None:
        """Show or hide the outline or the guidance."""
        shown = self._part(name).isHidden()
        self._chosen.pop(name, None)
        if shown != self._has_room_for(name):
            self._chosen[name] = shown
        if shown and self._room < _ROOM_FOR_BOTH:
            self._chosen.pop(_OTHER[name], None)
        self.show_side(name, shown=shown)

    def show_side(self, name: str, *, shown: bool) -> None:
        """Show or hide one of the two; where there is no room for both, the other one goes."""
        self._show(name, shown=shown)
        if shown and self._room < _ROOM_FOR_BOTH:
            self._show(_OTHER[name], shown=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other parts."""
        super().resizeEvent(event)
        width = self._room
        old = event.oldSize().width() / scaled(100) * 100
        sides = _sides(width)
        self._left.setFixedWidth(scaled(sides[0]))
        self._right.setFixedWidth(scaled(sides[1]))
        rooms = (self._room_for_first, _ROOM_FOR_FIRST, _ROOM_FOR_BOTH, _ROOM_FOR_SECOND)
        if old <= 0 or any((width >= room) != (old >= room) for room in rooms):
            self._arrange()
        self.width_changed(narrow=width < _ROOM_FOR_FIRST)

    def width_changed(self, *, narrow: bool) -> None:
        """What else has to give way in a narrow window."""

    def side_changed(self, name: str, *, shown: bool) -> None:
        """What else has to change when a side comes or goes."""

    @property
    def _room(self) -> float:
        """The width at a text size of 100%."""
        return self.width() / scaled(100) * 100

    @property
    def _room_for_first(self) -> int:
        return _ROOM_FOR_FIRST if self.comes_first == "outline" else _ROOM_FOR_GUIDANCE_FIRST

    def _has_room_for(self, name: str) -> bool:
        first = name == self.comes_first
        return self._room >= (self._room_for_first if first else _ROOM_FOR_SECOND)

    def _arrange(self) -> None:
        """Show the sides that are wanted, as far as there is room; a chosen one goes last."""
        first, second = self.comes_first, _OTHER[self.comes_first]
        for name in (first, second):
            self._show(name, shown=self._chosen.get(name, self._has_room_for(name)))
        if self._room < _ROOM_FOR_BOTH and not (self._left.isHidden() or self._right.isHidden()):
            self._show(first if self._chosen.get(second) else second, shown=False)

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
    return _NARROW_SIDES if room >= _ROOM_FOR_FIRST else _NARROWEST_SIDES
