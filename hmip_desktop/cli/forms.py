"""Commands about forms."""

from pathlib import Path

import click

from hmip_desktop.cli.common import (
    FILE,
    as_json,
    opened,
    passphrase_option,
    print_json,
    print_rows,
)
from hmip_desktop.cli.ending import REFUSED
from hmip_desktop.form import xlsform
from hmip_desktop.form.model import Form, number_of
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import changing_form, updating
from hmip_desktop.operations.changing_form import FormChange
from hmip_desktop.operations.reading import Reading
from hmip_desktop.scoring import shown


@click.group()
def form() -> None:
    """Work with forms."""


@form.command("check")
@click.argument("form_file", metavar="FORM", type=FILE)
@as_json
def form_check(form_file: Path, as_json: bool) -> int:
    """List every problem of an XLSForm (xlsx, csv or md) with sheet and row."""
    checked = xlsform.check(xlsform.load(form_file))
    counts = _counts(checked.form) if checked.form else {}
    if as_json:
        problems = [
            {"sheet": p.sheet, "row": p.row or None, "code": p.code, "sentence": p.sentence}
            for p in checked.problems
        ]
        print_json({**counts, "problems": problems, "advice": list(checked.advice)})
    else:
        for problem in checked.problems:
            click.echo(str(problem))
        for advice in checked.advice:
            click.echo(f"Advice: {advice}")
        click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
        count = len(checked.problems)
        found = tr_count("{count} problem", "{count} problems", count)
        click.echo(found if count else "No problems")
    return REFUSED if checked.problems else 0


def _counts(form: Form) -> dict[str, int]:
    return {
        "sections": len(form.sections),
        "criteria": len(form.criteria),
        "questions": len(form.answerable),
        "scoring questions": sum(question.scored for question in form.questions),
        "compared with the sample": sum(bool(question.field) for question in form.questions),
    }


@form.command("change")
@click.argument("lead", type=FILE)
@click.argument("form_file", metavar="FORM|PACK", type=FILE)
@click.option("--dry-run", is_flag=True, help="Show what would change and change nothing.")
@as_json
@passphrase_option
def form_change(
    lead: Path, form_file: Path, dry_run: bool, as_json: bool, passphrase_file: Path | None
) -> None:
    """Take a later version of the form into use, plain or from a signed pack; no answer is lost."""
    with opened(lead, passphrase_file, write=not dry_run) as document:
        reading = Reading(document)
        source = updating.form_at(form_file)
        change = changing_form.plan(reading, source, xlsform.compiled(source))
        if not dry_run:
            changing_form.apply(reading, change)
    if as_json:
        print_json(_change_json(change))
        return
    _print_change(change)
    if not dry_run:
        click.echo(f"Version {change.after.version} is in use. Hand out fresh files.")


def _change_json(change: FormChange) -> dict[str, object]:
    return {
        "form": change.after.form_id,
        "before": change.before.version,
        "after": change.after.version,
        "questions": [
            {
                "id": one.question.name,
                "differences": [difference.name.lower() for difference in one.differences],
                "choices": list(one.choices),
            }
            for one in change.questions
        ],
        "assessments": [
            {
                "reference": one.reference,
                "assessor": one.assessor,
                "signed_off": one.signed_off,
                "to_answer": list(one.to_answer),
                "set_aside": list(one.set_aside),
            }
            for one in change.effects
        ],
    }


def _print_change(change: FormChange) -> None:
    click.echo(f"{change.after.form_id}: {change.before.version} > {change.after.version}")
    print_rows(
        [
            (
                one.question.number,
                "; ".join(tr(difference) for difference in one.differences),
                ", ".join(one.choices),
            )
            for one in change.questions
        ]
    )
    for one in change.effects:
        standing = ", signed off" if one.signed_off else ""
        click.echo(f"{one.reference}, {one.assessor}{standing}:")
        for said, names in (("to answer", one.to_answer), ("set aside", one.set_aside)):
            if names:
                click.echo(f"  {said}: {', '.join(map(number_of, names))}")
    print_rows([(one.section, shown(one.before), shown(one.after)) for one in change.scores])
