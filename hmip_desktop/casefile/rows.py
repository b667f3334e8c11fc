"""The tables of a case file as frozen rows: reading them, and adding to them. All SQL of rows."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hmip_desktop.casefile.journal import Entry
from hmip_desktop.ids import (
    PRACTICE,
    EntryId,
    FormHash,
    InspectionId,
    MemberId,
    SessionId,
    canonical,
)
from hmip_desktop.ids import content_hash as hash_of


@dataclass(frozen=True)
class About:
    """What a case file says of itself: its inspection, whose it is, and whether the lead's."""

    inspection: InspectionId
    owner: MemberId
    is_leads: bool

    @property
    def is_practice(self) -> bool:
        """Whether it belongs to no inspection, but holds a model case to practise with."""
        return self.inspection == PRACTICE


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
        return SessionId(hash_of(fields))


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
        return hashlib.sha256(self.xlsform).hexdigest() == self.sha256


@dataclass(frozen=True)
class Bundle:
    """What one file brings to another: all rows of the journal and the forms."""

    sessions: Mapping[SessionId, Session]
    forms: Mapping[FormHash, KeptForm]
    entries: tuple[Entry, ...]


class StrangeRowsError(Exception):
    """Rows that this program never writes: not JSON, or a fact missing."""


def write_about(database: Any, about: About) -> None:
    """Say in a new file what it is."""
    database.table("document").insert_all(
        [
            {"key": "inspection", "value": about.inspection},
            {"key": "owner", "value": about.owner},
            {"key": "kind", "value": "lead" if about.is_leads else "assessor"},
        ]
    )


def read_about(connection: Any) -> About:
    """What a file says of itself.

    Raises:
        StrangeRowsError: it does not say it.
    """
    facts = dict(_checked(connection.execute("select key, value from document"), (str, str)))
    try:
        return About(
            InspectionId(facts["inspection"]), MemberId(facts["owner"]), facts["kind"] == "lead"
        )
    except KeyError as error:
        raise StrangeRowsError("the document does not say what it is") from error


def read_entries(connection: Any) -> Iterator[Entry]:
    """Every entry of a file.

    Raises:
        StrangeRowsError: a value is not JSON, or a cell is not of its kind.
    """
    older: dict[str, list[EntryId]] = {}
    superseded = "select entry, older from superseded order by older"
    for newer, old in _checked(connection.execute(superseded), (str, str)):
        older.setdefault(newer, []).append(EntryId(old))
    columns = "id, session, seq, at, author, record, field, value"
    found = connection.execute(f"select {columns} from entry")  # noqa: S608 ours
    for id_, *content, value in _checked(found, (str, str, int, str, str, str, str, str)):
        supersedes = tuple(older.get(id_, ()))
        session, seq, at, author, record, field = content
        words = _from_json(value)
        yield Entry(id_, session, seq, at, author, record, field, words, supersedes)


def read_sessions(connection: Any) -> list[Session]:
    """Every session of a file.

    Raises:
        StrangeRowsError: a cell is not text.
    """
    columns = "owner, computer, program, opened_at, nonce"
    found = connection.execute(f"select {columns} from session")  # noqa: S608 ours
    return [Session(*row) for row in _checked(found, (str,) * 5)]


def read_forms(connection: Any) -> list[KeptForm]:
    """Every form of a file.

    Raises:
        StrangeRowsError: the compiled questions are not JSON, or a cell is not of its kind.
    """
    columns = "sha256, form_id, version, name, xlsform, compiled"
    found = connection.execute(f"select {columns} from form order by sha256")  # noqa: S608
    return [
        KeptForm(sha256, form_id, version, name, xlsform, _from_json(compiled))
        for sha256, form_id, version, name, xlsform, compiled in _checked(
            found, (str, str, str, str, bytes, str)
        )
    ]


def entry_ids(connection: Any) -> list[str]:
    """The names of all entries of a file, sorted."""
    rows = connection.execute("select id from entry order by id").fetchall()
    return [id_ for (id_,) in rows]


def count_entries(connection: Any) -> int:
    """How many entries a file has."""
    return int(connection.execute("select count(*) from entry").fetchone()[0])


def add_sessions(connection: Any, sessions: Iterable[Session]) -> None:
    """Add sessions; those already there stay as they are."""
    connection.executemany(
        "insert into session (id, owner, computer, program, opened_at, nonce) "
        "values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
        [(s.id, s.owner, s.computer, s.program, s.opened_at, s.nonce) for s in sessions],
    )


def add_forms(connection: Any, forms: Iterable[KeptForm]) -> None:
    """Add forms; those already there stay as they are."""
    connection.executemany(
        "insert into form (sha256, form_id, version, name, xlsform, compiled) "
        "values (?, ?, ?, ?, ?, ?) on conflict (sha256) do nothing",
        [(f.sha256, f.form_id, f.version, f.name, f.xlsform, canonical(f.compiled)) for f in forms],
    )


def add_entries(connection: Any, entries: Sequence[Entry]) -> None:
    """Add entries and what they supersede; none of them may be there already."""
    connection.executemany(
        "insert into entry (id, session, seq, at, author, record, field, value) "
        "values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (e.id, e.session, e.seq, e.at, e.author, e.record, e.field, canonical(e.value))
            for e in entries
        ],
    )
    connection.executemany(
        "insert into superseded (entry, older) values (?, ?)",
        [(one.id, older) for one in entries for older in one.supersedes],
    )


def _checked(found: Iterable[Any], kinds: tuple[type, ...]) -> Iterator[Any]:
    """Rows whose cells are of their kinds: SQLite keeps anything in any column.

    Raises:
        StrangeRowsError: one is not.
    """
    for row in list(found):
        if tuple(map(type, row)) != kinds:
            raise StrangeRowsError("a cell is not of its kind")
        yield row


def _no_number(word: str) -> None:
    raise ValueError(word)  # NaN and Infinity, which are not JSON


def _from_json(text: Any) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, TypeError, RecursionError) as error:
        raise StrangeRowsError("a value is not JSON") from error
