"""The demonstration gives the five published scores, on screen and in its workbook."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl

HMIP = Path(sys.executable).with_name("hmip")
PUBLISHED = ["79%", "83%", "75%", "76%", "87%"]


def test_the_demonstration_prints_the_published_scores_and_its_workbook_opens(
    tmp_path: Path,
) -> None:
    env = {**os.environ, "HMIP_HOME": str(tmp_path / "home")}
    env.pop("HMIP_PASSPHRASE", None)

    def run(*words: str | Path) -> str:
        done = subprocess.run(
            [HMIP, *words], env=env, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    said = run("demo", tmp_path / "demo")
    assert re.findall(r"\b\d+%", said)[:5] == PUBLISHED
    books = list((tmp_path / "demo").glob("*.xlsx"))
    assert len(books) == 1
    book = openpyxl.load_workbook(books[0], data_only=True)
    shown = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    for percent in PUBLISHED:
        assert any(
            isinstance(cell, float) and f"{round(cell * 100)}%" == percent for cell in shown
        ), f"{percent} is stored in the workbook"
    book.close()
    found = re.search(r"Passphrase:\s*(.+)", said)
    assert found, "the fixed passphrase is printed"
    env["HMIP_PASSPHRASE"] = found[1].strip()
    printed = json.loads(run("scores", tmp_path / "demo" / "lead.hmip", "--json"))
    assert [f"{round(s['score'] * 100)}%" for s in printed["sections"]] == PUBLISHED
    assert (printed["assessments"], printed["provisional"]) == (74, False)
