"""The last step: a case file for each assessor, and a sheet of who has what."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import allocating, hand_outs, handing_out
from hmip_desktop.operations.hand_outs import ToDo
from hmip_desktop.operations.handing_out import HandedOut
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.paper import who_has_what
from hmip_desktop.progress import Progress
from ui import paper
from ui.models import set_up
from ui.models.hand_in import moment
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
    """Hands out case files.

    `handed_out` tells that it was done, `allocation_wanted` that somebody wants to see to the
    cases that nobody has.
    """

    handed_out = Signal()
    allocation_wanted = Signal()

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
        self._nobodys = label("", "noticeText", wrap=True)
        self._to_do = label("", "noticeText", wrap=True)
        self._lay_out()

    @property
    def state(self) -> str:
        """How many files were handed out and when last; how many are to be handed out again."""
        document = self.session.reading.document
        out = hand_outs.last(document.journal)
        if not out:
            return tr("not handed out")
        today = document.clock.now().astimezone().date()
        said = [
            tr_count("{count} file", "{count} files", len(out)),
            moment(max(one.at for one in out.values()), today),
        ]
        if waiting := len(self._waiting):
            said.append(tr_count("{count} to hand out", "{count} to hand out", waiting))
        return "\n".join(said)

    @property
    def is_done(self) -> bool:
        """Whether everybody has a case file that is as things stand."""
        journal = self.session.reading.document.journal
        return bool(hand_outs.last(journal)) and not self._waiting

    @property
    def warned(self) -> str:
        """What is not as it should be, in words."""
        return "\n".join(filter(None, (self._nobodys.text(), self._to_do.text())))

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
        self._warn()

    def hand_out_to(self, folder: Path, *, only: str = "") -> None:
        """Make the case files in a folder; of one person's, say what they must do again."""
        again = handing_out.to_do_again(self.session.reading, only) if only else ()
        self._make(folder, (only,) if only else (), *(one.sentence for one in again))

    def hand_out_again(self, folder: Path) -> None:
        """Make the case files that are missing or older than their cases."""
        self._make(folder, [one.name for one in self._waiting])

    @property
    def _waiting(self) -> tuple[ToDo, ...]:
        reading = self.session.reading
        return hand_outs.to_do(reading.document.journal, reading.contents)

    def _warn(self) -> None:
        """Say which cases nobody has, and who needs a fresh file."""
        nobodys = allocating.without_assessor(self.session.reading.contents)
        said = tr_count(
            "{count} case has no assessor.", "{count} cases have no assessor.", len(nobodys)
        )
        self._nobodys.setText(said if nobodys else "")
        self._nobodys_bar.setVisible(bool(nobodys))
        waiting = self._waiting
        self._to_do.setText("\n".join(one.sentence for one in waiting))
        self._to_do_bar.setVisible(bool(waiting))

    def _make(self, folder: Path, names: Collection[str], *more: str) -> None:
        document = self.session.reading.document
        lead, passphrase, clock = document.path, document.passphrase, document.clock

        def work(progress: Progress) -> tuple[HandedOut, ...]:
            with open_case_file(lead, passphrase, clock=clock) as opened:
                return handing_out.hand_out(opened, folder, only=names, progress=progress)

        title = tr("Making the case files")
        made: tuple[HandedOut, ...] | None = run_apart(self, self.session, title, work)
        if made is None:
            return
        said = tr_count(
            "{count} case file is in {folder}.",
            "{count} case files are in {folder}.",
            len(made),
            folder=folder,
        )
        self._notice.show()
        self._said.setText("\n".join((f"✓ {said}", *more)))
        self.refresh()
        self.handed_out.emit()

    def _choose(self, only: str = "") -> None:
        if folder := self._chosen_folder():
            self.hand_out_to(folder, only=only)

    def _choose_again(self) -> None:
        if folder := self._chosen_folder():
            self.hand_out_again(folder)

    def _chosen_folder(self) -> Path | None:
        title = tr("Where to put the case files (an empty folder)")
        folder = QFileDialog.getExistingDirectory(self, title, self.session.folder)
        return Path(folder) if folder else None

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
        see_to = button(tr("Go to Allocation"), "", self.allocation_wanted.emit)
        fresh = button(tr("Hand these out..."), "", self._choose_again)
        self._nobodys_bar = _bar(self._nobodys, see_to)
        self._to_do_bar = _bar(self._to_do, fresh)
        self.inside.addWidget(self._nobodys_bar)
        self.inside.addWidget(self._to_do_bar)
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


def _bar(said: QWidget, way_out: QWidget) -> QWidget:
    """A warning with what to do about it beside it."""
    bar = frame("notice")
    across = QHBoxLayout(bar)
    margins(across, 16, 10, 16, 10, 12)
    across.addWidget(said, 1)
    across.addWidget(way_out, 0, Qt.AlignmentFlag.AlignTop)
    return bar
