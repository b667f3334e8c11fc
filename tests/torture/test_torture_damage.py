"""Damaged files, and files of other programs: always a sentence, never a wrong answer."""

import hashlib
import os
import sqlite3
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import small_inspection as small
import torture_desk
from small_inspection import OTHER_PASSPHRASE, PASSPHRASE, SALT
from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import collate
from hmip_desktop.operations.salvage import salvage_file

PAGE = 4096
DAMAGE = {Code.FILE_DAMAGED, Code.PASSPHRASE_WRONG, Code.FILE_NOT_OURS, Code.FILE_STRANGE}
SOONEST = 10.0


def opened(path: Path, right_salt: bytes | None = None) -> frozenset[str] | Code:
    """What a file says, or why it says nothing."""
    try:
        with Document.open(path, PASSPHRASE, write=False, right_salt=right_salt) as document:
            return frozenset(map(repr, document.journal))
    except Refused as refusal:
        return refusal.code


def flipped(content: bytearray, page: int, at: int) -> None:
    content[page * PAGE + at] ^= 0x10


def cut(content: bytearray, page: int, at: int) -> None:
    del content[page * PAGE + at :]


def swapped(content: bytearray, page: int, at: int) -> None:
    other = at % (len(content) // PAGE)
    one, two = slice(page * PAGE, page * PAGE + PAGE), slice(other * PAGE, other * PAGE + PAGE)
    content[one], content[two] = content[two], content[one]


def doubled(content: bytearray, page: int, at: int) -> None:
    content[at % len(content) // PAGE * PAGE :] = content[page * PAGE :]


@pytest.mark.parametrize("how", [flipped, cut, swapped, doubled], ids=lambda how: how.__name__)
def test_a_file_damaged_on_any_page_never_says_anything_else(
    how: Callable[[bytearray, int, int], None], tmp_path: Path
) -> None:
    path = small.filled(tmp_path / "a.hmip")
    sound, before = path.read_bytes(), opened(path)
    chance = torture_desk.chance(how.__name__)
    for _ in torture_desk.rounds(1):
        # The header of the first page, bodies of pages, the seals at their ends: every region.
        for page in range(0, len(sound) // PAGE, 1 if torture_desk.MINUTES else 3):
            for region in ((0, 100), (100, 4016), (4016, PAGE)):
                content = bytearray(sound)
                how(content, page, chance.randrange(*region))
                path.write_bytes(content)
                found = opened(path, SALT)
                assert found == before if bytes(content) == sound else found in DAMAGE
                torture_desk.tried(f"a case file {how.__name__}")


def _png(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(3 * PAGE - 8))


def _plain(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table entry (id)")
    connection.close()


def _other_key(path: Path) -> None:
    other = Document.create(path, OTHER_PASSPHRASE, small.ABOUT)
    other.close()


def _other_programs(path: Path) -> None:
    connection = sqlcipher.connect(str(path))
    connection.execute(f"pragma key = '{small.WORDS}'")
    connection.execute("create table diary (day, secret)")
    connection.close()


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.hmip", os.urandom(5 * PAGE))


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def _sparse_end(path: Path) -> None:
    small.filled(path, 1)
    with path.open("r+b") as file:
        file.truncate(1 << 40)


OTHERS: dict[str, tuple[Callable[[Path], object], set[Code]]] = {
    "nothing": (lambda path: path.write_bytes(b""), {Code.FILE_NOT_OURS}),
    "one byte": (lambda path: path.write_bytes(b"x"), {Code.FILE_NOT_OURS}),
    "a picture": (_png, {Code.PASSPHRASE_WRONG, Code.FILE_NOT_OURS}),
    "a plain database": (_plain, {Code.FILE_NOT_OURS}),
    "encrypted with another key": (_other_key, {Code.PASSPHRASE_WRONG}),
    "of another program, with our key": (_other_programs, {Code.FILE_NOT_OURS}),
    "an archive": (_zip, {Code.FILE_DAMAGED, Code.FILE_NOT_OURS, Code.PASSPHRASE_WRONG}),
    "a folder": (lambda path: path.mkdir(), {Code.FILE_MISSING, Code.FILE_NOT_OURS}),
    "a thousand gigabytes of nothing": (_sparse, {Code.FILE_NOT_OURS}),
    "a case file with a thousand gigabytes behind it": (_sparse_end, {Code.FILE_NOT_OURS}),
}
if sys.platform != "win32":
    OTHERS |= {
        "a pipe": (os.mkfifo, {Code.FILE_NOT_OURS}),
        "a device": (lambda path: path.symlink_to("/dev/zero"), {Code.FILE_NOT_OURS}),
        "a link to nothing": (lambda path: path.symlink_to("none"), {Code.FILE_MISSING}),
    }


@pytest.mark.parametrize("story", OTHERS)
def test_a_file_of_another_kind_is_refused_at_once(story: str, tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    path = tmp_path / "strange.hmip"
    make, codes = OTHERS[story]
    make(path)
    begun = time.process_time()
    assert opened(path) in codes
    with Document.open(made.lead, PASSPHRASE) as lead:
        results = collate.merge(lead, [path, made.files["Ann"]]).files
    assert results[0].code is not None
    assert results[1].code is None
    with pytest.raises(Refused):
        salvage_file(path, tmp_path / "out.hmip", PASSPHRASE)
    assert not (tmp_path / "out.hmip").exists()
    assert time.process_time() - begun < SOONEST


@pytest.mark.parametrize("story", OTHERS)
def test_a_command_says_it_in_a_sentence(story: str, tmp_path: Path) -> None:
    OTHERS[story][0](tmp_path / "strange.hmip")
    status, said = torture_desk.run(tmp_path, "cases", "strange.hmip")
    assert status == 1
    assert said.strip().endswith(".")


@pytest.mark.skipif(sys.platform == "win32", reason="links are for administrators there")
def test_nothing_is_written_through_links_that_lie_beside_a_file(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    for beside in (".a.hmip.open", "a.hmip-journal", ".a.hmip.part", "a.hmip-wal", "a.hmip-shm"):
        desk = tmp_path / beside.strip(".")
        desk.mkdir()
        path = small.filled(desk / "a.hmip", 1)
        (desk / beside).symlink_to(precious)
        precious.write_text("precious " * 1000)
        try:
            with Document.open(path, PASSPHRASE) as document:
                document.write(small.OWNER, [(small.QUESTION_ONE, "yes")])
                document.copy_to(desk / "copy" / "a.hmip")
        except Refused:
            pass
        assert precious.read_text() == "precious " * 1000


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes beside files")
def test_a_pipe_beside_a_file_is_not_waited_for(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    os.mkfifo(tmp_path / ".a.hmip.open")
    with Document.open(path, PASSPHRASE) as document:
        document.write(small.OWNER, [(small.QUESTION_ONE, "yes")])


def test_a_journal_beside_a_file_removes_no_other_file(tmp_path: Path) -> None:
    """SQLite removes the file that a journal names as its master when it is done with it."""
    path = small.filled(tmp_path / "a.hmip", 1)
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    magic, name = bytes.fromhex("d9d505f920a163d7"), str(precious).encode()
    numbers = (0, 0, path.stat().st_size // PAGE, 512, PAGE)
    head = magic + b"".join(one.to_bytes(4, "big") for one in numbers)
    tail = (0x40000000 // PAGE + 1).to_bytes(4, "big") + name
    tail += len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + magic
    (tmp_path / "a.hmip-journal").write_bytes(head.ljust(512, b"\0") + tail)
    opened(path)
    with Document.open(path, PASSPHRASE):
        assert precious.read_text() == "precious"


def test_what_an_older_file_left_behind_does_not_spoil_a_copy(tmp_path: Path) -> None:
    """A stick has lost `Ann.hmip`, but not what SQLite had set aside for it."""
    made = small.inspection(tmp_path)
    ann = made.files["Ann"]
    small.work(ann, [(0, "q4_1_01", "yes")])
    left = tmp_path / "stick" / "Ann.hmip-journal"
    left.parent.mkdir()
    connection = small.raw(small.copy(ann, tmp_path / "other" / "Ann.hmip"))
    connection.execute("pragma cache_size = 5")
    connection.execute("begin immediate")
    connection.execute(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) "
        "insert into document (key, value) select 'half ' || i, hex(randomblob(200)) from n"
    )
    left.write_bytes((tmp_path / "other" / "Ann.hmip-journal").read_bytes())
    connection.execute("rollback")
    connection.close()
    small.work(ann, [(0, "q5_1_01", "no")])
    with Document.open(ann, PASSPHRASE) as document:
        document.copy_to(tmp_path / "stick" / "Ann.hmip")
        entries = {one.id for one in document.journal}
    assert [one.name for one in left.parent.iterdir()] == ["Ann.hmip"]
    with torture_desk.whole(tmp_path / "stick" / "Ann.hmip") as copy:
        assert {one.id for one in copy.journal} == entries


@pytest.mark.skipif(sys.platform == "win32", reason="links are for administrators there")
def test_a_link_to_itself_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "a.hmip"
    path.symlink_to(path)
    assert opened(path) in {Code.FILE_NOT_OURS, Code.FILE_MISSING}


def test_a_key_of_another_kind_opens_nothing(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    before = hashlib.sha256(path.read_bytes()).digest()
    for text in (f"x'{'00' * 32}'", "'; drop table entry; --", "\0", "x" * 100_000, "🦉"):
        with pytest.raises(Refused) as refusal:
            Document.open(path, Passphrase(text))
        assert refusal.value.code is Code.PASSPHRASE_WRONG
    assert hashlib.sha256(path.read_bytes()).digest() == before
