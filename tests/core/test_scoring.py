from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hmip_desktop import scoring
from hmip_desktop.form.model import (
    Choice,
    Form,
    Group,
    Kind,
    Line,
    Question,
    Section,
    SectionRule,
    Wording,
)
from hmip_desktop.scoring import Judged, scores

CHOICES = tuple(
    Choice(name, Wording(), line)
    for name, line in (("yes", Line.ABOVE), ("no", Line.BELOW), ("na", Line.NOT_COUNTED))
)


def question(
    name: str, *criteria: str, scored: bool = True, kind: Kind = Kind.SELECT_ONE
) -> Question:
    return Question(
        name,
        kind,
        Wording(),
        f"/data/{name}",
        "g",
        choices=CHOICES,
        criteria=criteria,
        scored=scored,
    )


def form(*questions: Question, rule: SectionRule = SectionRule.CRITERIA) -> Form:
    groups = tuple(
        Group(id_, Wording(), id_.split(".")[0], True) for id_ in ("4.1", "4.2", "5.1", "6.1")
    )
    sections = tuple(Section(id_, Wording()) for id_ in ("4", "5", "6"))
    return Form("f", "1", "", rule, ("default",), sections, groups, questions)


def cases(*columns: tuple[str, str]) -> list[Judged]:
    """Assessments from a letter a case: y, n, a (not counted), . (missing), - (not asked), !."""
    words = {"y": "yes", "n": "no", "a": "na"}
    made = []
    for at in range(max(len(letters) for _, letters in columns)):
        letters = {name: said[at] for name, said in columns if at < len(said)}
        made.append(
            Judged(
                frozenset(name for name, letter in letters.items() if letter != "-"),
                {name: words[letter] for name, letter in letters.items() if letter in words},
                frozenset(name for name, letter in letters.items() if letter == "!"),
            )
        )
    return made


def test_a_question_is_above_over_above_and_below() -> None:
    (one,) = scores(form(question("q", "4.1")), cases(("q", "yyynaa..--!"))).questions
    assert (one.above, one.below, one.not_counted) == (3, 1, 2)
    assert (one.missing, one.not_asked, one.in_conflict) == (2, 2, 1)
    assert one.judged == 4
    assert one.proportion == Fraction(3, 4)


def test_nothing_judged_is_no_score_and_no_zero() -> None:
    result = scores(form(question("q", "4.1")), cases(("q", "aa..--!")))
    assert result.questions[0].proportion is None
    assert [one.score for one in result.criteria] == [None] * 4
    assert [one.score for one in result.sections] == [None] * 3
    assert scores(form(question("q", "4.1")), []).sections[0].score is None


def test_a_criterion_is_the_unweighted_mean_of_its_questions() -> None:
    tables = form(*(question(n, "4.1") for n in "pqr"), question("s", "4.1", scored=False))
    columns = (("p", "y" + "-" * 9), ("q", "y" * 5 + "n" * 5), ("r", "." * 10), ("s", "n" * 10))
    criterion = scores(tables, cases(*columns)).criteria[0]
    assert criterion.score == Fraction(3, 4)
    assert criterion.questions == 2


SHARED = (question("p", "4.1"), question("q", "4.1"), question("r", "4.2", "5.1"))
SHARED_CASES = cases(("p", "yyyy"), ("q", "ynnn"), ("r", "nnnn"))


@pytest.mark.parametrize("rule", SectionRule)
def test_both_readings_of_a_section_are_computed_and_the_form_names_one(rule: SectionRule) -> None:
    four, five, six = scores(form(*SHARED, rule=rule), SHARED_CASES).sections
    assert four.by_criteria == (Fraction(5, 8) + 0) / 2
    assert four.by_questions == Fraction(5, 12)
    assert four.score == (four.by_criteria if rule is SectionRule.CRITERIA else four.by_questions)
    assert five.by_criteria == five.by_questions == 0
    assert (six.by_criteria, six.by_questions, six.score) == (None, None, None)


def test_a_question_in_two_criteria_of_a_section_counts_once_there() -> None:
    tables = form(question("p", "4.1", "4.2"), question("q", "4.1"))
    four = scores(tables, cases(("p", "y"), ("q", "n"))).sections[0]
    assert four.by_questions == Fraction(1, 2)
    assert four.by_criteria == (Fraction(1, 2) + 1) / 2


def test_reason_lists_and_texts_never_score() -> None:
    ticks = question("q", "4.1", kind=Kind.SELECT_MULTIPLE)
    assert scores(form(ticks), cases(("q", "yy"))).questions[0].judged == 0


def test_a_choice_that_is_gone_is_not_counted() -> None:
    (one,) = scores(form(question("q", "4.1")), [Judged(frozenset("q"), {"q": "gone"})]).questions
    assert (one.not_counted, one.judged) == (1, 0)


def test_an_answer_that_is_not_asked_for_does_not_count() -> None:
    (one,) = scores(form(question("q", "4.1")), [Judged(frozenset(), {"q": "yes"})]).questions
    assert (one.not_asked, one.judged) == (1, 0)


LETTERS = st.text("yna.-!", min_size=5, max_size=5)
CRITERIA = st.sets(st.sampled_from(["4.1", "4.2", "5.1"])).map(sorted)


@st.composite
def inspections(draw: st.DrawFn) -> tuple[Form, list[Judged]]:
    questions = [
        question(f"q{n}", *draw(CRITERIA), scored=draw(st.booleans()))
        for n in range(draw(st.integers(1, 6)))
    ]
    columns = [(one.name, draw(LETTERS)) for one in questions]
    return form(*questions, rule=draw(st.sampled_from(SectionRule))), cases(*columns)


