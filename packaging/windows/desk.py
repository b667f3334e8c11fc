"""The same work on two computers: this checkout's program on Linux, the installed one on Windows.

What a command says must be the same on both, line by line, and what it writes the same bytes.
"""

import filecmp
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "frozen"))

import week  # noqa: E402
from machine import Failed, Machine  # noqa: E402
from places import Place, Said  # noqa: E402

_OF_ONE_FILE = re.compile(r"\b[0-9a-f]{4}( [0-9a-f]{4})+\b|\b[0-9a-f]{12,}\b")


@dataclass(frozen=True)
class OnWindows:
    """A Windows computer, as a place where commands are run."""

    machine: Machine
    home: Path
    name: str = "Windows"

    def run(
        self, program: str, *arguments: str, variables: Mapping[str, str] | None = None
    ) -> Said:
        """Run a program by its path on the machine."""
        done = self.machine.run(program, *arguments, variables=variables, at=self.home)
        # A path is written with other strokes there; nothing else may differ.
        return Said(done.returncode, done.stdout.replace("\\", "/"), done.stderr.replace("\\", "/"))


@dataclass(frozen=True)
class Desk:
    """Somebody's computer with the program on it, and the folder where they work."""

    place: Place
    program: str

    @property
    def home(self) -> Path:
        """The folder where they work, as it lies here."""
        return self.place.home

    def say(self, *arguments: str) -> Said:
        """Do one command, however it ends."""
        return self.place.run(self.program, *arguments, variables=week.VARIABLES)

    def do(self, *arguments: str) -> str:
        """Do one command, which must end well; what it said.

        Raises:
            Failed: it did not.
        """
        said = self.say(*arguments)
        if said.status or said.err:
            raise Failed(f"{self.place.name}: hmip {' '.join(arguments)}: {said}")
        return said.out


def same_week(linux: Desk, windows: Desk) -> int:
    """Do a week on both; how many commands that was.

    Raises:
        Failed: they said different things.
    """
    steps = tuple(week.steps())
    for desk in (linux, windows):
        week.prepare(desk.home)
    for step in steps:
        here, there = linux.say(*step), windows.say(*step)
        if _plain(here) != _plain(there):
            raise Failed(f"hmip {' '.join(step)}\nLinux: {here}\nWindows: {there}")
    return len(steps)


def _plain(said: Said) -> tuple[int, str, str]:
    """What a command said, without the fingerprints that differ in every file."""
    return said.status, _OF_ONE_FILE.sub("#", said.out), _OF_ONE_FILE.sub("#", said.err)


def same_files(linux: Desk, windows: Desk, file: str) -> None:
    """See that both read the same case file alike and write the same files from it.

    Raises:
        Failed: something differs.
    """
    made = ("same.xlsx", "same.docx", "same")
    commands = (
        ("check", file),
        ("scores", file, "--json"),
        ("workbook", file, made[0], "--notes"),
        ("summary", file, made[1]),
        ("export", file, made[2]),
    )
    for command in commands:
        here, there = linux.say(*command), windows.say(*command)
        if here.status or here != there:
            raise Failed(f"hmip {' '.join(command)}\nLinux: {here}\nWindows: {there}")
    for name in made:
        _same_bytes(linux.home / name, windows.home / name)
        for desk in (linux, windows):
            path = desk.home / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _same_bytes(ours: Path, theirs: Path) -> None:
    if not ours.is_dir():
        if not filecmp.cmp(ours, theirs, shallow=False):
            raise Failed(f"{ours} and {theirs} differ")
        return
    names, others = (sorted(one.name for one in folder.iterdir()) for folder in (ours, theirs))
    if names != others:
        raise Failed(f"{ours.name} holds {names} on Linux, {others} on Windows")
    for name in names:
        _same_bytes(ours / name, theirs / name)


def read_in_either(linux: Desk, windows: Desk, file: str) -> None:
    """Each reads the case file of this name that the other made.

    Raises:
        Failed: they do not read the same.
    """
    for maker in (windows, linux):
        carried = f"made on {maker.place.name.split()[0]}.hmip"
        content = (maker.home / file).read_bytes()
        for desk in (linux, windows):
            (desk.home / carried).write_bytes(content)
        same_files(linux, windows, carried)
