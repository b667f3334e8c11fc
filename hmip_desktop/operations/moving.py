"""Moving cases between assessors during the week; nobody's answers are lost by it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hmip_desktop.allocation import Warned
from hmip_desktop.casefile.records import AssessmentKey, Contents, Order
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import CaseId, MemberId
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import allocating
from hmip_desktop.operations.allocating import Holders
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Reading

NOBODY = "nobody"
"""What stands for a person's name where an assessment is taken away from everybody."""


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


def _move(reading: Reading, after: Holders) -> Moved:
    contents = reading.contents
    known = set(allocating.warnings(contents))
    changes = allocating.write(reading.document, after)
    later = Reading(reading.document).contents
    turns = tuple(
        turn for case, holders in after.items() for turn in _turns(contents, case, holders)
    )
    people = {member for turn in turns for member in (turn.was, turn.now) if member}
    return Moved(
        turns=turns,
        people=tuple(sorted(contents.name_of(member) for member in people)),
        warnings=tuple(one for one in allocating.warnings(later) if one not in known),
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
