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
    QLabel,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import handed_in, opening
from hmip_desktop.operations.checking import check
from ui import plain
from ui.models import hand_in
from ui.session import Session
from ui.theme import scaled
from ui.widgets.parts import button, frame, label, margins

_NOT_ENCRYPTED = b"SQLite format 3\0"


@dataclass(frozen=True)
class Checked:
    """One thing looked at: whether it is as it must be, and in words.

    What stands in the way of nothing but may still be to do is neither well nor ill: None.
    """

    well: bool | None
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


def _handed_in(document: Document) -> Checked:
    last = handed_in.last(document)
    well = True if last is not None and not last.changes else None
    return Checked(well, tr("Handed in"), hand_in.in_words(last, document.clock.now()))


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
        self._document = session.reading.document
        self._hands_in, self._folder = not session.is_leads, session.folder
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
        self._handed_tick, self._handed_said = label("", "brand"), label("", wrap=True)
        self._show_handed_in()
        self._lay_out(session.path.name)

    @property
    def is_safe(self) -> bool:
        """Whether all is well."""
        return all(one.well is not False for one in self.found)

    @property
    def receipt(self) -> str:
        """What handing in came to."""
        return self._receipt.text()

    def hand_in(self, folder: Path) -> None:
        """Save a copy for the lead and show the receipt."""
        said = self._hand_in_to(folder)
        self._receipt.setText(said)
        self._receipt.setVisible(bool(said))
        self._show_handed_in()

    @property
    def handed_in(self) -> str:
        """What is said of the last handing in."""
        return self._handed_said.text()

    def _show_handed_in(self) -> None:
        found = _handed_in(self._document)
        _show_tick(self._handed_tick, found)
        self._handed_said.setText(found.sentence)

    def _lay_out(self, name: str) -> None:
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
        if self._hands_in:
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
        for one in self.found:
            tick = label("", "brand")
            _show_tick(tick, one)
            role = "" if one.well else "problem"
            sentence = label(plain.with_whole_folders(one.sentence), role, wrap=True)
            _add_row(grid, tick, one.title, sentence)
        if self._hands_in:
            _add_row(grid, self._handed_tick, tr("Handed in"), self._handed_said)
        return card

    def _choose(self) -> None:
        title = tr("Where to hand in")
        if folder := QFileDialog.getExistingDirectory(self, title, self._folder):
            self.hand_in(Path(folder))


def _add_row(grid: QGridLayout, tick: QWidget, title: str, sentence: QWidget) -> None:
    row, top = grid.rowCount(), Qt.AlignmentFlag.AlignTop
    for place, part in enumerate((tick, label(title, "heading"), sentence)):
        grid.addWidget(part, row, place, top)


def _show_tick(tick: QLabel, found: Checked) -> None:
    """Show by a sign, and tell a screen reader in words, whether all is well."""
    sign, said = {
        True: ("✓", tr("All is well")),
        False: ("✗", tr("Not well")),
        None: ("–", tr("Perhaps still to do")),
    }[found.well]
    tick.setText(sign)
    tick.setAccessibleName(said)
