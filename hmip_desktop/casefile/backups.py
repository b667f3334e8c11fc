"""Dated copies of case files, kept beside the settings and thinned as they age.

They stay encrypted. Restoring one is a merge, so it cannot lose anything either.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hmip_desktop import paths

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stem>.+)--(?P<at>\d{8}T\d{6}Z)\.hmip")


def keep(path: Path, now: datetime, copy_to: Callable[[Path], None]) -> Path:
    """Have a case file copied to a dated name among the backups; then thin its copies.

    Raises:
        Refused, OSError: the disk's reasons, from `copy_to`.
    """
    target = paths.backups() / f"{_stem(path)}--{now.astimezone(UTC):{_STAMP}}.hmip"
    copy_to(target)
    for old in superfluous(of(path), now):
        old.unlink(missing_ok=True)
    return target


def has_one_of_today(path: Path, now: datetime) -> bool:
    """Whether a case file has a copy of today (UTC)."""
    today = now.astimezone(UTC).date()
    return any(when.date() == today for when in map(_when, of(path)))


def of(path: Path) -> tuple[Path, ...]:
    """The copies of one case file, oldest first."""
    folder, stem = paths.backups(), _stem(path)
    if not folder.is_dir():
        return ()
    found = (p for p in folder.iterdir() if (m := _NAME.fullmatch(p.name)) and m["stem"] == stem)
    return tuple(sorted(found))


def superfluous(copies: Iterable[Path], now: datetime) -> tuple[Path, ...]:
    """Which copies may go: all of the last day stay, then one a day for a month, one a week."""
    kept: set[tuple[int, ...]] = set()
    extra = []
    for copy in sorted(copies, reverse=True):
        when = _when(copy)
        age = now - when
        if age < timedelta(days=1):
            continue
        weekly = age > timedelta(days=30)
        slot = (0, *when.isocalendar()[:2]) if weekly else (1, when.year, when.month, when.day)
        if slot in kept:
            extra.append(copy)
        kept.add(slot)
    return tuple(extra)


def _when(copy: Path) -> datetime:
    match = _NAME.fullmatch(copy.name)
    text = match["at"] if match else "19700101T000000Z"
    return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)


def _stem(path: Path) -> str:
    """The file's name and a short hash of where it lies: two `Inspector 1.hmip` stay apart."""
    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    return f"{path.stem}-{place}"
