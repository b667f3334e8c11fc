"""Whatever is given wrongly is refused with one clear sentence, and nothing is changed or left."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from independent_scores import write_form

HMIP = Path(sys.executable).with_name("hmip")
PASSPHRASE = "held out oranges 42"
NEW = "new fresh.hmip --title T --area A --form form.csv --sample sample.csv --team team.csv"
TABLES = {
    "sample.csv": "Case ref,LDU\nHO-01,North\nHO-02,South\nHO-03,North\n",
    "team.csv": "name,role\nAnn Lead,lead inspector\nBo,inspector\n",
    "empty.csv": "",
    "other columns.csv": "a,b,c\n1,2,3\n",
    "other head.csv": "a,b,c\n",
    "head only.csv": "reference,ldu\n",
    "twice.csv": "reference,ldu\nHO-01,North\nHO-01,South\n",
    "no reference.csv": "reference,ldu\nHO-01,North\n,South\n",
    "names.csv": "reference,Offender name\nHO-01,Somebody\n",
    "birth.csv": "reference,Date of birth\nHO-01,1980-01-01\n",
    "boss.csv": "name,role\nBo,boss\n",
    "nobody.csv": "name,role\nAnn Lead,lead inspector\n",
    "team twice.csv": "name,role\nBo,inspector\nbo,inspector\n",
    "case.csv": "case,question,value\nHO-99,q1_1_01,yes\n",
    "question.csv": "case,question,value\nHO-01,q9_9_99,yes\n",
    "value.csv": "case,question,value\nHO-01,q1_1_01,yes\nHO-01,q2_1_01,maybe\n",
    "constraint.csv": "case,question,value\nHO-01,q0_02,17\n",
    "contradiction.csv": "case,question,value\nHO-01,q1_1_01,yes\nHO-01,q1_1_01,no\n",
    "signed.csv": "case,question,value\nHO-03,q1_1_01,yes\n",
    "text.hmip": "Minutes of the meeting\n" * 300,
}
SIGNED_OFF = (
    "case,question,value\nHO-03,q0_01,low\nHO-03,q0_02,40\nHO-03,q0_04,none\nHO-03,q1_1_01,no\n"
)


def hmip(
    folder: Path, *words: str, passphrase: str | None = PASSPHRASE
) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HMIP_HOME": str(folder.parent / "home")}
    env.pop("HMIP_PASSPHRASE", None)
    if passphrase is not None:
        env["HMIP_PASSPHRASE"] = passphrase
    return subprocess.run(
        [HMIP, *words],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lead's and an assessor's case file, and all manner of wrong files."""
    folder = tmp_path_factory.mktemp("wrong") / "desk"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    write_form(folder / "form.csv", "criteria")
    (folder / "damaged.xlsx").write_bytes(b"PK\x03\x04 was a workbook")
    (folder / "done.csv").write_text(SIGNED_OFF)
    (folder / "full").mkdir()
    (folder / "full" / "minutes.txt").write_text("kept")
    for command in (
        NEW.replace("fresh", "lead").split(),
        ["allocate", "lead.hmip"],
        ["hand-out", "lead.hmip", "out"],
        ["import-answers", "out/Bo.hmip", "done.csv"],
        ["sign-off", "out/Bo.hmip", "HO-03"],
    ):
        done = hmip(folder, *command)
        assert done.returncode == 0, done.stderr
    return folder


