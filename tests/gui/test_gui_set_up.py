"""A lead sets an inspection up in the window, and goes on with it on Friday."""

import csv
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import gui_desk
import openpyxl
import pytest
from gui_desk import CHOICES, SURVEY, WORDS, Desk
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.strength import Strength, strength
from hmip_desktop.operations import report
from ui.dialogs.new_inspection import NewInspectionDialog
from ui.main_window import MainWindow
from ui.models.set_up import REFERENCES
from ui.pages.set_up.page import SetUpPage
from ui.pages.team import TeamPage
from ui.session import Session

TEAM = (
    ("name", "role"),
    ("Lead 1", "lead inspector"),
    ("Inspector 1", "inspector"),
    ("Inspector 2", "inspector"),
    ("Local 1", "local assessor"),
)


@pytest.fixture
def desk(qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path) -> Iterator[Desk]:
    """A window without a file, as a lead finds it on the Monday before."""
    made = Desk(qtbot, MainWindow(), tmp_path / "lead.hmip", tmp_path / "nobody.hmip")
    with gui_desk.on_screen(made, qtlog):
        yield made


def begin(desk: Desk) -> SetUpPage:
    """Make the file, as the dialog does when all is typed."""
    form = desk.lead.with_name("small.csv")
    form.write_text("survey\n" + SURVEY + CHOICES, encoding="utf-8")
    dialog = NewInspectionDialog("", desk.window)
    for field, text in (
        (dialog.title, "Newtown 2026"),
        (dialog.area, "Newtown"),
        (dialog.lead, "Lead 1"),
        (dialog.starts, "23 Nov 2026"),
        (dialog.ends, "27/11/2026"),
        (dialog.first, WORDS),
        (dialog.again, WORDS),
    ):
        QTest.keyClicks(field, text)
    dialog.use_form(form)
    dialog.make(desk.lead)
    assert dialog.begun is not None
    dialog.deleteLater()
    desk.window.show_session(Session.opened(dialog.begun.path, dialog.begun.passphrase))
    gui_desk.wake(desk)
    return desk.place.set_up_page


def clean_sample(folder: Path, count: int = 6) -> Path:
    rows = [("reference", "ldu", "rosh"), *((f"NEW-{n:03}", "North", "High") for n in range(count))]
    return written(folder / "sample.csv", rows)


def written(path: Path, rows: object) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)  # type: ignore[arg-type]
    return path


def dirty_sample(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Newtown, pulled on 3 May"],
        [],
        ["Case Ref", "LDU name", "Start date", "Age band"],
        [" NEW-001 ", "North", "6/5/2013", "18-25"],
        ["NEW-002", "North", "31/2/2013", "26-35"],
        ["NEW-002", "South", "1/2/2013", "26-35"],
        [None, "South", "1/2/2013", "18-25"],
        ["Total: 4"],
    ):
        sheet.append(row)
    book.save(path)
    return path


def buttons(root: QWidget, text: str) -> list[QPushButton]:
    return [one for one in root.findChildren(QPushButton) if one.text() == text]


def leave_out(problems: QWidget, row: int) -> None:
    """Press the button beside the problem of a row."""
    said = [one for one in problems.findChildren(QLabel) if one.text().startswith(f"Row {row}:")]
    row_of = said[-1].parentWidget()
    assert row_of is not None
    buttons(row_of, "Leave the row out")[0].click()


def set_up(desk: Desk) -> SetUpPage:
    """An inspection with six cases and three assessors, shared out."""
    page = begin(desk)
    folder = desk.lead.parent
    page.sample.source.read_file(clean_sample(folder))
    buttons(page.sample, "Add 6 cases")[0].click()
    page.team.source.read_file(written(folder / "team.csv", TEAM))
    buttons(page.team, "Add 3 people")[0].click()
    page.show_step(3)
    buttons(page.allocation, "Share out")[0].click()
    return page


