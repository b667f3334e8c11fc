"""What a conflict is about and what its sides say, in words."""

from collections.abc import Iterable, Mapping

from hmip_desktop.casefile import labels, records
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.records import AssessmentKey, Conflict, Order, Query
from hmip_desktop.clock import from_stamp, shown
from hmip_desktop.form.model import Form, Line
from hmip_desktop.ids import EntryId, Json, MemberId
from hmip_desktop.language import mark, tr
from hmip_desktop.operations.reading import Reading
from ui.models import words

_LONGEST = 80
_ON_A_QUESTION = {
    records.ANSWER: mark("{case}, {question}"),
    records.NOTE: mark("{case}, note on {question}"),
    records.SOURCE: mark("{case}, what the answer to {question} rests on"),
    records.STANDS: mark("{case}, why the answer to {question} stands"),
}
_WHO = {
    Order.FIRST.value: mark("Who assesses this case?"),
    Order.SECOND.value: mark("Who assesses this case a second time?"),
}


def where(reading: Reading, conflict: Conflict) -> str:
    """The case and the question that it is about; the inspection when it is about no case."""
    case = reading.contents.cases.get(conflict.case) if conflict.case else None
    if case is None:
        return reading.contents.inspection.title
    kind, name = _parts(conflict)
    question = reading.form.question_by_name.get(name)
    if question is None or kind not in _ON_A_QUESTION:
        return case.reference
    return tr(_ON_A_QUESTION[kind], case=case.reference, question=question.number)


def asks(reading: Reading, conflict: Conflict, language: str) -> str:
    """The question to which its sides are different answers."""
    _, name = _parts(conflict)
    if question := reading.form.question_by_name.get(name):
        return question.label.in_language(language)
    field = conflict.field.name
    if _is_allocation(conflict):
        return tr(_WHO[field])
    return labels.set_up_question(conflict.field) or field


def answer(reading: Reading, conflict: Conflict, value: Json, language: str) -> tuple[str, Line]:
    """What one side says, and on which side of the line that is."""
    if value is None or value == "":
        return tr("Taken back"), Line.NOT_COUNTED
    if _is_allocation(conflict):
        return reading.contents.name_of(MemberId(str(value))), Line.NOT_COUNTED
    kind, name = _parts(conflict)
    if kind == records.ANSWER:
        return _answered(reading.form, name, str(value), language)
    sides = [side.value for side in conflict.sides]
    if said := labels.set_up_answer(reading.contents, conflict.field, value, sides):
        return said, Line.NOT_COUNTED
    if isinstance(value, dict):
        return "; ".join(str(part) for part in value.values()), Line.NOT_COUNTED
    return str(value), Line.NOT_COUNTED


def _answered(form: Form, name: str, value: str, language: str) -> tuple[str, Line]:
    question = form.question_by_name.get(name)
    if question is None:
        return value, Line.NOT_COUNTED
    return words.answer(question, value, language), question.line_of(value)


def _is_allocation(conflict: Conflict) -> bool:
    return conflict.key is None and conflict.field.name in _WHO


def _parts(conflict: Conflict) -> tuple[str, str]:
    """The kind of field, as its prefix, and the name of the question after it."""
    kind, slash, name = conflict.field.name.partition("/")
    return kind + slash, name


def who_and_when(reading: Reading, entry: Entry) -> str:
    """Who set it, and when."""
    return f"{reading.contents.name_of(entry.author)}, {shown(entry.at)}"


def before(reading: Reading, conflict: Conflict, side: Entry, language: str) -> str:
    """What the author had before them and replaced, in a sentence."""
    history = reading.document.journal.history(*conflict.field)
    older = {one.id: one for one in history}
    replaced = [older[id_].value for id_ in side.supersedes if id_ in older]
    if not replaced:
        is_answer = _parts(conflict)[0] == records.ANSWER
        return tr("First answer") if is_answer else tr("Nothing stood there before")
    said = dict.fromkeys(answer(reading, conflict, value, language)[0] for value in replaced)
    return tr("Changed from “{answer}”", answer=_short(" / ".join(said)))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…"


def notes(reading: Reading, conflict: Conflict) -> Mapping[EntryId, str]:
    """The note beside each side of a conflict about an answer, as far as there is one."""
    kind, name = _parts(conflict)
    if conflict.key is None or kind != records.ANSWER:
        return {}
    heads = reading.document.journal.standing(conflict.key.note(name)).heads
    beside = notes_beside(conflict.sides, [one for one in heads if one.value])
    return {side: str(note.value) for side, note in beside.items()}


def notes_beside(sides: Iterable[Entry], heads: Iterable[Entry]) -> Mapping[EntryId, Entry]:
    """Which of the notes that stand belongs to which side.

    A note written in the same sitting as a side is that side's, and no other's; among notes of
    other sittings the one nearest in time is taken, which may be everybody's.
    """
    known = list(sides)
    sittings = {side.session for side in known}
    shared = [note for note in heads if note.session not in sittings]
    found = {}
    for side in known:
        own = [note for note in heads if note.session == side.session]
        if notes := own or shared:
            found[side.id] = min(notes, key=lambda note: (_apart(note, side), note.id))
    return found


def _apart(one: Entry, other: Entry) -> float:
    return abs((from_stamp(one.at) - from_stamp(other.at)).total_seconds())


def to_ask(reading: Reading, conflict: Conflict) -> tuple[AssessmentKey, ...]:
    """The assessments whose assessors can be asked: its own, and the sides' authors'."""
    if conflict.key is None or conflict.key not in reading.assessments:
        return ()
    authors = [AssessmentKey(conflict.key.case, side.author) for side in conflict.sides]
    return tuple(
        dict.fromkeys([conflict.key, *(key for key in authors if key in reading.assessments)])
    )


def question_of(reading: Reading, conflict: Conflict) -> str:
    """The name of the question that a query about it is about; empty for the whole case."""
    name = _parts(conflict)[1]
    return name if name in reading.form.question_by_name else ""


def asked(reading: Reading, conflict: Conflict) -> tuple[tuple[str, Query], ...]:
    """Who was asked about it, and the query, while that is open."""
    name = question_of(reading, conflict)
    return tuple(
        (reading.assessments[key].assessor, query)
        for key in to_ask(reading, conflict)
        for query in reading.assessments[key].assessment.queries
        if name and query.question == name and not query.closed
    )


def proposed(reading: Reading, conflict: Conflict, language: str) -> str:
    """A query that names what both sides say."""
    first, second = (
        tr(
            "“{answer}” ({who})",
            answer=_short(answer(reading, conflict, side.value, language)[0]),
            who=who_and_when(reading, side),
        )
        for side in conflict.sides[:2]
    )
    return tr(
        "Two copies of your file say different things here: {first} and {second}. "
        "Which of them holds, and on what does it rest?",
        first=first,
        second=second,
    )
