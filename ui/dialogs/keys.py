"""The list of keys (F1), made from the actions themselves; and what the program is."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from hmip_desktop import __version__
from hmip_desktop.language import tr
from ui.actions import key_list
from ui.messages import PROGRAM
from ui.theme import scaled
from ui.widgets.parts import button, label, margins


class KeysDialog(QDialog):
    """Every key and what it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        inside = QWidget()
        inside.setProperty("role", "clear")
        grid = QGridLayout(inside)
        margins(grid, 4, 4, 16, 4, 8)
        for row, (keys, does) in enumerate(key_list()):
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(keys, "badge"), row, 0, left)
            grid.addWidget(label(does, wrap=True), row, 1)
        grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(tr("List of keys"))
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 12)
        layout.addWidget(label(tr("Keys"), "title"))
        layout.addWidget(area, 1)
        layout.addWidget(
            button(tr("Close"), "primary", self.accept), 0, Qt.AlignmentFlag.AlignRight
        )
        screen = self.screen().availableSize()
        self.resize(min(scaled(560), screen.width()), min(scaled(600), screen.height() - 60))


class AboutDialog(QDialog):
    """Which program this is, in which version, and whose work it rests on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About {program}", program=PROGRAM))
        layout = QVBoxLayout(self)
        margins(layout, 28, 24, 28, 20, 10)
        layout.addWidget(label(PROGRAM, "title"))
        version = tr("Version {version}, Qt {qt}", version=__version__, qt=qVersion())
        layout.addWidget(label(version, "quiet"))
        for text in (
            tr("Works without a network. What you enter stays in your case file, encrypted."),
            tr(
                "MIT licence. Qt and PySide6 are used under the LGPL, SQLCipher under its BSD "
                "licence."
            ),
        ):
            layout.addWidget(label(text, wrap=True))
        layout.addWidget(
            button(tr("Close"), "primary", self.accept), 0, Qt.AlignmentFlag.AlignRight
        )
        self.setMinimumWidth(scaled(440))
