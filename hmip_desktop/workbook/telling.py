"""Answers and values as the conditions of Excel can tell them apart.

COUNTIFS knows no capitals, takes 01 for 1, 1/2 for a day and TRUE for a truth, and compares no
more than 255 letters. What it could confuse gets its place in the list: `a (1)` and `A (2)`.
"""

import re
from collections import Counter
from collections.abc import Sequence

from hmip_desktop.workbook.text import cut, fit

LONGEST = 120
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TAKEN_FOR_OTHERS = frozenset(
    {"true", "false", "am", "pm", "sept", *_MONTHS, *_DAYS, *(name[:3] for name in _MONTHS + _DAYS)}
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_WHOLE = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_OPERATORS = ("=", "<", ">", "#")


def told_apart(texts: Sequence[str]) -> tuple[str, ...]:
    """The texts, each shown so that a condition finds it and no other."""
    lines = [_line(text) for text in texts]
    alike = Counter(line.casefold() for line in lines)
    marked = tuple(
        line if _is_plain(line) and alike[line.casefold()] == 1 else _numbered(line, number)
        for number, line in enumerate(lines, 1)
    )
    if len({text.casefold() for text in marked}) == len(marked):
        return marked
    return tuple(_numbered(line, number) for number, line in enumerate(lines, 1))


def _line(text: str) -> str:
    """One line of bearable length; what begins like a comparison stands in quotation marks."""
    line = cut(" ".join(fit(text).split()), LONGEST, "…")
    return f"“{line}”" if line.startswith(_OPERATORS) else line


def _is_plain(line: str) -> bool:
    """Whether Excel can take it for nothing but a text, or for a plain whole number."""
    if _WHOLE.fullmatch(line):
        return True
    words = (word.casefold() for word in _WORDS.findall(line))
    return any(word not in _TAKEN_FOR_OTHERS for word in words)


def _numbered(line: str, number: int) -> str:
    return f"{line} ({number})"
