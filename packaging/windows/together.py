"""An inspection whose team works on both systems: each takes in what the other hands out or in."""

import csv
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from desk import Desk, same_files

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "core"))

import small_form  # noqa: E402

LEAD = "together.hmip"
TEAM = (("name", "role"), ("Llŷr", "lead inspector"), ("Ann", "inspector"), ("Siân", "inspector"))
SAMPLE = (("reference", "ldu", "rosh"), *((f"MÔN-{n}", "Gogledd", "High") for n in range(1, 7)))
ANSWERS = (
    ("q4_1_01", "yes", "Gwelwyd ar dudalen 3 – “tŷ”, two\nlines"),
    ("q4_1_02", "yes", ""),
    ("q4_1_03", "a c", ""),
    ("q4_1_04", "na", ""),
    ("q5_1_01", "no", "Nobody asked."),
    ("q5_1_02", "7", ""),
    ("q5_1_04", "a “quoted” remark; with ŵ", ""),
    ("q5_1_05", "0.5", ""),
)


def inspect(linux: Desk, windows: Desk) -> None:
    """Ann works on Windows, where the lead sits, too; Siân works on Linux."""
    small_form.as_xlsx(windows.home / "form.xlsx", small_form.SMALL)
    _table(windows.home / "team.csv", TEAM)
    _table(windows.home / "sample.csv", SAMPLE)
    about = ("--title", "Arolygiad Môn 2026", "--area", "Môn", "--starts", "2026-11-23")
    papers = ("--form", "form.xlsx", "--sample", "sample.csv", "--team", "team.csv")
    windows.do("new", LEAD, *about, *papers)
    windows.do("allocate", LEAD, "--second", "2", "--seed", "3")
    windows.do("hand-out", LEAD, "handed out")
    _carried("handed out/Siân.hmip", windows, linux)
    for name, desk in (("Ann", windows), ("Siân", linux)):
        _work_through(desk, f"handed out/{name}.hmip")
    _carried("in/Siân.hmip", linux, windows)
    windows.do("merge", LEAD, "in/Ann.hmip", "in/Siân.hmip")
    _carried(LEAD, windows, linux)
    same_files(linux, windows, LEAD)


def _work_through(desk: Desk, file: str) -> None:
    """Answer every case, sign off, hand in."""
    references = [line.split()[0] for line in desk.do("cases", file).splitlines()[1:]]
    rows = [(case, *answer) for case in references for answer in ANSWERS]
    _table(desk.home / "answers.csv", (("case", "question", "value", "note"), *rows))
    desk.do("import-answers", file, "answers.csv")
    desk.do("sign-off", file, *references)
    desk.do("hand-in", file, f"in/{Path(file).name}")


def _table(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _carried(file: str, giver: Desk, taker: Desk) -> None:
    target = taker.home / file
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(giver.home / file, target)
