"""Tables about the area that the lead brings along for the workbook: added, changed, taken out.

Each is a record of the lead's file. A change can be taken back as long as it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hmip_desktop import bounds
from hmip_desktop.casefile import area, reader, records
from hmip_desktop.casefile.area import AreaTable
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.records import Contents
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import AreaTableId, Json, fresh
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.opening import require_lead
from hmip_desktop.sample_sheet import area as area_sheet
from hmip_desktop.sample_sheet.area import AreaBook
from hmip_desktop.sample_sheet.files import read_book
from hmip_desktop.workbook import personal
from hmip_desktop.workbook.personal import Detail

_LEAST_REFERENCES = 2
_LEAST_NAMES = 3


@dataclass(frozen=True)
class Arranged:
    """What a change came to: each field before and after it, so that it can be taken back."""

    changes: Changes
    fields: tuple[tuple[Field, Json, Json], ...]


def read(path: Path, contents: Contents) -> AreaBook:
    """The tables of a file, one of each sheet; nothing is kept yet.

    Raises:
        Refused: SHEET_UNREADABLE; SAMPLE_NAMES_PEOPLE for a list of people or of cases.
    """
    book = area_sheet.area_book(path.name, read_book(path))
    _refuse_cases(path.name, book.tables, contents)
    names = tuple(table.title for table in book.tables if _seems_to_name_people(table))
    if not names:
        return book
    sentence = tr(
        "Look again whether these tables name people, who have no place in them: {tables}.",
        tables=", ".join(names),
    )
    return replace(book, notes=(*book.notes, sentence))


def add(
    document: Document, tables: Sequence[AreaTable], *, without: Sequence[AreaTableId] = ()
) -> Arranged:
    """Add tables; one with the title of a table that is there takes its place.

    `without` are those that are taken out in the same step.

    Raises:
        Refused: NOT_THE_LEADS, VALUE_UNUSABLE when there are too many.
    """
    staying = {id_: table for id_, table in _tables(document).items() if id_ not in without}
    ids = {_folded(table.title): id_ for id_, table in staying.items()}
    changes: list[tuple[Field, Json]] = [(records.area_table_field(id_), None) for id_ in without]
    for table in _told_apart(tables):
        id_ = ids.setdefault(_folded(table.title), AreaTableId(fresh()))
        changes.append((records.area_table_field(id_), area.to_json(table)))
    if len(ids) > bounds.AREA_TABLES:
        sentence = tr_count(
            "An inspection takes {count} table about the area; take some out first.",
            "An inspection takes {count} tables about the area; take some out first.",
            bounds.AREA_TABLES,
        )
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    return _write(document, changes)


def put_in_place_of(document: Document, id_: AreaTableId, table: AreaTable) -> Arranged:
    """Put other figures into a table; its title stays, and its source where no other is told.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    before = _tables(document)[id_]
    other = replace(table, title=before.title, source=table.source or before.source)
    return _write(document, [(records.area_table_field(id_), area.to_json(other))])


def name(document: Document, id_: AreaTableId, title: str, source: str) -> Arranged:
    """Give a table another title or source.

    Raises:
        Refused: NOT_THE_LEADS; VALUE_UNUSABLE without a title, or for that of another table.
    """
    there, title = _tables(document), title.strip()
    if not title:
        raise Refused(Code.VALUE_UNUSABLE, tr("The table needs a title."))
    others = {_folded(table.title) for other, table in there.items() if other != id_}
    if _folded(title) in others:
        sentence = tr("Another table is called “{title}” already.", title=title)
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    if max(len(title), len(source)) > bounds.AREA_LETTERS:
        sentence = tr("A title or a source takes {most} letters.", most=bounds.AREA_LETTERS)
        raise Refused(Code.VALUE_UNUSABLE, sentence)
    named = replace(there[id_], title=title, source=source.strip())
    return _write(document, [(records.area_table_field(id_), area.to_json(named))])


