"""A case is signed off and reopened; a file is opened, handed in, merged and settled."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

import gui_desk
import pytest
from gui_desk import WORDS, Desk
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from hmip_desktop import __version__, paths
from hmip_desktop.casefile import opening
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Code, Refused
from hmip_desktop.progress import Progress
from ui import app, background, last_run, messages
from ui.app import main
from ui.dialogs.safe import SafeDialog
from ui.dialogs.unlock import UnlockDialog
from ui.main_window import MainWindow
from ui.pages.hand_in import HandInCard
from ui.pages.results import ResultsPage
from ui.pages.team import TeamPage
from ui.session import Session
from ui.widgets.saved_line import SavedLine

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
    desk.case.go_to(desk.session.form.question_by_name["q1_1_01"])
    desk.case.reopen()
    assert not desk.in_file("NEW-001").signed_off
    desk.press(Qt.Key.Key_2)  # at once: the focus is in the question again
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
    assert "check code" in desk.place.cases_page.receipt


def test_what_was_handed_in_is_remembered_until_something_new_is_written(
    desk: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def said() -> tuple[str, str]:
        desk.place.show_page("cases")
        card = desk.place.cases_page.findChild(HandInCard)
        assert card is not None
        safe = SafeDialog(desk.session, "", desk.place.hand_in_to, desk.window)
        assert safe.is_safe
        return card.last, safe.handed_in

    assert said()[0] == ""
    desk.place.cases_page.hand_in_to(stick)
    desk.window.close_file()
    desk.open(desk.own)
    card, safe = said()
    assert safe in card
    assert "Nothing new" in safe
    first, second, _ = desk.session.reading.assessments
    for key, value in ((first, "yes"), (first, "no"), (second, "yes")):
        assert desk.session.answer(key, "q1_1_01", value) is None
    card, safe = said()
    assert safe in card
    assert "2 answers" in safe
    dialog = SafeDialog(desk.session, "", desk.place.hand_in_to, desk.window)
    dialog.hand_in(stick)
    assert "Nothing new" in dialog.handed_in


def test_the_lead_merges_settles_and_sees_results(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    (line,) = (one for one in results.findChildren(SavedLine) if one.isVisible())
    assert "out.xlsx" in line.text
    assert line.folder_button.isVisible()
    refused: list[Refused] = []
    monkeypatch.setattr(messages, "refused", lambda _parent, why: refused.append(why))
    results.write_workbook_to(tmp_path / "no folder" / "out.xlsx")
    assert refused
    assert not line.isVisible()  # what was said before is not true of this one
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


def started_on(qtbot: QtBot, *arguments: str) -> MainWindow:
    """The window as a double click on a file starts it."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.open_file(app._parser().parse_args(arguments).file)
    return window


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Code]:
    """The refusals that the window says."""
    codes: list[Code] = []

    def note(_parent: QWidget | None, refusal: Refused) -> None:
        assert refusal.sentence.endswith(".")
        codes.append(refusal.code)

    monkeypatch.setattr(messages, "refused", note)
    return codes


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the dialog for the passphrase says after the passphrase was typed."""
    problems: list[str] = []

    def type_it(dialog: UnlockDialog) -> int:
        dialog.type_passphrase(WORDS)
        dialog.unlock()
        problems.append(dialog.problem)
        return 0

    monkeypatch.setattr(UnlockDialog, "exec", type_it)
    return problems


def test_a_double_click_opens_a_file_whatever_it_is_called(
    qtbot: QtBot, inspection: tuple[Path, Path], tmp_path: Path, typed: list[str]
) -> None:
    folder = tmp_path / "Tŷ’r Prawf, Ynys Môn"
    folder.mkdir()
    path = folder / "Siân Llŷr 1.hmip"
    shutil.copyfile(inspection[1], path)
    window = started_on(qtbot, str(path))
    assert typed == [""]
    assert window.session is not None
    assert window.session.path == path
    assert window.settings.recent == (str(path.resolve()),)
    window.close_file()


def test_a_double_click_on_what_cannot_be_opened_is_said_before_a_passphrase_is_asked_for(
    qtbot: QtBot, tmp_path: Path, said: list[Code], typed: list[str]
) -> None:
    letter = tmp_path / "a letter.hmip"
    letter.write_text("Dear lead inspector", encoding="utf-8")
    for path in (tmp_path / "gone.hmip", letter, tmp_path):
        window = started_on(qtbot, str(path))
        assert window.session is None
        assert window.settings.recent == ()
    assert said == [Code.FILE_MISSING, Code.FILE_NOT_OURS, Code.FILE_MISSING]
    assert typed == []


HOLDER = """
import sys
from pathlib import Path
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.operations.opening import open_case_file
with open_case_file(Path(sys.argv[1]), Passphrase(sys.argv[2])):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_double_click_on_a_file_in_use_is_told_before_a_passphrase_is_asked_for(
    qtbot: QtBot, inspection: tuple[Path, Path], said: list[Code], typed: list[str]
) -> None:
    with program(HOLDER, str(inspection[1]), WORDS) as other:
        window = started_on(qtbot, str(inspection[1]))
        assert window.session is None
        assert said == [Code.FILE_IN_USE]
        assert typed == []
        end(other)
    window = started_on(qtbot, str(inspection[1]))
    assert typed == [""]
    window.close_file()


