"""What may stand as an answer, in the one spelling in which it is kept."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import partial

from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.model import Kind, Question


def spelt(question: Question, value: str) -> str:
    """The answer as it is kept; empty stands for no answer.

    Choices go by name (several in the form's order), numbers plain, dates as 2013-05-06.

    Raises:
        Refused: VALUE_UNUSABLE, with what could be meant; never repeats what was typed, since
            that may be a note about a person in the wrong place.
    """
    text = value if question.kind is Kind.TEXT else " ".join(value.split())
    if not text.strip():
        return ""
    if question.kind not in _SPELLINGS:
        raise _unusable(question, "is not a question that takes an answer")
    return _SPELLINGS[question.kind](question, text)


def _unusable(question: Question, why: str) -> Refused:
    return Refused(Code.VALUE_UNUSABLE, f"{question.number} {why}.")


def _choice(question: Question, name: str) -> str:
    known = question.choice_by_name
    if name in known:
        return name
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    meant = f"; did you mean '{near[0]}'" if near else ""
    raise _unusable(question, f"has no such choice (it has {', '.join(known) or 'none'}){meant}")


def _choices(question: Question, text: str) -> str:
    chosen = {_choice(question, name) for name in text.split()}
    return " ".join(choice.name for choice in question.choices if choice.name in chosen)


def _number(question: Question, text: str, *, whole: bool) -> str:
    try:
        number: float = int(text) if whole else float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        kind = "a whole number" if whole else "a number"
        raise _unusable(question, f"takes {kind}")
    return repr(number)


def _date(question: Question, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _unusable(question, "takes a date such as 2013-05-06") from None


_SPELLINGS: Mapping[Kind, Callable[[Question, str], str]] = {
    Kind.SELECT_ONE: _choice,
    Kind.SELECT_MULTIPLE: _choices,
    Kind.INTEGER: partial(_number, whole=True),
    Kind.DECIMAL: partial(_number, whole=False),
    Kind.DATE: _date,
    Kind.TEXT: lambda _, text: text,
}
