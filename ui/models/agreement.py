"""The tables of agreement, what is said of it in short, and a case with both assessments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from hmip_desktop.agreement import (
    FEWEST_ASSESSMENTS,
    GroupAgreement,
    Matched,
    QuestionAgreement,
    Rate,
    to_read,
)
from hmip_desktop.casefile.labels import role_label
from hmip_desktop.casefile.records import Role
from hmip_desktop.form.model import Form, Kind, Line, Question
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations.agreement import Agreed, OfAssessor, OfCase, OfRoles, Row, Said
from hmip_desktop.scoring import shown
from ui.models import words
from ui.models.table import Column


class Table(StrEnum):
    """The tables of agreement, in the order in which they are offered."""

    QUESTIONS = mark("Questions")
    CRITERIA = mark("Criteria")
    SECTIONS = mark("Sections")
    ROLES = mark("Roles")
    CASES = mark("Cases")
    ASSESSORS = mark("Assessors")


MEANINGS = {
    Table.QUESTIONS: mark(
        "Every question that both assessors of a case answered, the lowest agreement first; "
        "those with few pairs come last."
    ),
    Table.CRITERIA: mark("The scoring questions of each criterion together."),
    Table.SECTIONS: mark("The scoring questions of each section together."),
    Table.ROLES: mark("By the roles of the two who assessed the same case."),
    Table.CASES: mark(
        "Case by case, the lowest agreement first. Choose a case to read both assessments."
    ),
    Table.ASSESSORS: mark(
        "How often each assessor judged above the line, beside all others. Cases differ: a rate "
        "that lies apart is a question to ask, never a finding."
    ),
}

_BEYOND_CHANCE = mark(
    "Beyond chance: 1 is perfect agreement, 0 what chance alone would give (Krippendorff's alpha)."
)


@dataclass(frozen=True)
class Compared:
    """One row of agreement: what it is about, over the answers and over the line.

    `name` is a number, a case or a pair of roles; `key` is the case's reference. Of a question
    that `is_few` there are so few pairs that one difference decides.
    """

    name: str
    label: str
    answers: Matched | None
    line: Matched | None
    key: str = ""
    is_few: bool = False


def meaning(table: Table) -> str:
    """What a table shows, and what its figures mean."""
    if table is Table.ASSESSORS:
        return tr(MEANINGS[table])
    return f"{tr(MEANINGS[table])} {tr(_BEYOND_CHANCE)}"


def rows(agreed: Agreed, table: Table, form: Form, language: str) -> tuple[Any, ...]:
    """The rows of one table."""
    found = agreed.found
    match table:
        case Table.QUESTIONS:
            return tuple(_question(one, language) for one in to_read(found.questions))
        case Table.CRITERIA:
            labels = {one.id: one.label.in_language(language) for one in form.criteria}
            return tuple(_group(one, labels) for one in found.criteria if one.answers.pairs)
        case Table.SECTIONS:
            labels = {one.id: one.label.in_language(language) for one in form.sections}
            return tuple(_group(one, labels) for one in found.sections if one.answers.pairs)
        case Table.ROLES:
            return tuple(_roles(one) for one in agreed.roles)
        case Table.CASES:
            return tuple(_case(one) for one in agreed.cases)
        case Table.ASSESSORS:
            return agreed.assessors


def _question(one: QuestionAgreement, language: str) -> Compared:
    label = one.question.label.in_language(language)
    number, is_few = one.question.number, one.is_few
    return Compared(number, label, one.answers, one.line, is_few=is_few)


def _group(one: GroupAgreement, labels: Mapping[str, str]) -> Compared:
    return Compared(one.id, labels.get(one.id, one.label), one.answers, one.line)


def _roles(one: OfRoles) -> Compared:
    first, second = (role(name) for name in one.roles)
    name = tr("{first} and {second}", first=first, second=second)
    cases = tr_count("{count} case", "{count} cases", one.found.cases)
    return Compared(name, cases, one.found.answers, one.found.line)


def _case(one: OfCase) -> Compared:
    twice = one.twice
    who = tr("{first} and {second}", first=twice.first.assessor, second=twice.second.assessor)
    reference = twice.case.reference
    return Compared(reference, who, one.found.answers, one.found.line, reference)


def role(name: str) -> str:
    """A role in words; a dash for somebody who is not in the team list."""
    return role_label(Role(name)) if name in set(Role) else "–"


def columns(table: Table) -> tuple[Column, ...]:
    """The columns of one table."""
    return _assessor_columns() if table is Table.ASSESSORS else _compared_columns(table)


def _compared_columns(table: Table) -> tuple[Column, ...]:
    return (
        *_first_columns(table),
        _share(tr("Same answer"), lambda row: row.answers, 112),
        _share(tr("Same side of the line"), lambda row: row.line, 166, spare=True),
        Column(
            tr("Beyond chance"),
            lambda row: alpha(row.line),
            sort=_height,
            right=True,
            width=76,
            tip=tr(_BEYOND_CHANCE),
        ),
        Column(
            tr("Pairs"),
            _pairs_said,
            sort=_pairs,
            right=True,
            width=72,
        ),
    )


def _first_columns(table: Table) -> tuple[Column, ...]:
    """What a row is about."""
    match table:
        case Table.ROLES:
            cases = Column(tr("Cases"), lambda row: row.label, width=96)
            return Column(tr("Roles"), lambda row: row.name, bold=True, width=0), cases
        case Table.CASES:
            name = Column(tr("Case"), lambda row: row.name, bold=True, width=96)
            return name, Column(tr("Assessors"), lambda row: row.label, width=0)
    headings = {Table.CRITERIA: tr("Criterion"), Table.SECTIONS: tr("Section")}
    heading = headings.get(table) or tr("Question")
    return (Column(heading, lambda row: f"{row.name}  {row.label}", width=0),)


def _height(row: Compared) -> float:
    """By what alpha sorts: where there is none, below the lowest that there can be."""
    known = row.line.alpha if row.line else None
    return -2.0 if known is None else float(known)


def _pairs(row: Compared) -> int:
    matched = row.line or row.answers
    return matched.pairs if matched else 0


def _pairs_said(row: Compared) -> str:
    said = f"{_pairs(row):,}"
    return tr("few: {count}", count=said) if row.is_few else said


def _share(
    heading: str, of: Callable[[Compared], Matched | None], width: int, *, spare: bool = False
) -> Column:
    def share(row: Compared) -> Fraction | None:
        matched = of(row)
        return matched.share if matched else None

    return Column(
        heading,
        lambda row: shown(share(row)),
        sort=lambda row: -1.0 if (found := share(row)) is None else float(found),
        right=True,
        width=width,
        spare=spare,
    )


def alpha(matched: Matched | None) -> str:
    """Krippendorff's alpha with two decimals; a dash where there is none."""
    return "–" if matched is None or matched.alpha is None else f"{float(matched.alpha):.2f}"


