"""The rows in pages of an SQLite database, read without its schema and without its trees.

Every page that holds rows says so itself and lists them ("Database File Format", sqlite.org), so
rows outlive the pages that led to them. Pure: pages in, rows out.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Value = None | int | float | str | bytes

_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 0x0D, 0x0A, 0x02
_FILE_HEADER = 100
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # serial type: bytes
_REAL, _ZERO, _ONE, _FIRST_BLOB, _FIRST_TEXT = 7, 8, 9, 12, 13


@dataclass(frozen=True)
class Row:
    """One row of a table or of an index; its values are None when they cannot be read.

    `number` is the number of a table's row; None in an index.
    """

    number: int | None
    values: tuple[Value, ...] | None


def rows(pages: Mapping[int, bytes]) -> Iterator[Row]:
    """Every row in some pages, whichever table or index it belongs to."""
    for number, page in pages.items():
        try:
            starts = tuple(_cells(number, page))
        except ValueError:
            continue
        kind = _kind(number, page)
        for start in starts:
            yield _row(pages, page, kind, start)


def _header(number: int) -> int:
    return _FILE_HEADER if number == 1 else 0


def _kind(number: int, page: bytes) -> int:
    return page[_header(number)]


def _cells(number: int, page: bytes) -> Iterator[int]:
    """Where the cells of a page begin; nowhere when it holds no rows."""
    at, kind = _header(number), _kind(number, page)
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
        return
    pointers = at + (12 if kind == _INDEX_INTERIOR else 8)
    for place in range(_number(page, at + 3, 2)):
        yield _number(page, pointers + 2 * place, 2)


def _row(pages: Mapping[int, bytes], page: bytes, kind: int, at: int) -> Row:
    number = None
    try:
        if kind == _INDEX_INTERIOR:
            at += 4  # the page of what is smaller
        length, at = _varint(page, at)
        if kind == _TABLE_LEAF:
            number, at = _varint(page, at)
            number = _signed(number)
        payload = _payload(pages, page, at, length, is_table=kind == _TABLE_LEAF)
        return Row(number, tuple(_values(payload)))
    except ValueError:  # a wrong letter is one, too
        return Row(number, None)


def _payload(
    pages: Mapping[int, bytes], page: bytes, at: int, length: int, *, is_table: bool
) -> bytes:
    """A row's bytes: as many as fit in its page, the rest along a chain of pages.

    Raises:
        ValueError: a page of the chain is lost.
    """
    usable = len(page)
    here = _local(usable, length, is_table=is_table)
    parts = [_bytes(page, at, here)]
    missing = length - here
    if missing > len(pages) * usable:
        raise ValueError("longer than the file")
    following = _number(page, at + here, 4) if missing else 0
    while missing:
        link = pages.get(following)
        if link is None:
            raise ValueError("a page of the chain is lost")
        parts.append(_bytes(link, 4, min(missing, usable - 4)))
        missing -= len(parts[-1])
        following = _number(link, 0, 4)
    return b"".join(parts)


def _local(usable: int, length: int, *, is_table: bool) -> int:
    """How many bytes of a row lie in its own page."""
    most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
    if length <= most:
        return length
    least = (usable - 12) * 32 // 255 - 23
    wanted = least + (length - least) % (usable - 4)
    return wanted if wanted <= most else least


def _values(payload: bytes) -> Iterator[Value]:
    end, at = _varint(payload, 0)
    body = end
    while at < end:
        kind, at = _varint(payload, at)
        size = _size(kind)
        yield _value(kind, _bytes(payload, body, size))
        body += size


def _size(kind: int) -> int:
    if kind >= _FIRST_BLOB:
        return (kind - _FIRST_BLOB) // 2
    return 8 if kind == _REAL else _INTEGERS.get(kind, 0)


def _value(kind: int, data: bytes) -> Value:
    if kind in _INTEGERS:
        return int.from_bytes(data, "big", signed=True)
    if kind == _REAL:
        return float(struct.unpack(">d", data)[0])
    if kind >= _FIRST_BLOB:
        return data.decode() if kind % 2 else data
    return {_ZERO: 0, _ONE: 1}.get(kind)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next thing begins."""
    number = 0
    for byte in _bytes(data, at, min(8, len(data) - at)):
        at += 1
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at
    return number << 8 | _number(data, at, 1), at + 1


def _signed(number: int) -> int:
    return number - (1 << 64) if number >> 63 else number


def _number(data: bytes, at: int, size: int) -> int:
    return int.from_bytes(_bytes(data, at, size), "big")


def _bytes(data: bytes, at: int, size: int) -> bytes:
    if size < 0 or at < 0 or at + size > len(data):
        raise ValueError("beyond the end")
    return data[at : at + size]
