"""The file: whole or not at all, the same each time, and true to what people typed."""

import time
import zipfile
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from made_book import AS_AT, SMALL, STORY, Made, book, form, question, told
from openpyxl import load_workbook

from hmip_desktop.errors import Cancelled, Code, Refused
from hmip_desktop.form.model import Kind
from hmip_desktop.workbook.book import IN_CONFLICT, NOT_ASKED, Counted
from hmip_desktop.workbook.layout import HEAD, Sheet, layout
from hmip_desktop.workbook.page import lines_of
from hmip_desktop.workbook.text import CUT, LIMIT, fit
from hmip_desktop.workbook.write import write


def texts_of(path: Path, sheet: str) -> list[tuple[Any, str]]:
    return [
        (cell.value, cell.data_type)
        for row in load_workbook(path)[sheet].iter_rows()
        for cell in row
    ]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
def test_the_same_book_gives_the_same_bytes_in_another_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = book(SMALL, STORY)
    write(tmp_path / "one.xlsx", made)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    elsewhere = replace(made, as_at=AS_AT.astimezone(timezone(timedelta(hours=5))))
    write(tmp_path / "two.xlsx", elsewhere)
    monkeypatch.undo()
    time.tzset()
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_only_time_in_the_file_is_that_of_the_last_entry(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx", book(SMALL, STORY))
    with zipfile.ZipFile(tmp_path / "one.xlsx") as inside:
        assert {info.date_time for info in inside.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = load_workbook(tmp_path / "one.xlsx").properties
    assert properties.created == properties.modified == AS_AT.replace(tzinfo=None)


TYPED = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "{=A1}",
    "\t=1+1",
    "http://example.org/x",
    "mailto:a@example.org",
    "12",
    "1e5",
    "TRUE",
    "#N/A",
    "3/4",
    " spaces around ",
    "two\nlines",
    "Ŵyneb Llŷn, Môn: Gŵyl Ddewi ŷ",
    "日本語 😀 \u200f\u05d0\u05d1",
    "<b>&amp;</b> \"'",
    "_x0041_",
    "*?~",
]


@pytest.mark.parametrize("text", TYPED)
def test_what_people_typed_comes_back_as_the_same_text(text: str, tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx", told(text))
    for sheet in (Sheet.SCORES, Sheet.ANSWERS, Sheet.NOTES, Sheet.QUALITY, Sheet.ABOUT):
        assert (text, "s") in texts_of(tmp_path / "one.xlsx", sheet)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_text_like_a_formula_stays_a_text_also_when_its_cell_is_edited(
    text: str, tmp_path: Path
) -> None:
    write(tmp_path / "one.xlsx", told(text))
    cells = [
        cell
        for row in load_workbook(tmp_path / "one.xlsx")[Sheet.NOTES].iter_rows()
        for cell in row
    ]
    assert {cell.quotePrefix for cell in cells if cell.value == text} == {True}


def test_no_text_becomes_a_link(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx", told("http://example.org/x"))
    with zipfile.ZipFile(tmp_path / "one.xlsx") as inside:
        assert not [name for name in inside.namelist() if "hyperlink" in name]
        assert b"<hyperlink" not in b"".join(inside.read(name) for name in inside.namelist())


def test_a_text_too_long_for_a_cell_says_that_it_goes_on_in_the_case_file(tmp_path: Path) -> None:
    text = "ŵ" * 40_000
    write(tmp_path / "one.xlsx", told(text))
    longest = max(
        (str(value) for value, _ in texts_of(tmp_path / "one.xlsx", Sheet.NOTES)), key=len
    )
    assert len(longest) == LIMIT
    assert longest == "ŵ" * (LIMIT - len(CUT)) + CUT
    assert "case file" in CUT


def test_a_long_text_of_emoji_is_cut_between_two_of_them() -> None:
    shortened = fit("x" + "😀" * 20_000)
    assert len(shortened.encode("utf-16-le")) // 2 <= LIMIT
    assert shortened.removeprefix("x").removesuffix(CUT).strip("😀") == ""


def test_a_text_of_just_the_allowed_length_is_whole() -> None:
    assert fit("y" * LIMIT) == "y" * LIMIT
    assert fit("😀" * (LIMIT // 2)) == "😀" * (LIMIT // 2)


def test_control_characters_are_seen_and_leave_the_file_readable(tmp_path: Path) -> None:
    text = "a\x00b\x07c\x1bd\x0be\ud800f\ufffeg\r\nh\ri"
    write(tmp_path / "one.xlsx", told(text))
    seen = "a␀b␇c␛d␋e\ufffdf\ufffdg\nh\ni"
    assert (seen, "s") in texts_of(tmp_path / "one.xlsx", Sheet.NOTES)


def answers_of(path: Path) -> list[dict[str, Any]]:
    """Answers as somebody reads them: by their headings, which begin with the number."""
    rows = list(load_workbook(path, data_only=True)[Sheet.ANSWERS].values)[HEAD:]
    headings = [str(heading).split()[0] if heading else "" for heading in rows[0]]
    return [dict(zip(headings, row, strict=True)) for row in rows[1:]]


def test_each_assessment_is_a_row_and_each_question_a_column(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx", book(SMALL, STORY))
    rows = answers_of(tmp_path / "one.xlsx")
    assert [row["Case"] for row in rows] == [one.case for one in STORY]
    assert [row["4.1.1"] for row in rows] == ["Yes", "No", "Yes", "Yes", "No", "No", "No"]
    assert rows[2]["14.1.2"] == "Yes; No"
    assert rows[3]["4.1.2"] == IN_CONFLICT
    assert rows[4]["4.10.1"] == NOT_ASKED
    assert rows[0]["14.1.1"] is None
    assert [row["Counted"] for row in rows[4:]] == [one.value for one in Counted]


def test_an_answer_that_only_looks_like_ours_stays_an_answer(tmp_path: Path) -> None:
    text = form({}, [question("q0_1", kind=Kind.TEXT, scored=False)])
    made = book(text, [Made("C1", {"q0_1": NOT_ASKED})])
    write(tmp_path / "one.xlsx", made)
    assert answers_of(tmp_path / "one.xlsx")[0]["0.1"] == f"“{NOT_ASKED}”"


def test_the_sheets_stand_in_their_order(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx", replace(book(SMALL, STORY), notes=()))
    names = [sheet.value for sheet in Sheet if sheet not in (Sheet.FACTORS, Sheet.AGREEMENT)]
    assert load_workbook(tmp_path / "one.xlsx").sheetnames == names


def test_it_opens_on_the_scores_and_shows_no_grid(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx", replace(book(SMALL, STORY), notes=()))
    opened = load_workbook(tmp_path / "one.xlsx")
    assert opened.active is not None
    assert opened.active.title == "Scores"
    assert not [sheet.title for sheet in opened if sheet.sheet_view.showGridLines]
    assert not [sheet.title for sheet in opened if not sheet.print_area]


def test_the_notes_are_there_only_when_asked_for(tmp_path: Path) -> None:
    made = told("said in confidence")
    write(tmp_path / "one.xlsx", replace(made, notes=None))
    assert "Notes" not in load_workbook(tmp_path / "one.xlsx").sheetnames
    write(tmp_path / "one.xlsx", made)
    assert "Notes" in load_workbook(tmp_path / "one.xlsx").sheetnames


def test_unfinished_scores_say_so_in_words_and_on_each_printed_page(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    for reasons in (("2 of 6 cases: not begun.",), ()):
        write(tmp_path / "one.xlsx", replace(made, reasons=reasons))
        for sheet in (Sheet.SCORES, Sheet.ABOUT, Sheet.QUESTIONS, Sheet.GROUPS):
            texts = [str(value) for value, _ in texts_of(tmp_path / "one.xlsx", sheet)]
            if sheet is Sheet.ABOUT and not reasons:
                continue
            assert any(text.startswith("PROVISIONAL") for text in texts) is bool(reasons)
        with zipfile.ZipFile(tmp_path / "one.xlsx") as inside:
            printed = inside.read("xl/worksheets/sheet5.xml").decode()
            chart = inside.read("xl/charts/chart1.xml").decode()
        assert ("&amp;LPROVISIONAL" in printed) is bool(reasons)
        assert ("(PROVISIONAL)" in chart) is bool(reasons)
    assert ("• 2 of 6 cases: not begun.", "s") not in texts_of(tmp_path / "one.xlsx", Sheet.SCORES)


def test_the_reasons_for_being_provisional_stand_beside_the_scores(tmp_path: Path) -> None:
    reasons = ("2 of 6 cases: not begun.", "Open conflicts: 1.")
    write(tmp_path / "one.xlsx", replace(book(SMALL, STORY), reasons=reasons))
    said = "\n".join(f"• {reason}" for reason in reasons)
    assert (said, "s") in texts_of(tmp_path / "one.xlsx", Sheet.SCORES)


def test_a_case_without_a_field_that_others_have_is_not_recorded(tmp_path: Path) -> None:
    cases = [
        Made("C1", {}, fields={"ldu": "Wirral"}),
        Made("C2", {}, fields={"case": "a field named as one of ours"}),
    ]
    write(tmp_path / "one.xlsx", book(SMALL, cases))
    rows = list(load_workbook(tmp_path / "one.xlsx")[Sheet.ANSWERS].values)[HEAD:]
    assert rows[1][:3] == ("C1", "Wirral", "not recorded")
    assert rows[2][:3] == ("C2", "not recorded", "a field named as one of ours")


def test_a_book_of_nothing_at_all_is_written(tmp_path: Path) -> None:
    made = book(form({}, ()), ())
    write(tmp_path / "one.xlsx", made)
    opened = load_workbook(tmp_path / "one.xlsx", data_only=True)
    assert opened[Sheet.SCORES][layout(made).assessments.split("!")[1]].value == 0


def test_the_workbook_replaces_an_older_one(tmp_path: Path) -> None:
    (tmp_path / "one.xlsx").write_text("older")
    write(tmp_path / "one.xlsx", book(SMALL, STORY))
    assert [path.name for path in tmp_path.iterdir()] == ["one.xlsx"]
    load_workbook(tmp_path / "one.xlsx")


@pytest.mark.parametrize("folder", ["missing", "a file"])
def test_a_folder_that_is_none_is_refused_and_named(folder: str, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    with pytest.raises(Refused) as refused:
        write(tmp_path / folder / "one.xlsx", book(SMALL, STORY))
    assert refused.value.code is Code.DISK
    assert "one.xlsx" in refused.value.sentence
    assert [path.name for path in tmp_path.iterdir()] == ["a file"]


def test_a_place_taken_by_a_folder_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "one.xlsx").mkdir()
    with pytest.raises(Refused) as refused:
        write(tmp_path / "one.xlsx", book(SMALL, STORY))
    assert refused.value.code is Code.DISK
    assert [path.name for path in tmp_path.iterdir()] == ["one.xlsx"]


def test_a_folder_that_may_not_be_written_is_refused_with_what_to_do(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    try:
        (locked / "probe").touch()
    except PermissionError:
        with pytest.raises(Refused, match="close it if it is open in Excel"):
            write(locked / "one.xlsx", book(SMALL, STORY))
    else:
        pytest.skip("this user may write anywhere")
    finally:
        locked.chmod(0o700)


@pytest.mark.parametrize("stop_at", [1, 3, 5])
def test_who_cancels_keeps_the_older_workbook_and_no_other_file(
    stop_at: int, tmp_path: Path
) -> None:
    (tmp_path / "one.xlsx").write_text("older")
    told_times = 0

    def stop(done: int, total: int, doing: str) -> None:
        nonlocal told_times
        told_times += 1
        if told_times == stop_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        write(tmp_path / "one.xlsx", book(SMALL, STORY), stop)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["older"]


def test_progress_goes_forward_to_the_whole(tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    many = [replace(one, case=f"C{n}") for n in range(20) for one in STORY]
    write(tmp_path / "one.xlsx", book(SMALL, many), lambda *step: steps.append(step))
    done = [step[0] for step in steps]
    assert done == sorted(done)
    assert done[-1] == steps[-1][1] == max(done)
    assert len(done) > len(many) // 25
    assert steps[-1][2] == "Saving"


def test_more_than_excel_can_hold_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    fields = {f"field {number}": "x" for number in range(16_400)}
    told_of: list[str] = []
    with pytest.raises(Refused) as refused:
        write(
            tmp_path / "one.xlsx",
            book(SMALL, [Made("C1", {}, fields=fields)]),
            lambda *step: told_of.append(step[2]),
        )
    assert refused.value.code is Code.VALUE_UNUSABLE
    assert "Answers" in refused.value.sentence
    assert told_of == []
    assert list(tmp_path.iterdir()) == []


def test_long_lists_keep_their_headings_in_sight_and_can_be_filtered(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    write(tmp_path / "one.xlsx", made)
    opened = load_workbook(tmp_path / "one.xlsx")
    frozen = {sheet.title: sheet.freeze_panes for sheet in opened}
    assert (frozen["Questions"], frozen["Answers"], frozen["Choices"]) == ("C5", "B5", "C5")
    table = layout(made).answers
    assert opened["Answers"].auto_filter.ref.startswith(f"A{HEAD + 1}:")
    assert opened["Answers"].auto_filter.ref.endswith(str(table.last + 1))
    assert opened["Answers"].print_title_rows == f"${HEAD + 1}:${HEAD + 1}"
    assert not [sheet.title for sheet in opened if sheet.merged_cells.ranges]
    assert {sheet.page_setup.orientation for sheet in opened} == {"landscape"}


def test_scores_have_names_for_formulas_of_peoples_own(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx", book(SMALL, STORY))
    names = load_workbook(tmp_path / "one.xlsx").defined_names
    assert {"Score_4", "Score_4.10", "Assessments_counted"} <= set(names)


def test_every_chart_has_a_text_for_those_who_cannot_see_it(tmp_path: Path) -> None:
    write(tmp_path / "one.xlsx", book(SMALL, STORY))
    with zipfile.ZipFile(tmp_path / "one.xlsx") as inside:
        drawings = [
            inside.read(name).decode()
            for name in inside.namelist()
            if name.startswith("xl/drawings/drawing")
        ]
    frames = [part for drawing in drawings for part in drawing.split("<xdr:cNvPr ")[1:]]
    assert len(frames) > 5
    assert all('descr="' in part.split(">")[0] for part in frames)


def test_each_printed_page_is_marked(tmp_path: Path) -> None:
    made = replace(book(SMALL, STORY), title="Crime & care " + "x" * 300)
    write(tmp_path / "one.xlsx", made)
    with zipfile.ZipFile(tmp_path / "one.xlsx") as inside:
        names = [name for name in inside.namelist() if name.startswith("xl/worksheets/sheet")]
        sheets = [inside.read(name).decode() for name in names]
    for sheet in sheets:
        assert "Crime &amp;&amp; care x" in sheet
        assert sheet.count("OFFICIAL-SENSITIVE") == 2


def test_the_scores_have_a_chart_of_each_section(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    write(tmp_path / "one.xlsx", made)
    with zipfile.ZipFile(tmp_path / "one.xlsx") as inside:
        chart = inside.read("xl/charts/chart1.xml").decode()
    table = layout(made).sections
    assert f"Scores!$C${table.row(0) + 1}:$C${table.last + 1}" in chart


def test_rows_are_tall_enough_for_what_wraps() -> None:
    assert lines_of("short", 10) == 1
    assert lines_of("two\nlines", 10) == 2
    assert lines_of("x" * 100, 20) >= 5
