"""The rows and columns of a sample that is drawn from a long list."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hmip_desktop.casefile.labels import field_label
from hmip_desktop.language import tr
from hmip_desktop.operations.draw_sample import Drawing, LongList
from hmip_desktop.sampling import STRATA, Compared, Listed
from ui.models.table import Column

_LARGEST_PROPOSED = 999_999


@dataclass(frozen=True)
class ExcludedRow:
    """One case that must not be drawn."""

    reference: str
    why: str


@dataclass(frozen=True)
class ReserveRow:
    """One case of the reserve, and when it is its turn."""

    turn: int
    case: Listed


@dataclass(frozen=True)
class ComparedRow:
    """One value of a field, and how often it is there of how many cases."""

    value: Compared
    listed: int
    drawn: int


def proposed_seed() -> int:
    """A seed that nobody has chosen, short enough to be written down."""
    return secrets.randbelow(_LARGEST_PROPOSED) + 1


def strata_to_begin_with(fields: Sequence[str]) -> tuple[str, ...]:
    """The usual strata, as far as a list has them."""
    return tuple(name for name in STRATA if name in fields)


def able_rows(source: LongList, excluded: Mapping[str, str]) -> tuple[Listed, ...]:
    """The cases of a list that may be drawn."""
    return tuple(case for case in source.cases if case.reference not in excluded)


def excluded_rows(excluded: Mapping[str, str]) -> tuple[ExcludedRow, ...]:
    """The cases that may not, by reference."""
    return tuple(ExcludedRow(reference, why) for reference, why in sorted(excluded.items()))


def reserve_rows(drawing: Drawing) -> tuple[ReserveRow, ...]:
    """The reserve in its order."""
    numbered = enumerate(drawing.drawn.reserve, start=1)
    return tuple(ReserveRow(turn, case) for turn, case in numbered)


def compared_rows(drawing: Drawing, name: str) -> tuple[ComparedRow, ...]:
    """The values of a field, in the list and in the sample."""
    listed, drawn = len(drawing.drawn.able), len(drawing.drawn.sample)
    return tuple(ComparedRow(one, listed, drawn) for one in drawing.comparisons[name])


def case_columns(fields: Sequence[str]) -> tuple[Column, ...]:
    """A case of the list: its reference and its fields."""
    reference = Column(tr("Case"), lambda case: case.reference, bold=True, width=90)
    return (reference, *(_field(name) for name in fields))


def excluded_columns() -> tuple[Column, ...]:
    """A case that may not be drawn, and why."""
    return (
        Column(tr("Case"), lambda row: row.reference, bold=True, width=90),
        Column(tr("Why excluded"), lambda row: row.why, width=0),
    )


def reserve_columns(fields: Sequence[str]) -> tuple[Column, ...]:
    """A case of the reserve, with its turn first."""

    def of_case(column: Column) -> Column:
        return Column(
            column.heading, lambda row: column.shown(row.case), bold=column.bold, width=column.width
        )

    turn = Column(
        tr("Turn"), lambda row: str(row.turn), sort=lambda row: row.turn, right=True, width=76
    )
    return (turn, *map(of_case, case_columns(fields)))


def compared_columns(name: str) -> tuple[Column, ...]:
    """A value of a field: how often in the list and in the sample, and of how many."""
    return (
        Column(field_label(name), lambda row: row.value.value or tr("(blank)"), width=0),
        _share(tr("In the list"), lambda row: (row.value.listed, row.listed)),
        _share(tr("In the sample"), lambda row: (row.value.drawn, row.drawn)),
    )


def _field(name: str) -> Column:
    return Column(field_label(name), lambda case: case.fields.get(name, ""), width=110)


def _share(heading: str, of: Callable[[ComparedRow], tuple[int, int]]) -> Column:
    def shown(row: ComparedRow) -> str:
        count, whole = of(row)
        return tr("{count} ({share})", count=count, share=f"{count / whole:.1%}")

    return Column(heading, shown, sort=lambda row: of(row)[0], right=True, width=118)
