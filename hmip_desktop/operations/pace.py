"""Whether the cases that are left fit into the working days that are left. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True)
class Pace:
    """How many cases are left for how many working days, today included.

    `needed` is how many a day that makes, rounded up; 0 when no working day is left. `behind`
    says that it is more than an even share of all cases over all working days.
    """

    left: int
    days: int
    needed: int
    behind: bool


def pace(cases: int, signed_off: int, starts: str, ends: str, today: date) -> Pace | None:
    """The pace of one person; None before the start, without dates, and when all is done."""
    first, last = _day(starts), _day(ends)
    left = cases - signed_off
    if first is None or last is None or today < first or left <= 0:
        return None
    every, days = working_days(first, last), working_days(today, last)
    if not every:
        return None
    behind = left * every > cases * days
    return Pace(left, days, -(-left // days) if days else 0, behind)


def working_days(first: date, last: date) -> int:
    """The days from Monday to Friday between two dates, both included."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(day.weekday() < _SATURDAY for day in days)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
