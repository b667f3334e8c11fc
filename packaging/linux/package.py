"""The frozen program for Linux as a tar.gz and as a .deb, the same bytes from the same folder.

`package.py FROZEN OUT`. The tar.gz is unpacked anywhere and brings `install.sh`, which puts the
program into the user's own menu; the .deb is for whoever runs the computers.
"""

import gzip
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from hmip_desktop import __version__  # noqa: E402
from hmip_desktop.operations import licences  # noqa: E402

NAME = "hmip-desktop"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
PROGRAMS = ("hmip", "hmip-desktop")
CONTROL = """Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: libcups2 | libcups2t64, libwayland-client0, libwayland-cursor0
Section: misc
Priority: optional
Description: case assessment for probation inspections, offline
 Walk through the questions of each case, keep the answers in an encrypted
 case file, merge the files of a team and compute the scores of an inspection.
"""
# Whoever hosts the project says who looks after its packages.
MAINTAINER = os.environ.get("HMIP_MAINTAINER", "HMIP Desktop <nobody@localhost>")
# Menus and file managers learn of the program, and forget it again.
TRIGGERED = """#!/bin/sh
set -e
if command -v update-desktop-database >/dev/null; then
    update-desktop-database -q /usr/share/applications || true
fi
if command -v update-mime-database >/dev/null; then
    update-mime-database /usr/share/mime || true
fi
if command -v gtk-update-icon-cache >/dev/null && [ -e /usr/share/icons/hicolor/index.theme ]; then
    gtk-update-icon-cache -q -t /usr/share/icons/hicolor || true
fi
"""


def committed() -> int:
    """When this was last committed, in seconds: the one time that a package may hold."""
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(git, capture_output=True, text=True, check=False)  # noqa: S603
    return int(done.stdout.strip() or os.environ.get("SOURCE_DATE_EPOCH", "1700000000"))


def machine() -> str:
    """The kind of computer, as Linux calls it."""
    return os.uname().machine


def tar(frozen: Path, out: Path) -> Path:
    """The folder with what a desktop needs to know, as a tar.gz."""
    top = f"{NAME}-{__version__}"
    path = out / f"{top}-linux-{machine()}.tar.gz"
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, top)
        shutil.copytree(frozen, folder, symlinks=True)
        desktop = folder / "desktop"
        desktop.mkdir()
        for source in (HERE / f"{NAME}.desktop", HERE / "hmip.xml", icon()):
            shutil.copyfile(source, desktop / source.name)
        shutil.copy(HERE / "install.sh", folder / "install.sh")
        shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
        (folder / "LICENCES.txt").write_text(notices(frozen), encoding="utf-8")
        shutil.copyfile(ROOT / "CHANGELOG.md", folder / "CHANGELOG.md")
        _pack(folder, path)
    return path


def deb(frozen: Path, out: Path) -> Path:
    """The same as a Debian package."""
    architecture = ARCHITECTURES[machine()]
    path = out / f"{NAME}_{__version__}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as work:
        root = Path(work, "root")
        _lay_out(frozen, root)
        files = [one for one in root.rglob("*") if one.is_file() and not one.is_symlink()]
        control = CONTROL.format(
            name=NAME,
            version=__version__,
            architecture=architecture,
            maintainer=MAINTAINER,
            kilobytes=sum(one.stat().st_size for one in files) // 1024,
            depends=", ".join(needs()),
        )
        about = root / "DEBIAN"
        about.mkdir()
        (about / "control").write_text(control, encoding="utf-8")
        for name in ("postinst", "postrm"):
            (about / name).write_text(TRIGGERED, encoding="utf-8")
            (about / name).chmod(0o755)
        _same_dates(root)
        subprocess.run(  # noqa: S603
            ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, path],  # noqa: S607
            env=dict(os.environ, SOURCE_DATE_EPOCH=str(committed())),
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return path


def needs() -> list[str]:
    """The packages that the program takes from the system."""
    lines = (HERE / "needs").read_text(encoding="utf-8").splitlines()
    return [
        f"libc6 (>= {platform.libc_ver()[1]})",
        *(line for line in lines if line and not line.startswith("#")),
    ]


def notices(frozen: Path) -> str:
    """The licences of everything that is shipped."""
    (path,) = frozen.rglob(f"resources/licences/{licences.LIST}")
    return licences.as_text(licences.read_list(path))


def icon() -> Path:
    """The program's picture, at any size."""
    return ROOT / "resources" / "icons" / f"{NAME}.svg"


def _lay_out(frozen: Path, root: Path) -> None:
    """The folders of an installed Debian package."""
    share = root / "usr" / "share"
    shutil.copytree(frozen, root / "usr" / "lib" / NAME, symlinks=True)
    for program in PROGRAMS:
        link = root / "usr" / "bin" / program
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(f"../lib/{NAME}/{program}")
    for source, place in (
        (HERE / f"{NAME}.desktop", share / "applications"),
        (HERE / "hmip.xml", share / "mime" / "packages"),
        (icon(), share / "icons" / "hicolor" / "scalable" / "apps"),
    ):
        place.mkdir(parents=True)
        shutil.copyfile(source, place / source.name)
    documents = share / "doc" / NAME
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(notices(frozen), encoding="utf-8")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (documents / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=0))


def _same_dates(folder: Path) -> None:
    """Files that are as old as the last commit, and that everybody may read."""
    when = committed()
    for one in (folder, *folder.rglob("*")):
        os.utime(one, (when, when), follow_symlinks=False)
        if not one.is_symlink():
            one.chmod(0o755 if one.is_dir() or one.stat().st_mode & 0o100 else 0o644)


def _pack(folder: Path, path: Path) -> None:
    """A folder as a tar.gz without names of users and without any date but the commit's."""
    when = committed()

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = when
        member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
        return member

    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for one in (folder, *sorted(folder.rglob("*"))):
            name = str(one.relative_to(folder.parent))
            archive.add(one, name, recursive=False, filter=plain)


def main(frozen: Path, out: Path) -> None:
    """Make both."""
    out.mkdir(parents=True, exist_ok=True)
    for made in (tar(frozen, out), deb(frozen, out)):
        sys.stdout.write(f"{made}: {made.stat().st_size / 1_000_000:.1f} MB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
