"""What the program says about itself."""

import getpass
from pathlib import Path

import gui_desk
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from hmip_desktop import __version__
from ui.dialogs.about import AboutDialog, LicencesView
from ui.main_window import MainWindow

desk, inspection = gui_desk.desk, gui_desk.inspection


def words(dialog: AboutDialog) -> set[str]:
    return {one.text() for one in dialog.findChildren(QLabel)}


def test_it_tells_the_versions_and_the_form_that_is_open(desk: Desk) -> None:
    form = desk.session.form
    told: set[str] = set()

    def read(dialog: AboutDialog) -> None:
        told.update(words(dialog))
        dialog.accept()

    failed = gui_desk.in_dialog(AboutDialog, read)
    desk.window.commands["about"].trigger()
    assert not failed
    assert {__version__, "SQLCipher", "OpenSSL", f"{form.form_id} {form.version}".strip()} <= told


def test_without_a_file_there_is_no_form(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    assert "Form" not in words(AboutDialog(window))


def test_a_licence_is_found_by_typing(desk: Desk) -> None:
    dialog = AboutDialog(desk.window)
    dialog.show()
    dialog.show_licences()
    view = dialog.findChild(LicencesView)
    box = dialog.findChild(QLineEdit)
    assert view is not None
    assert box is not None
    QTest.keyClicks(box, "SQLCipher")
    assert [line.split()[0] for line in view.lines] == ["SQLCipher", "sqlcipher3"]
    assert "ZETETIC" in view.text
    QTest.keyClicks(box, " nothing is called so")
    assert view.lines == []
    assert view.text == ""


def test_the_details_for_support_hold_nothing_of_cases_or_people(desk: Desk) -> None:
    dialog = AboutDialog(desk.window, desk.session.form)
    dialog.show()
    copy = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Copy details")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == dialog.details
    assert f"HMIP Desktop: {__version__}" in copied.splitlines()
    private = (
        desk.session.title,
        desk.session.owner,
        "NEW-001",
        str(Path.home()),
        getpass.getuser(),
    )
    assert not [one for one in private if one and one in copied]
