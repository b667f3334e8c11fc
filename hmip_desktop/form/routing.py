"""Which questions are asked in a case, given the answers so far.

An answer to a question that is not asked counts as no answer everywhere else, so a hidden gate
cannot open anything. Results depend on the answers alone, never on the day or the order of
answering.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from hmip_desktop.form.expression import EPOCH, ExpressionError
from hmip_desktop.form.model import Form, Kind, Question

if TYPE_CHECKING:
    from hmip_desktop.form.xpath import Expression


class CircularRoutingError(Exception):
    """Questions whose routing goes round in a circle; `names` lists them in that order."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(" > ".join(names))
        self.names = names


@dataclass(frozen=True)
class State:
    """What one assessment comes to.

    `asked` are the questions asked, in the form's order, `notes` what is shown between them, and
    `values` what counts: answers to what is asked, and calculations.
    """

    asked: tuple[str, ...]
    notes: tuple[str, ...]
    values: Mapping[str, str]

    @cached_property
    def is_asked(self) -> frozenset[str]:
        """The asked questions as a set."""
        return frozenset(self.asked)

    @property
    def answered(self) -> tuple[str, ...]:
        """The asked questions that have an answer."""
        return tuple(name for name in self.asked if self.values.get(name))

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The asked questions that have none."""
        return tuple(name for name in self.asked if not self.values.get(name))


@dataclass(frozen=True)
class Reason:
    """One earlier answer because of which a question is asked, or is not."""

    question: str
    value: str


class Routing:
    """The routing of one form, parsed once and remembered result by result.

    Raises:
        CircularRoutingError: when two questions wait for each other.
        ExpressionError: when an expression cannot be read.
    """

    def __init__(self, form: Form) -> None:
        self.form = form
        self._by_path = form.question_by_path
        self._expressions: dict[str, Expression] = {}
        self._remembered: dict[tuple[str, tuple[str, ...]], str] = {}
        self._choice_labels = {
            q.path: {c.name: str(c.label) for c in q.choices} for q in form.questions if q.choices
        }
        self._order = self._in_order_of_need()

    def state(self, answers: Mapping[str, str]) -> State:
        """What is asked and what counts, given every answer that was ever given."""
        values: dict[str, str] = {}
        asked: set[str] = set()
        for question in self._order:
            if not self.asks(question, values):
                continue
            asked.add(question.name)
            if question.kind is Kind.CALCULATE:
                values[question.name] = self._work_out(question.calculate, values)
            elif value := question.offered(answers.get(question.name, "")):
                values[question.name] = value
        return State(
            asked=tuple(q.name for q in self.form.answerable if q.name in asked),
            notes=tuple(
                q.name for q in self.form.questions if q.kind is Kind.NOTE and q.name in asked
            ),
            values=values,
        )

    def asks(self, question: Question, values: Mapping[str, str]) -> bool:
        """Whether a question is asked, given the values that count of those before it."""
        return all(self._holds(expression, values) for expression in question.relevant)

    def is_required(self, name: str, state: State) -> bool:
        """Whether an assessment cannot be signed off while this question has no answer."""
        question = self.form.question_by_name[name]
        return bool(question.required) and self._holds(question.required, state.values)

    def unanswered_required(self, state: State) -> tuple[str, ...]:
        """The questions that stand in the way of signing off, in the form's order."""
        return tuple(name for name in state.unanswered if self.is_required(name, state))

    def keeps_constraint(self, name: str, value: str, state: State, today: date) -> bool:
        """Whether an answer keeps the form's constraint on it."""
        question = self.form.question_by_name[name]
        if not question.constraint:
            return True
        return self._holds_for(question.constraint, value, state, today)

    def doubts(self, state: State) -> tuple[str, ...]:
        """The questions asked whose answers look contradictory by the form's own rules."""
        return tuple(name for name in state.asked if self._is_doubtful(name, state))

    def _is_doubtful(self, name: str, state: State) -> bool:
        doubt = self.form.question_by_name[name].doubt
        value = state.values.get(name, "")
        return bool(doubt) and self._holds_for(doubt, value, state, EPOCH)

    def _holds_for(self, source: str, value: str, state: State, today: date) -> bool:
        """Whether an expression holds of one answer, which it may call `.`; not if senseless."""
        expression = self._expression(source)
        try:
            return expression.holds(self._at_paths(expression, state.values), value, today)
        except ExpressionError:
            return False

    def reasons(self, name: str, state: State) -> tuple[Reason, ...]:
        """The answers that decide whether a question is asked, each once."""
        question = self.form.question_by_name[name]
        gates = dict.fromkeys(gate for text in question.relevant for gate in self.needs(text))
        return tuple(Reason(gate, state.values.get(gate, "")) for gate in gates)

    def needs(self, expression: str) -> Iterator[str]:
        """The names of the questions that an expression looks at."""
        for path in self._expression(expression).references:
            if path in self._by_path:
                yield self._by_path[path].name

    def _holds(self, source: str, values: Mapping[str, str]) -> bool:
        return self._remember(source, values, truth=True) == "true"

    def _work_out(self, source: str, values: Mapping[str, str]) -> str:
        return self._remember(source, values, truth=False)

    def _remember(self, source: str, values: Mapping[str, str], *, truth: bool) -> str:
        expression = self._expression(source)
        at_paths = self._at_paths(expression, values)
        key = (source, (str(truth), *at_paths.values()))
        if key not in self._remembered:
            self._remembered[key] = self._worked_out(expression, at_paths, truth=truth)
        return self._remembered[key]

    def _worked_out(
        self, expression: "Expression", at_paths: Mapping[str, str], *, truth: bool
    ) -> str:
        """The result; an expression that these answers make senseless holds for nobody."""
        try:
            if truth:
                return "true" if expression.holds(at_paths) else "false"
            return expression.value(at_paths, choice_labels=self._choice_labels)
        except ExpressionError:
            return "false" if truth else ""

    def _at_paths(self, expression: "Expression", values: Mapping[str, str]) -> dict[str, str]:
        return {
            path: values.get(self._by_path[path].name, "")
            for path in expression.references
            if path in self._by_path
        }

    def _expression(self, source: str) -> "Expression":
        from hmip_desktop.form import xpath  # noqa: PLC0415 slow to load; the start page needs none

        if source not in self._expressions:
            self._expressions[source] = xpath.parse(source)
        return self._expressions[source]

    def _in_order_of_need(self) -> tuple[Question, ...]:
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for question in self.form.questions:
            expressions = (*question.relevant, *filter(None, [question.calculate]))
            sorter.add(question.name, *(n for text in expressions for n in self.needs(text)))
        try:
            names = tuple(sorter.static_order())
        except CycleError as error:
            raise CircularRoutingError(tuple(error.args[1])) from error
        return tuple(self.form.question_by_name[name] for name in names)
