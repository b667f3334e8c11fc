"""All pages of an open case file between the two bars of the window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.language import tr
from hmip_desktop.operations import opening
from hmip_desktop.operations.changes import Changes
from hmip_desktop.operations.undoing import Step
from hmip_desktop.settings import Settings
from ui import messages
from ui.models.pages_of_case import PageOrder
from ui.pages import elsewhere, other_versions
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.results import ResultsPage
from ui.pages.review import ReviewPage
from ui.pages.set_up.page import SetUpPage
from ui.pages.team import TeamPage
from ui.session import Session
from ui.widgets.frame_bars import BottomBar, TopBar

_TRY_AGAIN = 5_000  # milliseconds: a stick that is put in again is noticed without a key press


@dataclass(frozen=True)
class Place:
    """Where a user is: a page, on the page of a case which question, and the parts chosen there."""

    page: str
    key: AssessmentKey | None = None
    question: str = ""
    parts: Mapping[str, bool] = field(default_factory=dict)


class Workplace(QWidget):
    """Shows one page at a time and keeps them true to the case file."""

    page_changed = Signal()
    moved = Signal(object)

    def __init__(
        self,
        session: Session,
        actions: Mapping[str, QAction],
        order: PageOrder,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._session = session
        self._top, self._bottom, self._stack = TopBar(), BottomBar(), QStackedWidget()
        self._cases = CasesPage(session)
        self._case = CasePage(session, actions, order, settings.language)
        self._review = ReviewPage(session, settings.language)
        self._pages: dict[str, QWidget] = {
            "cases": self._cases,
            "case": self._case,
            "review": self._review,
        }
        if session.is_leads:
            self._pages["set_up"] = self._set_up = SetUpPage(session)
            self._set_up.details.described.connect(self._show_tabs)
            self._pages["team"] = team = TeamPage(session, settings.language)
            self._pages["results"] = results = ResultsPage(session, settings)
            team.case_wanted.connect(self.show_case)
            results.team_wanted.connect(lambda: self.show_page("team"))
            results.page_wanted.connect(self.show_page)
            results.queries_wanted.connect(lambda: self.show_page("team"))
            results.queries_wanted.connect(team.show_queries)
            results.case_wanted.connect(self.show_case)
        for page in self._pages.values():
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._bottom)
        self._again = QTimer(self, interval=_TRY_AGAIN)
        self._again.timeout.connect(self.tell)
        self._connect()

    @property
    def in_case(self) -> bool:
        """Whether a case is on screen."""
        return self._stack.currentWidget() is self._pages["case"]

    @property
    def has_case(self) -> bool:
        """Whether a case is on screen, walked or looked over."""
        return self._stack.currentWidget() in (self._pages["case"], self._review)

    @property
    def key_in_hand(self) -> AssessmentKey | None:
        """The assessment on screen, when one is."""
        return self._case.key if self.has_case else None

    @property
    def question_in_hand(self) -> str:
        """The question in hand, while a case is walked."""
        return self._case.question if self.in_case else ""

    @property
    def unsaved(self) -> str:
        """What is not saved, in a sentence; empty when everything is."""
        card = self._case.column.card_in_hand if self.has_case else None
        if card is not None and card.problem:
            return card.problem
        return self._bottom.problem

    @property
    def page(self) -> str:
        """The name of the page on screen."""
        return next(
            name for name, page in self._pages.items() if page is self._stack.currentWidget()
        )

    @property
    def place(self) -> Place:
        """Where the user is."""
        return Place(self.page, self._case.key, self._case.question, self.chosen_parts)

    @property
    def chosen_parts(self) -> Mapping[str, bool]:
        """The parts of the walk that the user showed or hid."""
        return self._case.chosen_sides

    def choose_parts(self, chosen: Mapping[str, bool]) -> None:
        """Show and hide parts of the walk as a user chose before."""
        self._case.choose_sides(chosen)

    @property
    def case_page(self) -> CasePage:
        """The walk."""
        return self._case

    @property
    def review_page(self) -> ReviewPage:
        """The look over a case before it is signed off."""
        return self._review

    @property
    def cases_page(self) -> CasesPage:
        """The list of cases."""
        return self._cases

    @property
    def saved_text(self) -> str:
        """What the bottom bar says about saving."""
        return self._bottom.saved_text

    def go_to(self, place: Place) -> None:
        """Go back to where a user was."""
        self.choose_parts(place.parts)
        if place.key is not None:
            self._case.show_case(place.key, place.question)
        self.show_page(place.page)

    def show_first(self) -> None:
        """Show the page that a file opens with: where something is missing, that."""
        contents = self._session.reading.contents
        if self._session.is_leads and not contents.assessments:
            self.show_page("set_up")
            self._set_up.show_next()
        else:
            self.show_page("cases")

    @property
    def set_up_page(self) -> SetUpPage:
        """The lead's setting up."""
        return self._set_up

    def show_page(self, name: str) -> None:
        """Show a page as things stand."""
        self.tell()
        page = self._pages[name]
        if isinstance(page, CasesPage | SetUpPage | TeamPage | ResultsPage):
            page.refresh()
        elif page is self._review and self._case.key is not None:
            self._review.show_case(self._case.key)
        self._stack.setCurrentWidget(page)
        self._bottom.say_written(None)
        self._bottom.say_aside("")
        self._top.show_tab("cases" if name in ("case", "review") else name)
        if name == "case":
            self._bottom.show_page(self._case.bar, self._case.ways)
        else:
            self._bottom.show_page(None)
        if isinstance(page, CasesPage | ReviewPage | ResultsPage):
            page.take_focus()
        self.page_changed.emit()

    def show_case(self, key: AssessmentKey, question: str = "") -> None:
        """Walk through a case, from a question or from the first without an answer."""
        self._stack.setCurrentWidget(self._pages["case"])
        self._case.show_case(key, question)
        self.show_page("case")

    def put_page(self, name: str, page: QWidget) -> None:
        """Show something of its own as a page."""
        self._pages[name] = page
        self._stack.addWidget(page)

    def set_order(self, order: PageOrder) -> None:
        """Show the pages of a case in another order."""
        self._case.set_order(order)

    def tell(self) -> None:
        """Keep whatever was typed and not kept yet."""
        self._case.tell()
        self._review.tell()

    def say_written(self, path: Path | None) -> None:
        """Say where something was saved, until another page is shown; None says nothing."""
        self._bottom.say_written(path)

    def save_elsewhere(self) -> None:
        """Where the file takes nothing any more: save everything in another, and go on there."""
        self.tell()
        if not self._bottom.problem:
            return  # the file is back
        self._go_on_in(elsewhere.place_for_all(self, self._session))

    def say_what_to_know(self) -> None:
        """When a file is opened: what lies beside it, in what folder, and where copies go."""
        if self._session.takes_nothing:
            self._bottom.say_not_saved(elsewhere.only_read(self._session))
            QTimer.singleShot(0, self, self._offer_copy)  # once the file is on screen
            return
        other_versions.take_in(self, self._session)
        if said := other_versions.where_it_lies(self._session):
            self._bottom.say_saved(said)
        self.say_where_copies_go()

    def say_where_copies_go(self) -> None:
        """Say it, quietly, when the folder chosen for copies is away."""
        if away := opening.copies_folder_away():
            self._bottom.say_saved(
                tr(
                    "✓ All answers saved. {folder} is not there, so copies are kept in {usual}.",
                    folder=away,
                    usual=opening.copies_folder(),
                )
            )

    def _offer_copy(self) -> None:
        self._go_on_in(elsewhere.place_for_copy(self, self._session))

    def _go_on_in(self, file: Path | None) -> None:
        if file is not None:
            self.moved.emit(file)

    def hand_in_to(self, folder: Path) -> str:
        """Save a copy for the lead in a folder; the receipt in words, empty when refused."""
        self._cases.hand_in_to(folder)
        return self._cases.receipt

    def merge(self, files: Sequence[Path]) -> None:
        """Merge team files into the lead's."""
        page = self._pages.get("team")
        if isinstance(page, TeamPage):
            self.show_page("team")
            page.merge(files)

    def run(self, name: str) -> None:
        """Do what an action is for, on the page on screen."""
        case = self._case
        does: dict[str, Callable[[], object]] = {
            "undo": lambda: self._undo(self._session.undo),
            "redo": lambda: self._undo(self._session.redo),
            "find": self._find,
            "cases": lambda: self.show_page("cases"),
            "review": lambda: self.show_page("review"),
            "note": case.write_note,
            "sample": case.use_sample,
            "next": case.next,
            "previous": case.previous,
            "next_unanswered": case.next_unanswered,
            "previous_unanswered": lambda: case.next_unanswered(-1),
            "pane": case.next_pane,
            "to_guidance": case.to_guidance,
            "source_file": lambda: case.rest_on("file"),
            "source_interview": lambda: case.rest_on("interview"),
            "source_judgement": lambda: case.rest_on("judgement"),
            "outline": lambda: case.toggle_sides("outline"),
            "guidance": lambda: case.toggle_sides("guidance"),
        }
        does[name]()

    def _connect(self) -> None:
        session = self._session
        self._show_tabs()
        self._bottom.say_file(tr("{name}, encrypted", name=session.path.name))
        self._bottom.say_saved(tr("✓ All answers saved"))
        self._top.tab_wanted.connect(self.show_page)
        self._cases.case_wanted.connect(self.show_case)
        self._cases.refused.connect(lambda refusal: messages.refused(self, refusal))
        self._case.told.connect(self._bottom.say_aside)
        self._case.left.connect(lambda: self.show_page("cases"))
        self._case.review_wanted.connect(lambda: self.show_page("review"))
        self._review.left.connect(lambda: self._back_to(self._case.question))
        self._review.question_wanted.connect(self._back_to)
        self._review.case_wanted.connect(self.show_case)
        self._review.cases_wanted.connect(lambda: self.show_page("cases"))
        session.changed.connect(self._changed)
        session.saved.connect(self._say_saved)
        session.save_failed.connect(self._say_not_saved)
        self._bottom.elsewhere_wanted.connect(self.save_elsewhere)

    def _show_tabs(self) -> None:
        session = self._session
        if session.is_leads:
            tabs = [
                ("set_up", tr("Set up")),
                ("cases", tr("Cases")),
                ("team", tr("Team")),
                ("results", tr("Results")),
            ]
        else:
            tabs = [("cases", tr("My cases"))]
        self._top.show_file(session.title, session.owner, tabs)
        self._top.show_tab(self.page)

    def _say_saved(self, at: str) -> None:
        self._again.stop()
        self._bottom.say_saved(tr("✓ All answers saved, {time}", time=at))

    def _say_not_saved(self, why: str) -> None:
        self._bottom.say_not_saved(tr("Not saved: {why}", why=why))
        self._again.start()

    def _changed(self, changes: Changes) -> None:
        if self.in_case:
            self._case.refresh(changes)

    def _undo(self, move: Callable[[], Step | None]) -> None:
        self.tell()
        if (step := move()) is not None:
            if not self.in_case:
                self.show_case(step.key, step.question)
            self._case.show_step(step)

    def _back_to(self, question: str) -> None:
        """From the review of a case to one of its questions."""
        if self._case.key is not None:
            self.show_case(self._case.key, question)

    def _find(self) -> None:
        self.show_page("cases")
        self._cases.look_for_case()
