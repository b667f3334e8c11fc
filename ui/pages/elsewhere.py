"""Saving everything elsewhere, when the place of the case file takes nothing any more."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from hmip_desktop.language import tr
from hmip_desktop.operations import recovering
from ui import messages
from ui.session import Session


def ask_where(page: QWidget, session: Session) -> Path | None:
    """A place for a case file that is not on the disk that gave up; None when nobody says one."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(documents))
    name = tr("{name} (saved elsewhere)", name=session.path.stem)
    said, _ = QFileDialog.getSaveFileName(
        page,
        tr("Where should everything be saved?"),
        str(recovering.free_place(folder, name)),
        tr("Case files (*.hmip)"),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return recovering.as_case_file(Path(said)) if said else None


def save(page: QWidget, session: Session, to: Path) -> bool:
    """Save everything there; whether the user goes on working in that file."""
    if refusal := session.save_elsewhere(to):
        messages.refused(page, refusal)
        return False
    sentence = tr(
        "Everything is saved in {file} in {folder}, with what you typed last and with the same "
        "passphrase. Go on in that file. When {old} can be reached again, merge the two or give "
        "both to the lead inspector: nothing is lost and nothing is counted twice.",
        file=to.name,
        folder=to.parent,
        old=session.path.name,
    )
    return messages.confirm(page, sentence, tr("Go on in {file}", file=to.name))
