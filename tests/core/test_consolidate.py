"""What the workbook is told of an inspection that is still going on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import small_inspection as small
from openpyxl import load_workbook
from small_inspection import PASSPHRASE, SetClock

from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import assess, consolidate, hand_ins
from hmip_desktop.operations.reading import Reading
from hmip_desktop.workbook.book import Book, Counted, Listing
from hmip_desktop.workbook.quality import missing_answers, personal_details


@pytest.fixture
def made(tmp_path: Path) -> small.Inspection:
    return small.inspection(tmp_path, second=2)


@pytest.fixture
def lead(made: small.Inspection) -> Iterator[Document]:
    with Document.open(made.lead, PASSPHRASE, clock=SetClock()) as document:
        yield document


def listing(book: Book, beginning: str) -> Listing:
    return next(one for one in book.quality if one.title.startswith(beginning))


def test_a_fresh_inspection_is_provisional_since_nothing_is_begun(lead: Document) -> None:
    book = consolidate.book(Reading(lead))
    assert book.provisional
    assert book.reasons == ("6 of 6 cases: not begun.",)
    assert len(listing(book, "Cases without").rows) == 6
    assert {row.counted for row in book.assessments} == {Counted.NOT_SIGNED_OFF, Counted.SECOND}
    assert book.by == ("ldu", "rosh")


def test_what_is_signed_off_counts_and_the_rest_says_why_not(
    made: small.Inspection, lead: Document
) -> None:
    small.sign_off_all(made.files["Ann"])
    small.work(made.files["Bob"], [(0, "q4_1_01", "no")])
    hand_ins.receive(lead, [made.files["Ann"], made.files["Bob"]])
    book = consolidate.book(Reading(lead))
    firsts = [row for row in book.assessments if row.order == "first"]
    assert len(firsts) == 6
    assert {row.assessor for row in book.counting} == {"Ann"}
    assert len(book.counting) == book.scores.assessments
    assert sum(int(reason.split()[0]) for reason in book.reasons) == 6 - len(book.counting)
    assert {row[0] for row in listing(book, "Case files").rows} == {"Ann", "Bob"}
    assert missing_answers(book).rows


def test_a_conflict_is_a_reason_and_stands_in_the_list_with_both_sides(
    made: small.Inspection, lead: Document, tmp_path: Path
) -> None:
    copied = small.copy(made.files["Ann"], tmp_path / "copied.hmip")
    small.sign_off_all(made.files["Ann"])
    small.work(copied, [(0, "q4_1_01", "no")])
    hand_ins.receive(lead, [made.files["Ann"], copied])
    book = consolidate.book(Reading(lead))
    assert any(reason.startswith("Open conflicts: 1") for reason in book.reasons)
    (row,) = listing(book, "Open conflicts").rows
    assert row[1:3] == ("Ann", "4.1.01")
    assert row[3].count("Ann, ") == 2


def test_a_reopened_assessment_is_listed_with_its_reason(
    made: small.Inspection, lead: Document
) -> None:
    small.sign_off_all(made.files["Ann"])
    with Document.open(made.files["Ann"], PASSPHRASE, clock=SetClock()) as ann:
        case = next(iter(Reading(ann).assessments.values())).case.reference
        assess.reopen(Reading(ann), case, "A report came to light")
    hand_ins.receive(lead, [made.files["Ann"]])
    (row,) = listing(consolidate.book(Reading(lead)), "Assessments opened again").rows
    assert (row[0], row[1], row[3]) == (case, "Ann", "A report came to light")


def test_notes_are_looked_through_also_where_they_are_left_out(
    made: small.Inspection, lead: Document
) -> None:
    with Document.open(made.files["Ann"], PASSPHRASE, clock=SetClock()) as ann:
        case = next(iter(Reading(ann).assessments.values())).case.reference
        assess.answer(Reading(ann), case, "q4_1_01", "yes", note="Told by Mrs Jones, L1 8JQ")
    hand_ins.receive(lead, [made.files["Ann"]])
    book = consolidate.book(Reading(lead))
    assert book.notes is None
    (row,) = personal_details(book).rows
    assert row == (case, "Ann", "4.1.01", "name, postcode")
    with_notes = consolidate.book(Reading(lead), notes=True)
    assert [note.text for note in with_notes.notes or ()] == ["Told by Mrs Jones, L1 8JQ"]


def test_fields_to_group_by_go_by_any_spelling_and_strangers_are_refused(lead: Document) -> None:
    assert consolidate.book(Reading(lead), by=["LDU", " rosh "]).by == ("ldu", "rosh")
    with pytest.raises(Refused) as refused:
        consolidate.book(Reading(lead), by=["height"])
    assert refused.value.code is Code.FIELD_UNKNOWN


def test_an_assessors_file_makes_no_workbook(made: small.Inspection, tmp_path: Path) -> None:
    with (
        Document.open(made.files["Ann"], PASSPHRASE, write=False) as ann,
        pytest.raises(Refused) as refused,
    ):
        consolidate.write_workbook(Reading(ann), tmp_path / "no.xlsx")
    assert refused.value.code is Code.NOT_THE_LEADS


def test_a_workbook_of_an_inspection_just_begun_can_be_opened(
    lead: Document, tmp_path: Path
) -> None:
    for least in (0, 2):
        consolidate.write_workbook(Reading(lead), tmp_path / "one.xlsx", least=least)
        written = load_workbook(tmp_path / "one.xlsx", data_only=True)
        said = [str(cell.value) for row in written["Scores"].iter_rows() for cell in row]
        assert any(text.startswith("PROVISIONAL") for text in said)
