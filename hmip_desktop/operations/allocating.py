"""Who assesses which case: sharing out, moving a case to somebody else, swapping, and back again.

What an assessor has answered is theirs: it stays in their assessment when the case moves on. A
first or second assessment counts where the lead's file says that it is, so an assessment that
was left behind is kept and counts nowhere; when the case comes back it counts again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hmip_desktop import allocation
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
from hmip_desktop.casefile.records import AssessmentKey, Contents, Order, Role
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import CaseId, Json, MemberId
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Reading

NOBODY = "nobody"
"""What stands for a person's name where an assessment is taken away from everybody."""

OFFICE, CASE_TYPE, ROSH = KNOWN_FIELDS = ("ldu", "case_type", "rosh")

_Holders = Mapping[CaseId, Mapping[Order, MemberId | None]]


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
    return allocation.allocation(
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
    return _write(
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


def loads(contents: Contents) -> Mapping[MemberId, Load]:
    """What each assessor has now."""
    found = allocation.loads(given(contents), cases_to_share(contents), assessors(contents))
    return {one.assessor.id: one for one in found}


def warnings(contents: Contents) -> tuple[Warned, ...]:
    """The rules that the allocation does not keep now."""
    people = assessors(contents)
    return allocation.warnings(given(contents), cases_to_share(contents), people)


@dataclass(frozen=True)
class Work:
    """What somebody has done in a case so far."""

    name: str
    answers: int
    signed_off: bool


@dataclass(frozen=True)
class Turn:
    """One assessment that changed hands: whose it was and is (None: nobody's).

    `left` is the work that stays behind with whoever no longer assesses the case; `found` that
    of the new assessor from an earlier time.
    """

    case: CaseId
    reference: str
    order: Order
    was: MemberId | None
    now: MemberId | None
    name: str
    left: Work | None
    found: Work | None

    @property
    def sentences(self) -> Iterator[str]:
        """What a person reads: who has it now, what stays, and what must be done anew."""
        yield self._who
        if self.left and self.left.answers:
            yield tr_count(
                "{name}'s {count} answer in it is kept, and counts again only if it comes back.",
                "{name}'s {count} answers in it are kept, and count again only if it comes back.",
                self.left.answers,
                name=self.left.name,
            )
        if self.left and self.left.signed_off:
            yield tr("{name} had signed it off.", name=self.left.name)
        if self.found and self.found.answers:
            yield tr_count(
                "{name}'s {count} earlier answer in it counts again.",
                "{name}'s {count} earlier answers in it count again.",
                self.found.answers,
                name=self.found.name,
            )
        elif self.found and self.left and self.left.answers:
            yield tr("{name} has to assess it anew.", name=self.found.name)

    @property
    def _who(self) -> str:
        if self.now is None and self.order is Order.FIRST:
            return tr("Nobody gives {case} its first assessment now.", case=self.reference)
        if self.now is None:
            return tr("Nobody gives {case} a second assessment now.", case=self.reference)
        if self.order is Order.FIRST:
            sentence = tr("{name} gives {case} its first assessment now.", **self._names)
        else:
            sentence = tr("{name} gives {case} its second assessment now.", **self._names)
        return sentence

    @property
    def _names(self) -> dict[str, str]:
        return {"name": self.name, "case": self.reference}


@dataclass(frozen=True)
class Moved:
    """What a move or a swap came to. `warnings` are the rules that it broke newly."""

    turns: tuple[Turn, ...]
    people: tuple[str, ...]
    warnings: tuple[Warned, ...]
    changes: Changes

    @property
    def sentences(self) -> Iterator[str]:
        """What a person reads."""
        for turn in self.turns:
            yield from turn.sentences
        yield tr(
            "It reaches these people with a fresh case file: {names}.",
            names=", ".join(self.people),
        )
        for warned in self.warnings:
            yield warned.sentence


def move(reading: Reading, reference: str, name: str, *, second: bool = False) -> Moved:
    """Give the first, or second, assessment of a case to somebody else, or to nobody.

    Raises:
        Refused: NOT_THE_LEADS, CASE_UNKNOWN, ALLOCATION when the person is not one who
            assesses, or assesses the case already.
    """
    require_lead(reading.document)
    case = reading.case(reference)
    order = Order.SECOND if second else Order.FIRST
    holders = dict(_holders(reading.contents, case.id))
    member = _person(reading.contents, name)
    if member is not None and member in holders.values():
        sentence = tr(
            "{name} assesses {case} already. Swap its two assessors instead.",
            name=reading.contents.name_of(member),
            case=case.reference,
        )
        raise Refused(Code.ALLOCATION, sentence)
    if member is None and holders[order] is None:
        raise Refused(Code.ALLOCATION, tr("Nobody has it as it is."))
    holders[order] = member
    return _move(reading, {case.id: holders})


def swap(
    reading: Reading, reference: str, other: str | None = None, *, second: bool = False
) -> Moved:
    """Let the first (or second) assessors of two cases change places, or the two of one case.

    Raises:
        Refused: NOT_THE_LEADS, CASE_UNKNOWN, ALLOCATION when there are no two people to swap,
            or somebody would assess a case twice.
    """
    require_lead(reading.document)
    case = reading.case(reference)
    ours = _holders(reading.contents, case.id)
    if other is None:
        people = (ours[Order.FIRST], ours[Order.SECOND])
        after = {case.id: {Order.FIRST: people[1], Order.SECOND: people[0]}}
    else:
        order = Order.SECOND if second else Order.FIRST
        other_case = reading.case(other).id
        theirs = _holders(reading.contents, other_case)
        people = (ours[order], theirs[order])
        after = {case.id: {**ours, order: people[1]}, other_case: {**theirs, order: people[0]}}
    twice = any(of[Order.FIRST] == of[Order.SECOND] for of in after.values())
    if None in people or people[0] == people[1] or twice:
        sentence = tr("There are no two assessors to swap at {case}.", case=case.reference)
        raise Refused(Code.ALLOCATION, sentence)
    return _move(reading, after)


def take_back(reading: Reading, moved: Moved) -> Moved:
    """Undo a move or a swap: everybody has again what they had.

    Raises:
        Refused: NOT_THE_LEADS, ALLOCATION when a case has moved on since.
    """
    require_lead(reading.document)
    back: dict[CaseId, dict[Order, MemberId | None]] = {}
    for turn in moved.turns:
        now = _holders(reading.contents, turn.case)
        if now[turn.order] != turn.now:
            sentence = tr("{case} has moved on since; move it by hand.", case=turn.reference)
            raise Refused(Code.ALLOCATION, sentence)
        back.setdefault(turn.case, dict(now))[turn.order] = turn.was
    return _move(reading, back)


def _person(contents: Contents, name: str) -> MemberId | None:
    """A team member by name; None for nobody."""
    wanted = name.strip().casefold()
    found = [one for one in contents.members.values() if one.name.casefold() == wanted]
    if not found and wanted == NOBODY:
        return None
    if not found:
        raise Refused(Code.ALLOCATION, tr("There is no {name} in the team.", name=name))
    if not found[0].role.assesses:
        raise Refused(Code.ALLOCATION, tr("{name} does not assess cases.", name=found[0].name))
    return found[0].id


def _holders(contents: Contents, case: CaseId) -> Mapping[Order, MemberId | None]:
    """Who gives a case its first and its second assessment."""
    of_case = {one.order: one.key.member for one in contents.assessments_of(case)}
    return {order: of_case.get(order) for order in (Order.FIRST, Order.SECOND)}


def _move(reading: Reading, after: _Holders) -> Moved:
    contents = reading.contents
    known = set(warnings(contents))
    changes = _write(reading.document, after)
    later = _contents(reading.document)
    turns = tuple(
        turn for case, holders in after.items() for turn in _turns(contents, case, holders)
    )
    people = {member for turn in turns for member in (turn.was, turn.now) if member}
    return Moved(
        turns=turns,
        people=tuple(sorted(contents.name_of(member) for member in people)),
        warnings=tuple(one for one in warnings(later) if one not in known),
        changes=changes,
    )


def _turns(
    contents: Contents, case: CaseId, after: Mapping[Order, MemberId | None]
) -> Iterator[Turn]:
    before = _holders(contents, case)
    for order, now in after.items():
        was = before[order]
        if was != now:
            yield Turn(
                case=case,
                reference=contents.cases[case].reference,
                order=order,
                was=was,
                now=now,
                name=contents.name_of(now) if now else "",
                left=_work(contents, case, was if was not in after.values() else None),
                found=_work(contents, case, now if now not in before.values() else None),
            )


def _work(contents: Contents, case: CaseId, member: MemberId | None) -> Work | None:
    if member is None:
        return None
    done = contents.assessments.get(AssessmentKey(case, member))
    name = contents.name_of(member)
    return Work(name, len(done.answers), done.signed_off) if done else Work(name, 0, False)


def _write(document: Document, after: _Holders) -> Changes:
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
