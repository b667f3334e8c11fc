"""Time comes in through here, so that a test can set it."""

import re
from datetime import UTC, datetime
from typing import Protocol

from hmip_desktop import language

# Years of four digits that have one before and one after them, in whatever time zone.
_STAMP = re.compile(r"[1-8]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """This moment, with its time zone (UTC)."""


class SystemClock:
    """The computer's own clock. Laptops' clocks are often wrong: nothing is decided by it."""

    def now(self) -> datetime:
        """This moment in UTC."""
        return datetime.now(UTC)


SYSTEM_CLOCK = SystemClock()


def stamp(moment: datetime) -> str:
    """The moment as files keep it: ISO 8601 in UTC to the millisecond, ending in Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def is_stamp(text: str) -> bool:
    """Whether a text is a moment as `stamp` writes it."""
    if not _STAMP.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def from_stamp(text: str) -> datetime:
    """The moment that `stamp` wrote; the beginning of 1970 where something else stands."""
    return datetime.fromisoformat(text) if is_stamp(text) else datetime.fromtimestamp(0, UTC)


def shown(text: str) -> str:
    """A stamp as people read it, in this computer's time zone: 22 Nov 2026 14:02."""
    if not is_stamp(text):
        return ""
    moment = from_stamp(text).astimezone()
    return f"{language.day(moment.date())} {moment:%H:%M}"
