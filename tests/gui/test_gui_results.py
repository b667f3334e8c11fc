"""The lead reads the results: from a section to a question to a case, and back."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import gui_desk
import openpyxl
import pytest
from gui_desk import CHOICES, SURVEY, WORDS, Desk, on_screen
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from hmip_desktop import settings
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.operations import allocating, assess, collate, handing_out, set_up
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from hmip_desktop.settings import Settings
from ui.main_window import MainWindow
from ui.pages.results import Part, ResultsPage
from ui.pages.results_workbook import Wanted, WorkbookDialog
from ui.pages.team import TeamPage
from ui.widgets.score_rows import SectionScores

SAMPLE = [
    ("reference", "ldu", "rosh"),
    ("NEW-001", "North", "High"),
    ("NEW-002", "North", "High"),
    ("NEW-003", "South", "High"),
    ("NEW-004", "South", "Low"),
]
TEAM = [("name", "role"), ("Lead 1", "lead inspector"), ("Inspector 1", "inspector")]
ANSWERS = {
    "NEW-001": {"q1_1_01": "yes", "q1_1_03": "yes", "q2_1_03": "yes"},
    "NEW-002": {"q1_1_01": "yes", "q1_1_03": "no", "q2_1_03": "yes"},
    "NEW-003": {"q1_1_01": "no", "q2_1_03": "yes"},
    "NEW-004": {"q1_1_01": "yes"},
}


class Results:
    """The page of results in a window, with the hands before it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.place.show_page("results")
        desk.window.activateWindow()
        desk.bot.waitUntil(lambda: QApplication.focusWidget() is not None)

    @property
    def page(self) -> ResultsPage:
        (found,) = self.desk.place.findChildren(ResultsPage)
        return found

    def table(self, name: str) -> QTableView:
        (view,) = [v for v in self.page.findChildren(QTableView) if v.accessibleName() == name]
        return view

    def rows(self, name: str) -> list[list[str]]:
        model = self.table(name).model()
        columns = range(model.columnCount())
        return [
            [str(model.index(row, column).data()) for column in columns]
            for row in range(model.rowCount())
        ]

    def heads(self, name: str) -> list[str]:
        model = self.table(name).model()
        across = Qt.Orientation.Horizontal
        return [str(model.headerData(at, across)) for at in range(model.columnCount())]

    @property
    def said(self) -> str:
        labels = self.page.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisible())

    def button(self, name: str) -> QAbstractButton:
        (found,) = [
            one
            for one in self.page.findChildren(QAbstractButton)
            if one.isVisible() and one.accessibleName().startswith(name)
        ]
        return found

    def press(self, name: str) -> None:
        self.button(name).setFocus()
        self.desk.press(Qt.Key.Key_Space)

    def click(self, name: str, row: int) -> None:
        view = self.table(name)
        place = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))

    def choose(self, box: str, text: str) -> None:
        (found,) = [b for b in self.page.findChildren(QComboBox) if b.accessibleName() == box]
        found.setFocus()
        found.setCurrentIndex(found.findText(text))
        found.activated.emit(found.currentIndex())

    def count_unfinished(self) -> None:
        (box,) = [b for b in self.page.findChildren(QCheckBox) if "unfinished" in b.text()]
        box.setFocus()
        self.desk.press(Qt.Key.Key_Space)


@pytest.fixture
def results(
    qtbot: QtBot,
    qtlog: _QtMessageCapture,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Results]:
    """Three of four cases are signed off, one is begun; the lead has merged them.

    A test may ask for another text size.
    """
    settings.save(Settings(text_size=getattr(request, "param", 100)))
    lead, own = _inspection(tmp_path)
    with open_case_file(own, Passphrase(WORDS)) as document:
        for reference, answers in ANSWERS.items():
            for question, value in answers.items():
                assess.answer(Reading(document), reference, question, value)
        assess.note(Reading(document), "NEW-002", "q1_1_03", "Three days late.")
        assess.sign_off(Reading(document), ["NEW-001", "NEW-002", "NEW-003"])
    with open_case_file(lead, Passphrase(WORDS)) as document:
        collate.merge(document, [own])
    desk = Desk(qtbot, MainWindow(), lead, own)
    desk.open(lead)
    with on_screen(desk, qtlog):
        yield Results(desk)


