"""Commands for the assessor's week."""

from pathlib import Path

import click

from hmip_desktop.casefile.records import Status
from hmip_desktop.cli.common import (
    FILE,
    as_json,
    opened,
    passphrase_option,
    print_json,
    print_rows,
)
from hmip_desktop.form.model import Form
from hmip_desktop.operations import assess, handed_in
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.sampled import differing


@click.command()
@click.argument("file", type=FILE)
@as_json
@passphrase_option
def cases(file: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List cases, who has them, how far they are."""
    with opened(file, passphrase_file, write=False) as document:
        rows = _case_rows(Reading(document))
    if as_json:
        print_json(rows)
        return
    print_rows(
        [
            ("Case", "Assessor", "Order", "Status", "Answered", "Marks"),
            *(
                (
                    str(row["reference"]),
                    str(row["assessor"] or "nobody yet"),
                    str(row["order"] or ""),
                    str(row["status"]),
                    f"{row['answered']} of {row['asked']}",
                    ", ".join(row["marks"]),  # type: ignore[arg-type]
                )
                for row in rows
            ),
        ]
    )


def _case_rows(reading: Reading) -> list[dict[str, object]]:
    about = reading.document.about
    rows = [
        _case_row(reading.form, one)
        for one in reading.assessments.values()
        if about.is_leads or one.assessment.key.member == about.owner
    ]
    allocated = {row["reference"] for row in rows}
    asked = len(reading.routing.state({}).asked)
    return rows + [
        {
            "reference": case.reference,
            "assessor": None,
            "order": None,
            "status": Status.NOT_STARTED.value,
            "asked": asked,
            "answered": 0,
            "queries": 0,
            "marks": [],
            "differing": [],
            "fields": dict(case.fields),
        }
        for case in reading.contents.cases.values()
        if about.is_leads and case.reference not in allocated
    ]


def _case_row(form: Form, one: Progressed) -> dict[str, object]:
    return {
        "reference": one.case.reference,
        "assessor": one.assessor,
        "order": one.assessment.order.value,
        "status": one.assessment.status.value,
        "asked": one.asked,
        "answered": one.answered,
        "queries": sum(query.waits for query in one.assessment.queries),
        "marks": list(one.assessment.marks),
        "differing": [found.question.name for found in differing(form, one)],
        "fields": dict(one.case.fields),
    }


@click.command()
@click.argument("file", type=FILE)
@click.argument("case")
@click.argument("question")
@click.argument("value")
@click.option("--note", default=None, help="The evidence beside the answer.")
@passphrase_option
def answer(
    file: Path,
    case: str,
    question: str,
    value: str,
    note: str | None,
    passphrase_file: Path | None,
) -> None:
    """Give one answer (several choices separated by spaces; '' takes it back)."""
    with opened(file, passphrase_file, write=True) as document:
        reading = Reading(document)
        after = reading.after(assess.answer(reading, case, question, value, note))
        name = reading.question(question).name
        if name not in after.assessment_for(case).state.is_asked:
            click.echo("Kept, but not counted: this question is not asked in this case now.")
        else:
            click.echo("Saved.")
            _say_what_differs(after, case, name)


def _say_what_differs(reading: Reading, case: str, name: str) -> None:
    """An answer that is not what the sample says may stand; whoever typed it should know."""
    one = reading.assessment_for(case)
    found = [other for other in differing(reading.form, one) if other.question.name == name]
    if found:
        click.echo(f"It differs from the sample, which says: {found[0].sampled.words}.")


@click.command("import-answers")
@click.argument("file", type=FILE)
@click.argument("answers", metavar="ANSWERS.csv", type=FILE)
@passphrase_option
def import_answers(file: Path, answers: Path, passphrase_file: Path | None) -> None:
    """Take in answers from a table: columns case, question, value and perhaps note."""
    with opened(file, passphrase_file, write=True) as document:
        done = assess.import_answers(Reading(document), answers)
    click.echo(f"{done.answers} answers and {done.notes} notes in {done.cases} cases.")


@click.command("sign-off")
@click.argument("file", type=FILE)
@click.argument("cases", metavar="CASE...", nargs=-1, required=True)
@passphrase_option
def sign_off(file: Path, cases: tuple[str, ...], passphrase_file: Path | None) -> None:
    """Declare assessments finished: all of them, or none."""
    with opened(file, passphrase_file, write=True) as document:
        assess.sign_off(Reading(document), cases)
    click.echo(f"Signed off: {', '.join(cases)}.")


@click.command()
@click.argument("file", type=FILE)
@click.argument("case")
@click.option("--why", required=True, help="The reason, kept with the case.")
@passphrase_option
def reopen(file: Path, case: str, why: str, passphrase_file: Path | None) -> None:
    """Take a signing off back."""
    with opened(file, passphrase_file, write=True) as document:
        assess.reopen(Reading(document), case, why)
    click.echo(f"Reopened: {case}.")


@click.command("hand-in")
@click.argument("file", type=FILE)
@click.argument("to", type=FILE)
@passphrase_option
def hand_in(file: Path, to: Path, passphrase_file: Path | None) -> None:
    """Save a verified copy for the lead, in a folder or as a file."""
    with opened(file, passphrase_file, write=False) as document:
        receipt = handed_in.hand_in(Reading(document), to)
    click.echo(
        f"{receipt.path}: {receipt.signed_off} of {receipt.cases} cases signed off, "
        f"{receipt.entries} entries, fingerprint {receipt.fingerprint}."
    )
