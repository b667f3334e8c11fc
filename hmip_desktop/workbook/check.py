"""The Check sheet: every figure of the workbook's formulas beside that of the program."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.layout import Layout, Table, group_key
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import value

_COUNTS = ("above", "below", "not_counted", "missing", "in_conflict", "not_asked")


class Checked(NamedTuple):
    """One figure: what it is, of what, where it stands, and what the program says."""

    what: str
    of: str
    cell: str
    program: float | str


def write_check(page: Page, book: Book, places: Layout) -> None:
    """A row for each figure, and how many of them agree."""
    write_figures(page, places.check, _figures(book, places))


def write_figures(page: Page, table: Table, figures: Iterable[Checked]) -> None:
    """The same of any figures, as many as the table has rows."""
    page.list_like(table, frozen_columns=0)
    verdicts = table.span("verdict")
    every = f"{table.rows} of {table.rows}"
    formula = f"={formulas.agreeing(verdicts)}"
    page.text(table.head - 2, 0, "Figures that agree", "label")
    page.formula(table.head - 2, 2, formula, every, "result")
    for index, one in enumerate(figures):
        row = table.row(index)
        page.text(row, 0, one.what)
        page.text(row, 1, one.of)
        page.formula(row, 2, f"={one.cell}", one.program, "exact")
        page.figure(row, 3, one.program, "exact")
        cells = table.cell("here", index), table.cell("there", index)
        page.formula(row, 4, formulas.agrees(*cells), "OK", "text")
    page.verdicts(table, "verdict")
    page.filtered(table)


def _figures(book: Book, places: Layout) -> Iterator[Checked]:
    sections, criteria, questions = places.sections, places.criteria, places.questions
    for number, section in enumerate(book.scores.sections):
        of = f"Section {section.id}"
        for key, what in (
            ("score", "Score"),
            ("by_criteria", "Mean of criteria"),
            ("by_questions", "Mean of questions"),
        ):
            yield Checked(what, of, sections.far_cell(key, number), value(getattr(section, key)))
    for number, criterion in enumerate(book.scores.criteria):
        cell = criteria.far_cell("score", number)
        yield Checked("Score", f"Criterion {criterion.id}", cell, value(criterion.score))
    for number, one in enumerate(book.scores.questions):
        of = f"Question {one.question.number}"
        share = questions.far_cell("proportion", number)
        yield Checked("Proportion above", of, share, value(one.proportion))
        for key in _COUNTS:
            what = key.replace("_", " ").capitalize()
            yield Checked(what, of, questions.far_cell(key, number), getattr(one, key))
    yield from _of_groups(places)


def _of_groups(places: Layout) -> Iterator[Checked]:
    for block in places.groups:
        for number, group in enumerate(block.grouped.groups):
            of = f"{block.grouped.heading}: {group.value}"
            score, cases = (group_key(block.grouped, number, key) for key in ("score", "cases"))
            yield Checked("Cases", of, block.table.far_cell(cases, 0), group.cases)
            named = (
                *((f"Section {one.id}", one.score) for one in group.scores.sections),
                *((f"Criterion {one.id}", one.score) for one in group.scores.criteria),
            )
            for index, (name, found) in enumerate(named, 1):
                cell = block.table.far_cell(score, index)
                yield Checked(f"Score, {name}", of, cell, value(found))
