"""Dated copies of case files, kept beside the settings and thinned as they age.

They stay encrypted. Restoring one is a merge, so it cannot lose anything either.
"""

import hashlib
import re
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hmip_desktop import paths

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stem>.+)--(?P<at>\d{8}T\d{6}Z)\.hmip")


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file's content, 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def keep(path: Path, now: datetime) -> Path:
    """Copy a case file to the backups, dated; then thin the copies of that file.

    Raises:
        OSError: the disk's reasons.
    """
    folder = paths.backups()
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{_stem(path)}--{now.astimezone(UTC):{_STAMP}}.hmip"
    shutil.copyfile(path, copy)
    for old in superfluous(of(path), now):
        old.unlink(missing_ok=True)
    return copy


def keep_daily(path: Path, now: datetime) -> Path | None:
    """A copy at the first opening of each day; None when there is one of today already."""
    today = now.astimezone(UTC).date()
    if any(when.date() == today for when in map(_when, of(path))):
        return None
    return keep(path, now)


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
        monthly = age > timedelta(days=30)
        slot = (0, *when.isocalendar()[:2]) if monthly else (1, when.year, when.month, when.day)
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
