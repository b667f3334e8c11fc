"""Case files made in bad faith, by somebody who knows the passphrase."""

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import small_inspection as small
import torture_desk
from small_inspection import PASSPHRASE, SetClock

from hmip_desktop.casefile import rows
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field, entry
from hmip_desktop.errors import Code, Refused
from hmip_desktop.ids import EntryId, Json
from hmip_desktop.operations import checking, collate, hand_ins, report
from hmip_desktop.operations.collate import FileResult
from hmip_desktop.operations.exporting import export
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.salvage import salvage_file

MANY = 50_000 if torture_desk.MINUTES else 10_000
SECONDS_FOR_A_THOUSAND = 1.0


def row(**changed: str) -> str:
    """A statement that copies an entry with other cells."""
    columns = ("id", "session", "seq", "at", "author", "record", "field", "value")
    cells = ", ".join(changed.get(name, "'forged'" if name == "id" else name) for name in columns)
    return f"insert into entry select {cells} from entry limit 1"


BAD_CELLS = [
    "record = x'ff00'", "field = x'00'", "value = x'ff'", "at = 7", "at = 'yesterday'",
    "seq = 'many'", "seq = 1.5", "author = x'00'", "session = 9", "id = x'00'", "id = null",
    "value = cast(x'ff' as text)", "value = 'not json'", "value = '[1'", "value = 'NaN'",
    "value = '\"yes\"'", "record = 'assessment/'", "record = ''", "field = ''",
]  # fmt: skip
HOSTILE = {
    **{f"a row with {one}": row(**{one.split(" = ")[0]: one.split(" = ")[1]}) for one in BAD_CELLS},
    "what supersedes a number": "insert into superseded select id, 7 from entry limit 1",
    "what supersedes bytes": "insert into superseded select id, x'00' from entry limit 1",
    "what supersedes nothing": "insert into superseded select id, null from entry limit 1",
    "a link too many": "insert into superseded select id, 'none' from entry limit 1",
    "a session of bytes": "insert into session values ('z', x'00', 'c', 'p', 'o', 'n')",
    "a session by another name": "insert into session values ('z', 'o', 'c', 'p', 'o', 'n')",
    "a form of text": "insert into form values ('z', 'i', 'v', 'n', 'text', '{}')",
    "a form that does not fit": "insert into form values ('z', 'i', 'v', 'n', x'00', '{}')",
    "a form of no questions": "update form set compiled = '3'",
    "a form with too few facts": "update form set compiled = json_set(compiled, '$.questions', 7)",
    "no form": "delete from form",
    "a form of a gigabyte": "update form set compiled = replace(hex(zeroblob(3000000)), '0', '[')",
    "an owner of bytes": "update document set value = x'00' where key = 'owner'",
    "an owner of nobody": "update document set value = 'nobody' where key = 'owner'",
    "another inspection": "update document set value = 'other' where key = 'inspection'",
    "a lead's": "update document set value = 'lead' where key = 'kind'",
    "a deep value": row(value=f"'{'[' * 50_000}'"),
    "a number without end": row(value=f"'{'9' * 5_000}'"),
    "a large blob": row(value="zeroblob(20000000)"),
    "facts without number": "insert into document select hex(id), 'x' from entry",
}
SCHEMAS = [
    "create trigger t after insert on entry begin delete from session; end",
    "create view v as select * from entry",
    "create table t (a, b generated always as (randomblob(1000000000)))",
    "create virtual table t using fts5(a)",
    "create index i on entry (randomblob(9))",
    "create table sqlite_stat4x (a)",
]


