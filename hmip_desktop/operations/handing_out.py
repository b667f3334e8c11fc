"""Handing out: a case file for each assessor, with their own cases only."""

import contextlib
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.opening import SUFFIX
from hmip_desktop.casefile.records import Contents, Order
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.casefile.rows import About
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import CaseId, MemberId
from hmip_desktop.language import tr
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.progress import Progress, silent

LONGEST_NAME = 100
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)}
)
_UNFIT_FOR_A_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True)
class HandedOut:
    """One case file that was made: for whom, where, with how many cases."""

    member: str
    path: Path
    cases: int


def hand_out(
    document: Document, folder: Path, *, progress: Progress = silent
) -> tuple[HandedOut, ...]:
    """Make a case file for each assessor who has cases. It holds their own cases only.

    Raises:
        Refused: NOT_THE_LEADS, ALLOCATION, FILE_EXISTS, DISK; nothing is left behind.
        Cancelled: from `progress`; nothing is left behind.
    """
    require_lead(document)
    contents = reader.contents(document.journal, document.about.inspection)
    shared = _own_cases(contents)
    if not shared:
        sentence = tr("No case is allocated yet; allocate them first.")
        raise Refused(Code.ALLOCATION, sentence)
    targets = _targets(contents, shared, folder)
    part = folder / ".handing-out"  # all of them arrive, or none
    is_new = not folder.exists()
    made: list[HandedOut] = []
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
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()  # only when nothing came of it
    return tuple(made)


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
    name = _UNFIT_FOR_A_FILE_NAME.sub("_", person).strip(" .")[:LONGEST_NAME]
    return f"{name}_" if name.upper() in _RESERVED or not name else name


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
