"""Setting up, step by step; every step can be left and taken up again."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.language import tr
from ui.pages.set_up.allocation import AllocationStep
from ui.pages.set_up.area import AreaStep
from ui.pages.set_up.details import DetailsStep
from ui.pages.set_up.hand_out import HandOutStep
from ui.pages.set_up.step import Step
from ui.pages.set_up.tables_in import SampleStep, TeamStep
from ui.session import Session
from ui.theme import scaled
from ui.widgets.parts import button, frame, label, margins, scrolled

_SIDE, _NARROW_SIDE = 200, 172
_ROOM_FOR_SIDE = 700


class SetUpPage(QWidget):
    """The steps at the left, the one in hand beside them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.details = DetailsStep(session)
        self.sample = SampleStep(session)
        self.team = TeamStep(session)
        self.allocation = AllocationStep(session)
        self.hand_out = HandOutStep(session)
        self.area = AreaStep(session)
        self._steps: tuple[tuple[str, Step], ...] = (
            (tr("Inspection"), self.details),
            (tr("Sample"), self.sample),
            (tr("Team"), self.team),
            (tr("Allocation"), self.allocation),
            (tr("Hand out"), self.hand_out),
            (tr("Area"), self.area),
        )
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._buttons: list[QPushButton] = []
        self._states = [label("", "small", wrap=True) for _ in self._steps]
        self._lay_out()
        self.hand_out.allocation_wanted.connect(
            lambda: self.show_step(self._stack.indexOf(self.allocation))
        )
        self.hand_out.handed_out.connect(self._show_states)
        session.changed.connect(lambda _: self.refresh() if self.isVisible() else None)

    @property
    def step(self) -> Step:
        """The step in hand."""
        return self._steps[self._stack.currentIndex()][1]

    def refresh(self) -> None:
        """Show the step in hand as things stand, and how far each is."""
        self.step.refresh()
        self._show_states()

    def show_step(self, number: int) -> None:
        """Take a step in hand."""
        self._stack.setCurrentIndex(number)
        self._buttons[number].setChecked(True)
        self.refresh()

    def show_next(self) -> None:
        """Take the first step in hand that something is missing in."""
        contents = self._session.reading.contents
        assessing = any(one.role.assesses for one in contents.members.values())
        done = (True, bool(contents.cases), assessing, bool(contents.assessments))
        self.show_step(done.index(False) if False in done else len(done))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or with large text, the step in hand needs the room."""
        super().resizeEvent(event)
        narrow = event.size().width() < scaled(_ROOM_FOR_SIDE)
        self._side.setFixedWidth(scaled(_NARROW_SIDE if narrow else _SIDE))
        for state in self._states:
            state.setContentsMargins(scaled(14 if narrow else 32), 0, 0, scaled(8))

    def _show_states(self) -> None:
        for (_, step), state in zip(self._steps, self._states, strict=True):
            state.setText(step.state)
            step.show_way_on()

    def _go_on(self) -> None:
        """Take the next step in hand; the keyboard goes on from its name."""
        number = self._stack.currentIndex() + 1
        self.show_step(number)
        self._buttons[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        list_ = QWidget()
        list_.setProperty("role", "clear")
        left = QVBoxLayout(list_)
        margins(left, 14, 20, 14, 20, 2)
        for number, (name, step) in enumerate(self._steps):
            self._stack.addWidget(step)
            choose = button(f"{number + 1}  {name}", "step")
            choose.setCheckable(True)
            choose.setAutoExclusive(True)
            choose.clicked.connect(lambda _=False, number=number: self.show_step(number))
            self._group.addButton(choose)
            self._buttons.append(choose)
            left.addWidget(choose)
            self._states[number].setContentsMargins(scaled(32), 0, 0, scaled(8))
            left.addWidget(self._states[number])
        for (_, step), (name, _) in pairwise(self._steps):
            step.lead_on(name, self._go_on)
        left.addStretch(1)
        side = self._side = frame("left")
        side.setFixedWidth(scaled(_SIDE))
        around = QVBoxLayout(side)
        margins(around, 0, 0, 0, 0)
        around.addWidget(scrolled(list_))
        across = QHBoxLayout(self)
        margins(across, 0, 0, 0, 0)
        across.addWidget(side)
        across.addWidget(self._stack, 1)
        self._buttons[0].setChecked(True)