def everything(folder: Path) -> dict[str, str]:
    """Every file and folder, with what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in sorted(folder.rglob("*"))
    }


@dataclass(frozen=True)
class Wrong:
    """One wrong command: its words (`_` is a blank), what the sentence must say, how it ends."""

    story: str
    words: str
    says: str
    status: int = 1
    passphrase: str | None = PASSPHRASE


def new_with(**given: str) -> str:
    words = NEW.split()
    for option, value in given.items():
        words[words.index(f"--{option}") + 1] = value
    return " ".join(words)


BO = "out/Bo.hmip"
WRONG = [
    Wrong("form that is not there", "form check none.csv", "none.csv"),
    Wrong("empty form", "form check empty.csv", "empty.csv"),
    Wrong("table for a form", "form check team.csv", "team.csv"),
    Wrong("form check of nothing", "form check", "FORM", 2),
    Wrong("new with no form there", new_with(form="none.csv"), "none.csv"),
    Wrong("empty sample", new_with(sample="empty.csv"), "empty"),
    Wrong("sample without a reference", new_with(sample="other_columns.csv"), "reference"),
    Wrong("sample without a case", new_with(sample="head_only.csv"), "no case"),
    Wrong("sample with a case twice", new_with(sample="twice.csv"), "row 3"),
    Wrong("sample with a blank reference", new_with(sample="no_reference.csv"), "row 3"),
    Wrong("names in the sample", new_with(sample="names.csv"), "Offender name"),
    Wrong("damaged workbook for a sample", new_with(sample="damaged.xlsx"), "damaged.xlsx"),
    Wrong("no team there", new_with(team="none.csv"), "none.csv"),
    Wrong("team without names", new_with(team="other_columns.csv"), "name"),
    Wrong("unknown role", new_with(team="boss.csv"), "boss"),
    Wrong("team without assessors", new_with(team="nobody.csv"), "assess"),
    Wrong("new over an existing file", NEW.replace("fresh", "lead"), "already"),
    Wrong("new without a team", NEW.split(" --team", maxsplit=1)[0], "--team", 2),
    Wrong("end before the start", f"{NEW} --starts 2013-05-06 --ends 2013-05-01", "ends before"),
    Wrong("weak passphrase", NEW, "easy to guess", passphrase="short"),
    Wrong("new without a passphrase", NEW, "passphrase is needed", passphrase=None),
    Wrong(
        "new without a name",
        NEW.replace("fresh.hmip", "''"),
        "name",
    ),
    Wrong("open without a passphrase", "cases lead.hmip", "passphrase is needed", passphrase=None),
    Wrong("wrong passphrase", "cases lead.hmip", "does not open", passphrase="quite different 99"),
    Wrong("case file that is not there", "cases none.hmip", "none.hmip"),
    Wrong("text for a case file", "cases text.hmip", "text.hmip"),
    Wrong("empty case file", "cases empty.csv", "not a case file"),
    Wrong("too many second assessments", "allocate lead.hmip --second 9", "second"),
    Wrong("allocation by an assessor", f"allocate {BO}", "lead"),
    Wrong("handing out over work", "hand-out lead.hmip out", "already there"),
    Wrong("handing out by an assessor", f"hand-out {BO} elsewhere", "lead"),
    Wrong(
        "handing out into a file",
        "hand-out lead.hmip empty.csv",
        "empty.csv",
    ),
    Wrong("answer to an unknown case", f"answer {BO} HO-99 q1_1_01 yes", "HO-99"),
    Wrong("answer to an unknown question", f"answer {BO} HO-01 q9_9_99 yes", "q9_9_99"),
    Wrong("unknown choice", f"answer {BO} HO-01 q1_1_01 perhaps", "yes, no"),
    Wrong("constraint broken", f"answer {BO} HO-01 q0_02 17", "An age from 18 to 99"),
    Wrong("day that does not exist", f"answer {BO} HO-01 q0_03 2013-02-30", "date"),
    Wrong("answer to a calculation", f"answer {BO} HO-01 q0_05 3", "0"),
    Wrong("answer in a signed-off case", f"answer {BO} HO-03 q1_1_01 yes", "reopen"),
    Wrong("import of nothing", f"import-answers {BO} none.csv", "none.csv"),
    Wrong("import without columns", f"import-answers {BO} other_columns.csv", "case"),
    Wrong("import of another table", f"import-answers {BO} team.csv", "case"),
    Wrong(
        "import of a foreign heading alone",
        f"import-answers {BO} other_head.csv",
        "case",
    ),
    Wrong("import of an unknown choice", f"import-answers {BO} value.csv", "row 3"),
    Wrong("import against a constraint", f"import-answers {BO} constraint.csv", "row 2"),
    Wrong("import that contradicts itself", f"import-answers {BO} contradiction.csv", "row 3"),
    Wrong("import into a signed-off case", f"import-answers {BO} signed.csv", "reopen"),
    Wrong("sign-off with questions open", f"sign-off {BO} HO-01", "1.1.01"),
    Wrong("sign-off twice", f"sign-off {BO} HO-03", "HO-03"),
    Wrong("sign-off of nothing", f"sign-off {BO}", "CASE", 2),
    Wrong("reopening without a reason", f"reopen {BO} HO-03", "--why", 2),
    Wrong("reopening with an empty reason", f"reopen {BO} HO-03 --why ''", "why"),
    Wrong("handing in to oneself", f"hand-in {BO} {BO}", "file you work in"),
    Wrong("handing in over another file", f"hand-in {BO} lead.hmip", "lead.hmip"),
    Wrong("handing in by the lead", "hand-in lead.hmip full", "lead"),
    Wrong("merge of nothing", "merge lead.hmip", "FILE", 2),
    Wrong("merge of itself", "merge lead.hmip lead.hmip", "lead.hmip"),
    Wrong("merge of text", "merge lead.hmip text.hmip", "text.hmip"),
    Wrong("merge of a missing file", "merge lead.hmip none.hmip", "none.hmip"),
    Wrong("lead's file merged by an assessor", f"merge {BO} lead.hmip", "somebody else"),
    Wrong("settling an unknown conflict", "settle lead.hmip abc --keep x --why y", "abc"),
    Wrong("scores by an unknown field", "scores lead.hmip --by shoes", "shoes"),
    Wrong("workbook in no folder", "workbook lead.hmip none/w.xlsx", "w.xlsx"),
    Wrong("workbook by an assessor", f"workbook {BO} w.xlsx", "lead"),
    Wrong(
        "workbook over the case file itself",
        "workbook lead.hmip lead.hmip",
        "lead.hmip",
    ),
    Wrong(
        "workbook over an assessor's case file",
        f"workbook lead.hmip {BO}",
        "Bo.hmip",
    ),
    Wrong(
        "workbook over a table",
        "workbook lead.hmip sample.csv",
        "sample.csv",
    ),
    Wrong("history of an unknown case", "history lead.hmip HO-99", "HO-99"),
    Wrong("check of text", "check text.hmip", "text.hmip"),
    Wrong("export into a full folder", "export lead.hmip full", "not empty"),
    Wrong("export into a file", "export lead.hmip empty.csv", "empty.csv"),
    Wrong("demonstration in a full folder", "demo full", "not empty"),
    Wrong("unknown command", "mend lead.hmip", "mend", 2),
    Wrong("unknown option", "cases lead.hmip --loudly", "--loudly", 2),
]


def words_of(words: str) -> list[str]:
    """`other_columns.csv` and `none_drugs` stand for names and values with a blank in them."""
    spaced = {name.replace(" ", "_"): name for name in TABLES if " " in name}
    spaced |= {"yes_no": "yes no", "none_drugs": "none drugs", "''": ""}
    return [spaced.get(word, word) for word in words.split()]


@dataclass(frozen=True)
class Outcome:
    """What a command said and did."""

    done: subprocess.CompletedProcess[str]
    before: dict[str, str]
    after: dict[str, str]


@pytest.fixture(scope="module")
def outcomes(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Every wrong command, tried each at a desk of its own, a few at a time."""
    folder = tmp_path_factory.mktemp("desks")

    def attempt(numbered: tuple[int, Wrong]) -> tuple[str, Outcome]:
        number, wrong = numbered
        desk = shutil.copytree(prepared, folder / str(number) / "desk")
        before = everything(desk)
        done = hmip(desk, *words_of(wrong.words), passphrase=wrong.passphrase)
        return wrong.story, Outcome(done, before, everything(desk))

    with ThreadPoolExecutor(4) as pool:
        return dict(pool.map(attempt, enumerate(WRONG)))


