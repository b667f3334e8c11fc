"""The guide beside the window: it opens where it fits, finds words, and goes on paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QPagedPaintDevice, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from hmip_desktop import guide, language, paths
from hmip_desktop.guide import Found, Page
from hmip_desktop.operations.guide_on_paper import guide_on_paper, page_on_paper
from hmip_desktop.operations.paper import Paper
from hmip_desktop.settings import Settings
from ui import actions, paper
from ui.dialogs.guide import GuideWindow, pages
from ui.models import guide as fitting

desk, inspection = gui_desk.desk, gui_desk.inspection
CODE = re.compile(r"`([^`]+)`")
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+.+|F\d+)$")
LANGUAGES = ("en", "cy")
MORE_THAN_A_SHEET = {"scores", "promise", "keys", "words"}
FEW_LINES = 0.25  # of a sheet: what is left over must fill more
OF_THE_GUIDE = {"Ctrl+F", "Alt+Left", "Alt+Right", "F6", "Ctrl+P", "Ctrl+Enter"}


@dataclass(frozen=True)
class OnPaper:
    """What became of a page: its sheets, how far the last is filled, and what was cut in two."""

    sheets: int
    last_filled: float
    cut: tuple[str, ...]


class Press:
    """Saves PDFs as the program does, and measures each while its text is laid out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._path = folder / "page.pdf"
        self._document = QTextDocument()
        self._measured = OnPaper(0, 0.0, ())
        text, paint = vars(paper)["_Text"], paper.paint

        def made() -> QTextDocument:
            self._document = text()
            return self._document

        def painted(device: QPagedPaintDevice, resolution: int, one: Paper) -> int:
            sheets = paint(device, resolution, one)
            self._measured = measured(self._document, sheets)
            return sheets

        monkeypatch.setattr(paper, "_Text", made)
        monkeypatch.setattr(paper, "paint", painted)

    def of(self, one: Paper) -> OnPaper:
        """What becomes of something on paper."""
        paper.save_pdf(self._path, one)
        return self._measured


def measured(document: QTextDocument, sheets: int) -> OnPaper:
    height = document.pageSize().height()
    cut, bottom, block = [], 0.0, document.begin()
    while block.isValid():
        room = document.documentLayout().blockBoundingRect(block)
        bottom = max(bottom, room.bottom())
        if room.top() // height != (room.bottom() - 1) // height and is_whole(block):
            cut.append(block.text())
        block = block.next()
    return OnPaper(sheets, bottom / height - (sheets - 1), tuple(cut))


def is_whole(block: QTextBlock) -> bool:
    """Whether it is a row of a table or a picture, which no two sheets may share."""
    is_row = QTextCursor(block).currentTable() is not None
    return is_row or "\N{OBJECT REPLACEMENT CHARACTER}" in block.text()


def in_language(code: str) -> tuple[Page, ...]:
    language.use(code)
    return pages()


@pytest.fixture
def press(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Press:
    assert qtbot is not None
    return Press(monkeypatch, tmp_path)


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


def test_words_are_found_and_gone_to_by_the_keyboard(
    reader: GuideWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    find = guide.find

    def noted(pages: tuple[Page, ...], words: str) -> tuple[Found, ...]:
        searched.append(words)
        return find(pages, words)

    monkeypatch.setattr(guide, "find", noted)
    every_page = reader.lines
    assert len(every_page) == len(guide.PAGES)
    QTest.keyClick(reader, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClicks(box, "LÁPTOP lost")
    qtbot.waitUntil(lambda: "A laptop is lost" in reader.lines[0])
    assert len(searched) < len("LÁPTOP lost")
    assert isinstance(box, QLineEdit)
    box.selectAll()
    QTest.keyClicks(box, "laptop is lost")  # and Enter, before a pause
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


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", sorted(set(guide.PAGES) - MORE_THAN_A_SHEET))
def test_a_page_for_somebody_is_one_sheet(press: Press, name: str, code: str) -> None:
    (page,) = (one for one in in_language(code) if one.name == name)
    assert press.of(page_on_paper(page)).sheets == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sheet_holds_a_few_lines_only_and_nothing_is_cut(press: Press, code: str) -> None:
    book = in_language(code)
    sheets = 0
    for page in book:
        one = press.of(page_on_paper(page))
        assert one.sheets == 1 or one.last_filled > FEW_LINES, page.name
        assert one.cut == (), page.name
        sheets += one.sheets
    assert press.of(guide_on_paper(book)).sheets == sheets


def test_the_measure_of_sheets_sees_what_it_is_for(press: Press) -> None:
    row = "<tr><td>" + "word " * 20 + "</td></tr>"
    long = press.of(Paper("long", ("", ""), f"<table width='100'>{row * 20}</table>"))
    assert long.sheets > 1
    assert long.cut
    assert press.of(Paper("short", ("", ""), "<p>word</p>")).last_filled < FEW_LINES


def test_every_page_of_the_program_has_its_place_in_the_guide(reader: GuideWindow) -> None:
    for page in ("cases", "case", "review", "set_up", "team", "results", "practice", "locked", ""):
        reader.show_place("words.md")
        reader.show_place(fitting.fitting(page))
        assert reader.place == fitting.fitting(page)


@pytest.mark.parametrize("code", LANGUAGES)
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
