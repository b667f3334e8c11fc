"""Tables as people really keep them become an inspection, or are refused row by row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from independent_scores import write_form
from openpyxl.worksheet.worksheet import Worksheet

HMIP = Path(sys.executable).with_name("hmip")
PASSPHRASE = "held out oranges 42"
NEW = "new lead.hmip --title T --area A --form form.csv --team team.csv --sample"
TEAM = "Inspection team\n\nFull name,Job title\nAnn Lead,Lead inspector\nBo Ŵyn,HM Inspector\n"
HEADINGS = (
    *("Case Ref.", "Local Delivery Unit", "RoSH level", "M/F", "Offender Manger"),
    *("Date of sentence", "Priority"),
)


def hmip(folder: Path, *words: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [HMIP, *words],
        cwd=folder,
        env={**os.environ, "HMIP_HOME": str(folder / "home"), "HMIP_PASSPHRASE": PASSPHRASE},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == expect, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    write_form(tmp_path / "form.csv", "criteria")
    (tmp_path / "team.csv").write_text(TEAM, encoding="utf-8")
    return tmp_path


def new(desk: Path, sample: str, *, expect: int = 0) -> str:
    return hmip(desk, *NEW.split(), sample, expect=expect).stderr


def cases(desk: Path) -> dict[str, dict[str, str]]:
    rows = json.loads(hmip(desk, "cases", "lead.hmip", "--json").stdout)
    return {row["reference"]: row["fields"] for row in rows}


def fill(sheet: Worksheet, *rows: tuple[Any, ...]) -> None:
    for row in rows:
        sheet.append(row)


def office_workbook(path: Path) -> None:
    """A workbook as a court team might send it, with all that people do to workbooks."""
    book = openpyxl.Workbook()
    fill(book.worksheets[0], ("Read me first",), ("Prepared for the inspection",))
    sheet = book.create_sheet("Cases May")
    fill(
        sheet,
        ("Cases for inspection, Merseyside",),
        ("Printed 7 May 2013",),
        (),
        HEADINGS,
        (1234.0, "Sefton", "V High", "M", "Jo\xa0 Blake ", "6/5/2013", "a"),
        ("B 7", None, "Med", "f", "Al", date(2012, 11, 5), None),
        (),
        ("C8", None, "low", "Female", "Al", 41400, None),
        HEADINGS,
        ("D9 ", "Knowsley", "VH", "m", "Al", "5th Nov 2012", None),
        (),
        ("Total: 4",),
    )
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("B5:B8")
    sheet.row_dimensions[8].hidden = True
    sheet.column_dimensions["G"].hidden = True
    book.save(path)


def test_a_workbook_as_an_office_keeps_it_becomes_an_inspection(desk: Path) -> None:
    office_workbook(desk / "office.xlsx")
    told = new(desk, "office.xlsx")
    found = cases(desk)
    assert found["1234"] == {
        "ldu": "Sefton",
        "rosh": "Very high",
        "gender": "Male",
        "offender_manager": "Jo Blake",
        "sentence_date": "2013-05-06",
        "priority": "a",
    }
    assert {name: fields["ldu"] for name, fields in found.items()} == {
        "1234": "Sefton",
        "B 7": "Sefton",
        "C8": "Sefton",
        "D9": "Knowsley",
    }
    assert [fields["sentence_date"] for fields in found.values()] == [
        *("2013-05-06", "2012-11-05", "2013-05-06", "2012-11-05")
    ]
    assert Counter(fields["rosh"] for fields in found.values())["Very high"] == 2
    for place in ("Cases May", "row 4", "row 9", "row 12", "Offender Manger", "Priority", "hidden"):
        assert place in told, told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("welsh.csv", "Ref;LDU;Practitioner\r\nA1;Ynys Môn;Siân Ŵyn\r\n".encode()),
        ("latin8.csv", "Ref,LDU,Practitioner\r\nA1,Ynys Môn,Siân Ŵyn\r\n".encode("iso8859-14")),
        (
            "title.csv",
            "Sample, May, 2013\n;;\nRef;LDU;Practitioner\nA1;Ynys Môn;Siân Ŵyn\n".encode(),
        ),
    ],
)
def test_csv_files_keep_their_welsh_letters(name: str, content: bytes, desk: Path) -> None:
    (desk / name).write_bytes(content)
    new(desk, name)
    assert cases(desk) == {"A1": {"ldu": "Ynys Môn", "offender_manager": "Siân Ŵyn"}}


def test_all_that_is_wrong_is_listed_at_once_and_nothing_is_left(desk: Path) -> None:
    book = openpyxl.Workbook()
    fill(
        book.worksheets[0],
        ("List",),
        HEADINGS,
        ("A1", "Sefton", "Low", "M", "Jo", "6/5/2013"),
        ("a1", "Sefton", "Low", "M", "Jo", "6/5/2013"),
        (None, "Sefton", "Low", "M", "Jo", "6/5/2013"),
        (),
        ("A2", "#N/A", "Low", "M", "Jo", "31/4/2013"),
        ("See the notes of the court team",),
    )
    book.save(desk / "wrong.xlsx")
    said = new(desk, "wrong.xlsx", expect=1)
    for row in (4, 5, 7, 8):
        assert f"row {row}:" in said
    assert len(said.splitlines()) == 6
    assert not (desk / "lead.hmip").exists()


def test_what_may_be_a_slip_is_told_and_taken_as_it_is_written(desk: Path) -> None:
    rows = [f"A{n},{'' if n == 4 else 'Sefton'},Community order,Low,Al\n" for n in range(9)]
    odd = "B1,Sefton,SSO,Medum,Al\nB2,Sefton,Unpaid work,None recorded,Al\n"
    heading = "Case ref,LDU,Type of case,RoSH,Off. manager\n"
    (desk / "odd.csv").write_text(heading + "".join(rows) + odd, encoding="utf-8")
    told = new(desk, "odd.csv")
    found = cases(desk)
    assert (found["B1"]["case_type"], found["B1"]["rosh"]) == ("SSO", "Medum")
    assert {fields["offender_manager"] for fields in found.values()} == {"Al"}
    for said in ("row 6", "row 11", "Suspended sentence", "Medium"):
        assert said in told, told
    assert "row 12" not in told


def long_list(path: Path, order: int = 1) -> None:
    kinds = ("Community order", "Community order", "Suspended sentence", "Licence")
    rows = [
        f"X{n:03},{('Sefton', 'Knowsley', 'SEFTON')[n % 3]},{kinds[n % 4]},"
        f"{('Low', 'Med', 'H')[n % 5 % 3]},{'MMMF'[n % 7 % 4]},OM {n % 30}\n"
        for n in range(300)
    ]
    heading = "CRN,LDU,Sentence type,RoSH,Sex,Officer\n"
    path.write_text(heading + "".join(rows[::order]), encoding="utf-8")


DRAW = "draw-sample long.csv sample.xlsx --size 40 --seed 7"


def drawn(desk: Path, *more: str) -> dict[str, Any]:
    found = json.loads(hmip(desk, *DRAW.split(), *more, "--json").stdout)
    assert isinstance(found, dict)
    return found


def test_a_sample_is_drawn_and_becomes_an_inspection_as_it_is(desk: Path) -> None:
    long_list(desk / "long.csv")
    (desk / "out.csv").write_text("Case ref,reason\nX001,transferred\nX002,too new\n")
    made = drawn(desk, "--exclude", "out.csv", "--exclude", "X003=a relative works here")
    assert (len(made["sample"]), len(made["reserve"])) == (40, 8)
    assert {one["reference"] for one in made["excluded"]} == {"X001", "X002", "X003"}
    assert sum(one["drawn"] for one in made["comparison"]["ldu"]) == 40
    assert [one["value"] for one in made["comparison"]["ldu"]] == ["Knowsley", "Sefton"]
    new(desk, "sample.xlsx")
    found = cases(desk)
    assert list(found) == made["sample"]
    assert max(Counter(one["offender_manager"] for one in found.values()).values()) <= 6
    assert {one["rosh"] for one in found.values()} == {"Low", "Medium", "High"}
    book = openpyxl.load_workbook(desk / "sample.xlsx")
    assert book.sheetnames == ["Sample", "Reserve", "Excluded", "Comparison", "How it was drawn"]
    reserve = [row[1] for row in book["Reserve"].iter_rows(min_row=2, values_only=True)]
    assert reserve == made["reserve"]
    how = [cell for row in book["How it was drawn"].iter_rows(values_only=True) for cell in row]
    assert {"7", "40", "long.csv", made["fingerprint"]} <= set(how)


def test_the_same_list_and_seed_give_the_same_sample_in_any_order_of_rows(desk: Path) -> None:
    long_list(desk / "long.csv")
    first, content = drawn(desk), (desk / "sample.xlsx").read_bytes()
    assert drawn(desk) == first
    assert (desk / "sample.xlsx").read_bytes() == content, "the same bytes"
    long_list(desk / "long.csv", order=-1)
    turned = drawn(desk)
    assert (turned["sample"], turned["reserve"]) == (first["sample"], first["reserve"])


def test_what_the_limit_for_officers_forbids_is_drawn_elsewhere_and_told(desk: Path) -> None:
    lines = [f"H{n},High,Ann\n" for n in range(10)] + [f"L{n},Low,Ben {n}\n" for n in range(10)]
    (desk / "long.csv").write_text("ref,rosh,om\n" + "".join(lines))
    words = "draw-sample long.csv sample.xlsx --size 10 --seed 1 --by rosh --most-per-officer 3"
    told = hmip(desk, *words.split(), "--reserve", "0").stderr
    assert "High: 3 drawn instead of 5" in told
    assert "Low: 7 drawn instead of 5" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--size 301 --seed 1", "300"),
        ("--size 200 --seed 1", "of one officer"),
        ("--size 9 --seed 1 --by shoes", "shoes"),
        ("--size 9 --seed 1 --exclude X999=gone", "X999"),
        ("--size 9 --seed 1 --exclude X001=", "X001"),
        ("--size 9 --seed 1 --exclude none.csv", "none.csv"),
        ("--size 9 --seed 1 --exclude long.csv", "why"),
        ("--size 9 --seed 1 --reserve some", "some"),
        ("--size 0 --seed 1", "at least 1"),
    ],
)
def test_a_sample_that_cannot_be_drawn_is_refused_and_nothing_is_left(
    words: str, says: str, desk: Path
) -> None:
    long_list(desk / "long.csv")
    done = hmip(desk, "draw-sample", "long.csv", "sample.xlsx", *words.split(), expect=1)
    assert says in done.stderr
    assert not (desk / "sample.xlsx").exists()


def test_a_sample_never_replaces_its_long_list_and_never_names_people(desk: Path) -> None:
    long_list(desk / "long.csv")
    hmip(desk, *DRAW.split())
    before = (desk / "sample.xlsx").read_bytes()
    again = "draw-sample sample.xlsx sample.xlsx --size 4 --seed 1"
    assert "itself" in hmip(desk, *again.split(), expect=1).stderr
    assert (desk / "sample.xlsx").read_bytes() == before
    (desk / "long.csv").write_text("ref,rosh,Offender name\nA1,Low,Somebody\n")
    assert "Offender name" in hmip(desk, *DRAW.split(), expect=1).stderr
