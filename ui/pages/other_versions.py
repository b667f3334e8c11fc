"""Other versions of the file beside it: asked about once, when the file is opened."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import other_versions
from ui import messages
from ui.session import Session


def take_in(page: QWidget, session: Session) -> None:
    """Ask about each version that holds something new, and take in what the user wants."""
    for path in other_versions.beside(session.reading):
        if messages.confirm(page, _question(session, path), tr("Take it in")):
            found = session.take_in(path)
            if isinstance(found, Refused):
                messages.refused(page, found)
            elif found.why:
                messages.tell(page, found.why)


def where_it_lies(session: Session) -> str:
    """What is to be known of a folder that is kept in step with others; empty elsewhere."""
    keeper = other_versions.keeper(session.path)
    if not keeper:
        return ""
    return tr(
        "✓ All answers saved. {file} lies in a folder of {keeper}: open it on one computer at a "
        "time, and hand in a copy rather than share it.",
        file=session.path.name,
        keeper=keeper,
    )


def _question(session: Session, path: Path) -> str:
    return tr(
        "{other} lies beside {file} and holds something that it does not, as when a file was "
        "worked on in two places. Take it in? Nothing is lost or counted twice; where the two "
        "differ, both stand until one is chosen.",
        other=path.name,
        file=session.path.name,
    )
