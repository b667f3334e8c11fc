"""Coming back to work after a case file was damaged or lost: its remains and its dated copies."""

from dataclasses import dataclass
from pathlib import Path

from hmip_desktop.casefile import opening, reader, salvage
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.clock import SYSTEM_CLOCK, Clock
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import collate, copies
from hmip_desktop.operations.copies import Copy
from hmip_desktop.operations.salvage import salvage_file
from hmip_desktop.progress import Progress, silent


@dataclass(frozen=True)
class Recovered:
    """What came back, counted in entries.

    `lost` are those that the damaged file is known to have had and that came back from nowhere;
    what it no longer tells of cannot be counted. `copy` is the dated copy that helped. Without
    `has_form` the new file can be merged, but nobody can work in it.
    """

    out: Path
    from_file: int
    from_copy: int
    lost: int
    lost_pages: int
    conflicts: int
    has_form: bool
    copy: Copy | None

    @property
    def entries(self) -> int:
        """How many entries came back in all."""
        return self.from_file + self.from_copy


def is_damage(path: Path, passphrase: Passphrase, refusal: Refused) -> bool:
    """Whether a file could not be opened because it is damaged.

    The disk may no longer give all of it. Where its beginning is lost, opening takes that for a
    wrong passphrase; but then other pages still fit the passphrase, by the file's own salt or by
    that of a dated copy.

    Raises:
        Refused: the file cannot be read at all any more.
    """
    if refusal.code is Code.DISK:
        return path.is_file() and not salvage.can_be_read(path)
    if refusal.code is not Code.PASSPHRASE_WRONG:
        return refusal.code is Code.FILE_DAMAGED
    salts = {opening.salt_of(path), *(copy.salt for copy in copies.of(path))}
    return salvage.opens_a_page(path, passphrase, salts)


def recover(
    path: Path,
    out: Path,
    passphrase: Passphrase,
    *,
    clock: Clock = SYSTEM_CLOCK,
    progress: Progress = silent,
) -> Recovered:
    """Make a new case file of what can be read of a damaged one and of its newest dated copy.

    The damaged file is never written to.

    Raises:
        Refused: FILE_EXISTS for `out`; PASSPHRASE_WRONG; FILE_DAMAGED when too little is left.
        Cancelled: from `progress`; there is no new file.
    """
    copy = _helpful_copy(path, passphrase)
    like = copy.path if copy else None
    salvaged = salvage_file(path, out, passphrase, like=like, clock=clock, progress=progress)
    try:
        with Document.open(salvaged.out, passphrase, clock=clock) as document:
            from_copy = _merged(document, copy, progress)
            conflicts = len(reader.conflicts(document.journal))
            has_form = _has_form(document)
    except BaseException:
        salvaged.out.unlink(missing_ok=True)
        raise
    return Recovered(
        out=salvaged.out,
        from_file=salvaged.recovered,
        from_copy=from_copy,
        lost=max(salvaged.left_out - from_copy, 0),
        lost_pages=salvaged.lost_pages,
        conflicts=conflicts,
        has_form=has_form,
        copy=copy,
    )


def use_newest_copy(path: Path, out: Path, passphrase: Passphrase) -> Copy:
    """Make a case file of the newest dated copy of a file that is whole; which one it was.

    Raises:
        Refused: FILE_EXISTS for `out`; FILE_MISSING when there is no copy; what is wrong with
            the newest one when none can be opened; DISK.
    """
    if out.exists():
        sentence = tr(
            "{file} is already there in {folder}. Choose another name.",
            file=out.name,
            folder=out.absolute().parent,
        )
        raise Refused(Code.FILE_EXISTS, sentence)
    why: Refused | None = None
    for copy in copies.of(path):
        refusal = _why_not(copy, passphrase)
        if refusal is None:
            with Document.open(copy.path, passphrase, write=False) as document:
                document.copy_to(out)
            return copy
        why = why or refusal
    raise why or _no_copy(path)


def free_place(folder: Path, name: str) -> Path:
    """A place for a new case file of that name in a folder, where nothing is yet."""
    place, number = folder / f"{name}{opening.SUFFIX}", 2
    while place.exists():
        place, number = folder / f"{name} {number}{opening.SUFFIX}", number + 1
    return place


def as_case_file(path: Path) -> Path:
    """A path with the ending of case files."""
    if path.suffix.lower() == opening.SUFFIX:
        return path
    return path.with_name(path.name + opening.SUFFIX)


def _helpful_copy(path: Path, passphrase: Passphrase) -> Copy | None:
    """The newest whole copy that certainly is of the inspection of a damaged file."""
    fits = {
        salt: salvage.opens_a_page(path, passphrase, [salt])
        for salt in {copy.salt for copy in copies.of(path)}
    }
    fitting = (copy for copy in copies.of(path) if fits[copy.salt])
    return next((copy for copy in fitting if _why_not(copy, passphrase) is None), None)


def _why_not(copy: Copy, passphrase: Passphrase) -> Refused | None:
    """Why a copy is of no use; nothing when it can be opened."""
    try:
        Document.open(copy.path, passphrase, write=False).close()
    except Refused as refusal:
        return refusal
    return None


def _no_copy(path: Path) -> Refused:
    sentence = tr("There is no dated copy of {file} on this computer.", file=path.name)
    return Refused(Code.FILE_MISSING, sentence)


def _merged(document: Document, copy: Copy | None, progress: Progress) -> int:
    """How many entries a copy brings into the new file."""
    if copy is None:
        return 0
    (result,) = collate.merge(document, [copy.path], progress=progress).files
    return result.new


def _has_form(document: Document) -> bool:
    inspection = reader.contents(document.journal, document.about.inspection).inspection
    return document.form(inspection.form) is not None
