"""Handing in: a copy for the lead on a stick or in a folder, with its receipt."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout

from hmip_desktop import settings
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import handed_in
from hmip_desktop.operations.assess import HandedIn
from ui.models import hand_in
from ui.session import Session
from ui.widgets.parts import button, label, margins
from ui.widgets.saved_line import SavedLine

_PURPOSE = "hand in"


class HandInCard(QFrame):
    """Asks for a folder, saves the copy and shows what both sides can compare."""

    refused = Signal(object)
    handed_in = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        margins(row, 18, 14, 18, 14, 16)
        texts = QVBoxLayout()
        margins(texts, 0, 0, 0, 0, 3)
        texts.addWidget(label(tr("Hand in to the lead inspector"), "heading"))
        texts.addWidget(
            label(
                tr(
                    "Save a copy to a USB stick or a shared folder. You can go on working and "
                    "hand in again: nothing is counted twice."
                ),
                "quiet",
                wrap=True,
            )
        )
        self._last = label("", "small", wrap=True)
        texts.addWidget(self._last)
        self._receipt = SavedLine()
        texts.addWidget(self._receipt)
        row.addLayout(texts, 1)
        row.addWidget(button(tr("Hand in..."), "", self._ask))
        self.refresh()

    @property
    def last(self) -> str:
        """What is said of the last handing in from this computer; empty when there was none."""
        return self._last.text()

    def refresh(self) -> None:
        """Say when this file was last handed in, and what was written since."""
        document = self._session.reading.document
        last = handed_in.last(document)
        said = hand_in.in_words(last, document.clock.now())
        self._last.setText(tr("Last handed in: {said}", said=said) if last else "")
        self._last.setVisible(last is not None)

    @property
    def receipt(self) -> str:
        """What the last handing in came to, in words."""
        return self._receipt.text

    def hand_in_to(self, folder: Path) -> None:
        """Save a copy for the lead in a folder and show the receipt."""
        try:
            self._receipt.clear()
            receipt = handed_in.hand_in(self._session.reading, folder)
        except Refused as refusal:
            self.refused.emit(refusal)
            return
        settings.keep_folder(_PURPOSE, receipt.path.parent)
        self.refresh()
        self._receipt.say(_in_words(receipt), receipt.path, opens=False)
        self.handed_in.emit()

    def _ask(self) -> None:
        title = tr("Where to hand in")
        before = settings.folder_for(_PURPOSE) or self._session.folder
        if folder := QFileDialog.getExistingDirectory(self, title, before):
            self.hand_in_to(Path(folder))


def _in_words(receipt: HandedIn) -> str:
    return tr_count(
        "✓ Saved as {name} in {folder}: {count} case, {signed} signed off. "
        "Its check code is {fingerprint}; when the lead sees the same, it came whole.",
        "✓ Saved as {name} in {folder}: {count} cases, {signed} signed off. "
        "Its check code is {fingerprint}; when the lead sees the same, it came whole.",
        receipt.cases,
        name=receipt.path.name,
        folder=receipt.path.parent,
        signed=receipt.signed_off,
        fingerprint=receipt.fingerprint,
    )
