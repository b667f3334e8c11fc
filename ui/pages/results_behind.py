"""The cases behind the score of one question, and what one of them would change."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from hmip_desktop.language import tr
from hmip_desktop.operations import behind as cases_behind
from hmip_desktop.operations.report import Scored
from hmip_desktop.settings import Settings
from ui.models import behind, results
from ui.models.behind import BehindRow
from ui.models.sort_proxy import ROW_ROLE
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.page_behind import PageBehind
from ui.session import Session
from ui.theme import scaled
from ui.widgets import copying
from ui.widgets.delegates import ROW_HEIGHT, quiet_table
from ui.widgets.parts import button, frame, label, margins

_ROOM_FOR_ALL = 980
_ROWS_AT_LEAST = 5


class BehindPage(PageBehind):
    """Lists every case that a question's score is made of."""

    case_wanted = Signal(object, str)

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(tr("Back to the results"))
        self._session, self._settings = session, settings
        self._question, self._preliminary = "", False
        self._title = label("", "title", wrap=True)
        self._standing = label("", "problem", wrap=True)
        self._summary = label("", "quiet", wrap=True)
        self._view = quiet_table(tr("Cases behind the figure"))
        self._view.setMinimumHeight(scaled(ROW_HEIGHT) * (_ROWS_AT_LEAST + 1))
        self._model = TableModel(behind.columns(preliminary=False), self)
        self._proxy = tables.dress(self._view, self._model)
        self._about = label("", "heading", wrap=True)
        self._note = label("", wrap=True)
        self._if = label("", wrap=True)
        self._view.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.use_table(self._view, self._model, self._go_to, room_for_all=_ROOM_FOR_ALL)
        self._lay_out()

    @property
    def question(self) -> str:
        """The question whose cases are listed."""
        return self._question

    @property
    def chosen(self) -> BehindRow | None:
        """The case in hand."""
        index = self._view.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def show_question(self, name: str, scored: Scored) -> None:
        """List the cases of a question; the case in hand stays in hand."""
        before = self.chosen if name == self._question else None
        self._question, self._preliminary = name, scored.preliminary
        reading, language = self._session.reading, self._settings.language
        question = reading.question(name)
        found = cases_behind.behind(reading, name, preliminary=self._preliminary)
        score = next(one for one in scored.scores.questions if one.question.name == name)
        self._title.setText(f"{question.number}  {question.label.in_language(language)}")
        self._standing.setText(tr(results.PRELIMINARY))
        self._standing.setVisible(self._preliminary)
        self._summary.setText(behind.summary(found, score, scored.fraction))
        columns = behind.columns(preliminary=self._preliminary)
        self._model.show(behind.rows(found, question, language), columns)
        self._view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._proxy.sort(-1)
        tables.fit(self._view, self._model)
        self.make_room()
        in_hand = before.behind.key if before else None
        if found:
            self._view.selectRow(next((n for n, one in enumerate(found) if one.key == in_hand), 0))
        self._show_chosen()

    def take_focus(self) -> None:
        """Put the focus on the list; without cases, on the way back."""
        where = self._view if self._model.rows else self.back
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        listed = frame("card")
        inside = QVBoxLayout(listed)
        margins(inside, 8, 6, 8, 6)
        inside.addWidget(self._view)
        detail = frame("card")
        below = QVBoxLayout(detail)
        margins(below, 18, 10, 18, 12, 6)
        for one in (self._about, self._note, self._if):
            below.addWidget(one)
        buttons = QHBoxLayout()
        margins(buttons, 0, 2, 0, 0, 16)
        buttons.addWidget(button(tr("Go to the case"), "primary", self._go_to))
        buttons.addWidget(button(tr("Copy table"), "link", self._copy))
        buttons.addStretch(1)
        below.addLayout(buttons)
        hint = tr("Enter opens the case at this question. The tab Results brings you back here.")
        below.addWidget(label(hint, "small", wrap=True))
        for said in (self._title, self._standing, self._summary):
            self.inside.addWidget(said)
        self.inside.addWidget(listed, 1)
        self.inside.addWidget(detail)

    def _show_chosen(self) -> None:
        row = self.chosen
        if row is None:
            for one in (self._about, self._note, self._if):
                one.clear()
            return
        facts = {"case": row.behind.case, "assessor": row.behind.assessor, "place": row.place}
        self._about.setText(tr("{case}, {assessor}: {place}", **facts))
        said = row.behind.note
        self._note.setText(tr("Note: {text}", text=said) if said else tr("No note."))
        reading = self._session.reading
        moves = cases_behind.if_moved(
            reading, self._question, row.behind.key, preliminary=self._preliminary
        )
        self._if.setText(behind.said_if(row, moves, reading.form, self._settings.language))

    def _go_to(self) -> None:
        if (row := self.chosen) is not None:
            self.case_wanted.emit(row.behind.key, self._question)

    def _copy(self) -> None:
        copying.copy_table(copying.shown(self._view))
