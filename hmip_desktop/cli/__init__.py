"""`hmip`: everything that changes or reads a case file, without a window.

Commands are thin: parse, call one operation, print. Their modules are loaded only when one of
their commands runs, so that `hmip --version` waits for nothing.
"""

import sys

import click

from hmip_desktop import __version__, privacy
from hmip_desktop.cli.lazy import LazyGroup

COMMANDS = {
    "form": "forms:form",
    "draw-sample": "draw_sample:draw_sample",
    "new": "set_up:new",
    "area-tables": "area_tables:area_tables",
    "allocate": "set_up:allocate",
    "move": "set_up:move",
    "swap": "set_up:swap",
    "hand-out": "set_up:hand_out",
    "demo": "set_up:demo",
    "cases": "assess:cases",
    "answer": "assess:answer",
    "import-answers": "assess:import_answers",
    "sign-off": "assess:sign_off",
    "reopen": "assess:reopen",
    "hand-in": "assess:hand_in",
    "merge": "collate:merge",
    "conflicts": "collate:conflicts",
    "settle": "collate:settle",
    "scores": "report:scores",
    "workbook": "report:workbook",
    "aggregate": "aggregate:aggregate",
    "summary": "summarise:summary",
    "figures": "report:figures",
    "agreement": "agreement:agreement",
    "history": "report:history",
    "check": "report:check",
    "copies": "salvage:copies",
    "salvage": "salvage:salvage",
    "export": "report:export",
    "pack": "packs:pack",
    "update": "packs:update",
}


@click.group(cls=LazyGroup, lazy={name: f"{__name__}.{at}" for name, at in COMMANDS.items()})
@click.version_option(__version__, prog_name="hmip")
def hmip() -> None:
    """Case assessment for probation inspections, offline.

    The passphrase comes from HMIP_PASSPHRASE, from --passphrase-file, or is asked for.
    Exit status: 0 done; 1 refused, nothing was changed; 2 wrong usage; 3 done in part.
    """


def main() -> None:
    """Run the command line and leave with its exit status."""
    privacy.begin()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from hmip_desktop.cli.ending import run  # noqa: PLC0415 keeps --version quick

    sys.exit(run(hmip))
