"""Asks for the passphrase of a case file and opens it; says in place what stands in the way."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import recovering
from ui.session import Session
from ui.theme import scaled
from ui.widgets.parts import button, label, margins
from ui.widgets.passphrase_box import PassphraseBox


@dataclass(frozen=True)
class Damaged:
    """A file that the passphrase would open were it whole."""

    refusal: Refused
    passphrase: Passphrase


class UnlockDialog(QDialog):
    """Opens one case file. A wrong passphrase can be mended at once, damage elsewhere."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.session: Session | None = None
        self.damaged: Damaged | None = None
        self.setWindowTitle(tr("Open {name}", name=path.name))
        self._box = PassphraseBox()
        self._accept = button(tr("Open"), "primary", self.unlock)
        lay_out(self, path, self._box, self._accept, button(tr("Cancel"), "", self.reject))

    @classmethod
    def ask(cls, path: Path, parent: QWidget | None = None) -> Session | Damaged | None:
        """The opened case file, or how it is damaged; None when the user thought better of it."""
        dialog = cls(path, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.session or dialog.damaged

    def unlock(self) -> None:
        """Try the passphrase; until that is done, it shows that it is at work."""
        self._show_work(tr("Opening..."))
        problem = ""
        try:
            self._open(Passphrase(self._box.text))
        except Refused as refusal:
            problem = refusal.sentence
        finally:
            self._show_work("")
        if problem:
            self._box.try_again(problem)
            self.adjustSize()
        else:
            self.accept()

    def _show_work(self, doing: str) -> None:
        """Say what is being done, and take no more keys; with nothing said, the user goes on."""
        if doing:
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        else:
            QApplication.restoreOverrideCursor()
        self.setEnabled(not doing)
        said = doing or tr("Open")
        self._accept.setText(said)
        self._accept.setAccessibleName(said)
        # It is drawn at once: the work to come lets nothing be drawn.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def type_passphrase(self, text: str) -> None:
        """Type a passphrase, as a user does."""
        self._box.line.setText(text)

    @property
    def problem(self) -> str:
        """What stands in the way, in words."""
        return self._box.problem

    def _open(self, passphrase: Passphrase) -> None:
        try:
            self.session = Session.opened(self._path, passphrase)
        except Refused as refusal:
            if not recovering.is_damage(self._path, passphrase, refusal):
                raise
            self.damaged = Damaged(refusal, passphrase)


def lay_out(
    dialog: QDialog, path: Path, box: PassphraseBox, accept: QPushButton, cancel: QPushButton
) -> None:
    """Which file it is, the box for its passphrase with the focus, and the two buttons."""
    layout = QVBoxLayout(dialog)
    margins(layout, 24, 22, 24, 18, 10)
    layout.addWidget(label(path.name, "title", wrap=True))
    layout.addWidget(label(str(path.parent), "small", wrap=True))
    layout.addWidget(box)
    layout.addStretch(1)
    buttons = QHBoxLayout()
    margins(buttons, 0, 0, 0, 0, 8)
    cancel.setAutoDefault(False)
    accept.setDefault(True)
    buttons.addStretch(1)
    buttons.addWidget(cancel)
    buttons.addWidget(accept)
    layout.addLayout(buttons)
    dialog.setMinimumWidth(scaled(480))
    box.take_focus()
    for first, second in pairwise((box.line, box.show_button, accept, cancel)):
        QWidget.setTabOrder(first, second)