def test_a_new_inspection_opens_at_what_is_missing(desk: Desk) -> None:
    page = begin(desk)
    assert page.isVisible()
    assert page.step is page.sample
    inspection = desk.session.reading.contents.inspection
    assert (inspection.starts, inspection.ends) == ("2026-11-23", "2026-11-27")
    assert desk.session.owner == "Lead 1"


def test_what_is_typed_for_a_new_inspection_is_checked_in_place(desk: Desk, tmp_path: Path) -> None:
    dialog = NewInspectionDialog("", desk.window)
    make = buttons(dialog, "Make it...")[0]
    seen = []
    for field, text in (
        (dialog.title, "Newtown 2026"),
        (dialog.area, "Newtown"),
        (dialog.first, WORDS),
        (dialog.lead, "Lead 1"),
    ):
        make.click()
        seen.append(dialog.problem)
        QTest.keyClicks(field, text)
    make.click()
    seen.append(dialog.problem)
    assert all(seen)
    assert len(set(seen)) == 4  # title and area are one sentence
    bad = tmp_path / "bad.csv"
    bad.write_text("survey\n,type,name,label\n,select_one zz,q1,Hello\n", encoding="utf-8")
    before = dialog.form.count()
    dialog.use_form(bad)
    assert "bad.csv" in dialog.findings
    assert dialog.form.count() == before
    dialog.deleteLater()


def test_what_was_said_goes_once_it_is_mended(desk: Desk) -> None:
    dialog = NewInspectionDialog("", desk.window)
    dialog.show()
    for field, text in (
        (dialog.title, "Newtown 2026"),
        (dialog.area, "Newtown"),
        (dialog.lead, "Lead 1"),
        (dialog.starts, "23 Nov 2026"),
        (dialog.ends, "some day"),
        (dialog.first, WORDS),
        (dialog.again, WORDS[:-1] + "!"),
    ):
        QTest.keyClicks(field, text)
    make = buttons(dialog, "Make it...")[0]
    make.click()
    assert dialog.problem
    assert dialog.focusWidget() is dialog.ends
    QTest.keyClicks(dialog.ends, "27 Nov 2026")  # over what is chosen there
    assert not dialog.problem
    make.click()
    assert dialog.problem
    assert dialog.focusWidget() is dialog.again
    QTest.keyClicks(dialog.again, WORDS)
    assert not dialog.problem
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("short", Strength.REFUSED),
        ("12345678901234", Strength.REFUSED),
        ("Merseyside2013", Strength.FAIR),
        (WORDS, Strength.STRONG),
    ],
)
def test_the_meter_knows_a_weak_passphrase(text: str, found: Strength) -> None:
    assert strength(text, ("Merseyside",)) is found


def test_a_sample_as_people_keep_it_is_mended_in_place(desk: Desk) -> None:
    page = begin(desk)
    source = page.sample.source
    source.read_file(dirty_sample(desk.lead.with_name("sample.xlsx")))
    add = buttons(source, "Add 4 cases")[0]
    assert not add.isEnabled()
    preview = source.preview
    assert preview is not None
    assert [one.row for one in preview.problems] == [5, 6, 7]
    model = source._model
    model.setData(model.index(1, 2), "28/2/2013")  # typed over the impossible date
    leave_out(source.problems, 7)  # the one without a reference
    leave_out(source.problems, 6)  # the one that is there twice
    assert source.preview is not None
    assert not source.preview.problems
    buttons(source, "Add 2 cases")[0].click()
    cases = desk.session.reading.contents.cases.values()
    dates = {one.reference: one.fields["sentence_date"] for one in cases}
    assert dates == {"NEW-001": "2013-05-06", "NEW-002": "2013-02-28"}
    assert source.preview is None


def doubtful_sample(path: Path) -> Path:
    kinds = ("Community order", "Licence", "SSO", "community order", "SSO", "Licence", "")
    rows = [
        (f"NEW-{at:03}", "North", kinds[at % 7], "Medum" if at == 30 else "High")
        for at in range(35)
    ]
    rows[3:3] = [(f"NEW-1{at}", "North", "Suspended sentence", "Low") for at in range(2)]
    return written(path, [("Case ref", "LDU", "Type of case", "RoSH"), *rows])


