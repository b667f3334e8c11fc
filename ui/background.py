"""An operation off the main thread, with its progress and a way to stop it."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QLabel, QProgressDialog, QWidget

from hmip_desktop.errors import Cancelled, Refused
from hmip_desktop.language import tr
from hmip_desktop.progress import Progress
from ui import messages


class Job(QThread):
    """Runs `work(progress)` on a thread of its own.

    `work` must open whatever file it needs itself: a case file never crosses a thread.
    """

    progressed = Signal(int, int, str)

    def __init__(self, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None

    def cancel(self) -> None:
        """Ask the work to stop; it does so, undoing itself, when it next tells its progress."""
        self._stop.set()

    def run(self) -> None:
        """Do the work; what it gives or raises is kept for the main thread."""
        try:
            self.result = self._work(self._tell)
        except BaseException as error:  # noqa: BLE001  nothing may be lost between threads
            self.error = error

    def _tell(self, done: int, total: int, doing: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total, doing)


def run(parent: QWidget, title: str, work: Callable[[Progress], Any]) -> Any:
    """Do long work behind a progress dialog; None when it was cancelled or refused.

    A refusal is said to the user; a fault of ours is raised as usual.
    """
    dialog = QProgressDialog(title, tr("Cancel"), 0, 0, parent)
    said = QLabel(title)
    said.setTextFormat(Qt.TextFormat.PlainText)  # names of files and people are shown in it
    dialog.setLabel(said)
    dialog.setWindowTitle(title)
    dialog.setMinimumDuration(300)
    dialog.setMinimumWidth(420)
    dialog.setAutoClose(False)
    dialog.setAutoReset(False)
    dialog.setModal(True)
    job = Job(work, parent)

    def show(done: int, total: int, doing: str) -> None:
        dialog.setMaximum(total)
        dialog.setValue(done)
        dialog.setLabelText(doing or title)

    job.progressed.connect(show)
    job.finished.connect(dialog.accept)
    dialog.canceled.connect(job.cancel)
    job.start()
    dialog.exec()
    job.wait()
    dialog.reset()  # else it may come up once more before it is deleted
    dialog.deleteLater()
    return _outcome(parent, job)


def _outcome(parent: QWidget, job: Job) -> Any:
    job.deleteLater()
    if isinstance(job.error, Cancelled):
        return None
    if isinstance(job.error, Refused):
        messages.refused(parent, job.error)
        return None
    if job.error is not None:
        raise job.error
    return job.result
