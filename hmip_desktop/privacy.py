"""What a program that handles case files asks of the computer before anything else."""

import contextlib
import os

OWNER_ONLY = 0o077


def begin() -> None:
    """Make every new file the owner's alone, and leave no memory behind after a crash.

    Windows has neither: there, who may read a file is said by the folder that it lies in.
    """
    os.umask(OWNER_ONLY)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
