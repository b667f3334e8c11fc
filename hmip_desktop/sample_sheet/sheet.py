"""A table as it stands in a person's own file, before anybody has judged what it says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
_BETWEEN_WORDS = re.compile(r"[\s_\-./]+")


class Flaw(StrEnum):
    """Why a cell holds nothing that can be used, though it is not empty."""

    ERROR = "cell.error"
    UNCALCULATED = "cell.formula"
    DATED = "sample.dated"


@dataclass(frozen=True)
class Cell:
    """What a cell holds, as text. `DATED` is a flaw only where no date can stand.

    `form` is the format of a number or a date in Excel; empty for a text.
    """

    text: str = ""
    flaw: Flaw | None = None
    form: str = field(default="", compare=False)

    def __bool__(self) -> bool:
        return bool(clean(self.text) or self.flaw)


def text_cell(text: str) -> Cell:
    """A cell that holds a text, which can be the name of an error of Excel."""
    return Cell(text, Flaw.ERROR if text.strip().upper() in _ERRORS else None)


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet that are not empty, by the numbers that Excel shows."""

    name: str
    lines: tuple[tuple[int, tuple[Cell, ...]], ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @staticmethod
    def of(name: str, rows: Iterable[tuple[Cell, ...]]) -> "Sheet":
        """A sheet of rows that follow each other without a gap."""
        numbered = enumerate(rows, start=1)
        return Sheet(name, tuple((number, row) for number, row in numbered if any(row)))


def clean(text: str) -> str:
    """A text without the spaces that nobody sees: around it, doubled, non-breaking, of no width."""
    return _SPACES.sub(" ", text).strip()


def tidy(words: str) -> str:
    """Words for comparison: small letters, one space wherever people set a sign or a space."""
    return _BETWEEN_WORDS.sub(" ", clean(words)).strip().casefold()


def bare(words: str) -> str:
    """Words without what people set as they please: capitals, spaces, signs."""
    return "".join(filter(str.isalnum, words.casefold()))


def letter(column: int) -> str:
    """How Excel names a column counted from 0: A, B, … Z, AA."""
    first, last = divmod(column, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)
