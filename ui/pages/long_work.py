"""Long work on the open case file: the file is let go, and opened anew afterwards."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from hmip_desktop.errors import Refused
from hmip_desktop.progress import Progress
from ui import background
from ui.session import Session


def run_apart(page: QWidget, session: Session, title: str, work: Callable[[Progress], Any]) -> Any:
    """Do work that opens the case file itself; None when it was cancelled or refused.

    A case file is held by one opening alone and never crosses a thread, so the session's own
    is closed meanwhile. Should it not open again, the session says that it is lost.
    """
    session.close()
    try:
        return background.run(page, title, work)
    finally:
        try:
            session.renew()
        except Refused as refusal:
            session.lost.emit(refusal)
