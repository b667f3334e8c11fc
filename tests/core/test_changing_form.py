"""A later version of the form in the middle of fieldwork: every answer is kept."""

from pathlib import Path

import pytest
import small_form
from small_form import CHOICES, SETTINGS, SURVEY, Sheets
from small_inspection import (
    PASSPHRASE,
    Inspection,
    SetClock,
    forge,
    inspection,
    sign_off_all,
    work,
)

from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import comparing, xlsform
from hmip_desktop.form.comparing import Difference
from hmip_desktop.operations import assess, changing_form, collate, handing_out, report
from hmip_desktop.operations.changing_form import FormChange
from hmip_desktop.operations.reading import Reading


def without(rows: tuple[tuple[str, ...], ...], name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(row for row in rows if row[1] != name)


def version(number: str, survey: object = SURVEY, choices: object = CHOICES) -> Sheets:
    said = (SETTINGS[0], (*SETTINGS[1][:2], number, *SETTINGS[1][3:]))
    return {"survey": survey, "choices": choices, "settings": said}  # type: ignore[dict-item]


ADDED = (
    *SURVEY[:7],
    ("select_one yn", "q4_1_05", "Was it on time?", "${q4_1_01} = 'yes'", "yes", "", "", "yes"),
    *SURVEY[7:],
)
WITHOUT_VICTIMS = without(SURVEY, "q4_1_04")
NA_IS_BELOW = ("yn", "na", "Not applicable", "below", "")
WITHOUT_NO = tuple(
    NA_IS_BELOW if row[:2] == NA_IS_BELOW[:2] else row for row in CHOICES if row[1] != "no"
)
NO_COUNTS = tuple(
    {"no": (*row[:3], "above", ""), "na": NA_IS_BELOW}.get(row[1], row) for row in CHOICES
)


@pytest.fixture
def week(tmp_path: Path) -> Inspection:
    """Ann has begun, Bob has finished, and both have handed in."""
    made = inspection(tmp_path / "week")
    work(made.files["Ann"], [(0, "q4_1_01", "yes"), (0, "q4_1_02", "no"), (0, "q4_1_04", "no")])
    sign_off_all(made.files["Bob"])
    with Document.open(made.lead, PASSPHRASE, clock=SetClock()) as lead:
        collate.merge(lead, [made.files["Ann"], made.files["Bob"]])
    return made


def saved(folder: Path, sheets: Sheets) -> Path:
    folder.mkdir(exist_ok=True)
    return small_form.as_xlsx(folder / "later.xlsx", sheets)


def changed(made: Inspection, folder: Path, sheets: Sheets) -> FormChange:
    """Take a version into use, in the lead's file."""
    with Document.open(made.lead, PASSPHRASE, clock=SetClock()) as lead:
        reading = Reading(lead)
        source = xlsform.load(saved(folder, sheets))
        change = changing_form.plan(reading, source, xlsform.compiled(source))
        changing_form.apply(reading, change)
    return change


def refused(made: Inspection, source: Path) -> Code:
    given = xlsform.load(source)

    def plan() -> None:
        with Document.open(made.lead, PASSPHRASE, write=False) as lead:
            changing_form.plan(Reading(lead), given, xlsform.compiled(given))

    with pytest.raises(Refused) as refusal:
        plan()
    return refusal.value.code


def test_what_is_different_is_told_question_by_question(tmp_path: Path) -> None:
    before = xlsform.compiled(xlsform.load(saved(tmp_path / "a", version("7"))))
    survey = (
        *(
            (*row[:2], "Was it good enough?", "", *row[4:]) if row[1] == "q4_1_02" else row
            for row in without(ADDED, "q5_1_04")
        ),
    )
    after = xlsform.compiled(xlsform.load(saved(tmp_path / "b", version("8", survey, NO_COUNTS))))
    found = {one.question.name: one for one in comparing.changes(before, after)}
    assert found["q4_1_05"].differences == (Difference.NEW,)
    assert found["q5_1_04"].differences == (Difference.GONE,)
    assert set(found["q4_1_02"].differences) == {
        Difference.LINE,
        Difference.ROUTING,
        Difference.WORDS,
    }
    assert found["q4_1_01"].differences == (Difference.LINE,)
    assert found["q4_1_01"].choices == ("No", "Not applicable")
    assert "q4_1_03" not in found
    assert comparing.changes(before, before) == ()


def test_a_new_question_is_asked_and_every_answer_stands(week: Inspection, tmp_path: Path) -> None:
    change = changed(week, tmp_path / "forms", version("8", ADDED))
    assert {one.signed_off for one in change.effects} == {True, False}
    assert all(one.to_answer == ("q4_1_05",) for one in change.effects)
    assert not any(one.set_aside for one in change.effects)
    with Document.open(week.lead, PASSPHRASE, write=False) as lead:
        reading = Reading(lead)
        assert reading.form.version == "8"
        scored = report.scored(reading).scores
        by_name = {one.question.name: one for one in scored.questions}
        assert by_name["q4_1_05"].missing == scored.assessments == 2
        assert by_name["q4_1_01"].above == 2


def test_a_question_taken_away_keeps_its_answers_for_the_version_before(
    week: Inspection, tmp_path: Path
) -> None:
    with Document.open(week.lead, PASSPHRASE, write=False) as lead:
        entries = {one.id for one in lead.journal}
        before = report.scored(Reading(lead)).scores
    change = changed(week, tmp_path / "forms", version("8", WITHOUT_VICTIMS))
    assert all(one.set_aside == ("q4_1_04",) for one in change.effects)
    with Document.open(week.lead, PASSPHRASE, write=False) as lead:
        reading = Reading(lead)
        assert entries < {one.id for one in lead.journal}
        assert "q4_1_04" not in {
            one.question.name for one in report.scored(reading).scores.questions
        }
        rows = report.history_rows(reading, "MER-001")
        assert any(row.what == "answer/q4_1_04" for row in rows)
    changed(week, tmp_path / "forms", version("9"))
    with Document.open(week.lead, PASSPHRASE, write=False) as lead:
        after = report.scored(Reading(lead)).scores
        assert [one.score for one in after.sections] == [one.score for one in before.sections]
        assert after.questions == before.questions


def test_a_choice_taken_away_is_an_answer_to_give_again(week: Inspection, tmp_path: Path) -> None:
    change = changed(week, tmp_path / "forms", version("8", choices=WITHOUT_NO))
    ann = next(one for one in change.effects if "q4_1_02" in one.set_aside)
    assert "q4_1_02" in ann.to_answer
    with Document.open(week.lead, PASSPHRASE, write=False) as lead:
        one = Reading(lead).assessment_for(ann.reference)
        assert one.assessment.answers["q4_1_02"] == "no"
        assert "q4_1_02" in one.state.unanswered


def test_a_choice_across_the_line_moves_the_score_that_is_told(
    week: Inspection, tmp_path: Path
) -> None:
    with Document.open(week.files["Cat"], PASSPHRASE, clock=SetClock()) as cat:
        for one in Reading(cat).assessments.values():
            for name in ("q4_1_01", "q5_1_01", "q4_1_04"):
                assess.answer(Reading(cat), one.case.reference, name, "no")
        own = [one.case.reference for one in Reading(cat).assessments.values()]
        assess.sign_off(Reading(cat), own)
    with Document.open(week.lead, PASSPHRASE, clock=SetClock()) as lead:
        collate.merge(lead, [week.files["Cat"]])
    change = changed(week, tmp_path / "forms", version("8", choices=NO_COUNTS))
    assert all(move.before is not None and move.before < 1 for move in change.scores)
    assert [move.after for move in change.scores] == [1, 1]
    with Document.open(week.lead, PASSPHRASE, write=False) as lead:
        now = report.scored(Reading(lead)).scores
    assert [one.score for one in now.sections] == [move.after for move in change.scores]


def test_an_assessor_gets_it_with_a_fresh_file_and_may_still_hand_in_the_old_one(
    week: Inspection, tmp_path: Path
) -> None:
    changed(week, tmp_path / "forms", version("8", ADDED))
    work(week.files["Ann"], [(1, "q4_1_01", "no")])
    with Document.open(week.lead, PASSPHRASE, clock=SetClock()) as lead:
        collate.merge(lead, [week.files["Ann"]])
        assert Reading(lead).form.version == "8"
        made = handing_out.hand_out(lead, tmp_path / "fresh")
    fresh = next(one.path for one in made if one.path.stem == "Ann")
    with Document.open(week.files["Ann"], PASSPHRASE, clock=SetClock()) as ann:
        assert Reading(ann).form.version == "7"
        collate.merge(ann, [fresh])
        reading = Reading(ann)
        assert reading.form.version == "8"
        first = next(iter(reading.assessments.values()))
        assert "q4_1_05" in first.state.unanswered
        assert first.assessment.answers["q4_1_02"] == "no"


def test_two_leads_with_two_versions_have_a_conflict_to_settle(
    week: Inspection, tmp_path: Path
) -> None:
    deputy = Inspection(tmp_path / "deputy.hmip", week.files)
    deputy.lead.write_bytes(week.lead.read_bytes())
    changed(week, tmp_path / "forms", version("8", ADDED))
    changed(deputy, tmp_path / "forms", version("9", WITHOUT_VICTIMS))
    with Document.open(week.lead, PASSPHRASE, clock=SetClock()) as lead:
        merged = collate.merge(lead, [deputy.lead])
        (conflict,) = merged.conflicts
        eight = next(side for side in conflict.sides if lead.form(side.value)["version"] == "8")  # type: ignore[index,arg-type]
        collate.settle(lead, conflict.id, eight.id, "agreed")
        assert Reading(lead).form.version == "8"


@pytest.mark.parametrize(
    "sheets",
    [
        version("7"),  # the very form in use
        version("7", ADDED),  # another under the same version
        {**version("8"), "settings": (SETTINGS[0], ("Other", "other", "8", SETTINGS[1][3]))},
        version("8", (*SURVEY, ("select_one nothing", "q9", "?", "", "", "", "", ""))),
    ],
    ids=["in use", "same version", "another form", "broken"],
)
def test_what_is_no_later_version_is_refused_and_changes_nothing(
    week: Inspection, tmp_path: Path, sheets: Sheets
) -> None:
    source = saved(tmp_path / "forms", sheets)
    before = week.lead.read_bytes()
    assert refused(week, source) is Code.FORM_UNUSABLE
    assert week.lead.read_bytes() == before


def test_only_the_lead_changes_the_form(week: Inspection, tmp_path: Path) -> None:
    source = xlsform.load(saved(tmp_path / "forms", version("8", ADDED)))
    with (
        Document.open(week.files["Ann"], PASSPHRASE, clock=SetClock()) as ann,
        pytest.raises(Refused) as refusal,
    ):
        changing_form.plan(Reading(ann), source, xlsform.compiled(source))
    assert refusal.value.code is Code.NOT_THE_LEADS


def test_a_form_that_a_later_program_wrote_is_not_read_as_if_it_were_ours(tmp_path: Path) -> None:
    lead = inspection(tmp_path).lead
    forge(lead, "update form set compiled = json_set(compiled, '$.questions[0].weight', 2)")
    with Document.open(lead, PASSPHRASE) as opened, pytest.raises(Refused) as refusal:
        Reading(opened).form  # noqa: B018  it is compiled when it is asked for
    assert refusal.value.code is Code.FILE_NEWER
