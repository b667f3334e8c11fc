"""A case is signed off and reopened; a file is opened, handed in, merged and settled."""

import shutil
import threading
from pathlib import Path

import gui_desk
import pytest
from gui_desk import WORDS, Desk
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QProgressDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.progress import Progress
from ui import background, messages
from ui.app import main
from ui.dialogs.unlock import UnlockDialog
from ui.main_window import MainWindow
from ui.pages.results import ResultsPage
from ui.pages.team import TeamPage
from ui.session import Session

desk, inspection = gui_desk.desk, gui_desk.inspection


def finish(desk: Desk, reference: str) -> None:
    desk.walk(reference)
    key = desk.case.key
    assert key is not None
    for name, value in (("q1_1_01", "yes"), ("q1_1_03", "no"), ("q2_1_03", "yes")):
        assert desk.session.answer(key, name, value) is None


def test_a_case_is_signed_off_is_read_only_and_is_reopened_with_a_reason(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.walk("NEW-001")
    key = desk.case.key
    assert key is not None
    refusal = desk.session.sign_off(key)
    assert refusal is not None
    assert refusal.code == "assessment.unanswered"
    finish(desk, "NEW-001")

    assert desk.session.sign_off(key) is None
    assert desk.in_file("NEW-001").signed_off
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_2)
    assert desk.in_file("NEW-001").answers["q1_1_01"] == "yes"

    monkeypatch.setattr(messages.WhyDialog, "ask", lambda *_: "A page was missing")
    desk.case.reopen()
    assert not desk.in_file("NEW-001").signed_off
    desk.walk("NEW-001")
    desk.case.go_to(desk.session.form.question_by_name["q1_1_01"])
    desk.press(Qt.Key.Key_2)
    assert desk.in_file("NEW-001").answers["q1_1_01"] == "no"


def test_cases_are_found_by_a_word(desk: Desk) -> None:
    assert list(desk.place.cases_page.shown_references) == ["NEW-001", "NEW-002", "NEW-003"]
    desk.window.commands["find"].trigger()
    desk.type("002")
    assert list(desk.place.cases_page.shown_references) == ["NEW-002"]


def test_a_wrong_passphrase_is_said_in_place_and_can_be_mended(
    qtbot: QtBot, inspection: tuple[Path, Path], home: Path
) -> None:
    dialog = UnlockDialog(inspection[1])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.type_passphrase("not these words")
    dialog.unlock()
    assert dialog.session is None
    assert "passphrase" in dialog.problem
    dialog.type_passphrase(WORDS)
    dialog.unlock()
    assert dialog.session is not None
    assert dialog.session.title == "Newtown 2026"
    dialog.session.close()


def test_a_file_in_use_is_said_in_place(desk: Desk) -> None:
    dialog = UnlockDialog(desk.own)
    desk.bot.addWidget(dialog)
    dialog.type_passphrase(WORDS)
    dialog.unlock()
    assert dialog.session is None
    assert dialog.problem


def test_handing_in_saves_a_copy_and_shows_its_fingerprint(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.place.cases_page.hand_in_to(stick)
    assert (stick / desk.own.name).exists()
    assert "fingerprint" in desk.place.cases_page.receipt


def test_the_lead_merges_settles_and_sees_results(desk: Desk, tmp_path: Path) -> None:
    twin = tmp_path / "twin.hmip"
    desk.window.close_file()
    shutil.copyfile(desk.own, twin)
    for path, value in ((desk.own, "yes"), (twin, "no")):
        session = Session.opened(path, Passphrase(WORDS))
        key = session.reading.assessment_for("NEW-001").assessment.key
        assert session.answer(key, "q1_1_01", value) is None
        session.close()

    desk.open(desk.lead)
    desk.place.show_page("team")
    strange = tmp_path / "strange.hmip"
    strange.write_bytes(b"not a case file")
    team = desk.place.findChild(TeamPage)
    assert team is not None
    team.merge([desk.own, twin, strange])
    assert len(desk.session.reading.contents.conflicts) == 1
    (card,) = team.conflict_cards
    card.choose(0, "The second visit says so")
    card.keep()
    assert not desk.session.reading.contents.conflicts
    assert team.conflict_cards == []

    desk.place.show_page("results")
    results = desk.place.findChild(ResultsPage)
    assert results is not None
    out = tmp_path / "out.xlsx"
    results.write_workbook_to(out)
    assert out.exists()
    assert desk.session.owner == "Lead 1"


def test_recent_files_and_text_size_are_remembered(desk: Desk) -> None:
    desk.window.commands["larger"].trigger()
    desk.window.close()
    again = MainWindow()
    desk.bot.addWidget(again)
    assert str(desk.own.resolve()) in again.settings.recent
    assert again.settings.text_size == 110


def test_long_work_is_stopped_and_gives_nothing(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    stopped = threading.Event()

    def work(progress: Progress) -> str:
        try:
            for done in range(2000):
                progress(done, 2000, "Counting")
                stopped.wait(0.005)
        finally:
            stopped.set()
        return "never stopped"

    def cancel() -> None:
        dialog = page.findChild(QProgressDialog)
        button = dialog.findChild(QPushButton) if dialog else None
        assert button is not None
        button.click()

    QTimer.singleShot(100, cancel)
    assert background.run(page, "Counting", work) is None
    assert stopped.is_set()


def test_a_reason_must_be_given_before_a_case_is_reopened(qtbot: QtBot) -> None:
    dialog = messages.WhyDialog(None, "Why?", "Reopen")
    qtbot.addWidget(dialog)
    dialog.show()
    (yes,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "Reopen"]
    assert not yes.isEnabled()
    editor = dialog.findChild(QPlainTextEdit)
    assert editor is not None
    QTest.keyClicks(editor, "A page was missing")
    assert yes.isEnabled()
    assert dialog.reason == "A page was missing"


def test_without_a_screen_the_program_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert main([]) == 1
    assert "screen" in capsys.readouterr().err
