"""The first page: open a case file, practise, set an inspection up, or go on with a recent file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from hmip_desktop.operations import practising
from ui import plain, theme
from ui.messages import PROGRAM
from ui.pages.practise_home import progress_said
from ui.theme import scaled
from ui.widgets.parts import button, empty, frame, label, margins, scrolled
from ui.widgets.tall_button import TallButton

_WIDEST = 640
_LONGEST_FOLDER = 48


class StartPage(QWidget):
    """Shown while no case file is open."""

    open_wanted = Signal()
    file_wanted = Signal(str)
    practice_wanted = Signal()
    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._greeting = label(
            tr(
                "Here for the first time? If your lead inspector gave you a case file, open it. "
                "Practising shows you how it works."
            ),
            wrap=True,
        )
        self._open = Door(
            tr("Open a case file..."),
            tr("The one that your lead inspector gave you; or drop it anywhere in this window"),
            self.open_wanted,
        )
        self._practise = Door(
            tr("Practise"),
            tr("A made-up case with benchmark answers; nothing of it reaches an inspection"),
            self.practice_wanted,
        )
        self._set_up = Door(
            tr("Set up an inspection..."),
            tr("As its lead inspector or support officer"),
            self.new_wanted,
        )
        self._recent = QVBoxLayout()
        self._links: list[QPushButton] = []
        self._lay_out()
        self.show_recent(())

    def showEvent(self, event: QShowEvent) -> None:
        """The practice file is looked into once the page stands: nobody waits for that."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._show_practised)

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the files opened before; where there are none, say where to begin."""
        empty(self._recent)
        self._links = [self._link(path) for path in paths]
        self._greeting.setVisible(not paths)
        if not paths:
            return
        self._recent.addWidget(label(tr("Opened before"), "heading"))
        for link, path in zip(self._links, paths, strict=True):
            row = QHBoxLayout()
            margins(row, 0, 0, 0, 0, 8)
            row.addWidget(link)
            row.addWidget(label(_short(Path(path).parent), "small", wrap=True), 1)
            self._recent.addLayout(row)

    def _show_practised(self) -> None:
        one = practising.progress() if self.isVisible() else None
        if one is not None and one.answered:
            self._greeting.hide()
            self._practise.say(tr("Go on practising"), progress_said(one))

    def take_focus(self) -> None:
        """Put the focus on the file opened last; on practising, where there was none yet."""
        first = self._links[0] if self._links else self._practise
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, first, lambda: self._area.ensureWidgetVisible(first))

    def _link(self, path: str) -> QPushButton:
        made = button(Path(path).name, "link", lambda: self.file_wanted.emit(path))
        made.setToolTip(plain.tip(path))
        return made

    def _lay_out(self) -> None:
        card = frame("card")
        card.setMaximumWidth(scaled(_WIDEST))
        inside = QVBoxLayout(card)
        margins(inside, 28, 24, 28, 24, 10)
        inside.addLayout(_title())
        inside.addWidget(self._greeting)
        for one in (self._open, self._practise, self._set_up):
            inside.addWidget(one)
        margins(self._recent, 0, 8, 0, 0, 2)
        inside.addLayout(self._recent)
        encrypted = tr(
            "A case file holds everything of one inspection on this laptop, encrypted. "
            "Your lead inspector gives you the file and tells the team its passphrase."
        )
        inside.addWidget(label(encrypted, "small", wrap=True))
        inner = QWidget()
        inner.setProperty("role", "clear")
        layout = QVBoxLayout(inner)
        margins(layout, 24, 20, 24, 20)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 20)
        across.addStretch(1)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        self._area = scrolled(inner)
        outer.addWidget(self._area)


class Door(TallButton):
    """One way into the program: what it is, and for whom."""

    def __init__(self, title: str, sentence: str, wanted: SignalInstance) -> None:
        super().__init__("", "door")
        self._title, self._sentence = label("", "question"), label("", "quiet", wrap=True)
        self.say(title, sentence)
        texts = QVBoxLayout()
        margins(texts, 6, 4, 6, 4, 1)
        texts.addWidget(self._title)
        texts.addWidget(self._sentence)
        self.fill(texts)
        self.clicked.connect(lambda _checked: wanted.emit())

    def say(self, title: str, sentence: str) -> None:
        """Say what it is, and for whom."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(tr("{title}: {sentence}", title=title, sentence=sentence))


def _title() -> QHBoxLayout:
    title = QHBoxLayout()
    margins(title, 0, 0, 0, 4, 14)
    picture = label()
    picture.setPixmap(theme.icon().pixmap(scaled(44), scaled(44)))
    texts = QVBoxLayout()
    margins(texts, 0, 0, 0, 0, 2)
    texts.addWidget(label(PROGRAM, "title"))
    texts.addWidget(label(tr("Case assessment for probation inspections"), "quiet", wrap=True))
    title.addWidget(picture)
    title.addLayout(texts, 1)
    return title


def _short(folder: Path) -> str:
    text = str(folder)
    return text if len(text) <= _LONGEST_FOLDER else "…" + text[2 - _LONGEST_FOLDER :]
