"""The guide beside the window: opened where it fits, made anew with it, closed with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.dialogs.guide import GuideWindow


class Guiding:
    """At most one guide window. It belongs to no window, so that either can be in front."""

    def __init__(self, beside: QWidget) -> None:
        self._beside = beside
        self._window: GuideWindow | None = None

    @property
    def window(self) -> "GuideWindow | None":
        """The guide, while it is open."""
        return self._window if self._window is not None and self._window.isVisible() else None

    def show(self, place: str) -> None:
        """Open the guide at a place, or go there in the one that is open."""
        if self.window is None:
            self.close()
            self._window = _guide_window()
            self._window.move(self._room_beside(self._window))
        assert self._window is not None
        self._window.show_place(place)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def make_anew(self) -> None:
        """Show the same in other colours, another text size or another language."""
        if (old := self.window) is None:
            return
        self._window = _guide_window()
        self._window.setGeometry(old.geometry())
        self._window.show_place(old.place.partition("#")[0])
        self._window.show()
        old.close()
        old.deleteLater()

    def close(self) -> None:
        """The guide ends with the window that it is beside."""
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def _room_beside(self, window: QWidget) -> QPoint:
        """To the right of the program as far as the screen has room, else at its right edge."""
        screen, program = self._beside.screen().availableGeometry(), self._beside.geometry()
        wanted = QRect(program.topRight() + QPoint(12, 0), window.size())
        return QPoint(
            max(screen.left(), min(wanted.left(), screen.right() - wanted.width())),
            max(screen.top(), min(wanted.top(), screen.bottom() - wanted.height())),
        )


def _guide_window() -> "GuideWindow":
    from ui.dialogs.guide import GuideWindow  # noqa: PLC0415 slow to load; not before F1

    return GuideWindow()
