"""The conflicts of the lead's file: one unfolded, the others in a list under it."""

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hmip_desktop.casefile.records import Conflict
from hmip_desktop.errors import Refused
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations.reading import Reading
from ui import messages
from ui.models import conflicts
from ui.session import Session
from ui.widgets.conflict_card import ConflictCard, ConflictState, Side
from ui.widgets.parts import label, margins

_CONFLICTS = mark(
    "The same answer was changed in two places that had not seen each other. "
    "Nothing is counted until you choose."
)
_NO_CONFLICTS = mark(
    "When two copies of a case file say different things, both sides come up here."
)


class ConflictsPane(QFrame):
    """Lets the lead settle conflicts, ask about them, or leave them for later."""

    changed = Signal()

    def __init__(self, session: Session, language: str) -> None:
        super().__init__()
        self._session, self._language = session, language
        self._open: dict[str, Conflict] = {}
        self._cards: dict[str, ConflictCard] = {}
        self._later: list[str] = []
        self.setProperty("role", "right")
        self._title = label("", "title", wrap=True)
        self._text = label("", "quiet", wrap=True)
        self._list = QVBoxLayout()
        margins(self._list, 0, 8, 0, 0, 12)
        self._inside = QVBoxLayout(self)
        margins(self._inside, 28, 20, 28, 20, 8)
        self._inside.addWidget(self._title)
        self._inside.addWidget(self._text)
        self._inside.addLayout(self._list)
        self._inside.addStretch(1)

    @property
    def cards(self) -> list[ConflictCard]:
        """The cards of the open conflicts, in their order."""
        return list(self._cards.values())

    @property
    def in_hand(self) -> ConflictCard | None:
        """The card that is unfolded."""
        return next((card for card in self._cards.values() if card.is_unfolded), None)

    def refresh(self) -> None:
        """Show the conflicts as they stand; those left for later come last."""
        found = {one.id: one for one in self._session.reading.contents.conflicts}
        self._later = [id_ for id_ in self._later if id_ in found]
        first = [id_ for id_ in found if id_ not in self._later]
        self._open = {id_: found[id_] for id_ in (*first, *self._later)}
        number = len(found)
        said = tr_count("{count} answer in conflict", "{count} answers in conflict", number)
        self._title.setText(said if number else tr("No conflicts"))
        self._text.setText(tr(_CONFLICTS if number else _NO_CONFLICTS))
        self._show_cards()
        if self._cards:
            self.show_conflict(next(iter(self._cards)))

    def show_conflict(self, id_: str) -> None:
        """Unfold one conflict and fold the others."""
        for card in self._cards.values():
            if card.id != id_ and card.is_unfolded:
                card.fold()
        self._cards[id_].unfold(_state(self._session.reading, self._open[id_], self._language))

    def take_below(self, other: QWidget) -> None:
        """Show something else below the conflicts."""
        if self._inside.indexOf(other) < 0:
            self._inside.insertWidget(self._inside.count() - 1, other)

    def take_focus(self) -> None:
        """Put the focus on the conflict in hand, and let it be seen."""
        if (card := self.in_hand) is not None:
            card.take_focus()
            QTimer.singleShot(0, card, lambda: _let_see(card))

    def _show_cards(self) -> None:
        """A card for each open conflict; those that are there stay, with what was typed."""
        for id_ in self._cards.keys() - self._open.keys():
            gone = self._cards.pop(id_)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        before = list(self._cards)
        self._cards = {
            id_: self._cards.get(id_) or self._made(one) for id_, one in self._open.items()
        }
        if list(self._cards) != before:
            for place, card in enumerate(self._cards.values()):
                self._list.insertWidget(place, card)

    def _made(self, conflict: Conflict) -> ConflictCard:
        card = ConflictCard(_in_short(self._session.reading, conflict, self._language))
        card.wanted.connect(self._take_up)
        card.settled.connect(self._settle)
        card.asked.connect(self._ask)
        card.postponed.connect(self._postpone)
        card.grown.connect(lambda: QTimer.singleShot(0, card, lambda: _let_see(card)))
        return card

    def _take_up(self, id_: str) -> None:
        self.show_conflict(id_)
        self.take_focus()

    def _settle(self, id_: str, keep: str, why: str) -> None:
        self._go_on([self._session.settle(self._open[id_], keep, why)])

    def _ask(self, id_: str, text: str) -> None:
        """One query to each assessor concerned; the conflict itself waits for the reply."""
        conflict, reading = self._open[id_], self._session.reading
        question = conflicts.question_of(reading, conflict)
        said = [
            self._session.ask(key, text, question) for key in conflicts.to_ask(reading, conflict)
        ]
        if not any(said):
            self._put_last(id_)
            self._cards[id_].has_asked()
        self._go_on(said)

    def _postpone(self, id_: str) -> None:
        self._put_last(id_)
        self._go_on([])

    def _put_last(self, id_: str) -> None:
        self._later = [*(one for one in self._later if one != id_), id_]

    def _go_on(self, refusals: Iterable[Refused | None]) -> None:
        """Say what was refused, and take up the next conflict."""
        for refusal in filter(None, refusals):
            messages.refused(self, refusal)
        self.refresh()
        self.take_focus()
        self.changed.emit()


def _in_short(reading: Reading, conflict: Conflict, language: str) -> ConflictState:
    return ConflictState(
        conflict.id,
        conflicts.where(reading, conflict),
        conflicts.asks(reading, conflict, language),
        (),
    )


def _state(reading: Reading, conflict: Conflict, language: str) -> ConflictState:
    notes = conflicts.notes(reading, conflict)
    sides = []
    for entry in conflict.sides:
        said, line = conflicts.answer(reading, conflict, entry.value, language)
        who_and_when = conflicts.who_and_when(reading, entry)
        before = conflicts.before(reading, conflict, entry, language)
        note = notes.get(entry.id, "")
        sides.append(Side(entry.id, said, line, who_and_when, before, note))
    can_ask = bool(conflicts.to_ask(reading, conflict))
    return ConflictState(
        conflict.id,
        conflicts.where(reading, conflict),
        conflicts.asks(reading, conflict, language),
        tuple(sides),
        tuple(
            tr("Reply of {name}: {text}", name=name, text=query.reply)
            if query.reply
            else tr("You asked {name}; the reply is waited for.", name=name)
            for name, query in conflicts.asked(reading, conflict)
        ),
        conflicts.proposed(reading, conflict, language) if can_ask else "",
    )


def _let_see(card: QWidget) -> None:
    """Scroll the page around a card so far that all of it, or its beginning, is seen."""
    parent = card.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    inside = parent.widget() if parent is not None else None
    if parent is not None and inside is not None:
        top = card.mapTo(inside, card.rect().topLeft()).y()
        bar = parent.verticalScrollBar()
        bottom = top + card.height() - parent.viewport().height()
        if not bottom <= bar.value() <= top:
            bar.setValue(min(top, max(bottom, 0)))
