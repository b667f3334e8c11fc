"""What whoever helps wants to know of the program and the computer: nothing of cases or people."""

from collections.abc import Iterator

from PySide6.QtCore import QLocale, QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication

from hmip_desktop.form.model import Form
from hmip_desktop.language import in_use, mark
from hmip_desktop.operations import versions
from hmip_desktop.operations.versions import Part
from ui import theme
from ui.theme import scaled

_FORM = mark("Form")


def details(form: Form | None = None) -> str:
    """Versions and system, a line each, in English whatever the user's language."""
    return "\n".join(f"{one.name}: {one.version}" for one in (*parts(form), *_surroundings()))


def parts(form: Form | None = None) -> Iterator[Part]:
    """The program, what it stands on, and the form that is open; names are for the catalogue."""
    program, *rest = versions.parts()
    yield program
    yield Part("Qt", qVersion())
    yield from rest
    if form is not None:
        yield Part(_FORM, f"{form.form_id} {form.version}".strip())


def _surroundings() -> Iterator[Part]:
    yield Part("System", f"{QSysInfo.prettyProductName()} ({versions.system()})")
    yield Part("Language", f"{in_use()}, system {QLocale.system().name()}")
    yield Part("Colours", theme.colours().name)
    yield Part("Window system", QGuiApplication.platformName())
    for number, screen in enumerate(QGuiApplication.screens(), 1):
        size, scale = screen.size(), screen.devicePixelRatio()
        yield Part(f"Screen {number}", f"{size.width()}×{size.height()}, scale {scale:g}")
    yield Part("Text size", f"{scaled(100)} %")
