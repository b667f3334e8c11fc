"""Every figure of the workbook is a live formula, stored with the value that scoring gives."""

import inspect
import string
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from engine import (
    assert_follows,
    assert_second_engine_agrees,
    opened,
    recalculated,
    with_second_engine,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_book import SMALL, STORY, Made, book, form, question, words
from openpyxl import load_workbook

from hmip_desktop import scoring
from hmip_desktop.errors import Fault
from hmip_desktop.form.model import Choice, Form, Kind, Line, SectionRule
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.book import Book, Counted
from hmip_desktop.workbook.grouping import grouped
from hmip_desktop.workbook.layout import Table, answer_key, choice_lines, field_key, layout
from hmip_desktop.workbook.write import write


def expected_figures(made: Book) -> Iterator[tuple[str, int, str, Any]]:
    scores = made.scores
    for number, section in enumerate(scores.sections):
        for key in ("score", "by_criteria", "by_questions"):
            yield "sections", number, key, getattr(section, key)
    for number, criterion in enumerate(scores.criteria):
        yield "criteria", number, "score", criterion.score
        yield "criteria", number, "questions", criterion.questions
    for number, one in enumerate(scores.questions):
        for key in ("above", "below", "not_counted", "missing", "not_asked", "in_conflict"):
            yield "questions", number, key, getattr(one, key)
        low, high = scoring.interval(one.above, one.judged, made.fraction) or (None, None)
        yield "questions", number, "proportion", one.proportion
        yield "questions", number, "low", low
        yield "questions", number, "high", high
        in_print = scoring.shown_with_count(one.above, one.judged, made.small_group)
        yield "questions", number, "result", in_print


def assert_shows(path: Path, made: Book) -> None:
    places = layout(made)
    values = load_workbook(path, data_only=True)
    for name, index, key, wanted in expected_figures(made):
        table: Table = getattr(places, name)
        cell = values[table.sheet.value].cell(table.row(index) + 1, table.column(key) + 1)
        found = None if cell.value == "" else cell.value
        expected = float(wanted) if isinstance(wanted, Fraction) else wanted
        if isinstance(expected, float):
            assert found == pytest.approx(expected, abs=1e-9), (name, index, key)
        else:
            assert found == expected, (name, index, key)


def change(path: Path, made: Book, changed: dict[tuple[str, str], str]) -> None:
    """Type other things into first assessments in Answers, as somebody would."""
    written = load_workbook(path)
    table = layout(made).answers
    sheet = written[table.sheet.value]
    for index, row in enumerate(made.assessments):
        for (case, key), text in changed.items():
            if case == row.case and row.counted is not Counted.SECOND:
                sheet.cell(table.row(index) + 1, table.column(key) + 1).value = text or None
    written.save(path)


def with_changes(made: tuple[Made, ...], changed: dict[tuple[str, str], str]) -> list[Made]:
    return [
        one
        if one.set_aside is Counted.SECOND
        else replace(
            one,
            values={
                **one.values,
                **{name: value for (case, name), value in changed.items() if case == one.case},
            },
        )
        for one in made
    ]


def test_each_rule_of_scoring_has_its_formula_of_the_same_name_in_the_same_order() -> None:
    def functions(module: Any) -> list[str]:
        own = inspect.getmembers(
            module, lambda one: inspect.isfunction(one) and one.__module__ == module.__name__
        )
        in_order = sorted(own, key=lambda pair: pair[1].__code__.co_firstlineno)
        return [name for name, _ in in_order if not name.startswith("_")]

    # The whole is the workbook, and the cases of a section are found as those of a criterion.
    beside = ("scores", "of_questions", "cases_of_section")
    rules = [name for name in functions(scoring) if name not in beside]
    assert [name for name in functions(formulas) if name in rules] == rules


@pytest.mark.parametrize("rule", list(SectionRule))
def test_the_stored_values_are_those_of_scoring(rule: SectionRule, tmp_path: Path) -> None:
    made = book(replace(SMALL, section_rule=rule), STORY)
    write(tmp_path / "scores.xlsx", made)
    assert_shows(tmp_path / "scores.xlsx", made)


def test_no_score_is_a_plain_number(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    write(tmp_path / "scores.xlsx", made)
    places, written = layout(made), load_workbook(tmp_path / "scores.xlsx")
    for name, index, key, _ in expected_figures(made):
        table: Table = getattr(places, name)
        cell = written[table.sheet.value].cell(table.row(index) + 1, table.column(key) + 1)
        assert cell.data_type == "f", (name, index, key)


def test_a_book_whose_answers_do_not_come_to_its_scores_is_not_written(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    with pytest.raises(Fault, match="q4_1_1"):
        write(tmp_path / "scores.xlsx", replace(made, assessments=made.assessments[1:]))
    assert list(tmp_path.iterdir()) == []


@with_second_engine
@pytest.mark.parametrize("rule", list(SectionRule))
def test_a_second_engine_comes_to_the_same_figures(rule: SectionRule, tmp_path: Path) -> None:
    made = book(replace(SMALL, section_rule=rule), STORY)
    write(tmp_path / "scores.xlsx", made)
    assert assert_second_engine_agrees(tmp_path / "scores.xlsx", tmp_path) > 400


@with_second_engine
@pytest.mark.parametrize("caseload", [5, 40])
def test_a_known_caseload_narrows_every_interval_in_both_engines(
    caseload: int, tmp_path: Path
) -> None:
    made = replace(book(SMALL, STORY), caseload=caseload)
    assert made.fraction == len(made.counting) / caseload
    write(tmp_path / "scores.xlsx", made)
    assert_shows(tmp_path / "scores.xlsx", made)
    assert_second_engine_agrees(tmp_path / "scores.xlsx", tmp_path)


@with_second_engine
@pytest.mark.parametrize(("before", "typed"), [(None, 20), (20, "many")])
def test_all_intervals_follow_a_caseload_that_is_typed_in_the_workbook(
    before: int | None, typed: int | str | None, tmp_path: Path
) -> None:
    made = replace(book(SMALL, STORY), caseload=before)
    write(tmp_path / "scores.xlsx", made)
    written = load_workbook(tmp_path / "scores.xlsx")
    sheet, cell = written.defined_names["Caseload"].attr_text.split("!")
    written[sheet][cell].value = typed
    written.save(tmp_path / "scores.xlsx")
    known = typed if isinstance(typed, int) else None
    write(tmp_path / "fresh.xlsx", replace(made, caseload=known))
    assert_follows(tmp_path / "scores.xlsx", tmp_path / "fresh.xlsx", tmp_path)


CHANGES = {
    ("MP001", "q4_1_1"): "no",  # above to below; the second assessment of MP001 stays out
    ("MP002", "q4_1_1"): "yes",  # below to above
    ("MP002", "q4_1_2"): "na",  # counted to not counted
    ("MP003", "q4_1_2"): "partly",  # not counted to below
    ("MP001", "q14_2_1"): "yes",  # missing to above: a criterion gets its first score
    ("MP004", "q14_1_1"): "",  # answered to missing
    ("MP003", "q4_1_1"): "YES?",  # a choice that the form does not have
    ("MP006", "q4_1_1"): "yes",  # not signed off: changes nothing
}


@with_second_engine
def test_all_figures_follow_answers_that_are_changed_in_the_workbook(tmp_path: Path) -> None:
    made, after = book(SMALL, STORY), book(SMALL, with_changes(STORY, CHANGES))
    assert after.scores != made.scores
    write(tmp_path / "scores.xlsx", made)
    write(tmp_path / "fresh.xlsx", after)
    typed = {
        (case, answer_key(name)): made.labels[name].get(value, value)
        for (case, name), value in CHANGES.items()
    }
    change(tmp_path / "scores.xlsx", made, typed)
    assert_follows(tmp_path / "scores.xlsx", tmp_path / "fresh.xlsx", tmp_path)


@with_second_engine
def test_all_figures_follow_a_field_and_an_assessment_left_out(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    others = [
        replace(one, fields={"ldu": "Wirral", "rosh": "High"})
        if one.case == "MP004"
        else replace(one, set_aside=Counted.NOT_SIGNED_OFF)
        if one.case == "MP005"
        else one
        for one in STORY
    ]
    write(tmp_path / "scores.xlsx", made)
    write(tmp_path / "fresh.xlsx", kept_groups(book(SMALL, others), made))
    typed = {
        ("MP004", field_key("ldu")): "Wirral",
        ("MP005", "counted"): Counted.NOT_SIGNED_OFF.value,
    }
    change(tmp_path / "scores.xlsx", made, typed)
    assert_follows(tmp_path / "scores.xlsx", tmp_path / "fresh.xlsx", tmp_path)


@with_second_engine
def test_all_figures_follow_a_place_of_the_line_that_is_changed(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    write(tmp_path / "scores.xlsx", made)
    moved = Choice("no", words("No"), Line.NOT_COUNTED)
    questions = tuple(
        replace(one, choices=tuple(moved if c.name == "no" else c for c in one.choices))
        if one.name == "q4_1_1"
        else one
        for one in SMALL.questions
    )
    write(tmp_path / "fresh.xlsx", book(replace(SMALL, questions=questions), STORY))
    written = load_workbook(tmp_path / "scores.xlsx")
    table = layout(made).choices
    names = [(question.name, choice.name) for question, choice in choice_lines(made)]
    row = table.row(names.index(("q4_1_1", "no"))) + 1
    written[table.sheet.value].cell(row, table.column("place") + 1).value = "not counted"
    written.save(tmp_path / "scores.xlsx")
    assert_follows(tmp_path / "scores.xlsx", tmp_path / "fresh.xlsx", tmp_path)


def kept_groups(after: Book, before: Book) -> Book:
    """The book after a change, if it has the groups of before (else figures move about)."""
    groups = [[one.value for one in each.groups] for each in grouped(before)]
    assert [[one.value for one in each.groups] for each in grouped(after)] == groups
    return after


def test_the_check_says_that_every_figure_agrees(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    write(tmp_path / "scores.xlsx", made)
    table = layout(made).check
    sheet = opened(tmp_path / "scores.xlsx")[table.sheet.value]
    column = table.column("verdict") + 1
    verdicts = [sheet.cell(table.row(n) + 1, column).value for n in range(table.rows)]
    assert len(verdicts) > 100
    assert set(verdicts) == {"OK"}


@with_second_engine
def test_the_check_finds_what_was_changed(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    write(tmp_path / "scores.xlsx", made)
    change(tmp_path / "scores.xlsx", made, {("MP002", answer_key("q4_1_1")): "Yes"})
    result = recalculated(tmp_path / "scores.xlsx", tmp_path)
    table = layout(made).check
    sheet = opened(result)[table.sheet.value]
    verdicts = [
        sheet.cell(table.row(n) + 1, table.column("verdict") + 1).value for n in range(table.rows)
    ]
    assert set(verdicts) == {"OK", "differs"}


STRANGE = (
    Choice("a", words("a"), Line.ABOVE),
    Choice("A", words("A"), Line.BELOW),
    Choice("a*", words("a star"), Line.BELOW),
    Choice("?", words("unknown"), Line.ABOVE),
    Choice("01", words("one"), Line.ABOVE),
    Choice("1", words("one again"), Line.BELOW),
)


@with_second_engine
def test_choices_that_differ_only_by_case_or_hold_wildcards_are_told_apart(
    tmp_path: Path,
) -> None:
    names = ("a", "A", "a*", "?", "01", "1", "~", "*")
    strange = form({"1.1": "1"}, [question("q1_1_1", ("1.1",), choices=STRANGE)])
    cases = [
        Made(f"C{number}", {"q1_1_1": name}, fields={"tier": name})
        for number, name in enumerate(names)
    ]
    made = replace(book(strange, cases), by=("tier",))
    write(tmp_path / "scores.xlsx", made)
    assert_second_engine_agrees(tmp_path / "scores.xlsx", tmp_path)
    assert (made.scores.questions[0].above, made.scores.questions[0].below) == (3, 3)


@with_second_engine
def test_an_empty_book_recalculates_to_empty_scores(tmp_path: Path) -> None:
    write(tmp_path / "scores.xlsx", book(SMALL, ()))
    assert_second_engine_agrees(tmp_path / "scores.xlsx", tmp_path)


VALUES = ("", "yes", "partly", "no", "na", "gone")
IDS = ("1.1", "1.10", "11.1", "2.1", "2.10")
SECTIONS = st.sampled_from(["1", "11", "2", None])


@st.composite
def forms(draw: st.DrawFn) -> Form:
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=4))
    criteria = {id_: draw(SECTIONS) for id_ in ids}
    own = st.lists(st.sampled_from(ids), unique=True) if ids else st.just([])
    kinds = st.sampled_from([Kind.SELECT_ONE, Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.TEXT])
    questions = [
        question(f"q{number}", draw(own), scored=draw(st.booleans()), kind=draw(kinds))
        for number in range(draw(st.integers(0, 5)))
    ]
    return form(criteria, questions, draw(st.sampled_from(SectionRule)))


@st.composite
def books(draw: st.DrawFn) -> Book:
    made_form = draw(forms())
    names = [one.name for one in made_form.answerable]
    some = st.frozensets(st.sampled_from(names)) if names else st.just(frozenset[str]())
    aside = st.sampled_from([Counted.YES, Counted.YES, *Counted])
    fields = st.fixed_dictionaries({"ldu": st.sampled_from(["Sefton", "", "1", "a*"])})
    made = [
        Made(
            f"C{number}",
            {name: draw(st.sampled_from(VALUES)) for name in names},
            unsettled=draw(some),
            unasked=draw(some),
            set_aside=draw(aside),
            fields=draw(fields),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return replace(book(made_form, made), small_group=draw(st.integers(0, 6)))


@given(books())
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_was_answered_the_stored_values_are_those_of_scoring(
    tmp_path: Path, made: Book
) -> None:
    write(tmp_path / "scores.xlsx", made)
    assert_shows(tmp_path / "scores.xlsx", made)


@with_second_engine
@given(books())
@settings(
    max_examples=4,
    phases=[Phase.explicit, Phase.generate],  # to make each failure smaller takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_was_answered_a_second_engine_agrees(tmp_path: Path, made: Book) -> None:
    write(tmp_path / "scores.xlsx", made)
    assert_second_engine_agrees(tmp_path / "scores.xlsx", tmp_path)


def test_a_half_is_rounded_up_in_print_also_where_floats_fall_short() -> None:
    ties = [
        (above, judged)
        for judged in range(1, 400)
        for above in range(judged + 1)
        if (200 * above) % (2 * judged) == judged
    ]
    assert ties
    for above, judged in ties:
        figure = formulas.whole_percent(str(above), str(judged - above))
        assert set(figure) <= set(string.digits + "INT()*+/")
        arithmetic = figure.removeprefix("INT")
        assert int(eval(arithmetic)) == scoring.whole_percent(Fraction(above, judged))


def test_ids_and_names_with_signs_of_excel_are_quoted() -> None:
    assert formulas.listed('a"*') == '*[a"~*]*'
    assert formulas.quoted('a"b') == '"a""b"'
