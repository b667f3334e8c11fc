"""Tables that come into an inspection: new cases and people, and those that are there already.

What is there is changed only in what a table says; what it lacks stays. A table that was taken in
can be taken back as long as nobody went on from it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.records import Case, Contents, TeamMember
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import CaseId, Json, MemberId, fresh
from hmip_desktop.language import tr
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.sample_sheet import SampleRow, TeamRow
from hmip_desktop.sample_sheet.preview import Known


@dataclass(frozen=True)
class Added:
    """What a table came to: who or what is new or changed, by name.

    `fields` are the fields that it wrote, before and after it.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    fields: tuple[tuple[Field, Json, Json], ...]
    changes: Changes


def known_cases(contents: Contents) -> Known:
    """The fields of the cases that are there, as a sample on its way in looks for them."""
    return {case.reference.casefold(): case.fields for case in contents.cases.values()}


def known_people(contents: Contents) -> Known:
    """Role and office of the people who are there, as a team list on its way in looks for them."""
    return {
        one.name.casefold(): {"role": one.role.value, "office": one.office}
        for one in contents.members.values()
    }


def add_cases(document: Document, rows: Sequence[SampleRow]) -> Added:
    """Add cases to the sample; one known by its reference gets what its row says.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    require_lead(document)
    known = {one.reference.casefold(): one for one in _contents(document).cases.values()}
    new, changed = [], []
    said: dict[Field, Json] = {}
    for row in rows:
        before = known.get(row.reference.casefold())
        case = _with(before, row)
        if before is None:
            new.append(case.reference)
        elif case.fields != before.fields:
            changed.append(case.reference)
        else:
            continue
        said[records.case_field(case.id)] = {
            "reference": case.reference,
            "fields": dict(case.fields),
            "columns": list(case.columns),
        }
    return _write(document, new, changed, said)


def add_people(document: Document, rows: Sequence[TeamRow]) -> Added:
    """Add people to the team; one known by name gets the role of the list, and its office.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    require_lead(document)
    known = {one.name.casefold(): one for one in _contents(document).members.values()}
    new, changed = [], []
    said: dict[Field, Json] = {}
    for row in rows:
        before = known.get(row.name.casefold())
        id_ = before.id if before else MemberId(fresh())
        office = row.office or (before.office if before else "")
        member = TeamMember(id_, row.name, row.role, office)
        if before is None:
            new.append(row.name)
        elif member != before:
            changed.append(row.name)
        else:
            continue
        said[records.member_field(id_)] = person(member)
    return _write(document, new, changed, said)


def person(member: TeamMember) -> Json:
    """Somebody as a case file keeps them."""
    said: dict[str, Json] = {"name": member.name, "role": member.role.value}
    return {**said, "office": member.office} if member.office else said


def take_back(document: Document, added: Added) -> Changes:
    """Take a table back: what it changed is as before, what it brought is not there any more.

    Raises:
        Refused: NOT_THE_LEADS; ALLOCATION, VALUE_UNUSABLE when somebody went on from it.
    """
    require_lead(document)
    journal = document.journal
    for field, _, after in added.fields:
        standing = journal.standing(field)
        if standing.in_conflict or standing.value != after:
            sentence = tr("Something of this table was changed since: nothing was taken back.")
            raise Refused(Code.VALUE_UNUSABLE, sentence)
    brought = {field.record for field, before, _ in added.fields if before is None}
    if any(record in brought for record in _worked_with(_contents(document))):
        sentence = tr("Cases of this table are allocated: nothing was taken back.")
        raise Refused(Code.ALLOCATION, sentence)
    back = [(field, before) for field, before, _ in added.fields]
    return Changes.of(document.write(document.about.owner, back))


def _worked_with(contents: Contents) -> Iterator[str]:
    """The records of all cases and people that an assessment is about."""
    for key in contents.assessments:
        yield records.case_field(key.case).record
        yield records.member_field(key.member).record


def _with(before: Case | None, row: SampleRow) -> Case:
    """A case with what a row says of it."""
    if before is None:
        return Case(CaseId(fresh()), row.reference, row.fields, row.columns)
    columns = tuple(dict.fromkeys((*before.columns, *row.columns)))
    return Case(before.id, before.reference, {**before.fields, **row.fields}, columns)


def _write(
    document: Document, new: Iterable[str], changed: Iterable[str], said: Mapping[Field, Json]
) -> Added:
    before = {field: document.journal.standing(field).value for field in said}
    written = document.write(document.about.owner, said.items())
    fields = tuple((field, before[field], after) for field, after in said.items())
    return Added(tuple(new), tuple(changed), fields, Changes.of(written))


def _contents(document: Document) -> Contents:
    return reader.contents(document.journal, document.about.inspection)
