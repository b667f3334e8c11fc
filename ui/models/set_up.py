"""The rows and columns of an inspection that is being set up: its cases, its team."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from hmip_desktop.allocation import Load
from hmip_desktop.casefile.labels import KNOWN_FIELDS, field_label, role_label
from hmip_desktop.casefile.records import Case, Contents, Order, TeamMember
from hmip_desktop.language import tr
from hmip_desktop.operations import allocating
from ui.models.table import Column, TableModel

Index = QModelIndex | QPersistentModelIndex
REFERENCES = "application/x-hmip-cases"


@dataclass(frozen=True)
class CaseRow:
    """One case of the sample and who assesses it."""

    case: Case
    first: str
    second: str


@dataclass(frozen=True)
class PersonRow:
    """One person of the team and, where they assess, what they have."""

    member: TeamMember
    load: Load | None = None


def case_rows(contents: Contents) -> tuple[CaseRow, ...]:
    """Every case, by reference."""

    def row(case: Case) -> CaseRow:
        who = {
            one.order: contents.name_of(one.key.member) for one in contents.assessments_of(case.id)
        }
        return CaseRow(case, who.get(Order.FIRST, ""), who.get(Order.SECOND, ""))

    return tuple(sorted(map(row, contents.cases.values()), key=lambda one: one.case.reference))


def people(contents: Contents) -> tuple[PersonRow, ...]:
    """Everybody in the team, by name, with what they have."""
    found = allocating.loads(contents)
    members = sorted(contents.members.values(), key=lambda one: one.name)
    return tuple(PersonRow(one, found.get(one.id)) for one in members)


def case_columns(rows: Sequence[CaseRow], *, allocated: bool) -> tuple[Column, ...]:
    """The reference, every field of the sample, and with `allocated` who assesses the case."""
    there = {name for row in rows for name in row.case.fields}
    shown = allocating.KNOWN_FIELDS if allocated else _as_in_their_tables(rows)
    # Beside the assessors there is little room: the fact with the longest words gives way.
    yielding = (allocating.CASE_TYPE,) if allocated else ()
    facts = tuple(_field(name, 0 if name in yielding else 60) for name in shown if name in there)
    who = _assessors(rows)
    reference = Column(tr("Case"), lambda row: row.case.reference, bold=True, width=70)
    return (reference, *(who if allocated else ()), *facts)


def _assessors(rows: Sequence[CaseRow]) -> tuple[Column, ...]:
    """Who assesses; where nobody is to assess a second time, that takes no room."""
    twice = any(row.second for row in rows)
    first = Column(
        tr("First") if twice else tr("Assessor"),
        lambda row: row.first or tr("nobody"),
        width=80,
        tip=tr("First assessor"),
    )
    second = Column(
        tr("Second"), lambda row: row.second or "–", width=80, tip=tr("Second assessor")
    )
    return (first, second) if twice else (first,)


def _as_in_their_tables(rows: Sequence[CaseRow]) -> tuple[str, ...]:
    """The fields in the order of the tables that the cases came with; else as is usual."""
    came = (name for row in rows for name in row.case.columns)
    others = sorted({name for row in rows for name in row.case.fields})
    return tuple(dict.fromkeys((*came, *KNOWN_FIELDS, *others)))


def team_columns() -> tuple[Column, ...]:
    """Who is in the team, and as what."""
    return (
        Column(tr("Person"), lambda row: row.member.name, bold=True, width=200),
        Column(tr("Role"), lambda row: role_label(row.member.role), width=160),
        Column(tr("Office"), lambda row: row.member.office or "–", width=0),
    )


def load_columns(*, spread: bool) -> tuple[Column, ...]:
    """What each assessor has, in numbers; with `spread` also of which types."""
    name = Column(tr("Person"), lambda row: row.member.name, bold=True, width=130 if spread else 0)
    first = Column(tr("First"), _count(lambda load: load.first), right=True, width=60)
    second = Column(tr("Second"), _count(lambda load: load.second), right=True, width=70)
    kinds = Column(tr("Spread"), lambda row: _spread(row.load), width=0)
    return (name, first, second, *((kinds,) if spread else ()))


class DraggedCases(TableModel):
    """Cases that can be dragged onto somebody."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every row can be dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """References travel under a name of our own."""
        return [REFERENCES]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The references of the rows that are dragged."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(
            REFERENCES, json.dumps([self.rows[row].case.reference for row in rows]).encode()
        )
        return data


class PeopleWhoTake(TableModel):
    """Assessors onto whom cases can be dropped: `given` tells the references and the person."""

    given = Signal(object, str)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cases can be dropped on every row."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        """Cases only."""
        return [REFERENCES]

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        """Cases, onto a person."""
        return data.hasFormat(REFERENCES) and parent.isValid()

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        """Tell which cases were dropped on whom."""
        if not self.canDropMimeData(data, _action, _row, _column, parent):
            return False
        references = json.loads(bytes(data.data(REFERENCES).data()))
        self.given.emit(references, self.rows[parent.row()].member.name)
        return True


def _field(name: str, width: int) -> Column:
    return Column(field_label(name), lambda row: row.case.fields.get(name, ""), width=width)


def _count(of: Any) -> Any:
    return lambda row: str(of(row.load)) if row.load else "–"


def _spread(load: Load | None) -> str:
    """The kinds of cases that somebody has: Licence 3, Community order 5."""
    kinds = load.case_types if load else {}
    none = tr("no type")
    return ", ".join(f"{name or none} {count}" for name, count in kinds.items())
