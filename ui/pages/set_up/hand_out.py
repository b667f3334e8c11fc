"""The last step: a case file for each assessor, and a sheet of who has what."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import handing_out
from hmip_desktop.operations.handing_out import HandedOut
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.paper import who_has_what
from hmip_desktop.progress import Progress
from ui import paper
from ui.models import set_up
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.long_work import run_apart
from ui.pages.set_up.step import Step
from ui.session import Session
from ui.widgets.boxes import ChoiceBox
from ui.widgets.delegates import quiet_table
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, frame, label, margins
from ui.widgets.saved_line import SavedLine


class HandOutStep(Step):
    """Hands out case files."""

    def __init__(self, session: Session) -> None:
        text = tr(
            "Each assessor gets a case file with their own cases. It opens with the passphrase of "
            "the inspection, which you tell the team; it is not in the file."
        )
        super().__init__(session, tr("Hand out"), text)
        self._view = quiet_table(tr("Assessors and what they have"))
        self._model = TableModel(set_up.load_columns(spread=True), self)
        tables.dress(self._view, self._model)
        self._said = label("", "quiet", wrap=True)
        self.person = ChoiceBox()
        self.person.setAccessibleName(tr("Whose case file"))
        self._made: tuple[HandedOut, ...] = ()
        self._lay_out()

    @property
    def state(self) -> str:
        """What was handed out just now."""
        count = len(self._made)
        return tr_count("{count} file made", "{count} files made", count) if count else ""

    @property
    def said(self) -> str:
        """What the last handing out came to, in words."""
        return self._said.text()

    def refresh(self) -> None:
        """Show who has what."""
        found = set_up.people(self.session.reading.contents)
        rows = [row for row in found if row.load is not None and row.load.cases]
        self._model.show(rows)
        tables.fit(self._view, self._model)
        tables.sort_by(self._view, 0)
        tables.show_whole(self._view, len(rows))
        chosen = self.person.currentText()
        self.person.clear()
        self.person.addItems([row.member.name for row in rows])
        self.person.setCurrentText(chosen)
        for one in self._needs_cases:
            one.setEnabled(bool(rows))

    def hand_out_to(self, folder: Path, *, only: str = "") -> None:
        """Make the case files in a folder; of one person's, say what they must do again."""
        lead, passphrase = self.session.path, self.session.passphrase
        names = (only,) if only else ()

        def work(progress: Progress) -> tuple[HandedOut, ...]:
            with open_case_file(lead, passphrase, write=False) as document:
                return handing_out.hand_out(document, folder, only=names, progress=progress)

        title = tr("Making the case files")
        made: tuple[HandedOut, ...] | None = run_apart(self, self.session, title, work)
        if made is None:
            return
        self._made = made
        said = tr_count(
            "{count} case file is in {folder}.",
            "{count} case files are in {folder}.",
            len(made),
            folder=folder,
        )
        again = handing_out.to_do_again(self.session.reading, only) if only else ()
        self._notice.show()
        self._said.setText("\n".join((f"✓ {said}", *(one.sentence for one in again))))
        self.refresh()

    def _choose(self, only: str = "") -> None:
        caption = tr("Choose an empty folder for the case files")
        folder = QFileDialog.getExistingDirectory(self, caption)
        if folder:
            self.hand_out_to(Path(folder), only=only)

    def _lay_out(self) -> None:
        out = button(tr("Hand out to a folder..."), "primary", self._choose)
        show = button(tr("Print who has what..."), "", self._print)
        save = button(tr("Save it as PDF..."), "", self._save)
        again = button(tr("Make it again..."), "", lambda: self._choose(self.person.currentText()))
        text = tr("A laptop is lost, or a case was moved? Make the case file again of")
        self._notice = frame("card")
        told = QVBoxLayout(self._notice)
        margins(told, 16, 10, 16, 10)
        told.addWidget(self._said)
        self._notice.hide()
        card = frame("card")
        inside = QVBoxLayout(card)
        margins(inside, 8, 6, 8, 6)
        inside.addWidget(self._view)
        self._needs_cases = (out, show, save, again, self.person)
        self.inside.addWidget(side_by_side(out, show, save))
        self._written = SavedLine()
        self.inside.addWidget(self._written)
        self.inside.addWidget(self._notice)
        self.inside.addWidget(card)
        self.inside.addWidget(label(text, wrap=True))
        self.inside.addWidget(side_by_side(self.person, again))
        self.inside.addStretch(1)

    def _print(self) -> None:
        paper.print_out(self, who_has_what(self.session.reading))

    def _save(self) -> None:
        self._written.clear()
        path = paper.choose_and_save(self, who_has_what(self.session.reading))
        if path is not None:
            said = tr("✓ Saved as {file} in {folder}.", file=path.name, folder=path.parent)
            self._written.say(said, path)
