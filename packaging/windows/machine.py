"""A Windows computer of its own in a folder, played by wine, on a screen that nobody sees."""

import contextlib
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

STAND_INS = Path(__file__).parent / "stand_ins"
SYSTEM = Path("drive_c", "windows", "system32")
SCREEN = "1400x900x24"
# Windows's own letters may not be given away; unless told of others wine takes any: its LOGFONT.
METRICS = r"HKCU\Control Panel\Desktop\WindowMetrics"
FONT = struct.pack("<5i8x64s", -12, 0, 0, 0, 400, "DejaVu Sans".encode("utf-16-le")).hex()
LONGEST = 1800  # seconds; freezing is the longest that it does
PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


class Failed(Exception):
    """A program on the Windows computer did not end as it should."""


@dataclass(frozen=True)
class Machine:
    """One Windows computer; nothing of this checkout and none of its variables is known there."""

    folder: Path
    display: str

    @property
    def c(self) -> Path:
        """Where its drive C lies here."""
        return self.folder / "drive_c"

    def called(self, path: Path) -> str:
        """What a file on it, or here, is called there."""
        if path.is_relative_to(self.c):
            return "C:\\" + "\\".join(path.relative_to(self.c).parts)
        return "Z:" + str(path.absolute()).replace("/", "\\")

    def environment(self, **more: str) -> dict[str, str]:
        """Everything that a program gets from outside."""
        return {
            "PATH": os.defpath,
            "HOME": str(self.folder),  # no folder of the real user is seen through it
            "LANG": "C.UTF-8",
            "DISPLAY": self.display,
            "WINEPREFIX": str(self.folder),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",  # asks for no download
            **more,
        }

    @property
    def user(self) -> Path:
        """The folder of its only user."""
        (found,) = (one for one in (self.c / "users").iterdir() if one.name != "Public")
        return found

    def run(
        self,
        *command: str | Path,
        variables: Mapping[str, str] | None = None,
        at: Path | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end. Its output goes through a pipe: wine knows no plain file."""
        return subprocess.run(  # noqa: S603  programs that were just built
            ["wine", *command],  # noqa: S607
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",  # wine's own programs write in an older alphabet
            timeout=LONGEST,
            env=self.environment(**(variables or {})),
            cwd=at or self.c,
            check=False,
        )

    def start(self, *command: str | Path) -> "subprocess.Popen[bytes]":
        """Start a program that goes on running."""
        return subprocess.Popen(  # noqa: S603
            ["wine", *command],  # noqa: S607
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
            cwd=self.c,
        )

    def well(self, *command: str | Path, variables: Mapping[str, str] | None = None) -> str:
        """Run a program that must end well and complain of nothing; what it printed.

        Raises:
            Failed: it did not.
        """
        done = self.run(*command, variables=variables)
        if done.returncode or done.stderr:
            words = " ".join(str(word) for word in command)
            raise Failed(f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def picture(self, path: Path) -> None:
        """Keep what is on its screen."""
        self._see(sys.executable, "-c", PICTURE, path)

    def type(self, window: str, words: str) -> None:
        """Type into the window of this title once it is there, and end with Enter."""
        self._see("xdotool", "windowfocus", "--sync", self.shows(window))
        self._see("xdotool", "type", "--delay", "50", words)
        self._see("xdotool", "key", "Return")

    def shows(self, window: str) -> str:
        """The number of the window of this title, once it is there."""
        return self._see("xdotool", "search", "--sync", "--onlyvisible", "--name", window).split()[
            -1
        ]

    def _see(self, *command: str | Path) -> str:
        variables = self.environment(QT_QPA_PLATFORM="xcb")
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, encoding="utf-8", env=variables, timeout=120, check=False
        )
        if done.returncode:
            raise Failed(f"{command[0]}: {done.stderr}")
        return done.stdout

    def wait(self) -> None:
        """Wait until every program on it has ended."""
        self._server("--wait")

    def end(self) -> None:
        """Switch it off."""
        self._server("--kill")

    def _server(self, what: str) -> None:
        subprocess.run(  # noqa: S603
            ["/usr/lib/wine/wineserver", what],
            env=self.environment(),
            timeout=LONGEST,
            check=False,
        )


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """The name of a display of its own, for as long as it lasts."""
    reading, writing = os.pipe()
    server = subprocess.Popen(  # noqa: S603
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],  # noqa: S607
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield ":" + told.readline().strip()
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def windows(folder: Path, display: str) -> Iterator[Machine]:
    """A fresh Windows computer in `folder`, switched off at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    machine = Machine(folder.resolve(), display)
    try:
        done = machine.run(
            "wineboot", "--init", at=folder
        )  # tells what it makes, and of what it lacks
        if done.returncode:
            raise Failed(f"wineboot: {done.returncode}\n{done.stderr}")
        machine.run(
            "reg", "add", METRICS, "/v", "MessageFont", "/t", "REG_BINARY", "/d", FONT, "/f"
        )
        machine.wait()
        _own_folders(machine)
        _stand_in(machine)
        yield machine
    finally:
        machine.end()


def _own_folders(machine: Machine) -> None:
    """Give its user folders of their own where wine leads to those of Linux."""
    for link in list(machine.user.iterdir()):
        if link.is_symlink():
            link.unlink()
            link.mkdir()


def _stand_in(machine: Machine) -> None:
    """Give it what real Windows has and wine has not, so that Qt loads."""
    for source in STAND_INS.glob("*.c"):
        library = machine.folder / SYSTEM / source.with_suffix(".dll").name
        compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-O1", "-s", "-o", library]
        subprocess.run([*compiler, source, "-ladvapi32"], check=True)  # noqa: S603


@contextlib.contextmanager
def passing_windows() -> Iterator[Machine]:
    """A fresh Windows computer that is gone at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="hmip-windows-", ignore_cleanup_errors=True) as folder,
        screen() as display,
        windows(Path(folder), display) as machine,
    ):
        yield machine
