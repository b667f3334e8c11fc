"""What merging one file into another comes to: each incoming entry in exactly one list."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.records import assessment_key
from hmip_desktop.ids import EntryId, MemberId


@dataclass(frozen=True)
class Plan:
    """The three lists. Nothing else can become of an entry.

    `refused` are those that change something that is not the file owner's.
    """

    new: tuple[Entry, ...]
    known: tuple[Entry, ...]
    refused: tuple[Entry, ...]


def plan(known: Container[EntryId], incoming: Iterable[Entry], assessor: MemberId | None) -> Plan:
    """Sort incoming entries.

    Args:
        known: the entries that are here already.
        incoming: every entry of the other file.
        assessor: whose file it is when an assessor handed it in: such a file brings only that
            person's assessments. None for a file that may bring everything (a lead's).
    """
    new: list[Entry] = []
    already: list[Entry] = []
    refused: list[Entry] = []
    for entry in incoming:
        if entry.id in known:
            already.append(entry)
        elif _may_bring(assessor, entry):
            new.append(entry)
        else:
            refused.append(entry)
    return Plan(tuple(new), tuple(already), tuple(refused))


def _may_bring(assessor: MemberId | None, entry: Entry) -> bool:
    if assessor is None:
        return True
    key = assessment_key(entry.record)
    return key is not None and key.member == assessor
