"""Handing out: a case file for each assessor, with their own cases only."""

import contextlib
import re
import shutil
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.opening import SUFFIX
from hmip_desktop.casefile.records import Contents, Order
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.casefile.rows import About
from hmip_desktop.clock import shown
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import CaseId, MemberId
from hmip_desktop.language import tr
from hmip_desktop.operations import hand_outs
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.progress import Progress, silent

LONGEST_NAME = 200  # bytes; a disk takes 255, and more is added
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"}
)
# Letters that nobody sees, and those that turn the direction of what follows.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_UNFIT_FOR_A_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True)
class HandedOut:
    """One case file that was made: for whom, where, with how many cases."""

    member: str
    path: Path
    cases: int


def hand_out(
    document: Document, folder: Path, *, only: Collection[str] = (), progress: Progress = silent
) -> tuple[HandedOut, ...]:
    """Make a case file for each assessor who has cases, and remember that it was handed out.

    It holds their own cases only. `only` are the names of those who get one; everybody, when it
    is empty.

    Raises:
        Refused: NOT_THE_LEADS, ALLOCATION, FILE_EXISTS, DISK; nothing is left behind.
        Cancelled: from `progress`; nothing is left behind.
    """
    require_lead(document)
    contents = reader.contents(document.journal, document.about.inspection)
    shared = _for_some(contents, _own_cases(contents), only)
    if not shared:
        sentence = tr("No case is allocated yet; allocate them first.")
        raise Refused(Code.ALLOCATION, sentence)
    targets = _targets(contents, shared, folder)
    part = folder / ".handing-out"  # all of them arrive, or none
    is_new = not folder.exists()
    made: list[HandedOut] = []
    placed: list[Path] = []
    try:
        shutil.rmtree(part, ignore_errors=True)
        for number, (member, target) in enumerate(targets.items()):
            name = contents.name_of(member)
            progress(number, len(targets), name)
            _make_case_file(document, member, shared[member], part / target.name)
            made.append(HandedOut(name, target, len(shared[member])))
        progress(len(targets), len(targets), "")
        with kindly(folder):
            for target in targets.values():
                (part / target.name).rename(target)
                placed.append(target)
        hand_outs.remember(document, contents, targets)
    except BaseException:
        for target in placed:  # a file that is not remembered would count as not handed out
            target.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()  # only when nothing came of it
    return tuple(made)


@dataclass(frozen=True)
class Again:
    """A case of somebody whose laptop is lost, as the lead's file knows it.

    `last` is the stamp of the newest of their entries that were merged, empty when there is
    none: what they did after that must be done again.
    """

    reference: str
    answered: int
    asked: int
    signed_off: bool
    last: str

    @property
    def sentence(self) -> str:
        """What a person reads."""
        if not self.last:
            return tr("{case}: nothing had been handed in; all of it again.", case=self.reference)
        if self.signed_off:
            return tr(
                "{case}: signed off, as handed in {when}.",
                case=self.reference,
                when=shown(self.last),
            )
        return tr(
            "{case}: {answered} of {asked} answered, last on {when}; what came later again.",
            case=self.reference,
            answered=self.answered,
            asked=self.asked,
            when=shown(self.last),
        )


def to_do_again(reading: Reading, name: str) -> tuple[Again, ...]:
    """What somebody must do again whose case file is lost, by what was merged last."""
    journal = reading.document.journal

    def again(one: Progressed) -> Again:
        fields = journal.fields(one.assessment.key.record).values()
        entries = [head for standing in fields for head in standing.heads]
        own = [entry.at for entry in entries if entry.author == one.assessment.key.member]
        return Again(
            one.case.reference,
            one.answered,
            one.asked,
            one.assessment.signed_off,
            max(own, default=""),
        )

    wanted = name.casefold()
    found = (one for one in reading.assessments.values() if one.assessor.casefold() == wanted)
    return tuple(again(one) for one in found)


def _for_some(
    contents: Contents, shared: dict[MemberId, frozenset[CaseId]], only: Collection[str]
) -> dict[MemberId, frozenset[CaseId]]:
    """The members among `only` with their cases; everybody when nobody is named.

    Raises:
        Refused: ALLOCATION.
    """
    if not only:
        return shared
    by_name = {contents.name_of(member).casefold(): member for member in shared}
    strangers = [name for name in only if name.casefold() not in by_name]
    if strangers:
        raise Refused(Code.ALLOCATION, tr("{name} has no cases.", name=strangers[0]))
    return {by_name[name.casefold()]: shared[by_name[name.casefold()]] for name in only}


def _targets(contents: Contents, members: Iterable[MemberId], folder: Path) -> dict[MemberId, Path]:
    """Where each member's file goes; two names that Windows takes for one get numbers.

    Raises:
        Refused: FILE_EXISTS, DISK.
    """
    targets: dict[MemberId, Path] = {}
    taken: set[str] = set()
    for member in members:
        name = plain = file_name(contents.name_of(member))
        number = 2
        while name.casefold() in taken:
            name = f"{plain} ({number})"
            number += 1
        taken.add(name.casefold())
        targets[member] = folder / f"{name}{SUFFIX}"
    if folder.is_file():
        sentence = tr("{file} is a file; choose a folder.", file=folder.name)
        raise Refused(Code.FILE_EXISTS, sentence)
    with kindly(folder):
        for target in targets.values():
            if target.exists():
                sentence = tr(
                    "{file} is already there in {folder}; choose an empty folder.",
                    file=target.name,
                    folder=folder,
                )
                raise Refused(Code.FILE_EXISTS, sentence)
    return targets


def file_name(person: str) -> str:
    """The name of a person's case file (without .hmip): their name, as far as Windows allows."""
    seen = "".join(letter for letter in person if unicodedata.category(letter) not in _UNSEEN)
    name = _UNFIT_FOR_A_FILE_NAME.sub("_", seen).strip(" .")
    name = name.encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .")
    device, _, _ = name.partition(".")  # Windows takes `con.txt` for the device as well
    return f"_{name}" if device.strip().upper() in _RESERVED or not name else name


def _own_cases(contents: Contents) -> dict[MemberId, frozenset[CaseId]]:
    own: dict[MemberId, set[CaseId]] = {}
    for one in contents.assessments.values():
        if one.order is not Order.WITHDRAWN:
            own.setdefault(one.key.member, set()).add(one.key.case)
    by_name = sorted(own, key=contents.name_of)
    return {member: frozenset(own[member]) for member in by_name}


def _make_case_file(
    document: Document, member: MemberId, cases: frozenset[CaseId], target: Path
) -> None:
    def wanted(entry: Entry) -> bool:
        if entry.record.startswith((records.HAND_INS, records.AREA_TABLES)):
            return False  # who handed in what and when is the lead's, and so is the area
        key = records.assessment_key(entry.record)
        if key:
            return key.member == member
        case = records.case_of(entry.record)
        if case is not None and entry.field in (Order.FIRST, Order.SECOND):
            return entry.value == member  # who else assesses a case is not told
        if case is not None and entry.field.startswith(records.PLACE):
            return entry.field == records.place_field(case, member).name
        return case is None or case in cases

    about = About(document.about.inspection, member, is_leads=False)
    with Document.create(
        target, document.passphrase, about, salt=document.salt, clock=document.clock
    ) as copy:
        copy.take_in(document.bundle(wanted))
