"""What can still be read of a damaged case file, page by page and row by row.

Nothing is guessed: a page counts when its seal is right, an entry, a session or a form when its
name is that of its content. The file is read as bytes and never opened as a database, so that
neither its schema nor its trees need be whole, and nothing of its own runs.
"""

import contextlib
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hmip_desktop.casefile import cells, migrations, opening, pages, refusals
from hmip_desktop.casefile.cells import Row, Value
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.passphrase import SALT_BYTES, Passphrase
from hmip_desktop.casefile.rows import About, KeptForm, Session
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import EntryId, FormHash, InspectionId, MemberId, SessionId, canonical
from hmip_desktop.language import tr
from hmip_desktop.progress import Progress, silent

_NAME = re.compile(r"[0-9a-f]{64}")
_FACTS = frozenset({"inspection", "owner", "kind"})
_PAGE_COUNT = slice(28, 32)
_APPLICATION = slice(68, 72)


@dataclass(frozen=True)
class Pages:
    """How many pages a file has or should have, and how many of them are lost."""

    all: int
    lost: int


@dataclass(frozen=True)
class Found:
    """What can be read of a damaged file.

    `entries` are those that fit their names, whether or not their session was found; `unfit`
    counts entries that were read and do not; `highest` is the number of the last entry that the
    file is known to have had, counted from 1 (an entry is never removed).
    """

    salt: bytes
    pages: Pages
    about: About | None
    sessions: Mapping[SessionId, Session]
    forms: Mapping[FormHash, KeptForm]
    entries: tuple[Entry, ...]
    unfit: int
    highest: int


def find(
    path: Path,
    passphrase: Passphrase,
    other_salt: bytes | None = None,
    *,
    progress: Progress = silent,
) -> Found:
    """Read whatever can be read of a damaged file. It is never written to.

    Args:
        path: the damaged file.
        passphrase: of its inspection.
        other_salt: the salt of another file of the inspection which this passphrase opens, for
            a file that has lost its own.
        progress: told of the pages.

    Raises:
        Refused: FILE_MISSING, FILE_NOT_OURS, FILE_IN_USE, FILE_NEWER; FILE_DAMAGED or
            PASSPHRASE_WRONG when not one page can be read.
    """
    content, rollback = _bytes_of(path, passphrase)
    salt, keys, sealed = _unlocked(path, content, passphrase, other_salt)
    plain = pages.decrypted(sealed, keys, progress)
    before = pages.decrypted(pages.taken_back(rollback, keys), keys)
    first = plain.get(1) or before.get(1)
    if first and int.from_bytes(first[_APPLICATION], "big") != opening.APPLICATION_ID:
        raise refusals.not_ours(path)
    # Of a writing that was cut short both what was to be and what had been is read.
    rows = _Rows()
    for version in (plain, {**plain, **before}) if before else (plain,):
        rows.sort(cells.rows(version))
    if not rows.migrations <= set(migrations.names()):
        raise refusals.newer(path)
    entries = tuple(rows.entries())
    count = max(int.from_bytes(first[_PAGE_COUNT], "big") if first else 0, _page_count(content))
    return Found(
        salt,
        Pages(count, count - sum(number <= count for number in plain.keys() | before.keys())),
        _about(rows.facts),
        rows.sessions,
        rows.forms,
        entries,
        len({id_ for id_, *_ in rows.contents} - {one.id for one in entries}),
        rows.highest,
    )


def can_be_read(path: Path) -> bool:
    """Whether the disk gives every byte of a file."""
    try:
        with path.open("rb", buffering=0) as file:
            while file.read(1 << 20):
                pass
    except OSError:
        return False
    return True


def opens_a_page(path: Path, passphrase: Passphrase, salts: Iterable[bytes]) -> bool:
    """Whether a passphrase, with one of some salts, opens anything in a damaged file.

    Raises:
        Refused: DISK.
    """
    with refusals.kindly(path):
        content = _readable(path)
    return any(pages.sealed(content, pages.keys(passphrase, salt)) for salt in salts)


def _bytes_of(path: Path, passphrase: Passphrase) -> tuple[bytes, bytes]:
    """The file, and the rollback journal beside it if writing was cut short."""
    try:
        salt = opening.salt_of(path)
    except Refused as refusal:
        if refusal.code not in (Code.FILE_DAMAGED, Code.DISK):
            raise
    else:
        opening.look_in(opening.connect(path, passphrase, salt, write=False), path)
    with refusals.kindly(path):
        journal = opening.journal_of(path)
        return _readable(path), _readable(journal) if journal.exists() else b""


