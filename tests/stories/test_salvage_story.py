"""A stick breaks on the last day: what is left of a case file, through the real command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from independent_scores import write_form

HMIP = Path(sys.executable).with_name("hmip")
PASSPHRASE = "held out oranges 42"
PAGE = 4096
SAMPLE = "Case ref,LDU\n" + "".join(f"HO-{number:02},North\n" for number in range(1, 13))
TEAM = "name,role\nAnn Lead,lead inspector\nBo,inspector\n"
EVIDENCE = "Seen in the record, and said so in the interview. " * 60
ANSWERS = "case,question,value,note\n" + "".join(
    f'HO-{number:02},{question},{value},"{EVIDENCE}{number}"\n'
    for number in range(1, 13)
    for question, value in (("q0_01", "low"), ("q0_02", "40"), ("q1_1_01", "no"))
)


def hmip(
    folder: Path, *words: str, passphrase: str = PASSPHRASE
) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HMIP_HOME": str(folder / "home"), "HMIP_PASSPHRASE": passphrase}
    done = subprocess.run(
        [HMIP, *words],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def value(folder: Path, *words: str) -> Any:
    done = hmip(folder, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lead's file, and Bo's with answers to twelve cases and pages of evidence."""
    folder = tmp_path_factory.mktemp("salvage")
    (folder / "sample.csv").write_text(SAMPLE, encoding="utf-8")
    (folder / "team.csv").write_text(TEAM, encoding="utf-8")
    (folder / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    write_form(folder / "form.csv", "criteria")
    for command in (
        "new lead.hmip --title T --area A --form form.csv --sample sample.csv --team team.csv",
        "allocate lead.hmip",
        "hand-out lead.hmip out",
        "import-answers out/Bo.hmip answers.csv",
    ):
        done = hmip(folder, *command.split())
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Path:
    return shutil.copytree(prepared, tmp_path / "desk")


def break_page(path: Path, number: int) -> bytes:
    """Overwrite a page as a failing stick does; negative numbers count from the end."""
    content = bytearray(path.read_bytes())
    at = (number * PAGE) % len(content)
    content[at : at + PAGE] = b"\xff" * PAGE
    path.write_bytes(content)
    return bytes(content)


def test_the_week_is_saved_from_a_broken_stick(desk: Path) -> None:
    broken = break_page(desk / "out" / "Bo.hmip", -3)
    assert hmip(desk, "check", "out/Bo.hmip").returncode == 1
    refused = value_of_merge(desk, "out/Bo.hmip")
    assert refused["status"] == "refused"

    said = value(desk, "salvage", "out/Bo.hmip", "saved.hmip")
    assert said["recovered"] > 80
    assert said["left_out"] == said["unreadable"] + said["unfit"] + said["without_session"]
    assert said["lost_pages"] == 1
    assert (desk / "out" / "Bo.hmip").read_bytes() == broken

    checked = value(desk, "check", "saved.hmip")
    assert checked["entries"] == said["recovered"]
    merged = value_of_merge(desk, "saved.hmip")
    assert merged["status"] == "merged"
    assert merged["new"] > 60
    counted = sum(one["answered"] for one in value(desk, "cases", "saved.hmip"))
    assert counted == sum(one["answered"] for one in value(desk, "cases", "lead.hmip"))


def value_of_merge(desk: Path, file: str) -> Any:
    return json.loads(hmip(desk, "merge", "lead.hmip", file, "--json").stdout)["files"][0]


def test_a_whole_file_comes_back_whole_and_in_words(desk: Path) -> None:
    done = hmip(desk, "salvage", "out/Bo.hmip", "saved.hmip")
    assert done.returncode == 0, done.stderr
    assert "entries recovered" in done.stdout
    before, after = (value(desk, "cases", file) for file in ("out/Bo.hmip", "saved.hmip"))
    assert before == after
    merged = value_of_merge(desk, "out/Bo.hmip")
    assert value_of_merge(desk, "saved.hmip")["known"] == merged["new"] + merged["known"]


def test_a_file_that_lost_its_beginning_needs_another_one(desk: Path) -> None:
    shutil.copy(desk / "out" / "Bo.hmip", desk / "copy of Monday.hmip")
    break_page(desk / "out" / "Bo.hmip", 0)
    alone = hmip(desk, "salvage", "out/Bo.hmip", "saved.hmip")
    assert alone.returncode == 1
    assert "--like" in alone.stderr
    assert not (desk / "saved.hmip").exists()
    said = value(desk, "salvage", "out/Bo.hmip", "saved.hmip", "--like", "copy of Monday.hmip")
    assert (said["left_out"], said["lost_pages"]) == (0, 1)


def test_a_support_officer_finds_the_dated_copies_of_a_broken_file(desk: Path) -> None:
    (newest, *_) = value(desk, "copies", "out/Bo.hmip")
    assert newest["size"] == Path(newest["path"]).stat().st_size
    break_page(desk / "out" / "Bo.hmip", 0)
    said = value(desk, "salvage", "out/Bo.hmip", "saved.hmip", "--like", newest["path"])
    assert said["left_out"] == 0
    (desk / "out" / "Bo.hmip").unlink()
    done = hmip(desk, "copies", "out/Bo.hmip")
    assert done.returncode == 0
    assert newest["path"] in done.stdout
    assert "no dated copy" in hmip(desk, "copies", "Cy.hmip").stdout
    assert value(desk, "copies", "Cy.hmip") == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("salvage out/Bo.hmip lead.hmip", "lead.hmip is already there"),
        ("salvage out/Bo.hmip out/Bo.hmip", "Bo.hmip is already there"),
        ("salvage none.hmip saved.hmip", "none.hmip"),
        ("salvage answers.csv saved.hmip", "not a case file"),
        ("salvage out/Bo.hmip answers.csv/saved.hmip", "saved.hmip"),
        ("salvage out/Bo.hmip saved.hmip --like none.hmip", "none.hmip"),
        ("salvage out/Bo.hmip saved.hmip --like answers.csv", "answers.csv"),
    ],
)
def test_what_is_asked_wrongly_is_refused_in_one_sentence(
    words: str, says: str, desk: Path
) -> None:
    before = (desk / "out" / "Bo.hmip").read_bytes()
    done = hmip(desk, *words.split())
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert (desk / "out" / "Bo.hmip").read_bytes() == before
    assert not (desk / "saved.hmip").exists()


def test_another_passphrase_is_told_from_damage(desk: Path) -> None:
    done = hmip(desk, "salvage", "out/Bo.hmip", "saved.hmip", passphrase="nine copper bells")
    assert done.returncode == 1
    assert "passphrase" in done.stderr
