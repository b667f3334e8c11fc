"""What was handed out: remembered person by person, and held against what would be handed out now.

Beside the hand-ins, and like them for the lead alone: no conflict, no score and no handed-out
file knows of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Journal
from hmip_desktop.casefile.records import Contents, HandOut, Order
from hmip_desktop.ids import CaseId, Json, MemberId, content_hash
from hmip_desktop.language import tr

_LONG_ENOUGH = 12


@dataclass(frozen=True)
class ToDo:
    """Somebody whose case file is to be handed out: the first time, or once more.

    `cases` are those that their file has not, or has otherwise; `form` says that it has an
    earlier version of the form; `was_out` that a file of theirs is known of.
    """

    name: str
    was_out: bool
    cases: tuple[str, ...] = ()
    form: bool = False

    @property
    def sentence(self) -> str:
        """What a person reads."""
        if not self.was_out:
            return tr("{name} has cases, but no case file yet that is known of here.", **self._who)
        if not self.cases and self.form:
            return tr("{name}'s file has an earlier version of the form.", **self._who)
        return tr(
            "{name}'s file is older than their cases ({cases}): hand it out again.",
            cases=", ".join(self.cases),
            **self._who,
        )

    @property
    def _who(self) -> Mapping[str, str]:
        return {"name": self.name}


def remember(document: Document, contents: Contents, members: Iterable[MemberId]) -> None:
    """One entry for each person whose case file was made.

    Raises:
        Refused: the disk's reasons.
    """
    before = reader.hand_outs(document.journal)

    def said(member: MemberId) -> Json:
        # The number makes it news when the same is handed out again.
        number = 1 + max((one.number for one in before.get(member, ())), default=0)
        cases: dict[str, Json] = {str(case): word for case, word in _held(contents, member).items()}
        return {"number": number, "form": contents.inspection.form, "cases": cases}

    fields = [(records.hand_out_field(member), said(member)) for member in members]
    document.write(document.about.owner, fields)


def last(journal: Journal) -> Mapping[MemberId, HandOut]:
    """The last time that each person's file was handed out."""
    found = reader.hand_outs(journal)
    return {member: max(those, key=lambda one: one.at) for member, those in found.items()}


def to_do(journal: Journal, contents: Contents) -> tuple[ToDo, ...]:
    """Who is to get a case file, once any was handed out; by name.

    Where two leads handed out apart, either's file will do. Whoever handed something in has a
    file, whether or not it is remembered here.
    """
    out, handed_in = reader.hand_outs(journal), reader.hand_ins(journal)
    if not out:
        return ()
    with_cases = {
        one.key.member for one in contents.assessments.values() if one.order is not Order.WITHDRAWN
    }
    found: list[ToDo] = []
    for member in sorted(with_cases, key=contents.name_of):
        if member in out:
            found += _again(contents, member, out[member])
        elif member not in handed_in:
            found.append(ToDo(contents.name_of(member), was_out=False))
    return tuple(found)


def _again(contents: Contents, member: MemberId, out: Iterable[HandOut]) -> Iterator[ToDo]:
    held, form = _held(contents, member), contents.inspection.form
    if any(one.cases == held and one.form == form for one in out):
        return
    newest = max(out, key=lambda one: one.at)
    differing = [
        case
        for case in {**held, **newest.cases}
        if held.get(case) != newest.cases.get(case) and case in contents.cases
    ]
    references = tuple(sorted(contents.cases[case].reference for case in differing))
    yield ToDo(contents.name_of(member), True, references, newest.form != form)


def _held(contents: Contents, member: MemberId) -> Mapping[CaseId, str]:
    """What somebody's file holds of each of their cases, as a short word.

    What they answer themselves, and what becomes of a query that they have, makes no file older.
    """
    return {
        one.key.case: content_hash(
            [
                contents.cases[one.key.case].reference,
                dict(contents.cases[one.key.case].fields),
                one.order,
                sorted([query.id, query.question, query.text] for query in one.queries),
            ]
        )[:_LONG_ENOUGH]
        for one in contents.assessments.values()
        if one.key.member == member and one.order is not Order.WITHDRAWN
    }
