"""A file that was made beside its place is put there, so that a power cut does not undo it."""

import os
from pathlib import Path


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
