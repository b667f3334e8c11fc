"""People set the window up for themselves; it locks when nobody works."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import gui_desk
import polib
import pytest
from gui_desk import WORDS, Desk
from PySide6.QtCore import QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hmip_desktop import language, paths
from hmip_desktop import settings as settings_file
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.settings import Settings
from ui import messages, theme
from ui.dialogs.ask import AskDialog
from ui.dialogs.find import FindDialog
from ui.dialogs.guide import GuideWindow
from ui.dialogs.safe import SafeDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.unlock import UnlockDialog
from ui.main_window import MainWindow
from ui.pages.locked import LockedPage
from ui.waiting_dialog import WaitingDialog
from ui.widgets.outline import Outline
from ui.widgets.passphrase_box import PassphraseBox

desk, inspection = gui_desk.desk, gui_desk.inspection
CTRL = Qt.KeyboardModifier.ControlModifier


def test_settings_hold_at_once_and_the_user_stays_at_the_question(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_Down, CTRL)
    before = desk.in_hand

    def choose(dialog: SettingsDialog) -> int:
        dialog.text_size.setValue(120)
        dialog.appearance.setCurrentIndex(dialog.appearance.findData("dark"))
        dialog.order.setCurrentIndex(dialog.order.findData("journey"))
        dialog.lock_after.setValue(0)
        return int(SettingsDialog.DialogCode.Accepted)

    monkeypatch.setattr(SettingsDialog, "exec", choose)
    desk.window.commands["settings"].trigger()
    assert desk.in_hand == before
    assert theme.colours() is theme.DARK
    assert theme.scaled(100) == 120
    assert desk.window.commands["by_journey"].isChecked()
    kept = settings_file.load()
    assert (kept.appearance, kept.order, kept.lock_after) == ("dark", "journey", 0)
    assert not desk.window.locking.idle.is_watching
    desk.window.use_settings(Settings())
    assert theme.colours() is not theme.DARK


def test_a_dialog_that_is_left_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.window.settings
    monkeypatch.setattr(SettingsDialog, "exec", lambda _: 0)
    desk.window.commands["settings"].trigger()
    assert desk.window.settings == before


WELSH_SURVEY = """\
,type,name,label,label::Welsh (cy),guidance_hint,guidance_hint::Welsh (cy),relevant,\
bind::hmip:criteria,bind::hmip:scored
,begin_group,s1,Assisting sentencing,Cynorthwyo dedfrydu,,,,,
,begin_group,c1_1,Assessment,Asesu,,,,,
,select_one yn,q1_1_01,Was there a report?,A oedd adroddiad?,Look.,Edrychwch.,,1.1,yes
,select_one yn,q1_1_02,Was it on time?,A oedd yn brydlon?,,,${q1_1_01} = 'yes',1.1,yes
,end_group,c1_1,,,,,,,
,end_group,s1,,,,,,,
"""


def test_the_walk_speaks_welsh_at_once(
    qtbot: QtBot, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gui_desk, "SURVEY", WELSH_SURVEY)
    window = MainWindow()
    qtbot.addWidget(window)
    desk = Desk(qtbot, window, *gui_desk.made_inspection(tmp_path))
    desk.open(desk.own)
    window.show()
    desk.walk("NEW-001")
    window.use_settings(Settings(language="Welsh (cy)"))
    desk.case.column.toggle_not_asked()
    said = " ".join(one.text() for one in desk.case.findChildren(QLabel))
    for text in ("1.1 Asesu", "A oedd adroddiad?", "A oedd yn brydlon?", "Edrychwch."):
        assert text in said
    outline = desk.case.findChild(Outline)
    assert outline is not None
    rows = [outline.model().index(row, 0).data() for row in range(2)]
    assert rows == ["1 Cynorthwyo dedfrydu", "1.1 Asesu"]
    window.close()


def test_every_language_is_offered_in_its_own_words(desk: Desk) -> None:
    for spoken in ((), ("default",), ("Cymraeg (cy)", "default", "Polski (pl)")):
        dialog = SettingsDialog(Settings(), spoken)
        desk.bot.addWidget(dialog)
        texts = [dialog.language.itemText(row) for row in range(dialog.language.count())]
        assert texts[:2] == ["English", "Cymraeg (drafft)"]
        assert texts[2:] == ["Polski (pl)"] * ("Polski (pl)" in spoken)
        dialog.language.setCurrentIndex(1)
        assert language.code_of(dialog.chosen.language) == "cy"


WELSH_WORDS = {
    "&File": "&Ffeil",
    "&Undo answer": "&Dadwneud ateb",
    "Open &recent": "Agor &diweddar",
    "My cases": "Fy achosion",
    "Keys": "Bysellau",
    "Cancel": "Canslo",
    "OK": "Iawn",
    "Select All": "Dewis popeth",
    "Opened before": "Agorwyd o’r blaen",
    "1 to 9": "1 i 9",
}


@pytest.fixture
def welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program with a catalogue of Welsh that this story knows."""
    bundle = tmp_path / "bundle"
    shutil.copytree(paths.resources(), bundle / "resources")
    catalogue = polib.POFile(encoding="utf-8")
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    catalogue.extend(polib.POEntry(msgid=one, msgstr=WELSH_WORDS[one]) for one in WELSH_WORDS)
    catalogue.save(str(bundle / "resources" / "locale" / "cy.po"))
    monkeypatch.setattr(sys, "_MEIPASS", str(bundle), raising=False)


