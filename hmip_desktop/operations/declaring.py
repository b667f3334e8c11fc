"""The table in which somebody declares which question of an older version is which: a crosswalk."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from hmip_desktop.crosswalk import Declared
from hmip_desktop.errors import Code, Problem, Refused
from hmip_desktop.language import tr
from hmip_desktop.sample_sheet import read_table

_VERSION, _QUESTION, _SAME_AS, _CHOICES = "form version", "question", "same as", "choices"
_COLUMNS = (_VERSION, _QUESTION, _SAME_AS)
_BETWEEN_PAIRS = re.compile(r"[;,\s]+")


def declared(path: Path) -> tuple[Declared, ...]:
    """The rows of a crosswalk: form_version, question, same_as and, where they differ, choices.

    Choices are written as `older=newer older=newer`.

    Raises:
        Refused: SHEET_UNREADABLE; CROSSWALK_UNUSABLE when columns are missing, or with the rows
            that say too little.
    """
    names, rows = read_table(path)
    missing = [name.replace(" ", "_") for name in _COLUMNS if name not in names]
    if missing:
        sentence = tr(
            "{file} is no crosswalk: it lacks the columns {columns}.",
            file=path.name,
            columns=", ".join(missing),
        )
        raise Refused(Code.CROSSWALK_UNUSABLE, sentence)
    wrong = tuple(problem for number, cells in rows for problem in _wrong(number, cells))
    if wrong:
        sentence = tr("{file} cannot be used as it is: mend these rows.", file=path.name)
        raise Refused(Code.CROSSWALK_UNUSABLE, sentence, wrong)
    return tuple(_row(number, cells) for number, cells in rows)


def _row(number: int, cells: Mapping[str, str]) -> Declared:
    pairs = (pair.partition("=") for pair in _pairs(cells))
    return Declared(
        version=cells[_VERSION],
        question=cells[_QUESTION],
        same_as=cells[_SAME_AS],
        choices={older: newer for older, _, newer in pairs},
        row=number,
    )


def _wrong(number: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    if not (cells[_VERSION] and cells[_QUESTION]):
        sentence = tr("Say the version of the form and the question.")
        yield Problem(tr("Crosswalk"), number, "empty", sentence)
    if not all(_is_pair(pair) for pair in _pairs(cells)):
        sentence = tr("Write choices as older=newer, with a space between two of them.")
        yield Problem(tr("Crosswalk"), number, "choices", sentence)


def _pairs(cells: Mapping[str, str]) -> list[str]:
    return [pair for pair in _BETWEEN_PAIRS.split(cells.get(_CHOICES, "")) if pair]


def _is_pair(pair: str) -> bool:
    older, _, newer = pair.partition("=")
    return bool(older and newer and "=" not in newer)
