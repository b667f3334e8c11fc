"""The steps that take a table in: the sample, and the team."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import adding
from hmip_desktop.operations.adding import Added
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.reading import Reading
from hmip_desktop.sample_sheet import SamplePreview, TeamPreview, preview_sample, preview_team
from hmip_desktop.sample_sheet.preview import Known, Preview
from ui import messages
from ui.models import set_up
from ui.models.table import Column, TableModel
from ui.pages import tables
from ui.pages.set_up.draw import DrawPart
from ui.pages.set_up.step import Step
from ui.pages.set_up.table_import import ImportWords, TableImport
from ui.session import Session
from ui.theme import scaled
from ui.widgets.delegates import quiet_table
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, frame, label, margins
from ui.widgets.undo_here import UndoHere

_MOST_ROWS = 12


class _TableStep(Step):
    """A table on its way in above, and what is in the case file already below.

    What the last table came to is said between the two, and can be undone there.
    """

    def __init__(
        self,
        session: Session,
        title: str,
        text: str,
        words: ImportWords,
        read: Callable[[Path], Preview],
    ) -> None:
        super().__init__(session, title, text)
        self.source = TableImport(words, lambda path: read(path).among(self._known), session.folder)
        self.source.undo_wanted.connect(self.undo)
        self._added: Added | None = None
        self._view = quiet_table(title)
        self._model = TableModel((), self)
        tables.dress(self._view, self._model)
        self._came_to = self._made_came_to()
        self._there = label("", "heading")
        self._card = frame("card")
        inside = QVBoxLayout(self._card)
        margins(inside, 8, 6, 8, 6)
        inside.addWidget(self._view)
        self.usual = QWidget()
        self.usual.setProperty("role", "clear")
        usual = QVBoxLayout(self.usual)
        margins(usual, 0, 0, 0, 0, 12)
        for part in (self.source, self._came_to, self._there, self._card):
            usual.addWidget(part)
        UndoHere(self.usual, self.source.undo)
        self.inside.addWidget(self.usual)
        self.inside.addStretch(1)

    @property
    def said(self) -> str:
        """What the last table came to, in words; empty once it is undone."""
        return self._said.text()

    def show_rows(self, rows: Sequence[Any], columns: Sequence[Column], said: str) -> None:
        """Show what is in the case file."""
        self._model.show(rows, columns)
        tables.fit(self._view, self._model)
        tables.give_headings_room(self._view)
        tables.sort_by(self._view, 0)
        height = tables.fit_height(self._view, len(rows))
        self._view.setMinimumHeight(min(height, scaled(40 * _MOST_ROWS)))
        self._there.setText(said)
        self._card.setVisible(bool(rows))

    def take(self, preview: Preview) -> None:
        """Take a table in, held once more against what is there by now."""
        made: list[Added] = []

        def work(reading: Reading) -> Changes:
            made.append(self._add(reading, preview.among(self._known)))
            return made[0].changes

        if refusal := self.session.run(work):
            messages.refused(self, refusal)
            return
        self.source.forget()
        self._say(made[0])

    def undo(self) -> None:
        """Take the last table back, where nobody went on from it."""
        if self._added is None:
            return
        added = self._added
        refusal = self.session.run(lambda reading: adding.take_back(reading.document, added))
        if refusal:
            messages.refused(self, refusal)
            return
        self._say(None)

    @property
    @abstractmethod
    def _known(self) -> Known:
        """What is in the case file already."""

    @abstractmethod
    def _add(self, reading: Reading, preview: Any) -> Added:
        """Add what a table holds."""

    def _say(self, added: Added | None) -> None:
        self._added = added
        self._said.setText("\n".join(_in_words(added)) if added else "")
        self._came_to.setVisible(added is not None)
        self.bring_into_view(self._came_to if added else self._there)

    def _made_came_to(self) -> QWidget:
        card = frame("card")
        self._said = label("", wrap=True)
        across = QHBoxLayout(card)
        margins(across, 16, 10, 16, 10, 8)
        across.addWidget(self._said, 1)
        undo = button(tr("Undo this table"), "", self.undo)
        across.addWidget(undo, 0, Qt.AlignmentFlag.AlignTop)
        card.hide()
        return card


def _in_words(added: Added) -> list[str]:
    """What a table came to: how many are new, and who or what was changed."""
    said = []
    if added.new:
        said.append(tr_count("✓ {count} added.", "✓ {count} added.", len(added.new)))
    if added.changed:
        said.append(tr("✓ Changed: {names}.", names=", ".join(added.changed)))
    return said


def _offer(preview: Preview, add: Callable[[int], str], change: Callable[[int], str]) -> str:
    """What taking a table in would do, for its button."""
    if preview.adds and preview.changes:
        return tr("Add {new}, change {known}", new=preview.adds, known=preview.changes)
    if preview.changes:
        return change(preview.changes)
    return add(preview.adds) if preview.adds or preview.problems else tr("Nothing new in it")


class SampleStep(_TableStep):
    """Takes the sample in."""

    def __init__(self, session: Session) -> None:
        words = ImportWords(
            tr("Choose the sample..."),
            tr("An Excel or csv file with one row a case, or drop it here. No names of people."),
            lambda preview: _offer(
                preview,
                lambda count: tr_count("Add {count} case", "Add {count} cases", count),
                lambda count: tr_count("Change {count} case", "Change {count} cases", count),
            ),
        )
        text = tr("The cases that are inspected. More can be added later in the week.")
        super().__init__(session, tr("Sample"), text, words, preview_sample)
        self.source.taken.connect(self.take)
        self.drawing = DrawPart(session)
        self.drawing.left.connect(lambda: self.show_drawing(False))
        self._draw = button(tr("Draw from a long list..."), "", lambda: self.show_drawing(True))
        self.wanted = label(_wanted_columns(), "quiet", wrap=True)
        self._way_in = QWidget()
        self._way_in.setProperty("role", "clear")
        drawn = QVBoxLayout(self._way_in)
        margins(drawn, 0, 0, 0, 0, 12)
        drawn.addWidget(label(_when_to_draw(), "quiet", wrap=True))
        drawn.addWidget(side_by_side(self._draw))
        self.source.lay_around(self.wanted, self._way_in)
        self.inside.insertWidget(self.inside.indexOf(self.usual), self.drawing)
        self.drawing.hide()

    def show_drawing(self, is_shown: bool) -> None:
        """Draw a sample in the place of the step, or go back to it."""
        self.drawing.setVisible(is_shown)
        self.usual.setVisible(not is_shown)
        (self.drawing if is_shown else self._draw).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def state(self) -> str:
        """How many cases there are."""
        count = len(self.session.reading.contents.cases)
        return tr_count("{count} case", "{count} cases", count) if count else tr("no cases yet")

    @property
    def is_done(self) -> bool:
        """Whether there are cases."""
        return bool(self.session.reading.contents.cases)

    def refresh(self) -> None:
        """Show the cases as they stand."""
        rows = set_up.case_rows(self.session.reading.contents)
        columns = set_up.case_columns(rows, allocated=False)
        said = tr_count("{count} case in the sample", "{count} cases in the sample", len(rows))
        self.show_rows(rows, columns, said if rows else "")
        self.wanted.setVisible(not rows)

    @property
    def _known(self) -> Known:
        return adding.known_cases(self.session.reading.contents)

    def _add(self, reading: Reading, preview: SamplePreview) -> Added:
        return adding.add_cases(reading.document, preview.cases())


def _wanted_columns() -> str:
    return tr(
        "Columns: reference (required); LDU, case type, RoSH, gender, ethnicity, principal "
        "offence, offender manager, tier and sentence date are known, others are kept."
    )


def _when_to_draw() -> str:
    return tr(
        "To draw the cases by lot from a list of the whole caseload, or to bring in one of its "
        "reserve:"
    )


class TeamStep(_TableStep):
    """Takes the team list in."""

    def __init__(self, session: Session) -> None:
        words = ImportWords(
            tr("Choose the team list..."),
            tr("An Excel or csv file with name and role, or drop it here."),
            lambda preview: _offer(
                preview,
                lambda count: tr_count("Add {count} person", "Add {count} people", count),
                lambda count: tr_count("Change {count} person", "Change {count} people", count),
            ),
        )
        text = tr(
            "Who takes part. Cases go to inspectors and local assessors; where the list says at "
            "which office a local assessor works, they get none of its cases."
        )
        super().__init__(session, tr("Team"), text, words, preview_team)
        self.source.taken.connect(self.take)

    @property
    def state(self) -> str:
        """How many people there are."""
        count = len(self.session.reading.contents.members)
        return tr_count("{count} person", "{count} people", count)

    @property
    def is_done(self) -> bool:
        """Whether somebody assesses cases."""
        members = self.session.reading.contents.members.values()
        return any(one.role.assesses for one in members)

    def refresh(self) -> None:
        """Show the team as it stands."""
        rows = set_up.people(self.session.reading.contents)
        said = tr_count("{count} person in the team", "{count} people in the team", len(rows))
        self.show_rows(rows, set_up.team_columns(), said)

    @property
    def _known(self) -> Known:
        return adding.known_people(self.session.reading.contents)

    def _add(self, reading: Reading, preview: TeamPreview) -> Added:
        return adding.add_people(reading.document, preview.people())
