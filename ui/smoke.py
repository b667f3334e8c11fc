"""Opens every page on made cases and answers one question by keyboard."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.form.model import Kind
from hmip_desktop.operations import demo, summarising
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.paper import case_on_paper
from hmip_desktop.operations.reading import Reading
from hmip_desktop.summary.sentences import Style
from ui import paper
from ui.dialogs.about import AboutDialog
from ui.dialogs.aggregate import AggregateDialog
from ui.dialogs.ask import AskDialog
from ui.dialogs.find import FindDialog
from ui.dialogs.guide import GuideWindow
from ui.dialogs.safe import SafeDialog
from ui.dialogs.unlock import UnlockDialog
from ui.dialogs.update import UpdateDialog
from ui.main_window import MainWindow
from ui.pages.results_workbook import Wanted, WorkbookDialog
from ui.session import Session

_PICTURES = "pictures"  # the application carries where they go


def smoke(app: QApplication, folder: Path, pictures: Path | None = None) -> list[str]:
    """What is wrong with the program as it stands here; nothing when all is well.

    What it draws is kept in `pictures`, numbered as it was drawn.
    """
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        app.setProperty(_PICTURES, str(pictures))
    passphrase = Passphrase(demo.PASSPHRASE)
    made = demo.make(folder, passphrase)
    problems = list(_assessor(app, made.files[0], passphrase))
    problems += _lead(app, made.lead, passphrase)
    problems += _practise(app)
    return problems


def _assessor(app: QApplication, path: Path, passphrase: Passphrase) -> Iterator[str]:
    window = MainWindow()
    window.show()
    _draw(app, window)
    for dialog in (
        UnlockDialog(path, window),
        GuideWindow(window),
        AboutDialog(window),
        UpdateDialog(None, "", window),
        AggregateDialog("", None, window),
    ):
        dialog.show()
        _draw(app, dialog)
        dialog.close()
    window.show_session(Session.opened(path, passphrase))
    _draw(app, window)
    yield from _every_page(app, window)
    yield from _answer_by_key(app, window, path, passphrase)
    window.close()


def _every_page(app: QApplication, window: MainWindow) -> Iterator[str]:
    place, session = window.workplace, window.session
    if place is None or session is None:
        yield "the case file did not open"
        return
    if not place.cases_page.shown_references:
        yield "the list of cases is empty"
    key = next(iter(session.reading.assessments))
    seen = set()
    for name in session.assessment(key).state.asked:
        question = session.form.question_by_name[name]
        if question.group not in seen:
            seen.add(question.group)
            place.show_case(key, name)
            _draw(app, window)
            if place.case_page.question != name:
                yield f"question {question.number} did not come up"
    place.show_page("review")
    _draw(app, window)
    if not place.review_page.state.scores:
        yield "the review of a case says nothing"
    for dialog in _dialogs(window, session, key):
        dialog.show()
        _draw(app, dialog)
        dialog.close()
    yield from _on_paper(session, key)


def _dialogs(window: MainWindow, session: Session, key: AssessmentKey) -> Iterator[QDialog]:
    one = session.assessment(key)
    question = session.form.question_by_name[one.state.asked[0]]
    finder = FindDialog(session, key, "default", parent=window)
    finder.look_for(question.number)
    yield finder
    yield AskDialog(one.case.reference, one.assessor, question, "default", window)
    yield SafeDialog(session, "", lambda _: "", parent=window)


def _on_paper(session: Session, key: AssessmentKey) -> Iterator[str]:
    path = session.path.with_name("case on paper.pdf")
    paper.save_pdf(path, case_on_paper(session.reading, session.assessment(key)))
    if not path.read_bytes().startswith(b"%PDF"):
        yield "a case could not be saved as a PDF"
    path.unlink()


def _answer_by_key(
    app: QApplication, window: MainWindow, path: Path, passphrase: Passphrase
) -> Iterator[str]:
    place, session = window.workplace, window.session
    if place is None or session is None:
        return
    key = next(iter(session.reading.assessments))
    session.reopen(key, "smoke test")
    state = session.assessment(key).state
    name = next(
        name for name in state.asked if session.form.question_by_name[name].kind is Kind.SELECT_ONE
    )
    choices = session.form.question_by_name[name].choices
    other = next(at for at, one in enumerate(choices) if one.name != state.values.get(name))
    window.activateWindow()
    place.show_case(key, name)
    _draw(app, window)
    _press(app, str(other + 1))
    if place.unsaved:
        yield f"a key did not answer: {place.saved_text}"
    window.close_file()
    with open_case_file(path, passphrase, write=False) as document:
        kept = Reading(document).assessments[key].assessment.answers.get(name)
    if kept != choices[other].name:
        yield "an answer given by keyboard is not in the case file"


def _lead(app: QApplication, path: Path, passphrase: Passphrase) -> Iterator[str]:
    window = MainWindow()
    window.show()
    window.show_session(Session.opened(path, passphrase))
    for page in ("set_up", "cases", "team", "results"):
        if window.workplace is None:
            yield "the lead's file did not open"
            break
        window.workplace.show_page(page)
        _draw(app, window)
    yield from _results_on_paper(app, window)
    window.close()


def _results_on_paper(app: QApplication, window: MainWindow) -> Iterator[str]:
    """The Word summary, and what the dialog of the workbook asks."""
    session = window.session
    if session is None:
        return
    dialog = WorkbookDialog(session.reading, Wanted(), window)
    dialog.show()
    _draw(app, dialog)
    dialog.close()
    path = session.path.with_name("summary.docx")
    summarising.write_summary(session.reading, path, Style())
    if not path.read_bytes().startswith(b"PK"):
        yield "the Word summary could not be written"
    path.unlink()


def _practise(app: QApplication) -> Iterator[str]:
    window = MainWindow()
    window.show()
    window.practise()
    for page in ("cases", "story", "compare"):
        if window.workplace is None:
            yield "the practice file did not open"
            break
        window.workplace.show_page(page)
        _draw(app, window)
    window.close()


def _press(app: QApplication, text: str) -> None:
    focus = app.focusWidget()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, ord(text), Qt.KeyboardModifier.NoModifier, text)
        if focus is not None:
            app.sendEvent(focus, key)


def _draw(app: QApplication, widget: QWidget) -> None:
    app.processEvents()
    picture, folder = widget.grab(), app.property(_PICTURES)
    if folder:
        number = len(list(Path(folder).iterdir())) + 1
        picture.save(str(Path(folder, f"{number:03} {type(widget).__name__}.png")))
