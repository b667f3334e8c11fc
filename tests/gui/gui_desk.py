"""A small inspection in real case files, and a window on it that may not warn."""

import csv
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer, QtMsgType
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QProgressDialog, QWidget
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import Assessment
from hmip_desktop.operations import allocating, handing_out, set_up
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from ui.main_window import MainWindow
from ui.pages.case import CasePage
from ui.pages.workplace import Workplace
from ui.session import Session
from ui.widgets.marks import Marks

WORDS = "seven paper boats drift"
LONGEST_WAIT = 60.0
D = TypeVar("D", bound=QDialog)
SURVEY = """\
,type,name,label,hint,relevant,required,constraint,constraint_message,\
bind::hmip:criteria,bind::hmip:scored,bind::hmip:doubt,bind::hmip:doubt_message
,begin_group,s1,Assisting sentencing,,,,,,,
,begin_group,c1_1,Assessment and planning,,,,,,,
,select_one yn,q1_1_01,Was there a report?,Look in the file.,,yes,,,1.1,yes
,select_multiple parts,q1_1_02,What did it lack?,,${q1_1_01} = 'no',,,,1.1,no
,select_one yn,q1_1_03,Was it on time?,,${q1_1_01} = 'yes',yes,,,1.1,yes
,text,q1_1_04,Anything else about it?,,,,,,1.1,no
,end_group,c1_1,,,,,,,,
,end_group,s1,,,,,,,,
,begin_group,s2,Delivering the sentence,,,,,,,
,begin_group,c2_1,Assessment and planning,,,,,,,
,integer,q2_1_01,How many contacts?,,,,. <= 99,Please give fewer than 100.,2.1,no
,date,q2_1_02,When was the first?,,,,,,2.1,no
,select_one yn,q2_1_03,Was the plan good enough?,,,yes,,,2.1,yes,\
${q1_1_01} = 'no' and ${q2_1_03} = 'yes',A good plan without any report?
,end_group,c2_1,,,,,,,,
,end_group,s2,,,,,,,,
"""
CHOICES = """\
choices
,list_name,name,label,line
,yn,yes,Yes,above
,yn,no,No,below
,yn,na,Not applicable,
,parts,a,Sources,
,parts,b,Analysis,
,parts,c,Dates,
settings
,form_title,form_id,version,namespaces
,A small form,small,1,"hmip=""urn:hmip-desktop:form\"""
"""


@dataclass
class Desk:
    """A window with a case file open, and the hands before it."""

    bot: QtBot
    window: MainWindow
    lead: Path
    own: Path

    @property
    def place(self) -> Workplace:
        assert self.window.workplace is not None
        return self.window.workplace

    @property
    def case(self) -> CasePage:
        return self.place.case_page

    @property
    def session(self) -> Session:
        assert self.window.session is not None
        return self.window.session

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def open(self, path: Path) -> None:
        self.window.show_session(Session.opened(path, Passphrase(WORDS)))

    def walk(self, reference: str) -> None:
        """Open a case as its assessor."""
        key = self.session.reading.assessment_for(reference).assessment.key
        self.place.show_case(key)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key wherever the focus is; shortcuts hold in the active window only."""
        self.bot.waitUntil(lambda: QApplication.activeWindow() is not None)
        held = modifier or Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.focus, key, held)

    def type(self, text: str) -> None:
        """Type wherever the focus is."""
        QTest.keyClicks(self.focus, text)

    def in_file(self, reference: str) -> Assessment:
        """What a copy of the case file says, opened by somebody else."""
        copy = self.session.path.with_name("a look.hmip")
        shutil.copyfile(self.session.path, copy)
        with open_case_file(copy, Passphrase(WORDS), write=False) as document:
            found = Reading(document).assessment_for(reference).assessment
        copy.unlink()
        return found

    def asked(self) -> list[str]:
        """The numbers of the questions on screen."""
        by_name = self.session.form.question_by_name
        return [by_name[name].number for name in self.case.column.shown_names()]

    @property
    def in_hand(self) -> str:
        return self.session.form.question_by_name[self.case.question].number


@pytest.fixture
def inspection(tmp_path: Path) -> tuple[Path, Path]:
    """The lead's case file and that of the one assessor."""
    return made_inspection(tmp_path)


@pytest.fixture
def desk(qtbot: QtBot, qtlog: _QtMessageCapture, inspection: tuple[Path, Path]) -> Iterator[Desk]:
    """The assessor's case file open in a window."""
    made = Desk(qtbot, MainWindow(), *inspection)
    made.open(made.own)
    with on_screen(made, qtlog):
        yield made


