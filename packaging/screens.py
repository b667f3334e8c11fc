"""Pictures of every page, without a screen: `screens.py FOLDER`.

Light, dark and high contrast, at 100 to 200%, on a small screen and in Welsh, each on the
demonstration inspection. The pictures of the guide are made along with them, into
`resources/help/pictures`, so that they do not grow old; `screens.py guide` makes these only.
"""

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QScrollArea, QWidget

from hmip_desktop import clock, language, paths, settings
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import AssessmentKey, Role, TeamMember
from hmip_desktop.form import xlsform
from hmip_desktop.form.model import DEFAULT_LANGUAGE
from hmip_desktop.ids import MemberId, fresh
from hmip_desktop.operations import collate, demo, inspection, model_case
from hmip_desktop.operations.demo import Demo
from hmip_desktop.operations.inspection import Details
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.sample_sheet import preview_sample, preview_team
from hmip_desktop.settings import Settings
from ui import theme
from ui.dialogs.about import AboutDialog
from ui.dialogs.aggregate import AggregateDialog
from ui.dialogs.ask import AskDialog
from ui.dialogs.find import FindDialog
from ui.dialogs.guide import GuideWindow
from ui.dialogs.new_inspection import NewInspectionDialog
from ui.dialogs.safe import SafeDialog
from ui.dialogs.settings import WELSH, SettingsDialog
from ui.dialogs.unlock import UnlockDialog
from ui.dialogs.update import UpdateDialog
from ui.main_window import MainWindow
from ui.pages.results_sections import SectionsPart
from ui.pages.results_workbook import Wanted, WorkbookDialog
from ui.pages.set_up.problems import ProblemsCard
from ui.pages.start import StartPage
from ui.pages.workplace import Workplace
from ui.session import Session
from ui.widgets.conflict_card import ConflictCard
from ui.widgets.tall_button import TallButton

BIG, SMALL, OF_GUIDE = (1280, 800), (1024, 700), (840, 640)
COLOURS = 64  # of a picture of the guide
DENSITY = 2  # pixels of the guide's pictures for each pixel on screen
OTHERWISE = {"q3_1_02": "not_sufficient", "q4_1_03": "correct"}
GUIDE_ONLY = Path("guide")
# The day of every picture: the same program draws the same pictures, whenever they are made.
FRIDAY = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
WALKED = ("q0_05", "q4_1_04", "q0_12", "q2_1_13_other", "q1_1_05", "q5_5_01", "q3_3_02")


@dataclass(frozen=True)
class View:
    """How the pictures of one round look."""

    look: theme.Colours
    text_size: int = 100
    size: tuple[int, int] = BIG
    language: str = DEFAULT_LANGUAGE

    @property
    def name(self) -> str:
        """What the names of its pictures end in."""
        small = "-small" if self.size == SMALL else ""
        return f"{self.look.name}-{self.text_size}{small}{'-cy' if self.language == WELSH else ''}"


