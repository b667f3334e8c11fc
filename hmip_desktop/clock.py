"""Time comes in through here, so that a test can set it."""

from datetime import UTC, datetime
from typing import Protocol

from hmip_desktop import language


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


def from_stamp(text: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromisoformat(text)


def shown(text: str) -> str:
    """A stamp as people read it, in this computer's time zone: 22 Nov 2026 14:02."""
    moment = from_stamp(text).astimezone()
    return f"{language.day(moment.date())} {moment:%H:%M}"
