"""What case files are called; and one that was made beside its place is put there.

It is put there so that a power cut does not undo it.
"""

import os
from pathlib import Path

SUFFIX = ".hmip"
_ENDING = ".part"


def part_of(target: Path) -> Path:
    """Where a file is made, beside its place."""
    return target.with_name(f".{target.name}{_ENDING}")


def meant(path: Path) -> Path:
    """The file that people know: of one that is being made, the one that it becomes."""
    if path.name.startswith(".") and path.name.endswith(_ENDING):
        return path.with_name(path.name[1 : -len(_ENDING)])
    return path


def put_in_place(part: Path, target: Path) -> None:
    """Give a finished file its name, in place of what stood there; lasting when this returns."""
    part.replace(target)
    write_through(target.parent)


def write_through(folder: Path) -> None:
    """Have the disk keep which files a folder holds. Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network drives know no such thing of folders
    finally:
        os.close(handle)
