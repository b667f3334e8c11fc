"""Who assesses which case: sharing the cases out, and how that spreads.

What an assessor has answered is theirs: it stays in their assessment when the case moves on. A
first or second assessment counts where the lead's file says that it is, so an assessment that
was left behind is kept and counts nowhere; when the case comes back it counts again.
"""

from collections.abc import Iterator, Mapping

from hmip_desktop import allocation, dealing
from hmip_desktop.allocation import (
    FULL_SHARE,
    Allocation,
    Assessor,
    CaseToShare,
    Given,
    Load,
    Warned,
)
from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.records import Contents, Order, Role
from hmip_desktop.ids import CaseId, Json, MemberId
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.opening import require_lead

OFFICE, CASE_TYPE, ROSH = KNOWN_FIELDS = ("ldu", "case_type", "rosh")

Holders = Mapping[CaseId, Mapping[Order, MemberId | None]]


def allocate(
    document: Document, *, second: int = 0, seed: int = 0, local_share: int = FULL_SHARE
) -> Allocation:
    """Share out the cases that nobody has; those already allocated stay where they are.

    Raises:
        Refused: ALLOCATION, NOT_THE_LEADS.
    """
    found = planned(document, second=second, seed=seed, local_share=local_share)
    apply(document, found)
    return found


def planned(
    document: Document, *, second: int = 0, seed: int = 0, local_share: int = FULL_SHARE
) -> Allocation:
    """What `allocate` would come to; nothing is changed.

    Args:
        document: the lead's case file.
        second: how many cases are to have a second assessor.
        seed: makes the same choice again.
        local_share: how many cases a local assessor takes, in percent of an inspector's.

    Raises:
        Refused: ALLOCATION, NOT_THE_LEADS.
    """
    require_lead(document)
    contents = _contents(document)
    return dealing.deal(
        cases_to_share(contents),
        assessors(contents, local_share=local_share),
        second=second,
        seed=seed,
        already=given(contents),
    )


def apply(document: Document, found: Allocation) -> Changes:
    """Write an allocation into the lead's case file.

    Raises:
        Refused: NOT_THE_LEADS, the disk's reasons.
    """
    cases = {*found.given.first, *found.given.second}
    return write(
        document,
        {
            case: {
                Order.FIRST: found.given.first.get(case),
                Order.SECOND: found.given.second.get(case),
            }
            for case in cases
        },
    )


def assessors(contents: Contents, *, local_share: int = FULL_SHARE) -> tuple[Assessor, ...]:
    """The team members who assess. A local assessor is not to judge their own office's cases."""

    def assessor(id_: MemberId, name: str, role: Role, office: str) -> Assessor:
        if role is Role.LOCAL_ASSESSOR:
            return Assessor(id_, name, role.value, office, local_share)
        return Assessor(id_, name, role.value)

    found = (
        assessor(member.id, member.name, member.role, member.office)
        for member in contents.members.values()
        if member.role.assesses
    )
    return tuple(sorted(found, key=lambda one: (one.role, one.name)))


def cases_to_share(contents: Contents) -> tuple[CaseToShare, ...]:
    """The cases of the sample as allocation sees them."""
    return tuple(
        CaseToShare(
            case.id,
            case.reference,
            *(case.fields.get(name, "") for name in (OFFICE, CASE_TYPE, ROSH)),
        )
        for case in contents.cases.values()
    )


def given(contents: Contents) -> Given:
    """Who has which case now."""

    def of(order: Order) -> dict[CaseId, MemberId]:
        return {
            one.key.case: one.key.member
            for one in contents.assessments.values()
            if one.order is order
        }

    return Given(of(Order.FIRST), of(Order.SECOND))


def without_assessor(contents: Contents) -> tuple[str, ...]:
    """The references of the cases that nobody gives a first assessment, in order."""
    first = given(contents).first
    return tuple(sorted(one.reference for one in contents.cases.values() if one.id not in first))


def loads(contents: Contents) -> Mapping[MemberId, Load]:
    """What each assessor has now."""
    found = allocation.loads(given(contents), cases_to_share(contents), assessors(contents))
    return {one.assessor.id: one for one in found}


def warnings(contents: Contents) -> tuple[Warned, ...]:
    """The rules that the allocation does not keep now."""
    people = assessors(contents)
    return allocation.warnings(given(contents), cases_to_share(contents), people)


def write(document: Document, after: Holders) -> Changes:
    """Write who has which assessments of some cases.

    Raises:
        Refused: NOT_THE_LEADS, the disk's reasons.
    """
    require_lead(document)
    changes = [
        change for case, holders in after.items() for change in _fields(document, case, holders)
    ]
    return Changes.of(document.write(document.about.owner, changes))


def _fields(
    document: Document, case: CaseId, after: Mapping[Order, MemberId | None]
) -> Iterator[tuple[Field, Json]]:
    """The fields to write so that these people have a case.

    Whoever has, or once had, something else is told their own place as well: the fresh file
    that they get does not say who has the case instead.
    """
    journal = document.journal
    before = {
        order: journal.standing(records.allocation_field(case, order)).value for order in after
    }
    for order, member in after.items():
        yield records.allocation_field(case, order), member
    places = {member: order for order, member in after.items() if member}
    moved = {MemberId(str(before[o])) for o in after if before[o] and before[o] != after[o]}
    for person in sorted({*moved, *places}):
        field = records.place_field(case, person)
        if person in moved or journal.standing(field).heads:
            yield field, places.get(person, Order.WITHDRAWN).value


def _contents(document: Document) -> Contents:
    return reader.contents(document.journal, document.about.inspection)
