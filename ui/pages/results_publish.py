"""What is still open before the results are published, each with a way to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from hmip_desktop.operations.publishing import Checked
from ui.models import publishing
from ui.theme import scaled
from ui.widgets.parts import button, empty, frame, label, margins


class PublishPart(QWidget):
    """The checks; `wanted` tells which one's way was taken."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._ways: list[QPushButton] = []
        self._said = label("", "quiet", wrap=True)
        listed = frame("card")
        self._list = QVBoxLayout(listed)
        margins(self._list, 18, 12, 18, 12, 8)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        layout.addWidget(self._said)
        layout.addWidget(listed)

    def show_checks(self, checks: Sequence[Checked]) -> None:
        """Show what is open and what is not."""
        still_open = publishing.open_count(checks)
        self._said.setText(publishing.summary(still_open))
        self._ways = []
        empty(self._list)
        for one in checks:
            self._list.addLayout(self._line(one))

    def take_focus(self) -> None:
        """Put the focus on the first thing that is open."""
        if self._ways:
            self._ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, one: Checked) -> QHBoxLayout:
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 10)
        sign = label("⚠" if one.is_open else "✓", "problem" if one.is_open else "above")
        sign.setMinimumWidth(scaled(18))
        sign.setAccessibleName(tr("Open") if one.is_open else tr("In order"))
        row.addWidget(sign)
        row.addWidget(label(publishing.sentence(one), wrap=True), 1)
        if one.is_open and one.check in publishing.WAYS:
            text = tr(publishing.WAYS[one.check])
            way = button(text, "link", lambda: self.wanted.emit(one))
            way.setAccessibleName(
                tr("{way}: {sentence}", way=text, sentence=publishing.sentence(one))
            )
            self._ways.append(way)
            row.addWidget(way)
        return row
