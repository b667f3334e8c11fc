"""What people type is shown letter by letter, in the window and on paper."""

import gui_desk
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QProgressDialog, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from hmip_desktop.operations import paper
from hmip_desktop.progress import Progress
from ui import background, plain

desk, inspection = gui_desk.desk, gui_desk.inspection
MARKUP = '<img src="file:///etc/passwd"><b>Bold</b> &amp; <script>1</script><a href="x">y</a>'


def as_read(text: str) -> str:
    """What a person sees of a text that Qt shows as it likes."""
    document = QTextDocument()
    if text.startswith("<"):  # as Qt guesses
        document.setHtml(text)
    else:
        document.setPlainText(text)
    return document.toPlainText()


def seen_plain(page: QWidget) -> int:
    """How often a page shows the markup; no label of it may read it, and no tool tip."""
    seen = 0
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QLabel) and "<" in widget.text():
            seen += 1
            assert widget.textFormat() is Qt.TextFormat.PlainText
        if "Bold" in widget.toolTip():
            assert "<b>Bold</b>" in as_read(widget.toolTip())
    return seen


def test_markup_in_notes_and_answers_is_shown_as_text(desk: Desk) -> None:
    desk.walk("NEW-001")
    key = desk.case.key
    assert key is not None
    for name, text in (("q1_1_01", "no"), ("q1_1_04", MARKUP)):
        assert desk.session.answer(key, name, text) is None
    assert desk.session.note(key, "q1_1_01", MARKUP) is None
    assert desk.session.note(key, "q2_1_03", MARKUP) is None
    assert desk.session.mark(key, "good practice", on=True, note=MARKUP) is None
    desk.walk("NEW-001")
    desk.case.go_to(desk.session.form.question_by_name["q2_1_03"])
    seen = seen_plain(desk.window)
    for page in ("review", "cases", "case"):
        desk.place.show_page(page)
        seen += seen_plain(desk.window)
    assert seen


def test_markup_on_paper_is_text(desk: Desk) -> None:
    desk.walk("NEW-001")
    key = desk.case.key
    assert key is not None
    desk.session.note(key, "q1_1_01", MARKUP)
    desk.session.answer(key, "q1_1_04", MARKUP)
    printed = paper.case_on_paper(desk.session.reading, desk.session.assessment(key))
    document = QTextDocument()
    document.setHtml(printed.html)
    assert document.toPlainText().count(MARKUP) == 2
    assert "<img" not in printed.html
    assert "<script" not in printed.html


def test_a_tool_tip_reads_as_it_was_typed() -> None:
    for text in (MARKUP, "a < b", "AT&T", "&lt;", "plain", "two\nlines <i>x</i>"):
        assert as_read(plain.tip(text)).replace("\u2029", "\n") == text
    QToolTip.hideText()


def test_a_name_with_markup_is_text_while_long_work_is_done(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    shown: list[QLabel] = []

    def work(progress: Progress) -> None:
        progress(1, 2, MARKUP)

    dialogs = page.findChildren(QProgressDialog)
    assert not dialogs
    background.run(page, "Merging", work)
    for dialog in page.findChildren(QProgressDialog):
        shown += dialog.findChildren(QLabel)
    assert shown
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in shown)
