"""Opening a file that may come from a stranger's USB stick, in a safe order.

Key; is it ours; is it whole; is it of a version that we know; is its schema exactly the one
expected; only then may anybody write. The version is looked at before the schema, because the
schema of a newer file is by its nature not the expected one; nothing of the file's own (no
trigger, no view) runs before both are known.
"""

import contextlib
import getpass
import json
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop.casefile import migrations
from hmip_desktop.casefile.passphrase import SALT_BYTES, Passphrase
from hmip_desktop.errors import Code, Refused

APPLICATION_ID = 0x484D4950  # "HMIP"
PAGE = 4096
PLAIN_SQLITE = b"SQLite format 3\x00"
SUFFIX = ".hmip"


def salt_of(path: Path) -> bytes:
    """The first bytes of a case file, from which its key is derived.

    Raises:
        Refused: FILE_MISSING, FILE_NOT_OURS or FILE_DAMAGED when it cannot be a case file.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
    except FileNotFoundError:
        raise Refused(
            Code.FILE_MISSING, f"There is no file {path.name} in {path.absolute().parent}."
        ) from None
    except OSError as error:
        sentence = f"{path.name} cannot be read ({error.strerror})."
        raise Refused(Code.FILE_MISSING, sentence) from error
    if head.startswith(PLAIN_SQLITE) or size < PAGE:
        raise _not_ours(path)
    if size % PAGE:
        raise damaged(path)
    return head


def connect(path: Path, passphrase: Passphrase, salt: bytes, *, write: bool) -> Any:
    """A keyed connection to a file, with every defence switched on.

    Raises:
        Refused: when the file cannot be opened at all.
    """
    mode = "rw" if write else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        connection = sqlcipher.connect(uri, uri=True, isolation_level=None, timeout=1)
    except sqlcipher.OperationalError as error:
        raise world(error, path) from error
    prepare(connection, passphrase.key(salt))
    return connection


def prepare(connection: Any, key: str) -> None:
    """Key a connection and set what must hold on each one."""
    for pragma in (
        "cipher_log_level = NONE",
        f'key = "{key}"',
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "recursive_triggers = ON",
        "foreign_keys = ON",
    ):
        connection.execute(f"pragma {pragma}")


def hold(connection: Any, path: Path) -> None:
    """Take a file for writing, alone, until the connection is closed; leave word who has it."""
    for statement in (
        "pragma locking_mode = EXCLUSIVE",
        "pragma synchronous = EXTRA",
        "begin exclusive",
        "commit",
    ):
        connection.execute(statement)
    write_holder(path)


def examine(connection: Any, path: Path, *, same_salt: bool = False) -> None:
    """Make sure that a keyed connection holds a whole case file that this program knows.

    `same_salt` says that the key is known to be right, so that an unreadable file is damaged.

    Raises:
        Refused: PASSPHRASE_WRONG, FILE_NOT_OURS, FILE_DAMAGED, FILE_NEWER, FILE_STRANGE,
            FILE_IN_USE.
    """
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        if _is_busy(error):
            raise in_use(path) from error
        raise (damaged(path) if same_salt else _wrong_passphrase(path)) from error
    try:
        _examine_inside(connection, path)
    except sqlcipher.DatabaseError as error:
        raise world(error, path) from error


def _examine_inside(connection: Any, path: Path) -> None:
    if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
        raise _not_ours(path)
    if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)
    applied = _applied(connection, path)
    known = migrations.names()
    if not set(applied) <= set(known):
        sentence = (
            f"{path.name} was made by a newer version of this program. "
            "Ask the lead inspector for that version and open the file with it."
        )
        raise Refused(Code.FILE_NEWER, sentence)
    if applied != known[: len(applied)] or not applied:
        raise _strange(path)
    if migrations.schema_of(connection) != migrations.expected_schema(len(applied)):
        raise _strange(path)


def _applied(connection: Any, path: Path) -> tuple[str, ...]:
    table = migrations.MIGRATIONS.migrations_table
    kind = connection.execute("select type from sqlite_master where name = ?", (table,)).fetchone()
    if kind != ("table",):
        raise _not_ours(path)
    rows = connection.execute(f"select name from {table} order by id").fetchall()  # noqa: S608 ours
    return tuple(name for (name,) in rows)


@contextlib.contextmanager
def kindly(path: Path) -> Iterator[None]:
    """Turn what the disk or SQLite says into a sentence about the file at `path`."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        raise world(error, path) from error
    except OSError as error:
        sentence = f"{path.name} cannot be written ({error.strerror}). Nothing was changed."
        raise Refused(Code.DISK, sentence) from error


def world(error: Exception, path: Path) -> Refused:
    """The sentence for an error of SQLite. Its own words are never shown."""
    words = str(error)
    if _is_busy(error):
        return in_use(path)
    if "full" in words:
        sentence = f"The disk is full: {path.name} was not changed. Make room and try again."
        return Refused(Code.DISK, sentence)
    if "readonly" in words:
        sentence = (
            f"{path.name} is on a read-only disk or stick. Copy it to this computer and open it."
        )
        return Refused(Code.FILE_READ_ONLY, sentence)
    if "unable to open" in words:
        sentence = f"{path.name} cannot be opened in {path.absolute().parent}."
        return Refused(Code.FILE_MISSING, sentence)
    if "I/O" in words:
        sentence = (
            f"{path.name} cannot be reached any more; was a stick pulled out? Nothing was changed."
        )
        return Refused(Code.DISK, sentence)
    return damaged(path)


def damaged(path: Path) -> Refused:
    """The sentence for a damaged file."""
    sentence = (
        f"{path.name} is damaged. Ask its owner to hand it in again; "
        "their own copy is likely to be whole."
    )
    return Refused(Code.FILE_DAMAGED, sentence)


def in_use(path: Path) -> Refused:
    """The sentence for a file that another program has open, saying whose as far as known."""
    who = read_holder(path)
    by = f" by {who}" if who else " in another program"
    return Refused(Code.FILE_IN_USE, f"{path.name} is open{by}. Close it there and try again.")


def _is_busy(error: Exception) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _not_ours(path: Path) -> Refused:
    return Refused(Code.FILE_NOT_OURS, f"{path.name} is not a case file of this program.")


def _strange(path: Path) -> Refused:
    sentence = (
        f"{path.name} holds something that does not belong in a case file. "
        "It was not opened; ask its owner for a fresh copy."
    )
    return Refused(Code.FILE_STRANGE, sentence)


def _wrong_passphrase(path: Path) -> Refused:
    sentence = (
        f"The passphrase does not open {path.name}. Check capitals and spaces; if it is "
        "certainly right, the file belongs to another inspection or is damaged."
    )
    return Refused(Code.PASSPHRASE_WRONG, sentence)


def _holder_path(path: Path) -> Path:
    return path.with_name(f".{path.name}.open")


def write_holder(path: Path) -> None:
    """Leave word beside a file of who has it open. SQLite's lock decides; this only tells."""
    word = {"who": getpass.getuser(), "computer": platform.node()}
    with contextlib.suppress(OSError, KeyError):
        _holder_path(path).write_text(json.dumps(word), encoding="utf-8")


def read_holder(path: Path) -> str:
    """Who left word that they have a file open, such as `jo on LAPTOP-7`; empty if nobody."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        word = json.loads(_holder_path(path).read_text(encoding="utf-8"))
        return f"{word['who']} on {word['computer']}"
    return ""


def remove_holder(path: Path) -> None:
    """Take the word away again."""
    with contextlib.suppress(OSError):
        _holder_path(path).unlink(missing_ok=True)
