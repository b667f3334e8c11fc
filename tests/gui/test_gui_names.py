"""Everything that can take the focus says what it is."""

from pathlib import Path

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget
from pytestqt.qtbot import QtBot

from hmip_desktop.settings import Settings
from ui.dialogs.keys import AboutDialog, KeysDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.unlock import UnlockDialog
from ui.main_window import MainWindow
from ui.widgets.marks import Marks

desk, inspection = gui_desk.desk, gui_desk.inspection


def nameless(root: QWidget) -> list[str]:
    """The controls in the tab order, the visible ones, of which a screen reader knows nothing."""
    found = []
    for one in (root, *root.findChildren(QWidget)):
        in_order = bool(one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        text = one.text() if isinstance(one, QAbstractButton) else ""
        inner = one.objectName().startswith("qt_") or one.focusProxy() is not None
        if in_order and one.isVisible() and not (one.accessibleName() or text or inner):
            found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    return found


def every_page(desk: Desk) -> dict[str, list[str]]:
    desk.window.resize(1280, 800)
    desk.walk("NEW-001")
    marks, key = desk.case.findChild(Marks), desk.case.key
    assert marks is not None
    assert key is not None
    marks._chips["good practice"].click()
    found = {}
    for question in desk.session.form.answerable:
        if question.name in desk.session.assessment(key).state.is_asked:
            desk.case.go_to(question)
            found[question.number] = nameless(desk.window)
    for page in desk.place._pages:
        desk.place.show_page(page)
        found[page] = nameless(desk.window)
    return {page: there for page, there in found.items() if there}


def test_on_every_page_of_an_assessor(desk: Desk) -> None:
    assert every_page(desk) == {}


def test_on_every_page_of_the_lead(desk: Desk) -> None:
    desk.open(desk.lead)
    assert every_page(desk) == {}


def test_on_the_first_page_and_while_it_is_locked(desk: Desk) -> None:
    desk.window.commands["lock"].trigger()
    assert nameless(desk.window) == []
    desk.window.close_file()
    assert nameless(desk.window) == []


@pytest.mark.parametrize("name", ["keys", "about", "settings", "unlock"])
def test_in_every_dialog(
    name: str, qtbot: QtBot, inspection: tuple[Path, Path], home: Path
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    made: dict[str, QDialog] = {
        "keys": KeysDialog(window),
        "about": AboutDialog(window),
        "settings": SettingsDialog(Settings(), ("default", "Welsh (cy)"), window),
        "unlock": UnlockDialog(inspection[1], window),
    }
    made[name].show()
    assert nameless(made[name]) == []
