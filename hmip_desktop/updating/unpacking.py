"""A program's tar.gz, unpacked into one folder and nowhere else."""

import posixpath
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.progress import Progress, silent

MOST_MEMBERS = 50_000
LARGEST = 4 * 2**30


def unpack(archive: Path, to: Path, progress: Progress = silent) -> Path:
    """Unpack an archive of one folder in `to`; that folder.

    Raises:
        Refused: PROGRAM_UNSOUND when it holds anything but one folder of files, folders and
            links within it; DISK. What was unpacked by then is left in `to`.
    """
    try:
        with tarfile.open(archive, "r:gz") as opened:
            members = list(_bounded(opened))
            top = _checked(members)
            for number, member in enumerate(members):
                progress(number, len(members), tr("Unpacking the update"))
                opened.extract(member, to, filter="data")
    except (tarfile.TarError, EOFError, zlib.error, ValueError) as error:
        raise _unsound() from error
    except OSError as error:
        if isinstance(error, FileExistsError) or error.errno is None:
            raise _unsound() from error
        sentence = tr(
            "The update could not be unpacked in {folder} ({reason}).",
            folder=to.parent,
            reason=error.strerror or error,
        )
        raise Refused(Code.DISK, sentence) from error
    return to / top


def _bounded(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    size = 0
    for number, member in enumerate(archive):
        size += max(0, member.size)
        if number >= MOST_MEMBERS or size > LARGEST:
            raise _unsound()
        yield member


def _checked(members: list[tarfile.TarInfo]) -> str:
    """The name of the one folder that all members lie in, none of them behind a link."""
    places = [PurePosixPath(member.name) for member in members]
    tops = {place.parts[0] for place in places if place.parts}
    if len(tops) != 1 or len(set(places)) != len(places):
        raise _unsound()
    (top,) = tops
    links = {place for place, member in zip(places, members, strict=True) if member.issym()}
    for place, member in zip(places, members, strict=True):
        if not _is_plain(place) or links.intersection(place.parents):
            raise _unsound()
        if not (member.isreg() or member.isdir() or _stays_inside(place, member, top)):
            raise _unsound()
    return top


def _is_plain(place: PurePosixPath) -> bool:
    return not place.is_absolute() and ".." not in place.parts


def _stays_inside(place: PurePosixPath, member: tarfile.TarInfo, top: str) -> bool:
    if not member.issym() or member.linkname.startswith("/"):
        return False
    target = posixpath.normpath(posixpath.join(place.parent, member.linkname))
    return PurePosixPath(target).parts[:1] == (top,)


def _unsound() -> Refused:
    sentence = tr(
        "The program in this pack cannot be used. The one that you have stays as it is. "
        "Tell whoever gave you the pack."
    )
    return Refused(Code.PROGRAM_UNSOUND, sentence)