def test_what_may_be_a_slip_is_mended_by_a_press_and_stops_nothing(desk: Desk) -> None:
    page = begin(desk)
    source = page.sample.source
    source.read_file(doubtful_sample(desk.lead.with_name("sample.csv")))
    assert source.preview is not None
    assert source.problems.isHidden()
    assert source.doubts.isVisible()
    assert buttons(source, "Add 37 cases")[0].isEnabled()
    before = len(source.preview.doubts)
    (use,) = buttons(source.doubts, "Use “Suspended sentence”")
    use.click()  # every row that says so, as one step
    assert len(source.preview.doubts) == before - 10
    source.undo()
    assert len(source.preview.doubts) == before
    buttons(source.doubts, "Mend all as proposed")[0].click()
    left = [one.code for one in source.preview.doubts]
    assert left == ["sample.no-case-type"] * 5
    buttons(source, "Add 37 cases")[0].click()
    kinds = {one.fields.get("case_type") for one in desk.session.reading.contents.cases.values()}
    assert kinds == {"Community order", "Suspended sentence", "Licence", None}


def laid_out(desk: Desk, widget: QWidget) -> None:
    """Wait until a widget has come to its place on the page."""
    seen: list[int] = []

    def is_steady() -> bool:
        seen.append(widget.mapTo(desk.window, QPoint()).y())
        return len(seen) > 5 and len(set(seen[-5:])) == 1

    desk.bot.waitUntil(is_steady)


def test_a_thing_to_look_at_is_shown_where_the_page_must_move_for_it(desk: Desk) -> None:
    desk.window.resize(1024, 560)
    page = begin(desk)
    source = page.sample.source
    source.read_file(doubtful_sample(desk.lead.with_name("sample.csv")))
    view = source._view
    laid_out(desk, view)
    assert view.visibleRegion().isEmpty(), "it lies below the edge"
    buttons(source.doubts, "Show")[-1].click()
    assert view.hasFocus()
    assert view.currentIndex().row() == 36
    cell = view.visualRect(view.currentIndex())
    assert view.viewport().visibleRegion().contains(cell.center())


def test_the_sample_says_which_columns_it_wants_while_it_is_empty(desk: Desk) -> None:
    page = begin(desk)
    assert page.sample.wanted.isVisible()
    page.sample.show_drawing(True)
    assert not page.sample.wanted.isVisible()
    page.sample.show_drawing(False)
    page.sample.source.read_file(clean_sample(desk.lead.parent))
    buttons(page.sample, "Add 6 cases")[0].click()
    assert not page.sample.wanted.isVisible()


def test_the_headings_of_the_sample_have_the_room_that_they_need(desk: Desk) -> None:
    page = begin(desk)
    heads = ("reference", "offender manager", "date of sentence", "principal offence")
    table = written(desk.lead.with_name("sample.csv"), [heads, ("A1", "Jo", "1/2/2013", "Arson")])
    page.sample.source.read_file(table)
    buttons(page.sample, "Add 1 case")[0].click()
    shown = page.sample._view.horizontalHeader()
    for place in range(shown.count()):
        assert shown.sectionSize(place) >= shown.sectionSizeHint(place)


def test_a_mend_is_undone_and_a_column_taken_for_something_else(desk: Desk) -> None:
    page = begin(desk)
    source = page.sample.source
    source.read_file(dirty_sample(desk.lead.with_name("sample.xlsx")))
    (choice,) = [one for one in source.findChildren(QComboBox) if "Age" in one.accessibleName()]
    choice.setCurrentIndex(choice.findData("tier"))
    choice.activated.emit(choice.currentIndex())
    assert source.preview is not None
    assert source.preview.columns[3].field == "tier"
    source._view.setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert source.preview.columns[3].field == "age_band"


