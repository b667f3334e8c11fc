"""The Agreement sheet: the cases assessed twice. Figures of the program, without formulas."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from hmip_desktop.agreement import FEWEST_PAIRS, Agreement, Matched, to_read
from hmip_desktop.workbook.book import AgreementPart, Book
from hmip_desktop.workbook.layout import HEAD, Column, Sheet, Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import value

_FIGURES = (
    Column("pairs", "Pairs of answers", 10),
    Column("same", "Same side of the line", 10),
    Column("share", "Share the same", 10),
    Column("alpha", "Beyond chance", 9),
    Column("choices", "Same answer", 10),
)
EXPLAINED = (
    "A pair is one question of one case that both assessors were asked and answered. "
    "These figures do not follow changed answers."
)
_ALPHA = (
    "Agreement beyond chance: 1 is perfect, 0 what chance alone would give. There is none where "
    "everybody always said the same. (It is Krippendorff's alpha for nominal data.)"
)
_Line = tuple[str, str, Matched | None, Fraction | None]


def write_agreement(page: Page, book: Book) -> None:
    """All cases, then sections, criteria, roles, cases one by one and questions, lowest first."""
    part = book.agreement
    if part is None or not part.found.cases:
        page.text(HEAD, 0, "No case has been assessed twice, both times signed off.", "plain")
        return
    page.text(HEAD, 0, _rests_on(part), "warning" if part.provisional else "plain")
    page.text(HEAD + 1, 0, _ALPHA, "said")
    row = HEAD + 3
    for title, headings, lines in _parts(part, single_cases=book.has_cases):
        row = _write(page, row, title, headings, lines)


def _rests_on(part: AgreementPart) -> str:
    cases = f"Cases assessed twice: {part.found.cases}."
    waiting = f" Not finished yet, and not counted: {part.waiting}." if part.waiting else ""
    return ("PROVISIONAL. " if part.provisional else "") + cases + waiting


def _parts(
    part: AgreementPart, *, single_cases: bool
) -> Iterable[tuple[str, tuple[str, str], Sequence[_Line]]]:
    found = part.found
    yield "All questions that score", ("", "Which"), [_whole("", "All cases", found)]
    yield (
        "Sections",
        ("Section", "Outcome"),
        [(one.id, one.label, one.line, one.answers.share) for one in found.sections],
    )
    yield (
        "Criteria",
        ("Criterion", "General criterion"),
        [(one.id, one.label, one.line, one.answers.share) for one in found.criteria],
    )
    yield (
        "Roles of the two assessors",
        ("", "Roles"),
        [_whole("", one.roles, one.found) for one in part.roles],
    )
    if single_cases:
        yield (
            "Case by case, the lowest first",
            ("Case", "Assessors"),
            [_whole(one.case, f"{one.first} and {one.second}", one.found) for one in part.cases],
        )
    yield (
        f"Questions, the lowest first; those with fewer than {FEWEST_PAIRS} pairs last",
        ("Number", "Question"),
        [
            (
                one.question.number,
                str(one.question.label),
                one.line,
                one.answers.share if one.answers else None,
            )
            for one in to_read(found.questions)
        ],
    )


def _whole(id_: str, label: str, found: Agreement) -> _Line:
    return id_, label, found.line, found.answers.share


def _write(
    page: Page, row: int, title: str, headings: tuple[str, str], lines: Sequence[_Line]
) -> int:
    columns = (Column("id", headings[0], 12), Column("label", headings[1], 70), *_FIGURES)
    table = Table(Sheet.AGREEMENT, columns, len(lines), row + 1)
    page.text(row, 0, title, "block")
    page.sheet.set_row(row, 22)
    page.headings(table)
    for index, (id_, label, line, choices) in enumerate(lines):
        at = table.row(index)
        page.text(at, 0, id_)
        page.text(at, 1, label)
        page.height(at, (label, 70))
        if line is not None:
            page.number(at, 2, line.pairs)
            page.number(at, 3, line.same)
            page.figure(at, 4, value(line.share), "percent")
            page.figure(at, 5, value(line.alpha), "decimal")
        else:
            for column in range(2, 6):
                page.text(at, column, "")
        page.figure(at, 6, value(choices), "percent")
    page.bars(table, ("share",))
    return table.last + 2
