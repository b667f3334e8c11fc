"""The walk through one case: its pages at the left, the questions, guidance at the right."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.form.model import Question
from hmip_desktop.language import mark, tr
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.undoing import Step
from ui.models.pages_of_case import PageOrder
from ui.pages import case_state
from ui.pages.case_answering import Answering
from ui.pages.case_walk import Walk
from ui.session import Session
from ui.theme import scaled
from ui.widgets.case_side import CaseSide
from ui.widgets.guidance import Guidance
from ui.widgets.parts import margins
from ui.widgets.question_column import QuestionColumn
from ui.widgets.three_parts import ThreeParts
from ui.widgets.walk_bar import WalkBar

_ROOM_FOR_WAYS = 260
_ROUND = {
    1: mark("Round to the first question without an answer."),
    -1: mark("Round to the last question without an answer."),
}


class CasePage(ThreeParts):
    """Walks its user through a case; every answer is saved as it is given.

    `told` tells what is to be known of the last step, if anything; it holds until the next one.
    """

    left = Signal()
    review_wanted = Signal()
    told = Signal(str)

    def __init__(
        self,
        session: Session,
        actions: Mapping[str, QAction],
        order: PageOrder,
        language: str,
    ) -> None:
        side, column, guidance = CaseSide(), QuestionColumn(language), Guidance()
        super().__init__(side, _with_notice(column), guidance, actions)
        self._side, self._column, self._guidance = side, column, guidance
        self._session, self._language = session, language
        self._group = ""
        self._from_note = False
        self._walk = Walk(session, order)
        self._does = Answering(session, self._column, self)
        self._bar = WalkBar()
        self._connect(actions)

    @property
    def key(self) -> AssessmentKey | None:
        """The assessment on screen."""
        return self._walk.key

    @property
    def question(self) -> str:
        """The name of the question in hand."""
        return self._column.in_hand

    @property
    def column(self) -> QuestionColumn:
        """The questions on screen."""
        return self._column

    @property
    def bar(self) -> QWidget:
        """The buttons that belong at the bottom of the window."""
        return self._bar

    @property
    def ways(self) -> QWidget:
        """The ways out of the case, for while its side is away."""
        return self._bar.ways

    def show_case(self, key: AssessmentKey, question: str = "") -> None:
        """Show an assessment at a question, else at the first one without an answer."""
        self.tell()
        if self.waits:
            return
        self._guidance.forget()
        self._walk.key = self._does.key = key
        self._group = ""
        if target := self._walk.beginning(question):
            self.go_to(target)

    def set_order(self, order: PageOrder) -> None:
        """Show the pages in another order."""
        self._walk.order = order
        self._show_side()

    def tell(self) -> None:
        """Keep whatever was typed and not kept yet."""
        self._column.tell()
        self._guidance.tell()

    def go_to(self, question: Question) -> None:
        """Take a question in hand, wherever it stands; not while the disk takes nothing."""
        if self.waits and question.name != self.question:
            return
        self.told.emit("")
        self._turn_to(question.group)
        self._column.take(question.name)
        self._show_guidance()

    @property
    def waits(self) -> bool:
        """Whether something typed is not kept yet, because the disk took nothing."""
        self.tell()
        card = self._column.card_in_hand
        return card is not None and card.waits

    def next(self) -> None:
        """Go on to the next question."""
        if not self._is_stuck():
            self._go(self._walk.beside(self.question, 1), tr("This is the last question."))

    def previous(self) -> None:
        """Go back to the question before."""
        if not self._is_stuck():
            self._go(self._walk.beside(self.question, -1), tr("This is the first question."))

    def next_unanswered(self, step: int = 1) -> None:
        """Go to the nearest question without an answer, forward or (-1) back, and round."""
        if self._is_stuck():
            return
        here, found = self.question, self._walk.unanswered(self.question, step)
        self._go(found, tr("Every question that is asked has an answer."))
        if found is not None and found.name == here:
            self.told.emit(tr("This is the only question without an answer."))
        elif found is not None and self._walk.came_round(here, found, step):
            self.told.emit(tr(_ROUND[step]))

    def write_note(self) -> None:
        """Put the focus into the note of the question in hand."""
        if (card := self._column.card_in_hand) is not None:
            card.take_note_focus()

    def use_sample(self) -> None:
        """Answer the question in hand as the sample says."""
        if (card := self._column.card_in_hand) is not None:
            card.use_sample()

    def rest_on(self, source: str) -> None:
        """Say on what the answer in hand rests."""
        if (card := self._column.card_in_hand) is not None:
            card.rest_on(source)

    def to_guidance(self) -> None:
        """Go to the guidance, and from there back to the question or its note."""
        focus, card = QApplication.focusWidget(), self._column.card_in_hand
        if focus is None or not (focus is self._guidance or self._guidance.isAncestorOf(focus)):
            self._from_note = card is not None and card.note_has_focus
            self.show_side("guidance", shown=True)
            self._guidance.take_focus()
        elif card is not None and not (self._from_note and card.take_note_focus()):
            card.take_focus()

    def next_pane(self) -> None:
        """Go from the questions to the guidance, the outline and back to the questions."""
        focus = QApplication.focusWidget()
        if focus is not None and self._column.isAncestorOf(focus) and self.shows_guidance:
            self._guidance.take_focus()
        elif focus is not None and focus is not self._side.outline and self.shows_outline:
            self._side.outline.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif (card := self._column.card_in_hand) is not None:
            card.take_focus()

    def show_step(self, step: Step) -> None:
        """Bring into view what was undone or made again."""
        if step.key != self.key:
            self.show_case(step.key, step.question)
        elif self._walk.is_asked(step.question):
            self.go_to(self._walk.named(step.question))
        if step.mark:
            self.show_side("guidance", shown=True)
            self._guidance.show_mark(step.mark)

    def refresh(self, changes: Changes) -> None:
        """Show what changed in this case."""
        if self.key is None or self.key.record not in changes.records:
            return
        self._show_page_again()
        self._show_side()
        if not self._walk.is_asked(self.question):
            QTimer.singleShot(0, self, self._take_what_is_left)
        self._show_guidance()

    def reopen(self) -> None:
        """Take the signing off back, with a reason."""
        self._does.reopen()
        if (card := self._column.card_in_hand) is not None:
            card.take_focus()

    def width_changed(self, *, narrow: bool) -> None:
        """A narrow window has no room for the names of keys."""
        self._bar.be_short(short=narrow)

    def side_changed(self, name: str, *, shown: bool) -> None:
        """Without the side at the left its ways out of the case are at the bottom."""
        if name == "outline":
            self._bar.show_ways(shown=not shown or self._is_low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window, or with large text, the ways out of the case are at the bottom."""
        super().resizeEvent(event)
        self._side.be_low(low=self._is_low)
        self.side_changed("outline", shown=not self._side.isHidden())

    @property
    def _is_low(self) -> bool:
        return self.height() < scaled(_ROOM_FOR_WAYS)

    def _connect(self, actions: Mapping[str, QAction]) -> None:
        self._column.wanted.connect(lambda name: self.go_to(self._walk.named(name)))
        self._column.notice_pressed.connect(self.reopen)
        self._does.stale.connect(self._show_page_again)
        self._side.back.connect(self.left)
        self._side.page_wanted.connect(self._page_wanted)
        self._side.acted.connect(self.review_wanted)
        self._guidance.marked.connect(self._does.marked)
        self._guidance.put_back.connect(lambda value: self._does.given(self.question, value))
        self._bar.all_cases.connect(self.left)
        self._bar.review.connect(self.review_wanted)
        self._bar.previous.connect(self.previous)
        self._bar.following.connect(self.next)
        self._bar.unanswered.connect(self.next_unanswered)
        # Enter and letters hold among the questions only; elsewhere they press and type.
        for name in ("next", "previous"):
            self._column.addAction(actions[name])

    def _go(self, question: Question | None, where_there_is_none: str) -> None:
        if question is not None:
            self.go_to(question)
        else:
            self.told.emit(where_there_is_none)

    def _turn_to(self, group: str) -> None:
        if group != self._group and self.key is not None:
            self.tell()
            self._group = group
            self._column.show_page(case_state.page(self._session, self.key, group, self._language))
            self._show_side()

    def _is_stuck(self) -> bool:
        """Whether what was typed cannot be kept: going on would lose it."""
        self.tell()
        card = self._column.card_in_hand
        if card is None or not card.problem:
            return False
        card.take_focus()
        return True

    def _show_page_again(self) -> None:
        if self.key is not None:
            state = case_state.page(self._session, self.key, self._group, self._language)
            self._column.update_page(state)

    def _show_side(self) -> None:
        if self.key is not None:
            state = case_state.side(
                self._session, self.key, self._group, self._walk.order, self._language
            )
            self._side.show_state(state)

    def _show_guidance(self) -> None:
        if self.key is None or not self.question:
            return
        question = self._walk.named(self.question)
        help_ = case_state.help_with(self._session, self.key, question, self._language)
        self._guidance.show_help(help_)

    def _page_wanted(self, group: str) -> None:
        if target := self._walk.first_on(group):
            self.go_to(target)
        else:
            self._turn_to(group)

    def _take_what_is_left(self) -> None:
        shown = self._column.shown_names()
        if self.question not in shown and shown:
            self.go_to(self._walk.named(shown[0]))


def _with_notice(column: QuestionColumn) -> QWidget:
    """The questions under what is to be known of them all, which is always in sight."""
    middle = QWidget()
    middle.setProperty("role", "clear")
    layout = QVBoxLayout(middle)
    margins(layout, 0, 0, 0, 0)
    layout.addWidget(column.notice)
    layout.addWidget(column, 1)
    return middle
