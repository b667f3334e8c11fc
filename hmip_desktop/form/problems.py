"""What can be wrong with a form that pyxform converts without a word.

It checks no expression: so syntax, unknown functions, circular routing, choices that do not
exist, scoring questions without a line, criteria that do not exist, fields of the case that no
sample has and questions that nobody can reach are found here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from hmip_desktop.errors import Problem
from hmip_desktop.form.expression import SELF, ExpressionError
from hmip_desktop.form.model import Form, Kind, Line, Question
from hmip_desktop.form.routing import CircularRoutingError, Routing
from hmip_desktop.language import tr

MOST_TRIES = 20_000  # in one form; that of 2013 takes 2,000 at its 320 questions
MOST_LOOKS = 1_500_000  # at a question, in all tries together
_PATH = r"(?<![\w.-])((?:/[\w.-]+)+)"
_EQUALS = re.compile(rf"{_PATH}\s*!?=\s*['\"]([^'\"]*)['\"]")
_EQUALLED = re.compile(rf"['\"]([^'\"]*)['\"]\s*!?=\s*{_PATH}")
_SELECTED = re.compile(rf"selected\(\s*{_PATH}\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
REFERENCE = "reference"
CASE_FIELDS = (
    *("ldu", "case_type", "rosh", "gender", "ethnicity", "principal_offence"),
    *("offender_manager", "tier", "sentence_date"),
)
"""The fields that samples usually have, by the names that they get when they are taken in."""
_FIELD_NAME = re.compile(r"[^\W_][^\s\-./]*")
_NEAR_FIELD = 0.8
_ONE_ANSWER = (Kind.SELECT_ONE, Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE)
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
        found += [at(question, "form.field", words) for words in _field(question)]
        if not unreadable:
            found += [at(question, "form.choice", words) for words in _choices(form, question)]
    if not form.answerable:
        found.append(Problem("survey", 0, "form.empty", tr("the form asks no question")))
    if not any(problem.code in ("form.expression", "form.reference") for problem in found):
        found += [at(question, code, words) for question, code, words in _journeys(form)]
    return found


def _expressions(form: Form, question: Question) -> Iterator[tuple[str, str]]:
    from hmip_desktop.form import xpath  # noqa: PLC0415 slow to load, and for few

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
        except ExpressionError as error:
            sentence = tr("{column} cannot be read: {why}", column=column, why=error)
            yield "form.expression", sentence
            continue
        for path in expression.references:
            if path != SELF and path not in form.question_by_path:
                name = path.rsplit("/", 1)[-1]
                sentence = tr(
                    "{column} points at {name}, which is not a question", column=column, name=name
                )
                yield "form.reference", sentence
        if expression.asks_the_date and column != "constraint":
            sentence = tr("{column} uses today(): scores must be the same tomorrow", column=column)
            yield "form.today", sentence


def _scoring(form: Form, question: Question) -> Iterator[tuple[str, str]]:
    known = {group.id for group in form.criteria}
    for criterion in question.criteria:
        if criterion not in known:
            yield "form.criterion", _no_criterion(criterion, known)
    if not question.scored:
        return
    if question.kind is not Kind.SELECT_ONE:
        yield "form.scored-kind", tr("only a select_one question can score")
        return
    lines = {choice.line for choice in question.choices}
    if Line.ABOVE not in lines:
        yield "form.no-line", tr("it scores, but none of its choices stands above the line")
    if Line.BELOW not in lines:
        yield "form.no-line", tr("it scores, but none of its choices stands below the line")
    if not question.criteria:
        yield "form.no-criterion", tr("it scores, but in no criterion")


def _no_criterion(criterion: str, known: Iterable[str]) -> str:
    if near := get_close_matches(criterion, sorted(known), n=1):
        return tr(
            "there is no criterion {criterion}; did you mean {near}",
            criterion=criterion,
            near=near[0],
        )
    return tr("there is no criterion {criterion}", criterion=criterion)


def _field(question: Question) -> Iterator[str]:
    """What is odd about the field of the case that a question says it corresponds to."""
    name = question.field
    if not name:
        return
    if question.kind not in _ONE_ANSWER:
        yield tr("hmip:field is for questions that take one answer, which the sample can hold")
    if name == REFERENCE:
        yield tr("hmip:field cannot be the reference: it names the case and is no answer")
    elif name != name.casefold() or not _FIELD_NAME.fullmatch(name) or _slip_of(name):
        yield _no_field(name)


def _no_field(name: str) -> str:
    plain = re.sub(r"[\W_]+", "_", name.casefold()).strip("_")
    near = plain if plain in CASE_FIELDS else _slip_of(plain)
    if near:
        return tr("no sample has a field {name}; did you mean {near}", name=name, near=near)
    return tr(
        "hmip:field takes the name of one field of the case, in small letters without spaces, "
        "such as ldu; {name} is none",
        name=name,
    )


def _slip_of(name: str) -> str:
    """The usual field that was probably meant; a sample may have fields of its own as well."""
    if name in CASE_FIELDS:
        return ""
    return next(iter(get_close_matches(name, CASE_FIELDS, n=1, cutoff=_NEAR_FIELD)), "")


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
            yield _no_choice(other, name)


def _no_choice(question: Question, name: str) -> str:
    if near := get_close_matches(name, question.choice_by_name, n=1):
        return tr(
            "{question} has no choice '{name}'; did you mean '{near}'",
            question=question.name,
            name=name,
            near=near[0],
        )
    return tr("{question} has no choice '{name}'", question=question.name, name=name)


def _journeys(form: Form) -> Iterator[tuple[Question, str, str]]:
    try:
        routing = Routing(form)
    except CircularRoutingError as error:
        first = form.question_by_name[error.names[0]]
        circle = ", ".join(dict.fromkeys(error.names))
        sentence = tr("the routing goes round in a circle: {names}", names=circle)
        yield first, "form.circular", sentence
        return
    reach = _Reach(form, routing)
    for question in form.questions:
        if question.relevant and not reach.can_be_asked(question):
            yield question, "form.unreachable", tr("no answers lead to this question")


class _Reach:
    """Looks for answers that lead to a question, trying what its gates can hold."""

    def __init__(self, form: Form, routing: Routing) -> None:
        self._form = form
        self._routing = routing
        self._tries = 0
        self._most = min(MOST_TRIES, MOST_LOOKS // len(form.questions))

    def can_be_asked(self, question: Question) -> bool:
        """True when some answers lead there, or when there are too many to try them all."""
        try:
            return self._search(question, self._gates(question), {})
        except RecursionError:  # a thousand questions in a row
            return True

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
        if self._tries > self._most:
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
