"""Getting out of a damaged case file whatever is certainly right, into a new, whole one."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hmip_desktop.casefile import opening, reader, salvage
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.placing import put_in_place
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.casefile.rows import About, Bundle
from hmip_desktop.casefile.salvage import Found
from hmip_desktop.clock import SYSTEM_CLOCK, Clock
from hmip_desktop.errors import Code, Fault, Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import checking
from hmip_desktop.progress import Progress, silent


@dataclass(frozen=True)
class Salvaged:
    """What came out of a damaged file, and what did not.

    Entries left out are `unreadable` (their page is lost), `unfit` (read, but not what their
    name says, for instance because what they supersede is lost) or `without_session`. What the
    file no longer tells of at all cannot be counted. `missing_predecessors` are entries that a
    recovered one supersedes and that are not in the new file: lost, or never in this file.
    `conflicts` are the open ones of the new file: where an entry between two others is lost, both
    stand, and a merge with a whole copy closes that again.
    `named_by_other`: the file no longer said whose it is, so that was taken from the other one.
    """

    out: Path
    recovered: int
    unreadable: int
    unfit: int
    without_session: int
    missing_predecessors: int
    conflicts: int
    sessions: int
    forms: int
    pages: int
    lost_pages: int
    named_by_other: bool

    @property
    def left_out(self) -> int:
        """How many entries the damaged file is known to have had that could not be got out."""
        return self.unreadable + self.unfit + self.without_session


def salvage_file(
    path: Path,
    out: Path,
    passphrase: Passphrase,
    *,
    like: Path | None = None,
    clock: Clock = SYSTEM_CLOCK,
    progress: Progress = silent,
) -> Salvaged:
    """Make a whole case file of what can be read of a damaged one, which is never written to.

    Args:
        path: the damaged file.
        out: the new file.
        passphrase: of the inspection.
        like: another file of the same inspection, best an older copy of this one. It helps with
            what a file says in one place only: its salt, whose it is, its sessions and forms.
        clock: for the new file.
        progress: told of the pages.

    Raises:
        Refused: FILE_EXISTS; FILE_DAMAGED when nothing can be got out or nobody can tell whose
            the file is; OTHER_INSPECTION for `like`; every way in which a file can be wrong.
    """
    out = out if out.suffix else out.with_suffix(opening.SUFFIX)
    if out.exists():
        sentence = tr(
            "{file} is already there in {folder}. Choose another name.",
            file=out.name,
            folder=out.absolute().parent,
        )
        raise Refused(Code.FILE_EXISTS, sentence)
    with ExitStack() as stack:
        other = None
        if like and like.resolve() != path.resolve():  # opening mends a file that was cut short
            other = stack.enter_context(Document.open(like, passphrase, write=False))
        found = salvage.find(path, passphrase, other.salt if other else None, progress=progress)
        about = _about(path, found, other)
        bundle = _bundle(found, other)
    if not bundle.entries:
        raise _nothing(path, found)
    conflicts = _write(out, passphrase, about, found.salt, bundle, clock)
    return _counted(out, found, bundle, conflicts)


def _about(path: Path, found: Found, other: Document | None) -> About:
    if found.about and other and found.about.inspection != other.about.inspection:
        sentence = tr("{file} belongs to another inspection.", file=other.path.name)
        raise Refused(Code.OTHER_INSPECTION, sentence)
    about = found.about or (other.about if other else None)
    if about is None:
        if not found.entries:
            raise _nothing(path, found)
        sentence = tr(
            "{file} no longer says whose it is. Name an older copy of it, such as a safety copy "
            "or the file that was handed out, with --like.",
            file=path.name,
        )
        raise Refused(Code.FILE_DAMAGED, sentence)
    return about


def _bundle(found: Found, other: Document | None) -> Bundle:
    """What is certainly right, with the sessions and forms that only the other file still has."""
    theirs = other.bundle() if other else Bundle({}, {}, ())
    sessions = {**theirs.sessions, **found.sessions}
    forms = {id_: one for id_, one in theirs.forms.items() if one.is_genuine}
    entries = tuple(one for one in found.entries if one.session in sessions)
    used = {id_: sessions[id_] for id_ in {one.session for one in entries}}
    return Bundle(used, {**forms, **found.forms}, entries)


def _nothing(path: Path, found: Found) -> Refused:
    if found.entries:
        sentence = tr(
            "{file} no longer says in which sessions its entries were written, so none of them "
            "can be trusted. Name an older copy of it with --like.",
            file=path.name,
        )
    else:
        sentence = tr("Nothing can be got out of {file}.", file=path.name)
    return Refused(Code.FILE_DAMAGED, sentence)


def _write(
    out: Path, passphrase: Passphrase, about: About, salt: bytes, bundle: Bundle, clock: Clock
) -> int:
    """Make the new file and read it again; only then it gets its name.

    Returns:
        How many conflicts are open in it.
    """
    part = out.with_name(f".{out.name}.part")
    with kindly(out):
        part.unlink(missing_ok=True)
    try:
        with Document.create(part, passphrase, about, salt=salt, clock=clock) as document:
            document.take_in(bundle)
        conflicts = _read_again(part, passphrase, bundle)
        with kindly(out):
            put_in_place(part, out)
        return conflicts
    finally:
        part.unlink(missing_ok=True)


def _read_again(out: Path, passphrase: Passphrase, bundle: Bundle) -> int:
    with Document.open(out, passphrase, write=False) as written:
        same = {one.id for one in written.journal} == {one.id for one in bundle.entries}
        if not (same and checking.check(written).is_whole):
            raise Fault("a salvaged file is not what was put into it")
        return len(reader.conflicts(written.journal))


def _counted(out: Path, found: Found, bundle: Bundle, conflicts: int) -> Salvaged:
    recovered = {one.id for one in bundle.entries}
    without_session = len(found.entries) - len(recovered)
    known = len(found.entries) + found.unfit
    older = {older for one in bundle.entries for older in one.supersedes}
    return Salvaged(
        out=out,
        recovered=len(recovered),
        unreadable=max(found.highest - known, 0),
        unfit=found.unfit,
        without_session=without_session,
        missing_predecessors=len(older - recovered),
        conflicts=conflicts,
        sessions=len(bundle.sessions),
        forms=len(bundle.forms),
        pages=found.pages.all,
        lost_pages=found.pages.lost,
        named_by_other=found.about is None,
    )
