"""A pack from a stick: nothing of it is used before its signature and all its files are verified.

It is a zip of stored files without anything around them, so that nothing in it can unpack to
more than it is: `manifest.json`, `manifest.sig`, and the files that the manifest names.
"""

import contextlib
import hashlib
import os
import stat
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hmip_desktop.errors import Code, HmipError, Refused
from hmip_desktop.language import tr
from hmip_desktop.progress import Progress, silent
from hmip_desktop.updating import manifest as manifests
from hmip_desktop.updating import publishers
from hmip_desktop.updating.manifest import Manifest, Packed
from hmip_desktop.updating.publishers import Publisher

SUFFIX = ".hmip-pack"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
LARGEST_MANIFEST = 256 * 1024
LARGEST_LIST = 16 * 1024  # of the names at the end of a zip
PIECE = 1024 * 1024
_END = struct.Struct("<4s4H2LH")  # the last bytes of a zip that has no remark
_ELSEWHERE = struct.Struct("<4sLQL")
_BEGINS, _ENDS, _ELSEWHERE_BEGINS = b"PK\3\4", b"PK\5\6", b"PK\6\7"
_ENCRYPTED = 1


@dataclass(frozen=True)
class Pack:
    """A pack that is whole and signed by a publisher whom this program trusts."""

    path: Path
    manifest: Manifest
    publisher: Publisher

    def content(self, file: Packed) -> bytes:
        """A small file of it, verified again: the stick may have changed.

        Raises:
            Refused: as `opened`.
        """
        pieces: list[bytes] = []
        with _archive(self.path) as archive:
            _pass_on(archive, file, pieces.append)
        return b"".join(pieces)

    def copy(self, file: Packed, to: Path, progress: Progress = silent) -> None:
        """Write a file of it to `to`, verified again; after a refusal there is nothing there.

        Raises:
            Refused: as `opened`, DISK.
        """
        done = 0
        with _archive(self.path) as archive, _new_file(to) as put:

            def write(piece: bytes) -> None:
                nonlocal done
                put(piece)
                done += len(piece)
                progress(done // PIECE, file.size // PIECE + 1, tr("Copying the update"))

            _pass_on(archive, file, write)


def is_pack(path: Path) -> bool:
    """Whether a file is called as packs are."""
    return path.suffix.lower() == SUFFIX


def opened(path: Path, known: Iterable[Publisher], progress: Progress = silent) -> Pack:
    """A pack, verified from its signature to the last byte of its files.

    Raises:
        Refused: FILE_MISSING, PACK_NOT_ONE, PACK_CHANGED, PACK_UNTRUSTED, PACK_FORMAT.
    """
    with _archive(path) as archive:
        sizes = _sizes(archive)
        signature = _small(archive, SIGNATURE, publishers.SIGNATURE_BYTES)
        if len(signature) != publishers.SIGNATURE_BYTES:
            raise publishers.changed()
        content = _small(archive, MANIFEST, LARGEST_MANIFEST)
        publisher = publishers.who_signed(content, signature, known)
        manifest = manifests.read(content)
        declared = {file.name: file.size for file in manifest.files}
        if {**sizes, **declared} != sizes or len(sizes) != len(declared) + 2:
            raise publishers.changed()
        done, total = 0, sum(declared.values()) // PIECE + 1

        def count(piece: bytes) -> None:
            nonlocal done
            done += len(piece)
            progress(done // PIECE, total, tr("Checking the pack"))

        for file in manifest.files:
            _pass_on(archive, file, count)
    return Pack(path, manifest, publisher)


@contextlib.contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip at a place; whatever is wrong with it comes as a refusal."""
    if not path.exists():
        sentence = tr("There is no file {file} in {folder}.", file=path.name, folder=path.parent)
        raise Refused(Code.FILE_MISSING, sentence)
    if not path.is_file():
        raise _not_one(path)
    try:
        with path.open("rb") as file:
            _check_ends(file, path)
            with zipfile.ZipFile(file) as archive:
                yield archive
    except HmipError:
        raise
    except OSError as error:
        sentence = tr("{file} cannot be read ({why}).", file=path.name, why=error.strerror or error)
        raise Refused(Code.PACK_NOT_ONE, sentence) from error
    except Exception as error:  # damaged archives raise whatever they like
        raise publishers.changed() from error


def _check_ends(file: IO[bytes], path: Path) -> None:
    """See that it is a zip and how long its list of names is, before a library reads that."""
    if file.read(len(_BEGINS)) != _BEGINS:
        raise _not_one(path)
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END.size - _ELSEWHERE.size))
    end = file.read()
    # Before the end a zip may say that its list is elsewhere, and of any size.
    if len(end) != _END.size + _ELSEWHERE.size or end.startswith(_ELSEWHERE_BEGINS):
        raise publishers.changed()
    begins, disk, other_disk, here, entries, listed, at, remark = _END.unpack(
        end[_ELSEWHERE.size :]
    )
    if (begins, disk, other_disk, remark) != (_ENDS, 0, 0, 0) or here != entries:
        raise publishers.changed()
    if listed > LARGEST_LIST or at + listed + _END.size != size:
        raise publishers.changed()
    file.seek(0)


def _sizes(archive: zipfile.ZipFile) -> dict[str, int]:
    """The names in a zip and their sizes; only plain stored files that fit into it."""
    members = archive.infolist()
    sizes = {one.orig_filename: one.file_size for one in members}
    if len(sizes) != len(members) or len(members) > manifests.MOST_FILES + 2:
        raise publishers.changed()
    if not all(_is_plain(one) for one in members) or sum(sizes.values()) > archive.start_dir:
        raise publishers.changed()
    return sizes


def _is_plain(one: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(one.external_attr >> 16)
    return (
        one.compress_type == zipfile.ZIP_STORED
        and one.compress_size == one.file_size
        and not one.flag_bits & _ENCRYPTED
        and kind in (0, stat.S_IFREG)
        and one.orig_filename == one.filename
    )


def _small(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    if name not in archive.namelist() or archive.getinfo(name).file_size > most:
        raise publishers.changed()
    return archive.read(name)


def _pass_on(archive: zipfile.ZipFile, file: Packed, to: Callable[[bytes], object]) -> None:
    """Give away a file piece by piece and see at its end that it is the one that was signed."""
    digest, size = hashlib.sha256(), 0
    with archive.open(file.name) as member:
        while piece := member.read(PIECE):
            digest.update(piece)
            size += len(piece)
            to(piece)
    if (digest.hexdigest(), size) != (file.sha256, file.size):
        raise publishers.changed()


@contextlib.contextmanager
def _new_file(to: Path) -> Iterator[Callable[[bytes], None]]:
    """Gives what writes into a new file; unless all goes well, there is none afterwards."""
    with _writing(to):
        out = to.open("xb", buffering=0)

    def put(piece: bytes) -> None:
        left = memoryview(piece)
        while left:
            with _writing(to):
                left = left[out.write(left) :]

    try:
        with out:
            yield put
            with _writing(to):
                os.fsync(out.fileno())
    except BaseException:
        to.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _writing(to: Path) -> Iterator[None]:
    """The reasons of the disk that is written to, which is another than the stick."""
    try:
        yield
    except OSError as error:
        raise cannot_write(to, error) from error


def cannot_write(to: Path, error: OSError) -> Refused:
    """The disk's reason."""
    sentence = tr(
        "{file} could not be written in {folder} ({reason}).",
        file=to.name,
        folder=to.parent,
        reason=error.strerror or error,
    )
    return Refused(Code.DISK, sentence)


def _not_one(path: Path) -> Refused:
    sentence = tr("{file} is not an update pack of this program.", file=path.name)
    return Refused(Code.PACK_NOT_ONE, sentence)
