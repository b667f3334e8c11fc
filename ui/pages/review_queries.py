"""The lead's queries about a case: the assessor replies, the lead closes."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from hmip_desktop.language import tr
from ui.models.review import QueryRow
from ui.pages.review_parts import QuestionLink
from ui.widgets.fields import TextArea
from ui.widgets.parts import button, label, margins


class QueryCard(QFrame):
    """One query. `may_reply` is its assessor's, `may_close` the lead's."""

    wanted = Signal(str)
    replied = Signal(str, str)
    closed = Signal(str)
    left = Signal()

    def __init__(self, row: QueryRow, *, may_reply: bool, may_close: bool) -> None:
        super().__init__()
        self._row = row
        self._area: TextArea | None = None
        query = row.query
        to_do = (may_reply and query.waits) or (may_close and query.reply and not query.closed)
        self.setProperty("role", "notice" if to_do else "card")
        layout = QVBoxLayout(self)
        margins(layout, 18, 12, 18, 12, 6)
        self._title = label(_heading(row), "heading", wrap=True)
        layout.addWidget(self._title)
        if row.question is not None:
            link = QuestionLink(row.question)
            link.clicked.connect(lambda _=False, name=row.question.name: self.wanted.emit(name))
            layout.addWidget(link)
        layout.addWidget(label(query.text, wrap=True))
        if may_reply and not query.closed:
            layout.addWidget(self._made_reply(query.reply))
        elif query.reply:
            layout.addWidget(label(tr("Reply: {text}", text=query.reply), wrap=True))
        if may_close and not query.closed:
            close = button(tr("Close query"), "", lambda: self.closed.emit(query.id))
            layout.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)

    def tell(self) -> None:
        """Tell what was typed and not told yet."""
        if self._area is not None:
            self._area.tell()

    def _made_reply(self, reply: str) -> TextArea:
        area = TextArea(tr("Your reply to the lead"), tr("Write your reply here"), read_only=False)
        self._area = area
        area.show_text(reply)
        area.paused.connect(self._reply)
        area.left.connect(self.left)
        return area

    def _reply(self, text: str) -> None:
        query = replace(self._row.query, reply=text.strip())
        self._title.setText(_heading(replace(self._row, query=query)))
        self.replied.emit(self._row.query.id, text)


def _heading(row: QueryRow) -> str:
    """What it is about and how far it is."""
    whole = row.question is None
    if row.query.closed:
        closed = tr("Query from the lead: closed")
        return tr("Query from the lead, about the whole case: closed") if whole else closed
    if row.query.waits:
        waits = tr("Query from the lead: waits for a reply")
        return (
            tr("Query from the lead, about the whole case: waits for a reply") if whole else waits
        )
    replied = tr("Query from the lead: replied")
    return tr("Query from the lead, about the whole case: replied") if whole else replied


def in_order(rows: Sequence[QueryRow]) -> list[QueryRow]:
    """What waits first, what is closed last."""
    return sorted(rows, key=lambda row: (row.query.closed, not row.query.waits))
