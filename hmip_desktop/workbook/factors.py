"""The factors of a form: a list of several choices, each of which opens questions of its own.

In the report this is the table of what lies behind the offending, with the share in which enough
was done about it. Any form has it whose questions are named after the choices of such a list
(`q3_3_04_alcohol` after `alcohol`), and are asked where that choice was made. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hmip_desktop.form.model import Choice, Form, Kind, Question


@dataclass(frozen=True)
class Measure:
    """What is asked about each factor: its wording, and its question by the name of a choice."""

    label: str
    questions: Mapping[str, Question]


@dataclass(frozen=True)
class Factors:
    """The list that names the factors, and what is asked about each."""

    question: Question
    measures: tuple[Measure, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The factors about which something is asked."""
        return tuple(
            choice
            for name, choice in self.question.choice_by_name.items()
            if any(name in measure.questions for measure in self.measures)
        )


def factors(form: Form) -> Factors | None:
    """The factors of a form: of its first such list; None where it has none."""
    lists = (question for question in form.answerable if question.kind is Kind.SELECT_MULTIPLE)
    return next((found for one in lists if (found := _opened_by(form, one))), None)


def _opened_by(form: Form, opener: Question) -> Factors | None:
    measures: dict[str, dict[str, Question]] = {}
    for question in form.answerable:
        if question.choices and any(opener.path in text for text in question.relevant):
            for name in opener.choice_by_name:
                if question.name.endswith(f"_{name}"):
                    base = question.name.removesuffix(f"_{name}")
                    measures.setdefault(base, {})[name] = question
    found = tuple(
        Measure(_wording(questions), questions)
        for questions in measures.values()
        if len(questions) > 1
    )
    return Factors(opener, found) if found else None


def _wording(questions: Mapping[str, Question]) -> str:
    """What the questions have in common: what stands after the colon, with a capital."""
    label = str(next(iter(questions.values())).label)
    _, colon, rest = label.partition(":")
    text = rest.strip() if colon else label
    return text[:1].upper() + text[1:]
