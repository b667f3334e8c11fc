"""What goes into the workbook of several inspections, as frozen data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from hmip_desktop.crosswalk import Matched
from hmip_desktop.form.model import Form, SectionRule
from hmip_desktop.pooling import Pooled, Share
from hmip_desktop.scoring import SMALL_GROUP, Scores, cases_of, cases_of_section
from hmip_desktop.workbook.suppression import NOTHING, hidden
from hmip_desktop.workbook.telling import told_apart
from hmip_desktop.workbook.text import cut

_SHORT = 28


@dataclass(frozen=True)
class Inspected:
    """One inspection as it goes in: what it is, what it rests on, and what its answers came to.

    Attributes:
        file: the name of the lead's case file.
        version: that of its form.
        cases: how many the sample has.
        reasons: why its scores are provisional, a sentence each; none when they are not.
        as_at: the time of the last entry.
        fingerprint: a short word for all entries of the file.
        scores: by all questions of its own form.
    """

    title: str
    area: str
    starts: str
    ends: str
    file: str
    version: str
    cases: int
    conflicts: int
    reasons: tuple[str, ...]
    as_at: datetime
    fingerprint: str
    scores: Scores

    @property
    def provisional(self) -> bool:
        """Whether its scores can still change."""
        return bool(self.reasons)


@dataclass(frozen=True)
class Together:
    """Everything that the workbook says.

    Attributes:
        crosswalk: the name of the table that declared which question is which; empty without.
        least: figures of an inspection that rest on fewer cases are hidden; 0 hides nothing.
        small_group: below so many cases a result is printed as a count.
        marking: the handling line on each printed page.
    """

    inspections: tuple[Inspected, ...]
    matched: Matched
    pooled: Pooled
    crosswalk: str = ""
    least: int = 0
    small_group: int = SMALL_GROUP
    marking: str = "OFFICIAL-SENSITIVE"

    @property
    def form(self) -> Form:
        """The newest version of the form."""
        return self.matched.form

    @property
    def rule(self) -> SectionRule:
        """What a section's headline is the mean of."""
        return self.form.section_rule

    @property
    def provisional(self) -> bool:
        """Whether any figure can still change."""
        return any(one.provisional for one in self.inspections)

    @property
    def is_live(self) -> bool:
        """Whether it has formulas, and every inspection's figures question by question."""
        return self.least == 0

    @property
    def as_at(self) -> datetime:
        """The time of the last entry of all."""
        return max(one.as_at for one in self.inspections)

    @property
    def title(self) -> str:
        """What the workbook is."""
        return f"{len(self.inspections)} inspections side by side"

    @cached_property
    def numbers(self) -> range:
        """The places of the inspections."""
        return range(len(self.inspections))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The inspections, each with its number, short enough for a heading."""
        titles = told_apart([one.title or one.area or one.file for one in self.inspections])
        return tuple(f"{n}  {cut(title, _SHORT, '…')}" for n, title in enumerate(titles, 1))

    @property
    def has_versions(self) -> bool:
        """Whether the inspections were done with different versions of the form."""
        return len(self.matched.names) > 1

    def own(self, number: int) -> Scores:
        """An inspection's scores, by the compared questions alone."""
        return self.pooled.beside[number].own

    def unseen(self, cases: Sequence[int]) -> frozenset[int]:
        """The inspections of which a figure that rests on these cases is hidden."""
        if not self.least:
            return NOTHING
        small = frozenset(n for n in self.numbers if self.own(n).assessments < self.least)
        return hidden(cases, self.least, small)


def of_section(scores: Scores, index: int) -> Share:
    """A section's score with the cases behind it."""
    section = scores.sections[index]
    return Share(section.score, cases_of_section(scores, section.id))


def of_criterion(scores: Scores, index: int) -> Share:
    """A criterion's score with the cases behind it."""
    criterion = scores.criteria[index]
    return Share(criterion.score, cases_of(scores, [criterion.id]))


def of_question(scores: Scores, index: int) -> Share:
    """A question's share above the line with the cases behind it."""
    question = scores.questions[index]
    return Share(question.proportion, question.judged)
