import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import small_form
import small_inspection as small
from small_inspection import PASSPHRASE, SetClock

from hmip_desktop.casefile import reader, records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field, entry
from hmip_desktop.casefile.records import AssessmentKey, Order, Role, Status
from hmip_desktop.casefile.rows import About, Bundle, KeptForm, Session
from hmip_desktop.errors import Cancelled, Code, Refused
from hmip_desktop.ids import CaseId, FormHash, InspectionId, Json, MemberId
from hmip_desktop.operations import (
    allocating,
    assess,
    checking,
    collate,
    exporting,
    handing_out,
    report,
    set_up,
    undoing,
)
from hmip_desktop.operations.collate import Outcome
from hmip_desktop.operations.reading import Reading


@pytest.fixture
def made(tmp_path: Path) -> small.Inspection:
    return small.inspection(tmp_path)


@pytest.fixture
def ann(made: small.Inspection) -> Iterator[Document]:
    with Document.open(made.files["Ann"], PASSPHRASE, clock=SetClock()) as document:
        yield document


@pytest.fixture
def lead(made: small.Inspection) -> Iterator[Document]:
    with Document.open(made.lead, PASSPHRASE, clock=SetClock()) as document:
        yield document


def own_cases(document: Document) -> list[str]:
    return [one.case.reference for one in Reading(document).assessments.values()]


TABLES = ("document", "form", "session", "entry", "superseded")


NO_JSON = (
    "insert into entry select 'x', id, 1, '', '', 'assessment/c/m', 'answer/q', 'no json' "
    "from session limit 1"
)


def everything_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


# Setting up


def test_a_new_inspection_holds_its_form_team_and_cases(made: small.Inspection) -> None:
    with Document.open(made.lead, PASSPHRASE, write=False) as document:
        contents = Reading(document).contents
        assert [case.reference for case in contents.cases.values()] == list(small.CASES)
        assert contents.case_named(" mer-001 ") is not None
        assert {m.name: m.role for m in contents.members.values()}["Cat"] is Role.LOCAL_ASSESSOR
        assert contents.name_of(document.about.owner) == "Lee"
        assert contents.inspection.starts == "2013-05-13"
        assert checking.check(document).is_whole


WRONG_PLANS: dict[str, tuple[dict[str, object], Code]] = {
    "ends first": ({"ends": "2013-05-01"}, Code.VALUE_UNUSABLE),
    "no date": ({"starts": "13 May"}, Code.VALUE_UNUSABLE),
    "no form": ({"form": Path("nobody.xlsx")}, Code.FORM_UNREADABLE),
    "no sample": ({"sample": Path("nobody.csv")}, Code.SHEET_UNREADABLE),
    "no team": ({"team": Path("nobody.csv")}, Code.SHEET_UNREADABLE),
}


@pytest.mark.parametrize("story", WRONG_PLANS)
def test_a_refused_inspection_leaves_nothing_behind(story: str, tmp_path: Path) -> None:
    changes, code = WRONG_PLANS[story]
    plan = small.plan(tmp_path / "papers", **changes)
    with pytest.raises(Refused) as refusal:
        set_up.new_inspection(tmp_path / "new" / "lead.hmip", PASSPHRASE, plan)
    assert refusal.value.code is code
    assert not (tmp_path / "new").exists()


def test_the_lead_is_found_by_role_not_by_place(tmp_path: Path) -> None:
    team = [("name", "role"), ("Ann", "inspector"), ("Dee", "deputy lead"), ("Lee", "lead")]
    plan = small.plan(tmp_path, team=small.write_csv(tmp_path / "t.csv", team))
    set_up.new_inspection(tmp_path / "lead", PASSPHRASE, plan)
    with Document.open(tmp_path / "lead.hmip", PASSPHRASE, write=False) as document:
        assert Reading(document).contents.name_of(document.about.owner) == "Lee"


def test_allocating_again_changes_nothing(lead: Document) -> None:
    before = len(lead.journal)
    result = allocating.allocate(lead, seed=99)
    assert len(lead.journal) == before
    assert {one.assessor.name: one.first for one in result.loads} == {"Ann": 2, "Bob": 2, "Cat": 2}


def test_second_assessments_go_to_somebody_else(tmp_path: Path) -> None:
    made = small.inspection(tmp_path, second=6)
    with Document.open(made.lead, PASSPHRASE, write=False) as document:
        contents = Reading(document).contents
        for case in contents.cases:
            first, second = contents.assessments_of(case)
            assert (first.order, second.order) == (Order.FIRST, Order.SECOND)
            assert first.key.member != second.key.member


