"""Installs the .deb and unpacks the tar.gz in a bare Debian, runs both, and removes them again.

`check_packages.py FOLDER`. Nothing of the program may be left but what its user made.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging" / "frozen")]

from places import BareRoot, bare_root  # noqa: E402

from hmip_desktop import __version__  # noqa: E402

BARE = ROOT / "build" / "bare" / "root"
DEB, TAR = "hmip-desktop_*.deb", "hmip-desktop-*-linux-*.tar.gz"
KEPT_BY_DPKG = ("var/lib/dpkg/", "var/log/")


def say(words: str) -> None:
    """Tell whoever builds."""
    sys.stdout.write(words + "\n")


def files(root: Path) -> set[str]:
    """Everything in a bare root but the package manager's own records."""
    found = (str(one.relative_to(root)) for one in root.rglob("*"))
    return {one for one in found if not one.startswith(KEPT_BY_DPKG)}


def as_administrator(place: BareRoot, *command: str) -> None:
    """Run a command in the bare root with all rights."""
    done = subprocess.run(  # noqa: S603
        ["chroot", place.root, *command],  # noqa: S607
        capture_output=True,
        text=True,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"},
        check=False,
    )
    if done.returncode or done.stderr:
        sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")


def works(place: BareRoot, folder: str) -> None:
    """See that both programs of a folder start and say what they should."""
    told = place.run(f"{folder}hmip", "--version")
    if told.out != f"hmip, version {__version__}\n" or told.err:
        sys.exit(f"{folder}hmip --version: {told}")
    said = place.run(f"{folder}hmip-desktop", "--smoke-test")
    if said.status or said.out or said.err:
        sys.exit(f"{folder}hmip-desktop: {said}")


def try_deb(place: BareRoot, package: Path) -> None:
    """Install the Debian package, run it, remove it."""
    before = files(place.root)
    brought = place.root / "root" / package.name
    brought.write_bytes(package.read_bytes())
    as_administrator(place, "dpkg", "--install", f"/root/{package.name}")
    brought.unlink()
    works(place, "")
    for made in ("share/applications/hmip-desktop.desktop", "share/mime/packages/hmip.xml"):
        if not (place.root / "usr" / made).is_file():
            sys.exit(f"The package brings no {made}.")
    as_administrator(place, "dpkg", "--purge", "hmip-desktop")
    _nothing_left(place, before)
    say(f"{package.name}: installed, started and removed in {place.name}; nothing is left")


def try_tar(place: BareRoot, archive: Path) -> None:
    """Unpack the archive as a user, put it into the menu, run it, take it out again."""
    before = files(place.root)
    brought = place.home / archive.name
    brought.write_bytes(archive.read_bytes())
    steps = (
        ("tar", "-xzf", archive.name),
        (f"hmip-desktop-{__version__}/install.sh",),
    )
    for step in steps:
        if (said := place.run(*step)).status or said.err:
            sys.exit(f"{' '.join(step)}: {said}")
    works(place, ".local/bin/")
    place.run(f"hmip-desktop-{__version__}/install.sh", "--remove")
    place.run("rm", "-r", archive.name, f"hmip-desktop-{__version__}")
    _nothing_left(place, before)
    say(f"{archive.name}: unpacked, put into the menu, started and removed; nothing is left")


def _nothing_left(place: BareRoot, before: set[str]) -> None:
    left = {one for one in files(place.root) - before if not (place.root / one).is_dir()}
    of_users = str(Path("home/inspector/.cache"))
    if strangers := sorted(one for one in left if not one.startswith(of_users)):
        sys.exit("Left behind:\n" + "\n".join(strangers[:20]))


def main(folder: Path) -> None:
    """Try both packages of a folder."""
    place = bare_root(BARE)
    if isinstance(place, str):
        sys.exit(f"The packages were not tried: {place}")
    try_deb(place, next(folder.glob(DEB)))
    try_tar(place, next(folder.glob(TAR)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