def move(document: Document, id_: AreaTableId, by: int) -> Arranged:
    """Move a table by so many places, up or down, as far as there are places.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    order = list(_tables(document))
    at = order.index(id_)
    order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
    said: list[Json] = [*order]
    return _write(document, [(records.area_order_field(), said)] if order[at] != id_ else [])


def remove(document: Document, ids: Sequence[AreaTableId]) -> Arranged:
    """Take tables out.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    return _write(document, [(records.area_table_field(id_), None) for id_ in ids])


def take_back(document: Document, arranged: Arranged) -> Changes:
    """Take a change back, where nobody has changed the same since.

    Raises:
        Refused: NOT_THE_LEADS.
    """
    standing = {field: document.journal.standing(field) for field, _, _ in arranged.fields}
    changes = [
        (field, before)
        for field, before, after in arranged.fields
        if not standing[field].in_conflict and standing[field].value == after
    ]
    return _write(document, changes).changes


def titled(contents: Contents, title: str) -> AreaTableId:
    """The table with this title, whatever its capitals.

    Raises:
        Refused: FIELD_UNKNOWN, with the titles that there are.
    """
    for id_, table in contents.area_tables.items():
        if _folded(table.title) == _folded(title):
            return id_
    titles = ", ".join(f"“{table.title}”" for table in contents.area_tables.values())
    sentence = tr("There is no table “{title}”.", title=title)
    if titles:
        sentence = tr(
            "There is no table “{title}”; there are {titles}.", title=title, titles=titles
        )
    raise Refused(Code.FIELD_UNKNOWN, sentence)


def _tables(document: Document) -> Mapping[AreaTableId, AreaTable]:
    return reader.contents(document.journal, document.about.inspection).area_tables


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _told_apart(tables: Sequence[AreaTable]) -> Iterator[AreaTable]:
    """Of several tables that come with one title, the later ones get a number."""
    seen: dict[str, int] = {}
    for table in tables:
        count = seen[_folded(table.title)] = seen.get(_folded(table.title), 0) + 1
        yield table if count == 1 else replace(table, title=f"{table.title} ({count})")


def _write(document: Document, changes: Sequence[tuple[Field, Json]]) -> Arranged:
    require_lead(document)
    before = {field: document.journal.standing(field) for field, _ in changes}
    written = Changes.of(document.write(document.about.owner, changes))
    return Arranged(
        written,
        tuple(
            (field, before[field].value, value)
            for field, value in changes
            if not before[field].in_conflict and before[field].value != value
        ),
    )


def _refuse_cases(file: str, tables: Sequence[AreaTable], contents: Contents) -> None:
    """Make sure that no table lists the cases of the sample.

    Raises:
        Refused: SAMPLE_NAMES_PEOPLE.
    """
    # A reference such as 7 could as well be a count.
    references = {
        case.reference.casefold()
        for case in contents.cases.values()
        if not case.reference.isdecimal() or len(case.reference) > len("999")
    }
    for table in tables:
        for at, heading in enumerate(table.headings):
            values = [str(row[at]).casefold() for row in table.rows if row[at] != ""]
            known = sum(value in references for value in values)
            if known >= _LEAST_REFERENCES and 2 * known >= len(values):
                sentence = tr(
                    "{file} has a column “{heading}” with references of cases in the sample. "
                    "Tables about the area hold no cases.",
                    file=file,
                    heading=heading,
                )
                raise Refused(Code.SAMPLE_NAMES_PEOPLE, sentence)


def _seems_to_name_people(table: AreaTable) -> bool:
    """Whether in some column most texts have the shape of a name."""
    known = personal.given_names()
    for column in zip(*table.rows, strict=True):
        texts = [value for value in column if isinstance(value, str) and value]
        names = sum(Detail.NAME in personal.details(text, known) for text in texts)
        if names >= _LEAST_NAMES and 2 * names > len(texts):
            return True
    return False