def test_setting_up_is_the_leads(ann: Document, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        allocating.allocate(ann)
    assert refusal.value.code is Code.NOT_THE_LEADS
    with pytest.raises(Refused) as refusal:
        handing_out.hand_out(ann, tmp_path / "out2")
    assert refusal.value.code is Code.NOT_THE_LEADS


def test_a_handed_out_file_holds_its_owners_cases_only(made: small.Inspection) -> None:
    with Document.open(made.lead, PASSPHRASE, write=False) as lead:
        case_ids = {c.reference: c.id for c in Reading(lead).contents.cases.values()}
    everyone = []
    for name, path in made.files.items():
        own = made.own(name)
        everyone += own
        connection = small.raw(path)
        dump = repr([connection.execute(f"select * from {t}").fetchall() for t in TABLES])
        connection.close()
        for case in small.CASES:
            assert (case in dump) is (case in own)
            assert (case_ids[case] in dump) is (case in own)
        with Document.open(path, PASSPHRASE, write=False) as document:
            assert not document.about.is_leads
            assert checking.check(document).is_whole
    assert sorted(everyone) == list(small.CASES)


def test_handing_out_into_a_folder_with_such_a_file_makes_none(
    lead: Document, tmp_path: Path
) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    (folder / "Cat.hmip").write_text("a cat")
    with pytest.raises(Refused) as refusal:
        handing_out.hand_out(lead, folder)
    assert refusal.value.code is Code.FILE_EXISTS
    assert everything_below(folder) == {"Cat.hmip"}
    assert (folder / "Cat.hmip").read_text() == "a cat"


@pytest.mark.parametrize("stop_at", [0, 1, 2, 3])
def test_handing_out_that_is_stopped_leaves_no_file(
    stop_at: int, lead: Document, tmp_path: Path
) -> None:
    def progress(done: int, total: int, doing: str) -> None:
        if done == stop_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        handing_out.hand_out(lead, tmp_path / "again", progress=progress)
    assert everything_below(tmp_path / "again") == set()


@pytest.mark.parametrize(("where", "code"), [("file", Code.FILE_EXISTS), ("file/below", Code.DISK)])
def test_handing_out_where_no_folder_can_be_is_refused(
    where: str, code: Code, lead: Document, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused) as refusal:
        handing_out.hand_out(lead, tmp_path / where)
    assert refusal.value.code is code


@pytest.mark.parametrize("other", ["A/nn", "A?nn"])
def test_people_whose_names_make_one_file_name_get_a_file_each(other: str, tmp_path: Path) -> None:
    team = [("name", "role"), ("A:nn", "inspector"), (other, "inspector")]
    plan = small.plan(tmp_path, team=small.write_csv(tmp_path / "t.csv", team))
    set_up.new_inspection(tmp_path / "lead.hmip", PASSPHRASE, plan)
    with Document.open(tmp_path / "lead.hmip", PASSPHRASE) as document:
        allocating.allocate(document)
        assert len({one.path for one in handing_out.hand_out(document, tmp_path / "out")}) == 2


@pytest.mark.parametrize("name", ["a/b", "..", "a\x00b", 'a<>:"|?*b', " . "])
def test_a_file_name_stays_in_its_folder(name: str) -> None:
    made = handing_out.file_name(name)
    assert made
    assert Path(made).name == made


# Assessing


def test_answers_notes_and_marks_stand(ann: Document) -> None:
    case = own_cases(ann)[0]
    assert assess.answer(Reading(ann), case, "4.1.01", "yes", "seen in the file").entries == 2
    assert assess.answer(Reading(ann), case, "q4_1_01", "yes").entries == 0
    assess.mark(Reading(ann), case, "good practice", on=True)
    one = Reading(ann).assessment_for(case)
    assert one.assessment.answers == {"q4_1_01": "yes"}
    assert one.assessment.notes == {"q4_1_01": "seen in the file"}
    assert one.assessment.marks == {"good practice": ""}
    assert one.assessment.status is Status.IN_PROGRESS
    assess.mark(Reading(ann), case, "good practice", on=False)
    assess.answer(Reading(ann), case, "4.1.01", "", "")
    assert Reading(ann).assessment_for(case).assessment.status is Status.NOT_STARTED


def test_what_is_undone_can_be_done_again(ann: Document) -> None:
    case = own_cases(ann)[0]
    for value in ("yes", "no"):
        assess.answer(Reading(ann), case, "4.1.01", value)
    step = undoing.steps(Reading(ann))[-1]
    assert (step.before, step.after) == ("yes", "no")
    seen = []
    for back in (True, False):
        undoing.take(Reading(ann), step, back=back)
        seen.append(Reading(ann).assessment_for(case).assessment.answers["q4_1_01"])
    assert seen == ["yes", "no"]
    assert len(rows_of(ann, case)) == 4


def test_sources_and_marks_are_undone_one_by_one_after_opening_again(
    made: small.Inspection,
) -> None:
    with Document.open(made.files["Ann"], small.PASSPHRASE) as file:
        case = own_cases(file)[0]
        reading = Reading(file)
        assess.answer(reading, case, "4.1.01", "yes", "seen")
        assess.source(reading, case, "4.1.01", "file")
        assess.source(reading, case, "4.1.01", "interview")
        assess.mark(reading, case, "good practice", on=True)
        assess.mark(reading, case, "good practice", on=True, note="the plan")
        assess.mark(reading, case, "good practice", on=False)

    def stands(file: Document) -> tuple[str, str, str, str]:
        one = Reading(file).assessment_for(case).assessment
        q = "q4_1_01"
        mark = one.marks.get("good practice", "off")
        return one.answers.get(q, ""), one.notes.get(q, ""), one.sources.get(q, ""), mark

    with Document.open(made.files["Ann"], small.PASSPHRASE) as file:
        steps = undoing.steps(Reading(file))
        seen = [stands(file)]
        for step in reversed(steps):
            undoing.take(Reading(file), step, back=True)
            seen.append(stands(file))
        assert seen == [
            ("yes", "seen", "interview", "off"),
            ("yes", "seen", "interview", "the plan"),
            ("yes", "seen", "interview", ""),
            ("yes", "seen", "interview", "off"),
            ("yes", "seen", "file", "off"),
            ("yes", "seen", "", "off"),
            ("yes", "", "", "off"),
            ("", "", "", "off"),
        ]
        again = [seen[-1]]
        for step in steps:
            undoing.take(Reading(file), step, back=False)
            again.append(stands(file))
        assert again == seen[::-1]


def test_the_lead_who_undoes_puts_back_what_the_assessor_had(
    made: small.Inspection, lead: Document
) -> None:
    with Document.open(made.files["Ann"], small.PASSPHRASE) as file:
        case = own_cases(file)[0]
        assess.answer(Reading(file), case, "4.1.01", "yes")
    collate.merge(lead, [made.files["Ann"]])
    assess.answer(Reading(lead), case, "4.1.01", "no")
    (step,) = undoing.steps(Reading(lead))
    undoing.take(Reading(lead), step, back=True)
    assert Reading(lead).assessment_for(case).assessment.answers == {"q4_1_01": "yes"}


def test_what_was_changed_since_is_not_overwritten_by_an_undo(
    made: small.Inspection, lead: Document
) -> None:
    case = own_cases(lead)[0]
    assess.answer(Reading(lead), case, "4.1.01", "yes")
    (step,) = undoing.steps(Reading(lead))
    assert undoing.still_stands(Reading(lead), step, back=True)
    assess.answer(Reading(lead), case, "4.1.01", "no")
    assert not undoing.still_stands(Reading(lead), step, back=True)


def test_a_mark_of_a_signed_off_case_is_left_as_it_is(ann: Document) -> None:
    case = own_cases(ann)[0]
    assess.mark(Reading(ann), case, "urgent concern", on=True)
    (step,) = undoing.steps(Reading(ann))
    key = Reading(ann).assessment_for(case).assessment.key
    ann.write(ann.about.owner, [(key.field(records.STATUS), Status.SIGNED_OFF.value)])
    with pytest.raises(Refused) as refused:
        undoing.take(Reading(ann), step, back=True)
    assert refused.value.code is Code.SIGNED_OFF


@pytest.mark.parametrize(
    ("case", "question", "value", "code"),
    [
        ("MER-999", "4.1.01", "yes", Code.CASE_UNKNOWN),
        ("", "4.1.99", "yes", Code.QUESTION_UNKNOWN),
        ("", "4.1.01", "perhaps", Code.VALUE_UNUSABLE),
        ("", "5.1.02", "20", Code.VALUE_UNUSABLE),
        ("", "5.1.03", "2013-05-15", Code.VALUE_UNUSABLE),
    ],
)
def test_what_cannot_be_answered_changes_nothing(
    case: str, question: str, value: str, code: Code, ann: Document
) -> None:
    before = len(ann.journal)
    with pytest.raises(Refused) as refusal:
        assess.answer(Reading(ann), case or own_cases(ann)[0], question, value)
    assert refusal.value.code is code
    assert len(ann.journal) == before


def test_a_note_that_is_too_long_is_refused_and_not_repeated(ann: Document) -> None:
    with pytest.raises(Refused) as refusal:
        assess.note(Reading(ann), own_cases(ann)[0], "4.1.01", "word " * 5000)
    assert refusal.value.code is Code.VALUE_UNUSABLE
    assert "word word" not in refusal.value.sentence


HEAD = ("case", "question", "value", "note")


def _import(
    ann: Document, folder: Path, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD
) -> assess.Imported:
    path = small.write_csv(folder / "answers.csv", [head, *rows])
    return assess.import_answers(Reading(ann), path)


def test_answers_come_in_from_a_table(ann: Document, tmp_path: Path) -> None:
    a, b = own_cases(ann)
    rows = [(a, "4.1.01", "yes", "why"), (b, "q4_1_01", "no", ""), ("", "", "", "")]
    assert _import(ann, tmp_path, *rows) == assess.Imported(answers=2, notes=1, cases=2)
    assert Reading(ann).assessment_for(b).assessment.answers == {"q4_1_01": "no"}


def test_one_bad_row_keeps_all_rows_out(ann: Document, tmp_path: Path) -> None:
    a, _ = own_cases(ann)
    before = len(ann.journal)
    rows = [
        (a, "4.1.01", "yes", ""),
        ("", "", "", ""),
        (a, "4.1.01", "perhaps", ""),
        ("MER-999", "4.1.01", "yes", ""),
        (a, "9.9.99", "yes", ""),
        (a, "4.1.01", "no", ""),
    ]
    with pytest.raises(Refused) as refusal:
        _import(ann, tmp_path, *rows)
    assert refusal.value.code is Code.ANSWERS_UNUSABLE
    assert [(one.row, one.code) for one in refusal.value.problems] == [
        (4, Code.VALUE_UNUSABLE),
        (5, Code.CASE_UNKNOWN),
        (6, Code.QUESTION_UNKNOWN),
        (7, Code.ANSWERS_UNUSABLE),
    ]
    assert len(ann.journal) == before


def test_a_table_without_its_columns_is_refused(ann: Document, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        _import(ann, tmp_path, ("a", "b"), head=("case", "value"))
    assert refusal.value.code is Code.ANSWERS_UNUSABLE


def test_an_import_keeps_constraints_between_its_own_rows(tmp_path: Path) -> None:
    head = "type | name | label | constraint"
    lines = ("integer | q1 | A | ", "integer | q2 | B | . <= ${q1}")
    form = small_form.as_xlsx(tmp_path / "form.xlsx", small_form.sheets(head, *lines))
    set_up.new_inspection(
        tmp_path / "lead.hmip", PASSPHRASE, small.plan(tmp_path / "papers", form=form)
    )
    with Document.open(tmp_path / "lead.hmip", PASSPHRASE) as document:
        allocating.allocate(document)
        case = small.CASES[0]
        done = _import(document, tmp_path, (case, "q1", "5", ""), (case, "q2", "4", ""))
        assert done.answers == 2


def test_signing_off_waits_for_every_required_answer(ann: Document) -> None:
    a, b = own_cases(ann)
    assess.answer(Reading(ann), a, "4.1.01", "no")
    before = len(ann.journal)
    with pytest.raises(Refused) as refusal:
        assess.sign_off(Reading(ann), [a, b])
    assert refusal.value.code is Code.UNANSWERED
    assert "4.1.01" in refusal.value.sentence
    assert len(ann.journal) == before
    assess.sign_off(Reading(ann), [a])
    assert Reading(ann).assessment_for(a).assessment.signed_off
    with pytest.raises(Refused) as refusal:
        assess.answer(Reading(ann), a, "4.1.01", "yes")
    assert refusal.value.code is Code.SIGNED_OFF


def test_reopening_wants_a_reason_and_something_to_reopen(ann: Document) -> None:
    a, _ = own_cases(ann)
    with pytest.raises(Refused) as refusal:
        assess.reopen(Reading(ann), a, "new papers")
    assert refusal.value.code is Code.NOT_SIGNED_OFF
    assess.answer(Reading(ann), a, "4.1.01", "no")
    assess.sign_off(Reading(ann), [a])
    with pytest.raises(Refused) as refusal:
        assess.reopen(Reading(ann), a, "  ")
    assert refusal.value.code is Code.REASON_MISSING
    assess.reopen(Reading(ann), a, "new papers")
    assert Reading(ann).assessment_for(a).assessment.status is Status.IN_PROGRESS
    assert "new papers" in [r.value.removeprefix("reopened: ") for r in rows_of(ann, a)]


def rows_of(document: Document, case: str) -> tuple[report.HistoryRow, ...]:
    return report.history_rows(Reading(document), case)


# Handing in


def test_handing_in_gives_a_receipt_and_may_be_done_again(ann: Document, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    first = assess.hand_in(Reading(ann), stick)
    assert first.path == stick / "Ann.hmip"
    assert (first.entries, first.cases, first.signed_off) == (len(ann.journal), 2, 0)
    assess.answer(Reading(ann), own_cases(ann)[0], "4.1.01", "yes")
    second = assess.hand_in(Reading(ann), first.path)
    assert second.entries == first.entries + 1
    assert second.fingerprint != first.fingerprint
    assert everything_below(stick) == {"Ann.hmip"}


def test_handing_in_never_replaces_what_is_not_ones_own(
    ann: Document, made: small.Inspection, tmp_path: Path
) -> None:
    text = tmp_path / "list.hmip"
    text.write_text("a shopping list")
    bob = small.copy(made.files["Bob"], tmp_path / "stick" / "Ann.hmip")
    for target in (text, bob, ann.path):
        before = target.read_bytes()
        with pytest.raises(Refused):
            assess.hand_in(Reading(ann), target)
        assert target.read_bytes() == before


@pytest.mark.parametrize("whose", ["a stranger's", "a colleague's"])
def test_handing_in_never_replaces_a_damaged_file_of_another(
    whose: str, ann: Document, made: small.Inspection, tmp_path: Path
) -> None:
    content = made.files["Bob"].read_bytes()[:-7] if whose == "a colleague's" else b"list " * 1001
    target = tmp_path / "Bob.hmip"
    target.write_bytes(content)
    with pytest.raises(Refused):
        assess.hand_in(Reading(ann), target)
    assert target.read_bytes() == content


def test_the_lead_hands_nothing_in(lead: Document, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        assess.hand_in(Reading(lead), tmp_path / "stick")
    assert refusal.value.code is Code.OTHER_PERSON


# Merging


def test_work_comes_in_by_merging_once(made: small.Inspection, lead: Document) -> None:
    small.sign_off_all(made.files["Ann"])
    small.work(made.files["Bob"], [(0, "q4_1_01", "no")])
    result = collate.merge(lead, [made.files["Ann"], made.files["Bob"], made.files["Ann"]])
    assert [one.status for one in result.files] == [Outcome.MERGED] * 3
    assert [one.owner for one in result.files] == ["Ann", "Bob", "Ann"]
    assert result.files[0].new == 10
    assert result.files[1].new == 1
    assert result.files[2].new == 0
    assert not result.in_part
    assert collate.merge(lead, [made.files["Ann"]]).changes.entries == 0
    assert checking.check(lead).is_whole
    assert sum(o.assessment.signed_off for o in Reading(lead).assessments.values()) == 2


def test_a_copy_of_the_leads_file_is_kept_before_a_merge(
    made: small.Inspection, lead: Document, home: Path
) -> None:
    small.work(made.files["Bob"], [(0, "q4_1_01", "no")])
    before = len(lead.journal)
    collate.merge(lead, [made.files["Bob"]])
    (copy,) = (home / "backups").iterdir()
    with Document.open(copy, PASSPHRASE, write=False) as kept:
        assert len(kept.journal) == before


def _other_inspection(path: Path) -> Code:
    with small.document(path, About(InspectionId("elsewhere"), small.OWNER, is_leads=False)):
        return Code.OTHER_INSPECTION


def _damaged(path: Path) -> Code:
    content = bytearray(path.read_bytes())
    content[5 * 4096 + 7] ^= 1
    path.write_bytes(content)
    return Code.FILE_DAMAGED


def _newer(path: Path) -> Code:
    small.run_raw(
        path,
        "insert into _sqlite_migrations (migration_set, name, applied_at) "
        "values ('hmip', 'm9999_dreams', '2033-01-01')",
    )
    return Code.FILE_NEWER


def _forged_answer(path: Path) -> Code:
    small.run_raw(
        path,
        "drop trigger entry_no_update",
        "update entry set value = '\"MER-666\"' where record like 'case/%'",
        "create trigger entry_no_update before update on entry "
        "begin select raise(abort, 'the journal only grows'); end",
    )
    return Code.FILE_FORGED


def _forged_session(path: Path) -> Code:
    small.run_raw(
        path,
        "drop trigger session_no_update",
        "update session set computer = 'somewhere else'",
        "create trigger session_no_update before update on session "
        "begin select raise(abort, 'the journal only grows'); end",
    )
    return Code.FILE_FORGED


def _forged_form(path: Path) -> Code:
    small.run_raw(path, "insert into form values ('abc', 'f', '1', 'f.csv', x'00', '{}')")
    return Code.FILE_FORGED


def _not_there(path: Path) -> Code:
    path.unlink()
    return Code.FILE_MISSING


def _words(path: Path) -> Code:
    path.write_text("dear lead")
    return Code.FILE_NOT_OURS


@pytest.mark.parametrize(
    "spoil",
    [_damaged, _newer, _forged_answer, _forged_session, _forged_form, _not_there, _words],
)
def test_a_file_that_cannot_be_merged_keeps_no_other_out(
    spoil: object, made: small.Inspection, lead: Document
) -> None:
    small.work(made.files["Bob"], [(0, "q4_1_01", "no")])
    assert callable(spoil)
    code = spoil(made.files["Ann"])
    result = collate.merge(lead, [made.files["Ann"], made.files["Bob"]])
    assert [(one.status, one.code) for one in result.files] == [
        (Outcome.REFUSED, code),
        (Outcome.MERGED, None),
    ]
    assert result.files[1].new == 1
    assert result.in_part
    assert checking.check(lead).is_whole


def test_files_of_elsewhere_and_the_file_itself_stay_out(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.hmip"
    _other_inspection(elsewhere)
    result = collate.merge(lead, [elsewhere, made.lead])
    assert [one.code for one in result.files] == [Code.OTHER_INSPECTION, Code.FILE_IN_USE]


def test_an_assessors_file_takes_in_its_owners_other_copy_and_nobody_elses(
    made: small.Inspection, ann: Document, tmp_path: Path
) -> None:
    result = collate.merge(ann, [made.files["Bob"]])
    assert [one.code for one in result.files] == [Code.OTHER_PERSON]


@pytest.mark.parametrize("statement", ["delete from document", NO_JSON], ids=["mute", "no json"])
def test_a_file_that_makes_no_sense_keeps_no_other_out(
    statement: str, made: small.Inspection, lead: Document
) -> None:
    small.run_raw(made.files["Ann"], statement)
    result = collate.merge(lead, [made.files["Ann"], made.files["Bob"]])
    assert [one.status for one in result.files] == [Outcome.REFUSED, Outcome.MERGED]


def bring(lead: Document, path: Path, field: Field, value: Json) -> collate.FileResult:
    """Merge a file in which somebody else's program wrote one genuine entry."""
    with Document.open(path, PASSPHRASE) as document:
        document.write(document.about.owner, [(field, value)])
    return collate.merge(lead, [path]).files[0]


def own_key(document_path: Path) -> AssessmentKey:
    with Document.open(document_path, PASSPHRASE, write=False) as document:
        return next(iter(Reading(document).assessments))


def test_an_assessors_file_changes_no_case_and_nobody_elses_assessment(
    made: small.Inspection, lead: Document
) -> None:
    case = own_key(made.files["Ann"]).case
    before = Reading(lead).contents
    result = bring(
        lead, made.files["Ann"], records.case_field(case), {"reference": "X", "fields": {}}
    )
    assert (result.new, result.refused) == (0, 1)
    bobs = own_key(made.files["Bob"])
    result = bring(lead, made.files["Ann"], bobs.answer("q4_1_01"), "yes")
    assert (result.new, result.refused) == (0, 2)
    assert Reading(lead).contents == before


@pytest.mark.parametrize(
    ("name", "value"), [("order", "third"), ("order", {"a": 1}), ("order", ["first"])]
)
def test_a_word_of_a_later_program_does_not_close_the_leads_file(
    name: str, value: Json, made: small.Inspection, lead: Document
) -> None:
    bring(lead, made.files["Ann"], own_key(made.files["Ann"]).field(name), value)
    assert len(Reading(lead).assessments) >= 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", {"reopened": 5}),
        ("status", 7),
        ("answer/q4_1_01", {"a": 1}),
        ("answer/q4_1_01", 5),
        ("answer/", "x"),
        ("note/gone", ["x"]),
        ("mark/", True),
        ("a field of a later program", None),
    ],
)
def test_strange_values_are_carried_and_hurt_nothing(
    name: str, value: Json, made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    bring(lead, made.files["Ann"], own_key(made.files["Ann"]).field(name), value)
    reading = Reading(lead)
    report.scored(reading, preliminary=True)
    exporting.export(reading, tmp_path / "export")
    assert all(report.history_rows(reading, case) is not None for case in small.CASES)


def test_a_mark_of_another_program_does_not_close_the_leads_file(
    made: small.Inspection, lead: Document
) -> None:
    bring(lead, made.files["Ann"], own_key(made.files["Ann"]).field("mark/urgent"), {"by": "x"})
    assert len(Reading(lead).assessments) == 6


@pytest.mark.parametrize("stop_at", [0, 1, 2])
def test_a_merge_that_is_stopped_changes_nothing(
    stop_at: int, made: small.Inspection, lead: Document
) -> None:
    small.work(made.files["Ann"], [(0, "q4_1_01", "no")])
    before = lead.bundle()

    def progress(done: int, total: int, doing: str) -> None:
        if done == stop_at:
            raise Cancelled

    with pytest.raises(Cancelled):
        collate.merge(lead, [made.files["Ann"], made.files["Bob"]], progress=progress)
    assert lead.bundle() == before


def conflicting(made: small.Inspection, tmp_path: Path, lead: Document) -> collate.Merged:
    copied = small.copy(made.files["Ann"], tmp_path / "copied.hmip")
    small.work(made.files["Ann"], [(0, "q4_1_01", "yes")])
    small.work(copied, [(0, "q4_1_01", "no")])
    return collate.merge(lead, [made.files["Ann"], copied])


def test_two_copies_worked_on_apart_conflict_until_settled(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    (conflict,) = conflicting(made, tmp_path, lead).conflicts
    assert conflict.question == "q4_1_01"
    keep = next(side for side in conflict.sides if side.value == "no")
    for arguments, code in (
        ((conflict.id, keep.id, " "), Code.REASON_MISSING),
        (("0" * 12, keep.id, "why"), Code.CONFLICT_UNKNOWN),
        (("", keep.id, "why"), Code.CONFLICT_UNKNOWN),
        ((conflict.id, "", "why"), Code.CONFLICT_UNKNOWN),
    ):
        with pytest.raises(Refused) as refusal:
            collate.settle(lead, *arguments)
        assert refusal.value.code is code
    collate.settle(lead, conflict.id[:8], keep.id[:8], "the paper file says so")
    assert reader.conflicts(lead.journal) == ()
    standing = lead.journal.standing(conflict.field)
    assert standing.value == "no"
    assert set(standing.heads[0].supersedes) == {side.id for side in conflict.sides}
    assert collate.merge(lead, [made.files["Ann"]]).conflicts == ()


def test_a_conflict_makes_scores_provisional_and_keeps_the_answer_out(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    conflicting(made, tmp_path, lead)
    scored = report.scored(Reading(lead), preliminary=True)
    assert scored.provisional
    assert scored.conflicts == 1
    (first, *_) = scored.scores.questions
    assert (first.in_conflict, first.judged) == (1, 0)


def test_scores_rest_on_signed_off_first_assessments(tmp_path: Path) -> None:
    made = small.inspection(tmp_path, second=6)
    small.sign_off_all(made.files["Ann"])
    small.work(made.files["Bob"], [(0, "q4_1_01", "no")])
    with Document.open(made.lead, PASSPHRASE) as lead:
        collate.merge(lead, list(made.files.values()))
        reading = Reading(lead)
        firsts = [o for o in reading.assessments.values() if o.assessment.order is Order.FIRST]
        assert report.scored(reading).assessments == 2
        assert report.scored(reading).provisional
        started = sum(o.assessment.status is Status.IN_PROGRESS for o in firsts)
        assert report.scored(reading, preliminary=True).assessments == 2 + started
        groups = report.scored_by(reading, "LDU")
        assert [group.value for group in groups] == ["North", "South"]
        assert sum(group.scored.assessments for group in groups) == 2
        with pytest.raises(Refused) as refusal:
            report.scored_by(reading, "shoe size")
        assert refusal.value.code is Code.FIELD_UNKNOWN


def test_a_case_allocated_in_two_copies_of_the_leads_file_scores_once_or_shows_a_conflict(
    tmp_path: Path,
) -> None:
    one = tmp_path / "lead.hmip"
    set_up.new_inspection(one, PASSPHRASE, small.plan(tmp_path / "papers"))
    other = small.copy(one, tmp_path / "copy.hmip")
    for seed, path in enumerate((one, other)):
        with Document.open(path, PASSPHRASE) as document:
            allocating.allocate(document, seed=seed)
    with Document.open(one, PASSPHRASE) as document:
        merged = collate.merge(document, [other])
        every = Reading(document).assessments.values()
        firsts = [done.case.reference for done in every if done.assessment.order is Order.FIRST]
        assert len(firsts) == len(set(firsts)) or merged.conflicts


def test_history_tells_who_set_what_over_what(ann: Document) -> None:
    case = own_cases(ann)[0]
    assess.answer(Reading(ann), case, "4.1.01", "yes")
    assess.answer(Reading(ann), case, "4.1.01", "no")
    rows = report.history_rows(Reading(ann), case, "4.1.01")
    assert [(row.author, row.value, row.over) for row in rows] == [
        ("Ann", "yes", ""),
        ("Ann", "no", "yes"),
    ]
    with pytest.raises(Refused) as refusal:
        report.history_rows(Reading(ann), case, "9.9.99")
    assert refusal.value.code is Code.QUESTION_UNKNOWN


# Exporting


def test_an_export_holds_every_answer_and_runs_no_formula(ann: Document, tmp_path: Path) -> None:
    case = own_cases(ann)[0]
    assess.answer(Reading(ann), case, "4.1.01", "yes", "=HYPERLINK(1)")
    written = exporting.export(Reading(ann), tmp_path / "export")
    assert {path.name for path in written} == everything_below(tmp_path / "export")
    with (tmp_path / "export" / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["value"], row["line"], row["asked"]) == ("yes", "above", "yes")
    assert row["note"] == "'=HYPERLINK(1)"
    journal = json.loads((tmp_path / "export" / "journal.json").read_text(encoding="utf-8"))
    assert "=HYPERLINK(1)" in [one["value"] for one in journal["entries"]]
    assert len(journal["entries"]) == len(ann.journal)
    with pytest.raises(Refused) as refusal:
        exporting.export(Reading(ann), tmp_path / "export")
    assert refusal.value.code is Code.FILE_EXISTS


def kept(form_id: str, content: bytes) -> KeptForm:
    made = KeptForm(FormHash(""), form_id, "8", "form.csv", content, {})
    return replace(made, sha256=FormHash(_sha(content)))


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_an_export_writes_nothing_outside_its_folder(ann: Document, tmp_path: Path) -> None:
    ann.keep_form(kept("/../../escaped", b"evil"))
    before = everything_below(tmp_path)
    try:
        exporting.export(Reading(ann), tmp_path / "deep" / "export")
    except Refused as refusal:
        pytest.fail(f"a strange form stops every export: {refusal.code}")
    new = everything_below(tmp_path) - before
    assert all(name.startswith(str(Path("deep/export"))) for name in new)


def test_an_export_holds_every_version_of_a_form(ann: Document, tmp_path: Path) -> None:
    ann.keep_form(kept("small", b"a later version"))
    ann.keep_form(kept("small", b"a still later version"))
    written = exporting.export(Reading(ann), tmp_path / "export")
    assert len([path for path in written if path.name.startswith("form-")]) == len(
        {path for path in written if path.name.startswith("form-")}
    )


def test_a_bundle_with_a_dangling_session_is_taken_back_whole(lead: Document) -> None:
    session = Session("m", "c", "0", "2013", "n")
    orphan = entry(session.id, 1, "2013", MemberId("m"), Field("r", "f"), "x")
    before = lead.bundle()
    with pytest.raises(Exception):  # noqa: B017, PT011
        lead.take_in(Bundle({}, {}, (orphan,)))
    assert lead.bundle() == before
    lead.take_in(Bundle({session.id: session}, {}, (orphan,)))
    assert orphan.id in lead.journal


def test_a_case_of_nobody_is_told_so(tmp_path: Path) -> None:
    set_up.new_inspection(tmp_path / "lead.hmip", PASSPHRASE, small.plan(tmp_path / "papers"))
    with Document.open(tmp_path / "lead.hmip", PASSPHRASE) as document:
        for change, code in (
            (lambda: handing_out.hand_out(document, tmp_path / "out"), Code.ALLOCATION),
            (
                lambda: assess.answer(Reading(document), small.CASES[0], "4.1.01", "yes"),
                Code.CASE_NOT_ALLOCATED,
            ),
        ):
            with pytest.raises(Refused) as refusal:
                change()
            assert refusal.value.code is code
        assert CaseId("nobody") not in Reading(document).contents.cases
