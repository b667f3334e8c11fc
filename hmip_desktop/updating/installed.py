"""How this program came to this computer, and whether another version may take its place."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from enum import Enum, auto
from pathlib import Path

from hmip_desktop import __version__, computer
from hmip_desktop.casefile import migrations
from hmip_desktop.casefile.placing import put_in_place
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr

COMMAND, WINDOW = "hmip", "hmip-desktop"
FACTS = "version.json"
_UNINSTALLER = "uninstall.exe"
_SYSTEM = Path("/usr")
_SYSTEMS = {"win32": "windows", "darwin": "macos"}
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


class Way(Enum):
    """The ways in which a program is installed that can give way to another version."""

    LINUX_FOLDER = auto()
    WINDOWS_SETUP = auto()


@dataclass(frozen=True)
class Facts:
    """A version of the program, and the steps of the format of case files that it knows.

    The steps are empty where nobody wrote them down.
    """

    version: str
    case_file_format: tuple[str, ...] = ()

    def save(self, folder: Path) -> None:
        """Keep them in a folder."""
        part = folder / f".{FACTS}.part"
        part.write_text(json.dumps(asdict(self)), encoding="utf-8")
        put_in_place(part, folder / FACTS)

    @classmethod
    def of(cls, folder: Path) -> "Facts | None":
        """Those kept in a folder, if there are any."""
        try:
            data = json.loads((folder / FACTS).read_text(encoding="utf-8"))
            return cls(str(data["version"]), tuple(map(str, data["case_file_format"])))
        except (OSError, ValueError, TypeError, KeyError):
            return None


@dataclass(frozen=True)
class Installed:
    """A program that may give way to another version: how and where it lies, and what it is."""

    way: Way
    folder: Path
    facts: Facts


def own_facts() -> Facts:
    """What the program is that runs."""
    return Facts(__version__, migrations.names())


def this_platform() -> str:
    """The kind of computer, as packs name it."""
    machine = computer.machine().lower()
    return f"{_SYSTEMS.get(sys.platform, 'linux')}-{_MACHINES.get(machine, machine)}"


def here() -> Installed:
    """The program that runs.

    Raises:
        Refused: PROGRAM_FIXED when it is not for this program to replace itself.
    """
    if not getattr(sys, "frozen", False):
        sentence = tr(
            "This program runs from its source. Bring it up to date where that came from."
        )
        raise Refused(Code.PROGRAM_FIXED, sentence)
    folder = Path(sys.executable).resolve().parent
    if sys.platform == "win32" and (folder / _UNINSTALLER).is_file():
        return Installed(Way.WINDOWS_SETUP, _written_to(folder), own_facts())
    if sys.platform == "linux" and _SYSTEM not in folder.parents:
        _written_to(folder.parent)
        return Installed(Way.LINUX_FOLDER, _written_to(folder), own_facts())
    raise _fixed()


def _written_to(folder: Path) -> Path:
    if not os.access(folder, os.W_OK):
        raise _fixed()
    return folder


def _fixed() -> Refused:
    sentence = tr(
        "The program cannot replace itself here. It was installed for everybody on this "
        "computer, or only copied to it. Use the computer's package manager, or ask whoever "
        "installed it."
    )
    return Refused(Code.PROGRAM_FIXED, sentence)


def nothing_before() -> Refused:
    """There is no version to go back to."""
    sentence = tr("No other version of the program is kept on this computer.")
    return Refused(Code.NOTHING_BEFORE, sentence)
