"""The story of the model case: a page of its own, and beside the questions."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from hmip_desktop.operations import model_case
from ui.theme import scaled
from ui.widgets.parts import button, frame, margins

_WIDEST = 760
_LEAST, _MOST = 320, 460
_ROOM_BESIDE = 940
_LINE_HEIGHT = 112


class Story(QTextBrowser):
    """What an assessor would find in the file, to read and to copy from."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.setProperty("role", "story")
        self.setAccessibleName(tr("The case"))
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.ensurePolished()
        self.document().setDocumentMargin(scaled(18))
        self.document().setIndentWidth(scaled(18))
        self.setMarkdown(model_case.story(language))
        self._set_type()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _set_type(self) -> None:
        """Headings and lines as on the other pages; Qt's own headings shout."""
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            cursor = QTextCursor(block)
            cursor.mergeBlockFormat(_spacing(level))
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(_HEADING if level > 1 else _TITLE)
            block = block.next()


def _larger(steps: int) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setProperty(QTextFormat.Property.FontSizeAdjustment, steps)
    return form


_TITLE, _HEADING = _larger(1), _larger(0)


def _spacing(level: int) -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setTopMargin(scaled(12 if level > 1 else 0))
    form.setBottomMargin(scaled(5))
    return form


class StoryPage(QWidget):
    """The story, as wide as it reads well; `walk_wanted` leads on, `left` back."""

    left = Signal()
    walk_wanted = Signal()

    def __init__(self, language: str) -> None:
        super().__init__()
        self._story = Story(language)
        card = frame("card")
        card.setMaximumWidth(scaled(_WIDEST))
        inside = QVBoxLayout(card)
        margins(inside, 4, 4, 4, 4)
        inside.addWidget(self._story)
        inside.addWidget(frame("rule"))
        self._walk = button("", "primary", self.walk_wanted.emit)
        on = QHBoxLayout()
        margins(on, 14, 8, 14, 8)
        on.addStretch(1)
        on.addWidget(self._walk)
        inside.addLayout(on)
        layout = QHBoxLayout(self)
        margins(layout, 28, 16, 28, 16)
        layout.addStretch(1)
        layout.addWidget(card, 100)
        layout.addStretch(1)

    def show_begun(self, *, begun: bool) -> None:
        """Say whether the questions are begun or gone on with."""
        text = tr("Go on with the questions") if begun else tr("Begin the questions")
        self._walk.setText(text)
        self._walk.setAccessibleName(text)

    def take_focus(self) -> None:
        """Let the arrows and the page keys scroll."""
        self._story.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to where practising begins."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class BesideStory(QWidget):
    """The walk through a case with its story at the right, where there is room for both."""

    def __init__(self, walk: QWidget, language: str) -> None:
        super().__init__()
        self._chosen: bool | None = None
        self._pane = frame("right")
        inside = QVBoxLayout(self._pane)
        margins(inside, 0, 0, 0, 0)
        inside.addWidget(Story(language))
        layout = QHBoxLayout(self)
        margins(layout, 0, 0, 0, 0)
        layout.addWidget(walk, 1)
        walk.show()  # it comes out of a stack of pages, which had hidden it
        layout.addWidget(self._pane)

    @property
    def shows_story(self) -> bool:
        """Whether the story is there."""
        return not self._pane.isHidden()

    @property
    def chosen(self) -> bool | None:
        """Whether the user showed or hid the story against the room; None where that decides."""
        return self._chosen

    def choose(self, shown: bool | None) -> None:
        """Show or hide the story as a user chose before."""
        self._chosen = shown
        self._arrange()

    def toggle_story(self) -> None:
        """Show the story, or leave its room to the questions and their guidance."""
        shown = self._pane.isHidden()
        self.choose(None if shown == self._has_room else shown)

    @property
    def _has_room(self) -> bool:
        return self.width() >= scaled(_ROOM_BESIDE)

    def _arrange(self) -> None:
        self._pane.setVisible(self._has_room if self._chosen is None else self._chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A third of the width is the story's; a narrow window has no room for it."""
        super().resizeEvent(event)
        width, old = event.size().width(), event.oldSize().width()
        self._pane.setFixedWidth(max(scaled(_LEAST), min(width // 3, scaled(_MOST))))
        room = scaled(_ROOM_BESIDE)
        if old <= 0 or (width >= room) != (old >= room):
            self._arrange()
