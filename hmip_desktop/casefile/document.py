"""One case file, open: what it is, its journal, and the only way to add to it.

A document never crosses a thread: long work opens its own.
"""

import contextlib
import json
import os
import platform
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlcipher3 import dbapi2 as sqlcipher
from sqlite_utils import Database

from hmip_desktop import __version__
from hmip_desktop.casefile import backups, migrations, opening
from hmip_desktop.casefile.journal import Entry, Field, Journal, entry
from hmip_desktop.casefile.passphrase import Passphrase, fresh_salt
from hmip_desktop.clock import SYSTEM_CLOCK, Clock, stamp
from hmip_desktop.errors import Code, Fault, Refused
from hmip_desktop.ids import (
    EntryId,
    FormHash,
    InspectionId,
    Json,
    MemberId,
    SessionId,
    canonical,
    content_hash,
)


@dataclass(frozen=True)
class About:
    """What a case file says of itself: its inspection, whose it is, and whether the lead's."""

    inspection: InspectionId
    owner: MemberId
    is_leads: bool


@dataclass(frozen=True)
class Session:
    """One opening of a file in which something was written. Named by its content."""

    owner: str
    computer: str
    program: str
    opened_at: str
    nonce: str

    @property
    def id(self) -> SessionId:
        """The hash of the rest: a fresh nonce each time makes it the only one."""
        fields = [self.owner, self.computer, self.program, self.opened_at, self.nonce]
        return SessionId(content_hash(fields))


@dataclass(frozen=True)
class KeptForm:
    """A form as a case file keeps it: the XLSForm as it came, and the compiled questions."""

    sha256: FormHash
    form_id: str
    version: str
    name: str
    xlsform: bytes
    compiled: Mapping[str, Any]

    @property
    def is_genuine(self) -> bool:
        """Whether the XLSForm is the one that the hash names."""
        return backups.fingerprint(self.xlsform) == self.sha256


@dataclass(frozen=True)
class Bundle:
    """What one file brings to another: all rows of the journal and the forms."""

    sessions: Mapping[SessionId, Session]
    forms: Mapping[FormHash, KeptForm]
    entries: tuple[Entry, ...]


