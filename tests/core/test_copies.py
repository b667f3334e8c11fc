"""Dated copies are found by where a file lies, else by its name, and bring back what is lost."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import small_inspection as small
from small_inspection import OTHER_PASSPHRASE, PASSPHRASE

from hmip_desktop import paths
from hmip_desktop.casefile import backups
from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Cancelled, Code, Refused
from hmip_desktop.operations import copies, recovering
from hmip_desktop.operations.reading import Reading
from hmip_desktop.settings import Settings, save

PAGE = 4096
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


@pytest.fixture
def ann(tmp_path: Path) -> Path:
    return small.inspection(tmp_path / "here").files["Ann"]


def kept(path: Path, days_ago: int = 0) -> Path:
    def copy_to(target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)

    return backups.keep(path, NOW - timedelta(days=days_ago), copy_to)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: -PAGE - 1])


def test_copies_are_listed_newest_first_also_of_a_file_that_is_gone(ann: Path) -> None:
    wanted = [kept(ann, days) for days in (0, 1, 2)]
    ann.unlink()
    found = copies.of(ann)
    assert [one.path for one in found] == wanted
    assert found[0].at == NOW
    assert found[0].size == wanted[0].stat().st_size


def test_copies_in_the_usual_place_count_although_another_was_chosen(
    ann: Path, tmp_path: Path
) -> None:
    usual = kept(ann, 1)
    stick = tmp_path / "stick"
    stick.mkdir()
    save(Settings(backups=str(stick)))
    chosen = kept(ann)
    assert chosen.parent == stick
    assert [one.path for one in copies.of(ann)] == [chosen, usual]


def test_a_file_that_was_moved_has_the_copies_of_its_name(ann: Path, tmp_path: Path) -> None:
    copy = kept(ann)
    moved = tmp_path / "there" / ann.name
    moved.parent.mkdir()
    ann.rename(moved)
    assert [one.path for one in copies.of(moved)] == [copy]
    own = kept(moved)
    assert [one.path for one in copies.of(moved)] == [own]
    assert copies.of(moved.with_name("Bo.hmip")) == ()


def test_copies_of_another_inspection_never_help(ann: Path, tmp_path: Path) -> None:
    other = small.inspection(tmp_path / "there", second=1).files["Ann"]
    kept(other)
    with Document.open(ann, PASSPHRASE, write=False) as document:
        assert copies.of_open_file(Reading(document)) == ()
    cut_short(ann)
    done = recovering.recover(ann, tmp_path / "out.hmip", PASSPHRASE)
    assert done.copy is None


def test_what_cannot_be_a_case_file_is_no_copy(ann: Path) -> None:
    cut_short(kept(ann))
    assert copies.of(ann) == ()


def test_what_a_copy_brings_is_counted_before_it_is_taken_in(ann: Path) -> None:
    before = ann.read_bytes()
    with Document.open(ann, PASSPHRASE) as document:
        field = small.assessment_field(document, "answer/q1_1_01")
        document.write(document.about.owner, [(field, "no")])
    copy = kept(ann)
    ann.write_bytes(before)
    with Document.open(ann, PASSPHRASE) as document:
        reading = Reading(document)
        (found,) = copies.of_open_file(reading)
        news = copies.news(reading, found)
        assert found.path == copy
        assert (news.entries, news.answers, len(news.cases)) == (1, 1, 1)


def test_recovering_that_is_stopped_while_merging_leaves_no_file(ann: Path, tmp_path: Path) -> None:
    kept(ann)
    cut_short(ann)
    out = tmp_path / "out.hmip"

    def stop(done: int, total: int, doing: str) -> None:
        if doing.startswith("Ann-"):
            assert out.exists()
            raise Cancelled

    with pytest.raises(Cancelled):
        recovering.recover(ann, out, PASSPHRASE, progress=stop)
    assert not out.exists()


def test_a_wrong_passphrase_is_no_damage(ann: Path) -> None:
    kept(ann)
    for content in (ann.read_bytes(), bytes(PAGE) + ann.read_bytes()[PAGE:]):
        ann.write_bytes(content)
        for words, expected in ((OTHER_PASSPHRASE, False), (PASSPHRASE, content[:16] == bytes(16))):
            wrong = Refused(Code.PASSPHRASE_WRONG, "It does not open.")
            if words is PASSPHRASE and not expected:
                continue  # the whole file opens
            assert recovering.is_damage(ann, words, wrong) is expected


def test_the_newest_whole_copy_is_used_and_nothing_is_written_over(
    ann: Path, tmp_path: Path
) -> None:
    older, newest = kept(ann, 1), kept(ann)
    content = bytearray(newest.read_bytes())
    content[-PAGE : -PAGE + 8] = bytes(8)
    newest.write_bytes(content)
    out = tmp_path / "again.hmip"
    assert recovering.use_newest_copy(ann, out, PASSPHRASE).path == older
    with pytest.raises(Refused) as refusal:
        recovering.use_newest_copy(ann, out, PASSPHRASE)
    assert refusal.value.code is Code.FILE_EXISTS
    with pytest.raises(Refused) as refusal:
        recovering.use_newest_copy(ann, tmp_path / "other.hmip", OTHER_PASSPHRASE)
    assert refusal.value.code is Code.PASSPHRASE_WRONG
    shutil.rmtree(paths.backups())
    with pytest.raises(Refused) as refusal:
        recovering.use_newest_copy(ann, tmp_path / "other.hmip", PASSPHRASE)
    assert refusal.value.code is Code.FILE_MISSING


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    first = recovering.free_place(tmp_path, "Ann")
    assert first.name == "Ann.hmip"
    first.touch()
    assert recovering.free_place(tmp_path, "Ann").name == "Ann 2.hmip"
    assert recovering.as_case_file(tmp_path / "Ann 1.5").name == "Ann 1.5.hmip"
