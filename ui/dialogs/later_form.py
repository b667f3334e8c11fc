"""A later version of the form: what it would change, before it comes into use."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QTextBrowser, QVBoxLayout, QWidget

from hmip_desktop.errors import Refused
from hmip_desktop.form import xlsform
from hmip_desktop.form.model import Form
from hmip_desktop.form.xlsform import XlsForm
from hmip_desktop.language import mark, tr
from hmip_desktop.operations import changing_form
from hmip_desktop.operations.changing_form import FormChange
from ui import background, messages
from ui.models import later_form
from ui.session import Session
from ui.theme import scaled
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, label, margins

_KEPT = mark(
    "No answer is lost. What this version no longer asks or offers stays in the file and counts "
    "as no answer. Signed-off cases stay signed off. Afterwards hand out fresh files: assessors "
    "go on with the version they have until they take yours in."
)


class LaterFormDialog(QDialog):
    """Shows a change of the form. Accepted: it is to come into use."""

    def __init__(self, change: FormChange, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("A later version of the form"))
        self.shown = QTextBrowser()
        self.shown.setOpenLinks(False)
        self.shown.setAccessibleName(tr("What this version would change"))
        self.shown.setHtml(later_form.text(change, language))
        self.shown.setTabChangesFocus(True)
        use = button(tr("Take it into use"), "primary", self.accept)
        cancel = button(tr("Cancel"), "", self.reject)
        cancel.setDefault(True)
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 10)
        layout.addWidget(label(later_form.title(change), "title", wrap=True))
        layout.addWidget(label(tr(_KEPT), "quiet", wrap=True))
        layout.addWidget(self.shown, 1)
        layout.addWidget(side_by_side(use, cancel))
        self.resize(QSize(scaled(860), scaled(600)).boundedTo(self.screen().availableSize()))
        self.shown.setFocus(Qt.FocusReason.OtherFocusReason)


def choose(session: Session, language: str, parent: QWidget) -> bool:
    """Ask for the file of a later version and take it into use; whether that was done."""
    title, kinds = tr("A later version of the form"), tr("Forms (*.xlsx *.csv *.md)")
    name, _ = QFileDialog.getOpenFileName(parent, title, str(session.path.parent), kinds)
    if not name:
        return False
    try:
        source = xlsform.load(Path(name))
    except Refused as refusal:
        messages.refused(parent, refusal)
        return False
    return take(session, source, language, parent)


def take(session: Session, source: XlsForm, language: str, parent: QWidget) -> bool:
    """Show what a version would change, and take it into use when that is wanted."""
    form: Form | None = background.run(
        parent, tr("Reading the form"), lambda _: xlsform.compiled(source)
    )
    if form is None:
        return False
    try:
        change = changing_form.plan(session.reading, source, form)
    except Refused as refusal:
        messages.refused(parent, refusal)
        return False
    dialog = LaterFormDialog(change, language, parent)
    wanted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if not wanted:
        return False
    not_done = session.run(lambda reading: changing_form.apply(reading, change))
    if not_done:
        messages.refused(parent, not_done)
    return not_done is None
