"""Saving everything elsewhere, when the place of a case file takes nothing any more."""

from collections.abc import Callable, Iterable
from pathlib import Path

from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.reading import Reading


def save(
    document: Document, to: Path, unsaved: Iterable[Callable[[Reading], Changes]] = ()
) -> None:
    """Make a case file of all that is known of an open one, whether or not that is still there.

    It is encrypted as the other, says the same and belongs to the same person: what is written
    into either merges.

    Args:
        document: the open case file.
        to: where the new one goes.
        unsaved: what could not be written into the open one, in its order.

    Raises:
        Refused: FILE_EXISTS, DISK; nothing is left.
    """
    if to.exists():
        sentence = tr(
            "{file} is already there in {folder}. Choose another name.",
            file=to.name,
            folder=to.absolute().parent,
        )
        raise Refused(Code.FILE_EXISTS, sentence)
    document.copy_to(to)
    try:
        with Document.open(to, document.passphrase, clock=document.clock) as copy:
            for change in unsaved:
                change(Reading(copy))
    except BaseException:
        to.unlink(missing_ok=True)
        raise
