"""A page of the guide on screen: text, pictures of this computer, links, and words found in it."""

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from hmip_desktop.guide import Page, spans
from hmip_desktop.language import tr
from ui import theme
from ui.theme import scaled

_ABOVE = 10  # room over a heading that was gone to
_DENSITY = 2  # pixels of a picture for each pixel of the program at 100%


class GuideText(QTextBrowser):
    """Shows one page. `wanted` is the place that a link leads to: `assessor.md#sign-off`.

    Links lead to pages of the guide only; nothing is ever fetched from a network.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._page: Page | None = None
        self._words = ""
        self._room = 0
        self._fitting = QTimer(self)  # Qt resizes it in the middle of taking a text as well
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit)
        self.setAccessibleName(tr("Page of the guide"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(scaled(24))
        self.anchorClicked.connect(lambda url: self.wanted.emit(url.toString()))

    @property
    def page(self) -> Page | None:
        """The page on screen."""
        return self._page

    @property
    def found_words(self) -> list[str]:
        """The words that are marked as found."""
        return [one.cursor.selectedText() for one in self.extraSelections()]

    @property
    def scrolled(self) -> int:
        """How far down it is."""
        return self.verticalScrollBar().value()

    def show_page(self, page: Page, anchor: str = "", words: str = "") -> None:
        """Show a page from the top or from a place on, with some words highlighted."""
        self._page, self._words = page, words
        self._room = self._room_for_pictures()
        self.document().clear()
        self.document().setDefaultStyleSheet(
            theme.stylesheet(theme.colours(), theme.text_size(), "guide.css")
        )
        self.setHtml(page.html)
        self._highlight()
        if anchor:
            self._go_to(anchor)

    def scroll_to(self, value: int) -> None:
        """Go down as far as it was before."""
        self.verticalScrollBar().setValue(value)

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        """A picture, as large as the text size and the width of the page allow."""
        picture = QImage(QUrl(name).toLocalFile())
        if picture.isNull():
            return picture
        width = min(scaled(picture.width() / _DENSITY), self._room)
        sharp = self.devicePixelRatioF()
        fitted = picture.scaledToWidth(
            round(width * sharp), Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(sharp)
        return fitted

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pictures into another width."""
        super().resizeEvent(event)
        self._fitting.start()

    def _fit(self) -> None:
        if self._page is not None and self._room != self._room_for_pictures():
            there = self.scrolled
            self.show_page(self._page, words=self._words)
            self.scroll_to(there)

    def _room_for_pictures(self) -> int:
        return self.viewport().width() - 2 * scaled(24)

    def _go_to(self, anchor: str) -> None:
        self.scrollToAnchor(anchor)
        block = self.document().begin()
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                if anchor in fragments.fragment().charFormat().anchorNames():
                    self.setTextCursor(QTextCursor(block))
                    top = self.document().documentLayout().blockBoundingRect(block).top()
                    self.scroll_to(round(top) - scaled(_ABOVE))
                    return
                fragments += 1
            block = block.next()

    def _highlight(self) -> None:
        """Colour the words that were looked for; the colours hold in every appearance."""
        colours = theme.colours()
        found = []
        for first, length in spans(self.toPlainText(), self._words):
            one = QTextEdit.ExtraSelection()
            one.cursor = self.textCursor()
            one.cursor.setPosition(first)
            one.cursor.setPosition(first + length, QTextCursor.MoveMode.KeepAnchor)
            one.format.setBackground(QColor(colours.accent))
            one.format.setForeground(QColor(colours.on_accent))
            found.append(one)
        self.setExtraSelections(found)
