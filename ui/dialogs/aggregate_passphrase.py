"""Asks for the passphrase of one of several inspections, and looks at its file with it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.operations.aggregating import Taken
from ui.dialogs.unlock import lay_out
from ui.waiting_dialog import WaitingDialog
from ui.widgets.parts import button
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
        accept = button(tr("Add"), "primary", self.unlock)
        lay_out(self, path, self._box, accept, button(tr("Leave this file out"), "", self.reject))

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
