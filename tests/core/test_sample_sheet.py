from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmip_desktop.casefile.records import Role
from hmip_desktop.errors import Code, Refused
from hmip_desktop.sample_sheet import read_sample, read_team


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            sheet.cell(number, column, cell)  # type: ignore[call-overload]
    made.save(path)
    return path


def refused(read: object, path: Path) -> Refused:
    assert callable(read)
    with pytest.raises(Refused) as refusal:
        read(path)
    return refusal.value


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Case Ref.", "reference"),
        ("CASE_ID", "reference"),
        ("Local Delivery Unit", "ldu"),
        ("Type of case", "case_type"),
        ("RoSH level", "rosh"),
        ("Sex", "gender"),
        ("Race and ethnicity", "ethnicity"),
        ("Offender Manager", "offender_manager"),
        ("Date of sentence", "sentence_date"),
        ("Something  else", "something_else"),
    ],
)
def test_columns_are_known_by_the_words_that_people_use(
    heading: str, name: str, tmp_path: Path
) -> None:
    other = "ldu" if name == "reference" else "reference"
    (row,) = read_sample(text(tmp_path / "s.csv", f"{heading},{other}\na,b\n"))
    assert {**row.fields, "reference": row.reference} == {name: "a", other: "b"}


@pytest.mark.parametrize(
    "heading",
    [
        "Name",
        "Offender name",
        "First name",
        "Surname",
        "FORENAME",
        "Full-Name",
        "DOB",
        "Date of birth",
        "date_of_birth",
        "Home address",
        "Postcode",
        "PNC",
        "Client",
    ],
)
def test_a_column_that_names_people_supervised_is_refused(heading: str, tmp_path: Path) -> None:
    path = text(tmp_path / "s.csv", f"reference,{heading}\nA1,Somebody\n")
    assert refused(read_sample, path).code is Code.SAMPLE_NAMES_PEOPLE


@pytest.mark.parametrize(
    "heading",
    [
        "Names",
        "Offender names",
        "D.O.B.",
        "Post code",
        "Name of person on probation",
        "Probation client name",
        "Surnames",
        "Service user",
        "Telephone",
        "Email",
    ],
)
def test_other_ways_to_name_people_supervised_are_refused(heading: str, tmp_path: Path) -> None:
    path = text(tmp_path / "s.csv", f"reference,{heading}\nA1,Somebody\n")
    assert refused(read_sample, path).code is Code.SAMPLE_NAMES_PEOPLE


@pytest.mark.parametrize(
    "heading", ["Officer name", "Offender manager name", "Practitioner", "Court name", "Team name"]
)
def test_names_of_practitioners_and_places_are_welcome(heading: str, tmp_path: Path) -> None:
    (row,) = read_sample(text(tmp_path / "s.csv", f"reference,{heading}\nA1,Jo\n"))
    assert list(row.fields.values()) == ["Jo"]


def test_rows_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "s.xlsx", ("reference", "ldu"), (), ("A1", "x"), (), (None, "y"), ("a1 ", "z")
    )
    problems = refused(read_sample, path).problems
    assert [(one.row, one.code) for one in problems] == [
        (5, "sample.reference"),
        (6, "sample.twice"),
    ]


def test_cells_of_every_kind_become_words(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "s.xlsx",
        ("reference", "sentence_date", "tier", "share", "at", "yes", "blank"),
        (7, date(2013, 5, 6), 4.0, 2.5, datetime(2013, 5, 6, 9, 30), True, None),  # noqa: DTZ001
    )
    (row,) = read_sample(path)
    assert row.reference == "7"
    assert row.fields == {
        "sentence_date": "2013-05-06",
        "tier": "4",
        "share": "2.5",
        "at": "2013-05-06 09:30:00",
        "yes": "True",
    }


def test_a_formula_without_a_result_is_refused_with_its_place(tmp_path: Path) -> None:
    path = workbook(tmp_path / "s.xlsx", ("reference", "ldu"), ("A1", "=1+1"))
    with pytest.raises(Refused) as refusal:
        read_sample(path)
    assert refusal.value.code is Code.SHEET_UNREADABLE
    assert "row 2, column 2" in refusal.value.sentence


