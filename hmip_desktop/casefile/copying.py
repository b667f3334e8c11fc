"""A case file copied through its open connection, read back before it gets its name."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop.casefile import opening, rows
from hmip_desktop.casefile.placing import part_of, put_in_place
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr


def copy(source: Any, key: str, target: Path) -> None:
    """Copy the file behind an open connection to `target`, with the same key and salt.

    Raises:
        Refused: DISK; whatever stood at `target` stands there still.
    """
    with kindly(target):
        known = rows.entry_ids(source)
    make(lambda part: _write(source, key, part), key, known, target)


def make(write: Callable[[Path], None], key: str, known: Sequence[str], target: Path) -> None:
    """Have a file written beside its place, read it back, and put it there.

    Args:
        write: makes the file.
        key: opens it.
        known: the names of all entries that it must have, sorted.
        target: its place.

    Raises:
        Refused: DISK; whatever stood at `target` stands there still.
    """
    part = part_of(target)
    with kindly(target):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            write(part)
            if not _reads_back(key, known, part):
                sentence = tr(
                    "{file} could not be read back; use another disk or stick.", file=target.name
                )
                raise Refused(Code.DISK, sentence)
            # What SQLite set aside for an earlier file of this name would spoil the new one.
            opening.journal_of(target).unlink(missing_ok=True)
            put_in_place(part, target)
        finally:
            part.unlink(missing_ok=True)
            opening.journal_of(part).unlink(missing_ok=True)


def _write(source: Any, key: str, part: Path) -> None:
    part.touch(mode=0o600)  # as a case file is made: for its owner only
    copy = sqlcipher.connect(str(part), isolation_level=None)
    try:
        opening.prepare(copy, key)
        copy.execute("pragma synchronous = EXTRA")
        source.backup(copy)
    finally:
        copy.close()


def _reads_back(key: str, known: Sequence[str], part: Path) -> bool:
    uri = opening.address(part.absolute(), "ro")
    copy = sqlcipher.connect(uri, uri=True, isolation_level=None)
    try:
        opening.prepare(copy, key)
        whole = not copy.execute("pragma cipher_integrity_check").fetchall()
        same = rows.entry_ids(copy) == list(known)
        return whole and same
    finally:
        copy.close()
