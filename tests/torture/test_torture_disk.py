"""A disk that is full, read-only, gone or broken: said at once, and nothing is lost."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gui_desk
import pytest
import small_inspection as small
import torture_desk
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from small_inspection import OWNER, PASSPHRASE

from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import assess
from hmip_desktop.operations.reading import Reading
from ui import messages

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="disks are made on Linux only")
desk, inspection = gui_desk.desk, gui_desk.inspection
HMIP = Path(sys.executable).with_name("hmip")
LONG = "evidence " * 1_500


def assert_refused(done: tuple[int, str]) -> None:
    status, said = done
    assert status == 1
    assert said.strip().endswith(".")
    assert len(said.strip().splitlines()) == 1


def executed(folder: Path, *words: object, **env: str) -> tuple[int, str]:
    """The real program, for what must be said before it starts."""
    known = {"HMIP_HOME": str(folder / "home"), "HMIP_PASSPHRASE": small.WORDS}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={**os.environ, **known, **env},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "program itself" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of half a megabyte, where this computer lets us make one."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(words, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What makes a disk fail, compiled."""
    if shutil.which("gcc") is None:
        pytest.skip("there is no gcc to make a failing disk with")
    made = tmp_path_factory.mktemp("shim") / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return str(made)


def test_a_full_disk_is_said_and_takes_nothing_away(small_disk: Path, tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann = shutil.copyfile(made.files["Ann"], small_disk / "Ann.hmip")
    case = made.own("Ann")[0]
    torture_desk.run(tmp_path, "answer", str(ann), case, "q4_1_01", "yes")
    filler = small_disk / "films"
    filler.write_bytes(bytes(512 * 1024 - sum(p.stat().st_size for p in small_disk.iterdir())))
    done = torture_desk.run(tmp_path, "answer", str(ann), case, "q4_1_02", "no", "--note", LONG)
    assert_refused(done)
    assert_refused(torture_desk.run(tmp_path, "hand-in", str(ann), str(small_disk / "in")))
    assert_refused(torture_desk.run(tmp_path, "hand-out", "lead.hmip", str(small_disk / "out")))
    assert {one.name for one in small_disk.rglob("*.hmip")} == {"Ann.hmip"}
    filler.unlink()
    assert torture_desk.run(tmp_path, "answer", str(ann), case, "q5_1_01", "no")[0] == 0
    with torture_desk.whole(ann) as document:
        given = Reading(document).assessment_for(case).assessment
        assert given.answers == {"q4_1_01": "yes", "q5_1_01": "no"}
        assert given.notes == {}


def test_a_merge_into_a_full_disk_changes_nothing(small_disk: Path, tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    lead = shutil.copyfile(made.lead, small_disk / "lead.hmip")
    before = lead.read_bytes()
    with Document.open(made.files["Ann"], PASSPHRASE) as document:
        case = next(iter(Reading(document).assessments.values())).case.reference
        for question in torture_desk.QUESTIONS:
            assess.note(Reading(document), case, question, LONG)
    (small_disk / "films").write_bytes(bytes(512 * 1024 - len(before) - 8192))
    assert_refused(torture_desk.run(tmp_path, "merge", str(lead), "out/Ann.hmip"))
    (small_disk / "films").unlink()
    with torture_desk.whole(lead) as document:
        assert not any(one.field.startswith("note/") for one in document.journal)
    assert torture_desk.run(tmp_path, "merge", str(lead), "out/Ann.hmip")[0] == 0


def test_a_file_that_may_not_grow_is_said(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann, case = made.files["Ann"], made.own("Ann")[0]
    blocks = ann.stat().st_size // 1024
    script = f'ulimit -f {blocks}; exec "$0" answer out/Ann.hmip {case} q4_1_01 yes --note "$1"'
    assert_refused(executed(tmp_path, "bash", "-c", script, HMIP, LONG))
    with torture_desk.whole(ann) as document:
        assert Reading(document).assessment_for(case).assessment.answers == {}


def test_a_read_only_disk_is_said(small_disk: Path, tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann = shutil.copyfile(made.files["Ann"], small_disk / "Ann.hmip")
    before, case = ann.read_bytes(), made.own("Ann")[0]
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert_refused(torture_desk.run(tmp_path, "answer", str(ann), case, "q4_1_01", "yes"))
    assert_refused(torture_desk.run(tmp_path, "hand-in", "out/Bob.hmip", str(small_disk)))
    assert torture_desk.run(tmp_path, "cases", str(ann))[0] == 0
    assert torture_desk.run(tmp_path, "merge", "lead.hmip", str(ann))[0] == 0
    assert ann.read_bytes() == before


@pytest.mark.parametrize("broken", [errno.EIO, errno.ENOSPC, errno.EROFS], ids=errno.errorcode.get)
def test_a_writing_that_fails_is_said_wherever_it_fails(
    broken: int, failing: str, tmp_path: Path
) -> None:
    made = small.inspection(tmp_path)
    ann, case = made.files["Ann"], made.own("Ann")[0]
    assert torture_desk.run(tmp_path, "answer", str(ann), case, "q4_1_01", "yes")[0] == 0
    good = ann.read_bytes()
    chance = torture_desk.chance(f"errors {broken}")
    for number in torture_desk.rounds(4):
        ann.write_bytes(good)
        for left in ann.parent.glob("*-journal"):
            left.unlink()
        # The first answer's safety copy of the day is there already: every call is the file's own.
        after = number if number < 3 else chance.randrange(3, 120)
        env = {"LD_PRELOAD": failing, "FAIL_AFTER": str(after), "FAIL_WITH": str(broken)}
        done = executed(tmp_path, HMIP, "answer", ann, case, "q4_1_02", "no", "--note", LONG, **env)
        with torture_desk.whole(ann) as document:
            given = dict(Reading(document).assessment_for(case).assessment.answers)
        if done[0] == 0:
            assert given == {"q4_1_01": "yes", "q4_1_02": "no"}
        else:
            assert_refused(done)
            assert given.pop("q4_1_02", "no") == "no"  # written, though its confirmation failed
            assert given == {"q4_1_01": "yes"}
        torture_desk.COUNTED["failing writes met"] += done[0] != 0


@pytest.mark.parametrize("how", ["deleted", "renamed", "with its folder", "replaced"])
def test_what_is_written_into_a_file_that_is_gone_is_not_called_saved(
    how: str, tmp_path: Path
) -> None:
    path = tmp_path / "week" / "a.hmip"
    path.parent.mkdir()
    small.filled(path, 1)
    away = tmp_path / "away.hmip"
    document = Document.open(path, PASSPHRASE)
    document.write(OWNER, [(Field("r", "before"), "kept")])
    if how == "with its folder":
        path.parent.rename(tmp_path / "other")
        away = tmp_path / "other" / "a.hmip"
    else:
        path.rename(away)
    if how == "deleted":
        away.unlink()
    elif how == "replaced":
        small.filled(path, 2)
    with pytest.raises(Refused) as refusal:
        document.write(OWNER, [(Field("r", "after"), "lost")])
    assert refusal.value.code is Code.FILE_MISSING
    assert document.journal.standing(Field("r", "after")).heads == ()
    document.copy_to(tmp_path / "rescued.hmip")
    document.close()
    for left in [tmp_path / "rescued.hmip", *([] if how == "deleted" else [away])]:
        with torture_desk.whole(left) as found:
            assert set(found.journal.fields("r")) == {"before"}


def test_a_file_that_comes_back_takes_answers_again(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 1)
    with Document.open(path, PASSPHRASE) as document:
        path.rename(tmp_path / "b.hmip")
        with pytest.raises(Refused):
            document.write(OWNER, [(Field("r", "f"), "yes")])
        (tmp_path / "b.hmip").rename(path)
        document.write(OWNER, [(Field("r", "f"), "yes")])
    with torture_desk.whole(path) as found:
        assert found.journal.standing(Field("r", "f")).value == "yes"


# At the window


@contextmanager
def nothing_can_be_written(path: Path) -> Iterator[None]:
    """The file is moved away and back, as a stick that is pulled out and put in again."""
    away = path.with_name("away")
    path.rename(away)
    try:
        yield
    finally:
        away.rename(path)


def note_in_hand(desk: Desk) -> QPlainTextEdit:
    desk.case.write_note()
    assert isinstance(desk.focus, QPlainTextEdit)
    return desk.focus


def unsaved(desk: Desk) -> bool:
    """What the bar at the bottom says."""
    return desk.place.saved_text.startswith("Not saved")


def test_the_window_says_at_once_that_a_note_is_not_saved_and_keeps_it(desk: Desk) -> None:
    desk.walk("NEW-001")
    note = note_in_hand(desk)
    desk.type("Seen on page 3")
    desk.case.tell()
    assert not unsaved(desk)
    with nothing_can_be_written(desk.own):
        desk.type(" and on page 4")
        desk.case.tell()
        assert unsaved(desk)
        assert note.toPlainText() == "Seen on page 3 and on page 4"
        # It stays wherever the user wants to go, and what is told again is refused again.
        desk.press(Qt.Key.Key_Escape)
        desk.case.next()
        desk.walk("NEW-002")
        desk.case.column.wanted.emit("q2_1_03")
        assert desk.in_hand == "1.1.01"
        assert note_in_hand(desk).toPlainText() == "Seen on page 3 and on page 4"
        assert unsaved(desk)
    desk.case.tell()
    assert not unsaved(desk)
    assert desk.in_file("NEW-001").notes == {"q1_1_01": "Seen on page 3 and on page 4"}
    desk.walk("NEW-002")
    assert desk.case.key == desk.session.reading.assessment_for("NEW-002").assessment.key


def test_the_next_answer_that_is_saved_brings_the_note_with_it(desk: Desk) -> None:
    desk.walk("NEW-001")
    note_in_hand(desk)
    with nothing_can_be_written(desk.own):
        desk.type("Seen on page 3")
        desk.case.tell()
        desk.case.column.given.emit("q1_1_01", "yes")
        assert unsaved(desk)
        assert desk.session.reading.assessment_for("NEW-001").assessment.answers == {}
    desk.case.column.given.emit("q1_1_01", "no")
    assert not unsaved(desk)
    given = desk.in_file("NEW-001")
    assert (given.answers, given.notes) == ({"q1_1_01": "no"}, {"q1_1_01": "Seen on page 3"})


def test_a_number_that_was_not_saved_stays_as_well(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.case.go_to(desk.session.form.question_by_name["q2_1_01"])
    with nothing_can_be_written(desk.own):
        desk.type("12")
        desk.case.tell()
        assert unsaved(desk)
    desk.case.tell()
    assert desk.in_file("NEW-001").answers == {"q2_1_01": "12"}


def test_the_window_does_not_close_over_what_is_not_saved_unasked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, sentence: str, _yes: str) -> bool:
        asked.append(sentence)
        return False

    monkeypatch.setattr(messages, "confirm", answer)
    desk.walk("NEW-001")
    note_in_hand(desk)
    with nothing_can_be_written(desk.own):
        desk.type("Seen on page 3")
        desk.window.close()
        assert len(asked) == 1
        assert desk.window.isVisible()
        desk.window.commands["close"].trigger()
        desk.window.commands["larger"].trigger()
        assert len(asked) == 3
        assert note_in_hand(desk).toPlainText() == "Seen on page 3"
    desk.window.close()
    assert len(asked) == 3
    with Document.open(desk.own, small.PASSPHRASE, write=False) as document:
        found = Reading(document).assessment_for("NEW-001").assessment
        assert found.notes == {"q1_1_01": "Seen on page 3"}


def test_locking_keeps_what_is_not_saved(desk: Desk) -> None:
    desk.walk("NEW-001")
    note = note_in_hand(desk)
    with nothing_can_be_written(desk.own):
        desk.type("Seen on page 3")
        desk.window.locking.lock()
        said = [one.text() for one in desk.window.findChildren(QLabel) if one.isVisible()]
        assert not any("page 3" in text for text in said)
        assert note.toPlainText() == "Seen on page 3"