def test_merged_cells_all_say_what_the_first_says(tmp_path: Path) -> None:
    path = workbook(tmp_path / "s.xlsx", ("reference", "ldu"), ("A1", "North"), ("A2", None))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("B2:B3")
    book.save(path)
    assert [row.fields["ldu"] for row in read_sample(path)] == ["North", "North"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("reference,ldu\nA1,Ynys Môn\n", "utf-16"),
        ("reference\tldu\nA1\tYnys Môn\n", "utf-8"),
        ("reference,ldu\nA1,Ynys Môn\n", "utf-8"),
        ("reference,ldu\nA1,Ynys Môn\n", "utf-8-sig"),
        ("reference,ldu\r\nA1,Ynys Môn\r\n", "cp1252"),
        ("reference;ldu\nA1;Ynys Môn\n", "utf-8"),
        ('\n\n"reference", ldu\n A1 ,"Ynys Môn"\n\n', "utf-8"),
    ],
)
def test_csv_as_excel_saves_it(content: str, encoding: str, tmp_path: Path) -> None:
    (row,) = read_sample(text(tmp_path / "s.csv", content, encoding))
    assert (row.reference, row.fields["ldu"]) == ("A1", "Ynys Môn")


def test_a_heading_twice_is_refused(tmp_path: Path) -> None:
    path = text(tmp_path / "s.csv", "case,Case ref\nA1,A2\n")
    assert refused(read_sample, path).code is Code.SHEET_UNREADABLE


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("s.csv", "", Code.SHEET_UNREADABLE),
        ("s.csv", "\n\n", Code.SHEET_UNREADABLE),
        ("s.csv", "reference\n", Code.SAMPLE_UNUSABLE),
        ("s.csv", "ldu\nx\n", Code.SAMPLE_UNUSABLE),
        ("s.xlsx", "no workbook", Code.SHEET_UNREADABLE),
        ("s.docx", "reference\nA1", Code.SHEET_UNREADABLE),
    ],
)
def test_what_is_no_sample_is_refused(name: str, content: str, code: Code, tmp_path: Path) -> None:
    assert refused(read_sample, text(tmp_path / name, content)).code is code


CODES = {Code.SHEET_UNREADABLE, Code.SAMPLE_UNUSABLE, Code.TEAM_UNUSABLE, Code.SAMPLE_NAMES_PEOPLE}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=200), suffix=st.sampled_from([".csv", ".xlsx"]))
def test_any_bytes_are_read_or_refused(content: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"s{suffix}"
    for bytes_ in (content, b"reference,name,role\n" + content):
        path.write_bytes(bytes_)
        for read in (read_sample, read_team):
            try:
                read(path)
            except Refused as refusal:
                assert refusal.code in CODES  # noqa: PT017


@pytest.mark.parametrize(
    ("said", "role"),
    [(role.value.upper(), role) for role in Role]
    + [("Lead", Role.LEAD), ("LA", Role.LOCAL_ASSESSOR), ("HM  Inspector", Role.INSPECTOR)]
    + [("Deputy", Role.DEPUTY), ("support", Role.SUPPORT)],
)
def test_roles_are_known_by_the_words_that_people_use(
    said: str, role: Role, tmp_path: Path
) -> None:
    path = text(tmp_path / "t.csv", f"Role,Name\n{said},Ann\ninspector,Bob\n")
    assert read_team(path)[0].role is role


def test_every_bad_row_of_a_team_is_listed(tmp_path: Path) -> None:
    path = text(
        tmp_path / "t.csv", "name,role\nAnn,inspector\n\n,inspector\nANN,inspector\nBob,inspectr\n"
    )
    refusal = refused(read_team, path)
    assert refusal.code is Code.TEAM_UNUSABLE
    assert [(one.row, one.code) for one in refusal.problems] == [
        (4, "team.name"),
        (5, "team.twice"),
        (6, "team.role"),
    ]


@pytest.mark.parametrize("content", ["name\nAnn\n", "name,role\nAnn,lead inspector\n"])
def test_a_team_without_roles_or_assessors_is_refused(content: str, tmp_path: Path) -> None:
    assert refused(read_team, text(tmp_path / "t.csv", content)).code is Code.TEAM_UNUSABLE
