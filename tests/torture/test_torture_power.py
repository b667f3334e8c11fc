"""The power fails: whatever the disk had not kept by then is gone or torn."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
import small_inspection as small
import torture_desk
from power_cut import Disk, Done, recorded
from small_inspection import OWNER, PASSPHRASE

from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.errors import Refused

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="disks are made on Linux only")
THEIRS = 40
WORK = """
import os, sys
from pathlib import Path
import small_inspection as small
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field

desk, said = Path(sys.argv[1]), open(Path(sys.argv[1]) / "acknowledged", "wb", 0)
def acknowledge(document, what):
    said.write(f"{what} {len(document.journal)};".encode())

with Document.open(desk / "a.hmip", small.PASSPHRASE, clock=small.SetClock()) as document:
    if "CARELESS" in os.environ:
        document._connection.execute("pragma synchronous = OFF")
    for number in range(12):
        text = f"note {number} " + "evidence " * (700 * (number % 3))
        document.write(small.OWNER, [(Field("r", f"note/{number}"), text)])
        acknowledge(document, "answer")
    with Document.open(desk / "b.hmip", small.PASSPHRASE, write=False) as other:
        document.take_in(other.bundle())
    acknowledge(document, "merge")
    for number in range(2):
        document.copy_to(desk / "stick" / "a.hmip")
        acknowledge(document, "copy")
        document.write(small.OWNER, [(Field("r", f"note/last {number}"), "text")])
        acknowledge(document, "answer")
"""


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What notes down all that is done to a disk, compiled."""
    if shutil.which("gcc") is None:
        pytest.skip("there is no gcc to make a recording disk with")
    made = tmp_path_factory.mktemp("shim") / "recording_disk.so"
    source = Path(__file__).with_name("recording_disk.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return str(made)


@dataclass(frozen=True)
class Day:
    """What was done to a disk, in order, from what lay there before."""

    desk: Path
    before: dict[Path, bytes]
    done: list[Done]
    entries: set[str]


def worked(folder: Path, recording: str, **env: str) -> Day:
    """A day's work on a disk that notes everything down."""
    desk, log = folder / "desk", folder / "log"
    (desk / "stick").mkdir(parents=True)
    path = small.filled(desk / "a.hmip", 5)
    with small.document(desk / "b.hmip") as other:
        other.write(OWNER, [(Field("s", f"note/{n}"), "theirs " * 90) for n in range(THEIRS)])
    before = {one: one.read_bytes() for one in desk.glob("*.hmip")}
    env |= {"LD_PRELOAD": recording, "RECORD_TO": str(log), "RECORD_UNDER": str(desk)}
    env["PYTHONPATH"] = str(Path(small.__file__).parent)
    words = [sys.executable, "-c", WORK, str(desk)]
    subprocess.run(words, env={**os.environ, **env}, check=True, timeout=120)
    with torture_desk.whole(path) as document:
        entries = {str(one.id) for one in document.journal}
    return Day(desk, before, list(recorded(log)), entries)


def cut(day: Day, at: int, chance: Random, place: Path) -> str:
    """Cut the power at some moment; what lies there afterwards, and what was acknowledged."""
    shutil.rmtree(place, ignore_errors=True)
    disk, said = Disk(day.before), ""
    for one in day.done[:at]:
        if one.path.name == "acknowledged":
            said += one.data.decode()
        else:
            disk.follow(one)
    for name, content in disk.after_a_cut(chance).items():
        to = place / name.relative_to(day.desk)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(content)
    return said


def test_what_was_acknowledged_outlives_a_power_cut(recording: str, tmp_path: Path) -> None:
    day, place = worked(tmp_path, recording), tmp_path / "after"
    assert {one.kind for one in day.done} == {"w", "s", "u", "r"}
    chance = torture_desk.chance("power")
    for number in torture_desk.rounds(60):
        at = chance.randrange(len(day.done) + 1) if number else len(day.done)
        said = cut(day, at, chance, place)
        judged(place, said, day.entries)


def test_a_program_that_does_not_wait_for_the_disk_is_found_out(
    recording: str, tmp_path: Path
) -> None:
    """What keeps the test above honest: without syncing, cuts lose what was acknowledged."""
    day, place = worked(tmp_path, recording, CARELESS="yes"), tmp_path / "after"
    chance = torture_desk.chance("careless")
    for _ in range(20):
        said = cut(day, len(day.done) // 2, chance, place)
        try:
            with Document.open(place / "a.hmip", PASSPHRASE) as document:
                found = len(document.journal.fields("r"))
        except Refused:
            return
        if found < said.count("answer"):
            return
    pytest.fail("nothing was lost, though nothing was synced")


def judged(place: Path, said: str, all_of_it: set[str]) -> None:
    """What is found after a cut: all that was acknowledged, a merge whole, a copy whole."""
    told = [line.split(" ") for line in said.split(";") if line]
    kinds = [kind for kind, _ in told]
    with torture_desk.whole(place / "a.hmip") as document:
        found = {one.id for one in document.journal}
        merged = len(document.journal.fields("s"))
        notes = document.journal.fields("r")
    assert found <= all_of_it
    assert merged in ({THEIRS} if "merge" in kinds else {0, THEIRS})
    names = [f"note/{n}" for n in range(12)] + [f"note/last {n}" for n in range(2)]
    torture_desk.look_for("power cut", names[: kinds.count("answer")], notes)
    torture_desk.tried("power cut")
    copied = [int(count) for kind, count in told if kind == "copy"]
    copy = place / "stick" / "a.hmip"
    assert copy.exists() or not copied
    if copy.exists():
        with torture_desk.whole(copy) as document:
            assert len(document.journal) >= max(copied, default=0)
