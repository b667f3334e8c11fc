"""A sample: one row a case, known by its reference alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from hmip_desktop.errors import Code
from hmip_desktop.language import tr
from hmip_desktop.sample_sheet import kinds
from hmip_desktop.sample_sheet.headings import Column, Sure, Words, names_people
from hmip_desktop.sample_sheet.preview import Line, Preview
from hmip_desktop.sample_sheet.remarks import Remark
from hmip_desktop.sample_sheet.spellings import REFERENCE, SAMPLE

PRACTITIONER = "offender_manager"
LDU, CASE_TYPE = "ldu", "case_type"


@dataclass(frozen=True)
class SampleRow:
    """One case as the sample gives it: its reference and every other field by name.

    `columns` are the names of all fields that the sample has, in its order.
    """

    reference: str
    fields: Mapping[str, str]
    columns: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class SamplePreview(Preview):
    """A sample as it would be taken in."""

    words: ClassVar[Words] = SAMPLE
    refused_as: ClassVar[Code] = Code.SAMPLE_UNUSABLE

    def cases(self) -> tuple[SampleRow, ...]:
        """The cases, when nothing stops it.

        Raises:
            Refused: SAMPLE_UNUSABLE with every problem and its row; SAMPLE_NAMES_PEOPLE when a
                column holds names of people supervised; SHEET_UNREADABLE.
        """
        self.refuse_problems()
        return tuple(
            SampleRow(line.values[REFERENCE], self._said_of(line), self.fields)
            for line in self.lines
        )

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the cases can have beside their reference, in the order of columns."""
        found = dict.fromkeys(column.field for column in self.columns if column.field)
        return tuple(name for name in found if name != REFERENCE)

    def _missing(self) -> Iterator[Remark]:
        sentence = tr(
            "{file} has no column “reference” that says which case a row is. "
            "Its columns are: {columns}.",
            file=self.file,
            columns=self.headings_shown,
        )
        yield Remark(0, None, "table.column-missing", sentence, stops=True)

    def _judged(self) -> Iterator[Remark]:
        yield from self._names()
        if self._lacks_needed:
            return
        if not self.lines:
            sentence = tr("{file} has no case in it.", file=self.file)
            yield Remark(0, None, "table.empty", sentence, stops=True)
        at = next(column.at for column in self.columns if column.field == REFERENCE)
        first: dict[str, Line] = {}
        for line in self.lines:
            reference = line.values.get(REFERENCE, "")
            known = first.setdefault(reference.casefold(), line) if reference else line
            if not reference and (line.number, at) not in self._flawed:
                sentence = tr("the reference is missing")
                yield Remark(line.number, at, "sample.reference", sentence, stops=True)
            elif known is not line:
                yield _twice(line, known, at)
            elif line.is_alone and reference and not _may_stand_alone(reference):
                sentence = tr("nothing but one cell is filled: is it a heading or a remark?")
                yield Remark(line.number, at, "sample.alone", sentence, True, None, True)
            elif reference:
                yield from self._about_known(line, at)
        yield from self._blanks()
        yield from self._kinds()

    def _name_of(self, line: Line) -> str:
        return line.values.get(REFERENCE, "")

    def _said_of(self, line: Line) -> Mapping[str, str]:
        left = {REFERENCE, *(column.field for column in self._naming)}
        return {name: value for name, value in line.values.items() if name not in left}

    def _shown(self, _name: str, value: str) -> str:
        return value

    def _value(self, line: Line, name: str) -> str:
        """A value of a case as it would stand: what a row lacks may be there already."""
        there = self.known.get(self._name_of(line).casefold(), {})
        return line.values.get(name) or there.get(name, "")

    @cached_property
    def _flawed(self) -> frozenset[tuple[int, int | None]]:
        """The cells that must be mended before anything else is said of them."""
        return frozenset((one.row, one.column) for one in self._read[1] if one.stops)

    def _blanks(self) -> Iterator[Remark]:
        """The cases without what sharing out goes by."""
        said = {
            LDU: tr("the LDU is missing, so a local assessor of its office may be given the case"),
            CASE_TYPE: tr("the case type is missing, so the case is shared out as of no type"),
        }
        for column in self.columns:
            if column.field not in said:
                continue
            blank = [line for line in self.lines if not self._value(line, column.field)]
            if len(blank) == len(self.lines) > 1:
                sentence = tr("the column “{heading}” is empty", heading=column.title)
                yield Remark(self.header, column.at, "column.empty", sentence, asks=True)
                continue
            for line in blank:
                if (line.number, column.at) not in self._flawed:
                    code = f"sample.no-{column.field.replace('_', '-')}"
                    yield Remark(line.number, column.at, code, said[column.field], asks=True)

    def _kinds(self) -> Iterator[Remark]:
        """The types of case that are probably another's, spelt apart."""
        for column in self.columns:
            if column.field != CASE_TYPE:
                continue
            written = [(line, line.values.get(CASE_TYPE, "")) for line in self.lines]
            meant = kinds.meant(value for _, value in written if value)
            for line, value in written:
                if value in meant:
                    yield _spelt_apart(line, column, value, meant[value])

    def _names(self) -> Iterator[Remark]:
        for column in self._naming:
            sentence = tr(
                "{file} has a column “{heading}”, which identifies people supervised. "
                "Take it out: a case is known by its reference alone.",
                file=self.file,
                heading=column.heading,
            )
            yield Remark(self.header, column.at, "sample.names-people", sentence, True, None, True)

    @cached_property
    def _naming(self) -> tuple[Column, ...]:
        """The columns that tell who is supervised: nothing of them is taken."""
        return tuple(
            column
            for column in self.columns
            if column.field
            and names_people(column.heading)
            and not (column.sure is Sure.GIVEN and column.field == PRACTITIONER)
        )


def _twice(line: Line, known: Line, at: int) -> Remark:
    """A reference for the second time; the same row once more can simply be left out."""
    reference = line.values[REFERENCE]
    is_same = {**line.values, REFERENCE: ""} == {**known.values, REFERENCE: ""}
    sentence = tr("{reference} is already in row {row}", reference=reference, row=known.number)
    return Remark(line.number, at, "sample.twice", sentence, True, None, is_same)


def _spelt_apart(line: Line, column: Column, value: str, mend: str) -> Remark:
    sentence = tr(
        "“{heading}”: “{written}” stands apart; did you mean {mend}?",
        heading=column.title,
        written=value,
        mend=mend,
    )
    return Remark(line.number, column.at, "sample.case-type", sentence, mend=mend, asks=True)


def _may_stand_alone(reference: str) -> bool:
    return any(sign.isdigit() for sign in reference) and len(reference.split()) < 3
