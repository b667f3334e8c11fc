"""Every figure of the workbook is a live formula, stored with the value that scoring gives."""

import inspect
import shutil
import string
import subprocess
import warnings
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_book import SMALL, STORY, YES_NO, Made, book, computed, form, question, words
from openpyxl import Workbook, load_workbook

from hmip_desktop import scoring
from hmip_desktop.errors import Fault
from hmip_desktop.form.model import Choice, Form, Kind, Line, SectionRule
from hmip_desktop.workbook import formulas
from hmip_desktop.workbook.book import Book, Counted
from hmip_desktop.workbook.layout import Layout, Table, layout
from hmip_desktop.workbook.write import write

SOFFICE = shutil.which("soffice")
with_second_engine = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")


def cell(opened: Workbook, table: Table, key: str, index: int) -> Any:
    value = opened[table.sheet.value].cell(table.row(index) + 1, table.column(key) + 1).value
    return None if value == "" else value


def expected_figures(scores: scoring.Scores, small_group: int) -> Iterator[tuple[str, Any]]:
    for number, section in enumerate(scores.sections):
        yield f"sections {number} score", section.score
        yield f"sections {number} by_criteria", section.by_criteria
        yield f"sections {number} by_questions", section.by_questions
    for number, criterion in enumerate(scores.criteria):
        yield f"criteria {number} score", criterion.score
        yield f"criteria {number} questions", criterion.questions
    for number, one in enumerate(scores.questions):
        for key in ("above", "below", "not_counted", "missing", "not_asked", "in_conflict"):
            yield f"questions {number} {key}", getattr(one, key)
        low, high = scoring.interval(one.above, one.judged) or (None, None)
        yield f"questions {number} proportion", one.proportion
        yield f"questions {number} low", low
        yield f"questions {number} high", high
        in_print = scoring.shown_with_count(one.above, one.judged, small_group)
        yield f"questions {number} result", in_print


def found_figures(opened: Workbook, places: Layout, names: list[str]) -> dict[str, Any]:
    parts = (name.split() for name in names)
    return {
        f"{table} {index} {key}": cell(opened, getattr(places, table), key, int(index))
        for table, index, key in parts
    }


def assert_shows(path: Path, places: Layout, scores: scoring.Scores, small_group: int) -> None:
    expected = {
        name: float(value) if isinstance(value, Fraction) else value
        for name, value in expected_figures(scores, small_group)
    }
    with warnings.catch_warnings():
        # LibreOffice saves bars in a newer way, which openpyxl says it does not know.
        warnings.filterwarnings("ignore", message="Unknown extension|Conditional Formatting")
        opened = load_workbook(path, data_only=True)
    found = found_figures(opened, places, list(expected))
    numbers = {name: value for name, value in expected.items() if isinstance(value, float)}
    assert {name: found[name] for name in numbers} == pytest.approx(numbers, abs=1e-9)
    others = expected.keys() - numbers.keys()
    assert {name: found[name] for name in others} == {name: expected[name] for name in others}


def recalculated(path: Path, tmp_path: Path) -> Path:
    out = tmp_path / "recalculated"
    profile = (tmp_path / "profile").as_uri()
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / path.name


def change_values(path: Path, places: Layout, changed: dict[tuple[str, str], str]) -> None:
    """Type other values into Answers, as somebody would; openpyxl drops all stored results."""
    opened = load_workbook(path)
    table = places.answers
    for index in range(table.rows):
        if cell(opened, table, "counted", index) == Counted.SECOND:
            continue
        where = (cell(opened, table, "case", index), cell(opened, table, "question", index))
        if where in changed:
            row, column = table.row(index) + 1, table.column("value") + 1
            opened[table.sheet.value].cell(row, column).value = changed[where]
    opened.save(path)
    assert_without_results(path)


def assert_without_results(path: Path) -> None:
    stored = load_workbook(path, data_only=True)
    formulas_of = load_workbook(path)
    results = [
        stored[sheet.title][one.coordinate].value
        for sheet in formulas_of
        for row in sheet.iter_rows()
        for one in row
        if one.data_type == "f"
    ]
    assert results
    assert set(results) == {None}


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

    rules = [name for name in functions(scoring) if name != "scores"]  # the whole is the workbook
    assert [name for name in functions(formulas) if name in rules] == rules


