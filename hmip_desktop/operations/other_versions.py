"""Other versions of the open file beside it: what two computers, or two copies, came to."""

from pathlib import Path

from hmip_desktop.casefile import synced
from hmip_desktop.errors import Refused
from hmip_desktop.merge import apply
from hmip_desktop.operations.reading import Reading

keeper = synced.keeper


def beside(reading: Reading) -> tuple[Path, ...]:
    """Files beside the open one that are of the same person and hold what it does not."""
    return tuple(path for path in synced.beside(reading.document.path) if _has_news(reading, path))


def _has_news(reading: Reading, path: Path) -> bool:
    document = reading.document
    try:
        about, bundle = apply.read(path, document.passphrase, document.salt)
    except Refused:
        return False  # damaged, open elsewhere or not ours: nothing that could be taken in now
    return about == document.about and bool(apply.sort(document, about, bundle, ()).new)
