"""The dated copies of the open file: what each holds that the file does not, and taking one in."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QListView,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.errors import Refused
from hmip_desktop.language import mark, tr
from hmip_desktop.operations import copies
from hmip_desktop.operations.copies import Copy, News
from ui.models.copies import moment, news_in_words, size
from ui.session import Session
from ui.theme import scaled
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, frame, label, margins

PAUSE_MS = 150
_HOW = mark(
    "A copy of the file is kept on every day on which you open it, and before other files are "
    "merged into it. Taking one in adds what your file does not have; nothing is lost."
)
_NONE = mark("No copy of this file has been kept yet.")


class CopiesDialog(QDialog):
    """Lists the copies, newest first. Accepted: `chosen` is to be merged into the open file."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._copies = copies.of_open_file(session.reading)
        self._known: dict[Copy, News | Refused] = {}
        self.setWindowTitle(tr("Dated copies"))
        self._list = _made_list()
        for one in self._copies:
            text = tr(
                "{when}, {size}\n{folder}", when=moment(one), size=size(one), folder=one.path.parent
            )
            self._list.addItem(text)
        self._said = label("", wrap=True)
        self._take = button(tr("Take it in"), "primary", self.accept)
        self._take.setEnabled(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._list.currentRowChanged.connect(self._chosen_another)
        self._lay_out(session.path.name)
        if self._copies:
            self._list.setCurrentRow(0)

    @property
    def chosen(self) -> Copy | None:
        """The copy in hand."""
        row = self._list.currentRow()
        return self._copies[row] if row >= 0 else None

    @property
    def lines(self) -> list[str]:
        """The copies on screen."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    @property
    def said(self) -> str:
        """What it says about the copy in hand."""
        return self._said.text()

    @property
    def can_take_in(self) -> bool:
        """Whether the copy in hand has anything to bring."""
        return self._take.isEnabled()

    def look(self) -> None:
        """Look into the copy in hand."""
        self._pause.stop()
        copy = self.chosen
        if copy is None:
            return
        if copy not in self._known:
            self._known[copy] = self._looked_into(copy)
        found = self._known[copy]
        said = (found.sentence,) if isinstance(found, Refused) else news_in_words(found)
        self._said.setText("\n".join(said))
        self._take.setEnabled(isinstance(found, News) and bool(found.entries))

    def _looked_into(self, copy: Copy) -> News | Refused:
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return copies.news(self._session.reading, copy)
        except Refused as refusal:
            return refusal
        finally:
            QApplication.restoreOverrideCursor()

    def _chosen_another(self) -> None:
        self._said.setText("")
        self._take.setEnabled(False)
        self._pause.start()

    def _lay_out(self, name: str) -> None:
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 10)
        layout.addWidget(label(tr("Dated copies of {name}", name=name), "title", wrap=True))
        layout.addWidget(label(tr(_HOW), "quiet", wrap=True))
        if self._copies:
            card = frame("card")
            inside = QVBoxLayout(card)
            margins(inside, 6, 6, 6, 6)
            inside.addWidget(self._list)
            layout.addWidget(card, 1)
            self._said.setMinimumHeight(3 * self._said.fontMetrics().lineSpacing())
            self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
            layout.addWidget(self._said)
        else:
            layout.addWidget(label(tr(_NONE), "heading", wrap=True))
            layout.addStretch(1)
        close = button(tr("Close"), "", self.reject)
        layout.addWidget(side_by_side(*([self._take] if self._copies else []), close))
        screen = self.screen().availableSize()
        width = min(scaled(560), screen.width())
        wanted = scaled(460) if self._copies else layout.totalHeightForWidth(width)
        self.resize(QSize(width, wanted).boundedTo(screen))
        first = self._list if self._copies else close
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _made_list() -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(tr("Dated copies, newest first"))
    made.setFrameShape(QListWidget.Shape.NoFrame)
    made.setWordWrap(True)
    made.setResizeMode(QListView.ResizeMode.Adjust)
    made.setSpacing(scaled(2))
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