def _mean(values: Sequence[Fraction | None]) -> Fraction | None:
    there = [value for value in values if value is not None]
    return sum(there, Fraction(0)) / len(there) if there else None


def _share(name: str, judged: Sequence[Judged]) -> Fraction | None:
    said = [
        one.values[name]
        for one in judged
        if name in one.asked and name not in one.unsettled and name in one.values
    ]
    above, below = said.count("yes"), said.count("no")
    return Fraction(above, above + below) if above + below else None


@settings(deadline=None)
@given(inspections())
def test_scores_are_those_of_the_rule_written_down_again(
    inspection: tuple[Form, list[Judged]],
) -> None:
    made, judged = inspection
    result = scores(made, judged)
    scored = [q for q in made.questions if q.scored]
    by_criterion = {
        c.id: _mean([_share(q.name, judged) for q in scored if c.id in q.criteria])
        for c in made.criteria
    }
    assert {one.id: one.score for one in result.criteria} == by_criterion
    for section in result.sections:
        own = [c for c in by_criterion if c.startswith(section.id + ".")]
        questions = [q for q in scored if set(own) & set(q.criteria)]
        assert section.by_criteria == _mean([by_criterion[c] for c in own])
        assert section.by_questions == _mean([_share(q.name, judged) for q in questions])


@settings(deadline=None)
@given(inspections(), st.data())
def test_scores_lie_between_nothing_and_all_whatever_the_order(
    inspection: tuple[Form, list[Judged]], data: st.DataObject
) -> None:
    made, judged = inspection
    result = scores(made, judged)
    assert scores(made, data.draw(st.permutations(judged))) == result
    every = [c.score for c in result.criteria] + [s.score for s in result.sections]
    assert all(score is None or 0 <= score <= 1 for score in every)
    for one in result.questions:
        places = (
            one.above,
            one.below,
            one.not_counted,
            one.missing,
            one.in_conflict,
            one.not_asked,
        )
        assert sum(places) == len(judged)


@pytest.mark.parametrize(
    ("score", "printed"),
    [
        (Fraction(149, 200), "75%"),
        (Fraction(1489999, 2000000), "74%"),
        (Fraction(1, 200), "1%"),
        (Fraction(199, 200), "100%"),
        (Fraction(1, 8), "13%"),
        (Fraction(5, 8), "63%"),
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (None, "–"),
    ],
)
def test_percentages_are_whole_and_halves_go_up(score: Fraction | None, printed: str) -> None:
    assert scoring.shown(score) == printed


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_printed_percentage_is_the_nearest(above: int, more: int) -> None:
    score = Fraction(above, above + more)
    assert -Fraction(1, 2) < scoring.whole_percent(score) - score * 100 <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("above", "judged", "printed"),
    [
        (5, 8, "5 of 8"),
        (29, 29, "29 of 29"),
        (15, 30, "50% of 30"),
        (0, 0, "–"),
        (53, 74, "72% of 74"),
    ],
)
def test_small_groups_are_shown_as_counts(above: int, judged: int, printed: str) -> None:
    assert scoring.shown_with_count(above, judged) == printed


@pytest.mark.parametrize(
    ("above", "judged", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 2, 0.0945, 0.9055),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_wilsons_interval_has_its_known_values(
    above: int, judged: int, low: float, high: float
) -> None:
    assert scoring.interval(above, judged) == pytest.approx((low, high), abs=6e-5)
    assert scoring.interval(0, 0) is None


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_lies_within_all(pair: tuple[int, int]) -> None:
    above, judged = pair
    interval = scoring.interval(above, judged)
    assert interval is not None
    low, high = interval
    assert 0 <= low <= high <= 1
    assert low - 1e-12 <= above / judged <= high + 1e-12


def test_the_finite_population_correction_widens_nothing_and_ends_in_the_point() -> None:
    # As if 80 / (1 - 1/2) cases had been judged: half of the caseload leaves half the variance.
    assert scoring.interval(64, 80, 0.5) == pytest.approx(scoring.interval(128, 160))
    assert scoring.interval(3, 7, 1.0) == (3 / 7, 3 / 7)


shares = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(shares, st.floats(0, 1), st.floats(0, 1))
def test_the_more_of_the_caseload_is_assessed_the_narrower_an_interval_around_its_share(
    pair: tuple[int, int], one: float, other: float
) -> None:
    less, more = sorted((one, other))
    wider, narrower = (scoring.interval(*pair, fraction) for fraction in (less, more))
    assert wider is not None
    assert narrower is not None
    assert 0 <= wider[0] <= narrower[0] + 1e-12
    assert narrower[1] - 1e-12 <= wider[1] <= 1
    assert narrower[0] - 1e-12 <= pair[0] / pair[1] <= narrower[1] + 1e-12


@given(shares)
def test_an_unknown_caseload_leaves_wilsons_interval_as_it_is(pair: tuple[int, int]) -> None:
    assert scoring.interval(*pair, scoring.sampled(pair[1], None)) == scoring.interval(*pair)


@pytest.mark.parametrize(
    ("assessments", "caseload", "share"),
    [(74, 740, 0.1), (74, 74, 1.0), (0, 740, 0.0), (74, None, 0.0), (74, 73, 0.0), (0, 0, 0.0)],
)
def test_a_caseload_smaller_than_its_sample_is_as_good_as_unknown(
    assessments: int, caseload: int | None, share: float
) -> None:
    assert scoring.sampled(assessments, caseload) == pytest.approx(share)
