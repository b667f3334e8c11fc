"""What is said about a pack, and about going to another version of the program."""

from collections.abc import Sequence
from datetime import date

from hmip_desktop import language
from hmip_desktop.language import mark, tr
from hmip_desktop.operations.updating import CaseFiles, Change
from hmip_desktop.updating.manifest import Kind
from hmip_desktop.updating.pack import Pack
from hmip_desktop.updating.publishers import Publisher

_COMING = {
    CaseFiles.SAME: mark("Case files stay as they are."),
    CaseFiles.NEWER_FORMAT: mark(
        "Each case file is brought to a newer format when you open it next; a dated copy of it "
        "is kept first. Everybody in the inspection needs this version then."
    ),
}
_BACK = {
    CaseFiles.NEWER_FORMAT: _COMING[CaseFiles.NEWER_FORMAT],
    CaseFiles.NOT_ALL_OPEN: mark(
        "It cannot open case files that this version has opened. "
        "Their dated copies from before can be opened."
    ),
    CaseFiles.UNKNOWN: mark(
        "It may not open case files that this version has opened. "
        "Their dated copies from before can be opened."
    ),
}
_SAVED = mark("An open case file is closed first; everything in it is saved.")


def title(pack: Pack) -> str:
    """What a pack holds."""
    said = pack.manifest
    if said.kind is Kind.FORM:
        return tr("Version {version} of a form", version=said.version)
    return tr("Version {version} of the program", version=said.version)


def standing(version: str, publishers: Sequence[Publisher], other: Change | None) -> str:
    """What there is before any pack is chosen: the version, who is trusted, what is kept."""
    said = [tr("This is version {version} of the program.", version=version)]
    if other is not None:
        said.append(tr("Version {version} is kept on this computer too.", version=other.version))
    said += [
        tr(
            "Packs signed by {publisher} are taken (key {fingerprint}).",
            publisher=one.name,
            fingerprint=_unbroken(one),
        )
        for one in publishers
    ]
    if not publishers:
        said.append(
            tr(
                "This copy of the program knows no publisher of updates, so it refuses every pack. "
                "Install a new version with its setup."
            )
        )
    return "\n".join(said)


def signed(pack: Pack) -> str:
    """Who vouches for a pack, and since when."""
    return tr(
        "Signed by {publisher} (key {fingerprint}), made on {day}. Nothing in it was changed.",
        publisher=pack.publisher.name,
        fingerprint=_unbroken(pack.publisher),
        day=language.day(date.fromisoformat(pack.manifest.made)),
    )


def news(pack: Pack) -> str:
    """What is new, a line each, in the publisher's words."""
    return "\n".join(f"• {one}" for one in pack.manifest.news_in(language.in_use()))


def coming(change: Change) -> str:
    """What taking a later version of the program means, a line each."""
    becomes = tr(
        "Version {before} becomes version {version}. The program closes and opens again.",
        before=change.before,
        version=change.version,
    )
    kept = tr("Version {before} is kept: you can go back to it here.", before=change.before)
    return "\n".join((becomes, tr(_SAVED), tr(_COMING[change.case_files]), kept))


def ready(change: Change) -> str:
    """The name of the button that takes another version, which is kept."""
    if change.is_back:
        return tr("Go back to version {version}...", version=change.version)
    return tr("Take version {version} again...", version=change.version)


def going(change: Change) -> str:
    """What is asked before another version that is kept takes the place of this one."""
    asked = tr(
        "Version {version} takes the place of version {before}, which is kept.",
        version=change.version,
        before=change.before,
    )
    means = _BACK.get(change.case_files, _COMING[CaseFiles.SAME])
    return "\n\n".join((asked, tr(_SAVED), tr(means)))


def for_form(*, opened: bool, leads: bool) -> str:
    """What happens to a form, or what to do first."""
    if leads:
        return tr("You will see what it changes for open cases before anything changes.")
    if opened:
        return tr(
            "The lead inspector takes a form into use. It comes to you with the next fresh file "
            "from the lead: choose “Take in changes from the lead” in the menu “File” then."
        )
    return tr(
        "Open the lead's case file first, then choose this pack again. "
        "You will see what it changes for open cases before anything changes."
    )


def _unbroken(publisher: Publisher) -> str:
    """A fingerprint that no end of a line tears apart."""
    return publisher.fingerprint.replace(" ", "\N{NO-BREAK SPACE}")
