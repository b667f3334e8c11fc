"""What every step of setting up has: a title, what it is for, and its content."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.session import Session
from ui.widgets.parts import label, margins, scrolled


class Step(QWidget):
    """One step; `refresh` shows the case file as it stands."""

    def __init__(self, session: Session, title: str, text: str) -> None:
        super().__init__()
        self.session = session
        inner = QWidget()
        inner.setProperty("role", "clear")
        self.inside = QVBoxLayout(inner)
        margins(self.inside, 28, 20, 28, 20, 12)
        self.inside.addWidget(label(title, "title"))
        self.inside.addWidget(label(text, "quiet", wrap=True))
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        outer.addWidget(scrolled(inner))

    @property
    def state(self) -> str:
        """How far the step is, in a few words."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the case file as it stands."""
