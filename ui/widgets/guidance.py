"""The right-hand side of a case: guidance, why a question is asked, its history, marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from hmip_desktop.language import tr, tr_count
from ui.theme import scaled
from ui.widgets.marks import Marks
from ui.widgets.parts import button, empty, label, margins

_FOLDED_HISTORY = 4


@dataclass(frozen=True)
class Past:
    """One line of an answer's history: what it was set to, who did it and when.

    `again` is the value to put back; None where that cannot be done.
    """

    what: str
    who_and_when: str
    again: str | None = None


@dataclass(frozen=True)
class Help:
    """What helps with one question; `marks` are those of its case, with their notes.

    `for_lead` says that the lead looks, to whom marks are meant.
    """

    number: str
    hint: str
    guidance: str
    why: str
    past: tuple[Past, ...]
    marks: Mapping[str, str]
    read_only: bool
    for_lead: bool = False


class Guidance(QScrollArea):
    """Tells which mark was switched and which earlier answer is to be put back."""

    marked = Signal(str, bool, str)
    put_back = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("role", "help")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: Help | None = None
        self.setAccessibleName(tr("Guidance"))
        self._title = label("", "heading", wrap=True)
        self._hint = label("", wrap=True)
        self._more = label("", wrap=True)
        self._why = label("", wrap=True)
        self._past_title = label(tr("History of this answer"), "heading")
        self._marks = Marks()
        self._marks.marked.connect(self.marked)
        self._marks.opened.connect(self.show_mark)
        self._lay_out()

    def show_help(self, help_: Help) -> None:
        """Show what helps with a question."""
        if help_ == self._shown:
            return
        before, self._shown = self._shown, help_
        self._title.setText(tr("Guidance for {question}", question=help_.number))
        nothing = "" if help_.guidance else tr("There is no further guidance.")
        for part, text in ((self._hint, help_.hint or nothing), (self._more, help_.guidance)):
            part.setText(text)
            part.setVisible(bool(text))
        self._why.setText(help_.why)
        said = (self._title.text(), help_.hint or nothing, help_.guidance, help_.why)
        self.setAccessibleName(". ".join(part.rstrip(".") for part in said if part))
        self._marks.show_marks(help_.marks, read_only=help_.read_only, for_lead=help_.for_lead)
        if before is None or (before.past, before.read_only) != (help_.past, help_.read_only):
            self._show_history(help_.past, read_only=help_.read_only)
        if before is None or before.number != help_.number:
            self.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Another case comes up."""
        self._marks.forget()
        self._shown = None

    def tell(self) -> None:
        """Tell whatever was typed and not told yet."""
        self._marks.tell()

    def show_mark(self, name: str) -> None:
        """Bring a mark of the case into view, once this side has its places."""
        QTimer.singleShot(0, self, lambda: self._scroll_to(self._marks.parts(name)))

    def take_focus(self) -> None:
        """Put the focus here: arrows scroll, Tab goes on to the marks."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _scroll_to(self, parts: Sequence[QWidget]) -> None:
        for part in parts:
            self.ensureWidgetVisible(part)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "clear")
        layout = QVBoxLayout(inside)
        margins(layout, 18, 18, 14, 18, 8)
        why = label(tr("Why am I asked this?"), "heading")
        for part in (self._title, self._hint, self._more, _gap(), why, self._why, _gap()):
            layout.addWidget(part)
        layout.addWidget(label(tr("Mark this case"), "heading"))
        layout.addWidget(self._marks)
        layout.addWidget(_gap())
        layout.addWidget(self._past_title)
        self._past = QVBoxLayout()
        margins(self._past, 0, 0, 0, 0, 1)
        layout.addLayout(self._past)
        layout.addStretch(1)
        self.setWidget(inside)

    def _show_history(self, past: Sequence[Past], *, read_only: bool) -> None:
        """How an answer came about, newest first."""
        empty(self._past)
        self._past_title.setVisible(bool(past))
        for place, one in enumerate(past[:_FOLDED_HISTORY]):
            self._past.addWidget(label(one.what, wrap=True))
            who = label(one.who_and_when, "small", wrap=True)
            who.setContentsMargins(0, 0, 0, scaled(6))
            self._past.addWidget(who)
            if place and one.again is not None and not read_only:
                again = button(tr("Put this back"), "link")
                again.setAccessibleName(tr("Put back the answer {answer}", answer=one.what))
                again.clicked.connect(lambda _=False, value=one.again: self.put_back.emit(value))
                self._past.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        if (folded := len(past) - _FOLDED_HISTORY) > 0:
            said = tr_count("and {count} earlier", "and {count} earlier", folded)
            self._past.addWidget(label(said, "small"))


def _gap() -> QWidget:
    gap = QWidget()
    gap.setProperty("role", "clear")
    gap.setFixedHeight(scaled(6))
    return gap
