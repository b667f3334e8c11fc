"""A disk that is full, read-only, gone or broken: said at once, and nothing is lost."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import gui_desk
import pytest
import small_inspection as small
import torture_desk
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QPushButton
from small_inspection import OWNER, PASSPHRASE

from hmip_desktop.casefile import opening
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import assess, collate, recovering
from hmip_desktop.operations.opening import open_case_file
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
        torture_desk.tried(f"writing fails: {os.strerror(broken).lower()}", done[0] != 0)


def test_nothing_is_called_saved_before_a_slow_disk_has_it(failing: str, tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann, case = made.files["Ann"], made.own("Ann")[0]
    known = {"HMIP_HOME": str(tmp_path / "home"), "HMIP_PASSPHRASE": small.WORDS}
    env = {**os.environ, **known, "LD_PRELOAD": failing, "SLOW": "150000"}
    chance = torture_desk.chance("slow")
    for number in torture_desk.rounds(3):
        value, said = ("yes", "no", "na")[number % 3], tmp_path / "said.txt"
        words = [str(HMIP), "answer", str(ann), case, "q4_1_01", value]
        with said.open("w") as out, subprocess.Popen(words, env=env, stdout=out) as program:
            while program.poll() is None and not opening.journal_of(ann).exists():
                with suppress(subprocess.TimeoutExpired):
                    program.wait(0.002)
            with suppress(subprocess.TimeoutExpired):
                program.wait(chance.uniform(0, 1.2))
            program.kill()
        with torture_desk.whole(ann) as document:
            given = Reading(document).assessment_for(case).assessment.answers
        acknowledged = {"q4_1_01": value} if "Saved." in said.read_text() else {}
        torture_desk.look_for("a slow disk, killed", acknowledged.items(), given.items())
        torture_desk.tried("a slow disk, killed")


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


OPENED = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Refused
from hmip_desktop.operations import opening, recovering
from ui.dialogs.recover import RecoverDialog
from ui.dialogs.unlock import UnlockDialog

app, path, out, words = QApplication([]), Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
try:
    opening.look_at(path)
    dialog = UnlockDialog(path)
    dialog.type_passphrase(words)
    dialog.unlock()
    refusal = dialog.damaged.refusal
except Refused as refused:
    refusal = refused
offered = RecoverDialog(path, refusal, Passphrase(words))
assert refusal.code != "disk" or offered.out.parent != path.parent, offered.out
done = recovering.recover(path, out, Passphrase(words))
print(refusal.code, *offered.offers, sep=";")
"""


@pytest.mark.parametrize("page", [0, 6])
def test_a_stick_that_cannot_be_read_any_more_is_recovered_from(
    page: int, failing: str, tmp_path: Path, home: Path
) -> None:
    made = small.inspection(tmp_path)
    ann, case = made.files["Ann"], made.own("Ann")[0]
    small.work(ann, [(0, question, "yes") for question in torture_desk.QUESTIONS])
    with open_case_file(ann, PASSPHRASE) as document:
        entries = {one.id for one in document.journal}
    env = {"LD_PRELOAD": failing, "FAIL_READING": str(page * 4096), "FAIL_IN": str(ann)}
    env["HMIP_HOME"] = str(home)
    out = tmp_path / "recovered.hmip"
    status, said = executed(tmp_path, sys.executable, "-c", OPENED, ann, out, small.WORDS, **env)
    assert status == 0, said
    code, *offers = said.splitlines()[-1].split(";")
    assert code in (Code.DISK, Code.FILE_DAMAGED)
    assert len(offers) == 2
    with torture_desk.whole(out) as document:
        torture_desk.look_for(
            "a stick that cannot be read", entries, [one.id for one in document.journal]
        )
        assert Reading(document).assessment_for(case).assessment.answers
    torture_desk.tried("a stick that cannot be read")