@contextmanager
def on_screen(desk: Desk, qtlog: _QtMessageCapture) -> Iterator[None]:
    """Show the window, and put it away when all is done."""
    with desk.bot.waitActive(desk.window):
        desk.window.show()
    yield
    desk.window.close()
    desk.window.deleteLater()
    assert_quiet(qtlog)


@contextmanager
def by_form(text: str, qtbot: QtBot, qtlog: _QtMessageCapture, folder: Path) -> Iterator[Desk]:
    """Somebody's own file of an inspection by a form of the test's own, open on screen."""
    form = folder / "own.csv"
    form.write_text(text, encoding="utf-8")
    made = Desk(qtbot, MainWindow(), *made_inspection(folder, form))
    made.open(made.own)
    with on_screen(made, qtlog):
        yield made


def each_page(desk: Desk) -> Iterator[str]:
    """Show every question of a case, every page and every step, one after the other."""
    desk.window.resize(1280, 800)
    desk.walk("NEW-001")
    marks, key = desk.case.findChild(Marks), desk.case.key
    assert marks is not None
    assert key is not None
    marks._chips["good practice"].click()
    for question in desk.session.form.answerable:
        if question.name in desk.session.assessment(key).state.is_asked:
            desk.case.go_to(question)
            yield question.number
    for page in desk.place._pages:
        desk.place.show_page(page)
        yield page
    if desk.session.is_leads:
        desk.place.show_page("set_up")
        for number in range(6):
            desk.place.set_up_page.show_step(number)
            yield f"step {number}"


def in_dialog(kind: type[D], does: Callable[[D], None]) -> list[BaseException]:
    """Do something in the dialog that is about to open; what went wrong there.

    Work that is slow here may stand before it: a dialog that nobody answers would wait for ever.
    """
    wrong: list[BaseException] = []
    opens_before = monotonic() + LONGEST_WAIT

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        is_awaited = dialog is None or isinstance(dialog, QProgressDialog)
        if is_awaited and not isinstance(dialog, kind) and monotonic() < opens_before:
            QTimer.singleShot(50, act)
            return
        try:
            assert isinstance(dialog, kind)
            come_forward(dialog)
            does(dialog)
        except BaseException as error:  # noqa: BLE001  told by the test, outside of Qt
            wrong.append(error)
        finally:
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(50, act)
    return wrong


def come_forward(dialog: QDialog) -> None:
    for _ in range(500):
        dialog.activateWindow()
        focus = QApplication.focusWidget()
        if focus is not None and dialog.isAncestorOf(focus):
            return
        QTest.qWait(20)
    raise AssertionError("the dialog does not take the focus")


def look_over(desk: Desk) -> None:
    """Press the key of the review; a window that is not active yet does not hear it."""
    review = desk.place.review_page

    def is_shown() -> bool:
        if not review.isVisible():
            desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        return review.isVisible()

    desk.bot.waitUntil(is_shown)


def wake(desk: Desk) -> None:
    """Without a window manager a window does not come forward by itself after a dialog."""
    with desk.bot.waitActive(desk.window):
        desk.window.activateWindow()
    desk.bot.waitUntil(lambda: QApplication.focusWidget() is not None)


def made_inspection(folder: Path, form: Path | None = None, cases: int = 3) -> tuple[Path, Path]:
    """An inspection by a form of its own, else by the small one."""
    if form is None:
        form = folder / "small.csv"
        form.write_text("survey\n" + SURVEY + CHOICES, encoding="utf-8")
    sample = [("reference", "ldu", "rosh"), *(_case(n + 1) for n in range(cases))]
    _table(folder / "sample.csv", sample)
    team = [("name", "role"), ("Lead 1", "lead inspector"), ("Inspector 1", "inspector")]
    _table(folder / "team.csv", team)
    lead = folder / "lead.hmip"
    plan = set_up.Plan("Newtown 2026", "Newtown", form, folder / "sample.csv", folder / "team.csv")
    set_up.new_inspection(lead, Passphrase(WORDS), plan)
    with open_case_file(lead, Passphrase(WORDS)) as document:
        allocating.allocate(document)
        (handed_out,) = handing_out.hand_out(document, folder / "handed out")
    return lead, handed_out.path


def assert_quiet(qtlog: _QtMessageCapture) -> None:
    """Qt has nothing to complain of."""
    kinds = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    # The platform without a screen says this of dialogs with a smallest size, and of menus.
    known = "This plugin does not support"
    said = [one.message for one in qtlog.records if one.type in kinds]
    assert [text for text in said if text and known not in text] == []


def _case(number: int) -> tuple[str, str, str]:
    return f"NEW-00{number}", "Newtown", "Medium"


def _table(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
