"""The window in another language: nothing in it stays English by oversight."""

import gettext
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from hmip_desktop import language
from hmip_desktop.settings import Settings
from ui.dialogs.about import AboutDialog
from ui.dialogs.aggregate import AggregateDialog
from ui.dialogs.aggregate_passphrase import AggregatePassphraseDialog
from ui.dialogs.guide import GuideWindow, pages
from ui.dialogs.new_inspection import NewInspectionDialog
from ui.dialogs.settings import SettingsDialog
from ui.dialogs.unlock import UnlockDialog
from ui.dialogs.update import UpdateDialog
from ui.main_window import MainWindow
from ui.pages.results_workbook import Wanted, WorkbookDialog

desk, inspection = gui_desk.desk, gui_desk.inspection

# What the inspection's own people wrote, or what is a name and not a word.
DATA = (
    "HMIP Desktop", "Newtown 2026", "Newtown", "Inspector 1", "Lead 1", "Medium", "NEW-",
    "Assisting sentencing", "Delivering the sentence", "Assessment and planning",
    "Was there a report?", "Look in the file.", "What did it lack?", "Was it on time?",
    "Anything else about it?", "How many contacts?", "When was the first?",
    "Was the plan good enough?", "Please give fewer than 100.", "Yes", "Not applicable",
    "Sources", "Analysis", "Dates", ".hmip", "PDF", "RoSH", "LDU", "English", "Cymraeg (drafft)",
)  # fmt: skip
KEYS = r"Ctrl|Shift|Alt|Esc|Home|Down|Space|Enter|Del|Tab"


class Marked(gettext.NullTranslations):
    """A language in which every text stands between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language._Speech, "catalogue", Marked())
    monkeypatch.setattr(language, "use", lambda _code: None)


def english_in(root: QWidget) -> set[str]:
    """The texts on screen, or told to a screen reader, that did not come through the catalogue."""
    return {text for text in texts(root) if is_english(text)}


def is_english(text: str) -> bool:
    if Path(text).is_absolute():
        return False
    before = None
    while before != text:  # from the innermost bracket outwards
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    for known in DATA:
        text = text.replace(known, " ")
    return bool(re.search(r"[A-Za-z]{3}", re.sub(KEYS, " ", re.sub(r"<[^>]*>", " ", text))))


def texts(root: QWidget) -> Iterator[str]:
    for one in (root, *root.findChildren(QWidget)):
        if not one.isVisible() or one.objectName().startswith("qt_"):
            continue
        yield from (one.accessibleName(), one.accessibleDescription(), one.toolTip())
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        if isinstance(one, QLineEdit | QPlainTextEdit):
            yield one.placeholderText()
        if isinstance(one, QComboBox):
            yield from (one.itemText(at) for at in range(one.count()))
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from in_table(one.model())
    yield from (root.windowTitle(),)
    for action in root.findChildren(QAction):
        if not isinstance(action.parent(), QLineEdit | QPlainTextEdit):
            yield from (action.text(), action.statusTip())


def in_table(model: QAbstractItemModel) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount(QModelIndex())):
            yield str(model.index(row, column).data() or "")


def every_page(desk: Desk) -> dict[str, set[str]]:
    found = {page: english_in(desk.window) for page in gui_desk.each_page(desk)}
    return {page: there for page, there in found.items() if there}


@pytest.mark.usefixtures("marked")
def test_no_word_of_an_assessors_pages_is_left_behind(desk: Desk) -> None:
    assert every_page(desk) == {}


@pytest.mark.usefixtures("marked")
def test_no_word_of_the_leads_pages_is_left_behind(desk: Desk) -> None:
    desk.open(desk.lead)
    assert every_page(desk) == {}


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(
    "made",
    [
        GuideWindow,
        AboutDialog,
        lambda window: UpdateDialog(None, "", window),
        lambda window: SettingsDialog(Settings(), ("default",), window),
        lambda window: UnlockDialog(Path("a.hmip"), window),
        lambda window: NewInspectionDialog("", window),
        lambda window: AggregateDialog("", None, window),
        lambda window: AggregatePassphraseDialog(Path("a.hmip"), lambda *_: None, window),
        lambda window: WorkbookDialog(window.session.reading, Wanted(), window),
        lambda window: WorkbookDialog(window.session.reading, Wanted(for_team=False), window),
    ],
)
def test_no_word_of_a_dialog_is_left_behind(
    made: Callable[[MainWindow], QDialog], desk: Desk
) -> None:
    dialog = made(desk.window)
    dialog.show()
    titles = {page.title for page in pages()}  # written in the guide, in every language
    assert english_in(dialog) - titles == set()
    dialog.close()
