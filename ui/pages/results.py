"""The results, for the lead: sections as bars, questions of one section as a table."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations import consolidate, report
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import Scored
from hmip_desktop.progress import Progress
from hmip_desktop.scoring import shown
from hmip_desktop.settings import Settings
from ui.models import results
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.long_work import run_apart
from ui.session import Session
from ui.theme import scaled
from ui.widgets import copying
from ui.widgets.delegates import quiet_table
from ui.widgets.parts import button, frame, label, margins, scrolled
from ui.widgets.score_picture import ScoreChart, SectionRow
from ui.widgets.score_rows import SectionScores

_ROOM_FOR_ALL, _ROOM_FOR_BARS = 1100, 720
_BARS = 1
_PROVISIONAL = mark(
    "Provisional: these results rest on unfinished cases or on answers in conflict."
)


class ResultsPage(QWidget):
    """What the answers come to."""

    team_wanted = Signal()

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
        self._view = quiet_table(tr("Questions of the section"))
        self._model = TableModel(results.question_columns(settings.small_group), self)
        tables.dress(self._view, self._model, score=True)
        self._done = label("", "above", wrap=True)
        self._done.hide()
        self._lay_out()

    def refresh(self) -> None:
        """Work the scores out anew."""
        self._scored = report.scored(self._session.reading)
        sections = self._scored.scores.sections
        self._section = self._section or (sections[0].id if sections else "")
        cases = len(self._session.reading.contents.cases)
        self._summary.setText(_summary(self._scored, cases))
        self._provisional_card.setVisible(self._scored.provisional)
        unsettled = results.unsettled(self._session.reading, self._scored)
        self._provisional.setText("\n".join((tr(_PROVISIONAL), *unsettled)))
        self._done.hide()
        self._show_sections()
        self._show_questions()

    def write_workbook_to(self, path: Path) -> None:
        """Write the consolidated workbook, on a thread with its own opening of the file."""
        source, passphrase = self._session.path, self._session.passphrase

        def work(progress: Progress) -> Path:
            with open_case_file(source, passphrase, write=False) as document:
                consolidate.write_workbook(Reading(document), path, progress=progress)
            return path

        written = run_apart(self, self._session, tr("Writing the workbook"), work)
        if written is not None:
            self._say_done(tr("✓ Saved as {file} in {folder}.", file=path.name, folder=path.parent))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or with large text, the questions need the room themselves."""
        super().resizeEvent(event)
        width = event.size().width()
        tables.hide_spare(self._view, self._model, narrow=width < scaled(_ROOM_FOR_ALL))
        self._view.setColumnHidden(_BARS, width < scaled(_ROOM_FOR_BARS))

    def _lay_out(self) -> None:
        heads = QVBoxLayout()
        margins(heads, 0, 0, 0, 0, 2)
        heads.addWidget(label(tr("Work done well enough"), "title"))
        heads.addWidget(self._summary)
        heads.addWidget(self._done)
        top = QHBoxLayout()
        margins(top, 0, 0, 0, 0, 10)
        top.addLayout(heads, 1)
        bottom = Qt.AlignmentFlag.AlignBottom
        workbook = button(tr("Excel workbook..."), "primary", self._choose_workbook)
        top.addWidget(workbook, 0, bottom)
        self._provisional_card = frame("notice")
        notice = QHBoxLayout(self._provisional_card)
        margins(notice, 16, 8, 16, 8, 10)
        notice.addWidget(self._provisional, 1)
        notice.addWidget(button(tr("Go to the team"), "link", self.team_wanted.emit))
        scores = label(tr("Score of each section"), "heading", wrap=True)
        bars = _card(scores, button(tr("Copy picture"), "link", self._copy_picture), self._sections)
        card = _card(self._title, button(tr("Copy table"), "link", self._copy_table), self._view)
        inner = QWidget()
        inner.setProperty("role", "clear")
        layout = QVBoxLayout(inner)
        margins(layout, 28, 20, 28, 20, 12)
        layout.addLayout(top)
        layout.addWidget(self._provisional_card)
        layout.addWidget(bars)
        layout.addWidget(card)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        area = scrolled(inner)
        outer.addWidget(area)
        tables.keep_in_view(self._view, area)

    def _choose(self, section: str) -> None:
        self._section = section
        self._show_questions()

    def _show_sections(self) -> None:
        assert self._scored is not None
        rows = tuple(
            SectionRow(one.id, self._name(one.id), shown(one.score), results.share(one.score))
            for one in self._scored.scores.sections
        )
        notes = (self._summary.text(), *((tr(_PROVISIONAL),) if self._scored.provisional else ()))
        title = tr("{inspection}: work done well enough", inspection=self._session.title)
        self._sections.show_chart(ScoreChart(title, notes, rows), self._section)

    def _show_questions(self) -> None:
        assert self._scored is not None
        rows = results.question_rows(self._scored, self._section, self._settings.language)
        self._model.show(rows)
        tables.fit(self._view, self._model)
        tables.show_whole(self._view, len(rows))
        self._view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._title.setText(
            tr("{section}, question by question", section=self._name(self._section))
        )

    def _name(self, section: str) -> str:
        """A section as people say it: its number and its name."""
        language = self._settings.language
        names = {one.id: one.label.in_language(language) for one in self._session.form.sections}
        return f"{section} {names.get(section, '')}".strip()

    def _copy_picture(self) -> None:
        self._sections.copy_picture()
        self._say_done(tr("✓ The scores are copied as a picture."))

    def _copy_table(self) -> None:
        copying.copy_table(copying.shown(self._view))
        self._say_done(tr("✓ The table is copied."))

    def _say_done(self, sentence: str) -> None:
        self._done.setText(sentence)
        self._done.show()

    def _choose_workbook(self) -> None:
        proposed = tr("{inspection} workbook", inspection=self._session.title)
        suggested = str(self._session.path.with_name(f"{proposed}.xlsx"))
        title, kind = tr("Save the consolidated workbook"), tr("Excel workbook (*.xlsx)")
        name, _ = QFileDialog.getSaveFileName(self, title, suggested, kind)
        if name:
            self.write_workbook_to(Path(name).with_suffix(".xlsx"))


def _summary(scored: Scored, cases: int) -> str:
    """What the results rest on, in words."""
    return " ".join(
        (
            tr_count(
                "{signed} of {count} case signed off.",
                "{signed} of {count} cases signed off.",
                cases,
                signed=scored.assessments,
            ),
            tr_count(
                "{count} answer in conflict.", "{count} answers in conflict.", scored.conflicts
            )
            if scored.conflicts
            else tr("No answers in conflict."),
            tr("Mean of the proportions above the line."),
        )
    )


def _card(title: QLabel, link: QPushButton, content: QWidget) -> QWidget:
    """A card with its heading, what can be taken from it, and its content."""
    card = frame("card")
    inside = QVBoxLayout(card)
    margins(inside, 8, 6, 8, 8, 2)
    heads = QHBoxLayout()
    margins(heads, 10, 0, 10, 0, 10)
    heads.addWidget(title, 1)
    heads.addWidget(link)
    inside.addLayout(heads)
    inside.addWidget(content)
    return card
