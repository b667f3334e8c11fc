"""The program in a folder of its user's on Linux, and the version before in a folder beside it.

The new version is made ready beside, then both folders change places: in one step where the disk
knows that, so that there is a whole program at its place at every moment.
"""

import contextlib
import ctypes
import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.progress import Progress, silent
from hmip_desktop.updating import starting
from hmip_desktop.updating.installed import COMMAND, FACTS, WINDOW, Facts, Installed, nothing_before
from hmip_desktop.updating.manifest import Packed
from hmip_desktop.updating.pack import Pack
from hmip_desktop.updating.unpacking import unpack

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE
# What packaging/linux/package.py puts into the folder, and what is written here.
_OURS = frozenset((COMMAND, WINDOW, "_internal", "desktop", "install.sh"))
_OURS |= frozenset(("LICENSE", "LICENCES.txt", "CHANGELOG.md", FACTS, f".{FACTS}.part"))
_NOT_KNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


@dataclass(frozen=True)
class LinuxFolder:
    """A program folder, what lies beside it, and their changing of places."""

    installed: Installed

    @property
    def folder(self) -> Path:
        """Where the program lies, whichever version it is."""
        return self.installed.folder

    @property
    def other(self) -> Path:
        """Where the version lies that can be gone back to."""
        return self.folder.with_name(f"{self.folder.name} before")

    def before(self) -> Facts | None:
        """The version that can be gone back to."""
        return Facts.of(self.other)

    def prepare(self, pack: Pack, file: Packed, progress: Progress = silent) -> None:
        """Unpack a version beside the program and see that it starts.

        Raises:
            Refused: PROGRAM_UNSOUND, PACK_CHANGED, PROGRAM_FIXED when somebody keeps files among
                those of the program, DISK; nothing is left of it then.
        """
        self._tidy()
        manifest = pack.manifest
        try:
            archive, unpacked = self._coming / "archive", self._coming / "unpacked"
            with _disk(self.folder):
                unpacked.mkdir(parents=True)
            pack.copy(file, archive, progress)
            top = unpack(archive, unpacked, progress)
            self._check_all_is_ours(_names(top))
            with _disk(self.folder):
                archive.unlink()
                Facts(manifest.version, manifest.case_file_format).save(top)
                top.replace(self._ready)
            self._check_starts(self._ready, manifest.version)
        except BaseException:
            shutil.rmtree(self._coming, ignore_errors=True)
            raise

    def take(self, *, reopen: bool) -> None:
        """Put the version that was prepared into the program's place; the old one is kept.

        Whoever calls this ends at once: its own files have moved.

        Raises:
            Refused: PROGRAM_IN_USE, DISK; then the program is as it was.
        """
        self._check_alone()
        with _disk(self.folder):
            self.installed.facts.save(self.folder)
            if self.other.exists():
                self.other.replace(self._gone)
            try:
                self._ready.replace(self.other)
                exchange(self.folder, self.other)
            except OSError:
                self._undo()
                raise
        self._tidy()
        self._open(reopen=reopen)

    def go_back(self, *, reopen: bool) -> None:
        """Change places with the version before; whoever calls this ends at once.

        Raises:
            Refused: NOTHING_BEFORE, PROGRAM_UNSOUND, PROGRAM_FIXED, PROGRAM_IN_USE, DISK.
        """
        kept = self.before()
        if kept is None:
            raise nothing_before()
        self._check_starts(self.other, kept.version)
        self._check_all_is_ours(frozenset())
        self._check_alone()
        with _disk(self.folder):
            self.installed.facts.save(self.folder)
            exchange(self.folder, self.other)
        self._open(reopen=reopen)

    @property
    def _coming(self) -> Path:
        return self.folder.with_name(f".{self.folder.name} coming")

    @property
    def _ready(self) -> Path:
        return self._coming / "ready"

    @property
    def _gone(self) -> Path:
        return self.folder.with_name(f".{self.folder.name} gone")

    def _undo(self) -> None:
        """As it was: what was to come is put aside, what was before is before again."""
        if self.other.exists():
            self.other.replace(self._ready)
        if self._gone.exists():
            self._gone.replace(self.other)

    def _tidy(self) -> None:
        """Clear away what an update that was cut short has left; a version before it stays."""
        if not self.other.exists() and self._gone.exists():
            self._gone.replace(self.other)
        for left in (self._coming, self._gone):
            shutil.rmtree(left, ignore_errors=True)

    def _check_starts(self, folder: Path, version: str) -> None:
        if not starting.says_version(folder, version):
            sentence = tr(
                "Version {version} does not start on this computer. "
                "The program that you have stays as it is.",
                version=version,
            )
            raise Refused(Code.PROGRAM_UNSOUND, sentence)

    def _check_all_is_ours(self, coming: frozenset[str]) -> None:
        """See that nobody keeps files of their own among those of the program, which go."""
        strange = (_names(self.folder) | _names(self.other)) - _OURS - coming
        if strange:
            sentence = tr(
                "The program cannot be replaced, because there is something in {folder} or in "
                "the folder of the version before that is not its own: {names}. "
                "Move it elsewhere first.",
                folder=self.folder,
                names=", ".join(sorted(strange)),
            )
            raise Refused(Code.PROGRAM_FIXED, sentence)

    def _check_alone(self) -> None:
        if starting.others_in(self.folder):
            sentence = tr("The program is open a second time. Close it there, then try again.")
            raise Refused(Code.PROGRAM_IN_USE, sentence)

    def _open(self, *, reopen: bool) -> None:
        if reopen:
            starting.detached([str(self.folder / WINDOW)])


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places: in one step, or by renaming where the disk knows no such.

    Raises:
        OSError: both are where they were.
    """
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        paths = (os.fsencode(one), os.fsencode(other))
        if library.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0:
            return
        error = ctypes.get_errno()
        if error not in _NOT_KNOWN:
            raise OSError(error, os.strerror(error), str(one))
    exchange_by_renaming(one, other)


def exchange_by_renaming(one: Path, other: Path) -> None:
    """Let two folders change places by renaming; undone when that fails half way.

    Raises:
        OSError: both are where they were.
    """
    aside = one.with_name(f".{one.name} aside")
    one.replace(aside)
    try:
        other.replace(one)
    except OSError:
        aside.replace(one)
        raise
    try:
        aside.replace(other)
    except OSError:
        one.replace(other)
        aside.replace(one)
        raise


def _names(folder: Path) -> frozenset[str]:
    """What lies in a folder, if there is one."""
    return frozenset(one.name for one in folder.iterdir()) if folder.is_dir() else frozenset()


@contextlib.contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """The disk's reasons as a refusal."""
    try:
        yield
    except OSError as error:
        sentence = tr(
            "The update could not be put in place beside {folder} ({reason}). "
            "The program that you have stays as it is.",
            folder=folder,
            reason=error.strerror or error,
        )
        raise Refused(Code.DISK, sentence) from error
