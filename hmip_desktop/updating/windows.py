"""The program as its installer puts it on Windows.

Windows lets nobody replace a program that runs, so the setup program of a version does it when
this one has closed. The setups of this version and of the one before are kept.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from hmip_desktop import paths
from hmip_desktop.casefile.placing import put_in_place
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.progress import Progress, silent
from hmip_desktop.updating import manifest as manifests
from hmip_desktop.updating import starting
from hmip_desktop.updating.installed import Facts, Installed, nothing_before
from hmip_desktop.updating.manifest import Kind, Packed
from hmip_desktop.updating.pack import Pack, cannot_write

SETUP = "setup.exe"
SILENT, WAIT, REOPEN = "/S", "/AFTER", "/OPEN"


@dataclass(frozen=True)
class WindowsSetup:
    """A program that its setup installed, and the setups kept in the user's own folder."""

    installed: Installed

    def before(self) -> Facts | None:
        """The version that can be gone back to."""
        others = [one for one in kept() if one.version != self.installed.facts.version]
        return max(others, key=lambda one: manifests.order(one.version), default=None)

    def prepare(self, pack: Pack, file: Packed, progress: Progress = silent) -> None:
        """Keep the setup of a version, and of this one and no older one.

        Raises:
            Refused: PACK_CHANGED, DISK.
        """
        version, own = pack.manifest.version, self.installed.facts
        folder = updates() / version
        try:
            folder.mkdir(parents=True, exist_ok=True)
            coming = folder / f".{SETUP}.part"
            coming.unlink(missing_ok=True)
            pack.copy(file, coming, progress)
            if setup_of(own.version).is_file():
                own.save(updates() / own.version)
            Facts(version, pack.manifest.case_file_format).save(folder)
            put_in_place(coming, setup_of(version))
            for old in kept():
                if old.version not in (own.version, version):
                    shutil.rmtree(updates() / old.version)
        except OSError as error:
            raise cannot_write(folder, error) from error

    def take(self, *, reopen: bool) -> None:
        """Have the setup of the kept version that is not this one run when this program ends."""
        self.go_back(reopen=reopen)

    def go_back(self, *, reopen: bool) -> None:
        """Have the setup of the version before run when this program ends.

        Raises:
            Refused: NOTHING_BEFORE, PROGRAM_UNSOUND.
        """
        other = self.before()
        if other is None:
            raise nothing_before()
        try:
            starting.detached(command(setup_of(other.version), reopen=reopen))
        except OSError as error:
            sentence = tr(
                "The setup of version {version} does not start ({reason}). "
                "The program that you have stays as it is.",
                version=other.version,
                reason=error.strerror or error,
            )
            raise Refused(Code.PROGRAM_UNSOUND, sentence) from error


def updates() -> Path:
    """Where setups are kept, in a folder for each version; the setup itself knows it too."""
    return paths.home() / "updates"


def setup_of(version: str) -> Path:
    """The kept setup of a version."""
    return updates() / version / SETUP


def kept() -> tuple[Facts, ...]:
    """The versions whose setup is kept whole."""
    folders = updates().iterdir() if updates().is_dir() else ()
    return tuple(
        _facts(one)
        for one in sorted(folders)
        if manifests.is_version(one.name, Kind.PROGRAM) and (one / SETUP).is_file()
    )


def command(setup: Path, *, reopen: bool) -> list[str]:
    """How a setup is run: without a question, when the program has closed."""
    return [str(setup), SILENT, WAIT, *([REOPEN] if reopen else [])]


def _facts(folder: Path) -> Facts:
    """What is known of the version in a folder, whose name is its version."""
    found = Facts.of(folder)
    return Facts(folder.name, found.case_file_format if found else ())
