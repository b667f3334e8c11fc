"""Word, left beside a case file, of who has it open. SQLite's lock decides; this only tells."""

import contextlib
import getpass
import json
from pathlib import Path
from typing import NamedTuple

from hmip_desktop import computer

_LONGEST = 4096


class Word(NamedTuple):
    """Who has a file open, and on which computer."""

    who: str
    computer: str


def leave_word(path: Path) -> None:
    """Say beside a file who has it open."""
    with contextlib.suppress(OSError, KeyError):  # KeyError: a user whom the system has no name for
        word = _word()
        beside = _beside(path)
        beside.unlink(missing_ok=True)
        with beside.open("x", encoding="utf-8") as file:  # never through a link to another file
            file.write(json.dumps(word._asdict()))


def own_word() -> Word | None:
    """What this program would say; None where the system has no name for its user."""
    with contextlib.suppress(OSError, KeyError):
        return _word()
    return None


def is_left(path: Path) -> bool:
    """Whether there is a word of this program beside a file."""
    return read_word(path) == own_word()


def read_word(path: Path) -> Word | None:
    """Who said that they have a file open; None if nobody did."""
    beside = _beside(path)
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        if beside.is_file() and beside.stat().st_size < _LONGEST:
            word = json.loads(beside.read_text(encoding="utf-8"))
            return Word(str(word["who"]), str(word["computer"]))
    return None


def take_word_away(path: Path) -> None:
    """The file is open no longer."""
    with contextlib.suppress(OSError):
        _beside(path).unlink(missing_ok=True)


def _word() -> Word:
    return Word(getpass.getuser(), computer.name())


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.open")
