"""The team, for the lead: merging files, settling conflicts, queries, agreement."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import agreement as agreeing
from hmip_desktop.operations import hand_ins
from hmip_desktop.operations.collate import Merged
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.progress import Progress
from ui import messages
from ui.models import agreement, queries
from ui.pages import tables
from ui.pages.agreement import AgreementPage
from ui.pages.long_work import run_apart
from ui.pages.team_conflicts import ConflictsPane
from ui.pages.team_files import TeamFiles
from ui.pages.team_queries import QueriesPage
from ui.session import Session
from ui.theme import scaled
from ui.widgets.conflict_card import ConflictCard
from ui.widgets.parts import button, frame, label, margins, scrolled

_ROOM_FOR_BOTH, _ROOM_FOR_ALL = 960, 1160


class TeamPage(QStackedWidget):
    """Shows the team of the lead's case file; its queries and its agreement lie behind cards."""

    case_wanted = Signal(object, str)

    def __init__(self, session: Session, language: str) -> None:
        super().__init__()
        self._session, self._language = session, language
        self._files = TeamFiles(session)
        self._conflicts = ConflictsPane(session, language)
        self._queries = QueriesPage(session, language)
        self._agreement = AgreementPage(session, language)
        self._agreement_title = label("", "heading", wrap=True)
        self._agreement_text = label("", "quiet", wrap=True)
        self._queries_text = label("", "quiet", wrap=True)
        self._to_conflicts = button("", "link", self._conflicts.take_focus)
        self._overview = self._made_overview()
        for page in (self._overview, self._queries, self._agreement):
            self.addWidget(page)
        self.setAcceptDrops(True)
        self._files.files_wanted.connect(self._choose_files)
        self._files.folder_wanted.connect(self._choose_folder)
        self._conflicts.changed.connect(self._show_team)
        for behind in (self._queries, self._agreement):
            behind.left.connect(self._back)
            behind.case_wanted.connect(self.case_wanted)

    @property
    def conflict_cards(self) -> list[ConflictCard]:
        """The cards of the open conflicts."""
        return self._conflicts.cards

    @property
    def conflicts(self) -> ConflictsPane:
        """Where conflicts are settled."""
        return self._conflicts

    @property
    def queries(self) -> QueriesPage:
        """The list of queries."""
        return self._queries

    @property
    def agreement(self) -> AgreementPage:
        """The tables of agreement."""
        return self._agreement

    def refresh(self) -> None:
        """Show the team as it stands."""
        self._show_team()
        self._conflicts.refresh()
        for behind in (self._queries, self._agreement):
            if self.currentWidget() is behind:
                behind.refresh()

    def merge(self, paths: Sequence[Path]) -> None:
        """Merge team files, and those in folders, with an own opening of the lead's file."""
        document = self._session.reading.document
        lead, passphrase, clock = document.path, document.passphrase, document.clock

        def work(progress: Progress) -> Merged:
            with open_case_file(lead, passphrase, clock=clock) as opened:
                return hand_ins.receive(opened, paths, progress=progress)

        merged: Merged | None = run_apart(self, self._session, tr("Merging team files"), work)
        self.setCurrentWidget(self._overview)
        if merged is not None:
            self._files.show_merged(merged)
        self.refresh()
        if merged is not None and not merged.files:
            messages.tell(self, tr("There is no case file in that folder."))

    def show_queries(self) -> None:
        """Show the list of queries."""
        self._queries.refresh()
        self.setCurrentWidget(self._queries)
        self._queries.take_focus()

    def show_agreement(self) -> None:
        """Show the tables of agreement."""
        self._agreement.refresh()
        self.setCurrentWidget(self._agreement)
        self._agreement.take_focus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Case files, and folders with case files, can be dropped here."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped is merged, once the drop is over."""
        paths = _dropped(event)
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.merge(paths))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the conflicts come under the team."""
        super().resizeEvent(event)
        width = event.size().width()
        wide = width >= scaled(_ROOM_FOR_BOTH)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(across if wide else down)
        self._show_way_to_conflicts()
        crowded = wide and width < scaled(_ROOM_FOR_ALL)
        self._halves.setStretch(0, 12 if crowded else 11)
        self._halves.setStretch(1, 8 if crowded else 9)
        self._files.make_room(crowded=crowded)

    def _made_overview(self) -> QWidget:
        left = QWidget()
        left.setProperty("role", "clear")
        column = QVBoxLayout(left)
        margins(column, 28, 20, 28, 20, 12)
        column.addWidget(self._to_conflicts, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._files)
        queries_title = label(tr("Queries"), "heading", wrap=True)
        see_agreement = button(tr("See agreement in tables"), "link", self.show_agreement)
        see_queries = button(tr("See all queries"), "link", self.show_queries)
        self._cards = QWidget()
        self._cards.setProperty("role", "clear")
        cards = QVBoxLayout(self._cards)
        margins(cards, 0, 0, 0, 0, 12)
        cards.addWidget(_card(self._agreement_title, self._agreement_text, see_agreement))
        cards.addWidget(_card(queries_title, self._queries_text, see_queries))
        column.addWidget(self._cards)
        column.addStretch(1)
        both = QWidget()
        both.setProperty("role", "clear")
        self._left, self._halves = column, QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        margins(self._halves, 0, 0, 0, 0)
        self._halves.addWidget(left, 11)
        self._halves.addWidget(self._conflicts, 9)
        page = QWidget()
        layout = QVBoxLayout(page)
        margins(layout, 0, 0, 0, 0)
        area = scrolled(both)
        layout.addWidget(area)
        for view in self._files.views:
            tables.keep_in_view(view, area)
        return page

    def _show_team(self) -> None:
        reading = self._session.reading
        self._files.refresh()
        self._show_way_to_conflicts()
        self._place_cards()
        agreed = agreeing.agreed(reading)
        self._agreement_title.setText(agreement.title(agreed))
        said = (agreement.summary(agreed, self._language), agreement.unsettled(agreed))
        self._agreement_text.setText(" ".join(filter(None, said)))
        self._queries_text.setText(queries.summary(queries.rows(reading, self._language)))

    def _place_cards(self) -> None:
        """Agreement and queries take the place of conflicts where there are none."""
        if self._session.reading.contents.conflicts:
            if self._left.indexOf(self._cards) < 0:
                self._left.insertWidget(self._left.count() - 1, self._cards)
        else:
            self._conflicts.take_below(self._cards)

    def _show_way_to_conflicts(self) -> None:
        """Where the conflicts lie under all the rest, they are said at the top."""
        number = len(self._session.reading.contents.conflicts)
        under = self._halves.direction() is QBoxLayout.Direction.TopToBottom
        said = tr_count(
            "Go to {count} answer in conflict", "Go to {count} answers in conflict", number
        )
        self._to_conflicts.setText(said)
        self._to_conflicts.setAccessibleName(said)
        self._to_conflicts.setVisible(under and number > 0)

    def _back(self) -> None:
        self.setCurrentWidget(self._overview)
        self.refresh()

    def _choose_files(self) -> None:
        title, kinds = tr("Choose the case files that were handed in"), tr("Case files (*.hmip)")
        names, _ = QFileDialog.getOpenFileNames(self, title, self._session.folder, kinds)
        if names:
            self.merge([Path(name) for name in names])

    def _choose_folder(self) -> None:
        title = tr("Folder with what was handed in")
        if name := QFileDialog.getExistingDirectory(self, title, self._session.folder):
            self.merge([Path(name)])


def _card(title: QWidget, text: QWidget, link: QWidget) -> QFrame:
    """A card with its heading, a few sentences, and the way to more."""
    made = frame("card")
    layout = QVBoxLayout(made)
    margins(layout, 18, 12, 18, 10, 4)
    layout.addWidget(title)
    layout.addWidget(text)
    row = QHBoxLayout()
    row.addWidget(link)
    row.addStretch(1)
    layout.addLayout(row)
    return made


def _dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.is_dir() or hand_ins.is_case_file(path)]
