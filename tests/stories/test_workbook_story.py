"""The consolidated workbook of the demonstration, as three readers meet it.

A lead prepares a meeting, a research officer defends each figure, a Trust gets a copy. Figures
are recalculated by LibreOffice from the answers, also after some of these were changed by hand.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

HMIP = Path(sys.executable).with_name("hmip")
SOFFICE = shutil.which("soffice")
PUBLISHED = ["79%", "83%", "75%", "76%", "87%"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration in it."""
    folder = tmp_path_factory.mktemp("desk")
    said = hmip(folder, "demo", "demo")
    found = re.search(r"Passphrase:\s*(.+)", said)
    assert found
    (folder / "passphrase").write_text(found[1].strip())
    shutil.copy(folder / "demo" / "lead.hmip", folder / "lead.hmip")
    return folder


def hmip(folder: Path, *words: str, status: int = 0) -> str:
    env = {**os.environ, "HMIP_HOME": str(folder / "home")}
    env.pop("HMIP_PASSPHRASE", None)
    if (folder / "passphrase").exists():
        env["HMIP_PASSPHRASE"] = (folder / "passphrase").read_text()
    done = subprocess.run(
        [HMIP, *words], env=env, cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def values(path: Path) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        # LibreOffice saves bars and lists in a newer way, which openpyxl says it does not know.
        warnings.filterwarnings("ignore", message="Unknown extension|Conditional|Data Validation")
        return openpyxl.load_workbook(path, data_only=True)


def recalculated(path: Path) -> Path:
    """The workbook as LibreOffice computes it; openpyxl drops all stored results first."""
    bare = path.with_name(f"bare {path.name}")
    openpyxl.load_workbook(path).save(bare)
    out = path.parent / "recalculated"
    profile = (path.parent / "profile").as_uri()
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / bare.name


def figures(formulas_in: Path, values_in: Path) -> dict[tuple[str, str], Any]:
    """What stands in each cell that is a formula, but for Check."""
    written, computed = openpyxl.load_workbook(formulas_in), values(values_in)
    return {
        (sheet.title, cell.coordinate): computed[sheet.title][cell.coordinate].value or None
        for sheet in written
        if sheet.title != "Check"
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and "Check!" not in str(cell.value)
    }


def apart(one: dict[tuple[str, str], Any], other: dict[tuple[str, str], Any]) -> list[Any]:
    assert one.keys() == other.keys()
    return [
        (key, one[key], other[key])
        for key in one
        if one[key] != other[key]
        and not (
            isinstance(one[key], int | float)
            and isinstance(other[key], int | float)
            and abs(one[key] - other[key]) < 1e-9
        )
    ]


def rows_of(book: openpyxl.Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


def texts(book: openpyxl.Workbook) -> Iterator[str]:
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            yield from (cell for cell in row if isinstance(cell, str))


def cell_of(book: openpyxl.Workbook, case: str, heading: str) -> Any:
    """A cell of Answers, by the case and the beginning of the column's heading."""
    sheet = book["Answers"]
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if row[0].value == "Case")
    column = next(n for n, cell in enumerate(head) if str(cell.value).split()[0] == heading)
    return next(row[column] for row in rows if row[0].value == case)


def test_it_opens_on_the_published_scores_and_every_figure_is_checked(desk: Path) -> None:
    hmip(desk, "workbook", "lead.hmip", "one.xlsx")
    book = values(desk / "one.xlsx")
    assert book.active is not None
    assert book.active.title == "Scores"
    scores = [row[2] for row in rows_of(book, "Scores") if row[0] in set("12345")]
    assert [f"{round(score * 100)}%" for score in scores] == PUBLISHED
    verdicts = [row[4] for row in rows_of(book, "Check")]
    assert verdicts.count("OK") > 2_000
    assert "differs" not in verdicts
    assert "Notes" not in book.sheetnames


def test_the_factor_table_is_that_of_the_report(desk: Path) -> None:
    hmip(desk, "workbook", "lead.hmip", "one.xlsx")
    rows = {row[0]: row for row in rows_of(values(desk / "one.xlsx"), "Factors")}
    assert rows["Thinking and behaviour"][1:6:2] == (66, 43, pytest.approx(43 / 66))
    assert rows["Alcohol misuse"][1:6:2] == (50, 30, pytest.approx(30 / 50))


def test_the_same_case_file_gives_the_same_bytes(desk: Path) -> None:
    hmip(desk, "workbook", "lead.hmip", "one.xlsx", "--notes", "--by", "tier")
    hmip(desk, "workbook", "lead.hmip", "two.xlsx", "--notes", "--by", "tier")
    assert (desk / "one.xlsx").read_bytes() == (desk / "two.xlsx").read_bytes()
    assert {"Notes", "Groups"} <= set(values(desk / "one.xlsx").sheetnames)
    assert "Tier" in list(texts(values(desk / "one.xlsx")))


def test_a_field_that_the_sample_does_not_have_is_refused(desk: Path) -> None:
    said = hmip(desk, "workbook", "lead.hmip", "no.xlsx", "--by", "shoe size", status=1)
    assert "shoe size" in said
    assert not (desk / "no.xlsx").exists()


def test_a_copy_to_pass_on_has_no_single_case_no_formula_and_no_small_group(desk: Path) -> None:
    hmip(desk, "workbook", "lead.hmip", "copy.xlsx", "--suppress", "5")
    with zipfile.ZipFile(desk / "copy.xlsx") as inside:
        everything = b"".join(inside.read(name) for name in inside.namelist())
    assert b"MER-0" not in everything
    assert b"<f>" not in everything
    book = values(desk / "copy.xlsx")
    assert not {"Answers", "Notes", "Group questions", "Check"} & set(book.sheetnames)
    sizes = [row for row in rows_of(book, "Groups") if row[1] == "Cases"]
    assert sizes
    for row in sizes:
        groups = [cell for cell in row[5:] if cell not in (None, "")]
        total = row[4]
        shown = [cell for cell in groups if isinstance(cell, int)]
        assert all(cell >= 5 for cell in shown)
        assert groups.count("hidden") != 1
        assert "hidden" not in groups or total - sum(shown) >= 5
    assert any("hidden" in row for row in sizes)
    assert any("primary suppression" in text for text in texts(book))


def test_notes_and_a_copy_to_pass_on_do_not_go_together(desk: Path) -> None:
    said = hmip(desk, "workbook", "lead.hmip", "no.xlsx", "--suppress", "5", "--notes", status=1)
    assert "notes" in said
    hmip(desk, "workbook", "lead.hmip", "no.xlsx", "--suppress", "1", status=2)
    assert not (desk / "no.xlsx").exists()


def test_a_reopened_case_makes_it_provisional_and_says_why(desk: Path) -> None:
    shutil.copy(desk / "demo" / "lead.hmip", desk / "open.hmip")
    hmip(desk, "reopen", "open.hmip", "MER-001", "--why", "The report came to light")
    hmip(desk, "workbook", "open.hmip", "open.xlsx")
    book = values(desk / "open.xlsx")
    on_scores = [str(cell) for row in rows_of(book, "Scores") for cell in row]
    assert any(text.startswith("PROVISIONAL") for text in on_scores)
    assert any("1 of 74 cases" in text for text in on_scores)
    assert "The report came to light" in list(texts(book))


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")
def test_another_engine_comes_to_every_figure(desk: Path) -> None:
    hmip(desk, "workbook", "lead.hmip", "engine.xlsx")
    stored = figures(desk / "engine.xlsx", desk / "engine.xlsx")
    assert len(stored) > 15_000
    assert apart(stored, figures(desk / "engine.xlsx", recalculated(desk / "engine.xlsx"))) == []


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")
def test_answers_changed_in_the_workbook_come_to_what_the_program_makes_of_them(
    desk: Path,
) -> None:
    hmip(desk, "workbook", "lead.hmip", "by hand.xlsx")
    before = figures(desk / "by hand.xlsx", desk / "by hand.xlsx")
    book = openpyxl.load_workbook(desk / "by hand.xlsx")
    changed = {}
    for case in ("MER-002", "MER-003", "MER-005"):
        for number in ("2.1.01", "2.3.03", "3.3.01"):
            cell = cell_of(book, case, number)
            if cell.value in ("Yes", "No"):
                cell.value = "No" if cell.value == "Yes" else "Yes"
                changed[case, number] = cell.value.lower()
    assert len(changed) > 3
    book.save(desk / "by hand.xlsx")
    shutil.copy(desk / "demo" / "lead.hmip", desk / "changed.hmip")
    for case in {case for case, _ in changed}:
        hmip(desk, "reopen", "changed.hmip", case, "--why", "Trying out")
    for (case, number), value in changed.items():
        hmip(desk, "answer", "changed.hmip", case, number, value)
    for case in {case for case, _ in changed}:
        hmip(desk, "sign-off", "changed.hmip", case)
    hmip(desk, "workbook", "changed.hmip", "fresh.xlsx")
    wanted = figures(desk / "fresh.xlsx", desk / "fresh.xlsx")
    assert wanted != before
    assert apart(wanted, figures(desk / "by hand.xlsx", recalculated(desk / "by hand.xlsx"))) == []
