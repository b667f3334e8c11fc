"""Groups of cases as the results show them, and two of them compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hmip_desktop import scoring
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations import groups
from hmip_desktop.operations.groups import Compared
from hmip_desktop.operations.report import Group, Scored
from hmip_desktop.scoring import QuestionScore
from ui.models import results
from ui.models.table import Column

_FIELDS = {
    "case_type": mark("Type of case"),
    "ethnicity": mark("Race and ethnicity"),
    "ldu": mark("LDU"),
    "rosh": mark("RoSH"),
}


def field_name(field: str) -> str:
    """A field of the sample as people say it; other names are those of the lead's own table."""
    known = _FIELDS.get(field)
    return tr(known) if known else field.replace("_", " ").capitalize()


@dataclass(frozen=True)
class GroupRow:
    """One group; `small` where it has too few cases for percentages."""

    name: str
    scored: Scored
    small: bool

    def shown(self, section: str) -> str:
        """What a section comes to: a score, or a count where the group is small."""
        if self.small:
            both = groups.pooled(self.scored, section)
            return tr("{above} of {judged}", above=both.above, judged=both.judged)
        return scoring.shown(self._score(section))

    def rank(self, section: str) -> float:
        """By what a section sorts: the share above the line, none first."""
        if self.small:
            both = groups.pooled(self.scored, section)
            return both.above / both.judged if both.judged else -1.0
        score = self._score(section)
        return -1.0 if score is None else float(score)

    def _score(self, section: str) -> Fraction | None:
        return next((one.score for one in self.scored.scores.sections if one.id == section), None)


def rows(found: Sequence[Group], small_group: int) -> tuple[GroupRow, ...]:
    """The groups, in their order."""
    return tuple(
        GroupRow(one.value, one.scored, one.scored.assessments < small_group) for one in found
    )


def columns(sections: Sequence[tuple[str, str]], *, preliminary: bool) -> tuple[Column, ...]:
    """The columns of groups: one for each section, which is an id and a name."""
    return (
        Column(
            results.headed(tr("Group"), preliminary=preliminary),
            lambda row: row.name,
            bold=True,
            width=170 if preliminary else 140,
        ),
        Column(
            tr("Cases"),
            lambda row: str(row.scored.assessments),
            sort=lambda row: row.scored.assessments,
            right=True,
            width=72,
        ),
        Column(
            tr("Size"),
            lambda row: tr("Small: counts") if row.small else tr("Large enough"),
            tone=lambda row: "amber" if row.small else "grey",
            width=116,
        ),
        *(_section(id_, name) for id_, name in sections),
    )


def _section(id_: str, name: str) -> Column:
    return Column(
        name,
        lambda row: row.shown(id_),
        sort=lambda row: row.rank(id_),
        right=True,
        width=112,
    )


def meaning(found: Sequence[GroupRow], small_group: int) -> str:
    """What the counts of small groups are."""
    if not any(one.small for one in found):
        return tr("The same rule as for all cases, over the cases of each group.")
    return tr_count(
        "A group of fewer than {count} case is shown as counts: how many of all answers in the "
        "section stand above the line. A percentage would say more than so few cases can.",
        "A group of fewer than {count} cases is shown as counts: how many of all answers in the "
        "section stand above the line. A percentage would say more than so few cases can.",
        small_group,
    )


@dataclass(frozen=True)
class ComparedRow:
    """One question in two groups."""

    compared: Compared
    text: str

    @property
    def difference(self) -> str:
        """How much higher or lower the first group is, in whole points."""
        points = scoring.whole_percent(abs(self.compared.difference))
        if not points:
            return tr("The same")
        if self.compared.difference > 0:
            return tr_count("{count} point higher", "{count} points higher", points)
        return tr_count("{count} point lower", "{count} points lower", points)


def compared_rows(found: Sequence[Compared], language: str) -> tuple[ComparedRow, ...]:
    """The questions, the largest difference first."""
    return tuple(ComparedRow(one, one.first.question.label.in_language(language)) for one in found)


def compared_columns(
    names: tuple[str, str], small_group: int, *, preliminary: bool
) -> tuple[Column, ...]:
    """The columns of two groups beside each other."""
    return (
        Column(
            results.headed(tr("Question"), preliminary=preliminary),
            lambda row: f"{row.compared.first.question.number}  {row.text}",
            width=0,
        ),
        *_side(names[0], lambda row: row.compared.first, small_group),
        *_side(names[1], lambda row: row.compared.second, small_group),
        Column(
            tr("Difference"),
            lambda row: row.difference,
            sort=lambda row: abs(row.compared.difference),
            right=True,
            bold=True,
            width=124,
        ),
        Column(
            tr("Intervals"),
            lambda row: tr("Apart") if row.compared.apart else tr("Overlap"),
            tone=lambda row: "blue" if row.compared.apart else "grey",
            width=84,
            spare=True,
        ),
    )


def _side(
    name: str, of: Callable[[ComparedRow], QuestionScore], small_group: int
) -> tuple[Column, Column]:
    """The share of one group, and its interval."""
    share = Column(
        name,
        lambda row: scoring.shown_with_count(
            of(row).above, of(row).judged, small_group, tr("{share} of {judged}")
        ),
        sort=lambda row: of(row).proportion,
        right=True,
        width=84,
    )
    ends = Column(
        tr("95% interval"),
        lambda row: results.range_of(of(row).above, of(row).judged, row.compared.fraction),
        sort=lambda row: of(row).judged,
        right=True,
        width=104,
        spare=True,
    )
    return share, ends


def compared_meaning(found: Sequence[ComparedRow], first: GroupRow, second: GroupRow) -> str:
    """How the comparison is to be read, plainly."""
    if not found:
        return tr("No question was judged in both groups.")
    apart = sum(row.compared.apart for row in found)
    return tr_count(
        "{first} ({first_cases} cases) beside {second} ({second_cases} cases), the largest "
        "difference first. Small groups move by chance: where the 95% intervals overlap, chance "
        "alone can make the difference. Of {count} question, {apart} lie apart; among so many, "
        "one or two can do so by chance alone.",
        "{first} ({first_cases} cases) beside {second} ({second_cases} cases), the largest "
        "difference first. Small groups move by chance: where the 95% intervals overlap, chance "
        "alone can make the difference. Of {count} questions, {apart} lie apart; among so many, "
        "one or two can do so by chance alone.",
        len(found),
        apart=apart,
        first=first.name,
        second=second.name,
        first_cases=first.scored.assessments,
        second_cases=second.scored.assessments,
    )
