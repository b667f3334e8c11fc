"""The lead's queries about a case: the assessor replies, the lead closes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

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
        about = "" if row.question else ", about the whole case"
        self._title = label(f"Query from the lead{about}: {_how_far(row)}", "heading", wrap=True)
        layout.addWidget(self._title)
        if row.question is not None:
            link = QuestionLink(row.question)
            link.clicked.connect(lambda _=False, name=row.question.name: self.wanted.emit(name))
            layout.addWidget(link)
        layout.addWidget(label(query.text, wrap=True))
        if may_reply and not query.closed:
            layout.addWidget(self._made_reply(query.reply))
        elif query.reply:
            layout.addWidget(label(f"Reply: {query.reply}", wrap=True))
        if may_close and not query.closed:
            close = button("Close query", "", lambda: self.closed.emit(query.id))
            layout.addWidget(close, 0, Qt.AlignmentFlag.AlignLeft)

    def tell(self) -> None:
        """Tell what was typed and not told yet."""
        if self._area is not None:
            self._area.tell()

    def _made_reply(self, reply: str) -> TextArea:
        area = TextArea("Your reply to the lead", "Write your reply here", read_only=False)
        self._area = area
        area.show_text(reply)
        area.paused.connect(self._reply)
        area.left.connect(self.left)
        return area

    def _reply(self, text: str) -> None:
        said = _REPLIED if text.strip() else _WAITS
        about = "" if self._row.question else ", about the whole case"
        self._title.setText(f"Query from the lead{about}: {said}")
        self.replied.emit(self._row.query.id, text)


_WAITS = "waits for a reply"
_REPLIED = "replied"


def _how_far(row: QueryRow) -> str:
    if row.query.closed:
        return "closed"
    return _WAITS if row.query.waits else _REPLIED


def in_order(rows: Sequence[QueryRow]) -> list[QueryRow]:
    """What waits first, what is closed last."""
    return sorted(rows, key=lambda row: (row.query.closed, not row.query.waits))
