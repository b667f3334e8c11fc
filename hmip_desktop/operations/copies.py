"""The dated copies of a case file: which there are, and what one holds that the file lacks."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from hmip_desktop.casefile import backups, opening, records
from hmip_desktop.casefile.records import assessment_key
from hmip_desktop.errors import Refused
from hmip_desktop.merge import apply
from hmip_desktop.operations.reading import Reading


@dataclass(frozen=True)
class Copy:
    """A dated copy. Files of one inspection, and only they, have its salt in common."""

    path: Path
    at: datetime
    size: int
    salt: bytes = field(repr=False)


@dataclass(frozen=True)
class News:
    """What a copy holds that the open file does not: `answers` among the `entries`, and cases."""

    entries: int
    answers: int
    cases: tuple[str, ...]


def of(path: Path) -> tuple[Copy, ...]:
    """The dated copies of a file, newest first, whether or not the file is still there."""
    found = map(_looked_at, backups.everywhere(path))
    return tuple(one for one in found if one is not None)


def of_open_file(reading: Reading) -> tuple[Copy, ...]:
    """The dated copies of the open file, newest first; none of another inspection's."""
    document = reading.document
    return tuple(one for one in of(document.path) if one.salt == document.salt)


def news(reading: Reading, copy: Copy) -> News:
    """What merging a copy into the open file would bring.

    Raises:
        Refused: every way in which a file can be wrong.
    """
    document = reading.document
    about, bundle = apply.read(copy.path, document.passphrase, document.salt)
    apply.check_belongs(copy.path, about, document.about)
    new = apply.sort(document, about, bundle, ()).new
    keys = {assessment_key(entry.record) for entry in new}
    ids = {key.case for key in keys if key is not None}
    cases = sorted(one.reference for one in reading.contents.cases.values() if one.id in ids)
    answers = sum(entry.field.startswith(records.ANSWER) for entry in new)
    return News(len(new), answers, tuple(cases))


def _looked_at(path: Path) -> Copy | None:
    """A copy, unless it cannot be a case file at all."""
    try:
        salt, size = opening.salt_of(path), path.stat().st_size
    except (Refused, OSError):
        return None
    return Copy(path, backups.when(path), size, salt)