class Studio:
    """Takes pictures of one view."""

    def __init__(self, app: QApplication, folder: Path, view: View) -> None:
        self._app, self._folder, self._view = app, folder, view
        settings.save(Settings(text_size=view.text_size, language=view.language))

    def window(self) -> MainWindow:
        """A fresh window."""
        window = MainWindow(self._view.look)
        window.resize(*self._view.size)
        window.show()
        return window

    def take(self, name: str, widget: QWidget) -> None:
        """Save a picture."""
        self._settle()
        widget.grab().save(str(self._folder / f"{name}-{self._view.name}.png"))

    def _settle(self) -> None:
        for _ in range(3):
            self._app.processEvents()

    def start_and_unlock(self, path: Path) -> None:
        """Before a file is open."""
        settings.save(replace(settings.load(), recent=(str(path), str(path.parent / "lead.hmip"))))
        window = self.window()
        self.take("start", window)
        unlock = UnlockDialog(path, window)
        self._dialogs(
            unlock=unlock,
            guide=GuideWindow(window),
            about=AboutDialog(window),
            update=UpdateDialog(None, "", window),
            settings=SettingsDialog(settings.load(), (DEFAULT_LANGUAGE, WELSH), window),
            new=NewInspectionDialog("", window),
            aggregate=AggregateDialog("", None, window),
        )
        unlock.type_passphrase("not this one")
        unlock.unlock()
        self._dialogs(unlock_wrong=unlock)
        window.close()

    def practise(self) -> None:
        """The model case, half answered, some of it otherwise than the benchmark."""
        window = self.window()
        window.practise()
        place, session = _place(window), window.session
        assert session is not None
        self.take("practise", window)
        key = next(iter(session.reading.assessments))
        answers = {**model_case.model_case().answers, **OTHERWISE}
        for question, value in list(answers.items())[:30]:
            if question in session.assessment(key).state.is_asked:
                session.answer(key, question, value)
        for page in ("story", "compare"):
            place.show_page(page)
            self.take(f"practise-{page}", window)
        place.show_case(key, "q4_1_05")
        self.take("practise-walk", window)
        window.close()

    def set_up(self, folder: Path, passphrase: Passphrase) -> None:
        """A new inspection, step by step."""
        folder.mkdir()
        sample, team = paths.resource("demo", "sample.csv"), paths.resource("demo", "team.csv")
        details = Details("Newtown 2026", "Newtown", "2026-11-23", "2026-11-27")
        lead = TeamMember(MemberId(fresh()), "Lead inspector 1", Role.LEAD)
        form = xlsform.load(paths.resource(*demo.FORM))
        inspection.begin(folder / "lead.hmip", passphrase, details, form, lead).close()
        window = self.window()
        window.show_session(Session.opened(folder / "lead.hmip", passphrase))
        page = _place(window).set_up_page
        page.show_step(0)
        self.take("set-up-inspection", window)
        page.show_step(1)
        page.sample.source.read_file(_dirty(folder / "sample.csv"))
        self.take("set-up-sample-to-mend", window)
        _let_see(window, _shown_problems(window))
        self.take("set-up-sample-mends", window)
        page.sample.take(preview_sample(sample))
        self.take("set-up-sample", window)
        page.show_step(2)
        page.team.take(preview_team(team))
        self.take("set-up-team", window)
        page.show_step(3)
        page.allocation.share_out()
        page.allocation.give(["MER-003"], "Inspector 2")
        self.take("set-up-allocation", window)
        page.show_step(4)
        page.hand_out.hand_out_to(folder / "out")
        self.take("set-up-hand-out", window)
        page.show_step(5)
        page.area.bring([_area(folder / "area.csv")])
        self.take("set-up-area", window)
        window.close()

    def assessor(self, path: Path, passphrase: Passphrase) -> None:
        """What an assessor sees."""
        window = self.window()
        window.show_session(Session.opened(path, passphrase))
        place = _place(window)
        self.take("cases", window)
        open_one, signed = _two_cases(window)
        for question in WALKED:
            place.show_case(open_one, question)
            self.take(f"walk-{question}", window)
        place.case_page.column.toggle_not_asked()
        place.case_page.column.verticalScrollBar().setValue(10**6)
        self.take("walk-not-asked", window)
        place.show_case(signed)
        self.take("walk-signed-off", window)
        self._review(window, open_one, signed)
        window.close()

    def _review(self, window: MainWindow, open_one: AssessmentKey, signed: AssessmentKey) -> None:
        place = _place(window)
        for name, key in (("open", open_one), ("signed-off", signed)):
            place.show_case(key)
            place.show_page("review")
            self.take(f"review-{name}", window)
            bar = place.review_page.scroll_bar
            bar.setValue(bar.maximum())
            self.take(f"review-{name}-end", window)
        assert window.session is not None
        finder = FindDialog(window.session, signed, "default", parent=window)
        finder.look_for("risk plan")
        unsaved = "Not saved: the disk is full."
        unsafe = SafeDialog(window.session, unsaved, lambda _: "", parent=window)
        self._dialogs(find=finder, unsafe=unsafe)

    def _dialogs(self, **dialogs: QDialog) -> None:
        for name, dialog in dialogs.items():
            dialog.show()
            self.take(name, dialog)
            dialog.close()

    def _queries(self, window: MainWindow) -> None:
        session, place = window.session, _place(window)
        assert session is not None
        key, one = next(iter(session.reading.assessments.items()))
        question = session.form.question_by_name["q4_1_04"]
        ask = AskDialog(one.case.reference, one.assessor, question, "default", window)
        self._dialogs(ask=ask, safe=SafeDialog(session, "", lambda _: "", parent=window))
        if not one.assessment.queries:
            session.ask(key, "The note repeats the report. What did the plan rest on?", "q4_1_04")
            session.ask(key, "Who held the file in the spring?", "")
        place.show_case(key, "q4_1_04")
        place.show_page("review")
        self.take("lead-review", window)

    def lead(self, path: Path, passphrase: Passphrase) -> None:
        """What the lead sees."""
        window = self.window()
        window.show_session(Session.opened(path, passphrase))
        self._queries(window)
        for page in ("set_up", "cases", "team", "results"):
            _place(window).show_page(page)
            self.take(f"lead-{page}", window)
        assert window.session is not None
        with_notes = WorkbookDialog(window.session.reading, Wanted(notes=True), window)
        self._dialogs(workbook=with_notes)
        _place(window).show_page("team")
        _let_see(window, next(c for c in window.findChildren(ConflictCard) if c.is_unfolded))
        self.take("lead-conflict", window)
        window.close()


