"""A case file is damaged, cut short or gone, or lacks what an older copy has: work goes on."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gui_desk
import pytest
from gui_desk import WORDS, Desk
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QMessageBox,
    QProgressDialog,
    QPushButton,
    QWidget,
)
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot
from test_gui_languages import english_in, marked
from test_gui_names import nameless

from hmip_desktop import paths
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.salvage import opens_a_page
from hmip_desktop.errors import Refused
from hmip_desktop.operations import copies, recovering
from ui.dialogs.copies import CopiesDialog
from ui.dialogs.recover import RecoverDialog
from ui.dialogs.unlock import UnlockDialog
from ui.main_window import MainWindow
from ui.pages.start import StartPage
from ui.session import Session

inspection = gui_desk.inspection
_marked = marked
PAGE = 4096
EVIDENCE = "Seen in the record, and said so in the interview. " * 200
RECOVER, USE_COPY, CLOSE = "Recover what can be", "Use the newest dated copy", "Close"
Step = tuple[type[QDialog], Callable[[Any], object]]


@pytest.fixture
def desk(qtbot: QtBot, qtlog: _QtMessageCapture, inspection: tuple[Path, Path]) -> Iterator[Desk]:
    """A window without a file; the assessor's was worked in, and has a copy from before that."""
    made = Desk(qtbot, MainWindow(), *inspection)
    worked_in(made.own)
    with gui_desk.on_screen(made, qtlog):
        yield made


def worked_in(path: Path, times: int = 1) -> None:
    session = Session.opened(path, Passphrase(WORDS))
    for key in session.reading.assessments:
        for number in range(times):
            assert session.answer(key, "q1_1_01", "no") is None
            assert session.note(key, "q1_1_01", f"{number} {EVIDENCE}") is None
    session.close()


class Hands:
    """Do one thing after the other in the dialogs that come up, each in the kind it is for."""

    def __init__(self, *steps: Step) -> None:
        self._steps, self._looks = list(steps), 0
        self._busy_in: list[QDialog] = []
        self.wrong: list[BaseException] = []
        QTimer.singleShot(20, self._look)

    @property
    def left(self) -> int:
        return len(self._steps)

    def _look(self) -> None:
        if not self._steps:
            return
        self._looks += 1
        QTimer.singleShot(20, self._look)
        dialog = QApplication.activeModalWidget()
        kind, does = self._steps[0]
        if isinstance(dialog, kind) and dialog.isVisible() and dialog not in self._busy_in:
            del self._steps[0]
            self._looks = 0
            self._busy_in.append(dialog)  # what it has begun comes to an end first
            try:
                does(dialog)
            except BaseException as error:  # noqa: BLE001  told by the test, outside of Qt
                self.wrong.append(error)
            self._busy_in.remove(dialog)
        elif self._looks > 500 and isinstance(dialog, QDialog):
            self.wrong.append(AssertionError(f"{dialog} came up instead of {kind}"))
            self._steps.clear()
            dialog.reject()


def press(text: str) -> Callable[[QWidget], None]:
    def does(dialog: QWidget) -> None:
        (found,) = (one for one in dialog.findChildren(QPushButton) if one.text() == text)
        assert found.isVisible()
        found.click()

    return does


def type_words(dialog: QDialog, words: str, *, enter: bool = False) -> None:
    """Type a passphrase where the focus is, by keyboard alone."""
    gui_desk.come_forward(dialog)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)
    if enter:
        QTest.keyClick(focus, Qt.Key.Key_Return)


def unlocked(dialog: UnlockDialog) -> None:
    type_words(dialog, WORDS, enter=True)


def recover_when_offered(*offers: str) -> Callable[[RecoverDialog], None]:
    def does(dialog: RecoverDialog) -> None:
        assert dialog.offers == list(offers)
        press(RECOVER)(dialog)

    return does


