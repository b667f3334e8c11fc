"""The command that says how far two assessors of one case agree.

Wherever agreement stands in its JSON, `line` (above, below, not counted) and `answers` (the
choices) are {"pairs", "same", "share", "alpha"}: `share` is null without a pair, `alpha` where
all values are the same; `line` is null for questions that do not score, `answers` for typed ones.

    {"inspection", "form", "form_version", "waiting", "conflicts", "provisional",
     "cases", "line", "answers",
     "sections" and "criteria": [{"id", "label", "line", "answers"}],
     "questions" (lowest first): [{"id", "criteria", "scored", "line", "answers",
                                   "missing", "asked_of_one", "asked_of_none"}],
     "roles": [{"roles": ["…", "…"], then "cases" to "questions" as above}],
     "by_case" (lowest first): [{"case", "first", "second", "line", "answers"}],
     "fewest_assessments": 5,
     "assessors": [{"assessor", "role", "assessments", "apart", "own" and "others":
                    {"assessments", "above", "judged", "rate", "interval"}}]}

`own` and `others` are null where either has fewer than `fewest_assessments`. With `--case`:

    {"case", "first" and "second": {"assessor", "role", "status"},
     "rows": [{"id", "label", "scored", "same_line", "same_answer", "first" and "second":
               {"asked", "value", "shown", "line", "in_conflict", "note"}}]}
"""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import click

from hmip_desktop.agreement import (
    FEWEST_ASSESSMENTS,
    FEWEST_PAIRS,
    Agreement,
    GroupAgreement,
    Matched,
    QuestionAgreement,
    Rate,
    to_read,
)
from hmip_desktop.cli.common import (
    FILE,
    as_json,
    opened,
    passphrase_option,
    print_json,
    print_rows,
)
from hmip_desktop.operations import agreement as operation
from hmip_desktop.operations.agreement import Agreed, OfAssessor, OfCase, Row, Said, Twice
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.scoring import shown

LOWEST = 10


@click.command()
@click.argument("lead", type=FILE)
@click.option("--case", default=None, help="Print one case side by side, with both notes.")
@click.option("--preliminary", is_flag=True, help="Count unfinished assessments too.")
@as_json
@passphrase_option
def agreement(
    lead: Path, case: str | None, preliminary: bool, as_json: bool, passphrase_file: Path | None
) -> None:
    """Print how far two assessors of one case agree, and how assessors' rates lie.

    Both assessments of a case must be signed off. Alpha is Krippendorff's: 1 is perfect, 0 what
    chance would give. A rate that lies apart is a question to ask, never a finding.
    """
    with opened(lead, passphrase_file, write=False) as document:
        reading = Reading(document)
        if case is not None:
            _print_case(reading, *operation.side_by_side(reading, case), as_json=as_json)
            return
        agreed = operation.agreed(reading, preliminary=preliminary)
    if as_json:
        print_json(
            {
                "inspection": reading.contents.inspection.title,
                "form": reading.form.form_id,
                "form_version": reading.form.version,
                **_agreed_json(reading, agreed),
            }
        )
    else:
        _print_agreed(agreed)


def _agreed_json(reading: Reading, agreed: Agreed) -> dict[str, object]:
    return {
        "waiting": agreed.waiting,
        "conflicts": agreed.conflicts,
        "provisional": agreed.provisional,
        **_agreement_json(agreed.found),
        "roles": [{"roles": list(one.roles), **_agreement_json(one.found)} for one in agreed.roles],
        "by_case": [
            {
                "case": one.twice.case.reference,
                "first": _who(reading, one.twice.first),
                "second": _who(reading, one.twice.second),
                "line": _matched_json(one.found.line),
                "answers": _matched_json(one.found.answers),
            }
            for one in agreed.cases
        ],
        "fewest_assessments": FEWEST_ASSESSMENTS,
        "assessors": [
            {
                "assessor": one.name,
                "role": one.role,
                "assessments": one.beside.assessments,
                "apart": one.beside.apart,
                "own": _rate_json(one.beside.own),
                "others": _rate_json(one.beside.others),
            }
            for one in agreed.assessors
        ],
    }


def _agreement_json(found: Agreement) -> dict[str, object]:
    return {
        "cases": found.cases,
        "line": _matched_json(found.line),
        "answers": _matched_json(found.answers),
        "sections": _groups_json(found.sections),
        "criteria": _groups_json(found.criteria),
        "questions": [
            {
                "id": one.question.name,
                "criteria": list(one.question.criteria),
                "scored": one.question.scored,
                "line": _matched_json(one.line),
                "answers": _matched_json(one.answers),
                "missing": one.missing,
                "asked_of_one": one.asked_of_one,
                "asked_of_none": one.asked_of_none,
            }
            for one in found.questions
        ],
    }


def _groups_json(groups: Iterable[GroupAgreement]) -> list[dict[str, object]]:
    return [
        {
            "id": one.id,
            "label": one.label,
            "line": _matched_json(one.line),
            "answers": _matched_json(one.answers),
        }
        for one in groups
    ]


