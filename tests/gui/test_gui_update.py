"""An update from a stick, as somebody takes it in the window."""

import os
import subprocess
import sys
from pathlib import Path

import gui_desk
import made_packs as made
import pytest
import test_gui_languages
from gui_desk import CHOICES, SURVEY, Desk, in_dialog, wake
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from test_gui_languages import english_in
from test_gui_names import nameless

from hmip_desktop import __version__, language
from hmip_desktop.updating import starting
from hmip_desktop.updating.installed import Facts
from hmip_desktop.updating.linux import LinuxFolder
from ui import messages
from ui.dialogs.later_form import LaterFormDialog
from ui.dialogs.update import UpdateDialog

desk, inspection = gui_desk.desk, gui_desk.inspection
marked = test_gui_languages.marked
NEW = ",select_one yn,q1_1_05,Was it discussed?,,${q1_1_01} = 'yes',yes,,,1.1,yes\n"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="a folder of a user's on Linux")


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key whose public part the program trusts."""
    path, publisher = made.key(tmp_path / "key")
    made.trust(monkeypatch, tmp_path / "publishers", publisher)
    return path


@pytest.fixture
def form(secret: Path, tmp_path: Path) -> Path:
    """Version 2 of the desk's form, in a pack."""
    last = ",text,q1_1_04,Anything else about it?,,,,,,1.1,no\n"
    choices = CHOICES.replace(",A small form,small,1,", ",A small form,small,2,")
    text = f"survey\n{SURVEY.replace(last, NEW + last)}{choices}"
    return made.form_pack(tmp_path / "stick", secret, text)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LinuxFolder:
    """A program in a folder, as which this one runs."""
    found = LinuxFolder(made.program_folder(tmp_path / "apps" / "hmip"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(found.folder / "hmip"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return found


def dialog(desk: Desk, pack: Path | None = None) -> UpdateDialog:
    """The dialog by itself."""
    shown = UpdateDialog(desk.session, "", desk.window)
    shown.show()
    if pack is not None:
        shown.show_pack(pack)
    return shown


def drop(desk: Desk, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, copy, left = QPointF(QPoint(9, 9)), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(at, copy, mime, left, Qt.KeyboardModifier.NoModifier)
    desk.window.dropEvent(event)


def test_the_lead_takes_a_form_from_a_stick_into_use(
    desk: Desk, form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open(desk.lead)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(form), ""))
    seen: list[str] = []
    in_changes: list[list[BaseException]] = []

    def choose(shown: UpdateDialog) -> None:
        assert not shown.can_take
        shown._choose.click()
        seen.append(shown.shown)
        in_changes.append(in_dialog(LaterFormDialog, use))
        shown.take()

    def use(changes: LaterFormDialog) -> None:
        seen.append(changes.shown.toPlainText())
        changes.accept()

    wrong = in_dialog(UpdateDialog, choose)
    desk.window.commands["update"].trigger()
    desk.bot.waitUntil(lambda: desk.session.form.version == "2")
    assert (wrong, in_changes) == ([], [[]])
    pack, changes = seen
    for said in ("The Inspectorate", "A question about time is new.", "Version 2 of a form"):
        assert said in pack
    assert "Was it discussed?" in changes


def test_a_form_waits_for_the_leads_file(desk: Desk, form: Path) -> None:
    shown = dialog(desk, form)
    assert not shown.can_take
    assert "lead" in shown.shown
    shown.close()
    desk.window.close_file()
    alone = UpdateDialog(None, "", desk.window)
    alone.show()
    alone.show_pack(form)
    assert not alone.can_take
    assert "The Inspectorate" in alone.shown
    alone.close()


def test_what_is_new_is_said_in_welsh_where_the_pack_speaks_it(desk: Desk, form: Path) -> None:
    language.use("cy")
    shown = dialog(desk, form)
    assert "Mae cwestiwn newydd." in shown.shown
    shown.close()


@pytest.mark.parametrize("way", ["drop", "open"])
def test_a_pack_that_comes_by_itself_is_shown(desk: Desk, form: Path, way: str) -> None:
    seen: list[str] = []

    def look(shown: UpdateDialog) -> None:
        seen.append(shown.shown)

    wrong = in_dialog(UpdateDialog, look)
    if way == "drop":
        drop(desk, form, desk.own)
    else:
        desk.window.open_file(form)
    desk.bot.waitUntil(lambda: bool(seen or wrong))
    assert wrong == []
    assert "Version 2 of a form" in seen[0]
    wake(desk)


def test_a_pack_that_is_not_believed_is_not_shown(desk: Desk, form: Path, tmp_path: Path) -> None:
    shown = dialog(desk, form)
    theirs, _ = made.key(tmp_path / "stranger")
    for wrong in (made.form_pack(tmp_path / "theirs", theirs), desk.own, tmp_path / "gone"):
        shown.show_pack(wrong)
        assert not shown.can_take
        assert "Inspectorate" not in shown.shown
        assert shown.shown
    shown.close()


@on_linux
def test_a_program_is_taken_and_gone_back_from(
    desk: Desk, secret: Path, program: LinuxFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = made.program_pack(tmp_path / "stick", secret)
    opened = tmp_path / "opened"
    desk.walk("NEW-001")
    key = desk.case.key
    assert key is not None
    assert desk.session.answer(key, "q1_1_01", "yes") is None
    seen: list[str] = []

    def take(shown: UpdateDialog) -> None:
        assert not shown.can_go_back
        seen.append(shown.shown)
        opened.unlink(missing_ok=True)
        shown.take()

    wrong = in_dialog(UpdateDialog, take)
    desk.window.open_file(stick)
    assert wrong == []
    for said in (made.NEXT, __version__, "It starts faster.", "Case files stay as they are."):
        assert said in seen[0]
    assert made.says(program.folder) == made.NEXT
    assert desk.window.session is None
    desk.bot.waitUntil(lambda: not desk.window.isVisible())
    desk.bot.waitUntil(opened.exists)
    opened.unlink()

    later = Facts(made.NEXT, (*program.installed.facts.case_file_format, "m0099_more"))
    monkeypatch.setattr("hmip_desktop.updating.installed.own_facts", lambda: later)
    desk.window.show()
    asked: list[str] = []
    wrong = in_dialog(UpdateDialog, lambda shown: go_back(shown, asked))
    desk.window.commands["update"].trigger()
    assert wrong == []
    assert __version__ in asked[0]
    assert "cannot open case files" in asked[0]
    assert made.says(program.folder) == __version__
    desk.bot.waitUntil(opened.exists)
    desk.bot.waitUntil(lambda: not desk.window.isVisible())


def go_back(shown: UpdateDialog, asked: list[str]) -> None:
    """Press the button, and say yes to what is asked."""

    def agree(box: QMessageBox) -> None:
        asked.append(box.text())
        box.buttons()[0].click()

    wrong = in_dialog(QMessageBox, agree)
    shown.go_back()
    assert wrong == []


OPENED_WITH_A_PACK = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from hmip_desktop.updating import publishers
from ui import app
from ui.dialogs.update import UpdateDialog

folder, stick, known = map(Path, sys.argv[1:])
publishers.folder = lambda: known
sys.frozen, sys.executable = True, str(folder / "hmip")
begin = app._application

def press():
    dialog = QApplication.activeModalWidget()
    ready = isinstance(dialog, UpdateDialog) and dialog.can_take
    dialog.take() if ready else QTimer.singleShot(50, press)

def begun():
    made = begin()
    QTimer.singleShot(0, press)
    return made

app._application = begun
sys.exit(app.main([str(stick)]))
"""


@on_linux
def test_a_program_that_was_opened_with_a_pack_ends_too(secret: Path, tmp_path: Path) -> None:
    program = LinuxFolder(made.program_folder(tmp_path / "apps" / "hmip"))
    stick = made.program_pack(tmp_path / "stick", secret)
    done = subprocess.run(
        [sys.executable, "-c", OPENED_WITH_A_PACK, program.folder, stick, tmp_path / "publishers"],
        env={**os.environ, "HOME": str(tmp_path)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert made.says(program.folder) == made.NEXT
    assert not list((tmp_path / "home of the program" / "runs").glob("*.log"))


@on_linux
def test_a_program_that_does_not_start_leaves_the_window_open(
    desk: Desk, secret: Path, program: LinuxFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "refused", lambda _, refusal: said.append(refusal.code))
    stick = made.program_pack(tmp_path / "stick", secret, made.program_tar("6.6"))
    wrong = in_dialog(UpdateDialog, lambda shown: shown.take())
    desk.window.open_file(stick)
    assert wrong == []
    assert said == ["program.unsound"]
    assert desk.session.path == desk.own
    stick = made.program_pack(tmp_path / "good", secret)
    monkeypatch.setattr(starting, "others_in", lambda _: True)
    wrong = in_dialog(UpdateDialog, lambda shown: shown.take())
    desk.window.open_file(stick)
    assert wrong == []
    assert said[1:] == ["program.in-use"]
    assert desk.window.isVisible()
    assert made.says(program.folder) == __version__


def test_a_program_that_cannot_replace_itself_says_who_can(
    desk: Desk, secret: Path, tmp_path: Path
) -> None:
    shown = dialog(desk, made.program_pack(tmp_path / "stick", secret))
    assert not shown.can_take
    assert f"Version {made.NEXT} of the program" in shown.shown
    assert "source" in shown.shown
    shown.close()


def test_without_a_publisher_it_says_what_to_do_and_leads_nowhere_else(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.trust(monkeypatch, tmp_path / "publishers")
    shown = dialog(desk)
    best = [one for one in shown.findChildren(QPushButton) if one.isVisible() and one.isDefault()]
    assert [one.text() for one in best] == ["Close"]
    assert "setup" in shown.shown
    shown.close()


@on_linux
@pytest.mark.usefixtures("marked")
def test_no_word_is_left_behind_and_every_control_has_a_name(
    desk: Desk, form: Path, secret: Path, tmp_path: Path, program: LinuxFolder
) -> None:
    desk.open(desk.lead)
    theirs, _ = made.key(tmp_path / "key 2")
    packs = (
        form,
        made.program_pack(tmp_path / "program", secret),
        made.form_pack(tmp_path / "theirs", theirs),
    )
    for pack in (None, *packs):
        assert_spoken(dialog(desk, pack), "Inspectorate")
    made.program_folder(program.other, made.NEXT)
    Facts(made.NEXT).save(program.other)
    shown = dialog(desk)
    assert shown.can_go_back
    assert_spoken(shown, "Inspectorate")


def assert_spoken(shown: UpdateDialog, publisher: str) -> None:
    """Nothing but the publisher's own words stays in English, and everything has a name."""
    shown._news.setText("")
    assert {text for text in english_in(shown) if publisher not in text} == set()
    assert nameless(shown) == []
    shown.close()
