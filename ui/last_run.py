"""How the last run of the window ended: each run keeps a log, which goes when it ends well.

A run holds a lock beside its log for as long as it lives, so that of two programs that run at
once neither takes the other's log for that of a crash. The interpreter writes into it where in
the program it was, never what was typed.
"""

import contextlib
import faulthandler
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QWidget

from hmip_desktop import __version__, clock, paths
from hmip_desktop.language import tr
from ui import crash, messages


@contextlib.contextmanager
def watched() -> Iterator[str]:
    """Watch over this run; what an earlier one left when it ended unexpectedly, else nothing."""
    folder = paths.run_logs()
    log = folder / f"{os.getpid()}-{secrets.token_hex(4)}.log"
    lock = _lock_of(log)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        left = _left_by_others(folder)
        lock.tryLock(0)
        file = log.open("w", encoding="utf-8")
    except OSError:
        yield ""  # a disk that refuses costs a log, never work
        return
    with file:
        file.write(f"{clock.stamp(clock.SYSTEM_CLOCK.now())} {__version__} {sys.platform}\n")
        file.flush()
        faulthandler.enable(file)
        try:
            yield left
        finally:
            faulthandler.disable()
    with contextlib.suppress(OSError):
        log.unlink()
    lock.unlock()


def tell(parent: QWidget, left: str) -> None:
    """Say how the last run ended, when that was unexpected."""
    if not left:
        return
    crash.add_to_log(left)
    sentence = tr(
        "The program ended unexpectedly last time. Every answer that was saved is in the case file."
    )
    messages.tell(parent, sentence, left)


def _left_by_others(folder: Path) -> str:
    found = [_taken(log) for log in sorted(folder.glob("*.log"))]
    return "\n".join(text for text in found if text)


def _taken(log: Path) -> str:
    """What a log says that no running program holds; it is gone afterwards."""
    lock = _lock_of(log)
    if not lock.tryLock(0):
        return ""
    try:
        text = log.read_text(encoding="utf-8", errors="replace").strip()
        log.unlink()
    except OSError:
        return ""
    finally:
        lock.unlock()
    return text if "\n" in text else ""  # the first line only says when it began


def _lock_of(log: Path) -> QLockFile:
    lock = QLockFile(str(log.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    return lock
