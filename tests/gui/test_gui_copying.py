"""Tables and scores are taken from the screen into a document, by key and by menu."""

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QClipboard, QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QTableView, QWidget

from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import assess
from ui import messages
from ui.pages.team import TeamPage
from ui.widgets.score_rows import SectionScores

desk, inspection = gui_desk.desk, gui_desk.inspection
CTRL = Qt.KeyboardModifier.ControlModifier
ROOT = Path(__file__).resolve().parents[2]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clipboard(desk: Desk) -> Iterator[QClipboard]:
    """The clipboard, with what somebody had there before."""
    found = QGuiApplication.clipboard()
    found.setText("from before")
    yield found
    found.clear()


def mime(clipboard: QClipboard) -> QMimeData:
    found = clipboard.mimeData()
    assert found is not None
    return found


def table(root: QWidget, name: str) -> QTableView:
    (found,) = [view for view in root.findChildren(QTableView) if view.accessibleName() == name]
    return found


def by_menu(widget: QWidget, wanted: str) -> list[str]:
    """Choose something in the menu that the Menu key opens on a widget; all that it offers."""
    offered: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        offered.extend(action.text() for action in menu.actions())
        (action,) = [one for one in menu.actions() if one.text() == wanted]
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)
    point = widget.rect().center()
    menu_key = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(widget, QContextMenuEvent(menu_key, point, widget.mapToGlobal(point)))
    return offered


def answered(desk: Desk) -> None:
    """The assessor signs a case off; the lead merges the file and sees the results."""
    key = desk.session.reading.assessment_for("NEW-001").assessment.key
    for name, value in (("q1_1_01", "yes"), ("q1_1_03", "no"), ("q2_1_03", "yes")):
        assert desk.session.answer(key, name, value) is None
    assert desk.session.sign_off(key) is None
    desk.open(desk.lead)
    desk.place.merge([desk.own])
    desk.place.show_page("results")
    desk.window.activateWindow()
    desk.bot.waitUntil(lambda: QApplication.focusWidget() is not None)


def scores(desk: Desk) -> SectionScores:
    found = desk.place.findChild(SectionScores)
    assert found is not None
    return found


def named(path: Path) -> Callable[..., tuple[str, str]]:
    return lambda *_: (str(path), "")


def test_chosen_rows_are_copied_with_their_headings(desk: Desk, clipboard: QClipboard) -> None:
    view = table(desk.place, "Cases")
    view.setFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down, SHIFT)
    desk.press(Qt.Key.Key_C, CTRL)
    heads, *rows = [line.split("\t") for line in clipboard.text().split("\n")]
    assert heads[:2] == ["Case", "LDU"]
    assert [row[0] for row in rows] == ["NEW-002", "NEW-003"]
    assert mime(clipboard).html().count("<tr") == 3
    desk.press(Qt.Key.Key_A, CTRL)
    desk.press(Qt.Key.Key_C, CTRL)
    assert len(clipboard.text().split("\n")) == 4


def test_enter_opens_the_case_where_the_keyboard_is_among_several_chosen(desk: Desk) -> None:
    table(desk.place, "Cases").setFocus()
    desk.press(Qt.Key.Key_Down, SHIFT)
    desk.press(Qt.Key.Key_Return)
    key = desk.session.reading.assessment_for("NEW-002").assessment.key
    assert desk.place.key_in_hand == key


def test_a_table_is_copied_as_it_is_sorted_and_filtered(desk: Desk, clipboard: QClipboard) -> None:
    view = table(desk.place, "Cases")
    view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    desk.window.commands["find"].trigger()
    desk.type("00")
    by_menu(view.viewport(), "Copy table")
    lines = clipboard.text().split("\n")
    assert [line.split("\t")[0] for line in lines[1:]] == ["NEW-003", "NEW-002", "NEW-001"]


