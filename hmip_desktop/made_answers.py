"""Made answers for demonstrations: dealt so that each question comes to wanted numbers.

Pure and seeded. Nothing is taken from people; what the answers come to is then computed by the
same scoring as anybody's.
"""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from hmip_desktop.errors import Fault
from hmip_desktop.form.model import Form, Kind, Question
from hmip_desktop.form.routing import Routing

_AMONG = re.compile(r"(?P<field>field:)?(?P<name>\w+)(?P<sign>[=~])(?P<values>.+)", re.ASCII)


@dataclass(frozen=True)
class Known:
    """What is known of a case while its answers are made: the sample's fields, what is dealt."""

    fields: Mapping[str, str]
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Among:
    """The cases that a row is about, as `wanted.csv` writes it.

    `question=choice choice` holds where the answer is one of the choices, `question~choice
    choice` where one of them is ticked, `field:name=value` where the sample says so.
    """

    text: str
    name: str
    values: frozenset[str]
    field: bool = False
    ticked: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        """What the text says.

        Raises:
            Fault: when it is none of the three.
        """
        match = _AMONG.fullmatch(text)
        if match is None or (match["field"] and match["sign"] == "~"):
            raise Fault(f"`{text}` is no question=choice, question~choice or field:name=value")
        field = bool(match["field"])
        values = [match["values"].casefold()] if field else match["values"].split()
        return cls(text, match["name"], frozenset(values), field, match["sign"] == "~")

    def holds(self, case: Known) -> bool:
        """Whether a case is one of them."""
        if self.field:
            return case.fields.get(self.name, "").casefold() in self.values
        given = case.answers.get(self.name, "")
        return not self.values.isdisjoint(given.split() if self.ticked else [given])


@dataclass(frozen=True)
class Wanted:
    """How often one choice of a question is wanted among the cases that are asked it.

    `count` is a number of cases, `share` a part of those asked; with neither, the choice goes to
    all the rest, and a tick to all. `among` limits all that to some of the cases.
    """

    choice: str
    count: int | None = None
    share: Fraction | None = None
    among: Among | None = None


@dataclass(frozen=True)
class WantedQuestion:
    """What one question is to come to: choices, or the field of the sample that answers it.

    Choices with the same `among` are a block. A case belongs to the first block that fits, in
    the order in which they first stand; the choices without `among` are for all the cases left.
    """

    question: str
    choices: tuple[Wanted, ...] = ()
    field: str = ""


