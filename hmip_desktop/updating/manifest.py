"""What a pack says of itself, in the one way in which it is written."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr

FORMAT = "hmip-pack/1"
ANY = "any"
WELSH = "cy"
MOST_FILES = 16
MOST_SENTENCES = 20
LONGEST = 500
LARGEST_FILE = 2**31
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,119}", re.ASCII)
_PLATFORM = re.compile(r"any|(windows|linux|macos)-[a-z0-9_]{1,20}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DATE = re.compile(r"20\d\d-[01]\d-[0-3]\d", re.ASCII)
_STEP = re.compile(r"[a-z0-9_]{1,80}", re.ASCII)


class Kind(StrEnum):
    """What a pack brings."""

    FORM = "form"
    PROGRAM = "program"


@dataclass(frozen=True)
class Packed:
    """One file in a pack: its name there, for which computers, and what it must be."""

    name: str
    platform: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a pack holds.

    `case_file_format` are the steps of the format of case files that a program knows, in their
    order; `news` and `news_cy` say in a few sentences what is new.
    """

    kind: Kind
    version: str
    made: str
    news: tuple[str, ...]
    news_cy: tuple[str, ...]
    files: tuple[Packed, ...]
    case_file_format: tuple[str, ...] = ()

    def news_in(self, language: str) -> tuple[str, ...]:
        """What is new in a language; in English where the pack does not speak it."""
        return self.news_cy if language == WELSH and self.news_cy else self.news

    def file_for(self, platform: str) -> Packed:
        """The file for a kind of computer.

        Raises:
            Refused: PACK_UNFIT.
        """
        for file in self.files:
            if file.platform in (platform, ANY):
                return file
        sentence = tr(
            "This pack holds nothing for this kind of computer ({platform}). "
            "Ask whoever gave it to you for the pack that does.",
            platform=platform,
        )
        raise Refused(Code.PACK_UNFIT, sentence)


def written(manifest: Manifest) -> bytes:
    """A manifest as bytes: the same ones for the same manifest."""
    news = {"en": list(manifest.news), WELSH: list(manifest.news_cy)}
    value = {
        "format": FORMAT,
        "kind": manifest.kind.value,
        "version": manifest.version,
        "made": manifest.made,
        "news": {language: said for language, said in news.items() if said},
        "files": [vars(file) for file in manifest.files],
        "case_file_format": list(manifest.case_file_format),
    }
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def read(content: bytes) -> Manifest:
    """A manifest from bytes whose signature holds.

    Raises:
        Refused: PACK_FORMAT when it is not as this program writes one.
    """
    try:
        data = json.loads(content)
        if data["format"] != FORMAT:
            raise _not_known()
        manifest = _manifest(data)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _not_known() from error
    if not is_sound(manifest) or written(manifest) != content:
        raise _not_known()
    return manifest


def is_sound(manifest: Manifest) -> bool:
    """Whether everything in a manifest is of its kind and within bounds."""
    said = (*manifest.news, *manifest.news_cy)
    platforms = [file.platform for file in manifest.files]
    form = manifest.kind is Kind.FORM
    return all(
        (
            is_version(manifest.version, manifest.kind),
            _DATE.fullmatch(manifest.made),
            manifest.news,
            len(said) <= MOST_SENTENCES,
            all(_is_sentence(one) for one in said),
            all(_is_file(file) for file in manifest.files),
            1 <= len(platforms) <= MOST_FILES,
            len({file.name.lower() for file in manifest.files}) == len(platforms),
            platforms == [ANY] if form else ANY not in platforms,
            len(set(platforms)) == len(platforms),
            all(_STEP.fullmatch(step) for step in manifest.case_file_format),
            bool(manifest.case_file_format) is not form,
        )
    )


def is_version(text: str, kind: Kind) -> bool:
    """Whether a text names a version: numbers with points for programs, any word for forms."""
    if kind is Kind.PROGRAM:
        return bool(_VERSION.fullmatch(text))
    return 0 < len(text) <= 60 and text.isprintable()


def is_name(text: str) -> bool:
    """Whether a file may be called so in a pack: a plain name on every system, and no place."""
    return bool(_NAME.fullmatch(text)) and text[-1] not in ". "


def order(version: str) -> tuple[int, ...]:
    """The version of a program as numbers that can be compared: 1.10 is later than 1.9."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _is_sentence(text: str) -> bool:
    return 0 < len(text) <= LONGEST and text.isprintable()


def _is_file(file: Packed) -> bool:
    return bool(
        is_name(file.name)
        and _PLATFORM.fullmatch(file.platform)
        and _SHA256.fullmatch(file.sha256)
        and 0 < file.size <= LARGEST_FILE
    )


def _manifest(data: Mapping[str, Any]) -> Manifest:
    return Manifest(
        Kind(data["kind"]),
        _text(data["version"]),
        _text(data["made"]),
        _texts(data["news"].get("en", [])),
        _texts(data["news"].get(WELSH, [])),
        tuple(_packed(file) for file in data["files"]),
        _texts(data["case_file_format"]),
    )


def _packed(data: Mapping[str, Any]) -> Packed:
    if type(data["size"]) is not int:
        raise TypeError
    texts = (_text(data[name]) for name in ("name", "platform", "sha256"))
    name, platform, sha256 = texts
    return Packed(name, platform, data["size"], sha256)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(one) for one in value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _not_known() -> Refused:
    sentence = tr(
        "This pack was made for another version of this program. "
        "Ask whoever gave it to you for one that fits the version you have."
    )
    return Refused(Code.PACK_FORMAT, sentence)
