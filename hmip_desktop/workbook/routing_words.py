"""When a question is asked, in words: `2.1.09 is “Timely”`. Pure."""

import re
from collections.abc import Callable

from hmip_desktop.form.model import Form, Question

ALWAYS = "in every case"
_PATH = r"(?P<path>/[\w./-]+)"
_VALUE = r"(?P<quote>['\"])(?P<value>[^'\"]*)(?P=quote)"
_SELECTED = re.compile(rf"selected\(\s*{_PATH}\s*,\s*{_VALUE}\s*\)")
_COMPARED = re.compile(rf"{_PATH}\s*(?P<sign>!?=)\s*{_VALUE}")
_LONE_PATH = re.compile(_PATH)


def asked_when(form: Form, question: Question) -> str:
    """When a question is asked; what no words are known for stays as the form has it."""
    parts = [expression_in_words(form, one) for one in question.relevant]
    if not parts:
        return ALWAYS
    if len(parts) == 1:
        return parts[0]
    return " and ".join(f"({part})" if " or " in part else part for part in parts)


def expression_in_words(form: Form, expression: str) -> str:
    """An XPath expression with numbers of questions and labels of choices in it."""
    said = _SELECTED.sub(_in_words(form, "includes"), expression)
    said = _COMPARED.sub(_in_words(form, "is"), said)
    said = _LONE_PATH.sub(lambda found: _number(form, found["path"]), said)
    return " ".join(said.split())


def _in_words(form: Form, verb: str) -> Callable[[re.Match[str]], str]:
    def said(found: re.Match[str]) -> str:
        known = found.groupdict()
        question = form.question_by_path.get(known["path"])
        sure = f"{verb} not" if known.get("sign") == "!=" else verb
        if not known["value"]:
            return f"{_number(form, known['path'])} has {'an' if 'not' in sure else 'no'} answer"
        choice = question.choice_by_name.get(known["value"]) if question else None
        label = str(choice.label) if choice else known["value"]
        return f"{_number(form, known['path'])} {sure} “{label}”"

    return said


def _number(form: Form, path: str) -> str:
    question = form.question_by_path.get(path)
    return question.number if question else path
