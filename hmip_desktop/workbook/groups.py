"""Groups of cases by fields of the sample: the same rule over each, side by side."""

from dataclasses import dataclass

from hmip_desktop.form.model import Line, Question
from hmip_desktop.scoring import QuestionScore, Scores
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.answers import HIDDEN
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.grouping import (
    MOST_GROUPS,
    Grouped,
    cases_of_criterion,
    cases_of_section,
    has_line,
    hidden_cells,
    sections_of,
)
from hmip_desktop.workbook.layout import HEAD, GroupBlock, Layout, field_key, group_key
from hmip_desktop.workbook.page import Page, lines_of
from hmip_desktop.workbook.questions import asked
from hmip_desktop.workbook.summary import value

_NAME_WIDTH = 7


def write_groups(page: Page, book: Book, places: Layout) -> None:
    """One block for each field: cases, sections and criteria, group by group."""
    for number, line in enumerate(rule_of_hiding(book.least) if book.least else ()):
        page.text(HEAD + number, 0, line, "plain")
    if not places.groups:
        page.text(
            places.criteria.head + 4, 0, "The sample has no field to group cases by.", "plain"
        )
    for number, block in enumerate(places.groups):
        _block(page, book, places, block)
        if number:
            page.break_before(block.table.head - 2)


def rule_of_hiding(least: int) -> tuple[str, ...]:
    """What is hidden, and why no subtraction brings it back; line by line."""
    return (
        f"Small numbers: a group of fewer than {least} cases is hidden (primary suppression).",
        "So that it cannot be worked out from the total, the next smallest is hidden too,",
        f"until at least two groups of together {least} cases or more are (secondary). The same",
        "holds for each line, by the cases behind it; a group hidden as a whole is on every line.",
        "Questions are not shown by group, and no sheet shows single cases.",
    )


@dataclass(frozen=True)
class _Line:
    """One line of a block: a section, a criterion, or all cases (neither)."""

    index: int
    section: str | None = None
    criterion: str | None = None

    def score(self, result: Scores) -> float | str:
        if self.section is not None:
            return value(next(one.score for one in result.sections if one.id == self.section))
        return value(next(one.score for one in result.criteria if one.id == self.criterion))

    def cases(self, book: Book, result: Scores) -> int:
        if self.section is not None:
            return cases_of_section(book.form, result, self.section)
        if self.criterion is not None:
            return cases_of_criterion(result, self.criterion)
        return result.assessments


def _lines(book: Book) -> list[_Line]:
    sections = [_Line(1 + n, section=one.id) for n, one in enumerate(book.form.sections)]
    first = 1 + len(sections)
    criteria = [_Line(first + n, criterion=one.id) for n, one in enumerate(book.form.criteria)]
    return [_Line(0), *sections, *criteria]


def _block(page: Page, book: Book, places: Layout, block: GroupBlock) -> None:
    table, grouped = block.table, block.grouped
    page.text(table.head - 2, 0, grouped.heading, "block")
    page.sheet.set_row(table.head - 2, 22)
    _names(page, block)
    page.headings(table)
    for line in _lines(book):
        _labels(page, book, places, block, line)
        hidden = _hidden(book, block, line)
        for number, group in enumerate(grouped.groups):
            if number in hidden:
                _hide(page, block, line, number)
            else:
                _figures(page, book, places, block, line, number, group.scores)
    page.bars(table, [group_key(grouped, n, "score") for n, _ in enumerate(grouped.groups)])
    if grouped.left_out:
        said = f"Only the {MOST_GROUPS} largest groups are shown; {grouped.left_out} more are not."
        page.text(table.last + 1, 0, said, "said")


def _hidden(book: Book, block: GroupBlock, line: _Line) -> frozenset[int]:
    """The groups whose figure on a line is hidden."""
    cases = [line.cases(book, group.scores) for group in block.grouped.groups]
    return hidden_cells(block.grouped, cases, book.least)


def groups_to_draw(book: Book, block: GroupBlock) -> list[int]:
    """The groups of which each section score is shown: a gap would look like a nought."""
    lines = [line for line in _lines(book) if line.section is not None]
    unseen = frozenset[int]().union(*(_hidden(book, block, line) for line in lines))
    return [number for number, _ in enumerate(block.grouped.groups) if number not in unseen]


def _names(page: Page, block: GroupBlock) -> None:
    """The groups, each across its two columns, or in lines where its name is longer than these."""
    table, row = block.table, block.table.head - 1
    for column in range(len(table.columns)):
        page.text(row, column, "", "across")
    page.text(row, table.column("all"), "All cases", "across")
    lines = 1
    for number, group in enumerate(block.grouped.groups):
        column = table.column(group_key(block.grouped, number, "score"))
        across = len(group.value) < 2 * table.columns[column].width
        page.text(row, column, group.value, "across" if across else "head")
        lines = lines if across else max(lines, lines_of(group.value, _NAME_WIDTH))
    page.sheet.set_row(row, 20 if lines == 1 else min(8, lines) * 15.75)


