"""A lead draws the sample from a long list in the window."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import gui_desk
import openpyxl
import pytest
from click.testing import CliRunner
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QMessageBox,
    QProgressDialog,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot
from test_gui_names import nameless

from hmip_desktop import settings
from hmip_desktop.cli.draw_sample import draw_sample as command
from hmip_desktop.operations import draw_sample as operation
from hmip_desktop.operations.draw_sample import Drawing
from hmip_desktop.sampling import OFFICER, Listed, Wish
from hmip_desktop.settings import Settings
from ui.main_window import MainWindow
from ui.pages.set_up.draw import DrawPart

desk, inspection = gui_desk.desk, gui_desk.inspection
HEADINGS = ("Case Ref", "LDU", "Case type", "RoSH", "Sex", "Officer", "Region code")
KINDS = ("Community order", "Community order", "Suspended sentence order", "Licence")
UNDO = (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def long_list(path: Path, rows: int = 200) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *map(_row, range(rows))])
    return path


def _row(n: int) -> tuple[str, ...]:
    risk, sex = ("Low", "Medium", "High")[n % 5 % 3], "MMMF"[n % 7 % 4]
    return f"X{n:03}", ("North", "South")[n % 2], KINDS[n % 4], risk, sex, f"OM {n % 30}", "R1"


def untidy_list(path: Path) -> Path:
    """An Excel file with a second sheet, an impossible date and a case that is there twice."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Long list, pulled on 3 May"])
    sheet.append(["Case Ref", "LDU name", "RoSH level", "Start date"])
    for n in range(20):
        sheet.append([f"Y{n:02}", "North", ("Low", "High")[n % 2], "6/5/2013"])
    sheet.append(["Y20", "North", "Low", "31/2/2013"])
    sheet.append(["Y19", "South", "Low", "6/5/2013"])
    book.create_sheet("Remarks").append(["nothing"])
    book.save(path)
    return path


def lead_draws(desk: Desk) -> DrawPart:
    """The lead's file at the place where a sample is drawn."""
    desk.open(desk.lead)
    desk.place.show_page("set_up")
    page = desk.place.set_up_page
    page.show_step(1)
    desk.bot.waitUntil(page.sample.isVisible)
    press(page.sample, "Draw from a long list...")
    assert page.sample.drawing.isVisible()
    assert not page.sample.source.isVisible()
    return page.sample.drawing


@pytest.fixture
def part(desk: Desk) -> DrawPart:
    """Two hundred cases to draw from, and settings that the tests know."""
    made = lead_draws(desk)
    made.source.read_file(long_list(desk.lead.with_name("long.csv")))
    press(made, "Draw from 200 cases")
    made.settings.size_wanted.setValue(40)
    made.settings.seed.setValue(7)
    return made


@pytest.fixture
def crowded(
    qtbot: QtBot, qtlog: _QtMessageCapture, inspection: tuple[Path, Path], home: Path
) -> Iterator[Desk]:
    """The smallest screen with text of one and a half times the size."""
    settings.save(Settings(text_size=150))
    made = Desk(qtbot, MainWindow(), *inspection)
    made.window.resize(1024, 700)
    with gui_desk.on_screen(made, qtlog):
        yield made


def button(root: QWidget, text: str) -> QPushButton:
    (found,) = [
        one for one in root.findChildren(QPushButton) if one.text() == text and one.isVisible()
    ]
    return found


def press(root: QWidget, text: str) -> None:
    button(root, text).click()


def drawn(part: DrawPart) -> Drawing:
    press(part, "Draw")
    assert part.drawing is not None
    assert not part.problem
    return part.drawing


def references(cases: Sequence[Listed]) -> list[str]:
    return [case.reference for case in cases]


def shown(view: QTableView, column: int = 0) -> list[str]:
    model = view.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def long_file(desk: Desk) -> Path:
    return desk.lead.with_name("long.csv")


def test_a_sample_is_shown_against_its_list(desk: Desk, part: DrawPart) -> None:
    chosen = [name for name, box in part.settings._boxes.items() if box.isChecked()]
    assert chosen == ["case_type", "rosh", "gender"]
    found = drawn(part)
    same = operation.draw(long_file(desk), Wish(40, 7, reserve=8))
    assert found.drawn == same.drawn
    assert shown(part.result.cases) == references(same.drawn.sample)
    assert shown(part.result.reserve, 1) == references(same.drawn.reserve)
    assert shown(part.result.reserve) == [str(turn) for turn in range(1, 9)]
    assert list(part.result.compared) == ["case_type", "rosh", "gender", "ldu"]
    assert shown(part.result.compared["ldu"]) == ["North", "South"]
    assert shown(part.result.compared["ldu"], 1) == ["100 (50.0%)", "100 (50.0%)"]
    assert shown(part.result.compared["ldu"], 2) == ["20 (50.0%)", "20 (50.0%)"]
    assert "7" in part.result.said


