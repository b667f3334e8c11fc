"""The steps that take a table in: the sample, and the team."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import inspection
from hmip_desktop.sample_sheet import SamplePreview, TeamPreview, preview_sample, preview_team
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

_MOST_ROWS = 12


class _TableStep(Step):
    """A table on its way in above, and what is in the case file already below."""

    def __init__(self, session: Session, title: str, text: str, source: TableImport) -> None:
        super().__init__(session, title, text)
        self.source = source
        self._view = quiet_table(title)
        self._model = TableModel((), self)
        tables.dress(self._view, self._model)
        self._there = label("", "heading")
        self._card = frame("card")
        inside = QVBoxLayout(self._card)
        margins(inside, 8, 6, 8, 6)
        inside.addWidget(self._view)
        self.usual = QWidget()
        self.usual.setProperty("role", "clear")
        usual = QVBoxLayout(self.usual)
        margins(usual, 0, 0, 0, 0, 12)
        for part in (source, self._there, self._card):
            usual.addWidget(part)
        self.inside.addWidget(self.usual)
        self.inside.addStretch(1)

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


class SampleStep(_TableStep):
    """Takes the sample in."""

    def __init__(self, session: Session) -> None:
        words = ImportWords(
            tr("Choose the sample..."),
            tr("An Excel or csv file with one row a case, or drop it here. No names of people."),
            lambda count: tr_count("Add {count} case", "Add {count} cases", count),
        )
        source = TableImport(words, preview_sample)
        text = tr("The cases that are inspected. More can be added later in the week.")
        super().__init__(session, tr("Sample"), text, source)
        source.taken.connect(self.take)
        self.drawing = DrawPart(session)
        self.drawing.left.connect(lambda: self.show_drawing(False))
        self._draw = button(tr("Draw from a long list..."), "", lambda: self.show_drawing(True))
        self._way_in = side_by_side(self._draw)
        self.wanted = label(_wanted_columns(), "quiet", wrap=True)
        for part in (self.wanted, self._way_in, self.drawing):
            self.inside.insertWidget(self.inside.indexOf(self.usual), part)
        self.drawing.hide()

    def show_drawing(self, is_shown: bool) -> None:
        """Draw a sample in the place of the step, or go back to it."""
        self.drawing.setVisible(is_shown)
        self.usual.setVisible(not is_shown)
        self._way_in.setVisible(not is_shown)
        self._show_wanted()
        (self.drawing if is_shown else self._draw).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def state(self) -> str:
        """How many cases there are."""
        count = len(self.session.reading.contents.cases)
        return tr_count("{count} case", "{count} cases", count) if count else tr("no cases yet")

    def refresh(self) -> None:
        """Show the cases as they stand."""
        rows = set_up.case_rows(self.session.reading.contents)
        columns = set_up.case_columns(rows, allocated=False)
        said = tr_count("{count} case in the sample", "{count} cases in the sample", len(rows))
        self.show_rows(rows, columns, said if rows else "")
        self._show_wanted()

    def take(self, preview: SamplePreview) -> None:
        """Add the cases of a table to the sample."""
        rows = preview.cases()
        if not self.session.run(lambda reading: inspection.add_cases(reading.document, rows)):
            self.source.forget()

    def _show_wanted(self) -> None:
        has_cases = bool(self.session.reading.contents.cases)
        self.wanted.setVisible(not has_cases and self.drawing.isHidden())


def _wanted_columns() -> str:
    return tr(
        "Columns: reference (required); LDU, case type, RoSH, gender, ethnicity, principal "
        "offence, offender manager, tier and sentence date are known, others are kept."
    )


class TeamStep(_TableStep):
    """Takes the team list in."""

    def __init__(self, session: Session) -> None:
        words = ImportWords(
            tr("Choose the team list..."),
            tr("An Excel or csv file with name and role, or drop it here."),
            lambda count: tr_count("Add {count} person", "Add {count} people", count),
        )
        source = TableImport(words, preview_team)
        text = tr(
            "Who takes part. Cases go to inspectors and local assessors; where the list says at "
            "which office a local assessor works, they get none of its cases."
        )
        super().__init__(session, tr("Team"), text, source)
        source.taken.connect(self.take)

    @property
    def state(self) -> str:
        """How many people there are."""
        count = len(self.session.reading.contents.members)
        return tr_count("{count} person", "{count} people", count)

    def refresh(self) -> None:
        """Show the team as it stands."""
        rows = set_up.people(self.session.reading.contents)
        said = tr_count("{count} person in the team", "{count} people in the team", len(rows))
        self.show_rows(rows, set_up.team_columns(), said)

    def take(self, preview: TeamPreview) -> None:
        """Add the people of a list to the team."""
        rows = preview.people()
        if not self.session.run(lambda reading: inspection.add_people(reading.document, rows)):
            self.source.forget()
