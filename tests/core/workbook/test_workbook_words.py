"""Words for proportions, texts that Excel tells apart, routing in words, personal details."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_book import SMALL, form, question, words

from hmip_desktop.errors import Fault
from hmip_desktop.form.model import Choice, Kind
from hmip_desktop.workbook.factors import factors
from hmip_desktop.workbook.personal import Detail, details, given_names
from hmip_desktop.workbook.routing_words import ALWAYS, asked_when
from hmip_desktop.workbook.telling import LONGEST, told_apart
from hmip_desktop.workbook.wording import Phrase, checked, in_words, phrases

TABLE = phrases()


def test_each_whole_percentage_has_one_phrase_and_no_phrase_has_two_ranges() -> None:
    covered = [percent for one in TABLE for percent in range(one.low, one.high + 1)]
    assert covered == list(range(101))
    assert len({one.words for one in TABLE}) == len(TABLE)


@pytest.mark.parametrize(
    "ranges",
    [
        ((0, 49), (51, 100)),
        ((0, 50), (50, 100)),
        ((0, 99),),
        ((1, 100),),
        ((51, 100), (0, 50)),
    ],
)
def test_a_table_with_a_gap_or_an_overlap_is_a_fault(ranges: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(Fault):
        checked(tuple(Phrase(low, high, f"{low} to {high}") for low, high in ranges))


def test_a_table_that_somebody_spoilt_is_a_fault(tmp_path: Path) -> None:
    spoilt = tmp_path / "words.csv"
    spoilt.write_text("from_percent,to_percent,phrase\n0,100,\n", encoding="utf-8")
    with pytest.raises(Fault):
        phrases(spoilt)


@pytest.mark.parametrize(
    ("above", "judged", "said"),
    [
        (0, 9, "none"),
        (1, 400, "very few"),
        (24, 74, "one-third"),
        (52, 80, "nearly two-thirds"),
        (2, 3, "two-thirds"),
        (3, 4, "three-quarters"),
        (399, 400, "almost all"),
        (7, 7, "all"),
    ],
)
def test_a_share_in_the_words_of_reports(above: int, judged: int, said: str) -> None:
    assert in_words(Fraction(above, judged), TABLE) == said


def test_only_none_is_none_and_only_all_is_all() -> None:
    assert in_words(Fraction(1, 10_000), TABLE) != "none"
    assert in_words(Fraction(9_999, 10_000), TABLE) != "all"
    assert in_words(None, TABLE) == ""


@given(st.lists(st.text(max_size=12), max_size=6))
def test_texts_told_apart_differ_also_without_capitals(texts: list[str]) -> None:
    shown = [text.casefold() for text in told_apart(texts)]
    assert len(set(shown)) == len(texts)


def test_plain_labels_stay_as_they_are_and_strange_ones_get_their_place() -> None:
    assert told_apart(["Yes", "No", "Not applicable"]) == ("Yes", "No", "Not applicable")
    assert told_apart(["1", "2", "10"]) == ("1", "2", "10")
    assert told_apart(["late", "Late"]) == ("late (1)", "Late (2)")
    assert told_apart(["TRUE", "1/2", "5 May"]) == ("TRUE (1)", "1/2 (2)", "5 May (3)")
    assert told_apart(["<5 days"]) == ("“<5 days”",)
    assert len(told_apart(["long " * 200])[0]) <= LONGEST + 10


def test_routing_in_words() -> None:
    first = question("q1_1")
    several = question("q1_2", kind=Kind.SELECT_MULTIPLE, scored=False)
    asked = question(
        "q1_3",
        relevant=(
            "/data/q1_1  = 'partly' or  /data/q1_1 = 'no'",
            "selected( /data/q1_2 , 'yes') and not(/data/q1_1 != '')",
        ),
    )
    own = form({}, (first, several, asked))
    assert asked_when(own, first) == ALWAYS
    assert asked_when(own, asked) == (
        "(1.1 is “Yes, in part” or 1.1 is “No”) and 1.2 includes “Yes” and not(1.1 has an answer)"
    )


def test_the_factors_are_the_questions_that_a_list_opens() -> None:
    choices = (Choice("alcohol", words("Alcohol")), Choice("drug_use", words("Drugs")))
    opener = question("q0_2", kind=Kind.SELECT_MULTIPLE, choices=choices, scored=False)
    opened = [
        question(
            f"q3_{number}_{choice.name}",
            label=f"{choice.label}: was {what}?",
            relevant=(f"selected({opener.path}, '{choice.name}')",),
        )
        for number, what in ((4, "enough done"), (5, "there progress"))
        for choice in choices
    ]
    found = factors(form({}, (opener, *opened)))
    assert found is not None
    assert [measure.label for measure in found.measures] == [
        "Was enough done?",
        "Was there progress?",
    ]
    assert [choice.name for choice in found.choices] == ["alcohol", "drug_use"]
    assert factors(SMALL) is None


NAMED = [
    ("Spoke to Mrs Jones about the plan.", Detail.NAME),
    ("J. Smith has not signed.", Detail.NAME),
    ("She said that Kayleigh knew.", Detail.NAME),
    ("Ring 0151 496 0123 first", Detail.PHONE),
    ("07700 900123", Detail.PHONE),
    ("+44 7700 900 123", Detail.PHONE),
    ("lives at L1 8JQ now", Detail.POSTCODE),
    ("l18jq", Detail.POSTCODE),
    ("someone@example.org", Detail.EMAIL),
    ("NI number AB 12 34 56 C", Detail.NUMBER),
]


@pytest.mark.parametrize(("text", "detail"), NAMED)
def test_what_looks_like_a_personal_detail_is_marked(text: str, detail: Detail) -> None:
    assert details(text, given_names()) == (detail,)


@pytest.mark.parametrize(
    "text",
    [
        "The plan was made 15 days late; OASys agreed.",
        "Section 4.1.12, form 2013.1, 74 cases, 12/05/2013",
        "Children's Services and the Police were told.",
        "The order will last until May. He will mark the day.",
        "MAPPA Level 2, PSR, RoSH high",
    ],
)
def test_ordinary_evidence_is_not_marked(text: str) -> None:
    assert details(text, given_names()) == ()
