"""What the program says, in the language of its user: English as written, others by catalogue.

A catalogue is a gettext file `resources/locale/CODE.po`, which translators edit with their own
tools and which is read as it is. Everything that a window may show goes through `tr` or
`tr_count` at the moment of showing; texts that are written down earlier are `mark`ed.
"""

import gettext
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import polib

from hmip_desktop import paths

ENGLISH = "en"


class _Speech:
    """Which language is spoken now: the one thing here that changes."""

    code = ENGLISH
    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    names: Mapping[str, str] = MappingProxyType({})  # as they look, to the catalogue's texts


def use(code: str) -> None:
    """Speak another language from now on; one without a catalogue is English."""
    found = _path(code)
    entries = polib.pofile(str(found), encoding="utf-8") if found.is_file() else polib.POFile()
    _Speech.catalogue = _catalogue(entries) if found.is_file() else gettext.NullTranslations()
    _Speech.names = {_without_key(entry.msgid): entry.msgid for entry in entries}
    _Speech.code = code if found.is_file() else ENGLISH


def in_use() -> str:
    """The code of the language that is spoken: `en`, `cy`."""
    return _Speech.code


def code_of(form_language: str) -> str:
    """The code in a form's name of a language, as XLSForm writes it: `Welsh (cy)` is `cy`."""
    _, _, code = form_language.rpartition("(")
    return code.rstrip(")") if form_language.endswith(")") else ENGLISH


def mark(text: str) -> str:
    """The same text, marked for the catalogue: it is translated when it is shown."""
    return text


def tr(text: str, /, **parts: object) -> str:
    """A text in the language of the user, with its `{parts}` put in."""
    said = _Speech.catalogue.gettext(text) if text else ""
    return said.format(**parts) if parts else said


def tr_count(one: str, many: str, count: int, /, **parts: object) -> str:
    """A text with `{count}` in it: 1 row, 2 rows; Welsh has six forms."""
    return _Speech.catalogue.ngettext(one, many, count).format(count=count, **parts)


def name_on_screen(english: str) -> str:
    """What a button or menu is called now, by its English name; the & before its key left out."""
    text = _Speech.names.get(english, english)
    return _without_key(_Speech.catalogue.gettext(text))


def day(given: date) -> str:
    """A date as people read it: 6 May 2013."""
    months = tr("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return f"{given.day} {months[given.month - 1]} {given.year}"


def _without_key(text: str) -> str:
    """A text of a button or a menu without the & before the letter that takes a user there."""
    return text.replace("&", "")


def _path(code: str) -> Path:
    return paths.resource("locale", f"{code if code.isalpha() else ENGLISH}.po")


def _catalogue(entries: polib.POFile) -> gettext.NullTranslations:
    return gettext.GNUTranslations(io.BytesIO(entries.to_binary()))
