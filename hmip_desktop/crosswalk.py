"""Which question of an older version of a form is which of the newest. Pure.

What a crosswalk declares holds. What it does not name is the same where name, sort of answer,
choices, line and criteria are; anything else cannot be compared, and is said so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hmip_desktop.errors import Code, Problem, Refused
from hmip_desktop.form.comparing import Difference, changes
from hmip_desktop.form.model import Form, Kind, Line, Question
from hmip_desktop.language import mark, tr

_STILL_COMPARABLE = frozenset({Difference.ROUTING, Difference.REQUIRED, Difference.WORDS})
_TOLD = _STILL_COMPARABLE - {Difference.REQUIRED}
_NOT_IN_IT = mark("Not in this version")
_NOT_IN_NEWEST = mark("Not in the newest version")
_NONE_DECLARED = mark("Declared to be in no newer question")
_NO_LINE = mark("Has no answers above or below the line")
_DECLARED = mark("Declared to be the same")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Declared:
    """A row of a crosswalk: a question of an older version is the same as one of the newest.

    An empty `same_as` says that there is none. `choices` leads from the older names of choices
    to the newer ones, where they differ. `row` is the row number that Excel shows.
    """

    version: str
    question: str
    same_as: str
    choices: Mapping[str, str] = field(default_factory=dict)
    row: int = 0


@dataclass(frozen=True)
class Told:
    """A question, the older version that it is about, and what there is to say (marked texts)."""

    version: str
    question: Question
    why: tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """Versions of a form brought together.

    Attributes:
        form: the newest version.
        names: for each version, the compared questions' names there by those in the newest.
        left_out: what cannot be compared, and why.
        unlike: what is compared although it is not quite the same.
        passed_over: rows about versions that are not here.
    """

    form: Form
    names: Mapping[str, Mapping[str, str]]
    left_out: tuple[Told, ...] = ()
    unlike: tuple[Told, ...] = ()
    passed_over: int = 0

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that are compared, in the order of the newest version."""
        own = self.names[self.form.version]
        return tuple(one for one in self.form.answerable if one.name in own)


def is_judged(question: Question) -> bool:
    """Whether any answer to a question stands above or below the line."""
    return question.kind is Kind.SELECT_ONE and any(
        choice.line is not Line.NOT_COUNTED for choice in question.choices
    )


def newest(versions: Sequence[str]) -> str:
    """The newest of these versions: 2013.10 is newer than 2013.9."""
    return max(versions, key=_in_order)


def matched(forms: Mapping[str, Form], declared: Sequence[Declared] = ()) -> Matched:
    """The questions that all these versions of a form have in common, by version.

    Raises:
        Refused: CROSSWALK_UNUSABLE, with each row that cannot hold.
    """
    form = forms[newest(tuple(forms))]
    passed_over = sum(one.version not in forms for one in declared)
    rows = [one for one in declared if one.version in forms]
    problems = tuple(problem for one in _own(rows, form) for problem in one)
    older = {version: one for version, one in forms.items() if one is not form}
    pairs = {version: _Pairs(one, form, rows) for version, one in older.items()}
    problems += tuple(problem for one in pairs.values() for problem in one.problems)
    if problems:
        raise Refused(
            Code.CROSSWALK_UNUSABLE,
            tr("The crosswalk cannot be used as it is: mend these rows."),
            tuple(sorted(problems)),
        )
    names = {version: one.names for version, one in pairs.items()}
    common = [
        one.name
        for one in form.answerable
        if is_judged(one) and all(one.name in found for found in names.values())
    ]
    every = {form.version: {name: name for name in common}}
    every |= {version: {name: own[name] for name in common} for version, own in names.items()}
    return Matched(
        form,
        every,
        tuple(told for one in pairs.values() for told in one.left_out()),
        tuple(
            told for one in pairs.values() for told in one.unlike if told.question.name in common
        ),
        passed_over,
    )


def _own(rows: Sequence[Declared], form: Form) -> Iterator[tuple[Problem, ...]]:
    """Rows that begin at the newest version itself, which needs no crosswalk."""
    for one in rows:
        if one.version == form.version:
            sentence = tr(
                "{version} is the newest version here; name a question of an older one.",
                version=one.version,
            )
            yield (_problem(one, "newest", sentence),)


def _problem(row: Declared, code: str, sentence: str) -> Problem:
    return Problem(tr("Crosswalk"), row.row, code, sentence)


