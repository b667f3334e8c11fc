from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
import small_form
from hypothesis import example, given
from hypothesis import strategies as st

from hmip_desktop.errors import Fault
from hmip_desktop.form.routing import Routing
from hmip_desktop.made_answers import Among, Wanted, WantedQuestion, apportioned, deal

CASES = {f"A{n}": {"ldu": "Yes" if n % 3 else "No"} for n in range(20)}
SHARES = st.lists(st.integers(0, 9), min_size=1, max_size=5).map(
    lambda parts: {str(at): Fraction(part, max(sum(parts), 1)) for at, part in enumerate(parts)}
)


@pytest.fixture
def routing(tmp_path: Path) -> Routing:
    return Routing(small_form.form_of(tmp_path))


def test_counts_come_out_and_only_what_is_asked_is_answered(routing: Routing) -> None:
    wanted = [
        WantedQuestion("q4_1_01", (Wanted("yes", count=12), Wanted("no"))),
        WantedQuestion("q4_1_02", (Wanted("yes", share=Fraction(1, 4)), Wanted("no"))),
        WantedQuestion("q4_1_03", (Wanted("a", count=3), Wanted("b", count=2))),
        WantedQuestion("q5_1_01", field="ldu"),
    ]
    dealt = deal(routing, CASES, wanted, 1)
    assert deal(routing, CASES, wanted, 1) == dealt
    assert said(dealt, "q4_1_01") == {("yes",): 12, ("no",): 8}
    assert said(dealt, "q4_1_02") == {("yes",): 3, ("no",): 9}
    ticks = [tick for a in dealt.values() for tick in a.get("q4_1_03", "").split()]
    assert Counter(ticks) == {"a": 3, "b": 2}
    for reference, answers in dealt.items():
        assert set(answers) <= routing.state(answers).is_asked
        assert answers["q5_1_01"] == CASES[reference]["ldu"].lower()


def test_counts_that_do_not_fit_are_a_fault(routing: Routing) -> None:
    with pytest.raises(Fault):
        deal(routing, CASES, [WantedQuestion("q4_1_01", (Wanted("yes", count=21),))], 1)
    with pytest.raises(Fault):
        deal(routing, CASES, [WantedQuestion("q4_1_01", (Wanted("yes", count=19),))], 1)


PLAN = WantedQuestion("q4_1_01", (Wanted("yes", count=12), Wanted("no")))


def row(among: str, choice: str, count: int | None = None, share: Fraction | None = None) -> Wanted:
    return Wanted(choice, count, share, Among.read(among) if among else None)


def said(dealt: dict[str, dict[str, str]], question: str, *others: str) -> Counter[tuple[str, ...]]:
    """How often answers to these questions stand together, where the first is asked."""
    rows = [answers for answers in dealt.values() if question in answers]
    return Counter(tuple(a.get(name, "") for name in (question, *others)) for a in rows)


def test_each_block_comes_out_exactly_whatever_the_chance(routing: Routing) -> None:
    victims = WantedQuestion(
        "q4_1_04",
        (
            row("q4_1_01=yes", "yes", count=9),
            row("q4_1_01=yes", "no"),
            row("", "yes", share=Fraction(1, 4)),
            row("", "no"),
        ),
    )
    for seed in range(20):
        dealt = deal(routing, CASES, [PLAN, victims], seed)
        assert deal(routing, CASES, [PLAN, victims], seed) == dealt
        assert said(dealt, "q4_1_04", "q4_1_01") == {
            ("yes", "yes"): 9,
            ("no", "yes"): 3,
            ("yes", "no"): 2,
            ("no", "no"): 6,
        }


def test_a_case_belongs_to_the_first_block_that_fits(routing: Routing) -> None:
    narrow, wide = row("field:ldu=No", "no"), row("q4_1_01=yes no", "yes")
    for choices, yes in (((narrow, wide), 13), ((wide, narrow), 20)):
        dealt = deal(routing, CASES, [PLAN, WantedQuestion("q4_1_04", choices)], 1)
        assert said(dealt, "q4_1_04")["yes",] == yes


