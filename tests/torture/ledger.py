"""What was tried and what came of it, as a table: every fault, how often, and what was lost."""

from collections import Counter
from collections.abc import Iterable, Mapping

HEADINGS = ("fault tried", "times", "looked for", "lost")
Counts = Mapping[str, Mapping[str, int]]


class Ledger:
    """Counts faults, and what was looked for after them; a loss is counted and fails the test."""

    def __init__(self) -> None:
        self._rows: dict[str, Counter[str]] = {}

    def tried(self, fault: str, times: int = 1) -> None:
        """Note down a fault that was tried."""
        self._row(fault)["times"] += times

    def look_for(self, fault: str, kept: Iterable[object], found: Iterable[object]) -> None:
        """Look for what was acknowledged before a fault among what was found after it."""
        wanted, there = set(kept), set(found)
        lost = wanted - there
        self._row(fault).update({"looked for": len(wanted), "lost": len(lost)})
        assert not lost, f"{fault}: {len(lost)} of {len(wanted)} were lost"

    def counts(self) -> Counts:
        """The numbers, as one process tells them to another."""
        return {fault: dict(row) for fault, row in self._rows.items()}

    def add(self, counts: Counts) -> None:
        """Take in what another process counted."""
        for fault, row in counts.items():
            self._row(fault).update(row)

    def table(self) -> list[str]:
        """The table, line by line, with its sum."""
        if not self._rows:
            return []
        total: Counter[str] = sum(self._rows.values(), Counter())
        rows = [_cells(fault, self._rows[fault]) for fault in sorted(self._rows)]
        said = [HEADINGS, *rows, _cells("all of it", total)]
        widest = max(len(cells[0]) for cells in said)
        return [f"{name:{widest}}" + "".join(f"{one:>14}" for one in rest) for name, *rest in said]

    def _row(self, fault: str) -> Counter[str]:
        return self._rows.setdefault(fault, Counter())


def _cells(fault: str, row: Counter[str]) -> tuple[str, ...]:
    lost = row["lost"]
    return fault, f"{row['times']:,}", f"{row['looked for']:,}", f"{lost:,}" if lost else "nothing"


LEDGER = Ledger()
"""What this process tried; the one that speaks adds up those of the others."""
