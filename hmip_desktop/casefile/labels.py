"""The words of a case file as people read them, in their language.

What a file holds stays as it is: a word that another program wrote, or that a sample brought, is
shown as it came.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from hmip_desktop.casefile import area, records
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.records import Contents, Role
from hmip_desktop.ids import AreaTableId, Json
from hmip_desktop.language import mark, tr, tr_count

_MOST_VALUES = 6
_ROLES = {
    Role.LEAD: mark("Lead inspector"),
    Role.DEPUTY: mark("Deputy lead"),
    Role.INSPECTOR: mark("Inspector"),
    Role.LOCAL_ASSESSOR: mark("Local assessor"),
    Role.SUPPORT: mark("Support officer"),
    Role.OBSERVER: mark("Observer"),
}
_MARKS = {
    "good practice": mark("Good practice"),
    "urgent concern": mark("Urgent concern"),
    "line of enquiry": mark("Line of enquiry"),
}
_SOURCES = {
    "file": mark("File"),
    "interview": mark("Interview"),
    "judgement": mark("Judgement"),
}
_FIELDS = {
    "reference": mark("Reference"),
    "ldu": mark("LDU"),
    "case_type": mark("Case type"),
    "rosh": mark("RoSH"),
    "gender": mark("Gender"),
    "ethnicity": mark("Ethnicity"),
    "principal_offence": mark("Principal offence"),
    "offender_manager": mark("Offender manager"),
    "tier": mark("Tier"),
    "sentence_date": mark("Sentence date"),
}
KNOWN_FIELDS = tuple(_FIELDS)
"""The fields of a sample that are known, in the order in which people expect them."""


def role_label(role: Role) -> str:
    """What a team member does."""
    return tr(_ROLES[role])


def mark_label(name: str) -> str:
    """A mark on a case."""
    return _label(_MARKS, name)


def source_label(name: str) -> str:
    """On what an answer rests."""
    return _label(_SOURCES, name)


def field_label(name: str) -> str:
    """A field of the sample."""
    return _label(_FIELDS, name)


def set_up_question(field: Field) -> str:
    """What two leads answer differently in a field of setting up; empty for all others."""
    if field.record.startswith(records.AREA_TABLES):
        return tr("Which table about the area holds?")
    asked = {
        records.caseload_field(): lambda: tr("How many cases does the sample stand for?"),
        records.area_order_field(): lambda: tr("In which order are the tables about the area?"),
    }
    return asked[field]() if field in asked else ""


def set_up_answer(contents: Contents, field: Field, said: Json, sides: Iterable[Json]) -> str:
    """What one of the sides says about tables of the area; empty for other fields."""
    if isinstance(said, dict) and field.record.startswith(records.AREA_TABLES):
        return _area_table(said, [side for side in sides if isinstance(side, dict)])
    if isinstance(said, list) and field == records.area_order_field():
        known = (contents.area_tables.get(AreaTableId(str(id_))) for id_ in said)
        return "; ".join(table.title for table in known if table)
    return ""


def _area_table(said: Mapping[str, Any], sides: Iterable[Mapping[str, Any]]) -> str:
    """The title and size of a table, its source, and in what it differs from the other sides."""
    table = area.from_json(said)
    if table is None:
        return str(said.get("title", ""))
    others = [other for side in sides if (other := area.from_json(side)) and other != table]
    values = dict.fromkeys(one for other in others for one in area.differing(table, other))
    size = tr_count(
        "{title}: {count} row", "{title}: {count} rows", len(table.rows), title=table.title
    )
    return "; ".join(filter(None, (size, table.source, *list(values)[:_MOST_VALUES])))


def _label(known: Mapping[str, str], name: str) -> str:
    return tr(known[name]) if name in known else name.replace("_", " ").capitalize()
