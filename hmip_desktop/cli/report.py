"""Commands that say what the answers come to."""

from fractions import Fraction
from pathlib import Path

import click

from hmip_desktop.cli.common import (
    FILE,
    as_json,
    opened,
    passphrase_option,
    print_json,
    print_rows,
    progress_bar,
)
from hmip_desktop.cli.ending import REFUSED
from hmip_desktop.language import tr_count
from hmip_desktop.operations import checking, consolidate, exporting
from hmip_desktop.operations import figures as published
from hmip_desktop.operations import report as operation
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import Scored
from hmip_desktop.scoring import shown


@click.command()
@click.argument("lead", type=FILE)
@click.option("--by", default=None, metavar="FIELD", help="Groups by a field of the sample.")
@click.option("--preliminary", is_flag=True, help="Count unfinished assessments too.")
@as_json
@passphrase_option
def scores(
    lead: Path,
    by: str | None,
    preliminary: bool,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Print the scores: sections, criteria and (as JSON) questions."""
    with opened(lead, passphrase_file, write=False) as document:
        reading = Reading(document)
        whole = operation.scored(reading, preliminary=preliminary)
        groups = operation.scored_by(reading, by, preliminary=preliminary) if by else ()
        value = {
            "inspection": reading.contents.inspection.title,
            "form": reading.form.form_id,
            "form_version": reading.form.version,
            **scored_json(whole),
        }
    if by:
        value["groups"] = [{"value": one.value, **scored_json(one.scored)} for one in groups]
    if as_json:
        print_json(value)
        return
    _print_scored(whole)
    for group in groups:
        click.echo(f"\n{group.value}")
        _print_scored(group.scored)


def _print_scored(scored: Scored) -> None:
    words = "PROVISIONAL: " if scored.provisional else ""
    counted = tr_count("{count} assessment", "{count} assessments", scored.assessments)
    open_ones = tr_count("{count} open conflict", "{count} open conflicts", scored.conflicts)
    click.echo(f"{words}{counted}, {open_ones}")
    print_rows([(s.id, s.label, shown(s.score)) for s in scored.scores.sections])
    print_rows(
        [
            (
                c.id,
                c.label,
                shown(c.score),
                tr_count("{count} question", "{count} questions", c.questions),
            )
            for c in scored.scores.criteria
        ]
    )


def scored_json(scored: Scored) -> dict[str, object]:
    """Scores as the command line's contract has them; null where there is no denominator."""
    result = scored.scores
    return {
        "headline": result.rule.value,
        "assessments": scored.assessments,
        "conflicts": scored.conflicts,
        "provisional": scored.provisional,
        "sections": [
            {
                "id": one.id,
                "label": one.label,
                "score": _number(one.score),
                "by_criteria": _number(one.by_criteria),
                "by_questions": _number(one.by_questions),
            }
            for one in result.sections
        ],
        "criteria": [
            {
                "id": one.id,
                "label": one.label,
                "score": _number(one.score),
                "questions": one.questions,
            }
            for one in result.criteria
        ],
        "questions": [
            {
                "id": one.question.name,
                "criteria": list(one.question.criteria),
                "scored": one.question.scored,
                "above": one.above,
                "below": one.below,
                "not_counted": one.not_counted,
                "missing": one.missing,
                "in_conflict": one.in_conflict,
                "not_asked": one.not_asked,
                "proportion": _number(one.proportion),
            }
            for one in result.questions
        ],
    }


def _number(score: Fraction | None) -> float | None:
    return None if score is None else float(score)


@click.command()
@click.argument("lead", type=FILE)
@click.argument("out", metavar="OUT.xlsx", type=FILE)
@click.option("--notes", is_flag=True, help="With the notes beside the answers.")
@click.option(
    "--suppress",
    "least",
    metavar="N",
    type=click.IntRange(min=2),
    help="A copy to pass on: without single cases, groups of fewer than N hidden.",
)
@click.option(
    "--by", multiple=True, metavar="FIELD", help="Groups by this field of the sample too."
)
@passphrase_option
def workbook(
    lead: Path,
    out: Path,
    notes: bool,
    least: int | None,
    by: tuple[str, ...],
    passphrase_file: Path | None,
) -> None:
    """Write the consolidated workbook."""
    with (
        opened(lead, passphrase_file, write=False) as document,
        progress_bar() as progress,
    ):
        consolidate.write_workbook(
            Reading(document), out, notes=notes, least=least or 0, by=by, progress=progress
        )
    click.echo(str(out))


@click.command()
@click.argument("file", type=FILE)
@as_json
@passphrase_option
def figures(file: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """Print the figures of the 2013 report beside what the answers come to."""
    with opened(file, passphrase_file, write=False) as document:
        rows = published.checked(Reading(document), published.published_figures())
    agree = sum(row.agrees for row in rows)
    if as_json:
        cells = [_figure_json(row) for row in rows]
        print_json({"agree": agree, "published": len(rows), "figures": cells})
        return
    print_rows(
        [
            ("figure", "where", "published", "computed", "agrees"),
            *(_figure_row(row) for row in rows),
        ]
    )
    click.echo(f"{agree} of {len(rows)} published figures agree")


def _figure_row(row: published.Checked) -> tuple[str, ...]:
    figure = row.figure
    agrees = "yes" if row.agrees else f"no: {figure.remark}"
    return figure.figure, figure.where, figure.published, row.computed, agrees


def _figure_json(row: published.Checked) -> dict[str, object]:
    figure, limit = row.figure, row.figure.among
    return {
        "figure": figure.figure,
        "where": figure.where,
        "measure": figure.measure.value,
        "question": figure.question,
        "choices": sorted(figure.choices),
        "among": limit and {"question": limit.question, "choices": sorted(limit.choices)},
        "published": figure.published,
        "computed": row.computed,
        "agrees": row.agrees,
        "remark": figure.remark,
    }


@click.command()
@click.argument("file", type=FILE)
@click.argument("case")
@click.argument("question", required=False)
@as_json
@passphrase_option
def history(
    file: Path, case: str, question: str | None, as_json: bool, passphrase_file: Path | None
) -> None:
    """Print who set what in a case, when, over what."""
    with opened(file, passphrase_file, write=False) as document:
        rows = operation.history_rows(Reading(document), case, question)
    if as_json:
        print_json([row.__dict__ for row in rows])
        return
    print_rows([(row.at_shown, row.author, row.what, row.value, row.over) for row in rows])


@click.command()
@click.argument("file", type=FILE)
@as_json
@passphrase_option
def check(file: Path, as_json: bool, passphrase_file: Path | None) -> int:
    """Check that a case file is whole and unchanged."""
    with opened(file, passphrase_file, write=False) as document:
        result = checking.check(document)
    if as_json:
        print_json(result.__dict__)
    else:
        print_rows([(name.replace("_", " "), str(n)) for name, n in result.__dict__.items()])
        click.echo("Whole." if result.is_whole else "Damaged or changed outside this program.")
    return 0 if result.is_whole else REFUSED


@click.command()
@click.argument("file", type=FILE)
@click.argument("folder", metavar="DIR", type=FILE)
@passphrase_option
def export(file: Path, folder: Path, passphrase_file: Path | None) -> None:
    """Write everything in open formats: CSV and JSON, with a data dictionary."""
    with opened(file, passphrase_file, write=False) as document:
        written = exporting.export(Reading(document), folder)
    click.echo("The files are NOT encrypted: keep them where case files may be kept.", err=True)
    for path in written:
        click.echo(str(path))
