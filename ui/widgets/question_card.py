"""One question: folded to a line, or in hand with its choices and its note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.form.model import Kind, Line, Question
from hmip_desktop.language import tr
from ui.widgets.choices import ChoiceList
from ui.widgets.fields import LineAnswer, TextAnswer, TextArea
from ui.widgets.narrow_label import NarrowLabel
from ui.widgets.page_state import CardState
from ui.widgets.parts import empty, label, margins, restyle
from ui.widgets.sample_row import SampleRow
from ui.widgets.source_row import SourceRow

_ROLES = {Line.ABOVE: "above", Line.BELOW: "below", Line.NOT_COUNTED: "quiet"}
Editor = ChoiceList | LineAnswer | TextAnswer
_Typed = LineAnswer | TextAnswer | TextArea


class QuestionCard(QFrame):
    """Shows a question and tells what its user wants: it decides nothing."""

    given = Signal(str)
    cleared = Signal()
    noted = Signal(str)
    sourced = Signal(str)
    wanted = Signal()

    def __init__(self, question: Question, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self._language = language
        self._editor: Editor | None = None
        self._note: TextArea | None = None
        self._source: SourceRow | None = None
        self._sample: SampleRow | None = None
        self._state = CardState(question)
        self._read_only = False
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._number = label(question.short_number, "number")
        self._text = label(question.label.in_language(language), wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)  # beside an answer of two lines too
        self._answer = NarrowLabel("quiet")
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._hint = label("", "small", wrap=True)
        self._hint.hide()
        head = QHBoxLayout()
        margins(head, 0, 0, 0, 0, 9)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(self._number, 0, top)
        head.addWidget(self._text, 1)
        head.addWidget(self._answer, 0, Qt.AlignmentFlag.AlignVCenter)
        self._body = QVBoxLayout()
        margins(self._body, 0, 0, 0, 0, 10)
        layout = QVBoxLayout(self)
        margins(layout, 18, 14, 18, 14, 10)
        layout.addLayout(head)
        layout.addLayout(self._body)
        layout.addWidget(self._problem)
        layout.addWidget(self._hint)

    @property
    def is_open(self) -> bool:
        """Whether it is the question in hand."""
        return self._editor is not None

    def show_state(self, state: CardState) -> None:
        """Show what stands: the answer, the note, and the answer as a folded card says it."""
        self._state = state
        restyle(self._answer, _ROLES[state.line])
        self._answer.setText(state.brief)
        self._answer.setVisible(not self.is_open and bool(state.brief))
        said = state.brief or tr("not answered")
        self.setAccessibleName(f"{self.question.number}, {self._text.text()}, {said}")
        self.setAccessibleDescription(state.sample.text if state.sample else "")
        if self._editor is not None:
            self._editor.show_value(state.value)
        if self._sample is not None and state.sample is not None:
            self._sample.show_says(state.sample)
        if self._source is not None:
            self._source.show_source(state.source)
        if self._note is not None:
            self._note.show_text(state.note)

    def unfold(self, *, read_only: bool) -> None:
        """Become the question in hand."""
        if self.is_open and read_only == self._read_only:
            return
        self.fold()
        self._read_only = read_only
        restyle(self, "inHand")
        restyle(self._number, "numberInHand")
        restyle(self._text, "question")
        self._answer.hide()
        self._unfold_sample(read_only=read_only)
        self._editor = self._made_editor(read_only=read_only)
        self._editor.show_value(self._state.value)
        self._editor.given.connect(self.given)
        self._editor.cleared.connect(self.cleared)
        if self.question.kind is Kind.SELECT_MULTIPLE:
            self._body.addWidget(label(tr("Tick all that apply"), "small"))
        self._body.addWidget(self._editor)
        self._editor.show()
        self._unfold_evidence(read_only=read_only)

    def fold(self) -> None:
        """Become one line again; what was typed is told first."""
        if not self.is_open:
            return
        self.tell()
        self._editor = self._note = self._source = self._sample = None
        empty(self._body)
        self.say_problem("")
        self.say_hint("")
        restyle(self, "card")
        restyle(self._number, "number")
        restyle(self._text, "")
        self._answer.setVisible(bool(self._state.brief))

    def tell(self) -> None:
        """Tell whatever was typed and not told yet."""
        if isinstance(self._editor, LineAnswer | TextAnswer):
            self._editor.tell()
        if self._note is not None:
            self._note.tell()

    def hold(self) -> None:
        """The disk took nothing: what is typed stays on screen, and is told again."""
        if isinstance(self._editor, LineAnswer | TextAnswer):
            self._editor.hold(self._state.value)
        if self._note is not None:
            self._note.hold(self._state.note)

    @property
    def waits(self) -> bool:
        """Whether something typed is not kept yet, because the disk took nothing."""
        texts = (self._editor, self._note)
        return any(one.waits for one in texts if isinstance(one, _Typed))

    def say_problem(self, sentence: str) -> None:
        """Say under the answer why it cannot be kept; nothing takes the sentence away."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def say_hint(self, sentence: str) -> None:
        """Say under the answer what the user may have meant; folding takes it away."""
        self._hint.setText(sentence)
        self._hint.setVisible(bool(sentence))

    @property
    def hint(self) -> str:
        """What is said under the answer for help."""
        return self._hint.text()

    @property
    def problem(self) -> str:
        """Why the answer cannot be kept, in words."""
        return self._problem.text()

    def take_focus(self) -> None:
        """Put the focus where this question is answered."""
        if self._editor is not None and not self._read_only:
            self._editor.take_focus()
        elif not self.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_note_focus(self) -> bool:
        """Put the focus into the note; whether there is one."""
        if self._note is None:
            self.say_hint(tr("This question takes no note; only judgements do."))
            return False
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    @property
    def note_has_focus(self) -> bool:
        """Whether the note is being written."""
        return self._note is not None and self._note.hasFocus()

    def rest_on(self, source: str) -> None:
        """Say on what the answer rests, as its switch does."""
        if self._source is not None:
            self._source.press(source)

    @property
    def sample(self) -> SampleRow | None:
        """What the sample says, while the question is in hand and the sample says something."""
        return self._sample

    def use_sample(self) -> None:
        """Answer as the sample says; where there is nothing to take, say why."""
        says = self._state.sample
        if self._read_only:
            self.say_hint(tr("The answers of this case are read only."))
        elif says is None:
            self.say_hint(tr("The sample says nothing about this question."))
        elif says.answer:
            self.tell()
            self.given.emit(says.answer)
            self.take_focus()  # the button that was pressed is gone

    def press(self, key: str) -> bool:
        """Choose by key; where nothing can be chosen, say so."""
        if self._read_only and (key.isdigit() or self._is_choice(key)):
            self.say_hint(tr("The answers of this case are read only."))
            return True
        return self._editor is not None and self._editor.press(key)

    def _is_choice(self, key: str) -> bool:
        return isinstance(self._editor, ChoiceList) and self._editor.has_key(key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a folded question takes it in hand."""
        if not self.is_open and event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes a folded question in hand."""
        if not self.is_open and event.key() == Qt.Key.Key_Space:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus of the question in hand belongs to its answer."""
        super().focusInEvent(event)
        # Esc out of a text rests on the card itself, where Enter and letters go on.
        resting = event.reason() == Qt.FocusReason.OtherFocusReason
        if self.is_open and not self._read_only and not resting:
            self.take_focus()

    def enterEvent(self, event: QEnterEvent) -> None:
        """A folded question can be clicked."""
        shape = Qt.CursorShape.ArrowCursor if self.is_open else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
        super().enterEvent(event)

    def _unfold_sample(self, *, read_only: bool) -> None:
        """What the sample says, above the choices: many of them must not push it out of sight."""
        if self._state.sample is None:
            return
        self._sample = SampleRow(read_only=read_only)
        self._sample.show_says(self._state.sample)
        self._sample.used.connect(self.use_sample)
        self._body.addWidget(self._sample)
        self._sample.show()

    def _unfold_evidence(self, *, read_only: bool) -> None:
        """The note and what the answer rests on, where it is judged."""
        if not (self.question.scored or self._state.note):
            return
        self._source = SourceRow(self.question.source, read_only=read_only)
        self._source.show_source(self._state.source)
        self._source.chosen.connect(self.sourced)
        for part in (self._made_note(read_only=read_only), self._source):
            self._body.addWidget(part)
            part.show()

    def _made_editor(self, *, read_only: bool) -> Editor:
        match self.question.kind:
            case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE:
                choices = ChoiceList(self.question, self._language, read_only=read_only)
                choices.words_typed.connect(self._say_where_words_go)
                return choices
            case Kind.TEXT:
                text = TextAnswer(self.question, self._language, read_only=read_only)
                text.left.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
                return text
            case _:
                return LineAnswer(self.question, self._language, read_only=read_only)

    def _say_where_words_go(self) -> None:
        if self._note is None:
            self.say_hint(tr("Words are no answer here, and this question takes no note."))
        else:
            self.say_hint(tr("Words are no answer here. Press Ctrl+E to write the note."))

    def _made_note(self, *, read_only: bool) -> TextArea:
        note = TextArea(
            tr("Note on {question}", question=self.question.number),
            tr("Evidence for this answer (Ctrl+E)"),
            read_only=read_only,
        )
        note.show_text(self._state.note)
        note.paused.connect(self.noted)
        note.left.connect(self.take_focus)
        self._note = note
        return note
