"""The results, for the lead: sections as bars, questions of one section as a table."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.operations import consolidate, report
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import Scored
from hmip_desktop.progress import Progress
from hmip_desktop.scoring import shown
from hmip_desktop.settings import Settings
from hmip_desktop.wording import number_of_things
from ui.models import results
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.long_work import run_apart
from ui.session import Session
from ui.theme import scaled
from ui.widgets.delegates import quiet_table
from ui.widgets.parts import button, frame, label, margins, scrolled
from ui.widgets.score_rows import SectionRow, SectionScores


class ResultsPage(QWidget):
    """What the answers come to."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self._scored: Scored | None = None
        self._section = ""
        self._summary = label("", "quiet", wrap=True)
        self._provisional = label("", "noticeText", wrap=True)
        self._sections = SectionScores()
        self._sections.chosen.connect(self._choose)
        self._title = label("", "heading", wrap=True)
        self._view = quiet_table("Questions of the section")
        self._model = TableModel(results.question_columns(settings.small_group), self)
        tables.dress(self._view, self._model, score=True)
        self._written = label("", "above", wrap=True)
        self._written.hide()
        self._lay_out()

    def refresh(self) -> None:
        """Work the scores out anew."""
        self._scored = report.scored(self._session.reading)
        sections = self._scored.scores.sections
        self._section = self._section or (sections[0].id if sections else "")
        cases = len(self._session.reading.contents.cases)
        conflicts = number_of_things(self._scored.conflicts, "answer")
        self._summary.setText(
            f"{self._scored.assessments} of {number_of_things(cases, 'case')} signed off, "
            f"{conflicts if self._scored.conflicts else 'no answers'} in conflict. "
            "Mean of the proportions above the line."
        )
        self._provisional_card.setVisible(self._scored.provisional)
        self._provisional.setText(
            "Provisional: these results rest on unfinished cases or on answers in conflict."
        )
        self._show_sections()
        self._show_questions()

    def write_workbook_to(self, path: Path) -> None:
        """Write the consolidated workbook, on a thread with its own opening of the file."""
        source, passphrase = self._session.path, self._session.passphrase

        def work(progress: Progress) -> Path:
            with open_case_file(source, passphrase, write=False) as document:
                consolidate.write_workbook(Reading(document), path, progress=progress)
            return path

        written = run_apart(self, self._session, "Writing the workbook", work)
        if written is not None:
            self._written.setText(f"✓ Saved as {path.name} in {path.parent}.")
            self._written.show()

    def _lay_out(self) -> None:
        heads = QVBoxLayout()
        margins(heads, 0, 0, 0, 0, 2)
        heads.addWidget(label("Work done well enough", "title"))
        heads.addWidget(self._summary)
        heads.addWidget(self._written)
        top = QHBoxLayout()
        margins(top, 0, 0, 0, 0, 10)
        top.addLayout(heads, 1)
        bottom = Qt.AlignmentFlag.AlignBottom
        top.addWidget(button("Copy table", "", self._copy), 0, bottom)
        top.addWidget(button("Excel workbook...", "primary", self._choose_workbook), 0, bottom)
        self._provisional_card = frame("notice")
        notice = QHBoxLayout(self._provisional_card)
        margins(notice, 16, 8, 16, 8)
        notice.addWidget(self._provisional)
        bars = frame("card")
        inside = QVBoxLayout(bars)
        margins(inside, 8, 8, 8, 8)
        inside.addWidget(self._sections)
        card = frame("card")
        rows = QVBoxLayout(card)
        margins(rows, 8, 10, 8, 6, 4)
        title = QHBoxLayout()
        margins(title, 10, 0, 10, 0)
        title.addWidget(self._title)
        rows.addLayout(title)
        rows.addWidget(self._view, 1)
        inner = QWidget()
        inner.setProperty("role", "clear")
        layout = QVBoxLayout(inner)
        margins(layout, 28, 20, 28, 20, 12)
        layout.addLayout(top)
        layout.addWidget(self._provisional_card)
        layout.addWidget(bars)
        layout.addWidget(card, 1)
        card.setMinimumHeight(scaled(300))
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        outer.addWidget(scrolled(inner))

    def _choose(self, section: str) -> None:
        self._section = section
        self._show_questions()

    def _show_sections(self) -> None:
        assert self._scored is not None
        rows = [
            SectionRow(one.id, f"{one.id} {one.label}", shown(one.score), results.share(one.score))
            for one in self._scored.scores.sections
        ]
        self._sections.show_rows(rows, self._section)

    def _show_questions(self) -> None:
        assert self._scored is not None
        rows = results.question_rows(self._scored, self._section, self._settings.language)
        self._model.show(rows)
        tables.fit(self._view, self._model)
        self._view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        found = (one for one in self._scored.scores.sections if one.id == self._section)
        if section := next(found, None):
            self._title.setText(f"{section.id} {section.label}, question by question")

    def _copy(self) -> None:
        """The table on screen as text that pastes into a sheet."""
        columns = self._model.columns
        lines = ["\t".join(column.heading for column in columns)]
        lines += ["\t".join(column.shown(row) for column in columns) for row in self._model.rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _choose_workbook(self) -> None:
        suggested = str(self._session.path.with_name(f"{self._session.title} workbook.xlsx"))
        title = "Save the consolidated workbook"
        name, _ = QFileDialog.getSaveFileName(self, title, suggested, "Excel workbook (*.xlsx)")
        if name:
            self.write_workbook_to(Path(name).with_suffix(".xlsx"))
