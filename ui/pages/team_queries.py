"""All queries of the inspection: what was asked, of whom, and what came back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from hmip_desktop.language import tr
from ui import messages
from ui.models import queries
from ui.models.queries import QueryRow
from ui.models.sort_proxy import ROW_ROLE
from ui.models.table import TableModel
from ui.pages import tables
from ui.pages.page_behind import PageBehind
from ui.session import Session
from ui.widgets.delegates import quiet_table
from ui.widgets.parts import button, frame, label, margins

_ROOM_FOR_ALL = 980


class QueriesPage(PageBehind):
    """Lists the queries; the chosen one can be read whole, gone to, and closed."""

    case_wanted = Signal(object, str)

    def __init__(self, session: Session, language: str) -> None:
        super().__init__(tr("Back to the team"))
        self._session, self._language = session, language
        self._view = quiet_table(tr("Queries"))
        self._model = TableModel(queries.columns(), self)
        self._proxy = tables.dress(self._view, self._model)
        self._summary = label("", "quiet", wrap=True)
        self._about = label("", "heading", wrap=True)
        self._question = label("", "quiet", wrap=True)
        self._text, self._reply = label("", wrap=True), label("", wrap=True)
        self._go = button(tr("Go to the case"), "primary", self._go_to)
        self._close = button(tr("Close query"), "", self._close_query)
        self._view.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())
        self.use_table(self._view, self._model, self._go_to, room_for_all=_ROOM_FOR_ALL)
        self._lay_out()

    @property
    def chosen(self) -> QueryRow | None:
        """The query that is read."""
        index = self._view.currentIndex()
        return index.data(ROW_ROLE) if index.isValid() else None

    def refresh(self) -> None:
        """Show the queries as they stand; the chosen one stays chosen."""
        before = self.chosen
        rows = queries.rows(self._session.reading, self._language)
        self._model.show(rows)
        tables.fit(self._view, self._model)
        tables.show_whole(self._view, len(rows))
        self._view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._summary.setText(queries.summary(rows))
        self._card.setVisible(bool(rows))
        self._choose(before.query.id if before else "")
        self._show_chosen()

    def take_focus(self) -> None:
        """Put the focus on the list; without any, on the way back."""
        where = self._view if self._model.rows else self.back
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._card = frame("card")
        inside = QVBoxLayout(self._card)
        margins(inside, 8, 6, 8, 6)
        inside.addWidget(self._view)
        self._detail = frame("card")
        detail = QVBoxLayout(self._detail)
        margins(detail, 18, 12, 18, 14, 6)
        for one in (self._about, self._question, self._text, self._reply):
            detail.addWidget(one)
        buttons = QHBoxLayout()
        margins(buttons, 0, 4, 0, 0, 8)
        buttons.addWidget(self._go)
        buttons.addWidget(self._close)
        buttons.addStretch(1)
        detail.addLayout(buttons)
        self.inside.addWidget(label(tr("Queries"), "title"))
        self.inside.addWidget(self._summary)
        self.inside.addWidget(self._card)
        self.inside.addWidget(self._detail)
        self.inside.addStretch(1)
        tables.keep_in_view(self._view, self.area)

    def _choose(self, query: str) -> None:
        ids = [
            self._proxy.index(row, 0).data(ROW_ROLE).query.id
            for row in range(self._proxy.rowCount())
        ]
        if ids:
            self._view.selectRow(ids.index(query) if query in ids else 0)

    def _show_chosen(self) -> None:
        row = self.chosen
        self._detail.setVisible(row is not None)
        if row is None:
            return
        about = (
            tr("{case}, {question}, to {name}", case=row.case, question=row.number, name=row.whom)
            if row.number
            else tr("{case}, the whole case, to {name}", case=row.case, name=row.whom)
        )
        self._about.setText(about)
        self._question.setText(row.label)
        self._question.setVisible(bool(row.label))
        self._text.setText(row.query.text)
        reply = row.query.reply
        self._reply.setText(tr("Reply: {text}", text=reply) if reply else tr("No reply yet."))
        self._close.setVisible(not row.query.closed)

    def _go_to(self) -> None:
        if (row := self.chosen) is not None:
            self.case_wanted.emit(row.key, row.query.question)

    def _close_query(self) -> None:
        if (row := self.chosen) is not None:
            if refusal := self._session.close_query(row.key, row.query.id):
                messages.refused(self, refusal)
            self.refresh()
            self.take_focus()
