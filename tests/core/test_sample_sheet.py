from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmip_desktop import paths
from hmip_desktop.casefile.records import Role
from hmip_desktop.errors import Code, Refused
from hmip_desktop.sample_sheet import (
    SamplePreview,
    SampleRow,
    preview_sample,
    preview_team,
    read_sample,
    read_team,
)
from hmip_desktop.sample_sheet.dates import as_date
from hmip_desktop.sample_sheet.preview import Preview


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
        ("sep=;\r\nreference;ldu\r\nA1;Ynys Môn\r\n", "utf-8"),
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


@pytest.mark.parametrize(
    "written",
    [
        *("6/5/2013", "06.05.13", "6 5 2013", "6 May 2013", "6th May 2013", "06-May-13"),
        *("6MAY2013", "Monday 6 May 2013", "May 6, 2013", "2013/5/6", "2013-05-06 00:00:00"),
        *("6/5/2013 09:30", "41400", "41400.5", "20130506", "06052013", "6 Mai 2013"),
        "6 of May 2013",
    ],
)
def test_a_date_is_known_however_it_is_written(written: str) -> None:
    assert as_date(written) == date(2013, 5, 6)


@pytest.mark.parametrize("written", ["31/2/2013", "5/13/2013", "0/0/0", "May 2013", "123", "6/5"])
def test_what_names_no_day_is_no_date(written: str) -> None:
    assert as_date(written) is None


