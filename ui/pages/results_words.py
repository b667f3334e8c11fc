"""The figures of each section drafted in sentences, to be copied into a report."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from hmip_desktop.language import tr
from hmip_desktop.operations import drafting
from hmip_desktop.operations.drafting import Draft
from hmip_desktop.operations.report import Scored
from hmip_desktop.settings import Settings
from hmip_desktop.summary.sentences import Style
from ui.pages.results_cards import card, inset
from ui.session import Session
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, empty, label, margins


class WordsPart(QWidget):
    """A paragraph for each section."""

    done = Signal(str)

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._session, self._settings = session, settings
        self._scored: Scored | None = None
        self._drafts: tuple[Draft, ...] = ()
        self._every = QCheckBox(tr("Every question, not only the highest and lowest"))
        self._every.setProperty("role", "tick")
        self._every.toggled.connect(lambda _: self._show())
        self._list = QVBoxLayout()
        margins(self._list, 0, 0, 0, 0, 12)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        said = tr("Drafted from the figures, with no opinion. Edit it before you use it.")
        layout.addWidget(label(said, "quiet", wrap=True))
        copy = button(tr("Copy all"), "link", lambda: self._copy(self._drafts))
        layout.addWidget(side_by_side(self._every, copy))
        layout.addLayout(self._list)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """What is on screen."""
        return self._drafts

    def show_scored(self, scored: Scored) -> None:
        """Draft it anew."""
        self._scored = scored
        self._show()

    def take_focus(self) -> None:
        """Put the focus on the choice of how much is told."""
        self._every.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        if self._scored is None:
            return
        style = Style(self._settings.language, self._settings.small_group, self._every.isChecked())
        self._drafts = drafting.drafts(self._session.form, self._scored, style)
        empty(self._list)
        for one in self._drafts:
            copy = button(tr("Copy"), "link", partial(self._copy, (one,)))
            copy.setAccessibleName(tr("Copy the paragraph: {section}", section=one.title))
            title = label(one.title, "heading", wrap=True)
            self._list.addWidget(card(title, copy, inset(_readable(one.text))))
        if not self._drafts:
            self._list.addWidget(label(tr("No section has a score yet."), "quiet", wrap=True))

    def _copy(self, drafts: tuple[Draft, ...]) -> None:
        text = "\n\n".join(f"{one.title}\n{one.text}" for one in drafts)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.done.emit(tr("✓ The words are copied."))


def _readable(text: str) -> QLabel:
    """A text that can be chosen by mouse, to take a part of it."""
    made = label(text, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