def _labels(page: Page, book: Book, places: Layout, block: GroupBlock, line: _Line) -> None:
    """What a line is about, and its figures over all cases."""
    table, row = block.table, block.table.row(line.index)
    form = book.form
    id_, label, section = "", "Cases", ""
    if line.section is not None:
        id_ = line.section
        label = next(str(one.label) for one in form.sections if one.id == id_)
    elif line.criterion is not None:
        group = form.group_by_id[line.criterion]
        id_, label = group.id, str(group.label)
        section = formulas.section_name(group.section) if group.section else ""
    page.text(row, table.column("id"), id_)
    page.text(row, table.column("label"), label)
    page.text(row, table.column("section"), section)
    page.height(row, (label, table.width("label")))
    source = places.sections if line.section is not None else places.criteria
    cases = line.cases(book, book.scores)
    if line.index == 0:
        page.text(row, table.column("all"), "")
        page.formula(row, table.column("all cases"), f"={places.assessments}", cases)
        return
    at = line.index - 1 if line.section is not None else line.index - 1 - len(form.sections)
    far = source.far_cell("score", at)
    score = line.score(book.scores)
    page.formula(row, table.column("all"), f"={far}", score, "score")
    page.formula(row, table.column("all cases"), f"={source.far_cell('cases', at)}", cases)


def _hide(page: Page, block: GroupBlock, line: _Line, number: int) -> None:
    row = block.table.row(line.index)
    for what in ("score", "cases"):
        column = block.table.column(group_key(block.grouped, number, what))
        page.text(row, column, HIDDEN if line.index or what == "cases" else "", "hidden")


def _figures(
    page: Page,
    book: Book,
    places: Layout,
    block: GroupBlock,
    line: _Line,
    number: int,
    result: Scores,
) -> None:
    table, row = block.table, block.table.row(line.index)
    score_at, cases_at = (
        table.column(group_key(block.grouped, number, what)) for what in ("score", "cases")
    )
    cases = line.cases(book, result)
    if line.index == 0:
        among = formulas.counting(places, of_group(places, block.grouped, number))
        page.text(row, score_at, "")
        page.formula(row, cases_at, f"=COUNTIFS({among})", cases)
        return
    score, number_of_cases = _formulas(book, places, block, line, number)
    page.formula(row, score_at, score, line.score(result), "percent")
    page.formula(row, cases_at, number_of_cases, cases)


def _formulas(
    book: Book, places: Layout, block: GroupBlock, line: _Line, number: int
) -> tuple[str, str]:
    """The score of a line in one group, and the cases behind it."""
    above, below, share = (
        group_key(block.grouped, number, what) for what in ("above", "below", "share")
    )
    questions, table = places.group_questions, block.table
    if line.criterion is not None:
        score, _ = formulas.criterion_score(line.criterion, questions, share)
        return score, formulas.cases_of(line.criterion, questions, "criteria", (above, below))
    section = line.section or ""
    first = 1 + len(book.form.sections)
    last = max(first, first + len(book.form.criteria) - 1)
    own = group_key(block.grouped, number, "score")
    score = formulas.section_mean(
        section,
        book.scores.rule,
        (table.part(own, first, last), table.part("section", first, last)),
        questions,
        share,
    )
    return score, formulas.cases_of(section, questions, "sections", (above, below))


def of_group(places: Layout, grouped: Grouped, number: int) -> tuple[str, str]:
    """The condition that a case belongs to a group."""
    return places.answers.span(field_key(grouped.field)), grouped.groups[number].value


def write_group_questions(page: Page, book: Book, places: Layout) -> None:
    """Every question that has a line, group by group: what the scores of the groups rest on."""
    table = places.group_questions
    page.list_like(table, frozen_columns=2)
    for block in places.groups:
        for number, group in enumerate(block.grouped.groups):
            at = table.column(group_key(block.grouped, number, "above"))
            page.text(table.head - 1, at, f"{block.grouped.heading}: {group.value}", "label")
    lined = [question for question in book.form.answerable if has_line(question)]
    for index, question in enumerate(lined):
        texts = {
            "number": question.number,
            "text": str(question.label),
            "criteria": formulas.in_list(*question.criteria),
            "scored": "yes" if question.scored else "no",
            "sections": formulas.in_list(*sections_of(book.form, question)),
        }
        for key, text in texts.items():
            page.text(table.row(index), table.column(key), text)
        page.height(table.row(index), *((text, table.width(key)) for key, text in texts.items()))
    for block in places.groups:
        for number, group in enumerate(block.grouped.groups):
            by_name = {one.question.name: one for one in group.scores.questions}
            for index, question in enumerate(lined):
                found = by_name[question.name]
                _group_question(page, places, block.grouped, number, index, found)


def _group_question(
    page: Page, places: Layout, grouped: Grouped, number: int, index: int, found: QuestionScore
) -> None:
    table, row = places.group_questions, places.group_questions.row(index)
    question: Question = found.question
    keys = [group_key(grouped, number, what) for what in ("above", "below", "share")]
    among = formulas.counting(places, of_group(places, grouped, number))
    own = asked(places, question)
    cells = [table.cell(key, index) for key in keys[:2]]
    figures = (
        (keys[0], formulas.placed(own, Line.ABOVE, among), found.above, "number"),
        (keys[1], formulas.placed(own, Line.BELOW, among), found.below, "number"),
        (keys[2], formulas.proportion(*cells), value(found.proportion), "percent"),
    )
    for key, formula, shown, style in figures:
        page.formula(row, table.column(key), formula, shown, style)
