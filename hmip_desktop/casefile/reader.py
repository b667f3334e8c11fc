"""Reading a journal: what it says of the inspection, its team, cases and assessments.

What another program wrote in a shape that we do not know is passed over, never refused: one
strange word must not close a case file.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hmip_desktop.casefile import area
from hmip_desktop.casefile.area import AreaTable
from hmip_desktop.casefile.journal import Field, Journal, Standing
from hmip_desktop.casefile.records import (
    ANSWER,
    AREA_TABLES,
    ASSESSMENTS,
    CASES,
    CLOSED,
    DETAILS,
    HAND_INS,
    HANDED_OUT,
    INSPECTION,
    MARK,
    MEMBERS,
    NOTE,
    QUERY,
    REPLY,
    SOURCE,
    STANDS,
    STATUS,
    Assessment,
    AssessmentKey,
    Case,
    Conflict,
    Contents,
    HandIn,
    HandOut,
    Inspection,
    Order,
    Query,
    Role,
    Status,
    TeamMember,
    allocation_field,
    area_order_field,
    assessment_key,
    caseload_field,
    later_form_field,
    place_field,
)
from hmip_desktop.ids import AreaTableId, CaseId, FormHash, InspectionId, MemberId


def contents(journal: Journal, inspection: InspectionId) -> Contents:
    """Read everything out of a journal."""
    cases = [_case(record, details) for record, details in _with_details(journal, CASES)]
    members = [_member(record, details) for record, details in _with_details(journal, MEMBERS)]
    by_id = {case.id: case for case in sorted(cases, key=lambda case: case.reference)}
    return Contents(
        inspection=_inspection(journal, inspection),
        members={member.id: member for member in members},
        cases=by_id,
        assessments={key: assessment(journal, key) for key in _keys(journal) if key.case in by_id},
        conflicts=conflicts(journal),
        area_tables=_area_tables(journal),
    )


def _keys(journal: Journal) -> tuple[AssessmentKey, ...]:
    """Every assessment that is allocated, or of which something is written."""
    written = [assessment_key(record) for record in journal.records(ASSESSMENTS)]
    allocated = [
        AssessmentKey(CaseId(record.removeprefix(CASES)), MemberId(str(member)))
        for record in journal.records(CASES)
        for order in (Order.FIRST, Order.SECOND)
        if (member := journal.standing(Field(record, order.value)).value)
    ]
    return tuple(dict.fromkeys([*allocated, *filter(None, written)]))


def _order(journal: Journal, key: AssessmentKey) -> Order:
    moved_to = journal.standing(place_field(key.case, key.member)).value
    for order in (Order.FIRST, Order.SECOND):
        holder = journal.standing(allocation_field(key.case, order)).value
        if holder == key.member and moved_to in (None, order):
            return order
    return Order.WITHDRAWN


def assessment(journal: Journal, key: AssessmentKey) -> Assessment:
    """One assessment as it stands."""
    fields = journal.fields(key.record)

    def texts(prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): str(standing.value)
            for name, standing in fields.items()
            if name.startswith(prefix) and standing.value
        }

    return Assessment(
        key=key,
        order=_order(journal, key),
        signed_off=_value(fields, STATUS) == Status.SIGNED_OFF,
        answers=texts(ANSWER),
        notes=texts(NOTE),
        sources=texts(SOURCE),
        stands=texts(STANDS),
        marks=_marks(fields),
        queries=_queries(fields, texts(REPLY)),
        unsettled=frozenset(
            name.removeprefix(ANSWER)
            for name, standing in fields.items()
            if name.startswith(ANSWER) and standing.in_conflict
        ),
    )


def _marks(fields: Mapping[str, Standing]) -> dict[str, str]:
    """The marks that are on, by name, each with its note."""
    return {
        name.removeprefix(MARK): str(standing.latest.value.get("note", ""))
        for name, standing in sorted(fields.items())
        if name.startswith(MARK) and standing.heads and isinstance(standing.latest.value, dict)
    }


def _queries(fields: Mapping[str, Standing], replies: Mapping[str, str]) -> tuple[Query, ...]:
    """The lead's queries, oldest first."""
    asked = [
        (standing.latest.at, name.removeprefix(QUERY), standing.latest.value)
        for name, standing in fields.items()
        if name.startswith(QUERY) and standing.heads
    ]
    return tuple(
        Query(
            id_,
            str(value.get("question", "")),
            str(value.get("text", "")),
            replies.get(id_, ""),
            bool(_value(fields, CLOSED + id_)),
        )
        for _, id_, value in sorted(asked, key=lambda one: one[:2])
        if isinstance(value, dict)
    )