def _inspection(folder: Path) -> tuple[Path, Path]:
    form, lead = folder / "small.csv", folder / "lead.hmip"
    form.write_text("survey\n" + SURVEY + CHOICES, encoding="utf-8")
    for name, rows in (("sample.csv", SAMPLE), ("team.csv", TEAM)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    plan = set_up.Plan("Newtown 2026", "Newtown", form, folder / "sample.csv", folder / "team.csv")
    set_up.new_inspection(lead, Passphrase(WORDS), plan)
    with open_case_file(lead, Passphrase(WORDS)) as document:
        allocating.allocate(document)
        (handed_out,) = handing_out.hand_out(document, folder / "handed out")
    return lead, handed_out.path


def test_a_section_shows_its_criteria_and_they_their_questions(results: Results) -> None:
    (bars,) = results.page.findChildren(SectionScores)
    second = [row for row in bars.findChildren(QWidget) if "Delivering" in row.accessibleName()]
    second[0].setFocus()
    results.desk.press(Qt.Key.Key_Return)
    criteria = results.rows("Criteria of the section")
    assert [row[0] for row in criteria] == ["The whole section", "2.1 Assessment and planning"]
    assert [row[2:5] for row in criteria] == [["100%", "1", "3"]] * 2
    assert "the mean of its criteria (the headline, by the form)" in results.said
    assert "The mean of its questions would be 100%. It rests on 3 cases." in results.said
    results.table("Criteria of the section").setFocus()
    results.desk.press(Qt.Key.Key_Down)
    assert "2.1 Assessment and planning, question by question" in results.said
    results.desk.press(Qt.Key.Key_Return)
    assert results.table("Questions of the section").hasFocus()


def test_from_a_figure_to_a_case_and_back_by_the_keyboard(results: Results) -> None:
    questions = results.table("Questions of the section")
    questions.setFocus()
    questions.selectRow(1)
    results.desk.press(Qt.Key.Key_Return)
    cases = results.rows("Cases behind the figure")
    assert [row[:3] for row in cases] == [
        ["NEW-001", "Above the line", "Yes"],
        ["NEW-002", "Below the line", "No"],
        ["NEW-003", "Not asked", "–"],
    ]
    results.desk.press(Qt.Key.Key_Down)
    assert "Note: Three days late." in results.said
    assert "the share of the question would be 100.0%" in results.said
    assert "the score of 1 Assisting sentencing 83.3%." in results.said
    results.desk.press(Qt.Key.Key_Return)
    place = results.desk.place.place
    assert (place.page, place.question) == ("case", "q1_1_03")
    assert results.desk.session.assessment(place.key).case.reference == "NEW-002"  # type: ignore[arg-type]
    results.desk.place.show_page("results")
    chosen = results.page.behind.chosen
    assert chosen is not None
    assert chosen.behind.case == "NEW-002"
    assert results.table("Cases behind the figure").hasFocus()
    results.desk.press(Qt.Key.Key_Down)
    assert "the question is not asked in it" in results.said
    results.desk.press(Qt.Key.Key_Escape)
    assert results.table("Questions of the section").hasFocus()
    assert results.table("Questions of the section").currentIndex().row() == 1


def test_a_click_on_a_question_shows_its_cases(results: Results) -> None:
    results.click("Questions of the section", 0)
    assert [row[1] for row in results.rows("Cases behind the figure")] == [
        "Above the line",
        "Above the line",
        "Below the line",
    ]
    assert "67% above the line (2 of 3)" in results.said


def test_groups_are_counted_and_two_of_them_compared(results: Results) -> None:
    results.press("Groups")
    results.choose("Field of the sample", "LDU")
    assert results.rows("Groups") == [
        ["North", "2", "Small: counts", "3 of 4", "2 of 2"],
        ["South", "1", "Small: counts", "0 of 1", "1 of 1"],
    ]
    compared = results.rows("Two groups compared")
    assert [row[0][:6] for row in compared] == ["1.1.01", "2.1.03"]
    assert compared[0][1:] == [
        "2 of 2",
        "34% to 100%",
        "0 of 1",
        "0% to 79%",
        "100 points higher",
        "Overlap",
    ]
    assert "Small groups move by chance" in results.said
    results.choose("Second group", "North")
    assert "Choose two different groups." in results.said
    results.choose("Field of the sample", "RoSH")
    assert [row[:2] for row in results.rows("Groups")] == [["High", "3"], ["Low", "0"]]


def test_enter_on_a_compared_question_shows_its_cases(results: Results) -> None:
    results.press("Groups")
    compared = results.table("Two groups compared")
    compared.setFocus()
    compared.selectRow(0)
    results.desk.press(Qt.Key.Key_Return)
    assert results.page.behind.question == "q1_1_01"
    results.press("Back to the results")
    assert results.button("Groups").isChecked()


def test_the_words_are_drafted_and_copied(results: Results) -> None:
    results.press("In words")
    results.press("Copy all")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("1 Assisting sentencing\nProvisional: ")
    assert "In 2 of 3 cases the answer to “Was there a report?” was “Yes”." in text
    assert "2 Delivering the sentence\n" in text
    assert "✓ The words are copied." in results.said
    results.press("Copy the paragraph: 2")
    assert QGuiApplication.clipboard().text().startswith("2 Delivering")


def test_what_is_open_before_publishing_leads_to_it(results: Results) -> None:
    results.press("Before you publish")
    assert "1 case is not signed off: NEW-004." in results.said
    assert "No answer is in conflict." in results.said
    assert "1 answer looks contradictory and nobody said why it stands: NEW-003." in results.said
    results.press("Go to the first: 1 answer looks contradictory")
    place = results.desk.place.place
    assert (place.page, place.question) == ("case", "q2_1_03")
    results.desk.place.show_page("results")
    results.press("Go to the groups")
    assert results.button("Groups").isChecked()
    results.press("Before you publish")
    results.press("Go to the first: 3 questions have few answers")
    assert results.page.behind.question == "q1_1_01"
    results.press("Back to the results")
    results.press("Go to the cases")
    assert results.desk.place.place.page == "cases"


def test_a_query_that_waits_is_listed_with_a_way_to_the_queries(results: Results) -> None:
    session = results.desk.session
    key = session.reading.assessment_for("NEW-002").assessment.key
    assert session.ask(key, "Late by how much?", "q1_1_03") is None
    results.desk.place.show_page("results")
    assert results.button("Before you publish (6)").isVisible()
    results.press("Before you publish")
    assert "1 query waits for a reply: NEW-002." in results.said
    results.press("Go to the queries")
    assert results.desk.place.place.page == "team"
    (team,) = results.desk.place.findChildren(TeamPage)
    assert team.currentWidget() is team.queries


def save_where_proposed(dialog: QFileDialog) -> None:
    (button,) = [
        one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "") == "Save"
    ]
    button.click()


