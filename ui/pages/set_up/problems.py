"""What is to be mended in a table before it can be taken in, with the ways out beside it."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.language import tr, tr_count
from hmip_desktop.sample_sheet.preview import Preview
from hmip_desktop.sample_sheet.remarks import Remark
from ui.theme import scaled
from ui.widgets.parts import button, empty, label, margins

_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
Change = Callable[[Preview], Preview]
Alike = tuple[Remark, ...]
_MOST_SHOWN = 40
_ROOM_FOR_BUTTONS = 600


class _RemarksCard(QFrame):
    """Lists remarks. `mended` gives what makes the better preview, `shown` one to be looked at."""

    mended = Signal(object)
    shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._title = label("", "heading", wrap=True)
        self._all = button(tr("Mend all as proposed"), "", self.mend_all)
        self._change_all = button(tr("Change all that are there"), "", self.change_all)
        self._rows = QVBoxLayout()
        margins(self._rows, 0, 0, 0, 0, 4)
        self._remarks: tuple[Remark, ...] = ()
        self._beside: list[QBoxLayout] = []  # what stands beside its buttons, or over them
        self._heads = QBoxLayout(_ACROSS)
        self._heads.addWidget(self._title, 1)
        for every in (self._change_all, self._all):
            self._heads.addWidget(every, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        margins(layout, 16, 10, 16, 10, 6)
        layout.addLayout(self._heads)
        layout.addLayout(self._rows)

    def show_remarks(self, preview: Preview) -> None:
        """List what is to be said of a preview; nothing to see when all is well."""
        empty(self._rows)
        self._beside.clear()
        self._remarks = self._listed(preview)
        lines = self._lines(self._remarks)
        for alike in lines[:_MOST_SHOWN]:
            self._rows.addWidget(self._made_row(preview, alike))
        if len(lines) > _MOST_SHOWN:
            said = tr_count("and {count} more", "and {count} more", len(lines) - _MOST_SHOWN)
            self._rows.addWidget(label(said, "small"))
        self._title.setText(self._said_of(len(lines)))
        proposed = sum(_is_proposed(preview, alike[0]) for alike in lines)
        self._all.setVisible(proposed > 1)
        self._change_all.setVisible(sum(remark.may_change for remark in self._remarks) > 1)
        self.setVisible(bool(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, or the text large, the buttons come under what they are for."""
        super().resizeEvent(event)
        self._make_room()

    def mend_all(self) -> None:
        """Mend everything that has a proposal, as one step."""
        self.mended.emit(_mending(self._remarks))

    def change_all(self) -> None:
        """Let every row change what it says of what is there already, as one step."""
        rows = [remark.row for remark in self._remarks if remark.may_change]
        self.mended.emit(partial(_changing, rows))

    @abstractmethod
    def _listed(self, preview: Preview) -> tuple[Remark, ...]:
        """The remarks that the card lists."""

    @abstractmethod
    def _lines(self, remarks: Sequence[Remark]) -> list[Alike]:
        """The same, those that are one line together."""

    @abstractmethod
    def _said_of(self, number: int) -> str:
        """The title over so many lines."""

    @abstractmethod
    def _ways_out(self, preview: Preview, alike: Alike) -> list[tuple[str, Change]]:
        """The buttons beside a line."""

    def _made_row(self, preview: Preview, alike: Alike) -> QWidget:
        row = QWidget()
        row.setProperty("role", "clear")
        both = QBoxLayout(self._heads.direction(), row)
        margins(both, 0, 0, 0, 0, 8)
        both.addWidget(label(_said(alike), "noticeText", wrap=True), 1)
        ways = QHBoxLayout()
        margins(ways, 0, 0, 0, 0, 8)
        for text, change in self._ways_out(preview, alike):
            ways.addWidget(_way_out(self, text, change))
        if alike[0].row > preview.header:
            ways.addWidget(button(tr("Show"), "", lambda: self.shown.emit(alike[0])))
        both.addLayout(ways)
        both.setAlignment(ways, Qt.AlignmentFlag.AlignLeft)
        self._beside.append(both)
        return row

    def _make_room(self) -> None:
        way = _ACROSS if self.width() >= scaled(_ROOM_FOR_BUTTONS) else _DOWN
        if way is self._heads.direction():
            return
        for layout in (self._heads, *self._beside):
            layout.setDirection(way)


