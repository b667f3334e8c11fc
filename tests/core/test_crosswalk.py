"""Which question of an older version of a form is which of the newest."""

from dataclasses import replace
from pathlib import Path

import pytest
import small_form

from hmip_desktop.crosswalk import Declared, Matched, matched, newest
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form.comparing import Difference
from hmip_desktop.form.model import Form
from hmip_desktop.operations.declaring import declared

OLD, NEW = "2013.9", "2013.10"


def version(folder: Path, name: str, *changes: tuple[str, str]) -> Form:
    """The small form as another version, with texts of its sheets changed."""
    sheets = {
        sheet: tuple(
            tuple(_changed(str(cell), changes) if number else cell for cell in row)
            for number, row in enumerate(rows)
        )
        for sheet, rows in small_form.SMALL.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    return replace(small_form.form_of(folder, sheets), version=name)


def _changed(cell: str, changes: tuple[tuple[str, str], ...]) -> str:
    for before, after in changes:
        cell = cell.replace(before, after)
    return cell


def compare(older: Form, newer: Form, *rows: Declared) -> Matched:
    return matched({OLD: older, NEW: newer}, rows)


def told(found: Matched) -> set[tuple[str, tuple[str, ...]]]:
    return {(one.question.name, one.why) for one in found.left_out}


def row(question: str, same_as: str, **choices: str) -> Declared:
    return Declared(OLD, question, same_as, choices, row=2)


def refused_rows(older: Form, newer: Form, *rows: Declared) -> set[str]:
    with pytest.raises(Refused) as refused:
        compare(older, newer, *rows)
    assert refused.value.code is Code.CROSSWALK_UNUSABLE
    assert {problem.row for problem in refused.value.problems} == {2}
    return {problem.code for problem in refused.value.problems}


def test_the_newest_version_is_found_by_its_numbers() -> None:
    assert newest(["2013.9", "2013.10", "2012.11"]) == "2013.10"


def test_one_version_needs_no_crosswalk(tmp_path: Path) -> None:
    form = version(tmp_path, NEW)
    found = matched({NEW: form})
    assert [one.name for one in found.questions] == ["q4_1_01", "q4_1_02", "q4_1_04", "q5_1_01"]
    assert found.left_out == ()


def test_a_question_with_other_words_is_compared_and_said_so(tmp_path: Path) -> None:
    older = version(tmp_path / "old", OLD, ("Was it good?", "Was it any good?"))
    found = compare(older, version(tmp_path / "new", NEW))
    assert "q4_1_02" in {one.name for one in found.questions}
    assert [(one.question.name, one.why) for one in found.unlike] == [
        ("q4_1_02", (Difference.WORDS,))
    ]


def test_a_renamed_question_is_left_out_until_it_is_declared(tmp_path: Path) -> None:
    older = version(tmp_path / "old", OLD, ("q5_1_01", "q5_1_77"))
    newer = version(tmp_path / "new", NEW)
    assert told(compare(older, newer)) == {
        ("q5_1_01", ("Not in this version",)),
        ("q5_1_77", ("Not in the newest version",)),
    }
    found = compare(older, newer, row("5.1.77", "q5_1_01"))
    assert found.left_out == ()
    assert found.names[OLD]["q5_1_01"] == "q5_1_77"


def test_a_question_is_left_out_where_it_differs_in_choices_line_or_criteria(
    tmp_path: Path,
) -> None:
    newer = version(tmp_path / "new", NEW)
    moved = version(tmp_path / "moved", OLD, ("4.1 5.1", "4.1"))
    assert [one.question.name for one in compare(moved, newer).left_out] == ["q4_1_04"]
    renamed = version(tmp_path / "renamed", OLD, ("yes", "aye"))
    assert {one.question.name for one in compare(renamed, newer).left_out} >= {"q5_1_01"}


def test_a_choice_declared_the_same_must_keep_its_place(tmp_path: Path) -> None:
    newer = version(tmp_path / "new", NEW)
    older = version(tmp_path / "old", OLD, ("na", "unknown"))
    assert refused_rows(older, newer, row("q5_1_01", "q5_1_01")) == {"choices"}
    assert refused_rows(older, newer, row("q5_1_01", "q5_1_01", unknown="no")) == {"choices"}
    found = compare(older, newer, row("q5_1_01", "q5_1_01", unknown="na"))
    assert "q5_1_01" in found.names[OLD]


def test_rows_that_name_nothing_are_refused_with_their_number(tmp_path: Path) -> None:
    older, newer = version(tmp_path / "old", OLD), version(tmp_path / "new", NEW)
    assert refused_rows(older, newer, row("q9_9_99", "q5_1_01")) == {"question"}
    assert refused_rows(older, newer, row("q5_1_01", "q5_1_04")) == {"question"}
    twice = (row("q5_1_01", "q5_1_01"), row("q4_1_04", "q5_1_01"))
    assert refused_rows(older, newer, *twice) == {"twice"}
    assert refused_rows(older, newer, Declared(NEW, "q5_1_01", "q5_1_01", row=2)) == {"newest"}


def test_a_question_declared_to_have_none_is_left_out(tmp_path: Path) -> None:
    older, newer = version(tmp_path / "old", OLD), version(tmp_path / "new", NEW)
    found = compare(older, newer, row("q5_1_01", ""))
    assert "q5_1_01" not in {one.name for one in found.questions}
    assert [one.question.name for one in found.left_out] == ["q5_1_01", "q5_1_01"]


def test_a_question_takes_the_place_that_another_was_declared_to_have_left(tmp_path: Path) -> None:
    """What was 4.1.04 is 5.1.01 now: the new 4.1.04 is another question by the same name."""
    older, newer = version(tmp_path / "old", OLD), version(tmp_path / "new", NEW)
    found = compare(older, newer, row("q4_1_04", "q5_1_01"))
    assert found.names[OLD]["q5_1_01"] == "q4_1_04"
    assert {one.question.name for one in found.left_out} == {"q4_1_04", "q5_1_01"}


def test_rows_about_versions_that_are_not_here_are_passed_over(tmp_path: Path) -> None:
    older, newer = version(tmp_path / "old", OLD), version(tmp_path / "new", NEW)
    found = compare(older, newer, Declared("1999", "anything", "at all", row=7))
    assert found.passed_over == 1


def test_a_table_becomes_rows(tmp_path: Path) -> None:
    table = tmp_path / "crosswalk.csv"
    table.write_text("Form version,Question,Same as,Choices\n2013.9,q1,q2,a=b; c=d\n")
    assert declared(table) == (Declared("2013.9", "q1", "q2", {"a": "b", "c": "d"}, 2),)


@pytest.mark.parametrize(
    "text",
    [
        "question,same_as\nq1,q2\n",
        "form_version,question,same_as\n,q1,q2\n",
        "form_version,question,same_as,choices\n1,q1,q2,a\n",
    ],
)
def test_a_table_that_says_too_little_is_refused(text: str, tmp_path: Path) -> None:
    table = tmp_path / "crosswalk.csv"
    table.write_text(text)
    with pytest.raises(Refused) as refused:
        declared(table)
    assert refused.value.code is Code.CROSSWALK_UNUSABLE
