"""What was written and where, with the ways to it: it opens, and so does its folder."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hmip_desktop.language import tr
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, label, margins


class SavedLine(QWidget):
    """Says what was done; where that is a file on this computer, two links lead to it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._path: Path | None = None
        self._said = label("", "above", wrap=True)
        self._said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.open_button = button(tr("Open it"), "link", self._open)
        self.folder_button = button(tr("Show in folder"), "link", self._show_folder)
        self._links = side_by_side(self.open_button, self.folder_button)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 2)
        layout.addWidget(self._said)
        layout.addWidget(self._links)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._said.text()

    def say(self, sentence: str, path: Path | None = None, *, opens: bool = True) -> None:
        """Say what was done, and lead to the file that was written, where one was."""
        self._path = path
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)
        self._links.setVisible(path is not None)
        self.open_button.setVisible(opens)
        self.show()

    def clear(self) -> None:
        """Say nothing: something else begins."""
        self._path = None
        self._said.clear()
        self.hide()

    def _open(self) -> None:
        if self._path is not None and not _opens(self._path):
            said = tr(
                "No program on this computer opens {file}. It is in {folder}.",
                file=self._path.name,
                folder=self._path.parent,
            )
            self._said.setText(said)
            self._said.setAccessibleName(said)

    def _show_folder(self) -> None:
        if self._path is not None:
            _opens(self._path.parent)


def _opens(path: Path) -> bool:
    """Have the system open a file or a folder; whether it knows a program for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
