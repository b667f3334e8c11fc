"""The command that draws a sample from a long list."""

from pathlib import Path

import click

from hmip_desktop.cli.common import FILE, as_json, print_json, print_rows
from hmip_desktop.language import tr_count
from hmip_desktop.operations import draw_sample as operation
from hmip_desktop.operations.draw_sample import Drawing
from hmip_desktop.sampling import MOST_PER_OFFICER, STRATA, Wish


@click.command("draw-sample")
@click.argument("longlist", type=FILE)
@click.argument("out", metavar="OUT.xlsx", type=FILE)
@click.option("--size", required=True, type=int, help="How many cases.")
@click.option("--seed", required=True, type=int, help="Makes the same choice again.")
@click.option(
    "--by",
    multiple=True,
    default=STRATA,
    show_default=True,
    metavar="FIELD",
    help="A field whose values make strata; may be given several times.",
)
@click.option(
    "--most-per-officer",
    default=MOST_PER_OFFICER,
    show_default=True,
    help="How many cases of one officer at most.",
)
@click.option(
    "--reserve",
    default=operation.RESERVE,
    show_default=True,
    help="Cases that may stand in: a percentage of the size, or a number.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="FILE|REF=WHY",
    help="A table with the columns reference and why, or one case with the reason.",
)
@as_json
def draw_sample(
    longlist: Path,
    out: Path,
    size: int,
    seed: int,
    by: tuple[str, ...],
    most_per_officer: int,
    reserve: str,
    exclude: tuple[str, ...],
    as_json: bool,
) -> None:
    """Draw a stratified sample from LONGLIST (xlsx or csv, one row a case) into OUT.xlsx.

    Each stratum gets its proportional share by largest remainders; within it cases are spread
    over LDUs and officers. The same list, seed and options give the same sample again.
    """
    wish = Wish(size, seed, by, most_per_officer, operation.reserve_of(reserve, size))
    drawing = operation.draw(longlist, wish, exclude)
    operation.save(drawing, out)
    for note in drawing.notes:
        click.echo(note, err=True)
    if as_json:
        print_json(_json(drawing, out))
    else:
        _print(drawing, out)


def _print(drawing: Drawing, out: Path) -> None:
    drawn = drawing.drawn
    print_rows(
        [
            (*drawing.wish.by, "list", "due", "drawn"),
            *(
                (*one.values, str(one.listed), f"{float(one.share):.2f}", str(one.drawn))
                for one in drawn.strata
            ),
        ]
    )
    for name, rows in drawing.comparisons.items():
        click.echo()
        print_rows(
            [
                (name, "list", "drawn"),
                *((one.value or "(blank)", str(one.listed), str(one.drawn)) for one in rows),
            ]
        )
    click.echo()
    cases = tr_count("{count} case drawn", "{count} cases drawn", len(drawn.sample))
    reserve = tr_count("{count} in reserve", "{count} in reserve", len(drawn.reserve))
    excluded = tr_count("{count} excluded", "{count} excluded", len(drawn.excluded))
    click.echo(f"{cases}, {reserve}, {excluded}: {out}")


def _json(drawing: Drawing, out: Path) -> dict[str, object]:
    drawn, wish = drawing.drawn, drawing.wish
    return {
        "path": str(out),
        "seed": wish.seed,
        "size": wish.size,
        "by": list(wish.by),
        "most_per_officer": wish.most_per_officer,
        "fingerprint": drawing.book.fingerprint,
        "sample": [case.reference for case in drawn.sample],
        "reserve": [case.reference for case in drawn.reserve],
        "excluded": [{"reference": case.reference, "why": why} for case, why in drawn.excluded],
        "strata": [
            {
                "values": dict(zip(wish.by, one.values, strict=True)),
                "listed": one.listed,
                "due": float(one.share),
                "places": one.places,
                "drawn": one.drawn,
            }
            for one in drawn.strata
        ],
        "comparison": {
            name: [{"value": one.value, "listed": one.listed, "drawn": one.drawn} for one in rows]
            for name, rows in drawing.comparisons.items()
        },
        "notes": list(drawing.notes),
    }
