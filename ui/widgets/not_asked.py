"""The questions of a page that are not asked in this case, folded to one line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hmip_desktop.language import tr, tr_count
from ui.widgets.page_state import NotAsked
from ui.widgets.parts import button, empty, label, margins


class NotAskedList(QWidget):
    """Says how many questions are not asked; unfolds to each with its reason."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._shown: Sequence[NotAsked] = ()
        self.setProperty("role", "clear")
        self._fold = button("", "link", self.toggle)
        self._rows = QVBoxLayout()
        margins(self._rows, 6, 0, 0, 0, 4)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        layout.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._rows)

    def show_questions(self, not_asked: Sequence[NotAsked]) -> None:
        """Show other questions, unfolded if they were."""
        if not_asked == self._shown:
            return
        self._shown = not_asked
        text = _said(len(not_asked), may_change=any(one.open for one in not_asked))
        self._fold.setText(text)
        self._fold.setAccessibleName(text)
        self.setVisible(bool(not_asked))
        if self._rows.count():
            self._unfold()

    def toggle(self) -> None:
        """Unfold or fold the list."""
        if self._rows.count():
            self.fold()
        else:
            self._unfold()

    def fold(self) -> None:
        """Become one line again."""
        empty(self._rows)

    def _unfold(self) -> None:
        self.fold()
        for one in self._shown:
            text = one.question.label.in_language(self._language)
            question = label(f"{one.question.short_number}  {text}", "quiet", wrap=True)
            for part in (question, label(_reason(one), "small", wrap=True)):
                self._rows.addWidget(part)
                part.show()


def _said(count: int, *, may_change: bool) -> str:
    if may_change:
        return tr_count(
            "{count} question is not asked so far",
            "{count} questions are not asked so far",
            count,
        )
    return tr_count(
        "{count} question is not asked in this case",
        "{count} questions are not asked in this case",
        count,
    )


def _reason(one: NotAsked) -> str:
    if one.kept:
        return tr("Answer kept. Not asked, {why}.", why=one.why)
    return tr("Not asked, {why}.", why=one.why)