def conflicts(journal: Journal, among: Iterable[str] | None = None) -> tuple[Conflict, ...]:
    """Every conflict that nobody has settled, in a fixed order; `among` some records or all."""
    found = [
        Conflict(assessment_key(record), Field(record, name), standing.heads)
        for record in (journal.records() if among is None else sorted(among))
        if not record.startswith(HAND_INS)
        for name, standing in sorted(journal.fields(record).items())
        if standing.in_conflict
    ]
    return tuple(found)


def hand_ins(journal: Journal) -> Mapping[MemberId, tuple[HandIn, ...]]:
    """What each person handed in, oldest first; nobody's name is here who never did."""
    found = {
        MemberId(record.removeprefix(HAND_INS)): tuple(
            _hand_in(entry.at, entry.value)
            for entry in journal.history(record, DETAILS)
            if isinstance(entry.value, dict)
        )
        for record in journal.records(HAND_INS)
    }
    return {member: those for member, those in found.items() if those}


def hand_outs(journal: Journal) -> Mapping[MemberId, tuple[HandOut, ...]]:
    """What was handed out to each person last: several where leads did it apart."""
    found = {
        MemberId(record.removeprefix(HAND_INS)): tuple(
            _hand_out(head.at, head.value)
            for head in journal.standing(Field(record, HANDED_OUT)).heads
            if isinstance(head.value, dict)
        )
        for record in journal.records(HAND_INS)
    }
    return {member: those for member, those in found.items() if those}


def _hand_out(at: str, said: Mapping[str, Any]) -> HandOut:
    number, cases = said.get("number"), said.get("cases")
    return HandOut(
        at,
        number if isinstance(number, int) else 0,
        str(said.get("form") or ""),
        {CaseId(str(k)): str(v) for k, v in cases.items()} if isinstance(cases, dict) else {},
    )


def _hand_in(at: str, said: Mapping[str, Any]) -> HandIn:
    files = said.get("files")
    new, answers, refused = (
        count if isinstance(count := said.get(name), int) else 0
        for name in ("new", "answers", "refused")
    )
    names = tuple(map(str, files)) if isinstance(files, list) else ()
    return HandIn(at, names, new, answers, refused, str(said.get("left_out") or ""))


def _value(fields: Mapping[str, Standing], name: str) -> Any:
    return fields[name].value if name in fields else None


def _with_details(journal: Journal, prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The records of one kind with their details; what says nothing of itself is passed over."""
    for record in journal.records(prefix):
        if details := _details(journal, record):
            yield record.removeprefix(prefix), details


def _details(journal: Journal, record: str) -> Mapping[str, Any]:
    standing = journal.standing(Field(record, DETAILS))
    # A conflict here would hide a case or a person: the latest word stands until it is settled.
    value = standing.latest.value if standing.heads else None
    return value if isinstance(value, dict) else {}


def _inspection(journal: Journal, id_: InspectionId) -> Inspection:
    details = _details(journal, INSPECTION)
    later = journal.standing(later_form_field())
    form = later.latest.value if later.heads else details.get("form", "")
    return Inspection(
        id=id_,
        title=str(details.get("title", "")),
        area=str(details.get("area", "")),
        starts=str(details.get("starts", "")),
        ends=str(details.get("ends", "")),
        form=FormHash(str(form or "")),
        caseload=_caseload(journal),
    )


def _caseload(journal: Journal) -> int | None:
    """The size of the caseload; unknown while two leads' copies say different things."""
    said = journal.standing(caseload_field()).value
    return said if type(said) is int and said > 0 else None


def _area_tables(journal: Journal) -> Mapping[AreaTableId, AreaTable]:
    """The tables about the area as the lead put them; those never moved by when they came."""
    order = journal.standing(area_order_field())
    said = order.latest.value if order.heads else None
    places = {str(id_): at for at, id_ in enumerate(said if isinstance(said, list) else ())}

    def place(id_: AreaTableId) -> tuple[int, str, str, int]:
        first = journal.history(AREA_TABLES + id_, DETAILS)[0]
        return places.get(id_, len(places)), first.at, first.session, first.seq

    found = {
        AreaTableId(id_): table
        for id_, details in _with_details(journal, AREA_TABLES)
        if (table := area.from_json(details))
    }
    return {id_: found[id_] for id_ in sorted(found, key=place)}


def _case(id_: str, details: Mapping[str, Any]) -> Case:
    fields = details.get("fields", {})
    known = {str(k): str(v) for k, v in fields.items()} if isinstance(fields, dict) else {}
    columns = details.get("columns")
    said = tuple(map(str, columns)) if isinstance(columns, list) else ()
    return Case(CaseId(id_), str(details.get("reference", "")), known, said)


def _member(id_: str, details: Mapping[str, Any]) -> TeamMember:
    said = details.get("role", "")
    role = Role(said) if said in set(Role) else Role.OBSERVER
    name, office = (str(details.get(known, "")) for known in ("name", "office"))
    return TeamMember(MemberId(id_), name, role, office)