class _Pairs:
    """One older version beside the newest: which of its questions is which."""

    def __init__(self, older: Form, newer: Form, rows: Sequence[Declared]) -> None:
        self._older, self._newer = older, newer
        self._gone: set[str] = set()
        self._kept_apart: dict[str, tuple[str, ...]] = {}
        self.names: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.unlike: list[Told] = []
        for row in rows:
            if row.version == older.version:
                self._declare(row)
        self._match_the_rest()

    def left_out(self) -> Iterator[Told]:
        """What has no counterpart: questions of the newest version, then those of the older."""
        version, used = self._older.version, set(self.names.values())
        for question in filter(is_judged, self._newer.answerable):
            if question.name not in self.names:
                why = self._kept_apart.get(question.name, (_NOT_IN_IT,))
                yield Told(version, question, why)
        for question in filter(is_judged, self._older.answerable):
            if question.name in used or question.name in self._kept_apart:
                continue
            none = question.name in self._gone
            yield Told(version, question, (_NONE_DECLARED if none else _NOT_IN_NEWEST,))

    def _declare(self, row: Declared) -> None:
        older = self._found(row, self._older, row.question)
        newer = self._found(row, self._newer, row.same_as) if row.same_as else None
        if older is None or (row.same_as and newer is None):
            return
        if older.name in self._gone or older.name in self.names.values():
            sentence = tr("{question} is in two rows.", question=row.question)
            self.problems.append(_problem(row, "twice", sentence))
        elif newer is None:
            self._gone.add(older.name)
        elif newer.name in self.names:
            sentence = tr(
                "Two questions are declared the same as {question}.", question=row.same_as
            )
            self.problems.append(_problem(row, "twice", sentence))
        elif sentence := _misplaced(older, newer, row.choices):
            self.problems.append(_problem(row, "choices", sentence))
        else:
            self.names[newer.name] = older.name
            self.unlike.append(Told(row.version, newer, (_DECLARED,)))

    def _found(self, row: Declared, form: Form, name: str) -> Question | None:
        question = form.find(name)
        if question is not None and is_judged(question):
            return question
        sentence = (
            tr("Version {version} has no question {question}.", version=form.version, question=name)
            if question is None
            else tr("{question} has no answers above or below the line.", question=name)
        )
        self.problems.append(_problem(row, "question", sentence))
        return None

    def _match_the_rest(self) -> None:
        """Questions that no row names, by their own names."""
        found = {one.question.name: one.differences for one in changes(self._older, self._newer)}
        taken = {*self.names.values(), *self._gone}
        for question in filter(is_judged, self._newer.answerable):
            name = question.name
            then = self._older.question_by_name.get(name)
            if name in self.names or name in taken or then is None:
                continue
            differences = found.get(name, ())
            if not is_judged(then):
                self._kept_apart[name] = (_NO_LINE,)
            elif not _STILL_COMPARABLE.issuperset(differences):
                self._kept_apart[name] = differences
            else:
                self.names[name] = name
                if told := tuple(one for one in differences if one in _TOLD):
                    self.unlike.append(Told(self._older.version, question, told))


def _misplaced(older: Question, newer: Question, renamed: Mapping[str, str]) -> str:
    """What is wrong with the choices of two questions declared the same; nothing when all is well.

    Each older choice needs a newer one at its own place relative to the line.
    """
    for name in renamed:
        if name not in older.choice_by_name:
            return tr("{question} has no choice {choice}.", question=older.name, choice=name)
    for choice in older.choice_by_name.values():
        called = renamed.get(choice.name, choice.name)
        counterpart = newer.choice_by_name.get(called)
        if counterpart is None:
            return tr(
                "The choice {choice} of {question} is none of {same_as}: say in the column choices "
                "which it is, as in {choice}=yes.",
                choice=choice.name,
                question=older.name,
                same_as=newer.name,
            )
        if counterpart.line is not choice.line:
            return tr(
                "The choice {choice} of {question} stands at another place relative to the line "
                "than {other} of {same_as}.",
                choice=choice.name,
                question=older.name,
                other=called,
                same_as=newer.name,
            )
    return ""


def _in_order(version: str) -> tuple[tuple[int, str], ...]:
    """Numbers in a version compare as numbers, and come before letters."""
    parts = (part for part in _DIGITS.split(version) if part)
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