def test_while_a_file_is_being_opened_its_dialog_shows_that_and_takes_no_keys(
    qtbot: QtBot, inspection: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = UnlockDialog(inspection[1])
    qtbot.addWidget(dialog)
    dialog.show()
    shown: list[tuple[bool, bool, bool]] = []

    def refuse(*_: object) -> Session:
        cursor = QApplication.overrideCursor()
        waits = cursor is not None and cursor.shape() is Qt.CursorShape.WaitCursor
        opens = any(one.text() == "Opening..." for one in dialog.findChildren(QPushButton))
        shown.append((dialog.isEnabled(), waits, opens))
        raise Refused(Code.FILE_IN_USE, "Not this one.")

    monkeypatch.setattr(Session, "opened", refuse)
    dialog.type_passphrase(WORDS)
    dialog.unlock()
    assert shown == [(False, True, True)]
    assert dialog.isEnabled()
    assert QApplication.overrideCursor() is None
    assert dialog.problem == "Not this one."


def takes_nothing(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Make a stick of a file's place that is write-protected, also for who may do everything."""
    address, writable = opening.address, os.access

    def read_only(place: PurePath, mode: str) -> str:
        return address(place, "ro" if place == path else mode)

    monkeypatch.setattr(opening, "address", read_only)
    monkeypatch.setattr(os, "access", lambda at, kind: at != path and writable(at, kind))


def test_a_stick_that_takes_nothing_is_told_at_opening_and_work_goes_on_in_a_copy(
    qtbot: QtBot,
    inspection: tuple[Path, Path],
    typed: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick, copy = inspection[1], tmp_path / "here" / "Inspector 1.hmip"
    takes_nothing(monkeypatch, stick)
    asked: list[str] = []

    def confirm(_parent: object, sentence: str, _yes: str) -> bool:
        asked.append(sentence)
        return True

    monkeypatch.setattr(messages, "confirm", confirm)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(copy), ""))
    window = started_on(qtbot, str(stick))
    assert window.workplace is not None
    assert window.workplace.unsaved
    qtbot.waitUntil(lambda: window.session is not None and window.session.path == copy)
    assert len(asked) == 1
    assert window.workplace.unsaved == ""
    session = window.session
    assert session is not None
    assert session.answer(next(iter(session.reading.assessments)), "q1_1_01", "yes") is None
    window.close_file()


def test_who_only_reads_what_takes_nothing_is_told_again_at_the_bottom(
    qtbot: QtBot,
    inspection: tuple[Path, Path],
    typed: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    takes_nothing(monkeypatch, inspection[1])
    asked: list[str] = []

    def decline(_parent: object, sentence: str, _yes: str) -> bool:
        asked.append(sentence)
        return False

    monkeypatch.setattr(messages, "confirm", decline)
    window = started_on(qtbot, str(inspection[1]))
    qtbot.waitUntil(lambda: bool(asked))
    assert window.session is not None
    assert window.session.path == inspection[1]
    assert window.workplace is not None
    assert window.workplace.unsaved
    window.close_file()


def test_a_file_that_no_program_opens_is_told_with_its_folder(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = SavedLine()
    qtbot.addWidget(line)
    line.say("Saved.", tmp_path / "scores.xlsx")
    for opens in (True, False):
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda _, opens=opens: opens)
        line.open_button.click()
        assert (line.text == "Saved.") is opens
    assert "scores.xlsx" in line.text
    assert str(tmp_path) in line.text


def test_details_are_copied_from_a_message_that_stays_and_name_nobody(desk: Desk) -> None:
    refusal = Refused(Code.DISK, "Ann Assessor.hmip cannot be saved in E:\\Ann.")

    def copy(box: QMessageBox) -> None:
        (button,) = (one for one in box.findChildren(QPushButton) if one.text() == "Copy details")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert box.isVisible()
        assert "Copied" in box.informativeText()
        box.accept()

    wrong = gui_desk.in_dialog(QMessageBox, copy)
    messages.refused(desk.window, refusal)
    assert wrong == []
    copied = QGuiApplication.clipboard().text()
    assert str(Code.DISK) in copied
    assert f"HMIP Desktop: {__version__}" in copied.splitlines()
    assert "Ann" not in copied


RUNNER = """
import faulthandler, sys
from ui import last_run
with last_run.watched() as left:
    print("left:", len(left), flush=True)
    if sys.argv[1] == "crashes":
        faulthandler._sigsegv()
    sys.stdin.read()
"""


@contextmanager
def program(source: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Another program that runs, and has said its first line."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", source, *arguments]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        yield running


def end(running: subprocess.Popen[str]) -> None:
    assert running.stdin is not None
    running.stdin.close()
    running.wait(20)


def test_a_crash_is_told_once_at_the_next_start(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(
        messages, "tell", lambda _, sentence, details: told.append((sentence, details))
    )
    with program(RUNNER, "crashes") as broken:
        broken.wait(20)
    assert broken.returncode != 0
    with last_run.watched() as left:
        last_run.tell(desk.window, left)
    with last_run.watched() as left:
        last_run.tell(desk.window, left)
    ((sentence, details),) = told
    assert "unexpectedly" in sentence
    assert "_sigsegv" in details or "<string>" in details
    assert WORDS not in details
    assert details in paths.log_file().read_text(encoding="utf-8")
    assert list(paths.run_logs().iterdir()) == []


def test_a_program_that_still_runs_or_was_ended_from_outside_is_no_crash(home: Path) -> None:
    with program(RUNNER, "works") as other:
        (log,) = paths.run_logs().glob("*.log")
        with log.open("a", encoding="utf-8") as file:
            file.write("Windows fatal exception: code 0x8001010d, which ends nothing\n")
        with last_run.watched() as left:
            assert left == ""
        assert log.exists()
        end(other)
    assert not log.exists()
    with program(RUNNER, "works") as other:
        other.kill()
    with last_run.watched() as left:
        assert left == ""
    assert list(paths.run_logs().iterdir()) == []


def test_a_home_that_cannot_be_written_costs_no_start(home: Path) -> None:
    home.write_text("not a folder")
    with last_run.watched() as left:
        assert left == ""
