"""A form as frozen data: sections, criteria, questions and choices.

The words are those of XLSForm; the columns `line`, `bind::hmip:criteria`, `bind::hmip:scored`,
`bind::hmip:source` and `bind::hmip:field` are ours (see resources/forms/README.md).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

DEFAULT_LANGUAGE = "default"


class LaterFormError(Exception):
    """A compiled form says of its questions what only a later program understands."""


class Kind(StrEnum):
    """What sort of answer a question takes, by its XLSForm type."""

    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    NOTE = "note"
    CALCULATE = "calculate"


class Line(StrEnum):
    """Where a choice stands: work done well enough, not well enough, or neither."""

    ABOVE = "above"
    BELOW = "below"
    NOT_COUNTED = "not counted"


class SectionRule(StrEnum):
    """What a section's headline is the mean of (Appendix 5 can be read both ways)."""

    CRITERIA = "criteria"
    QUESTIONS = "questions"


@dataclass(frozen=True)
class Wording:
    """One text in the languages of the form; falls back to the form's default language."""

    texts: tuple[tuple[str, str], ...] = ()

    def in_language(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The text in `language`, else in the default language, else empty."""
        by_language = dict(self.texts)
        return by_language.get(language) or (self.texts[0][1] if self.texts else "")

    def __str__(self) -> str:
        return self.in_language()

    def __bool__(self) -> bool:
        return any(text for _, text in self.texts)


@dataclass(frozen=True)
class Choice:
    """One possible answer, with its place above or below the line."""

    name: str
    label: Wording
    line: Line = Line.NOT_COUNTED
    why: str = ""


@dataclass(frozen=True)
class Group:
    """A page of questions that belong together: a criterion, or case details and the like."""

    id: str
    label: Wording
    section: str | None
    criterion: bool

    @property
    def title(self) -> str:
        """The heading in the default language, with the number of a criterion."""
        return f"{self.id} {self.label}" if self.criterion else str(self.label)


@dataclass(frozen=True)
class Section:
    """One of the report's outcomes."""

    id: str
    label: Wording


@dataclass(frozen=True)
class Question:
    """One thing asked.

    `path` is its place in the XForm; `relevant` holds its own routing expression and those of
    the groups around it, all of which must hold; `required` and `constraint` are XPath as well.
    `group` is the page it stands on; `criteria` those it scores in. When `doubt` (XPath) holds,
    the answers look contradictory, and `doubt_message` says how; it never blocks. `field` is the
    field of the case to which the answer corresponds, as the sample names it: the assessor still
    answers from the file, and the two can be compared.
    """

    name: str
    kind: Kind
    label: Wording
    path: str
    group: str
    hint: Wording = Wording()
    guidance: Wording = Wording()
    relevant: tuple[str, ...] = ()
    required: str = ""
    constraint: str = ""
    constraint_message: Wording = Wording()
    calculate: str = ""
    choices: tuple[Choice, ...] = ()
    criteria: tuple[str, ...] = ()
    scored: bool = False
    source: str = ""
    doubt: str = ""
    doubt_message: Wording = Wording()
    field: str = ""

    @property
    def number(self) -> str:
        """The name as people say it: `q4_1_12` is 4.1.12; other names stay as they are."""
        return number_of(self.name)

    @property
    def short_number(self) -> str:
        """The number for people who read the text beside it: 3.3.04.thinking is 3.3.04."""
        found = _FIGURES.match(self.number)
        return found[0] if found else self.number

    @property
    def takes_answer(self) -> bool:
        """Whether a person answers it (notes are read, calculations work themselves out)."""
        return self.kind not in (Kind.NOTE, Kind.CALCULATE)

    @cached_property
    def choice_by_name(self) -> Mapping[str, Choice]:
        """Its choices by name."""
        return {choice.name: choice for choice in self.choices}

    def offered(self, value: str) -> str:
        """What of an answer the question still offers; empty when nothing.

        A later version of a form may have taken a choice away: the answer is kept where it was
        given, and counts as none.
        """
        if self.kind is Kind.SELECT_ONE:
            return value if value in self.choice_by_name else ""
        if self.kind is Kind.SELECT_MULTIPLE:
            return " ".join(name for name in value.split() if name in self.choice_by_name)
        return value

    def line_of(self, value: str) -> Line:
        """Where an answer stands; anything that is not one placed choice is not counted."""
        choice = self.choice_by_name.get(value) if self.kind is Kind.SELECT_ONE else None
        return choice.line if choice else Line.NOT_COUNTED

    def shown(self, value: str, language: str = DEFAULT_LANGUAGE) -> str:
        """An answer in words: the labels of its choices, or the text itself."""
        if self.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE):
            return value
        names = [value] if self.kind is Kind.SELECT_ONE else value.split()
        known = self.choice_by_name
        return ", ".join(
            known[name].label.in_language(language) if name in known else name for name in names
        )


