"""Colours, sizes and the one stylesheet: light, dark and high contrast, as the system wishes.

Lengths in `resources/styles/window.qss` are written in `u`: one pixel at a text size of 100%.
"""

import re
from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from hmip_desktop.paths import resource

BASE_TEXT = 14
_LENGTH = re.compile(r"\b(\d+)u\b")


@dataclass(frozen=True)
class Colours:
    """The colours of one appearance; each text on its ground keeps a contrast of 4.5 to 1.

    `tick` names the picture of the tick in a chosen box.
    """

    name: str
    window: str
    card: str
    line: str
    frame: str
    ink: str
    quiet: str
    accent: str
    on_accent: str
    accent_hover: str
    chosen: str
    tab: str
    above: str
    below: str
    below_bar: str
    rest: str
    green_ground: str
    amber_ground: str
    grey_ground: str
    field: str
    tick: str


LIGHT = Colours(
    name="light",
    window="#f3f5f7",
    card="#ffffff",
    line="#dfe4e8",
    frame="#868f99",
    ink="#14202b",
    quiet="#53606d",
    accent="#1c5a8d",
    on_accent="#ffffff",
    accent_hover="#154770",
    chosen="#edf3fb",
    tab="#e4eef6",
    above="#0b6e4f",
    below="#9c4208",
    below_bar="#e39b59",
    rest="#e2e7eb",
    green_ground="#dff1e8",
    amber_ground="#fde9d6",
    grey_ground="#e9ecf0",
    field="#ffffff",
    tick="tick-white.svg",
)
DARK = Colours(
    name="dark",
    window="#12181e",
    card="#1a222a",
    line="#313d48",
    frame="#768593",
    ink="#e8edf2",
    quiet="#a9b5c1",
    accent="#79b8ee",
    on_accent="#0b1722",
    accent_hover="#9bcbf5",
    chosen="#20344a",
    tab="#22364a",
    above="#6cd3a6",
    below="#f2a765",
    below_bar="#b9692a",
    rest="#34404b",
    green_ground="#17382c",
    amber_ground="#42290f",
    grey_ground="#2b3640",
    field="#141b22",
    tick="tick-black.svg",
)
CONTRAST = Colours(
    name="contrast",
    window="#000000",
    card="#000000",
    line="#ffffff",
    frame="#ffffff",
    ink="#ffffff",
    quiet="#ffffff",
    accent="#ffff00",
    on_accent="#000000",
    accent_hover="#ffffff",
    chosen="#1a1a5e",
    tab="#1a1a5e",
    above="#7dffb8",
    below="#ffc27a",
    below_bar="#ffc27a",
    rest="#3c3c3c",
    green_ground="#000000",
    amber_ground="#000000",
    grey_ground="#000000",
    field="#000000",
    tick="tick-black.svg",
)
_BY_NAME = {one.name: one for one in (LIGHT, DARK, CONTRAST)}
_APPEARANCE, _TEXT_SIZE = "hmip_appearance", "hmip_text_size"


def system_appearance(app: QApplication) -> Colours:
    """The colours that the system asks for."""
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def named_appearance(app: QApplication, name: str) -> Colours:
    """The colours that a user chose: by name, else those that the system asks for."""
    return _BY_NAME.get(name) or system_appearance(app)


def colours() -> Colours:
    """The colours in use."""
    app = QApplication.instance()
    return _BY_NAME.get(str(app.property(_APPEARANCE)) if app else "", LIGHT)


def text_size() -> int:
    """The text size in use, in per cent."""
    app = QApplication.instance()
    return int((app.property(_TEXT_SIZE) if app else None) or 100)


def scaled(length: float) -> int:
    """A length at the text size in use."""
    return round(length * text_size() / 100)


def apply(app: QApplication, appearance: Colours, percent: int) -> None:
    """Dress the whole program, with text of so many per cent."""
    app.setProperty(_APPEARANCE, appearance.name)
    app.setProperty(_TEXT_SIZE, percent)
    app.setStyle("Fusion")
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(scaled(BASE_TEXT))
    app.setPalette(_palette(appearance))
    app.setStyleSheet(stylesheet(appearance, percent))
    # Last: Windows gives menus, tables and messages letters of its own at each change of style.
    app.setFont(font)


def stylesheet(appearance: Colours, percent: int, name: str = "window.qss") -> str:
    """A stylesheet for an appearance and a text size in per cent."""
    source = resource("styles", name).read_text(encoding="utf-8")
    icons = resource("icons").as_posix()
    filled = Template(source).substitute(asdict(appearance), icons=icons)
    return _LENGTH.sub(lambda found: f"{round(int(found[1]) * percent / 100)}px", filled)


def icon() -> QIcon:
    """The program's icon."""
    return QIcon(str(resource("icons", "hmip-desktop.svg")))


def _palette(appearance: Colours) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: appearance.window,
        QPalette.ColorRole.WindowText: appearance.ink,
        QPalette.ColorRole.Base: appearance.field,
        QPalette.ColorRole.AlternateBase: appearance.card,
        QPalette.ColorRole.Text: appearance.ink,
        QPalette.ColorRole.Button: appearance.card,
        QPalette.ColorRole.ButtonText: appearance.ink,
        QPalette.ColorRole.ToolTipBase: appearance.card,
        QPalette.ColorRole.ToolTipText: appearance.ink,
        QPalette.ColorRole.Highlight: appearance.accent,
        QPalette.ColorRole.HighlightedText: appearance.on_accent,
        QPalette.ColorRole.PlaceholderText: appearance.quiet,
        QPalette.ColorRole.Link: appearance.accent,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(appearance.frame))
    palette.setColor(
        QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor(appearance.frame)
    )
    return palette
