"""Whether a case file is whole: pages, fingerprints, references."""

from dataclasses import dataclass

from hmip_desktop.casefile.document import Document
from hmip_desktop.ids import EntryId


@dataclass(frozen=True)
class CheckResult:
    """What a check found, in numbers.

    `left_behind` are entries whose predecessor is in another file: that is no damage, since a
    head stays a head.
    """

    entries: int
    sessions: int
    forms: int
    damaged_pages: int
    changed_entries: int
    changed_sessions: int
    changed_forms: int
    left_behind: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is damaged and nothing was changed outside this program."""
        return not (
            self.damaged_pages
            or self.changed_entries
            or self.changed_sessions
            or self.changed_forms
        )


def check(document: Document) -> CheckResult:
    """Compare every row with its own name, and every page with its checksum."""
    bundle = document.bundle()
    known: set[EntryId] = {entry.id for entry in bundle.entries}
    return CheckResult(
        entries=len(bundle.entries),
        sessions=len(bundle.sessions),
        forms=len(bundle.forms),
        damaged_pages=document.damaged_pages(),
        changed_entries=sum(not entry.is_genuine for entry in bundle.entries),
        changed_sessions=sum(entry.session not in bundle.sessions for entry in bundle.entries),
        changed_forms=sum(not form.is_genuine for form in bundle.forms.values()),
        left_behind=sum(not known.issuperset(entry.supersedes) for entry in bundle.entries),
    )
