"""What a conflict is about and what its sides say, in words."""

from hmip_desktop.casefile import records
from hmip_desktop.casefile.records import Conflict, Order
from hmip_desktop.form.model import Form, Line
from hmip_desktop.ids import Json, MemberId
from hmip_desktop.language import mark, tr
from hmip_desktop.operations.reading import Reading
from ui.models import words

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
    return tr(_WHO[field]) if _is_allocation(conflict) else field


def answer(reading: Reading, conflict: Conflict, value: Json, language: str) -> tuple[str, Line]:
    """What one side says, and on which side of the line that is."""
    if value is None or value == "":
        return tr("Taken back"), Line.NOT_COUNTED
    if _is_allocation(conflict):
        return reading.contents.name_of(MemberId(str(value))), Line.NOT_COUNTED
    kind, name = _parts(conflict)
    if kind == records.ANSWER:
        return _answered(reading.form, name, str(value), language)
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
