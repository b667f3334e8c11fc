"""Opening a file that may come from a stranger's USB stick, in a safe order.

Key; is it ours; is it whole; is it of a version that we know; is its schema exactly the one
expected; only then may anybody write. The version is looked at before the schema, because the
schema of a newer file is by its nature not the expected one; nothing of the file's own (no
trigger, no view) runs before both are known.
"""

import contextlib
import errno
import os
from pathlib import Path, PurePath
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop.casefile import holder, migrations, placing, refusals
from hmip_desktop.casefile.passphrase import SALT_BYTES, Passphrase
from hmip_desktop.errors import Code, Refused, in_plain_words
from hmip_desktop.language import tr

APPLICATION_ID = 0x484D4950  # "HMIP"
PAGE = 4096
LARGEST = 1 << 30  # bytes; a whole inspection takes ten million
PLAIN_SQLITE = b"SQLite format 3\x00"
SUFFIX = placing.SUFFIX

# The files that this process holds. A lock of POSIX belongs to the process and falls when any
# handle on the file is closed, so a held file must never be opened a second time, not even to
# read its first bytes. There is one process, hence one such set.
_HELD: set[Path] = set()


def salt_of(path: Path) -> bytes:
    """The first bytes of a case file, from which its key is derived.

    Raises:
        Refused: FILE_MISSING, FILE_NOT_OURS or FILE_DAMAGED when it cannot be a case file;
            FILE_IN_USE when this very program holds it.
    """
    try:
        if path.resolve() in _HELD:
            raise refusals.open_here(path)  # before touching it: see `_HELD`
        size = path.stat().st_size
        if path.is_dir():
            raise refusals.is_a_folder(path)
        if not path.is_file():
            raise refusals.not_ours(path)  # a pipe would be waited for, a device never ends
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
    except FileNotFoundError:
        sentence = tr(
            "There is no file {file} in {folder}.", file=path.name, folder=path.absolute().parent
        )
        raise Refused(Code.FILE_MISSING, sentence) from None
    except RuntimeError:  # a link that leads to itself
        raise refusals.not_ours(path) from None
    except OSError as error:
        sentence = tr("{file} cannot be read ({why}).", file=path.name, why=in_plain_words(error))
        code = Code.DISK if error.errno == errno.EIO else Code.FILE_MISSING
        raise Refused(code, sentence) from error
    if head.startswith(PLAIN_SQLITE) or not PAGE <= size <= LARGEST:
        raise refusals.not_ours(path)
    if size % PAGE and not _was_cut_short(path):
        raise refusals.damaged(path)
    return head


def require_free(path: Path) -> None:
    """Make sure that nobody else works in a file; its passphrase is not needed for that.

    Whoever holds a file lets nobody read even its first page, and says so before anybody could
    find that this connection has no key. Nothing is written.

    Raises:
        Refused: FILE_IN_USE.
    """
    with contextlib.suppress(sqlcipher.DatabaseError):  # what else is wrong, opening says better
        connection = sqlcipher.connect(
            address(path.absolute(), "ro"), uri=True, isolation_level=None, timeout=0
        )
        connection.execute("pragma cipher_log_level = NONE")
        look_in(connection, path)