def menus_of(desk: Desk) -> list[str]:
    return [action.text() for action in desk.window.menuBar().actions()]


def texts_of(root: QWidget, kind: type[QLabel] | type[QPushButton]) -> list[str]:
    return [one.text() for one in root.findChildren(kind)]


def test_the_whole_window_speaks_welsh_at_once(desk: Desk, welsh: None) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Down, CTRL)
    desk.press(Qt.Key.Key_E, CTRL)
    desk.type("Half a thou")
    before, title = desk.in_hand, desk.window.windowTitle()

    desk.window.use_settings(Settings(language="Welsh (cy)"))
    assert menus_of(desk)[0] == "&Ffeil"
    assert desk.window.menuBar().isVisible()
    assert desk.window.commands["undo"].text() == "&Dadwneud ateb"
    assert "Agor &diweddar" in [one.title() for one in desk.window.menuBar().findChildren(QMenu)]
    assert "Fy achosion" in texts_of(desk.place, QPushButton)
    assert desk.in_hand == before
    assert desk.window.windowTitle() == title
    assert desk.window.locale().language() is QLocale.Language.Welsh
    assert desk.in_file("NEW-001").notes == {"q1_1_03": "Half a thou"}
    guide = GuideWindow(desk.window)
    guide.show_place("keys.md")
    assert "1 i 9" in guide.text.toPlainText()
    box = QMessageBox(desk.window)
    box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
    assert set(texts_of(box, QPushButton)) == {"Iawn", "Canslo"}
    line = QLineEdit("a")
    desk.bot.addWidget(line)
    assert any("Dewis popeth" in one.text() for one in line.createStandardContextMenu().actions())

    desk.press(Qt.Key.Key_Z, CTRL)  # the note
    desk.press(Qt.Key.Key_Z, CTRL)  # the answer
    assert desk.in_file("NEW-001").answers == {}

    desk.window.use_settings(Settings())
    assert menus_of(desk)[0] == "&File"
    assert desk.window.commands["undo"].text() == "&Undo answer"
    assert desk.window.locale() == QLocale.system()


def test_a_switched_window_keeps_its_keys_menus_and_lock(desk: Desk, welsh: None) -> None:
    desk.window.use_settings(Settings(language="Welsh (cy)", order="journey"))
    assert desk.window.commands["by_journey"].isChecked()
    desk.window.commands["by_section"].trigger()
    assert not desk.window.commands["by_journey"].isChecked()
    desk.window.commands["lock"].trigger()
    shown = [one for one in desk.window.menuBar().findChildren(QMenu) if "diweddar" in one.title()]
    assert [one.menuAction().isEnabled() for one in shown] == [False]
    desk.window.locking.forget()


def test_the_window_begins_in_the_language_of_its_user(
    qtbot: QtBot, welsh: None, tmp_path: Path
) -> None:
    opened = tmp_path / "opened before.hmip"
    opened.touch()
    settings_file.save(Settings(language="Welsh (cy)").with_recent(opened))
    window = MainWindow()
    qtbot.addWidget(window)
    assert "Agorwyd o’r blaen" in texts_of(window, QLabel)
    assert window.menuBar().actions()[0].text() == "&Ffeil"
    window.close_file()
    window.use_settings(Settings())
    assert "Opened before" not in texts_of(window, QLabel)  # nothing is remembered any more
    assert window.menuBar().actions()[0].text() == "&File"


