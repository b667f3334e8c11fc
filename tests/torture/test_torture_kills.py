"""Killed at any moment: what was acknowledged is there, and nothing is there by half."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gui_desk
import pytest
import small_inspection as small
import torture_desk as desk
from small_inspection import PASSPHRASE

from hmip_desktop.casefile import migrations
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations.reading import Reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
NOTE = "evidence " * 300


def sees(folder: Path, *signs: str) -> Callable[[], bool]:
    """Whether something with such a name lies anywhere in a folder."""
    return lambda: any(next(folder.rglob(sign), None) for sign in signs)


def ids(document: Document) -> set[str]:
    """The names of all entries of a file."""
    return {one.id for one in document.journal}


def moments(number: int, folder: Path, *signs: str) -> Callable[[], bool]:
    """Every second killing waits until writing has begun, the others come whenever they like."""
    return sees(folder, *signs) if number % 2 else lambda: True


def test_answers_that_were_acknowledged_stand(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann, cases = made.files["Ann"], made.own("Ann")
    chance = desk.chance("answers")
    stood: dict[tuple[str, str], str] = {}
    for number in desk.rounds(16):
        case, question = chance.choice(cases), chance.choice(desk.QUESTIONS)
        value = chance.choice(("yes", "no", "na"))
        words = ("answer", "out/Ann.hmip", case, question, value, "--note", f"{NOTE} {number}")
        process, said = desk.started(tmp_path, *words)
        seen = moments(number, ann.parent, ".Ann.hmip.open", "Ann.hmip-journal")
        desk.kill(process, seen, chance.uniform(0, 0.25 if number % 2 == 0 else 0.03), "answering")
        with desk.whole(ann) as document:
            found = Reading(document).assessment_for(case).assessment.answers.get(question, "")
            before = stood.get((case, question), "")
            allowed = {value} if "Saved." in desk.texts_of(said) else {value, before}
            assert found in allowed
            stood[case, question] = found
            now = [
                (one.case.reference, *answer)
                for one in Reading(document).assessments.values()
                for answer in one.assessment.answers.items()
            ]
        given = [(*place, kept) for place, kept in stood.items() if kept]
        desk.look_for("killed while answering", given, now)
    process, said = desk.started(tmp_path, "check", "out/Ann.hmip")
    process.join()
    assert process.exitcode == 0, desk.texts_of(said)


def test_an_import_happens_whole_or_not_at_all(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann, cases = made.files["Ann"], made.own("Ann")
    chance = desk.chance("import")
    for number in desk.rounds(10):
        rows = [
            (case, question, chance.choice(("yes", "no")), f"{NOTE} {number}")
            for case in cases
            for question in desk.QUESTIONS
        ]
        small.write_csv(tmp_path / "week.csv", [("case", "question", "value", "note"), *rows])
        with desk.whole(ann) as document:
            before = desk.answers(document)
        process, said = desk.started(tmp_path, "import-answers", "out/Ann.hmip", "week.csv")
        seen = moments(number, ann.parent, "Ann.hmip-journal")
        desk.kill(process, seen, chance.uniform(0, 0.3 if number % 2 == 0 else 0.02), "importing")
        with desk.whole(ann) as document:
            after = desk.answers(document)
            notes = sum(str(value).endswith(f" {number}") for value in after.values())
        acknowledged = "answers and" in desk.texts_of(said)
        assert notes in ({len(rows)} if acknowledged else {0, len(rows)})
        if not notes:
            assert after == before


def test_a_signing_off_of_several_cases_is_all_or_none(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann, cases = made.files["Ann"], made.own("Ann")
    small.work(ann, [(at, name, "yes") for at in range(len(cases)) for name in desk.QUESTIONS])
    finished = ann.read_bytes()
    chance = desk.chance("sign off")
    for number in desk.rounds(6):
        ann.write_bytes(finished)
        process, said = desk.started(tmp_path, "sign-off", "out/Ann.hmip", *cases)
        seen = moments(number, ann.parent, "Ann.hmip-journal")
        desk.kill(process, seen, chance.uniform(0, 0.3 if number % 2 == 0 else 0.01), "signing off")
        with desk.whole(ann) as document:
            found = Reading(document).assessments.values()
            signed = [one.assessment.signed_off for one in found if one.case.reference in cases]
        acknowledged = "Signed off" in desk.texts_of(said)
        assert sum(signed) in ({len(cases)} if acknowledged else {0, len(cases)})


def test_a_merge_happens_whole_or_not_at_all(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    for name in ("Ann", "Bob"):
        small.work(made.files[name], [(at, q, "no") for at in range(3) for q in desk.QUESTIONS])
    brought = []
    for name in ("Ann", "Bob"):
        with Document.open(made.files[name], PASSPHRASE, write=False) as document:
            brought.append({one.id for one in document.journal})
    lead = made.lead.read_bytes()
    with Document.open(made.lead, PASSPHRASE, write=False) as document:
        known = {one.id for one in document.journal}
    new = (brought[0] | brought[1]) - known
    chance = desk.chance("merge")
    for number in desk.rounds(10):
        made.lead.write_bytes(lead)
        words = ("merge", "lead.hmip", "out/Ann.hmip", "out/Bob.hmip", "--json")
        process, said = desk.started(tmp_path, *words)
        seen = moments(number, tmp_path, "lead.hmip-journal", "*.part")
        desk.kill(process, seen, chance.uniform(0, 0.5 if number % 2 == 0 else 0.05), "merging")
        with desk.whole(made.lead) as document:
            found = {one.id for one in document.journal}
        desk.look_for("killed while merging", known, found)
        acknowledged = '"conflicts"' in desk.texts_of(said)
        assert len(found & new) in ({len(new)} if acknowledged else {0, len(new)})
    for copy in (tmp_path / "home" / "backups").glob("*.hmip"):
        with desk.whole(copy) as document:
            assert known <= {one.id for one in document.journal}


def test_a_hand_in_leaves_a_whole_file_or_none(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann, stick = made.files["Ann"], tmp_path / "stick"
    small.work(ann, [(0, question, "yes") for question in desk.QUESTIONS])
    with Document.open(ann, PASSPHRASE, write=False) as document:
        entries = {one.id for one in document.journal}
    chance = desk.chance("hand in")
    for number in desk.rounds(10):
        if number % 4 == 0:
            shutil.rmtree(stick, ignore_errors=True)
        process, said = desk.started(tmp_path, "hand-in", "out/Ann.hmip", "stick/Ann.hmip")
        seen = moments(number, tmp_path, ".Ann.hmip.part")
        desk.kill(process, seen, chance.uniform(0, 0.3 if number % 2 == 0 else 0.03), "handing in")
        handed_in = stick / "Ann.hmip"
        assert handed_in.exists() or "fingerprint" not in desk.texts_of(said)
        if handed_in.exists():
            with desk.whole(handed_in) as document:
                desk.look_for("killed while handing in", entries, ids(document))
    process, said = desk.started(tmp_path, "hand-in", "out/Ann.hmip", "stick/Ann.hmip")
    process.join()
    assert "fingerprint" in desk.texts_of(said)
    assert [one.name for one in stick.iterdir()] == ["Ann.hmip"]


def test_a_hand_out_leaves_whole_files_only(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    chance = desk.chance("hand out")
    with desk.whole(made.lead) as document:
        before = {one.id for one in document.journal}
    for number in desk.rounds(8):
        out = tmp_path / "fresh"
        process, said = desk.started(tmp_path, "hand-out", "lead.hmip", "fresh")
        seen = moments(number, tmp_path, ".handing-out")
        desk.kill(process, seen, chance.uniform(0, 0.4 if number % 2 == 0 else 0.1), "handing out")
        left = list(out.glob("*.hmip")) if out.exists() else []
        for path in left:
            with desk.whole(path) as document:
                assert not document.about.is_leads
                assert Reading(document).form.answerable
        assert len(left) == 3 or desk.texts_of(said).count("cases") < 3
        with desk.whole(made.lead) as document:  # handing out is remembered there, or not
            assert before <= {one.id for one in document.journal}
        shutil.rmtree(out, ignore_errors=True)


def next_format() -> None:
    """A later version of this program: its format has a table more, filled from the journal."""

    @migrations.MIGRATIONS(name="m9999_later")
    def _later(db: Any) -> None:
        db["later"].create({"entry": str, "size": int}, pk="entry")
        db.execute("insert into later select id, length(value) from entry")
        db.execute("alter table session add column place text")
        db["later"].create_index(["size"])


def migrate(path: Path, said: Path) -> None:
    """Open an older file with a later version of the program."""
    os.environ["HMIP_HOME"] = str(path.parent / "home")
    next_format()
    Document.open(path, PASSPHRASE, clock=small.SetClock()).close()
    said.write_text("Saved.")


def applied(path: Path) -> list[str]:
    """Of which format a file says that it is, to any SQLCipher program."""
    connection = small.raw(path)
    names = connection.execute("select name from _sqlite_migrations order by id").fetchall()
    tables = connection.execute("select name from sqlite_master where name = 'later'").fetchall()
    rows = tables and connection.execute("select count(*) from later").fetchone()
    entries = connection.execute("select count(*) from entry").fetchone()
    connection.close()
    assert bool(tables) == (len(names) == 2)
    assert not tables or rows == entries
    return [name for (name,) in names]


def test_a_migration_happens_whole_or_not_at_all(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 400)
    old, said, backups = path.read_bytes(), tmp_path / "said.txt", tmp_path / "home" / "backups"
    with Document.open(path, PASSPHRASE, write=False) as document:
        entries = ids(document)
    chance = desk.chance("migrate")
    for number in desk.rounds(8):
        path.write_bytes(old)
        said.unlink(missing_ok=True)
        for left in [*tmp_path.glob("a.hmip-journal"), *backups.glob("*.hmip")]:
            left.unlink()
        process = desk.context().Process(target=migrate, args=(path, said))
        process.start()
        seen = moments(number, tmp_path, "a.hmip-journal", "*.part")
        desk.kill(process, seen, chance.uniform(0, 0.5 if number % 2 == 0 else 0.06), "migrating")
        formats = applied(path)
        assert formats in (["m0001_journal"], ["m0001_journal", "m9999_later"])
        if len(formats) == 2:
            (copy,) = backups.glob("*.hmip")  # kept before anything was changed
            with desk.whole(copy) as document:
                desk.look_for("killed while migrating", entries, ids(document))
            with pytest.raises(Refused) as refusal:
                Document.open(path, PASSPHRASE)
            assert refusal.value.code is Code.FILE_NEWER
        else:
            assert not said.exists()
            with desk.whole(path) as document:
                desk.look_for("killed while migrating", entries, ids(document))


def keep_copies(path: Path, said: Path) -> None:
    """Write, and keep a dated copy, hour by hour; say how much each copy certainly holds."""
    os.environ["HMIP_HOME"] = str(path.parent / "home")
    clock, number = small.SetClock(), 0
    with said.open("a") as file, Document.open(path, PASSPHRASE, clock=clock) as document:
        clock.move(hours=len(document.journal))
        while True:
            number += 1
            clock.move(hours=1)
            document.write(small.OWNER, [(Field("r", "note/q1"), f"{number} {NOTE}")])
            copy = document.back_up()
            file.write(f"{copy.name} {len(document.journal)}\n")
            file.flush()


def test_a_dated_copy_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HMIP_HOME", str(tmp_path / "home"))
    path, said = small.filled(tmp_path / "a.hmip", 60), tmp_path / "said.txt"
    backups = tmp_path / "home" / "backups"
    chance = desk.chance("copies")
    for number in desk.rounds(4):
        process = desk.context().Process(target=keep_copies, args=(path, said))
        process.start()
        seen = sees(backups, "*.part") if number % 2 else backups.exists
        desk.kill(process, seen, chance.uniform(0, 0.15), "keeping dated copies")
        with desk.whole(path) as document:
            whole = ids(document)
        lines = [line.split() for line in desk.texts_of(said).splitlines()]
        held = {}
        for copy in backups.glob("*.hmip"):
            with desk.whole(copy) as document:
                assert ids(document) <= whole
                held[copy.name] = len(ids(document))
        kept = [(name, int(count)) for name, count in lines if name in held]
        desk.look_for("killed while keeping dated copies", kept, held.items())
        assert max(held, default="") >= max((name for name, _ in lines), default="")
    with Document.open(path, PASSPHRASE, clock=small.SetClock()) as document:
        document.back_up()
    assert not list(backups.glob(".*"))  # what the killed ones left half done is cleared away


def test_what_is_salvaged_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path, out = small.filled(tmp_path / "a.hmip", 120), tmp_path / "saved.hmip"
    damaged = bytearray(path.read_bytes())
    damaged[9 * 4096 + 7] ^= 1
    path.write_bytes(damaged)
    chance = desk.chance("salvage")
    for number in desk.rounds(6):
        out.unlink(missing_ok=True)
        process, said = desk.started(tmp_path, "salvage", "a.hmip", "saved.hmip")
        seen = moments(number, tmp_path, "*.part")
        desk.kill(process, seen, chance.uniform(0, 0.5 if number % 2 == 0 else 0.08), "salvaging")
        assert path.read_bytes() == damaged
        assert out.exists() or "saved.hmip" not in desk.texts_of(said)
        if out.exists():
            with desk.whole(out) as document:
                assert len(document.journal) > 100
    out.unlink(missing_ok=True)
    assert desk.run(tmp_path, "salvage", "a.hmip", "saved.hmip")[0] in (0, 3)
    assert not list(tmp_path.glob(".saved*"))


def answer_in_a_window(path: Path, said: Path, seed: int) -> None:
    """An assessor at the window, who notes down every answer and note that it says is saved."""
    os.environ.update(HMIP_HOME=str(path.parent / "home"), QT_QPA_PLATFORM="offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.main_window import MainWindow
    from ui.session import Session

    app = QApplication([])
    window = MainWindow()
    session = Session.opened(path, Passphrase(gui_desk.WORDS))
    window.show_session(session)
    window.show()
    place = window.workplace
    assert place is not None
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    keys = list(session.reading.assessments)
    questions = [session.form.question_by_name[name] for name in ("q1_1_01", "q2_1_03")]
    number = seed
    while True:
        key, question = keys[number % len(keys)], questions[number % len(questions)]
        value = ("yes", "no", "na")[number % 3]
        note = f"note {number} " + NOTE
        place.show_case(key, question.name)
        place.case_page.column.given.emit(question.name, value)
        place.case_page.column.noted.emit(question.name, note)
        app.processEvents()
        if place.saved_text.startswith("✓"):
            said_so = [f"{key.record} answer/{question.name} {value}"]
            said_so += [f"{key.record} note/{question.name} {note[:20]}"]
            os.write(file, "".join(f"{line}\n" for line in said_so).encode())
        number += 1


def told(document: Document) -> list[str]:
    """All that was ever written into a file, as the window's hand noted it down."""
    return [f"{one.record} {one.field} {str(one.value)[:20]}" for one in document.journal]


def test_what_the_window_called_saved_is_there_after_a_killing(tmp_path: Path) -> None:
    _, own = gui_desk.made_inspection(tmp_path)
    said = tmp_path / "said.txt"
    chance = desk.chance("window")
    for number in desk.rounds(3):
        said.unlink(missing_ok=True)
        seed = number * 10_000
        process = desk.context().Process(target=answer_in_a_window, args=(own, said, seed))
        process.start()
        lines = chance.randrange(1, 30)
        desk.kill(
            process,
            lambda lines=lines: desk.texts_of(said).count("\n") >= lines,  # type: ignore[misc]
            chance.uniform(0, 0.05),
            "answering in the window",
        )
        acknowledged = desk.texts_of(said).splitlines()
        assert acknowledged
        with Document.open(own, Passphrase(gui_desk.WORDS)) as document:
            assert all(one.is_genuine for one in document.journal)
            assert document.damaged_pages() == 0
            desk.look_for("killed while answering in the window", acknowledged, told(document))