HALF_WRITTEN = """
import os, signal, sys
from pathlib import Path
import small_inspection as small
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field

path = Path(sys.argv[1])
document = Document.open(path, small.PASSPHRASE)
document.write(small.OWNER, [(Field("r", f"note/{n}"), f"kept {n} " * 90) for n in range(9)])
def lose_the_journal():
    path.with_name(path.name + "-journal").unlink()
if sys.argv[2] == "before":
    lose_the_journal()
    document.write(small.OWNER, [(Field("r", "note/9"), "kept as well")])
connection = document._connection
connection.execute("pragma cache_size = 5")
connection.execute("begin immediate")
connection.execute(
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) "
    "insert into document (key, value) select 'half written ' || i, hex(randomblob(200)) from n"
)
if sys.argv[2] == "during":
    lose_the_journal()
os.kill(os.getpid(), signal.SIGKILL)
"""


def opened_or_recovered(path: Path, out: Path) -> Path:
    """The file when it opens; else, as the window offers, what can be recovered of it."""
    try:
        Document.open(path, PASSPHRASE).close()
    except Refused as refusal:
        assert recovering.is_damage(path, PASSPHRASE, refusal)  # noqa: PT017
        recovering.recover(path, out, PASSPHRASE)
        return out
    return path


@pytest.mark.parametrize("when", ["before", "during"])
def test_a_journal_that_was_tidied_away_takes_nothing_with_it(
    when: str, tmp_path: Path, home: Path
) -> None:
    path = small.filled(tmp_path / "a.hmip", 40)
    words = [sys.executable, "-c", HALF_WRITTEN, str(path), when]
    env = {**os.environ, "PYTHONPATH": str(Path(small.__file__).parent)}
    assert subprocess.run(words, env=env, timeout=60, check=False).returncode == -9
    kept = [f"note/{n}" for n in range(10 if when == "before" else 9)]
    if when == "during":
        path = opened_or_recovered(path, tmp_path / "b.hmip")
    with torture_desk.whole(path) as document:
        torture_desk.look_for("the journal deleted", kept, document.journal.fields("r"))
    torture_desk.tried("the journal deleted")


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
        desk.bot.waitUntil(lambda: len(asked) == 3)
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


# Saved elsewhere


@contextmanager
def pulled_out(path: Path) -> Iterator[None]:
    """The stick is gone, and with it all that the program had open on it; then it is back."""
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            if handle.readlink().name in (path.name, f"{path.name}-journal"):
                reading, writing = os.pipe()  # gives and takes nothing at any place of a file
                os.dup2(reading, int(handle.name))
                os.close(reading)
                os.close(writing)
    with nothing_can_be_written(path):
        yield


