"""On what an answer rests, as three small switches under it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from hmip_desktop.casefile.labels import source_label
from hmip_desktop.language import mark, tr
from ui.widgets.parts import button, label, margins

_USUAL = {
    "file": mark("usually the file"),
    "interview": mark("usually the interview"),
    "judgement": mark("usually judgement"),
}
_SAID = {
    "file": mark("The answer rests on the file"),
    "interview": mark("The answer rests on the interview"),
    "judgement": mark("The answer rests on judgement"),
}


class SourceRow(QWidget):
    """Tells what was chosen; empty when the chosen one is pressed again."""

    chosen = Signal(str)

    def __init__(self, usual: str, *, read_only: bool) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._chips: dict[str, QPushButton] = {}
        self._usual = label(tr(_USUAL.get(usual, "")), "small")
        layout = QHBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 6)
        layout.addWidget(label(tr("Rests on"), "small"))
        for place, name in enumerate(_SAID, start=1):
            chip = button(source_label(name), "chip")
            chip.setCheckable(True)
            chip.setEnabled(not read_only)
            chip.setToolTip(f"Alt+{place}")
            chip.setAccessibleName(tr(_SAID[name]))
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda on, name=name: self.chosen.emit(name if on else ""))
            self._chips[name] = chip
            layout.addWidget(chip)
        layout.addWidget(self._usual)
        layout.addStretch(1)

    def show_source(self, said: str) -> None:
        """Show what was said; where nothing was, what is usual for the question."""
        for name, chip in self._chips.items():
            chip.setChecked(name == said)
            chip.setText(("✓ " if name == said else "") + source_label(name))
        self._usual.setVisible(not said)

    def press(self, name: str) -> None:
        """Choose by key."""
        self._chips[name].click()
