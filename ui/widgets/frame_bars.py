"""The bar at the top of the window, with its tabs, and the one at the bottom."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.language import tr
from ui import plain
from ui.theme import scaled
from ui.widgets.parts import button, empty, label, margins
from ui.widgets.saved_line import SavedLine


class TopBar(QFrame):
    """The inspection, the tabs, and whose file it is."""

    tab_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "top")
        self._title = label("", "brand")
        self._owner = label("", "quiet")
        self._tabs = QHBoxLayout()
        margins(self._tabs, 0, 0, 0, 0, 4)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        margins(layout, 20, 6, 20, 6, 16)
        layout.addWidget(self._title)
        layout.addSpacing(scaled(16))
        layout.addLayout(self._tabs)
        layout.addStretch(1)
        layout.addWidget(self._owner)

    def show_file(self, title: str, owner: str, tabs: Sequence[tuple[str, str]]) -> None:
        """Show an open file; `tabs` are names in the code and on screen."""
        self._title.setText(title)
        self._owner.setText(owner)
        empty(self._tabs)
        for name, text in tabs:
            tab = button(text, "tab")
            tab.setObjectName(name)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)  # a screen reader says: one of several
            tab.clicked.connect(lambda _=False, name=name: self.tab_wanted.emit(name))
            self._group.addButton(tab)
            self._tabs.addWidget(tab)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all, the tabs stay: first the owner goes, then the title."""
        super().resizeEvent(event)
        room = event.size().width() - scaled(40 + 3 * 16)
        for part in (self._owner, self._title):
            part.setVisible(True)
        for part in (self._owner, self._title):
            parts = (one for one in (self._title, self._owner) if not one.isHidden())
            wanted = self._tabs.sizeHint().width() + sum(one.sizeHint().width() for one in parts)
            if wanted > room:
                part.hide()

    def minimumSizeHint(self) -> QSize:
        """The tabs alone."""
        return QSize(self._tabs.sizeHint().width() + scaled(40), super().minimumSizeHint().height())

    def show_tab(self, name: str) -> None:
        """Mark the tab of the page on screen."""
        for tab in self._group.buttons():
            if tab.objectName() == name:
                tab.setChecked(True)


class BottomBar(QFrame):
    """Whether everything is saved; and what the page on screen puts at the right.

    What is not saved is said above the rest, with what can be done about it. Where there is no
    room for the page's own buttons beside it, they get a line of their own.
    """

    elsewhere_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bottom")
        self.setMinimumHeight(scaled(46))
        self._saved = label("", "small", wrap=True)
        self._saved.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._file = label("", "small")
        self._written = SavedLine()
        self._about_saving = self._aside = ""
        self._page: QWidget | None = None
        self._ways: QWidget | None = None
        self._line = QHBoxLayout()
        margins(self._line, 0, 0, 0, 0, 16)
        self._line.addWidget(self._saved, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self._file, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        margins(self._row, 0, 0, 0, 0, 6)
        self._row.addLayout(self._line, 1)
        layout = QVBoxLayout(self)
        margins(layout, 20, 5, 20, 5, 6)
        layout.addWidget(self._made_warning())
        layout.addWidget(self._written)
        layout.addLayout(self._row, 1)

    @property
    def saved_text(self) -> str:
        """What it says about saving."""
        return self.problem or self._saved.text()

    def say_aside(self, text: str) -> None:
        """Say something beside what is said of saving; empty takes it away."""
        self._aside = text
        self._show_said()

    @property
    def problem(self) -> str:
        """Why something is not saved; empty when everything is."""
        return self._problem.text()

    def say_saved(self, text: str) -> None:
        """Say that everything is saved."""
        self._about_saving = text
        self._show_said()
        self._warn("")

    def say_not_saved(self, text: str) -> None:
        """Say that something is not saved, and why."""
        self._about_saving = ""
        self._show_said()
        self._warn(text)

    def _show_said(self) -> None:
        said = "   ".join(filter(None, (self._about_saving, self._aside)))
        self._saved.setText(said)
        self._saved.setToolTip(plain.tip(said))

    def say_written(self, path: Path | None) -> None:
        """Say where something was written, with the ways to it; None takes it away again."""
        if path is None:
            self._written.clear()
            return
        said = tr("✓ Saved as {file} in {folder}.", file=path.name, folder=path.parent)
        self._written.say(said, path)

    def _made_warning(self) -> QWidget:
        self._problem = label("", "problem", wrap=True)
        elsewhere = button(tr("Save elsewhere..."), "", self.elsewhere_wanted.emit)
        elsewhere.setToolTip(
            tr("Save everything, with what you typed last, in a file on another disk or stick")
        )
        self._warning = QWidget()
        self._warning.setProperty("role", "clear")
        row = QHBoxLayout(self._warning)
        margins(row, 0, 3, 0, 3, 16)
        row.addWidget(self._problem, 1)
        row.addWidget(elsewhere)
        self._warning.hide()
        return self._warning

    def _warn(self, text: str) -> None:
        self._problem.setText(text)
        self._warning.setVisible(bool(text))

    def say_file(self, text: str) -> None:
        """Say which file it is."""
        self._file.setText(text)

    def show_page(self, widget: QWidget | None, ways: QWidget | None = None) -> None:
        """Put a page's own buttons at the right, instead of the file's name.

        `ways` are those that lead away from the page; they stay beside what is said of saving,
        and the page itself shows or hides what is in them.
        """
        for old, new in ((self._page, widget), (self._ways, ways)):
            if old is not None and old is not new:
                old.hide()
        self._page, self._ways = widget, ways
        self._file.setVisible(widget is None)
        if ways is not None:
            self._line.addWidget(ways)
            ways.show()
        if widget is not None:
            self._row.addWidget(widget)
            widget.show()
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Other words or other buttons need other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or less."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Put the page's buttons beside what is said of saving, or below it."""
        shown = [one for one in (self._ways, self._page) if one is not None]
        said = self._saved.fontMetrics().horizontalAdvance(self._saved.text())
        wanted = said + sum(one.sizeHint().width() + scaled(16) for one in shown)
        beside = wanted <= self.width() - scaled(40)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if beside else down)
