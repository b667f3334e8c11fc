"""The first step of a new inspection: what it is, its form, its passphrase."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop import paths
from hmip_desktop.casefile import passphrase
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import Role, TeamMember
from hmip_desktop.casefile.strength import Strength, strength
from hmip_desktop.errors import Refused
from hmip_desktop.form import xlsform
from hmip_desktop.form.xlsform import Checked
from hmip_desktop.ids import MemberId, fresh
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import inspection
from hmip_desktop.operations.handing_out import file_name
from hmip_desktop.operations.inspection import Details
from hmip_desktop.progress import Progress
from ui import background
from ui.theme import scaled
from ui.waiting_dialog import WaitingDialog
from ui.widgets.boxes import ChoiceBox
from ui.widgets.fields import as_iso
from ui.widgets.parts import button, label, margins, scrolled
from ui.widgets.passphrase_field import PassphraseField


@dataclass(frozen=True)
class Begun:
    """A new lead's case file, and what opens it."""

    path: Path
    passphrase: Passphrase


_SHIPPED = ("forms", "iaow-violence.csv")
_FORMS = "*.xlsx *.csv *.md"


class NewInspectionDialog(WaitingDialog):
    """Makes the lead's case file; sample and team follow in it, one step at a time."""

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New inspection"))
        self._folder = folder
        self.begun: Begun | None = None
        self.title = _line(tr("Such as Merseyside 2013"))
        self.area = _line(tr("The area inspected"))
        self.starts, self.ends = _line(tr("Such as 13 May 2013")), _line(tr("Such as 17 May 2013"))
        self.lead = _line(tr("As in the team list"))
        self.form = ChoiceBox()
        self.form.addItem(tr("Adult offending work, violence"), paths.resource(*_SHIPPED))
        self._own = button(tr("From a file..."), "", self._choose_form)
        self._findings = QPlainTextEdit()
        self._findings.setReadOnly(True)
        self._findings.setAccessibleName(tr("What the check of the form found"))
        self._findings.setTabChangesFocus(True)
        self._findings.setFixedHeight(scaled(92))
        self._findings.hide()
        self.first, self.again = PassphraseField(), PassphraseField()
        self.again.setAccessibleName(tr("The same passphrase again"))
        self._show = button(tr("Show"))
        self._show.setCheckable(True)
        self._show.setAutoDefault(False)
        self._show.setAccessibleName(tr("Show the passphrase"))
        self._show.toggled.connect(self._show_or_hide)
        self._meter = QProgressBar()
        self._meter.setRange(0, int(Strength.STRONG))
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(tr("How hard the passphrase is to guess"))
        self._strength = label("", "small", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self.first.textChanged.connect(lambda _: self._weigh())
        self.again.textChanged.connect(lambda _: self._weigh())
        self.area.textChanged.connect(lambda _: self._weigh())
        for line in (self.title, self.area, self.lead, self.starts, self.ends):
            line.textChanged.connect(lambda _: self._forget_mended())
        for line in (self.first, self.again):
            line.textChanged.connect(lambda _: self._forget_mended())
        self._lay_out()
        self._weigh()

    @classmethod
    def ask(cls, folder: str, parent: QWidget | None = None) -> Begun | None:
        """The new inspection; None when the user thought better of it."""
        dialog = cls(folder, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.begun

    @property
    def problem(self) -> str:
        """What stands in the way, in words."""
        return self._problem.text()

    @property
    def findings(self) -> str:
        """What the check of a form found, in words."""
        return self._findings.toPlainText()

    def use_form(self, path: Path) -> None:
        """Check a form from a file; without problems it can be used."""

        def work(_progress: Progress) -> Checked:
            return xlsform.check(xlsform.load(path))

        checked: Checked | None = background.run(self, tr("Checking the form"), work)
        if checked is None:
            return
        self._findings.setPlainText(_found(path, checked))
        self._findings.show()
        if not checked.problems:
            self.form.addItem(path.name, path)
            self.form.setCurrentIndex(self.form.count() - 1)

    def make(self, path: Path) -> None:
        """Make the lead's case file at `path`."""
        words = Passphrase(self.first.text())
        details, form = self._details, Path(self.form.currentData())
        lead = TeamMember(MemberId(fresh()), self.lead.text().strip(), Role.LEAD)

        def work(_progress: Progress) -> Begun:
            with inspection.begin(path, words, details, xlsform.load(form), lead) as document:
                return Begun(document.path, words)

        self.begun = background.run(self, tr("Making the inspection"), work)
        if self.begun is not None:
            self.accept()

    @property
    def _details(self) -> Details:
        return Details(
            self.title.text(),
            self.area.text(),
            as_iso(self.starts.text()),
            as_iso(self.ends.text()),
        )

    def _in_the_way(self) -> tuple[str, QLineEdit] | None:
        """What must be mended before the file can be made, in words, and where."""
        try:
            self._details.checked()
        except Refused as refusal:
            return refusal.sentence, self._refused_line()
        try:
            passphrase.chosen(self.first.text())
        except Refused as refusal:
            return refusal.sentence, self.first
        if not self.lead.text().strip():
            said = tr("Say who leads the inspection, as the team list names them.")
            return said, self.lead
        if self.first.text() != self.again.text():
            return tr("The two passphrases are not the same."), self.again
        return None

    def _refused_line(self) -> QLineEdit:
        """Where the first of the refused details is typed."""
        details = self._details
        for line in (self.title, self.area):
            if not line.text().strip():
                return line
        try:
            replace(details, ends="").checked()
        except Refused:
            return self.starts
        return self.ends

    def _forget_mended(self) -> None:
        """Say no more what stood in the way, once it does not."""
        found = self._in_the_way() if self.problem else None
        if found is None or found[0] != self.problem:
            self._problem.clear()

    def _go_on(self) -> None:
        """Ask for the place of the file and make it, when nothing stands in the way."""
        if found := self._in_the_way():
            sentence, line = found
            self._problem.setText(sentence)
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.selectAll()
            return
        self._problem.clear()
        proposed = Path(self._folder) / f"{file_name(self._details.title)}.hmip"
        caption, files = tr("Where to keep the lead's case file"), tr("Case files (*.hmip)")
        name, _ = QFileDialog.getSaveFileName(self, caption, str(proposed), files)
        if name:
            self.make(Path(name))

    def _choose_form(self) -> None:
        files = tr("Forms ({patterns})", patterns=_FORMS)
        caption = tr("Choose a form (XLSForm)")
        name, _ = QFileDialog.getOpenFileName(self, caption, self._folder, files)
        if name:
            self.use_form(Path(name))

    def _weigh(self) -> None:
        known = (self.title.text(), self.area.text(), self.lead.text())
        found = strength(self.first.text(), known)
        self._meter.setValue(int(found))
        advice = tr("Three or four words that do not belong together are best.")
        first, again = self.first.text(), self.again.text()
        if again and not first.startswith(again):  # the beginning of it is being typed
            self._strength.setText(tr("The two passphrases are not the same."))
        else:
            self._strength.setText(found.words if first else advice)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "clear")
        inside = QVBoxLayout(inner)
        margins(inside, 24, 20, 24, 8, 12)
        inside.addWidget(label(tr("New inspection"), "title"))
        inside.addLayout(self._made_rows())
        told = tr(
            "Everybody of the team opens their case file with this passphrase. Tell it to them at "
            "the training; nobody can open a file without it, and nobody can find it out again."
        )
        inside.addWidget(label(told, "small", wrap=True))
        inside.addStretch(1)
        buttons = QHBoxLayout()
        margins(buttons, 24, 8, 24, 18, 8)
        cancel, accept = (
            button(tr("Cancel"), "", self.reject),
            button(tr("Make it..."), "primary", self._go_on),
        )
        cancel.setAutoDefault(False)
        self._own.setAutoDefault(False)
        accept.setDefault(True)
        buttons.addWidget(self._problem, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0)
        layout.addWidget(scrolled(inner), 1)
        layout.addLayout(buttons)
        self.resize(scaled(640), scaled(580))

    def _made_rows(self) -> QGridLayout:
        grid = QGridLayout()
        margins(grid, 0, 0, 0, 0, 10)
        _row(grid, (tr("&Title"), self.title))
        _row(grid, (tr("&Area"), self.area))
        _row(grid, (tr("&Lead inspector"), self.lead))
        _row(grid, (tr("&First day"), self.starts), (tr("Last &day"), self.ends))
        _row(grid, (tr("F&orm"), self.form), beside=self._own)
        grid.addWidget(self._findings, grid.rowCount(), 1, 1, 3)
        _row(grid, (tr("&Passphrase"), self.first), beside=self._show)
        _row(grid, (tr("Pa&ssphrase again"), self.again))
        grid.addWidget(self._meter, grid.rowCount(), 1, 1, 3)
        grid.addWidget(self._strength, grid.rowCount(), 1, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _show_or_hide(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self.again.setEchoMode(mode)
        self._show.setText(tr("Hide") if shown else tr("Show"))


def _row(grid: QGridLayout, *fields: tuple[str, QWidget], beside: QWidget | None = None) -> None:
    """Add captions with their fields to the next row: one wide, or two side by side."""
    row, wide = grid.rowCount(), 2 if beside else 3
    for place, (text, field) in enumerate(fields):
        caption = label(text)
        caption.setBuddy(field)
        field.setAccessibleName(text.replace("&", ""))
        grid.addWidget(caption, row, 2 * place)
        grid.addWidget(field, row, 2 * place + 1, 1, 1 if len(fields) > 1 else wide)
    if beside:
        grid.addWidget(beside, row, 3)


def _line(placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(placeholder)
    return made


def _found(path: Path, checked: Checked) -> str:
    if not checked.problems and checked.form is not None:
        number = len(checked.form.answerable)
        said = tr_count("{count} question, no problems.", "{count} questions, no problems.", number)
        return "\n".join((f"{path.name}: {said}", *checked.advice))
    problems = [str(one) for one in checked.problems]
    head = tr("{file} cannot be used yet:", file=path.name)
    return "\n".join((head, *problems))
