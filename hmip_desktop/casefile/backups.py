"""Dated copies of case files, kept where the settings say and thinned as they age.

They stay encrypted. Restoring one is a merge, so it cannot lose anything either. When the folder
that a user chose is away (a stick pulled out), copies go to the usual place.
"""

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hmip_desktop import paths, settings
from hmip_desktop.errors import Refused

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stem>.+)--(?P<at>\d{8}T\d{6}Z)\.hmip")


def keep(path: Path, now: datetime, copy_to: Callable[[Path], None]) -> Path:
    """Have a case file copied to a dated name among the backups; then thin its copies.

    Raises:
        Refused, OSError: the disk's reasons, from `copy_to`.
    """
    name = f"{_stem(path)}--{now.astimezone(UTC):{_STAMP}}.hmip"
    target = _copied(name, copy_to)
    for old in (*superfluous(_in(target.parent, path), now), *_half_made(target.parent, path)):
        old.unlink(missing_ok=True)
    return target


def folder() -> Path:
    """Where copies go now: the folder that the user chose while it is there, else the usual."""
    chosen = settings.load().backups
    return Path(chosen) if chosen and Path(chosen).is_dir() else paths.backups()


def folder_away() -> Path | None:
    """The folder that the user chose, when it is not there."""
    chosen = settings.load().backups
    return Path(chosen) if chosen and not Path(chosen).is_dir() else None


def has_one_of_today(path: Path, now: datetime) -> bool:
    """Whether a case file has a copy of today (UTC)."""
    today = now.astimezone(UTC).date()
    return any(when(copy).date() == today for copy in of(path))


def of(path: Path) -> tuple[Path, ...]:
    """The copies of one case file, oldest first."""
    return _in(folder(), path)


def everywhere(path: Path) -> tuple[Path, ...]:
    """The copies of one case file in the chosen folder and in the usual one, newest first.

    Where none was kept of a file in that place, the copies of files of the same name in other
    places: it may have been moved.
    """
    places = {folder(), paths.backups()}
    there = [one for place in places if place.is_dir() for one in place.iterdir()]
    named = {one: match["stem"] for one in there if (match := _NAME.fullmatch(one.name))}
    own = [one for one, stem in named.items() if stem == _stem(path)]
    same_name = [one for one, stem in named.items() if stem.rpartition("-")[0] == path.stem]
    return tuple(sorted(own or same_name, key=when, reverse=True))


def when(copy: Path) -> datetime:
    """The moment that a copy is of, as its name says."""
    match = _NAME.fullmatch(copy.name)
    text = match["at"] if match else "19700101T000000Z"
    return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)


def superfluous(copies: Iterable[Path], now: datetime) -> tuple[Path, ...]:
    """Which copies may go: all of the last day stay, then one a day for a month, one a week."""
    kept: set[tuple[int, ...]] = set()
    extra = []
    for copy in sorted(copies, reverse=True):
        at = when(copy)
        age = now - at
        if age < timedelta(days=1):
            continue
        weekly = age > timedelta(days=30)
        slot = (0, *at.isocalendar()[:2]) if weekly else (1, at.year, at.month, at.day)
        if slot in kept:
            extra.append(copy)
        kept.add(slot)
    return tuple(extra)


def _copied(name: str, copy_to: Callable[[Path], None]) -> Path:
    """A copy in the folder of now; in the usual place where that cannot be written to."""
    usual, chosen = paths.backups(), folder()
    if chosen != usual:
        with contextlib.suppress(Refused, OSError):
            copy_to(chosen / name)
            return chosen / name
    copy_to(usual / name)
    return usual / name


def _in(place: Path, path: Path) -> tuple[Path, ...]:
    stem = _stem(path)
    there = place.iterdir() if place.is_dir() else ()
    return tuple(sorted(p for p in there if (m := _NAME.fullmatch(p.name)) and m["stem"] == stem))


def _half_made(place: Path, path: Path) -> tuple[Path, ...]:
    """What is left of copies that were cut short. Whoever holds the file makes no two at once."""
    begun = f".{_stem(path)}--"
    return tuple(one for one in place.iterdir() if one.name.startswith(begun))


def _stem(path: Path) -> str:
    """The file's name and a short hash of where it lies: two `Inspector 1.hmip` stay apart."""
    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    return f"{path.stem}-{place}"