def test_rows_without_among_are_for_the_cases_left_wherever_they_stand(routing: Routing) -> None:
    rows = (row("", "yes", count=13), row("field:ldu=no", "no"))
    dealt = deal(routing, CASES, [WantedQuestion("q4_1_04", rows)], 1)
    assert {ref for ref, a in dealt.items() if a["q4_1_04"] == "no"} == {
        ref for ref, fields in CASES.items() if fields["ldu"] == "No"
    }


def test_ticks_are_dealt_in_blocks_and_make_blocks(routing: Routing) -> None:
    wanted = [
        WantedQuestion("q4_1_01", (Wanted("yes"),)),
        WantedQuestion("q4_1_02", (Wanted("yes"),)),
        WantedQuestion(
            "q4_1_03", (row("field:ldu=No", "a"), row("field:ldu=No", "b", count=3), row("", "c"))
        ),
        WantedQuestion("q4_1_04", (row("q4_1_03~b c", "yes"), row("", "no"))),
    ]
    for seed in range(20):
        assert said(deal(routing, CASES, wanted, seed), "q4_1_03", "q4_1_04") == {
            ("a b", "yes"): 3,
            ("a", "no"): 4,
            ("c", "yes"): 13,
        }


@pytest.mark.parametrize(
    ("question", "rows", "block"),
    [
        ("q4_1_04", (row("q4_1_01=yes", "yes", count=13), row("", "no")), " among q4_1_01=yes"),
        ("q4_1_04", (row("q4_1_01=yes", "yes", count=11), row("", "no")), " among q4_1_01=yes"),
        ("q4_1_04", (row("q4_1_01=yes", "yes"),), ""),
        ("q4_1_03", (row("field:ldu=No", "a", count=8), row("", "b")), " among field:ldu=No"),
        ("q4_1_03", (row("", "a", count=13),), ""),
    ],
)
def test_counts_that_do_not_fit_name_the_question_and_the_block(
    routing: Routing, question: str, rows: tuple[Wanted, ...], block: str
) -> None:
    wanted = [
        PLAN,
        WantedQuestion("q4_1_02", (Wanted("yes"),)),
        WantedQuestion(question, rows),
    ]
    with pytest.raises(Fault, match=rf"^{question} is asked \d+ times{block};"):
        deal(routing, CASES, wanted, 1)


@pytest.mark.parametrize(
    "among",
    [
        "q4_1_05=yes",  # no such question
        "q5_1_01=yes",  # it stands later
        "q4_1_04=yes",  # itself
        "q4_1_01=maybe",  # no such choice
        "q4_1_01~yes",  # one answer, not ticks
        "q4_1_03=a",  # ticks, not one answer
        "field:rosh=high",  # no such field
    ],
)
def test_a_block_that_could_never_fit_is_a_fault(routing: Routing, among: str) -> None:
    wanted = [PLAN, WantedQuestion("q4_1_04", (row(among, "yes"), row("", "no")))]
    with pytest.raises(Fault, match=r"^q4_1_04 cannot be dealt among "):
        deal(routing, CASES, wanted, 1)


@pytest.mark.parametrize("text", ["", "q4_1_01", "q4_1_01=", "=yes", "field:ldu~No", "x:ldu=No"])
def test_another_grammar_is_a_fault(text: str) -> None:
    with pytest.raises(Fault):
        Among.read(text)


@given(SHARES, st.integers(0, 200))
def test_shares_of_a_whole_come_out_within_one(shares: dict[str, Fraction], of: int) -> None:
    counts = apportioned(shares, of, of)
    assert sum(counts.values()) == (of if sum(shares.values()) else 0)
    assert all(abs(counts[name] - share * of) < 1 for name, share in shares.items())


@example({"0": Fraction(1)}, 0, 1)
@given(SHARES, st.integers(0, 50), st.integers(0, 50))
def test_shares_never_take_more_than_there_is_room(
    shares: dict[str, Fraction], room: int, of: int
) -> None:
    assert sum(apportioned(shares, room, of).values()) <= room
