"""A day with the program, run as a program of its own: everything that it leaves lies in a folder.

Arguments: that folder. It is told the passphrase and the note by its standard input, as people
tell them by the keyboard. After each step every byte of every file is searched for both.
"""

import json
import os
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
WORDS, NOTE = (line.rstrip("\n") for line in sys.stdin.read().splitlines()[:2])
STARTED: list[str] = []
OPENED: list[str] = []
PLAIN = FOLDER / "plain"
FOUND: list[str] = []


def heard(event: str, arguments: tuple[object, ...]) -> None:
    """Python tells of every program that is started and every file that is opened."""
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "pty.spawn"):
        STARTED.append(repr(arguments))
    elif event == "open" and isinstance(arguments[0], str):
        flags = arguments[2]
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            OPENED.append(str(Path(arguments[0]).absolute()))


def look(after: str) -> None:
    """Search everything but the files that a user asked to have in plain text."""
    spellings = [
        text.encode(code) for text in (WORDS, NOTE) for code in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    spellings += [text.encode().hex().encode() for text in (WORDS, NOTE)]
    for path in FOLDER.rglob("*"):
        if path.is_dir() or not path.exists() or path.is_relative_to(PLAIN):
            continue
        content = path.read_bytes() + str(path).encode()
        if any(text in content for text in spellings):
            FOUND.append(f"{path.relative_to(FOLDER)} after {after}")
        if path.stat().st_mode & 0o077:
            FOUND.append(f"{path.relative_to(FOLDER)} may be read by others after {after}")


sys.addaudithook(heard)
sys.path[:0] = [str(Path(__file__).resolve().parent.parent / name) for name in ("core", "gui")]

from hmip_desktop import privacy  # noqa: E402

privacy.begin()

import gui_desk  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from hmip_desktop.cli import ending  # noqa: E402
from hmip_desktop.errors import Refused  # noqa: E402
from hmip_desktop.operations import consolidate, exporting, paper  # noqa: E402
from hmip_desktop.operations.reading import Reading  # noqa: E402
from ui import crash, last_run, messages  # noqa: E402
from ui.dialogs.unlock import UnlockDialog  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.pages.locked import LockedPage  # noqa: E402
from ui.paper import save_pdf  # noqa: E402
from ui.widgets.passphrase_box import PassphraseBox  # noqa: E402


def opened(window: MainWindow, path: Path) -> None:
    dialog = UnlockDialog(path)
    dialog.type_passphrase("another passphrase")
    dialog.unlock()
    dialog.type_passphrase(WORDS)
    dialog.unlock()
    assert dialog.session is not None
    window.show_session(dialog.session)


def assessed(window: MainWindow) -> None:
    """An answer and a note, a lock in the middle of it, and what is refused."""
    place, session = window.workplace, window.session
    assert place is not None
    assert session is not None
    key = session.reading.assessment_for("NEW-001").assessment.key
    place.show_case(key, "q1_1_01")
    place.case_page.column.given.emit("q1_1_01", "yes")
    place.case_page.write_note()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, NOTE)
    look("typing")
    window.locking.lock()
    look("locking")
    page = window.centralWidget()
    assert isinstance(page, LockedPage)
    box = page.findChild(PassphraseBox)
    assert box is not None
    box.line.setText("not " + WORDS)
    page.unlock()
    box.line.setText(WORDS)
    page.unlock()
    assert place.case_page.column.card_in_hand is not None
    place.tell()
    for name, value in (("q1_1_04", NOTE), ("q2_1_01", NOTE), ("q1_1_03", "no")):
        session.answer(key, name, value)
    session.mark(key, "urgent concern", on=True, note=NOTE)
    assert session.reading.assessment_for("NEW-001").assessment.notes["q1_1_01"] == NOTE
    for name, value in (("q2_1_03", "yes"),):
        session.answer(key, name, value)
    session.sign_off(key)
    session.reopen(key, NOTE)


def failed() -> None:
    """Faults whose words hold what was typed, by all the ways that there are."""
    messages.tell = lambda *_: None
    try:
        int(NOTE + WORDS)
    except ValueError as error:
        crash._caught(type(error), error, error.__traceback__)
        ending.note_fault(error)


def saved_elsewhere(window: MainWindow) -> None:
    """As when the place of the file takes nothing any more."""
    assert window.session is not None
    assert window.session.save_elsewhere(FOLDER / "elsewhere" / "own.hmip") is None
    look("saving elsewhere")


def main() -> None:
    control = FOLDER / "control"
    control.write_bytes(b"x" + NOTE.encode("utf-16-le"))
    look("planting what must be found")
    assert FOUND
    FOUND.clear()
    control.unlink()
    app = QApplication([])
    lead, own = gui_desk.made_inspection(FOLDER / "desk")
    look("setting up")
    window = MainWindow()
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    with last_run.watched():
        opened(window, own)
        look("opening")
        assessed(window)
        look("assessing")
        failed()
        look("a fault")
        (FOLDER / "stick").mkdir()
        assert window.workplace is not None
        window.workplace.hand_in_to(FOLDER / "stick")
        look("handing in")
        saved_elsewhere(window)
    window.close_file()
    opened(window, lead)
    place, session = window.workplace, window.session
    assert place is not None
    assert session is not None
    from hmip_desktop.operations import hand_ins

    merged = hand_ins.receive(session.reading.document, [FOLDER / "stick"])
    assert merged.files[0].new
    look("merging")
    reading = Reading(session.reading.document)
    PLAIN.mkdir()
    one = reading.assessment_for("NEW-001")
    consolidate.write_workbook(reading, PLAIN / "scores.xlsx")
    exporting.export(reading, PLAIN / "export")
    save_pdf(PLAIN / "case.pdf", paper.case_on_paper(reading, one))
    look("what is plain")
    window.close()
    app.processEvents()
    look("closing")
    outside = sorted({one for one in OPENED if not one.startswith(str(FOLDER))} - {"/dev/null"})
    copies = len(list((FOLDER / "home of the program" / "backups").iterdir()))
    told = [WORDS in one or NOTE in one for one in [*STARTED, *sys.argv, *os.environ.values()]]
    import resource

    sys.stdout.write(
        json.dumps(
            {
                "found": FOUND,
                "outside": outside,
                "told to other programs": sum(told),
                "copies": copies,
                "core": resource.getrlimit(resource.RLIMIT_CORE),
                "files": sum(one.is_file() for one in FOLDER.rglob("*")),
            }
        )
    )


if __name__ == "__main__":
    try:
        main()
    except Refused as refusal:
        sys.exit(f"refused: {refusal.code}")