def choose_workbook(results: Results, does: Callable[[WorkbookDialog], None]) -> None:
    """Press the button, answer what goes into it, and save it where it is proposed."""
    wrong: list[list[BaseException]] = []

    def answer(dialog: WorkbookDialog) -> None:
        does(dialog)
        wrong.append(gui_desk.in_dialog(QFileDialog, save_where_proposed))
        results.desk.press(Qt.Key.Key_Return)

    wrong.append(gui_desk.in_dialog(WorkbookDialog, answer))
    results.press("Excel workbook")
    assert wrong == [[], []]
    gui_desk.wake(results.desk)


def sheets(path: Path) -> list[str]:
    return openpyxl.load_workbook(path, read_only=True).sheetnames


def test_the_button_asks_for_whom_the_workbook_is(results: Results) -> None:
    folder = results.desk.lead.parent

    def with_notes(dialog: WorkbookDialog) -> None:
        assert dialog.team.isChecked()
        assert not dialog.least.isEnabled()
        dialog.notes.click()
        assert dialog.warning == ""

    choose_workbook(results, with_notes)
    whole = sheets(folder / "Newtown 2026 workbook.xlsx")
    assert {"Answers", "Notes"} <= set(whole)
    assert "✓ Saved as Newtown 2026 workbook.xlsx" in results.said

    def for_the_trust(dialog: WorkbookDialog) -> None:
        assert dialog.notes.isChecked()  # as last time
        dialog.trust.click()
        assert not dialog.notes.isEnabled()
        dialog.least.setValue(3)

    choose_workbook(results, for_the_trust)
    assert not {"Answers", "Notes"} & set(
        sheets(folder / "Newtown 2026 workbook for the Trust.xlsx")
    )

    def as_last_time(dialog: WorkbookDialog) -> None:
        assert dialog.wanted == Wanted(for_team=False, notes=True, least=3)
        dialog.reject()

    results.desk.window.use_settings(Settings(text_size=110))  # which makes the pages anew
    results.desk.bot.waitUntil(results.page.isVisible)
    wrong = gui_desk.in_dialog(WorkbookDialog, as_last_time)
    results.press("Excel workbook")
    assert wrong == []


