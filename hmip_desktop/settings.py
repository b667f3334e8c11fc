"""What the program remembers for one user: never anything of a case file's content."""

import contextlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from hmip_desktop import paths
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr

MOST_RECENT = 8
SMALLEST_TEXT, LARGEST_TEXT = 80, 200
LONGEST_WAIT = 120
APPEARANCES = ("system", "light", "dark", "contrast")
ORDERS = ("section", "journey")
_FOLDERS, _HAND_INS = "folders", "hand_ins"
"""Beside the settings in their file: kept by whoever saves something, at once."""


@dataclass(frozen=True)
class Settings:
    """Preferences and habits.

    `recent` are paths of case files, newest first; `window` is the window's place as Qt gives
    it, in base64; `order` is `section` or `journey`; `text_size` is a percentage;
    `appearance` is one of `APPEARANCES`; after `lock_after` idle minutes the window locks (0 is
    never); `backups` is the folder for dated copies, empty for the usual place.
    """

    recent: tuple[str, ...] = ()
    window: str = ""
    order: str = "section"
    language: str = "default"
    text_size: int = 100
    last_folder: str = ""
    small_group: int = 30
    appearance: str = "system"
    lock_after: int = 10
    backups: str = ""

    def with_recent(self, path: Path) -> "Settings":
        """The same with a file at the head of the recent ones."""
        newest = str(path.resolve())
        others = tuple(one for one in self.recent if one != newest)
        return replace(self, recent=(newest, *others)[:MOST_RECENT])

    def with_text_size(self, percent: int) -> "Settings":
        """The same with another text size, kept between 80 and 200 per cent."""
        return replace(self, text_size=max(SMALLEST_TEXT, min(LARGEST_TEXT, percent)))

    def with_backups(self, folder: Path) -> "Settings":
        """The same with dated copies in another folder.

        Raises:
            Refused: DISK when nothing can be written there.
        """
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            sentence = tr(
                "Nothing can be written in {folder}. Choose another folder for the copies.",
                folder=folder,
            )
            raise Refused(Code.DISK, sentence) from error
        usual = folder.resolve() == paths.backups().resolve()
        return replace(self, backups="" if usual else str(folder.resolve()))


def load() -> Settings:
    """The settings; a broken file is set aside and the defaults are used."""
    path = paths.settings_file()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _from(data)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, TypeError, AttributeError):
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".broken.json"))
        return Settings()


def save(settings: Settings) -> None:
    """Keep the settings; keys of a newer program that we do not know stay as they are.

    A disk that refuses costs a preference, never work: it is not an error.
    """
    path = paths.settings_file()
    with contextlib.suppress(OSError):
        kept: dict[str, object] = {}
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(path.read_text(encoding="utf-8"))
            kept = found if isinstance(found, dict) else {}
        _write(path, {**kept, **asdict(settings)})


def folder_for(purpose: str) -> str:
    """The folder that something of this purpose was last saved in; empty when it is away."""
    kept = _beside(_FOLDERS).get(purpose, "")
    return kept if isinstance(kept, str) and kept and Path(kept).is_dir() else ""


def keep_folder(purpose: str, folder: Path) -> None:
    """Remember where something was saved, for the next of this purpose."""
    _keep_beside(_FOLDERS, purpose, str(folder.resolve()))


def last_hand_in(whose: str) -> Mapping[str, object]:
    """What is remembered of the last hand-in from here of a person; empty when there was none."""
    kept = _beside(_HAND_INS).get(whose)
    return kept if isinstance(kept, dict) else {}


def keep_hand_in(whose: str, word: Mapping[str, object]) -> None:
    """Remember what was handed in: when, and up to which entry, by ids alone."""
    _keep_beside(_HAND_INS, whose, dict(word))


def _beside(kind: str) -> dict[str, object]:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(paths.settings_file().read_text(encoding="utf-8"))
        kept = found.get(kind) if isinstance(found, dict) else None
        if isinstance(kept, dict):
            return kept
    return {}


def _keep_beside(kind: str, name: str, value: object) -> None:
    path = paths.settings_file()
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if isinstance(found, dict):
            _write(path, {**found, kind: {**_beside(kind), name: value}})


def _write(path: Path, data: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(data, indent=1), encoding="utf-8")
    part.replace(path)


def _from(data: object) -> Settings:
    if not isinstance(data, dict):
        raise TypeError("settings are an object")
    default = Settings()
    known = {
        field.name: data[field.name]
        for field in fields(Settings)
        if field.name in data
        and isinstance(data[field.name], list | str | int)
        and _alike(data[field.name], getattr(default, field.name))
    }
    if "recent" in known:
        known["recent"] = tuple(str(one) for one in list(known["recent"]))
    return _within(replace(default, **known))


def _within(read: Settings) -> Settings:
    """The settings with defaults in the place of what this program does not know."""
    default = Settings()
    return replace(
        read.with_text_size(read.text_size),
        order=read.order if read.order in ORDERS else default.order,
        appearance=read.appearance if read.appearance in APPEARANCES else default.appearance,
        lock_after=read.lock_after if 0 <= read.lock_after <= LONGEST_WAIT else default.lock_after,
    )


def _alike(value: object, default: object) -> bool:
    return isinstance(value, list) if isinstance(default, tuple) else type(value) is type(default)
