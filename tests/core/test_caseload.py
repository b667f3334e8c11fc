"""How many cases the sample stands for: entered, proposed, argued about, and what follows."""

from pathlib import Path

import pytest
import small_inspection as small
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from small_inspection import PASSPHRASE, SetClock

from hmip_desktop.casefile import records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.cli import hmip
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import Json
from hmip_desktop.operations import collate, consolidate, groups, inspection, report, set_up
from hmip_desktop.operations.inspection import Details
from hmip_desktop.operations.reading import Reading

DETAILS = Details("Small 2013", "Small", "2013-05-13", "2013-05-17")


def with_caseload(caseload: int | None) -> Details:
    return Details(DETAILS.title, DETAILS.area, DETAILS.starts, DETAILS.ends, caseload)


def caseload_in(path: Path) -> int | None:
    with Document.open(path, PASSPHRASE, write=False) as opened:
        return Reading(opened).contents.inspection.caseload


def test_a_new_inspection_keeps_its_caseload_until_it_is_changed_or_emptied(tmp_path: Path) -> None:
    lead = tmp_path / "lead.hmip"
    plan = small.plan(tmp_path / "papers", caseload=240)
    set_up.new_inspection(lead, PASSPHRASE, plan, clock=SetClock())
    assert caseload_in(lead) == 240
    with Document.open(lead, PASSPHRASE, clock=SetClock()) as opened:
        assert not inspection.describe(opened, with_caseload(240))
        assert inspection.describe(opened, with_caseload(300))
        assert Reading(opened).contents.inspection.caseload == 300
        assert inspection.describe(opened, with_caseload(None))
    assert caseload_in(lead) is None


@pytest.mark.parametrize("caseload", [-1, 0, 5])
def test_a_caseload_smaller_than_the_sample_is_refused(tmp_path: Path, caseload: int) -> None:
    lead = tmp_path / "lead.hmip"
    with pytest.raises(Refused) as refused:
        set_up.new_inspection(lead, PASSPHRASE, small.plan(tmp_path / "papers", caseload=caseload))
    assert refused.value.code is Code.VALUE_UNUSABLE
    assert not lead.exists()
    lead = small.inspection(tmp_path / "made").lead
    with (
        Document.open(lead, PASSPHRASE) as opened,
        pytest.raises(Refused) as refused,
    ):
        inspection.describe(opened, with_caseload(caseload))
    assert refused.value.code is Code.VALUE_UNUSABLE
    assert caseload_in(lead) is None


def test_a_file_from_before_there_was_a_caseload_is_read_as_ever(tmp_path: Path) -> None:
    lead = small.inspection(tmp_path).lead
    with Document.open(lead, PASSPHRASE, write=False) as opened:
        assert not opened.journal.history(*records.caseload_field())
        assert report.scored(Reading(opened)).fraction == 0
        assert consolidate.book(Reading(opened)).caseload is None


@pytest.mark.parametrize("strange", ["many", 0, -4, True, 7.5, [240], {"cases": 240}])
def test_a_word_of_another_program_is_no_caseload(tmp_path: Path, strange: Json) -> None:
    lead = small.inspection(tmp_path).lead
    with Document.open(lead, PASSPHRASE) as opened:
        opened.write(opened.about.owner, [(records.caseload_field(), strange)])
    assert caseload_in(lead) is None


def test_two_leads_who_differ_leave_it_unknown_until_one_is_kept(tmp_path: Path) -> None:
    lead = small.inspection(tmp_path / "made").lead
    deputy = small.copy(lead, tmp_path / "deputy" / "lead.hmip")
    for path, caseload in ((lead, 240), (deputy, 250)):
        with Document.open(path, PASSPHRASE) as opened:
            inspection.describe(opened, with_caseload(caseload))
    with Document.open(lead, PASSPHRASE) as opened:
        (conflict,) = collate.merge(opened, [deputy]).conflicts
        assert conflict.field == records.caseload_field()
        assert Reading(opened).contents.inspection.caseload is None
        inspection.describe(opened, with_caseload(None))  # leaving another field settles nothing
        assert Reading(opened).contents.conflicts
        kept = next(side for side in conflict.sides if side.value == 250)
        collate.settle(opened, conflict.id, kept.id, "counted again")
        assert Reading(opened).contents.inspection.caseload == 250


def test_a_long_list_proposes_its_size_only_where_nobody_said_anything(tmp_path: Path) -> None:
    lead = small.inspection(tmp_path).lead
    with Document.open(lead, PASSPHRASE, clock=SetClock()) as opened:
        assert not inspection.propose_caseload(opened, 5)  # fewer than the sample has
        assert inspection.propose_caseload(opened, 240)
        assert not inspection.propose_caseload(opened, 300)
        assert Reading(opened).contents.inspection.caseload == 240
        inspection.describe(opened, with_caseload(None))
        assert not inspection.propose_caseload(opened, 300)  # it was emptied on purpose


def test_scores_and_groups_allow_for_what_was_assessed_of_the_caseload(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    small.sign_off_all(made.files["Ann"])
    with Document.open(made.lead, PASSPHRASE, clock=SetClock()) as opened:
        collate.merge(opened, [made.files["Ann"]])
        inspection.describe(opened, with_caseload(8))
        reading = Reading(opened)
        whole = report.scored(reading)
        assert whole.fraction == whole.assessments / 8
        assert consolidate.book(reading).fraction == whole.fraction
        first, second = report.scored_by(reading, "ldu")
        assert (first.scored.fraction, second.scored.fraction) == (whole.fraction,) * 2
        both = groups.compared(first.scored, second.scored)
        assert {one.fraction for one in both} <= {whole.fraction}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("", None), ("  ", None), ("240", 240), (" 1,240 ", 1240), ("1 240", 1240), ("0", 0)],
)
def test_a_caseload_is_typed_as_people_write_numbers(typed: str, meant: int | None) -> None:
    assert inspection.caseload_typed(typed) == meant


@given(st.text().filter(lambda text: not any(sign.isdigit() for sign in text) and text.strip()))
def test_what_is_no_number_is_no_caseload(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        inspection.caseload_typed(typed)
    assert refused.value.code is Code.VALUE_UNUSABLE


def test_the_command_line_takes_it_with_a_new_inspection(tmp_path: Path) -> None:
    plan, lead = small.plan(tmp_path / "papers"), tmp_path / "lead.hmip"
    words = ["new", str(lead), "--title", "Small", "--area", "Small", "--caseload", "240"]
    for option in ("form", "sample", "team"):
        words += [f"--{option}", str(getattr(plan, option))]
    done = CliRunner().invoke(hmip, words, env={"HMIP_PASSPHRASE": small.WORDS})
    assert done.exit_code == 0, done.output
    assert caseload_in(lead) == 240


def test_an_older_program_leaves_the_caseload_in_place(tmp_path: Path) -> None:
    lead = small.inspection(tmp_path).lead
    with Document.open(lead, PASSPHRASE) as opened:
        inspection.describe(opened, with_caseload(240))
        # What a program writes that knows nothing of a caseload: the details alone.
        field = Field(records.INSPECTION, records.DETAILS)
        details = opened.journal.standing(field).value
        assert isinstance(details, dict)
        assert set(details) == {"title", "area", "starts", "ends", "form"}
        opened.write(opened.about.owner, [(field, {**details, "title": "Renamed"})])
    assert caseload_in(lead) == 240