def test_notes_that_seem_to_name_somebody_are_told_of_before_they_go_in(results: Results) -> None:
    session = results.desk.session
    key = next(iter(session.reading.assessments))
    session.reopen(key, "A word")
    session.note(key, "q1_1_01", "Mr Brown, 0151 496 0000")
    dialog = WorkbookDialog(session.reading, Wanted(), results.desk.window)
    dialog.show()
    assert dialog.warning == ""
    dialog.notes.click()
    assert "1 note looks as if it held a name" in dialog.warning
    dialog.trust.click()
    assert dialog.warning == ""
    dialog.close()


def test_the_words_go_to_word_as_they_are_on_screen(results: Results) -> None:
    results.count_unfinished()
    wrong = gui_desk.in_dialog(QFileDialog, save_where_proposed)
    results.press("Word summary")
    assert wrong == []
    path = results.desk.lead.parent / "Newtown 2026 summary (draft).docx"
    text = "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
    assert "Counted: 4 of 4 cases" in text
    assert "unfinished cases are counted as well" in text
    assert "✓ Saved as Newtown 2026 summary (draft).docx" in results.said


def test_preliminary_is_said_on_everything_that_is_copied(results: Results) -> None:
    results.count_unfinished()
    assert results.page.preliminary
    assert "Preliminary: 4 of 4 cases counted, signed off or not." in results.said
    questions = results.table("Questions of the section")
    assert results.rows("Questions of the section")[0][2] == "3 of 4"
    assert results.heads("Questions of the section")[0] == "Question (preliminary)"
    assert results.heads("Criteria of the section")[0] == "Criterion (preliminary)"
    questions.setFocus()
    questions.selectRow(0)
    results.desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("Question (preliminary)")
    (bars,) = results.page.findChildren(SectionScores)
    assert "Preliminary: unfinished cases are counted as well." in bars.chart.notes
    results.desk.press(Qt.Key.Key_Return)
    assert results.heads("Cases behind the figure")[0] == "Case (preliminary)"
    assert len(results.rows("Cases behind the figure")) == 4
    results.press("Back to the results")
    results.press("Groups")
    assert results.heads("Groups")[0] == "Group (preliminary)"
    assert results.heads("Two groups compared")[0] == "Question (preliminary)"
    results.press("In words")
    assert "Preliminary: unfinished cases are counted as well. The score is" in results.said
    results.count_unfinished()
    assert "Preliminary" not in results.said


@pytest.mark.parametrize("results", [100, 200], indirect=True)
def test_every_part_fits_a_small_window(results: Results) -> None:
    results.desk.window.resize(1024, 700)
    assert results.desk.window.width() == 1024
    page = results.page
    for part in Part:
        page.show_part(part)
        QApplication.processEvents()
        inner = page.findChild(QWidget, "resultsInside")
        assert inner is not None
        assert inner.width() <= page.width()
    page.show_question("q1_1_03")
    assert page.minimumSizeHint().width() <= 1024


def test_an_inspection_without_answers_has_results_that_say_so(
    qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path
) -> None:
    desk = Desk(qtbot, MainWindow(), *gui_desk.made_inspection(tmp_path))
    desk.open(desk.lead)
    with on_screen(desk, qtlog):
        empty = Results(desk)
        assert "1 Assisting sentencing: no question has been judged yet." in empty.said
        assert "Provisional: 3 cases are still to come." in empty.said
        whole, only_one = empty.rows("Criteria of the section")
        assert whole[2:] == only_one[2:]
        for part in ("Groups", "In words", "Before you publish"):
            empty.press(part)
        assert "3 cases are not signed off" in empty.said
        empty.press("In words")
        assert "No section has a score yet." in empty.said
        empty.page.show_question("q1_1_01")
        assert "No case has been judged, so there is no share." in empty.said
