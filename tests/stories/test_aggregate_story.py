"""Three inspections side by side: a research officer at headquarters, the leads' files on a desk.

The inspections are set up, answered and signed off by the real command line. What they come to
together is compared with what is counted apart, in fractions.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from independent_scores import CRITERIA, made_answers, mean, scores, write_form
from test_held_out_inspection import HMIP, close, table

PLACES = {
    "north": ("Northshire 2024", 31, "north star over ice"),
    "south": ('=HYPERLINK("http://x","South")', 14, "south wind on sand"),
    "east": ("East\tside & <b>more</b> with a title of very many words", 12, "south wind on sand"),
}


@dataclass
class Desk:
    """A folder with the leads' files, and a passphrase for each in a file of its own."""

    folder: Path
    answers: dict[str, list[dict[str, str]]]

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.hmip"

    def aggregate(self, *words: str | Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
        passphrases = [f"--passphrase-file={self.folder / name}.txt" for name in PLACES]
        return run(self.folder, "aggregate", *words, *passphrases, expect=expect)

    def value(self, *words: str | Path) -> Any:
        return json.loads(self.aggregate(*words, "--json").stdout)


def run(
    folder: Path, *words: str | Path, passphrase: str = "", expect: int = 0
) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HMIP_HOME": str(folder / "home"), "HMIP_PASSPHRASE": passphrase}
    done = subprocess.run(
        [HMIP, *words],
        env=env,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == expect, (words, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    return done


def inspect(folder: Path, name: str, *, form: Path, skip: str = "") -> list[dict[str, str]]:
    """Set up and assess one inspection; the answers given, case by case."""
    title, cases, passphrase = PLACES[name]
    lead, own = folder / f"{name}.hmip", functools.partial(run, folder, passphrase=passphrase)
    (folder / f"{name}.txt").write_text(passphrase)
    references = [f"{name.upper()}-{number:02}" for number in range(cases)]
    sample = table(folder / f"{name} sample.csv", ["reference"], [[one] for one in references])
    team = table(
        folder / "team.csv", ["name", "role"], [["Ann", "lead inspector"], ["Bo", "inspector"]]
    )
    facts = ("--title", title, "--area", name, "--starts", "2024-05-13", "--ends", "2024-05-17")
    own("new", lead, *facts, "--form", form, "--sample", sample, "--team", team)
    own("allocate", lead)
    given = [made_answers(sum(map(ord, name)) + number) for number in range(cases)]
    rows = [
        [case, question, value, ""]
        for case, answers in zip(references, given, strict=True)
        for question, value in answers.items()
        if question != skip
    ]
    own(
        "import-answers", lead, table(folder / "a.csv", ["case", "question", "value", "note"], rows)
    )
    own("sign-off", lead, *references)
    return given


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("headquarters")
    form = write_form(folder / "form.csv", "criteria")
    return Desk(folder, {name: inspect(folder, name, form=form) for name in PLACES})


def assert_counted_apart(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Every figure is that of the independent count."""
    assert found["assessments"] == wanted["assessments"]
    for section in found["sections"]:
        for key, exact in wanted["sections"][section["id"]].items():
            assert close(section[key], exact), (section, key)
    for criterion in found["criteria"]:
        assert close(criterion["score"], wanted["criteria"][criterion["id"]]), criterion
    by_name = {one["id"]: one for one in found["questions"]}
    for name, exact in wanted["questions"].items():
        assert (by_name[name]["above"], by_name[name]["below"]) == (exact["above"], exact["below"])
        assert close(by_name[name]["proportion"], exact["proportion"]), name


def rows_of(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))


def test_all_together_is_every_assessment_counted_once(desk: Desk) -> None:
    files = [desk.file(name) for name in PLACES]
    found = desk.value(*files, desk.folder / "three.xlsx")
    every = [one for name in PLACES for one in desk.answers[name]]
    assert_counted_apart(found["together"], scores(every, "criteria"))
    for one, name in zip(found["inspections"], PLACES, strict=True):
        assert_counted_apart(one, scores(desk.answers[name], "criteria"))
    assert not found["provisional"]
    assert found["not_comparable"] == []


def test_the_workbook_shows_what_the_program_counts(desk: Desk) -> None:
    out = desk.folder / "shown.xlsx"
    desk.aggregate(*(desk.file(name) for name in PLACES), out)
    each = [scores(desk.answers[name], "criteria") for name in PLACES]
    every = scores([one for name in PLACES for one in desk.answers[name]], "criteria")
    by_id = {row[0]: row for row in rows_of(out, "Criteria")}
    for criterion in CRITERIA:
        row = by_id[criterion]
        assert close(row[3] or None, every["criteria"][criterion])
        assert close(row[5] or None, mean(one["criteria"][criterion] for one in each))
        own = [Fraction(cell) if cell not in ("", None) else None for cell in row[6::3]]
        for shown, one in zip(own, each, strict=True):
            assert close(None if shown is None else float(shown), one["criteria"][criterion])
    verdicts = [row[4] for row in rows_of(out, "Check")]
    assert verdicts.count("OK") > 300
    assert "differs" not in verdicts


def test_the_order_of_the_files_is_that_of_the_columns_and_nothing_else(desk: Desk) -> None:
    north, south = desk.file("north"), desk.file("south")
    one = desk.value(north, south, desk.folder / "one.xlsx")
    other = desk.value(south, north, desk.folder / "other.xlsx")
    assert one["together"] == other["together"]
    assert one["inspections"] == other["inspections"][::-1]
    again = desk.folder / "again.xlsx"
    desk.aggregate(north, south, again)
    assert again.read_bytes() == (desk.folder / "one.xlsx").read_bytes()


def test_no_case_and_no_formula_of_a_title_is_in_it(desk: Desk) -> None:
    out = desk.folder / "safe.xlsx"
    desk.aggregate(*(desk.file(name) for name in PLACES), out)
    with zipfile.ZipFile(out) as inside:
        everything = b"".join(inside.read(name) for name in inside.namelist())
    assert not any(f"{name.upper()}-0".encode() in everything for name in PLACES)
    assert b"Crynodeb" not in everything
    sheet = openpyxl.load_workbook(out)["Inspections"]
    titles = {cell.value: cell.data_type for cell in sheet["B"]}
    assert titles[PLACES["south"][0]] == "s"


def test_a_difference_is_only_said_where_the_intervals_do_not_touch(desk: Desk) -> None:
    out = desk.folder / "said.xlsx"
    desk.aggregate(*(desk.file(name) for name in PLACES), out)
    rows = [row for row in rows_of(out, "Differences") if str(row[17]).startswith("Inspection ")]
    assert len(rows) > 60
    for row in rows:
        cases, low, high, their_cases, their_low, their_high, said = (
            *row[4:7],
            *row[8:11],
            row[13],
        )
        if said in ("higher", "lower"):
            assert min(cases, their_cases) >= 10
            assert low > their_high if said == "higher" else high < their_low
        elif said == "no clear difference":
            assert low <= their_high
            assert their_low <= high
        else:
            assert said in ("too few to say", "judged only here", "not judged here")


def test_a_copy_to_pass_on_hides_small_numbers_for_good(desk: Desk) -> None:
    out = desk.folder / "copy.xlsx"
    desk.aggregate(*(desk.file(name) for name in PLACES), out, "--suppress", "13")
    with zipfile.ZipFile(out) as inside:
        assert not any(b"<f>" in inside.read(name) for name in inside.namelist())
    assert {"Differences", "Check"}.isdisjoint(openpyxl.load_workbook(out).sheetnames)
    for row in rows_of(out, "Criteria"):
        if row[0] in CRITERIA:
            cases = row[7::3]
            assert all(one in ("hidden", 0) or one >= 13 for one in cases)
            assert cases.count("hidden") != 1 or not row[4]
            assert row[5] == "hidden" or "hidden" not in cases


def test_an_inspection_that_can_still_change_is_marked(desk: Desk) -> None:
    changing = desk.folder / "changing"
    changing.mkdir()
    shutil.copy(desk.file("south"), changing / "south.hmip")
    words = ("reopen", changing / "south.hmip", "SOUTH-01", "--why", "seen again")
    run(desk.folder, *words, passphrase=PLACES["south"][2])
    out = desk.folder / "changing.xlsx"
    found = desk.value(desk.file("north"), changing / "south.hmip", out)
    assert [one["provisional"] for one in found["inspections"]] == [False, True]
    on_scores = [str(cell) for row in rows_of(out, "Scores") for cell in row]
    assert any(text.startswith("PROVISIONAL") for text in on_scores)
    assert any("1 of 14 cases" in text for text in on_scores)


def test_every_file_that_does_not_fit_is_named_and_nothing_is_written(desk: Desk) -> None:
    north, out = desk.file("north"), desk.folder / "no.xlsx"

    def refused(*files: Path) -> str:
        said = desk.aggregate(*files, out, expect=1).stderr
        assert not out.exists()
        return said

    copied = desk.folder / "a copy.hmip"
    shutil.copy(north, copied)
    assert "a copy.hmip" in refused(north, copied)
    run(desk.folder, "hand-out", desk.file("south"), "out", passphrase=PLACES["south"][2])
    assert "Bo.hmip" in refused(north, desk.folder / "out" / "Bo.hmip")
    damaged = desk.folder / "damaged.hmip"
    content = bytearray(desk.file("south").read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    assert "damaged.hmip" in refused(north, damaged)
    refused(north)
    refused(north, desk.folder / "missing.hmip")
    desk.aggregate(north, desk.file("south"), desk.folder / "no.txt", expect=1)
    run(desk.folder, "aggregate", north, desk.file("south"), out, expect=1)
    assert not out.exists()


def test_versions_are_compared_by_a_crosswalk_alone(desk: Desk, tmp_path: Path) -> None:
    """In version 7.10 a question has another name, and another one other criteria."""
    text = write_form(tmp_path / "form.csv", "criteria").read_text(encoding="utf-8")
    text = text.replace("held-out,7.3,", "held-out,7.10,").replace("q2_2_02", "q2_2_20")
    text = text.replace("2.2 3.1", "2.2")
    (tmp_path / "newer.csv").write_text(text, encoding="utf-8")
    answers = inspect(tmp_path, "east", form=tmp_path / "newer.csv", skip="q2_2_02")
    north, east, out = desk.file("north"), tmp_path / "east.hmip", tmp_path / "out.xlsx"
    said = desk.aggregate(north, east, out, expect=1).stderr
    assert "7.10" in said
    assert "2.2.20" in said
    crosswalk = table(
        tmp_path / "crosswalk.csv",
        ["form_version", "question", "same_as"],
        [["7.3", "q2_2_02", "q2_2_20"]],
    )
    found = desk.value(north, east, out, "--crosswalk", crosswalk)
    assert {one["question"] for one in found["not_comparable"]} == {"q2_2_03"}
    counts = {one["id"]: one for one in found["together"]["questions"]}
    assert "q2_2_03" not in counts
    both = scores([*desk.answers["north"], *answers], "criteria")["questions"]
    assert counts["q2_1_01"]["above"] == both["q2_1_01"]["above"]
    alone = scores(desk.answers["north"], "criteria")["questions"]["q2_2_02"]
    assert counts["q2_2_20"]["above"] == alone["above"]
    shown = [str(cell) for row in rows_of(out, "Not comparable") for cell in row]
    assert any("Scores in other criteria" in text for text in shown)
    crosswalk.write_text(crosswalk.read_text().replace("q2_2_20", "q2_2_03"))
    refusal = desk.aggregate(north, east, out, "--crosswalk", crosswalk, expect=1).stderr
    assert "row 2" in refusal