def _assessor_columns() -> tuple[Column, ...]:
    return (
        Column(tr("Person"), lambda row: row.name, bold=True, width=150),
        Column(tr("Role"), lambda row: role(row.role), width=130, spare=True),
        Column(
            tr("Cases"),
            lambda row: str(row.beside.assessments),
            sort=lambda row: row.beside.assessments,
            right=True,
            width=72,
        ),
        _rate(tr("Above the line"), lambda one: one.beside.own),
        _rate(tr("All others"), lambda one: one.beside.others, spare=True),
        Column(
            tr("To ask"),
            _to_ask,
            tone=lambda row: "amber" if row.beside.apart else "",
            width=0,
        ),
    )


def _to_ask(one: OfAssessor) -> str:
    if one.beside.own is None:
        return tr_count(
            "Not shown below {count} case", "Not shown below {count} cases", FEWEST_ASSESSMENTS
        )
    return tr("Lies apart: ask why") if one.beside.apart else "–"


def _rate(heading: str, of: Callable[[OfAssessor], Rate | None], *, spare: bool = False) -> Column:
    def said(one: OfAssessor) -> str:
        rate = of(one)
        if rate is None or rate.interval is None:
            return "–"
        lower, upper = (shown(Fraction(bound)) for bound in rate.interval)
        return tr("{share} ({lower} to {upper})", share=shown(rate.share), lower=lower, upper=upper)

    def height(one: OfAssessor) -> float:
        rate = of(one)
        return -1.0 if rate is None or rate.share is None else float(rate.share)

    return Column(heading, said, sort=height, right=True, width=160, spare=spare)