class Document:
    """An open case file. Make one with `create` or `open`, and close it (or use `with`)."""

    def __init__(
        self, path: Path, connection: Any, passphrase: Passphrase, salt: bytes, clock: Clock
    ) -> None:
        self.path = path
        self.passphrase = passphrase
        self.salt = salt
        self._clock = clock
        self._connection = connection
        self._session: Session | None = None
        self._seq = 0
        self.about = self._read_about()
        self.journal = Journal(self._read_entries())

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
        if path.exists():
            sentence = f"{path.name} is already there in {path.parent}; choose another name."
            raise Refused(Code.FILE_EXISTS, sentence)
        salt = salt or fresh_salt()
        with opening.kindly(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlcipher.connect(str(path), isolation_level=None, timeout=1)
        try:
            with opening.kindly(path):
                opening.prepare(connection, passphrase.key(salt))
                connection.execute(f"pragma application_id = {opening.APPLICATION_ID}")
                database = Database(connection, execute_plugins=False)
                migrations.MIGRATIONS.apply(database)
                database.table("document").insert_all(
                    [
                        {"key": "inspection", "value": about.inspection},
                        {"key": "owner", "value": about.owner},
                        {"key": "kind", "value": "lead" if about.is_leads else "assessor"},
                    ]
                )
                opening.hold(connection, path)
            return cls(path, connection, passphrase, salt, clock)
        except BaseException:
            connection.close()
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

        `right_salt` is the salt of a file that this passphrase is known to open.

        Raises:
            Refused: every way in which a file can be wrong, each with its own code.
        """
        salt = opening.salt_of(path)
        reader = opening.connect(path, passphrase, salt, write=False)
        try:
            opening.examine(reader, path, same_salt=salt == right_salt)
            if not write:
                return cls._read(path, reader, passphrase, salt, clock)
        except BaseException:
            reader.close()
            raise
        reader.close()
        return cls._open_for_writing(path, passphrase, salt, clock)

    @classmethod
    def _read(
        cls, path: Path, reader: Any, passphrase: Passphrase, salt: bytes, clock: Clock
    ) -> Self:
        with opening.kindly(path):
            return cls(path, reader, passphrase, salt, clock)

    @classmethod
    def _open_for_writing(
        cls, path: Path, passphrase: Passphrase, salt: bytes, clock: Clock
    ) -> Self:
        connection = opening.connect(path, passphrase, salt, write=True)
        try:
            with opening.kindly(path):
                opening.hold(connection, path)
                database = Database(connection, execute_plugins=False)
                if migrations.MIGRATIONS.pending(database):
                    backups.keep(path, clock.now())
                    migrations.MIGRATIONS.apply(database)
                return cls(path, connection, passphrase, salt, clock)
        except BaseException:
            connection.close()
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
        self._connection.close()
        opening.remove_holder(self.path)

    @property
    def clock(self) -> Clock:
        """The clock that stamps its entries."""
        return self._clock

    def form(self, sha256: FormHash) -> Mapping[str, Any] | None:
        """The compiled questions of a form that this file keeps."""
        row = self._one("select compiled from form where sha256 = ?", sha256)
        return None if row is None else json.loads(row[0])

    def write(self, author: MemberId, changes: Iterable[tuple[Field, Json]]) -> tuple[Entry, ...]:
        """Add an entry for each change, all or none; a value that already stands adds nothing.

        Each supersedes what stands for its field, so writing also settles a conflict.

        Raises:
            Refused: DISK, FILE_READ_ONLY, FILE_IN_USE; nothing was changed.
        """
        wanted = dict(changes)
        new = {
            field: value
            for field, value in wanted.items()
            if len((standing := self.journal.standing(field)).heads) > 1
            or canonical(standing.value) != canonical(value)
        }
        if not new:
            return ()
        with self.transaction():
            session, started = self._started_session()
            at = stamp(self._clock.now())
            entries = tuple(
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
            self._insert_sessions([session] if started else [])
            self._insert_entries(entries)
        self._session, self._seq = session, self._seq + len(entries)
        self.journal.add(entries)
        return entries

    def keep_form(self, form: KeptForm) -> None:
        """Keep a form; one already kept stays as it is."""
        with self.transaction():
            self._insert_forms([form])

    def bundle(self, wanted: Callable[[Entry], bool] = lambda _: True) -> Bundle:
        """What this file would bring to another: the wanted entries, their sessions, all forms."""
        entries = tuple(one for one in self.journal if wanted(one))
        used = {one.session for one in entries}
        sessions = {s.id: s for s in self._read_sessions() if s.id in used}
        return Bundle(sessions, {form.sha256: form for form in self._read_forms()}, entries)

    def take_in(self, bundle: Bundle) -> None:
        """Add rows from another file in one transaction that ends with a sanity check.

        Raises:
            Refused: the disk's reasons. Nothing was changed.
            Fault: the sum does not come out; nothing was changed.
        """
        new = tuple({one.id: one for one in bundle.entries if one.id not in self.journal}.values())
        with self.transaction():
            before = self._count("entry")
            known = {session.id for session in self._read_sessions()}
            self._insert_sessions([s for id_, s in bundle.sessions.items() if id_ not in known])
            kept = {form.sha256 for form in self._read_forms()}
            self._insert_forms([f for sha, f in bundle.forms.items() if sha not in kept])
            self._insert_entries(new)
            if self._count("entry") != before + len(new) or self._rows("pragma foreign_key_check"):
                raise Fault("a merge does not add up; it was taken back whole")
        self.journal.add(new)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside reaches the disk, or nothing of it does."""
        with opening.kindly(self.path):
            self._connection.execute("begin immediate")
            try:
                yield
                self._connection.execute("commit")
            except BaseException:
                with contextlib.suppress(sqlcipher.DatabaseError):
                    self._connection.execute("rollback")
                raise

    def damaged_pages(self) -> int:
        """How many pages do not fit their own checksum (SQLCipher's integrity check)."""
        return len(self._rows("pragma cipher_integrity_check"))

    def _started_session(self) -> tuple[Session, bool]:
        if self._session:
            return self._session, False
        session = Session(
            owner=self.about.owner,
            computer=platform.node(),
            program=__version__,
            opened_at=stamp(self._clock.now()),
            nonce=secrets.token_hex(16),
        )
        return session, True

    def _insert_sessions(self, sessions: Iterable[Session]) -> None:
        self._connection.executemany(
            "insert into session (id, owner, computer, program, opened_at, nonce) "
            "values (?, ?, ?, ?, ?, ?)",
            [(s.id, s.owner, s.computer, s.program, s.opened_at, s.nonce) for s in sessions],
        )

    def _insert_entries(self, entries: Sequence[Entry]) -> None:
        self._connection.executemany(
            "insert into entry (id, session, seq, at, author, record, field, value) "
            "values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (e.id, e.session, e.seq, e.at, e.author, e.record, e.field, canonical(e.value))
                for e in entries
            ],
        )
        self._connection.executemany(
            "insert into superseded (entry, older) values (?, ?)",
            [(one.id, older) for one in entries for older in one.supersedes],
        )

    def _insert_forms(self, forms: Iterable[KeptForm]) -> None:
        self._connection.executemany(
            "insert into form (sha256, form_id, version, name, xlsform, compiled) "
            "values (?, ?, ?, ?, ?, ?) on conflict (sha256) do nothing",
            [
                (f.sha256, f.form_id, f.version, f.name, f.xlsform, canonical(f.compiled))
                for f in forms
            ],
        )

    def _read_about(self) -> About:
        facts = dict(self._rows("select key, value from document"))
        return About(
            InspectionId(facts["inspection"]), MemberId(facts["owner"]), facts["kind"] == "lead"
        )

    def _read_entries(self) -> Iterator[Entry]:
        older: dict[str, list[EntryId]] = {}
        for newer, old in self._rows("select entry, older from superseded order by older"):
            older.setdefault(newer, []).append(EntryId(old))
        columns = "id, session, seq, at, author, record, field, value"
        for id_, *content, value in self._rows(f"select {columns} from entry"):  # noqa: S608
            supersedes = tuple(older.get(id_, ()))
            yield Entry(id_, *content, json.loads(value), supersedes)  # type: ignore[call-arg]

    def _read_sessions(self) -> list[Session]:
        rows = self._rows("select owner, computer, program, opened_at, nonce from session")
        return [Session(*row) for row in rows]

    def _read_forms(self) -> list[KeptForm]:
        columns = "sha256, form_id, version, name, xlsform, compiled"
        rows = self._rows(f"select {columns} from form order by sha256")  # noqa: S608
        return [
            KeptForm(sha256, form_id, version, name, xlsform, json.loads(compiled))
            for sha256, form_id, version, name, xlsform, compiled in rows
        ]

    def _count(self, table: str) -> int:
        return int(self._rows(f"select count(*) from {table}")[0][0])  # noqa: S608

    def _one(self, sql: str, *values: object) -> Any:
        return self._connection.execute(sql, values).fetchone()

    def _rows(self, sql: str) -> list[Any]:
        with opening.kindly(self.path):
            return list(self._connection.execute(sql).fetchall())


def copy_verified(source: Path, target: Path) -> str:
    """Copy a case file byte by byte, read it back, and only then give it its name.

    Returns the SHA-256 of the copy (64 hex digits). An existing `target` is replaced whole.

    Raises:
        Refused: DISK; whatever stood at `target` stands there still.
    """
    part = target.with_name(f".{target.name}.part")
    with opening.kindly(target):
        try:
            content = source.read_bytes()
            target.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if part.read_bytes() != content:
                raise Refused(
                    Code.DISK, f"{target.name} could not be read back; use another stick."
                )
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return backups.fingerprint(content)