@dataclass(frozen=True)
class _Block:
    """Choices of a question and the cases asked that they are dealt to."""

    question: str
    among: Among | None
    choices: tuple[Wanted, ...]
    cases: tuple[str, ...]

    def misfit(self) -> Fault:
        where = f" among {self.among.text}" if self.among else ""
        sentence = f"{self.question} is asked {len(self.cases)} times{where}"
        return Fault(f"{sentence}; its wanted counts do not fit")


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

    Raises:
        Fault: naming the question, when its counts do not fit the cases that are asked it, or
            when it is dealt among answers to what does not stand before it.
    """
    chance = random.Random(seed)  # noqa: S311 made answers, not secrets
    by_name = {one.question: one for one in wanted}
    answers: dict[str, dict[str, str]] = {reference: {} for reference in cases}
    known = {ref: Known(cases[ref], given) for ref, given in answers.items()}
    for question in routing.form.answerable:
        one = by_name.get(question.name)
        if one is None:
            continue
        _check_among(routing.form, one, known.values())
        asked = {ref: case for ref, case in known.items() if routing.asks(question, case.answers)}
        for reference, value in _deal_one(question, one, asked, chance).items():
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


def _check_among(form: Form, wanted: WantedQuestion, cases: Iterable[Known]) -> None:
    """That blocks are told apart by what is known by now: a slip would silently fit no case."""
    names = [question.name for question in form.answerable]
    before = {name: form.question_by_name[name] for name in names[: names.index(wanted.question)]}
    fields = {name for case in cases for name in case.fields}
    for among in {one.among for one in wanted.choices if one.among}:
        fits = among.name in fields if among.field else _names(before.get(among.name), among)
        if not fits:
            raise Fault(f"{wanted.question} cannot be dealt among {among.text}")


def _names(question: Question | None, among: Among) -> bool:
    """Whether these are choices of such a question."""
    kind = Kind.SELECT_MULTIPLE if among.ticked else Kind.SELECT_ONE
    return question is not None and question.kind is kind and among.values <= {*_choices(question)}


def _choices(question: Question) -> list[str]:
    return [choice.name for choice in question.choices]


def _deal_one(
    question: Question, wanted: WantedQuestion, asked: Mapping[str, Known], chance: random.Random
) -> dict[str, str]:
    if wanted.field:
        by_label = {str(choice.label).casefold(): choice.name for choice in question.choices}
        return {ref: by_label[case.fields[wanted.field].casefold()] for ref, case in asked.items()}
    dealt: dict[str, str] = {}
    for block in _blocks(wanted, asked):
        if question.kind is Kind.SELECT_MULTIPLE:
            dealt |= _deal_ticks(_choices(question), block, chance)
        else:
            dealt |= _deal_pack(block, chance)
    return dealt


def _blocks(wanted: WantedQuestion, asked: Mapping[str, Known]) -> Iterator[_Block]:
    """The cases asked, each in the first block that fits; those left come last."""
    left = dict(asked)
    for among in dict.fromkeys(one.among for one in wanted.choices if one.among):
        inside = tuple(reference for reference, case in left.items() if among.holds(case))
        left = {reference: case for reference, case in left.items() if reference not in inside}
        yield _block(wanted, among, inside)
    yield _block(wanted, None, tuple(left))


def _block(wanted: WantedQuestion, among: Among | None, cases: tuple[str, ...]) -> _Block:
    choices = tuple(one for one in wanted.choices if one.among == among)
    return _Block(wanted.question, among, choices, cases)


def _deal_pack(block: _Block, chance: random.Random) -> dict[str, str]:
    pack = _pack(block)
    chance.shuffle(pack)
    return dict(zip(block.cases, pack, strict=True))


def _pack(block: _Block) -> list[str]:
    """One choice for each case: counts first, shares by largest remainder, then the rest."""
    asked = len(block.cases)
    counts = {one.choice: one.count for one in block.choices if one.count is not None}
    left = asked - sum(counts.values())
    shares = {one.choice: one.share for one in block.choices if one.share is not None}
    counts |= apportioned(shares, min(asked, max(left, 0)), asked)
    rest = [one.choice for one in block.choices if one.count is None and one.share is None]
    left = asked - sum(counts.values())
    if rest:
        counts[rest[0]] = left
    if min(counts.values(), default=0) < 0 or sum(counts.values()) != asked:
        raise block.misfit()
    return [choice for choice, count in counts.items() for _ in range(count)]


def apportioned(shares: Mapping[str, Fraction], room: int, of: int) -> dict[str, int]:
    """Whole numbers for shares of `of`, by largest remainder, never more than `room` in all."""
    exact = {name: share * of for name, share in shares.items()}
    total = min(room, round(sum(exact.values())))
    if sum(exact.values()) > room:
        exact = {name: value * room / sum(exact.values()) for name, value in exact.items()}
    counts = {name: int(value) for name, value in exact.items()}
    by_remainder = sorted(exact, key=lambda name: (counts[name] - exact[name], name))
    for name in by_remainder[: max(0, total - sum(counts.values()))]:
        counts[name] += 1
    return counts


def _deal_ticks(order: Sequence[str], block: _Block, chance: random.Random) -> dict[str, str]:
    ticks: dict[str, set[str]] = {reference: set() for reference in block.cases}
    for one in block.choices:
        for reference in chance.sample(block.cases, _tick_count(one, block)):
            ticks[reference].add(one.choice)
    _leave_none_bare(ticks)
    return {
        reference: " ".join(sorted(names, key=order.index))
        for reference, names in ticks.items()
        if names
    }


def _tick_count(wanted: Wanted, block: _Block) -> int:
    """How many cases of the block get this tick: a count, a share of them, or all."""
    asked = len(block.cases)
    share = 1 if wanted.share is None else wanted.share
    count = round(share * asked) if wanted.count is None else wanted.count
    if not 0 <= count <= asked:
        raise block.misfit()
    return count


def _leave_none_bare(ticks: dict[str, set[str]]) -> None:
    """Move a tick from a case that has several to each that has none: the counts stay."""
    for bare in [reference for reference, names in ticks.items() if not names]:
        richest = max(ticks, key=lambda reference: len(ticks[reference]), default=bare)
        if len(ticks[richest]) > 1:
            moved = min(ticks[richest])
            ticks[richest].discard(moved)
            ticks[bare].add(moved)
