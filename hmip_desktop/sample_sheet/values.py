"""What a cell of a known field says, in the one spelling that the program goes by."""

import re
from dataclasses import dataclass
from enum import StrEnum

from hmip_desktop.sample_sheet.dates import as_date, with_month_first
from hmip_desktop.sample_sheet.sheet import clean, tidy
from hmip_desktop.sample_sheet.spellings import REFERENCE

_ROSH = {
    "Low": ("l", "low", "low risk", "low rosh", "rlrh"),
    "Medium": ("m", "med", "medium", "medium risk", "medium rosh", "rmrh"),
    "High": ("h", "high", "high risk", "high rosh", "rhrh"),
    "Very high": (
        *("vh", "v h", "v high", "vhigh", "veryhigh", "very high"),
        *("very high risk", "very high rosh", "rvrh"),
    ),
}
_GENDER = {
    "Male": ("m", "male", "man"),
    "Female": ("f", "female", "woman"),
}
_SPELT = {
    name: {spelling: value for value, spellings in table.items() for spelling in spellings}
    for name, table in (("rosh", _ROSH), ("gender", _GENDER))
}
DATE = "sentence_date"
_WHOLE = re.compile(r"(\d+)\.0+")
_ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)


class Doing(StrEnum):
    """What was done to a value, or is wrong with it."""

    NOTHING = ""
    SPACES = "cell.spaces"
    NUMBER = "cell.number"
    SPELLING = "cell.spelling"
    DATE = "cell.date"
    NOT_A_DATE = "sample.date"
    ROUNDED = "sample.rounded"

    @property
    def stops(self) -> bool:
        """Whether a person must look at it first."""
        return self in (Doing.NOT_A_DATE, Doing.ROUNDED)


@dataclass(frozen=True)
class Value:
    """A value as it is taken; where a person must look, `mend` is what they may have meant."""

    text: str
    doing: Doing = Doing.NOTHING
    mend: str | None = None


def value_of(field: str, written: str) -> Value:
    """What is written in a cell, as the field wants it."""
    text = clean(written)
    known = _SPELT.get(field, {}).get(tidy(text))
    if field == REFERENCE:
        found = _reference(text)
    elif field == DATE:
        found = _date(text)
    else:
        found = Value(known or text, Doing.SPELLING if known not in (None, text) else Doing.NOTHING)
    if found.doing is Doing.NOTHING and text != written:
        return Value(found.text, Doing.SPACES)
    return found


def _reference(text: str) -> Value:
    if _ROUNDED.fullmatch(text):
        return Value(text, Doing.ROUNDED)
    whole = _WHOLE.fullmatch(text)
    return Value(whole[1], Doing.NUMBER) if whole else Value(text)


def _date(text: str) -> Value:
    found = as_date(text)
    if found:
        said = found.isoformat()
        return Value(said, Doing.NOTHING if said == text else Doing.DATE)
    if not any(sign.isdigit() for sign in text):
        return Value(text)  # such as "not known"
    meant = with_month_first(text)
    return Value(text, Doing.NOT_A_DATE, meant.isoformat() if meant else None)
