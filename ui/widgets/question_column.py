"""The questions of one page under each other, of which one is in hand."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hmip_desktop.form.model import Kind, Question
from hmip_desktop.language import tr
from ui.theme import scaled
from ui.widgets.not_asked import NotAskedList
from ui.widgets.page_state import CardState, PageState
from ui.widgets.parts import button, frame, label, margins
from ui.widgets.question_card import QuestionCard
from ui.widgets.steady_scroll import SteadyScroll

_WIDEST = 860


class QuestionColumn(SteadyScroll):
    """Shows a page; while answers come and go, the question in hand stays where it is."""

    given = Signal(str, str)
    noted = Signal(str, str)
    sourced = Signal(str, str)
    wanted = Signal(str)
    notice_pressed = Signal()

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._cards: dict[str, QuestionCard] = {}
        self._texts: dict[str, QLabel] = {}
        self._in_hand = ""
        self._state: PageState | None = None
        self.setAccessibleName(tr("Questions"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._look_again)
        self._build()

    @property
    def in_hand(self) -> str:
        """The name of the question in hand."""
        return self._in_hand

    @property
    def card_in_hand(self) -> QuestionCard | None:
        """Its card."""
        return self._cards.get(self._in_hand)

    def card(self, name: str) -> QuestionCard | None:
        """The card of a question of this page that was asked since the page came up."""
        return self._cards.get(name)

    def shown_names(self) -> tuple[str, ...]:
        """The questions that are on screen, in order."""
        return tuple(name for name, card in self._in_order() if not card.isHidden())

    def show_page(self, state: PageState) -> None:
        """Show another page from its top."""
        self.tell()
        self._in_hand = ""
        for card in (*self._cards.values(), *self._texts.values()):
            card.hide()
            card.deleteLater()
        self._cards, self._texts, self._state = {}, {}, None
        self._not_asked.fold()
        self._fill(state)
        self.verticalScrollBar().setValue(0)

    def update_page(self, state: PageState) -> None:
        """Show what changed on the same page, without moving the question in hand."""
        if state != self._state:
            self.anchored(self.card_in_hand, lambda: self._fill(state))

    def take(self, name: str) -> None:
        """Take a question in hand and bring it wholly into view."""
        card = self._cards.get(name)
        if card is None or self._state is None:
            return
        if (old := self.card_in_hand) is not None and old is not card:
            old.fold()
        self._in_hand = name
        card.unfold(read_only=self._state.read_only)
        self.settle()
        self._look_again()
        self._later.start()
        card.take_focus()

    def tell(self) -> None:
        """Tell whatever was typed and not told yet."""
        if (card := self.card_in_hand) is not None:
            card.tell()

    @property
    def kept_text(self) -> str:
        """What is said of answers that are kept and do not count."""
        return self._kept.text()

    def toggle_not_asked(self) -> None:
        """Unfold or fold the list of what is not asked, with the reasons."""
        self._not_asked.toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and letters choose."""
        card = self.card_in_hand
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and card is not None and card.press(event.text()):
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The question in hand stays in view in a window of another size."""
        super().resizeEvent(event)
        self._later.start()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "clear")
        inside.setMaximumWidth(scaled(_WIDEST))
        layout = QVBoxLayout(inside)
        margins(layout, 28, 20, 28, 20, 12)
        self._title = label("", "title", wrap=True)
        self._count = label("", "quiet", wrap=True)
        heads = QVBoxLayout()
        margins(heads, 0, 0, 0, 2, 2)
        heads.addWidget(self._title)
        heads.addWidget(self._count)
        self._list = QVBoxLayout()
        margins(self._list, 0, 0, 0, 0, 10)
        self._not_asked = NotAskedList(self._language)
        layout.addLayout(heads)
        layout.addLayout(self._list)
        self._kept = label("", "quiet", wrap=True)
        layout.addWidget(self._kept)
        layout.addWidget(self._not_asked)
        layout.addStretch(1)
        self.setWidget(inside)
        self.notice = self._made_notice()

    def _made_notice(self) -> QWidget:
        """What is to be known of all the questions. It stands above them and does not scroll."""
        made = frame("noticeBar")
        row = QHBoxLayout(made)
        margins(row, 28, 8, 28, 8, 12)
        self._notice_text = label("", "noticeText", wrap=True)
        self._notice_button = button("", "", self.notice_pressed.emit)
        row.addWidget(self._notice_text, 1)
        row.addWidget(self._notice_button)
        made.hide()
        return made

    def _fill(self, state: PageState) -> None:
        before, self._state = self._state, state
        self._title.setText(state.title)
        self._count.setText(state.count)
        self._show_notice(state)
        wanted = {card.question.name for card in state.cards}
        for name, widget in (*self._cards.items(), *self._texts.items()):
            widget.setVisible(name in wanted)
        old = {card.question.name: card for card in before.cards} if before else {}
        for place, card in enumerate(state.cards):
            if card.question.kind is Kind.NOTE:
                self._show_text(card, place)
            else:
                self._show_card(card, place, changed=old.get(card.question.name) != card)
        shown = self.card_in_hand
        if shown is not None and before is not None and before.read_only != state.read_only:
            shown.unfold(read_only=state.read_only)
        self._kept.setText(state.kept)
        self._kept.setVisible(bool(state.kept))
        self._not_asked.show_questions(state.not_asked)

    def _show_notice(self, state: PageState) -> None:
        self.notice.setVisible(bool(state.notice))
        self._notice_text.setText(state.notice)
        self._notice_button.setText(state.notice_button)
        self._notice_button.setAccessibleName(state.notice_button)
        self._notice_button.setVisible(bool(state.notice_button))

    def _show_text(self, state: CardState, place: int) -> None:
        name = state.question.name
        if name not in self._texts:
            text = label(state.question.label.in_language(self._language), "quiet", wrap=True)
            self._texts[name] = text
            self._list.insertWidget(self._place_of(place), text)
            text.show()

    def _show_card(self, state: CardState, place: int, *, changed: bool) -> None:
        name = state.question.name
        card = self._cards.get(name)
        if card is None:
            card = self._cards[name] = self._made_card(state.question)
            self._list.insertWidget(self._place_of(place), card)
            # A layout shows its widgets only later; their places are asked for at once.
            card.show()
        elif not changed:
            return
        card.show_state(state)

    def _made_card(self, question: Question) -> QuestionCard:
        card = QuestionCard(question, self._language)
        name = question.name
        card.given.connect(lambda value: self.given.emit(name, value))
        card.cleared.connect(lambda: self.given.emit(name, ""))
        card.noted.connect(lambda text: self.noted.emit(name, text))
        card.sourced.connect(lambda source: self.sourced.emit(name, source))
        card.wanted.connect(lambda: self.wanted.emit(name))
        return card

    def _place_of(self, place: int) -> int:
        """Where the widget of the `place`-th shown question belongs among shown and hidden."""
        if self._state is None or place == 0:
            return 0
        before = self._state.cards[place - 1].question.name
        widget = self._cards.get(before) or self._texts[before]
        return self._list.indexOf(widget) + 1

    def _in_order(self) -> list[tuple[str, QuestionCard]]:
        return sorted(self._cards.items(), key=lambda item: self._list.indexOf(item[1]))

    def _look_again(self) -> None:
        """A page that comes up for the first time has its places only after it was shown."""
        if (card := self.card_in_hand) is not None and not card.isHidden():
            self.bring_into_view(card)
