"""Where an operation may put what it makes."""

from pathlib import Path

from hmip_desktop.errors import Code, Refused


def require_empty(folder: Path) -> None:
    """Make sure that a folder is new or empty, so that nothing is mixed with what is there.

    Raises:
        Refused: FILE_EXISTS.
    """
    if folder.is_file():
        raise Refused(Code.FILE_EXISTS, f"{folder.name} is a file; choose a new folder.")
    if folder.exists() and any(folder.iterdir()):
        raise Refused(Code.FILE_EXISTS, f"{folder} is not empty; choose a new folder.")
