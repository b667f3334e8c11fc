"""A fault of ours: tell the user, and keep a log that holds no text of any case."""

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QThread

from hmip_desktop import __version__, clock, paths
from hmip_desktop.language import tr
from ui import messages


def install() -> None:
    """Catch what nothing else caught."""
    sys.excepthook = _caught


def note(error: BaseException, trace: TracebackType | None) -> str:
    """Add a fault to the log: where in the program, never what was typed.

    Returns the lines added. The message of an error may quote an answer, so it is left out.
    """
    places = [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    head = f"{clock.stamp(clock.SYSTEM_CLOCK.now())} {__version__} {type(error).__name__}"
    lines = "\n".join([head, *places])
    add_to_log(lines)
    return lines


def add_to_log(lines: str) -> None:
    """Add lines that hold no text of any case to the log of faults."""
    try:
        paths.log_file().parent.mkdir(parents=True, exist_ok=True)
        with paths.log_file().open("a", encoding="utf-8") as log:
            log.write(lines + "\n")
    except OSError:
        sys.stderr.write(lines + "\n")


def _caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    lines = note(error, trace)
    app = QCoreApplication.instance()
    if app is None or QThread.currentThread() is not app.thread():
        return
    sentence = tr(
        "Something went wrong in the program. Everything you entered up to now is saved; "
        "please close the program and open it again."
    )
    messages.tell(None, sentence, lines)
