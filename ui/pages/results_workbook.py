"""What goes into the Excel workbook: everything for the team, or a copy to pass on."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations import consolidate, groups, personal_details
from hmip_desktop.operations.reading import Reading
from ui.models.groups import field_name
from ui.theme import scaled
from ui.waiting_dialog import WaitingDialog
from ui.widgets.boxes import NumberBox
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, captioned, label, margins, scrolled

_LEAST, _MOST = 2, 100
_WIDTH = 560
_TEAM = mark(
    "Every case with its answers, and formulas from there to each score. Keep it where case files "
    "may be kept."
)
_TRUST = mark(
    "No single case, no answer and no note is in it. Groups of fewer cases are hidden, and with "
    "them as many others as it takes that nobody can work them out from the totals."
)


@dataclass(frozen=True)
class Wanted:
    """What a workbook is to have in it.

    Attributes:
        for_team: whether it has every case; else it is a copy to pass on.
        notes: whether the team's has the notes as well.
        least: in a copy, groups of fewer cases are hidden.
        by: the fields of the sample to group cases by, beside the usual ones.
    """

    for_team: bool = True
    notes: bool = False
    least: int = 5
    by: tuple[str, ...] = ()


class WorkbookDialog(WaitingDialog):
    """Asks for whom the workbook is. Accepted: `wanted` says what goes into it."""

    def __init__(self, reading: Reading, before: Wanted, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self.setWindowTitle(tr("Excel workbook"))
        self.team = QRadioButton(tr("For the inspection &team"))
        self.trust = QRadioButton(tr("A copy for the T&rust"))
        self.notes = _tick(tr("With the &notes beside the answers"), on=before.notes)
        self.least = NumberBox()
        self._warning = label("", "below", wrap=True)
        self._inside = QWidget()
        self._inside.setProperty("role", "clear")
        self._content, self._foot = QVBoxLayout(self._inside), self._made_buttons()
        known = groups.fields(reading)
        self._usual = [one for one in consolidate.USUAL_FIELDS if one in known]
        self.by = {
            one: _tick(field_name(one), on=one in before.by)
            for one in known
            if one not in self._usual
        }
        self._set_up_least(before.least)
        (self.team if before.for_team else self.trust).setChecked(True)
        self._lay_out()
        self.team.toggled.connect(lambda _: self._show_choice())
        self.notes.toggled.connect(lambda _: self._show_choice())
        self._show_choice()
        chosen = self.team if before.for_team else self.trust
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def wanted(self) -> Wanted:
        """What is chosen."""
        return Wanted(
            for_team=self.team.isChecked(),
            notes=self.notes.isChecked(),
            least=self.least.value(),
            by=tuple(one for one, box in self.by.items() if box.isChecked()),
        )

    @property
    def warning(self) -> str:
        """What it says about the notes."""
        return self._warning.text()

    @classmethod
    def ask(cls, reading: Reading, before: Wanted, parent: QWidget) -> Wanted | None:
        """What the lead wants in it; None when there is to be no workbook."""
        dialog = cls(reading, before, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.wanted if accepted else None

    def _set_up_least(self, least: int) -> None:
        self.least.setRange(_LEAST, _MOST)
        self.least.setValue(least)
        self.least.setAccessibleName(tr("Hide groups of fewer cases than"))
        self.least.lineEdit().setTextMargins(scaled(6), 0, 0, 0)

    def _show_choice(self) -> None:
        """Offer what belongs to the choice, and warn of the notes when they are to go in."""
        for_team = self.team.isChecked()
        self.notes.setEnabled(for_team)
        self.least.setEnabled(not for_team)
        with_notes = for_team and self.notes.isChecked()
        found = personal_details.notes_to_read(self._reading) if with_notes else 0
        self._warning.setText(_to_read(found) if found else "")
        self._warning.setVisible(bool(found))
        self._make_room()

    def _make_room(self) -> None:
        """As high as its texts need; on a small screen they scroll."""
        screen = self.screen().availableSize()
        width = min(scaled(_WIDTH), screen.width())
        height = self._content.totalHeightForWidth(width) + self._foot.sizeHint().height()
        self.resize(QSize(width, height).boundedTo(screen))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        margins(outer, 0, 0, 0, 0)
        outer.addWidget(scrolled(self._inside), 1)
        outer.addLayout(self._foot)
        layout = self._content
        margins(layout, 24, 20, 24, 8, 6)
        layout.addWidget(label(tr("For whom is the workbook?"), "title", wrap=True))
        layout.addSpacing(scaled(4))
        layout.addWidget(self.team)
        layout.addLayout(_indented(label(tr(_TEAM), "quiet", wrap=True), self.notes, self._warning))
        layout.addSpacing(scaled(8))
        layout.addWidget(self.trust)
        hidden = side_by_side(captioned(tr("&Hide groups of fewer cases than"), self.least))
        layout.addLayout(_indented(label(tr(_TRUST), "quiet", wrap=True), hidden))
        layout.addSpacing(scaled(8))
        self._lay_out_fields(layout)
        layout.addStretch(1)

    def _lay_out_fields(self, layout: QVBoxLayout) -> None:
        usual = ", ".join(map(field_name, self._usual))
        if usual:
            said = tr("In both, cases are grouped by {fields}.", fields=usual)
            layout.addWidget(label(said, wrap=True))
        if not self.by:
            return
        layout.addWidget(label(tr("Group them by these as well:"), "quiet", wrap=True))
        layout.addWidget(side_by_side(*self.by.values()))

    def _made_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        margins(row, 24, 8, 24, 18, 8)
        row.addStretch(1)
        cancel = button(tr("Cancel"), "", self.reject)
        cancel.setAutoDefault(False)
        go_on = button(tr("Choose where to save it..."), "primary", self.accept)
        go_on.setDefault(True)
        row.addWidget(cancel)
        row.addWidget(go_on)
        return row


def _tick(text: str, *, on: bool) -> QCheckBox:
    made = QCheckBox(text)
    made.setProperty("role", "tick")
    made.setChecked(on)
    return made


def _indented(*parts: QLabel | QWidget) -> QVBoxLayout:
    """What belongs to the choice above it."""
    column = QVBoxLayout()
    margins(column, 26, 0, 0, 0, 4)
    for part in parts:
        column.addWidget(part)
    return column


def _to_read(count: int) -> str:
    return tr_count(
        "{count} note looks as if it held a name, a telephone number, a postcode or the like. It "
        "is marked in the sheet of notes: read it before you pass the workbook on.",
        "{count} notes look as if they held names, telephone numbers, postcodes or the like. They "
        "are marked in the sheet of notes: read them before you pass the workbook on.",
        count,
    )
