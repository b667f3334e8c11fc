"""An inspection that nobody programmed for: invented form, made answers, real command line.

Every number that `hmip scores` prints is compared with one computed apart, in fractions.
"""

from __future__ import annotations

import csv
import functools
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from independent_scores import CRITERIA, QUESTIONS, made_answers, scores, visible, write_form

HMIP = Path(sys.executable).with_name("hmip")
PASSPHRASE = "held out oranges 42"
TEAM = {
    "Ann Lead": "lead inspector",
    "Bo": "inspector",
    "Cy Ó Néill": "inspector",
    "Di": "local assessor",
    "Ed": "local assessor",
    "Flo": "support officer",
}
LDUS = ["North", "South", "East side"]
CASES = {f"HO-{n:02}": LDUS[n % 3] for n in range(1, 13)}
Assignment = tuple[str, str, str]
"""Case, assessor, first or second."""


@dataclass
class Office:
    """A folder with case files, and the command line to work on them."""

    folder: Path
    passphrase: str = PASSPHRASE

    @property
    def lead(self) -> Path:
        return self.folder / "lead.hmip"

    def run(self, *words: str | Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "HMIP_HOME": str(self.folder / "home")}
        env["HMIP_PASSPHRASE"] = self.passphrase
        env.pop("PYTHONPATH", None)
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

    def apart(self, folder: Path) -> Office:
        """The same lead's case file, to be worked on elsewhere."""
        folder.mkdir()
        shutil.copy(self.lead, folder)
        return Office(folder, self.passphrase)


