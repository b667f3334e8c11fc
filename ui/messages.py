"""The only message boxes: plain text, one sentence, and details to copy for whoever helps."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from ui import plain, support
from ui.waiting_dialog import WaitingDialog

PROGRAM = "HMIP Desktop"


def refused(parent: QWidget | None, refusal: Refused) -> None:
    """Say why something cannot be done, in the sentence that the core found for it."""
    tell(parent, refusal.sentence, f"Code: {refusal.code}")


def tell(parent: QWidget | None, sentence: str, details: str = "") -> None:
    """Say one sentence.

    "Copy details" puts `details` on the clipboard, with what whoever helps wants to know. The
    sentence is not among it: it may name a file, and with it a person.
    """
    box = _box(parent, sentence)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    copy = box.addButton(tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(QMessageBox.StandardButton.Ok)
    box.setEscapeButton(QMessageBox.StandardButton.Ok)
    copy.clicked.disconnect()  # else it would close the box
    copy.clicked.connect(lambda: _copy_details(box, details))
    box.exec()
    box.deleteLater()


def confirm(parent: QWidget | None, sentence: str, yes: str) -> bool:
    """Ask before something of weight; `yes` is the word on the button that does it."""
    box = _box(parent, sentence)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(accept)
    box.exec()
    return box.clickedButton() is accept


class WhyDialog(WaitingDialog):
    """Asks for a reason, which is kept with what it explains."""

    def __init__(self, parent: QWidget | None, sentence: str, yes: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(PROGRAM)
        label = QLabel(plain.with_whole_folders(sentence))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(tr("Reason"))
        self._text.setTabChangesFocus(True)
        label.setBuddy(self._text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._yes = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self._yes.setEnabled(False)
        layout = QVBoxLayout(self)
        for part in (label, self._text, buttons):
            layout.addWidget(part)
        self.resize(440, 220)
        self._text.textChanged.connect(lambda: self._yes.setEnabled(bool(self.reason)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    @property
    def reason(self) -> str:
        """What was written."""
        return self._text.toPlainText().strip()

    @classmethod
    def ask(cls, parent: QWidget | None, sentence: str, yes: str) -> str:
        """The reason given, or nothing when the user thought better of it."""
        dialog = cls(parent, sentence, yes)
        given = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.reason if given else ""


def _copy_details(box: QMessageBox, details: str) -> None:
    said = f"{details}\n{support.details()}".strip()
    QGuiApplication.clipboard().setText(said)
    box.setInformativeText(tr("Copied. There is nothing about cases in it."))


def _box(parent: QWidget | None, sentence: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(PROGRAM)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(plain.with_whole_folders(sentence))
    return box
