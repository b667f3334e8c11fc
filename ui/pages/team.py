"""The team, for the lead: how far everybody is, merging their files, settling conflicts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.casefile.records import Conflict
from hmip_desktop.clock import shown
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations import collate
from hmip_desktop.operations.collate import FileResult, Merged
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.progress import Progress
from ui import messages
from ui.models import conflicts, team
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.long_work import run_apart
from ui.session import Session
from ui.theme import scaled
from ui.widgets.conflict_card import ConflictCard, ConflictState, Side, conflict_cards
from ui.widgets.delegates import quiet_table
from ui.widgets.parts import button, empty, frame, label, margins, scrolled

_ROOM_FOR_BOTH, _ROOM_FOR_ALL = 900, 1160
_SAME_FINGERPRINT = mark(
    "A file that came whole has the fingerprint that its assessor saw when handing it in."
)
_CONFLICTS = mark(
    "The same answer was changed in two places that had not seen each other. "
    "Nothing is counted until you choose."
)
_NO_CONFLICTS = mark(
    "When two copies of a case file say different things, both sides come up here."
)


class TeamPage(QWidget):
    """Shows the team of the lead's case file."""

    def __init__(self, session: Session, language: str) -> None:
        super().__init__()
        self._session, self._language = session, language
        self._results: dict[str, FileResult] = {}
        self._merged: tuple[FileResult, ...] = ()
        self._view, self._files = quiet_table(tr("Team")), quiet_table(tr("Files merged"))
        self._model = TableModel(team.columns(), self)
        self._file_model = TableModel(team.file_columns(), self)
        tables.dress(self._view, self._model)
        tables.dress(self._files, self._file_model)
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
        self._card.setFixedHeight(tables.show_whole(self._view, len(rows)) + scaled(16))
        cases = sum(row.cases for row in rows)
        signed = sum(row.signed_off for row in rows)
        self._summary.setText(
            tr_count(
                "{signed} of {all} assessments signed off, by {count} person. "
                "Drop team files here to merge them.",
                "{signed} of {all} assessments signed off, by {count} people. "
                "Drop team files here to merge them.",
                len(rows),
                signed=signed,
                all=cases,
            )
        )
        self._show_merged()
        self._show_conflicts()

    def merge(self, files: Sequence[Path]) -> None:
        """Merge team files, on a thread with its own opening of the lead's file."""
        lead, passphrase = self._session.path, self._session.passphrase

        def work(progress: Progress) -> Merged:
            with open_case_file(lead, passphrase) as document:
                return collate.merge(document, files, progress=progress)

        merged: Merged | None = run_apart(self, self._session, tr("Merging team files"), work)
        if merged is not None:
            self._results |= {one.owner: one for one in merged.files if one.owner}
            self._merged = merged.files
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the conflicts come under the team."""
        super().resizeEvent(event)
        width = event.size().width()
        wide = width >= scaled(_ROOM_FOR_BOTH)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(across if wide else down)
        crowded = wide and width < scaled(_ROOM_FOR_ALL)
        tables.hide_spare(self._view, self._model, narrow=crowded)

    def _lay_out(self) -> None:
        both = QWidget()
        both.setProperty("role", "clear")
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        margins(self._halves, 0, 0, 0, 0)
        self._halves.addWidget(self._made_left(), 11)
        self._halves.addWidget(self._made_right(), 9)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0)
        area = scrolled(both)
        layout.addWidget(area)
        for view in (self._view, self._files):
            tables.keep_in_view(view, area)

    def _made_left(self) -> QWidget:
        heads = QVBoxLayout()
        margins(heads, 0, 0, 0, 0, 2)
        heads.addWidget(label(tr("Team"), "title"))
        heads.addWidget(self._summary)
        top = QHBoxLayout()
        margins(top, 0, 0, 0, 0, 10)
        top.addLayout(heads, 1)
        merge = button(tr("Merge files..."), "primary", self._choose_files)
        top.addWidget(merge, 0, Qt.AlignmentFlag.AlignBottom)
        self._card = frame("card")
        inside = QVBoxLayout(self._card)
        margins(inside, 8, 6, 8, 6)
        inside.addWidget(self._view)
        self._news_card = frame("notice")
        margins(self._news, 16, 10, 16, 10, 6)
        self._news_card.setLayout(self._news)
        self._merged_card = frame("card")
        merged = QVBoxLayout(self._merged_card)
        margins(merged, 8, 10, 8, 6, 2)
        heads = QVBoxLayout()
        margins(heads, 10, 0, 10, 0, 2)
        heads.addWidget(label(tr("Last merge, file by file"), "heading"))
        heads.addWidget(label(tr(_SAME_FINGERPRINT), "small", wrap=True))
        merged.addLayout(heads)
        merged.addWidget(self._files)
        left = QWidget()
        left.setProperty("role", "clear")
        layout = QVBoxLayout(left)
        margins(layout, 28, 20, 28, 20, 12)
        layout.addLayout(top)
        layout.addWidget(self._news_card)
        layout.addWidget(self._card)
        layout.addWidget(self._merged_card)
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

    def _show_merged(self) -> None:
        """What was left out and why, and every file with what became of it."""
        empty(self._news)
        left_out = [one.why for one in self._merged if one.why]
        for why in left_out:
            self._news.addWidget(label(why, "noticeText", wrap=True))
        self._news_card.setVisible(bool(left_out))
        self._file_model.show(self._merged)
        tables.fit(self._files, self._file_model)
        tables.show_whole(self._files, len(self._merged))
        self._files.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._merged_card.setVisible(bool(self._merged))

    def _show_conflicts(self) -> None:
        open_ones = self._session.reading.contents.conflicts
        number = len(open_ones)
        said = tr_count("{count} answer in conflict", "{count} answers in conflict", number)
        self._conflict_title.setText(said if number else tr("No conflicts"))
        self._conflict_text.setText(tr(_CONFLICTS if number else _NO_CONFLICTS))
        empty(self._conflicts)
        self._cards = conflict_cards([self._state(one) for one in open_ones])
        for card in self._cards:
            card.settled.connect(self._settle)
            self._conflicts.addWidget(card)

    def _state(self, conflict: Conflict) -> ConflictState:
        reading, language = self._session.reading, self._language
        sides = []
        for entry in conflict.sides:
            said, line = conflicts.answer(reading, conflict, entry.value, language)
            when = f"{reading.contents.name_of(entry.author)}, {shown(entry.at)}"
            sides.append(Side(entry.id, said, line, when))
        return ConflictState(
            conflict.id,
            conflicts.where(reading, conflict),
            conflicts.asks(reading, conflict, language),
            tuple(sides),
        )

    def _settle(self, conflict: str, keep: str, why: str) -> None:
        found = self._session.reading.contents.conflicts
        one = next((c for c in found if c.id == conflict), None)
        if one is not None and (refusal := self._session.settle(one, keep, why)):
            messages.refused(self, refusal)
        self.refresh()

    def _choose_files(self) -> None:
        title = tr("Choose the case files that were handed in")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", tr("Case files (*.hmip)"))
        if names:
            self.merge([Path(name) for name in names])
