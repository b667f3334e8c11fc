"""What lies behind a figure: its cases, and what one of them would change."""

from fractions import Fraction
from pathlib import Path

import pytest
import small_form
from small_inspection import CASES, PASSPHRASE, Inspection, inspection, sign_off_all

from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.model import Line
from hmip_desktop.operations import assess, behind, collate, report
from hmip_desktop.operations.behind import Place
from hmip_desktop.operations.reading import Reading
from hmip_desktop.scoring import Judged, scores


@pytest.fixture
def made(tmp_path: Path) -> Inspection:
    """Everybody signed everything off, with yes; then one case said no, and one n/a."""
    made = inspection(tmp_path)
    for path in made.files.values():
        sign_off_all(path)
    for reference, value in ((CASES[0], "no"), (CASES[1], "na")):
        (path,) = [made.files[name] for name in made.files if reference in made.own(name)]
        with Document.open(path, PASSPHRASE) as opened:
            assess.reopen(Reading(opened), reference, "Seen again")
            assess.answer(Reading(opened), reference, "q4_1_04", value)
            assess.note(Reading(opened), reference, "q4_1_04", "Seen in the file")
            assess.sign_off(Reading(opened), [reference])
    with Document.open(made.lead, PASSPHRASE) as lead:
        collate.merge(lead, list(made.files.values()))
    return made


def places(reading: Reading, question: str) -> dict[str, Place]:
    return {one.case: one.place for one in behind.behind(reading, question)}


def test_every_case_behind_a_score_has_one_place(made: Inspection) -> None:
    with Document.open(made.lead, PASSPHRASE, write=False) as lead:
        reading = Reading(lead)
        found = behind.behind(reading, "4.1.04")
        assert [one.place for one in found] == [*[Place.ABOVE] * 4, Place.BELOW, Place.NOT_COUNTED]
        assert [one.case for one in found[-2:]] == [CASES[0], CASES[1]]
        assert (found[4].value, found[4].note) == ("no", "Seen in the file")
        assert set(places(reading, "q5_1_02").values()) == {Place.MISSING}
        assert set(places(reading, "q4_1_03").values()) == {Place.MISSING}
        score = next(
            one for one in report.scored(reading).scores.questions if one.question.name == "q4_1_04"
        )
        assert (score.above, score.below, score.not_counted) == (4, 1, 1)


def test_it_is_said_what_one_case_would_change(made: Inspection) -> None:
    with Document.open(made.lead, PASSPHRASE, write=False) as lead:
        reading = Reading(lead)
        found = behind.behind(reading, "q4_1_04")
        (up,) = behind.if_moved(reading, "q4_1_04", found[4].key)
        assert (up.line, up.share) == (Line.ABOVE, Fraction(1))
        assert {one.id: one.score for one in up.sections} == {"4": Fraction(1), "5": Fraction(1)}
        (down,) = behind.if_moved(reading, "q4_1_04", found[0].key)
        assert (down.line, down.share) == (Line.BELOW, Fraction(3, 5))
        assert [one.score for one in down.sections] == [
            (1 + 1 + Fraction(3, 5)) / 3,
            (1 + Fraction(3, 5)) / 2,
        ]
        both = behind.if_moved(reading, "q4_1_04", found[5].key)
        assert [(one.line, one.share) for one in both] == [
            (Line.ABOVE, Fraction(5, 6)),
            (Line.BELOW, Fraction(4, 6)),
        ]


def test_a_question_that_is_not_scored_or_not_asked_moves_nothing(made: Inspection) -> None:
    with Document.open(made.lead, PASSPHRASE) as lead:
        reading = Reading(lead)
        key = behind.behind(reading, "q5_1_02")[0].key
        assert behind.if_moved(reading, "q5_1_02", key) == ()
        assert behind.sections_of(reading.form, reading.question("q5_1_02")) == frozenset()
        with pytest.raises(Refused) as refused:
            behind.behind(reading, "q9")
        assert refused.value.code is Code.QUESTION_UNKNOWN


def test_a_case_that_does_not_count_is_behind_no_figure(tmp_path: Path) -> None:
    made = inspection(tmp_path)
    with Document.open(made.lead, PASSPHRASE, write=False) as lead:
        reading = Reading(lead)
        key = next(iter(reading.assessments))
        assert behind.behind(reading, "q4_1_01") == ()
        assert behind.if_moved(reading, "q4_1_01", key) == ()


def test_moving_an_answer_leaves_the_others_alone(tmp_path: Path) -> None:
    form = small_form.form_of(tmp_path)
    question = form.question_by_name["q4_1_02"]
    asked = frozenset({"q4_1_01", "q4_1_02"})
    judged = [Judged(asked, {"q4_1_01": "yes", "q4_1_02": value}) for value in ("yes", "no", "")]
    before = scores(form, judged)
    after = behind.scores_if(form, judged, 2, question, Line.ABOVE)
    assert after is not None
    changed = [
        one.question.name
        for one, other in zip(after.questions, before.questions, strict=True)
        if one != other
    ]
    assert changed == ["q4_1_02"]
    assert after.questions[1].proportion == Fraction(2, 3)
    assert behind.scores_if(form, judged, 0, form.question_by_name["q5_1_04"], Line.ABOVE) is None
    unsettled = [Judged(asked, {}, frozenset({"q4_1_02"}))]
    assert behind.place_of(question, unsettled[0]) is Place.IN_CONFLICT
    settled = behind.scores_if(form, unsettled, 0, question, Line.BELOW)
    assert settled is not None
    assert (settled.questions[1].below, settled.questions[1].in_conflict) == (1, 0)