@dataclass(frozen=True)
class Form:
    """A whole question bank, in the order in which it was written."""

    form_id: str
    version: str
    title: str
    section_rule: SectionRule
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]

    @cached_property
    def question_by_name(self) -> Mapping[str, Question]:
        """Questions by name."""
        return {question.name: question for question in self.questions}

    @cached_property
    def question_by_path(self) -> Mapping[str, Question]:
        """Questions by their place in the XForm, as expressions name them."""
        return {question.path: question for question in self.questions}

    @cached_property
    def group_by_id(self) -> Mapping[str, Group]:
        """Pages by id."""
        return {group.id: group for group in self.groups}

    @cached_property
    def criteria(self) -> tuple[Group, ...]:
        """The general criteria, in order."""
        return tuple(group for group in self.groups if group.criterion)

    @cached_property
    def answerable(self) -> tuple[Question, ...]:
        """The questions that a person answers, in order."""
        return tuple(question for question in self.questions if question.takes_answer)

    def questions_in(self, group: str) -> Iterator[Question]:
        """The questions that stand on one page, in order."""
        return (question for question in self.questions if question.group == group)

    def find(self, name: str) -> Question | None:
        """A question by its name (`q4_1_12`) or its number (`4.1.12`)."""
        by_name = self.question_by_name
        return by_name.get(name) or by_name.get("q" + name.replace(".", "_"))

    def to_json(self) -> dict[str, Any]:
        """The compiled form as case files keep it, so that no laptop converts an XLSForm."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The form that `to_json` wrote.

        Raises:
            LaterFormError: it was written by a later program.
        """
        return cls(
            form_id=data["form_id"],
            version=data["version"],
            title=data["title"],
            section_rule=SectionRule(data["section_rule"]),
            languages=tuple(data["languages"]),
            sections=tuple(Section(s["id"], _wording(s["label"])) for s in data["sections"]),
            groups=tuple(
                Group(g["id"], _wording(g["label"]), g["section"], g["criterion"])
                for g in data["groups"]
            ),
            questions=tuple(_question(q) for q in data["questions"]),
        )


_FIGURES = re.compile(r"\d+(?:\.\d+)+", re.ASCII)
_NUMBERED = re.compile(r"q(\d+(?:_\w+)*)", re.ASCII)


def number_of(name: str) -> str:
    """A question's name as people say it: `q4_1_12` becomes 4.1.12."""
    match = _NUMBERED.fullmatch(name)
    return match.group(1).replace("_", ".") if match else name


def _wording(data: Mapping[str, Any]) -> Wording:
    return Wording(tuple((language, text) for language, text in data["texts"]))


_FACTS = frozenset(fact.name for fact in fields(Question))


def _question(data: Mapping[str, Any]) -> Question:
    wordings = ("label", "hint", "guidance", "constraint_message", "doubt_message")
    tuples = ("relevant", "criteria")
    if data.keys() - _FACTS:
        raise LaterFormError
    return Question(
        **{
            **data,
            **{name: _wording(data[name]) for name in wordings},
            **{name: tuple(data[name]) for name in tuples},
            "kind": Kind(data["kind"]),
            "choices": tuple(
                Choice(c["name"], _wording(c["label"]), Line(c["line"]), c["why"])
                for c in data["choices"]
            ),
        }
    )
