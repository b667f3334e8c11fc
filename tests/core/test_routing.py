from datetime import date
from functools import cache
from pathlib import Path

import pytest
import small_form
from hypothesis import given, settings
from hypothesis import strategies as st

from hmip_desktop import paths
from hmip_desktop.form import xlsform
from hmip_desktop.form.model import Form, Kind
from hmip_desktop.form.routing import CircularRoutingError, Reason, Routing, State

HEAD = "type | name | label | relevant | required | constraint | calculation"
CHAIN = (
    "select_one parts | q1 | A | | yes | |",
    "select_one parts | q2 | B | ${q1} = 'a' | ${q1} = 'a' | |",
    "select_one parts | q3 | C | ${q2} = 'a' | yes | |",
    "note | n4 | D | ${q3} = 'a' | | |",
    "calculate | k5 | | ${q2} != '' | | | if(${q3} = 'a', 10, 1) + 1",
    "integer | q6 | F | ${k5} > 10 | ${k5} > 100 | . > 0 and . <= ${k5} |",
    "date | q7 | G | | | . <= today() |",
)
ALL_A = {"q1": "a", "q2": "a", "q3": "a", "q6": "3"}


@pytest.fixture
def chain(tmp_path: Path) -> Routing:
    return small_form.routing_of(tmp_path, HEAD, *CHAIN)


def test_a_question_is_asked_once_its_gate_opens(chain: Routing) -> None:
    assert chain.state({}).asked == ("q1", "q7")
    assert chain.state({"q1": "a"}).asked == ("q1", "q2", "q7")
    assert chain.state({"q1": "b"}).asked == ("q1", "q7")


def test_a_hidden_gate_opens_nothing_however_far_behind(chain: Routing) -> None:
    hidden = {**ALL_A, "q1": "b"}
    state = chain.state(hidden)
    assert state.asked == ("q1", "q7")
    assert state.notes == ()
    assert dict(state.values) == {"q1": "b"}


def test_answers_kept_behind_a_gate_come_back_with_it(chain: Routing) -> None:
    before = chain.state(ALL_A)
    chain.state({**ALL_A, "q1": "b"})
    assert chain.state(ALL_A) == before
    assert before.answered == ("q1", "q2", "q3", "q6")
    assert before.notes == ("n4",)


def test_calculations_count_where_they_are_asked(chain: Routing) -> None:
    assert chain.state(ALL_A).values["k5"] == "11"
    assert chain.state({"q1": "a", "q2": "b"}).values["k5"] == "2"
    assert "k5" not in chain.state({"q1": "a"}).values


def test_an_answer_to_a_calculation_is_worth_nothing(chain: Routing) -> None:
    assert chain.state({"q1": "a", "q2": "b", "k5": "999"}).values["k5"] == "2"


def test_what_is_required_depends_on_the_answers(chain: Routing) -> None:
    assert chain.unanswered_required(chain.state({})) == ("q1",)
    assert chain.unanswered_required(chain.state({"q1": "a"})) == ("q2",)
    assert chain.unanswered_required(chain.state({"q1": "b"})) == ()
    assert chain.unanswered_required(chain.state({"q1": "a", "q2": "a"})) == ("q3",)
    assert chain.unanswered_required(chain.state({**ALL_A, "q6": ""})) == ()


def test_a_constraint_looks_at_the_answer_itself_and_at_others(chain: Routing) -> None:
    state, day = chain.state(ALL_A), date(2013, 5, 6)
    assert chain.keeps_constraint("q6", "11", state, day)
    assert not chain.keeps_constraint("q6", "12", state, day)
    assert not chain.keeps_constraint("q6", "0", state, day)
    assert chain.keeps_constraint("q1", "anything", state, day)


def test_a_constraint_may_ask_the_date(chain: Routing) -> None:
    state = chain.state({})
    assert chain.keeps_constraint("q7", "2013-05-06", state, date(2013, 5, 6))
    assert not chain.keeps_constraint("q7", "2013-05-07", state, date(2013, 5, 6))


def test_reasons_are_the_answers_that_decide(chain: Routing) -> None:
    state = chain.state({"q1": "b", "q2": "a"})
    assert chain.reasons("q2", state) == (Reason("q1", "b"),)
    assert chain.reasons("q3", state) == (Reason("q2", ""),)
    assert chain.reasons("q1", state) == ()


def test_routing_that_goes_round_is_found_with_its_circle(tmp_path: Path) -> None:
    lines = ("text | q1 | A | ${q3} = 'a'", "text | q2 | B | ${q1} = 'a'", "text|q3|C|${q2} = 'a'")
    with pytest.raises(CircularRoutingError) as circle:
        small_form.routing_of(tmp_path, "type | name | label | relevant", *lines)
    assert set(circle.value.names) == {"q1", "q2", "q3"}


