"""A lead shares cases out and moves one on in the week: nothing lost, nothing counted twice."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from independent_scores import write_form

HMIP = Path(sys.executable).with_name("hmip")
LEAD = "lead.hmip"
TEAM = (
    ("Lee Lead", "lead inspector", ""),
    ("Ann", "inspector", ""),
    ("Bob", "inspector", ""),
    ("Cat", "local assessor", "south"),
)
SAMPLE = tuple(
    (f"HO-{n:02}", "South" if n % 3 == 0 else "North", "Licence" if n % 2 else "Community order")
    for n in range(1, 13)
)
SECRET = "what only the first assessor wrote"


@dataclass
class Desk:
    """One folder of real files, and the command line run there."""

    folder: Path

    def run(self, *words: str | Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
        env = {
            **os.environ,
            "HMIP_HOME": str(self.folder.parent / "home"),
            "HMIP_PASSPHRASE": "held out oranges 42",
        }
        done = subprocess.run(
            [HMIP, *words],
            env=env,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == expect, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        return done

    def value(self, *words: str | Path, expect: int = 0) -> Any:
        return json.loads(self.run(*words, "--json", expect=expect).stdout)

    def cases(self, file: str | Path) -> list[tuple[str, str, str, int]]:
        listed = self.value("cases", file)
        return [(c["reference"], c["assessor"], c["order"], c["answered"]) for c in listed]

    def of(self, case: str, file: str | Path = LEAD) -> list[tuple[str, str, int]]:
        """Who assesses a case, in which order, with how many answers."""
        return [(who, order, n) for one, who, order, n in self.cases(file) if one == case]

    def table(self, name: str, rows: Iterable[Sequence[str]]) -> Path:
        path = self.folder / name
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(rows)
        return path

    def begin(self, lead: str, *, backwards: bool = False) -> None:
        step = -1 if backwards else 1
        team = self.table("team.csv", [("name", "role", "office"), *TEAM[::step]])
        sample = self.table("sample.csv", [("reference", "ldu", "case_type"), *SAMPLE[::step]])
        write_form(self.folder / "form.csv", "criteria")
        self.run(
            *("new", lead, "--title", "T", "--area", "A"),
            *("--form", "form.csv", "--sample", sample, "--team", team),
        )

    def everything_in(self, file: str | Path, name: str) -> str:
        """All that a file holds, as its export says it."""
        self.run("export", file, name)
        return (self.folder / name / "journal.json").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    return Desk(folder)


def test_cases_are_shared_out_fairly_and_the_same_in_any_order_of_rows(desk: Desk) -> None:
    desk.begin(LEAD)
    shown = desk.value("allocate", LEAD, "--second", "3", "--seed", "7", "--dry-run")
    assert {c["assessor"] for c in desk.value("cases", LEAD)} == {None}
    done = desk.value("allocate", LEAD, "--second", "3", "--seed", "7")
    assert done == shown
    assert done["warnings"] == []
    listed = desk.cases(LEAD)
    assert Counter(who for _, who, _, _ in listed) == {"Ann": 5, "Bob": 5, "Cat": 5}
    south = {case for case, office, _ in SAMPLE if office == "South"}
    assert not south & {case for case, who, _, _ in listed if who == "Cat"}
    seconds = {case: who for case, who, order, _ in listed if order == "second"}
    firsts = {case: who for case, who, order, _ in listed if order == "first"}
    assert len(seconds) == 3
    assert all("Cat" in (firsts[case], seconds[case]) for case in seconds)
    for one in done["assessors"]:
        assert sum(one["case_types"].values()) == one["first"] + one["second"]
        assert set(one["case_types"].values()) <= {2, 3}
    desk.begin("backwards.hmip", backwards=True)
    desk.run("allocate", "backwards.hmip", "--second", "3", "--seed", "7")
    assert sorted(desk.cases("backwards.hmip")) == sorted(listed)
    desk.begin("other.hmip")
    desk.run("allocate", "other.hmip", "--second", "3", "--seed", "8")
    assert sorted(desk.cases("other.hmip")) != sorted(listed)


def test_the_second_assessor_never_sees_what_the_first_has_said(desk: Desk) -> None:
    desk.begin(LEAD)
    desk.run("allocate", LEAD, "--second", "4", "--seed", "1")
    desk.run("hand-out", LEAD, "out")
    case, second = next((c, who) for c, who, order, _ in desk.cases(LEAD) if order == "second")
    first = next(who for who, order, _ in desk.of(case) if order == "first")
    desk.run("answer", f"out/{first}.hmip", case, "q1_1_01", "yes", "--note", SECRET)
    desk.run("merge", LEAD, f"out/{first}.hmip")
    desk.run("hand-out", LEAD, "again")
    assert SECRET in desk.everything_in(f"again/{first}.hmip", "the first's")
    theirs = desk.everything_in(f"again/{second}.hmip", "the second's")
    assert SECRET not in theirs
    assert desk.of(case, f"again/{second}.hmip") == [(second, "second", 0)]
    held = json.loads(theirs)
    first_id = next(
        entry["record"].removeprefix("member/")
        for entry in held["entries"]
        if entry["record"].startswith("member/") and entry["value"]["name"] == first
    )
    told = {str(e["value"]) for e in held["entries"] if e["record"].startswith("case/")}
    assert first_id not in told


def test_a_case_moves_on_in_the_week_and_comes_back(desk: Desk) -> None:
    desk.begin(LEAD)
    desk.run("allocate", LEAD, "--seed", "3")
    desk.run("hand-out", LEAD, "out")
    case = next(c for c, who, _, _ in desk.cases(LEAD) if who == "Ann")
    ann, bob = Path("out/Ann.hmip"), Path("out/Bob.hmip")
    desk.run("answer", ann, case, "q1_1_01", "yes", "--note", SECRET)
    desk.run("answer", ann, case, "q1_1_02", "good")
    desk.run("merge", LEAD, ann)
    desk.run("answer", ann, case, "q1_2_01", "fair")  # not handed in yet when the case moves

    moved = desk.value("move", LEAD, case, "bob")
    (turn,) = moved["moved"]
    assert (turn["case"], turn["order"], turn["was"], turn["now"]) == (case, "first", "Ann", "Bob")
    assert (turn["left"]["name"], turn["left"]["answers"]) == ("Ann", 2)
    assert moved["fresh_files_for"] == ["Ann", "Bob"]
    assert desk.of(case) == [("Bob", "first", 0)]
    assert desk.value("scores", LEAD, "--preliminary")["assessments"] == 0

    desk.run("hand-out", LEAD, "tuesday")
    assert SECRET not in desk.everything_in("tuesday/Bob.hmip", "bob's")
    for name in ("Ann", "Bob"):
        desk.run("merge", f"out/{name}.hmip", f"tuesday/{name}.hmip")
    assert desk.of(case, bob) == [("Bob", "first", 0)]
    assert desk.of(case, ann) == []
    desk.run("answer", bob, case, "q1_1_01", "no")

    late = desk.value("merge", LEAD, ann, bob)
    assert [(one["status"], one["refused"]) for one in late["files"]] == [("merged", 0)] * 2
    assert all(one["new"] for one in late["files"])
    assert late["conflicts"] == []
    assert desk.of(case) == [("Bob", "first", 1)]
    assert desk.value("scores", LEAD, "--preliminary")["assessments"] == 1
    authors = Counter(row["author"] for row in desk.value("history", LEAD, case))
    assert authors == {"Ann": 4, "Bob": 1}, "nothing that Ann wrote is lost"

    back = desk.value("move", LEAD, case, "Ann")["moved"][0]
    assert (back["left"]["answers"], back["found"]["answers"]) == (1, 3)
    assert desk.of(case) == [("Ann", "first", 3)]
    desk.run("hand-out", LEAD, "wednesday")
    for name in ("Ann", "Bob"):
        desk.run("merge", f"out/{name}.hmip", f"wednesday/{name}.hmip")
    assert desk.of(case, ann) == [("Ann", "first", 3)]
    assert desk.of(case, bob) == []
    desk.run("answer", ann, case, "q1_1_01", "no")
    assert desk.value("merge", LEAD, ann, bob)["conflicts"] == []
    assert desk.value("scores", LEAD, "--preliminary")["assessments"] == 1
    assert desk.value("check", LEAD)


def test_two_cases_swap_and_a_second_assessor_comes_and_goes(desk: Desk) -> None:
    desk.begin(LEAD)
    desk.run("allocate", LEAD, "--seed", "3")
    by_person = {who: case for case, who, _, _ in desk.cases(LEAD)}
    ann, bob = by_person["Ann"], by_person["Bob"]
    before = desk.cases(LEAD)
    assert "Bob gives" in desk.run("swap", LEAD, ann, bob).stdout
    assert [desk.of(case)[0][0] for case in (ann, bob)] == ["Bob", "Ann"]
    desk.run("swap", LEAD, ann, bob)
    assert desk.cases(LEAD) == before
    desk.run("move", LEAD, ann, "Bob", "--second")
    assert desk.of(ann) == [("Ann", "first", 0), ("Bob", "second", 0)]
    desk.run("swap", LEAD, ann)
    assert desk.of(ann) == [("Bob", "first", 0), ("Ann", "second", 0)]
    desk.run("move", LEAD, ann, "nobody", "--second")
    assert desk.of(ann) == [("Bob", "first", 0)]


def test_what_cannot_be_moved_is_refused_and_changes_nothing(desk: Desk) -> None:
    desk.begin(LEAD)
    desk.run("allocate", LEAD, "--second", "3", "--seed", "3")
    desk.run("hand-out", LEAD, "out")
    before = desk.cases(LEAD)
    case, second = next((c, who) for c, who, order, _ in before if order == "second")
    first = desk.of(case)[0][0]
    for words in (
        ("move", LEAD, case, second),
        ("move", LEAD, case, first, "--second"),
        ("move", LEAD, case, first),
        ("move", LEAD, case, "Lee Lead"),
        ("move", LEAD, case, "Nora"),
        ("move", LEAD, "HO-99", "Ann"),
        ("swap", LEAD, case, case),
        ("swap", LEAD, "HO-99"),
        ("move", f"out/{first}.hmip", case, "Bob"),
        ("allocate", LEAD, "--local-share", "0"),
    ):
        done = desk.run(*words, expect=1)
        assert len(done.stderr.strip().splitlines()) == 1
    assert desk.cases(LEAD) == before
