"""The sections as bars, the criteria of one of them, and its questions."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QTableView, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from hmip_desktop.operations.report import Scored
from hmip_desktop.scoring import shown
from hmip_desktop.settings import Settings
from ui.models import results
from ui.models.sort_proxy import ROW_ROLE
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.results_cards import card, inset
from ui.session import Session
from ui.theme import scaled
from ui.widgets import copying
from ui.widgets.delegates import quiet_table
from ui.widgets.parts import button, label, margins
from ui.widgets.score_picture import ScoreChart, SectionRow
from ui.widgets.score_rows import SectionScores

_ROOM_FOR_ALL, _ROOM_FOR_BARS = 1000, 720
_BARS = 1


class SectionsPart(QWidget):
    """What the answers come to; `question_wanted` asks for the cases behind a question."""

    question_wanted = Signal(str)
    done = Signal(str)

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._session, self._settings = session, settings
        self._scored: Scored | None = None
        self._section = self._criterion = ""
        self._room = self.width()
        self._sections = SectionScores()
        self._sections.chosen.connect(self._choose)
        self._said = label("", "small", wrap=True)
        self._criteria_title = label("", "heading", wrap=True)
        self._criteria = quiet_table(tr("Criteria of the section"))
        self._criteria_model = TableModel(results.criterion_columns(preliminary=False), self)
        tables.dress(self._criteria, self._criteria_model, score=True)
        self._title = label("", "heading", wrap=True)
        self._view = quiet_table(tr("Questions of the section"))
        self._model = TableModel(results.question_columns(settings.small_group), self)
        tables.dress(self._view, self._model, score=True)
        self._criteria.selectionModel().currentRowChanged.connect(self._criterion_came)
        self._view.clicked.connect(self._clicked)
        self._lay_out()

    def follow(self, area: QScrollArea) -> None:
        """Keep the rows that the keyboard comes to in view."""
        tables.keep_in_view(self._criteria, area)
        tables.keep_in_view(self._view, area)

    def show_scored(self, scored: Scored, notes: tuple[str, ...]) -> None:
        """Show scores; the notes go with the picture of the sections."""
        self._scored = scored
        sections = scored.scores.sections
        self._section = self._section or (sections[0].id if sections else "")
        rows = tuple(
            SectionRow(one.id, self._name(one.id), shown(one.score), results.share(one.score))
            for one in sections
        )
        title = tr("{inspection}: work done well enough", inspection=self._session.title)
        self._sections.show_chart(ScoreChart(title, notes, rows), self._section)
        self._show_section()

    def take_focus(self) -> None:
        """Put the focus on the questions, where one was before."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def make_room(self, width: int) -> None:
        """In a narrow window, or with large text, the names need the room themselves."""
        self._room = width
        for view, model in ((self._criteria, self._criteria_model), (self._view, self._model)):
            tables.hide_spare(view, model, narrow=width < scaled(_ROOM_FOR_ALL))
            view.setColumnHidden(_BARS, width < scaled(_ROOM_FOR_BARS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on: from a criterion to its questions, from a question to its cases."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self._criteria.hasFocus():
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self._view.currentIndex().isValid():
                self._view.selectRow(0)
        elif self._view.hasFocus():
            self._want(self._view.currentIndex())
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        heading = label(tr("Score of each section"), "heading", wrap=True)
        picture = button(tr("Copy picture"), "link", self._copy_picture)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        layout.addWidget(card(heading, picture, self._sections, inset(self._said)))
        copy = button(tr("Copy table"), "link", lambda: self._copy(self._criteria))
        copy.setAccessibleName(tr("Copy the table of criteria"))
        layout.addWidget(card(self._criteria_title, copy, self._criteria))
        hint = label(tr("Choose a question to see the cases behind it."), "small", wrap=True)
        copy = button(tr("Copy table"), "link", lambda: self._copy(self._view))
        layout.addWidget(card(self._title, copy, inset(hint), self._view))

    def _choose(self, section: str) -> None:
        self._section, self._criterion = section, ""
        self._show_section()

    def _show_section(self) -> None:
        assert self._scored is not None
        name = self._name(self._section)
        self._said.setText(results.section_said(self._scored, self._section, name))
        language, preliminary = self._settings.language, self._scored.preliminary
        rows = results.criterion_rows(self._scored, self._session.form, self._section, language)
        kept = next((at for at, row in enumerate(rows) if row.id == self._criterion), 0)
        self._criteria_title.setText(tr("{section}, criterion by criterion", section=name))
        columns = results.criterion_columns(preliminary=preliminary, fraction=self._scored.fraction)
        self._criteria_model.show(rows, columns)
        self._fit(self._criteria, self._criteria_model)
        self._criteria.selectRow(kept)
        self._show_questions()

    def _criterion_came(self, current: QModelIndex, _: QModelIndex) -> None:
        row = current.data(ROW_ROLE) if current.isValid() else None
        if row is not None and row.id != self._criterion:
            self._criterion = row.id
            self._show_questions()

    def _show_questions(self) -> None:
        assert self._scored is not None
        language, small = self._settings.language, self._settings.small_group
        rows = results.question_rows(self._scored, self._section, language, self._criterion)
        before = self._view.currentIndex().data(ROW_ROLE)
        columns = results.question_columns(
            small, preliminary=self._scored.preliminary, fraction=self._scored.fraction
        )
        self._model.show(rows, columns)
        self._fit(self._view, self._model)
        names = [row.score.question.name for row in rows]
        if before is not None and before.score.question.name in names:
            self._view.selectRow(names.index(before.score.question.name))
        of = self._criterion_name() if self._criterion else self._name(self._section)
        self._title.setText(tr("{section}, question by question", section=of))

    def _fit(self, view: QTableView, model: TableModel) -> None:
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        tables.fit(view, model)
        tables.show_whole(view, len(model.rows))
        self.make_room(self._room)

    def _name(self, section: str) -> str:
        """A section as people say it: its number and its name."""
        return results.section_name(self._session.form, section, self._settings.language)

    def _criterion_name(self) -> str:
        rows: tuple[results.CriterionRow, ...] = self._criteria_model.rows
        return next((row.title for row in rows if row.id == self._criterion), "")

    def _clicked(self, index: QModelIndex) -> None:
        """A plain click goes on; with Shift or Ctrl rows are chosen for copying."""
        if QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._want(index)

    def _want(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if row is not None:
            self.question_wanted.emit(row.score.question.name)

    def _copy_picture(self) -> None:
        self._sections.copy_picture()
        self.done.emit(tr("✓ The scores are copied as a picture."))

    def _copy(self, view: QTableView) -> None:
        copying.copy_table(copying.shown(view))
        self.done.emit(tr("✓ The table is copied."))
