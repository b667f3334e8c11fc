"""Taking an update from a stick: looking at a pack, taking what it holds, going back.

Nothing here looks for updates by itself, and nothing uses a network.
"""

import tempfile
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import xlsform
from hmip_desktop.form.xlsform import XlsForm
from hmip_desktop.language import tr
from hmip_desktop.progress import Progress, silent
from hmip_desktop.updating import installed, manifest, publishers
from hmip_desktop.updating import pack as packs
from hmip_desktop.updating.installed import Facts, Installed, Way
from hmip_desktop.updating.linux import LinuxFolder
from hmip_desktop.updating.manifest import Kind, Packed
from hmip_desktop.updating.pack import Pack
from hmip_desktop.updating.publishers import Publisher
from hmip_desktop.updating.windows import WindowsSetup

SUFFIX = packs.SUFFIX
is_pack = packs.is_pack


class Program(Protocol):
    """A program that can give way to another version of itself, whichever way that goes."""

    @property
    def installed(self) -> Installed:
        """The program as it stands."""

    def before(self) -> Facts | None:
        """The other version that is kept, if there is one."""

    def prepare(self, pack: Pack, file: Packed, progress: Progress = silent) -> None:
        """Long work that leaves the program as it is."""

    def take(self, *, reopen: bool) -> None:
        """Give way to what was prepared; whoever calls this ends at once."""

    def go_back(self, *, reopen: bool) -> None:
        """Give way to the version that is kept; whoever calls this ends at once."""


def own_version() -> str:
    """The version of the program that runs."""
    return installed.own_facts().version


class CaseFiles(Enum):
    """What another version means for case files."""

    SAME = auto()
    NEWER_FORMAT = auto()
    NOT_ALL_OPEN = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Change:
    """From the version that runs to another one."""

    program: Program
    version: str
    case_files: CaseFiles

    @property
    def before(self) -> str:
        """The version that runs."""
        return self.program.installed.facts.version

    @property
    def is_back(self) -> bool:
        """Whether the other version is an earlier one."""
        return manifest.order(self.version) < manifest.order(self.before)


@dataclass(frozen=True)
class Offer(Change):
    """A later version of the program, in a verified pack."""

    pack: Pack
    file: Packed

    def prepare(self, progress: Progress = silent) -> None:
        """Make it ready; long, and the program stays as it is.

        Raises:
            Refused: PROGRAM_UNSOUND, PACK_CHANGED, DISK.
        """
        self.program.prepare(self.pack, self.file, progress)


def known_publishers() -> tuple[Publisher, ...]:
    """Whose packs this program takes."""
    return publishers.trusted()


def look_at(path: Path, progress: Progress = silent) -> Pack:
    """A pack, verified whole against the publishers whom this program trusts.

    Raises:
        Refused: FILE_MISSING, PACK_NOT_ONE, PACK_CHANGED, PACK_UNTRUSTED, PACK_FORMAT.
    """
    return packs.opened(path, publishers.trusted(), progress)


def form_of(pack: Pack) -> XlsForm:
    """The form in a pack.

    Raises:
        Refused: PACK_UNFIT when it holds a program, PACK_CHANGED, FORM_UNREADABLE.
    """
    if pack.manifest.kind is not Kind.FORM:
        sentence = tr(
            "This pack holds version {version} of the program, and no form.",
            version=pack.manifest.version,
        )
        raise Refused(Code.PACK_UNFIT, sentence)
    (file,) = pack.manifest.files
    with tempfile.TemporaryDirectory() as work:
        place = Path(work, file.name)
        pack.copy(file, place)
        return xlsform.load(place)


def form_at(path: Path) -> XlsForm:
    """A form from a file: from a verified pack, or an XLSForm as it is.

    Raises:
        Refused: as `look_at` and `form_of`, FORM_UNREADABLE.
    """
    return form_of(look_at(path)) if is_pack(path) else xlsform.load(path)


def program() -> Program:
    """The program that runs, as one that can give way to another version.

    Raises:
        Refused: PROGRAM_FIXED.
    """
    found = installed.here()
    return LinuxFolder(found) if found.way is Way.LINUX_FOLDER else WindowsSetup(found)


def offered(pack: Pack) -> Offer:
    """What taking the program in a pack would mean.

    Raises:
        Refused: PACK_UNFIT for a form, another kind of computer, or no later version;
            PROGRAM_FIXED.
    """
    said = pack.manifest
    if said.kind is not Kind.PROGRAM:
        sentence = tr(
            "This pack holds version {version} of a form, and no program. "
            "The lead takes it into use, in the lead's case file.",
            version=said.version,
        )
        raise Refused(Code.PACK_UNFIT, sentence)
    file = said.file_for(installed.this_platform())
    own = installed.own_facts()
    if manifest.order(said.version) <= manifest.order(own.version):
        sentence = tr(
            "This pack holds version {version}; you have {own}, which is not older.",
            version=said.version,
            own=own.version,
        )
        raise Refused(Code.PACK_UNFIT, sentence)
    case_files = _meaning(own.case_file_format, said.case_file_format)
    if case_files is CaseFiles.NOT_ALL_OPEN:
        sentence = tr(
            "Version {version} could not open your case files. Ask whoever gave you the pack.",
            version=said.version,
        )
        raise Refused(Code.PACK_UNFIT, sentence)
    return Offer(program(), said.version, case_files, pack, file)


def other_kept() -> Change | None:
    """The other version that is kept on this computer, and what going to it would mean."""
    try:
        here = program()
    except Refused:
        return None
    kept = here.before()
    if kept is None:
        return None
    own = here.installed.facts.case_file_format
    return Change(here, kept.version, _meaning(own, kept.case_file_format))


def _meaning(own: tuple[str, ...], other: tuple[str, ...]) -> CaseFiles:
    if not other:
        return CaseFiles.UNKNOWN
    if own == other:
        return CaseFiles.SAME
    return CaseFiles.NEWER_FORMAT if other[: len(own)] == own else CaseFiles.NOT_ALL_OPEN
