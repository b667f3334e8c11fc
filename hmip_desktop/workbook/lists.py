"""The sheets that are one long list each: Questions, Answers, Choices and Cases."""

from collections.abc import Callable
from dataclasses import astuple
from functools import cached_property

from hmip_desktop.form.model import Form, Kind, Question, number_of
from hmip_desktop.scoring import QuestionScore, interval, shown_with_count
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.book import AnswerRow, Book, CaseRow, Counted, place_of
from hmip_desktop.workbook.layout import Layout, choice_lines, field_key
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import value

Step = Callable[[], None]
COUNTS = ("above", "below", "not_counted", "missing", "in_conflict", "not_asked")
_WILD = frozenset("~*?")


def write_questions(page: Page, book: Book, places: Layout, step: Step) -> None:
    """Every question a person answers, with its counts, its proportion and its interval."""
    table = places.questions
    page.list_like(table, frozen_columns=2)
    for index, score in enumerate(book.scores.questions):
        _question_facts(page, book.form, places, index, score.question)
        _question_figures(page, book, places, index, score)
        step()
    page.bars(table, ("proportion",))
    page.filtered(table)


def write_answers(page: Page, book: Book, places: Layout, step: Step) -> None:
    """Every answer in a row of its own: what all scores are computed from."""
    table, by_name = places.answers, book.form.question_by_name
    page.list_like(table, frozen_columns=1)
    plain = ("case", "assessor", "order", "question", "value", "shown", "note")
    columns = tuple((table.column(key), key) for key in plain)
    number = table.column("number")
    widths = tuple((key, table.width(key)) for key in plain)
    lookups = _Lookups(places)
    for index, answer in enumerate(book.answers):
        row = table.row(index)
        for column, key in columns:
            page.text(row, column, getattr(answer, key))
        page.text(row, number, number_of(answer.question))
        lookups.write_place(page, index, answer, by_name.get(answer.question))
        lookups.write_counted(page, index, answer)
        page.height(row, *((getattr(answer, key), width) for key, width in widths))
        step()
    page.filtered(table)


def write_choices(page: Page, book: Book, places: Layout, step: Step) -> None:
    """Every choice of every question, with its place and the reason for it."""
    table = places.choices
    page.list_like(table, frozen_columns=3)
    for index, (question, choice) in enumerate(choice_lines(book)):
        cells = (
            question.name,
            question.number,
            choice.name,
            str(choice.label),
            question.line_of(choice.name),
            choice.why,
            f"{question.name}|{choice.name}",
        )
        for column, text in enumerate(cells):
            page.text(table.row(index), column, text)
        widths = (column.width for column in table.columns)
        page.height(table.row(index), *zip(cells, widths, strict=True))
        step()


def write_cases(page: Page, book: Book, places: Layout, step: Step) -> None:
    """Every assessment of every case, with the details of the case."""
    table = places.cases
    page.list_like(table, frozen_columns=1)
    for index, case in enumerate(book.cases):
        row = table.row(index)
        texts = _case_texts(case)
        for key, text in texts.items():
            page.text(row, table.column(key), text)
        page.height(row, *((text, table.width(key)) for key, text in texts.items()))
        page.number(row, table.column("asked"), case.asked)
        page.number(row, table.column("answered"), case.answered)
        step()
    page.filtered(table)


def needs_exact(question: Question, text: str) -> bool:
    """Whether a value must be looked up letter by letter (see `formulas.place_exactly`)."""
    names = {choice.name for choice in question.choices}
    alike = len({name.casefold() for name in names}) < len(names)
    return alike or any(_WILD.intersection(name) for name in (*names, text))


class _Lookups:
    """The two columns of Answers that are formulas."""

    def __init__(self, places: Layout) -> None:
        self._places = places
        self._answers = places.answers

    @cached_property
    def _columns(self) -> tuple[int, int]:
        return self._answers.column("place"), self._answers.column("counted")

    def write_place(
        self, page: Page, index: int, answer: AnswerRow, question: Question | None
    ) -> None:
        """Where the answer stands: looked up for one choice of several, else never counted."""
        row, column = self._answers.row(index), self._columns[0]
        stands = place_of(question, answer.value)
        if question is None or question.kind is not Kind.SELECT_ONE:
            page.text(row, column, stands)
            return
        rule = formulas.place_exactly if needs_exact(question, answer.value) else formulas.place
        cells = (self._answers.cell(key, index) for key in ("question", "value"))
        page.formula(row, column, rule(self._places.choices, *cells), stands, "text")

    def write_counted(self, page: Page, index: int, answer: AnswerRow) -> None:
        """Whether it enters the scores: a formula where the value alone decides."""
        row, column = self._answers.row(index), self._columns[1]
        if answer.standing not in (Counted.YES, Counted.MISSING):
            page.text(row, column, answer.standing)
            return
        formula = formulas.counted(self._answers.cell("value", index))
        page.formula(row, column, formula, answer.standing, "text")


def _question_facts(page: Page, form: Form, places: Layout, index: int, question: Question) -> None:
    table, row = places.questions, places.questions.row(index)
    facts = {
        "number": question.number,
        "name": question.name,
        "text": str(question.label),
        "criteria": formulas.in_list(*question.criteria),
        "sections": formulas.in_list(*_sections(form, question)),
        "scored": "yes" if question.scored else "no",
    }
    for key, text in facts.items():
        page.text(row, table.column(key), text)
    page.height(row, *((text, table.width(key)) for key, text in facts.items()))


def _question_figures(
    page: Page, book: Book, places: Layout, index: int, score: QuestionScore
) -> None:
    table, row = places.questions, places.questions.row(index)
    own = formulas.Counts(*(table.cell(key, index) for key in COUNTS))
    counts = formulas.question_score(
        places.answers, table.cell("name", index), own, places.assessments
    )
    for key, formula in zip(COUNTS, astuple(counts), strict=True):
        page.formula(row, table.column(key), formula, getattr(score, key))
    line = own.above, own.below
    low, high = interval(score.above, score.judged) or ("", "")
    result = shown_with_count(score.above, score.judged, book.small_group)
    figures = (
        ("proportion", formulas.proportion(*line), value(score.proportion), "score"),
        ("low", formulas.interval(*line)[0], low, "percent"),
        ("high", formulas.interval(*line)[1], high, "percent"),
        ("result", formulas.shown_with_count(*line, book.small_group), result, "result"),
    )
    for key, formula, shown, style in figures:
        page.formula(row, table.column(key), formula, shown, style)


def _sections(form: Form, question: Question) -> tuple[str, ...]:
    """The sections a question scores in: those of its criteria, each once."""
    own = (group for group in form.criteria if group.id in question.criteria)
    return tuple(dict.fromkeys(group.section for group in own if group.section is not None))


def _case_texts(case: CaseRow) -> dict[str, str]:
    fields = {field_key(name): text for name, text in case.fields.items()}
    return {
        "reference": case.reference,
        **fields,
        "assessor": case.assessor,
        "order": case.order,
        "status": case.status,
    }
