"""Proportions in the words of reports: one phrase for each range, from a table of its own."""

import csv
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from hmip_desktop import paths
from hmip_desktop.errors import Fault
from hmip_desktop.scoring import whole_percent

_LAST = 100


@dataclass(frozen=True)
class Phrase:
    """The words for whole percentages from `low` to `high`, both included."""

    low: int
    high: int
    words: str


def phrases(path: Path | None = None) -> tuple[Phrase, ...]:
    """The table of phrases, from the lowest range to the highest."""
    table = path or paths.resource("words", "proportions.csv")
    with table.open(encoding="utf-8", newline="") as file:
        found = tuple(
            Phrase(int(row["from_percent"]), int(row["to_percent"]), row["phrase"].strip())
            for row in csv.DictReader(file)
        )
    return checked(found)


def checked(table: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
    """The same table, if each percentage from 0 to 100 has exactly one phrase."""
    covered = [percent for one in table for percent in range(one.low, one.high + 1)]
    if covered != list(range(_LAST + 1)) or not all(one.words for one in table):
        raise Fault("The table of words for proportions has a gap, an overlap or an empty phrase.")
    return table


def in_words(share: Fraction | None, table: tuple[Phrase, ...]) -> str:
    """A share in words; empty where there is none. Only 0 is none, and only 1 is all."""
    if share is None:
        return ""
    percent = whole_percent(share)
    if 0 < share < 1:
        percent = min(_LAST - 1, max(1, percent))
    return table[bisect_right([one.low for one in table], percent) - 1].words
