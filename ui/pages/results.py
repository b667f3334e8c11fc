"""The results, for the lead: what the answers come to, and what lies behind it."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop import settings
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations import consolidate, publishing, report, summarising
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.publishing import Check, Checked
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import Scored
from hmip_desktop.progress import Progress
from hmip_desktop.settings import Settings
from hmip_desktop.summary.sentences import Style
from ui.models import publishing as said
from ui.models import results
from ui.pages.long_work import run_apart
from ui.pages.results_behind import BehindPage
from ui.pages.results_groups import GroupsPart
from ui.pages.results_publish import PublishPart
from ui.pages.results_sections import SectionsPart
from ui.pages.results_words import WordsPart
from ui.pages.results_workbook import Wanted, WorkbookDialog
from ui.session import Session
from ui.theme import scaled
from ui.widgets.flow import Flow
from ui.widgets.parts import button, frame, label, margins, scrolled
from ui.widgets.saved_line import SavedLine

_NOT_IN_WORKBOOK = mark("The Excel workbook still counts signed-off cases only.")
_ROOM_FOR_BOTH = 600
_LAST_CHOICE = "workbook"
"""Kept with the session, which outlives the pages."""
_RULE = mark("Mean of the proportions above the line.")


class Part(StrEnum):
    """The parts of the results, by what their chips say."""

    SECTIONS = mark("Sections")
    GROUPS = mark("Groups")
    WORDS = mark("In words")
    PUBLISH = mark("Before you publish")


class ResultsPage(QStackedWidget):
    """What the answers come to, one part at a time; a question chosen there shows its cases."""

    team_wanted = Signal()
    queries_wanted = Signal()
    page_wanted = Signal(str)
    case_wanted = Signal(object, str)

    def __init__(self, session: Session, wishes: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, wishes
        self._scored: Scored | None = None
        self._part = Part.SECTIONS
        self._summary = label("", "quiet", wrap=True)
        self._provisional = label("", "noticeText", wrap=True)
        self._done = SavedLine()
        self._unfinished = QCheckBox(tr("Count unfinished cases as well"))
        self._unfinished.setProperty("role", "tick")
        self._unfinished.toggled.connect(lambda _: self.refresh())
        self._sections = SectionsPart(session, wishes)
        self._groups = GroupsPart(session, wishes)
        self._words = WordsPart(session, wishes)
        self._publish = PublishPart()
        self._parts: dict[Part, QWidget] = {
            Part.SECTIONS: self._sections,
            Part.GROUPS: self._groups,
            Part.WORDS: self._words,
            Part.PUBLISH: self._publish,
        }
        self._behind = BehindPage(session, wishes)
        self._files = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._overview = self._made_overview()
        self.addWidget(self._overview)
        self.addWidget(self._behind)
        self._connect()

    @property
    def behind(self) -> BehindPage:
        """The cases behind a question."""
        return self._behind

    @property
    def preliminary(self) -> bool:
        """Whether unfinished cases count as well."""
        return self._unfinished.isChecked()

    def refresh(self) -> None:
        """Work the scores out anew; what was on screen stays there."""
        self._scored = report.scored(self._session.reading, preliminary=self.preliminary)
        cases = len(self._session.reading.contents.cases)
        self._summary.setText(_summary(self._scored, cases))
        self._show_standing(self._scored)
        self._done.clear()
        self._show_part(self._part)
        self._show_checks()
        if self.currentWidget() is self._behind:
            self._behind.show_question(self._behind.question, self._scored)

    def take_focus(self) -> None:
        """Go on among the cases behind a question; else put the focus on the choice of parts."""
        if self.currentWidget() is self._behind:
            self._behind.take_focus()
        else:
            self._chips[self._part].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_part(self, part: Part) -> None:
        """Show one of the parts, above its top."""
        self.setCurrentWidget(self._overview)
        self._show_part(part)

    def show_question(self, name: str) -> None:
        """Show the cases behind the score of a question."""
        assert self._scored is not None
        self._behind.show_question(name, self._scored)
        self.setCurrentWidget(self._behind)
        self._behind.take_focus()

    def write_workbook_to(self, path: Path, wanted: Wanted | None = None) -> None:
        """Write the consolidated workbook; unless something else is wanted, that of the team."""
        chosen = wanted or Wanted()

        def write(reading: Reading, progress: Progress) -> None:
            consolidate.write_workbook(
                reading,
                path,
                notes=chosen.for_team and chosen.notes,
                least=0 if chosen.for_team else chosen.least,
                by=chosen.by,
                progress=progress,
            )

        self._write_apart(path, tr("Writing the workbook"), write)

    def write_summary_to(self, path: Path) -> None:
        """Write the Word summary of what is on screen."""
        style = Style(self._settings.language, self._settings.small_group)
        preliminary = self.preliminary

        def write(reading: Reading, progress: Progress) -> None:
            summarising.write_summary(
                reading, path, style, preliminary=preliminary, progress=progress
            )

        self._write_apart(path, tr("Writing the Word summary"), write)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter among compared questions shows their cases."""
        compared = self._groups.compared
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and compared.hasFocus():
            self._groups.want(compared.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or with large text, the columns that matter most stay."""
        super().resizeEvent(event)
        beside = event.size().width() >= scaled(_ROOM_FOR_BOTH)
        self._files.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        self._sections.make_room(event.size().width())
        self._groups.make_room(event.size().width())

    def _connect(self) -> None:
        for part in (self._sections, self._groups):
            part.question_wanted.connect(self.show_question)
            part.done.connect(self._say_done)
        self._words.done.connect(self._say_done)
        self._groups.field_chosen.connect(self._show_checks)
        self._publish.wanted.connect(self._go_to)
        self._behind.left.connect(self._back)
        self._behind.case_wanted.connect(self.case_wanted)

    def _made_overview(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("resultsInside")
        inner.setProperty("role", "clear")
        layout = QVBoxLayout(inner)
        margins(layout, 28, 20, 28, 20, 12)
        layout.addLayout(self._made_top())
        layout.addWidget(self._made_notice())
        layout.addWidget(self._made_chips())
        for part in self._parts.values():
            layout.addWidget(part)
        layout.addStretch(1)
        area: QScrollArea = scrolled(inner)
        self._sections.follow(area)
        self._groups.follow(area)
        return area

    def _write_apart(
        self, path: Path, title: str, write: Callable[[Reading, Progress], None]
    ) -> None:
        """Write a file on a thread with its own opening of the case file."""
        self._done.clear()
        source, passphrase = self._session.path, self._session.passphrase

        def work(progress: Progress) -> Path:
            with open_case_file(source, passphrase, write=False) as document:
                write(Reading(document), progress)
            return path

        if run_apart(self, self._session, title, work) is not None:
            said = tr("✓ Saved as {file} in {folder}.", file=path.name, folder=path.parent)
            self._done.say(said, path)

    def _made_top(self) -> QHBoxLayout:
        heads = QVBoxLayout()
        margins(heads, 0, 0, 0, 0, 2)
        heads.addWidget(label(tr("Work done well enough"), "title"))
        heads.addWidget(self._summary)
        heads.addWidget(self._done)
        top = QHBoxLayout()
        margins(top, 0, 0, 0, 0, 10)
        top.addLayout(heads, 1)
        margins(self._files, 0, 0, 0, 0, 10)
        self._files.addWidget(button(tr("Word summary..."), "", self._choose_summary))
        self._files.addWidget(button(tr("Excel workbook..."), "primary", self._choose_workbook))
        top.addLayout(self._files)
        top.setAlignment(self._files, Qt.AlignmentFlag.AlignTop)
        return top

    def _made_notice(self) -> QWidget:
        self._notice = frame("notice")
        notice = QHBoxLayout(self._notice)
        margins(notice, 16, 8, 16, 8, 10)
        notice.addWidget(self._provisional, 1)
        notice.addWidget(button(tr("Go to the team"), "link", self.team_wanted.emit))
        return self._notice

    def _made_chips(self) -> QWidget:
        """The choice of a part."""
        made = QWidget()
        made.setProperty("role", "clear")
        row = Flow(made)
        group = QButtonGroup(self)
        self._chips: dict[Part, QPushButton] = {}
        for part in Part:
            chip = button(tr(part.value), "chip", partial(self._show_part, part))
            chip.setCheckable(True)
            group.addButton(chip)
            self._chips[part] = chip
            row.addWidget(chip)
        row.addWidget(self._unfinished)
        return made

    def _show_standing(self, scored: Scored) -> None:
        """Say on what the results rest, where that can still change."""
        lines = list(results.standing(self._session.reading, scored))
        if scored.preliminary:
            lines.append(tr(_NOT_IN_WORKBOOK))
        self._provisional.setText("\n".join(lines))
        self._notice.setVisible(scored.provisional or scored.preliminary)

    def _show_part(self, part: Part) -> None:
        assert self._scored is not None
        self._part = part
        self._chips[part].setChecked(True)
        match part:
            case Part.SECTIONS:
                self._sections.show_scored(self._scored, self._notes(self._scored))
            case Part.GROUPS:
                self._groups.refresh(preliminary=self.preliminary)
            case Part.WORDS:
                self._words.show_scored(self._scored)
        for one, widget in self._parts.items():
            widget.setVisible(one is part)

    def _show_checks(self) -> None:
        checks = publishing.checks(
            self._session.reading,
            self._settings.small_group,
            self._groups.field,
            preliminary=self.preliminary,
        )
        self._publish.show_checks(checks)
        chip, text = self._chips[Part.PUBLISH], said.chip(said.open_count(checks))
        chip.setText(text)
        chip.setAccessibleName(text)

    def _notes(self, scored: Scored) -> tuple[str, ...]:
        """What is to be known of the picture of the scores."""
        if scored.preliminary:
            return self._summary.text(), tr(results.PRELIMINARY)
        return (self._summary.text(), *results.standing(self._session.reading, scored))

    def _go_to(self, checked: Checked) -> None:
        spot = checked.spots[0]
        match checked.check:
            case Check.UNFINISHED:
                self.page_wanted.emit("cases")
            case Check.CONFLICTS:
                self.team_wanted.emit()
            case Check.QUERIES:
                self.queries_wanted.emit()
            case Check.DOUBTS | Check.DIFFERING | Check.REOPENED:
                self.case_wanted.emit(spot.key, spot.question)
            case Check.FEW_ANSWERS:
                self.show_question(spot.question)
            case Check.SMALL_GROUPS:
                self._show_part(Part.GROUPS)

    def _back(self) -> None:
        self.setCurrentWidget(self._overview)
        if self._part is Part.SECTIONS:
            self._sections.take_focus()
        else:
            self._chips[self._part].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_done(self, sentence: str) -> None:
        self._done.say(sentence)

    def _choose_workbook(self) -> None:
        """Ask what goes into it, with the last choice before the eyes; then where it goes."""
        before = self._session.property(_LAST_CHOICE) or Wanted()
        wanted = WorkbookDialog.ask(self._session.reading, before, self)
        if wanted is None:
            return
        self._session.setProperty(_LAST_CHOICE, wanted)
        proposed = tr("{inspection} workbook", inspection=self._session.title)
        if not wanted.for_team:
            proposed = tr("{inspection} workbook for the Trust", inspection=self._session.title)
        title, kind = tr("Save the consolidated workbook"), tr("Excel workbook (*.xlsx)")
        if path := self._chosen_path("workbook", title, kind, f"{proposed}.xlsx"):
            self.write_workbook_to(path, wanted)

    def _choose_summary(self) -> None:
        proposed = tr("{inspection} summary (draft)", inspection=self._session.title)
        title, kind = tr("Save the Word summary"), tr("Word document (*.docx)")
        if path := self._chosen_path("summary", title, kind, f"{proposed}.docx"):
            self.write_summary_to(path)

    def _chosen_path(self, purpose: str, title: str, kind: str, proposed: str) -> Path | None:
        """Where to save: first of all where it was saved the last time."""
        suggested = Path(settings.folder_for(purpose) or self._session.path.parent) / proposed
        name, _ = QFileDialog.getSaveFileName(self, title, str(suggested), kind)
        if not name:
            return None
        settings.keep_folder(purpose, Path(name).parent)
        return Path(name).with_suffix(suggested.suffix)


def _summary(scored: Scored, cases: int) -> str:
    """What the results rest on, in words."""
    conflicts = (
        tr_count("{count} answer in conflict.", "{count} answers in conflict.", scored.conflicts)
        if scored.conflicts
        else tr("No answers in conflict.")
    )
    return " ".join((_counted(scored, cases), conflicts, tr(_RULE)))


def _counted(scored: Scored, cases: int) -> str:
    if scored.preliminary:
        return tr_count(
            "Preliminary: {counted} of {count} case counted, signed off or not.",
            "Preliminary: {counted} of {count} cases counted, signed off or not.",
            cases,
            counted=scored.assessments,
        )
    return tr_count(
        "{signed} of {count} case signed off.",
        "{signed} of {count} cases signed off.",
        cases,
        signed=scored.assessments,
    )
