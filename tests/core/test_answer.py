import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.answer import spelt
from hmip_desktop.form.model import Choice, Kind, Question, Wording

CHOICES = tuple(
    Choice(name, Wording((("default", name.title()),))) for name in ("yes", "no", "not_done")
)


def question(kind: Kind) -> Question:
    return Question("q4_1_01", kind, Wording(), "/data/q4_1_01", "g", choices=CHOICES)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.SELECT_ONE, "yes", "yes"),
        (Kind.SELECT_ONE, "  yes\n", "yes"),
        (Kind.SELECT_ONE, " ", ""),
        (Kind.SELECT_MULTIPLE, "no yes", "yes no"),
        (Kind.SELECT_MULTIPLE, "no  no", "no"),
        (Kind.SELECT_MULTIPLE, "", ""),
        (Kind.INTEGER, " 007 ", "7"),
        (Kind.INTEGER, "-0", "0"),
        (Kind.INTEGER, "+5", "5"),
        (Kind.DECIMAL, "2", "2"),
        (Kind.DECIMAL, ".5", "0.5"),
        (Kind.DATE, "2013-05-06", "2013-05-06"),
        (Kind.DATE, " 2013-05-06 ", "2013-05-06"),
        (Kind.TEXT, " two  words ", " two  words "),
        (Kind.TEXT, "line\nline", "line\nline"),
        (Kind.TEXT, " \n ", ""),
    ],
)
def test_an_answer_is_kept_in_one_spelling(kind: Kind, typed: str, kept: str) -> None:
    assert spelt(question(kind), typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.SELECT_ONE, "Yes"),
        (Kind.SELECT_ONE, "yes no"),
        (Kind.SELECT_MULTIPLE, "yes perhaps"),
        (Kind.INTEGER, "7.5"),
        (Kind.INTEGER, "7e3"),
        (Kind.INTEGER, "seven"),
        (Kind.DECIMAL, "nan"),
        (Kind.DECIMAL, "inf"),
        (Kind.DECIMAL, "1e999"),
        (Kind.DECIMAL, "1,5"),
        (Kind.DATE, "6 May 2013"),
        (Kind.DATE, "06/05/2013"),
        (Kind.DATE, "2013-02-30"),
        (Kind.NOTE, "words"),
        (Kind.CALCULATE, "1"),
    ],
)
def test_what_cannot_stand_as_an_answer_is_refused(kind: Kind, typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        spelt(question(kind), typed)
    assert refusal.value.code is Code.VALUE_UNUSABLE


def test_a_number_of_four_hundred_digits_is_refused() -> None:
    with pytest.raises(Refused):
        spelt(question(Kind.INTEGER), "9" * 400)


KINDS = st.sampled_from([kind for kind in Kind if kind not in (Kind.NOTE, Kind.CALCULATE)])
TYPED = st.one_of(
    st.text(max_size=30),
    st.integers(-(10**30), 10**30).map(str),
    st.floats().map(repr),
    st.dates().map(str),
    st.lists(st.sampled_from(["yes", "no", "not_done"])).map(" ".join),
)


@given(KINDS, TYPED)
def test_spelling_twice_is_spelling_once(kind: Kind, typed: str) -> None:
    try:
        kept = spelt(question(kind), typed)
    except Refused as refusal:
        assert refusal.code is Code.VALUE_UNUSABLE  # noqa: PT017
    else:
        assert spelt(question(kind), kept) == kept


@given(KINDS, st.text("abcdefgxyz ", min_size=12, max_size=40).filter(str.strip))
def test_a_refusal_never_repeats_what_was_typed(kind: Kind, typed: str) -> None:
    try:
        spelt(question(kind), typed)
    except Refused as refusal:
        assert typed.strip() not in refusal.sentence  # noqa: PT017
        assert typed.strip() not in repr(refusal)  # noqa: PT017
