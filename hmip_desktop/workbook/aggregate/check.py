"""Every figure that the workbook's formulas come to, beside that of the program."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from hmip_desktop.form.model import SectionRule
from hmip_desktop.scoring import Scores, mean
from hmip_desktop.workbook.aggregate.book import Together
from hmip_desktop.workbook.aggregate.differences import Level, levels
from hmip_desktop.workbook.aggregate.layout import ALL, Places, key
from hmip_desktop.workbook.check import Checked
from hmip_desktop.workbook.layout import Table
from hmip_desktop.workbook.summary import value

_Found = Callable[[Scores, int], Fraction | None]


def figures(book: Together, places: Places) -> Iterator[Checked]:
    """Shares, scores, means and intervals: where each stands, and what it must be."""
    form = book.form
    sections = [f"Section {one.id}" for one in form.sections]
    criteria = [f"Criterion {one.id}" for one in form.criteria]
    headline, other = _by_criteria, _by_questions
    if book.rule is SectionRule.QUESTIONS:
        headline, other = other, headline
    yield from _scores(book, places.sections, sections, "Score", headline)
    yield from _scores(book, places.other, sections, "Mean that is not the headline", other)
    yield from _scores(
        book, places.criteria, criteria, "Score", lambda one, at: one.criteria[at].score
    )
    for index, question in enumerate(book.matched.questions):
        of = f"Question {question.number}"
        proportion: _Found = lambda one, at: one.questions[at].proportion  # noqa: E731
        yield from _each(book, places.questions, (index, of), "share", "Share above", proportion)
    for level in levels(book, places):
        yield from _beside(book, level)


def _by_criteria(scores: Scores, index: int) -> Fraction | None:
    return scores.sections[index].by_criteria


def _by_questions(scores: Scores, index: int) -> Fraction | None:
    return scores.sections[index].by_questions


def _scores(
    book: Together, table: Table, lines: list[str], what: str, found: _Found
) -> Iterator[Checked]:
    for index, of in enumerate(lines):
        yield from _each(book, table, (index, of), "score", what, found)
        each = mean(found(one.own, index) for one in book.pooled.beside)
        said = f"{what}: mean of the inspections"
        yield Checked(said, of, table.far_cell("mean", index), value(each))


def _each(
    book: Together, table: Table, line: tuple[int, str], column: str, what: str, found: _Found
) -> Iterator[Checked]:
    index, of = line
    together = value(found(book.pooled.together, index))
    yield Checked(f"{what}: all together", of, table.far_cell(key(ALL, column), index), together)
    for number in book.numbers:
        cell = table.far_cell(key(number, column), index)
        own = value(found(book.own(number), index))
        yield Checked(f"{what}: inspection {number + 1}", of, cell, own)


def _beside(book: Together, level: Level) -> Iterator[Checked]:
    each = len(book.inspections)
    for index, texts in enumerate(level.texts):
        of = f"{level.title}: {texts['id']}"
        for number in book.numbers:
            one = book.pooled.beside[number]
            own, others = level.of(one.own, index), level.of(one.others, index)
            low, high = own.ends or ("", "")
            others_low, others_high = others.ends or ("", "")
            wanted: dict[str, float | str] = {
                "others": value(others.score),
                "low": low,
                "high": high,
                "others_low": others_low,
                "others_high": others_high,
            }
            for name, figure in wanted.items():
                said = f"{_SAID[name]}: inspection {number + 1}"
                cell = level.table.far_cell(name, index * each + number)
                yield Checked(said, of, cell, figure)


_SAID = {
    "others": "Others together",
    "low": "95% from",
    "high": "95% to",
    "others_low": "Others, 95% from",
    "others_high": "Others, 95% to",
}
