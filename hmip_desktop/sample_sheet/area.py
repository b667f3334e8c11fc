"""Tables about the area as people keep them: a title, headings, rows, and a source below. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from hmip_desktop import bounds
from hmip_desktop.casefile.area import AreaTable, Number, Value, is_form, is_number
from hmip_desktop.errors import Code, Problem, Refused
from hmip_desktop.language import tr, tr_count
from hmip_desktop.sample_sheet.headings import names_people
from hmip_desktop.sample_sheet.sheet import Cell, Flaw, Sheet, clean, letter

Row = tuple[int, tuple[Cell, ...]]

_NUMBER = re.compile(
    r"-?(£)?(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,14})(?:\.(\d{1,15}))?(%)?", re.ASCII
)
_UNPRINTED = re.compile(r'_.|\*.|\\(.)|"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_SHEET_NAME = re.compile(r"(sheet|tabelle|feuil|taflen|table)? ?\d*", re.IGNORECASE)
_SOURCE = re.compile(r"(sources?|notes?|ffynhonnell|nodyn|nodiadau)\b|[*†‡\[]|\d\)", re.IGNORECASE)
_LONGEST_TITLE = 200


@dataclass(frozen=True)
class AreaBook:
    """What a file holds: its tables, and what is to be known of how they were read."""

    tables: tuple[AreaTable, ...]
    notes: tuple[str, ...]


def area_book(file: str, book: Sequence[Sheet]) -> AreaBook:
    """The tables of a file, one of each sheet that holds one.

    Raises:
        Refused: SHEET_UNREADABLE; SAMPLE_NAMES_PEOPLE for a list of people.
    """
    read = [(sheet, _rows_of(sheet)) for sheet in book]
    holding = [(sheet, rows) for sheet, rows in read if len(rows) > 1]
    if not holding:
        sentence = tr(
            "{file} has no table: headings in one row, and below them rows of two or more cells.",
            file=file,
        )
        raise Refused(Code.SHEET_UNREADABLE, sentence)
    for sheet, rows in holding:
        _refuse_flaws(file, sheet, rows)
    several = len(holding) > 1
    tables = tuple(_table(file, sheet, rows, several=several) for sheet, rows in holding)
    return AreaBook(tables, tuple(_notes(read)))


def _rows_of(sheet: Sheet) -> tuple[Row, ...]:
    """The headings and the rows, without what stands above and below them."""
    lines = sheet.lines
    wide = [
        at for at, (_, cells) in enumerate(lines) if _filled(cells) > 1 and not _is_source(cells)
    ]
    if not wide:
        return ()
    end = next((at for at in range(wide[0] + 1, len(lines)) if _ends(lines, at)), len(lines))
    return lines[wide[0] : end]


def _filled(cells: Sequence[Cell]) -> int:
    return sum(map(bool, cells))


def _is_source(cells: Sequence[Cell]) -> bool:
    first = next((cell for cell in cells if cell), Cell())
    return _filled(cells) < 3 and bool(_SOURCE.match(clean(first.text)))


def _ends(lines: Sequence[Row], at: int) -> bool:
    """Whether the table is over: a source, or single cells to the end after a blank row."""
    number, cells = lines[at]
    if _is_source(cells) and all(_filled(later) < 3 for _, later in lines[at:]):
        return True
    is_apart = number > lines[at - 1][0] + 1
    return is_apart and all(_filled(later) < 2 for _, later in lines[at:])


def _table(file: str, sheet: Sheet, rows: Sequence[Row], *, several: bool) -> AreaTable:
    heads, data = _headings(rows)
    used = [at for at in range(len(heads)) if heads[at] or any(_cell(row, at) for _, row in data)]
    _refuse_size(file, sheet, rows=len(data), columns=len(used))
    values = tuple(tuple(_value(_cell(row, at)) for at in used) for _, row in data)
    headings = tuple(heads[at] for at in used)
    _refuse_people(file, headings, values)
    above = [row for row in sheet.lines if row[0] < rows[0][0]]
    below = [row for row in sheet.lines if row[0] > rows[-1][0]]
    titles = [_said(cells) for _, cells in above if not _is_source(cells)]
    sources = [_said(cells) for _, cells in above if _is_source(cells)]
    source = " ".join((*sources, *(_said(cells) for _, cells in below)))
    title = " \N{EN DASH} ".join(titles) or _named(file, sheet, several=several)
    table = AreaTable(_cut(title, _LONGEST_TITLE), source, headings, values)
    _refuse_letters(file, sheet, table)
    return table


def _cell(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else Cell()


def _headings(rows: Sequence[Row]) -> tuple[tuple[str, ...], Sequence[Row]]:
    """The headings and what is below; of two rows where the upper one groups the lower."""
    (_, upper), *below = rows
    width = max(len(cells) for _, cells in rows)
    texts = tuple(_text(_cell(upper, at)) for at in range(width))
    if not (len(below) > 1 and _are_grouped(texts, below[0][1])):
        return texts, below
    lower = tuple(_text(_cell(below[0][1], at)) for at in range(width))
    return tuple(_together(_carried(texts), lower)), below[1:]


def _are_grouped(upper: Sequence[str], lower: Sequence[Cell]) -> bool:
    """Whether a row of headings has gaps that the row below it, all texts or years, fills."""
    first, *others = (_cell(lower, at) for at in range(len(upper)))
    gaps = [at for at, text in enumerate(upper) if at and not text]
    is_head = not first or clean(first.text) == upper[0]
    return bool(gaps) and is_head and all(others[at - 1] for at in gaps)


def _carried(texts: Sequence[str]) -> Iterator[str]:
    """A group's name stands over all of its columns."""
    last = ""
    for text in texts:
        last = text or last
        yield last


