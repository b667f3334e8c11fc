"""Samples and teams out of the tables that people keep: xlsx or csv, with their own headings."""

import codecs
import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

import openpyxl

from hmip_desktop.casefile.records import Role
from hmip_desktop.errors import Code, Problem, Refused
from hmip_desktop.wording import number_of_things

REFERENCE = "reference"
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    REFERENCE: ("case", "case ref", "case reference", "case id", "ref", "case no", "case number"),
    "ldu": ("local delivery unit", "delivery unit"),
    "case_type": ("type", "type of case", "order type", "sentence type"),
    "rosh": ("rosh level", "risk of serious harm", "rosh classification", "risk of harm"),
    "gender": ("sex",),
    "ethnicity": ("race", "race and ethnicity", "ethnic group", "race ethnicity"),
    "principal_offence": ("offence", "main offence", "index offence"),
    "offender_manager": (
        "om",
        "practitioner",
        "probation officer",
        "responsible officer",
        "officer",
        "case manager",
    ),
    "tier": ("tier of service",),
    "sentence_date": ("date of sentence", "sentenced", "start date", "date sentenced"),
}
_PERSON = re.compile(
    r"\b((fore|sur|first ?|last ?|full ?|family ?|given ?|middle ?)?names?|alias(es)?|initials|"
    r"date of birth|birth ?(date|day)|d ?o ?b|(person|people) on probation|clients?|"
    r"service users?|(home )?address(es)?|post ?codes?|pnc( no| number| id)?|nino|"
    r"national insurance( no| number)?|(tele)?phone( no| number)?|mobile( no| number)?|e ?mail)\b"
)
_NOT_SUPERVISED = re.compile(
    r"\b(officer|manager|practitioner|om|po|pso|supervisor|ldu|delivery unit|team|"
    r"office|court|programme|cluster|area|region|hostel|prison|offence)\b"
)
_ROLES: Mapping[str, Role] = {
    **{role.value: role for role in Role},
    "lead": Role.LEAD,
    "deputy": Role.DEPUTY,
    "deputy lead inspector": Role.DEPUTY,
    "assistant inspector": Role.INSPECTOR,
    "hm inspector": Role.INSPECTOR,
    "assessor": Role.INSPECTOR,
    "la": Role.LOCAL_ASSESSOR,
    "support": Role.SUPPORT,
    "support services manager": Role.SUPPORT,
    "research officer": Role.SUPPORT,
    "assistant research officer": Role.SUPPORT,
}


@dataclass(frozen=True)
class SampleRow:
    """One case as the sample gives it: its reference and every other field by name."""

    reference: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class TeamRow:
    """One person as the team list gives them."""

    name: str
    role: Role


@dataclass(frozen=True)
class _Table:
    """A sheet: headings as written and rows by the number that Excel shows."""

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sample(path: Path) -> tuple[SampleRow, ...]:
    """The cases of a sample.

    Raises:
        Refused: SAMPLE_UNUSABLE with every problem and its row; SAMPLE_NAMES_PEOPLE when a
            column holds names of people supervised.
    """
    table = _read(path)
    columns = [_column_name(heading) for heading in table.headings]
    _refuse_names(path, table)
    if REFERENCE not in columns:
        raise Refused(
            Code.SAMPLE_UNUSABLE,
            f"{path.name} has no column 'reference' that says which case a row is. "
            f"Its columns are: {', '.join(filter(None, table.headings)) or 'none'}.",
        )
    rows, problems = _sample_rows(table, columns)
    _refuse(Code.SAMPLE_UNUSABLE, path, problems)
    if not rows:
        raise Refused(Code.SAMPLE_UNUSABLE, f"{path.name} has no case in it.")
    return tuple(rows)


def read_team(path: Path) -> tuple[TeamRow, ...]:
    """The people of a team list.

    Raises:
        Refused: TEAM_UNUSABLE with every problem and its row.
    """
    table = _read(path)
    columns = [_tidy(heading) for heading in table.headings]
    missing = [name for name in ("name", "role") if name not in columns]
    if missing:
        sentence = f"{path.name} needs the columns name and role. It has no {missing[0]}."
        raise Refused(Code.TEAM_UNUSABLE, sentence)
    rows, problems = _team_rows(table, columns.index("name"), columns.index("role"))
    _refuse(Code.TEAM_UNUSABLE, path, problems)
    if not any(row.role.assesses for row in rows):
        sentence = f"{path.name} has nobody who assesses cases (inspector or local assessor)."
        raise Refused(Code.TEAM_UNUSABLE, sentence)
    return tuple(rows)


def read_table(
    path: Path,
) -> tuple[tuple[str, ...], tuple[tuple[int, Mapping[str, str]], ...]]:
    """Any sheet: its headings in small letters, and its rows by heading with Excel's numbers.

    Raises:
        Refused: SHEET_UNREADABLE.
    """
    table = _read(path)
    names = tuple(_tidy(heading) for heading in table.headings)
    rows = ((number, dict(zip(names, cells, strict=False))) for number, cells in table.rows)
    return names, tuple(rows)


