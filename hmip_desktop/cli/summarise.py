"""The command that writes the Word summary."""

from pathlib import Path

import click

from hmip_desktop import language
from hmip_desktop.cli.common import FILE, opened, passphrase_option, progress_bar
from hmip_desktop.form.model import DEFAULT_LANGUAGE
from hmip_desktop.operations import summarising
from hmip_desktop.operations.reading import Reading
from hmip_desktop.summary.sentences import Style


@click.command()
@click.argument("lead", type=FILE)
@click.argument("out", metavar="OUT.docx", type=FILE)
@click.option("--preliminary", is_flag=True, help="Count unfinished assessments too.")
@click.option(
    "--language", "code", type=click.Choice(["en", "cy"]), default="en", help="English or Welsh."
)
@passphrase_option
def summary(
    lead: Path, out: Path, preliminary: bool, code: str, passphrase_file: Path | None
) -> None:
    """Write a draft summary for Word: scores, strengths, areas for improvement, charts."""
    with (
        opened(lead, passphrase_file, write=False) as document,
        progress_bar() as progress,
    ):
        reading = Reading(document)
        language.use(code)
        spoken = (one for one in reading.form.languages if language.code_of(one) == code)
        style = Style(next(spoken, DEFAULT_LANGUAGE))
        summarising.write_summary(reading, out, style, preliminary=preliminary, progress=progress)
    click.echo(str(out))
