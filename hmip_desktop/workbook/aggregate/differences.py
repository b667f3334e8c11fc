"""The Differences sheet: each inspection beside all the others, and how sure a difference is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from hmip_desktop.form.model import SectionRule
from hmip_desktop.pooling import Share, verdict
from hmip_desktop.scoring import Scores
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.aggregate import formulas as beside
from hmip_desktop.workbook.aggregate.book import Together, of_criterion, of_question, of_section
from hmip_desktop.workbook.aggregate.layout import ALL, Places, key, key_of
from hmip_desktop.workbook.grouping import sections_of
from hmip_desktop.workbook.layout import Table
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import value

NO_CORRECTION = "0"
"""The intervals are as for very large caseloads: see About."""


@dataclass(frozen=True)
class Level:
    """Sections, criteria or questions: their table, their texts and where their figures stand.

    `of` is a figure among scores, `source` the table of own figures, `share` and `cases` the
    columns there. `others` makes the formulas of the others' share and of the cases behind it.
    """

    title: str
    table: Table
    texts: tuple[Mapping[str, str], ...]
    of: Callable[[Scores, int], Share]
    source: Table
    share: str
    cases: str
    others: Callable[[int, int], tuple[str, str]]


def levels(book: Together, places: Places) -> tuple[Level, ...]:
    """The three tables of the sheet."""
    return _sections(book, places), _criteria(book, places), _questions(book, places)


def write_differences(page: Page, book: Together, places: Places) -> None:
    """The three tables below each other; the last, the longest, can be filtered."""
    for level in levels(book, places):
        page.text(level.table.head - 1, 0, level.title, "block")
        page.headings(level.table)
        for row, (index, number) in enumerate(_rows(book, level)):
            _texts(page, book, level, row, index, number)
            _figures(page, book, level, row, index, number)
    page.sheet.freeze_panes(0, 3)
    page.filtered(places.differences.questions)


def _rows(book: Together, level: Level) -> Iterator[tuple[int, int]]:
    return ((index, number) for index in range(len(level.texts)) for number in book.numbers)


def _texts(page: Page, book: Together, level: Level, row: int, index: int, number: int) -> None:
    table = level.table
    texts = {**level.texts[index], "inspection": book.names[number], "key": key_of(number)}
    for name in ("id", "label", "inspection"):
        page.text(table.row(row), table.column(name), texts[name])
    for name in ("criteria", "scored", "sections", "key"):
        page.text(table.row(row), table.column(name), texts[name], "aside")
    page.height(table.row(row), (texts["label"], table.width("label")))


def _figures(page: Page, book: Together, level: Level, row: int, index: int, number: int) -> None:
    table, at = level.table, level.table.row(row)
    of_both = book.pooled.beside[number]
    own, others = level.of(of_both.own, index), level.of(of_both.others, index)
    together = level.of(book.pooled.together, index)
    far = {
        name: f"={level.source.far_cell(key(whose, what), index)}"
        for name, whose, what in (
            ("score", number, level.share),
            ("cases", number, level.cases),
            ("all", ALL, level.share),
        )
    }
    theirs, their_cases = level.others(index, row)
    lows_and_highs = {**_ends(table, row, "score", "cases", own, ("low", "high"))}
    lows_and_highs |= _ends(
        table, row, "others", "others_cases", others, ("others_low", "others_high")
    )
    difference = (
        ""
        if own.score is None or together.score is None
        else float(100 * (own.score - together.score))
    )
    cell = {name: table.cell(name, row) for name in ("score", "all", "low", "high")}
    figures: dict[str, tuple[str, float | str, str]] = {
        "score": (_blank(far["score"]), value(own.score), "score"),
        "cases": (far["cases"], own.cases, "number"),
        "others": (theirs, value(others.score), "percent"),
        "others_cases": (their_cases, others.cases, "number"),
        "all": (_blank(far["all"]), value(together.score), "percent"),
        "difference": (beside.points(cell["score"], cell["all"]), difference, "points"),
        **lows_and_highs,
    }
    for name, (formula, shown, style) in figures.items():
        page.formula(at, table.column(name), formula, shown, style)
    here, there = (
        beside.Interval(*(table.cell(name, row) for name in names))
        for names in (("low", "high", "cases"), ("others_low", "others_high", "others_cases"))
    )
    said = verdict(own, others)
    page.formula(at, table.column("said"), beside.verdict(here, there), said.value, "verdict")


def _blank(reference: str) -> str:
    """A reference to a cell that may be empty: Excel would make a nought of it."""
    return f'=IF({reference[1:]}="","",{reference[1:]})'


def _ends(
    table: Table, row: int, share: str, cases: str, found: Share, names: tuple[str, str]
) -> dict[str, tuple[str, float | str, str]]:
    both = formulas.interval(table.cell(share, row), table.cell(cases, row), NO_CORRECTION)
    ends: tuple[float | str, float | str] = found.ends or ("", "")
    return {
        name: (formula, end, "percent")
        for name, formula, end in zip(names, both, ends, strict=True)
    }


def _sections(book: Together, places: Places) -> Level:
    criteria, questions = places.differences.criteria, places.differences.questions
    table = places.differences.sections

    def others(index: int, row: int) -> tuple[str, str]:
        id_, whose = book.form.sections[index].id, table.cell("key", row)
        if book.rule is SectionRule.CRITERIA:
            share = beside.mean_of_others(
                criteria.span("others"),
                whose,
                criteria.span("key"),
                (criteria.span("sections"), formulas.literal(formulas.section_name(id_))),
            )
        else:
            share = beside.mean_of_others(
                questions.span("others"),
                whose,
                questions.span("key"),
                (questions.span("sections"), formulas.listed(id_)),
                (questions.span("scored"), "yes"),
            )
        return share, beside.most_cases_of_others(id_, questions, "sections", whose)

    texts = tuple(
        {
            "id": one.id,
            "label": str(one.label),
            "criteria": "",
            "scored": "",
            "sections": formulas.section_name(one.id),
        }
        for one in book.form.sections
    )
    return Level("Sections", table, texts, of_section, places.sections, "score", "cases", others)


def _criteria(book: Together, places: Places) -> Level:
    questions, table = places.differences.questions, places.differences.criteria

    def others(index: int, row: int) -> tuple[str, str]:
        id_, whose = book.form.criteria[index].id, table.cell("key", row)
        share = beside.mean_of_others(
            questions.span("others"),
            whose,
            questions.span("key"),
            (questions.span("criteria"), formulas.listed(id_)),
            (questions.span("scored"), "yes"),
        )
        return share, beside.most_cases_of_others(id_, questions, "criteria", whose)

    texts = tuple(
        {
            "id": one.id,
            "label": str(one.label),
            "criteria": "",
            "scored": "",
            "sections": formulas.section_name(one.section) if one.section else "",
        }
        for one in book.form.criteria
    )
    return Level("Criteria", table, texts, of_criterion, places.criteria, "score", "cases", others)


def _questions(book: Together, places: Places) -> Level:
    source, each = places.questions, len(book.inspections)
    table = places.differences.questions

    def others(index: int, row: int) -> tuple[str, str]:
        number = row % each
        above, judged = (_less(source, what, index, number) for what in ("above", "judged"))
        return formulas.part_of(above, judged), f"={judged}"

    texts = tuple(
        {
            "id": one.number,
            "label": str(one.label),
            "criteria": formulas.in_list(*one.criteria),
            "scored": "yes" if one.scored else "no",
            "sections": formulas.in_list(*sections_of(book.form, one)),
        }
        for one in book.matched.questions
    )
    return Level("Questions", table, texts, of_question, source, "share", "judged", others)


def _less(source: Table, what: str, index: int, number: int) -> str:
    """A count of all together less that of one inspection."""
    every, own = (source.far_cell(key(whose, what), index) for whose in (ALL, number))
    return f"({every}-{own})"
