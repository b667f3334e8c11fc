"""Which answer to a question a value of the sample comes to. Pure.

Samples are kept by people who never saw the form: a value is known by a choice's name, by its
label in any language, and by the usual spellings of its field, so that M is Male and SSO a
suspended sentence. What fits none of them comes to the choice named `another`, where the
question has one: it stands for whatever the form does not name, as the LDUs of other areas.
"""

from hmip_desktop.errors import Refused
from hmip_desktop.form.answer import spelt
from hmip_desktop.form.model import Choice, Kind, Question
from hmip_desktop.sample_sheet import kinds
from hmip_desktop.sample_sheet.sample import CASE_TYPE
from hmip_desktop.sample_sheet.sheet import bare
from hmip_desktop.sample_sheet.values import DATE, ROSH, says_no_level, value_of

ANOTHER = "another"
_NO_LEVEL = "-"


def answer_of(question: Question, written: str) -> str:
    """The answer as it is kept; empty where the value comes to none, or to more than one."""
    if question.kind is Kind.SELECT_ONE:
        key = _key(question.field, written)
        fitting = [one.name for one in question.choices if key in _keys(question.field, one)]
        if key and not fitting and ANOTHER in question.choice_by_name:
            return ANOTHER
        return fitting[0] if key and len(fitting) == 1 else ""
    meant = value_of(DATE, written).text if question.kind is Kind.DATE else written
    try:
        return spelt(question, meant)
    except Refused:
        return ""


def is_same(question: Question, one: str, other: str) -> bool:
    """Whether two answers say the same; of typed words, capitals and signs are no difference."""
    if question.kind is Kind.TEXT:
        return _key(question.field, one) == _key(question.field, other)
    return one == other


def _keys(field: str, choice: Choice) -> set[str]:
    """Everything by which a choice is known."""
    texts = (choice.name, *(text for _, text in choice.label.texts))
    return {_key(field, text) for text in texts}


def _key(field: str, text: str) -> str:
    """What all spellings of one value of a field have in common."""
    if field == CASE_TYPE:
        return kinds.type_of(text)
    if field == ROSH and says_no_level(text):
        return _NO_LEVEL
    return bare(value_of(field, text).text)
