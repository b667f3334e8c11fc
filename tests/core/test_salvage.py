"""A damaged case file gives back what is certainly right, and never anything else."""

import hashlib
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import small_inspection as small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_inspection import OTHER_PASSPHRASE, PASSPHRASE, SetClock

from hmip_desktop.casefile import cells, pages, salvage
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.rows import About
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import checking, collate
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.salvage import Salvaged, salvage_file

PAGE = pages.PAGE
DAYS = 3
NOTES = (3, 40, 400, 3_900, 4_100, 9_000)  # letters; a page takes about 4,000
Damage = Callable[[bytearray], None]


@cache
def worked_on() -> tuple[bytes, bytes, bytes]:
    """The lead's file, Ann's as it was handed out, and Ann's after a week with long notes."""
    with TemporaryDirectory() as folder:
        made = small.inspection(Path(folder))
        lead, handed_out = made.lead.read_bytes(), made.files["Ann"].read_bytes()
        for day in range(DAYS):
            with Document.open(made.files["Ann"], PASSPHRASE, clock=SetClock()) as document:
                field = small.assessment_field(document, "").record
                for number in range(40):
                    name = f"note/q{number}" if number % 4 == 0 else f"answer/q{number}"
                    length = NOTES[(number // 4 + day) % len(NOTES)] if number % 4 == 0 else day
                    text = f"Day {day}, ŵ 🦉 " + "and so on " * (length // 10)
                    document.write(document.about.owner, [(Field(field, name), text)])
        return lead, handed_out, made.files["Ann"].read_bytes()


def anns() -> bytearray:
    return bytearray(worked_on()[2])


def page_count() -> int:
    return len(anns()) // PAGE


@cache
def whole() -> tuple[About, frozenset[str]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "Ann.hmip"
        path.write_bytes(anns())
        with Document.open(path, PASSPHRASE, write=False) as document:
            return document.about, frozenset(map(repr, document.journal))


@pytest.fixture
def ann(tmp_path: Path) -> Path:
    path = tmp_path / "Ann.hmip"
    path.write_bytes(anns())
    return path


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "older" / "Ann.hmip"
    path.parent.mkdir()
    path.write_bytes(worked_on()[1])
    return path


def damage(path: Path, how: Damage) -> None:
    content = bytearray(path.read_bytes())
    how(content)
    path.write_bytes(content)


def zeroed(number: int) -> Damage:
    def how(content: bytearray) -> None:
        content[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)

    return how


def flipped(*places: int) -> Damage:
    def how(content: bytearray) -> None:
        for at in places:
            content[at % len(content)] ^= 0x55

    return how


def cut(length: int) -> Damage:
    def how(content: bytearray) -> None:
        del content[length:]

    return how


def swapped(one: int, other: int) -> Damage:
    def how(content: bytearray) -> None:
        first, second = ((n - 1) * PAGE for n in (one, other))
        pages_ = content[first : first + PAGE], content[second : second + PAGE]
        content[second : second + PAGE], content[first : first + PAGE] = pages_

    return how


def outcome(path: Path, like: Path | None = None) -> Salvaged | Code:
    """What came of salvaging a file: the new one is whole and says nothing that was not said."""
    before = hashlib.sha256(path.read_bytes()).digest()
    out = path.with_name("salvaged.hmip")
    out.unlink(missing_ok=True)
    try:
        done = salvage_file(path, out, PASSPHRASE, like=like, clock=SetClock())
    except Refused as refusal:
        assert not out.exists()
        return refusal.code
    finally:
        assert hashlib.sha256(path.read_bytes()).digest() == before
        assert {one.name for one in path.parent.iterdir()} <= {
            path.name, f"{path.name}-journal", "salvaged.hmip", "older", "home of the program"
        }  # fmt: skip
    about, entries = whole()
    with Document.open(out, PASSPHRASE, write=False) as document:
        assert document.about == about
        assert set(map(repr, document.journal)) <= entries
        checked = checking.check(document)
        assert checked.is_whole
        assert checked.entries == done.recovered
        assert checked.sessions == done.sessions
    assert done.recovered + done.left_out <= len(entries)
    return done


def recovered(done: Salvaged | Code) -> float:
    return done.recovered / len(whole()[1]) if isinstance(done, Salvaged) else 0.0


def test_a_whole_file_gives_back_everything(ann: Path) -> None:
    done = outcome(ann)
    assert isinstance(done, Salvaged)
    assert recovered(done) == 1
    assert (done.left_out, done.lost_pages, done.missing_predecessors) == (0, 0, 0)
    assert (done.pages, done.forms, done.named_by_other) == (page_count(), 1, False)
    with (
        Document.open(ann, PASSPHRASE, write=False) as before,
        Document.open(done.out, PASSPHRASE, write=False) as after,
    ):
        assert after.salt == before.salt
        assert set(map(repr, after.journal)) == set(map(repr, before.journal))
        assert after.bundle().sessions == before.bundle().sessions
        assert after.bundle().forms == before.bundle().forms


# Pages


@pytest.mark.parametrize("tenth", range(10))
def test_any_page_may_be_lost(tenth: int, ann: Path, older: Path) -> None:
    for number in range(1 + tenth, page_count() + 1, 10):
        ann.write_bytes(anns())
        damage(ann, zeroed(number))
        done = outcome(ann)
        if isinstance(done, Salvaged):
            assert recovered(done) > 0.8
            assert done.recovered + done.left_out == len(whole()[1])
            assert done.lost_pages == 1
        else:
            assert done is (Code.PASSPHRASE_WRONG if number == 1 else Code.FILE_DAMAGED)
            assert recovered(outcome(ann, older)) > 0


def test_few_pages_cannot_be_done_without(tmp_path: Path) -> None:
    """The first (its salt), the one that says whose the file is, the one of the sessions."""
    path = tmp_path / "Ann.hmip"
    needed = 0
    for number in range(1, page_count() + 1):
        path.write_bytes(anns())
        damage(path, zeroed(number))
        try:
            found = salvage.find(path, PASSPHRASE)
        except Refused as refusal:
            assert (number, refusal.code) == (1, Code.PASSPHRASE_WRONG)  # noqa: PT017
            needed += 1
        else:
            needed += found.about is None or not found.sessions
    assert needed == 3


def test_a_file_may_be_cut_short_anywhere(ann: Path, tmp_path: Path) -> None:
    before = len(whole()[1])
    for number in reversed(range(1, page_count())):
        damage(ann, cut(number * PAGE + number % 3))
        found = salvage.find(ann, PASSPHRASE)
        assert set(map(repr, found.entries)) <= whole()[1]
        assert len(found.entries) <= before
        assert found.pages == salvage.Pages(page_count(), page_count() - number)
        before = len(found.entries)
    damage(ann, cut(PAGE - 1))
    assert outcome(ann) is Code.FILE_NOT_OURS


@pytest.mark.parametrize("share", [0.5, 0.75, 0.9])
def test_what_is_left_of_a_file_cut_short_is_a_case_file(share: float, ann: Path) -> None:
    damage(ann, cut(int(len(anns()) * share)))
    assert recovered(outcome(ann)) > share / 3


@pytest.mark.parametrize("seed", range(6))
def test_pages_that_changed_places_find_back(seed: int, ann: Path) -> None:
    numbers = list(range(2, page_count() + 1))
    random.Random(seed).shuffle(numbers)
    for at in range(0, 2 * seed, 2):
        damage(ann, swapped(numbers[at], numbers[at + 1]))
    assert recovered(outcome(ann)) == 1


def test_pages_that_moved_up_find_back(ann: Path) -> None:
    def how(content: bytearray) -> None:
        del content[9 * PAGE : 10 * PAGE]

    lost = anns()
    zeroed(10)(lost)
    ann.write_bytes(lost)
    there = recovered(outcome(ann))
    ann.write_bytes(anns())
    damage(ann, how)
    assert recovered(outcome(ann)) == there > 0.8


PLACES = st.integers(min_value=0, max_value=1 << 40)
A_FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@A_FEW
@given(places=st.lists(PLACES, min_size=1, max_size=40))
def test_bytes_may_be_flipped_anywhere(places: list[int], ann: Path, older: Path) -> None:
    ann.write_bytes(anns())
    damage(ann, flipped(*places))
    alone, helped = outcome(ann), outcome(ann, older)
    assert recovered(alone) <= recovered(helped)
    assert alone not in (Code.FILE_NOT_OURS, Code.FILE_STRANGE)
    if not isinstance(alone, Salvaged):
        touched = {at % len(anns()) // PAGE + 1 for at in places}
        assert touched & set(range(1, 10))  # the pages that cannot be done without come early


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    one, other = draw(PLACES), draw(PLACES)

    def swap(content: bytearray) -> None:
        count = len(content) // PAGE
        if count:
            swapped(one % count + 1, other % count + 1)(content)

    def zero(content: bytearray) -> None:
        count = len(content) // PAGE
        if count:
            zeroed(one % count + 1)(content)

    def shorten(content: bytearray) -> None:
        cut(max(len(content) - one % (8 * PAGE), 0))(content)

    return draw(st.sampled_from([swap, zero, shorten, flipped(one, other)]))


@A_FEW
@given(chosen=st.lists(damages(), min_size=1, max_size=8))
def test_damage_of_all_kinds_never_makes_a_wrong_answer(
    chosen: list[Damage], ann: Path, older: Path
) -> None:
    ann.write_bytes(anns())
    for how in chosen:
        if ann.stat().st_size > PAGE:
            damage(ann, how)
    assert recovered(outcome(ann)) <= recovered(outcome(ann, older))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_writing_cut_short_is_read_from_what_sqlite_set_aside(ann: Path) -> None:
    half_written = """
import os, signal, sys
from pathlib import Path
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
connection = Document.open(Path(sys.argv[1]), Passphrase(sys.argv[2]))._connection
connection.execute("pragma cache_size = 5")
connection.execute("begin immediate")
connection.execute(
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 900) "
    "insert into entry select lower(hex(randomblob(32))), id, i, '', '', 'r', 'f', '1' "
    "from n, (select id from session limit 1)"
)
os.kill(os.getpid(), signal.SIGKILL)
"""
    words = [sys.executable, "-c", half_written, str(ann), small.WORDS]
    assert subprocess.run(words, timeout=60, check=False).returncode == -signal.SIGKILL
    ann.with_name(f".{ann.name}.open").unlink()
    journal = ann.with_name(f"{ann.name}-journal")
    aside = pages.taken_back(journal.read_bytes(), pages.keys(PASSPHRASE, bytes(anns()[:16])))
    assert len(aside) > 3
    for number in aside:
        if number != 1:
            damage(ann, zeroed(number))
    before = journal.read_bytes()
    found = salvage.find(ann, PASSPHRASE)
    assert set(map(repr, found.entries)) == whole()[1]
    assert found.unfit > 0
    out = ann.with_name("salvaged.hmip")
    assert salvage_file(ann, out, PASSPHRASE).recovered == len(whole()[1])
    assert journal.read_bytes() == before


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="nothing here fails to be read")
def test_a_page_that_the_disk_does_not_give_is_a_lost_one(ann: Path) -> None:
    with Path("/proc/self/mem").open("rb", buffering=0) as unreadable:
        assert salvage.given(unreadable, 0, PAGE) == bytes(PAGE)
    with ann.open("rb", buffering=0) as file:
        assert salvage.given(file, PAGE, PAGE) == anns()[PAGE : 2 * PAGE]
        assert salvage.given(file, len(anns()) - 1, 3) == anns()[-1:] + bytes(2)


# What a file says in one place only


def test_a_lost_salt_is_found_in_another_file(ann: Path, older: Path) -> None:
    damage(ann, flipped(3))
    assert outcome(ann) is Code.PASSPHRASE_WRONG
    assert recovered(outcome(ann, older)) == 1


def test_the_file_of_another_inspection_is_no_help(ann: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "older" / "other.hmip"
    small.document(stranger).close()
    assert outcome(ann, stranger) is Code.OTHER_INSPECTION


def test_the_damaged_file_is_no_help_to_itself(ann: Path) -> None:
    damage(ann, zeroed(page_count()))
    assert recovered(outcome(ann, ann)) > 0.8


# Not a damaged case file at all


def _text(path: Path) -> None:
    path.write_text("dear lead, " * 1000)


def _zeros(path: Path) -> None:
    path.write_bytes(bytes(len(anns())))


def _other_program(path: Path) -> None:
    path.unlink()
    connection = small.raw(path)
    connection.execute("create table entry (id)")
    connection.close()


def _plain_database(path: Path) -> None:
    path.write_bytes(pages.HEADER + bytes(2 * PAGE))


def _newer(path: Path) -> None:
    small.run_raw(
        path,
        "insert into _sqlite_migrations (migration_set, name, applied_at) "
        "values ('hmip', 'm9999_dreams', '2033-01-01')",
    )


def _gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_text, Code.FILE_NOT_OURS),
        (_zeros, Code.FILE_NOT_OURS),
        (_plain_database, Code.FILE_NOT_OURS),
        (_other_program, Code.FILE_NOT_OURS),
        (_newer, Code.FILE_NEWER),
        (_gone, Code.FILE_MISSING),
    ],
)
def test_what_cannot_be_salvaged_is_refused(
    make: Callable[[Path], None], code: Code, ann: Path
) -> None:
    make(ann)
    with pytest.raises(Refused) as refusal:
        salvage_file(ann, ann.with_name("out.hmip"), PASSPHRASE)
    assert refusal.value.code is code
    assert not ann.with_name("out.hmip").exists()


def test_a_wrong_passphrase_is_not_taken_for_damage(ann: Path) -> None:
    with pytest.raises(Refused) as refusal:
        salvage_file(ann, ann.with_name("out.hmip"), OTHER_PASSPHRASE)
    assert refusal.value.code is Code.PASSPHRASE_WRONG


@pytest.mark.parametrize("name", ["Ann.hmip", "taken.hmip", "taken"])
def test_nothing_is_ever_written_over(name: str, ann: Path) -> None:
    taken = ann.with_name("taken.hmip")
    taken.write_text("a shopping list")
    before = ann.read_bytes()
    with pytest.raises(Refused) as refusal:
        salvage_file(ann, ann.with_name(name), PASSPHRASE)
    assert refusal.value.code is Code.FILE_EXISTS
    assert (ann.read_bytes(), taken.read_text()) == (before, "a shopping list")


def test_a_file_that_somebody_works_in_is_left_alone(ann: Path) -> None:
    in_use = """
import sys
from pathlib import Path
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
with Document.open(Path(sys.argv[1]), Passphrase(sys.argv[2])):
    print("open", flush=True)
    sys.stdin.read()
"""
    words = [sys.executable, "-c", in_use, str(ann), small.WORDS]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(Refused) as elsewhere:
            salvage_file(ann, ann.with_name("out.hmip"), PASSPHRASE)
        other.communicate()
    with Document.open(ann, PASSPHRASE), pytest.raises(Refused) as here:
        salvage_file(ann, ann.with_name("out.hmip"), PASSPHRASE)
    assert elsewhere.value.code is here.value.code is Code.FILE_IN_USE


# Schema and rows


@pytest.mark.parametrize(
    "statements",
    [
        ("drop trigger entry_no_update",),
        ("create view v as select 1", "create table t (a)"),
        ("pragma writable_schema = on", "delete from sqlite_master"),
        ("pragma writable_schema = on", "update sqlite_master set rootpage = 3"),
        ("pragma writable_schema = on", "update sqlite_master set sql = 'create folly'"),
    ],
)
def test_a_broken_schema_is_no_matter(statements: tuple[str, ...], ann: Path) -> None:
    small.run_raw(ann, *statements)
    assert recovered(outcome(ann)) == 1


ENTRY = "insert into entry (id, session, seq, at, author, record, field, value) values "


@pytest.mark.parametrize(
    "row",
    [
        "('forged', (select id from session), 9, '2013', 'm', 'r', 'f', '1')",
        "('forged', (select id from session), 9, '2013', 'm', 'r', 'f', 'NaN')",
        "('forged', (select id from session), 9, '2013', 'm', 'r', 'f', 'no json')",
        "('forged', (select id from session), 9, '2013', 'm', 'r', 'f', cast(x'ff' as text))",
        "('forged', (select id from session), 9, '2013', 'm', 'r', 'f', '\"\\ud800\"')",
        f"('forged', (select id from session), 9, '2013', 'm', 'r', 'f', '{'[' * 100_000}')",
        "('forged', (select id from session), 'x', x'00', 'm', 'r', 'f', 1.5)",
    ],
    ids=["another", "not a number", "no JSON", "no UTF-8", "half a pair", "too deep", "types"],
)
def test_an_entry_that_does_not_fit_its_name_is_left_out(row: str, ann: Path) -> None:
    small.run_raw(ann, ENTRY + row)
    done = outcome_of_forged(ann)
    assert done.recovered == len(whole()[1])


def outcome_of_forged(path: Path) -> Salvaged:
    done = salvage_file(path, path.with_name("salvaged.hmip"), PASSPHRASE)
    with Document.open(done.out, PASSPHRASE, write=False) as document:
        assert set(map(repr, document.journal)) == whole()[1]
        assert checking.check(document).is_whole
    return done


def test_an_entry_that_lost_its_session_is_left_out_and_counted(ann: Path) -> None:
    one = small.made_entry(1)
    small.run_raw(
        ann,
        "pragma foreign_keys = off",
        ENTRY + f"('{one.id}', 's', 1, '{one.at}', 'm', '{one.record}', '{one.field}', '\"yes\"')",
    )
    assert outcome_of_forged(ann).without_session == 1


def test_an_entry_whose_predecessor_is_lost_still_stands(ann: Path) -> None:
    field = Field("r", "f")
    with Document.open(ann, PASSPHRASE, clock=SetClock()) as document:
        (first,) = document.write(document.about.owner, [(field, "before")])
        (second,) = document.write(document.about.owner, [(field, "after")])
    small.run_raw(ann, "drop trigger entry_no_delete", f"delete from entry where id = '{first.id}'")
    done = salvage_file(ann, ann.with_name("salvaged.hmip"), PASSPHRASE)
    assert done.missing_predecessors == 1
    with Document.open(done.out, PASSPHRASE) as document:
        assert document.journal.standing(field).heads == (second,)


def test_an_entry_whose_link_is_lost_does_not_fit(ann: Path) -> None:
    field = Field("r", "f")
    with Document.open(ann, PASSPHRASE, clock=SetClock()) as document:
        document.write(document.about.owner, [(field, "before")])
        (second,) = document.write(document.about.owner, [(field, "after")])
    small.run_raw(
        ann,
        "pragma secure_delete = on",
        "drop trigger superseded_no_delete",
        f"delete from superseded where entry = '{second.id}'",
    )
    done = salvage_file(ann, ann.with_name("salvaged.hmip"), PASSPHRASE)
    assert done.unfit == 1
    with Document.open(done.out, PASSPHRASE) as document:
        assert document.journal.standing(field).value == "before"


def test_what_was_salvaged_merges_like_any_file_and_the_rest_may_follow(
    ann: Path, tmp_path: Path
) -> None:
    lost = tmp_path / "lost.hmip"
    lost.write_bytes(anns())
    damage(lost, zeroed(page_count() // 2))
    damage(lost, zeroed(page_count()))
    done = salvage_file(lost, tmp_path / "salvaged.hmip", PASSPHRASE)
    assert 0.7 < recovered(done) < 1
    assert done.conflicts > 0
    said = []
    for name, files in (("one", [done.out, ann]), ("other", [ann])):
        lead = tmp_path / name / "lead.hmip"
        lead.parent.mkdir()
        lead.write_bytes(worked_on()[0])
        with Document.open(lead, PASSPHRASE, clock=SetClock()) as document:
            for file in files:
                merged = collate.merge(document, [file])
                assert merged.files[0].status is collate.Outcome.MERGED
                assert merged.files[0].refused == 0
            assert not merged.conflicts  # those that a lost entry left behind are closed again
            said.append(repr(sorted(map(repr, document.journal))))
    assert said[0] == said[1]


def test_the_leads_own_file_comes_back_with_all_of_its_cases(tmp_path: Path) -> None:
    lead = tmp_path / "lead.hmip"
    lead.write_bytes(worked_on()[0])
    damage(lead, cut(len(worked_on()[0]) + 1))
    done = salvage_file(lead, tmp_path / "out.hmip", PASSPHRASE)
    with (
        Document.open(lead, PASSPHRASE, write=False) as before,
        Document.open(done.out, PASSPHRASE, write=False) as after,
    ):
        assert after.about == before.about
        assert repr(Reading(after).contents) == repr(Reading(before).contents)


# The parts


VALUES = (
    st.none()
    | st.integers(min_value=-(1 << 63), max_value=(1 << 63) - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    | st.binary(max_size=40)
    | st.integers(min_value=0, max_value=5000).map("é".__mul__)
    | st.integers(min_value=0, max_value=5000).map(bytes)
)


def plain_pages(content: bytes, size: int) -> dict[int, bytes]:
    return {at // size + 1: content[at : at + size] for at in range(0, len(content), size)}


@settings(max_examples=60)
@given(
    rows=st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=40),
    size=st.sampled_from([512, 4096]),
)
def test_rows_are_read_as_sqlite_wrote_them(rows: list[tuple[cells.Value, ...]], size: int) -> None:
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute(f"pragma page_size = {size}")
    database.execute("create table t (a, b, c)")
    database.execute("create index i on t (b)")
    database.executemany("insert into t values (?, ?, ?)", rows)
    read = list(cells.rows(plain_pages(database.serialize(), size)))
    of_table = {row.number: row.values for row in read if row.values and len(row.values) == 3}
    said = database.execute("select rowid, a, b, c from t").fetchall()
    database.close()
    assert repr(sorted(of_table.items())) == repr([(n, (a, b, c)) for n, a, b, c in said])
    of_index = {row.values[1]: row.values[0] for row in read if row.values and row.number is None}
    assert repr(sorted(of_index.items())) == repr([(n, b) for n, _, b, _ in said])


@given(
    kind=st.sampled_from([0x0D, 0x0A, 0x02, 0x05]),
    count=st.integers(min_value=0, max_value=300),
    rest=st.binary(min_size=509, max_size=509),
)
def test_pages_of_nonsense_have_no_rows_or_unreadable_ones(
    kind: int, count: int, rest: bytes
) -> None:
    page = bytes([kind, 0, 0]) + count.to_bytes(2, "big") + rest
    for row in cells.rows({2: page, 3: page, 1: bytes(100) + page}):
        assert row.values is None or isinstance(row.values, tuple)


def test_a_chain_of_pages_that_bites_its_tail_ends() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("pragma page_size = 512")
    database.execute("create table t (a)")
    database.execute("insert into t values (?)", ("x" * 6000,))
    database.commit()
    found = plain_pages(database.serialize(), 512)
    database.close()
    looped = {n: n.to_bytes(4, "big") + page[4:] if n > 2 else page for n, page in found.items()}
    assert any(row.number == 1 for row in cells.rows(looped))