def test_the_same_sample_again_adds_nothing(desk: Desk) -> None:
    page = set_up(desk)
    page.show_step(1)
    page.sample.source.read_file(clean_sample(desk.lead.parent, 7))
    buttons(page.sample, "Add 1 case")[0].click()
    assert len(desk.session.reading.contents.cases) == 7
    assert page.allocation.state.startswith("6 of 7")


def test_cases_dropped_on_somebody_are_theirs_until_it_is_undone(desk: Desk) -> None:
    page = set_up(desk)
    step = page.allocation
    before = holders(desk)
    reference = next(one for one, name in before.items() if name != "Local 1")
    data = QMimeData()
    row = next(at for at, one in enumerate(step._cases.rows) if one.case.reference == reference)
    dragged = step._cases.mimeData([step._cases.index(row, 0)])
    data.setData(REFERENCES, dragged.data(REFERENCES))
    to = next(at for at, one in enumerate(step._people.rows) if one.member.name == "Local 1")
    person = step._people.index(to, 0)
    assert step._people.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, person)
    assert holders(desk)[reference] == "Local 1"
    assert "Local 1" in step.said
    nowhere = QModelIndex()
    assert not step._people.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, nowhere)
    step.cases.setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert holders(desk) == before


def test_cases_are_given_to_somebody_by_keyboard(desk: Desk) -> None:
    page = set_up(desk)
    step = page.allocation
    step.cases.setFocus()
    step.cases.selectRow(0)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    other = next(
        name
        for name in ("Inspector 1", "Inspector 2", "Local 1")
        if name not in list(holders(desk).values())[:2]
    )
    step.to.setCurrentText(other)
    step._give.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert list(holders(desk).values())[:2] == [other, other]


def holders(desk: Desk) -> dict[str, str]:
    contents = desk.session.reading.contents
    return {
        contents.cases[one.key.case].reference: contents.name_of(one.key.member)
        for one in sorted(
            contents.assessments.values(), key=lambda one: contents.cases[one.key.case].reference
        )
        if one.order == "first"
    }


def test_a_lost_laptops_file_is_made_again_with_what_must_be_done_again(
    desk: Desk, tmp_path: Path
) -> None:
    page = set_up(desk)
    page.show_step(4)
    page.hand_out.hand_out_to(tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "Inspector 1.hmip",
        "Inspector 2.hmip",
        "Local 1.hmip",
    ]
    page.hand_out.hand_out_to(tmp_path / "again", only="Local 1")
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["Local 1.hmip"]
    theirs = [one for one, name in holders(desk).items() if name == "Local 1"]
    assert all(reference in page.hand_out.said for reference in theirs)


