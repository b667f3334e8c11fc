"""Everything that can take the focus tells a screen reader what it is."""

from collections.abc import Iterator
from pathlib import Path

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from hmip_desktop.settings import Settings
from ui import messages
from ui.dialogs.about import AboutDialog
from ui.dialogs.aggregate import AggregateDialog
from ui.dialogs.aggregate_passphrase import AggregatePassphraseDialog
from ui.dialogs.ask import AskDialog
from ui.dialogs.find import FindDialog
from ui.dialogs.guide import GuideWindow
from ui.dialogs.new_inspection import NewInspectionDialog
from ui.dialogs.safe import SafeDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.unlock import UnlockDialog
from ui.dialogs.update import UpdateDialog
from ui.main_window import MainWindow
from ui.pages.results_workbook import Wanted, WorkbookDialog
from ui.widgets.choices import RadioRow

desk, inspection = gui_desk.desk, gui_desk.inspection
_SAYS_NOTHING = (QAccessible.Role.NoRole, QAccessible.Role.Client)
# What is read and scrolled has no role of its own in Qt; its name says what it is.
_AREAS = ("Guidance", "QScrollArea")


def within(root: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """What a screen reader finds in a window that is on the screen: all of it, inside out."""
    for number in range(root.childCount()):
        child = root.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield child
            yield from within(child)


def nameless(root: QWidget) -> list[str]:
    """The controls that can take the focus, of which a screen reader cannot say what they are."""
    QApplication.processEvents()
    found = []
    for one in within(QAccessible.queryAccessibleInterface(root)):
        name = one.text(QAccessible.Text.Name).strip()
        kind = one.object().metaObject().className() if one.object() else "a part"
        says_nothing = one.role() in _SAYS_NOTHING and kind not in _AREAS
        is_empty = not name and one.role() is not QAccessible.Role.Cell  # a cell may hold nothing
        if one.state().focusable and (is_empty or says_nothing):
            found.append(f"{kind}, {one.role().name}, {name!r}")
    return found


def every_page(desk: Desk) -> dict[str, list[str]]:
    found = {}
    for page in gui_desk.each_page(desk):
        if page == "step 1":  # with a table on its way in, which cannot be used
            source = desk.place.set_up_page.sample.source
            source.read_file(desk.lead.with_name("team.csv"))
        found[page] = nameless(desk.window)
    return {page: there for page, there in found.items() if there}


def test_a_screen_reader_finds_the_controls_of_a_window(desk: Desk) -> None:
    desk.walk("NEW-001")
    roles = {
        one.role()
        for one in within(QAccessible.queryAccessibleInterface(desk.window))
        if one.state().focusable
    }
    wanted = (
        QAccessible.Role.RadioButton,
        QAccessible.Role.Button,
        QAccessible.Role.List,
        QAccessible.Role.EditableText,
    )
    assert roles.issuperset(wanted)


def test_a_choice_is_one_of_several(desk: Desk) -> None:
    desk.walk("NEW-001")
    first = desk.case.findChildren(RadioRow)[0]
    heard = QAccessible.queryAccessibleInterface(first)
    assert heard.role() is QAccessible.Role.RadioButton
    first.click()
    first.click()
    assert heard.state().checked


def test_a_control_without_a_name_would_be_found(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    QLineEdit(page)
    odd = QWidget(page)
    odd.setAccessibleName("Something")
    odd.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.show()
    assert nameless(page) == ["QLineEdit, EditableText, ''", "QWidget, Client, 'Something'"]


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


@pytest.mark.parametrize(
    "name", ["guide", "about", "update", "settings", "unlock", "new", "several", "key"]
)
def test_in_every_dialog_without_a_file(
    name: str, qtbot: QtBot, inspection: tuple[Path, Path], home: Path
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    made: dict[str, QDialog] = {
        "guide": GuideWindow(window),
        "about": AboutDialog(window),
        "update": UpdateDialog(None, "", window),
        "settings": SettingsDialog(Settings(backups="/a/stick"), ("default",), window),
        "unlock": UnlockDialog(inspection[1], window),
        "new": NewInspectionDialog("", window),
        "several": AggregateDialog("", None, window),
        "key": AggregatePassphraseDialog(inspection[1], lambda *_: None, window),
    }
    made[name].show()
    assert nameless(made[name]) == []


@pytest.mark.parametrize("name", ["ask", "find", "safe", "reason", "workbook"])
def test_in_every_dialog_over_a_case(name: str, desk: Desk) -> None:
    desk.walk("NEW-001")
    question = desk.session.form.answerable[0]
    made: dict[str, QDialog] = {
        "ask": AskDialog("NEW-001", "Inspector 1", question, "default", desk.window),
        "find": FindDialog(desk.session, desk.case.key, "default", desk.window),
        "safe": SafeDialog(desk.session, "", lambda _: "", desk.window),
        "reason": messages.WhyDialog(desk.window, "Why is NEW-001 opened again?", "Reopen"),
        "workbook": WorkbookDialog(desk.session.reading, Wanted(), desk.window),
    }
    dialog = made[name]
    dialog.show()
    if isinstance(dialog, FindDialog):
        dialog.look_for("report")
    assert nameless(dialog) == []
    dialog.close()


def test_in_a_message(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[list[str]] = []

    def look(box: QMessageBox) -> int:
        box.show()
        found.append(nameless(box))
        box.close()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look)
    desk.walk("NEW-001")
    desk.window.commands["pdf"].trigger()
    messages.tell(desk.window, "The disk is full.")
    assert found == [[], []]
