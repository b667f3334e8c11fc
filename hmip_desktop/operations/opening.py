"""Opening a case file to work in it."""

import contextlib
from pathlib import Path

from hmip_desktop.casefile import backups
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.clock import SYSTEM_CLOCK, Clock


def open_case_file(
    path: Path, passphrase: Passphrase, *, write: bool = True, clock: Clock = SYSTEM_CLOCK
) -> Document:
    """Open a case file; before the first writing of a day, a dated copy of it is kept.

    Raises:
        Refused: every way in which a file can be wrong.
    """
    if write:
        Document.open(path, passphrase, write=False, clock=clock).close()
        with contextlib.suppress(OSError):  # a full backup disk must not stop the work
            backups.keep_daily(path, clock.now())
    return Document.open(path, passphrase, write=write, clock=clock)