class ProblemsCard(_RemarksCard):
    """What must be mended first, each thing by itself."""

    def _listed(self, preview: Preview) -> tuple[Remark, ...]:
        return preview.problems

    def _lines(self, remarks: Sequence[Remark]) -> list[Alike]:
        return [(remark,) for remark in remarks]

    def _said_of(self, number: int) -> str:
        return tr_count("{count} thing to mend first", "{count} things to mend first", number)

    def _ways_out(self, preview: Preview, alike: Alike) -> list[tuple[str, Change]]:
        (remark,) = alike
        return [*_use(alike), *_change(remark), *_leave_out(preview, remark)]


class DoubtsCard(_RemarksCard):
    """What may be mended or stay as it is; the same doubt in several rows is one line."""

    def _listed(self, preview: Preview) -> tuple[Remark, ...]:
        return preview.doubts

    def _lines(self, remarks: Sequence[Remark]) -> list[Alike]:
        lines: dict[object, list[Remark]] = {}
        for remark in remarks:
            # What has no proposal is looked at row by row.
            row = remark.row if remark.mend is None else 0
            lines.setdefault((row, remark.column, remark.sentence), []).append(remark)
        return [tuple(alike) for alike in lines.values()]

    def _said_of(self, number: int) -> str:
        return tr_count(
            "{count} thing to look at; it may stay as it is",
            "{count} things to look at; they may stay as they are",
            number,
        )

    def _ways_out(self, preview: Preview, alike: Alike) -> list[tuple[str, Change]]:
        is_of_table = alike[0].row <= preview.header
        return [*_use(alike), *(_leave_out(preview, alike[0]) if is_of_table else ())]


def _way_out(card: _RemarksCard, text: str, change: Change) -> QWidget:
    return button(text, "", lambda: card.mended.emit(change))


def _mending(remarks: Sequence[Remark]) -> Change:
    """What mends all that has a proposal, as one step."""

    def mended(preview: Preview) -> Preview:
        for remark in remarks:
            preview = _as_proposed(preview, remark) or preview
        return preview

    return mended


def _is_proposed(preview: Preview, remark: Remark) -> bool:
    return _as_proposed(preview, remark) is not None


def _as_proposed(preview: Preview, remark: Remark) -> Preview | None:
    """The preview with one remark mended as proposed; None where nothing is proposed."""
    if remark.mend is not None and remark.column is not None:
        return preview.with_mend(remark.row, remark.column, remark.mend)
    if remark.mend_is_to_leave_out and remark.row > preview.header:
        return preview.without_row(remark.row)
    if remark.mend_is_to_leave_out and remark.column is not None:
        return preview.with_mapping({remark.column: ""})
    return None


def _use(alike: Alike) -> list[tuple[str, Change]]:
    """The button that takes the value proposed, where there is one."""
    mend = alike[0].mend
    if mend is None or alike[0].column is None:
        return []
    return [(tr("Use “{value}”", value=mend), _mending(alike))]


def _change(remark: Remark) -> list[tuple[str, Change]]:
    """The button that lets a row change what is there already."""
    if not remark.may_change:
        return []
    return [(tr("Change it"), partial(_changing, [remark.row]))]


def _changing(rows: Sequence[int], preview: Preview) -> Preview:
    for row in rows:
        preview = preview.with_change(row)
    return preview


def _leave_out(preview: Preview, remark: Remark) -> list[tuple[str, Change]]:
    """The button that does without the row or the column."""
    row, column = remark.row, remark.column
    if row > preview.header:
        return [(tr("Leave the row out"), lambda preview: preview.without_row(row))]
    if column is not None:
        text = tr("Leave the column out")
        return [(text, lambda preview: preview.with_mapping({column: ""}))]
    return []


def _said(alike: Alike) -> str:
    first, more = alike[0], len(alike) - 1
    if not first.row:
        return first.sentence
    if not more:
        return tr("Row {row}: {sentence}", row=first.row, sentence=first.sentence)
    return tr_count(
        "Row {row} and {count} more: {sentence}",
        "Row {row} and {count} more: {sentence}",
        more,
        row=first.row,
        sentence=first.sentence,
    )
