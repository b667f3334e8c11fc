"""What is to be said about a table: what was done by itself, and what a person must mend."""

from collections.abc import Iterable
from dataclasses import dataclass

from hmip_desktop.errors import Problem
from hmip_desktop.language import tr_count


@dataclass(frozen=True)
class Remark:
    """One thing to say, with its place.

    Attributes:
        row: the number that Excel shows; that of the headings for a whole column, 0 for the sheet.
        column: counted from 0; None for a whole row.
        code: what it is, for programs.
        sentence: what it is, for people.
        stops: whether nothing can be taken in before a person has mended it.
        mend: the value proposed, or taken already where it does not stop; None without one.
        mend_is_to_leave_out: whether the proposal is to do without the row or column.
        asks: whether a person is asked, though it may stay as it is.
        may_change: whether the way out can also be to change what is there already.
    """

    row: int
    column: int | None
    code: str
    sentence: str
    stops: bool = False
    mend: str | None = None
    mend_is_to_leave_out: bool = False
    asks: bool = False
    may_change: bool = False

    def problem(self, sheet: str) -> Problem:
        """The same as a refusal lists it."""
        return Problem(sheet, self.row, self.code, self.sentence)


def notes_of(sheet: str, remarks: Iterable[Remark]) -> tuple[str, ...]:
    """What stops nothing, a line for each sort: the first place, and how many more."""
    sorts: dict[tuple[str, int | None, str], list[Remark]] = {}
    for remark in remarks:
        if not remark.stops:
            at = remark.column if remark.row and remark.code not in _ALIKE_EVERYWHERE else None
            asked = remark.sentence if remark.asks else ""
            sorts.setdefault((remark.code, at, asked), []).append(remark)
    return tuple(_note(sheet, alike) for alike in sorts.values())


_ALIKE_EVERYWHERE = frozenset({"cell.spaces"})


def _note(sheet: str, alike: list[Remark]) -> str:
    first, more = str(alike[0].problem(sheet)), len(alike) - 1
    if not more:
        return first
    return tr_count(
        "{first} (and {count} more like it)",
        "{first} (and {count} more like it)",
        more,
        first=first,
    )
