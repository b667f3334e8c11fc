"""A column that scrolls without jumping: while its content changes, one widget stays put."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import scaled

_GAP, _LOOK_BACK = 14, 90


class SteadyScroll(QScrollArea):
    """Scrolls up and down only, and by the wish of its user or its owner only."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def anchored(self, widget: QWidget | None, change: Callable[[], None]) -> None:
        """Make a change; `widget` is where it was when it is over."""
        if widget is None or widget.isHidden():
            change()
            return
        before = self._top_of(widget)
        change()
        self.settle()
        if moved := self._top_of(widget) - before:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + moved)

    def settle(self) -> None:
        """Lay everything out now: positions are asked for right after a change."""
        for _ in range(2):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll as little as shows the whole widget, or as much of it from its top as fits."""
        top, height = self._top_of(widget), self.viewport().height()
        gap, bar = scaled(_GAP), self.verticalScrollBar()
        if top < gap or widget.height() + 2 * gap > height:
            bar.setValue(bar.value() + top - gap)
        elif top + widget.height() + gap > height:
            # A look back at the question before, where there is room for both.
            room = height - widget.height() - gap
            bar.setValue(bar.value() + top - min(room, scaled(_LOOK_BACK)))

    def _top_of(self, widget: QWidget) -> int:
        return widget.mapTo(self.viewport(), QPoint()).y()
