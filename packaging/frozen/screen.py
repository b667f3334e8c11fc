"""A screen that nobody sees (Xvfb), for as long as something needs it."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator

SOCKETS = "/tmp/.X11-unix"  # noqa: S108  where X keeps them


@contextlib.contextmanager
def unseen() -> Iterator[dict[str, str]]:
    """The variables that show a program its screen; none where there is no Xvfb."""
    if shutil.which("Xvfb") is None:
        yield {}
        return
    number, told = os.pipe()
    with subprocess.Popen(  # noqa: S603
        ["Xvfb", "-displayfd", str(told), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],  # noqa: S607
        pass_fds=(told,),
        stderr=subprocess.DEVNULL,
    ) as screen:
        os.close(told)
        try:
            with os.fdopen(number) as said:
                yield {"DISPLAY": f":{said.readline().strip()}"}
        finally:
            screen.terminate()
