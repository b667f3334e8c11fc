"""What went into the frozen program, with the licences: found from the files themselves."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from hmip_desktop.operations import licences
from hmip_desktop.operations.licences import UNKNOWN, Shipped

# Libraries of the system that are shipped, by how their files are called. One that is not here
# stops the release, until somebody has read its licence.
_OF_SYSTEM = {
    "libbz2": "bzip2-1.0.6",
    "libcrypto": "Apache-2.0",
    "libffi": "MIT",
    "liblzma": "0BSD",
    "libmpdec": "BSD-2-Clause",
    "libsqlite3": "blessing",
    "libuuid": "BSD-3-Clause",
    "libxcb": "MIT",
    "libxkbcommon": "MIT",
}


def went_in(entries: Iterable[tuple[str, str, str]]) -> tuple[Shipped, ...]:
    """Everything behind the files of a frozen program: packages, engines, libraries of the system.

    Entries are PyInstaller's: where a file goes, where it comes from, what kind it is.
    """
    found = list(entries)
    owners = metadata.packages_distributions()
    tops = {name.replace("\\", "/").partition("/")[0].partition(".")[0] for name, _, _ in found}
    packages = {owner for top in tops for owner in owners.get(top, ())}
    packages |= {licences.PROGRAM, "pyinstaller"}  # which starts the program
    libraries = (_of_system(Path(source)) for _, source, kind in found if kind == "BINARY")
    return licences.in_order(
        (
            *licences.of_packages(packages),
            *licences.engines(),
            *(one for one in libraries if one is not None),
        )
    )


def _of_system(file: Path) -> Shipped | None:
    """A library that comes from the system, if this is one."""
    source = file.resolve()
    if sys.platform != "linux" or source.is_relative_to(Path(sys.base_prefix).resolve()):
        return None
    if not str(source).startswith(("/usr/lib/", "/lib/")) or "site-packages" in source.parts:
        return None
    name = file.name.partition(".so")[0]
    licence = _OF_SYSTEM.get(name.partition("-")[0], UNKNOWN)
    version, text = _of_debian(source)
    return Shipped(name, version, licence, text)


def _of_debian(source: Path) -> tuple[str, str]:
    """The version and the licence that Debian's package of a file states."""
    if shutil.which("dpkg-query") is None:
        return "", ""
    owner = _asked("--search", str(source)) or _asked("--search", f"*{source.name}")
    package = owner.partition(": ")[0].partition(",")[0]
    said = Path("/usr/share/doc", package.partition(":")[0], "copyright")
    text = said.read_text(encoding="utf-8").strip() if said.is_file() else ""
    return _asked("--show", "--showformat=${Version}", package), text


def _asked(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        ["dpkg-query", *arguments],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()
