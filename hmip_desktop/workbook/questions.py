"""The Questions sheet: each question in numbers, as a bar and in words."""

from dataclasses import astuple

from hmip_desktop.form.model import Form, Question
from hmip_desktop.scoring import QuestionScore, shown_with_count
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.grouping import sections_of
from hmip_desktop.workbook.layout import Layout, answer_key
from hmip_desktop.workbook.page import Page
from hmip_desktop.workbook.summary import value, write_interval, write_words

COUNTS = ("above", "below", "not_counted", "missing", "in_conflict", "not_asked")


def write_questions(page: Page, book: Book, places: Layout) -> None:
    """Every question a person answers, with its counts, its proportion and its interval."""
    table = places.questions
    page.list_like(table, frozen_columns=2)
    for index, score in enumerate(book.scores.questions):
        _facts(page, book.form, places, index, score.question)
        _figures(page, book, places, index, score)
    page.filtered(table)


def asked(places: Layout, question: Question) -> formulas.Asked:
    """Where a question stands in Answers, and its choices in Choices."""
    answers = places.answers.span(answer_key(question.name))
    rows = places.choice_rows.get(question.name)
    if rows is None:
        return formulas.Asked(answers, "", "")
    keys, stands = (places.choices.part(key, *rows) for key in ("key", "place"))
    return formulas.Asked(answers, keys, stands)


def _facts(page: Page, form: Form, places: Layout, index: int, question: Question) -> None:
    table, row = places.questions, places.questions.row(index)
    facts = {
        "number": question.number,
        "text": str(question.label),
        "criteria": formulas.in_list(*question.criteria),
        "scored": "yes" if question.scored else "no",
        "sections": formulas.in_list(*sections_of(form, question)),
        "name": question.name,
    }
    for key, text in facts.items():
        page.text(row, table.column(key), text)
    page.height(row, *((text, table.width(key)) for key, text in facts.items()))


def _figures(page: Page, book: Book, places: Layout, index: int, score: QuestionScore) -> None:
    table, row = places.questions, places.questions.row(index)
    own = formulas.Counts(*(table.cell(key, index) for key in COUNTS))
    counts = formulas.question_score(
        asked(places, score.question), formulas.counting(places), places.assessments, own
    )
    for key, formula in zip(COUNTS, astuple(counts), strict=True):
        page.formula(row, table.column(key), formula, getattr(score, key))
    line = own.above, own.below
    result = shown_with_count(score.above, score.judged, book.small_group)
    figures = (
        ("judged", f"={own.above}+{own.below}", score.judged, "number"),
        ("proportion", formulas.proportion(*line), value(score.proportion), "score"),
        ("result", formulas.shown_with_count(*line, book.small_group), result, "result"),
    )
    for key, formula, shown, style in figures:
        page.formula(row, table.column(key), formula, shown, style)
    write_interval(page, book, table, index, score.proportion, score.judged, "proportion")
    write_words(page, table, index, score.proportion, places, "proportion")
