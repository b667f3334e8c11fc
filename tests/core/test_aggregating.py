"""Which inspections may stand side by side, and what they come to together."""

from fractions import Fraction
from pathlib import Path

import pytest
import small_form
from small_inspection import (
    CASES,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    SetClock,
    inspection,
    plan,
    raw,
    work,
)

from hmip_desktop.casefile import records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.records import Order
from hmip_desktop.errors import Cancelled, Code, Refused
from hmip_desktop.operations import aggregating, allocating, set_up
from hmip_desktop.operations.aggregating import Taken
from hmip_desktop.operations.reading import Reading
from hmip_desktop.pooling import FEWEST, Share, Verdict, verdict

ANSWERS = {"q4_1_01": "yes", "q4_1_02": "yes", "q4_1_04": "no", "q5_1_01": "yes"}


def made(
    folder: Path, *changes: tuple[str, str], title: str = "Small 2013", no: int = 0, signed: int = 6
) -> Taken:
    """An inspection in its lead's file, with texts of its form changed.

    In the first `no` cases the last question is answered no; the first `signed` are signed off.
    """
    return aggregating.take(lead_file(folder, *changes, title=title, no=no, signed=signed), KEYS)


KEYS = [OTHER_PASSPHRASE, PASSPHRASE]


def lead_file(
    folder: Path, *changes: tuple[str, str], title: str = "Small 2013", no: int = 0, signed: int = 6
) -> Path:
    folder.mkdir()
    form = small_form.as_csv(folder / "form.csv", small_form.SMALL)
    text = form.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    form.write_text(text, encoding="utf-8")
    lead = folder / f"{folder.name}.hmip"
    facts = plan(folder / "papers", title=title, form=form)
    set_up.new_inspection(lead, PASSPHRASE, facts, clock=SetClock())
    with Document.open(lead, PASSPHRASE, clock=SetClock()) as opened:
        allocating.allocate(opened, seed=1)
        for number, one in enumerate(first_assessments(opened)):
            answers = {**ANSWERS, "q5_1_01": "no" if number < no else "yes"}
            fields = [(one.answer(name), value) for name, value in answers.items()]
            status = [(one.field(records.STATUS), "signed off")] if number < signed else []
            opened.write(opened.about.owner, [*fields, *status])
    return lead


def first_assessments(document: Document) -> list[records.AssessmentKey]:
    found = Reading(document).assessments.values()
    return [one.assessment.key for one in found if one.assessment.order is Order.FIRST]


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """An inspection as it was taken; its file plays no part any more."""
    return made(tmp_path_factory.mktemp("desk") / "one")


def refusal_of(*inspections: Taken, crosswalk: Path | None = None) -> Refused:
    with pytest.raises(Refused) as refused:
        aggregating.side_by_side(inspections, crosswalk)
    return refused.value


def test_together_is_not_the_mean_of_the_inspections(tmp_path: Path) -> None:
    all_six = made(tmp_path / "six", no=3)
    one_only = made(tmp_path / "one", no=0, signed=1, title="Small 2014")
    book = aggregating.side_by_side([all_six, one_only])
    (together,) = (
        one.proportion for one in book.pooled.together.questions if one.question.name == "q5_1_01"
    )
    assert together == Fraction(4, 7)
    first, second = (one.own.questions[-1].proportion for one in book.pooled.beside)
    assert (first, second) == (Fraction(1, 2), Fraction(1))
    assert book.pooled.beside[0].others.questions == book.pooled.beside[1].own.questions
    assert book.provisional


def test_an_inspection_stands_apart_only_where_the_intervals_do_not_touch() -> None:
    half, most = Share(Fraction(1, 2), 100), Share(Fraction(9, 10), 100)
    assert verdict(most, half) is Verdict.HIGHER
    assert verdict(half, most) is Verdict.LOWER
    assert verdict(half, Share(Fraction(11, 20), 100)) is Verdict.UNCLEAR
    assert verdict(Share(Fraction(0), FEWEST - 1), most) is Verdict.FEW
    assert verdict(Share(None, 0), most) is Verdict.NOT_HERE
    assert verdict(most, Share(None, 0)) is Verdict.ONLY_HERE


def test_the_same_inspection_does_not_count_twice(tmp_path: Path) -> None:
    lead = lead_file(tmp_path / "one")
    copied = tmp_path / "a copy.hmip"
    copied.write_bytes(lead.read_bytes())
    both = [aggregating.take(path, KEYS) for path in (lead, copied)]
    refusal = refusal_of(*both)
    assert refusal.code is Code.SAME_INSPECTION
    assert "a copy.hmip" in refusal.sentence


def test_one_inspection_alone_is_nothing_to_compare(one: Taken) -> None:
    assert refusal_of(one).code is Code.VALUE_UNUSABLE


@pytest.mark.parametrize(
    "change",
    [
        ("A small form,small,", "A small form,another,"),
        ("Was it good?", "Was it any good?"),
    ],
)
def test_different_forms_are_refused(change: tuple[str, str], one: Taken, tmp_path: Path) -> None:
    """Another form, or the same version of it with other content."""
    other = made(tmp_path / "other", change)
    refusal = refusal_of(one, other)
    assert refusal.code is Code.NOT_COMPARABLE
    assert "other.hmip" in refusal.sentence
    assert aggregating.stands_against(other, [one]) is not None