def test_a_question_may_rest_on_one_that_stands_after_it(tmp_path: Path) -> None:
    lines = ("text | q1 | A | ${q2} = 'x'", "text | q2 | B |")
    routing = small_form.routing_of(tmp_path, "type | name | label | relevant", *lines)
    assert routing.state({"q2": "x"}).asked == ("q1", "q2")
    assert routing.state({"q1": "x"}).asked == ("q2",)


@cache
def real() -> Routing:
    form = small_form.checked(paths.resource("forms", "iaow-violence.csv")).form
    assert form is not None
    return Routing(form)


def _some_answer(kind: Kind, choices: list[str]) -> st.SearchStrategy[str]:
    if kind is Kind.SELECT_ONE:
        return st.sampled_from(["", *choices])
    if kind is Kind.SELECT_MULTIPLE:
        return st.lists(st.sampled_from(choices), unique=True).map(" ".join)
    return st.sampled_from(["", "0", "7", "-1", "2013-05-06", "words", "a b", "nan", "1e999"])


@st.composite
def answers_to_the_real_form(draw: st.DrawFn) -> dict[str, str]:
    questions = real().form.answerable
    chosen = draw(st.lists(st.sampled_from(questions), max_size=60, unique_by=lambda q: q.name))
    likely = [q for q in questions if q.group == "details"]
    return {
        q.name: draw(_some_answer(q.kind, [c.name for c in q.choices])) for q in [*likely, *chosen]
    }


EXAMPLES = settings(max_examples=25, deadline=None)


def _fits(state: State) -> None:
    assert set(state.answered) | set(state.unanswered) == set(state.asked)
    assert not set(state.answered) & set(state.unanswered)


@EXAMPLES
@given(answers_to_the_real_form(), st.randoms())
def test_the_order_of_answering_does_not_matter(answers: dict[str, str], chance: object) -> None:
    one_way = real().state(answers)
    other_way = real().state(dict(reversed(answers.items())))
    assert one_way == other_way
    _fits(one_way)
    step_by_step: dict[str, str] = {}
    for name, value in answers.items():
        step_by_step[name] = value
        _fits(real().state(step_by_step))
    assert real().state(step_by_step) == one_way


@EXAMPLES
@given(answers_to_the_real_form(), st.data())
def test_answering_what_is_not_asked_changes_nothing(
    answers: dict[str, str], data: st.DataObject
) -> None:
    state = real().state(answers)
    hidden = [q for q in real().form.answerable if q.name not in state.is_asked]
    question = data.draw(st.sampled_from(hidden))
    answer = data.draw(_some_answer(question.kind, [c.name for c in question.choices]))
    assert real().state({**answers, question.name: answer}) == state


@EXAMPLES
@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=5))
def test_answers_to_questions_that_are_gone_change_nothing(strange: dict[str, str]) -> None:
    gone = {
        name: value for name, value in strange.items() if name not in real().form.question_by_name
    }
    assert real().state(gone) == real().state({})


def test_every_required_question_of_a_finished_case_has_an_answer() -> None:
    routing = real()
    state = routing.state({})
    for name in routing.unanswered_required(state):
        assert routing.is_required(name, state)
        assert name in state.is_asked


def test_a_doubt_may_speak_of_the_answer_itself(tmp_path: Path) -> None:
    path = tmp_path / "doubt.csv"
    path.write_text(
        '"survey",,,,\n'
        ",type,name,label,bind::hmip:doubt\n"
        ",select_one yn,q1,Assessed?,\n"
        ",select_one yn,q2,Planned?,. = 'yes' and ${q1} = 'no'\n"
        '"choices",,,\n,list_name,name,label\n,yn,yes,Yes\n,yn,no,No\n'
        '"settings",,\n,form_id,namespaces\n,f,"hmip=""urn:x"""\n',
        encoding="utf-8",
    )
    routing = Routing(xlsform.compiled(xlsform.load(path)))
    assert routing.doubts(routing.state({"q1": "no", "q2": "yes"})) == ("q2",)
    assert routing.doubts(routing.state({"q1": "yes", "q2": "yes"})) == ()
    assert routing.doubts(routing.state({"q1": "no"})) == ()


def test_what_looks_contradictory_is_said_in_every_language_of_the_shipped_form() -> None:
    form = xlsform.compiled(xlsform.load(paths.resource("forms", "iaow-violence.csv")))
    doubtful = [question for question in form.questions if question.doubt]
    assert len(doubtful) == 20
    again = Form.from_json(form.to_json())
    for question in doubtful:
        said = {question.doubt_message.in_language(one) for one in form.languages}
        assert len(said) == len(form.languages) == 2
        assert again.question_by_name[question.name].doubt_message == question.doubt_message
