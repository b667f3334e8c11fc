import json
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import small_inspection as small
from small_inspection import OWNER, PASSPHRASE, SALT
from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop.casefile import holder, migrations, opening, refusals
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.holder import Word
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.passphrase import Passphrase, chosen
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations.opening import open_case_file

ANSWER = Field("assessment/c/m", "answer/q1")
IN_OTHER_PROCESS = """
import sys
from pathlib import Path
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Refused
try:
    document = Document.open(Path(sys.argv[1]), Passphrase(sys.argv[2]))
    print("opened")
except Refused as refusal:
    print(refusal.code)
"""


def refused(path: Path, passphrase: Passphrase = PASSPHRASE, *, write: bool = True) -> Code:
    with pytest.raises(Refused) as refusal:
        Document.open(path, passphrase, write=write)
    return refusal.value.code


def in_another_process(path: Path) -> str:
    words = [sys.executable, "-c", IN_OTHER_PROCESS, str(path), small.WORDS]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip()


def test_what_is_written_stands_when_the_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "a.hmip"
    with small.document(path) as document:
        written = document.write(OWNER, [(ANSWER, "yes"), (Field("r", "f"), {"a": [1, None]})])
    with Document.open(path, PASSPHRASE) as document:
        assert document.about == small.ABOUT
        assert sorted(document.journal, key=lambda e: e.seq) == list(written)
        assert document.journal.standing(ANSWER).value == "yes"
        assert all(one.is_genuine for one in document.journal)
        assert document.damaged_pages() == 0


def test_a_closed_case_file_is_one_file(tmp_path: Path) -> None:
    small.filled(tmp_path / "a.hmip", 2)
    with Document.open(tmp_path / "a.hmip", PASSPHRASE) as document:
        document.write(OWNER, [(ANSWER, "yes")])
    assert [path.name for path in tmp_path.iterdir()] == ["a.hmip"]


def test_a_value_that_stands_already_adds_nothing(tmp_path: Path) -> None:
    with small.document(tmp_path / "a.hmip") as document:
        assert document.write(OWNER, [(ANSWER, None)]) == ()
        document.write(OWNER, [(ANSWER, "yes")])
        assert document.write(OWNER, [(ANSWER, "yes")]) == ()
        (later,) = document.write(OWNER, [(ANSWER, None)])
        assert len(later.supersedes) == 1
        assert document.journal.standing(ANSWER).value is None


def test_each_opening_is_a_session_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.hmip"
    with small.document(path) as document:
        document.write(OWNER, [(ANSWER, "yes")])
    with Document.open(path, PASSPHRASE) as document:
        document.write(OWNER, [(ANSWER, "no")])
        assert len({one.session for one in document.journal}) == 2
        assert len(document.bundle().sessions) == 2


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "a.hmip"
    path.write_text("a shopping list")
    with pytest.raises(Refused) as refusal:
        small.document(path)
    assert refusal.value.code is Code.FILE_EXISTS
    assert path.read_text() == "a shopping list"


def test_a_place_that_is_no_folder_is_the_disks_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "a.hmip", tmp_path / "file" / "deeper" / "a.hmip"):
        with pytest.raises(Refused) as refusal:
            small.document(path)
        assert refusal.value.code is Code.DISK
        assert refused(path) is Code.FILE_MISSING


def test_a_name_that_is_too_long_is_the_disks_reason(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        small.document(tmp_path / ("n" * 300 + ".hmip"))
    assert refusal.value.code is Code.DISK


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("dear lead, " * 1000)


def _short_text(path: Path) -> None:
    path.write_text("dear lead")


def _plain_database(path: Path) -> None:
    path.unlink()
    connection = sqlcipher.connect(str(path))
    connection.execute("create table entry (id)")
    connection.close()


def _other_programs_file(path: Path) -> None:
    path.unlink()
    connection = small.raw(path)
    connection.execute("create table entry (id)")
    connection.close()


def _other_application(path: Path) -> None:
    small.run_raw(path, "pragma application_id = 7")


def _no_migrations_table(path: Path) -> None:
    small.run_raw(path, "drop table _sqlite_migrations")


def _newer(path: Path) -> None:
    small.run_raw(
        path,
        "insert into _sqlite_migrations (migration_set, name, applied_at) "
        "values ('hmip', 'm9999_dreams', '2033-01-01')",
        "create table dream (id)",
    )


def _cut_in_a_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _cut_at_a_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: -4096 * 3])


