"""Where a frozen program is started: here without Python's variables, or in a bare Debian."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

LINUX = Path(__file__).resolve().parent.parent / "linux"
PATIENCE = 600
# What Windows itself needs of its variables to start anything.
_OF_WINDOWS = ("SYSTEMROOT", "TEMP", "TMP", "PATHEXT", "COMSPEC")


class Said(NamedTuple):
    """How a program ended and what it printed."""

    status: int
    out: str
    err: str


class Place(Protocol):
    """Where programs run, each in a folder of files that outlives it."""

    name: str
    home: Path

    def run(
        self, program: str, *arguments: str, variables: Mapping[str, str] | None = None
    ) -> Said:
        """Run a program of this place to its end."""


@dataclass(frozen=True)
class Here:
    """This computer, with an empty home and no variable of Python's or of this checkout."""

    home: Path
    name: str = "this computer, without Python's variables"

    def run(
        self, program: str, *arguments: str, variables: Mapping[str, str] | None = None
    ) -> Said:
        """Run a program of this computer."""
        own = {name: os.environ[name] for name in _OF_WINDOWS if name in os.environ}
        own |= {"HOME": str(self.home), "HMIP_HOME": str(self.home / "own"), "LANG": "C.UTF-8"}
        return _ran([program, *arguments], own | dict(variables or {}), self.home)


@dataclass(frozen=True)
class BareRoot:
    """A Debian of its base and the libraries that Qt names: no Python, no network, no rights."""

    root: Path
    name: str = "a bare Debian without Python and network"

    @property
    def home(self) -> Path:
        """The home of whoever runs programs there."""
        return self.root / "home" / "inspector"

    def run(
        self, program: str, *arguments: str, variables: Mapping[str, str] | None = None
    ) -> Said:
        """Run a program of the bare root, by its place there."""
        given = dict(variables or {})
        ours = {name: given.pop(name) for name in ("X_SOCKETS",) if name in given}
        pairs = [f"{name}={value}" for name, value in given.items()]
        command = [str(LINUX / "in-bare-root.sh"), str(self.root), *pairs, program, *arguments]
        return _ran(command, dict(os.environ) | ours, Path.cwd())


def bare_root(folder: Path) -> BareRoot | str:
    """A fresh bare root in a folder, or why there is none."""
    if sys.platform != "linux":
        return "bare roots are made on Linux"
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = _ran([str(LINUX / "bare-root.sh"), str(folder)], dict(os.environ), Path.cwd())
    return made.err.strip() if made.status else BareRoot(folder)


def _ran(command: list[str], variables: Mapping[str, str], folder: Path) -> Said:
    done = subprocess.run(  # noqa: S603  our own programs
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        env=dict(variables),
        cwd=folder,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)
