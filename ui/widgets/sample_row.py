"""What the sample says of a question, with a button that takes it as the answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hmip_desktop.language import tr
from ui.widgets.page_state import SampleSays
from ui.widgets.parts import button, label, margins, restyle

KEY = "Ctrl+T"


class SampleRow(QWidget):
    """Tells that it is to be used: nothing is filled in before somebody has looked."""

    used = Signal()

    def __init__(self, *, read_only: bool) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._read_only = read_only
        self._text = label("", "small", wrap=True)
        self._use = button(tr("Use it"), "", self.used.emit)
        self._use.setToolTip(KEY)
        self._badge = label(KEY, "badge")
        layout = QHBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 10)
        layout.addWidget(self._text, 1)
        for part in (self._use, self._badge):
            # What is below stays where it is when there is nothing to take any more.
            keeps = part.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)
            part.setSizePolicy(keeps)
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_says(self, says: SampleSays) -> None:
        """Show what the sample says, and the button where there is something to take."""
        self._text.setText(says.text)
        restyle(self._text, "below" if says.differs else "small")
        self._use.setAccessibleName(tr("Use it: {said}", said=says.text))
        for part in (self._use, self._badge):
            part.setVisible(bool(says.answer) and not self._read_only)

    @property
    def text(self) -> str:
        """The sentence on screen."""
        return self._text.text()

    @property
    def can_be_used(self) -> bool:
        """Whether there is something to take."""
        return not self._use.isHidden()
