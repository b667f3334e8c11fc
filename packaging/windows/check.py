"""Installs the Windows program under wine as a user would, does the work with it, removes it.

`check.py FOLDER`: FOLDER is where `bundle.py` made it; the pictures of the pages are kept there.
What the installed program says must be what this checkout's program says on Linux, line by line,
and what it writes must be the same bytes; anything else fails.
"""

import re
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "frozen"))

import together  # noqa: E402
import week  # noqa: E402
from bundle import NAME, megabytes, say, size_of  # noqa: E402
from desk import Desk, OnWindows, read_in_either, same_week  # noqa: E402
from machine import Failed, Machine, passing_windows, wait_for  # noqa: E402
from places import Here  # noqa: E402

from hmip_desktop import __version__  # noqa: E402

DESK = "Arolygiad Siân"  # as people name folders: with a space and a letter of Welsh
PROGRAMS = ("hmip.exe", "hmip-desktop.exe")
CLASSES = r"HKCU\Software\Classes"
UNINSTALL = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{NAME}"
REFUSED, NOT_WRITTEN = 2, 3
WELSH = "1106"  # as Windows numbers languages
PNG = b"\x89PNG"
# Qt asks Windows to scale the frames of windows with the screen, and says that wine 8 cannot.
WINE_LACKS = re.compile(
    r"(EnableNonClientDpiScaling|QtWindows::DpiAwareness::PerMonitorVersion2)\b"
)


def installed(machine: Machine, setup: Path) -> Path:
    """Install silently; the folder of the program.

    Raises:
        Failed: it was not installed as it should be.
    """
    machine.well(setup, "/S")
    folder = machine.user / "AppData" / "Local" / "Programs" / NAME
    missing = [name for name in (*PROGRAMS, "uninstall.exe") if not (folder / name).is_file()]
    if missing:
        raise Failed(f"Not installed: {missing}")
    if not _shortcut(machine).is_file():
        raise Failed("There is nothing in the start menu.")
    for name in PROGRAMS:
        _has_icon_and_version(folder / name, (setup.parent / "hmip.ico").read_bytes())
    program = machine.called(folder / "hmip-desktop.exe")
    for key, value, wanted in (
        (rf"{CLASSES}\.hmip", "", "HMIPDesktop.CaseFile"),
        (rf"{CLASSES}\HMIPDesktop.CaseFile\DefaultIcon", "", f"{program},0"),
        (rf"{CLASSES}\HMIPDesktop.CaseFile\shell\open\command", "", f'"{program}" "%1"'),
        (UNINSTALL, "DisplayVersion", __version__),
        (UNINSTALL, "Publisher", f"The {NAME} authors"),
        (UNINSTALL, "EstimatedSize", hex(_kilobytes(machine))),
    ):
        told = machine.registered(key, value)
        if wanted not in told:
            raise Failed(f"{key} {value} says {told!r} instead of {wanted!r}")
    return folder


def _shortcut(machine: Machine) -> Path:
    menu = machine.user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu"
    return menu / "Programs" / f"{NAME}.lnk"


def _kilobytes(machine: Machine) -> int:
    told = machine.registered(UNINSTALL, "EstimatedSize").split()
    size = int(told[-1], 16) if told else 0
    if not 20_000 < size < 400_000:
        raise Failed(f"Windows is told a size of {size} KB.")
    return size


def _has_icon_and_version(program: Path, icon: bytes) -> None:
    content = program.read_bytes()
    if icon[icon.index(PNG) :] not in content:
        raise Failed(f"{program.name} has not our icon.")
    if f"ProductVersion\0{__version__}".encode("utf-16-le") not in content:
        raise Failed(f"{program.name} does not say that it is {__version__}.")


def started(windows: Desk, machine: Machine, folder: Path) -> None:
    """Say how long the programs take to start."""
    for what, start in (
        ("hmip --version", lambda: windows.do("--version")),
        ("first picture of the window", lambda: _window(machine, folder, "--first-picture")),
    ):
        cold, warm = _seconds(start), _seconds(start)
        say(f"{what}: {cold:.1f} s, again {warm:.1f} s (under wine)")


def _seconds(what: Callable[[], object]) -> float:
    began = time.monotonic()
    what()
    return time.monotonic() - began


def _window(machine: Machine, folder: Path, *arguments: str) -> None:
    said = machine.well(folder / "hmip-desktop.exe", *arguments)
    if said:
        raise Failed(f"The window says: {said}")


