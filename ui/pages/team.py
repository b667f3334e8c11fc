"""The team, for the lead: how far everybody is, merging their files, settling conflicts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.casefile import records
from hmip_desktop.casefile.records import Conflict
from hmip_desktop.clock import shown
from hmip_desktop.form.model import Line
from hmip_desktop.operations import collate
from hmip_desktop.operations.collate import FileResult, Merged
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.progress import Progress
from hmip_desktop.wording import number_of_things
from ui import messages
from ui.models import team, words
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.long_work import run_apart
from ui.session import Session
from ui.theme import scaled
from ui.widgets.conflict_card import ConflictCard, ConflictState, Side, conflict_cards
from ui.widgets.delegates import quiet_table
from ui.widgets.parts import button, empty, frame, label, margins, scrolled

_ROOM_FOR_BOTH = 900


class TeamPage(QWidget):
    """Shows the team of the lead's case file."""

    def __init__(self, session: Session, language: str) -> None:
        super().__init__()
        self._session, self._language = session, language
        self._results: dict[str, FileResult] = {}
        self._left_out: tuple[FileResult, ...] = ()
        self._view = quiet_table("Team")
        self._model = TableModel(team.COLUMNS, self)
        tables.dress(self._view, self._model)
        self._summary = label("", "quiet", wrap=True)
        self._news = QVBoxLayout()
        self._conflicts = QVBoxLayout()
        self._cards: list[ConflictCard] = []
        self._conflict_title = label("", "title", wrap=True)
        self._conflict_text = label("", "quiet", wrap=True)
        self._lay_out()

    @property
    def conflict_cards(self) -> list[ConflictCard]:
        """The cards of the open conflicts."""
        return list(self._cards)

    def refresh(self) -> None:
        """Show the team as it stands."""
        rows = team.rows(self._session.reading, self._results)
        self._model.show(rows)
        tables.fit(self._view, self._model)
        tables.sort_by(self._view, 0)
        height = tables.fit_height(self._view, len(rows))
        self._card.setFixedHeight(height + scaled(16))
        cases = sum(row.cases for row in rows)
        signed = sum(row.signed_off for row in rows)
        self._summary.setText(
            f"{signed} of {number_of_things(cases, 'assessment')} signed off, "
            f"by {number_of_things(len(rows), 'person', 'people')}. "
            "Drop team files here to merge them."
        )
        self._show_news()
        self._show_conflicts()

    def merge(self, files: Sequence[Path]) -> None:
        """Merge team files, on a thread with its own opening of the lead's file."""
        lead, passphrase = self._session.path, self._session.passphrase

        def work(progress: Progress) -> Merged:
            with open_case_file(lead, passphrase) as document:
                return collate.merge(document, files, progress=progress)

        merged: Merged | None = run_apart(self, self._session, "Merging team files", work)
        if merged is not None:
            self._results |= {one.owner: one for one in merged.files if one.owner}
            self._left_out = tuple(one for one in merged.files if one.why)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the conflicts come under the team."""
        super().resizeEvent(event)
        wide = event.size().width() >= scaled(_ROOM_FOR_BOTH)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(across if wide else down)

    def _lay_out(self) -> None:
        both = QWidget()
        both.setProperty("role", "clear")
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        margins(self._halves, 0, 0, 0, 0)
        self._halves.addWidget(self._made_left(), 11)
        self._halves.addWidget(self._made_right(), 9)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0)
        layout.addWidget(scrolled(both))

    def _made_left(self) -> QWidget:
        heads = QVBoxLayout()
        margins(heads, 0, 0, 0, 0, 2)
        heads.addWidget(label("Team", "title"))
        heads.addWidget(self._summary)
        top = QHBoxLayout()
        margins(top, 0, 0, 0, 0, 10)
        top.addLayout(heads, 1)
        merge = button("Merge files...", "primary", self._choose_files)
        top.addWidget(merge, 0, Qt.AlignmentFlag.AlignBottom)
        self._card = frame("card")
        inside = QVBoxLayout(self._card)
        margins(inside, 8, 6, 8, 6)
        inside.addWidget(self._view)
        self._news_card = frame("notice")
        margins(self._news, 16, 10, 16, 10, 6)
        self._news_card.setLayout(self._news)
        left = QWidget()
        left.setProperty("role", "clear")
        layout = QVBoxLayout(left)
        margins(layout, 28, 20, 28, 20, 12)
        layout.addLayout(top)
        layout.addWidget(self._card)
        layout.addWidget(self._news_card)
        layout.addStretch(1)
        return left

    def _made_right(self) -> QWidget:
        right = frame("right")
        outside = QVBoxLayout(right)
        margins(outside, 0, 0, 0, 0)
        inside = QWidget()
        inside.setProperty("role", "clear")
        layout = QVBoxLayout(inside)
        margins(layout, 28, 20, 28, 20, 8)
        margins(self._conflicts, 0, 8, 0, 0, 12)
        layout.addWidget(self._conflict_title)
        layout.addWidget(self._conflict_text)
        layout.addLayout(self._conflicts)
        layout.addStretch(1)
        outside.addWidget(inside)
        return right

    def _show_news(self) -> None:
        empty(self._news)
        for one in self._left_out:
            self._news.addWidget(label(f"{one.path.name}: {one.why}", "noticeText", wrap=True))
        self._news_card.setVisible(bool(self._left_out))

    def _show_conflicts(self) -> None:
        conflicts = self._session.reading.contents.conflicts
        number = len(conflicts)
        title = f"{number_of_things(number, 'answer')} in conflict" if number else "No conflicts"
        self._conflict_title.setText(title)
        self._conflict_text.setText(
            "The same answer was changed in two places that had not seen each other. "
            "Nothing is counted until you choose."
            if number
            else "When two copies of a case file say different things, both sides come up here."
        )
        empty(self._conflicts)
        self._cards = conflict_cards([self._state(one) for one in conflicts])
        for card in self._cards:
            card.settled.connect(self._settle)
            self._conflicts.addWidget(card)

    def _state(self, conflict: Conflict) -> ConflictState:
        contents, form = self._session.reading.contents, self._session.form
        question = form.question_by_name.get(conflict.question)
        is_answer = conflict.field.name.startswith(records.ANSWER)
        case = contents.cases.get(conflict.key.case) if conflict.key else None
        sides = []
        for entry in conflict.sides:
            value = str(entry.value or "")
            said, line = value or "Taken back", Line.NOT_COUNTED
            if question is not None and is_answer and value:
                said = words.answer(question, value, self._language)
                line = question.line_of(value)
            when = f"{contents.name_of(entry.author)}, {shown(entry.at)}"
            sides.append(Side(entry.id, said, line, when))
        number = question.number if question else conflict.question
        what = number if is_answer else f"note on {number}"
        text = question.label.in_language(self._language) if question else conflict.field.name
        where = f"{case.reference}, {what}" if case else what
        return ConflictState(conflict.id, where, text, tuple(sides))

    def _settle(self, conflict: str, keep: str, why: str) -> None:
        found = self._session.reading.contents.conflicts
        one = next((c for c in found if c.id == conflict), None)
        if one is not None and (refusal := self._session.settle(one, keep, why)):
            messages.refused(self, refusal)
        self.refresh()

    def _choose_files(self) -> None:
        title = "Choose the case files that were handed in"
        names, _ = QFileDialog.getOpenFileNames(self, title, "", "Case files (*.hmip)")
        if names:
            self.merge([Path(name) for name in names])
