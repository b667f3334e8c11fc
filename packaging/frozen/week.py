"""What a frozen program must do before it is given to anybody: its whole job, by command line.

Run twice, with this checkout's program and with the frozen one, in like folders: what they print
must be the same, line by line.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from hmip_desktop.cli import COMMANDS
from hmip_desktop.operations.demo import PASSPHRASE

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
VARIABLES = {"HMIP_PASSPHRASE": PASSPHRASE}
CASES = 3
TEAM = "name,role\nLead inspector 1,lead inspector\nAnn,inspector\n"
MADE = ("demo/consolidated workbook.xlsx", "scores.xlsx", "summary.docx", "open/inspection.json")

_INSPECTION = ("--title", "Newtown 2026", "--area", "Newtown", "--form", "form.csv")
_SAMPLE = ("--sample", "sample.csv", "--team", "team.csv")
_DEMO = "demo/lead.hmip"


def prepare(folder: Path) -> None:
    """Put a sample, a team and a form where the work begins."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = (RESOURCES / "demo" / "sample.csv").read_text(encoding="utf-8").splitlines(True)
    (folder / "sample.csv").write_text("".join(sample[: CASES + 1]), encoding="utf-8")
    (folder / "team.csv").write_text(TEAM, encoding="utf-8")
    shutil.copyfile(RESOURCES / "forms" / "iaow-violence.csv", folder / "form.csv")


def steps() -> Iterator[tuple[str, ...]]:
    """The commands, one after another; paths are within the folder."""
    yield ("--version",)
    for name in COMMANDS:
        yield (name, "--help")  # loads the command's modules: a forgotten one would show
    yield ("form", "check", "form.csv")
    yield ("new", "lead.hmip", *_INSPECTION, *_SAMPLE)
    yield ("allocate", "lead.hmip")
    yield ("hand-out", "lead.hmip", "out")
    yield (
        "answer",
        "out/Ann.hmip",
        "MER-001",
        "q0_12",
        "supervision",
        "--note",
        "Seen.",
    )
    yield ("cases", "out/Ann.hmip")
    yield ("hand-in", "out/Ann.hmip", "in.hmip")
    yield ("merge", "lead.hmip", "in.hmip")
    yield ("scores", "lead.hmip", "--preliminary")
    yield ("demo", "demo")
    yield ("check", _DEMO)
    yield ("scores", _DEMO)
    yield ("figures", _DEMO)
    yield ("workbook", _DEMO, "scores.xlsx", "--notes")
    yield ("summary", _DEMO, "summary.docx")
    yield ("export", _DEMO, "open")
