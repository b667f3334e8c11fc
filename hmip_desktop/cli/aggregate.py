"""The command that sets several inspections side by side."""

import os
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import click

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.cli.asking import can_ask
from hmip_desktop.cli.common import (
    FILE,
    PASSPHRASE_VARIABLE,
    as_json,
    passphrase,
    print_json,
    print_rows,
    progress_bar,
)
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr_count
from hmip_desktop.operations import aggregating
from hmip_desktop.operations.aggregating import Taken
from hmip_desktop.pooling import Pooled
from hmip_desktop.progress import Progress
from hmip_desktop.scoring import Scores, shown
from hmip_desktop.workbook.aggregate.book import Together


@click.command()
@click.argument("files", metavar="LEAD.hmip...", nargs=-1, required=True, type=FILE)
@click.argument("out", metavar="OUT.xlsx", type=FILE)
@click.option(
    "--crosswalk",
    type=FILE,
    metavar="TABLE",
    help="Which question of an older version of the form is which: form_version, question, "
    "same_as, choices (older=newer). As csv or xlsx.",
)
@click.option(
    "--suppress",
    "least",
    metavar="N",
    type=click.IntRange(min=2),
    help="A copy to pass on: figures of an inspection on fewer than N cases hidden.",
)
@click.option(
    "--passphrase-file",
    "passphrase_files",
    multiple=True,
    type=FILE,
    help="A file whose first line is a passphrase. Give one for each that is needed.",
)
@as_json
def aggregate(
    files: tuple[Path, ...],
    out: Path,
    crosswalk: Path | None,
    least: int | None,
    passphrase_files: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Set several inspections side by side, and all together, in one workbook.

    They must have the same form. Every passphrase given is tried on every file, and one that is
    missing is asked for.
    """
    aggregating.require_name(out)
    with progress_bar() as progress:
        inspections = _taken(files, _given(passphrase_files), progress)
        book = aggregating.side_by_side(inspections, crosswalk, least=least or 0)
        aggregating.write_side_by_side(out, book, progress=progress)
    if as_json:
        print_json(_json(book))
        return
    _print(book)
    click.echo(str(out))


def _given(files: Sequence[Path]) -> list[Passphrase]:
    given = [passphrase(file) for file in files]
    if os.environ.get(PASSPHRASE_VARIABLE):
        given.append(Passphrase(os.environ[PASSPHRASE_VARIABLE]))
    return given


def _taken(files: Sequence[Path], known: list[Passphrase], progress: Progress) -> list[Taken]:
    """What each file brings; a passphrase that was asked for is tried on the next ones too."""
    found: list[Taken] = []
    for number, file in enumerate(files):
        progress(number, len(files), file.name)
        found.append(_take(file, known))
    return found


def _take(file: Path, known: list[Passphrase]) -> Taken:
    while True:
        try:
            return aggregating.take(file, known)
        except Refused as refusal:
            wanted = (Code.PASSPHRASE_MISSING, Code.PASSPHRASE_WRONG)
            if refusal.code not in wanted or not can_ask():
                raise
        text = click.prompt(f"Passphrase of {file.name}", hide_input=True, err=True)
        known.insert(0, Passphrase(text))


def _print(book: Together) -> None:
    head = ("", "", "all together", *book.names)
    rows = [
        (
            one.id,
            one.label,
            shown(one.score),
            *(shown(beside.own.sections[at].score) for beside in book.pooled.beside),
        )
        for at, one in enumerate(book.pooled.together.sections)
    ]
    print_rows([head, *rows])
    for name, one in zip(book.names, book.inspections, strict=True):
        if one.provisional:
            click.echo(f"PROVISIONAL: {name}")
    left_out = len(book.matched.left_out)
    if left_out:
        said = tr_count(
            "{count} question cannot be compared; see the sheet Not comparable.",
            "{count} questions cannot be compared; see the sheet Not comparable.",
            left_out,
        )
        click.echo(said)


def _json(book: Together) -> dict[str, object]:
    return {
        "form": book.form.form_id,
        "form_version": book.form.version,
        "headline": book.rule.value,
        "provisional": book.provisional,
        "inspections": [
            {
                "title": one.title,
                "file": one.file,
                "form_version": one.version,
                "provisional": one.provisional,
                "conflicts": one.conflicts,
                "fingerprint": one.fingerprint,
                **_scores_json(own),
            }
            for one, own in zip(book.inspections, _own(book.pooled), strict=True)
        ],
        "together": _scores_json(book.pooled.together),
        "not_comparable": [
            {"form_version": one.version, "question": one.question.name, "why": list(one.why)}
            for one in book.matched.left_out
        ],
    }


def _own(pooled: Pooled) -> list[Scores]:
    return [one.own for one in pooled.beside]


def _scores_json(scores: Scores) -> dict[str, object]:
    return {
        "assessments": scores.assessments,
        "sections": [
            {
                "id": one.id,
                "label": one.label,
                "score": _number(one.score),
                "by_criteria": _number(one.by_criteria),
                "by_questions": _number(one.by_questions),
            }
            for one in scores.sections
        ],
        "criteria": [
            {"id": one.id, "label": one.label, "score": _number(one.score)}
            for one in scores.criteria
        ],
        "questions": [
            {
                "id": one.question.name,
                "above": one.above,
                "below": one.below,
                "proportion": _number(one.proportion),
            }
            for one in scores.questions
        ],
    }


def _number(score: Fraction | None) -> float | None:
    return None if score is None else float(score)
