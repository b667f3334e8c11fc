"""The list of keys (F1), made from the actions themselves; and what the program is."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from hmip_desktop import __version__
from ui.actions import key_list
from ui.theme import scaled
from ui.widgets.parts import button, label, margins


class KeysDialog(QDialog):
    """Every key and what it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
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
        area.setAccessibleName("List of keys")
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 12)
        layout.addWidget(label("Keys", "title"))
        layout.addWidget(area, 1)
        layout.addWidget(button("Close", "primary", self.accept), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(scaled(560), scaled(600))


class AboutDialog(QDialog):
    """Which program this is, in which version, and whose work it rests on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About HMIP Desktop")
        layout = QVBoxLayout(self)
        margins(layout, 28, 24, 28, 20, 10)
        layout.addWidget(label("HMIP Desktop", "title"))
        layout.addWidget(label(f"Version {__version__}, Qt {qVersion()}", "quiet"))
        for text in (
            "Works without a network. What you enter stays in your case file, encrypted.",
            "MIT licence. Qt and PySide6 are used under the LGPL, SQLCipher under its BSD licence.",
        ):
            layout.addWidget(label(text, wrap=True))
        layout.addWidget(button("Close", "primary", self.accept), 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(scaled(440))
