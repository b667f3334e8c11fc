"""Which versions of what the program consists of, for whoever helps."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass

from hmip_desktop import __version__, computer
from hmip_desktop.casefile.engine import engine
from hmip_desktop.language import mark


@dataclass(frozen=True)
class Part:
    """A part of the program and which version of it this is."""

    name: str
    version: str


def parts() -> Iterator[Part]:
    """The program first, then what it stands on; names are shown in the user's language."""
    database = engine()
    yield Part(mark("HMIP Desktop"), __version__)
    yield Part(mark("Python"), platform.python_version())
    yield Part(mark("SQLCipher"), database.sqlcipher)
    yield Part(mark("SQLite"), database.sqlite)
    yield Part(mark("OpenSSL"), database.openssl)


def system() -> str:
    """The operating system and the kind of processor."""
    return f"{computer.system()}, {computer.machine()}"
