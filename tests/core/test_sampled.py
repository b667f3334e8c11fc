"""What the sample says of a question: which answer it comes to, and where the two differ."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
import small_form
import small_inspection as small
from click.testing import CliRunner
from small_form import CHOICES, SETTINGS, Sheets
from small_inspection import PASSPHRASE, WORDS, Inspection, SetClock

from hmip_desktop import paths
from hmip_desktop.casefile.document import Document
from hmip_desktop.cli.assess import answer, cases
from hmip_desktop.form import comparing, problems, xlsform
from hmip_desktop.form.comparing import Difference
from hmip_desktop.form.model import Form, Question
from hmip_desktop.operations import (
    allocating,
    assess,
    collate,
    consolidate,
    exporting,
    handing_out,
    publishing,
    reviewing,
    set_up,
)
from hmip_desktop.operations.publishing import Check
from hmip_desktop.operations.reading import Reading
from hmip_desktop.sample_sheet.as_answer import answer_of
from hmip_desktop.sample_sheet.spellings import REFERENCE, SAMPLE

HEAD = ("type", "name", "label", "bind::hmip:criteria", "bind::hmip:scored", "bind::hmip:field")
CHOICES_TOO = (
    *CHOICES,
    ("ldu", "n", "North", "", ""),
    ("ldu", "s", "South", "", ""),
    ("rosh", "low", "Low", "", ""),
    ("rosh", "high", "High", "", ""),
)
COMPARED: Sheets = {
    "survey": (
        HEAD,
        ("select_one ldu", "q0_01", "Which LDU?", "", "no", "ldu"),
        ("select_one rosh", "q0_02", "Which level?", "", "no", "rosh"),
        ("begin_group", "s4", "4 Doing the work", "", "", ""),
        ("begin_group", "c4_1", "4.1 Keeping people safe", "", "", ""),
        ("select_one yn", "q4_1_01", "Was there a plan?", "4.1", "yes", ""),
        ("end_group", "", "", "", "", ""),
        ("end_group", "", "", "", "", ""),
    ),
    "choices": CHOICES_TOO,
    "settings": SETTINGS,
}


@pytest.fixture(scope="module")
def shipped() -> Form:
    """The form that ships with the program."""
    return xlsform.compiled(xlsform.load(paths.resource("forms", "iaow-violence.csv")))


def question(form: Form, field: str) -> Question:
    return next(one for one in form.questions if one.field == field)


@pytest.mark.parametrize(
    ("field", "written", "answer"),
    [
        ("ldu", "Sefton", "sefton"),
        ("ldu", "liverpool-north", "liverpool_north"),
        ("ldu", "Gogledd Lerpwl", "liverpool_north"),
        ("ldu", "Wirral", "another"),
        ("ldu", "", ""),
        ("gender", "M", "male"),
        ("gender", "woman", "female"),
        ("ethnicity", "White: Irish", "white_irish"),
        ("ethnicity", "W9", ""),
        ("case_type", "SSO", "suspended_sentence"),
        ("case_type", "Post-release licence", "licence"),
        ("rosh", "VHRH", "very_high"),
        ("rosh", "High risk of serious harm", "high"),
        ("rosh", "Not assessed", "none_recorded"),
        ("rosh", "Medium to high", ""),
        ("principal_offence", "Robbery", "robbery"),
        ("principal_offence", "Wounding?", ""),
        ("tier", "4", "tier4"),
        ("tier", "Tier 4", "tier4"),
        ("tier", "", ""),
    ],
)
def test_the_spellings_of_samples_are_known_for_the_choices_that_they_mean(
    shipped: Form, field: str, written: str, answer: str
) -> None:
    assert answer_of(question(shipped, field), written) == answer


def test_every_value_of_the_demonstration_comes_to_an_answer(shipped: Form) -> None:
    with paths.resource("demo", "sample.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    compared = [one for one in shipped.questions if one.field]
    assert len(compared) == 7
    assert all(answer_of(one, row[one.field]) for row in rows for one in compared)


def test_typed_answers_are_read_as_the_question_keeps_them(tmp_path: Path) -> None:
    form = small_form.form_of(
        tmp_path,
        small_form.sheets(
            "type | name | label | bind::hmip:field",
            "date | q1 | When? | sentence_date",
            "integer | q2 | Tier? | tier",
            "text | q3 | Who manages it? | offender_manager",
        ),
    )
    when, tier, who = form.questions
    assert answer_of(when, "6 May 2013") == "2013-05-06"
    assert answer_of(when, "not known") == ""
    assert (answer_of(tier, "4"), answer_of(tier, "four")) == ("4", "")
    assert answer_of(who, "OM 12") == "OM 12"


def test_the_fields_that_a_form_can_name_are_those_of_samples() -> None:
    assert {REFERENCE, *problems.CASE_FIELDS} == set(SAMPLE.usual)


def test_a_later_version_that_begins_to_compare_says_so(tmp_path: Path) -> None:
    before = small_form.form_of(tmp_path, COMPARED)
    compared = before.question_by_name["q0_01"]
    later = replace(before, questions=(replace(compared, field=""), *before.questions[1:]))
    (changed,) = comparing.changes(later, before)
    assert (changed.question.name, changed.differences) == ("q0_01", (Difference.FIELD,))


def test_a_misspelt_field_is_told_what_it_may_be(tmp_path: Path) -> None:
    names = ("ethnicty", "Case type", "reference", "own_region")
    rows = [f"text | q{at} | A | {name}" for at, name in enumerate(names)]
    head = "type | name | label | bind::hmip:field"
    form = small_form.as_xlsx(tmp_path / "f.xlsx", small_form.sheets(head, *rows))
    said = [str(one) for one in small_form.checked(form).problems]
    assert [text.split(": ", 1)[1] for text in said] == [
        "q0: no sample has a field ethnicty; did you mean ethnicity",
        "q1: no sample has a field Case type; did you mean case_type",
        "q2: hmip:field cannot be the reference: it names the case and is no answer",
    ]


@pytest.fixture
def week(tmp_path: Path) -> Inspection:
    """An inspection whose form compares two answers with the sample."""
    form = small_form.as_xlsx(tmp_path / "compared.xlsx", COMPARED)
    lead = tmp_path / "lead.hmip"
    plan = small.plan(tmp_path / "papers", form=form)
    set_up.new_inspection(lead, PASSPHRASE, plan, clock=SetClock())
    with Document.open(lead, PASSPHRASE, clock=SetClock()) as opened:
        allocating.allocate(opened, seed=1)
        made = handing_out.hand_out(opened, tmp_path / "out")
    return Inspection(lead, {one.path.stem: one.path for one in made})


def give(path: Path, case: str, **answers: str) -> None:
    with Document.open(path, PASSPHRASE, clock=SetClock()) as opened:
        for name, value in answers.items():
            assess.answer(Reading(opened), case, name, value)


def test_an_answer_that_differs_is_a_doubt_that_stops_nothing(week: Inspection) -> None:
    ann, (case, *_) = week.files["Ann"], week.own("Ann")
    with Document.open(ann, PASSPHRASE) as opened:
        held = Reading(opened).case(case).fields["ldu"]
    other = {"North": "s", "South": "n"}[held]
    give(ann, case, q0_01=other, q0_02="high", q4_1_01="yes")
    with Document.open(ann, PASSPHRASE) as opened:
        reading = Reading(opened)
        found = reviewing.review(reading, reading.assessment_for(case))
        (one,) = found.differing
        assert (one.question.name, one.sampled.words, one.answer) == ("q0_01", held, other)
        assert found.can_sign_off
        assess.sign_off(reading, [case])
    with Document.open(week.lead, PASSPHRASE) as lead:
        collate.merge(lead, [ann])
        reading = Reading(lead)
        checks = {one.check: one for one in publishing.checks(reading, 0)}
        assert [spot.named for spot in checks[Check.DIFFERING].spots] == [f"{case} 0.01"]
        listing = next(one for one in consolidate.book(reading).quality if "differ" in one.title)
        assert listing.rows == (
            (case, "Ann", "0.01", held, {"n": "North", "s": "South"}[other], "(no reason given)"),
        )


def test_with_a_reason_it_stands_and_is_no_longer_open(week: Inspection) -> None:
    ann, (case, *_) = week.files["Ann"], week.own("Ann")
    give(ann, case, q0_02="low")
    with Document.open(ann, PASSPHRASE, clock=SetClock()) as opened:
        assess.stands(Reading(opened), case, "q0_02", "Raised only in week three.")
    with Document.open(week.lead, PASSPHRASE) as lead:
        collate.merge(lead, [ann])
        reading = Reading(lead)
        checks = {one.check: one for one in publishing.checks(reading, 0)}
        assert not checks[Check.DIFFERING].is_open
        book = consolidate.book(reading)
        listing = next(one for one in book.quality if "differ" in one.title)
        assert [row[-1] for row in listing.rows] == ["Raised only in week three."]


def test_the_command_line_says_that_an_answer_differs(
    week: Inspection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HMIP_PASSPHRASE", WORDS)
    ann, (case, *_) = week.files["Ann"], week.own("Ann")
    said = [
        CliRunner().invoke(answer, [str(ann), case, "0.02", value]).output
        for value in ("high", "low")
    ]
    assert said == ["Saved.\n", "Saved.\nIt differs from the sample, which says: High.\n"]
    listed = json.loads(CliRunner().invoke(cases, [str(ann), "--json"]).output)
    assert {one["reference"]: one["differing"] for one in listed if one["differing"]} == {
        case: ["q0_02"]
    }


def test_the_field_of_a_question_leaves_with_the_export(week: Inspection, tmp_path: Path) -> None:
    with Document.open(week.lead, PASSPHRASE) as lead:
        exporting.export(Reading(lead), tmp_path / "export")
    with (tmp_path / "export" / "questions.csv").open(encoding="utf-8-sig", newline="") as file:
        fields = {row["question"]: row["field"] for row in csv.DictReader(file)}
    assert fields == {"q0_01": "ldu", "q0_02": "rosh", "q4_1_01": ""}
