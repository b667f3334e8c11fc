"""How the answers about a model case lie to the benchmark. Pure; shares are exact.

Nothing is told of a question before it is answered, nor of one that waits for such an answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hmip_desktop.agreement import choice_of, line_of
from hmip_desktop.form.model import Kind, Line, Question, Wording
from hmip_desktop.form.routing import Reason, Routing, State
from hmip_desktop.operations.model_case import ModelCase
from hmip_desktop.scoring import Judged


class Verdict(StrEnum):
    """How an answer lies to the benchmark's; in this order they are told."""

    OTHER_SIDE = "other side of the line"
    OTHER_CHOICE = "other choice"
    NOT_ASKED = "not asked"
    ASKED_TOO = "asked too"
    SAME = "same"


@dataclass(frozen=True)
class Compared:
    """One question: what was answered, what the benchmark says and why.

    `because` are the answers that let one be asked what the other was not: yours where you were
    not asked, the benchmark's where it was not.
    """

    question: Question
    verdict: Verdict
    yours: str
    benchmark: str
    why: Wording
    because: tuple[Reason, ...] = ()

    @property
    def your_line(self) -> Line:
        """On which side of the line your answer is."""
        return self.question.line_of(self.yours)

    @property
    def benchmark_line(self) -> Line:
        """On which side of the line the benchmark is."""
        return self.question.line_of(self.benchmark)


@dataclass(frozen=True)
class Shared:
    """How many of so many answers are the same."""

    same: int
    of: int


@dataclass(frozen=True)
class Comparison:
    """All questions of which something can be told, those that matter most first.

    `unanswered` are asked and wait for an answer. `choices` counts questions with choices that
    both answered, `sides` those of them that score.
    """

    rows: tuple[Compared, ...]
    unanswered: tuple[Question, ...]
    choices: Shared
    sides: Shared

    def of(self, verdict: Verdict) -> tuple[Compared, ...]:
        """The questions with this verdict, in the form's order."""
        return tuple(row for row in self.rows if row.verdict is verdict)


def compare(routing: Routing, case: ModelCase, answers: Mapping[str, str]) -> Comparison:
    """Hold answers to the model case against its benchmark."""
    yours, benchmark = routing.state(answers), routing.state(case.answers)
    found = [one for one in _rows(routing, case, yours, benchmark) if one is not None]
    order = list(Verdict)
    both = [
        row
        for row in found
        if row.verdict in (Verdict.SAME, Verdict.OTHER_CHOICE, Verdict.OTHER_SIDE)
    ]
    scored = [row for row in both if row.question.scored]
    form = routing.form
    return Comparison(
        rows=tuple(sorted(found, key=lambda row: order.index(row.verdict))),
        unanswered=tuple(form.question_by_name[name] for name in yours.unanswered),
        choices=Shared(sum(row.verdict is Verdict.SAME for row in both), len(both)),
        sides=Shared(sum(row.verdict is not Verdict.OTHER_SIDE for row in scored), len(scored)),
    )


def _rows(
    routing: Routing, case: ModelCase, yours: State, benchmark: State
) -> Iterator[Compared | None]:
    whys = {one.question: one.why for one in case.benchmark}
    for question in routing.form.answerable:
        name = question.name
        mine, theirs = yours.values.get(name, ""), benchmark.values.get(name, "")
        why = whys.get(name, Wording())
        if name in yours.is_asked and name in benchmark.is_asked:
            verdict = _verdict(question, yours, benchmark)
            yield Compared(question, verdict, mine, theirs, why) if verdict else None
        elif name in benchmark.is_asked and not _waits(routing, name, yours):
            because = _that_differ(routing, name, yours, benchmark)
            yield Compared(question, Verdict.NOT_ASKED, "", theirs, why, because)
        elif name in yours.is_asked:
            because = _that_differ(routing, name, benchmark, yours)
            yield Compared(question, Verdict.ASKED_TOO, mine, "", why, because)


def _verdict(question: Question, yours: State, benchmark: State) -> Verdict | None:
    """How two answers lie to each other; None where one lacks, or where they are typed."""
    mine, theirs = _judged(yours), _judged(benchmark)
    chosen, wanted = choice_of(question, mine), choice_of(question, theirs)
    if question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE) or not (chosen and wanted):
        return None
    if chosen == wanted:
        return Verdict.SAME
    crosses = question.scored and line_of(question, mine) is not line_of(question, theirs)
    return Verdict.OTHER_SIDE if crosses else Verdict.OTHER_CHOICE


def _judged(state: State) -> Judged:
    return Judged(state.is_asked, state.values)


def _waits(routing: Routing, name: str, state: State) -> bool:
    """Whether a question may still be asked, once an earlier one has its answer."""
    empty = [one.question for one in routing.reasons(name, state) if not one.value]
    return any(gate in state.is_asked or _waits(routing, gate, state) for gate in empty)


def _that_differ(routing: Routing, name: str, here: State, there: State) -> tuple[Reason, ...]:
    """The answers here by which it is not asked, unlike there."""
    return tuple(
        reason
        for reason in routing.reasons(name, here)
        if reason.value != there.values.get(reason.question, "")
    )
