"""What a user does to a case: answers, notes and marks; signing off and opening again."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from ui import messages
from ui.session import Session
from ui.widgets.question_column import QuestionColumn

# The file took nothing, and may take it later.
_NOT_TAKEN = frozenset(
    {Code.DISK, Code.FILE_READ_ONLY, Code.FILE_IN_USE, Code.FILE_MISSING, Code.FILE_DAMAGED}
)


class Answering(QObject):
    """Gives to the session what the widgets tell, and says what it refuses.

    `stale` tells that what is on screen is not what stands.
    """

    stale = Signal()

    def __init__(self, session: Session, column: QuestionColumn, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._column, self._page = session, column, page
        self.key: AssessmentKey | None = None
        column.given.connect(self.given)
        column.noted.connect(self.noted)
        column.sourced.connect(self.sourced)

    def given(self, name: str, value: str) -> None:
        """Keep an answer."""
        if self.key is not None:
            self._say(name, self._session.answer(self.key, name, value))

    def noted(self, name: str, text: str) -> None:
        """Keep a note."""
        if self.key is not None and self._session.is_editable(self.key):
            self._say(name, self._session.note(self.key, name, text))

    def sourced(self, name: str, source: str) -> None:
        """Keep on what an answer rests."""
        if self.key is not None and self._session.is_editable(self.key):
            self._say(name, self._session.source(self.key, name, source))

    def marked(self, name: str, on: bool, note: str) -> None:
        """Put a mark on the case, with a note, or take it off."""
        if self.key is not None and self._session.is_editable(self.key):
            self._report(self._session.mark(self.key, name, on=on, note=note))

    def reopen(self) -> None:
        """Take the signing off back, with a reason."""
        if self.key is None:
            return
        reference = self._session.assessment(self.key).case.reference
        sentence = tr(
            "Why is {reference} opened again? The reason is kept with the case.",
            reference=reference,
        )
        if why := messages.WhyDialog.ask(self._page, sentence, tr("Reopen")):
            self._report(self._session.reopen(self.key, why))

    def _say(self, name: str, refusal: Refused | None) -> None:
        """Under the question what is wrong with its answer; elsewhere nothing is lost unsaid."""
        if (card := self._column.card(name)) is not None:
            card.say_problem(refusal.sentence if refusal else "")
        if card is None:
            return
        if refusal is None:
            card.tell()  # the disk takes again what it did not take before
        elif refusal.code is not Code.VALUE_UNUSABLE:
            if refusal.code in _NOT_TAKEN:
                card.hold()
            self.stale.emit()

    def _report(self, refusal: Refused | None) -> None:
        if refusal is not None:
            messages.refused(self._page, refusal)