def test_copies_are_kept_where_the_user_wants_them(
    desk: Desk, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, said = tmp_path / "stick", list[str]()
    stick.mkdir()
    monkeypatch.setattr(messages, "refused", lambda _, refusal: said.append(refusal.code))

    def choose(dialog: SettingsDialog) -> int:
        assert dialog.copies == str(home / "backups")
        dialog.keep_copies_in(tmp_path / "not there")
        assert said == ["disk"]
        assert dialog.copies == str(home / "backups")
        dialog.keep_copies_in(stick)
        assert dialog.copies == str(stick)
        return int(SettingsDialog.DialogCode.Accepted)

    monkeypatch.setattr(SettingsDialog, "exec", choose)
    desk.window.commands["settings"].trigger()
    assert settings_file.load().backups == str(stick)
    safe = SafeDialog(desk.session, "", lambda _: "", desk.window)
    assert safe.is_safe
    assert any(str(stick) in text for text in texts_of(safe, QLabel))
    (copy,) = stick.iterdir()
    with open_case_file(copy, Passphrase(WORDS), write=False) as document:
        assert document.about.owner == desk.session.reading.document.about.owner

    def go_back(dialog: SettingsDialog) -> int:
        (usual,) = [one for one in dialog.findChildren(QPushButton) if "usual" in one.text()]
        usual.click()
        assert not usual.isEnabled()
        return int(SettingsDialog.DialogCode.Accepted)

    monkeypatch.setattr(SettingsDialog, "exec", go_back)
    desk.window.commands["settings"].trigger()
    assert settings_file.load().backups == ""


def test_a_stick_pulled_out_is_said_once_and_costs_no_copy(
    desk: Desk, tmp_path: Path, home: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.window.use_settings(Settings().with_backups(stick))
    stick.rmdir()
    desk.window.close_file()
    desk.open(desk.own)
    assert str(stick) in desk.place.saved_text
    assert desk.place.unsaved == ""
    desk.window.commands["larger"].trigger()
    pages = desk.place
    desk.bot.waitUntil(lambda: desk.place is not pages)
    assert str(stick) not in desk.place.saved_text
    safe = SafeDialog(desk.session, "", lambda _: "", desk.window)
    assert any(str(home / "backups") in text for text in texts_of(safe, QLabel))
    assert safe.is_safe
    assert not stick.exists()


def test_an_idle_window_locks_and_the_passphrase_leads_back(desk: Desk) -> None:
    desk.walk("NEW-002")
    desk.press(Qt.Key.Key_E, CTRL)
    desk.type("Seen before lunch.")
    question = desk.in_hand
    assert desk.window.locking.idle.is_watching
    desk.window.locking.idle.passed.emit()

    page = desk.window.centralWidget()
    assert isinstance(page, LockedPage)
    assert desk.in_file("NEW-002").notes == {"q1_1_01": "Seen before lunch."}
    said = " ".join(one.text() for one in desk.window.findChildren(QLabel) if one.isVisible())
    assert "NEW-002" not in said + desk.window.windowTitle()
    assert "Newtown" not in said + desk.window.windowTitle()
    assert not desk.window.commands["undo"].isEnabled()
    assert not desk.window.commands["larger"].isEnabled()

    desk.type("not these words")
    desk.press(Qt.Key.Key_Return)
    assert "not the passphrase" in page.problem
    desk.focus.setProperty("text", WORDS)
    desk.press(Qt.Key.Key_Return)
    assert desk.window.centralWidget() is desk.place
    assert not desk.window.locking.is_locked
    assert desk.in_hand == question
    assert desk.window.commands["undo"].isEnabled()
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_1)
    assert desk.in_file("NEW-002").answers == {"q1_1_01": "yes"}


def in_dialog(kind: type[QDialog], does: Callable[[QDialog], None]) -> list[BaseException]:
    """Do something as soon as a dialog has come up; whatever is wrong is given back."""
    wrong: list[BaseException] = []

    def when_it_is_up() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind):
            QTimer.singleShot(10, when_it_is_up)
            return
        try:
            does(dialog)
        except BaseException as error:  # noqa: BLE001  it would vanish in the event loop
            wrong.append(error)
            dialog.reject()

    QTimer.singleShot(0, when_it_is_up)
    return wrong


def on_screen() -> str:
    """All that can be read on any window."""
    found: list[str] = []
    for one in QApplication.allWidgets():
        if one.isVisible() and isinstance(one, QLabel | QPushButton):
            found.append(one.text())
        elif one.isVisible() and isinstance(one, QPlainTextEdit):
            found.append(one.toPlainText())
        elif one.isVisible() and isinstance(one, QLineEdit):
            found.append(one.text())
        if one.isWindow() and one.isVisible():
            found.append(one.windowTitle())
    return " ".join(found)


