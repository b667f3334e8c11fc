"""The line at the bottom of a table that counts the others, and is none of them."""

import re
from collections.abc import Sequence

_TOTAL = re.compile(
    r"((.+ )?(sub-? ?)?totals?( of)?( number of)?( cases)?|(number|no\.?|count) of cases"
    r"|cases *[:=]|cyfanswm)[ :=–-]*(?P<said>\d+)?( cases?)?|(?P<alone>\d+) cases",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+([.,]\d+)?%?")


def total_of(filled: Sequence[str], so_far: int | None) -> list[int] | None:
    """The numbers that a total states; None when the row is no total.

    A last row that holds nothing but the number of rows above it is one without saying so.
    """
    if not filled:
        return None
    if so_far and len(filled) == 1 and filled[0] == str(so_far):
        return [so_far]
    found = _TOTAL.fullmatch(filled[0])
    if not found or not all(_NUMBER.fullmatch(text) for text in filled[1:]):
        return None
    said = (found["said"], found["alone"], *filled[1:])
    return [int(text) for text in said if text and text.isdecimal()]