def in_dialogs(does: Callable[[], object], *steps: Step) -> list[str]:
    """Begin something and do things in the dialogs that come up; what the messages said."""
    said: list[str] = []

    def hear(box: QMessageBox) -> None:
        said.append(box.text())
        box.accept()

    hands = Hands(*((kind, hear if kind is QMessageBox else act) for kind, act in steps))
    does()
    assert hands.wrong == []
    assert hands.left == 0
    return said


def open_with(desk: Desk, path: Path, *steps: Step) -> list[str]:
    return in_dialogs(lambda: desk.window.open_file(path), *steps)


def in_copies(desk: Desk, *steps: Step) -> list[str]:
    return in_dialogs(desk.window.commands["copies"].trigger, *steps)


SAID: Step = (QMessageBox, lambda _: None)


def ids(path: Path) -> set[str]:
    with Document.open(path, Passphrase(WORDS), write=False) as document:
        return {entry.id for entry in document.journal}


def in_hand(desk: Desk) -> set[str]:
    return {entry.id for entry in desk.session.reading.document.journal}


def flip(path: Path, *pages: int) -> bytes:
    """Some bytes in the middle of pages are no longer what they were."""
    content = bytearray(path.read_bytes())
    for page in pages:
        at = page * PAGE % len(content) + 1000
        content[at : at + 8] = bytes(byte ^ 0x55 for byte in content[at : at + 8])
    path.write_bytes(content)
    return bytes(content)


def no_copies() -> None:
    shutil.rmtree(paths.backups())


def test_what_is_left_of_a_damaged_file_comes_back_with_its_newest_copy(desk: Desk) -> None:
    before = ids(desk.own)
    (copy,) = copies.of(desk.own)
    in_copy = ids(copy.path)
    damaged = flip(desk.own, -2, -3)
    (said,) = open_with(
        desk,
        desk.own,
        (UnlockDialog, unlocked),
        (RecoverDialog, recover_when_offered(RECOVER, USE_COPY)),
        SAID,
    )
    assert in_copy <= in_hand(desk) <= before
    assert str(len(in_hand(desk))) in said
    assert desk.session.path == desk.own.with_name("Inspector 1 (recovered).hmip")
    assert desk.own.read_bytes() == damaged
    assert desk.window.settings.recent[0] == str(desk.session.path)


def test_a_file_cut_short_is_told_before_a_passphrase_and_a_wrong_one_can_be_mended(
    desk: Desk,
) -> None:
    before = ids(desk.own)
    content = desk.own.read_bytes()[: -3 * PAGE - 100]
    desk.own.write_bytes(content)

    def wrong_words(dialog: RecoverDialog) -> None:
        type_words(dialog, "nine copper bells")
        press(RECOVER)(dialog)
        assert "passphrase" in dialog.problem.lower()
        assert not dialog.out.exists()

    def right_words(dialog: RecoverDialog) -> None:
        dialog.type_passphrase(WORDS)
        press(RECOVER)(dialog)

    open_with(desk, desk.own, (RecoverDialog, wrong_words), (RecoverDialog, right_words), SAID)
    assert in_hand(desk) < before
    assert desk.own.read_bytes() == content


def test_no_passphrase_is_asked_for_again_in_place(desk: Desk) -> None:
    desk.own.write_bytes(desk.own.read_bytes()[:-100])

    def nothing_typed(dialog: RecoverDialog) -> None:
        press(RECOVER)(dialog)
        assert dialog.problem
        press(CLOSE)(dialog)

    open_with(desk, desk.own, (RecoverDialog, nothing_typed))
    assert desk.window.session is None


def test_a_lost_beginning_is_told_from_a_wrong_passphrase(desk: Desk) -> None:
    before = ids(desk.own)
    content = desk.own.read_bytes()
    desk.own.write_bytes(b"\xff" * PAGE + content[PAGE:])

    def wrong_words(dialog: UnlockDialog) -> None:
        dialog.type_passphrase("nine copper bells")
        dialog.unlock()
        assert dialog.problem
        assert dialog.damaged is None

    def right_words(dialog: UnlockDialog) -> None:
        dialog.type_passphrase(WORDS)
        dialog.unlock()

    open_with(
        desk,
        desk.own,
        (UnlockDialog, wrong_words),
        (UnlockDialog, right_words),
        (RecoverDialog, press(RECOVER)),
        SAID,
    )
    assert in_hand(desk) == before


