"""The team's files, for the lead: who has handed in what, how far each is, the last merge."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from hmip_desktop.language import mark, tr
from hmip_desktop.operations.collate import Merged
from ui.models import team
from ui.models.table import TableModel
from ui.pages import tables
from ui.session import Session
from ui.theme import scaled
from ui.widgets.delegates import quiet_table
from ui.widgets.parts import button, empty, frame, label, margins

_SAME_CODE = mark(
    "A file that came whole has the check code that its assessor saw when handing it in."
)
_DROP = mark("Files can also be dropped here, or a folder with all of them.")


class TeamFiles(QWidget):
    """Shows the team as it stands, and what came of the last merge."""

    files_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("role", "clear")
        now = session.reading.document.clock.now()
        self._view, self._files = quiet_table(tr("Team")), quiet_table(tr("Files merged"))
        self._model = TableModel(team.columns(now), self)
        self._file_model = TableModel(team.file_columns({}), self)
        tables.dress(self._view, self._model)
        tables.dress(self._files, self._file_model)
        tables.sort_by(self._view, 0)
        self._summary = label("", "quiet", wrap=True)
        self._news, self._pace = QVBoxLayout(), QVBoxLayout()
        self._kept = label("", "small", wrap=True)
        self._lay_out()

    @property
    def views(self) -> tuple[QTableView, QTableView]:
        """Its tables, for the page that scrolls them."""
        return self._view, self._files

    def refresh(self) -> None:
        """Show the team as it stands."""
        now = self._session.reading.document.clock.now()
        rows = team.rows(self._session.reading, now)
        self._model.show(rows, team.columns(now))
        tables.fit(self._view, self._model)
        self._card.setFixedHeight(tables.show_whole(self._view, len(rows)) + scaled(16))
        self._card.setVisible(bool(rows))
        self._summary.setText(team.summary(self._session.reading, rows))
        empty(self._pace)
        lines = team.pace_lines(rows)
        for text, behind in lines:
            self._pace.addWidget(label(text, "below" if behind else "small", wrap=True))
        self._pace_card.setVisible(bool(lines))

    def show_merged(self, merged: Merged | None) -> None:
        """What was left out and why, where the copy from before is, and file by file."""
        files = merged.files if merged else ()
        left_out = [one.why for one in files if one.why]
        empty(self._news)
        for why in left_out:
            self._news.addWidget(label(why, "noticeText", wrap=True))
        self._news_card.setVisible(bool(left_out))
        self._file_model.show(files, team.file_columns(team.file_names(files)))
        tables.fit(self._files, self._file_model)
        tables.show_whole(self._files, len(files))
        self._files.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        kept = merged.kept if merged else None
        self._kept.setText(
            tr("A copy of your file as it was before is kept in {folder}.", folder=kept.parent)
            if kept
            else tr("Nothing in them was new.")
        )
        self._merged_card.setVisible(bool(files))

    def make_room(self, *, crowded: bool) -> None:
        """Leave the room to the columns that matter most."""
        tables.hide_spare(self._view, self._model, narrow=crowded)

    def _lay_out(self) -> None:
        heads = QVBoxLayout()
        margins(heads, 0, 0, 0, 0, 2)
        heads.addWidget(label(tr("Team files"), "title"))
        heads.addWidget(self._summary)
        top = QHBoxLayout()
        margins(top, 0, 0, 0, 0, 8)
        top.addLayout(heads, 1)
        bottom = Qt.AlignmentFlag.AlignBottom
        merge = button(tr("Merge files..."), "primary", self.files_wanted.emit)
        merge.setToolTip(tr(_DROP))
        folder = button(tr("Merge a folder..."), "", self.folder_wanted.emit)
        folder.setToolTip(tr(_DROP))
        top.addWidget(folder, 0, bottom)
        top.addWidget(merge, 0, bottom)
        self._card = frame("card")
        inside = QVBoxLayout(self._card)
        margins(inside, 8, 6, 8, 6)
        inside.addWidget(self._view)
        self._pace_card = frame("card")
        pace = QVBoxLayout(self._pace_card)
        margins(pace, 18, 12, 18, 12, 4)
        pace.addWidget(label(tr("Cases left, and working days"), "heading", wrap=True))
        pace.addLayout(self._pace)
        margins(self._pace, 0, 0, 0, 0, 2)
        self._news_card = frame("notice")
        margins(self._news, 16, 10, 16, 10, 6)
        self._news_card.setLayout(self._news)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        layout.addLayout(top)
        layout.addWidget(self._news_card)
        layout.addWidget(self._card)
        layout.addWidget(self._made_merged())
        layout.addWidget(self._pace_card)
        self.show_merged(None)

    def _made_merged(self) -> QWidget:
        self._merged_card = frame("card")
        layout = QVBoxLayout(self._merged_card)
        margins(layout, 8, 10, 8, 6, 2)
        heads = QVBoxLayout()
        margins(heads, 10, 0, 10, 0, 2)
        heads.addWidget(label(tr("Last merge, file by file"), "heading", wrap=True))
        heads.addWidget(self._kept)
        heads.addWidget(label(tr(_SAME_CODE), "small", wrap=True))
        layout.addLayout(heads)
        layout.addWidget(self._files)
        return self._merged_card