def _top(height: int) -> Callable[[QWidget], QRect]:
    """The upper part of the window without its menus."""
    return lambda _window: QRect(0, 30, OF_GUIDE[0], height)


def _card(page: type[QWidget]) -> Callable[[QWidget], QRect]:
    """The first card of a page."""

    def found(window: QWidget) -> QRect:
        there = window.findChild(page)
        assert there is not None
        cards = there.findChildren(QFrame)
        return _around(next(one for one in cards if one.property("role") == "card"), window)

    return found


def _ways_in(window: QWidget) -> QRect:
    """The first page, without the files opened before."""
    page = window.findChild(StartPage)
    assert page is not None
    doors = [_around(one, window) for one in page.findChildren(TallButton)]
    card = _card(StartPage)(window)
    return QRect(card.topLeft(), QPoint(card.right(), max(one.bottom() for one in doors)))


def _to_mend(window: QWidget) -> QRect:
    return _around(_shown_problems(window), window)


def _shown_problems(window: QWidget) -> ProblemsCard:
    return next(one for one in window.findChildren(ProblemsCard) if one.isVisible())


def _conflict(window: QWidget) -> QRect:
    return _around(
        next(one for one in window.findChildren(ConflictCard) if one.is_unfolded), window
    )


def _question(window: QWidget) -> QRect:
    """The question in hand, and the one before it."""
    assert isinstance(window, MainWindow)
    card = _place(window).case_page.column.card_in_hand
    assert card is not None
    return _around(card, window).adjusted(0, -60, 0, 0)


def _around(widget: QWidget, window: QWidget) -> QRect:
    shown = QRect(widget.mapTo(window, QPoint()), widget.size()).adjusted(-10, -10, 10, 10)
    return shown.intersected(window.rect())


# Which pictures the guide has: what the studio calls the moment, and the part to show.
GUIDE: Mapping[str, tuple[str, Callable[[QWidget], QRect]]] = {
    "start": ("start", _ways_in),
    "cases": ("cases", _top(270)),
    "question": ("walk-q3_3_02", _question),
    "practise": ("practise-compare", _top(470)),
    "mend": ("set-up-sample-mends", _to_mend),
    "allocation": ("set-up-allocation", _top(470)),
    "team": ("lead-team", _top(400)),
    "conflict": ("lead-conflict", _conflict),
    "results": ("lead-results", _card(SectionsPart)),
}


class GuideStudio(Studio):
    """Takes the pictures of the guide, sharp and cut to what a page speaks of."""

    def take(self, name: str, widget: QWidget) -> None:
        """Save the parts of this moment that the guide shows."""
        self._settle()
        for picture, (moment, part) in GUIDE.items():
            if moment == name:
                _sharp(widget, part(widget)).save(str(self._folder / f"{picture}.png"), None, 0)


