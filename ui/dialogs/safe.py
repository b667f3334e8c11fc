"""Whether the laptop can be shut: everything saved, the file whole, copied and encrypted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import opening
from hmip_desktop.operations.checking import check
from ui.session import Session
from ui.theme import scaled
from ui.widgets.parts import button, frame, label, margins

_NOT_ENCRYPTED = b"SQLite format 3\0"


@dataclass(frozen=True)
class Checked:
    """One thing looked at: whether it is as it must be, and in words."""

    well: bool
    title: str
    sentence: str


def checked(document: Document, unsaved: str) -> Iterator[Checked]:
    """Look at the open case file; a copy of it is kept on the way."""
    kept = tr("Every answer and note is in the file.")
    yield Checked(not unsaved, tr("Saved"), unsaved or kept)
    yield _whole(document)
    yield _copied(document)
    encrypted = document.salt != _NOT_ENCRYPTED
    said = tr("Without the passphrase nobody can read the file or its copies.")
    plain = tr("The file can be read by anybody.")
    yield Checked(encrypted, tr("Encrypted"), said if encrypted else plain)


def _whole(document: Document) -> Checked:
    whole, mend = (
        tr("Every entry is as it was written."),
        tr("Something in it is damaged. Hand in what you have and tell the lead inspector."),
    )
    try:
        well = check(document).is_whole
    except Refused as refusal:
        return Checked(False, tr("Whole"), refusal.sentence)
    return Checked(well, tr("Whole"), whole if well else mend)


def _copied(document: Document) -> Checked:
    try:
        folder = document.back_up().parent
    except Refused as refusal:
        return Checked(False, tr("Copied"), refusal.sentence)
    wanted = opening.copies_folder_away() or opening.copies_folder()
    if folder == wanted:
        return Checked(True, tr("Copied"), tr("A copy as of now is in {folder}.", folder=folder))
    said = tr(
        "A copy as of now is in {folder}, because nothing can be written in {wanted}.",
        folder=folder,
        wanted=wanted,
    )
    return Checked(True, tr("Copied"), said)


class SafeDialog(QDialog):
    """Says with ticks whether all is well. Accepted: the user wants the file closed."""

    def __init__(
        self,
        session: Session,
        unsaved: str,
        hand_in_to: Callable[[Path], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hand_in_to = hand_in_to
        self.setWindowTitle(tr("Safe to close?"))
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.found = tuple(checked(session.reading.document, unsaved))
        finally:
            QApplication.restoreOverrideCursor()
        self._receipt = label("", "above", wrap=True)
        self._receipt.hide()
        role = "primary" if self.is_safe else ""
        self._close = button(tr("Close file"), role, self.accept)
        self._lay_out(is_leads=session.is_leads, name=session.path.name)

    @property
    def is_safe(self) -> bool:
        """Whether all is well."""
        return all(one.well for one in self.found)

    @property
    def receipt(self) -> str:
        """What handing in came to."""
        return self._receipt.text()

    def hand_in(self, folder: Path) -> None:
        """Save a copy for the lead and show the receipt."""
        said = self._hand_in_to(folder)
        self._receipt.setText(said)
        self._receipt.setVisible(bool(said))

    def _lay_out(self, *, is_leads: bool, name: str) -> None:
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 10)
        title = tr("It is safe to close") if self.is_safe else tr("Not everything is well")
        layout.addWidget(label(title, "title", wrap=True))
        layout.addWidget(label(name, "small", wrap=True))
        layout.addWidget(self._made_ticks())
        layout.addWidget(self._receipt)
        layout.addStretch(1)
        row = QHBoxLayout()
        margins(row, 0, 4, 0, 0, 8)
        stay = button(tr("Go on working"), "" if self.is_safe else "primary", self.reject)
        buttons = [self._close, stay]
        if not is_leads:
            buttons.insert(0, button(tr("Hand in..."), "", self._choose))
        row.addStretch(1)
        for one in buttons:
            one.setAutoDefault(False)
            row.addWidget(one)
        best = self._close if self.is_safe else stay
        best.setDefault(True)
        layout.addLayout(row)
        width = scaled(560)
        self.setMinimumWidth(scaled(420))
        self.resize(width, layout.totalHeightForWidth(width))
        best.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made_ticks(self) -> QWidget:
        card = frame("card")
        grid = QGridLayout(card)
        margins(grid, 18, 14, 18, 14, 8)
        grid.setHorizontalSpacing(scaled(14))
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, one in enumerate(self.found):
            tick = label("✓" if one.well else "✗", "brand")
            tick.setAccessibleName(tr("All is well") if one.well else tr("Not well"))
            grid.addWidget(tick, row, 0, top)
            grid.addWidget(label(one.title, "heading"), row, 1, top)
            role = "" if one.well else "problem"
            grid.addWidget(label(one.sentence, role, wrap=True), row, 2, top)
        return card

    def _choose(self) -> None:
        title = tr("Where should the copy for the lead be saved?")
        if folder := QFileDialog.getExistingDirectory(self, title):
            self.hand_in(Path(folder))
