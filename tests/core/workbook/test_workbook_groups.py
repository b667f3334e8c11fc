"""Groups of cases: the same rule over each, few enough to be read, and hidden where too small."""

from dataclasses import replace
from pathlib import Path

import pytest
from engine import opened
from made_book import SMALL, STORY, Made, book, computed
from openpyxl import load_workbook

from hmip_desktop.workbook.book import Counted
from hmip_desktop.workbook.grouping import MOST_GROUPS, grouped, heading_of
from hmip_desktop.workbook.layout import Sheet
from hmip_desktop.workbook.write import write


def test_each_group_has_the_scores_of_its_cases_alone() -> None:
    made = book(SMALL, STORY)
    by_ldu, by_rosh = grouped(made)
    assert [(one.value, one.cases) for one in by_ldu.groups] == [("Sefton", 2), ("Wirral", 3)]
    for group in by_ldu.groups:
        own = [one for one in STORY if one.fields["ldu"] == group.value]
        assert group.scores == computed(SMALL, own)
    assert [one.value for one in by_rosh.groups] == ["Low", "High", "not recorded"]


def test_of_many_groups_the_largest_are_shown_and_the_rest_are_counted(tmp_path: Path) -> None:
    cases = [
        Made(f"C{number}", {"q4_1_1": "yes"}, fields={"om": f"OM number {number % 15}"})
        for number in range(40)
    ]
    made = replace(book(SMALL, cases), by=("om",))
    (one,) = grouped(made)
    assert (len(one.groups), one.left_out) == (MOST_GROUPS, 3)
    write(tmp_path / "one.xlsx", made)
    texts = [cell.value for row in load_workbook(tmp_path / "one.xlsx")["Groups"] for cell in row]
    assert any("3 more" in str(text) for text in texts)


def test_fields_go_by_the_names_that_people_use() -> None:
    assert [heading_of(name) for name in ("ldu", "rosh", "case_type", "team_leader")] == [
        "LDU",
        "RoSH",
        "Type of case",
        "Team leader",
    ]


@pytest.mark.parametrize("least", [2, 3, 5])
def test_a_copy_to_pass_on_names_no_case_and_no_small_group(least: int, tmp_path: Path) -> None:
    made = replace(book(SMALL, STORY * 2), by=("ldu", "rosh"), least=least)
    write(tmp_path / "copy.xlsx", made)
    copy = opened(tmp_path / "copy.xlsx")
    left_out = {Sheet.ANSWERS, Sheet.NOTES, Sheet.GROUP_QUESTIONS, Sheet.CHECK}
    assert not {sheet.value for sheet in left_out} & set(copy.sheetnames)
    cells = [cell for sheet in copy for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if "MP00" in str(cell.value)]
    written = load_workbook(tmp_path / "copy.xlsx")
    assert not [cell for sheet in written for row in sheet for cell in row if cell.data_type == "f"]
    rows = [row for row in copy["Groups"].iter_rows(values_only=True) if row[1] == "Cases"]
    for row in rows:
        numbers = [cell for cell in row[5:] if isinstance(cell, int)]
        assert all(number >= least for number in numbers)
        assert list(row[5:]).count("hidden") != 1


def test_an_assessment_that_does_not_count_is_in_no_group() -> None:
    aside = [replace(one, set_aside=Counted.SECOND) for one in STORY]
    assert [one.groups for one in grouped(book(SMALL, aside))] == [(), ()]
