"""Opening a case file to work in it."""

import contextlib
from pathlib import Path

from hmip_desktop.casefile import backups, opening, practice
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.clock import SYSTEM_CLOCK, Clock
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr


def look_at(path: Path) -> None:
    """See whether a file can be a case file at all, before anybody is asked for a passphrase.

    Raises:
        Refused: FILE_MISSING, FILE_NOT_OURS, FILE_DAMAGED, FILE_IN_USE.
    """
    opening.salt_of(path)
    opening.require_free(path)


def copies_folder() -> Path:
    """Where dated copies of case files go now."""
    return backups.folder()


def copies_folder_away() -> Path | None:
    """The folder chosen for dated copies, when it is away: they go to the usual place."""
    return backups.folder_away()


def open_case_file(
    path: Path, passphrase: Passphrase, *, write: bool = True, clock: Clock = SYSTEM_CLOCK
) -> Document:
    """Open a case file; at the first opening for writing of a day a dated copy of it is kept.

    Not of a practice file: among the copies of real ones it would be in the way.

    Raises:
        Refused: every way in which a file can be wrong.
    """
    document = Document.open(path, passphrase, write=write, clock=clock)
    if write and not document.about.is_practice:
        with contextlib.suppress(Refused):  # a full backup disk must not stop the work
            document.back_up_daily()
    return document


def require_lead(document: Document) -> None:
    """Make sure that a document is the lead's.

    Raises:
        Refused: NOT_THE_LEADS, PRACTICE.
    """
    practice.require_real(document)
    if not document.about.is_leads:
        sentence = tr(
            "{file} is an assessor's case file; this needs the lead's.", file=document.path.name
        )
        raise Refused(Code.NOT_THE_LEADS, sentence)
