"""A table on its way in: what was understood, what is wrong, and a person's mends. Pure."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar, Self

from hmip_desktop.casefile.labels import field_label
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr, tr_count
from hmip_desktop.sample_sheet.headings import Column, Sure, Words, claimed_twice, columns_of
from hmip_desktop.sample_sheet.remarks import Remark, notes_of
from hmip_desktop.sample_sheet.sheet import Cell, Flaw, Sheet, clean, tidy
from hmip_desktop.sample_sheet.totals import total_of
from hmip_desktop.sample_sheet.value_remarks import about_value
from hmip_desktop.sample_sheet.values import value_of

_HEADINGS_WITHIN = 50

Known = Mapping[str, Mapping[str, str]]
"""What the inspection has already: the fields of each case or person, by name in small letters."""


@dataclass(frozen=True)
class Line:
    """One row as it is taken: its number, its values by field, whether it stands alone."""

    number: int
    values: Mapping[str, str]
    is_alone: bool = False


@dataclass(frozen=True)
class Preview(ABC):
    """A table as it would be taken in. Nothing here changes: a mend gives another preview.

    Attributes:
        file: the name of the file.
        book: its sheets.
        sheet: the one that is read.
        header: the row of its headings, as Excel numbers it.
        given: what a person said that columns hold, by column; empty leaves the column out.
        mended: what a person put into a cell instead, by row and column.
        removed: the rows that a person took out.
        known: what is there already.
        changing: the rows that a person lets change what is there already.
    """

    words: ClassVar[Words]
    refused_as: ClassVar[Code]

    file: str
    book: tuple[Sheet, ...]
    sheet: Sheet
    header: int
    given: Mapping[int, str] = field(default_factory=dict)
    mended: Mapping[tuple[int, int], str] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()
    known: Known = field(default_factory=dict)
    changing: frozenset[int] = frozenset()

    @classmethod
    def of(cls, file: str, book: tuple[Sheet, ...]) -> Self:
        """The preview of a file: of the sheet and the row that look most like the headings."""
        best = max(book, key=cls._weight)  # of equals the first
        return cls(file, book, best, cls._header(best))

    @classmethod
    def _weight(cls, sheet: Sheet) -> tuple[int, int]:
        return max(cls.words.weight(_texts(cells)) for _, cells in sheet.lines[:_HEADINGS_WITHIN])

    @classmethod
    def _header(cls, sheet: Sheet) -> int:
        def weight(line: tuple[int, tuple[Cell, ...]]) -> tuple[int, int]:
            return cls.words.weight(_texts(line[1]))

        return max(sheet.lines[:_HEADINGS_WITHIN], key=weight)[0]

    def with_sheet(self, name: str) -> Self:
        """The same file, but another of its sheets; mends of this one are dropped."""
        sheet = next(one for one in self.book if one.name == name)
        fresh = type(self)(self.file, self.book, sheet, self._header(sheet))
        return replace(fresh, known=self.known)

    def with_header(self, row: int) -> Self:
        """The same sheet, with its headings in another row."""
        return replace(self, header=row, given={})

    def with_mapping(self, fields: Mapping[int, str]) -> Self:
        """The same, with columns taken for other fields; an empty field leaves a column out."""
        return replace(self, given={**self.given, **fields})

    def with_mend(self, row: int, column: int, value: str) -> Self:
        """The same, with another value in one cell."""
        return replace(self, mended={**self.mended, (row, column): value})

    def without_row(self, row: int) -> Self:
        """The same without one row."""
        return replace(self, removed=self.removed | {row})

    def among(self, known: Known) -> Self:
        """The same table, held against what is there already."""
        return replace(self, known=known)

    def with_change(self, row: int) -> Self:
        """The same, with one row that may change what is there already."""
        return replace(self, changing=self.changing | {row})

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column: its heading, the field it is taken for, and how sure that is."""
        cells = next((cells for number, cells in self.sheet.lines if number == self.header), ())
        return columns_of(_texts(cells), self.words, self.given)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The rows that are taken, as they are taken."""
        return self._read[0]

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """All that is to be said, by row: what was done by itself and what must be mended."""
        said = [*self._about_table(), *self._about_columns(), *self._read[1], *self._judged()]
        return tuple(sorted(said, key=lambda remark: remark.row))

    @property
    def problems(self) -> tuple[Remark, ...]:
        """What must be mended first."""
        return tuple(remark for remark in self.remarks if remark.stops)

    @property
    def doubts(self) -> tuple[Remark, ...]:
        """What a person is asked about, though it may stay as it is."""
        return tuple(remark for remark in self.remarks if remark.asks)

    @property
    def done(self) -> tuple[str, ...]:
        """What was done by itself, a sentence for each sort."""
        return notes_of(self.sheet.name, (one for one in self.remarks if not one.asks))

    @property
    def changes(self) -> int:
        """How many of the rows change what is there already."""
        return sum(bool(self._differing(line)) for line in self.lines)

    @property
    def adds(self) -> int:
        """How many of the rows are new."""
        return sum(self._name_of(line).casefold() not in self.known for line in self.lines)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was done by itself and what is in doubt, a sentence for each sort."""
        return notes_of(self.sheet.name, self.remarks)

    def refuse_problems(self) -> None:
        """Make sure that nothing stops it.

        Raises:
            Refused: with every problem and its row; for which code and first sentence, the
                gravest problem decides.
        """
        problems = self.problems
        if not problems:
            return
        gravest = min(problems, key=lambda one: _gravity(one.code))
        code = _CODES.get(gravest.code, self.refused_as)
        listed = tuple(one.problem(self.sheet.name) for one in problems if one.row)
        raise Refused(code, self._lead(gravest, len(problems)), listed)

    @abstractmethod
    def _judged(self) -> Iterator[Remark]:
        """What is wrong with the rows as rows of this sort of table."""

    @abstractmethod
    def _name_of(self, line: Line) -> str:
        """What a row is about."""

    @abstractmethod
    def _said_of(self, line: Line) -> Mapping[str, str]:
        """What a row says about it, as it would be kept."""

    @abstractmethod
    def _shown(self, name: str, value: str) -> str:
        """A value as people read it."""

    def _differing(self, line: Line) -> Mapping[str, tuple[str, str]]:
        """What a row would change of what is there: each field before and after it.

        What the row lacks stays as it is.
        """
        there = self.known.get(self._name_of(line).casefold())
        if there is None:
            return {}
        said = self._said_of(line)
        return {
            name: (there.get(name, ""), value)
            for name, value in said.items()
            if value and value != there.get(name, "")
        }

    def _about_known(self, line: Line, at: int) -> Iterator[Remark]:
        """What is to be said of a row about something that is there already."""
        name = self._name_of(line)
        if name.casefold() not in self.known:
            return
        differing = self._differing(line)
        if not differing:
            sentence = tr("{name} is there already; nothing in it changes", name=name)
            yield Remark(line.number, at, "row.known", sentence)
            return
        changes = ", ".join(self._change(field, *both) for field, both in differing.items())
        if line.number in self.changing:
            sentence = tr("{name} is there already and gets: {changes}", name=name, changes=changes)
            yield Remark(line.number, None, "row.changes", sentence)
            return
        sentence = tr(
            "{name} is there already. This row would change it: {changes}. All else in it stays.",
            name=name,
            changes=changes,
        )
        yield Remark(line.number, at, "row.would-change", sentence, True, None, True, False, True)

    def _change(self, name: str, before: str, after: str) -> str:
        said = {"field": field_label(name), "after": self._shown(name, after)}
        if not before:
            return tr("{field} “{after}” where nothing stands", **said)
        return tr(
            "{field} “{after}” instead of “{before}”", before=self._shown(name, before), **said
        )

    def _missing(self) -> Iterator[Remark]:
        """What is wrong when a needed column is not there."""
        yield from ()

    @property
    def headings_shown(self) -> str:
        """The headings as a sentence lists them."""
        return ", ".join(one.heading for one in self.columns if one.heading) or tr("none")

    def _lead(self, gravest: Remark, count: int) -> str:
        place = {"file": self.file, "row": gravest.row, "column": (gravest.column or 0) + 1}
        if gravest.code == Flaw.UNCALCULATED:
            return tr(
                "{file} has a formula without a result in row {row}, column {column}. "
                "Open it in Excel, save it, and use it again.",
                **place,
            )
        if gravest.code == "row.too-long":
            return tr("{file} has more cells than headings in row {row}.", **place)
        if not gravest.row or _gravity(gravest.code) < len(_GRAVITY):
            return gravest.sentence
        return tr_count(
            "{file} cannot be used: it has {count} problem.",
            "{file} cannot be used: it has {count} problems.",
            count,
            file=self.file,
        )

    def _about_table(self) -> Iterator[Remark]:
        others = [one.name for one in self.book if one is not self.sheet]
        if others:
            sentence = tr(
                "this sheet was read; the others were not: {sheets}", sheets=", ".join(others)
            )
            yield Remark(0, None, "sheet.chosen", sentence)
        above = [number for number, _ in self.sheet.lines if number < self.header]
        if above:
            sentence = tr(
                "the headings are in row {row}; what stands above them was left out",
                row=self.header,
            )
            yield Remark(self.header, None, "row.above", sentence)
        hidden = sorted(
            number for number, _ in self.sheet.lines if number in self.sheet.hidden_rows
        )
        if hidden:
            sentence = tr_count(
                "{count} row is hidden in Excel and was read like the others: {rows}",
                "{count} rows are hidden in Excel and were read like the others: {rows}",
                len(hidden),
                rows=", ".join(map(str, hidden)),
            )
            yield Remark(0, None, "row.hidden", sentence)
        if not any(column.heading for column in self.columns) or self._lacks_needed:
            yield from self._missing()

    @property
    def _lacks_needed(self) -> bool:
        return not set(self.words.needed) <= {column.field for column in self.columns}

    def _about_columns(self) -> Iterator[Remark]:
        for column in claimed_twice(self.columns):
            sentence = tr(
                "{file} has two columns that both mean {field}; keep one of them.",
                file=self.file,
                field=column.field,
            )
            yield Remark(self.header, column.at, "column.twice", sentence, True, None, True)
        for column in self.columns:
            yield from self._about_column(column)

    def _about_column(self, column: Column) -> Iterator[Remark]:
        if column.at in self.sheet.hidden_columns and column.heading:
            sentence = tr(
                "the column “{heading}” is hidden in Excel and was read like the others",
                heading=column.heading,
            )
            yield Remark(self.header, column.at, "column.hidden", sentence)
        if column.sure is Sure.NEAR:
            sentence = tr(
                "the column “{heading}” was taken for {field}",
                heading=column.heading,
                field=column.field,
            )
            yield Remark(self.header, column.at, "column.near", sentence)
        if column.sure is Sure.LEFT_OUT and column.at not in self.given and self._fills(column.at):
            yield Remark(self.header, column.at, "column.left-out", self._left_out(column))

    def _left_out(self, column: Column) -> str:
        if column.heading:
            return tr("the column “{heading}” was left out", heading=column.heading)
        return tr("column {letter} has no heading and was left out", letter=column.letter)

    def _fills(self, at: int) -> bool:
        return any(
            number > self.header and len(cells) > at and bool(cells[at])
            for number, cells in self.sheet.lines
        )

    @cached_property
    def _read(self) -> tuple[tuple[Line, ...], tuple[Remark, ...]]:
        lines: list[Line] = []
        remarks: list[Remark] = []
        for number, cells in self.sheet.lines:
            if number <= self.header or number in self.removed:
                continue
            left_out = self._no_row(number, cells, lines)
            if left_out:
                remarks.append(left_out)
                continue
            line, said = self._line(number, cells)
            remarks.extend(said)
            if line.values or said:
                lines.append(line)
        return tuple(lines), tuple(remarks)

    def _no_row(self, number: int, cells: Sequence[Cell], lines: Sequence[Line]) -> Remark | None:
        """Why a row is none of the table's: the headings once more, or a total."""
        texts = _texts(cells)
        if [tidy(text) for text in texts] == [tidy(one.heading) for one in self.columns]:
            sentence = tr("the headings once more were left out")
            return Remark(number, None, "row.headings", sentence, mend_is_to_leave_out=True)
        filled = [text for text in texts if text]
        is_last = number == self.sheet.lines[-1][0]
        so_far = len(lines)
        may_be_bare = is_last and any(len(line.values) > 1 for line in lines)
        total = total_of(filled, so_far if may_be_bare else None)
        if total is None:
            return None
        if is_last and total and so_far not in total:
            sentence = tr(
                "the total was left out; it says {said}, but {count} rows stand above it",
                said=total[0],
                count=so_far,
            )
        else:
            sentence = tr("the total was left out")
        return Remark(number, None, "row.total", sentence, mend_is_to_leave_out=True)

    def _line(self, number: int, cells: Sequence[Cell]) -> tuple[Line, list[Remark]]:
        remarks: list[Remark] = []
        if any(cells[len(self.columns) :]):
            sentence = tr("it has more cells than there are headings")
            remarks.append(Remark(number, None, "row.too-long", sentence, stops=True))
        values: dict[str, str] = {}
        for column in self.columns:
            cell = self._cell(number, column.at, cells)
            if not column.field or not cell:
                continue
            flaw = self._flaw(number, column, cell)
            value = value_of(column.field, cell.text)
            remark = flaw or about_value(number, column, cell.text, value)
            if remark:
                remarks.append(remark)
            if not flaw and value.text:
                values[column.field] = value.text
        is_alone = len(values) == 1 and sum(bool(one.heading) for one in self.columns) > 2
        return Line(number, values, is_alone), remarks

    def _cell(self, number: int, at: int, cells: Sequence[Cell]) -> Cell:
        if (number, at) in self.mended:
            return Cell(self.mended[number, at])
        return cells[at] if at < len(cells) else Cell()

    def _flaw(self, number: int, column: Column, cell: Cell) -> Remark | None:
        if cell.flaw is Flaw.ERROR:
            sentence = tr(
                "“{heading}” holds Excel's error {error}", heading=column.title, error=cell.text
            )
        elif cell.flaw is Flaw.UNCALCULATED:
            sentence = tr("“{heading}” holds a formula without a result", heading=column.title)
        elif cell.flaw is Flaw.DATED and column.field in self.words.needed:
            sentence = tr(
                "Excel has made a date of “{heading}”; write it as text", heading=column.title
            )
        else:
            return None
        return Remark(number, column.at, cell.flaw.value, sentence, stops=True)


# The gravest first: what is no table at all, then people's names, then what is missing.
_GRAVITY = (
    "column.twice",
    "row.too-long",
    Flaw.UNCALCULATED.value,
    "sample.names-people",
    "table.column-missing",
    "table.empty",
)
_CODES = {
    "column.twice": Code.SHEET_UNREADABLE,
    "row.too-long": Code.SHEET_UNREADABLE,
    Flaw.UNCALCULATED.value: Code.SHEET_UNREADABLE,
    "sample.names-people": Code.SAMPLE_NAMES_PEOPLE,
}


def _gravity(code: str) -> int:
    return _GRAVITY.index(code) if code in _GRAVITY else len(_GRAVITY)


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [clean(cell.text) for cell in cells]
