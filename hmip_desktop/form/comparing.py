"""What is different in a later version of a form, question by question."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hmip_desktop.form.model import Choice, Form, Question
from hmip_desktop.language import mark


class Difference(StrEnum):
    """One way in which a question can differ, in the words of a list of changes."""

    NEW = mark("New question")
    GONE = mark("No longer in the form")
    KIND = mark("Takes another sort of answer")
    CHOICES_GONE = mark("Choices taken away")
    CHOICES_NEW = mark("Choices added")
    LINE = mark("Choices moved across the line")
    SCORED = mark("Begins to score")
    NOT_SCORED = mark("No longer scores")
    CRITERIA = mark("Scores in other criteria")
    ROUTING = mark("Asked in other cases")
    REQUIRED = mark("Required, or no longer so")
    FIELD = mark("Compared with the sample, or no longer so")
    WORDS = mark("Different wording")


@dataclass(frozen=True)
class Changed:
    """A question that differs; `question` is the later one, or the earlier one that is gone.

    `choices` are the labels of choices that went, came or moved.
    """

    question: Question
    differences: tuple[Difference, ...]
    choices: tuple[str, ...] = ()


def changes(before: Form, after: Form) -> tuple[Changed, ...]:
    """The questions that differ: those of the later form in its order, then those that are gone."""
    then, now = before.question_by_name, after.question_by_name
    kept = [
        Changed(one, found, tuple(_moved_choices(then[one.name], one)))
        for one in after.answerable
        if one.name in then and (found := tuple(_differences(then[one.name], one)))
    ]
    new = {
        one.name: Changed(one, (Difference.NEW,))
        for one in after.answerable
        if one.name not in then or not then[one.name].takes_answer
    }
    found_by_name = {**{one.question.name: one for one in kept}, **new}
    gone = (
        Changed(one, (Difference.GONE,))
        for one in before.answerable
        if one.name not in now or not now[one.name].takes_answer
    )
    in_order = (found_by_name[one.name] for one in after.answerable if one.name in found_by_name)
    return (*in_order, *gone)


def _differences(then: Question, now: Question) -> Iterator[Difference]:
    before, after = then.choice_by_name.keys(), now.choice_by_name.keys()
    differs = {
        Difference.KIND: then.kind is not now.kind,
        Difference.CHOICES_GONE: bool(before - after),
        Difference.CHOICES_NEW: bool(after - before),
        Difference.LINE: any(_is_moved(then, choice) for choice in now.choices),
        Difference.SCORED: now.scored and not then.scored,
        Difference.NOT_SCORED: then.scored and not now.scored,
        Difference.CRITERIA: then.scored and now.scored and set(then.criteria) != set(now.criteria),
        Difference.ROUTING: then.relevant != now.relevant,
        Difference.REQUIRED: then.required != now.required,
        Difference.FIELD: then.field != now.field,
        Difference.WORDS: _words(then) != _words(now),
    }
    return (difference for difference, holds in differs.items() if holds)


def _is_moved(then: Question, choice: Choice) -> bool:
    known = then.choice_by_name.get(choice.name)
    return known is not None and known.line is not choice.line


def _moved_choices(then: Question, now: Question) -> Iterator[str]:
    """The choices that are only in one of the two, or stand elsewhere against the line."""
    for choice in now.choices:
        if choice.name not in then.choice_by_name or _is_moved(then, choice):
            yield str(choice.label)
    for choice in then.choices:
        if choice.name not in now.choice_by_name:
            yield str(choice.label)


def _words(question: Question) -> tuple[object, ...]:
    """Every text of a question that an assessor reads."""
    labels = {choice.name: choice.label for choice in question.choices}
    return question.label, question.hint, question.guidance, tuple(sorted(labels.items(), key=str))
