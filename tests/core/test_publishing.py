"""What is open before publishing, groups beside each other, and the draft in words."""

from pathlib import Path

import small_form
from small_inspection import CASES, PASSPHRASE, Inspection, copy, inspection, sign_off_all, work

from hmip_desktop.casefile.document import Document
from hmip_desktop.form.model import Form
from hmip_desktop.operations import assess, collate, drafting, groups, publishing, report
from hmip_desktop.operations.publishing import Check
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.report import Scored
from hmip_desktop.scoring import Judged, scores
from hmip_desktop.summary.sentences import Style


def merged(made: Inspection) -> None:
    with Document.open(made.lead, PASSPHRASE) as lead:
        collate.merge(lead, list(made.files.values()))


def open_ones(reading: Reading, small_group: int = 1, field: str = "") -> dict[Check, list[str]]:
    found = publishing.checks(reading, small_group, field)
    assert [one.check for one in found] == list(Check)
    return {one.check: [spot.named for spot in one.spots] for one in found if one.is_open}


def test_when_all_is_signed_off_nothing_is_open(tmp_path: Path) -> None:
    made = inspection(tmp_path)
    for path in made.files.values():
        sign_off_all(path)
    merged(made)
    with Document.open(made.lead, PASSPHRASE, write=False) as lead:
        reading = Reading(lead)
        assert open_ones(reading, small_group=3, field="ldu") == {}
        few = open_ones(reading, small_group=4, field="ldu")
        assert few == {Check.SMALL_GROUPS: ["North", "South"]}
        assert len(open_ones(reading, small_group=7)[Check.FEW_ANSWERS]) == 4


def test_everything_that_is_open_is_listed(tmp_path: Path) -> None:
    made = inspection(tmp_path)
    sign_off_all(made.files["Bob"])
    ann, mine = made.files["Ann"], made.own("Bob")
    copied = copy(ann, tmp_path / "copied" / "Ann.hmip")
    work(ann, [(0, "q4_1_01", "yes")])
    work(copied, [(0, "q4_1_01", "no")])
    with Document.open(made.files["Bob"], PASSPHRASE) as opened:
        assess.reopen(Reading(opened), mine[0], "Seen again")
        assess.sign_off(Reading(opened), [mine[0]])
    with Document.open(made.lead, PASSPHRASE) as lead:
        collate.merge(lead, [ann, copied, made.files["Bob"]])
        key = Reading(lead).assessment_for(mine[1]).assessment.key
        collate.ask(Reading(lead), key, "On what does it rest?", question="q4_1_01")
        reading = Reading(lead)
        found = open_ones(reading, small_group=0)
        assert found.pop(Check.PROVISIONAL) == ["Small 2013"]
        assert found == {
            Check.UNFINISHED: sorted(set(CASES) - set(mine)),
            Check.CONFLICTS: [made.own("Ann")[0]],
            Check.QUERIES: [mine[1]],
            Check.REOPENED: [mine[0]],
        }


def small_scored(form: Form, *answers: dict[str, str], preliminary: bool = False) -> Scored:
    asked = frozenset({"q4_1_01", "q4_1_02", "q4_1_04", "q5_1_01"})
    result = scores(form, [Judged(asked, one) for one in answers])
    return Scored(result, len(answers), 0, provisional=False, preliminary=preliminary)


def test_two_groups_are_compared_the_largest_difference_first(tmp_path: Path) -> None:
    form = small_form.form_of(tmp_path)
    yes, no = {"q4_1_01": "yes", "q4_1_02": "yes"}, {"q4_1_01": "yes", "q4_1_02": "no"}
    first = small_scored(form, *[{**yes, "q5_1_01": "yes"}] * 20)
    second = small_scored(form, *[no] * 20)
    found = groups.compared(first, second)
    assert [one.first.question.name for one in found] == ["q4_1_02", "q4_1_01"]
    assert [one.difference for one in found] == [1, 0]
    assert [one.apart for one in found] == [True, False]
    assert groups.pooled(second, "4") == groups.Pooled(20, 40)
    assert groups.pooled(second, "5") == groups.Pooled(0, 0)


