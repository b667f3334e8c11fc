"""The order in which a case's pages are walked: by section of the report, or as the case went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hmip_desktop.form.model import DEFAULT_LANGUAGE, Form, Group, Question
from hmip_desktop.form.routing import State
from hmip_desktop.language import mark, tr

_STAGES = (
    mark("Assessment and planning"),
    mark("Delivery and review"),
    mark("Outcomes"),
    mark("Victims"),
)


class PageOrder(StrEnum):
    """The two orders; the assessor switches as they like."""

    SECTION = "section"
    JOURNEY = "journey"


@dataclass(frozen=True)
class Chapter:
    """Some pages under one heading."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Tally:
    """How far one page is: of the `asked` questions, so many are `answered`."""

    asked: int
    answered: int

    @property
    def shown(self) -> str:
        """The count as the outline shows it."""
        if not self.asked:
            return tr("not asked")
        if self.answered == self.asked:
            return f"✓ {self.asked}"
        return tr("{answered} of {asked}", answered=self.answered, asked=self.asked)

    @property
    def said(self) -> str:
        """The count as a screen reader says it."""
        if not self.asked:
            return tr("not asked in this case")
        return tr("{answered} of {asked} answered", answered=self.answered, asked=self.asked)


def chapters(form: Form, order: PageOrder, language: str = DEFAULT_LANGUAGE) -> tuple[Chapter, ...]:
    """The pages of a form under their headings, in an order."""
    by_title: dict[str, list[Group]] = {}
    rank: dict[str, int] = {}
    for place, group in enumerate(form.groups):
        title, place_of_title = _heading(form, group, order, place, language)
        by_title.setdefault(title, []).append(group)
        rank.setdefault(title, place_of_title)
    in_order = sorted(by_title, key=lambda title: rank[title])
    return tuple(Chapter(title, tuple(by_title[title])) for title in in_order)


def walked(form: Form, order: PageOrder, state: State) -> tuple[Question, ...]:
    """The questions asked in a case, in the order in which they are walked."""
    return tuple(
        question
        for chapter in chapters(form, order)
        for group in chapter.groups
        for question in form.questions_in(group.id)
        if question.name in state.is_asked
    )


def tallies(form: Form, state: State) -> Mapping[str, Tally]:
    """How far each page is, by its id."""
    asked: dict[str, int] = {}
    answered: dict[str, int] = {}
    for name in state.asked:
        group = form.question_by_name[name].group
        asked[group] = asked.get(group, 0) + 1
        answered[group] = answered.get(group, 0) + bool(state.values.get(name))
    return {
        group.id: Tally(asked.get(group.id, 0), answered.get(group.id, 0)) for group in form.groups
    }


def unanswered_after(
    questions: Sequence[Question], state: State, here: str, *, step: int
) -> Question | None:
    """The nearest unanswered question after `here` (before it, when `step` is -1), going round."""
    names = [question.name for question in questions]
    start = names.index(here) if here in names else -step
    for offset in range(1, len(names) + 1):
        found = questions[(start + step * offset) % len(names)]
        if not state.values.get(found.name):
            return found
    return None


def _heading(
    form: Form, group: Group, order: PageOrder, place: int, language: str
) -> tuple[str, int]:
    if not group.criterion:
        return "", -1
    if order is PageOrder.SECTION:
        label = next(
            (s.label.in_language(language) for s in form.sections if s.id == group.section), ""
        )
        return f"{group.section} {label}", place
    last = group.id.rpartition(".")[2]
    stage = int(last) - 1 if last in ("1", "2", "3") else len(_STAGES) - 1
    return tr(_STAGES[stage]), stage
