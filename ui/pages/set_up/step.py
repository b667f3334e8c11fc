"""What every step of setting up has: a title, what it is for, and its content."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from ui.session import Session
from ui.widgets.parts import button, label, margins, scrolled


class Step(QWidget):
    """One step; `refresh` shows the case file as it stands."""

    def __init__(self, session: Session, title: str, text: str) -> None:
        super().__init__()
        self.session = session
        inner = QWidget()
        inner.setProperty("role", "clear")
        self.inside = QVBoxLayout(inner)
        margins(self.inside, 28, 20, 28, 20, 12)
        self._heads = QHBoxLayout()
        self._heads.addWidget(label(title, "title", wrap=True), 1)
        self._next: QPushButton | None = None
        self.inside.addLayout(self._heads)
        self.inside.addWidget(label(text, "quiet", wrap=True))
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        self._area = scrolled(inner)
        outer.addWidget(self._area)

    @property
    def state(self) -> str:
        """How far the step is, in a few words."""
        raise NotImplementedError

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do before the next step."""
        return True

    def lead_on(self, name: str, go: Callable[[], object]) -> None:
        """Give a way to the next step, which is shown once this one is done."""
        self._next = button(tr("&Next: {step}", step=name), "", go)
        self._heads.addWidget(self._next, 0, Qt.AlignmentFlag.AlignTop)

    def show_way_on(self) -> None:
        """Show the way to the next step where this one is done."""
        if self._next is not None:
            self._next.setVisible(self.is_done)

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll to a part of the step, once everything has its place."""
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(part))

    def refresh(self) -> None:
        """Show the case file as it stands."""
