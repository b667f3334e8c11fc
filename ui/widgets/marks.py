"""The marks of a case as switches, each with a note once it is on."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from hmip_desktop.casefile.labels import mark_label
from hmip_desktop.language import tr
from hmip_desktop.operations.assess import MARKS
from ui.widgets.fields import TextArea
from ui.widgets.flow import Flow
from ui.widgets.parts import button, margins


class Marks(QWidget):
    """Tells which mark was switched, and with which note; a note waits for its mark to be on."""

    marked = Signal(str, bool, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._chips: dict[str, QPushButton] = {}
        self._notes: dict[str, TextArea] = {}
        chips = Flow()
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 6)
        layout.addLayout(chips)
        for name in MARKS:
            chips.addWidget(self._made_chip(name))
            layout.addWidget(self._made_note(name))

    def show_marks(self, marks: Mapping[str, str], *, read_only: bool) -> None:
        """Show the marks that are on, each with its note."""
        for name in MARKS:
            chip, note, on = self._chips[name], self._notes[name], name in marks
            chip.setChecked(on)
            chip.setText(_said(name, on=on))
            chip.setEnabled(not read_only)
            if on:
                note.show_text(marks[name])
            note.setReadOnly(read_only)
            note.setVisible(on and not (read_only and not marks[name]))

    def parts(self, name: str) -> tuple[QWidget, ...]:
        """Where a mark is seen: its note, when it is on, and its switch."""
        chip, note = self._chips[name], self._notes[name]
        return (chip,) if note.isHidden() else (note, chip)

    def forget(self) -> None:
        """Keep nothing of another case's notes."""
        self.tell()
        for note in self._notes.values():
            note.show_text("")

    def tell(self) -> None:
        """Tell whatever was typed and not told yet."""
        for note in self._notes.values():
            note.tell()

    def _made_chip(self, name: str) -> QPushButton:
        chip = self._chips[name] = button(mark_label(name), "chip")
        chip.setCheckable(True)
        chip.toggled.connect(lambda on: chip.setText(_said(name, on=on)))
        chip.clicked.connect(lambda on: self._switch(name, on=on))
        return chip

    def _made_note(self, name: str) -> TextArea:
        mark = mark_label(name)
        note = self._notes[name] = TextArea(
            tr("Note on the mark {mark}", mark=mark),
            tr("{mark}: what and where", mark=mark),
            read_only=False,
            most_lines=5,
        )
        note.paused.connect(lambda said: self._noted(name, said))
        note.left.connect(lambda: self._chips[name].setFocus(Qt.FocusReason.OtherFocusReason))
        note.hide()
        return note

    def _switch(self, name: str, *, on: bool) -> None:
        self.marked.emit(name, on, self._notes[name].toPlainText() if on else "")

    def _noted(self, name: str, said: str) -> None:
        if self._chips[name].isChecked():
            self.marked.emit(name, True, said)


def _said(name: str, *, on: bool) -> str:
    return ("✓ " if on else "") + mark_label(name)
