"""The journal: immutable entries named by their content, and the value that stands.

Pure: knows nothing of files. Merging two journals is the union of their entries, so what
stands never depends on the order in which entries came, nor on any laptop's clock.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hmip_desktop.clock import is_stamp
from hmip_desktop.ids import EntryId, Json, MemberId, SessionId, canonical, content_hash


class Field(NamedTuple):
    """One field of one record: what an entry sets."""

    record: str
    name: str


@dataclass(frozen=True)
class Entry:
    """Who set which field of which record to what, and which entries that replaced.

    `seq` counts within its session; `at` is a stamp of the laptop's clock, shown to people and
    decided by nobody. `supersedes` are the entries that the author had in front of them.
    """

    id: EntryId
    session: SessionId
    seq: int
    at: str
    author: MemberId
    record: str
    field: str
    value: Json
    supersedes: tuple[EntryId, ...] = ()

    @property
    def sets(self) -> Field:
        """The field that it sets."""
        return Field(self.record, self.field)

    @property
    def is_genuine(self) -> bool:
        """Whether its name is that of its content: a changed entry gives itself away.

        And whether it is dated by a clock, right or wrong, and not by a word.
        """
        try:
            return is_stamp(self.at) and self.id == _name(self)
        except ValueError:  # not a number, or half a letter: no entry of ours
            return False


def entry(
    session: SessionId,
    seq: int,
    at: str,
    author: MemberId,
    field: Field,
    value: Json,
    supersedes: Iterable[EntryId] = (),
) -> Entry:
    """A new entry, named by its content."""
    unnamed = Entry(
        EntryId(""), session, seq, at, author, *field, value, tuple(sorted(set(supersedes)))
    )
    return Entry(_name(unnamed), *_content(unnamed))


def _content(
    entry: Entry,
) -> tuple[SessionId, int, str, MemberId, str, str, Json, tuple[EntryId, ...]]:
    return (
        entry.session,
        entry.seq,
        entry.at,
        entry.author,
        entry.record,
        entry.field,
        entry.value,
        entry.supersedes,
    )


def _name(entry: Entry) -> EntryId:
    return EntryId(content_hash(_content(entry)))


@dataclass(frozen=True)
class Standing:
    """What now stands for a field: the entries that nothing supersedes, sorted by name."""

    heads: tuple[Entry, ...]

    @property
    def in_conflict(self) -> bool:
        """Whether people who had not seen each other's entries set different values."""
        return len(self.heads) > 1 and len({canonical(head.value) for head in self.heads}) > 1

    @property
    def value(self) -> Json:
        """The value; None where there is none, or where it is in conflict."""
        return None if self.in_conflict or not self.heads else self.heads[0].value

    @property
    def latest(self) -> Entry:
        """The head shown to people as the last change; by name where clocks agree."""
        return max(self.heads, key=lambda head: (head.at, head.id))


def heads(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of one field that no other of the same field supersedes."""
    known = list(entries)
    superseded = {older for newer in known for older in newer.supersedes}
    return tuple(sorted((one for one in known if one.id not in superseded), key=lambda one: one.id))


def fingerprint(entries: Iterable[Entry]) -> str:
    """A short word for a set of entries that two people can read to each other: 3 x 4 digits."""
    name = content_hash(sorted(one.id for one in entries))
    return " ".join(name[at : at + 4] for at in range(0, 12, 4))


class Journal:
    """All entries of a case file, by the field that they set. Grows, never shrinks."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._by_record: dict[str, dict[str, dict[EntryId, Entry]]] = {}
        self._ids: set[EntryId] = set()
        self._standing: dict[Field, Standing] = {}
        self.add(entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in entries; those already here change nothing."""
        for one in entries:
            fields = self._by_record.setdefault(one.record, {})
            fields.setdefault(one.field, {})[one.id] = one
            self._ids.add(one.id)
            self._standing.pop(one.sets, None)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Entry]:
        for fields in self._by_record.values():
            for entries in fields.values():
                yield from entries.values()

    def records(self, prefix: str = "") -> tuple[str, ...]:
        """The records whose name begins so, sorted."""
        return tuple(sorted(record for record in self._by_record if record.startswith(prefix)))

    def standing(self, field: Field) -> Standing:
        """What stands for a field."""
        if field not in self._standing:
            entries = self._by_record.get(field.record, {}).get(field.name, {})
            self._standing[field] = Standing(heads(entries.values()))
        return self._standing[field]

    def fields(self, record: str) -> Mapping[str, Standing]:
        """What stands for every field of a record."""
        return {
            name: self.standing(Field(record, name)) for name in self._by_record.get(record, {})
        }

    def history(self, record: str, field: str | None = None) -> tuple[Entry, ...]:
        """The entries of a record or of one of its fields, oldest first as far as clocks say."""
        fields = self._by_record.get(record, {})
        chosen = fields.values() if field is None else [fields.get(field, {})]
        found = [one for entries in chosen for one in entries.values()]
        return tuple(sorted(found, key=lambda one: (one.at, one.session, one.seq, one.id)))