def save_elsewhere(desk: Desk, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press the button at the bottom, choose a place, and go on there."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(to), ""))
    monkeypatch.setattr(messages, "confirm", lambda *_: True)
    (button,) = (
        one
        for one in desk.place.findChildren(QPushButton)
        if one.isVisible() and one.text().startswith("Save elsewhere")
    )
    button.click()


def offered_elsewhere(desk: Desk) -> bool:
    buttons = desk.place.findChildren(QPushButton)
    return any(one.isVisible() and one.text().startswith("Save elsewhere") for one in buttons)


@pytest.mark.parametrize("out", [nothing_can_be_written, pulled_out], ids=["moved", "pulled out"])
def test_what_is_typed_is_saved_elsewhere_and_work_goes_on_there(
    out: Callable[[Path], AbstractContextManager[None]],
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.walk("NEW-001")
    desk.case.column.given.emit("q1_1_01", "yes")
    note_in_hand(desk)
    stick, other = desk.own, tmp_path / "other disk" / "kept.hmip"
    other.parent.mkdir()
    assert not offered_elsewhere(desk)
    with out(stick):
        desk.type("Seen on page 3")
        desk.case.tell()
        assert unsaved(desk)
        save_elsewhere(desk, other, monkeypatch)
        assert desk.session.path == other
        assert not unsaved(desk)
        assert not offered_elsewhere(desk)
        assert desk.in_hand == "1.1.01"
        assert note_in_hand(desk).toPlainText() == "Seen on page 3"
        desk.case.column.given.emit("q1_1_03", "no")
        given = desk.in_file("NEW-001")
        acknowledged = {"q1_1_01": "yes", "q1_1_03": "no"}.items()
        torture_desk.look_for("a stick pulled out", acknowledged, given.answers.items())
        assert given.notes == {"q1_1_01": "Seen on page 3"}
        torture_desk.tried("a stick pulled out")
    # The stick is found again: both files make one.
    desk.window.close_file()
    with Document.open(stick, small.PASSPHRASE) as document:
        assert collate.merge(document, [other]).conflicts == ()
        found = Reading(document).assessment_for("NEW-001").assessment
        assert (found.answers, found.notes) == (given.answers, given.notes)


def test_a_stick_that_is_put_in_again_takes_what_was_typed_meanwhile(desk: Desk) -> None:
    desk.walk("NEW-001")
    note_in_hand(desk)
    with pulled_out(desk.own):
        desk.type("Seen on page 3")
        desk.case.tell()
        assert unsaved(desk)
    desk.bot.waitUntil(lambda: not unsaved(desk), timeout=15_000)  # nobody touches a key
    assert not offered_elsewhere(desk)
    assert desk.in_file("NEW-001").notes == {"q1_1_01": "Seen on page 3"}
    desk.case.column.given.emit("q1_1_01", "no")
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "no"}
    torture_desk.tried("a stick pulled out and put in again")


def test_an_older_file_in_its_place_is_not_written_into(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = shutil.copyfile(desk.own, tmp_path / "older.hmip")
    desk.walk("NEW-001")
    desk.case.column.given.emit("q1_1_01", "yes")
    older.replace(desk.own)
    note_in_hand(desk)
    desk.type("Seen on page 3")
    desk.case.tell()
    assert unsaved(desk)
    save_elsewhere(desk, tmp_path / "kept.hmip", monkeypatch)
    given = desk.in_file("NEW-001")
    assert (given.answers, given.notes) == ({"q1_1_01": "yes"}, {"q1_1_01": "Seen on page 3"})
    torture_desk.tried("an older file put in its place")


def test_a_place_that_takes_nothing_either_is_said_and_another_can_be_chosen(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Code] = []
    monkeypatch.setattr(messages, "refused", lambda _, refusal: said.append(refusal.code))
    desk.walk("NEW-001")
    note_in_hand(desk)
    (tmp_path / "no folder").write_text("")
    with pulled_out(desk.own):
        desk.type("Seen on page 3")
        desk.case.tell()
        save_elsewhere(desk, tmp_path / "no folder" / "kept.hmip", monkeypatch)
        save_elsewhere(desk, desk.lead, monkeypatch)
        assert said == [Code.DISK, Code.FILE_EXISTS]
        save_elsewhere(desk, tmp_path / "kept.hmip", monkeypatch)
        assert desk.in_file("NEW-001").notes == {"q1_1_01": "Seen on page 3"}


def test_a_stick_that_comes_back_with_more_on_it_brings_that_too(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 3)
    with Document.open(path, PASSPHRASE) as document:
        document.write(OWNER, [(Field("r", "before"), "kept")])
        elsewhere = shutil.copyfile(path, tmp_path / "b.hmip")
        with Document.open(elsewhere, PASSPHRASE) as other:
            other.write(OWNER, [(Field("r", "meanwhile"), "kept")])
        elsewhere.replace(path)
        document.write(OWNER, [(Field("r", "after"), "kept")])
        document.write(OWNER, [(Field("r", "last"), "kept")])
        path.unlink()
        document.copy_to(tmp_path / "rescued.hmip")
    with torture_desk.whole(tmp_path / "rescued.hmip") as found:
        assert set(found.journal.fields("r")) == {"before", "meanwhile", "after", "last"}
