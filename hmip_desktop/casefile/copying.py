"""A case file copied through its open connection, read back before it gets its name."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop.casefile import opening, rows
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr


def copy(source: Any, key: str, target: Path) -> None:
    """Copy the file behind an open connection to `target`, with the same key and salt.

    Raises:
        Refused: DISK; whatever stood at `target` stands there still.
    """
    part = target.with_name(f".{target.name}.part")
    with kindly(target):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            part.touch(mode=0o600)  # as a case file is made: for its owner only
            _write(source, key, part)
            if not _reads_back(source, key, part):
                sentence = tr(
                    "{file} could not be read back; use another disk or stick.", file=target.name
                )
                raise Refused(Code.DISK, sentence)
            # What SQLite set aside for an earlier file of this name would spoil the new one.
            _set_aside_for(target).unlink(missing_ok=True)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
            _set_aside_for(part).unlink(missing_ok=True)


def _set_aside_for(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _write(source: Any, key: str, part: Path) -> None:
    copy = sqlcipher.connect(str(part), isolation_level=None)
    try:
        opening.prepare(copy, key)
        copy.execute("pragma synchronous = EXTRA")
        source.backup(copy)
    finally:
        copy.close()


def _reads_back(source: Any, key: str, part: Path) -> bool:
    copy = sqlcipher.connect(f"{part.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        opening.prepare(copy, key)
        whole = not copy.execute("pragma cipher_integrity_check").fetchall()
        same = rows.entry_ids(copy) == rows.entry_ids(source)
        return whole and same
    finally:
        copy.close()