def test_the_whole_friday(desk: Desk, tmp_path: Path) -> None:
    """Set up, hand out, answer in three files, a conflict, merge, settle, scores."""
    page = set_up(desk)
    page.show_step(4)
    page.hand_out.hand_out_to(tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    twin = tmp_path / "copy of it.hmip"
    shutil.copyfile(files[0], twin)
    for path in files:
        assess(path, "yes")
    assess(twin, "no", only_first=True)  # the same person went on in an old copy
    desk.place.merge([*files, twin])
    team = desk.place.findChild(TeamPage)
    assert team is not None
    (card,) = team.conflict_cards
    before = report.scored(desk.session.reading).scores.sections[1].score
    (conflict,) = desk.session.reading.contents.conflicts
    card.choose([side.value for side in conflict.sides].index("no"), "The newer one")
    card.keep()
    assert not team.conflict_cards
    after = report.scored(desk.session.reading)
    assert before == 1
    assert after.scores.sections[1].score is not None
    assert round(float(after.scores.sections[1].score), 4) == round(5 / 6, 4)
    assert after.assessments == 6


def assess(path: Path, value: str, *, only_first: bool = False) -> None:
    session = Session.opened(path, Passphrase(WORDS))
    for number, key in enumerate(session.reading.assessments):
        if number and only_first:
            break
        for question, given in (("q1_1_01", "yes"), ("q1_1_03", "yes"), ("q2_1_03", value)):
            assert session.answer(key, question, given) is None
        if not only_first:
            assert session.sign_off(key) is None
    session.close()
    QApplication.processEvents()


def test_details_are_kept_when_a_field_is_left(desk: Desk) -> None:
    page = begin(desk)
    page.show_step(0)
    page.details.title.selectAll()
    QTest.keyClicks(page.details.title, "Newtown again")
    page.show_step(1)
    page.details.title.editingFinished.emit()  # as leaving the field does
    assert desk.session.title == "Newtown again"
    page.show_step(0)
    assert page.details.title.text() == "Newtown again"


def test_a_case_dropped_on_its_own_assessor_stays_there_without_a_word(desk: Desk) -> None:
    page = set_up(desk)
    before = holders(desk)
    reference, name = next(iter(before.items()))
    said = page.allocation.said
    page.allocation.give([reference], name)
    assert holders(desk) == before
    assert page.allocation.said == said


def test_sharing_out_again_changes_nothing_and_a_move_can_still_be_undone(desk: Desk) -> None:
    page = set_up(desk)
    before = holders(desk)
    reference, name = next(iter(before.items()))
    other = next(one for one in ("Inspector 1", "Inspector 2", "Local 1") if one != name)
    page.allocation.give([reference], other)
    page.allocation.share_out()
    assert holders(desk)[reference] == other
    page.allocation.undo()
    assert holders(desk) == before


def more_cases(folder: Path) -> Path:
    """A table with a case that is there, otherwise, and with one that is not."""
    rows = [("reference", "rosh"), ("NEW-000", "Low"), ("NEW-900", "High")]
    return written(folder / "more.csv", rows)


def fields(desk: Desk, reference: str) -> Mapping[str, str]:
    case = desk.session.reading.contents.case_named(reference)
    return case.fields if case else {}


def test_a_case_that_is_there_is_changed_only_when_the_lead_says_so(desk: Desk) -> None:
    page = set_up(desk)
    page.show_step(1)
    source = page.sample.source
    source.read_file(more_cases(desk.lead.parent))
    assert not buttons(source, "Add 1, change 1")[0].isEnabled()
    leave_out(source.problems, 2)
    buttons(source, "Add 1 case")[0].click()
    assert fields(desk, "NEW-000")["rosh"] == "High"
    source.read_file(more_cases(desk.lead.parent))
    buttons(source.problems, "Change it")[0].click()
    source.undo()
    assert source.preview is not None
    assert source.preview.problems, "the choice is taken back"
    buttons(source.problems, "Change it")[0].click()
    buttons(source, "Change 1 case")[0].click()
    assert fields(desk, "NEW-000") == {"ldu": "North", "rosh": "Low"}
    assert "NEW-000" in page.sample.said


def test_what_a_table_changed_is_undone_by_keyboard(desk: Desk) -> None:
    page = set_up(desk)
    page.show_step(1)
    source = page.sample.source
    source.read_file(more_cases(desk.lead.parent))
    buttons(source.problems, "Change it")[0].click()
    buttons(source, "Add 1, change 1")[0].click()
    assert fields(desk, "NEW-900")
    buttons(page.sample, "Undo this table")[0].setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert fields(desk, "NEW-000")["rosh"] == "High"
    assert not fields(desk, "NEW-900")
    assert not page.sample.said


def test_many_cases_that_are_there_are_changed_in_one_step(desk: Desk) -> None:
    page = set_up(desk)
    page.show_step(1)
    source = page.sample.source
    rows = [("reference", "tier"), *((f"NEW-{number:03}", "3") for number in range(6))]
    source.read_file(written(desk.lead.with_name("tiers.csv"), rows))
    buttons(source.problems, "Change all that are there")[0].click()
    buttons(source, "Change 6 cases")[0].click()
    cases = desk.session.reading.contents.cases.values()
    assert {one.fields["tier"] for one in cases} == {"3"}
    assert {one.fields["ldu"] for one in cases} == {"North"}


def columns(page: SetUpPage) -> list[str]:
    heads = page.sample._view.model()
    across = Qt.Orientation.Horizontal
    return [heads.headerData(at, across) for at in range(heads.columnCount())]


def test_the_columns_of_the_sample_stand_as_they_came_in_a_later_opening_too(desk: Desk) -> None:
    page = begin(desk)
    rows = [("reference", "tier", "rosh", "ldu"), ("A1", "1", "High", ""), ("A2", "", "Low", "N")]
    page.sample.source.read_file(written(desk.lead.with_name("sample.csv"), rows))
    buttons(page.sample, "Add 2 cases")[0].click()
    before = columns(page)
    assert before[1:] == ["Tier", "RoSH", "LDU"]
    desk.window.close_file()
    desk.window.show_session(Session.opened(desk.lead, Passphrase(WORDS)))
    gui_desk.wake(desk)
    page = desk.place.set_up_page
    page.show_step(1)
    assert columns(page) == before


def test_handing_out_tells_what_is_missing_and_whose_file_is_old(
    desk: Desk, tmp_path: Path
) -> None:
    page = set_up(desk)
    page.show_step(4)
    assert not page.hand_out.warned
    page.hand_out.hand_out_to(tmp_path / "out")
    assert "3 files" in page._states[4].text(), "the list of steps says it at once"
    page.show_step(1)
    page.sample.source.read_file(more_cases(desk.lead.parent))
    buttons(page.sample.source.problems, "Change it")[0].click()
    buttons(page.sample, "Add 1, change 1")[0].click()
    page.show_step(4)
    owner = holders(desk)["NEW-000"]
    assert "1 case has no assessor" in page.hand_out.warned
    assert owner in page.hand_out.warned
    buttons(page.hand_out, "Go to Allocation")[0].click()
    assert page.step is page.allocation
    buttons(page.allocation, "Share out")[0].click()
    page.show_step(4)
    page.hand_out.hand_out_again(tmp_path / "again")
    made = {path.stem for path in (tmp_path / "again").iterdir()}
    assert made == {owner, holders(desk)["NEW-900"]}
    assert not page.hand_out.warned
    desk.window.close_file()
    desk.window.show_session(Session.opened(desk.lead, Passphrase(WORDS)))
    gui_desk.wake(desk)
    assert "3 files" in desk.place.set_up_page.hand_out.state, "a later opening knows"


def test_from_step_to_step_by_keyboard_as_each_is_done(desk: Desk) -> None:
    page = begin(desk)
    page.show_step(0)

    def go_on() -> None:
        desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)

    go_on()
    desk.bot.waitUntil(lambda: page.step is page.sample)
    assert not [one for one in buttons_shown(page.sample) if "Team" in one], "no case yet"
    page.sample.source.read_file(clean_sample(desk.lead.parent))
    buttons(page.sample, "Add 6 cases")[0].click()
    go_on()
    desk.bot.waitUntil(lambda: page.step is page.team)
    assert page._buttons[2].hasFocus()


def buttons_shown(root: QWidget) -> list[str]:
    return [one.text() for one in root.findChildren(QPushButton) if one.isVisible()]


def test_files_are_looked_for_beside_the_file_that_is_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = set_up(desk)
    begun: list[str] = []

    def asked(_parent: object, _title: str, folder: str = "", *_: object) -> tuple[str, str]:
        begun.append(folder)
        return "", ""

    for name in ("getOpenFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, asked)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: asked(*given)[0])
    for step, text in (
        (1, "Choose the sample..."),
        (1, "Choose the long list..."),
        (2, "Choose the team list..."),
        (4, "Hand out to a folder..."),
        (5, "Choose tables..."),
    ):
        page.show_step(step)
        buttons(page.step, text)[0].click()
    assert begun == [str(desk.lead.parent)] * 5
