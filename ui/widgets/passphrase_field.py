"""A line for a passphrase, which knows about Caps Lock where that can be known."""

import ctypes
import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from hmip_desktop.language import tr

_WINDOWS_CAPS_LOCK = 0x14


def caps_lock() -> bool | None:
    """Whether the system says that Caps Lock is on; None where it does not say."""
    if sys.platform == "win32":
        return bool(ctypes.windll.user32.GetKeyState(_WINDOWS_CAPS_LOCK) & 1)
    return None


class PassphraseField(QLineEdit):
    """Tells whether Caps Lock is on: the system's word, else what a typed letter gives away."""

    caps_lock_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(tr("Passphrase"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters against the shift key give Caps Lock away."""
        known, text = caps_lock(), event.text()
        if known is None and event.key() == Qt.Key.Key_CapsLock:
            known = False  # switched just now: a letter will tell
        elif known is None and text.isalpha() and text.upper() != text.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            known = text.isupper() != shifted
        if known is not None:
            self.caps_lock_changed.emit(known)
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The system is asked at once."""
        super().focusInEvent(event)
        if (known := caps_lock()) is not None:
            self.caps_lock_changed.emit(known)
