"""The first page: open a case file, or one of the recent ones."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from ui import plain, theme
from ui.messages import PROGRAM
from ui.theme import scaled
from ui.widgets.parts import button, empty, frame, label, margins


class StartPage(QWidget):
    """Shown while no case file is open."""

    open_wanted = Signal()
    file_wanted = Signal(str)
    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        card = frame("card")
        card.setMaximumWidth(scaled(620))
        self._inside = QVBoxLayout(card)
        margins(self._inside, 32, 28, 32, 28, 10)
        title = QHBoxLayout()
        margins(title, 0, 0, 0, 6, 14)
        picture = label()
        picture.setPixmap(theme.icon().pixmap(scaled(44), scaled(44)))
        texts = QVBoxLayout()
        margins(texts, 0, 0, 0, 0, 2)
        texts.addWidget(label(PROGRAM, "title"))
        texts.addWidget(label(tr("Case assessment for probation inspections"), "quiet", wrap=True))
        title.addWidget(picture)
        title.addLayout(texts, 1)
        self._inside.addLayout(title)
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 12)
        self._open = button(tr("Open a case file..."), "primary", self.open_wanted.emit)
        row.addWidget(self._open)
        row.addWidget(label(tr("or drop one anywhere in this window"), "quiet", wrap=True), 1)
        self._inside.addLayout(row)
        lead = QHBoxLayout()
        margins(lead, 0, 0, 0, 0, 12)
        lead.addWidget(button(tr("New inspection..."), "", self.new_wanted.emit))
        lead.addWidget(label(tr("as its lead inspector or support officer"), "quiet", wrap=True), 1)
        self._inside.addLayout(lead)
        self._recent = QVBoxLayout()
        margins(self._recent, 0, 10, 0, 0, 2)
        self._inside.addLayout(self._recent)
        self._inside.addWidget(
            label(
                tr(
                    "A case file holds everything of one inspection on this laptop, encrypted. "
                    "Your lead inspector gives you the file and tells the team its passphrase."
                ),
                "small",
                wrap=True,
            )
        )
        layout = QVBoxLayout(self)
        margins(layout, 28, 28, 28, 28)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 20)
        across.addStretch(1)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the files opened before."""
        empty(self._recent)
        if paths:
            self._recent.addWidget(label(tr("Opened before"), "heading"))
        for path in paths:
            there = Path(path)
            row = QHBoxLayout()
            margins(row, 0, 0, 0, 0, 8)
            link = button(there.name, "link")
            link.setToolTip(plain.tip(path))
            link.clicked.connect(lambda _=False, path=path: self.file_wanted.emit(path))
            row.addWidget(link)
            row.addWidget(label(_short(there.parent), "small"), 1)
            self._recent.addLayout(row)

    def take_focus(self) -> None:
        """Put the focus on opening a file."""
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)


def _short(folder: Path) -> str:
    text = str(folder)
    return text if len(text) <= 48 else "…" + text[-46:]