def _together(groups: Iterator[str], own: Sequence[str]) -> Iterator[str]:
    for group, text in zip(groups, own, strict=True):
        yield group if text in ("", group) else f"{group} {text}".strip()


def _value(cell: Cell) -> Value:
    """What a cell holds: a number with its format where it is one, else its text."""
    text = clean(cell.text)
    if cell.flaw is Flaw.DATED:
        return _day(text, cell.form)
    if not cell.form:
        return _typed(text)
    figure = _figure(text)
    return text if figure is None else Number(figure, plain_form(cell.form))


def _typed(text: str) -> Value:
    """A number as people type it, such as 12.8% or £1,200, else the text."""
    found = _NUMBER.fullmatch(text)
    figure = _figure(re.sub(r"[£,%]", "", text)) if found else None
    if found is None or figure is None:
        return text
    pound, whole, places, percent = (part or "" for part in found.groups())
    exact = round(figure / 100, len(places) + 2) if percent else figure
    decimals = f".{'0' * len(places)}" if places else ""
    form = f"{pound}{'#,##' if ',' in whole else ''}0{decimals}{percent}"
    return Number(exact, form if is_form(form) and form != "0" else "")


def _figure(text: str) -> int | float | None:
    """A number; None for what only looks like one, such as 0012, or is too long for Excel."""
    try:
        value = int(text) if re.fullmatch(r"-?\d+", text) else float(text)
    except ValueError:
        return None
    has_zeros = re.match(r"-?0\d", text)
    return None if has_zeros or not is_number(value) else value


def plain_form(form: str) -> str:
    """A number format of Excel as one of the few that we write; empty for all others."""
    printed = _UNPRINTED.sub(_pound, form.partition(";")[0])
    neat = printed.replace(" ", "").replace("?", "0").replace("#,##0", "T0").replace("#", "")
    plain = neat.replace("T", "#,##")
    if is_form(plain):
        return "" if plain == "0" else plain
    return "0%" if "%" in plain else ""


def _pound(found: re.Match[str]) -> str:
    """Of what a format only prints, a pound stays; a printed % would multiply nothing."""
    return "£" if "£" in found.groups() else ""


def _text(cell: Cell) -> str:
    """A heading as people read it."""
    return str(_value(cell))


