"""What can be wrong with a form that pyxform converts without a word.

It checks no expression: so syntax, unknown functions, circular routing, choices that do not
exist, scoring questions without a line, criteria that do not exist and questions that nobody
can reach are found here.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from hmip_desktop.errors import Problem
from hmip_desktop.form import xpath
from hmip_desktop.form.model import Form, Kind, Line, Question
from hmip_desktop.form.routing import CircularRoutingError, Routing

MOST_TRIES = 20_000
_PATH = r"((?:/[\w.-]+)+)"
_EQUALS = re.compile(rf"{_PATH}\s*!?=\s*['\"]([^'\"]*)['\"]")
_EQUALLED = re.compile(rf"['\"]([^'\"]*)['\"]\s*!?=\s*{_PATH}")
_SELECTED = re.compile(rf"selected\(\s*{_PATH}\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
_TEXT = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def find(form: Form, survey_row: Mapping[str, int]) -> list[Problem]:
    """Every problem of a form, with the row of the sheet `survey` where it shows."""

    def at(question: Question, code: str, sentence: str) -> Problem:
        row = survey_row.get(question.name, 0)
        return Problem("survey", row, code, f"{question.name}: {sentence}")

    found: list[Problem] = []
    for question in form.questions:
        unreadable = [at(question, code, words) for code, words in _expressions(form, question)]
        found += unreadable
        found += [at(question, code, words) for code, words in _scoring(form, question)]
        if not unreadable:
            found += [at(question, "form.choice", words) for words in _choices(form, question)]
    if not form.answerable:
        found.append(Problem("survey", 0, "form.empty", "the form asks no question"))
    if not any(problem.code in ("form.expression", "form.reference") for problem in found):
        found += [at(question, code, words) for question, code, words in _journeys(form)]
    return found


def _expressions(form: Form, question: Question) -> Iterator[tuple[str, str]]:
    columns = [("relevant", text) for text in question.relevant]
    columns += [
        (column, text)
        for column in ("required", "constraint", "calculate", "doubt")
        if (text := getattr(question, column))
    ]
    for column, text in columns:
        try:
            expression = xpath.parse(text)
            expression.value({})
        except xpath.ExpressionError as error:
            yield "form.expression", f"{column} cannot be read: {error}"
            continue
        for path in expression.references:
            if path != xpath.SELF and path not in form.question_by_path:
                name = path.rsplit("/", 1)[-1]
                yield "form.reference", f"{column} points at {name}, which is not a question"
        if expression.asks_the_date and column != "constraint":
            yield "form.today", f"{column} uses today(): scores must be the same tomorrow"


def _scoring(form: Form, question: Question) -> Iterator[tuple[str, str]]:
    known = {group.id for group in form.criteria}
    for criterion in question.criteria:
        if criterion not in known:
            near = get_close_matches(criterion, known, n=1)
            hint = f"; did you mean {near[0]}" if near else ""
            yield "form.criterion", f"there is no criterion {criterion}{hint}"
    if not question.scored:
        return
    if question.kind is not Kind.SELECT_ONE:
        yield "form.scored-kind", "only a select_one question can score"
        return
    lines = {choice.line for choice in question.choices}
    for line in (Line.ABOVE, Line.BELOW):
        if line not in lines:
            yield "form.no-line", f"it scores, but none of its choices stands {line} the line"
    if not question.criteria:
        yield "form.no-criterion", "it scores, but in no criterion"


def _choices(form: Form, question: Question) -> Iterator[str]:
    """Comparisons with a choice that the question compared does not have."""
    columns = (question.required, question.constraint, question.calculate, question.doubt)
    texts = (*question.relevant, *columns)
    compared = {
        pair
        for text in texts
        for pair in (
            *_EQUALS.findall(text),
            *_SELECTED.findall(text),
            *((path, name) for name, path in _EQUALLED.findall(text)),
        )
    }
    for path, name in sorted(compared):
        other = form.question_by_path.get(path)
        if other and other.choices and name and name not in other.choice_by_name:
            near = get_close_matches(name, other.choice_by_name, n=1)
            hint = f"; did you mean '{near[0]}'" if near else ""
            yield f"{other.name} has no choice '{name}'{hint}"


def _journeys(form: Form) -> Iterator[tuple[Question, str, str]]:
    try:
        routing = Routing(form)
    except CircularRoutingError as error:
        first = form.question_by_name[error.names[0]]
        circle = ", ".join(dict.fromkeys(error.names))
        yield first, "form.circular", f"the routing goes round in a circle: {circle}"
        return
    reach = _Reach(form, routing)
    for question in form.questions:
        if question.relevant and not reach.can_be_asked(question):
            yield question, "form.unreachable", "no answers lead to this question"


class _Reach:
    """Looks for answers that lead to a question, trying what its gates can hold."""

    def __init__(self, form: Form, routing: Routing) -> None:
        self._form = form
        self._routing = routing
        self._tries = 0

    def can_be_asked(self, question: Question) -> bool:
        """True when some answers lead there, or when there are too many to try them all."""
        gates = self._gates(question)
        self._tries = 0
        return self._search(question, gates, {})

    def _gates(self, question: Question) -> list[Question]:
        """Every question on which this one's routing rests, nearest to the root first."""
        seen: dict[str, Question] = {}

        def visit(current: Question) -> None:
            for text in (*current.relevant, *filter(None, [current.calculate])):
                for name in self._routing.needs(text):
                    if name not in seen:
                        gate = self._form.question_by_name[name]
                        seen[name] = gate
                        visit(gate)

        visit(question)
        return [gate for gate in reversed(seen.values()) if gate.takes_answer]

    def _search(self, question: Question, gates: list[Question], answers: dict[str, str]) -> bool:
        self._tries += 1
        if self._tries > MOST_TRIES:
            return True
        if not gates:
            return question.name in self._shown(answers)
        gate, rest = gates[0], gates[1:]
        return any(
            self._search(question, rest, {**answers, gate.name: value})
            for value in self._candidates(gate)
        )

    def _shown(self, answers: Mapping[str, str]) -> set[str]:
        state = self._routing.state(answers)
        return {*state.asked, *state.notes, *state.values}

    def _candidates(self, gate: Question) -> list[str]:
        names = [choice.name for choice in gate.choices]
        if gate.kind is Kind.SELECT_ONE:
            return [*names, ""]
        if gate.kind is Kind.SELECT_MULTIPLE:
            return [*names, " ".join(names), ""]
        texts = [text for q in self._form.questions for text in (*q.relevant, q.calculate)]
        numbers = {float(n) for text in texts for n in _NUMBER.findall(text)}
        near = {str(int(n + step)) for n in numbers for step in (-1, 0, 1)}
        literals = {a or b for text in texts for a, b in _TEXT.findall(text)}
        return [*sorted(near), *sorted(literals), "1", "2013-01-01", ""]
