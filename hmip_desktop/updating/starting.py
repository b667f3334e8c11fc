"""Starting a program that is not this one, though it may lie in the same place."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from hmip_desktop.updating.installed import COMMAND, WINDOW

PATIENCE = 120
_LIBRARIES = "LD_LIBRARY_PATH"
_OF_FROZEN = ("_PYI_", "_MEIPASS")


def environment(own: Mapping[str, str]) -> dict[str, str]:
    """The variables for another frozen program, without what this one was given to find itself."""
    found = {name: own[name] for name in own if not name.startswith(_OF_FROZEN)}
    before = found.pop(f"{_LIBRARIES}_ORIG", "")
    if getattr(sys, "frozen", False):
        found.pop(_LIBRARIES, None)
    if before:
        found[_LIBRARIES] = before
    return {**found, "PYINSTALLER_RESET_ENVIRONMENT": "1"}


def says_version(folder: Path, version: str) -> bool:
    """Whether both programs in a folder start and say that they are this version."""
    return all(
        _said([str(folder / name), "--version"]) == said
        for name, said in (
            (COMMAND, f"hmip, version {version}"),
            (WINDOW, f"hmip-desktop {version}"),
        )
    )


def detached(command: list[str]) -> None:
    """Start a program that goes on when this one has ended.

    Raises:
        OSError: it does not start.
    """
    variables = environment(os.environ)
    if sys.platform == "win32":
        apart = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
        subprocess.Popen(command, creationflags=apart, env=variables)  # noqa: S603  verified
        return
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in range(3)]
    os.posix_spawn(command[0], command, variables, file_actions=silent, setsid=True)


def others_in(folder: Path) -> bool:
    """Whether another program of a folder runs now."""
    for link in Path("/proc").glob("[0-9]*/exe"):
        with contextlib.suppress(OSError):
            runs = link.readlink()
            if folder in runs.parents and int(link.parent.name) != os.getpid():
                return True
    return False


def _said(command: list[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603  unpacked from a verified pack
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
            env=environment(os.environ),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
