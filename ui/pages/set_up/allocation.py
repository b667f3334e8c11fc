"""The step that shares the cases out: fairly by lot, then by hand, each move undone at will."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHeaderView,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.allocation import FULL_SHARE
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import allocating, moving
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.moving import Moved
from hmip_desktop.operations.reading import Reading
from ui import messages
from ui.models import set_up
from ui.models.set_up import CaseRow, DraggedCases, PeopleWhoTake
from ui.models.sort_proxy import ROW_ROLE
from ui.pages import tables
from ui.pages.set_up.step import Step
from ui.session import Session
from ui.theme import scaled
from ui.widgets.boxes import ChoiceBox, NumberBox
from ui.widgets.delegates import quiet_table
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, captioned, frame, label, margins
from ui.widgets.undo_here import UndoHere

_LARGEST_SEED = 999_999
_ROOM_FOR_BOTH = 1000
_CASES, _PEOPLE_BELOW = 8, 5
_WIDEST_NAMES = 320
_ALL_IT_TAKES = 100
_LEAST_PEOPLE = 200


class AllocationStep(Step):
    """Shows who has what, and changes it."""

    def __init__(self, session: Session) -> None:
        text = tr(
            "Share the cases out by lot: evenly by number, by type of case and by RoSH; the same "
            "lot number shares them out the same way again. Then drag cases onto a person to move "
            "them."
        )
        super().__init__(session, tr("Allocation"), text)
        self._moves: list[Moved] = []
        self.cases, self._cases = _made_cases(self)
        self.people, self._people = _made_people(self)
        self._people.given.connect(self.give)
        self.second = _number(tr("Cases assessed twice"), 0, 0)
        self.seed = _number(tr("Lot number"), 1, _LARGEST_SEED)
        self.share = _number(tr("Share of a local assessor"), FULL_SHARE, FULL_SHARE)
        self.share.setRange(10, FULL_SHARE)
        self.share.setSingleStep(10)
        self.share.setSuffix(" %")
        self._share_out = button(tr("Share out"), "primary", self.share_out)
        self.to, self.order = ChoiceBox(), ChoiceBox()
        self.to.setAccessibleName(tr("To whom"))
        self.order.setAccessibleName(tr("Which assessment"))
        self.order.addItem(tr("as first assessor"), False)
        self.order.addItem(tr("as second assessor"), True)
        self._give = button(tr("Give the chosen cases"), "", self._give_chosen)
        self._undo = button(tr("Undo the last move"), "", self.undo)
        self._said = label("", "quiet", wrap=True)
        self._warned = label("", "noticeText", wrap=True)
        self._lay_out()
        for view in (self.cases, self.people):
            view.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self._make_room())
        UndoHere(self, self.undo)

    @property
    def state(self) -> str:
        """How many cases have somebody."""
        cases = self.session.reading.contents.cases
        given = len(allocating.given(self.session.reading.contents).first)
        if not given:
            return tr("not shared out")
        return tr("{given} of {cases} allocated", given=given, cases=len(cases))

    @property
    def said(self) -> str:
        """What the last change came to, in words."""
        return self._said.text()

    @property
    def is_done(self) -> bool:
        """Whether every case has somebody."""
        contents = self.session.reading.contents
        return bool(contents.cases) and not allocating.without_assessor(contents)

    def refresh(self) -> None:
        """Show the allocation as it stands."""
        contents = self.session.reading.contents
        rows = set_up.case_rows(contents)
        people = [row for row in set_up.people(contents) if row.load is not None]
        self._cases.show(rows, set_up.case_columns(rows, allocated=True))
        self._people.show(people)
        height = tables.fit_height(self.people, len(people))
        self.people.setMinimumHeight(min(height, scaled(_LEAST_PEOPLE)))
        self._make_room()
        self.second.setMaximum(len(rows))
        chosen = self.to.currentText()
        self.to.clear()
        self.to.addItems([row.member.name for row in people])
        self.to.addItem(tr("nobody"), moving.NOBODY)
        self.to.setCurrentText(chosen)
        warnings = [one.sentence for one in allocating.warnings(contents)]
        given = allocating.given(contents).first
        self._warned.setText("\n".join(warnings) if given else "")
        self._notice.setVisible(bool(warnings) and bool(given))
        self._share_out.setEnabled(bool(rows) and bool(people))
        self._undo.setEnabled(bool(self._moves))

    def share_out(self) -> None:
        """Give every case that nobody has to somebody."""
        second, seed, share = self.second.value(), self.seed.value(), self.share.value()
        before = allocating.given(self.session.reading.contents)

        def work(reading: Reading) -> Changes:
            found = allocating.planned(
                reading.document, second=second, seed=seed, local_share=share
            )
            return allocating.apply(reading.document, found)

        if refusal := self.session.run(work):
            messages.refused(self, refusal)
            return
        if allocating.given(self.session.reading.contents) == before:
            self._said.setText(tr("Every case has somebody already: nothing was changed."))
            return
        self._moves.clear()
        count = len(allocating.given(self.session.reading.contents).first)
        self._said.setText(
            tr_count("{count} case is shared out.", "{count} cases are shared out.", count)
        )
        self._undo.setEnabled(False)

    def give(self, references: Sequence[str], name: str, *, second: bool = False) -> None:
        """Give cases to somebody else, one after the other; what cannot be is said."""
        rows: Sequence[CaseRow] = self._cases.rows
        held = {row.case.reference: row.second if second else row.first for row in rows}
        others = [reference for reference in references if held.get(reference) != name]
        for reference in others:
            self._move(partial(moving.move, reference=reference, name=name, second=second))

    def undo(self) -> None:
        """Take the last move back."""
        if self._moves:
            last = self._moves.pop()
            self._move(partial(moving.take_back, moved=last), keep=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both side by side, the people come under the cases."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        tables.fit(self.cases, self._cases)
        tables.fit(self.people, self._people)
        _keep_headings(self.cases)
        wide = self.width() >= scaled(_ROOM_FOR_BOTH)
        self.people.setMinimumWidth(_whole_width(self.people) if wide else 0)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if wide else down)
        self._both.setStretch(1, 0 if wide else _PEOPLE_BELOW)  # beside, the cases get the room

    def _move(self, operation: Callable[[Reading], Moved], *, keep: bool = True) -> None:
        done: list[Moved] = []

        def work(reading: Reading) -> Changes:
            done.append(operation(reading))
            return done[0].changes

        if refusal := self.session.run(work):
            messages.refused(self, refusal)
            return
        broken = {one.sentence for one in done[0].warnings}  # they stand in the notice
        self._said.setText(" ".join(one for one in done[0].sentences if one not in broken))
        if keep:
            self._moves.append(done[0])
        self._undo.setEnabled(bool(self._moves))

    def _give_chosen(self) -> None:
        chosen = [index.data(ROW_ROLE) for index in self.cases.selectionModel().selectedRows()]
        rows: list[CaseRow] = [row for row in chosen if row is not None]
        name = self.to.currentData() or self.to.currentText()
        references = [row.case.reference for row in rows]
        self.give(references, name, second=bool(self.order.currentData()))

    def _lay_out(self) -> None:
        by_lot = side_by_side(
            captioned(tr("Assessed twice:"), self.second),
            _share_of(self.share),
            captioned(tr("Lot number:"), self.seed),
            self._share_out,
        )
        by_hand = side_by_side(self._give, self.to, self.order, self._undo)
        self._notice = frame("notice")
        inside = QVBoxLayout(self._notice)
        margins(inside, 16, 10, 16, 10)
        inside.addWidget(self._warned)
        self.inside.addWidget(by_lot)
        self.inside.addWidget(self._notice)
        self.inside.addWidget(by_hand)
        self.inside.addWidget(self._said)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        margins(self._both, 0, 0, 0, 0, 12)
        self._both.addWidget(_card(self.cases), _CASES)
        self._both.addWidget(_card(self.people))
        self.inside.addLayout(self._both, 1)


def _made_cases(parent: QWidget) -> tuple[QTableView, DraggedCases]:
    view, model = quiet_table(tr("Cases and their assessors")), DraggedCases((), parent)
    tables.dress(view, model)
    view.setDragEnabled(True)
    view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
    view.setMinimumHeight(scaled(300))
    tables.sort_by(view, 0)
    return view, model


def _made_people(parent: QWidget) -> tuple[QTableView, PeopleWhoTake]:
    view, model = (
        quiet_table(tr("Assessors and what they have")),
        PeopleWhoTake(set_up.load_columns(spread=False), parent),
    )
    tables.dress(view, model)
    view.setAcceptDrops(True)
    view.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
    view.setDropIndicatorShown(True)
    tables.sort_by(view, 0)
    return view, model


def _number(name: str, value: int, most: int) -> QSpinBox:
    field = NumberBox()
    field.setAccessibleName(name)
    field.lineEdit().setTextMargins(scaled(6), 0, 0, 0)
    field.setRange(0, most)
    field.setValue(value)
    return field


def _share_of(share: QWidget) -> QWidget:
    """The field for the share of a local assessor, in its sentence."""
    said = captioned(tr("Local assessors take:"), share)
    layout = said.layout()
    if layout is not None:
        layout.addWidget(label(tr("of an inspector's share")))
    return said


def _card(inside: QWidget) -> QWidget:
    card = frame("card")
    layout = QVBoxLayout(card)
    margins(layout, 3, 6, 3, 6)
    layout.addWidget(inside, _ALL_IT_TAKES)
    layout.addStretch(1)  # a table of few rows stays at the top
    return card


def _keep_headings(view: QTableView) -> None:
    """Let no column give up more room than its heading leaves."""
    heads = view.horizontalHeader()
    stretched = [
        tables.wanted_width(view, place, heading_only=True)
        for place in range(heads.count())
        if heads.sectionResizeMode(place) is QHeaderView.ResizeMode.Stretch
    ]
    heads.setMinimumSectionSize(max((scaled(60), *stretched)))


def _whole_width(view: QTableView) -> int:
    """The width at which a table shows all of its columns, within reason."""
    columns = range(view.horizontalHeader().count())
    wanted = sum(tables.wanted_width(view, place) for place in columns)
    bar = view.verticalScrollBar()
    room = bar.sizeHint().width() if bar.maximum() else scaled(2)
    return min(wanted + room, scaled(_WIDEST_NAMES))