@dataclass(frozen=True)
class Beside:
    """One question of a case as both assessors answered it, in words."""

    number: str
    question: str
    said: tuple[str, str]
    lines: tuple[Line, Line]
    notes: tuple[str, str]
    differs: bool


def beside(row: Row, language: str) -> Beside:
    """One question of a case assessed twice."""
    question, both = row.question, (row.first, row.second)
    first, second = (_said(question, one, language) for one in both)
    typed_apart = question.kind is not Kind.TEXT and first != second
    lines = [question.line_of(one.value) if one.value else Line.NOT_COUNTED for one in both]
    return Beside(
        question.number,
        question.label.in_language(language),
        (first, second),
        (lines[0], lines[1]),
        (row.first.note, row.second.note),
        differs=False in (row.same_answer, row.same_line) or typed_apart,
    )


def _said(question: Question, one: Said, language: str) -> str:
    if one.in_conflict:
        return tr("In conflict")
    if one.value:
        return words.answer(question, one.value, language)
    return tr("No answer") if one.asked else tr("Not asked")


def summary(agreed: Agreed, language: str) -> str:
    """What agreement comes to, in two sentences; how to get any where there is none."""
    found = agreed.found
    if not found.cases:
        return _none_yet(agreed)
    share = tr("{share} same answer.", share=shown(found.answers.share))
    if found.line.alpha is not None:
        share = tr(
            "{share} same answer; agreement beyond chance {alpha} (1 is perfect).",
            share=shown(found.answers.share),
            alpha=alpha(found.line),
        )
    return " ".join(filter(None, (share, _lowest(agreed, language))))


def _none_yet(agreed: Agreed) -> str:
    if not agreed.waiting:
        return tr("No case has two assessors.")
    return tr_count(
        "{count} case has two assessors; it counts when both have signed it off.",
        "{count} cases have two assessors; they count when both have signed them off.",
        agreed.waiting,
    )


def title(agreed: Agreed) -> str:
    """On how many cases it rests."""
    return tr_count(
        "Agreement on {count} case assessed twice",
        "Agreement on {count} cases assessed twice",
        agreed.found.cases,
    )


def unsettled(agreed: Agreed) -> str:
    """Why it is provisional; empty when it is not."""
    said = []
    if agreed.waiting and agreed.found.cases:
        said.append(
            tr_count(
                "{count} more case has two assessors and is not signed off by both.",
                "{count} more cases have two assessors and are not signed off by both.",
                agreed.waiting,
            )
        )
    if agreed.conflicts:
        said.append(
            tr_count(
                "{count} answer in conflict is left out.",
                "{count} answers in conflict are left out.",
                agreed.conflicts,
            )
        )
    return " ".join([tr("Provisional:"), *said]) if said else ""


def _lowest(agreed: Agreed, language: str) -> str:
    scored = [one for one in to_read(agreed.found.questions) if one.line is not None]
    if not scored or scored[0].line is None or scored[0].line.same == scored[0].line.pairs:
        return ""
    lowest = scored[0]
    name = f"{lowest.question.number} {lowest.question.label.in_language(language)}"
    if lowest.line is None or lowest.line.alpha is None:
        return tr(
            "Lowest: {question} ({same} of {pairs} on the same side of the line).",
            question=name,
            same=lowest.line.same if lowest.line else 0,
            pairs=lowest.line.pairs if lowest.line else 0,
        )
    return tr(
        "Lowest: {question} (beyond chance {alpha}).", question=name, alpha=alpha(lowest.line)
    )
