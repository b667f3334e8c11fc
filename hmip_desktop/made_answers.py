"""Made answers for demonstrations: dealt so that each question comes to wanted numbers.

Pure and seeded. Nothing is taken from people; what the answers come to is then computed by the
same scoring as anybody's.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop.errors import Fault
from hmip_desktop.form.model import Kind, Question
from hmip_desktop.form.routing import Routing


@dataclass(frozen=True)
class Wanted:
    """How often one choice of a question is wanted among the cases that are asked it.

    `count` is a number of cases, `share` a part of those asked; with neither, a select_one
    question gives this choice to all the rest.
    """

    choice: str
    count: int | None = None
    share: Fraction | None = None


@dataclass(frozen=True)
class WantedQuestion:
    """What one question is to come to: choices, or the field of the sample that answers it."""

    question: str
    choices: tuple[Wanted, ...] = ()
    field: str = ""


def deal(
    routing: Routing,
    cases: Mapping[str, Mapping[str, str]],
    wanted: Iterable[WantedQuestion],
    seed: int,
) -> dict[str, dict[str, str]]:
    """Answers for every case (by reference, then question), dealt question by question.

    Only what is asked is answered, and gates stand before what they open, so the answers dealt
    so far are the values that count.

    Args:
        routing: the form's.
        cases: the sample's fields by case reference.
        wanted: what the questions are to come to.
        seed: makes the same answers again.
    """
    chance = random.Random(seed)  # noqa: S311 made answers, not secrets
    by_name = {one.question: one for one in wanted}
    answers: dict[str, dict[str, str]] = {reference: {} for reference in cases}
    for question in routing.form.answerable:
        one = by_name.get(question.name)
        if one is None:
            continue
        asked = [reference for reference, given in answers.items() if routing.asks(question, given)]
        for reference, value in _deal_one(question, one, asked, cases, chance).items():
            answers[reference][question.name] = value
    return answers


def second_opinion(
    routing: Routing, first: Mapping[str, str], differs: Fraction, seed: int | str
) -> dict[str, str]:
    """What a second assessor of the same case might have said.

    On each scoring question the two differ with the chance `differs`; where that opens questions
    that the first was not asked, the second answers them by their first choice.
    """
    chance = random.Random(seed)  # noqa: S311 made answers, not secrets
    given: dict[str, str] = {}
    for question in routing.form.answerable:
        if not routing.asks(question, given):
            continue
        names = [choice.name for choice in question.choices]
        value = first.get(question.name) or (names[0] if names else "")
        others = [name for name in names if name != value]
        if question.scored and others and chance.random() < differs:
            value = chance.choice(others)
        if value:
            given[question.name] = value
    return given


def _deal_one(
    question: Question,
    wanted: WantedQuestion,
    asked: Sequence[str],
    cases: Mapping[str, Mapping[str, str]],
    chance: random.Random,
) -> dict[str, str]:
    if wanted.field:
        by_label = {str(choice.label).casefold(): choice.name for choice in question.choices}
        return {ref: by_label[cases[ref][wanted.field].casefold()] for ref in asked}
    if question.kind is Kind.SELECT_MULTIPLE:
        return _deal_ticks(question, wanted, asked, chance)
    pack = _pack(wanted, len(asked))
    chance.shuffle(pack)
    return dict(zip(asked, pack, strict=True))


def _pack(wanted: WantedQuestion, asked: int) -> list[str]:
    """One choice for each case asked: counts first, shares by largest remainder, then the rest."""
    counts = {one.choice: one.count for one in wanted.choices if one.count is not None}
    left = asked - sum(counts.values())
    shares = {one.choice: one.share for one in wanted.choices if one.share is not None}
    counts |= apportioned(shares, min(asked, max(left, 0)), asked)
    rest = [one.choice for one in wanted.choices if one.count is None and one.share is None]
    left = asked - sum(counts.values())
    if rest:
        counts[rest[0]] = left
    if min(counts.values(), default=0) < 0 or sum(counts.values()) != asked:
        raise Fault(f"{wanted.question} is asked {asked} times; its wanted counts do not fit")
    return [choice for choice, count in counts.items() for _ in range(count)]


def apportioned(shares: Mapping[str, Fraction], room: int, of: int) -> dict[str, int]:
    """Whole numbers for shares of `of`, by largest remainder, never more than `room` in all."""
    exact = {name: share * of for name, share in shares.items()}
    counts = {name: int(value) for name, value in exact.items()}
    total = min(room, round(sum(exact.values())))
    by_remainder = sorted(exact, key=lambda name: (counts[name] - exact[name], name))
    for name in by_remainder[: max(0, total - sum(counts.values()))]:
        counts[name] += 1
    return counts


def _deal_ticks(
    question: Question, wanted: WantedQuestion, asked: Sequence[str], chance: random.Random
) -> dict[str, str]:
    ticks: dict[str, set[str]] = {reference: set() for reference in asked}
    for one in wanted.choices:
        count = one.count if one.count is not None else round((one.share or 0) * len(asked))
        for reference in chance.sample(list(asked), min(count, len(asked))):
            ticks[reference].add(one.choice)
    _leave_none_bare(ticks)
    order = [choice.name for choice in question.choices]
    return {
        reference: " ".join(sorted(names, key=order.index))
        for reference, names in ticks.items()
        if names
    }


def _leave_none_bare(ticks: dict[str, set[str]]) -> None:
    """Move a tick from a case that has several to each that has none: the counts stay."""
    for bare in [reference for reference, names in ticks.items() if not names]:
        richest = max(ticks, key=lambda reference: len(ticks[reference]), default=bare)
        if len(ticks[richest]) > 1:
            moved = min(ticks[richest])
            ticks[richest].discard(moved)
            ticks[bare].add(moved)
