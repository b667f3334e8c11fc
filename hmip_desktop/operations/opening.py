"""Opening a case file to work in it."""

import contextlib
from pathlib import Path

from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.clock import SYSTEM_CLOCK, Clock
from hmip_desktop.errors import Refused


def open_case_file(
    path: Path, passphrase: Passphrase, *, write: bool = True, clock: Clock = SYSTEM_CLOCK
) -> Document:
    """Open a case file; at the first opening for writing of a day a dated copy of it is kept.

    Raises:
        Refused: every way in which a file can be wrong.
    """
    document = Document.open(path, passphrase, write=write, clock=clock)
    if write:
        with contextlib.suppress(Refused):  # a full backup disk must not stop the work
            document.back_up_daily()
    return document