def test_the_workbook_is_that_of_the_command_line(desk: Desk, part: DrawPart) -> None:
    folder = desk.lead.parent
    drawn(part)
    part.save_to(folder / "window.xlsx")
    assert "window.xlsx" in part.said
    words = [str(long_file(desk)), str(folder / "line.xlsx"), "--size", "40", "--seed", "7"]
    assert CliRunner().invoke(command, words).exit_code == 0
    assert (folder / "window.xlsx").read_bytes() == (folder / "line.xlsx").read_bytes()


def test_the_long_list_is_never_written_over(desk: Desk, part: DrawPart) -> None:
    before = long_file(desk).read_bytes()
    drawn(part)
    part.save_to(long_file(desk))
    assert part.problem
    assert long_file(desk).read_bytes() == before


def test_a_seed_that_is_typed_again_draws_the_same_again(desk: Desk, part: DrawPart) -> None:
    first = drawn(part).drawn
    seed = part.settings.seed
    seed.setFocus()
    seed.selectAll()
    desk.type("8")
    assert not button(part, "Use as the sample").isEnabled()
    assert not button(part, "Save as Excel...").isEnabled()
    desk.press(Qt.Key.Key_Return)
    assert part.drawing is not None
    assert part.drawing.drawn.sample != first.sample
    assert shown(part.result.cases) == references(part.drawing.drawn.sample)
    assert button(part, "Use as the sample").isEnabled()
    seed.selectAll()
    desk.type("7")
    desk.press(Qt.Key.Key_Return)
    assert part.drawing.drawn == first


def test_a_seed_is_proposed_and_kept(desk: Desk) -> None:
    part = lead_draws(desk)
    seed = part.settings.seed.value()
    assert seed > 0
    part.source.read_file(long_list(long_file(desk)))
    press(part, "Draw from 200 cases")
    assert drawn(part).wish.seed == seed
    press(part, "Change the list...")
    press(part, "Draw from 200 cases")
    press(part, "Back to the sample")
    press(desk.place.set_up_page.sample, "Draw from a long list...")
    assert drawn(part).wish.seed == seed


def test_any_field_of_the_list_makes_strata(desk: Desk, part: DrawPart) -> None:
    for name in ("case_type", "gender"):
        part.settings.box(name).click()
    part.settings.box("region_code").setFocus()
    desk.press(Qt.Key.Key_Space)
    found = drawn(part)
    assert found.wish.by == ("rosh", "region_code")
    assert shown(part.result.compared["region_code"], 2) == ["40 (100.0%)"]
    same = operation.draw(long_file(desk), Wish(40, 7, ("rosh", "region_code"), reserve=8))
    assert found.drawn == same.drawn


def test_where_the_limit_for_officers_moves_places_a_note_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "one officer.csv"
    rows = [f"H{n},High,Ann\n" for n in range(10)] + [f"L{n},Low,Ben {n}\n" for n in range(10)]
    path.write_text("ref,rosh,om\n" + "".join(rows), encoding="utf-8")
    part = lead_draws(desk)
    part.source.read_file(path)
    press(part, "Draw from 20 cases")
    part.settings.size_wanted.setValue(10)
    part.settings.most.setValue(3)
    part.settings.reserve.setText("0")
    found = drawn(part)
    assert [one.drawn for one in found.drawn.strata] == [3, 7]
    assert all(note in part.result.notes for note in found.book.remarks)
    assert "High" in part.result.notes
    assert not part.result.reserve.isVisible()


