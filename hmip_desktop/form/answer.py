"""What may stand as an answer, in the one spelling in which it is kept."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import partial

from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.model import Kind, Question
from hmip_desktop.language import tr

MOST_DIGITS = 20


def spelt(question: Question, value: str) -> str:
    """The answer as it is kept; empty stands for no answer.

    Choices go by name (several in the form's order), numbers plain, dates as 2013-05-06.

    Raises:
        Refused: VALUE_UNUSABLE, with what could be meant; never repeats what was typed, since
            that may be a note about a person in the wrong place.
    """
    if not is_writable(value):
        raise _refused(tr("{number} holds half a letter; paste it again.", number=question.number))
    text = value if question.kind is Kind.TEXT else " ".join(value.split())
    if not text.strip():
        return ""
    if question.kind not in _SPELLINGS:
        raise _refused(
            tr("{number} is not a question that takes an answer.", number=question.number)
        )
    return _SPELLINGS[question.kind](question, text)


def is_writable(text: str) -> bool:
    """Whether a text is made of whole letters (a broken paste can hold half of one)."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _refused(sentence: str) -> Refused:
    return Refused(Code.VALUE_UNUSABLE, sentence)


def _choice(question: Question, name: str) -> str:
    known = question.choice_by_name
    if name in known:
        return name
    raise _refused(_no_such_choice(question.number, name, list(known)))


def _no_such_choice(number: str, name: str, known: Sequence[str]) -> str:
    names = ", ".join(known)
    if not known:
        return tr("{number} has no such choice (it has none).", number=number)
    if near := get_close_matches(name, known, n=1, cutoff=0.5):
        return tr(
            "{number} has no such choice (it has {choices}); did you mean '{near}'.",
            number=number,
            choices=names,
            near=near[0],
        )
    return tr("{number} has no such choice (it has {choices}).", number=number, choices=names)


def _choices(question: Question, text: str) -> str:
    chosen = {_choice(question, name) for name in text.split()}
    return " ".join(choice.name for choice in question.choices if choice.name in chosen)


def _number(question: Question, text: str, *, whole: bool) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _no_number(question, whole=whole) from None
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise _no_number(question, whole=whole)
    if whole and not text.lstrip("+-").isdecimal():
        raise _no_number(question, whole=whole)
    plain = format(number.normalize(), "f")
    return "0" if plain == "-0" else plain


def _no_number(question: Question, *, whole: bool) -> Refused:
    if whole:
        return _refused(tr("{number} takes a whole number.", number=question.number))
    return _refused(tr("{number} takes a number.", number=question.number))


def _date(question: Question, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        sentence = tr("{number} takes a date such as 2013-05-06.", number=question.number)
        raise _refused(sentence) from None


_SPELLINGS: Mapping[Kind, Callable[[Question, str], str]] = {
    Kind.SELECT_ONE: _choice,
    Kind.SELECT_MULTIPLE: _choices,
    Kind.INTEGER: partial(_number, whole=True),
    Kind.DECIMAL: partial(_number, whole=False),
    Kind.DATE: _date,
    Kind.TEXT: lambda _, text: text,
}