def _half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 // 4096 * 4096])


def _strange(statement: str) -> Callable[[Path], None]:
    return lambda path: small.run_raw(path, statement)


WRONG: dict[str, tuple[Callable[[Path], None], set[Code]]] = {
    "empty": (_nothing, {Code.FILE_NOT_OURS}),
    "a short text": (_short_text, {Code.FILE_NOT_OURS}),
    "a long text": (_text, {Code.FILE_DAMAGED, Code.FILE_NOT_OURS}),
    "a plain database": (_plain_database, {Code.FILE_NOT_OURS}),
    "another program's database with the same passphrase": (
        _other_programs_file,
        {Code.FILE_NOT_OURS},
    ),
    "another application's": (_other_application, {Code.FILE_NOT_OURS}),
    "without a list of migrations": (_no_migrations_table, {Code.FILE_NOT_OURS}),
    "from a newer program": (_newer, {Code.FILE_NEWER}),
    "cut inside a page": (_cut_in_a_page, {Code.FILE_DAMAGED}),
    "with a trigger of its own": (
        _strange("create trigger t after insert on entry begin select 1; end"),
        {Code.FILE_STRANGE},
    ),
    "with a view of its own": (_strange("create view v as select 1"), {Code.FILE_STRANGE}),
    "with a table of its own": (_strange("create table t (a)"), {Code.FILE_STRANGE}),
    "with an index of its own": (_strange("create index i on entry (at)"), {Code.FILE_STRANGE}),
    "with a column too many": (_strange("alter table entry add x"), {Code.FILE_STRANGE}),
    "without one of its triggers": (
        _strange("drop trigger entry_no_update"),
        {Code.FILE_STRANGE},
    ),
    "without any migration": (_strange("delete from _sqlite_migrations"), {Code.FILE_STRANGE}),
}


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("story", WRONG)
def test_a_wrong_file_is_refused_by_its_own_code(story: str, write: bool, tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip")
    spoil, codes = WRONG[story]
    spoil(path)
    before = path.read_bytes()
    assert refused(path, write=write) in codes
    assert path.read_bytes() == before


@pytest.mark.parametrize("cut", [_cut_at_a_page, _half], ids=["by a few pages", "in half"])
def test_a_file_cut_between_pages_is_damaged(cut: Callable[[Path], None], tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip")
    cut(path)
    assert refused(path) is Code.FILE_DAMAGED


def test_a_wrong_passphrase_is_told_apart_from_damage(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    assert refused(path, small.OTHER_PASSPHRASE) is Code.PASSPHRASE_WRONG
    with pytest.raises(Refused) as refusal:
        Passphrase("")
    assert refusal.value.code is Code.PASSPHRASE_MISSING


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.hmip") is Code.FILE_MISSING
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_case_file(tmp_path: Path) -> None:
    (tmp_path / "a.hmip").mkdir()
    assert refused(tmp_path / "a.hmip") is Code.FILE_MISSING


def test_a_wrong_file_that_is_called_a_case_file_is_not_told_to_be_called_so(
    tmp_path: Path,
) -> None:
    sentences = []
    for name in ("a letter.hmip", "a letter.txt"):
        path = tmp_path / name
        path.write_text("Dear lead inspector", encoding="utf-8")
        with pytest.raises(Refused) as refusal:
            Document.open(path, PASSPHRASE)
        assert refusal.value.code is Code.FILE_NOT_OURS
        sentences.append(refusal.value.sentence.replace(name, ""))
    assert sentences[0] != sentences[1]


def test_one_scratched_byte_anywhere_is_noticed(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip")
    whole = path.read_bytes()
    chance = random.Random(5)
    for page in range(len(whole) // 4096):
        at = page * 4096 + chance.randrange(16 if page == 0 else 0, 4096)
        scratched = bytearray(whole)
        scratched[at] ^= 1 << chance.randrange(8)
        path.write_bytes(scratched)
        with pytest.raises(Refused) as refusal:
            Document.open(path, PASSPHRASE, write=False, right_salt=SALT)
        assert refusal.value.code is Code.FILE_DAMAGED


def test_a_scratched_salt_is_a_wrong_key(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)
    assert refused(path) is Code.PASSPHRASE_WRONG


@pytest.mark.parametrize(
    "statement",
    [
        "update entry set value = '\"no\"'",
        "delete from entry",
        "insert or replace into entry select id, session, 7, at, author, 'r', 'f', '1' from entry",
        "update session set owner = 'x'",
        "delete from session",
        "update superseded set older = 'x'",
        "delete from superseded",
        "delete from form",
        "update form set compiled = ''",
    ],
)
def test_the_journal_only_grows(statement: str, tmp_path: Path) -> None:
    with small.document(tmp_path / "a.hmip") as document:
        document.write(OWNER, [(ANSWER, "yes")])
        document.write(OWNER, [(ANSWER, "no")])
        document._connection.execute("insert into form values ('h', 'i', 'v', 'n', x'00', '{}')")
        before = [
            document._connection.execute(f"select * from {t}").fetchall()
            for t in ("entry", "superseded")
        ]
        with pytest.raises(sqlcipher.IntegrityError):
            document._connection.execute(statement)
        after = [
            document._connection.execute(f"select * from {t}").fetchall()
            for t in ("entry", "superseded")
        ]
        assert before == after


def test_a_file_opened_for_reading_is_never_written(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    before = path.read_bytes()
    with Document.open(path, PASSPHRASE, write=False) as document:
        with pytest.raises(Refused) as refusal:
            document.write(OWNER, [(ANSWER, "yes")])
        assert document.journal.standing(ANSWER).heads == ()
    assert refusal.value.code is Code.FILE_READ_ONLY
    assert path.read_bytes() == before


def test_nothing_can_be_read_in_the_bytes_of_a_file_or_its_journal(tmp_path: Path) -> None:
    path = tmp_path / "a.hmip"
    with small.document(path) as document:
        document.write(OWNER, [(ANSWER, small.SPLENDID), (Field("case/c", "details"), "MER-777")])
        document._connection.execute("begin immediate")
        document._connection.execute("insert into form values ('h', 'i', 'v', 'n', x'00', '{}')")
        document._connection.execute("pragma cache_spill = 1")
        for one in tmp_path.iterdir():
            content = one.read_bytes()
            for secret in (small.WORDS, small.SPLENDID, "MER-777", "answer/q1", OWNER, "SQLite"):
                assert secret.encode() not in content, one.name
        document._connection.execute("rollback")


def test_any_sqlcipher_program_opens_the_file_with_the_passphrase(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 3)
    connection = small.raw(path)
    assert connection.execute("select count(*) from entry").fetchone() == (3,)
    assert connection.execute("pragma application_id").fetchone() == (0x484D4950,)
    assert connection.execute("pragma journal_mode").fetchone() == ("delete",)
    connection.close()


def test_a_second_opening_is_told_that_the_file_is_in_use(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    with Document.open(path, PASSPHRASE) as document:
        assert holder.read_word(path)
        assert refused(path) is Code.FILE_IN_USE
        assert refused(path, write=False) is Code.FILE_IN_USE
        document.write(OWNER, [(ANSWER, "yes")])
    assert holder.read_word(path) is None
    with Document.open(path, PASSPHRASE):
        pass


def test_another_program_is_told_that_the_file_is_in_use(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    with Document.open(path, PASSPHRASE):
        assert in_another_process(path) == Code.FILE_IN_USE
    assert in_another_process(path) == "opened"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps locks by handle")
def test_a_refused_second_opening_leaves_the_first_alone(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    with Document.open(path, PASSPHRASE):
        assert refused(path) is Code.FILE_IN_USE
        assert in_another_process(path) == Code.FILE_IN_USE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps locks by handle")
@pytest.mark.parametrize("why", ["handing in", "a backup before a merge"])
def test_a_copy_of_the_open_file_leaves_it_held(why: str, tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    with Document.open(path, PASSPHRASE) as document:
        if why == "handing in":
            document.copy_to(tmp_path / "copy.hmip")
        else:
            document.back_up()
        assert in_another_process(path) == Code.FILE_IN_USE


def test_who_has_a_file_is_told_of_own_windows_and_of_other_people(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    beside, own = tmp_path / ".a.hmip.open", holder.own_word()
    assert own is not None
    told = []
    for word in (own, own._replace(who="Siân"), Word("Siân", "Trust laptop 7")):
        beside.write_text(json.dumps(word._asdict()), encoding="utf-8")
        told.append(refusals.in_use(path).sentence)
    assert len(set(told)) == len(told)
    assert "Siân" not in told[0]
    assert own.computer not in told[0]
    assert "Trust laptop 7" in told[2]
    opening.require_free(path)  # a word alone, as a crash leaves one, holds nothing


def test_a_reader_leaves_the_word_of_who_writes_alone(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    reader = Document.open(path, PASSPHRASE, write=False)
    with Document.open(path, PASSPHRASE):
        reader.close()
        assert holder.read_word(path)


WRITER = """
import sys
from pathlib import Path
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.passphrase import Passphrase
document = Document.open(Path(sys.argv[1]), Passphrase(sys.argv[2]))
number = 0
while True:
    number += 1
    document.write(document.about.owner, [(Field("r", f"f{number}"), "text " * 50)])
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("answers", [1, 7, 60])
def test_every_acknowledged_answer_outlives_a_killing(answers: int, tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    words = [sys.executable, "-c", WRITER, str(path), small.WORDS]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(answers)]
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
    acknowledged = [line for line in said if line.endswith("\n")]
    # Rolls a hot journal back; that the program does so itself is the next test's story.
    small.run_raw(path, "select count(*) from sqlite_master")
    with Document.open(path, PASSPHRASE) as document:
        standing = document.journal.fields("r")
        assert {f"f{number}" for number in range(1, len(acknowledged) + 1)} <= set(standing)
        assert all(one.is_genuine for one in document.journal)
        assert document.damaged_pages() == 0


HALF_WRITTEN = """
import os, signal, sys
from pathlib import Path
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.passphrase import Passphrase
document = Document.open(Path(sys.argv[1]), Passphrase(sys.argv[2]))
document.write(document.about.owner, [(Field("r", "kept"), "yes")])
connection = document._connection
connection.execute("pragma cache_size = 5")
connection.execute("begin immediate")
connection.execute(
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) "
    "insert into document (key, value) select 'half written ' || i, hex(randomblob(200)) from n"
)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("write", [True, False])
def test_a_file_killed_in_the_middle_of_a_transaction_opens(write: bool, tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    words = [sys.executable, "-c", HALF_WRITTEN, str(path), small.WORDS]
    subprocess.run(words, timeout=60, check=False)
    assert (tmp_path / "a.hmip-journal").stat().st_size > 4096
    try:
        document = Document.open(path, PASSPHRASE, write=write)
    except Refused as refusal:
        assert not write, refusal.code  # noqa: PT017
        assert refusal.code is not Code.PASSPHRASE_WRONG  # noqa: PT017
        return
    with document:
        assert document.journal.standing(Field("r", "kept")).value == "yes"
        assert document._connection.execute("select count(*) from document").fetchone() == (3,)


def _forge(path: Path, value: str) -> None:
    connection = small.raw(path)
    session = connection.execute("select id from session").fetchone()[0]
    connection.execute(
        "insert into entry values ('forged', ?, 9, '2013', 'm', 'assessment/c/m', 'answer/q1', ?)",
        (session, value),
    )
    connection.close()


@pytest.mark.parametrize(
    "value", ["not json", "", "NaN", '"\\ud800"', "[" * 100_000], ids=str.__len__
)
def test_an_entry_that_is_no_json_is_refused_or_seen_to_be_changed(
    value: str, tmp_path: Path
) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    _forge(path, value)
    try:
        with Document.open(path, PASSPHRASE, write=False) as document:
            assert [one.id for one in document.journal if not one.is_genuine] == ["forged"]
    except Refused as refusal:
        assert refusal.code in (Code.FILE_STRANGE, Code.FILE_FORGED)  # noqa: PT017


@pytest.mark.parametrize(
    "statement", ["delete from document", "delete from document where key='kind'"]
)
def test_a_file_that_says_nothing_of_itself_is_strange(statement: str, tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    small.run_raw(path, statement)
    assert refused(path) in (Code.FILE_STRANGE, Code.FILE_DAMAGED, Code.FILE_FORGED)


def test_a_changed_entry_gives_itself_away(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    _forge(path, '"yes"')
    with Document.open(path, PASSPHRASE, write=False) as document:
        assert sorted(one.is_genuine for one in document.journal) == [False, True]


def test_half_a_character_is_kept_or_refused(tmp_path: Path) -> None:
    with small.document(tmp_path / "a.hmip") as document:
        try:
            document.write(OWNER, [(ANSWER, "\ud83d")])
        except Refused as refusal:
            assert refusal.code is Code.VALUE_UNUSABLE  # noqa: PT017


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\u202e", "🦉", "'; drop table entry; --"])
def test_strange_characters_come_back_as_they_were(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.hmip"
    with small.document(path) as document:
        document.write(OWNER, [(ANSWER, text)])
    with Document.open(path, PASSPHRASE) as document:
        assert document.journal.standing(ANSWER).value == text
        assert all(one.is_genuine for one in document.journal)


def test_a_verified_copy_is_the_file(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    target = tmp_path / "stick" / "b.hmip"
    with Document.open(path, PASSPHRASE) as document:
        document.copy_to(target)
    with Document.open(target, PASSPHRASE) as copy:
        assert copy.about == document.about
        assert {one.id for one in copy.journal} == {one.id for one in document.journal}
    assert [one.name for one in target.parent.iterdir()] == ["b.hmip"]


def test_a_copy_that_fails_names_the_file_that_was_meant(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    (tmp_path / "no folder").touch()
    with Document.open(path, PASSPHRASE) as document, pytest.raises(Refused) as refusal:
        document.copy_to(tmp_path / "no folder" / "Ann Assessor.hmip")
    assert refusal.value.code is Code.DISK
    assert "Ann Assessor.hmip" in refusal.value.sentence
    assert str(tmp_path / "no folder") in refusal.value.sentence
    assert ".part" not in refusal.value.sentence


def test_a_copy_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    (tmp_path / "file").write_text("x")
    folder = tmp_path / "folder.hmip"
    folder.mkdir()
    (folder / "inside").write_text("x")
    with Document.open(path, PASSPHRASE, write=False) as document:
        for target in (tmp_path / "file" / "b.hmip", folder):
            with pytest.raises(Refused) as refusal:
                document.copy_to(target)
            assert refusal.value.code is Code.DISK
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.hmip", "file", "folder.hmip"]


@pytest.mark.parametrize("text", ["short", "aaaaaaaaaaaaaa", "12345678901234", "ababababababab"])
def test_a_weak_passphrase_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        chosen(text)
    assert refusal.value.code is Code.PASSPHRASE_WEAK
    assert text not in repr(Passphrase(text))


def test_every_migration_has_a_test_of_the_same_name() -> None:
    tests = {name.removeprefix("test_") for name in globals() if name.startswith("test_m0")}
    assert tests == set(migrations.names())


def test_m0001_journal(tmp_path: Path) -> None:
    with small.document(tmp_path / "a.hmip") as document:
        rows = document._connection.execute(
            "select type, name from sqlite_master where name not like 'sqlite_%'"
        ).fetchall()
    kinds = {kind: {name for k, name in rows if k == kind} for kind, _ in rows}
    assert kinds["table"] == {
        "document", "form", "session", "entry", "superseded", "_sqlite_migrations"
    }  # fmt: skip
    assert kinds["trigger"] == {
        f"{table}_no_{change}"
        for table in ("form", "session", "entry", "superseded")
        for change in ("update", "delete")
    }


def test_working_in_a_file_keeps_a_copy_of_it_once_a_day(tmp_path: Path, home: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    clock = small.SetClock()
    for hours in (0, 1, 30):
        clock.move(hours=hours)
        open_case_file(path, PASSPHRASE, clock=clock).close()
    copies = list((home / "backups").iterdir())
    assert len(copies) == 2
    for copy in copies:
        with Document.open(copy, PASSPHRASE, write=False) as document:
            assert len(document.journal) == 1
    open_case_file(path, PASSPHRASE, write=False, clock=clock).close()
    assert len(list((home / "backups").iterdir())) == 2


def test_a_home_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path, home: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    home.write_text("not a folder")
    open_case_file(path, PASSPHRASE).close()


def test_the_holders_word_is_plain_and_says_nothing_of_the_file(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    with Document.open(path, PASSPHRASE):
        word = json.loads((tmp_path / ".a.hmip.open").read_text(encoding="utf-8"))
    assert set(word) == {"who", "computer"}


def test_a_write_after_closing_is_a_fault_not_a_damaged_file(tmp_path: Path) -> None:
    document = small.document(tmp_path / "a.hmip")
    document.close()
    with pytest.raises(Exception) as raised:  # noqa: PT011
        document.write(OWNER, [(ANSWER, "yes")])
    if isinstance(raised.value, Refused):
        pytest.xfail("opening.world calls every DatabaseError damage, misuse by the program too")


def test_closing_twice_is_no_error(tmp_path: Path) -> None:
    document = small.document(tmp_path / "a.hmip")
    document.close()
    document.close()
    assert [one.name for one in tmp_path.iterdir()] == ["a.hmip"]
