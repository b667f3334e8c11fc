"""The guide beside the window: it opens where it fits, finds words, and goes on paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hmip_desktop import guide, paths
from hmip_desktop.settings import Settings
from ui import actions
from ui.dialogs.guide import GuideWindow
from ui.models import guide as fitting

desk, inspection = gui_desk.desk, gui_desk.inspection
CODE = re.compile(r"`([^`]+)`")
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+.+|F\d+)$")
OF_THE_GUIDE = {"Ctrl+F", "Alt+Left", "Alt+Right", "F6", "Ctrl+P", "Ctrl+Enter"}


@pytest.fixture
def reader(qtbot: QtBot) -> Iterator[GuideWindow]:
    made = GuideWindow()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


def guide_of(desk: Desk) -> GuideWindow:
    window = desk.window.guiding.window
    assert window is not None
    return window


def test_f1_opens_the_page_that_fits(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_F1)
    assert guide_of(desk).place == "assessor.md#walk"
    desk.place.show_page("review")
    desk.window.commands["guide"].trigger()
    assert guide_of(desk).place == "assessor.md#sign-off"
    desk.window.commands["keys"].trigger()
    assert guide_of(desk).place == "keys.md"
    desk.open(desk.lead)
    for page, place in (("team", "friday.md#merge"), ("results", "friday.md#results")):
        desk.place.show_page(page)
        desk.window.commands["guide"].trigger()
        assert guide_of(desk).place == place
    desk.window.close_file()
    desk.window.commands["guide"].trigger()
    assert guide_of(desk).place == "start.md"


def test_work_goes_on_beside_the_guide_which_ends_with_the_window(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.window.commands["guide"].trigger()
    reader = guide_of(desk)
    assert not reader.isModal()
    gui_desk.wake(desk)
    desk.press(Qt.Key.Key_1)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "yes"}
    desk.window.close()
    assert not reader.isVisible()


def test_a_locked_window_leads_to_the_passphrase(desk: Desk) -> None:
    desk.window.commands["lock"].trigger()
    desk.window.commands["guide"].trigger()
    assert guide_of(desk).place == "what-to-do.md#passphrase"


def test_the_guide_follows_text_size_and_language(desk: Desk) -> None:
    desk.window.commands["guide"].trigger()
    before = guide_of(desk)
    desk.window.use_settings(Settings(text_size=150, language="Welsh (cy)"))
    after = guide_of(desk)
    assert after is not before
    assert after.place == before.place.partition("#")[0]
    assert after.text.page is not None
    assert after.text.page.title == "Asesydd: wythnos gydag achosion"


def test_words_are_found_and_gone_to_by_the_keyboard(reader: GuideWindow) -> None:
    every_page = reader.lines
    assert len(every_page) == len(guide.PAGES)
    QTest.keyClick(reader, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClicks(box, "LÁPTOP lost")
    assert "A laptop is lost" in reader.lines[0]
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert reader.place == "what-to-do.md#lost"
    assert "lost" in reader.text.found_words
    assert reader.text.textCursor().block().text() == "A laptop is lost"
    reader.look_for("xyzzy")
    assert (reader.lines, bool(reader.said)) == ([], True)
    reader.look_for("")
    assert reader.lines == every_page


def test_the_way_back_is_remembered(reader: GuideWindow) -> None:
    reader.text.wanted.emit("promise.md")
    reader.text.wanted.emit("what-to-do.md#lost")
    QTest.keyClick(reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert reader.place == "promise.md"
    reader.back()
    reader.back()
    assert reader.place == "start.md"
    reader.forward()
    assert reader.place == "promise.md"
    reader.show_place("words.md")
    reader.forward()
    assert reader.place == "words.md"


@pytest.mark.parametrize(
    "link", ["https://example.org/", "file:///etc/passwd", "nowhere.md", "start.md#nowhere"]
)
def test_what_is_no_place_of_the_guide_leads_nowhere(reader: GuideWindow, link: str) -> None:
    reader.text.wanted.emit(link)
    assert reader.place == "start.md"


def test_pictures_fit_into_the_window(reader: GuideWindow, qtbot: QtBot) -> None:
    reader.show_place("assessor.md")
    for width in (500, 900):
        reader.resize(width, 600)
        qtbot.waitUntil(
            lambda: reader.text.document().idealWidth() <= reader.text.viewport().width()
        )
    assert reader.text.horizontalScrollBar().maximum() == 0


def test_a_page_and_the_whole_guide_are_saved_as_pdf(reader: GuideWindow, tmp_path: Path) -> None:
    one, all_pages = tmp_path / "page.pdf", tmp_path / "guide.pdf"
    reader.save_pdf(one, whole=False)
    reader.save_pdf(all_pages, whole=True)
    assert one.read_bytes().startswith(b"%PDF")
    assert all_pages.stat().st_size > one.stat().st_size


def test_every_page_of_the_program_has_its_place_in_the_guide(reader: GuideWindow) -> None:
    for page in ("cases", "case", "review", "set_up", "team", "results", "practice", "locked", ""):
        reader.show_place("words.md")
        reader.show_place(fitting.fitting(page))
        assert reader.place == fitting.fitting(page)


@pytest.mark.parametrize("code", ["en", "cy"])
def test_every_key_in_the_guide_is_one_of_the_program(code: str) -> None:
    there = {key for does in actions.ALL for key in does.keys} | OF_THE_GUIDE
    named = {
        key
        for path in paths.resource("help", code).glob("*.md")
        for key in CODE.findall(path.read_text(encoding="utf-8"))
        if KEY.match(key)
    }
    assert len(named) > 15
    assert named - there == set()