def _readable(path: Path) -> bytes:
    """What a file says, with zeros for pages that a broken disk does not give."""
    with path.open("rb", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        lengths = ((at, min(pages.PAGE, size - at)) for at in range(0, size, pages.PAGE))
        return b"".join(given(file, at, length) for at, length in lengths)


def given(file: io.RawIOBase, at: int, length: int) -> bytes:
    """A stretch of a file; zeros where the disk gives nothing."""
    try:
        file.seek(at)
        data = file.read(length) or b""
    except OSError:
        data = b""
    return data.ljust(length, b"\0")


def _unlocked(
    path: Path, content: bytes, passphrase: Passphrase, other_salt: bytes | None
) -> tuple[bytes, pages.Keys, dict[int, bytes]]:
    """The salt and the keys that open pages of a file, and these pages.

    Raises:
        Refused: FILE_NOT_OURS, PASSPHRASE_WRONG, or FILE_DAMAGED when the passphrase is known
            to be right.
    """
    own_salt = content[:SALT_BYTES]
    for salt in dict.fromkeys((own_salt, other_salt or own_salt)):
        keys = pages.keys(passphrase, salt)
        if sealed := pages.sealed(content, keys):
            return salt, keys, sealed
    if not pages.looks_encrypted(content):
        raise refusals.not_ours(path)
    if other_salt:
        raise refusals.damaged(path)
    sentence = tr(
        "The passphrase opens not one page of {file}. Check capitals and spaces; if it is "
        "certainly right, the beginning of the file is damaged: name another file of the "
        "inspection with --like.",
        file=path.name,
    )
    raise Refused(Code.PASSPHRASE_WRONG, sentence)


def _page_count(content: bytes) -> int:
    return -(-len(content) // pages.PAGE)


def _about(facts: Mapping[str, str]) -> About | None:
    if facts.keys() != _FACTS:
        return None
    inspection, owner = InspectionId(facts["inspection"]), MemberId(facts["owner"])
    return About(inspection, owner, facts["kind"] == "lead")


_EntryRow = tuple[str, str, int, str, str, str, str, str]


@dataclass
class _Rows:
    """Rows sorted by what they are, which their shape and their names tell."""

    facts: dict[str, str] = field(default_factory=dict)
    migrations: set[str] = field(default_factory=set)
    sessions: dict[SessionId, Session] = field(default_factory=dict)
    forms: dict[FormHash, KeptForm] = field(default_factory=dict)
    contents: set[_EntryRow] = field(default_factory=set)
    superseded: dict[str, set[EntryId]] = field(default_factory=dict)
    highest: int = 0

    def sort(self, rows: Iterable[Row]) -> None:
        """Take in rows; those that are nothing of ours are passed over."""
        for row in rows:
            if row.values is None:
                self._count(row.number)
            elif row.number is None:
                self._sort_of_index(row.values)
            else:
                self._sort_of_table(row.number, row.values)

    def entries(self) -> Iterator[Entry]:
        """The entries that fit their names, one of each."""
        known: set[str] = set()
        for row in sorted(self.contents):
            if row[0] not in known and (one := self._entry(row)):
                known.add(row[0])
                yield one

    def _entry(self, row: _EntryRow) -> Entry | None:
        id_, session, seq, at, author, record, name, value = row
        supersedes = tuple(sorted(self.superseded.get(id_, ())))
        with contextlib.suppress(ValueError, RecursionError):
            one = Entry(
                EntryId(id_),
                SessionId(session),
                seq,
                at,
                MemberId(author),
                record,
                name,
                json.loads(value),
                supersedes,
            )
            return one if one.is_genuine else None
        return None

    def _count(self, number: int | None) -> None:
        self.highest = max(self.highest, number or 0)

    def _sort_of_index(self, values: tuple[Value, ...]) -> None:
        """Indexes repeat what their tables hold: names, and what an entry supersedes.

        The sessions and forms of a file are never more than its entries, so whichever index it
        is, a row's number is at most that of the last entry.
        """
        match values:
            case (str(id_), int(number)) if _NAME.fullmatch(id_):
                self._count(number)
            case (str(newer), str(older), int()):
                self._supersede(newer, older)

    def _sort_of_table(self, number: int, values: tuple[Value, ...]) -> None:
        match values:
            case (str(a), str(b), int(c), str(d), str(e), str(f), str(g), str(h)):
                self.contents.add((a, b, c, d, e, f, g, h))
                self._count(number)
            case (str(key), str(value)) if key in _FACTS:
                self.facts[key] = value
            case (str(newer), str(older)):
                self._supersede(newer, older)
            case (_, str(family), str(name), _) if family == migrations.MIGRATIONS.name:
                self.migrations.add(name)
            case (str(a), str(b), str(c), str(d), str(e), str(f)):
                self._keep_session(a, Session(b, c, d, e, f))
            case (str(a), str(b), str(c), str(d), bytes(e), str(f)):
                self._keep_form(a, b, c, d, e, f)

    def _supersede(self, newer: str, older: str) -> None:
        self.superseded.setdefault(newer, set()).add(EntryId(older))

    def _keep_session(self, id_: str, one: Session) -> None:
        if one.id == id_:
            self.sessions[one.id] = one

    def _keep_form(
        self, sha256: str, form_id: str, version: str, name: str, xlsform: bytes, compiled: str
    ) -> None:
        if hashlib.sha256(xlsform).hexdigest() != sha256:
            return
        with contextlib.suppress(ValueError, RecursionError):
            words = json.loads(compiled)
            if isinstance(words, dict) and canonical(words):  # no NaN inside
                one = KeptForm(FormHash(sha256), form_id, version, name, xlsform, words)
                self.forms[one.sha256] = one