def test_cases_are_excluded_with_a_reason_and_put_back(desk: Desk, part: DrawPart) -> None:
    out = part.exclusions
    assert not out.isVisible()
    press(part, "Exclude cases...")
    press(out, "Exclude the chosen")
    assert out.problem
    QTest.keyClicks(out.wanted, "X00")
    assert shown(out.cases)[:2] == ["X000", "X001"]
    out.cases.setFocus()
    out.cases.selectRow(0)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(out, "Exclude the chosen")
    assert out.problem
    assert not out.excluded
    desk.type("transferred out")  # the field for the reason has the focus now
    desk.press(Qt.Key.Key_Return)
    assert out.excluded == {"X000": "transferred out", "X001": "transferred out"}
    assert shown(out.cases)[0] == "X002"
    assert shown(out.out) == ["X000", "X001"]
    out.cases.selectRow(0)
    press(out, "Exclude the chosen")
    out.out.selectRow(0)
    press(out, "Put the chosen back")
    assert list(out.excluded) == ["X001", "X002"]
    desk.press(*UNDO)
    desk.press(*UNDO)
    assert list(out.excluded) == ["X000", "X001"]
    found = drawn(part)
    assert not out.isVisible()
    same = operation.draw(
        long_file(desk), Wish(40, 7, reserve=8), ["X000=transferred out", "X001=transferred out"]
    )
    assert found.drawn == same.drawn
    out.undo()
    assert not button(part, "Use as the sample").isEnabled(), "one exclusion less: draw again"


def test_exclusions_stay_while_their_list_is_mended(desk: Desk, part: DrawPart) -> None:
    press(part, "Exclude cases...")
    part.exclusions.cases.selectRow(3)
    part.exclusions.why.setText("a relative works here")
    part.exclusions.exclude()
    press(part, "Change the list...")
    model = part.source._model
    model.setData(model.index(0, 4), "Female")
    press(part, "Draw from 200 cases")
    assert list(part.exclusions.excluded) == ["X003"]
    other = long_list(desk.lead.with_name("other.csv"), 50)
    press(part, "Change the list...")
    part.source.read_file(other)
    press(part, "Draw from 50 cases")
    assert not part.exclusions.excluded


@pytest.mark.parametrize(("size", "reserve"), [(201, "20%"), (190, "20%"), (40, "some")])
def test_what_cannot_be_drawn_is_said_in_place(part: DrawPart, size: int, reserve: str) -> None:
    before = drawn(part)
    part.settings.size_wanted.setValue(size)
    part.settings.reserve.setText(reserve)
    press(part, "Draw")
    assert part.problem
    assert part.drawing is before
    assert not button(part, "Use as the sample").isEnabled()
    part.settings.size_wanted.setValue(40)
    part.settings.reserve.setText("20%")
    assert button(part, "Use as the sample").isEnabled(), "it is what stands above it again"


def test_a_mended_list_is_drawn_from_and_the_workbook_tells(desk: Desk) -> None:
    part = lead_draws(desk)
    path = untidy_list(desk.lead.with_name("untidy.xlsx"))
    part.source.read_file(path)
    take = [one for one in part.findChildren(QPushButton) if one.text().startswith("Draw from 2")]
    assert not take[0].isEnabled()
    model = part.source._model
    model.setData(model.index(20, 3), "28/2/2013")
    assert part.source.preview is not None
    (twice,) = part.source.preview.problems
    part.source.problems.mended.emit(lambda preview: preview.without_row(twice.row))
    press(part, "Draw from 21 cases")
    part.settings.size_wanted.setValue(12)
    found = drawn(part)
    assert len(found.drawn.able) == 21
    assert OFFICER not in found.book.fields
    part.save_to(path.with_name("sample.xlsx"))
    how = openpyxl.load_workbook(path.with_name("sample.xlsx"))["How it was drawn"]
    said = " ".join(str(cell) for row in how.iter_rows(values_only=True) for cell in row)
    assert "28/2/2013" in said
    assert f"before the draw: {twice.row}." in said
    assert path.name in said


def test_the_drawn_cases_become_the_sample_and_a_reserve_case_comes_in(
    desk: Desk, part: DrawPart
) -> None:
    found = drawn(part)
    wrong = gui_desk.in_dialog(QMessageBox, lambda box: box.reject())
    press(part, "Use as the sample")
    assert wrong == []
    assert len(sample(desk)) == 3, "three are there already, so it was asked, and declined"
    wrong = gui_desk.in_dialog(QMessageBox, lambda box: button(box, "Add them").click())
    press(part, "Use as the sample")
    assert wrong == []
    assert set(references(found.drawn.sample)) < set(sample(desk))
    assert len(sample(desk)) == 43
    one = found.drawn.sample[0]
    assert sample(desk)[one.reference] == dict(one.fields)
    assert desk.session.reading.contents.inspection.caseload == len(found.drawn.able) == 200
    assert "200" in part.said
    assert "7" in part.said
    press(part, "Bring the chosen in")
    assert part.result.brought
    assert len(sample(desk)) == 43
    part.result.reserve.setFocus()
    part.result.reserve.selectRow(0)
    press(part, "Bring the chosen in")
    first = found.drawn.reserve[0].reference
    assert first in sample(desk)
    assert first in part.result.brought
    press(part, "Back to the sample")
    step = desk.place.set_up_page.sample
    assert step.source.isVisible()
    assert not part.isVisible()
    assert step.state.startswith("44")


