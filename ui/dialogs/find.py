"""Finds words in questions, answers and notes, as they are typed."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.language import mark, tr
from ui.models import found
from ui.models.found import FoundRow
from ui.session import Session
from ui.theme import scaled
from ui.waiting_dialog import WaitingDialog
from ui.widgets.parts import frame, label, margins

PAUSE_MS = 300
_HIT = Qt.ItemDataRole.UserRole


class FindDialog(WaitingDialog):
    """One box and what it finds. `chosen` is the assessment and question to go to."""

    def __init__(
        self,
        session: Session,
        in_hand: AssessmentKey | None,
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._in_hand, self._language = session, in_hand, language
        self.chosen: tuple[AssessmentKey, str] | None = None
        self.setWindowTitle(tr("Find words"))
        self._box = QLineEdit()
        self._box.setPlaceholderText(tr("Words in questions, answers and notes"))
        self._box.setAccessibleName(tr("Find words in questions, answers and notes"))
        self._box.setClearButtonEnabled(True)
        self._list = _made_list()
        self._say = label(tr(_HOW), "quiet", wrap=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._box.textChanged.connect(lambda _: self._pause.start())
        self._list.itemActivated.connect(self._go)
        self._list.itemDoubleClicked.connect(self._go)
        self._box.installEventFilter(self)
        self._list.installEventFilter(self)
        self._lay_out()

    @property
    def said(self) -> str:
        """What stands under the results."""
        return self._say.text()

    @property
    def lines(self) -> list[str]:
        """The results on screen."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def look_for(self, text: str) -> None:
        """Look for some words, as if they had been typed."""
        self._box.setText(text)
        self.look()

    def look(self) -> None:
        """Look for what stands in the box."""
        self._pause.stop()
        text = self._box.text().strip()
        self._list.clear()
        for row in found.rows(self._session.reading, text, self._language):
            self._list.addItem(_item(row))
        hits = [row for row in range(self._list.count()) if self._list.item(row).data(_HIT)]
        if hits:
            self._list.setCurrentRow(hits[0])
        nothing = tr(
            "Nothing has “{text}” in it. Try one word, or the number of a question.", text=text
        )
        self._say.setText(nothing if text and not hits else tr(_HOW))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the chosen result; the arrows leave the box for the results."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_to_current()
                return True
            if watched is self._box and event.key() == Qt.Key.Key_Down:
                self._list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        card = frame("card")
        inside = QVBoxLayout(card)
        margins(inside, 6, 6, 6, 6)
        inside.addWidget(self._list)
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 10)
        layout.addWidget(self._box)
        layout.addWidget(card, 1)
        layout.addWidget(self._say)
        self.resize(scaled(760), scaled(560))
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_current(self) -> None:
        if self._pause.isActive():
            self.look()
        if (item := self._list.currentItem()) is not None:
            self._go(item)

    def _go(self, item: QListWidgetItem) -> None:
        hit = item.data(_HIT)
        if hit is None:
            return
        key: AssessmentKey | None = hit.key or self._in_hand
        reading = self._session.reading
        why = found.why_not_there(reading, key, hit.question, self._language)
        self._say.setText(why or tr(_HOW))
        if key is not None and not why:
            self.chosen = (key, hit.question)
            self.accept()


_HOW = mark("Enter goes there, Esc closes.")


def _made_list() -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(tr("What was found"))
    made.setFrameShape(QListWidget.Shape.NoFrame)
    made.setWordWrap(True)
    made.setResizeMode(QListView.ResizeMode.Adjust)
    made.setSpacing(scaled(2))
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _item(row: FoundRow) -> QListWidgetItem:
    item = QListWidgetItem(row.text)
    item.setData(_HIT, row.hit)
    if row.hit is None:
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item
