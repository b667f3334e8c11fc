"""Starts the frozen program as a user's computer does, and fails on any unexpected line.

`check.py FOLDER`: what does not belong into the folder fails; then a whole week by command line,
and every page of the window, in a bare Debian that has no Python, no network and nothing of this
checkout. Where no such Debian can be made, on this computer without Python's variables.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import week  # noqa: E402
from contents import belongs  # noqa: E402
from places import BareRoot, Here, Place, Said, bare_root  # noqa: E402
from screen import SOCKETS, unseen  # noqa: E402

NEVER = re.compile(
    r"(Qt6?Qml|Qt6?Quick|Qt6?WebEngine|Qt6?Test|tkinter|[/\\]pip[/\\]|setuptools|pytest|hypothesis"
    r"|mypy|[/\\]tests?[/\\]|readline)"
)
BARE = ROOT / "build" / "bare" / "root"
INSTALLED = "opt/hmip-desktop"
# Taken from the system where there are such things: printers, and screens that speak Wayland.
MAY_LACK = ("libcups.", "libwayland-")
_FINGERPRINT = re.compile(r"(fingerprint) [0-9a-f ]+")  # names what differs in every file


class Failed(Exception):
    """The frozen program is not what it should be."""


def megabytes(folder: Path) -> float:
    """The size of a folder."""
    files = (one for one in folder.rglob("*") if one.is_file() and not one.is_symlink())
    return sum(one.stat().st_size for one in files) / 1_000_000


def say(words: str) -> None:
    """Tell whoever builds."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def no_strangers(folder: Path) -> None:
    """See that nothing is in the folder that does not belong.

    Raises:
        Failed: something is.
    """
    names = [str(one.relative_to(folder)) for one in folder.rglob("*")]
    strangers = [one for one in names if NEVER.search("/" + one) or not belongs(one)]
    if strangers:
        raise Failed("These do not belong into the program:\n" + "\n".join(strangers[:20]))


def unlike(expected: Said, said: Said) -> Iterator[str]:
    """The lines in which a program said something else than it should have."""
    if expected.status != said.status:
        yield f"ended with {said.status} instead of {expected.status}"
    for wanted, got in ((expected.out, said.out), (expected.err, said.err)):
        ours, theirs = (_FINGERPRINT.sub(r"\1", one).splitlines() for one in (wanted, got))
        yield from (f"unexpected: {line}" for line in theirs if line not in ours)
        yield from (f"missing: {line}" for line in ours if line not in theirs)


def complete(place: Place, there: str) -> None:
    """See that every library finds what it needs, in a Debian that has only what Qt names.

    Raises:
        Failed: one does not, and it is more than printing or Wayland.
    """
    if not isinstance(place, BareRoot):
        return
    find = ("find", there, "-name", "*.so*", "-type", "f", "-exec", "ldd", "{}", "+")
    said = place.run(*find, variables={"LD_LIBRARY_PATH": f"{there}/_internal"})  # as it starts
    lacking = {line.split()[0] for line in said.out.splitlines() if "not found" in line}
    lacking = {one for one in lacking if not one.startswith(MAY_LACK)}
    if lacking:
        raise Failed("Neither shipped nor among packaging/linux/needs: " + ", ".join(lacking))


def same_week(command: str, place: Place, checkout: Place) -> int:
    """Do a week with the checkout's program and with the frozen one; how many commands that was.

    Raises:
        Failed: they do not say the same, or the frozen one left something unwritten.
    """
    ours = shutil.which("hmip", path=str(Path(sys.executable).parent))
    if ours is None:
        raise Failed("There is no hmip beside this Python; make install makes it.")
    for one in (place, checkout):
        week.prepare(one.home)
    steps = tuple(week.steps())
    for step in steps:
        expected = checkout.run(ours, *step, variables=week.VARIABLES)
        said = place.run(command, *step, variables=week.VARIABLES)
        if wrong := list(unlike(expected, said)):
            raise Failed(f"hmip {' '.join(step)}\n" + "\n".join(wrong))
    missing = [name for name in week.MADE if not (place.home / name).is_file()]
    if missing:
        raise Failed(f"The frozen program did not write {', '.join(missing)}.")
    return len(steps)


def silent(what: str, said: Said) -> None:
    """See that a program ended well and said nothing.

    Raises:
        Failed: it did not.
    """
    if said != Said(0, "", ""):
        raise Failed(f"{what}: {said.status}\n{said.out}{said.err}")


def window(program: str, place: Place) -> str:
    """Open every page without a screen, then the first window on a screen; says where it did.

    Raises:
        Failed: the program said anything, or did not start.
    """
    silent("Every page of the window", place.run(program, "--smoke-test"))
    if sys.platform != "linux":
        return "without a screen"
    with unseen() as screen:
        if not screen:
            return "without a screen only (no Xvfb here)"
        lent = {"X_SOCKETS": SOCKETS} if isinstance(place, BareRoot) else {}
        said = place.run(program, "--first-picture", variables=screen | lent)
        silent("The first window on a screen", said)
    return "without a screen and on one"


def installed(folder: Path, home: Path) -> tuple[Place, str]:
    """Put the program where it is to be started; where that is, and its folder there."""
    root = bare_root(BARE)
    if isinstance(root, str):
        say(f"Not started in a bare Debian: {root}")
        return Here(home), str(folder)
    shutil.copytree(folder, root.root / INSTALLED, symlinks=True)
    return root, f"/{INSTALLED}"


def main(folder: Path) -> None:
    """Check one folder and say what was seen."""
    no_strangers(folder)
    ending = ".exe" if sys.platform == "win32" else ""
    with tempfile.TemporaryDirectory(prefix="hmip-frozen-") as work:
        elsewhere, checkout = Path(work, "elsewhere"), Here(Path(work, "checkout"))
        for home in (elsewhere, checkout.home):
            home.mkdir()
        place, there = installed(folder.resolve(), elsewhere)
        complete(place, there)
        count = same_week(f"{there}/hmip{ending}", place, checkout)
        say(f"{count} commands in {place.name} said what the checkout's say, and nothing else")
        seen = window(f"{there}/hmip-desktop{ending}", place)
        say(f"Every page of the window opened there, {seen}, without a word")
    say(f"{folder.name}: {megabytes(folder):.0f} MB")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except Failed as failure:
        sys.exit(str(failure))