def table(path: Path, head: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([head, *rows])
    return path


def set_up(folder: Path, rule: str, form: str) -> Office:
    """A lead's case file, allocated and handed out in `out`."""
    folder.mkdir()
    office = Office(folder)
    table(folder / "sample.csv", ["Case ref", "LDU"], [list(pair) for pair in CASES.items()])
    table(folder / "team.csv", ["name", "role"], [list(pair) for pair in TEAM.items()])
    write_form(folder / form, rule)
    office.run(
        *("new", office.lead, "--title", "Held out", "--area", "Nowhere", "--form", form),
        *("--sample", "sample.csv", "--team", "team.csv"),
    )
    office.run("allocate", office.lead, "--second", "3", "--seed", "11")
    office.run("hand-out", office.lead, "out")
    return office


@dataclass
class Fieldwork:
    """What four assessors answered, and the files that they handed in."""

    office: Office
    rule: str
    answers: dict[Assignment, dict[str, str]] = field(default_factory=dict)

    files: list[Path] = field(default_factory=list)

    def firsts(self, ldu: str | None = None) -> list[dict[str, str]]:
        return [
            given
            for (case, _, order), given in self.answers.items()
            if order == "first" and ldu in {None, CASES[case]}
        ]

    def handed_in(self, person: str) -> Path:
        return next(file for file in self.files if file.stem == person)

    def assessor(self, case: str) -> str:
        return next(who for c, who, order in self.answers if (c, order) == (case, "first"))


def assignments(office: Office) -> list[Assignment]:
    listed = office.value("cases", office.lead)
    return [(case["reference"], case["assessor"], case["order"]) for case in listed]


def import_answers(office: Office, file: Path, given: dict[str, dict[str, str]]) -> None:
    rows = [[c, q, v, ""] for c, answers in given.items() for q, v in answers.items()]
    random.Random(5).shuffle(rows)
    csv_path = table(
        office.folder / f"{file.stem}.csv", ["case", "question", "value", "note"], rows
    )
    office.run("import-answers", file, csv_path)


def assess_everything(office: Office, rule: str) -> Fieldwork:
    """Every assessor answers, signs off and hands in."""
    work = Fieldwork(office, rule)
    for place, whose in enumerate(assignments(office)):
        work.answers[whose] = made_answers(1000 + place)
    (office.folder / "in").mkdir()

    def assess(person: str) -> None:
        mine = {case: a for (case, who, _), a in work.answers.items() if who == person}
        file = office.folder / "out" / f"{person}.hmip"
        import_answers(office, file, mine)
        office.run("sign-off", file, *mine)
        office.run("hand-in", file, "in")

    with ThreadPoolExecutor(4) as people:
        list(people.map(assess, sorted({who for _, who, _ in work.answers})))
    work.files += sorted((office.folder / "in").iterdir())
    return work


FORMS = {"criteria": "form.csv", "questions": "form.xlsx"}
Done = Callable[[str], Fieldwork]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The fieldwork under each rule, once."""

    @functools.cache
    def of(rule: str) -> Fieldwork:
        office = set_up(tmp_path_factory.mktemp("held-out") / "office", rule, FORMS[rule])
        return assess_everything(office, rule)

    return of


@pytest.fixture(params=list(FORMS))
def fieldwork(request: pytest.FixtureRequest, done: Done) -> Fieldwork:
    return done(request.param)


@pytest.fixture(scope="module")
def by_criteria(done: Done) -> Fieldwork:
    return done("criteria")


@pytest.fixture(scope="module")
def merged(by_criteria: Fieldwork, tmp_path_factory: pytest.TempPathFactory) -> Fieldwork:
    """The same with everything merged; not to be changed."""
    office = by_criteria.office.apart(tmp_path_factory.mktemp("merged") / "office")
    office.run("merge", office.lead, *by_criteria.files)
    return replace(by_criteria, office=office)


def close(shown: float | None, exact: Fraction | None) -> bool:
    if shown is None or exact is None:
        return shown is None and exact is None
    return abs(Fraction(shown) - exact) < Fraction(1, 10**12)


def assert_same(printed: dict[str, Any], expected: dict[str, Any]) -> None:
    """What was printed is what was computed apart, number by number."""
    assert printed["assessments"] == expected["assessments"]
    assert [section["id"] for section in printed["sections"]] == list(expected["sections"])
    for section in printed["sections"]:
        for key, exact in expected["sections"][section["id"]].items():
            assert close(section[key], exact), (section, key, exact)
    assert [criterion["id"] for criterion in printed["criteria"]] == CRITERIA
    for criterion in printed["criteria"]:
        assert close(criterion["score"], expected["criteria"][criterion["id"]]), criterion
    scored = {q["id"]: q for q in printed["questions"] if q["scored"]}
    assert list(scored) == list(expected["questions"])
    for question in QUESTIONS:
        if question.scored:
            assert scored[question.name]["criteria"] == list(question.criteria)
    for name, exact in expected["questions"].items():
        row = {key: scored[name][key] for key in exact}
        assert close(row.pop("proportion"), exact["proportion"]), scored[name]
        assert row == {key: value for key, value in exact.items() if key != "proportion"}, name


def test_the_made_answers_try_what_they_should(by_criteria: Fieldwork) -> None:
    hidden = [
        name
        for answers in by_criteria.answers.values()
        for name in answers
        if name not in visible(answers)
    ]
    assert len(hidden) > 30, "many answers stand to questions that routing hides"
    exact = scores(by_criteria.firsts(), "criteria")
    asked = exact["questions"].values()
    assert any(row["missing"] for row in asked)
    assert any(row["not_counted"] for row in asked)
    assert any(row["not_asked"] for row in asked)
    assert exact["criteria"]["3.2"] is None, "leadership has no scored question"
    assert exact["questions"]["q3_1_04"]["proportion"] is None, "nobody was asked about a breach"
    by_both = [(row["by_criteria"], row["by_questions"]) for row in exact["sections"].values()]
    assert any(one != other for one, other in by_both), "the two rules differ"
    assert sum(order == "second" for _, _, order in by_criteria.answers) == 3


@pytest.mark.parametrize("seed", [1, 2])
def test_scores_are_those_of_an_independent_count_whatever_the_order_of_merging(
    fieldwork: Fieldwork, seed: int, tmp_path: Path
) -> None:
    office = fieldwork.office.apart(tmp_path / "apart")
    files = list(fieldwork.files)
    random.Random(seed).shuffle(files)
    if seed == 1:
        merged = office.value("merge", office.lead, *files)
        assert [file["status"] for file in merged["files"]] == ["merged"] * 4
        assert merged["conflicts"] == []
    else:
        for file in files:
            office.run("merge", office.lead, file)
    printed = office.value("scores", office.lead)
    assert_same(printed, scores(fieldwork.firsts(), fieldwork.rule))
    assert printed["headline"] == fieldwork.rule
    assert (printed["form"], printed["form_version"]) == ("held-out", "7.3")
    assert (printed["inspection"], printed["conflicts"]) == ("Held out", 0)
    assert printed["provisional"] is False


def test_merging_everything_twice_changes_nothing(merged: Fieldwork, tmp_path: Path) -> None:
    office = merged.office.apart(tmp_path / "apart")
    before = office.value("scores", office.lead)
    again = office.value("merge", office.lead, *merged.files, *merged.files)
    assert [file["new"] for file in again["files"]] == [0] * 8
    assert all(file["known"] > 0 and file["refused"] == 0 for file in again["files"])
    assert office.value("scores", office.lead) == before
    assert "Whole" in office.run("check", office.lead).stdout


def test_every_answer_arrives_even_those_that_routing_hides(merged: Fieldwork) -> None:
    office = merged.office
    office.run("export", office.lead, "exported")
    with (office.folder / "exported" / "answers.csv").open(encoding="utf-8-sig") as source:
        rows = list(csv.DictReader(source))
    arrived: dict[tuple[str, ...], dict[str, str]] = {}
    for row in rows:
        if row["value"]:
            whose = (row["case"], row["assessor"], row["order"])
            arrived.setdefault(whose, {})[row["question"]] = row["value"]
    for whose, answers in merged.answers.items():
        got = {name: value for name, value in arrived[whose].items() if name != "q0_05"}
        assert {n: set(v.split()) for n, v in got.items()} == {
            n: set(v.split()) for n, v in answers.items()
        }


def test_cases_tell_how_many_questions_routing_asks(merged: Fieldwork) -> None:
    for case in merged.office.value("cases", merged.office.lead):
        whose = (case["reference"], case["assessor"], case["order"])
        shown = visible(merged.answers[whose])
        shown.pop("q0_05")
        assert case["status"] == "signed off"
        assert case["asked"] == len(shown), whose
        assert case["answered"] == sum(bool(value) for value in shown.values()), whose


def test_scores_by_ldu_are_the_same_rule_over_fewer_cases(merged: Fieldwork) -> None:
    printed = merged.office.value("scores", merged.office.lead, "--by", "ldu")
    assert_same(printed, scores(merged.firsts(), "criteria"))
    assert sorted(group["value"] for group in printed["groups"]) == sorted(LDUS)
    for group in printed["groups"]:
        assert_same(group, scores(merged.firsts(group["value"]), "criteria"))


def test_unfinished_assessments_count_only_when_asked_for(tmp_path: Path) -> None:
    office = set_up(tmp_path / "office", "questions", "form.xlsx")
    given: dict[str, dict[Assignment, dict[str, str]]] = {"signed": {}, "unfinished": {}}
    people = ["Bo", "Di"]
    for number, whose in enumerate(assignments(office)):
        if whose[1] in people:
            answers = made_answers(50 + number)
            state = "signed" if number % 2 else "unfinished"
            if state == "unfinished":
                answers = {name: answers[name] for name in list(answers)[:9]}
            given[state][whose] = answers
    for person in people:
        file = office.folder / "out" / f"{person}.hmip"
        states = {
            state: {case: a for (case, who, _), a in held.items() if who == person}
            for state, held in given.items()
        }
        import_answers(office, file, {**states["signed"], **states["unfinished"]})
        if states["signed"]:
            office.run("sign-off", file, *states["signed"])
    office.run("merge", office.lead, *(f"out/{person}.hmip" for person in people))

    def firsts(*states: str) -> list[dict[str, str]]:
        return [a for s in states for (_, _, order), a in given[s].items() if order == "first"]

    signed = office.value("scores", office.lead)
    assert_same(signed, scores(firsts("signed"), "questions"))
    early = office.value("scores", office.lead, "--preliminary")
    assert early["provisional"] is True
    assert "PROVISIONAL" in office.run("scores", office.lead, "--preliminary").stdout.upper()
    assert_same(early, scores(firsts("signed", "unfinished"), "questions"))


@dataclass(frozen=True)
class Apart:
    """One case, whose assessor worked on in two copies of the file."""

    case: str
    person: str
    copies: list[Path]


@pytest.fixture(scope="module")
def apart(merged: Fieldwork, tmp_path_factory: pytest.TempPathFactory) -> Apart:
    case, person = next(
        (case, who)
        for (case, who, order), given in merged.answers.items()
        if order == "first" and given.get("q1_2_01") not in {"good", "absent"}
    )
    copies = []
    for value in ("good", "absent"):
        copies.append(tmp_path_factory.mktemp(value) / f"{person}.hmip")
        shutil.copy(merged.handed_in(person), copies[-1])
        merged.office.run("reopen", copies[-1], case, "--why", "A page had been missed")
        merged.office.run("answer", copies[-1], case, "1.2.01", value)
        merged.office.run("sign-off", copies[-1], case)
    return Apart(case, person, copies)


@pytest.mark.parametrize("kept", ["good", "absent"])
def test_a_conflict_of_two_copies_stands_until_it_is_settled(
    merged: Fieldwork, apart: Apart, tmp_path: Path, kept: str
) -> None:
    office = merged.office.apart(tmp_path / "apart")
    case, copies = apart.case, apart.copies
    report = office.value("merge", office.lead, *copies)
    assert [file["status"] for file in report["files"]] == ["merged", "merged"]
    found = office.value("conflicts", office.lead)
    answers = [conflict for conflict in found if conflict["question"] == "q1_2_01"]
    assert len(answers) == 1
    assert (answers[0]["case"], answers[0]["assessor"]) == (case, apart.person)
    assert sorted(side["value"] for side in answers[0]["sides"]) == ["absent", "good"]
    assert {conflict["id"] for conflict in report["conflicts"]} == {c["id"] for c in found}
    open_scores = office.value("scores", office.lead)
    assert open_scores["conflicts"] == len(found)
    assert open_scores["provisional"] is True

    for conflict in found:
        sides = conflict["sides"]
        side = next((s for s in sides if s["value"] == kept), sides[0])
        office.run(
            *("settle", office.lead, conflict["id"], "--keep", side["entry"]),
            *("--why", "The file was read again"),
        )
    assert office.value("conflicts", office.lead) == []
    settled = [
        {**a, "q1_2_01": kept} if c == case else a
        for (c, _, order), a in merged.answers.items()
        if order == "first"
    ]
    assert_same(office.value("scores", office.lead), scores(settled, "criteria"))
    told = office.run("history", office.lead, case).stdout
    assert "The file was read again" in told
    office.run("merge", office.lead, *copies)
    assert office.value("conflicts", office.lead) == [], "settled stays settled"


def test_an_answer_in_conflict_does_not_count(
    merged: Fieldwork, apart: Apart, tmp_path: Path
) -> None:
    office = merged.office.apart(tmp_path / "apart")
    case, copies = apart.case, apart.copies
    office.run("merge", office.lead, *copies)
    printed = office.value("scores", office.lead)
    others = [a for (c, _, order), a in merged.answers.items() if order == "first" and c != case]
    exact = scores(others, "criteria")["questions"]["q1_2_01"]
    row = next(q for q in printed["questions"] if q["id"] == "q1_2_01")
    assert (row["above"], row["below"]) == (exact["above"], exact["below"])


def test_the_order_of_merging_two_copies_makes_no_difference(
    merged: Fieldwork, apart: Apart, tmp_path: Path
) -> None:
    office = merged.office.apart(tmp_path / "apart")
    copies = apart.copies
    other = office.apart(tmp_path / "other")
    office.run("merge", office.lead, *copies)
    other.run("merge", other.lead, *reversed(copies))
    assert office.value("scores", office.lead) == other.value("scores", other.lead)
    assert office.value("conflicts", office.lead) == other.value("conflicts", other.lead)


def test_a_reopened_case_no_longer_counts_and_its_reason_is_kept(
    merged: Fieldwork, tmp_path: Path
) -> None:
    office = merged.office.apart(tmp_path / "apart")
    case = "HO-08"
    person = merged.assessor(case)
    file = tmp_path / "reopened.hmip"
    shutil.copy(merged.handed_in(person), file)
    office.run("reopen", file, case, "--why", "The victim’s letter came late")
    office.run("merge", office.lead, file)
    rest = [a for (c, _, o), a in merged.answers.items() if o == "first" and c != case]
    printed = office.value("scores", office.lead)
    assert_same(printed, scores(rest, "criteria"))
    assert "The victim’s letter came late" in office.run("history", office.lead, case).stdout
    office.run("sign-off", file, case)
    office.run("merge", office.lead, file)
    assert_same(office.value("scores", office.lead), scores(merged.firsts(), "criteria"))


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory, by_criteria: Fieldwork) -> dict[str, Path]:
    """Files that must never go in."""
    folder = tmp_path_factory.mktemp("strangers")
    found = {name: folder / f"{name}.hmip" for name in ("damaged", "text", "plain SQLite")}
    whole = bytearray(by_criteria.files[0].read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 4096] = bytes(4096)
    found["damaged"].write_bytes(whole)
    found["text"].write_text("Minutes of the meeting\n" * 400)
    connection = sqlite3.connect(found["plain SQLite"])
    connection.execute("create table entry (id text, value text)")
    connection.commit()
    connection.close()
    desk = folder / "desk"
    shutil.copytree(
        by_criteria.office.folder, desk, ignore=shutil.ignore_patterns("home", "*.hmip")
    )
    for name, secret in [
        ("another inspection", PASSPHRASE),
        ("another passphrase", "quite different pears 77"),
    ]:
        found[name] = desk / f"{name}.hmip"
        Office(desk, secret).run(
            *("new", found[name], "--title", "Held out", "--area", "Nowhere"),
            *("--form", "form.csv", "--sample", "sample.csv", "--team", "team.csv"),
        )
    found["missing"] = folder / "missing.hmip"
    return found


def test_strange_files_are_refused_each_with_its_reason_and_the_others_still_go_in(
    by_criteria: Fieldwork, strangers: dict[str, Path], tmp_path: Path
) -> None:
    office = by_criteria.office.apart(tmp_path / "apart")
    good = by_criteria.files
    strange = [path for name, path in strangers.items() if name != "missing"]
    order = [good[0], *strange[:3], good[1], good[2], *strange[3:], good[3]]
    before = {path: path.read_bytes() for path in order}
    report = office.value("merge", office.lead, *order, expect=3)
    status = {Path(file["path"]): file for file in report["files"]}
    assert [Path(file["path"]) for file in report["files"]] == order
    assert all(status[path]["status"] == "merged" and not status[path]["why"] for path in good)
    assert all(status[path]["status"] == "refused" and status[path]["new"] == 0 for path in strange)
    why = [status[path]["why"] for path in strange]
    assert all(sentence and sentence.endswith(".") for sentence in why)
    assert (
        len({sentence.replace(path.name, "") for sentence, path in zip(why, strange, strict=True)})
        > 2
    )
    assert {path: path.read_bytes() for path in order} == before, "incoming files are only read"
    assert_same(office.value("scores", office.lead), scores(by_criteria.firsts(), "criteria"))


def test_a_merge_of_nothing_but_strangers_is_refused_and_changes_no_score(
    merged: Fieldwork, strangers: dict[str, Path], tmp_path: Path
) -> None:
    office = merged.office.apart(tmp_path / "apart")
    before = office.value("scores", office.lead)
    refused = office.run("merge", office.lead, strangers["text"], strangers["missing"], expect=1)
    assert "text.hmip" in refused.stdout + refused.stderr
    assert "missing.hmip" in refused.stdout + refused.stderr
    assert office.value("scores", office.lead) == before
