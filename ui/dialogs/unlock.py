"""Asks for the passphrase of a case file and opens it; says in place what stands in the way."""

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Refused
from ui.session import Session
from ui.theme import scaled
from ui.widgets.parts import button, label, margins


class UnlockDialog(QDialog):
    """Opens one case file. A wrong passphrase can be mended at once."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self.session: Session | None = None
        self.setWindowTitle(f"Open {path.name}")
        self._text = QLineEdit()
        self._text.setEchoMode(QLineEdit.EchoMode.Password)
        self._text.setAccessibleName("Passphrase")
        self._text.textEdited.connect(lambda _: self._say(""))
        self._show = button("Show")
        self._show.setCheckable(True)
        self._show.setAccessibleName("Show the passphrase")
        self._show.toggled.connect(self._show_or_hide)
        self._problem = label("", "problem", wrap=True)
        self._problem.setMinimumHeight(scaled(40))
        self._problem.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()

    @classmethod
    def ask(cls, path: Path, parent: QWidget | None = None) -> Session | None:
        """The opened case file; None when the user thought better of it."""
        dialog = cls(path, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.session

    def unlock(self) -> None:
        """Try the passphrase."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.session = Session.opened(self._path, Passphrase(self._text.text()))
        except Refused as refusal:
            self._say(refusal.sentence)
            self._text.setFocus(Qt.FocusReason.OtherFocusReason)
            self._text.selectAll()
            return
        finally:
            QApplication.restoreOverrideCursor()
        self.accept()

    def type_passphrase(self, text: str) -> None:
        """Type a passphrase, as a user does."""
        self._text.setText(text)

    @property
    def problem(self) -> str:
        """What stands in the way, in words."""
        return self._problem.text()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        margins(layout, 24, 22, 24, 18, 10)
        layout.addWidget(label(self._path.name, "title", wrap=True))
        layout.addWidget(label(str(self._path.parent), "small", wrap=True))
        caption = label("Passphrase of the inspection", "heading")
        caption.setBuddy(self._text)
        layout.addWidget(caption)
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 8)
        row.addWidget(self._text, 1)
        row.addWidget(self._show)
        layout.addLayout(row)
        layout.addWidget(self._problem)
        layout.addStretch(1)
        buttons = QHBoxLayout()
        margins(buttons, 0, 0, 0, 0, 8)
        cancel = button("Cancel", "", self.reject)
        accept = button("Open", "primary", self.unlock)
        self._show.setAutoDefault(False)
        cancel.setAutoDefault(False)
        accept.setDefault(True)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        layout.addLayout(buttons)
        self.setMinimumWidth(scaled(480))
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)
        in_order = (self._text, self._show, accept, cancel)
        for first, second in pairwise(in_order):
            QWidget.setTabOrder(first, second)

    def _show_or_hide(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._text.setEchoMode(mode)
        self._show.setText("Hide" if shown else "Show")

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._text.setProperty("wrong", bool(sentence))
        self._text.style().unpolish(self._text)
        self._text.style().polish(self._text)
