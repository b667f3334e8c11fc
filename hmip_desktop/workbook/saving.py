"""How any workbook comes to the disk: whole or not at all, and without the computer's traces."""

import os
import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr

OPTIONS = {
    # No case text in temporary files of the computer: everything stays in memory until it is
    # whole. It also makes the times inside the file the same on each day.
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


_UNIX = 3  # as the format of zip files counts systems


def of_no_system(content: bytes) -> bytes:
    """The same workbook, or document, whether it was made on Windows or elsewhere."""
    file = BytesIO(content)
    with ZipFile(file, "a") as archive:
        for member in archive.infolist():
            member.create_system = _UNIX
        archive.comment = b""  # has the list of members written again
    return file.getvalue()


def save(path: Path, content: bytes) -> None:
    """Put a workbook at `path`, replacing an older one there.

    Raises:
        Refused: DISK, when the file cannot be written or is open in Excel. What stood at `path`
            is then still there.
    """
    try:
        _put(path, of_no_system(content))
    except PermissionError as error:
        sentence = tr(
            "{file} could not be written: close it if it is open in Excel, "
            "or save the workbook in another folder.",
            file=path.name,
        )
        raise Refused(Code.DISK, sentence) from error
    except OSError as error:
        sentence = tr(
            "{file} could not be written ({reason}): check that its "
            "folder exists and that the disk has room, or save the workbook in another folder.",
            file=path.name,
            reason=error.strerror or error,
        )
        raise Refused(Code.DISK, sentence) from error


def _put(path: Path, content: bytes) -> None:
    """Let the file appear at its place in one step: half a workbook is never there."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