def test_without_a_copy_a_damaged_file_is_recovered_alone(desk: Desk) -> None:
    no_copies()
    before = ids(desk.own)
    flip(desk.own, -2)
    open_with(
        desk,
        desk.own,
        (UnlockDialog, unlocked),
        (RecoverDialog, recover_when_offered(RECOVER)),
        SAID,
    )
    assert in_hand(desk) < before


def test_a_copy_that_is_damaged_too_is_passed_over(desk: Desk) -> None:
    before = ids(desk.own)
    (copy,) = copies.of(desk.own)
    flip(copy.path, 0, -2)
    flip(desk.own, -2)
    assert opens_a_page(copy.path, Passphrase(WORDS), [copy.salt])
    open_with(desk, desk.own, (UnlockDialog, unlocked), (RecoverDialog, press(RECOVER)), SAID)
    assert in_hand(desk) < before


def without_form(path: Path) -> None:
    """Damage just what the form lies in."""
    content, out = path.read_bytes(), path.with_name("tried.hmip")
    for page in range(len(content) // PAGE):
        flip(path, page)
        with contextlib.suppress(Refused):
            done = recovering.recover(path, out, Passphrase(WORDS))
            out.unlink()
            if not done.has_form:
                return
        path.write_bytes(content)
    raise AssertionError("the form is in no page")


def test_a_file_whose_form_is_lost_is_kept_for_the_lead_and_not_opened(desk: Desk) -> None:
    no_copies()
    before = ids(desk.own)
    without_form(desk.own)
    steps = ((UnlockDialog, unlocked), (RecoverDialog, press(RECOVER)), SAID)
    (said,) = open_with(desk, desk.own, *steps)
    assert "lead" in said
    assert desk.window.session is None
    desk.open(desk.lead)
    desk.place.merge([desk.own.with_name("Inspector 1 (recovered).hmip")])
    assert len(in_hand(desk) & before) > len(before) // 2


def test_a_file_that_is_gone_is_offered_on_the_first_page_and_comes_back_from_its_copy(
    desk: Desk,
) -> None:
    desk.open(desk.own)
    desk.window.close_file()
    desk.own.unlink()
    desk.window._show_start()
    start = desk.window.centralWidget()
    assert isinstance(start, StartPage)
    (link,) = (one for one in start.findChildren(QPushButton) if one.text() == desk.own.name)

    def by_keyboard(dialog: RecoverDialog) -> None:
        assert dialog.offers == [USE_COPY]
        type_words(dialog, WORDS, enter=True)

    in_dialogs(link.click, (RecoverDialog, by_keyboard), SAID)
    assert desk.session.path == desk.own
    assert in_hand(desk) == ids(copies.of(desk.own)[0].path)


def test_a_file_that_is_empty_comes_back_from_its_copy_elsewhere(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.own.write_bytes(b"")
    chosen = tmp_path / "desk" / "Mine"
    chosen.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(chosen), ""))

    def elsewhere(dialog: RecoverDialog) -> None:
        assert dialog.offers == [USE_COPY]
        dialog.write_to(desk.own)
        dialog.type_passphrase(WORDS)
        press(USE_COPY)(dialog)
        assert dialog.problem  # nothing is written over, not even an empty file
        press("Choose another place...")(dialog)
        press(USE_COPY)(dialog)

    open_with(desk, desk.own, (RecoverDialog, elsewhere), SAID)
    assert desk.session.path == chosen.with_name("Mine.hmip")
    assert desk.own.read_bytes() == b""


