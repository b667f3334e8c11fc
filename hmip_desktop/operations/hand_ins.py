"""What the team hands in: looked for in folders, merged, and remembered person by person."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.opening import SUFFIX
from hmip_desktop.casefile.records import HandIn
from hmip_desktop.clock import from_stamp
from hmip_desktop.errors import Code
from hmip_desktop.ids import Json, MemberId
from hmip_desktop.language import tr
from hmip_desktop.operations import collate
from hmip_desktop.operations.collate import FileResult, Merged, Outcome
from hmip_desktop.operations.handing_out import file_name
from hmip_desktop.progress import Progress, silent

DAMAGED = frozenset(
    {
        Code.FILE_DAMAGED,
        Code.FILE_FORGED,
        Code.FILE_INTERRUPTED,
        Code.FILE_NOT_OURS,
        Code.FILE_STRANGE,
    }
)
"""Refusals of a file of which nobody can tell whose it is, but by its name."""


def receive(document: Document, paths: Sequence[Path], *, progress: Progress = silent) -> Merged:
    """Merge case files, and those in folders, and remember in the lead's file who handed in.

    Raises:
        Refused: the disk's reasons for the lead's own file.
        Cancelled: from `progress`; nothing was changed.
    """
    files, left_out = looked_through(paths, progress=progress)
    merged = collate.merge(document, files, progress=progress)
    if document.about.is_leads:
        _remember(document, merged.files)
    return replace(merged, files=(*merged.files, *left_out))


def looked_through(
    paths: Iterable[Path], *, progress: Progress = silent
) -> tuple[tuple[Path, ...], tuple[FileResult, ...]]:
    """The case files among paths and in the folders among them; then what was left out, and why.

    A link is never followed: what it leads to may lie outside the folder that was chosen.

    Raises:
        Cancelled: from `progress`.
    """
    files: list[Path] = []
    left_out: list[FileResult] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        found, links = _in_folder(path, progress)
        files += found
        left_out += map(_is_a_link, links)
    return tuple(files), tuple(left_out)


def _in_folder(folder: Path, progress: Progress) -> tuple[list[Path], list[Path]]:
    """The case files of a folder and of all folders in it, by name; and the links among them."""
    if folder.is_symlink():
        return [], [folder]
    files, links = [], []
    for place, folders, names in os.walk(folder, followlinks=False):
        progress(0, 0, Path(place).name)
        folders.sort()
        inside = [Path(place, name) for name in sorted([*folders, *names])]
        links += [one for one in inside if one.is_symlink() and (is_case_file(one) or one.is_dir())]
        files += [
            one for one in inside if not one.is_symlink() and is_case_file(one) and one.is_file()
        ]
    return files, links


def is_case_file(path: Path) -> bool:
    """Whether a path has the name of a case file."""
    return path.suffix.lower() == SUFFIX


def _is_a_link(path: Path) -> FileResult:
    sentence = tr("{file} is a link to another place. It was left out.", file=path.name)
    return FileResult(path, Outcome.REFUSED, why=sentence, code=Code.FILE_IS_A_LINK)


def _remember(document: Document, results: Iterable[FileResult]) -> None:
    """One entry for each person whose file came for the first time, or came damaged."""
    contents = reader.contents(document.journal, document.about.inspection)
    by_file_name = {file_name(one.name).casefold(): one.id for one in contents.members.values()}
    known = reader.hand_ins(document.journal)
    whole: dict[MemberId, list[FileResult]] = {}
    said: dict[MemberId, Json] = {}
    for one in results:
        member = by_file_name.get(one.path.stem.casefold())
        if one.member is not None:
            whole.setdefault(one.member, []).append(one)
        elif member is not None and one.code in DAMAGED:
            said[member] = {"left_out": str(one.code)}
    for member, files in whole.items():
        said.pop(member, None)
        if fresh := _fresh(files, known.get(member, ())):
            said[member] = {
                "files": list(dict.fromkeys(one.fingerprint for one in fresh)),
                "new": sum(one.new for one in fresh),
                "answers": sum(one.answers for one in fresh),
                "refused": sum(one.refused for one in fresh),
            }
    fields = {records.hand_in_field(member): value for member, value in said.items()}
    document.write(document.about.owner, fields.items())


def _fresh(files: Iterable[FileResult], before: Sequence[HandIn]) -> list[FileResult]:
    """The files that did not come before; a good one always counts after a damaged one."""
    if before and before[-1].left_out:
        return list(files)
    seen = {name for one in before for name in one.files}
    return [one for one in files if one.fingerprint not in seen]


def last(document: Document) -> Mapping[MemberId, HandIn]:
    """The last hand-in of everybody who has handed in."""
    return {member: those[-1] for member, those in reader.hand_ins(document.journal).items()}


def came_on(one: HandIn | None, day: date) -> bool:
    """Whether a whole file came on a day (in this computer's time zone)."""
    if one is None or not one.files:
        return False
    return from_stamp(one.at).astimezone().date() == day
