"""The menu bar, made of the actions, and the menu of recent files."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui import actions
from ui.actions import Menu
from ui.models.pages_of_case import PageOrder


class RecentFiles(QMenu):
    """The files opened before, asked for afresh each time that it shows."""

    chosen = Signal(str)

    def __init__(self, files: Callable[[], tuple[str, ...]], parent: QWidget) -> None:
        super().__init__("Open &recent", parent)
        self._files = files
        self.aboutToShow.connect(self._list)

    def _list(self) -> None:
        self.clear()
        for path in self._files():
            action = self.addAction(Path(path).name)
            action.setToolTip(path)
            action.triggered.connect(lambda _=False, path=path: self.chosen.emit(path))
        if self.isEmpty():
            self.addAction("None yet").setEnabled(False)


def fill(bar: QMenuBar, commands: Mapping[str, QAction], recent: QMenu, order: str) -> None:
    """Put every action into its menu; `order` is the order of questions now chosen."""
    for menu in Menu:
        made = bar.addMenu(menu.value)
        for does in actions.ALL:
            if does.menu is not menu:
                continue
            if does.begins_group:
                made.addSeparator()
            made.addAction(commands[does.name])
            if does.name == "open":
                made.addMenu(recent)
    orders = QActionGroup(bar)
    for one in PageOrder:
        orders.addAction(commands[f"by_{one.value}"])
    commands[f"by_{PageOrder(order).value}"].setChecked(True)
