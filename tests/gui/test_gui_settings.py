"""People set the window up for themselves; it locks when nobody works."""

from pathlib import Path

import gui_desk
import pytest
from gui_desk import WORDS, Desk
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from hmip_desktop import settings as settings_file
from hmip_desktop.settings import Settings
from ui import theme
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.unlock import UnlockDialog
from ui.main_window import MainWindow
from ui.pages.locked import LockedPage
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


def test_welsh_is_offered_as_a_draft(desk: Desk) -> None:
    dialog = SettingsDialog(Settings(), ("default", "Welsh (cy)"))
    desk.bot.addWidget(dialog)
    dialog.language.setCurrentIndex(1)
    assert dialog.language.currentText() == "Cymraeg (draft)"
    assert dialog.chosen.language == "Welsh (cy)"


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