@pytest.mark.parametrize("story", HOSTILE)
def test_what_is_forged_is_left_out_and_stops_nobody(story: str, tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann, bob = made.files["Ann"], made.files["Bob"]
    small.work(bob, [(0, "q4_1_01", "yes")])
    try:
        small.forge(ann, HOSTILE[story])
    except Exception:  # noqa: BLE001  SQLite itself keeps some rows out
        pytest.skip("SQLite itself refuses it")
    with Document.open(made.lead, PASSPHRASE) as lead:
        before = {one.id for one in lead.journal}
        merged = collate.merge(lead, [ann, bob])
        new = {one for one in lead.journal if one.id not in before}
        assert all(one.is_genuine for one in new)
        assert {one.field for one in new} == {"answer/q4_1_01"}
        assert merged.files[1].code is None
        assert merged.files[0].code is not None or not merged.files[0].new
        Reading(lead).assessments  # noqa: B018  worked out here
    whatever_opens(ann)
    try:
        salvage_file(ann, tmp_path / "out.hmip", PASSPHRASE, clock=SetClock())
    except Refused:
        assert not (tmp_path / "out.hmip").exists()


def whatever_opens(path: Path) -> None:
    """A forged file opened itself is refused or read, and ends in no fault."""
    with contextlib.suppress(Refused), Document.open(path, PASSPHRASE) as document:
        reading = Reading(document)
        assert reading.assessments is not None
        checking.check(document)
        for case in reading.contents.cases.values():
            report.history_rows(reading, case.reference)
        report.last_change(reading)


@pytest.mark.parametrize("statement", SCHEMAS)
def test_a_schema_of_its_own_never_runs(statement: str, tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    try:
        small.run_raw(made.files["Ann"], statement)
    except Exception:  # noqa: BLE001
        pytest.skip("SQLite itself refuses it")
    with Document.open(made.lead, PASSPHRASE) as lead:
        assert collate.merge(lead, [made.files["Ann"]]).files[0].code is Code.FILE_STRANGE


@pytest.mark.parametrize("kind", ["mark/good practice", "query/z", "answer/q4_1_01", "status"])
@pytest.mark.parametrize("length", [1, 2, 3])
def test_entries_that_supersede_each_other_in_a_circle_stop_nothing(
    kind: str, length: int, tmp_path: Path
) -> None:
    made = small.inspection(tmp_path)
    ann = made.files["Ann"]
    with Document.open(ann, PASSPHRASE, write=False) as document:
        record = small.assessment_field(document, "").record
    names = [f"circle {number}" for number in range(length)]
    small.forge(
        ann,
        *(row(id=f"'{one}'", record=f"'{record}'", field=f"'{kind}'") for one in names),
        *(
            f"insert into superseded values ('{one}', '{names[at - 1]}')"
            for at, one in enumerate(names)
        ),
    )
    whatever_opens(ann)
    with Document.open(made.lead, PASSPHRASE) as lead:
        assert collate.merge(lead, [ann]).files[0].code is Code.FILE_FORGED


# Entries that fit their names


Change = tuple[str, Json, Sequence[str]]


def handed_in(
    folder: Path, changes: Sequence[Change], at: str = "2013-05-13T09:00:00.000Z", record: str = ""
) -> tuple[small.Inspection, FileResult]:
    """What becomes of well-made entries of a stranger in the lead's file; it still reads."""
    made = small.inspection(folder)
    with Document.open(made.files["Ann"], PASSPHRASE) as document:
        where = record or small.assessment_field(document, "").record
        session = document._new_session()
        entries = tuple(
            entry(
                session.id,
                number,
                at,
                document.about.owner,
                Field(where, name),
                value,
                map(EntryId, older),
            )
            for number, (name, value, older) in enumerate(changes, start=1)
        )
        document.take_in(rows.Bundle({session.id: session}, {}, entries))
    with Document.open(made.lead, PASSPHRASE) as lead:
        (result,) = hand_ins.receive(lead, [made.files["Ann"]]).files
        reading = Reading(lead)
        report.scored(reading, preliminary=True)
        report.last_change(reading)
        for case in reading.contents.cases.values():
            report.history_rows(reading, case.reference)
        export(reading, folder / "export")
    return made, result


DATES = {
    "1900-01-01T00:00:00.000Z": True,
    "2999-12-31T23:59:59.999Z": True,
    "0001-01-01T00:00:00.000Z": False,
    "9999-12-31T23:59:59.999Z": False,
    "2013-02-30T00:00:00.000Z": False,
    "٢٠١٣-05-13T09:00:00.000Z": False,
    "2013-05-13": False,
    "yesterday": False,
    "": False,
    "<img src=x>": False,
}


@pytest.mark.parametrize("at", DATES)
def test_an_entry_of_any_time_is_taken_and_one_of_no_time_is_not(at: str, tmp_path: Path) -> None:
    _, result = handed_in(tmp_path, [("answer/q4_1_01", "yes", ())], at)
    assert result.new == int(DATES[at])
    assert result.code is (None if DATES[at] else Code.FILE_FORGED)


def test_references_to_nothing_hide_nothing(tmp_path: Path) -> None:
    made, result = handed_in(
        tmp_path, [("answer/q4_1_01", "yes", ["none"]), ("note/q4_1_01", "text", ["a" * 64])]
    )
    assert result.new == 2
    with torture_desk.whole(made.lead) as lead:
        found = [one.assessment for one in Reading(lead).assessments.values()]
        assert [one.notes for one in found if one.notes] == [{"q4_1_01": "text"}]


@pytest.mark.parametrize("record", ["inspection", "member/x", "case/x", "hand-in/x", "", "other/x"])
def test_what_is_not_the_owners_stays_out(record: str, tmp_path: Path) -> None:
    _, result = handed_in(tmp_path, [("details", {"title": "Mine"}, ())], record=record or " ")
    assert (result.new, result.refused) == (0, 1)


VALUES: list[Json] = [
    None, True, 7, 1e300, [], {}, {"note": {"deep": [1]}}, "x" * 100_000, "\x00", "<b>",
]  # fmt: skip


@pytest.mark.parametrize("field", ["answer/", "note/", "mark/", "query/", "closed/", "settled/"])
def test_values_of_any_shape_are_carried_and_hurt_nothing(field: str, tmp_path: Path) -> None:
    alone: list[Change] = [(f"{field}{at}", value, ()) for at, value in enumerate(VALUES)]
    against_each_other: list[Change] = [(f"{field}q4_1_01", value, ()) for value in VALUES]
    _, result = handed_in(tmp_path, [*alone, *against_each_other])
    assert result.new == 2 * len(VALUES)


@pytest.mark.parametrize("value", VALUES[:7])
def test_a_status_of_any_shape_is_carried_and_hurts_nothing(value: Json, tmp_path: Path) -> None:
    _, result = handed_in(tmp_path, [("status", value, ())])
    assert result.new == 1


@pytest.mark.parametrize("spread", ["over many fields", "on one field", "in one chain"])
def test_very_many_entries_are_merged_in_time(spread: str, tmp_path: Path) -> None:
    def changes() -> list[Change]:
        if spread == "on one field":
            return [("answer/q4_1_01", str(number), ()) for number in range(MANY)]
        return [(f"answer/q{number}", "yes", ()) for number in range(MANY)]

    begun = time.process_time()
    if spread == "in one chain":
        made = small.inspection(tmp_path)
        with Document.open(made.files["Ann"], PASSPHRASE) as document:
            field = small.assessment_field(document, "answer/q4_1_01")
            for number in range(MANY // 100):
                document.write(document.about.owner, [(field, str(number))])
        with Document.open(made.lead, PASSPHRASE) as lead:
            assert collate.merge(lead, [made.files["Ann"]]).files[0].new == MANY // 100
    else:
        assert handed_in(tmp_path, changes())[1].new == MANY
    assert time.process_time() - begun < SECONDS_FOR_A_THOUSAND * MANY / 1000


FUZZED: dict[str, Callable[[bytes], str]] = {
    "value": lambda junk: f"cast(x'{junk.hex()}' as text)",
    "at": lambda junk: f"cast(x'{junk.hex()}' as text)",
    "record": lambda junk: f"x'{junk.hex()}'",
    "seq": lambda junk: str(int.from_bytes(junk[:9], "big", signed=True)),
}


def test_rows_of_nonsense_never_end_in_a_fault(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    sound, lead = made.files["Ann"].read_bytes(), made.lead.read_bytes()
    chance = torture_desk.chance("rows")
    for _ in torture_desk.rounds(8):
        made.files["Ann"].write_bytes(sound)
        made.lead.write_bytes(lead)
        column = chance.choice(list(FUZZED))
        junk = chance.randbytes(chance.randrange(12))
        small.forge(made.files["Ann"], row(**{column: FUZZED[column](junk)}))
        with Document.open(made.lead, PASSPHRASE) as document:
            found = collate.merge(document, [made.files["Ann"]]).files[0]
            assert found.code is not None
        whatever_opens(made.files["Ann"])
        torture_desk.tried("a row of nonsense in a case file")
