"""What covers an open case file while nobody works: it asks for the passphrase again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from ui.session import Session
from ui.theme import scaled
from ui.widgets.parts import button, frame, label, margins
from ui.widgets.passphrase_box import PassphraseBox


class LockedPage(QWidget):
    """Shows nothing of the file; `unlocked` tells that the right passphrase was given."""

    unlocked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._box = PassphraseBox()
        self._box.line.returnPressed.connect(self.unlock)
        card = frame("card")
        card.setMaximumWidth(scaled(520))
        inside = QVBoxLayout(card)
        margins(inside, 28, 24, 28, 22, 10)
        inside.addWidget(label(tr("Locked"), "title"))
        name = session.path.name
        text = tr("{file} is still open, and hidden until you type its passphrase.", file=name)
        inside.addWidget(label(text, "quiet", wrap=True))
        inside.addWidget(self._box)
        accept = button(tr("Unlock"), "primary", self.unlock)
        inside.addWidget(accept, 0, Qt.AlignmentFlag.AlignRight)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 20)
        across.addStretch(1)
        layout = QVBoxLayout(self)
        margins(layout, 28, 28, 28, 28)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)

    @property
    def problem(self) -> str:
        """What stands in the way, in words."""
        return self._box.problem

    def take_focus(self) -> None:
        """Put the focus where the passphrase is typed."""
        self._box.take_focus()

    def unlock(self) -> None:
        """Try the passphrase."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            right = self._session.is_passphrase(self._box.text)
        finally:
            QApplication.restoreOverrideCursor()
        if right:
            self._box.clear()
            self.unlocked.emit()
        else:
            self._box.try_again(tr("That is not the passphrase of this inspection."))
