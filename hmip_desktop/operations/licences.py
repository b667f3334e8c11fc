"""Whose work the program rests on, and under which licence each is passed on.

A frozen program carries the list of what went into it, written when it was frozen. In a checkout
the list is made at once, from the packages that are installed.
"""

import json
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib import metadata
from importlib.metadata import Distribution
from pathlib import Path

from hmip_desktop import __version__, paths
from hmip_desktop.casefile.engine import engine

PROGRAM = "hmip-desktop"
LIST = "shipped.json"
UNKNOWN = "unknown"

# What packages write for a licence, in the names of SPDX.
_SPDX = {
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "MIT License": "MIT",
    "OSI Approved :: BSD License": "BSD-3-Clause",
    "OSI Approved :: MIT License": "MIT",
    "PSFL": "PSF-2.0",
}
# Packages that name no licence, or not the one of their text; the text says which it is.
_BY_TEXT = {
    "click-default-group": "BSD-3-Clause",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyxform": "BSD-2-Clause",
    "sqlcipher3": "Zlib",
}
_QT = ("pyside6", "pyside6-essentials", "shiboken6")
_NAME = re.compile(r"[\w.-]+")
_TEXT = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


@dataclass(frozen=True)
class Shipped:
    """One thing that is passed on with the program."""

    name: str
    version: str
    licence: str
    text: str


def shipped() -> tuple[Shipped, ...]:
    """Everything that is passed on with this program, by name."""
    written = paths.resource("licences", LIST)
    if written.is_file():
        return read_list(written)
    return in_order((*of_packages(required(PROGRAM)), *engines()))


def written_list(things: Iterable[Shipped]) -> str:
    """The list as a frozen program carries it."""
    return json.dumps([asdict(one) for one in in_order(things)], ensure_ascii=False, indent=1)


def read_list(path: Path) -> tuple[Shipped, ...]:
    """The list that a frozen program carries."""
    return tuple(Shipped(**one) for one in json.loads(path.read_text(encoding="utf-8")))


def as_text(things: Iterable[Shipped]) -> str:
    """All of it for people to read: what there is, then every text once."""
    found = in_order(things)
    lines = [f"{one.name} {one.version}: {one.licence}" for one in found]
    owners: dict[str, list[str]] = {}
    for one in found:
        owners.setdefault(one.text, []).append(one.name)
    texts = [f"{', '.join(names)}\n\n{text}\n" for text, names in owners.items()]
    return "\n".join([*lines, "", *(f"{'-' * 72}\n{text}" for text in texts)])


def in_order(things: Iterable[Shipped]) -> tuple[Shipped, ...]:
    """Each once, by name."""
    return tuple(sorted(set(things), key=lambda one: (one.name.casefold(), one.version)))


def required(name: str) -> set[str]:
    """A package and all that it needs, as far as it is installed: what is for other systems is not.

    What it needs only for its development is not counted.
    """
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = _plain(waiting.pop())
        if one in found or not (known := _installed(one)):
            continue
        found.add(one)
        for need in known.requires or ():
            wanted, _, condition = need.partition(";")
            if "extra" not in condition and (named := _NAME.match(wanted)):
                waiting.append(named[0])
    return found


def of_packages(names: Iterable[str]) -> tuple[Shipped, ...]:
    """What some installed packages are, with their licences."""
    known = (_installed(_plain(name)) for name in names)
    return tuple(_of_package(one) for one in known if one is not None)


def engines() -> tuple[Shipped, ...]:
    """What is inside the packages without being one, and Python itself."""
    versions = engine()
    return (
        Shipped("Python", sys.version.partition(" ")[0], "PSF-2.0", _pythons_text()),
        *_qt(),
        Shipped("SQLite", versions.sqlite, "blessing", "SQLite is in the public domain."),
        Shipped("SQLCipher", versions.sqlcipher, "BSD-3-Clause", _kept("SQLCipher")),
        Shipped("OpenSSL", versions.openssl, "Apache-2.0", _kept("Apache-2.0")),
    )


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(name: str) -> Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _of_package(package: Distribution) -> Shipped:
    name = package.metadata["Name"]
    if _plain(name) == PROGRAM:
        return Shipped(name, __version__, "MIT", _texts(package))
    text = _qts_text() if _plain(name) in _QT else _texts(package)
    return Shipped(name, package.version, _licence(package), text)


def _licence(package: Distribution) -> str:
    """The licence in the words of SPDX, wherever a package keeps it."""
    told = package.metadata
    if known := _BY_TEXT.get(_plain(told["Name"])):
        return known
    for field in ("License-Expression", "License"):
        said = next(iter(told.get_all(field) or ()), "").strip()
        if said and "\n" not in said and said != "UNKNOWN":
            return _SPDX.get(said, said)
    for line in told.get_all("Classifier") or ():
        kind, _, said = line.partition(" :: ")
        if kind == "License" and said in _SPDX:
            return _SPDX[said]
    return UNKNOWN


def _texts(package: Distribution) -> str:
    """The texts that a package brings, one below the other."""
    files = [one for one in package.files or () if ".dist-info" in str(one)]
    texts = [_read(Path(str(one.locate()))) for one in files if _TEXT.search(one.name)]
    return "\n\n".join(text for text in texts if text)


def _qt() -> tuple[Shipped, ...]:
    """Qt has the version of the package that brings it."""
    package = _installed("pyside6-essentials")
    return (Shipped("Qt", package.version, "LGPL-3.0-only", _qts_text()),) if package else ()


def _qts_text() -> str:
    return f"{_kept('LGPL-3.0')}\n\n{_kept('GPL-3.0')}"


def _pythons_text() -> str:
    """Python keeps its licence beside its modules or beside itself."""
    places = (Path(os.__file__).with_name("LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt"))
    return next((_read(one) for one in places if one.is_file()), sys.copyright)


def _kept(name: str) -> str:
    return _read(paths.resource("licences", f"{name}.txt"))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
