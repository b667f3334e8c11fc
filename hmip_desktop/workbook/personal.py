"""What looks like a personal detail in what people typed: marked, and never changed. Pure.

It finds what can be told by its shape, and misses the rest: somebody reads the notes before
they are passed on.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from hmip_desktop import paths


class Detail(StrEnum):
    """What a text may hold."""

    NAME = "name"
    PHONE = "phone number"
    POSTCODE = "postcode"
    EMAIL = "e-mail address"
    NUMBER = "personal number"


_WORD = r"[A-Z][a-zà-ÿŵŷ'’\-]*[a-zà-ÿŵŷ]"
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|PC|DC|Sgt|Sir|Lady|Judge|HHJ)\b\.?\s+{_WORD}"
)
_INITIAL = re.compile(rf"\b[A-Z]\.\s?{_WORD}")
_CAPITALISED = re.compile(_WORD)
_SHAPES = {
    Detail.PHONE: re.compile(
        r"(?<![\d.])(?:\+\s?44[\s\-]?(?:\(0\))?|\(?0)(?:[\s()\-]?\d){9,10}(?![\d])"
    ),
    Detail.POSTCODE: re.compile(
        r"\b(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)\s?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE
    ),
    Detail.EMAIL: re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    # National Insurance, NHS (three groups of digits) and Police National Computer numbers.
    Detail.NUMBER: re.compile(
        r"\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b"
        r"|\b\d{3}\s\d{3}\s\d{4}\b|\b(?:19|20)?\d{2}/\d{5,7}[A-Z]\b"
    ),
}


def given_names() -> frozenset[str]:
    """The given names that the check knows, in small letters."""
    text = paths.resource("words", "given-names.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))


def details(text: str, names: Iterable[str] = ()) -> tuple[Detail, ...]:
    """What a text looks as if it held, each sort once, in the order of `Detail`."""
    found = [kind for kind, shape in _SHAPES.items() if shape.search(text)]
    if _names_somebody(text, frozenset(names)):
        found.append(Detail.NAME)
    return tuple(kind for kind in Detail if kind in found)


def _names_somebody(text: str, names: frozenset[str]) -> bool:
    if _TITLED.search(text) or _INITIAL.search(text):
        return True
    return any(word.casefold() in names for word in _CAPITALISED.findall(text))
