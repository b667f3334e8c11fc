"""Bringing the team's case files together: merging, and settling what contradicts itself."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import fingerprint
from hmip_desktop.casefile.records import AssessmentKey, Conflict, entry_named
from hmip_desktop.casefile.rows import Bundle
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import EntryId, Json, MemberId, fresh
from hmip_desktop.language import tr, tr_count
from hmip_desktop.merge import apply
from hmip_desktop.merge.plan import Plan
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.operations.reading import Reading
from hmip_desktop.progress import Progress, silent


class Outcome(StrEnum):
    """What became of one file of a merge."""

    MERGED = "merged"
    REFUSED = "refused"


@dataclass(frozen=True)
class FileResult:
    """One file of a merge: how many of its entries were new, known or refused, and why.

    `answers` are those among the new ones that are answers. `owner` is the name of the person
    whose file it is, empty when it could not be read; `fingerprint` that of the hand-in receipt.
    `member` is set when it is a hand-in: an assessor's file in which they wrote something.
    """

    path: Path
    status: Outcome
    new: int = 0
    known: int = 0
    refused: int = 0
    why: str | None = None
    code: Code | None = None
    owner: str = ""
    fingerprint: str = ""
    answers: int = 0
    member: MemberId | None = None


@dataclass(frozen=True)
class Merged:
    """What a merge came to, file by file, and the conflicts that are open after it.

    `kept` is the copy of the lead's file as it was before; None where nothing was new.
    """

    files: tuple[FileResult, ...]
    conflicts: tuple[Conflict, ...]
    changes: Changes
    kept: Path | None = None

    @property
    def in_part(self) -> bool:
        """Whether a file, or a part of one, was left out."""
        return any(one.status is Outcome.REFUSED or one.refused for one in self.files)


def merge(document: Document, files: Sequence[Path], *, progress: Progress = silent) -> Merged:
    """Take in everything that is new in other case files, in one transaction.

    A file that cannot be read is named and left out, and the others still go in. A dated copy of
    the lead's file is kept first.

    Raises:
        Refused: the disk's reasons for the lead's own file; nothing was changed.
        Cancelled: from `progress`; nothing was changed.
    """
    brought: list[tuple[Bundle, Plan]] = []
    coming: set[EntryId] = set()
    results = []
    name_of = reader.contents(document.journal, document.about.inspection).name_of
    for number, path in enumerate(files):
        progress(number, len(files), path.name)
        result, bundle, plan = _read_one(document, path, coming, name_of)
        results.append(result)
        brought.append((bundle, plan))
        coming |= {entry.id for entry in plan.new}
    progress(len(files), len(files), "")
    new = [entry for _, plan in brought for entry in plan.new]
    kept = document.back_up() if new else None
    apply.apply(document, brought)
    return Merged(tuple(results), reader.conflicts(document.journal), Changes.of(new), kept)


_NOTHING = (Bundle({}, {}, ()), Plan((), (), ()))


def _read_one(
    document: Document,
    path: Path,
    coming: Container[EntryId],
    name_of: Callable[[MemberId], str],
) -> tuple[FileResult, Bundle, Plan]:
    try:
        _check_is_another(document, path)
        about, bundle = apply.read(path, document.passphrase, document.salt)
        apply.check_belongs(path, about, document.about)
    except Refused as refusal:
        result = FileResult(path, Outcome.REFUSED, why=refusal.sentence, code=refusal.code)
        return result, *_NOTHING
    plan = apply.sort(document, about, bundle, coming)
    wrote = any(entry.author == about.owner for entry in bundle.entries)
    result = FileResult(
        path,
        Outcome.MERGED,
        new=len(plan.new),
        known=len(plan.known),
        refused=len(plan.refused),
        why=_why_in_part(path, plan),
        owner=name_of(about.owner),
        fingerprint=fingerprint(bundle.entries),
        answers=sum(entry.field.startswith(records.ANSWER) for entry in plan.new),
        member=about.owner if wrote and not about.is_leads else None,
    )
    return result, bundle, plan


def _check_is_another(document: Document, path: Path) -> None:
    try:
        is_same = path.resolve() == document.path.resolve()
    except (OSError, RuntimeError):  # a link to itself is said where it is opened
        is_same = False
    if is_same:
        sentence = tr("{file} is the file that the others are merged into.", file=path.name)
        raise Refused(Code.FILE_IN_USE, sentence)


def _why_in_part(path: Path, plan: Plan) -> str | None:
    if not plan.refused:
        return None
    return tr_count(
        "{file}: {count} entry was left out, because it changes something that is not the "
        "file owner's.",
        "{file}: {count} entries were left out, because they change something that is not the "
        "file owner's.",
        len(plan.refused),
        file=path.name,
    )


def settle(document: Document, conflict_id: str, keep: str, why: str) -> Changes:
    """Choose one side of a conflict, with a reason, as a further entry over all sides.

    Args:
        document: the case file.
        conflict_id: the conflict's id, or the beginning of it.
        keep: the id of the entry to keep, or the beginning of it.
        why: the reason, kept with the answer.

    Raises:
        Refused: CONFLICT_UNKNOWN, REASON_MISSING.
    """
    if not why.strip():
        raise Refused(Code.REASON_MISSING, tr("Say why this side is kept."))
    conflict = _conflict(document, conflict_id)
    kept = entry_named(conflict.sides, keep)
    if kept is None:
        sentence = tr("Conflict {conflict} has no side {side}.", conflict=conflict.id, side=keep)
        raise Refused(Code.CONFLICT_UNKNOWN, sentence)
    value = next(side.value for side in conflict.sides if side.id == kept)
    reason: Json = {"conflict": conflict.id, "kept": kept, "why": why.strip()}
    entries = document.write(
        document.about.owner,
        [(conflict.field, value), (records.settled_field(conflict.field), reason)],
    )
    return Changes.of(entries)


def ask(
    reading: Reading, key: AssessmentKey, text: str, *, question: str = "", id_: str | None = None
) -> Changes:
    """Ask an assessor about an assessment, or about one question of it.

    Raises:
        Refused: NOT_THE_LEADS, REASON_MISSING when there is no text.
    """
    document = reading.document
    require_lead(document)
    if not text.strip():
        raise Refused(Code.REASON_MISSING, tr("Write what you want to know."))
    value: Json = {"question": question, "text": text.strip()}
    field = key.field(records.QUERY + (id_ or fresh()))
    return Changes.of(document.write(document.about.owner, [(field, value)]))


def close_query(reading: Reading, key: AssessmentKey, query_id: str) -> Changes:
    """Declare a query dealt with.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    document = reading.document
    require_lead(document)
    field = key.field(records.CLOSED + query_id)
    return Changes.of(document.write(document.about.owner, [(field, True)]))


def _conflict(document: Document, id_: str) -> Conflict:
    open_ones = reader.conflicts(document.journal)
    found = [one for one in open_ones if id_ and one.id.startswith(id_)]
    if len(found) != 1:
        sentence = tr("There is no open conflict {conflict}.", conflict=id_)
        raise Refused(Code.CONFLICT_UNKNOWN, sentence)
    return found[0]