def look_in(connection: Any, path: Path) -> None:
    """Read the first page of a file, and close it again.

    Raises:
        Refused: FILE_IN_USE when somebody is writing in it. What else is wrong with it is for
            whoever opens it to say.
    """
    try:
        connection.execute("select count(*) from sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        if refusals.is_busy(error):
            raise refusals.in_use(path) from error
    finally:
        connection.close()


def journal_of(path: Path) -> Path:
    """Where SQLite sets aside what a writing changes, for as long as a file is open."""
    return path.with_name(f"{path.name}-journal")


def _was_cut_short(path: Path) -> bool:
    """Whether SQLite set something aside, with which it can make a file whole again."""
    try:
        return journal_of(path).stat().st_size > 0
    except OSError:
        return False


def address(path: PurePath, mode: str) -> str:
    """How SQLite is told which file to open; it takes no server's name from an address."""
    uri = path.as_uri()
    if not uri.startswith("file:///"):  # a folder of a network, as Windows has them
        uri = uri.replace("file:", "file://", 1)
    return f"{uri}?mode={mode}"


def connect(path: Path, passphrase: Passphrase, salt: bytes, *, write: bool) -> Any:
    """A keyed connection to a file, with every defence switched on.

    Raises:
        Refused: when the file cannot be opened at all.
    """
    mode = "rw" if write else "ro"
    uri = address(path.absolute(), mode)
    try:
        connection = sqlcipher.connect(uri, uri=True, isolation_level=None, timeout=1)
    except sqlcipher.OperationalError as error:
        raise refusals.world(error, path) from error
    prepare(connection, passphrase.key(salt))
    return connection


def prepare(connection: Any, key: str) -> None:
    """Key a connection and set what must hold on each one."""
    for pragma in (
        "cipher_log_level = NONE",
        f'key = "{key}"',
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "temp_store = MEMORY",
        "recursive_triggers = ON",
        "foreign_keys = ON",
    ):
        connection.execute(f"pragma {pragma}")


def hold(connection: Any, path: Path) -> None:
    """Take a file for writing, alone, until `let_go`; leave word who has it."""
    for statement in (
        "pragma locking_mode = EXCLUSIVE",
        "pragma synchronous = EXTRA",
        "begin exclusive",
        "commit",
    ):
        connection.execute(statement)
    _HELD.add(path.resolve())
    holder.leave_word(path)


def takes_nothing(connection: Any, path: Path) -> bool:
    """Whether nothing can be saved in a file that is held: a stick that is write-protected, say.

    SQLite tells only when it first writes. Where no word could be left beside the file either, a
    writing that changes nothing is tried and taken back.
    """
    if holder.is_left(path) and os.access(path, os.W_OK):
        return False
    version = connection.execute("pragma user_version").fetchone()[0]
    connection.execute("begin immediate")
    try:
        connection.execute(f"pragma user_version = {version:d}")
    except sqlcipher.DatabaseError as error:
        return refusals.is_read_only(error)
    finally:
        with contextlib.suppress(sqlcipher.DatabaseError):
            connection.execute("rollback")
    return False


def let_go(connection: Any, path: Path, *, holds: bool) -> None:
    """Close a connection; when it held the file, take the word away as well."""
    connection.close()
    if holds and path.resolve() in _HELD:
        _HELD.discard(path.resolve())
        holder.take_word_away(path)


def recover(path: Path, passphrase: Passphrase, salt: bytes) -> None:
    """Take back a writing that a crash cut short, so that the file is whole again.

    Only SQLite can do that, and only on a connection that may write. A file of which nothing was
    cut short is not touched.

    Raises:
        Refused: FILE_IN_USE when somebody is writing in it at this moment.
    """
    if not _was_cut_short(path):
        return
    look_in(connect(path, passphrase, salt, write=True), path)


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
        if "not a database" not in str(error):
            raise refusals.world(error, path) from error
        raise (refusals.damaged(path) if same_salt else refusals.wrong_passphrase(path)) from error
    try:
        _examine_inside(connection, path)
    except sqlcipher.DatabaseError as error:
        raise refusals.world(error, path) from error


def _examine_inside(connection: Any, path: Path) -> None:
    if connection.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
        raise refusals.not_ours(path)
    if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
        raise refusals.damaged(path)
    applied = _applied(connection, path)
    known = migrations.names()
    if not set(applied) <= set(known):
        raise refusals.newer(path)
    if applied != known[: len(applied)] or not applied:
        raise refusals.strange(path)
    if migrations.schema_of(connection) != migrations.expected_schema(len(applied)):
        raise refusals.strange(path)


def _applied(connection: Any, path: Path) -> tuple[str, ...]:
    table = migrations.MIGRATIONS.migrations_table
    kind = connection.execute("select type from sqlite_master where name = ?", (table,)).fetchone()
    if kind != ("table",):
        raise refusals.not_ours(path)
    rows = connection.execute(f"select name from {table} order by id").fetchall()  # noqa: S608 ours
    return tuple(name for (name,) in rows)
