"""A table about the area inspected, as the lead brought it: texts and numbers, and their source."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeGuard

from hmip_desktop import bounds
from hmip_desktop.ids import Json

_FORM = re.compile(r"£?(#,##)?0(\.0{1,6})?%?")
_LARGEST = 10**15  # beyond that, neither Excel nor a float holds every digit


@dataclass(frozen=True)
class Number:
    """A number and how it is written, as Excel's formats say it: 0.128 as 0.0%; empty as it is."""

    value: int | float
    form: str = ""

    def __str__(self) -> str:
        if not self.form:
            return f"{self.value:.12g}"
        places = self.form.rstrip("%").partition(".")[2]
        is_share = self.form.endswith("%")
        exact = Decimal(repr(self.value)) * (100 if is_share else 1)
        rounded = exact.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
        digits = f"{rounded:{',' if ',' in self.form else ''}.{len(places)}f}"
        sign = "-" if digits.startswith("-") else ""
        pound = "£" if self.form.startswith("£") else ""
        return f"{sign}{pound}{digits.lstrip('-')}{'%' if is_share else ''}"


Value = str | Number


@dataclass(frozen=True)
class AreaTable:
    """A small table with its title; every row has as many values as there are headings."""

    title: str
    source: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def to_json(table: AreaTable) -> Json:
    """A table as a case file keeps it."""
    return {
        "title": table.title,
        "source": table.source,
        "headings": list(table.headings),
        "rows": [
            [[one.value, one.form] if isinstance(one, Number) else one for one in row]
            for row in table.rows
        ],
    }


def from_json(said: Mapping[str, Any]) -> AreaTable | None:
    """The table that a case file keeps; None for a shape that we do not know, or far too big."""
    title, source, headings, rows = (
        said.get(name) for name in ("title", "source", "headings", "rows")
    )
    if not (isinstance(title, str) and isinstance(source, str) and _are_texts(headings)):
        return None
    if not (isinstance(rows, list) and all(isinstance(row, list) for row in rows)):
        return None
    is_small = len(rows) <= bounds.AREA_ROWS and 0 < len(headings) <= bounds.AREA_COLUMNS
    if not is_small or any(len(row) != len(headings) for row in rows):
        return None
    values = tuple(tuple(map(_value, row)) for row in rows)
    return AreaTable(title, source, tuple(headings), values)


def _are_texts(said: Any) -> TypeGuard[list[str]]:
    return isinstance(said, list) and all(isinstance(one, str) for one in said)


def _value(said: Any) -> Value:
    """A value; what is neither a text nor a number of ours is left blank."""
    if isinstance(said, str):
        return said
    if isinstance(said, list) and len(said) == 2 and is_number(said[0]):
        return Number(said[0], said[1] if is_form(said[1]) else "")
    return ""


def is_number(said: Any) -> bool:
    """Whether it is a number that a cell can hold without losing any of it."""
    return type(said) in (int, float) and math.isfinite(said) and abs(said) < _LARGEST


def is_form(said: Any) -> bool:
    """Whether it is one of the formats that numbers are written in."""
    return isinstance(said, str) and bool(_FORM.fullmatch(said))


def differing(table: AreaTable, other: AreaTable) -> tuple[str, ...]:
    """The values of a table that the other has not, each as `Knowsley, Population: 145,900`."""
    if table.headings != other.headings or len(table.rows) != len(other.rows):
        return ()
    pairs = zip(table.rows, other.rows, strict=True)
    return tuple(said for row, beside in pairs for said in _in_row(table.headings, row, beside))


def _in_row(headings: Sequence[str], row: Sequence[Value], other: Sequence[Value]) -> list[str]:
    three = zip(headings, row, other, strict=True)
    return [f"{row[0]}, {head}: {value}" for head, value, beside in three if value != beside]
