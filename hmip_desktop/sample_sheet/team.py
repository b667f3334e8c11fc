"""A team list: who takes part in an inspection, and as what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar

from hmip_desktop.casefile.labels import role_label
from hmip_desktop.casefile.records import Role
from hmip_desktop.errors import Code
from hmip_desktop.language import tr
from hmip_desktop.sample_sheet.headings import Words
from hmip_desktop.sample_sheet.preview import Line, Preview
from hmip_desktop.sample_sheet.remarks import Remark
from hmip_desktop.sample_sheet.sheet import tidy
from hmip_desktop.sample_sheet.spellings import OFFICE, TEAM

_ROLES: Mapping[str, Role] = {
    **{role.value: role for role in Role},
    "lead": Role.LEAD,
    "lead hmi": Role.LEAD,
    "deputy": Role.DEPUTY,
    "deputy lead inspector": Role.DEPUTY,
    "assistant inspector": Role.INSPECTOR,
    "hm inspector": Role.INSPECTOR,
    "hm inspector of probation": Role.INSPECTOR,
    "hmi": Role.INSPECTOR,
    "assessor": Role.INSPECTOR,
    "practice assessor": Role.INSPECTOR,
    "la": Role.LOCAL_ASSESSOR,
    "local": Role.LOCAL_ASSESSOR,
    "support": Role.SUPPORT,
    "support services manager": Role.SUPPORT,
    "support services officer": Role.SUPPORT,
    "research officer": Role.SUPPORT,
    "assistant research officer": Role.SUPPORT,
    "shadowing": Role.OBSERVER,
}
_PARTS_OF_A_NAME = ("first_name", "last_name")


@dataclass(frozen=True)
class TeamRow:
    """One person as the team list gives them; `office` is empty where the list has no office."""

    name: str
    role: Role
    office: str = ""


@dataclass(frozen=True)
class TeamPreview(Preview):
    """A team list as it would be taken in."""

    words: ClassVar[Words] = TEAM
    refused_as: ClassVar[Code] = Code.TEAM_UNUSABLE

    def people(self) -> tuple[TeamRow, ...]:
        """The people, when nothing stops it.

        Raises:
            Refused: TEAM_UNUSABLE with every problem and its row; SHEET_UNREADABLE.
        """
        self.refuse_problems()
        found = ((line, _role(line)) for line in self.lines)
        return tuple(
            TeamRow(_name(line), role, line.values.get(OFFICE, "")) for line, role in found if role
        )

    @property
    def _lacks_needed(self) -> bool:
        fields = {column.field for column in self.columns}
        return "role" not in fields or not fields & {"name", *_PARTS_OF_A_NAME}

    def _missing(self) -> Iterator[Remark]:
        fields = {column.field for column in self.columns}
        missing = "role" if fields & {"name", *_PARTS_OF_A_NAME} else "name"
        sentence = tr(
            "{file} needs the columns name and role. It has no {column}.",
            file=self.file,
            column=missing,
        )
        yield Remark(0, None, "table.column-missing", sentence, stops=True)

    def _judged(self) -> Iterator[Remark]:
        if self._lacks_needed:
            return
        name_at = next(one.at for one in self.columns if one.field in ("name", *_PARTS_OF_A_NAME))
        role_at = next(one.at for one in self.columns if one.field == "role")
        wrong = tuple(self._wrong_rows(name_at, role_at))
        yield from wrong
        if not any(one.stops for one in wrong) and not self._somebody_assesses:
            sentence = tr(
                "{file} has nobody who assesses cases (inspector or local assessor).",
                file=self.file,
            )
            yield Remark(0, None, "team.nobody", sentence, stops=True)

    def _wrong_rows(self, name_at: int, role_at: int) -> Iterator[Remark]:
        first: dict[str, int] = {}
        for line in self.lines:
            name = _name(line)
            known = first.setdefault(name.casefold(), line.number)
            if not name:
                sentence = tr("the name is missing")
                yield Remark(line.number, name_at, "team.name", sentence, stops=True)
            elif known != line.number:
                sentence = tr("{name} is already in row {row}", name=name, row=known)
                yield Remark(line.number, name_at, "team.twice", sentence, stops=True)
            elif _role(line) is None:
                yield _no_role(line, role_at)
            else:
                yield from self._about_known(line, name_at)

    def _name_of(self, line: Line) -> str:
        return _name(line)

    def _said_of(self, line: Line) -> Mapping[str, str]:
        return {"role": _role(line) or "", "office": line.values.get(OFFICE, "")}

    def _shown(self, name: str, value: str) -> str:
        return role_label(Role(value)) if name == "role" else value

    @property
    def _somebody_assesses(self) -> bool:
        there = {Role(one["role"]) for one in self.known.values()}
        roles = {*there, *filter(None, map(_role, self.lines))}
        return any(role.assesses for role in roles)


def _name(line: Line) -> str:
    parts = (line.values.get(part, "") for part in _PARTS_OF_A_NAME)
    return line.values.get("name") or " ".join(filter(None, parts))


def _role(line: Line) -> Role | None:
    said = tidy(line.values.get("role", ""))
    return _ROLES.get(said) or _ROLES.get(said.removesuffix("s"))


def _no_role(line: Line, at: int) -> Remark:
    said = line.values.get("role", "")
    near = get_close_matches(tidy(said), list(Role), n=1)
    if near:
        sentence = tr("“{said}” is not a role; did you mean {near}", said=said, near=near[0])
    else:
        sentence = tr("“{said}” is not a role; use {roles}", said=said, roles=", ".join(Role))
    mend = near[0] if near else None
    return Remark(line.number, at, "team.role", sentence, stops=True, mend=mend)
