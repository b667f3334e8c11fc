"""First run and practising, by keyboard, in a real window."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gui_desk
import pytest
import test_gui_languages
from gui_desk import Desk
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot
from test_gui_languages import DATA, english_in
from test_gui_names import nameless

from hmip_desktop import paths
from hmip_desktop import settings as settings_file
from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.operations import model_case, practising
from hmip_desktop.settings import Settings
from ui import messages, paper
from ui.main_window import MainWindow
from ui.models import practise as words
from ui.pages.practise import Practise
from ui.pages.start import StartPage
from ui.session import Session
from ui.widgets.tall_button import TallButton

desk, inspection, marked = gui_desk.desk, gui_desk.inspection, test_gui_languages.marked
CTRL = Qt.KeyboardModifier.ControlModifier
DIFFERENT = {"q4_1_03": "correct", "q4_1_91": "no", "q3_1_05": "yes", "q0_20": "alcohol"}


class Newcomer:
    """Somebody before a window, with a keyboard."""

    def __init__(self, bot: QtBot) -> None:
        self.bot, self.window = bot, MainWindow()

    @property
    def place(self) -> Practise:
        place = self.window.workplace
        assert isinstance(place, Practise)
        return place

    @property
    def session(self) -> Session:
        assert self.window.session is not None
        return self.window.session

    @property
    def key(self) -> AssessmentKey:
        return practising.one(self.session.reading).assessment.key

    @property
    def answers(self) -> dict[str, str]:
        return dict(practising.one(self.session.reading).assessment.answers)

    @property
    def page(self) -> str:
        return self.place.place.page

    @property
    def focus(self) -> QWidget:
        self.bot.waitUntil(_is_in_sight)
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    @property
    def focused_text(self) -> str:
        focus = self.focus
        return focus.accessibleName() or (focus.text() if isinstance(focus, QPushButton) else "")

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.focus, key, held or Qt.KeyboardModifier.NoModifier)

    def answer(self, wanted: str) -> None:
        """Press the digits of an answer to the question in hand."""
        question = self.session.form.question_by_name[self.place.case_page.question]
        names = [choice.name for choice in question.choices]
        for one in wanted.split():
            self.press(Qt.Key(Qt.Key.Key_1 + names.index(one)))

    def answer_all(self, otherwise: dict[str, str]) -> None:
        """Walk from question to question, and answer by the benchmark or otherwise."""
        wanted = {**model_case.model_case().answers, **otherwise}
        for _ in range(60):
            self.answer(wanted[self.place.case_page.question])
            before = self.place.case_page.question
            self.press(Qt.Key.Key_Down, CTRL)
            if self.place.case_page.question == before:
                return
        raise AssertionError("there is no end of questions")


@contextmanager
def sitting(qtbot: QtBot, qtlog: _QtMessageCapture) -> Iterator[Newcomer]:
    """One sitting: the window is opened, and closed at its end."""
    made = Newcomer(qtbot)
    with qtbot.waitActive(made.window):
        made.window.show()
    yield made
    made.window.close()
    made.window.deleteLater()
    gui_desk.assert_quiet(qtlog)


@pytest.fixture
def newcomer(qtbot: QtBot, qtlog: _QtMessageCapture) -> Iterator[Newcomer]:
    with sitting(qtbot, qtlog) as made:
        yield made


def test_a_newcomer_practises_by_keyboard_and_goes_on_another_day(
    qtbot: QtBot, qtlog: _QtMessageCapture
) -> None:
    with sitting(qtbot, qtlog) as first:
        assert first.focused_text.startswith("Practise")
        first.press(Qt.Key.Key_Return)
        assert first.page == "cases"
        assert first.focused_text == "Read the case"
        first.press(Qt.Key.Key_Return)
        assert first.page == "story"
        first.press(Qt.Key.Key_Tab)
        assert first.focused_text == "Begin the questions"
        first.press(Qt.Key.Key_Return)
        assert first.page == "case"
        first.answer_all(DIFFERENT)
        assert practising.one(first.session.reading).state.unanswered == ()
        given = first.answers
    with sitting(qtbot, qtlog) as later:
        # It is not among the recent files.
        qtbot.waitUntil(lambda: later.focused_text.startswith("Go on practising"))
        later.press(Qt.Key.Key_Return)
        assert later.answers == given
        assert later.focused_text == "Compare"
        later.place.show_case(later.key, "q0_04")
        later.press(Qt.Key.Key_R, CTRL)
        assert later.page == "review"
        later.place.review_page.sign_off_button.setFocus()
        later.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: later.page == "compare")
        crossed, others, routed, _same = later.place.comparison.state.parts
        assert [row.number for row in crossed.rows] == ["3.1.05", "4.1.03"]
        assert [row.number for row in others.rows] == ["0.20", "4.1.91"]
        assert [row.number for row in routed.rows] == ["4.1.12"]
        assert later.focused_text.startswith("3.1.05")
        later.press(Qt.Key.Key_Down)
        later.press(Qt.Key.Key_Return)
        assert later.page == "case"
        assert later.place.case_page.question == "q4_1_03"
    assert settings_file.load().recent == ()


def test_the_row_says_both_sides_and_why(newcomer: Newcomer) -> None:
    newcomer.window.practise()
    answer(newcomer, "q4_1_03", "correct", "q0_05", "medium")
    newcomer.place.show_page("compare")
    (row,) = newcomer.place.comparison.state.parts[0].rows
    assert row.your_tone == "above"
    assert row.benchmark_tone == "below"
    assert row.yours.startswith("▲")
    assert row.benchmark.startswith("▼")
    assert row.why == str(why("q4_1_03"))
    texts = {one.text() for one in newcomer.place.comparison.rows[0].findChildren(QLabel)}
    assert any(row.why in text for text in texts)


def test_a_question_that_was_not_asked_leads_to_the_answer_that_kept_it_away(
    newcomer: Newcomer,
) -> None:
    newcomer.window.practise()
    answer(newcomer, "q4_1_91", "no")
    newcomer.place.show_page("compare")
    row = newcomer.place.comparison.rows[-1]
    assert row.accessibleName().startswith("4.1.12")
    row.setFocus()
    newcomer.press(Qt.Key.Key_Return)
    assert newcomer.place.case_page.question == "q4_1_91"


def test_nothing_is_shown_of_a_question_without_an_answer(newcomer: Newcomer) -> None:
    newcomer.window.practise()
    newcomer.place.show_page("compare")
    assert newcomer.place.comparison.state.parts == ()
    assert newcomer.place.comparison.rows == ()
    newcomer.press(Qt.Key.Key_Return)
    assert newcomer.place.case_page.question == "q0_04"


def test_the_comparison_is_copied_and_goes_on_paper(newcomer: Newcomer, tmp_path: Path) -> None:
    newcomer.window.practise()
    answer(newcomer, "q4_1_03", "correct", "q0_04", "community_order")
    newcomer.place.show_page("compare")
    copied = next(
        one for one in newcomer.place.comparison.findChildren(QLabel) if "Copied" in one.text()
    )
    assert not copied.isVisible()
    newcomer.place.comparison.copy()
    newcomer.bot.waitUntil(copied.isVisible)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in lines] == ["Question", "4.1.03", "0.04"]
    state = newcomer.place.comparison.state
    printed = tmp_path / "comparison.pdf"
    paper.save_pdf(printed, words.on_paper(state, "PRACTICE"))
    assert printed.read_bytes().startswith(b"%PDF")


def test_starting_again_empties_it(newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch) -> None:
    newcomer.window.practise()
    answer(newcomer, "q0_04", "licence")
    newcomer.place.show_page("cases")
    monkeypatch.setattr(messages, "confirm", lambda *_: False)
    press(newcomer, "Start again...")
    assert newcomer.answers == {"q0_04": "licence"}
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    press(newcomer, "Start again...")
    newcomer.bot.waitUntil(lambda: newcomer.window.session is not None and not newcomer.answers)
    assert newcomer.page == "cases"


def test_it_is_marked_and_offers_no_way_into_an_inspection(newcomer: Newcomer) -> None:
    newcomer.window.practise()
    assert "Practice" in newcomer.window.windowTitle()
    strip = "Practice: nothing here reaches an inspection"
    for page in ("cases", "story", "case", "review", "compare"):
        if page in ("case", "review"):
            newcomer.place.show_case(newcomer.key)
        newcomer.place.show_page(page)
        QApplication.processEvents()
        shown = {one.text() for one in newcomer.window.findChildren(QLabel) if one.isVisible()}
        assert strip in shown
        assert "Hand in to the lead inspector" not in shown
    for name in ("take_in", "safe", "copies", "lock"):
        assert not newcomer.window.commands[name].isEnabled()
    assert not newcomer.window.locking.idle.is_watching
    newcomer.window.use_settings(Settings(lock_after=1))
    assert not newcomer.window.locking.idle.is_watching


def test_leaving_leads_back_to_the_first_page(newcomer: Newcomer) -> None:
    newcomer.window.practise()
    press(newcomer, "Leave practice")
    newcomer.bot.waitUntil(lambda: isinstance(newcomer.window.centralWidget(), StartPage))
    assert newcomer.window.session is None
    assert newcomer.focused_text.startswith("Practise")


def test_opening_its_file_asks_for_no_passphrase(newcomer: Newcomer) -> None:
    newcomer.window.practise()
    newcomer.window.close_file()
    newcomer.window.open_file(paths.practice_file())
    assert newcomer.session.is_practice


def test_a_lead_who_drops_it_among_the_teams_files_is_told(desk: Desk) -> None:
    desk.open(desk.lead)
    practising.open_practice().close()
    entries = len(desk.session.reading.document.journal)
    desk.place.merge([paths.practice_file()])
    assert len(desk.session.reading.document.journal) == entries
    assert any("practice case" in one.text() for one in desk.place.findChildren(QLabel))


def test_practising_from_the_menu_closes_the_real_file_and_back(desk: Desk) -> None:
    desk.window.commands["practise"].trigger()
    assert desk.session.is_practice
    desk.place.show_page("story")
    desk.window.commands["practise"].trigger()
    assert desk.place.place.page == "cases"
    desk.open(desk.own)
    assert not desk.session.is_practice
    assert not desk.window.commands["story"].isVisible()
    assert desk.window.commands["take_in"].isEnabled()


def test_the_case_lies_beside_the_questions_where_there_is_room(newcomer: Newcomer) -> None:
    newcomer.window.practise()
    newcomer.place.show_case(newcomer.key)
    newcomer.window.resize(1280, 800)
    newcomer.bot.waitUntil(lambda: newcomer.place.beside.shows_story)
    newcomer.press(Qt.Key.Key_F9)
    assert not newcomer.place.beside.shows_story
    newcomer.press(Qt.Key.Key_F9)
    assert newcomer.place.beside.shows_story
    newcomer.window.resize(800, 560)
    newcomer.bot.waitUntil(lambda: not newcomer.place.beside.shows_story)


def test_the_guidance_is_there_from_the_start_and_stays_when_the_text_grows(
    newcomer: Newcomer,
) -> None:
    newcomer.window.practise()
    newcomer.place.show_case(newcomer.key)
    newcomer.window.resize(1280, 800)
    newcomer.bot.waitUntil(lambda: newcomer.place.beside.shows_story)
    newcomer.bot.waitUntil(lambda: newcomer.place.case_page.shows_guidance)
    newcomer.press(Qt.Key.Key_F9)
    newcomer.press(Qt.Key.Key_F7)
    shown = parts_shown(newcomer)
    for _ in range(2):
        before = newcomer.place
        newcomer.press(Qt.Key.Key_Plus, CTRL)
        newcomer.press(Qt.Key.Key_Minus, CTRL)
        newcomer.press(Qt.Key.Key_Plus, CTRL)
        newcomer.bot.waitUntil(lambda: newcomer.place is not before)  # noqa: B023
        newcomer.bot.waitUntil(newcomer.place.case_page.isVisible)
        assert parts_shown(newcomer) == shown


def parts_shown(newcomer: Newcomer) -> tuple[bool, ...]:
    """Criteria, guidance and story, as they are and as the menu says."""
    case, commands = newcomer.place.case_page, newcomer.window.commands
    ticks = (commands[name].isChecked() for name in ("outline", "guidance", "story"))
    return (case.shows_outline, case.shows_guidance, newcomer.place.beside.shows_story, *ticks)


def test_who_comes_back_sees_how_far_practising_is(newcomer: Newcomer) -> None:
    newcomer.window.practise()
    answer(newcomer, "q0_04", "community_order")
    newcomer.window.close_file()
    start = newcomer.window.centralWidget()
    assert isinstance(start, StartPage)
    said = "Go on practising: 1 of "
    newcomer.bot.waitUntil(
        lambda: any(one.accessibleName().startswith(said) for one in doors(newcomer))
    )
    assert "first time" not in " ".join(
        one.text() for one in start.findChildren(QLabel) if one.isVisible()
    )


def test_who_has_recent_files_opens_the_last_with_enter(
    qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path
) -> None:
    last, before = tmp_path / "last.hmip", tmp_path / "before.hmip"
    for path in (before, last):
        path.touch()
    settings_file.save(Settings().with_recent(before).with_recent(last))
    with sitting(qtbot, qtlog) as one:
        assert one.focused_text == "last.hmip"
        start = one.window.centralWidget()
        assert isinstance(start, StartPage)
        wanted: list[str] = []
        start.file_wanted.disconnect()
        start.file_wanted.connect(wanted.append)
        one.press(Qt.Key.Key_Return)
        assert wanted == [str(last.resolve())]


@pytest.mark.parametrize(("width", "height", "percent"), [(800, 560, 200), (1024, 700, 200)])
def test_the_first_page_fits_small_windows_and_large_text(
    width: int, height: int, percent: int, newcomer: Newcomer
) -> None:
    newcomer.window.use_settings(Settings(text_size=percent))
    newcomer.window.resize(width, height)
    newcomer.bot.waitUntil(lambda: all(door.isVisible() for door in doors(newcomer)))
    assert newcomer.window.width() == width
    doors(newcomer)[-1].setFocus()
    for _ in doors(newcomer):
        newcomer.press(Qt.Key.Key_Tab)
        assert newcomer.focus.width() <= width
        newcomer.bot.waitUntil(lambda: not newcomer.focus.visibleRegion().isEmpty())


def test_everything_has_a_name(newcomer: Newcomer) -> None:
    assert nameless(newcomer.window) == []
    newcomer.window.practise()
    answer(newcomer, "q0_04", "licence", "q4_1_01", "inaccurate")
    for page in ("cases", "story", "compare"):
        newcomer.place.show_page(page)
        assert nameless(newcomer.window) == []


def test_no_word_is_left_in_english(
    marked: None, newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer.window._show_start()
    assert english_in(newcomer.window) == set()
    newcomer.window.practise()
    answer(newcomer, "q4_1_91", "no", "q4_1_21", "late", "q4_1_01", "late")
    form = newcomer.session.form
    data = [str(one.label) for one in form.questions]
    data += [str(choice.label) for one in form.questions for choice in one.choices]
    data += [str(one.why) for one in model_case.model_case().benchmark]
    monkeypatch.setattr("test_gui_languages.DATA", (*sorted(data, key=len, reverse=True), *DATA))
    for page in ("cases", "story", "compare"):
        newcomer.place.show_page(page)
        assert english_in(newcomer.window) == set()


class Flashes(QObject):
    """Notes every window that shows beside the one in use."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.window, self.seen = window, list[str]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if is_window and event.type() == QEvent.Type.Show and watched is not self.window:
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_flashes_up_as_a_window_of_its_own(newcomer: Newcomer) -> None:
    flashes = Flashes(newcomer.window)
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(flashes)
    newcomer.window.practise()
    answer(newcomer, "q0_04", "licence", "q4_1_91", "no")
    newcomer.place.show_case(newcomer.key)
    for page in ("case", "review", "compare", "story", "cases"):
        newcomer.place.show_page(page)
        QApplication.processEvents()
    newcomer.window.close_file()
    app.removeEventFilter(flashes)
    assert flashes.seen == []


def test_it_opens_at_once(newcomer: Newcomer) -> None:
    begun = time.process_time()  # others may be at work on this machine
    newcomer.window.practise()
    assert time.process_time() - begun < 3  # 0.6 s on a quiet one


def _is_in_sight() -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.isVisible()


def answer(newcomer: Newcomer, *pairs: str) -> None:
    for question, value in zip(pairs[::2], pairs[1::2], strict=True):
        newcomer.session.answer(newcomer.key, question, value)


def doors(newcomer: Newcomer) -> list[TallButton]:
    page = newcomer.window.centralWidget()
    assert page is not None
    return page.findChildren(TallButton)


def why(question: str) -> str:
    return str(
        next(one.why for one in model_case.model_case().benchmark if one.question == question)
    )


def press(newcomer: Newcomer, text: str) -> None:
    (found,) = (one for one in newcomer.place.findChildren(QPushButton) if one.text() == text)
    found.setFocus()
    newcomer.press(Qt.Key.Key_Return)
