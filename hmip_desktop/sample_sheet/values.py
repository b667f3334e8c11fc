"""What a cell of a known field says, in the one spelling that the program goes by."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from hmip_desktop.sample_sheet.dates import as_date, with_month_first
from hmip_desktop.sample_sheet.sheet import clean, tidy
from hmip_desktop.sample_sheet.spellings import REFERENCE

DATE = "sentence_date"
ROSH = "rosh"
_ROSH = {
    "Low": ("l", "low", "lrh", "rlrh", "isel"),
    "Medium": ("m", "med", "medium", "mrh", "rmrh", "canolig"),
    "High": ("h", "high", "hrh", "rhrh", "uchel"),
    "Very high": (
        *("vh", "v h", "v high", "vhigh", "veryhigh", "very high", "vhrh", "rvrh", "rvhrh"),
        *("very h", "uchel iawn"),
    ),
}
_AFTER_LEVEL = re.compile(r"( (risk|rosh|roh|of|serious|harm|level))+$")
_NO_LEVEL = frozenset(
    {
        *("", "?", "none", "nil", "none recorded", "not recorded", "no rosh", "missing", "blank"),
        *("not known", "unknown", "nk", "n k", "na", "n a", "not applicable", "not available"),
        *("not assessed", "not yet assessed", "not completed", "no assessment", "tbc"),
        *("heb ei gofnodi", "anhysbys"),
    }
)
_LONGEST_LEVEL = 30
_NEAR_LEVEL = 0.75
_GENDER = {
    "Male": ("m", "male", "man"),
    "Female": ("f", "female", "woman"),
}
_SPELT = {
    name: {spelling: value for value, spellings in table.items() for spelling in spellings}
    for name, table in ((ROSH, _ROSH), ("gender", _GENDER))
}
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
    UNKNOWN_LEVEL = "sample.rosh"

    @property
    def stops(self) -> bool:
        """Whether a person must look at it first."""
        return self in (Doing.NOT_A_DATE, Doing.ROUNDED)

    @property
    def asks(self) -> bool:
        """Whether a person is asked, though it may stay as it is."""
        return self is Doing.UNKNOWN_LEVEL


@dataclass(frozen=True)
class Value:
    """A value as it is taken; where a person must look, `mend` is what they may have meant."""

    text: str
    doing: Doing = Doing.NOTHING
    mend: str | None = None


def says_no_level(text: str) -> bool:
    """Whether words say that no RoSH level is known; an empty cell says nothing at all."""
    said = tidy(text)
    return bool(said) and said in _NO_LEVEL


def value_of(field: str, written: str) -> Value:
    """What is written in a cell, as the field wants it."""
    text = clean(written)
    if field == REFERENCE:
        found = _reference(text)
    elif field == DATE:
        found = _date(text)
    elif field == ROSH:
        found = _level(text)
    else:
        found = _spelt(text, _SPELT.get(field, {}).get(tidy(text), text))
    if found.doing is Doing.NOTHING and text != written:
        return Value(found.text, Doing.SPACES)
    return found


def _reference(text: str) -> Value:
    if _ROUNDED.fullmatch(text):
        return Value(text, Doing.ROUNDED)
    whole = _WHOLE.fullmatch(text)
    return Value(whole[1], Doing.NUMBER) if whole else Value(text)


def _spelt(text: str, known: str) -> Value:
    return Value(known, Doing.NOTHING if known == text else Doing.SPELLING)


def _level(text: str) -> Value:
    said = tidy(text)
    base = _AFTER_LEVEL.sub("", said)
    known = _SPELT[ROSH].get(base)
    if known:
        return _spelt(text, known)
    if said in _NO_LEVEL:
        return Value(text)
    return Value(text, Doing.UNKNOWN_LEVEL, _near_level(base))


def _near_level(base: str) -> str | None:
    """The level that was probably meant; of several that are joined, none."""
    if len(base) > _LONGEST_LEVEL:
        return None
    words = len(base.split())
    likely = [one for one in _SPELT[ROSH] if len(one.split()) == words]
    near = get_close_matches(base, likely, n=1, cutoff=_NEAR_LEVEL)
    return _SPELT[ROSH][near[0]] if near else None


def _date(text: str) -> Value:
    found = as_date(text)
    if found:
        said = found.isoformat()
        return Value(said, Doing.NOTHING if said == text else Doing.DATE)
    if not any(sign.isdigit() for sign in text):
        return Value(text)  # such as "not known"
    meant = with_month_first(text)
    return Value(text, Doing.NOT_A_DATE, meant.isoformat() if meant else None)