@pytest.mark.parametrize("rule", list(SectionRule))
def test_the_stored_values_are_those_of_scoring(rule: SectionRule, tmp_path: Path) -> None:
    made = book(replace(SMALL, section_rule=rule), STORY)
    write(tmp_path / "scores.xlsx", made)
    assert_shows(tmp_path / "scores.xlsx", layout(made), made.scores, made.small_group)


def test_no_score_is_a_plain_number(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    write(tmp_path / "scores.xlsx", made)
    names = [name for name, _ in expected_figures(made.scores, made.small_group)]
    found = found_figures(load_workbook(tmp_path / "scores.xlsx"), layout(made), names)
    assert [name for name, value in found.items() if not str(value).startswith("=")] == []


def test_a_book_whose_answers_do_not_come_to_its_scores_is_not_written(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    without_one = replace(made, answers=made.answers[:1] + made.answers[2:])
    with pytest.raises(Fault, match="q4_1_1"):
        write(tmp_path / "scores.xlsx", without_one)
    assert list(tmp_path.iterdir()) == []


@with_second_engine
@pytest.mark.parametrize("rule", list(SectionRule))
def test_a_second_engine_comes_to_the_same_scores(rule: SectionRule, tmp_path: Path) -> None:
    made = book(replace(SMALL, section_rule=rule), STORY)
    write(tmp_path / "scores.xlsx", made)
    change_values(tmp_path / "scores.xlsx", layout(made), {})
    result = recalculated(tmp_path / "scores.xlsx", tmp_path)
    assert_shows(result, layout(made), made.scores, made.small_group)


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
def test_scores_follow_an_answer_that_is_changed_in_the_workbook(tmp_path: Path) -> None:
    made = book(SMALL, STORY)
    write(tmp_path / "scores.xlsx", made)
    change_values(tmp_path / "scores.xlsx", layout(made), CHANGES)
    after = computed(SMALL, with_changes(STORY, CHANGES))
    assert after != made.scores
    result = recalculated(tmp_path / "scores.xlsx", tmp_path)
    assert_shows(result, layout(made), after, made.small_group)


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
    cases = [Made(f"C{number}", {"q1_1_1": name}) for number, name in enumerate(names)]
    made = book(strange, cases)
    write(tmp_path / "scores.xlsx", made)
    change_values(tmp_path / "scores.xlsx", layout(made), {})
    result = recalculated(tmp_path / "scores.xlsx", tmp_path)
    assert_shows(result, layout(made), made.scores, made.small_group)
    assert (made.scores.questions[0].above, made.scores.questions[0].below) == (3, 3)


@with_second_engine
def test_an_empty_book_recalculates_to_empty_scores(tmp_path: Path) -> None:
    made = book(SMALL, ())
    write(tmp_path / "scores.xlsx", made)
    change_values(tmp_path / "scores.xlsx", layout(made), {})
    result = recalculated(tmp_path / "scores.xlsx", tmp_path)
    assert_shows(result, layout(made), made.scores, made.small_group)


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
    aside = st.sampled_from([None, None, None, Counted.SECOND, Counted.NOT_SIGNED_OFF])
    made = [
        Made(
            f"C{number}",
            {name: draw(st.sampled_from(VALUES)) for name in names},
            unsettled=draw(some),
            unasked=draw(some),
            set_aside=draw(aside),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return replace(book(made_form, made), small_group=draw(st.integers(0, 6)))


@given(books())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_was_answered_the_stored_values_are_those_of_scoring(
    tmp_path: Path, made: Book
) -> None:
    write(tmp_path / "scores.xlsx", made)
    assert_shows(tmp_path / "scores.xlsx", layout(made), made.scores, made.small_group)


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
    opened = load_workbook(tmp_path / "scores.xlsx")
    opened.save(tmp_path / "scores.xlsx")  # without stored results
    result = recalculated(tmp_path / "scores.xlsx", tmp_path)
    assert_shows(result, layout(made), made.scores, made.small_group)


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


def test_the_common_choices_need_no_slow_look_up() -> None:
    table = layout(book(SMALL, STORY)).choices
    assert "MATCH" in formulas.place(table, "$D2", "$F2")
    assert [choice.name for choice in YES_NO] == ["yes", "partly", "no", "na"]
