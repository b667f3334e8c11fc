"""How a command ends: its exit status, and one sentence when it is refused."""

import contextlib
import traceback
from datetime import UTC, datetime

import click

from hmip_desktop import __version__, paths
from hmip_desktop.errors import Cancelled, Refused

DONE, REFUSED, IN_PART = 0, 1, 3


def run(command: click.Command) -> int:
    """Run a command and turn whatever happens into an exit status (usage errors give 2)."""
    try:
        result = command.main(prog_name="hmip", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Refused as refusal:
        say_refused(refusal)
        return REFUSED
    except (Cancelled, KeyboardInterrupt, click.Abort):
        click.echo("Stopped. Nothing was changed.", err=True)
        return REFUSED
    except BrokenPipeError:
        return REFUSED
    except Exception as error:  # noqa: BLE001 the last door: a fault gets a sentence, too
        note_fault(error)
        click.echo(
            f"Something went wrong in the program itself ({type(error).__name__}); "
            f"it is noted in {paths.log_file()}.",
            err=True,
        )
        return REFUSED
    return result if isinstance(result, int) else DONE


def say_refused(refusal: Refused) -> None:
    """The sentence on standard error, then every problem with its place, a line each."""
    click.echo(refusal.sentence, err=True)
    for problem in refusal.problems:
        click.echo(f"  {problem}", err=True)


def note_fault(error: BaseException) -> None:
    """Note where a fault happened, without its words: they may hold text of a case."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    line = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {__version__} {type(error).__name__} {places}\n"
    with contextlib.suppress(OSError):
        paths.log_file().parent.mkdir(parents=True, exist_ok=True)
        with paths.log_file().open("a", encoding="utf-8") as log:
            log.write(line)
