"""The menu bar, made of the actions, and the menu of recent files."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget

from hmip_desktop.language import tr
from ui import actions, plain
from ui.actions import Menu
from ui.models.pages_of_case import PageOrder


class RecentFiles(QMenu):
    """The files opened before, asked for afresh each time that it shows."""

    chosen = Signal(str)

    def __init__(self, files: Callable[[], tuple[str, ...]], parent: QWidget) -> None:
        super().__init__(tr("Open &recent"), parent)
        self._files = files
        self.aboutToShow.connect(self._list)

    def _list(self) -> None:
        self.clear()
        for path in self._files():
            action = self.addAction(Path(path).name)
            action.setToolTip(plain.tip(path))
            action.triggered.connect(lambda _=False, path=path: self.chosen.emit(path))
        if self.isEmpty():
            self.addAction(tr("None yet")).setEnabled(False)


def make(
    window: QMainWindow,
    commands: Mapping[str, QAction],
    files: Callable[[], tuple[str, ...]],
    order: str,
) -> RecentFiles:
    """Give a window a new menu bar, in the language of now; its menu of recent files.

    `order` is the order of questions now chosen.
    """
    bar = QMenuBar()
    recent = RecentFiles(files, bar)
    _fill(bar, commands, recent)
    orders = QActionGroup(bar)
    for one in PageOrder:
        orders.addAction(commands[f"by_{one.value}"])
    commands[f"by_{PageOrder(order).value}"].setChecked(True)
    window.setMenuBar(bar)
    bar.show()  # Qt shows only the first one by itself
    return recent


def _fill(bar: QMenuBar, commands: Mapping[str, QAction], recent: QMenu) -> None:
    for menu in Menu:
        made = bar.addMenu(tr(menu.value))
        for does in actions.ALL:
            if does.menu is not menu:
                continue
            if does.begins_group:
                made.addSeparator()
            made.addAction(commands[does.name])
            if does.name == "open":
                made.addMenu(recent)
