"""What a user can set for themselves (Ctrl+,): text, colours, language, order, locking."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.form.model import DEFAULT_LANGUAGE
from hmip_desktop.settings import LARGEST_TEXT, LONGEST_WAIT, SMALLEST_TEXT, Settings
from ui.theme import scaled
from ui.widgets.parts import button, label, margins

_LOOKS = (
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)
_ORDERS = (
    ("section", "By section of the report"),
    ("journey", "As the case went"),
)
WELSH = "Welsh (cy)"
_LANGUAGES = {DEFAULT_LANGUAGE: "English", WELSH: "Cymraeg (draft)"}


class SettingsDialog(QDialog):
    """Gives changed settings; nothing changes while it is open."""

    def __init__(
        self, settings: Settings, languages: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self._settings = settings
        self.text_size = _number(SMALLEST_TEXT, LARGEST_TEXT, 10, settings.text_size, " %")
        self.lock_after = _number(0, LONGEST_WAIT, 5, settings.lock_after, " minutes")
        self.lock_after.setSpecialValueText("Never")
        self.appearance = _choice(_LOOKS, settings.appearance)
        spoken = [(one, _LANGUAGES.get(one, one)) for one in languages]
        self.language = _choice(spoken, settings.language)
        self.order = _choice(_ORDERS, settings.order)
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 14)
        layout.addWidget(label("Settings", "title"))
        layout.addLayout(self._rows())
        quiet = "The settings hold for you on this computer, for every case file."
        layout.addWidget(label(quiet, "small", wrap=True))
        layout.addStretch(1)
        layout.addLayout(self._buttons())
        self.setMinimumWidth(scaled(460))

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

    def _rows(self) -> QGridLayout:
        grid = QGridLayout()
        margins(grid, 0, 0, 0, 0, 10)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("&Text size", self.text_size),
            ("&Appearance", self.appearance),
            ("&Language of the questions", self.language),
            ("&Order of the criteria", self.order),
            ("Loc&k when idle for", self.lock_after),
        )
        for place, (text, field) in enumerate(rows):
            caption = label(text)
            caption.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            grid.addWidget(caption, place, 0)
            grid.addWidget(field, place, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 8)
        cancel = button("Cancel", "", self.reject)
        accept = button("Use these", "primary", self.accept)
        cancel.setAutoDefault(False)
        accept.setDefault(True)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(accept)
        return row


def _number(least: int, most: int, step: int, value: int, unit: str) -> QSpinBox:
    field = QSpinBox()
    field.setRange(least, most)
    field.setSingleStep(step)
    field.setSuffix(unit)
    field.setValue(value)
    field.lineEdit().setTextMargins(scaled(6), 0, 0, 0)
    return field


def _choice(choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    field = QComboBox()
    for value, text in choices:
        field.addItem(text, value)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    return field