def test_different_headline_rules_are_refused_whatever_a_crosswalk_says(
    one: Taken, tmp_path: Path
) -> None:
    by_questions = (
        ("form_title,form_id,version,", "form_title,form_id,section_rule,version,"),
        ("A small form,small,7,", "A small form,small,questions,8,"),
    )
    crosswalk = empty_crosswalk(tmp_path)
    other = made(tmp_path / "other", *by_questions)
    assert refusal_of(one, other, crosswalk=crosswalk).code is Code.NOT_COMPARABLE


def empty_crosswalk(folder: Path) -> Path:
    crosswalk = folder / "crosswalk.csv"
    crosswalk.write_text("form_version,question,same_as\n")
    return crosswalk


def test_other_versions_are_refused_with_what_a_crosswalk_must_say(
    one: Taken, tmp_path: Path
) -> None:
    newer = (("small,7,", "small,8,"), ("q5_1_01", "q5_1_10"))
    other = made(tmp_path / "newer", *newer, title="Small 2014")
    refusal = refusal_of(one, other)
    assert refusal.code is Code.NOT_COMPARABLE
    assert {problem.sheet for problem in refusal.problems} == {"Version 7"}
    assert len(refusal.problems) == 2
    book = aggregating.side_by_side([one, other], empty_crosswalk(tmp_path))
    assert {one.question.name for one in book.matched.left_out} == {"q5_1_01", "q5_1_10"}


def test_versions_that_share_no_scored_question_are_refused(one: Taken, tmp_path: Path) -> None:
    newer = (("small,7,", "small,8,"), ("select_one yn,q", "select_one yn,r"))
    changes = (*newer, ("${q4_1_01}", "${r4_1_01}"), ("${q4_1_02}", "${r4_1_02}"))
    folder = tmp_path / "newer"
    answers = {f"r{name[1:]}": value for name, value in ANSWERS.items()}
    lead = lead_file(folder, *changes, title="Small 2014")
    with Document.open(lead, PASSPHRASE, clock=SetClock()) as opened:
        for key in first_assessments(opened):
            fields = [(key.answer(name), value) for name, value in answers.items()]
            opened.write(opened.about.owner, fields)
    crosswalk = empty_crosswalk(tmp_path)
    refusal = refusal_of(one, aggregating.take(lead, KEYS), crosswalk=crosswalk)
    assert refusal.code is Code.NOT_COMPARABLE


def test_an_assessors_file_and_one_without_a_signed_off_case_are_refused(tmp_path: Path) -> None:
    made_files = inspection(tmp_path)
    work(made_files.files["Ann"], [(0, "q4_1_01", "yes")])
    for path, code in (
        (made_files.files["Ann"], Code.NOT_THE_LEADS),
        (made_files.lead, Code.NOT_SIGNED_OFF),
    ):
        with pytest.raises(Refused) as refused:
            aggregating.take(path, KEYS)
        assert refused.value.code is code
        assert path.name in refused.value.sentence


def test_no_passphrase_and_a_wrong_one_are_refused(tmp_path: Path) -> None:
    lead = lead_file(tmp_path / "one")
    for keys, code in (
        ([], Code.PASSPHRASE_MISSING),
        ([OTHER_PASSPHRASE], Code.PASSPHRASE_WRONG),
    ):
        with pytest.raises(Refused) as refused:
            aggregating.take(lead, keys)
        assert refused.value.code is code


def test_a_file_changed_outside_the_program_is_refused(tmp_path: Path) -> None:
    lead = lead_file(tmp_path / "one")
    connection = raw(lead)
    triggers = connection.execute(
        "select name, sql from sqlite_master where type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"drop trigger {name}")
    connection.execute("""update entry set value = '"no"' where value = '"yes"'""")
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()
    with pytest.raises(Refused) as refused:
        aggregating.take(lead, KEYS)
    assert refused.value.code is Code.FILE_FORGED


def test_cancelled_or_on_no_disk_nothing_is_written(one: Taken, tmp_path: Path) -> None:
    book = aggregating.side_by_side([one, made(tmp_path / "other", title="Small 2014")])

    def stop(done: int, total: int, doing: str) -> None:
        if done == 3:
            raise Cancelled

    out = tmp_path / "out.xlsx"
    out.write_bytes(b"an older workbook")
    with pytest.raises(Cancelled):
        aggregating.write_side_by_side(out, book, progress=stop)
    assert out.read_bytes() == b"an older workbook"
    with pytest.raises(Refused) as refused:
        aggregating.write_side_by_side(tmp_path / "no such folder" / "out.xlsx", book)
    assert refused.value.code is Code.DISK


def test_every_case_is_counted_once(one: Taken, tmp_path: Path) -> None:
    five = made(tmp_path / "five", signed=5, title="=cmd|' /C calc'!A0")
    book = aggregating.side_by_side([one, five])
    assert book.pooled.together.assessments == len(CASES) + 5
    assert [one.own.assessments for one in book.pooled.beside] == [6, 5]
    assert [side.others.assessments for side in book.pooled.beside] == [5, 6]
    aggregating.write_side_by_side(tmp_path / "out.xlsx", book)