def pictures(machine: Machine, folder: Path, out: Path) -> int:
    """Open every page with the installed program and keep its pictures; how many.

    Raises:
        Failed: the program found something wrong.
    """
    desk = machine.user / "Desktop" / "pictures"
    there = ("--smoke-test", "--pictures", machine.called(desk))
    done = machine.run(folder / "hmip-desktop.exe", *there)
    wrong = [line for line in done.stdout.splitlines() if line and not WINE_LACKS.match(line)]
    if wrong or done.stderr or done.returncode not in (0, 1):
        raise Failed(f"The pages: {done.returncode}\n{done.stderr}\n" + "\n".join(wrong))
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(desk, out)
    shutil.rmtree(desk)
    return len(list(out.glob("*.png")))


def opened_by_its_icon(machine: Machine, folder: Path, setup: Path, file: Path, out: Path) -> None:
    """Open a case file; meanwhile the program can be neither replaced nor removed.

    It is opened by what its association says: wine 8 does not look at those of a single user.

    Raises:
        Failed: the file was not opened, or the program was changed under it.
    """
    program = machine.start(machine.called(folder / "hmip-desktop.exe"), machine.called(file))
    held = file.with_name(f".{file.name}.open")
    try:
        machine.type(file.name, week.VARIABLES["HMIP_PASSPHRASE"])
        wait_for(held.exists, "The case file did not open by its icon.")
        machine.shows("Merseyside 2013")
        time.sleep(3)  # until it is drawn
        machine.picture(out / "opened by its icon.png")
        before = (folder / "hmip-desktop.exe").stat().st_mtime_ns
        again = machine.run(setup, "/S")
        if again.returncode != REFUSED:
            raise Failed(f"Installing under an open program: {again.returncode}")
        # In its own place: from a copy of its own it would go on after its end. NSIS takes the
        # place without quotes, so it is given word by word.
        in_place = f"_?={machine.called(folder)}".split(" ")
        removal = machine.run(folder / "uninstall.exe", "/S", *in_place)
        if removal.returncode != REFUSED:
            raise Failed(f"Removing an open program: {removal.returncode}")
        if (folder / "hmip-desktop.exe").stat().st_mtime_ns != before or not held.exists():
            raise Failed("The program was changed while it was open.")
        if not (folder / "_internal" / "python313.dll").is_file():
            raise Failed("The program was taken away while it was open.")
        machine.run("taskkill", "/im", "hmip-desktop.exe")  # as its closing button does
        wait_for(lambda: program.poll() is not None, "The window does not close.")
        if held.exists():
            raise Failed("The case file is still held after the window was closed.")
    finally:
        machine.run("taskkill", "/f", "/im", "hmip-desktop.exe")
        program.wait()


def not_written(machine: Machine, setup: Path, folder: Path) -> None:
    """Install where the new version cannot be unpacked: the one that is there stays whole.

    Raises:
        Failed: it does not.
    """
    before = {one: one.stat().st_mtime_ns for one in folder.rglob("*")}
    in_the_way = folder / "coming"  # where the setup unpacks: now a file, so that it cannot
    in_the_way.write_text("in the way", encoding="ascii")
    done = machine.run(setup, "/S")
    in_the_way.unlink()
    after = {one: one.stat().st_mtime_ns for one in folder.rglob("*")}
    if done.returncode != NOT_WRITTEN or before != after:
        changed = sorted(str(one) for one, _ in before.items() ^ after.items())
        raise Failed(f"A setup that could not write: {done.returncode}, changed {changed[:20]}")


def replaced(machine: Machine, setup: Path, folder: Path) -> None:
    """Install over an older version, whose files go; what the user keeps beside them stays.

    Raises:
        Failed: something was left or lost.
    """
    old, kept = folder / "_internal" / "old.dll", folder / "kept by the user.txt"
    for path in (old, kept):
        path.write_text("here before", encoding="ascii")
    machine.run("reg", "add", UNINSTALL, "/v", "DisplayVersion", "/d", "0.0.1", "/f")
    installed(machine, setup)
    if old.exists() or not kept.exists():
        raise Failed("Installing over an older version left of it, or took what is the user's.")
    kept.unlink()


