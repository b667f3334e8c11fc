"""What an operation changed, so that each screen knows whether to draw itself again."""

from collections.abc import Iterable
from dataclasses import dataclass

from hmip_desktop.casefile.journal import Entry


@dataclass(frozen=True)
class Changes:
    """The records of which an entry was added."""

    records: frozenset[str] = frozenset()
    entries: int = 0

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Changes":
        """The changes that these new entries made."""
        new = list(entries)
        return cls(frozenset(entry.record for entry in new), len(new))

    def __bool__(self) -> bool:
        return bool(self.records)
