"""Which column holds what: the field's own names, usual spellings, slips of the pen."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from hmip_desktop.sample_sheet.sheet import letter, tidy


class Sure(StrEnum):
    """How sure it is that a column holds what it is taken for."""

    GIVEN = "given"
    CERTAIN = "certain"
    LIKELY = "likely"
    NEAR = "near"
    OWN = "own"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading as written, and the field it is taken for."""

    at: int
    heading: str
    field: str
    sure: Sure

    @property
    def letter(self) -> str:
        """The letter that Excel shows above it."""
        return letter(self.at)

    @property
    def title(self) -> str:
        """How a sentence names it: by its heading, or by its letter when it has none."""
        return self.heading or self.letter


@dataclass(frozen=True)
class Words:
    """The spellings by which the fields of one sort of table are known.

    `likely` are those that other columns may have as well; they give way to a better one.
    """

    needed: tuple[str, ...]
    usual: Mapping[str, tuple[str, ...]]
    likely: Mapping[str, tuple[str, ...]]
    keeps_others: bool

    def claim(self, heading: str) -> tuple[str, Sure]:
        """The field that a heading seems to name, and how sure that is."""
        said = tidy(_ADORNMENT.sub(" ", heading))
        for field in self.usual:
            if said == tidy(field) or said in self.usual[field]:
                return field, Sure.CERTAIN
        for field, spellings in self.likely.items():
            if said in spellings:
                return field, Sure.LIKELY
        for field, spellings in self.usual.items():
            if any(_near(said, known) for known in (tidy(field), *spellings)):
                return field, Sure.NEAR
        return own_name(heading), Sure.OWN

    def weight(self, headings: Sequence[str]) -> tuple[int, int]:
        """How much a row looks like the headings: needed fields first, then all that is known."""
        best: dict[str, int] = {}
        for field, sure in (self.claim(heading) for heading in headings if heading):
            best[field] = max(best.get(field, 0), _WEIGHT.get(sure, 0))
        return sum(bool(best.get(field)) for field in self.needed), sum(best.values())


_WEIGHT = {Sure.CERTAIN: 3, Sure.LIKELY: 2, Sure.NEAR: 1}
_ADORNMENT = re.compile(r"[()\[\]:*?#]+")
_NEAR = 0.84
_SHORTEST_NEAR = 5
_OTHER_WORDS = frozenset({"office", "offices", "cases", "caseload"})

_PERSON = re.compile(
    r"\b((fore|sur|first ?|last ?|full ?|family ?|given ?|middle ?)?names?|alias(es)?|initials|"
    r"date of birth|birth ?(date|day)|d ?o ?b|(person|people) on probation|clients?|"
    r"service users?|(home )?address(es)?|post ?codes?|pnc( no| number| id)?|nino|"
    r"national insurance( no| number)?|(tele)?phone( no| number)?|mobile( no| number)?|e ?mail)\b"
)
_NOT_SUPERVISED = re.compile(
    r"\b(officer|manager|practitioner|om|po|pso|supervisor|staff|ldu|delivery unit|team|"
    r"office|court|programme|cluster|area|region|hostel|prison|offence)\b"
)


def own_name(heading: str) -> str:
    """The field that a column nobody knows is kept as."""
    return tidy(heading).replace(" ", "_")


def names_people(heading: str) -> bool:
    """Whether a column with this heading tells who is supervised."""
    said = tidy(heading)
    return bool(_PERSON.search(said)) and not _NOT_SUPERVISED.search(said)


def columns_of(
    headings: Sequence[str], words: Words, given: Mapping[int, str]
) -> tuple[Column, ...]:
    """What each column is taken for; `given` is what a person said, an empty field leaves it out.

    Of several columns that seem to hold one field the surest does, and the others keep their own
    names. Two that are equally sure both claim it, which is for a person to settle.
    """
    claims = {
        at: words.claim(heading)
        for at, heading in enumerate(headings)
        if heading and at not in given
    }
    taken = {field for field in given.values() if field}
    best = {
        field: max(_WEIGHT.get(sure, 0) for name, sure in claims.values() if name == field)
        for field in {name for name, _ in claims.values()}
    }

    def column(at: int, heading: str) -> Column:
        if at in given:
            return Column(at, heading, given[at], Sure.GIVEN if given[at] else Sure.LEFT_OUT)
        field, sure = claims.get(at, ("", Sure.LEFT_OUT))
        if (sure is not Sure.OWN and field in taken) or _WEIGHT.get(sure, 0) < best.get(field, 0):
            field, sure = own_name(heading), Sure.OWN
        if sure is Sure.OWN and not words.keeps_others:
            return Column(at, heading, "", Sure.LEFT_OUT)
        return Column(at, heading, field, sure)

    return tuple(column(at, heading) for at, heading in enumerate(headings))


def claimed_twice(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that another one before them is already taken for."""
    seen: Counter[str] = Counter()
    twice = []
    for column in columns:
        if column.field and seen[column.field]:
            twice.append(column)
        seen[column.field] += 1
    return tuple(twice)


def _near(said: str, known: str) -> bool:
    """Whether it is the same words but for a slip or two; similar whole phrases often are not."""
    ours, theirs = said.split(), known.split()
    return (
        len(ours) == len(theirs)
        and min(len(said), len(known)) >= _SHORTEST_NEAR
        and not _OTHER_WORDS.intersection(ours)
        and all(_alike(one, other) for one, other in zip(ours, theirs, strict=True))
    )


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    shortest = min(len(one), len(other))
    return shortest >= _SHORTEST_NEAR - 1 and SequenceMatcher(None, one, other).ratio() >= _NEAR