def removed(machine: Machine, folder: Path, before: "State") -> None:
    """Remove silently; nothing is left but what is the user's.

    Raises:
        Failed: something is left, or the user's files are gone.
    """
    machine.well(folder / "uninstall.exe", "/S")
    # It goes on by itself, from a copy; this key is the last that it takes away.
    gone = lambda: not machine.registered(UNINSTALL, "DisplayVersion")  # noqa: E731
    wait_for(gone, "The program does not go.")
    after = State.of(machine)
    left = {one for one in after.files - before.files if not _users_own(one)}
    keys = after.keys - before.keys
    if left or keys:
        raise Failed(f"Left after removing: {sorted(left)[:20]} {sorted(keys)[:20]}")
    users = (f"/Documents/{DESK}/demo/lead.hmip", f"/{NAME}/settings.json", f"/{NAME}/backups")
    lost = [name for name in users if not any(one.endswith(name) for one in after.files)]
    if lost:
        raise Failed(f"Removing took the user's files: {lost}")


def in_welsh(machine: Machine, setup: Path) -> None:
    """Install in Welsh on a computer where nothing was chosen yet: the program then speaks it.

    Raises:
        Failed: it does not.
    """
    settings = machine.user / "AppData" / "Local" / NAME / "settings.json"
    settings.unlink()
    # What choosing it in the setup's first window leaves behind.
    machine.well("reg", "add", UNINSTALL, "/v", "Installer Language", "/d", WELSH, "/f")
    machine.well(setup, "/S")
    if "Welsh" not in settings.read_text(encoding="utf-8"):
        raise Failed("A setup in Welsh leaves a program in English.")


def _users_own(name: str) -> bool:
    if name.endswith("/AppData/Local/Programs") or "/Temp/~nsu" in name:
        return True  # every user of Windows has the first; Windows clears the second away
    return f"/Documents/{DESK}" in name or f"/AppData/Local/{NAME}" in name


@dataclass(frozen=True)
class State:
    """What files and which keys of the registry a machine has that have to do with us."""

    files: frozenset[str]
    keys: frozenset[str]

    @classmethod
    def of(cls, machine: Machine) -> "State":
        """As it is now."""
        everything = machine.run("reg", "query", r"HKCU\Software", "/s").stdout.splitlines()
        ours = ("hmip", NAME.lower())
        return cls(
            frozenset(str(one.relative_to(machine.c)) for one in machine.c.rglob("*")),
            frozenset(line for line in everything if any(word in line.lower() for word in ours)),
        )


def portable(machine: Machine, archive: Path, home: Path) -> None:
    """Start what is in the zip, from a folder of its own."""
    stick = home / "stick"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(stick)
    for name in PROGRAMS:
        told = machine.well(stick / NAME / name, "--version")
        if __version__ not in told:
            raise Failed(f"The portable {name} says {told}")
    shutil.rmtree(stick)


def main(folder: Path) -> None:
    """Do all of it and say what was seen."""
    stem = folder / f"hmip-desktop-{__version__}-windows"
    setup = stem.with_name(f"{stem.name}-setup.exe")
    with tempfile.TemporaryDirectory(prefix="hmip-linux-") as work, passing_windows() as machine:
        before = State.of(machine)
        program = installed(machine, setup)
        say(f"Installed silently: {megabytes(size_of(program))}, association, start menu, icon")
        home = machine.user / "Documents" / DESK
        home.mkdir(parents=True)
        windows = Desk(OnWindows(machine, home), machine.called(program / "hmip.exe"))
        linux = Desk(Here(Path(work)), str(Path(sys.executable).parent / "hmip"))
        started(windows, machine, program)
        say(f"{same_week(linux, windows)} commands said the same as on Linux")
        read_in_either(linux, windows, "demo/lead.hmip")
        say("Scores, workbook, summary and export are the same bytes, whoever made the case file")
        together.inspect(linux, windows)
        say("A team of both systems handed in, was merged and scored alike on either")
        shown = folder / "pictures"
        say(f"{pictures(machine, program, shown)} pictures of pages in {shown}")
        opened_by_its_icon(machine, program, setup, home / "demo" / "lead.hmip", shown)
        say("Opened by its icon; refused to be replaced or removed while open")
        not_written(machine, setup, program)
        replaced(machine, setup, program)
        portable(machine, stem.with_name(f"{stem.name}-portable.zip"), home)
        removed(machine, program, before)
        in_welsh(machine, setup)
        say(
            "Whole where it could not be written; replaced; portable zip started; removed: only "
            "the user's files are left"
        )


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).resolve())
    except Failed as failure:
        sys.exit(str(failure))
