"""The scores of groups of cases, by fields of the sample. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from hmip_desktop.form.model import Form, Line, Question
from hmip_desktop.scoring import QuestionScore, Scores, scores
from hmip_desktop.workbook.book import AssessmentRow, Book
from hmip_desktop.workbook.suppression import NOTHING, hidden

MOST_GROUPS = 12
"""More groups than this would be a page that nobody reads: the largest are shown."""

_HEADINGS = {
    "ldu": "LDU",
    "rosh": "RoSH",
    "case_type": "Type of case",
    "ethnicity": "Race and ethnicity",
}


@dataclass(frozen=True)
class Group:
    """The cases that share one value of a field. `value` is as the workbook shows it."""

    value: str
    scores: Scores

    @property
    def cases(self) -> int:
        """How many assessments count."""
        return self.scores.assessments


@dataclass(frozen=True)
class Grouped:
    """One field with its groups; `left_out` says how many more values there are."""

    field: str
    groups: tuple[Group, ...]
    left_out: int

    @property
    def heading(self) -> str:
        """The field as people say it."""
        return heading_of(self.field)


def heading_of(field: str) -> str:
    """A field of the sample as people say it."""
    return _HEADINGS.get(field) or field.replace("_", " ").strip().capitalize() or field


def grouped(book: Book) -> tuple[Grouped, ...]:
    """The groups of each field that the book asks for, in alphabetical order."""
    return tuple(_by(book, field) for field in book.by if field in book.fields)


def _by(book: Book, field: str) -> Grouped:
    members: dict[str, list[AssessmentRow]] = {}
    for row in book.counting:
        members.setdefault(book.value_of(row, field), []).append(row)
    in_order = [value for value in book.values[field].values() if value in members]
    largest = sorted(in_order, key=lambda value: -len(members[value]))[:MOST_GROUPS]
    groups = tuple(
        Group(value, scores(book.form, [row.judged for row in members[value]]))
        for value in in_order
        if value in largest
    )
    return Grouped(field, groups, len(in_order) - len(groups))


def has_line(question: Question) -> bool:
    """Whether any of its answers stands above or below the line."""
    return any(choice.line is not Line.NOT_COUNTED for choice in question.choices)


def sections_of(form: Form, question: Question) -> tuple[str, ...]:
    """The sections a question scores in: those of its criteria, each once."""
    own = (group for group in form.criteria if group.id in question.criteria)
    return tuple(dict.fromkeys(group.section for group in own if group.section is not None))


def most_cases(questions: Iterable[QuestionScore]) -> int:
    """The cases behind a score: those of its question that was judged in the most."""
    return max((one.judged for one in questions if one.question.scored), default=0)


def cases_of_section(form: Form, result: Scores, section: str) -> int:
    """The cases behind the score of a section."""
    return most_cases(q for q in result.questions if section in sections_of(form, q.question))


def cases_of_criterion(result: Scores, criterion: str) -> int:
    """The cases behind the score of a criterion."""
    return most_cases(q for q in result.questions if criterion in q.question.criteria)


def hidden_groups(one: Grouped, least: int) -> frozenset[int]:
    """The groups of which nothing is shown."""
    return hidden([group.cases for group in one.groups], least) if least else NOTHING


def hidden_cells(one: Grouped, cases: list[int], least: int) -> frozenset[int]:
    """The groups whose figure in one row is hidden; `cases` are those behind it, by group."""
    return hidden(cases, least, hidden_groups(one, least)) if least else NOTHING
