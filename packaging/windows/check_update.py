"""Takes an update from a signed pack as a user of the installed program does, and goes back.

`check_update.py FOLDER`: FOLDER is where `bundle.py` made it. Two real builds change places under
wine: the frozen program, and one of a later version frozen from a copy of this checkout. Both
trust a key that is made for this one run and kept nowhere.
"""

import re
import secrets
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "frozen"))

from bundle import NAME, ROOT, freeze, installer, python_for_windows, say  # noqa: E402
from check import PROGRAMS, UNINSTALL  # noqa: E402
from desk import Desk, OnWindows  # noqa: E402
from machine import Failed, Machine, passing_windows, wait_for  # noqa: E402
from places import Here, Said  # noqa: E402

from hmip_desktop import __version__  # noqa: E402
from hmip_desktop.operations import packing  # noqa: E402
from hmip_desktop.operations.packing import Wanted  # noqa: E402
from hmip_desktop.updating.manifest import Kind  # noqa: E402

LATER = re.sub(r"\d+$", lambda last: str(int(last[0]) + 1), __version__)
PUBLISHERS = Path("resources", "publishers")
OF_THE_CHECKOUT = ("hmip_desktop", "ui", "resources", "packaging", "LICENSE", "pyproject.toml")
_VERSION = re.compile(r"^__version__ = .*$", re.MULTILINE)


@dataclass(frozen=True)
class Releases:
    """The setups of two versions that trust one key, and packs of the later one."""

    setup: Path
    pack: Path
    changed: Path


def releases(folder: Path, work: Path) -> Releases:
    """Build both versions and sign the later one."""
    words = secrets.token_hex()
    key = work / "private.pem"
    line = packing.new_key(key, words, "Tried once").line
    icon = folder / "hmip.ico"
    earlier, copy = work / "earlier", work / "checkout"
    shutil.copytree(folder / "frozen" / NAME, earlier)
    _trust(earlier / "_internal" / PUBLISHERS, line)
    _later_checkout(copy, icon)
    _trust(copy / PUBLISHERS, line)
    with passing_windows() as machine:
        later = freeze(
            machine, python_for_windows(folder / "python", "pyinstaller"), work / "later", copy
        )
    setup = installer(later, icon, work, LATER)
    pack = work / f"hmip-desktop-{LATER}.hmip-pack"
    packing.make(pack, key, words, Wanted(Kind.PROGRAM, LATER, ("Tried.",), (), (setup,)))
    changed = work / "changed.hmip-pack"
    content = bytearray(pack.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    return Releases(installer(earlier, icon, work), pack, changed)


def _trust(publishers: Path, line: str) -> None:
    (publishers / "tried.pub").write_text(line + "\n", encoding="utf-8")


def _later_checkout(copy: Path, icon: Path) -> None:
    for name in OF_THE_CHECKOUT:
        source = ROOT / name
        put = shutil.copytree if source.is_dir() else shutil.copy2
        copy.mkdir(exist_ok=True)
        put(source, copy / name)
    written = copy / "hmip_desktop" / "__init__.py"
    text = _VERSION.sub(f'__version__ = "{LATER}"', written.read_text(encoding="utf-8"))
    written.write_text(text, encoding="utf-8")
    (copy / "build" / "windows").mkdir(parents=True)
    shutil.copyfile(icon, copy / "build" / "windows" / icon.name)


@dataclass(frozen=True)
class User:
    """Whoever sits before the Windows computer: what they have, and what their program says."""

    machine: Machine
    home: Path

    @property
    def program(self) -> Path:
        """Where the program lies."""
        return self.machine.user / "AppData" / "Local" / "Programs" / NAME

    @property
    def desk(self) -> Desk:
        """Where they do their commands."""
        program = self.machine.called(self.program / "hmip.exe")
        return Desk(OnWindows(self.machine, self.home), program)

    def has(self, version: str) -> None:
        """See that this version is there, whole, once its setup has ended, and opens the file.

        Raises:
            Failed: it is not.
        """
        wait_for(lambda: self._told() == version, f"{version} does not come.")
        wait_for(lambda: not self.machine.runs("setup.exe"), "The setup does not end.")
        said = self.desk.say("--version")
        if said != Said(0, f"hmip, version {version}\n", ""):
            raise Failed(f"Instead of {version}: {said}")
        self.desk.do("check", "lead.hmip")
        strange = [one.name for one in self.program.iterdir() if one.name not in _OURS]
        if strange:
            raise Failed(f"{version} lies beside {strange}")

    def _told(self) -> str:
        return self.machine.registered(UNINSTALL, "DisplayVersion").rpartition(" ")[2]


_OURS = (*PROGRAMS, "_internal", "LICENSE.txt", "uninstall.exe")


def refused(user: User, changed: Path) -> None:
    """A pack in which one bit was changed is not used.

    Raises:
        Failed: it is.
    """
    said = user.desk.say("update", user.machine.called(changed))
    if said.status != 1 or said.out or said.err.count("\n") != 1:
        raise Failed(f"A changed pack: {said}")
    user.has(__version__)


def taken_and_back(user: User, pack: Path) -> None:
    """By the command line: to the later version, and back.

    Raises:
        Failed: it does not come, or not back.
    """
    for arguments, version in (
        (("update", user.machine.called(pack)), LATER),
        (("update", "--back"), __version__),
    ):
        user.desk.do(*arguments)
        user.has(version)


def taken_in_the_window(user: User, pack: Path, picture: Path) -> None:
    """A pack is opened, Enter takes it, and the window comes back as the later version.

    Raises:
        Failed: it does not.
    """
    machine = user.machine
    program = machine.start(user.program / "hmip-desktop.exe", machine.called(pack))
    try:
        machine.shows("Take an update")
        time.sleep(3)  # until it is drawn
        machine.picture(picture)
        machine.type("Take an update", "")
        wait_for(lambda: program.poll() is not None, "The window does not give way.")
        user.has(LATER)
        machine.shows(NAME)
    finally:
        machine.run("taskkill", "/f", "/im", "hmip-desktop.exe")
        program.wait()


def main(folder: Path) -> None:
    """Do all of it and say what was seen."""
    say(f"Freezing {LATER} as well (some minutes)")
    with tempfile.TemporaryDirectory(prefix="hmip-update-") as place:
        made = releases(folder, Path(place))
        with passing_windows() as machine:
            user = User(machine, machine.user / "Documents")
            machine.well(made.setup, "/S")
            linux = Desk(Here(Path(place)), str(Path(sys.executable).parent / "hmip"))
            linux.do("demo", "demo")
            shutil.copyfile(linux.home / "demo" / "lead.hmip", user.home / "lead.hmip")
            user.has(__version__)
            refused(user, made.changed)
            say("A pack with one changed bit was refused in one sentence")
            taken_and_back(user, made.pack)
            say(f"By the command line from {__version__} to {LATER} and back, with a case file")
            taken_in_the_window(user, made.pack, folder / "pictures" / "update.png")
            say(f"In the window to {LATER}, which opened by itself")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).resolve())
    except Failed as failure:
        sys.exit(str(failure))