@pytest.mark.parametrize("wrong", WRONG, ids=[wrong.story for wrong in WRONG])
def test_what_is_given_wrongly_is_refused_kindly_and_changes_nothing(
    wrong: Wrong, outcomes: dict[str, Outcome]
) -> None:
    outcome = outcomes[wrong.story]
    said = outcome.done.stderr.strip()
    assert outcome.done.returncode == wrong.status, (outcome.done.stdout, said)
    assert outcome.after == outcome.before, "nothing is changed and nothing is left behind"
    assert "Traceback" not in outcome.done.stdout + said
    assert "wrong in the program" not in said
    assert wrong.says in said
    if wrong.status == 1:
        assert said.splitlines()[0].endswith((".", ":")), said


def test_a_workbook_is_not_written_where_nobody_may_write(prepared: Path) -> None:
    done = hmip(prepared, "workbook", "lead.hmip", "/proc/scores.xlsx")
    assert done.returncode == 1
    assert "scores.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_passphrase_file_serves_as_well_and_a_missing_one_is_named(prepared: Path) -> None:
    secret = prepared.parent / "passphrase.txt"
    secret.write_text(f"{PASSPHRASE}\nsecond line\n")
    opened = hmip(prepared, "cases", "lead.hmip", "--passphrase-file", str(secret), passphrase=None)
    assert (opened.returncode, opened.stderr) == (0, "")
    missing = hmip(
        prepared, "cases", "lead.hmip", "--passphrase-file", "no-such.txt", passphrase=None
    )
    assert missing.returncode in {1, 2}
    assert "no-such.txt" in missing.stderr
