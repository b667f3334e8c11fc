"""A lead brings tables about the area, puts them in order, and takes changes back."""

from pathlib import Path

import openpyxl
import pytest
from gui_desk import Desk, in_dialog
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from test_gui_set_up import begin, buttons, desk, written

from hmip_desktop.operations import consolidate, inspection
from ui.pages.set_up.area import AreaStep

__all__ = ["desk"]


def tables(path: Path) -> Path:
    """Two tables in a workbook, as a Trust sends them."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "Population"
    for row in (["LDU", "People", "Share"], ["North", 145900, 0.128], ["South", 464400, 0.872]):
        first.append(row)
    for cells in first.iter_rows(min_row=2, min_col=2):
        cells[0].number_format, cells[1].number_format = "#,##0", "0.0%"
    second = book.create_sheet("Staffing")
    for row in (["Grade", "Posts"], ["Offender manager", 112.5], ["Other", 20]):
        second.append(row)
    second.append([])
    second.append(["Source: the Trust, March 2013"])
    book.save(path)
    return path


@pytest.fixture
def step(desk: Desk) -> AreaStep:
    page = begin(desk)
    page.show_step(5)
    page.area.bring([tables(desk.lead.with_name("area.xlsx"))])
    return page.area


def titles(desk: Desk) -> list[str]:
    return [one.title for one in desk.session.reading.contents.area_tables.values()]


def shown(step: AreaStep) -> list[list[str]]:
    model = step.values.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_tables_are_brought_and_shown_as_they_are_written(desk: Desk, step: AreaStep) -> None:
    assert titles(desk) == ["Population", "Staffing"]
    assert desk.place.set_up_page.area.state == "2 tables"
    assert shown(step) == [["Offender manager", "112.5"], ["Other", "20"]]
    assert step.source.text() == "Source: the Trust, March 2013"
    step.list.selectRow(0)
    assert shown(step) == [["North", "145,900", "12.8%"], ["South", "464,400", "87.2%"]]
    assert len(consolidate.book(desk.session.reading).area_tables) == 2


def test_a_table_is_renamed_moved_and_taken_out_and_all_of_it_taken_back(
    desk: Desk, step: AreaStep
) -> None:
    step.title.selectAll()
    QTest.keyClicks(step.title, "Staff of the Trust")
    step.title.editingFinished.emit()  # as leaving the field does
    assert titles(desk) == ["Population", "Staff of the Trust"]
    buttons(step, "Move up")[0].click()
    assert titles(desk) == ["Staff of the Trust", "Population"]
    assert step.in_hand is not None
    assert step.in_hand.table.title == "Staff of the Trust"
    assert not buttons(step, "Move up")[0].isEnabled()
    buttons(step, "Take it out")[0].click()
    assert titles(desk) == ["Population"]
    step.list.setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert titles(desk) == ["Staff of the Trust", "Population"]
    for _ in range(2):
        buttons(step, "Undo the last change")[0].click()
    assert titles(desk) == ["Population", "Staffing"]
    buttons(step, "Undo the last change")[0].click()
    assert titles(desk) == []
    assert not buttons(step, "Undo the last change")[0].isEnabled()


def test_other_figures_keep_the_title_and_the_source(desk: Desk, step: AreaStep) -> None:
    other = written(desk.lead.with_name("later.csv"), [("Grade", "Posts"), ("Other", "22")])
    step.put_in_place(other)
    assert step.source.text() == "Source: the Trust, March 2013"
    assert shown(step) == [["Other", "22"]]
    assert titles(desk) == ["Population", "Staffing"]


def test_a_title_that_another_table_has_is_refused_beside_the_field(
    desk: Desk, step: AreaStep
) -> None:
    step.title.setText("population")
    step.save()
    assert step.problem
    assert titles(desk) == ["Population", "Staffing"]
    step.list.selectRow(0)
    assert not step.problem


def test_a_list_of_people_stays_outside(desk: Desk, step: AreaStep) -> None:
    people = written(desk.lead.with_name("people.csv"), [("Surname", "Age"), ("Jones", "33")])
    wrong = in_dialog(QMessageBox, lambda dialog: dialog.accept())
    step.bring([people])
    assert wrong == []
    assert titles(desk) == ["Population", "Staffing"]


def test_the_caseload_is_typed_among_the_details_and_one_too_small_is_refused(desk: Desk) -> None:
    page = begin(desk)
    page.show_step(0)
    QTest.keyClicks(page.details.caseload, "1,240")
    page.details.caseload.editingFinished.emit()
    assert desk.session.reading.contents.inspection.caseload == 1240
    page.details.caseload.setText("some")
    page.details.save()
    assert page.details.problem
    assert desk.session.reading.contents.inspection.caseload == 1240
    page.details.caseload.clear()
    page.details.save()
    assert desk.session.reading.contents.inspection.caseload is None
    assert not inspection.propose_caseload(desk.session.reading.document, 9)