def test_a_very_long_list_is_read_beside_the_window_and_can_be_stopped(desk: Desk) -> None:
    part = lead_draws(desk)
    path = long_list(long_file(desk), 6000)
    wrong = gui_desk.in_dialog(QProgressDialog, lambda dialog: press(dialog, "Cancel"))
    part.source.read_file(path)
    assert wrong == []
    assert part.source.preview is None
    part.source.read_file(path)
    press(part, "Draw from 6000 cases")
    part.settings.seed.setValue(7)
    same = operation.draw(path, Wish(60, 7, reserve=12))
    assert drawn(part).drawn == same.drawn


def test_a_file_that_is_no_table_leaves_the_list_that_is_there(desk: Desk, part: DrawPart) -> None:
    press(part, "Change the list...")
    broken = desk.lead.with_name("broken.xlsx")
    broken.write_bytes(b"no workbook" * 9000)
    wrong = gui_desk.in_dialog(QMessageBox, lambda box: box.accept())
    part.source.read_file(broken)
    assert wrong == []
    press(part, "Draw from 200 cases")
    same = operation.draw(long_file(desk), Wish(40, 7, reserve=8))
    assert drawn(part).drawn == same.drawn


def sample(desk: Desk) -> dict[str, dict[str, str]]:
    cases = desk.session.reading.contents.cases.values()
    return {one.reference: dict(one.fields) for one in cases}


def test_all_of_it_by_keyboard(desk: Desk) -> None:
    """From the list to the sample with Tab, space and Enter alone."""
    part = lead_draws(desk)
    part.source.read_file(long_list(long_file(desk)))
    go_to(desk, "Draw from 200 cases")
    desk.press(Qt.Key.Key_Return)
    assert desk.focus is part.settings.size_wanted
    part.settings.size_wanted.selectAll()
    desk.type("30")
    go_to(desk, "Draw")
    desk.press(Qt.Key.Key_Space)
    assert part.drawing is not None
    assert len(part.drawing.drawn.sample) == 30
    go_to(desk, "Use as the sample")
    wrong = gui_desk.in_dialog(QMessageBox, lambda box: button(box, "Add them").click())
    desk.press(Qt.Key.Key_Return)
    assert wrong == []
    assert len(sample(desk)) == 33
    gui_desk.wake(desk)
    go_to(desk, "Back to the sample")
    desk.press(Qt.Key.Key_Return)
    assert desk.place.set_up_page.sample.source.isVisible()


def go_to(desk: Desk, name: str) -> None:
    """Press Tab until something is reached."""
    for _ in range(80):
        if desk.focus.accessibleName() == name:
            return
        desk.press(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} is not reached")


def stages(desk: Desk) -> Iterator[str]:
    """Drawing a sample, from one picture to the next."""
    part = lead_draws(desk)
    yield "no list"
    part.source.read_file(long_list(long_file(desk)))
    yield "a list"
    press(part, "Draw from 200 cases")
    yield "settings"
    press(part, "Exclude cases...")
    part.exclusions.cases.selectRow(0)
    part.exclusions.why.setText("a relative works here")
    part.exclusions.exclude()
    yield "an exclusion"
    part.settings.size_wanted.setValue(40)
    drawn(part)
    yield "a sample"


def test_a_screen_reader_can_say_what_everything_is(desk: Desk) -> None:
    found = {stage: nameless(desk.window) for stage in stages(desk)}
    assert len(found) == 5
    assert [one for there in found.values() for one in there] == []


def test_it_fits_a_small_screen_with_large_text(crowded: Desk) -> None:
    for stage in stages(crowded):
        area = crowded.place.set_up_page.sample.findChild(QScrollArea)
        assert area is not None
        inside = area.widget()
        assert inside is not None
        assert inside.minimumSizeHint().width() <= area.viewport().width(), stage
