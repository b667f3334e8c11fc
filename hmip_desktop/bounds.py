"""How big a file from outside may be: looked at before any library reads it.

A workbook of a few kilobytes can unpack to gigabytes, or name a last cell so far away that the
cells up to it fill the memory.
"""

import errno
import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_CELLS = 2_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
AREA_TABLES = 40
AREA_ROWS = 200
AREA_COLUMNS = 20
AREA_LETTERS = 500
"""How much a table about the area may hold: more would be no page of a workbook any more."""


class TooBigError(Exception):
    """A file that is bigger than any form, sample or list of people can be."""


def read(path: Path) -> bytes:
    """What is in a file: in a whole one on a disk, not in a pipe or a device without end.

    Raises:
        OSError: it cannot be read.
        TooBigError: there is too much of it.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise TooBigError
    return content


def check_workbook(content: bytes) -> None:
    """Make sure that an Excel workbook can be unpacked and walked through.

    Raises:
        TooBigError: there would be too much of it.
        zipfile.BadZipFile, and what damaged archives raise: it is no workbook.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > LARGEST_UNPACKED:
            raise TooBigError
        for member in members:
            with archive.open(member) as part:
                _check_sheet(part)


def _check_sheet(part: IO[bytes]) -> None:
    """Follow the cells of a part of a workbook, if it is a sheet, to the last that it names."""
    last_row = last_column = 0
    before: Element | None = None
    try:
        for number, (_, element) in enumerate(_elements(part)):
            name = element.tag.rpartition("}")[2]
            if number == 0 and name != "worksheet":
                return
            if name in ("c", "mergeCell"):
                row, column = _last_cell(element.get("r") or element.get("ref") or "")
                last_row, last_column = max(last_row, row), max(last_column, column)
                if last_row * last_column > MOST_CELLS:
                    raise TooBigError
            if name == "row":
                if before is not None:
                    before.clear()  # what was looked at need not stay
                before = element
    except (ParseError, DefusedXmlException):
        return  # a picture, or damaged: those who read it will say so


def _elements(part: IO[bytes]) -> Iterator[tuple[str, Element]]:
    return iter(defusedxml.ElementTree.iterparse(part, events=("start",)))


def _last_cell(reference: str) -> tuple[int, int]:
    """The row and the column of the last cell of `C7` or `A1:C7`, counted from 1."""
    name = reference.rpartition(":")[2].replace("$", "").upper()
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters[:9]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :][:9] or 0), column
