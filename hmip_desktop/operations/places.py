"""Where an operation may put what it makes."""

from pathlib import Path

from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr


def require_empty(folder: Path) -> None:
    """Make sure that a folder is new or empty, so that nothing is mixed with what is there.

    Raises:
        Refused: FILE_EXISTS.
    """
    if folder.is_file():
        sentence = tr("{file} is a file; choose a new folder.", file=folder.name)
        raise Refused(Code.FILE_EXISTS, sentence)
    if folder.exists() and any(folder.iterdir()):
        sentence = tr("{folder} is not empty; choose a new folder.", folder=folder)
        raise Refused(Code.FILE_EXISTS, sentence)