def _sample_rows(table: _Table, columns: Sequence[str]) -> tuple[list[SampleRow], list[Problem]]:
    rows: list[SampleRow] = []
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for number, cells in table.rows:
        fields = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}
        reference = fields.pop(REFERENCE, "")
        key = reference.casefold()
        if not reference:
            sentence = "the reference is missing"
            problems.append(Problem(table.sheet, number, "sample.reference", sentence))
        elif key in first:
            sentence = f"{reference} is already in row {first[key]}"
            problems.append(Problem(table.sheet, number, "sample.twice", sentence))
        else:
            first[key] = number
            rows.append(SampleRow(reference, fields))
    return rows, problems


def _team_rows(table: _Table, name_at: int, role_at: int) -> tuple[list[TeamRow], list[Problem]]:
    rows: list[TeamRow] = []
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for number, cells in table.rows:
        name, said = cells[name_at], cells[role_at]
        role = _ROLES.get(_tidy(said))
        if not name:
            problems.append(Problem(table.sheet, number, "team.name", "the name is missing"))
        elif name.casefold() in first:
            sentence = f"{name} is already in row {first[name.casefold()]}"
            problems.append(Problem(table.sheet, number, "team.twice", sentence))
        elif role is None:
            near = get_close_matches(_tidy(said), list(Role), n=1)
            hint = f"; did you mean {near[0]}" if near else f"; use {', '.join(Role)}"
            sentence = f"'{said}' is not a role{hint}"
            problems.append(Problem(table.sheet, number, "team.role", sentence))
        else:
            first[name.casefold()] = number
            rows.append(TeamRow(name, role))
    return rows, problems


def _refuse(code: Code, path: Path, problems: list[Problem]) -> None:
    if problems:
        rows = number_of_things(len(problems), "problem")
        sentence = f"{path.name} cannot be used: it has {rows}."
        raise Refused(code, sentence, tuple(problems))


def _refuse_names(path: Path, table: _Table) -> None:
    for heading in table.headings:
        words = _tidy(heading)
        if _PERSON.search(words) and not _NOT_SUPERVISED.search(words):
            sentence = (
                f"{path.name} has a column '{heading}', which identifies people supervised. "
                "Take it out: a case is known by its reference alone."
            )
            raise Refused(Code.SAMPLE_NAMES_PEOPLE, sentence)


def _tidy(heading: str) -> str:
    return re.sub(r"[\s_\-./]+", " ", heading).strip().casefold()


def _column_name(heading: str) -> str:
    words = _tidy(heading)
    for name, spellings in _SPELLINGS.items():
        if words == name.replace("_", " ") or words in spellings:
            return name
    return words.replace(" ", "_")


def _read(path: Path) -> _Table:
    readers = {".csv": _csv_cells, ".xlsx": _xlsx_cells, ".xlsm": _xlsx_cells}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        sentence = f"{path.name} must be an Excel workbook (xlsx) or a csv file."
        raise Refused(Code.SHEET_UNREADABLE, sentence)
    try:
        sheet, cells = reader(path)
    except Refused:
        raise
    except FileNotFoundError:
        sentence = f"There is no file {path.name} in {path.absolute().parent}."
        raise Refused(Code.SHEET_UNREADABLE, sentence) from None
    except Exception as error:
        sentence = f"{path.name} cannot be read; it may be damaged or protected by a password."
        raise Refused(Code.SHEET_UNREADABLE, sentence) from error
    return _table(path, sheet, cells)


def _table(path: Path, sheet: str, cells: list[tuple[str, ...]]) -> _Table:
    numbered = [(number, row) for number, row in enumerate(cells, start=1) if any(row)]
    if not numbered:
        raise Refused(Code.SHEET_UNREADABLE, f"{path.name} is empty.")
    (_, headings), rows = numbered[0], numbered[1:]
    width = len(headings)
    too_long = [number for number, row in rows if any(row[width:])]
    if too_long:
        sentence = f"{path.name} has more cells than headings in row {too_long[0]}."
        raise Refused(Code.SHEET_UNREADABLE, sentence)
    padded = tuple((number, (*row, *[""] * width)[:width]) for number, row in rows)
    named = [_column_name(heading) for heading in headings if heading]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        sentence = f"{path.name} has two columns that both mean {twice[0]}; keep one of them."
        raise Refused(Code.SHEET_UNREADABLE, sentence)
    return _Table(sheet, headings, padded)


def _csv_cells(path: Path) -> tuple[str, list[tuple[str, ...]]]:
    text = _decoded(path.read_bytes())
    first_line = text.partition("\n")[0]
    separator = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return path.name, [tuple(cell.strip() for cell in row) for row in reader]


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")  # what Excel on a British Windows saves


def _xlsx_cells(path: Path) -> tuple[str, list[tuple[str, ...]]]:
    """The first sheet as texts; merged cells all have the text of the first of them."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    written = openpyxl.load_workbook(path).worksheets[0]
    rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for number, row in enumerate(written.iter_rows(values_only=True)):
        for at, value in enumerate(row):
            if isinstance(value, str) and value.startswith("=") and not rows[number][at]:
                place = f"row {number + 1}, column {at + 1}"
                sentence = (
                    f"{path.name} has a formula without a result in {place}. "
                    "Open it in Excel, save it, and use it again."
                )
                raise Refused(Code.SHEET_UNREADABLE, sentence)
    for merged in sheet.merged_cells.ranges:
        for row_at, column_at in merged.cells:
            rows[row_at - 1][column_at - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    return sheet.title, [tuple(row) for row in rows]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