def test_a_table_without_rows_leaves_the_clipboard(desk: Desk, clipboard: QClipboard) -> None:
    desk.window.commands["find"].trigger()
    desk.type("nowhere")
    by_menu(table(desk.place, "Cases"), "Copy table")
    assert clipboard.text() == "from before"


def test_the_menu_saves_a_table(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(desk)
    path = tmp_path / "questions.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", named(path.with_suffix("")))
    view = table(desk.place, "Questions of the section")
    assert by_menu(view.viewport(), "Save table...") == [
        "Copy rows",
        "Copy table",
        "Save table...",
    ]
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, first, *_ = csv.reader(file)
    assert heads[:4] == ["Question", "Above and below the line", "Above", "Cases"]
    assert first[:4] == ["1.1.01  Was there a report?", "1 above, 0 below", "1 of 1", "1 of 1"]


def test_scores_are_copied_as_a_picture_and_as_a_table(desk: Desk, clipboard: QClipboard) -> None:
    answered(desk)
    row = scores(desk).focusWidget() or scores(desk).findChildren(QWidget)[0]
    row.setFocus()
    desk.press(Qt.Key.Key_C, CTRL)
    assert mime(clipboard).hasImage()
    assert clipboard.image().width() == 1680
    by_menu(row, "Copy table")
    lines = clipboard.text().split("\n")
    assert lines[:3] == [
        "Section\tAbove the line",
        "1 Assisting sentencing\t50%",
        "2 Delivering the sentence\t100%",
    ]
    assert lines[-1].startswith("Provisional")


def test_the_picture_is_the_same_in_large_text(desk: Desk, clipboard: QClipboard) -> None:
    answered(desk)
    scores(desk).copy_picture()
    normal = clipboard.image()
    for _ in range(3):
        desk.window.commands["larger"].trigger()
    desk.place.show_page("results")
    scores(desk).copy_picture()
    assert clipboard.image() == normal


def test_a_picture_is_saved_or_it_is_said_why_not(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(desk)
    said: list[Refused] = []
    monkeypatch.setattr(messages, "refused", lambda _, refusal: said.append(refusal))
    for path in (tmp_path / "scores.png", tmp_path / "none" / "scores.png"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", named(path))
        by_menu(scores(desk), "Save picture...")
    picture = QImage(str(tmp_path / "scores.png"))
    assert picture.width() == 1680
    assert picture.dotsPerMeterX() == pytest.approx(192 / 0.0254, abs=1)
    assert [refusal.code for refusal in said] == [Code.DISK]


def test_the_lead_sees_the_fingerprint_that_the_assessor_saw(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    key = desk.session.reading.assessment_for("NEW-001").assessment.key
    assert desk.session.answer(key, "q1_1_01", "yes") is None
    receipt = assess.hand_in(desk.session.reading, stick)
    assert receipt.fingerprint
    (stick / "strange.hmip").write_bytes(b"no case file")
    desk.open(desk.lead)
    desk.place.show_page("team")
    desk.place.merge([receipt.path, stick / "strange.hmip"])
    team = desk.place.findChild(TeamPage)
    assert team is not None
    rows = copied_rows(table(team, "Files merged"))
    assert rows[0][0] == receipt.path.name
    assert rows[0][-1] == receipt.fingerprint
    assert int(rows[0][1]) > 0
    assert rows[1] == ["strange.hmip", "–", "–", "–", "–"]


def copied_rows(view: QTableView) -> list[list[str]]:
    by_menu(view.viewport(), "Copy table")
    lines = QGuiApplication.clipboard().text().split("\n")
    return [line.split("\t") for line in lines[1:]]


def test_a_program_that_has_copied_something_ends_well() -> None:
    program = (
        "from PySide6.QtGui import QImage\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from hmip_desktop.operations.pasting import CopiedTable\n"
        "from ui.widgets import copying\n"
        "app = QApplication([])\n"
        "copying.copy_picture(QImage(9, 9, QImage.Format.Format_RGB32))\n"
        "copying.copy_table(CopiedTable(('B',), (('c',),)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 0
