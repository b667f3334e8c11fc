"""The walk through one case: its pages at the left, the questions, guidance at the right."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.model import Question
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.undoing import Step
from ui import messages
from ui.models import words
from ui.models.pages_of_case import PageOrder, unanswered_after, walked
from ui.pages import case_state
from ui.session import Session
from ui.theme import scaled
from ui.widgets.case_side import CaseSide
from ui.widgets.guidance import Guidance
from ui.widgets.parts import button, frame, label, margins
from ui.widgets.question_column import PageState, QuestionColumn

_SIDES = (292, 280)
_NARROW_SIDES = (248, 236)
_ROOM_FOR_SIDES, _ROOM_FOR_GUIDANCE, _ROOM_FOR_OUTLINE = 1180, 940, 700


class CasePage(QWidget):
    """Walks its user through a case; every answer is saved as it is given."""

    left = Signal()

    def __init__(
        self,
        session: Session,
        actions: Mapping[str, QAction],
        order: PageOrder,
        language: str,
    ) -> None:
        super().__init__()
        self._session, self._actions = session, actions
        self._order, self._language = order, language
        self._key: AssessmentKey | None = None
        self._group = ""
        self._side = CaseSide()
        self._column = QuestionColumn(language)
        self._guidance = Guidance()
        self.bar = self._made_bar()
        self._lay_out()
        self._connect()

    @property
    def key(self) -> AssessmentKey | None:
        """The assessment on screen."""
        return self._key

    @property
    def question(self) -> str:
        """The name of the question in hand."""
        return self._column.in_hand

    @property
    def column(self) -> QuestionColumn:
        """The questions on screen."""
        return self._column

    def show_case(self, key: AssessmentKey, question: str = "") -> None:
        """Show an assessment at a question, else at the first one without an answer."""
        self.tell()
        self._key = key
        state = self._session.assessment(key).state
        asked = self._walked()
        named = next((one for one in asked if one.name == question), None)
        first = next((one for one in asked if not state.values.get(one.name)), None)
        self._group = ""
        if target := named or first or next(iter(asked), None):
            self.go_to(target)

    def set_order(self, order: PageOrder) -> None:
        """Show the pages in another order."""
        self._order = order
        self._show_side()

    def tell(self) -> None:
        """Keep whatever was typed and not kept yet."""
        self._column.tell()

    def go_to(self, question: Question) -> None:
        """Take a question in hand, on whichever page it stands."""
        self._turn_to(question.group)
        self._column.take(question.name)
        self._show_guidance()

    def next(self) -> None:
        """Go on to the next question."""
        self._step(1)

    def previous(self) -> None:
        """Go back to the question before."""
        self._step(-1)

    def next_unanswered(self, step: int = 1) -> None:
        """Go to the nearest question without an answer, forward or (-1) back."""
        if self._key is None or self._is_stuck():
            return
        state = self._session.assessment(self._key).state
        if found := unanswered_after(self._walked(), state, self.question, step=step):
            self.go_to(found)

    def write_note(self) -> None:
        """Put the focus into the note of the question in hand."""
        if (card := self._column.card_in_hand) is not None:
            card.take_note_focus()

    def next_pane(self) -> None:
        """Go from the questions to the guidance, the outline and back to the questions."""
        card, focus = self._column.card_in_hand, QApplication.focusWidget()
        if focus is not None and self._column.isAncestorOf(focus) and self._right.isVisible():
            self._guidance.take_focus()
        elif focus is not None and focus is not self._side.outline and self._side.isVisible():
            self._side.outline.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif card is not None:
            card.take_focus()

    def show_step(self, step: Step) -> None:
        """Bring into view what was undone or made again."""
        if step.key != self._key:
            self.show_case(step.key, step.question)
        elif step.question in self._session.assessment(step.key).state.is_asked:
            self.go_to(self._session.form.question_by_name[step.question])

    def refresh(self, changes: Changes) -> None:
        """Show what changed in this case."""
        if self._key is None or self._key.record not in changes.records:
            return
        one = self._session.assessment(self._key)
        self._column.update_page(self._page_state())
        self._show_side()
        if self.question not in one.state.is_asked:
            QTimer.singleShot(0, self._take_what_is_left)
        self._show_guidance()

    def show_sides(self, *, outline: bool | None = None, guidance: bool | None = None) -> None:
        """Show or hide the sides."""
        if outline is not None:
            self._side.setVisible(outline)
            self._actions["outline"].setChecked(outline)
        if guidance is not None:
            self._right.setVisible(guidance)
            self._actions["guidance"].setChecked(guidance)

    def toggle_sides(self, name: str) -> None:
        """Show or hide the outline or the guidance."""
        side = self._side if name == "outline" else self._right
        self.show_sides(**{name: side.isHidden()})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window, or large text, leaves the room to the questions."""
        super().resizeEvent(event)
        width = event.size().width() / scaled(100) * 100
        old = event.oldSize().width() / scaled(100) * 100
        sides = _SIDES if width >= _ROOM_FOR_SIDES else _NARROW_SIDES
        self._side.setFixedWidth(scaled(sides[0]))
        self._right.setFixedWidth(scaled(sides[1]))
        self._badge.setVisible(width >= _ROOM_FOR_OUTLINE)
        for room, name in ((_ROOM_FOR_OUTLINE, "outline"), (_ROOM_FOR_GUIDANCE, "guidance")):
            if old <= 0 or (width >= room) != (old >= room):
                self.show_sides(**{name: width >= room})

    def _lay_out(self) -> None:
        self._right: QFrame = frame("right")
        right = QVBoxLayout(self._right)
        margins(right, 0, 0, 0, 0)
        right.addWidget(self._guidance)
        layout = QHBoxLayout(self)
        margins(layout, 0, 0, 0, 0)
        layout.addWidget(self._side)
        layout.addWidget(self._column, 1)
        layout.addWidget(self._right)

    def _connect(self) -> None:
        self._column.given.connect(self._given)
        self._column.noted.connect(self._noted)
        self._column.wanted.connect(self._wanted)
        self._column.notice_pressed.connect(self.reopen)
        self._side.back.connect(self.left)
        self._side.page_wanted.connect(self._page_wanted)
        self._side.acted.connect(self.sign_off_or_review)
        self._guidance.marked.connect(self._marked)
        self._guidance.put_back.connect(lambda value: self._given(self.question, value))
        # Enter and letters hold among the questions only; elsewhere they press and type.
        for name in ("next", "previous"):
            self._column.addAction(self._actions[name])

    def _made_bar(self) -> QWidget:
        bar = QWidget()
        bar.setProperty("role", "clear")
        layout = QHBoxLayout(bar)
        margins(layout, 0, 0, 0, 0, 12)
        unanswered = button("Next unanswered", "link", self.next_unanswered)
        layout.addWidget(unanswered)
        self._badge = label("Ctrl+Down", "badge")
        layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        previous = button("Previous", "", self.previous)
        following = button("Next question", "primary", self.next)
        previous.setToolTip("P")
        following.setToolTip("Enter or N")
        layout.addWidget(previous)
        layout.addWidget(following)
        return bar

    def _walked(self) -> tuple[Question, ...]:
        if self._key is None:
            return ()
        state = self._session.assessment(self._key).state
        return walked(self._session.form, self._order, state)

    def _turn_to(self, group: str) -> None:
        if group != self._group:
            self.tell()
            self._group = group
            self._column.show_page(self._page_state())
            self._show_side()

    def _is_stuck(self) -> bool:
        """Whether what was typed cannot be kept: going on would lose it."""
        self.tell()
        card = self._column.card_in_hand
        if card is None or not card.problem:
            return False
        card.take_focus()
        return True

    def _step(self, step: int) -> None:
        if self._is_stuck():
            return
        asked = self._walked()
        names = [question.name for question in asked]
        if self.question not in names:
            return
        place = names.index(self.question) + step
        if 0 <= place < len(asked):
            self.go_to(asked[place])

    def _page_state(self) -> PageState:
        assert self._key is not None
        return case_state.page(self._session, self._key, self._group, self._language)

    def _show_side(self) -> None:
        if self._key is not None:
            state = case_state.side(self._session, self._key, self._group, self._order)
            self._side.show_state(state)

    def _show_guidance(self) -> None:
        if self._key is None or not self.question:
            return
        one = self._session.assessment(self._key)
        question = self._session.form.question_by_name[self.question]
        reasons = self._session.reading.routing.reasons(question.name, one.state)
        editable = self._session.is_editable(self._key)
        self._guidance.show_question(
            question.number,
            question.hint.in_language(self._language),
            question.guidance.in_language(self._language),
            words.why_asked(self._session.form, reasons, self._language),
        )
        past = case_state.past(self._session, self._key, question, self._language)
        self._guidance.show_history(past, read_only=not editable)
        self._guidance.show_marks(one.assessment.marks, read_only=not editable)

    def _given(self, name: str, value: str) -> None:
        if self._key is None:
            return
        self._say(name, self._session.answer(self._key, name, value))

    def _noted(self, name: str, text: str) -> None:
        if self._key is not None and self._session.is_editable(self._key):
            self._say(name, self._session.note(self._key, name, text))

    def _say(self, name: str, refusal: Refused | None) -> None:
        """Under the question what is wrong with its answer; elsewhere nothing is lost unsaid."""
        if (card := self._column.card(name)) is not None:
            card.say_problem(refusal.sentence if refusal else "")
        if refusal is not None and refusal.code is not Code.VALUE_UNUSABLE and card is not None:
            self._column.update_page(self._page_state())

    def _wanted(self, name: str) -> None:
        self.go_to(self._session.form.question_by_name[name])

    def _page_wanted(self, group: str) -> None:
        if self._key is None:
            return
        state = self._session.assessment(self._key).state
        there = [question for question in self._walked() if question.group == group]
        first = next((one for one in there if not state.values.get(one.name)), None)
        if target := first or next(iter(there), None):
            self.go_to(target)
        else:
            self._turn_to(group)

    def _take_what_is_left(self) -> None:
        shown = self._column.shown_names()
        if self.question not in shown and shown:
            self.go_to(self._session.form.question_by_name[shown[0]])

    def _marked(self, name: str, on: bool) -> None:
        if self._key is not None and (refusal := self._session.mark(self._key, name, on=on)):
            messages.refused(self, refusal)

    def sign_off_or_review(self) -> None:
        """Sign off, or go to the first question that stands in the way."""
        if self._key is None:
            return
        self.tell()
        one = self._session.assessment(self._key)
        missing = case_state.in_the_way(self._session, one)
        if missing:
            self.go_to(self._session.form.question_by_name[missing[0]])
            return
        sentence = f"Sign off {one.case.reference}? It can be reopened, with a reason."
        if messages.confirm(self, sentence, "Sign off"):
            self._report(self._session.sign_off(self._key))

    def reopen(self) -> None:
        """Take the signing off back, with a reason."""
        if self._key is None:
            return
        reference = self._session.assessment(self._key).case.reference
        sentence = f"Why is {reference} opened again? The reason is kept with the case."
        if why := messages.WhyDialog.ask(self, sentence, "Reopen"):
            self._report(self._session.reopen(self._key, why))

    def _report(self, refusal: Refused | None) -> None:
        if refusal is not None:
            messages.refused(self, refusal)
