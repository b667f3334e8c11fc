"""A case is looked over and signed off; words are found; the lead asks and is answered."""

import shutil
from pathlib import Path

import gui_desk
import pytest
from gui_desk import WORDS, Desk, in_dialog, look_over, wake
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import handing_out
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.paper import case_on_paper
from ui import messages, paper
from ui.dialogs.find import FindDialog
from ui.dialogs.over_pages import OverPages
from ui.dialogs.safe import SafeDialog
from ui.models import cases
from ui.pages.review_parts import QuestionLink
from ui.pages.review_queries import QueryCard
from ui.session import Session

desk, inspection = gui_desk.desk, gui_desk.inspection
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def answer(desk: Desk, **values: str) -> None:
    key = desk.case.key
    assert key is not None
    for name, value in values.items():
        assert desk.session.answer(key, name, value) is None


def linked(desk: Desk) -> list[str]:
    """The numbers of the questions that the review leads to."""
    found = desk.place.review_page.findChildren(QuestionLink)
    return [link.question.number for link in found if link.isVisible()]


def test_the_review_leads_to_what_is_missing_and_esc_back(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    look_over(desk)
    assert desk.place.place.page == "review"
    assert linked(desk)[:2] == ["1.1.03", "2.1.03"]
    assert not desk.place.review_page.sign_off_button.isEnabled()
    assert "2 required questions" in desk.place.review_page.state.in_the_way
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.place.in_case
    assert desk.in_hand == "2.1.03"
    look_over(desk)
    assert isinstance(desk.focus, QuestionLink)
    assert desk.focus.question.number == "1.1.03"
    desk.press(Qt.Key.Key_Escape)
    assert desk.in_hand == "2.1.03"


def test_a_case_is_signed_off_in_its_review_and_reopened(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.walk("NEW-001")
    answer(desk, q1_1_01="yes", q1_1_03="no", q2_1_03="yes")
    look_over(desk)
    review = desk.place.review_page
    said = {row.title: row.said for row in review.state.scores}
    assert said["1.1 Assessment and planning"] == "50% of 2 questions"
    assert said["2.1 Assessment and planning"] == "100% of 1 question"
    assert isinstance(desk.focus, QuestionLink)
    while desk.focus is not review.sign_off_button:
        desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Space)
    assert desk.in_file("NEW-001").signed_off
    assert desk.focus is review.sign_off_button  # Enter goes on, and takes nothing back
    assert review.sign_off_button.text() == "Next case"
    monkeypatch.setattr(messages.WhyDialog, "ask", lambda *_: "A page was missing")
    review.reopen()
    assert not desk.in_file("NEW-001").signed_off
    assert review.sign_off_button.text() == "Sign off"
    assert desk.focus is not review.sign_off_button


def test_signing_off_leads_from_case_to_case_and_in_the_end_to_the_list(desk: Desk) -> None:
    desk.window.resize(1024, 700)
    desk.walk("NEW-002")
    for reference in ("NEW-002", "NEW-003", "NEW-001"):
        assert desk.place.page == "case"
        assert reference in [one.text() for one in desk.case.findChildren(QLabel)]
        answer(desk, q1_1_01="yes", q1_1_03="no", q2_1_03="yes")
        look_over(desk)
        sign_off = desk.place.review_page.sign_off_button
        desk.press(Qt.Key.Key_End)
        assert desk.focus is sign_off
        desk.bot.waitUntil(lambda: not sign_off.visibleRegion().isEmpty())  # noqa: B023
        desk.press(Qt.Key.Key_Return)
        assert desk.in_file(reference).signed_off
        desk.press(Qt.Key.Key_Return)
    assert desk.place.page == "cases"


def test_end_leads_to_what_stands_in_the_way_of_signing_off(desk: Desk) -> None:
    desk.window.resize(800, 560)
    desk.walk("NEW-001")
    look_over(desk)
    bar = desk.place.review_page.scroll_bar
    desk.press(Qt.Key.Key_End)
    desk.bot.waitUntil(lambda: bar.value() > bar.maximum() // 2)
    desk.press(Qt.Key.Key_Home)
    assert bar.value() == 0
    desk.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_why_a_doubtful_answer_stands_is_kept_as_it_is_typed(desk: Desk) -> None:
    desk.walk("NEW-001")
    answer(desk, q1_1_01="no", q2_1_03="yes")
    look_over(desk)
    review = desk.place.review_page
    assert [doubt.message for doubt in review.state.doubts] == ["A good plan without any report?"]
    assert review.state.can_sign_off
    line = review.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    desk.type("The plan was made in court")
    assert desk.focus is line
    desk.press(Qt.Key.Key_Escape)
    assert desk.in_file("NEW-001").stands == {"q2_1_03": "The plan was made in court"}


def test_words_are_found_and_lead_to_their_question(desk: Desk) -> None:
    desk.walk("NEW-002")
    key = desk.case.key
    assert key is not None
    desk.session.note(key, "q2_1_01", "Twelve letters came back")
    desk.walk("NEW-001")

    def look(dialog: FindDialog) -> None:
        QTest.keyClicks(desk.focus, "letters back")
        desk.bot.waitUntil(lambda: len(dialog.lines) == 2)
        assert dialog.lines[1].startswith("NEW-002, note to 2.1.01:")
        desk.press(Qt.Key.Key_Return)

    wrong = in_dialog(FindDialog, look)
    desk.press(Qt.Key.Key_F, CTRL_SHIFT)
    assert wrong == []
    assert desk.case.key == key
    assert desk.in_hand == "2.1.01"


def test_a_question_that_cannot_be_gone_to_says_why(desk: Desk) -> None:
    dialog = FindDialog(desk.session, None, "default", desk.window)
    desk.bot.addWidget(dialog)
    box = dialog.findChild(QLineEdit)
    assert box is not None
    QTest.keyClicks(box, "on time")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert dialog.said.startswith("Open a case first")
    desk.walk("NEW-001")

    def look(inside: FindDialog) -> None:
        desk.type("on time")
        desk.press(Qt.Key.Key_Return)
        assert inside.said == "1.1.03 is not asked in NEW-001: because 1.1.01 has no answer yet."
        assert inside.chosen is None

    wrong = in_dialog(FindDialog, look)
    desk.press(Qt.Key.Key_F, CTRL_SHIFT)
    assert wrong == []
    assert desk.in_hand == "1.1.01"


def test_the_lead_asks_the_assessor_replies_and_the_lead_closes(desk: Desk, tmp_path: Path) -> None:
    desk.open(desk.lead)
    desk.walk("NEW-002")

    def ask(dialog: QDialog) -> None:
        desk.type("Who wrote the report?")
        (yes,) = [b for b in dialog.findChildren(QPushButton) if b.text() == "Ask"]
        yes.click()

    wrong = in_dialog(QDialog, ask)
    desk.press(Qt.Key.Key_Q, CTRL_SHIFT)
    assert wrong == []
    (query,) = desk.in_file("NEW-002").queries
    assert (query.question, query.text) == ("q1_1_01", "Who wrote the report?")

    own = tmp_path / "again" / "Inspector 1.hmip"
    desk.window.close_file()
    hand_out_again(desk.lead, own.parent)
    open_again(desk, own)
    assert statuses(desk) == ["Not started", "1 query from lead", "Not started"]
    desk.walk("NEW-002")
    look_over(desk)
    area = desk.place.review_page.findChild(QPlainTextEdit)
    assert area is not None
    area.setFocus()
    desk.type("The duty officer")
    desk.press(Qt.Key.Key_Escape)
    assert desk.in_file("NEW-002").queries[0].reply == "The duty officer"
    assert desk.place.in_case
    desk.place.show_page("cases")
    assert statuses(desk)[1] == "Not started"

    open_again(desk, desk.lead)
    desk.place.merge([own])
    desk.place.show_page("cases")
    wake(desk)
    assert statuses(desk)[1] == "1 reply to read"
    desk.walk("NEW-002")
    look_over(desk)
    (card,) = desk.place.review_page.findChildren(QueryCard)
    (close,) = [b for b in card.findChildren(QPushButton) if b.text() == "Close query"]
    close.click()
    assert desk.in_file("NEW-002").queries[0].closed


def open_again(desk: Desk, path: Path) -> None:
    desk.open(path)
    wake(desk)


def hand_out_again(lead: Path, folder: Path) -> None:
    with open_case_file(lead, Passphrase(WORDS)) as document:
        handing_out.hand_out(document, folder)


def statuses(desk: Desk) -> list[str]:
    return [row.status for row in cases.rows(desk.session.reading)]


def test_an_assessor_has_nobody_to_ask(desk: Desk) -> None:
    assert not desk.window.commands["ask"].isVisible()
    assert not desk.window.commands["print"].isEnabled()


def test_a_case_is_saved_as_pdf_or_it_is_said_why_not(desk: Desk, tmp_path: Path) -> None:
    desk.walk("NEW-001")
    key = desk.case.key
    assert key is not None
    desk.session.note(key, "q1_1_01", "<b>Not markup</b>")
    one = desk.session.assessment(key)
    path = tmp_path / "NEW-001.pdf"
    paper.save_pdf(path, case_on_paper(desk.session.reading, one))
    assert path.read_bytes().startswith(b"%PDF")
    assert b"/MediaBox [0 0 595" in path.read_bytes()
    with pytest.raises(Refused) as refused:
        paper.save_pdf(tmp_path / "none" / "a.pdf", case_on_paper(desk.session.reading, one))
    assert refused.value.code is Code.DISK


def test_a_case_is_printed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.walk("NEW-001")
    printed = tmp_path / "printed.pdf"

    def to_file(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(printed))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", to_file)
    desk.press(Qt.Key.Key_P, CTRL)
    assert printed.read_bytes().startswith(b"%PDF")


def test_it_is_said_whether_the_laptop_can_be_shut(
    desk: Desk, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    shutil.rmtree(home / "backups", ignore_errors=True)
    stick = tmp_path / "stick"
    stick.mkdir()

    def look(dialog: SafeDialog) -> None:
        assert dialog.is_safe
        assert [one.title for one in dialog.found] == ["Saved", "Whole", "Copied", "Encrypted"]
        dialog.hand_in(stick)
        assert "check code" in dialog.receipt
        monkeypatch.setattr(messages, "refused", lambda *_: None)
        dialog.hand_in(desk.own.parent)
        assert dialog.receipt == ""
        desk.press(Qt.Key.Key_Return)

    wrong = in_dialog(SafeDialog, look)
    desk.press(Qt.Key.Key_W, CTRL_SHIFT)
    assert wrong == []
    assert desk.window.session is None
    assert list(home.rglob("*.hmip"))
    assert (stick / desk.own.name).exists()


def test_what_is_not_well_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise Refused(Code.DISK, "The disk is full.")

    monkeypatch.setattr(desk.session.reading.document, "back_up", full)
    dialog = SafeDialog(desk.session, "Not saved: no room.", lambda _: "", desk.window)
    desk.bot.addWidget(dialog)
    assert not dialog.is_safe
    assert [one.well for one in dialog.found] == [False, True, False, True]


def test_nothing_is_opened_over_a_case_that_is_not_there(desk: Desk, qtbot: QtBot) -> None:
    over = OverPages(desk.window, desk.session, desk.place, "default")
    for name in ("ask", "print", "pdf"):
        over.does[name]()
    assert isinstance(desk.session, Session)


def test_an_urgent_concern_asks_for_its_words_and_never_blocks(desk: Desk) -> None:
    desk.walk("NEW-001")
    answer(desk, q1_1_01="yes", q1_1_03="yes", q2_1_03="yes")
    key = desk.case.key
    assert key is not None
    desk.session.mark(key, "urgent concern", on=True)
    look_over(desk)
    review = desk.place.review_page
    assert review.state.concern
    assert review.state.can_sign_off
    desk.session.mark(key, "urgent concern", on=True, note="A child lives there.")
    review.refresh()
    assert not review.state.concern
