"""Agreement of two assessors, against published examples, by hand, and by its properties."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
import small_form
from hypothesis import given
from hypothesis import strategies as st

from hmip_desktop.agreement import (
    FEWEST_ASSESSMENTS,
    FEWEST_PAIRS,
    Agreement,
    Matched,
    Pair,
    QuestionAgreement,
    Rate,
    Tally,
    agreement,
    alpha,
    rates,
    tally,
    to_read,
)
from hmip_desktop.form.model import Form
from hmip_desktop.form.routing import Routing
from hmip_desktop.scoring import Judged, interval

UNITS = st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12)


def units(*observers: str) -> list[list[str]]:
    """What each observer said of each unit, one letter each; a dot says nothing."""
    return [[said for said in unit if said != "."] for unit in zip(*observers, strict=True)]


# Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), examples A, B and C;
# the coincidences behind the first two are counted again here.
PUBLISHED = {
    "A: binary, two observers, no missing data": (
        units("0100000010", "1110010000"),
        1 - Fraction(19 * 8, 2 * 14 * 6),
        0.095,
    ),
    "B: nominal, two observers, no missing data": (
        units("aabbdcccedda", "babbbccceddd"),
        1 - Fraction(23 * 6, 24**2 - 4**2 - 6**2 - 6**2 - 6**2 - 2**2),
        0.692,
    ),
    "C: nominal, four observers, missing data": (
        units("123321412...", "1233224125.3", ".3332342251.", "12332441251."),
        None,
        0.743,
    ),
}


@pytest.mark.parametrize("example", PUBLISHED)
def test_alpha_is_that_of_the_published_examples(example: str) -> None:
    said, exactly, printed = PUBLISHED[example]
    found = alpha(said)
    assert found is not None
    assert round(float(found), 3) == printed
    assert exactly in (None, found)


@given(UNITS)
def test_alpha_is_one_when_all_agree_and_never_more(said: list[list[str]]) -> None:
    found = alpha(said)
    assert found is None or found <= 1
    agreed = alpha([[unit[0]] * len(unit) for unit in said if unit])
    assert agreed in (None, 1)


@given(UNITS, st.permutations("abc"), st.randoms(use_true_random=False))
def test_alpha_knows_neither_the_names_nor_the_order_of_anything(
    said: list[list[str]], names: Sequence[str], chance: object
) -> None:
    called = dict(zip("abc", names, strict=True))
    renamed = [[called[value] for value in reversed(unit)] for unit in reversed(said)]
    assert alpha(renamed) == alpha(said)


@given(UNITS)
def test_what_one_observer_alone_spoke_of_changes_nothing(said: list[list[str]]) -> None:
    assert alpha([*said, ["a"], [], ["b"]]) == alpha(said)


def test_there_is_no_alpha_without_difference_and_none_without_pairs() -> None:
    assert alpha(["aa", "aa"]) is None
    assert alpha([]) is None
    assert alpha(["ab"]) == 0
    assert alpha(["ab", "ba"]) == Fraction(-1, 2)


# A made form: q4_1_02 is asked after yes in q4_1_01, q4_1_03 after yes in q4_1_02; q4_1_04
# belongs to 4.1 and 5.1. See small_form.


@pytest.fixture(scope="module")
def routing(tmp_path_factory: pytest.TempPathFactory) -> Routing:
    return Routing(small_form.form_of(tmp_path_factory.mktemp("form")))


def judged(routing: Routing, said: str, unsettled: str = "") -> Judged:
    """One assessment, written as 1.01=yes 1.02=no."""
    words = (word.partition("=") for word in said.split(" "))
    answers = {f"q{name.replace('.', '_')}": value.replace("+", " ") for name, _, value in words}
    state = routing.state(answers)
    return Judged(state.is_asked, state.values, frozenset(unsettled.split()))


def compared(routing: Routing, *cases: tuple[str, str]) -> Agreement:
    return agreement(routing.form, [Pair(judged(routing, a), judged(routing, b)) for a, b in cases])


def question(found: Agreement, name: str) -> QuestionAgreement:
    return next(one for one in found.questions if one.question.name == name)


THREE = (
    ("4.1.01=yes 4.1.02=yes 4.1.03=a+b 4.1.04=na", "4.1.01=yes 4.1.02=yes 4.1.03=b+a 4.1.04=no"),
    ("4.1.01=yes 4.1.02=no 4.1.04=yes 5.1.01=yes", "4.1.01=no 4.1.04=yes 5.1.02=3"),
    ("4.1.01=no 4.1.04=no 5.1.02=3 5.1.04=one", "4.1.01=no 4.1.04=yes 5.1.02=3 5.1.04=two"),
)
"""4.1.01: same, different, same. 4.1.02: same, asked of one, of none. 4.1.04: different (not
counted, below), same, different. 5.1.01: one lacks it once, both lack it twice."""


def test_questions_agree_as_counted_by_hand(routing: Routing) -> None:
    found = compared(routing, *THREE)
    first = question(found, "q4_1_01")
    # yes yes, yes no, no no: 6 values, 3 of each; 2 coincidences differ; 1 - 5 * 2 / (2 * 9).
    assert first.line == Matched(3, 2, Fraction(4, 9))
    assert first.answers == first.line
    second = question(found, "q4_1_02")
    assert second.line == Matched(1, 1, None)
    assert (second.missing, second.asked_of_one, second.asked_of_none) == (0, 1, 1)
    fourth = question(found, "q4_1_04")
    # na no, yes yes, no yes: yes 3, no 2, na 1; 4 coincidences differ; 1 - 5 * 4 / (36 - 14).
    assert fourth.line == fourth.answers == Matched(3, 1, Fraction(1, 11))
    victims = question(found, "q5_1_01")
    assert victims.line == Matched(0, 0, None)
    assert victims.line.share is None
    assert victims.missing == 3


def test_ticks_are_the_same_in_any_order_and_typed_answers_are_not_compared(
    routing: Routing,
) -> None:
    found = compared(routing, *THREE)
    ticks = question(found, "q4_1_03")
    assert (ticks.line, ticks.answers) == (None, Matched(1, 1, None))
    typed = question(found, "q5_1_02")
    assert (typed.line, typed.answers, typed.missing) == (None, None, 2)


def test_criteria_and_sections_pool_their_scoring_questions_each_once(routing: Routing) -> None:
    found = compared(routing, *THREE)
    of_4_1, of_5_1 = found.criteria
    # 3 pairs of 4.1.01, 1 of 4.1.02, 3 of 4.1.04 (in 5.1 as well); 5.1.01 has none.
    # Values: above 4 of 01 (3 yes) ... counted: yes 3+2+3 = 8, no 3+0+2 = 5, na 1: 14 values,
    # 6 coincidences differ: 1 - 13 * 6 / (196 - 64 - 25 - 1).
    pooled = Matched(7, 4, 1 - Fraction(13 * 6, 106))
    assert of_4_1.line == pooled
    assert of_4_1.answers == Matched(7, 4, None)
    assert of_5_1.line == Matched(3, 1, Fraction(1, 11))
    assert [one.line for one in found.sections] == [pooled, of_5_1.line]
    assert found.line == pooled


def test_two_choices_above_the_line_agree_over_the_line_only(tmp_path: Path) -> None:
    choices = (
        ("list_name", "name", "label", "line"),
        ("how", "good", "Good", "above"),
        ("how", "fair", "Fair", "above"),
        ("how", "poor", "Poor", "below"),
    )
    head = "type | name | label | bind::hmip:criteria | bind::hmip:scored"
    sheets = small_form.sheets(
        head,
        "begin_group | s4 | Four | |",
        "begin_group | c4_1 | One | |",
        "select_one how | q4_1_01 | How? | | yes",
        "end_group | | | |",
        "end_group | | | |",
        choices=choices,
    )
    routing = Routing(small_form.form_of(tmp_path, sheets))
    found = compared(
        routing, ("4.1.01=good", "4.1.01=fair"), ("4.1.01=poor", "4.1.01=poor")
    ).questions[0]
    # good fair, poor poor: 4 values, 1 good, 1 fair, 2 poor: 1 - 3 * 2 / (16 - 6).
    assert found.line == Matched(2, 2, Fraction(1))
    assert found.answers == Matched(2, 1, Fraction(2, 5))


def test_an_answer_in_conflict_makes_no_pair(routing: Routing) -> None:
    torn = judged(routing, "4.1.01=", unsettled="q4_1_01")
    found = agreement(routing.form, [Pair(torn, judged(routing, "4.1.01=yes"))])
    assert question(found, "q4_1_01").line == Matched(0, 0, None)
    assert question(found, "q4_1_01").missing == 1


def test_the_lowest_comes_first_and_what_has_no_pair_last(routing: Routing) -> None:
    names = [one.question.name for one in compared(routing, *THREE).questions]
    assert names[:4] == ["q4_1_04", "q4_1_01", "q4_1_02", "q4_1_03"]
    assert set(names[4:]) == {"q5_1_01", "q5_1_02", "q5_1_03", "q5_1_04", "q5_1_05"}


def test_a_question_with_a_single_pair_that_differs_is_read_after_those_with_enough(
    routing: Routing,
) -> None:
    often = [("4.1.01=no 4.1.04=no", "4.1.01=no 4.1.04=yes")] * FEWEST_PAIRS
    once = ("4.1.01=yes 4.1.02=yes", "4.1.01=yes 4.1.02=no")
    found = compared(routing, *often, once)
    assert found.questions[0].question.name in ("q4_1_02", "q4_1_04")
    read = to_read(found.questions)
    assert [(one.question.name, one.is_few) for one in read] == [
        ("q4_1_04", False),
        ("q4_1_01", False),
        ("q4_1_02", True),
    ]


ANSWERS = st.fixed_dictionaries(
    {name: st.sampled_from(["", "yes", "no", "na"]) for name in ("4.1.01", "4.1.02", "4.1.04")}
)


@given(st.lists(st.tuples(ANSWERS, ANSWERS), max_size=6))
def test_neither_the_order_of_assessors_nor_of_cases_matters(
    routing: Routing, cases: list[tuple[dict[str, str], dict[str, str]]]
) -> None:
    said = [
        tuple(" ".join(f"{name}={value}" for name, value in one.items()) for one in both)
        for both in cases
    ]
    pairs = [(one[0], one[1]) for one in said]
    turned = [(second, first) for first, second in reversed(pairs)]
    assert compared(routing, *pairs) == compared(routing, *turned)
    alone = [(first, first) for first, _ in pairs]
    assert compared(routing, *alone).line.share in (None, 1)


# Rates


def test_an_assessors_rate_counts_each_scoring_question_once(routing: Routing) -> None:
    form: Form = routing.form
    assert tally(form, judged(routing, "4.1.01=yes 4.1.02=no 4.1.04=yes")) == Tally(2, 3)
    assert tally(form, judged(routing, "4.1.01=na 4.1.04=no")) == Tally(0, 1)


def test_a_rate_is_beside_that_of_all_others() -> None:
    found = rates({"Ann": [Tally(9, 10)] * 5, "Bob": [Tally(5, 10)] * 4, "Cat": [Tally(1, 10)] * 6})
    ann = found["Ann"]
    assert ann.own is not None
    assert ann.others is not None
    assert (ann.own.share, ann.others.share) == (Fraction(9, 10), Fraction(26, 100))
    assert (ann.own.assessments, ann.others.assessments) == (5, 10)
    assert ann.apart
    assert (found["Bob"].own, found["Bob"].others, found["Bob"].assessments) == (None, None, 4)
    assert not found["Bob"].apart


@given(st.integers(0, 12), st.integers(0, 12))
def test_a_rate_of_few_assessments_is_never_shown(own: int, others: int) -> None:
    found = rates({"Ann": [Tally(1, 2)] * own, "Bob": [Tally(1, 2)] * others})
    for one in found.values():
        assert (one.own is None) == (min(own, others) < FEWEST_ASSESSMENTS)
        assert (one.own is None) == (one.others is None)


def test_the_interval_is_wilsons_when_cases_are_alike_and_wider_when_they_differ() -> None:
    alike = Rate((Tally(8, 10),) * 10)
    assert alike.interval == pytest.approx(interval(80, 100))
    differing = Rate((Tally(10, 10),) * 8 + (Tally(0, 10),) * 2)
    assert differing.share == alike.share
    # Whole cases above or below: about ten judgements that are worth anything, not a hundred.
    # The variance is 10 / 9 * (8 * 2^2 + 2 * 8^2) / 100^2, that of 100 apart is 0.8 * 0.2 / 100.
    worth = 100 / (Fraction(10, 9) * 160 / 10_000 / Fraction(16, 10_000))
    assert differing.interval == pytest.approx(interval(float(worth) * 0.8, float(worth)))
    assert float(worth) == pytest.approx(9)


def test_a_rate_without_judgements_has_no_interval() -> None:
    assert Rate((Tally(0, 0),) * 5).interval is None
    assert not rates({"Ann": [Tally(0, 0)] * 5, "Bob": [Tally(1, 2)] * 5})["Ann"].apart