@given(day=st.dates(date(1970, 1, 1), date(2068, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    for spelling in ("%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%d%b%Y", "%A, %d %b %y"):
        assert as_date(day.strftime(spelling)) == day
    assert as_date(str((day - date(1899, 12, 30)).days)) == day


def preview(path: Path, content: str) -> SamplePreview:
    return preview_sample(text(path / "s.csv", content))


def codes(seen: Preview, *, stops: bool) -> list[tuple[int, int | None, str]]:
    return [(one.row, one.column, one.code) for one in seen.remarks if one.stops is stops]


def test_a_preview_proposes_what_each_column_holds_and_how_sure_it_is(tmp_path: Path) -> None:
    seen = preview(tmp_path, "Refrence,LDU,CRN,Shoe size,\nA1,x,y,z,w\n")
    assert [(one.letter, one.field, one.sure.value) for one in seen.columns] == [
        ("A", "refrence", "own"),
        ("B", "ldu", "certain"),
        ("C", "reference", "likely"),
        ("D", "shoe_size", "own"),
        ("E", "", "left out"),
    ]
    changed = seen.with_mapping({0: "reference", 3: ""})
    assert [(one.field, one.sure.value) for one in changed.columns] == [
        ("reference", "given"),
        ("ldu", "certain"),
        ("crn", "own"),
        ("", "left out"),
        ("", "left out"),
    ]
    assert [row.reference for row in seen.cases()] == ["y"], "the first preview is as it was"
    assert changed.cases() == (SampleRow("A1", {"ldu": "x", "crn": "y"}),)


def test_a_slip_in_a_heading_is_taken_for_what_was_meant_and_told(tmp_path: Path) -> None:
    seen = preview(tmp_path, "reference,Offender manger,Ethncity,Office\nA1,Jo,White,Bootle\n")
    assert [one.field for one in seen.columns[1:]] == ["offender_manager", "ethnicity", "office"]
    assert codes(seen, stops=False) == [(1, 1, "column.near"), (1, 2, "column.near")]


def test_every_problem_has_its_place_and_a_mend_where_there_is_one(tmp_path: Path) -> None:
    seen = preview(
        tmp_path,
        "reference,ldu,start date\nA1,x,6/5/2013\nA1,x,6/5/2013\n,y,\nA2,y,5/13/2013\n"
        "A3,y,31/2/2013\n1.2E+10,z,not known\nA4,#N/A,\nMerseyside,,\n",
    )
    problems = {(one.row, one.column, one.code): one for one in seen.problems}
    assert list(problems) == [
        (3, 0, "sample.twice"),
        (4, 0, "sample.reference"),
        (5, 2, "sample.date"),
        (6, 2, "sample.date"),
        (7, 0, "sample.rounded"),
        (8, 1, "cell.error"),
        (9, 0, "sample.alone"),
    ]
    assert problems[3, 0, "sample.twice"].mend_is_to_leave_out
    assert problems[5, 2, "sample.date"].mend == "2013-05-13"
    assert problems[6, 2, "sample.date"].mend is None
    mended = (
        seen.without_row(3)
        .with_mend(4, 0, "A9")
        .with_mend(5, 2, "2013-05-13")
        .with_mend(6, 2, "")
        .with_mend(7, 0, "12000000001")
        .with_mend(8, 1, " South ")
        .without_row(9)
    )
    assert [(row.reference, dict(row.fields)) for row in mended.cases()] == [
        ("A1", {"ldu": "x", "sentence_date": "2013-05-06"}),
        ("A9", {"ldu": "y"}),
        ("A2", {"ldu": "y", "sentence_date": "2013-05-13"}),
        ("A3", {"ldu": "y"}),
        ("12000000001", {"ldu": "z", "sentence_date": "not known"}),
        ("A4", {"ldu": "South"}),
    ]
    with pytest.raises(Refused) as refusal:
        seen.cases()
    assert [one.row for one in refusal.value.problems] == [3, 4, 5, 6, 7, 8, 9]


def test_a_column_that_names_people_can_be_left_out_or_be_the_practitioners(
    tmp_path: Path,
) -> None:
    seen = preview(tmp_path, "reference,Name\nA1,Jo\n")
    assert codes(seen, stops=True) == [(1, 1, "sample.names-people")]
    assert seen.with_mapping({1: ""}).cases() == (SampleRow("A1", {}),)
    (row,) = seen.with_mapping({1: "offender_manager"}).cases()
    assert row.fields == {"offender_manager": "Jo"}
    assert codes(seen.with_mapping({1: "ldu"}), stops=True) == [(1, 1, "sample.names-people")]


def test_rosh_and_gender_come_to_one_spelling(tmp_path: Path) -> None:
    seen = preview(
        tmp_path,
        "reference,rosh,sex\n1,V High,M\n2,VH,f\n3,very high,Female\n4,LOW,male\n"
        "5,Med.,\n6,RHRH,Other\n7,None recorded,F\n",
    )
    assert [row.fields["rosh"] for row in seen.cases()] == [
        *("Very high", "Very high", "Very high", "Low", "Medium", "High", "None recorded")
    ]
    assert [row.fields.get("gender", "") for row in seen.cases()] == [
        *("Male", "Female", "Female", "Male", "", "Other", "Female")
    ]
    assert len(seen.notes) == 2, "a line for each column, whatever the number of rows"


@pytest.mark.parametrize(
    "bottom",
    [
        *("Total: 3,,", "TOTAL,3,", "Total,,3", ",Total,3", "3 cases,,", "3,,"),
        *("Number of cases: 3,,", "Grand total,,3", "Cyfanswm: 3,,"),
    ],
)
def test_a_total_at_the_bottom_is_no_case_and_this_is_said(bottom: str, tmp_path: Path) -> None:
    seen = preview(tmp_path, f"reference,ldu,rosh\nA1,x,Low\n\nA2,x,Low\nA3,y,Low\n\n{bottom}\n")
    assert [row.reference for row in seen.cases()] == ["A1", "A2", "A3"]
    assert codes(seen, stops=False) == [(7, None, "row.total")]
    assert "3 rows" not in seen.notes[0]


def test_numbers_alone_are_references_where_there_is_nothing_else(tmp_path: Path) -> None:
    assert [row.reference for row in preview(tmp_path, "reference\n7\n1\n").cases()] == ["7", "1"]


def test_a_total_that_does_not_add_up_is_told(tmp_path: Path) -> None:
    seen = preview(tmp_path, "reference,ldu\nA1,x\nTotal: 74,\n")
    assert "74" in seen.notes[0]


def test_a_reference_that_is_a_number_stays_whole(tmp_path: Path) -> None:
    assert [row.reference for row in preview(tmp_path, "reference\n1234.0\n0012\n").cases()] == [
        "1234",
        "0012",
    ]
    path = workbook(tmp_path / "s.xlsx", ("reference",), (1234.0,), (12,), (0.5,))
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A3"].number_format = "0000"
    book.save(path)
    assert [row.reference for row in read_sample(path)] == ["1234", "0012", "0.5"]


def test_a_reference_that_excel_made_a_date_of_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "s.xlsx", ("reference",), ("A1",), (date(2013, 3, 1),))
    assert [(one.row, one.code) for one in refused(read_sample, path).problems] == [
        (3, "sample.dated")
    ]


def test_another_sheet_and_another_row_of_headings_can_be_chosen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(("About this file",))
    for name, reference in (("North", "A1"), ("South", "B1")):
        sheet = book.create_sheet(name)
        for row in (("List of cases",), (), ("Case ref", "LDU"), (reference, name)):
            sheet.append(row)
    book.save(tmp_path / "s.xlsx")
    seen = preview_sample(tmp_path / "s.xlsx")
    assert (seen.sheet.name, seen.header) == ("North", 3)
    assert codes(seen, stops=False) == [(0, None, "sheet.chosen"), (3, None, "row.above")]
    assert "About" not in "".join(row.reference for row in seen.cases())
    assert seen.with_sheet("South").cases() == (SampleRow("B1", {"ldu": "South"}),)
    above = seen.with_header(1)
    assert [one.code for one in above.problems][:1] == ["table.column-missing"]


@pytest.mark.parametrize(
    ("content", "people"),
    [
        (
            "Inspection team\n\nForename,Surname,Job title,Email\nAnn,Lee,HMI,a@b\n",
            [("Ann Lee", Role.INSPECTOR, "")],
        ),
        (
            "Team member;Role in inspection;Base\nAnn  Lee ;Local assessor;Bootle\n",
            [("Ann Lee", Role.LOCAL_ASSESSOR, "Bootle")],
        ),
        ("Name,Grade,LDU\nAnn,Inspectors,Sefton\n", [("Ann", Role.INSPECTOR, "Sefton")]),
        ("name,role,office,ldu\nAnn,inspector,B,S\n", [("Ann", Role.INSPECTOR, "B")]),
        ("name,role\nAnn,inspector\n\nTotal: 1,\n", [("Ann", Role.INSPECTOR, "")]),
    ],
)
def test_a_team_list_is_known_by_the_words_that_people_use(
    content: str, people: list[tuple[str, Role, str]], tmp_path: Path
) -> None:
    seen = preview_team(text(tmp_path / "t.csv", content))
    assert [(one.name, one.role, one.office) for one in seen.people()] == people


def test_a_near_role_is_proposed_and_can_be_taken(tmp_path: Path) -> None:
    seen = preview_team(text(tmp_path / "t.csv", "name,role\nAnn,inspectr\n"))
    wrong = next(one for one in seen.problems if one.code == "team.role")
    assert wrong.column is not None
    assert wrong.mend is not None
    (person,) = seen.with_mend(wrong.row, wrong.column, wrong.mend).people()
    assert person.role is Role.INSPECTOR


def doubts(seen: Preview) -> dict[tuple[int, str], str | None]:
    return {(one.row, one.code): one.mend for one in seen.doubts}


@pytest.mark.parametrize(
    ("written", "level"),
    [
        *(("Medum", "Medium"), ("Hihg", "High"), ("very hgh", "Very high"), ("lo", "Low")),
        *(("Medium/High", None), ("Extreme", None), ("x" * 30_000, None)),
    ],
)
def test_an_unknown_level_of_rosh_is_asked_about_and_may_stay(
    written: str, level: str | None, tmp_path: Path
) -> None:
    seen = preview(tmp_path, f"reference,rosh\nA1,{written}\nA2,Low\n")
    assert doubts(seen) == {(2, "sample.rosh"): level}
    assert [row.fields["rosh"] for row in seen.cases()] == [written, "Low"]
    assert any("row 2" in note for note in seen.notes), "the command line tells it too"
    assert not seen.done
    assert not seen.with_mend(2, 1, "Medium").doubts


@pytest.mark.parametrize(
    ("written", "level"),
    [
        *(("Very High RoSH", "Very high"), ("high risk of serious harm", "High")),
        *(("Med risk", "Medium"), ("MEDIUM", "Medium"), ("Uchel iawn", "Very high")),
        *(("None recorded", "None recorded"), ("Not known", "Not known"), ("N/A", "N/A")),
    ],
)
def test_a_level_of_rosh_is_known_by_the_words_that_people_use(
    written: str, level: str, tmp_path: Path
) -> None:
    seen = preview(tmp_path, f"reference,rosh\nA1,{written}\n")
    assert [row.fields["rosh"] for row in seen.cases()] == [level]
    assert not seen.doubts


def kinds_in(path: Path, *kinds: str) -> dict[int, str | None]:
    rows = "".join(f"A{at},{kind}\n" for at, kind in enumerate(kinds, start=2))
    seen = preview(path, "reference,case type\n" + rows)
    assert len(seen.cases()) == len(kinds), "a doubt stops nothing"
    return {one.row: one.mend for one in seen.doubts if one.code == "sample.case-type"}


def test_types_of_case_that_differ_by_capitals_and_signs_are_offered_to_be_one(
    tmp_path: Path,
) -> None:
    found = kinds_in(
        tmp_path,
        *("Community Order", "Community Order", "community order", "Community-Order"),
        *("Youth rehab", "Youth rehab", "youth-rehab", "YouthRehab"),
    )
    assert found == {4: "Community Order", 5: "Community Order", 8: "Youth rehab", 9: "Youth rehab"}


def test_a_rare_type_of_case_that_is_close_to_another_is_asked_about(tmp_path: Path) -> None:
    found = kinds_in(
        tmp_path,
        *("Community order", "Community order", "Licence", "Hospital order", "Licence B"),
        *("Comunity order", "SSO", "Post-release licence", "Youth rehab", "Youth rehab"),
        "Youth rehb",
    )
    assert found == {
        7: "Community order",
        8: "Suspended sentence",
        9: "Licence",
        12: "Youth rehab",
    }


@pytest.mark.parametrize(
    "kinds",
    [
        ("SSO", "CO", "SSO", "CO"),
        ("Community order", "Suspended sentence", "Licence"),
        ("Licence A", "Licence A", "Licence B"),
        ("COMMUNITY ORDER", "LICENCE"),
        tuple(f"Kind {at}" for at in range(200)),
    ],
)
def test_types_of_case_that_are_always_written_alike_are_left_in_peace(
    kinds: tuple[str, ...], tmp_path: Path
) -> None:
    assert kinds_in(tmp_path, *kinds) == {}


def test_a_case_without_ldu_or_type_is_told_with_its_row(tmp_path: Path) -> None:
    seen = preview(
        tmp_path,
        "reference,ldu,case type,rosh\nA1,x,Licence,Low\nA2,,Licence,Low\n"
        "A3,x,,Low\nA4,x,#N/A,Low\n",
    )
    assert [(one.row, one.column, one.code) for one in seen.doubts] == [
        (3, 1, "sample.no-ldu"),
        (4, 2, "sample.no-case-type"),
    ]
    assert [one.code for one in seen.problems] == ["cell.error"]
    mended = seen.with_mend(3, 1, "y").with_mend(4, 2, "Licence").with_mend(5, 2, "Licence")
    assert not mended.doubts


def test_a_column_that_is_empty_is_told_once(tmp_path: Path) -> None:
    seen = preview(tmp_path, "reference,ldu,rosh\nA1,,Low\nA2,,Low\n")
    assert [(one.row, one.column, one.code) for one in seen.doubts] == [(1, 1, "column.empty")]
    assert not seen.with_mapping({1: ""}).doubts
    assert not preview(tmp_path, "reference,rosh\nA1,Low\nA2,Low\n").doubts, "none was given"


@pytest.mark.parametrize("heading", ["Off. manager", "Off manager", "OM", "Off. Mgr"])
def test_the_offender_manager_is_known_by_short_names(heading: str, tmp_path: Path) -> None:
    (row,) = read_sample(text(tmp_path / "s.csv", f"reference,{heading}\nA1,Jo\n"))
    assert row.fields == {"offender_manager": "Jo"}


def test_the_demonstration_has_nothing_to_look_at() -> None:
    assert not preview_sample(paths.resource("demo", "sample.csv")).doubts