def _day(text: str, form: str) -> str:
    """A date as `1 Oct 2012`, or as `Oct 2012` where only the month is shown."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day:%b %Y}" if "d" not in form.casefold() else f"{day.day} {day:%b %Y}"


def _said(cells: Sequence[Cell]) -> str:
    """A line of text above or below a table."""
    return " ".join(text for text in map(_text, cells) if text)


def _named(file: str, sheet: Sheet, *, several: bool) -> str:
    """A title for a table that has none: the name of its sheet, or of its file."""
    stem = PurePath(file).stem
    if sheet.name == file:
        return stem
    if not _SHEET_NAME.fullmatch(sheet.name.strip()):
        return sheet.name.strip()
    return f"{stem} ({sheet.name})" if several else stem


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _refuse_flaws(file: str, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Make sure that every cell says something.

    Raises:
        Refused: SHEET_UNREADABLE, with the cells.
    """
    flawed = [
        Problem(sheet.name, number, str(cell.flaw), _flaw(cell, at))
        for number, cells in rows
        for at, cell in enumerate(cells)
        if cell.flaw in (Flaw.ERROR, Flaw.UNCALCULATED)
    ]
    if flawed:
        sentence = tr_count(
            "{file} has {count} cell without a figure. Mend it in Excel, save it, and bring "
            "the file again.",
            "{file} has {count} cells without a figure. Mend them in Excel, save them, and bring "
            "the file again.",
            len(flawed),
            file=file,
        )
        raise Refused(Code.SHEET_UNREADABLE, sentence, tuple(flawed))


def _flaw(cell: Cell, at: int) -> str:
    if cell.flaw is Flaw.UNCALCULATED:
        return tr("column {column} holds a formula without a result", column=letter(at))
    return tr(
        "column {column} holds Excel's error {error}", column=letter(at), error=clean(cell.text)
    )


def _refuse_size(file: str, sheet: Sheet, *, rows: int, columns: int) -> None:
    """Make sure that a table can stand on a page.

    Raises:
        Refused: SHEET_UNREADABLE.
    """
    facts = {"file": file, "sheet": sheet.name}
    if rows > bounds.AREA_ROWS:
        sentence = tr(
            "The table “{sheet}” of {file} has {rows} rows; a table about the area takes {most}. "
            "Leave out what no reader of the workbook needs.",
            **facts,
            rows=rows,
            most=bounds.AREA_ROWS,
        )
        raise Refused(Code.SHEET_UNREADABLE, sentence)
    if columns > bounds.AREA_COLUMNS:
        sentence = tr(
            "The table “{sheet}” of {file} has {columns} columns; a table about the area takes "
            "{most}. Leave out what no reader of the workbook needs.",
            **facts,
            columns=columns,
            most=bounds.AREA_COLUMNS,
        )
        raise Refused(Code.SHEET_UNREADABLE, sentence)


def _refuse_letters(file: str, sheet: Sheet, table: AreaTable) -> None:
    """Make sure that no cell holds a page of text.

    Raises:
        Refused: SHEET_UNREADABLE.
    """
    texts = (*table.headings, *(str(one) for row in table.rows for one in row), table.source)
    if max(map(len, texts)) > bounds.AREA_LETTERS:
        sentence = tr(
            "The table “{sheet}” of {file} has a text of more than {most} letters. Shorten it.",
            file=file,
            sheet=sheet.name,
            most=bounds.AREA_LETTERS,
        )
        raise Refused(Code.SHEET_UNREADABLE, sentence)


def _refuse_people(file: str, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Make sure that no column lists people; one that counts them is welcome.

    Raises:
        Refused: SAMPLE_NAMES_PEOPLE.
    """
    for at, heading in enumerate(headings):
        if names_people(heading) and any(isinstance(row[at], str) and row[at] for row in rows):
            sentence = tr(
                "{file} has a column “{heading}”, which seems to list people. Take it out, or call "
                "it by what it names, such as LDU: tables about the area hold no people.",
                file=file,
                heading=heading,
            )
            raise Refused(Code.SAMPLE_NAMES_PEOPLE, sentence)


def _notes(read: Sequence[tuple[Sheet, Sequence[Row]]]) -> Iterator[str]:
    without = [sheet.name for sheet, rows in read if len(rows) < 2]
    if without:
        yield tr("No table is on: {sheets}.", sheets=", ".join(without))
    hidden = [
        sheet.name
        for sheet, rows in read
        if len(rows) > 1 and (sheet.hidden_columns or {n for n, _ in rows} & sheet.hidden_rows)
    ]
    if hidden:
        yield tr(
            "Rows or columns that are hidden in Excel were read like the others: {sheets}.",
            sheets=", ".join(hidden),
        )
