"""The user's guide in a window of its own, beside the program's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop import guide, language
from hmip_desktop.errors import Refused
from hmip_desktop.guide import Found, Page
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.guide_on_paper import guide_on_paper, page_on_paper
from hmip_desktop.operations.paper import Paper
from ui import messages, paper
from ui.actions import key_list
from ui.models.guide import START
from ui.theme import scaled
from ui.widgets.flow import side_by_side
from ui.widgets.guide_text import GuideText
from ui.widgets.parts import button, frame, label, margins

MOST_SHOWN = 50
PAUSE_MS = 200
"""After the last key: one search for a word that is typed, not one for each letter."""
_PADDING = 3
_PLACE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Stop:
    """Where the reader was: a place, how far down, and which words were highlighted."""

    place: str
    words: str = ""
    scrolled: int = 0


class GuideWindow(QDialog):
    """All pages, a box that finds words in them, the page in hand, and the way back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Guide to HMIP Desktop"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._pages = pages()
        self._way: list[Stop] = []
        self._at = -1
        self._box = QLineEdit()
        self._box.setPlaceholderText(tr("Find in the guide"))
        self._box.setAccessibleName(tr("Find words in all pages of the guide"))
        self._box.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._list_what_fits)
        self._box.textChanged.connect(lambda _: self._pause.start())
        self._box.installEventFilter(self)
        self._list = _made_list()
        self._list.itemActivated.connect(self._go)
        self._list.itemClicked.connect(self._go)
        self._said = label("", "small", wrap=True)
        self._text = GuideText()
        self._text.wanted.connect(self.show_place)
        self._back = button(tr("Back"), "", self.back)
        self._forward = button(tr("Forward"), "", self.forward)
        self._lay_out()
        self._make_keys()
        self._list_what_fits()
        self.show_place(START)

    @property
    def place(self) -> str:
        """The page and place on screen: `assessor.md#walk`."""
        return self._way[self._at].place

    @property
    def text(self) -> GuideText:
        """The page on screen."""
        return self._text

    @property
    def lines(self) -> list[str]:
        """What the list shows: the pages, or what was found."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    @property
    def said(self) -> str:
        """What stands under the list."""
        return self._said.text()

    def show_place(self, place: str, words: str = "") -> None:
        """Go to a place; what is no place of the guide leads nowhere."""
        if self._page_of(place) is None:
            return
        self._remember()
        if self._at < 0 or self._way[self._at].place != place or words:
            del self._way[self._at + 1 :]
            self._way.append(Stop(place, words))
            self._at += 1
        self._show_stop()

    def look_for(self, text: str) -> None:
        """Look for some words, as if they had been typed."""
        self._box.setText(text)
        self._list_what_fits()

    def go_to_first(self) -> None:
        """Go to what is chosen in the list; with words just typed, what fits them."""
        if self._pause.isActive():
            self._list_what_fits()
        if (item := self._list.currentItem()) is not None:
            self._go(item)

    def back(self) -> None:
        """The page before, where it was left."""
        self._step(-1)

    def forward(self) -> None:
        """The page after it again."""
        self._step(1)

    def save_pdf(self, path: Path, *, whole: bool) -> None:
        """Save the page on screen, or the whole guide.

        Raises:
            Refused: DISK when it cannot be written there.
        """
        paper.save_pdf(path, guide_on_paper(self._pages) if whole else self._on_paper())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to what was found; the arrows leave the box for the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go_to_first()
                return True
            if event.key() == Qt.Key.Key_Down:
                if self._pause.isActive():
                    self._list_what_fits()
                self._list.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        if 0 <= self._at + by < len(self._way):
            self._remember()
            self._at += by
            self._show_stop()

    def _remember(self) -> None:
        if self._at >= 0:
            self._way[self._at] = replace(self._way[self._at], scrolled=self._text.scrolled)

    def _show_stop(self) -> None:
        stop = self._way[self._at]
        page = self._page_of(stop.place)
        assert page is not None
        self._text.show_page(page, stop.place.partition("#")[2], stop.words)
        if stop.scrolled:
            self._text.scroll_to(stop.scrolled)
        self._back.setEnabled(self._at > 0)
        self._forward.setEnabled(self._at < len(self._way) - 1)
        self._choose_in_list(page)

    def _page_of(self, place: str) -> Page | None:
        """The page of a place, when it is one: its name, and an anchor that it has."""
        file, _, anchor = place.partition("#")
        found = next((page for page in self._pages if f"{page.name}.md" == file), None)
        return found if found and (not anchor or anchor in found.anchors) else None

    def _list_what_fits(self) -> None:
        """List the pages; with words in the box, the passages that have them."""
        self._pause.stop()
        words = self._box.text().strip()
        found = guide.find(self._pages, words)
        self._list.clear()
        for one in found[:MOST_SHOWN]:
            self._list.addItem(_found_item(one))
        if not words:
            for page in self._pages:
                self._list.addItem(_item(page.title, f"{page.name}.md"))
            if self._text.page is not None:
                self._choose_in_list(self._text.page)
        elif found:
            self._list.setCurrentRow(0)
        self._say(words, len(found))

    def _say(self, words: str, found: int) -> None:
        if not words:
            self._said.setText("")
        elif not found:
            self._said.setText(tr("Nothing has “{text}” in it. Try one word.", text=words))
        else:
            self._said.setText(
                tr_count(
                    "{count} place found. Enter goes there.",
                    "{count} places found. Enter goes there.",
                    found,
                )
            )

    def _choose_in_list(self, page: Page) -> None:
        if not self._box.text().strip():
            self._list.setCurrentRow([one.name for one in self._pages].index(page.name))

    def _go(self, item: QListWidgetItem) -> None:
        self.show_place(str(item.data(_PLACE)), self._box.text().strip())

    def _on_paper(self) -> Paper:
        assert self._text.page is not None
        return page_on_paper(self._text.page)

    def _print(self) -> None:
        paper.print_out(self, self._on_paper())

    def _choose_and_save(self, *, whole: bool) -> None:
        made = guide_on_paper(self._pages) if whole else self._on_paper()
        name = f"{made.name.rstrip('.')}.pdf".replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save as PDF"), name, "PDF (*.pdf)")
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
        try:
            self.save_pdf(path, whole=whole)
        except Refused as refusal:
            messages.refused(self, refusal)

    def _lay_out(self) -> None:
        left = frame("left")
        inside = QVBoxLayout(left)
        margins(inside, 14, 16, 14, 14, 8)
        for part in (self._box, self._list, self._said):
            inside.addWidget(part)
        right = QWidget()
        beside = QVBoxLayout(right)
        margins(beside, 0, 0, 0, 0)
        bar = frame("top")
        across = QHBoxLayout(bar)
        margins(across, 16, 10, 16, 10, 8)
        across.addWidget(
            side_by_side(
                self._back,
                self._forward,
                button(tr("Print page..."), "", self._print),
                button(tr("Save page as PDF..."), "", lambda: self._choose_and_save(whole=False)),
                button(tr("Save guide as PDF..."), "", lambda: self._choose_and_save(whole=True)),
            )
        )
        beside.addWidget(bar)
        beside.addWidget(self._text, 1)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.addWidget(left)
        parts.addWidget(right)
        parts.setStretchFactor(1, 1)
        left.setMaximumWidth(scaled(320))
        parts.setSizes([scaled(250), scaled(690)])
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0)
        layout.addWidget(parts)
        screen = self.screen().availableSize()
        self.resize(min(scaled(940), screen.width()), min(scaled(760), screen.height() - 40))
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_keys(self) -> None:
        does = {
            "Ctrl+F": self._to_box,
            "Alt+Left": self.back,
            "Alt+Right": self.forward,
            "Ctrl+P": self._print,
            "F6": self._other_part,
        }
        for keys, run in does.items():
            QShortcut(QKeySequence(keys), self).activated.connect(run)
        for one in self.findChildren(QPushButton):
            one.setAutoDefault(False)  # Enter belongs to the box and the links here

    def _to_box(self) -> None:
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def _other_part(self) -> None:
        other = self._list if self._text.hasFocus() else self._text
        other.setFocus(Qt.FocusReason.ShortcutFocusReason)


def pages() -> tuple[Page, ...]:
    """The guide in the language in use, with the keys of this program."""
    return guide.book(language.in_use(), {"keys": keys_table(key_list())})


def keys_table(keys: Sequence[tuple[str, str]]) -> str:
    """Keys and what they do, as the guide's own tables are written."""
    key_head, does_head = tr("Key"), tr("What it does")
    head = f"| {key_head} | {does_head} |\n|---|---|\n"
    return head + "".join(f"| `{key}` | {does} |\n" for key, does in keys)


class _Wrapping(QStyledItemDelegate):
    """Reckons with less width than there is: Qt forgets the padding when it breaks lines."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The room that a line needs."""
        narrower = QStyleOptionViewItem(option)
        narrower.rect = option.rect.adjusted(0, 0, -2 * scaled(_PADDING), 0)
        return super().sizeHint(narrower, index)


def _made_list() -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(tr("Pages of the guide"))
    made.setWordWrap(True)
    made.setItemDelegate(_Wrapping(made))
    made.setResizeMode(QListView.ResizeMode.Adjust)
    made.setStyleSheet(f"QListView::item {{ padding: {scaled(_PADDING)}px; }}")
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _item(text: str, place: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setData(_PLACE, place)
    return item


def _found_item(one: Found) -> QListWidgetItem:
    place = f"{one.page.name}.md#{one.passage.anchor}"
    if one.passage.is_heading and one.sentence != one.page.title:
        return _item(f"{one.page.title}\n{one.passage.text}", place)
    return _item(f"{one.passage.heading}\n{one.sentence}", place)