def test_a_missing_file_without_a_copy_is_only_told(desk: Desk) -> None:
    no_copies()
    desk.own.unlink()
    open_with(desk, desk.own, SAID)
    assert desk.window.session is None


def test_recovering_can_be_stopped_and_leaves_nothing(desk: Desk) -> None:
    worked_in(desk.own, 20)
    content = desk.own.read_bytes()[:-100]
    desk.own.write_bytes(content)
    there = set(desk.own.parent.iterdir())

    def begin(dialog: RecoverDialog) -> None:
        dialog.type_passphrase(WORDS)
        press(RECOVER)(dialog)
        assert dialog.session is None
        press(CLOSE)(dialog)

    open_with(desk, desk.own, (RecoverDialog, begin), (QProgressDialog, press("Cancel")))
    assert desk.window.session is None
    assert set(desk.own.parent.iterdir()) == there
    assert desk.own.read_bytes() == content


def test_the_copies_are_listed_and_the_newest_has_nothing_new(desk: Desk) -> None:
    assert not desk.window.commands["copies"].isEnabled()
    desk.open(desk.own)
    seen: list[CopiesDialog] = []

    def look(dialog: CopiesDialog) -> None:
        desk.bot.waitUntil(lambda: bool(dialog.said))
        seen.append(dialog)
        assert len(dialog.lines) == 1
        assert str(paths.backups()) in dialog.lines[0]
        assert "nothing" in dialog.said
        assert not dialog.can_take_in
        dialog.reject()

    in_copies(desk, (CopiesDialog, look))
    assert len(seen) == 1


@pytest.mark.parametrize("whose", ["own", "lead"])
def test_what_an_older_file_lacks_comes_back_from_the_copy(whose: str, desk: Desk) -> None:
    path: Path = getattr(desk, whose)
    older = path.with_name("older")
    shutil.copyfile(path, older)
    worked_in(path, 2)
    desk.open(path)
    desk.session.reading.document.back_up()  # as before a merge
    worked = in_hand(desk)
    desk.window.close_file()
    shutil.copyfile(older, path)
    desk.open(path)
    missing = worked - in_hand(desk)
    assert missing

    def take(dialog: CopiesDialog) -> None:
        desk.bot.waitUntil(lambda: bool(dialog.said))
        assert "NEW-001" in dialog.said
        press("Take it in")(dialog)

    (said,) = in_copies(desk, (CopiesDialog, take), SAID)
    assert said.startswith(str(len(missing)))
    assert worked <= in_hand(desk)


def test_a_damaged_copy_is_said_and_cannot_be_taken_in(desk: Desk) -> None:
    desk.open(desk.own)
    (copy,) = copies.of(desk.own)
    flip(copy.path, -2)

    def look(dialog: CopiesDialog) -> None:
        desk.bot.waitUntil(lambda: bool(dialog.said))
        assert "damaged" in dialog.said
        assert not dialog.can_take_in
        dialog.reject()

    in_copies(desk, (CopiesDialog, look))


def test_without_copies_it_says_how_they_come_about(desk: Desk) -> None:
    desk.open(desk.own)
    no_copies()

    def look(dialog: CopiesDialog) -> None:
        assert dialog.lines == []
        press(CLOSE)(dialog)

    in_copies(desk, (CopiesDialog, look))


@pytest.mark.usefixtures("_marked")
def test_no_word_is_left_behind_and_every_control_has_a_name(desk: Desk) -> None:
    wrong: list[object] = []

    def look(dialog: QDialog) -> None:
        wrong.extend(nameless(dialog))
        wrong.extend(english_in(dialog))
        dialog.reject()

    desk.open(desk.lead)
    in_copies(desk, (CopiesDialog, look))
    desk.own.write_bytes(desk.own.read_bytes()[:-100])
    open_with(desk, desk.own, (RecoverDialog, look))
    desk.own.unlink()
    open_with(desk, desk.own, (RecoverDialog, look))
    assert wrong == []
