"""What a user can set for themselves (Ctrl+,): text, colours, language, order, locking, copies."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop import paths
from hmip_desktop.errors import Refused
from hmip_desktop.form.model import DEFAULT_LANGUAGE
from hmip_desktop.language import code_of, mark, tr
from hmip_desktop.settings import LARGEST_TEXT, LONGEST_WAIT, SMALLEST_TEXT, Settings
from ui import messages
from ui.theme import scaled
from ui.waiting_dialog import WaitingDialog
from ui.widgets.boxes import ChoiceBox, NumberBox
from ui.widgets.parts import button, label, margins

_LOOKS = (
    ("system", mark("As the system")),
    ("light", mark("Light")),
    ("dark", mark("Dark")),
    ("contrast", mark("High contrast")),
)
_ORDERS = (
    ("section", mark("By section of the report")),
    ("journey", mark("As the case went")),
)
WELSH = "Welsh (cy)"
# Each in its own language, so that whoever needs it can read it.
_LANGUAGES = {"en": "English", "cy": "Cymraeg (drafft)"}


def offered(spoken: Sequence[str]) -> tuple[str, ...]:
    """English, Cymraeg and what else a form speaks, each as the form names it."""
    by_code = {code_of(DEFAULT_LANGUAGE): DEFAULT_LANGUAGE, code_of(WELSH): WELSH}
    by_code.update((code_of(one), one) for one in spoken)
    return tuple(by_code.values())


class SettingsDialog(WaitingDialog):
    """Gives changed settings; nothing changes while it is open."""

    def __init__(
        self, settings: Settings, languages: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self._settings = settings
        self.text_size = _number(SMALLEST_TEXT, LARGEST_TEXT, 10, settings.text_size, tr(" %"))
        self.lock_after = _number(0, LONGEST_WAIT, 5, settings.lock_after, tr(" minutes"))
        self.lock_after.setSpecialValueText(tr("Never"))
        self.appearance = _choice([(one, tr(text)) for one, text in _LOOKS], settings.appearance)
        spoken = {code_of(one): one for one in offered(languages)}
        named = [(one, _LANGUAGES.get(code, one)) for code, one in spoken.items()]
        self.language = _choice(named, spoken.get(code_of(settings.language), DEFAULT_LANGUAGE))
        self.order = _choice([(one, tr(text)) for one, text in _ORDERS], settings.order)
        self._copies = label("", "quiet", wrap=True)
        self._usual = button(tr("Back to the usual place"), "link", self._keep_in_usual_place)
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 14)
        layout.addWidget(label(tr("Settings"), "title"))
        layout.addLayout(self._rows())
        layout.addLayout(self._copies_row())
        quiet = tr("The settings hold for you on this computer, for every case file.")
        layout.addWidget(label(quiet, "small", wrap=True))
        layout.addStretch(1)
        layout.addLayout(self._buttons())
        self.setMinimumWidth(scaled(460))
        self._show_copies()

    @property
    def chosen(self) -> Settings:
        """The settings as they stand in the dialog."""
        return replace(
            self._settings,
            text_size=self.text_size.value(),
            appearance=str(self.appearance.currentData()),
            language=str(self.language.currentData()),
            order=str(self.order.currentData()),
            lock_after=self.lock_after.value(),
        )

    @classmethod
    def ask(
        cls, settings: Settings, languages: Sequence[str], parent: QWidget | None = None
    ) -> Settings:
        """The settings that the user wants; the same ones when nothing is to change."""
        dialog = cls(settings, languages, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog.chosen if accepted else settings

    @property
    def copies(self) -> str:
        """Where it says that copies are kept."""
        return self._copies.text()

    def keep_copies_in(self, folder: Path) -> None:
        """Have dated copies kept in a folder from now on; say why when that cannot be."""
        try:
            self._settings = self._settings.with_backups(folder)
        except Refused as refusal:
            messages.refused(self, refusal)
        self._show_copies()

    def _rows(self) -> QGridLayout:
        grid = QGridLayout()
        margins(grid, 0, 0, 0, 0, 10)
        rows: tuple[tuple[str, QWidget], ...] = (
            (tr("&Text size"), self.text_size),
            (tr("&Appearance"), self.appearance),
            (tr("&Language"), self.language),
            (tr("&Order of the criteria"), self.order),
            (tr("Loc&k when idle for"), self.lock_after),
        )
        for place, (text, field) in enumerate(rows):
            caption = label(text)
            caption.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            grid.addWidget(caption, place, 0)
            grid.addWidget(field, place, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _copies_row(self) -> QVBoxLayout:
        choose = button(tr("Choose a folder..."), "", self._choose_copies)
        choose.setAccessibleName(tr("Choose a folder for the copies"))
        choose.setAutoDefault(False)
        self._usual.setAutoDefault(False)
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 8)
        row.addWidget(choose)
        row.addWidget(self._usual)
        row.addStretch(1)
        column = QVBoxLayout()
        margins(column, 0, 0, 0, 0, 4)
        column.addWidget(label(tr("Dated copies of case files are kept in"), wrap=True))
        column.addWidget(self._copies)
        column.addLayout(row)
        return column

    def _show_copies(self) -> None:
        self._copies.setText(self._settings.backups or str(paths.backups()))
        self._usual.setEnabled(bool(self._settings.backups))

    def _choose_copies(self) -> None:
        title = tr("Where should dated copies be kept?")
        if folder := QFileDialog.getExistingDirectory(self, title, self.copies):
            self.keep_copies_in(Path(folder))

    def _keep_in_usual_place(self) -> None:
        self._settings = replace(self._settings, backups="")
        self._show_copies()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 8)
        cancel = button(tr("Cancel"), "", self.reject)
        accept = button(tr("Use these"), "primary", self.accept)
        cancel.setAutoDefault(False)
        accept.setDefault(True)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(accept)
        return row


def _number(least: int, most: int, step: int, value: int, unit: str) -> QSpinBox:
    field = NumberBox()
    field.setRange(least, most)
    field.setSingleStep(step)
    field.setSuffix(unit)
    field.setValue(value)
    field.lineEdit().setTextMargins(scaled(6), 0, 0, 0)
    return field


def _choice(choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    field = ChoiceBox()
    for value, text in choices:
        field.addItem(text, value)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    return field
