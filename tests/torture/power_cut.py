"""What a disk may hold after a power cut: all that was synced, and any of what was not.

`recorded` reads what `recording_disk.c` noted down; `Disk` follows it, and says at any moment
what would be found after a cut: of the writings since a file's last sync each may be there, be
missing or be torn, and of the changes to a folder since its last sync any first few.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
_HEAD = struct.Struct("=4q")


@dataclass(frozen=True)
class Done:
    """One thing that was done to a file: written, cut (t), synced, unlinked or renamed."""

    kind: str
    path: Path
    at: int
    data: bytes


def recorded(log: Path) -> Iterator[Done]:
    """What was noted down, in order."""
    with log.open("rb") as file:
        while head := file.read(_HEAD.size):
            kind, name, at, size = _HEAD.unpack(head)
            path = Path(file.read(name).decode())
            yield Done(chr(kind), path, at, file.read(size) if chr(kind) in "wr" else b"")


@dataclass
class _File:
    synced: bytes = b""
    since: list[Done] = field(default_factory=list)

    def now(self) -> bytes:
        return _written(self.synced, self.since)

    def after_a_cut(self, chance: Random) -> bytes:
        kept = [one for one in (_torn(done, chance) for done in self.since) if one]
        return _written(self.synced, kept)


class Disk:
    """Files as the program sees them, and as they may be found after a power cut."""

    def __init__(self, files: dict[Path, bytes]) -> None:
        self._names = {path: _File(content) for path, content in files.items()}
        self._synced = dict(self._names)
        self._since: list[tuple[Path, _File | None]] = []

    def follow(self, done: Done) -> None:
        """Do what was done."""
        match done.kind:
            case "w" | "t":
                self._file(done.path).since.append(done)
            case "s" if done.path in self._names:
                file = self._names[done.path]
                file.synced, file.since = file.now(), []
            case "s":  # a folder
                self._sync_names(done.path)
            case "u":
                self._names.pop(done.path, None)
                self._since.append((done.path, None))
            case "r":
                new = Path(done.data.decode())
                self._names[new] = self._names.pop(done.path)
                self._since += [(new, self._names[new]), (done.path, None)]

    def after_a_cut(self, chance: Random) -> dict[Path, bytes]:
        """What may be found: everything that was synced, and anything of the rest."""
        names = dict(self._synced)
        for path, file in self._since[: chance.randint(0, len(self._since))]:
            _name(names, path, file)
        return {path: file.after_a_cut(chance) for path, file in names.items()}

    def _file(self, path: Path) -> _File:
        if path not in self._names:
            self._names[path] = _File()
            self._since.append((path, self._names[path]))
        return self._names[path]

    def _sync_names(self, folder: Path) -> None:
        later = []
        for path, file in self._since:
            if path.parent == folder:
                _name(self._synced, path, file)
            else:
                later.append((path, file))
        self._since = later


def _name(names: dict[Path, _File], path: Path, file: _File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def _torn(done: Done, chance: Random) -> Done | None:
    """A writing that is there, or is not, or ends at some sector."""
    match chance.randrange(3):
        case 0:
            return None
        case 1 if done.kind == "w":
            return Done("w", done.path, done.at, done.data[: chance.randrange(16) * SECTOR])
    return done


def _written(content: bytes, doings: list[Done]) -> bytes:
    made = bytearray(content)
    for done in doings:
        if done.kind == "t":
            made = made[: done.at].ljust(done.at, b"\0")
        else:
            made = made.ljust(done.at, b"\0")
            made[done.at : done.at + len(done.data)] = done.data
    return bytes(made)