def _sharp(widget: QWidget, part: QRect) -> QImage:
    """A part of a window with few colours, so that the file is small."""
    image = QImage(part.size() * DENSITY, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(DENSITY)
    painter = QPainter(image)
    widget.render(painter, -part.topLeft())
    painter.end()
    coarse = image.convertToFormat(QImage.Format.Format_RGB16)
    fine = coarse.convertToFormat(QImage.Format.Format_RGB32)
    often = Counter(memoryview(fine.constBits()).cast("I")).most_common(COLOURS)
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return fine.convertToFormat(
        QImage.Format.Format_Indexed8, [colour for colour, _ in often], flags
    )


def _make_guide(app: QApplication, made: Demo, work: Path, passphrase: Passphrase) -> None:
    """The pictures of the guide in both languages."""
    for code, spoken in ((language.ENGLISH, DEFAULT_LANGUAGE), ("cy", WELSH)):
        folder = paths.resource("help", "pictures", code)
        folder.mkdir(parents=True, exist_ok=True)
        _take_all(
            GuideStudio(app, folder, View(theme.LIGHT, size=OF_GUIDE, language=spoken)),
            made,
            work / f"guide-{code}",
            passphrase,
        )


def _area(path: Path) -> Path:
    """A table about the area, as a Trust sends it."""
    path.write_text(
        "Caseload and reoffending by LDU, 2012\n\n"
        "LDU;Caseload;Change in a year;Reoffending\n"
        "Knowsley;1,187;-1.4%;9.1%\nLiverpool North;1,498;-2.1%;10.0%\nSefton;1,090;-1.1%;8.8%\n"
        "\nSource: made figures, to show how it looks\n",
        encoding="utf-8",
    )
    return path


def _dirty(path: Path) -> Path:
    """A sample as somebody keeps it, with some things to mend."""
    path.write_text(
        "Newtown sample of 3 May;;;;\n"
        "Case Ref;LDU name;RoSH level;Start date;Age band\n"
        "NEW-001;North;V High;6/5/2013;18-25\n"
        "NEW-002;North;High;31/2/2013;26-35\n"
        "NEW-002;South;High;1/2/2013;26-35\n"
        ";South;Medium;1/2/2013;26-35\n"
        "Total: 4;;;;\n",
        encoding="utf-8",
    )
    return path


def _let_see(window: MainWindow, widget: QWidget) -> None:
    """Scroll to a part of the page on screen."""
    for area in window.findChildren(QScrollArea):
        if area.isAncestorOf(widget):
            area.ensureWidgetVisible(widget)


def _place(window: MainWindow) -> Workplace:
    assert window.workplace is not None
    return window.workplace


def _two_cases(window: MainWindow) -> tuple[AssessmentKey, AssessmentKey]:
    assert window.session is not None
    found = window.session.reading.assessments
    unfinished = next(key for key, one in found.items() if not one.assessment.signed_off)
    signed = next(key for key, one in found.items() if one.assessment.signed_off)
    return unfinished, signed


def _half_done(path: Path, passphrase: Passphrase) -> None:
    """Some cases of a finished file opened again, as they are in the middle of a week."""
    session = Session.opened(path, passphrase)
    keys = [key for key, one in session.reading.assessments.items() if one.asked > 100]
    for number, key in enumerate(keys[1:5]):
        session.reopen(key, "Not yet finished.")
        asked = session.assessment(key).state.asked
        for name in reversed(asked[(number + 1) * 40 if number < 3 else 1 :]):
            session.answer(key, name, "")
    session.close()


def _in_conflict(lead: Path, file: Path, passphrase: Passphrase) -> None:
    """One answer changed in two copies of a case file, both merged by the lead."""
    twin = file.with_name("twin.hmip")
    shutil.copyfile(file, twin)
    for path, other in ((file, 0), (twin, 1)):
        _it_is(FRIDAY - timedelta(hours=2 - other))
        session = Session.opened(path, passphrase)
        key, one = next(iter(session.reading.assessments.items()))
        session.reopen(key, "Seen again.")
        for name in ("q4_1_01", "q0_05"):
            now = one.assessment.answers.get(name)
            choices = session.form.question_by_name[name].choices
            session.answer(key, name, [c.name for c in choices if c.name != now][other])
        session.close()
    _it_is(FRIDAY)
    with open_case_file(lead, passphrase) as document:
        collate.merge(document, [file, twin])


def _it_is(moment: datetime) -> None:
    """Set the clock that everything here goes by."""
    clock.SystemClock.now = lambda _self: moment  # type: ignore[method-assign]


def _take_all(studio: Studio, made: Demo, folder: Path, passphrase: Passphrase) -> None:
    studio.start_and_unlock(made.files[0])
    studio.assessor(made.files[0], passphrase)
    studio.lead(made.lead, passphrase)
    studio.practise()
    studio.set_up(folder, passphrase)


def main(folder: Path) -> int:
    """Take every picture."""
    _it_is(FRIDAY)
    if folder != GUIDE_ONLY:
        folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    passphrase = Passphrase(demo.PASSPHRASE)
    with tempfile.TemporaryDirectory(prefix="hmip-screens-") as work:
        os.environ[paths.HOME_VARIABLE] = str(Path(work) / "home")
        made = demo.make(Path(work) / "demo", passphrase)
        _half_done(made.files[0], passphrase)
        _in_conflict(made.lead, made.files[1], passphrase)
        views = (
            View(theme.LIGHT),
            View(theme.DARK),
            View(theme.LIGHT, 150),
            View(theme.CONTRAST, 200),
            View(theme.LIGHT, size=SMALL),
            View(theme.LIGHT, language=WELSH),
            View(theme.LIGHT, 150, SMALL, WELSH),
        )
        _make_guide(app, made, Path(work), passphrase)
        for view in views if folder != GUIDE_ONLY else ():
            _take_all(Studio(app, folder, view), made, Path(work) / view.name, passphrase)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens")))