def lock_and_come_back(desk: Desk, dialog: QDialog, written: str) -> None:
    """The window locks over a dialog in which somebody writes, and is unlocked."""
    assert written in on_screen()
    desk.window.locking.idle.passed.emit()
    assert isinstance(desk.window.centralWidget(), LockedPage)
    assert dialog.isHidden()
    assert written not in on_screen()
    assert "NEW-001" not in on_screen()
    assert QApplication.activeModalWidget() is None
    page = desk.window.centralWidget()
    assert isinstance(page, LockedPage)
    desk.window.activateWindow()
    page.take_focus()
    desk.focus.setProperty("text", WORDS)
    desk.press(Qt.Key.Key_Return)
    assert desk.window.centralWidget() is desk.place
    assert QApplication.activeModalWidget() is dialog
    assert written in on_screen()


def test_a_query_half_written_waits_out_the_lock_and_can_be_sent(desk: Desk) -> None:
    desk.open(desk.lead)
    desk.walk("NEW-001")

    def write(dialog: QDialog) -> None:
        editor = dialog.findChild(QPlainTextEdit)
        assert editor is not None
        QTest.keyClicks(editor, "Which report?")
        lock_and_come_back(desk, dialog, "Which report?")
        dialog.accept()

    wrong = in_dialog(AskDialog, write)
    desk.window.commands["ask"].trigger()
    assert wrong == []
    (query,) = desk.in_file("NEW-001").queries
    assert query.text == "Which report?"


def test_a_reason_half_written_waits_out_the_lock(desk: Desk) -> None:
    desk.walk("NEW-001")
    key = desk.case.key
    assert key is not None
    for name, value in (("q1_1_01", "yes"), ("q1_1_03", "no"), ("q2_1_03", "yes")):
        assert desk.session.answer(key, name, value) is None
    assert desk.session.sign_off(key) is None
    desk.walk("NEW-001")

    def write(dialog: QDialog) -> None:
        editor = dialog.findChild(QPlainTextEdit)
        assert editor is not None
        QTest.keyClicks(editor, "A page was missing")
        lock_and_come_back(desk, dialog, "A page was missing")
        dialog.accept()

    wrong = in_dialog(messages.WhyDialog, write)
    desk.case.reopen()
    assert wrong == []
    assert not desk.in_file("NEW-001").signed_off


def test_words_looked_for_wait_out_the_lock(desk: Desk) -> None:
    desk.walk("NEW-001")

    def write(dialog: QDialog) -> None:
        assert isinstance(dialog, FindDialog)
        dialog.look_for("report")
        assert dialog.lines
        lock_and_come_back(desk, dialog, "report")
        assert dialog.lines
        dialog.reject()

    wrong = in_dialog(FindDialog, write)
    desk.window.commands["find_text"].trigger()
    assert wrong == []


def test_a_window_closed_while_locked_leaves_the_waiting_dialog(desk: Desk) -> None:
    desk.open(desk.lead)
    desk.walk("NEW-001")

    def close(dialog: QDialog) -> None:
        desk.window.locking.idle.passed.emit()
        assert dialog.isHidden()
        desk.window.close()

    wrong = in_dialog(WaitingDialog, close)
    desk.window.commands["ask"].trigger()
    assert wrong == []
    assert desk.window.session is None
    assert not desk.window.locking.is_locked


def test_a_locked_window_can_be_closed(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.window.commands["lock"].trigger()
    assert desk.window.locking.is_locked
    desk.window.close()
    assert not desk.window.locking.is_locked
    assert desk.window.session is None


def test_work_begins_the_time_anew(desk: Desk) -> None:
    idle, handle = desk.window.locking.idle, desk.window.windowHandle()
    idle._listen(handle)
    idle._timer.setInterval(400)
    idle._timer.start()
    with desk.bot.assertNotEmitted(idle.passed, wait=250):
        desk.bot.wait(250)
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(handle, key)
    with desk.bot.waitSignal(idle.passed, timeout=2000):
        pass


def test_caps_lock_is_said_where_a_letter_gives_it_away(
    qtbot: QtBot, inspection: tuple[Path, Path]
) -> None:
    dialog = UnlockDialog(inspection[1])
    qtbot.addWidget(dialog)
    dialog.show()
    box = dialog.findChild(PassphraseBox)
    assert box is not None
    QTest.keyClicks(box.line, "a")
    assert not box.says_caps_lock
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(box.line, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, none, "A"))
    assert box.says_caps_lock
    QTest.keyClicks(box.line, "b")
    assert not box.says_caps_lock
