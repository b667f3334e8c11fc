"""Going on in another place, when that of the case file takes nothing, or nothing any more."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from hmip_desktop.language import tr
from hmip_desktop.operations import recovering
from ui import messages
from ui.session import Session


def place_for_all(page: QWidget, session: Session) -> Path | None:
    """Save everything where the user says, once the disk of the file gave up.

    Returns:
        The new file, to go on in it; None where nothing was saved or the user does not want that.
    """
    name = tr("{name} (saved elsewhere)", name=session.path.stem)
    to = _ask_where(page, tr("Where should everything be saved?"), name)
    if to is None or not _saved(page, session, to):
        return None
    return to if messages.confirm(page, _told(session, to), _go_on(to)) else None


def place_for_copy(page: QWidget, session: Session) -> Path | None:
    """Say that nothing can be saved where the file lies, and copy it where the user says.

    Returns:
        The copy, to go on in it; None when the user only wants to read.
    """
    if not messages.confirm(page, only_read(session), tr("Copy it to this computer and open it")):
        return None
    to = _ask_where(page, tr("Where should the copy be saved?"), session.path.stem)
    return to if to is not None and _saved(page, session, to) else None


def only_read(session: Session) -> str:
    """What is said of a file that can only be read where it lies."""
    return tr(
        "Nothing can be saved in {folder}, where {file} lies: the disk or stick is write-protected "
        "or does not allow it. You can read the file there, but no answer would be kept.",
        file=session.path.name,
        folder=session.path.parent,
    )


def _ask_where(page: QWidget, title: str, name: str) -> Path | None:
    """A place for a case file that is not on the disk that gave up; None when nobody says one."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(documents))
    said, _ = QFileDialog.getSaveFileName(
        page,
        title,
        str(recovering.free_place(folder, name)),
        tr("Case files (*.hmip)"),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return recovering.as_case_file(Path(said)) if said else None


def _saved(page: QWidget, session: Session, to: Path) -> bool:
    if refusal := session.save_elsewhere(to):
        messages.refused(page, refusal)
        return False
    return True


def _told(session: Session, to: Path) -> str:
    saved = tr(
        "Everything is saved in {file} in {folder}, with what you typed last and with the same "
        "passphrase. Go on in that file.",
        file=to.name,
        folder=to.parent,
    )
    return f"{saved} {_afterwards(session)}"


def _afterwards(session: Session) -> str:
    """What to do with the two files: an assessor hands in, only a lead merges."""
    if session.is_leads:
        return tr(
            "When {old} can be reached again, merge it into that file: nothing is lost and nothing "
            "is counted twice.",
            old=session.path.name,
        )
    return tr(
        "When {old} can be reached again, give it to the lead inspector as well as handing in: "
        "nothing is lost and nothing is counted twice.",
        old=session.path.name,
    )


def _go_on(to: Path) -> str:
    return tr("Go on in {file}", file=to.name)
