"""Updates killed at one point after the other: `killed_updates.py RUNS PACK PUBLISHER.pub`.

Each is made in a folder of its own by a process of its own, which is killed before its first,
second, third... change of the disk, until one comes to its end. Prints how each ended.
"""

import itertools
import os
import signal
import sys
from pathlib import Path

import made_packs as made

from hmip_desktop.updating import installed, pack, publishers
from hmip_desktop.updating.installed import Facts
from hmip_desktop.updating.linux import LinuxFolder

CHANGES = (
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "ctypes.dlopen",
    "ctypes.call_function",
)


def update(folder: Path, stick: Path, publisher: Path, last: int) -> None:
    """Take an update, where there is one before already, and die before the `last` change."""
    program = LinuxFolder(made.program_folder(folder))
    made.program_folder(program.other, "0.0.1")
    Facts("0.0.1", ("m0001_journal",)).save(program.other)
    known = publishers.from_line(publisher.read_text(encoding="utf-8"))
    assert known is not None
    found = pack.opened(stick, [known])
    left = last

    def watch(event: str, _: object) -> None:
        nonlocal left
        if event not in CHANGES:
            return
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    program.prepare(found, found.manifest.file_for(installed.this_platform()))
    program.take(reopen=False)


def main(runs: Path, stick: Path, publisher: Path) -> None:
    """One process after the other, until one is not killed."""
    for last in itertools.count(1):
        child = os.fork()
        if not child:
            update(runs / str(last) / "hmip", stick, publisher, last)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(ended, flush=True)  # noqa: T201
        if ended != -signal.SIGKILL:
            return


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
