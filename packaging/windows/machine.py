"""A Windows computer of its own in a folder, played by wine, on a screen that nobody sees."""

import contextlib
import os
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
STAND_INS, RESIDENT = HERE / "stand_ins", HERE / "resident.c"
SYSTEM = Path("drive_c", "windows", "system32")
SCREEN = "1400x900x24"
# Windows's own letters may not be given away; unless told of others wine takes any: its LOGFONT.
METRICS = r"HKCU\Control Panel\Desktop\WindowMetrics"
FONT = struct.pack("<5i8x64s", -12, 0, 0, 0, 400, "DejaVu Sans".encode("utf-16-le")).hex()
LONGEST = 1800  # seconds; freezing is the longest that it does
PATIENCE = 120  # seconds, until a window is there or an installer has done its work
PICTURE = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


class Failed(Exception):
    """A program on the Windows computer did not end as it should."""


def wait_for(happened: Callable[[], bool], otherwise: str) -> None:
    """Wait until something has happened there.

    Raises:
        Failed: it did not in two minutes.
    """
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            raise Failed(otherwise)
        time.sleep(0.2)


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

    def hear(self, say: Callable[[str], None], *command: str | Path, at: Path) -> int:
        """Run a program of many words to its end and pass each line on; its exit status."""
        variables = self.environment(QT_QPA_PLATFORM="offscreen", PYTHONUTF8="1")
        with subprocess.Popen(  # noqa: S603
            ["wine", *command],  # noqa: S607
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=variables,
            cwd=at,
        ) as program:
            assert program.stdout is not None
            for line in program.stdout:
                say(line.rstrip())
        return program.returncode

    def start(self, *command: str | Path) -> "subprocess.Popen[bytes]":
        """Start a program that goes on running; what it says is not read."""
        return self._unheard(*command)

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

    def registered(self, key: str, value: str = "") -> str:
        """What its registry holds there, in the words of `reg`; nothing where there is no such."""
        which = ("/v", value) if value else ("/ve",)
        done = self.run("reg", "query", key, *which)
        return "" if done.returncode else done.stdout.strip()

    def runs(self, program: str) -> bool:
        """Whether a program of this name runs there; asked of Linux, where each is a process."""
        ending = f"\\{program}".encode()
        for told in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):  # one that has just ended
                if told.read_bytes().split(b"\0")[0].strip(b'"').endswith(ending):
                    return True
        return False

    def picture(self, path: Path) -> None:
        """Keep what is on its screen."""
        self._see(sys.executable, "-c", PICTURE, path)

    def type(self, window: str, words: str) -> None:
        """Type into the window of this title once it is there, if anything, and end with Enter."""
        self._see("xdotool", "windowfocus", "--sync", self.shows(window))
        if words:
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

    def switch_on(self) -> None:
        """Begin a fresh Windows whose services outlive the program that happens to need them.

        They keep the streams of whatever started them, and speak of what wine lacks: begun by a
        program whose words are read, they would put theirs among them and hold its end back.

        Raises:
            Failed: it did not begin.
        """
        self._server("--persistent")
        self._unheard("wineboot", "--init").wait(LONGEST)
        font = ("/v", "MessageFont", "/t", "REG_BINARY", "/d", FONT, "/f")
        self._unheard("reg", "add", METRICS, *font).wait(LONGEST)
        if not self.user.is_dir():
            raise Failed("wine made no Windows.")
        _own_folders(self)
        _stand_in(self)
        self._stay()

    def _stay(self) -> None:
        program = _compiled(RESIDENT, self.folder / "resident.exe", "-mwindows")
        there = self.folder / "resident"
        resident = self._unheard(program, there.name)
        while not there.exists():
            if resident.poll() is not None:
                raise Failed("Windows does not stay switched on.")
            time.sleep(0.1)

    def end(self) -> None:
        """Switch it off."""
        self._server("--kill")
        self._server("--wait")

    def _unheard(self, *command: str | Path) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603
            ["wine", *command],  # noqa: S607
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
            cwd=self.folder,
        )

    def _server(self, what: str) -> None:
        subprocess.run(  # noqa: S603
            ["/usr/lib/wine/wineserver", what],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
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
        machine.switch_on()
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
        _compiled(source, library, "-shared", "-ladvapi32")


def _compiled(source: Path, target: Path, *how: str) -> Path:
    compiler = ["x86_64-w64-mingw32-gcc", "-O1", "-s", "-o", target, source, *how]
    subprocess.run(compiler, check=True)  # noqa: S603
    return target


@contextlib.contextmanager
def passing_windows() -> Iterator[Machine]:
    """A fresh Windows computer that is gone at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="hmip-windows-", ignore_cleanup_errors=True) as folder,
        screen() as display,
        windows(Path(folder), display) as machine,
    ):
        yield machine
