"""Where a passphrase is typed: the line, the switch that shows it, and what is wrong."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from ui.theme import scaled
from ui.widgets.parts import button, label, margins
from ui.widgets.passphrase_field import PassphraseField


class PassphraseBox(QWidget):
    """Asks for the passphrase of the inspection; whoever shows it tries it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.line = PassphraseField()
        self.line.textEdited.connect(lambda _: self.say(""))
        self.line.caps_lock_changed.connect(self._say_caps_lock)
        self.show_button = button(tr("Show"))
        self.show_button.setCheckable(True)
        self.show_button.setAutoDefault(False)
        self.show_button.setAccessibleName(tr("Show the passphrase"))
        self.show_button.toggled.connect(self._show_or_hide)
        self._caps = label(tr("Caps Lock is on."), "small")
        self._caps.hide()
        self._problem = label("", "problem", wrap=True)
        self._problem.setMinimumHeight(scaled(40))
        self._problem.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    @property
    def problem(self) -> str:
        """What stands in the way, in words."""
        return self._problem.text()

    @property
    def says_caps_lock(self) -> bool:
        """Whether it says that Caps Lock is on."""
        return not self._caps.isHidden()

    def say(self, sentence: str) -> None:
        """Say what stands in the way; the passphrase can be mended at once."""
        self._problem.setText(sentence)
        self.line.setProperty("wrong", bool(sentence))
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def try_again(self, sentence: str) -> None:
        """Say what was wrong with it, and wait for another."""
        self.say(sentence)
        self.take_focus()
        self.line.selectAll()

    def clear(self) -> None:
        """Keep nothing of what was typed."""
        self.line.clear()
        self.show_button.setChecked(False)
        self.say("")

    def take_focus(self) -> None:
        """Put the focus where it is typed."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        caption = label(tr("Passphrase of the inspection"), "heading")
        caption.setBuddy(self.line)
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 8)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 8)
        layout.addWidget(caption)
        layout.addLayout(row)
        layout.addWidget(self._caps)
        layout.addWidget(self._problem)

    def _say_caps_lock(self, on: bool) -> None:
        self._caps.setVisible(on)

    def _show_or_hide(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.show_button.setText(tr("Hide") if shown else tr("Show"))
