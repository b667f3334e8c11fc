"""Asks for the passphrase of one of several inspections, and looks at its file with it."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.operations.aggregating import Taken
from ui.theme import scaled
from ui.waiting_dialog import WaitingDialog
from ui.widgets.parts import button, label, margins
from ui.widgets.passphrase_box import PassphraseBox

Look = Callable[[Path, Passphrase], Taken | Refused | None]
PASSPHRASE_CODES = (Code.PASSPHRASE_WRONG, Code.PASSPHRASE_MISSING)


class AggregatePassphraseDialog(WaitingDialog):
    """A wrong passphrase can be mended at once; whatever else is wrong is told by `found`.

    `look` looks at the file and is given up by the user where it returns nothing.
    """

    def __init__(self, path: Path, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path, self._look = path, look
        self.found: Taken | Refused | None = None
        self.passphrase: Passphrase | None = None
        self.setWindowTitle(tr("Passphrase of {name}", name=path.name))
        self._box = PassphraseBox()
        self._lay_out()

    @property
    def problem(self) -> str:
        """What stands in the way, in words."""
        return self._box.problem

    def type_passphrase(self, text: str) -> None:
        """Type a passphrase, as a user does."""
        self._box.line.setText(text)

    def unlock(self) -> None:
        """Try the passphrase."""
        try:
            passphrase = Passphrase(self._box.text)
        except Refused as refusal:
            self._box.try_again(refusal.sentence)
            return
        found = self._look(self._path, passphrase)
        if isinstance(found, Refused) and found.code in PASSPHRASE_CODES:
            self._box.try_again(found.sentence)
            self.adjustSize()
        elif found is not None:
            self.found, self.passphrase = found, passphrase
            self.accept()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        margins(layout, 24, 22, 24, 18, 10)
        layout.addWidget(label(self._path.name, "title", wrap=True))
        layout.addWidget(label(str(self._path.parent), "small", wrap=True))
        layout.addWidget(self._box)
        layout.addStretch(1)
        buttons = QHBoxLayout()
        margins(buttons, 0, 0, 0, 0, 8)
        cancel = button(tr("Leave this file out"), "", self.reject)
        accept = button(tr("Add"), "primary", self.unlock)
        cancel.setAutoDefault(False)
        accept.setDefault(True)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        layout.addLayout(buttons)
        self.setMinimumWidth(scaled(480))
        self._box.take_focus()
        in_order = (self._box.line, self._box.show_button, accept, cancel)
        for first, second in pairwise(in_order):
            QWidget.setTabOrder(first, second)
