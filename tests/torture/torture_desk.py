"""What all torture shares: how long it goes on, what it counts, and commands that can be killed."""

import contextlib
import io
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import small_inspection as small
from ledger import LEDGER

from hmip_desktop.casefile.document import Document
from hmip_desktop.ids import Json
from hmip_desktop.operations import checking

MINUTES = float(os.environ.get("HMIP_TORTURE_MINUTES", "0"))
SEED = int(os.environ.get("HMIP_TORTURE_SEED", "2013"))
QUESTIONS = ("q4_1_01", "q4_1_02", "q4_1_04", "q5_1_01")
_PRELOADED = (
    "hmip_desktop.cli.assess",
    "hmip_desktop.cli.collate",
    "hmip_desktop.cli.set_up",
    "ui.main_window",
)


def rounds(few: int) -> Iterator[int]:
    """Count up to `few`; or for HMIP_TORTURE_MINUTES, which each harness has for itself."""
    end = time.monotonic() + MINUTES * 60
    number = 0
    while number < few or time.monotonic() < end:
        yield number
        number += 1


def chance(name: str) -> random.Random:
    """Chance that another run can repeat; longer runs set HMIP_TORTURE_SEED."""
    return random.Random(f"{SEED} {name}")


def tried(fault: str, times: int = 1) -> None:
    """Note down a fault that was survived."""
    LEDGER.tried(fault, times)


def look_for(fault: str, kept: Iterable[object], found: Iterable[object]) -> None:
    """Look for everything that was acknowledged before a fault; what is missing is lost."""
    LEDGER.look_for(fault, kept, found)


def context() -> ForkServerContext:
    """Processes that begin with the program loaded, so that kills meet work and not imports."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(list(_PRELOADED))
    return made


def command(folder: Path, words: tuple[str, ...], said: Path) -> None:
    """Run `hmip` as its program does, in this process, saying everything into a file."""
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", 0), encoding="utf-8", write_through=True)
    sys.stderr = sys.stdout
    os.environ.update(HMIP_HOME=str(folder / "home"), HMIP_PASSPHRASE=small.WORDS)
    os.chdir(folder)
    sys.argv = ["hmip", *words]
    from hmip_desktop.cli import main

    main()


def started(folder: Path, *words: str) -> tuple[ForkServerProcess, Path]:
    """A command that runs, and the file into which it says what it has done."""
    said = folder / "said.txt"
    said.unlink(missing_ok=True)
    process = context().Process(target=command, args=(folder, words, said))
    process.start()
    return process, said


def kill(process: ForkServerProcess, when: Callable[[], bool], after: float, while_: str) -> bool:
    """Kill a process some time after something is seen; whether it was alive until then."""
    while process.is_alive() and not when():
        process.join(0.0005)
    process.join(after)
    process.kill()
    process.join()
    was_killed = process.exitcode == -9
    process.close()
    tried(f"killed while {while_}", was_killed)
    return was_killed


def texts_of(said: Path) -> str:
    """What a command said before its end."""
    return said.read_text(encoding="utf-8") if said.exists() else ""


@contextlib.contextmanager
def whole(path: Path) -> Iterator[Document]:
    """A case file that must open as it lies there, and have nothing wrong with it."""
    with Document.open(path, small.PASSPHRASE, clock=small.SetClock()) as document:
        found = checking.check(document)
        assert found.is_whole, found
        yield document


def answers(document: Document) -> dict[tuple[str, str], Json]:
    """What stands, by record and field."""
    return {
        (record, name): standing.value
        for record in document.journal.records()
        for name, standing in document.journal.fields(record).items()
    }


def run(folder: Path, *words: str) -> tuple[int, str]:
    """A command that is let alone: its exit status, and what it said."""
    process, said = started(folder, *words)
    process.join()
    status = process.exitcode
    process.close()
    assert status is not None
    text = texts_of(said)
    assert "Traceback" not in text
    assert "program itself" not in text
    return status, text
