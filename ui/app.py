"""Starting the program: arguments, the first window, and the test that it starts at all."""

import argparse
import os
import socket
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from hmip_desktop import __version__, paths, privacy
from ui import crash, last_run, theme, traces
from ui.first_picture import end_once_drawn
from ui.main_window import MainWindow

_PROGRAM = "hmip-desktop"
_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
_NO_DISPLAY = (
    f"{_PROGRAM} needs a screen to open its window, and there is none here; "
    "the command line program hmip works without one."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit status is 0 when it ended as its user wished."""
    privacy.begin()
    given = _parser().parse_args(arguments)
    if given.smoke_test:
        return _smoke_test(given.pictures)
    if not _has_display():
        sys.stderr.write(_NO_DISPLAY + "\n")
        return 1
    file = given.file.absolute() if given.file is not None else None
    app = _application()
    # Dialogs for files begin here, not among the files of the program.
    QDir.setCurrent(QStandardPaths.writableLocation(_DOCUMENTS) or QDir.homePath())
    crash.install()
    with last_run.watched() as left:
        window = MainWindow()
        window.show()
        last_run.tell(window, left)
        if file is not None:
            window.open_file(file)
        if given.first_picture:
            end_once_drawn(app, window)
        status = app.exec()
    traces.forget_folders()
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_PROGRAM, description="Walk through each case's questions; answers stay encrypted."
    )
    parser.add_argument("file", nargs="?", type=Path, help="a case file (.hmip) to open")
    parser.add_argument(
        "--smoke-test",
        action="store_true",
        help="open every page on made cases without a screen, and say only what is wrong",
    )
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR", help="keep what --smoke-test draws in this folder"
    )
    parser.add_argument("--first-picture", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    return parser


def _application() -> QApplication:
    app = QApplication([_PROGRAM])
    app.setApplicationName("HMIP Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(_PROGRAM)
    app.setWindowIcon(theme.icon())
    return app


def _has_display() -> bool:
    """Whether Qt can open a window: without a display it would end the program unasked."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    host, _, number = display.rpartition(":")
    if host not in ("", "unix") or not number:
        return bool(display)  # a screen over the network: Qt will see
    place = f"/tmp/.X11-unix/X{number.partition('.')[0]}"  # noqa: S108  where X keeps it
    return _answers("\0" + place) or _answers(place)


def _answers(place: str) -> bool:
    with socket.socket(socket.AF_UNIX) as there:
        try:
            there.connect(place)
        except OSError:
            return False
    return True


def _smoke_test(pictures: Path | None) -> int:
    from ui.smoke import smoke  # noqa: PLC0415 it knows every page; the window does without it

    if sys.platform != "win32":  # it has a screen always, and without one Qt finds no letters there
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    problems: list[str] = []

    def heard(kind: QtMsgType, _context: object, message: str) -> None:
        # The platform without a screen says so of every dialog; it is no fault of ours.
        if kind != QtMsgType.QtDebugMsg and "propagateSizeHints" not in message:
            problems.append(message)

    qInstallMessageHandler(heard)
    with tempfile.TemporaryDirectory(prefix="hmip-smoke-") as folder:
        os.environ[paths.HOME_VARIABLE] = str(Path(folder) / "home")
        app = _application()
        try:
            problems += smoke(app, Path(folder) / "demo", pictures)
        except Exception as error:  # noqa: BLE001  whatever it is, it is to be printed
            problems.append(f"{type(error).__name__}: {error}")
    for problem in problems:
        sys.stdout.write(problem + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
