"""Drawing a sample from a long list: what a lead does before there is an inspection."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from pathlib import Path

from hmip_desktop import __version__, sampling
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr, tr_count
from hmip_desktop.sample_sheet import SamplePreview, preview_sample, read_table
from hmip_desktop.sampling import LDU, OFFICER, Compared, Drawn, Listed, Wish, compared
from hmip_desktop.workbook.drawn_book import DrawnBook

RESERVE = "20%"
_COMPARED = ("case_type", "rosh", "gender", LDU, "ethnicity", "tier")
_REASONS = ("why", "reason", "reason for exclusion", "why excluded")
_REFERENCES = ("reference", "case", "case ref", "ref", "case reference", "crn")
_FOLDED = (*_COMPARED, OFFICER)


@dataclass(frozen=True)
class Drawing:
    """A sample as it was drawn, and the sample against its long list.

    Attributes:
        drawn: the cases and the strata.
        wish: what was wanted.
        comparisons: by field, how often each value is in the list and in the sample.
        notes: what must be known about the list and the sample, a sentence each.
        book: all that the workbook says.
        source: the long list.
    """

    drawn: Drawn
    wish: Wish
    comparisons: Mapping[str, tuple[Compared, ...]]
    notes: tuple[str, ...]
    book: DrawnBook
    source: Path


@dataclass(frozen=True)
class LongList:
    """A long list as it is drawn from: a file, and how a person would have it read.

    Attributes:
        path: the file.
        fingerprint: its SHA-256 when it was read.
        preview: what is taken from it.
    """

    path: Path
    fingerprint: str
    preview: SamplePreview

    @classmethod
    def read(cls, path: Path) -> "LongList":
        """The long list in a file, as it stands.

        Raises:
            Refused: SHEET_UNREADABLE.
        """
        preview = preview_sample(path)
        return cls(path, hashlib.sha256(path.read_bytes()).hexdigest(), preview)

    @cached_property
    def cases(self) -> tuple[Listed, ...]:
        """Its cases, with one spelling for what differs in capitals only.

        Raises:
            Refused: as a sample is.
        """
        return tuple(_alike([Listed(row.reference, row.fields) for row in self.preview.cases()]))


def draw(source: Path, wish: Wish, exclude: Iterable[str] = ()) -> Drawing:
    """Draw a sample from a file with a long list.

    Args:
        source: the long list, a table like a sample.
        wish: what sample is wanted.
        exclude: tables with the columns reference and why, or texts such as `A12=transferred out`.

    Raises:
        Refused: as a sample is; SAMPLING, FIELD_UNKNOWN, CASE_UNKNOWN, REASON_MISSING.
    """
    return draw_from(LongList.read(source), wish, _exclusions(exclude))


def draw_from(source: LongList, wish: Wish, excluded: Mapping[str, str]) -> Drawing:
    """Draw a sample from a long list that was read, and perhaps mended, before.

    Args:
        source: the long list.
        wish: what sample is wanted.
        excluded: the references of cases that must not be drawn, each with the reason.

    Raises:
        Refused: as `draw`.
    """
    cases, preview = source.cases, source.preview
    wish = replace(wish, by=_fields(wish.by, preview))
    drawn = sampling.draw(cases, wish, excluded)
    names = dict.fromkeys((*wish.by, *_COMPARED))
    by = tuple(name for name in names if name in preview.fields)
    notes = (*_mends(preview), *_notes(drawn, wish, preview))
    book = DrawnBook(
        drawn=drawn,
        wish=wish,
        fields=preview.fields,
        compare=by,
        list_name=source.path.name,
        fingerprint=source.fingerprint,
        version=__version__,
        remarks=notes,
    )
    comparisons = {name: compared(drawn.able, drawn.sample, name) for name in by}
    return Drawing(drawn, wish, comparisons, (*preview.notes, *notes), book, source.path)


def save(drawing: Drawing, out: Path) -> None:
    """Write a drawing as a workbook whose first sheet a new inspection reads as it is.

    Raises:
        Refused: VALUE_UNUSABLE, FILE_EXISTS over the long list itself, DISK.
    """
    if out.suffix.lower() != ".xlsx":
        sentence = tr("{file} is no name for a workbook; let it end in .xlsx.", file=out.name)
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    if out.exists() and drawing.source.exists() and out.samefile(drawing.source):
        sentence = tr(
            "{file} is the long list itself; give the sample another name.", file=out.name
        )
        raise Refused(Code.FILE_EXISTS, sentence)
    from hmip_desktop.workbook.drawn import write_drawn  # noqa: PLC0415 slow to load, and for few

    write_drawn(out, drawing.book)


def reserve_of(said: str, size: int) -> int:
    """How many cases a reserve of `20%`, or of `15`, is.

    Raises:
        Refused: VALUE_UNUSABLE.
    """
    found = re.fullmatch(r"(\d{1,4})\s*(%?)", said.strip())
    if not found:
        sentence = tr("“{said}” is no reserve; write 20% or a number of cases.", said=said)
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    number = int(found[1])
    return ceil(number * size / 100) if found[2] else number


def _alike(cases: Sequence[Listed]) -> list[Listed]:
    """The cases with one spelling for what differs in capitals only, the one used most."""
    spellings: dict[tuple[str, str], Counter[str]] = {}
    for case in cases:
        for name in _FOLDED:
            value = case.fields.get(name, "")
            spellings.setdefault((name, value.casefold()), Counter())[value] += 1
    best = {key: _best(counts) for key, counts in spellings.items()}

    def one(case: Listed) -> Listed:
        said = {
            name: best[name, value.casefold()] if name in _FOLDED else value
            for name, value in case.fields.items()
        }
        return Listed(case.reference, said)

    return [one(case) for case in cases]


def _best(counts: Counter[str]) -> str:
    """The spelling used most; of equals rather one that is not all capitals."""
    return min(counts, key=lambda value: (-counts[value], value.isupper(), value))


def _fields(by: Sequence[str], preview: SamplePreview) -> tuple[str, ...]:
    """The fields of the strata by the names that the cases have them under."""
    known = {column.heading.casefold(): column.field for column in preview.columns if column.field}
    known |= {name: name for name in preview.fields}
    asked = [name.strip().casefold() for name in by]
    unknown = [name for name in asked if name not in known]
    if unknown:
        sentence = tr(
            "The long list has no field “{name}”. It has: {fields}.",
            name=unknown[0],
            fields=", ".join(preview.fields) or tr("none"),
        )
        raise Refused(Code.FIELD_UNKNOWN, sentence)
    return tuple(dict.fromkeys(known[name] for name in asked))


def _exclusions(exclude: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for given in exclude:
        reference, is_pair, why = given.partition("=")
        if is_pair and not Path(given).exists():
            pairs = [(reference.strip(), why.strip())]
        else:
            pairs = _excluded_in(Path(given))
        for name, reason in pairs:
            if found.setdefault(name, reason) != reason:
                sentence = tr("{reference} is excluded for two different reasons.", reference=name)
                raise Refused(Code.VALUE_UNUSABLE, sentence)
    return found


def _excluded_in(path: Path) -> list[tuple[str, str]]:
    headings, rows = read_table(path)
    reference = next((name for name in headings if name in _REFERENCES), None)
    why = next((name for name in headings if name in _REASONS), None)
    if reference is None or why is None:
        sentence = tr("{file} needs the columns reference and why.", file=path.name)
        raise Refused(Code.SHEET_UNREADABLE, sentence)
    return [(row[reference], row[why]) for _, row in rows if row[reference]]


def _mends(preview: SamplePreview) -> Iterable[str]:
    """What a person changed of the list before the draw; the file alone would not tell."""
    titles = {column.at: column.title for column in preview.columns}
    if preview.sheet is not type(preview).of(preview.file, preview.book).sheet:
        yield tr("The long list is the sheet “{sheet}”.", sheet=preview.sheet.name)
    for at, name in sorted(preview.given.items()):
        if name:
            yield tr(
                "The column “{heading}” of the long list was taken for {field} by hand.",
                heading=titles[at],
                field=name,
            )
        else:
            yield tr(
                "The column “{heading}” of the long list was left out by hand.", heading=titles[at]
            )
    for (row, at), value in sorted(preview.mended.items()):
        yield tr(
            "In row {row} of the long list “{heading}” was changed to “{value}” before the draw.",
            row=row,
            heading=titles[at],
            value=value,
        )
    if preview.removed:
        yield tr_count(
            "{count} row of the long list was left out before the draw: {rows}.",
            "{count} rows of the long list were left out before the draw: {rows}.",
            len(preview.removed),
            rows=", ".join(map(str, sorted(preview.removed))),
        )


def _notes(drawn: Drawn, wish: Wish, preview: SamplePreview) -> Iterable[str]:
    if OFFICER not in preview.fields:
        yield tr("The long list has no column for officers, so no limit for officers was kept.")
    elif blank := sum(not case.fields.get(OFFICER) for case in drawn.able):
        yield tr_count(
            "{count} case has no officer, so that no limit holds for it.",
            "{count} cases have no officer, so that no limit holds for them.",
            blank,
        )
    if LDU not in preview.fields:
        yield tr("The long list has no column for LDUs, so the sample was not spread over them.")
    for one in drawn.moved:
        yield tr(
            "{stratum}: {drawn} drawn instead of {places}, since no officer may have more than "
            "{limit} cases.",
            stratum=" · ".join(value or tr("(blank)") for value in one.values) or tr("all"),
            drawn=one.drawn,
            places=one.places,
            limit=wish.most_per_officer,
        )
    if len(drawn.reserve) < wish.reserve:
        yield tr(
            "The reserve has {count} of {wanted} cases: no more could be drawn.",
            count=len(drawn.reserve),
            wanted=wish.reserve,
        )
