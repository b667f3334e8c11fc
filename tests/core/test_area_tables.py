"""Tables about the area: read as people keep them, kept, argued about, and put in the workbook."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import small_inspection as small
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from small_inspection import PASSPHRASE

from hmip_desktop import bounds
from hmip_desktop.casefile import area, labels, records
from hmip_desktop.casefile.area import AreaTable, Number
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.records import Contents
from hmip_desktop.cli import hmip
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import AreaTableId, Json
from hmip_desktop.operations import area_tables, collate, consolidate, handing_out
from hmip_desktop.operations.reading import Reading
from hmip_desktop.sample_sheet.area import AreaBook, area_book, plain_form
from hmip_desktop.sample_sheet.files import read_book

POPULATION = AreaTable(
    "Population",
    "Source: the census",
    ("LDU", "People", "Share"),
    (("North", Number(145900, "#,##0"), Number(0.128, "0.0%")), ("Else", Number(4.5), "n/a")),
)
STAFF = AreaTable("Staffing", "", ("Grade", "Posts"), (("Officers", Number(20)),))


def read(path: Path) -> AreaBook:
    return area_book(path.name, read_book(path))


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def book(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def refusal(path: Path) -> Refused:
    with pytest.raises(Refused) as refused:
        read(path)
    return refused.value


def in_words(table: AreaTable) -> list[list[str]]:
    return [[str(value) for value in row] for row in table.rows]


def test_a_csv_file_of_british_windows_with_a_title_and_a_source(tmp_path: Path) -> None:
    content = (
        "Caseload by LDU;;\r\n\r\nLDU;Cases;Share – all\r\nGwynedd;1,204;12.8%\r\n"
        "Ynys Môn;98;1.0%\r\nTotal;1,302;13.8%\r\n\r\nSource: the Trust’s own figures;;\r\n"
    )
    (table,) = read(text(tmp_path / "areas.csv", content, "cp1252")).tables
    assert table.title == "Caseload by LDU"
    assert table.source == "Source: the Trust’s own figures"
    assert table.headings == ("LDU", "Cases", "Share – all")
    assert table.rows[0] == ("Gwynedd", Number(1204, "#,##0"), Number(0.128, "0.0%"))
    assert in_words(table)[1:] == [["Ynys Môn", "98", "1.0%"], ["Total", "1,302", "13.8%"]]


def test_each_sheet_is_a_table_with_merged_headings_months_and_formats(tmp_path: Path) -> None:
    path = tmp_path / "area.xlsx"
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Caseload"
    for row in (
        ["Probation caseload"],
        ["LDU", "Caseload", None, "Reoffending"],
        [None, date(2011, 10, 1), date(2012, 10, 1), None],
        ["North", 1204, 1187.4, 0.0912],
        ["South", 1530, 1498, 0.1],
    ):
        sheet.append(row)
    for cells in ("A1:D1", "A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(cells)
    for number in (3, 4, 5):
        for column, form in (("B", "#,##0"), ("C", "#,##0"), ("D", "0.0%")):
            sheet[f"{column}{number}"].number_format = "mmm-yy" if number == 3 else form
    other = made.create_sheet("Staffing")
    for row in (["Grade", "Posts"], ["Officers", 20], ["Managers", 4]):
        other.append(row)
    made.create_sheet("Read me").append(["Nothing but words"])
    made.save(path)
    found = read(path)
    caseload, staffing = found.tables
    assert caseload.title == "Probation caseload"
    assert caseload.headings == ("LDU", "Caseload Oct 2011", "Caseload Oct 2012", "Reoffending")
    assert in_words(caseload)[0] == ["North", "1,204", "1,187", "9.1%"]
    assert caseload.rows[0][2] == Number(1187.4, "#,##0")  # what is shown rounded is kept whole
    assert staffing.title == "Staffing"
    assert len(found.notes) == 1
    assert "Read me" in found.notes[0]


def test_tables_without_a_title_are_called_by_their_sheet_or_their_file(tmp_path: Path) -> None:
    rows = (("LDU", "Cases"), ("North", 3))
    one = read(book(tmp_path / "caseload 2012.xlsx", Sheet1=rows)).tables
    assert [table.title for table in one] == ["caseload 2012"]
    two = read(book(tmp_path / "both.xlsx", Sheet1=rows, Sheet2=rows)).tables
    assert [table.title for table in two] == ["both (Sheet1)", "both (Sheet2)"]
    (bare,) = read(text(tmp_path / "staff.csv", "Grade,Posts\nOfficers,20\n")).tables
    assert bare.title == "staff"


def test_rows_with_one_cell_stay_in_the_middle_and_end_a_table_below_it(tmp_path: Path) -> None:
    rows = (
        (None, "LDU", "2011"),
        (
            None,
            "Merseyside",
        ),
        (None, "North", 3),
        (None, "South", 4),
        (),
        (None, "* estimated"),
        (None, "Source: the Trust"),
    )
    (table,) = read(book(tmp_path / "area.xlsx", Area=rows)).tables
    assert table.headings == ("LDU", "2011")
    assert in_words(table) == [["Merseyside", ""], ["North", "3"], ["South", "4"]]
    assert table.source == "* estimated Source: the Trust"


@pytest.mark.parametrize(
    "content", ["one column\nonly\n", "a title, of two parts\n", "", "LDU,Cases\n"]
)
def test_a_file_without_a_table_is_refused(tmp_path: Path, content: str) -> None:
    assert refusal(text(tmp_path / "area.csv", content)).code is Code.SHEET_UNREADABLE


def test_errors_of_excel_and_formulas_without_a_result_are_named_by_their_cells(
    tmp_path: Path,
) -> None:
    rows = (("LDU", "Cases", "Share"), ("North", 3, "#DIV/0!"), ("South", "=1+2", 0.5))
    refused = refusal(book(tmp_path / "area.xlsx", Area=rows))
    assert refused.code is Code.SHEET_UNREADABLE
    assert [(one.sheet, one.row) for one in refused.problems] == [("Area", 2), ("Area", 3)]


@pytest.mark.parametrize(
    ("rows", "columns", "letters"),
    [
        (bounds.AREA_ROWS + 1, 2, 1),
        (3, bounds.AREA_COLUMNS + 1, 1),
        (3, 2, bounds.AREA_LETTERS + 1),
    ],
)
def test_what_is_no_small_table_is_refused(
    tmp_path: Path, rows: int, columns: int, letters: int
) -> None:
    heads = ",".join(f"h{n}" for n in range(columns))
    line = ",".join("x" * letters for _ in range(columns))
    path = text(tmp_path / "area.csv", "\n".join([heads, *[line] * rows]))
    assert refusal(path).code is Code.SHEET_UNREADABLE


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "area.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (bounds.LARGEST_UNPACKED + 1))
    assert refusal(path).code is Code.SHEET_UNREADABLE


def test_columns_that_list_people_are_refused_and_those_that_count_them_are_not(
    tmp_path: Path,
) -> None:
    people = text(tmp_path / "people.csv", "Surname,Age\nJones,33\n")
    assert refusal(people).code is Code.SAMPLE_NAMES_PEOPLE
    counts = text(tmp_path / "counts.csv", "LDU,Service users\nNorth,330\n")
    assert read(counts).tables[0].headings[1] == "Service users"


def of_lead(lead: Path) -> Contents:
    with Document.open(lead, PASSPHRASE, write=False) as opened:
        return Reading(opened).contents


def test_cases_of_the_sample_are_refused_and_names_are_told(tmp_path: Path) -> None:
    contents = of_lead(small.inspection(tmp_path).lead)
    cases = text(tmp_path / "cases.csv", "No,Grade\nMER-001,2\nmer-002,3\nx,4\n")
    with pytest.raises(Refused) as refused:
        area_tables.read(cases, contents)
    assert refused.value.code is Code.SAMPLE_NAMES_PEOPLE
    names = "Staff,Grade\nMr Smith,2\nMrs Jones,3\nDr Patel,4\n"
    assert area_tables.read(text(tmp_path / "staff.csv", names), contents).notes
    places = "LDU,Cases\nKnowsley,2\nLiverpool North,3\nSefton,4\n"
    assert not area_tables.read(text(tmp_path / "areas.csv", places), contents).notes


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("145,900", Number(145900, "#,##0")),
        ("£4,200,000", Number(4200000, "£#,##0")),
        ("-5.20", Number(-5.2, "0.00")),
        ("12.8%", Number(0.128, "0.0%")),
        ("0012", "0012"),
        ("1,23", "1,23"),
        ("1e5", "1e5"),
        ("nan", "nan"),
        ("2012/13", "2012/13"),
        ("=1+2", "=1+2"),
        ("12345678901234567890", "12345678901234567890"),
    ],
)
def test_numbers_are_known_as_people_type_them(
    tmp_path: Path, typed: str, value: str | Number
) -> None:
    path = text(tmp_path / "area.csv", f"LDU;Figure\nNorth;{typed}\n")
    (table,) = read(path).tables
    assert table.rows[0][1] == value
    assert str(table.rows[0][1]) == typed


@pytest.mark.parametrize(
    ("excel", "ours"),
    [
        ("General", ""),
        ("0", ""),
        ("#,##0", "#,##0"),
        ('_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-', "#,##0"),
        ("[$£-809]#,##0.00", "£#,##0.00"),
        ('"£"#,##0', "£#,##0"),
        ("0.0%", "0.0%"),
        ("0.00%;[Red]-0.00%", "0.00%"),
        ('0.0"%"', "0.0"),
        ("[h]:mm", ""),
        ("0.00E+00", ""),
        ('=cmd|"x"', ""),
    ],
)
def test_formats_of_excel_are_taken_over_where_they_are_plain(excel: str, ours: str) -> None:
    assert plain_form(excel) == ours


@given(st.text(max_size=60))
def test_any_format_becomes_one_of_ours_or_none(excel: str) -> None:
    found = plain_form(excel)
    assert not found or area.is_form(found)


numbers = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(-1e14, 1e14, allow_nan=False, allow_infinity=False),
)
forms = st.sampled_from(["", "#,##0", "0.00", "0%", "0.0%", "£#,##0.00"])
values = st.one_of(st.text(max_size=20), st.builds(Number, numbers, forms))


@given(st.lists(st.tuples(values, values), max_size=5), st.text(max_size=20))
def test_a_table_comes_back_from_a_case_file_as_it_was(
    rows: list[tuple[Any, Any]], title: str
) -> None:
    table = AreaTable(title, "", ("one", "two"), tuple(rows))
    said = json.loads(json.dumps(area.to_json(table)))
    assert area.from_json(said) == table
    assert all(str(value) is not None for row in table.rows for value in row)


@pytest.mark.parametrize(
    "strange",
    [
        {},
        {"title": 1, "source": "", "headings": ["a"], "rows": []},
        {"title": "t", "source": "", "headings": [], "rows": []},
        {"title": "t", "source": "", "headings": ["a"], "rows": [["x", "y"]]},
        {"title": "t", "source": "", "headings": ["a"], "rows": "x"},
        {"title": "t", "source": "", "headings": ["a"] * 9000, "rows": []},
        {"title": "t", "source": "", "headings": ["a"], "rows": [["x"]] * 9000},
    ],
)
def test_a_shape_that_we_do_not_know_is_passed_over(strange: dict[str, Any]) -> None:
    assert area.from_json(strange) is None


@pytest.mark.parametrize("strange", [[1e300, ""], [True, ""], ["1", ""], [1], None, {}, 7])
def test_a_value_that_is_neither_text_nor_number_is_left_blank(strange: Json) -> None:
    said = {"title": "t", "source": "", "headings": ["a"], "rows": [[strange]]}
    table = area.from_json(said)
    assert table is not None
    assert table.rows == (("",),)


def test_an_unknown_format_of_another_program_is_not_handed_on_to_excel() -> None:
    said = {"title": "t", "source": "", "headings": ["a"], "rows": [[[1, '0"=cmd"']]]}
    table = area.from_json(said)
    assert table is not None
    assert table.rows == ((Number(1),),)


def titles(document: Document) -> list[str]:
    return [one.title for one in Reading(document).contents.area_tables.values()]


def ids(document: Document) -> list[AreaTableId]:
    return list(Reading(document).contents.area_tables)


def test_tables_are_kept_renamed_moved_taken_out_and_every_change_taken_back(
    tmp_path: Path,
) -> None:
    lead = small.inspection(tmp_path).lead
    with Document.open(lead, PASSPHRASE) as opened:
        done = [area_tables.add(opened, [POPULATION, STAFF, replace(STAFF, title="staffing")])]
        assert titles(opened) == ["Population", "Staffing", "staffing (2)"]
        first, second, third = ids(opened)
        done.append(area_tables.name(opened, second, " Staff ", "Source: the Trust"))
        done.append(area_tables.move(opened, third, -2))
        done.append(area_tables.remove(opened, [first]))
        assert titles(opened) == ["staffing (2)", "Staff"]
        done.append(area_tables.put_in_place_of(opened, second, POPULATION))
        assert titles(opened) == ["staffing (2)", "Staff"]
        assert Reading(opened).contents.area_tables[second].rows == POPULATION.rows
    with Document.open(lead, PASSPHRASE) as opened:
        assert titles(opened) == ["staffing (2)", "Staff"]
        for one in reversed(done):
            area_tables.take_back(opened, one)
        assert titles(opened) == []


def test_the_same_title_again_takes_the_place_of_the_table(tmp_path: Path) -> None:
    lead = small.inspection(tmp_path).lead
    with Document.open(lead, PASSPHRASE) as opened:
        area_tables.add(opened, [STAFF, POPULATION])
        again = area_tables.add(opened, [replace(STAFF, title="STAFFING", source="later")])
        assert titles(opened) == ["STAFFING", "Population"]
        assert not area_tables.add(
            opened, [replace(STAFF, title="STAFFING", source="later")]
        ).changes
        area_tables.take_back(opened, again)
        assert list(Reading(opened).contents.area_tables.values()) == [STAFF, POPULATION]


def test_what_somebody_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    lead = small.inspection(tmp_path).lead
    with Document.open(lead, PASSPHRASE) as opened:
        added = area_tables.add(opened, [STAFF])
        area_tables.name(opened, ids(opened)[0], "Renamed since", "")
        assert not area_tables.take_back(opened, added)
        assert titles(opened) == ["Renamed since"]


def test_too_many_tables_and_titles_that_cannot_be_are_refused(tmp_path: Path) -> None:
    lead = small.inspection(tmp_path).lead
    with Document.open(lead, PASSPHRASE) as opened:
        many = [replace(STAFF, title=f"Table {n}") for n in range(bounds.AREA_TABLES)]
        area_tables.add(opened, many)
        one = ids(opened)[0]
        with pytest.raises(Refused) as refused:
            area_tables.add(opened, [POPULATION])
        assert refused.value.code is Code.VALUE_UNUSABLE
        for title in (" ", "table  1", "x" * (bounds.AREA_LETTERS + 1)):
            with pytest.raises(Refused) as refused:
                area_tables.name(opened, one, title, "")
            assert refused.value.code is Code.VALUE_UNUSABLE
        area_tables.add(opened, [POPULATION], without=[one])  # room is made in the same step
        assert len(ids(opened)) == bounds.AREA_TABLES


def test_two_leads_who_change_one_table_come_to_a_conflict_and_other_tables_merge(
    tmp_path: Path,
) -> None:
    lead = small.inspection(tmp_path / "made").lead
    with Document.open(lead, PASSPHRASE) as opened:
        area_tables.add(opened, [POPULATION, STAFF])
        first, second = ids(opened)
    deputy = small.copy(lead, tmp_path / "deputy" / "lead.hmip")
    with Document.open(lead, PASSPHRASE) as opened:
        area_tables.name(opened, first, "People", "ours")
        area_tables.name(opened, second, "Staff", "")
    with Document.open(deputy, PASSPHRASE) as opened:
        area_tables.name(opened, first, "Inhabitants", "theirs")
        area_tables.add(opened, [replace(STAFF, title="Reoffending")])
    with Document.open(lead, PASSPHRASE) as opened:
        (conflict,) = collate.merge(opened, [deputy]).conflicts
        assert conflict.field == records.area_table_field(first)
        assert len(titles(opened)) == 3  # one of the two stands until that is settled
        theirs = next(one for one in conflict.sides if "theirs" in json.dumps(one.value))
        sides = [one.value for one in conflict.sides]
        contents = Reading(opened).contents
        assert labels.set_up_question(conflict.field)
        said = labels.set_up_answer(contents, conflict.field, theirs.value, sides)
        assert "Inhabitants" in said
        assert "theirs" in said
        collate.settle(opened, conflict.id, theirs.id, "the later census")
        assert titles(opened) == ["Inhabitants", "Staff", "Reoffending"]
    with Document.open(deputy, PASSPHRASE) as opened:
        collate.merge(opened, [lead])
        assert titles(opened) == ["Inhabitants", "Staff", "Reoffending"]


def test_tables_are_the_leads_and_are_not_handed_out(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    with Document.open(made.lead, PASSPHRASE) as opened:
        area_tables.add(opened, [POPULATION])
        (ann,) = handing_out.hand_out(opened, tmp_path / "again", only=["Ann"])
    with Document.open(ann.path, PASSPHRASE) as opened:
        assert titles(opened) == []
        with pytest.raises(Refused) as refused:
            area_tables.add(opened, [STAFF])
    assert refused.value.code is Code.NOT_THE_LEADS


def test_a_table_says_in_what_it_differs_from_another() -> None:
    other = replace(
        POPULATION, rows=(("North", Number(9), Number(0.128, "0.0%")), POPULATION.rows[1])
    )
    assert area.differing(POPULATION, other) == ("North, People: 145,900",)
    assert area.differing(POPULATION, STAFF) == ()


def test_the_workbook_has_the_tables_as_texts_and_numbers_and_the_sample_beside(
    tmp_path: Path,
) -> None:
    evil = '=HYPERLINK("http://evil.example","x")'
    table = AreaTable(
        evil,
        "http://evil.example",
        ("LDU", "+1", "People"),
        (
            ("north", "@x", Number(145900, "#,##0")),
            ("South", "-1+2", Number(0.128, "0.0%")),
            (evil, "mailto:a@b.c", ""),
        ),
    )
    lead = small.inspection(tmp_path).lead
    with Document.open(lead, PASSPHRASE) as opened:
        area_tables.add(opened, [table])
        reading = Reading(opened)
        consolidate.write_workbook(reading, tmp_path / "all.xlsx")
        consolidate.write_workbook(reading, tmp_path / "some.xlsx", least=4)
    sheet = openpyxl.load_workbook(tmp_path / "all.xlsx")["Context"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    for typed in (evil, "+1", "@x", "-1+2", "mailto:a@b.c", "http://evil.example"):
        assert cells[typed].data_type == "s"
        assert cells[typed].hyperlink is None
    assert (cells[145900].number_format, cells[0.128].number_format) == ("#,##0", "0.0%")
    row = cells["north"].row
    shown = openpyxl.load_workbook(tmp_path / "all.xlsx", data_only=True)["Context"]
    assert [shown.cell(row, column).value for column in (4, 5)] == [3, 0.5]
    assert sheet.cell(row, 4).data_type == "f"
    copy = openpyxl.load_workbook(tmp_path / "some.xlsx")["Context"]
    assert {cell.data_type for line in copy.iter_rows() for cell in line} <= {"s", "n"}
    beside = [copy.cell(row, column).value for column in (4, 5)]
    assert all(isinstance(one, str) for one in beside)  # three cases are fewer than four


def test_the_command_lists_adds_and_takes_out(tmp_path: Path) -> None:
    lead = small.inspection(tmp_path).lead
    path = book(
        tmp_path / "area.xlsx",
        Population=(("LDU", "People"), ("North", 145900)),
        Staffing=(("Grade", "Posts"), ("Officers", 20)),
    )

    def run(*words: str, status: int = 0) -> str:
        env = {"HMIP_PASSPHRASE": small.WORDS}
        done = CliRunner().invoke(hmip, ["area-tables", str(lead), *words], env=env)
        assert done.exit_code == status, done.output
        return done.stdout

    assert json.loads(run("--json")) == []
    assert "Population" in run(str(path))
    told = json.loads(run("--remove", "population", "--json"))
    assert [(one["title"], one["rows"]) for one in told] == [("Staffing", [["Officers", "20"]])]


def test_the_command_changes_nothing_where_it_refuses(tmp_path: Path) -> None:
    lead = small.inspection(tmp_path).lead
    good = text(tmp_path / "good.csv", "LDU,Cases\nNorth,3\n")
    bad = text(tmp_path / "bad.csv", "Surname,Age\nJones,33\n")
    env = {"HMIP_PASSPHRASE": small.WORDS}
    for words in ([str(good), str(bad)], [str(good), "--remove", "no such table"]):
        done = CliRunner().invoke(hmip, ["area-tables", str(lead), *words], env=env)
        assert isinstance(done.exception, Refused)
    assert of_lead(lead).area_tables == {}
