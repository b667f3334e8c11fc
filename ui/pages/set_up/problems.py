"""What must be mended in a table before it can be taken in, with the ways out beside it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.language import tr, tr_count
from hmip_desktop.sample_sheet.preview import Preview
from hmip_desktop.sample_sheet.remarks import Remark
from ui.widgets.parts import button, empty, label, margins

Change = Callable[[Preview], Preview]
_MOST_SHOWN = 40


class ProblemsCard(QFrame):
    """Lists problems. `mended` gives what makes the better preview, `shown` one to be looked at."""

    mended = Signal(object)
    shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._title = label("", "heading")
        self._all = button(tr("Mend all as proposed"), "", self.mend_all)
        self._rows = QVBoxLayout()
        margins(self._rows, 0, 0, 0, 0, 4)
        self._problems: tuple[Remark, ...] = ()
        heads = QHBoxLayout()
        heads.addWidget(self._title, 1)
        heads.addWidget(self._all)
        layout = QVBoxLayout(self)
        margins(layout, 16, 10, 16, 10, 6)
        layout.addLayout(heads)
        layout.addLayout(self._rows)

    def show_problems(self, preview: Preview) -> None:
        """List what is wrong with a preview; nothing to see when all is well."""
        empty(self._rows)
        self._problems = preview.problems
        number = len(self._problems)
        for remark in self._problems[:_MOST_SHOWN]:
            self._rows.addWidget(self._made_row(preview, remark))
        if number > _MOST_SHOWN:
            said = tr_count("and {count} more", "and {count} more", number - _MOST_SHOWN)
            self._rows.addWidget(label(said, "small"))
        said = tr_count("{count} thing to mend first", "{count} things to mend first", number)
        self._title.setText(said)
        proposed = sum(_as_proposed(preview, one) is not None for one in self._problems)
        self._all.setVisible(proposed > 1)
        self.setVisible(bool(number))

    def mend_all(self) -> None:
        """Mend everything that has a proposal, as one step."""
        problems = self._problems

        def mended(preview: Preview) -> Preview:
            for problem in problems:
                preview = _as_proposed(preview, problem) or preview
            return preview

        self.mended.emit(mended)

    def _made_row(self, preview: Preview, remark: Remark) -> QWidget:
        row = QWidget()
        row.setProperty("role", "clear")
        across = QHBoxLayout(row)
        margins(across, 0, 0, 0, 0, 8)
        across.addWidget(label(_said(remark), "noticeText", wrap=True), 1)
        for text, change in _ways_out(preview, remark):
            across.addWidget(_way_out(self, text, change))
        if remark.row > preview.header:
            across.addWidget(button(tr("Show"), "", lambda: self.shown.emit(remark)))
        return row


def _way_out(card: ProblemsCard, text: str, change: Change) -> QWidget:
    return button(text, "", lambda: card.mended.emit(change))


def _as_proposed(preview: Preview, remark: Remark) -> Preview | None:
    """The preview with one problem mended as proposed; None where nothing is proposed."""
    if remark.mend is not None and remark.column is not None:
        return preview.with_mend(remark.row, remark.column, remark.mend)
    if remark.mend_is_to_leave_out and remark.row > preview.header:
        return preview.without_row(remark.row)
    if remark.mend_is_to_leave_out and remark.column is not None:
        return preview.with_mapping({remark.column: ""})
    return None


def _ways_out(preview: Preview, remark: Remark) -> list[tuple[str, Change]]:
    """The buttons beside a problem: what it proposes, and to do without the row or column."""
    row, column, mend = remark.row, remark.column, remark.mend
    ways: list[tuple[str, Change]] = []
    if mend is not None and column is not None:
        text = tr("Use “{value}”", value=mend)
        ways.append((text, lambda preview: preview.with_mend(row, column, mend)))
    if row > preview.header:
        ways.append((tr("Leave the row out"), lambda preview: preview.without_row(row)))
    elif column is not None:
        text = tr("Leave the column out")
        ways.append((text, lambda preview: preview.with_mapping({column: ""})))
    return ways


def _said(remark: Remark) -> str:
    if not remark.row:
        return remark.sentence
    return tr("Row {row}: {sentence}", row=remark.row, sentence=remark.sentence)