def test_fields_of_the_sample_are_offered_once(tmp_path: Path) -> None:
    made = inspection(tmp_path)
    with Document.open(made.lead, PASSPHRASE, write=False) as lead:
        assert sorted(groups.fields(Reading(lead))) == ["ldu", "rosh"]


def test_a_section_is_drafted_from_its_figures(tmp_path: Path) -> None:
    form = small_form.form_of(tmp_path)
    yes, no = {"q4_1_01": "yes", "q4_1_02": "yes"}, {"q4_1_01": "yes", "q4_1_02": "no"}
    scored = small_scored(form, *[yes] * 36, *[no] * 10)
    (draft,) = drafting.drafts(form, scored, Style())
    assert draft.title == "4 Doing the work"
    assert draft.text == (
        "The score is 89% (a large majority): the mean of its criteria, from 46 cases. "
        "By criterion: 4.1 Keeping people safe, 89%. "
        "In 46 of 46 cases (100%: all) the answer to “Was there a plan?” was “Yes”. "
        "In 36 of 46 cases (78%: more than three-quarters) the answer to “Was it good?” "
        "was “Yes”."
    )


def test_a_draft_has_no_percentage_of_a_few_and_says_what_it_is(tmp_path: Path) -> None:
    form = small_form.form_of(tmp_path)
    scored = small_scored(form, {"q5_1_01": "yes"}, {"q5_1_01": "no"}, preliminary=True)
    (draft,) = drafting.drafts(form, scored, Style())
    assert draft.text.startswith("Preliminary: ")
    assert "In 1 of 2 cases the answer to “Were victims told?” was “Yes”." in draft.text
    assert drafting.drafts(form, small_scored(form), Style()) == ()


def test_many_questions_are_told_by_their_ends_or_all_by_criterion(tmp_path: Path) -> None:
    rows = [f"select_one yn | q4_1_{at:02} | Question {at}? | 4.1 5.1 | yes" for at in range(1, 9)]
    head = "type | name | label | bind::hmip:criteria | bind::hmip:scored"
    groups_of = ("begin_group | s{0} | Section {0}", "begin_group | c{0}_1 | Criterion {0}")
    inside = [one.format(4) for one in groups_of] + rows + ["end_group", "end_group"]
    other = [one.format(5) for one in groups_of]
    last = ["select_one yn | q5_1_01 | The last? | | yes", "end_group", "end_group"]
    form = small_form.form_of(tmp_path, small_form.sheets(head, *inside, *other, *last))
    asked = frozenset(question.name for question in form.answerable)
    answers = {f"q4_1_{at:02}": "yes" if at > 2 else "no" for at in range(1, 9)}
    result = scores(form, [Judged(asked, {**answers, "q5_1_01": "yes"})])
    scored = Scored(result, 1, 0, provisional=False)
    few = drafting.drafts(form, scored, Style())[0].text
    assert few.count("the answer to") == 5  # what is all above the line is no lowest
    assert few.index("“Question 3?”") < few.index("The lowest shares") < few.index("“Question 1?”")
    both = drafting.drafts(form, scored, Style(every=True))
    assert [one.text.count("the answer to") for one in both] == [8, 9]
    assert [len(one.text.splitlines()) for one in both] == [2, 2]


def test_unfinished_cases_count_only_when_asked_for(tmp_path: Path) -> None:
    made = inspection(tmp_path)
    work(made.files["Ann"], [(0, "q4_1_01", "yes")])
    merged(made)
    with Document.open(made.lead, PASSPHRASE, write=False) as lead:
        reading = Reading(lead)
        assert report.counted(reading) == ()
        (one,) = report.counted(reading, preliminary=True)
        assert one.assessor == "Ann"
        assert report.scored(reading, preliminary=True).preliminary
