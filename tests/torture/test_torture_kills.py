"""Killed at any moment: what was acknowledged is there, and nothing is there by half."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import gui_desk
import pytest
import small_inspection as small
import torture_desk as desk
from small_inspection import PASSPHRASE

from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.operations.reading import Reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
NOTE = "evidence " * 300


def sees(folder: Path, *signs: str) -> Callable[[], bool]:
    """Whether something with such a name lies anywhere in a folder."""
    return lambda: any(next(folder.rglob(sign), None) for sign in signs)


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
        desk.kill(process, seen, chance.uniform(0, 0.25 if number % 2 == 0 else 0.03))
        with desk.whole(ann) as document:
            found = Reading(document).assessment_for(case).assessment.answers.get(question, "")
            before = stood.get((case, question), "")
            allowed = {value} if "Saved." in desk.texts_of(said) else {value, before}
            assert found in allowed
            stood[case, question] = found
            for (reference, name), kept in stood.items():
                one = Reading(document).assessment_for(reference).assessment
                assert one.answers.get(name, "") == kept
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
        desk.kill(process, seen, chance.uniform(0, 0.3 if number % 2 == 0 else 0.02))
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
        desk.kill(process, seen, chance.uniform(0, 0.3 if number % 2 == 0 else 0.01))
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
        desk.kill(process, seen, chance.uniform(0, 0.5 if number % 2 == 0 else 0.05))
        with desk.whole(made.lead) as document:
            found = {one.id for one in document.journal}
        assert known <= found
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
        desk.kill(process, seen, chance.uniform(0, 0.3 if number % 2 == 0 else 0.03))
        handed_in = stick / "Ann.hmip"
        assert handed_in.exists() or "fingerprint" not in desk.texts_of(said)
        if handed_in.exists():
            with desk.whole(handed_in) as document:
                assert {one.id for one in document.journal} == entries
    process, said = desk.started(tmp_path, "hand-in", "out/Ann.hmip", "stick/Ann.hmip")
    process.join()
    assert "fingerprint" in desk.texts_of(said)
    assert [one.name for one in stick.iterdir()] == ["Ann.hmip"]


def test_a_hand_out_leaves_whole_files_only(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    chance = desk.chance("hand out")
    lead = made.lead.read_bytes()
    for number in desk.rounds(8):
        out = tmp_path / "fresh"
        process, said = desk.started(tmp_path, "hand-out", "lead.hmip", "fresh")
        seen = moments(number, tmp_path, ".handing-out")
        desk.kill(process, seen, chance.uniform(0, 0.4 if number % 2 == 0 else 0.1))
        left = list(out.glob("*.hmip")) if out.exists() else []
        for path in left:
            with desk.whole(path) as document:
                assert not document.about.is_leads
                assert Reading(document).form.answerable
        assert len(left) == 3 or desk.texts_of(said).count("cases") < 3
        assert made.lead.read_bytes() == lead
        shutil.rmtree(out, ignore_errors=True)


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
            line = f"{key.record}\t{question.name}\t{value}\t{number}\n"
            os.write(file, line.encode())
        number += 1


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
        )
        acknowledged = [line.split("\t") for line in desk.texts_of(said).splitlines()]
        assert acknowledged
        with Document.open(own, Passphrase(gui_desk.WORDS)) as document:
            assert all(one.is_genuine for one in document.journal)
            assert document.damaged_pages() == 0
            for record, question, value, at in acknowledged:
                history = document.journal.history(record, f"note/{question}")
                assert any(str(one.value).startswith(f"note {at} ") for one in history)
                given = document.journal.history(record, f"answer/{question}")
                assert value in {one.value for one in given}
        desk.COUNTED["answers acknowledged by the window, all found"] += len(acknowledged)
