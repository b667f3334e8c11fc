"""One case file, open: what it is, its journal, and the only way to add to it.

A document never crosses a thread: long work opens its own.
"""

import contextlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlcipher3 import dbapi2 as sqlcipher
from sqlite_utils import Database

from hmip_desktop import __version__, computer, paths
from hmip_desktop.casefile import backups, copying, migrations, opening, refusals, rows
from hmip_desktop.casefile.journal import Entry, Field, Journal, entry
from hmip_desktop.casefile.passphrase import Passphrase, fresh_salt
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.casefile.rows import About, Bundle, KeptForm, Session
from hmip_desktop.clock import SYSTEM_CLOCK, Clock, stamp
from hmip_desktop.errors import Code, Fault, Refused
from hmip_desktop.ids import FormHash, Json, MemberId, canonical
from hmip_desktop.language import tr


class Document:
    """An open case file. Make one with `create` or `open`, and close it (or use `with`)."""

    def __init__(
        self,
        path: Path,
        connection: Any,
        passphrase: Passphrase,
        salt: bytes,
        clock: Clock,
        *,
        holds: bool,
    ) -> None:
        self.path = path
        self.passphrase = passphrase
        self.salt = salt
        self._clock = clock
        self._holds = holds
        self._connection = connection
        self._session: Session | None = None
        self._seq = 0
        self._is_shaken = False
        self._has_journal = False
        with kindly(path):
            self.takes_nothing = holds and opening.takes_nothing(connection, path)
            self._file = _identity(path)
            self.about = rows.read_about(connection)
            self.journal = Journal(rows.read_entries(connection))
            # All of it is known from now on, whatever becomes of the disk.
            self._sessions = {one.id: one for one in rows.read_sessions(connection)}
            self._forms = {one.sha256: one for one in rows.read_forms(connection)}

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: Passphrase,
        about: About,
        *,
        salt: bytes | None = None,
        clock: Clock = SYSTEM_CLOCK,
    ) -> Self:
        """Make a new, empty case file by running every migration from the first.

        Raises:
            Refused: FILE_EXISTS when there is something at `path` already; DISK.
        """
        salt = salt or fresh_salt()
        with kindly(path):
            if path.exists():
                sentence = tr(
                    "{file} is already there in {folder}. Choose another name.",
                    file=path.name,
                    folder=path.absolute().parent,
                )
                raise Refused(Code.FILE_EXISTS, sentence)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # others on this computer need not even see it encrypted
            connection = sqlcipher.connect(str(path), isolation_level=None, timeout=1)
        try:
            with kindly(path):
                opening.prepare(connection, passphrase.key(salt))
                connection.execute(f"pragma application_id = {opening.APPLICATION_ID}")
                database = Database(connection, execute_plugins=False)
                migrations.MIGRATIONS.apply(database)
                rows.write_about(database, about)
                opening.hold(connection, path)
            return cls(path, connection, passphrase, salt, clock, holds=True)
        except BaseException:
            opening.let_go(connection, path, holds=True)
            path.unlink(missing_ok=True)
            raise

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: Passphrase,
        *,
        write: bool = True,
        right_salt: bytes | None = None,
        clock: Clock = SYSTEM_CLOCK,
    ) -> Self:
        """Open a case file in the safe order; for writing, hold it alone until closed.

        Writing that was cut short by a crash is taken back first. A file that another brings
        (`right_salt`: the salt of a file that this passphrase is known to open) is never
        written to, not even for that.

        Raises:
            Refused: every way in which a file can be wrong, each with its own code.
        """
        salt = opening.salt_of(path)
        if right_salt is None:
            opening.recover(path, passphrase, salt)
        connection = opening.connect(path, passphrase, salt, write=write)
        try:
            opening.examine(connection, path, same_salt=salt == right_salt)
            if write:
                with kindly(path):
                    opening.hold(connection, path)
                    _migrate(connection, path, passphrase.key(salt), clock)
            return cls(path, connection, passphrase, salt, clock, holds=write)
        except BaseException:
            opening.let_go(connection, path, holds=write)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. What was written is already on the disk."""
        opening.let_go(self._connection, self.path, holds=self._holds)

    @property
    def clock(self) -> Clock:
        """The clock that stamps its entries."""
        return self._clock

    def form(self, sha256: FormHash) -> Mapping[str, Any] | None:
        """The compiled questions of a form that this file keeps."""
        kept = self._forms.get(sha256)
        return kept.compiled if kept else None

    def write(self, author: MemberId, changes: Iterable[tuple[Field, Json]]) -> tuple[Entry, ...]:
        """Add an entry for each change, all or none; a value that already stands adds nothing.

        Each supersedes what stands for its field, so writing also settles a conflict.

        Raises:
            Refused: DISK, FILE_READ_ONLY, FILE_IN_USE; nothing was changed.
        """
        new = {field: value for field, value in changes if self._is_news(field, value)}
        if not new:
            return ()
        session = self._session or self._new_session()
        entries = self._entries(session, author, new)
        with self.transaction():
            rows.add_sessions(self._connection, [session])
            rows.add_entries(self._connection, entries)
        self._session, self._seq = session, self._seq + len(entries)
        self._sessions[session.id] = session
        self.journal.add(entries)
        return entries

    def _entries(
        self, session: Session, author: MemberId, new: Mapping[Field, Json]
    ) -> tuple[Entry, ...]:
        at = stamp(self._clock.now())
        try:
            return tuple(
                entry(
                    session.id,
                    self._seq + number,
                    at,
                    author,
                    field,
                    value,
                    (head.id for head in self.journal.standing(field).heads),
                )
                for number, (field, value) in enumerate(new.items(), start=1)
            )
        except UnicodeEncodeError as error:
            sentence = tr("A text holds half a letter and cannot be kept; paste it again.")
            raise Refused(Code.VALUE_UNUSABLE, sentence) from error

    def _is_news(self, field: Field, value: Json) -> bool:
        standing = self.journal.standing(field)
        return len(standing.heads) > 1 or canonical(standing.value) != canonical(value)

    def keep_form(self, form: KeptForm) -> None:
        """Keep a form; one already kept stays as it is."""
        with self.transaction():
            rows.add_forms(self._connection, [form])
        self._forms.setdefault(form.sha256, form)

    def bundle(self, wanted: Callable[[Entry], bool] = lambda _: True) -> Bundle:
        """What this file would bring to another: the wanted entries, their sessions, all forms."""
        entries = tuple(one for one in self.journal if wanted(one))
        used = {one.session for one in entries}
        sessions = {id_: one for id_, one in self._sessions.items() if id_ in used}
        return Bundle(sessions, dict(self._forms), entries)

    def take_in(self, bundle: Bundle) -> None:
        """Add rows from another file in one transaction that ends with a sanity check.

        Raises:
            Refused: the disk's reasons. Nothing was changed.
            Fault: the sum does not come out; nothing was changed.
        """
        new = tuple({one.id: one for one in bundle.entries if one.id not in self.journal}.values())
        with self.transaction():
            before = rows.count_entries(self._connection)
            rows.add_sessions(self._connection, bundle.sessions.values())
            rows.add_forms(self._connection, bundle.forms.values())
            rows.add_entries(self._connection, new)
            dangling = self._connection.execute("pragma foreign_key_check").fetchall()
            if rows.count_entries(self._connection) != before + len(new) or dangling:
                raise Fault("a merge does not add up; it was taken back whole")
        self._sessions = {**bundle.sessions, **self._sessions}
        self._forms = {**bundle.forms, **self._forms}
        self.journal.add(new)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside reaches the disk, or nothing of it does."""
        with kindly(self.path):
            self._require_in_place()
            self._connection.execute("begin immediate")
            try:
                yield
                self._connection.execute("commit")
                self._has_journal = opening.journal_of(self.path).exists()
            except BaseException as error:
                self._is_shaken = refusals.is_broken(error)
                with contextlib.suppress(sqlcipher.DatabaseError):
                    self._connection.execute("rollback")
                raise

    def _require_in_place(self) -> None:
        """Make sure that the file still lies where it was opened, and is reached.

        One that was deleted or replaced goes on taking what is written into it, and all of that
        would be gone when it is closed. SQLite looks only before its first writing. A stick that
        was pulled out and put in again is reached by a new connection only; and so is one whose
        rollback journal somebody tidied away, which a crash would find missing.
        """
        there = _identity_or_none(self.path)
        if there is None:
            raise refusals.gone(self.path)
        is_bare = self._has_journal and not opening.journal_of(self.path).exists()
        if self._is_shaken or is_bare or there != self._file:
            self._come_back()

    def _come_back(self) -> None:
        """Go on with what lies there now, if all that was ever written is in it.

        Raises:
            Refused: FILE_MISSING where it is another file or an older one; DISK; FILE_IN_USE.
        """
        self.close()
        self._is_shaken = True
        try:
            other = Document.open(self.path, self.passphrase, clock=self._clock)
        except Refused as refusal:
            said_best = refusal.code in (Code.DISK, Code.FILE_IN_USE, Code.FILE_READ_ONLY)
            raise refusal if said_best else refusals.gone(self.path) from refusal
        if other.about != self.about or any(one.id not in other.journal for one in self.journal):
            other.close()
            raise refusals.gone(self.path)
        theirs = other.bundle(lambda one: one.id not in self.journal)
        self._sessions = {**theirs.sessions, **self._sessions}
        self._forms = {**theirs.forms, **self._forms}
        self.journal.add(theirs.entries)
        self._connection = other._connection  # noqa: SLF001  from one of its kind to another
        self._file = other._file  # noqa: SLF001
        self._is_shaken = self._has_journal = False

    def damaged_pages(self) -> int:
        """How many pages do not fit their own checksum (SQLCipher's integrity check)."""
        with kindly(self.path):
            return len(self._connection.execute("pragma cipher_integrity_check").fetchall())

    def copy_to(self, target: Path) -> None:
        """Save a copy through this connection; an existing `target` is replaced whole.

        The file itself is never opened a second time: closing it again would drop the lock on
        it (POSIX locks belong to the process). Where it cannot be read any more, the copy is made
        of all that was read of it and written into it.

        Raises:
            Refused: DISK; whatever stood at `target` stands there still.
        """
        try:
            copying.copy(self._connection, self.passphrase.key(self.salt), target)
        except (Refused, sqlcipher.ProgrammingError):
            self._copy_from_memory(target)

    def _copy_from_memory(self, target: Path) -> None:
        def make(part: Path) -> None:
            with Document.create(
                part, self.passphrase, self.about, salt=self.salt, clock=self._clock
            ) as made:
                made.take_in(self.bundle())

        known = sorted(one.id for one in self.journal)
        copying.make(make, self.passphrase.key(self.salt), known, target)

    def back_up(self) -> Path:
        """Keep a dated copy where the settings say; where it lies now.

        Raises:
            Refused: DISK, naming the folder of backups.
        """
        try:
            return backups.keep(self.path, self._clock.now(), self.copy_to)
        except (Refused, OSError) as error:
            sentence = tr(
                "No safety copy could be made in {folder}. Nothing was changed.",
                folder=paths.backups(),
            )
            raise Refused(Code.DISK, sentence) from error

    def back_up_daily(self) -> None:
        """Keep a dated copy unless there is one of today.

        Raises:
            Refused: DISK, naming the folder of backups.
        """
        if not backups.has_one_of_today(self.path, self._clock.now()):
            self.back_up()

    def _new_session(self) -> Session:
        return Session(
            owner=self.about.owner,
            computer=computer.name(),
            program=__version__,
            opened_at=stamp(self._clock.now()),
            nonce=secrets.token_hex(16),
        )


def _identity(path: Path) -> tuple[int, int]:
    """Which file it is, whatever it is called: the same name may lead to another."""
    found = path.stat()
    return found.st_dev, found.st_ino


def _identity_or_none(path: Path) -> tuple[int, int] | None:
    try:
        return _identity(path)
    except OSError:
        return None


def _migrate(connection: Any, path: Path, key: str, clock: Clock) -> None:
    """Bring an older file up to date; a dated copy is kept first."""
    database = Database(connection, execute_plugins=False)
    if migrations.MIGRATIONS.pending(database):
        backups.keep(path, clock.now(), lambda to: copying.copy(connection, key, to))
        migrations.MIGRATIONS.apply(database)
