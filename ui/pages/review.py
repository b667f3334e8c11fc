"""Review and sign off: what is missing, what is doubtful, what the answers come to."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr, tr_count
from ui import messages
from ui.models import cases, review
from ui.models.review import DoubtRow, Named, ReviewState
from ui.pages.review_parts import (
    DoubtList,
    QuestionLink,
    QuestionList,
    ScoreList,
    SignOff,
    Way,
    said_card,
)
from ui.pages.review_queries import QueryCard, in_order
from ui.session import Session
from ui.theme import scaled
from ui.widgets.parts import button, empty, label, margins, scrolled

_WIDEST = 860
_PAGES = {
    Qt.Key.Key_PageUp: QScrollBar.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QScrollBar.SliderAction.SliderPageStepAdd,
}


class ReviewPage(QWidget):
    """Looks one case over; `question_wanted` leads to a question of it, `left` back to the walk.

    `case_wanted` leads to another case, `cases_wanted` to all of them.
    """

    question_wanted = Signal(str)
    left = Signal()
    case_wanted = Signal(object)
    cases_wanted = Signal()

    def __init__(self, session: Session, language: str) -> None:
        super().__init__()
        self._session, self._language = session, language
        self._key: AssessmentKey | None = None
        self._shown: ReviewState | None = None
        self._tellers: list[DoubtList | QueryCard] = []
        self._title = label("", "title")
        self._summary = label("", "quiet", wrap=True)
        self._cards = QVBoxLayout()
        self._sign_off: SignOff | None = None
        self._lay_out()

    @property
    def key(self) -> AssessmentKey | None:
        """The assessment on screen."""
        return self._key

    @property
    def sign_off_button(self) -> QPushButton:
        """The button that signs off; once that is done, the one that leads on."""
        assert self._sign_off is not None
        assert self._sign_off.main is not None
        return self._sign_off.main

    @property
    def scroll_bar(self) -> QScrollBar:
        """The bar that goes down the review."""
        return self._area.verticalScrollBar()

    @property
    def state(self) -> ReviewState:
        """What is on screen."""
        assert self._shown is not None
        return self._shown

    def show_case(self, key: AssessmentKey) -> None:
        """Look an assessment over as it stands."""
        self.tell()
        self._key, self._shown = key, None
        self.refresh()
        self.scroll_bar.setValue(0)

    def refresh(self) -> None:
        """Show the assessment as it stands; what is being typed is not disturbed."""
        if self._key is None:
            return
        one = self._session.assessment(self._key)
        state = review.state(self._session.reading, one, self._language)
        if self._shown is None or _without_texts(state) != _without_texts(self._shown):
            self._build(state)
        self._shown = state

    def take_focus(self) -> None:
        """Put the focus on the first thing to do, else at the top: signing off is no accident."""
        links = [one for one in self.findChildren(QuestionLink) if one.isVisible()]
        if links:
            links[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_sign_off(self) -> None:
        """What can be pressed must be in sight."""
        if self._sign_off is None:
            return
        main = self._sign_off.main
        if main is not None and main.isEnabled():
            main.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self._sign_off, self._show_sign_off)

    def _show_sign_off(self) -> None:
        if self._sign_off is not None:
            self._area.ensureWidgetVisible(self._sign_off)

    def tell(self) -> None:
        """Keep whatever was typed and not kept yet."""
        for one in self._tellers:
            one.tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the question, End to signing off, Home to the top."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_End:
            self._focus_sign_off()
        elif event.key() == Qt.Key.Key_Home:
            self.take_focus()
            self.scroll_bar.setValue(0)
        elif (step := _PAGES.get(Qt.Key(event.key()))) is not None:
            self.scroll_bar.triggerAction(step)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "clear")
        inner.setMaximumWidth(scaled(_WIDEST))
        layout = QVBoxLayout(inner)
        margins(layout, 28, 16, 28, 24, 4)
        self._back = button(tr("← Back to the questions"), "link", self.left.emit)
        self._back.setAccessibleName(tr("Back to the questions"))
        self._back.setToolTip(tr("Esc"))
        layout.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._title)
        layout.addWidget(self._summary)
        margins(self._cards, 0, 8, 0, 0, 12)
        layout.addLayout(self._cards)
        layout.addStretch(1)
        across = QWidget()
        across.setProperty("role", "clear")
        row = QHBoxLayout(across)
        margins(row, 0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        self._area = scrolled(across)
        outer.addWidget(self._area)

    def _build(self, state: ReviewState) -> None:
        self.tell()
        self._tellers = []
        empty(self._cards)
        self._title.setText(tr("Review {reference}", reference=state.reference))
        self._summary.setText(state.summary)
        self._add_queries(state)
        if state.concern:
            self._put(said_card(state.concern))
        self._add_questions(state)
        self._put(ScoreList(state.scores))
        self._add_sign_off(state)

    def _put(self, card: QWidget) -> None:
        """Add a card that can take the focus at once: a layout shows its widgets only later."""
        self._cards.addWidget(card)
        card.show()

    def _add_queries(self, state: ReviewState) -> None:
        leads = self._session.is_leads
        for row in in_order(state.queries):
            card = QueryCard(row, may_reply=not leads, may_close=leads)
            card.wanted.connect(self.question_wanted)
            card.replied.connect(self._reply)
            card.closed.connect(self._close)
            card.left.connect(self.left)
            self._tellers.append(card)
            self._put(card)

    def _add_questions(self, state: ReviewState) -> None:
        for title, why, questions in _lists(state):
            if questions:
                made = QuestionList(title, why, questions)
                made.wanted.connect(self.question_wanted)
                self._put(made)
        if not (state.required or state.unsettled or state.optional):
            self._put(said_card(tr("✓ Every question that is asked has an answer.")))
        if state.doubts:
            self._add_doubts(tr("These answers look contradictory"), state.doubts)
        if state.differing:
            self._add_doubts(tr("These answers differ from the sample"), state.differing)

    def _add_doubts(self, title: str, rows: tuple[DoubtRow, ...]) -> None:
        assert self._key is not None
        doubts = DoubtList(title, rows, read_only=not self._session.is_editable(self._key))
        doubts.wanted.connect(self.question_wanted)
        doubts.explained.connect(self._explain)
        self._tellers.append(doubts)
        self._put(doubts)

    def _add_sign_off(self, state: ReviewState) -> None:
        assert self._key is not None
        is_own = self._session.is_own(self._key)
        if state.signed_off:
            text = tr(
                "{reference} is signed off; its answers are read only.", reference=state.reference
            )
            reopen = (Way(tr("Reopen..."), self.reopen),) if is_own else ()
            self._sign_off = SignOff(text, *reopen, self._way_on())
        elif not is_own:
            self._sign_off = SignOff(tr("Not signed off yet. Its assessor signs it off."))
        else:
            text = state.in_the_way or tr(
                "Nothing needed is missing. It can be reopened, with a reason."
            )
            ready = state.can_sign_off
            self._sign_off = SignOff(text, Way(tr("Sign off"), self.sign_off, "primary", ready))
        self._put(self._sign_off)

    def _way_on(self) -> Way:
        """What comes after signing off, in the place of what would take it back."""
        assert self._key is not None
        following = cases.next_open(self._session.reading, self._key)
        if self._session.is_leads or self._session.is_practice:
            return Way(tr("All cases"), self.cases_wanted.emit, "primary")
        if following is None:
            return Way(tr("My cases"), self.cases_wanted.emit, "primary")
        return Way(tr("Next case"), lambda: self.case_wanted.emit(following), "primary")

    def sign_off(self) -> None:
        """Declare the assessment finished."""
        if self._key is not None:
            self.tell()
            self._report(self._session.sign_off(self._key))
            self._focus_sign_off()

    def reopen(self) -> None:
        """Take the signing off back, with a reason."""
        if self._key is None:
            return
        sentence = tr(
            "Why is {reference} opened again? The reason is kept with the case.",
            reference=self.state.reference,
        )
        if why := messages.WhyDialog.ask(self, sentence, tr("Reopen")):
            self._report(self._session.reopen(self._key, why))
            self.take_focus()

    def _explain(self, question: str, why: str) -> None:
        if self._key is not None:
            self._report(self._session.stands(self._key, question, why))

    def _reply(self, query: str, text: str) -> None:
        if self._key is not None:
            self._report(self._session.reply(self._key, query, text))

    def _close(self, query: str) -> None:
        if self._key is not None:
            self._report(self._session.close_query(self._key, query))

    def _report(self, refusal: Refused | None) -> None:
        if refusal is not None:
            messages.refused(self, refusal)
        self.refresh()


def _lists(state: ReviewState) -> tuple[tuple[str, str, tuple[Named, ...]], ...]:
    """The questions to look at: a heading, why, and which."""
    return (
        (
            tr_count(
                "{count} question to answer", "{count} questions to answer", len(state.required)
            ),
            tr("Without these the case cannot be signed off."),
            state.required,
        ),
        (
            tr_count(
                "{count} question in conflict",
                "{count} questions in conflict",
                len(state.unsettled),
            ),
            tr("Answered in two places; answer again to settle it."),
            state.unsettled,
        ),
        (
            tr_count(
                "{count} question left open", "{count} questions left open", len(state.optional)
            ),
            tr("These may stay without an answer."),
            state.optional,
        ),
    )


def _without_texts(state: ReviewState) -> ReviewState:
    """What decides which cards there are: not what is typed in them."""
    doubts = tuple(replace(doubt, stands="") for doubt in state.doubts)
    differing = tuple(replace(doubt, stands="") for doubt in state.differing)
    queries = tuple(replace(row, query=replace(row.query, reply="")) for row in state.queries)
    return replace(state, doubts=doubts, differing=differing, queries=queries)
