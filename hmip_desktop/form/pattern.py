"""Regular expressions of forms, which always come to an end.

A few letters of a pattern can keep Python's own matching busy for years. Here the places that a
part of a pattern leads to are found for all places at once, so that nothing is tried twice.
"""

import importlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

MOST_STEPS = 1_000_000
_READ: Any = importlib.import_module("re._parser")  # the reading is Python's, only not the search
_IS: dict[str, Callable[[str], bool]] = {
    "DIGIT": str.isdecimal,
    "SPACE": str.isspace,
    "WORD": lambda letter: letter.isalnum() or letter == "_",
}
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT"})


def found(pattern: str, text: str) -> bool:
    """Whether a pattern is found anywhere in a text, as `re.search` says.

    Raises:
        re.error: the pattern cannot be read, looks back or ahead, or takes too long.
    """
    return bool(_Search(text).after(_read(pattern), set(range(len(text) + 1))))


@lru_cache(maxsize=256)
def _read(pattern: str) -> Any:
    try:
        read = _READ.parse(pattern)
    except (OverflowError, RecursionError) as error:
        raise re.error("the pattern is too long") from error
    if read.state.flags & ~re.UNICODE:
        raise re.error("flags are not supported")
    return read


class _Search:
    """One text, and how many steps were taken in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._steps = 0

    def after(self, parts: Iterable[tuple[Any, Any]], places: set[int]) -> set[int]:
        """Where one may stand after the parts of a pattern, having begun at any of the places."""
        for name, what in parts:
            places = self._after_one(str(name), what, places)
        return places

    def _after_one(self, name: str, what: Any, places: set[int]) -> set[int]:
        self._steps += 1 + len(places)
        if self._steps > MOST_STEPS:
            raise re.error("the pattern takes too long")
        if name in _REPEATS:
            least, most, part = what
            return self._repeated(least, most, part, places)
        if name == "SUBPATTERN" and not (what[1] or what[2]):
            return self.after(what[3], places)
        if name == "BRANCH":
            return set().union(*(self.after(branch, places) for branch in what[1]))
        if name == "AT":
            return {place for place in places if self._is_at(str(what), place)}
        inside = {place for place in places if place < len(self._text)}
        return {place + 1 for place in inside if _fits(name, what, self._text[place])}

    def _repeated(self, least: int, most: int, part: Any, places: set[int]) -> set[int]:
        for _ in range(least):
            if not places:
                return set()
            places = self.after(part, places)
        reached, fresh = set(places), places
        for _ in range(most - least):
            fresh = self.after(part, fresh) - reached
            if not fresh:
                break
            reached |= fresh
        return reached

    def _is_at(self, name: str, place: int) -> bool:
        end = len(self._text)
        if name in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            return place == 0
        if name == "AT_END":
            return place == end or self._text[place:] == "\n"
        if name == "AT_END_STRING":
            return place == end
        before, behind = (
            0 <= at < end and _IS["WORD"](self._text[at]) for at in (place - 1, place)
        )
        return (before != behind) == (name == "AT_BOUNDARY")


def _fits(name: str, what: Any, letter: str) -> bool:
    """Whether one letter is what a part of a pattern wants."""
    if name == "LITERAL":
        return bool(ord(letter) == what)
    if name == "NOT_LITERAL":
        return bool(ord(letter) != what)
    if name == "ANY":
        return letter != "\n"
    if name == "RANGE":
        return bool(what[0] <= ord(letter) <= what[1])
    if name == "CATEGORY":
        kind = str(what).removeprefix("CATEGORY_")
        return _IS[kind.removeprefix("NOT_")](letter) != kind.startswith("NOT_")
    if name == "IN":
        among = any(_fits(str(kind), one, letter) for kind, one in what if str(kind) != "NEGATE")
        return among != (str(what[0][0]) == "NEGATE")
    raise re.error("looking back or ahead is not supported")
