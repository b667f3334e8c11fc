"""Cases assessed twice: what the command line says, counted again from the exported tables."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HMIP = Path(sys.executable).with_name("hmip")
PASSPHRASE = "practice cases are not people"
Answer = dict[str, str]


@dataclass
class Desk:
    """Where the demonstration lies, and who runs commands there."""

    folder: Path

    def run(self, *words: str | Path, expect: int = 0) -> str:
        env = {
            **os.environ,
            "HMIP_HOME": str(self.folder.parent / "home"),
            "HMIP_PASSPHRASE": PASSPHRASE,
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
        return done.stdout

    def value(self, *words: str | Path) -> Any:
        return json.loads(self.run(*words, "--json"))

    def exported(self, name: str) -> list[Answer]:
        with (self.folder / "export" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("twice") / "demo"
    made = Desk(folder.parent)
    made.run("demo", folder)
    made = Desk(folder)
    made.run("export", "lead.hmip", "export")
    return made


@pytest.fixture(scope="module")
def said(desk: Desk) -> Any:
    return desk.value("agreement", "lead.hmip")


@dataclass
class Twice:
    """One question of one case, as the table of answers has it of both assessors."""

    case: str
    question: str
    first: Answer
    second: Answer

    def same(self, column: str) -> bool:
        return self.first[column] == self.second[column]


@pytest.fixture(scope="module")
def twice(desk: Desk) -> list[Twice]:
    """The answers that both assessors of a case gave, out of answers.csv and nothing else."""
    by_place: dict[tuple[str, str], dict[str, Answer]] = defaultdict(dict)
    for row in desk.exported("answers.csv"):
        if row["asked"] == "yes" and row["in_conflict"] == "no" and row["value"]:
            by_place[row["case"], row["question"]][row["order"]] = row
    return [
        Twice(case, question, both["first"], both["second"])
        for (case, question), both in by_place.items()
        if len(both) == 2
    ]


def counted(pairs: Iterable[Twice], column: str) -> tuple[int, int]:
    same = [pair.same(column) for pair in pairs]
    return len(same), sum(same)


def printed(matched: dict[str, Any]) -> tuple[int, int]:
    share = matched["same"] / matched["pairs"] if matched["pairs"] else None
    assert matched["share"] == share
    return matched["pairs"], matched["same"]


def test_shares_of_questions_criteria_and_sections_are_those_of_the_exported_answers(
    desk: Desk, said: Any, twice: list[Twice]
) -> None:
    questions = {row["question"]: row for row in desk.exported("questions.csv")}
    scored = {name for name, row in questions.items() if row["scored"] == "yes"}
    assert said["cases"] == len({pair.case for pair in twice}) == 6
    for one in said["questions"]:
        of_it = [pair for pair in twice if pair.question == one["id"]]
        if one["scored"]:
            assert printed(one["line"]) == counted(of_it, "line"), one["id"]
        else:
            assert one["line"] is None
        if questions[one["id"]]["kind"] == "select_one":
            assert printed(one["answers"]) == counted(of_it, "value"), one["id"]
        assert sum(one[why] for why in ("missing", "asked_of_one", "asked_of_none")) == 6 - len(
            of_it
        )
    assert len(said["questions"]) == len(questions)

    def of(criteria: Iterable[str]) -> Iterator[Twice]:
        wanted = set(criteria)
        return (
            pair
            for pair in twice
            if pair.question in scored
            and wanted & set(questions[pair.question]["criteria"].split())
        )

    for one in said["criteria"]:
        assert printed(one["line"]) == counted(of([one["id"]]), "line")
        assert printed(one["answers"]) == counted(of([one["id"]]), "value")
    for one in said["sections"]:
        own = [c["id"] for c in said["criteria"] if c["id"].startswith(one["id"] + ".")]
        assert printed(one["line"]) == counted(of(own), "line")
    for one in said["by_case"]:
        of_case = [pair for pair in twice if pair.case == one["case"] and pair.question in scored]
        assert printed(one["line"]) == counted(of_case, "line")


def test_alpha_of_every_question_is_that_of_two_observers_counted_otherwise(
    said: Any, twice: list[Twice]
) -> None:
    """For two observers: from the shares of pairs and of each value among all values."""
    checked = 0
    for one in said["questions"]:
        pairs = [pair for pair in twice if pair.question == one["id"]]
        if not one["scored"] or not pairs:
            continue
        values = Counter(side["line"] for pair in pairs for side in (pair.first, pair.second))
        n = 2 * len(pairs)
        expected = 1 - sum(v * (v - 1) for v in values.values()) / (n * (n - 1))
        observed = sum(not pair.same("line") for pair in pairs) / len(pairs)
        if not expected:
            assert one["line"]["alpha"] is None
            continue
        checked += 1
        assert one["line"]["alpha"] == pytest.approx(1 - observed / expected)
    assert checked > 50


def test_the_lowest_come_first_and_roles_add_up(said: Any) -> None:
    shares = [one["line"]["share"] for one in said["questions"] if one["line"]]
    known = [share for share in shares if share is not None]
    assert known == sorted(known)
    by_case = [one["line"]["share"] for one in said["by_case"]]
    assert by_case == sorted(by_case)
    assert sum(one["cases"] for one in said["roles"]) == 6
    assert sum(one["line"]["pairs"] for one in said["roles"]) == said["line"]["pairs"]
    for one in said["by_case"]:
        assert one["first"]["assessor"] != one["second"]["assessor"]
        assert {one["first"]["role"], one["second"]["role"]} == {"inspector", "local assessor"}
    assert (said["waiting"], said["conflicts"], said["provisional"]) == (0, 0, False)


def test_an_assessors_rate_is_that_of_their_exported_answers(desk: Desk, said: Any) -> None:
    scored = {row["question"] for row in desk.exported("questions.csv") if row["scored"] == "yes"}
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    for row in desk.exported("answers.csv"):
        if row["asked"] == "yes" and row["question"] in scored:
            lines[row["assessor"]][row["line"]] += 1
    cases = Counter(row["assessor"] for row in desk.exported("assessments.csv"))
    every: Counter[str] = sum(lines.values(), Counter())
    assert len(said["assessors"]) == 11
    for one in said["assessors"]:
        own, others = lines[one["assessor"]], every - lines[one["assessor"]]
        assert one["assessments"] == one["own"]["assessments"] == cases[one["assessor"]]
        for shown, counts in ((one["own"], own), (one["others"], others)):
            assert (shown["above"], shown["judged"]) == (
                counts["above"],
                counts["above"] + counts["below"],
            )
            assert shown["interval"][0] < shown["rate"] < shown["interval"][1]


def test_a_case_stands_side_by_side_with_both_notes(desk: Desk, said: Any) -> None:
    lowest = said["by_case"][0]
    found = desk.value("agreement", "lead.hmip", "--case", lowest["case"].lower())
    assert (found["first"], found["second"]) == (lowest["first"], lowest["second"])
    differ = [row for row in found["rows"] if row["same_line"] is False]
    assert len(differ) == lowest["line"]["pairs"] - lowest["line"]["same"] > 0
    answers = {
        (row["question"], row["order"]): row
        for row in desk.exported("answers.csv")
        if row["case"] == lowest["case"]
    }
    for row in found["rows"]:
        for order in ("first", "second"):
            kept = answers.get((row["id"], order), {"note": "", "value": "", "asked": "no"})
            assert row[order]["note"] == kept["note"]
            assert row[order]["value"] == (kept["value"] if row[order]["asked"] else "")
    assert any(row["first"]["note"] and row["second"]["note"] for row in found["rows"])
    shown = desk.run("agreement", "lead.hmip", "--case", lowest["case"])
    assert shown.count("DIFFERENT") >= len(differ)


def test_people_read_the_same_as_programs(desk: Desk, said: Any) -> None:
    shown = desk.run("agreement", "lead.hmip")
    assert "cases compared: 6" in shown
    assert f"{said['line']['alpha']:.2f}" in shown
    for one in (*said["criteria"], *said["sections"]):
        assert one["label"] in shown
    assert "PROVISIONAL" not in shown


def test_only_signed_off_pairs_count_unless_preliminary(desk: Desk, said: Any) -> None:
    case = said["by_case"][0]["case"]
    file = next(
        path
        for path in (desk.folder / "case files").glob("*.hmip")
        if path.stem == said["by_case"][0]["second"]["assessor"]
    )
    lead = desk.folder / "again.hmip"
    lead.write_bytes((desk.folder / "lead.hmip").read_bytes())
    theirs = desk.folder / "theirs.hmip"
    theirs.write_bytes(file.read_bytes())
    desk.run("reopen", theirs, case, "--why", "one more look")
    desk.run("merge", lead, theirs)
    now = desk.value("agreement", lead)
    assert (now["cases"], now["waiting"], now["provisional"]) == (5, 1, True)
    assert case not in {one["case"] for one in now["by_case"]}
    early = desk.value("agreement", lead, "--preliminary")
    assert (early["cases"], early["waiting"], early["provisional"]) == (6, 0, True)
    assert early["line"] == said["line"]
    assert desk.run("agreement", lead).startswith("PROVISIONAL")


def test_agreement_is_the_leads(desk: Desk, said: Any) -> None:
    theirs = next((desk.folder / "case files").glob("*.hmip"))
    desk.run("agreement", theirs, expect=1)
    desk.run("agreement", theirs, "--case", said["by_case"][0]["case"], expect=1)
    twice = {one["case"] for one in said["by_case"]}
    once = next(
        c["reference"] for c in desk.value("cases", "lead.hmip") if c["reference"] not in twice
    )
    desk.run("agreement", "lead.hmip", "--case", once, expect=1)
    desk.run("agreement", "lead.hmip", "--case", "MER-999", expect=1)


def test_with_nothing_signed_off_there_is_nothing_to_compare(desk: Desk) -> None:
    resources = Path(__file__).parents[2] / "resources"
    desk.run(
        *("new", "fresh.hmip", "--title", "T", "--area", "A"),
        *("--form", resources / "forms" / "iaow-violence.csv"),
        *("--sample", resources / "demo" / "sample.csv"),
        *("--team", resources / "demo" / "team.csv"),
    )
    desk.run("allocate", "fresh.hmip", "--second", "4")
    found = desk.value("agreement", "fresh.hmip")
    assert (found["cases"], found["waiting"], found["provisional"]) == (0, 4, True)
    assert found["line"] == {"pairs": 0, "same": 0, "share": None, "alpha": None}
    assert found["assessors"] == []
    assert "cases compared: 0" in desk.run("agreement", "fresh.hmip")