def _matched_json(found: Matched | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "pairs": found.pairs,
        "same": found.same,
        "share": _number(found.share),
        "alpha": _number(found.alpha),
    }


def _rate_json(rate: Rate | None) -> dict[str, object] | None:
    if rate is None:
        return None
    return {
        "assessments": rate.assessments,
        "above": rate.above,
        "judged": rate.judged,
        "rate": _number(rate.share),
        "interval": rate.interval and list(rate.interval),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _who(reading: Reading, one: Progressed) -> dict[str, object]:
    return {
        "assessor": one.assessor,
        "role": operation.role_of(reading, one),
        "status": one.assessment.status.value,
    }


def _print_agreed(agreed: Agreed) -> None:
    words = "PROVISIONAL: " if agreed.provisional else ""
    click.echo(f"{words}cases compared: {agreed.found.cases}; waiting: {agreed.waiting}")
    if agreed.found.cases:
        _print_tables(agreed)
    if agreed.assessors:
        click.echo(f"\nAbove the line (not shown below {FEWEST_ASSESSMENTS} assessments)")
        print_rows(
            [
                ("", "", "cases", "own", "95%", "others", "95%", ""),
                *(_assessor_row(one) for one in agreed.assessors),
            ]
        )


def _print_tables(agreed: Agreed) -> None:
    heading = ("", "", "pairs", "same line", "alpha", "same answer")
    found = agreed.found
    print_rows(
        [
            heading,
            ("all", "", *_cells(found.line, found.answers)),
            *((one.id, one.label, *_cells(one.line, one.answers)) for one in found.sections),
            *((one.id, one.label, *_cells(one.line, one.answers)) for one in found.criteria),
            *(
                (" + ".join(one.roles), "", *_cells(one.found.line, one.found.answers))
                for one in agreed.roles
            ),
            *(_case_row(one) for one in agreed.cases),
        ]
    )
    few = f"fewer than {FEWEST_PAIRS} pairs last"
    click.echo(f"\nThe {LOWEST} scoring questions with the lowest agreement ({few})")
    lowest = [one for one in to_read(found.questions) if one.line][:LOWEST]
    print_rows([heading, *(_question_row(one) for one in lowest)])


def _case_row(one: OfCase) -> tuple[str, ...]:
    both = f"{one.twice.first.assessor}, {one.twice.second.assessor}"
    return one.twice.case.reference, both, *_cells(one.found.line, one.found.answers)


def _question_row(one: QuestionAgreement) -> tuple[str, ...]:
    return one.question.number, str(one.question.label), *_cells(one.line, one.answers)


def _cells(line: Matched | None, answers: Matched | None) -> tuple[str, ...]:
    if line is None:
        return "", "", "", shown(answers.share if answers else None)
    alpha = "–" if line.alpha is None else f"{float(line.alpha):.2f}"
    return str(line.pairs), shown(line.share), alpha, shown(answers.share if answers else None)


def _assessor_row(one: OfAssessor) -> tuple[str, ...]:
    own, others = one.beside.own, one.beside.others
    apart = "apart" if one.beside.apart else ""
    return one.name, one.role, str(one.beside.assessments), *_rate(own), *_rate(others), apart


def _rate(rate: Rate | None) -> tuple[str, str]:
    if rate is None or rate.interval is None:
        return "–", ""
    lower, upper = (shown(Fraction(bound)) for bound in rate.interval)
    return shown(rate.share), f"{lower} to {upper}"


def _print_case(reading: Reading, twice: Twice, rows: tuple[Row, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "case": twice.case.reference,
                "first": _who(reading, twice.first),
                "second": _who(reading, twice.second),
                "rows": [_row_json(row) for row in rows],
            }
        )
        return
    click.echo(f"{twice.case.reference}: {twice.first.assessor}, {twice.second.assessor}")
    for row in rows:
        differs = "DIFFERENT" if False in (row.same_line, row.same_answer) else ""
        click.echo(f"{row.question.number}  {row.question.label}  {differs}".rstrip())
        for side in (row.first, row.second):
            said = row.question.shown(side.value) or ("–" if side.asked else "not asked")
            click.echo(f"    {said}{f': {side.note}' if side.note else ''}")


def _row_json(row: Row) -> dict[str, object]:
    return {
        "id": row.question.name,
        "label": str(row.question.label),
        "scored": row.question.scored,
        "same_line": row.same_line,
        "same_answer": row.same_answer,
        "first": _said_json(row, row.first),
        "second": _said_json(row, row.second),
    }


def _said_json(row: Row, said: Said) -> dict[str, object]:
    return {
        "asked": said.asked,
        "value": said.value,
        "shown": row.question.shown(said.value),
        "line": row.question.line_of(said.value).value if said.value else None,
        "in_conflict": said.in_conflict,
        "note": said.note,
    }
