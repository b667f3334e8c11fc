"""Folders that a program keeps in step with other computers, and what it leaves in them."""

import os
from collections.abc import Mapping
from pathlib import Path

MOST = 8
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# How the folders are called, before a space or a hyphen: `OneDrive - Ministry of Justice`.
_FOLDERS = (
    "OneDrive",
    "SharePoint",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "iCloudDrive",
    "iCloud Drive",
    "Nextcloud",
    "ownCloud",
    "Box Sync",
    "Syncthing",
)


def keeper(path: Path, environment: Mapping[str, str] = os.environ) -> str:
    """What keeps the folder of a file in step with other computers; empty when nothing is known."""
    folder = path.absolute().parent
    for variable in _VARIABLES:
        place = environment.get(variable)
        if place and folder.is_relative_to(place):
            return "OneDrive"
    names = (part.casefold() for part in reversed(folder.parts))
    found = (known for name in names for known in _FOLDERS if _is_called(name, known.casefold()))
    return next(found, "")


def beside(path: Path) -> tuple[Path, ...]:
    """Files that may be other versions of a file, by their names.

    Each program has its own way: `lead (Ann's conflicted copy 2013-05-14)`, `lead-LAPTOP`,
    `lead.sync-conflict-20130514`, `lead 2`, `lead - Copy`; all begin with the file's own name.
    """
    name, suffix = path.stem.casefold(), path.suffix.casefold()
    try:
        there = sorted(one for one in path.parent.iterdir() if one.suffix.casefold() == suffix)
    except OSError:
        return ()
    rest = {one: one.stem.casefold().removeprefix(name) for one in there}
    others = (one for one, more in rest.items() if more != one.stem.casefold() and more)
    return tuple(one for one in others if not rest[one][0].isalnum())[:MOST]


def _is_called(name: str, known: str) -> bool:
    return name == known or name.startswith((f"{known} ", f"{known}-"))
