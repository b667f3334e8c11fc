"""The marks of a case as switches, each with a note once it is on."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from hmip_desktop.casefile.labels import mark_label
from hmip_desktop.language import tr
from hmip_desktop.operations.assess import MARKS, URGENT
from ui.widgets.fields import TextArea
from ui.widgets.flow import Flow
from ui.widgets.parts import button, label, margins


class Marks(QWidget):
    """Tells which mark was switched, and with which note; a note waits for its mark to be on.

    `opened` tells the mark whose note is to be written now.
    """

    marked = Signal(str, bool, str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._chips: dict[str, QPushButton] = {}
        self._notes: dict[str, TextArea] = {}
        # A mark calls nobody: it travels with the file.
        self._not_told = label(
            tr(
                "⚠ Your lead sees this only after you hand in. If somebody may be in danger "
                "today, tell your lead now."
            ),
            "below",
            wrap=True,
        )
        self._not_told.hide()
        chips = Flow()
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 6)
        layout.addLayout(chips)
        for name in MARKS:
            chips.addWidget(self._made_chip(name))
            layout.addWidget(self._made_note(name))
            if name == URGENT:
                layout.addWidget(self._not_told)

    def show_marks(
        self, marks: Mapping[str, str], *, read_only: bool, for_lead: bool = False
    ) -> None:
        """Show the marks that are on, each with its note; `for_lead` to whom they are meant."""
        for name in MARKS:
            chip, note, on = self._chips[name], self._notes[name], name in marks
            chip.setChecked(on)
            chip.setText(_said(name, on=on))
            chip.setEnabled(not read_only)
            if on:
                note.show_text(marks[name])
            note.setReadOnly(read_only)
            note.setVisible(on and not (read_only and not marks[name]))
        self._not_told.setVisible(URGENT in marks and not (read_only or for_lead))

    def parts(self, name: str) -> tuple[QWidget, ...]:
        """Where a mark is seen: its note, when it is on, and its switch."""
        chip, note = self._chips[name], self._notes[name]
        said = (self._not_told,) if name == URGENT and not self._not_told.isHidden() else ()
        return (*said, chip) if note.isHidden() else (*said, note, chip)

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
        if not self._notes[name].isHidden():
            self._notes[name].setFocus(Qt.FocusReason.OtherFocusReason)
            self.opened.emit(name)

    def _noted(self, name: str, said: str) -> None:
        if self._chips[name].isChecked():
            self.marked.emit(name, True, said)


def _said(name: str, *, on: bool) -> str:
    return ("✓ " if on else "") + mark_label(name)
