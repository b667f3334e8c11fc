"""Reading a file that is to be merged, and taking in what is new, whole or not at all."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

from hmip_desktop.casefile import practice
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.rows import About, Bundle, KeptForm, Session
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import EntryId, FormHash, SessionId
from hmip_desktop.language import tr
from hmip_desktop.merge.plan import Plan, plan


def read(path: Path, passphrase: Passphrase, right_salt: bytes) -> tuple[About, Bundle]:
    """What another file brings. It is opened for reading only and runs nothing of its own.

    Raises:
        Refused: every way in which a file can be wrong; FILE_FORGED when an entry, a session or
            a form does not fit its own name; PRACTICE, told from outside, since its passphrase
            is another one.
    """
    if practice.looks_like_one(path):
        raise practice.not_real(path)
    with Document.open(path, passphrase, write=False, right_salt=right_salt) as document:
        about, bundle = document.about, document.bundle()
    genuine = (
        all(entry.is_genuine for entry in bundle.entries)
        and all(session.id == id_ for id_, session in bundle.sessions.items())
        and all(entry.session in bundle.sessions for entry in bundle.entries)
        and all(form.is_genuine for form in bundle.forms.values())
    )
    if not genuine:
        sentence = tr(
            "{file} was changed outside this program: some of its answers do not fit "
            "their own check codes. It was left out; ask its owner for the original.",
            file=path.name,
        )
        raise Refused(Code.FILE_FORGED, sentence)
    return about, bundle


def check_belongs(path: Path, theirs: About, ours: About) -> None:
    """Make sure that a file may be merged into ours.

    Raises:
        Refused: PRACTICE, OTHER_INSPECTION, OTHER_PERSON.
    """
    if theirs.is_practice or ours.is_practice:
        raise practice.not_real(path)
    if theirs.inspection != ours.inspection:
        sentence = tr("{file} belongs to another inspection. It was left out.", file=path.name)
        raise Refused(Code.OTHER_INSPECTION, sentence)
    if not ours.is_leads and theirs.owner != ours.owner:
        sentence = tr(
            "{file} is somebody else's case file; only your own can be merged here.",
            file=path.name,
        )
        raise Refused(Code.OTHER_PERSON, sentence)


def sort(document: Document, about: About, bundle: Bundle, coming: Container[EntryId]) -> Plan:
    """Sort another file's entries into new, known and refused.

    `coming` are the entries that earlier files of the same merge bring: known already. Only the
    same person's file may bring everything; anybody else's brings that person's assessments.
    """
    own = about.owner == document.about.owner
    trusted = own and (about.is_leads or not document.about.is_leads)
    known = _Either(document.journal, coming)
    return plan(known, bundle.entries, None if trusted else about.owner)


def apply(document: Document, brought: Iterable[tuple[Bundle, Plan]]) -> None:
    """Take in what is new of all files in one transaction with a sanity check at its end."""
    sessions: dict[SessionId, Session] = {}
    forms: dict[FormHash, KeptForm] = {}
    entries: list[Entry] = []
    for bundle, sorted_ in brought:
        used = {entry.session for entry in sorted_.new}
        sessions |= {id_: one for id_, one in bundle.sessions.items() if id_ in used}
        forms |= bundle.forms if sorted_.new else {}
        entries += sorted_.new
    if entries:
        document.take_in(Bundle(sessions, forms, tuple(entries)))


@dataclass(frozen=True)
class _Either:
    """Entries that are here, or that this merge brings."""

    here: Container[EntryId]
    coming: Container[EntryId]

    def __contains__(self, id_: object) -> bool:
        return id_ in self.here or id_ in self.coming
