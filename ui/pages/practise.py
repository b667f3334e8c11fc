"""All pages of the practice file: the walk of an inspection, the story beside it, the benchmark."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from hmip_desktop.language import tr
from hmip_desktop.operations import practising
from hmip_desktop.operations.changes import Changes
from hmip_desktop.settings import Settings
from ui import messages
from ui.models.pages_of_case import PageOrder
from ui.pages.practise_compare import ComparePage
from ui.pages.practise_home import PractiseHome
from ui.pages.practise_story import BesideStory, StoryPage
from ui.pages.workplace import Workplace
from ui.session import Session
from ui.widgets.parts import frame, label, margins


class Practise(Workplace):
    """Shows the pages of practising; `fresh_wanted` asks for an empty practice file."""

    fresh_wanted = Signal()

    def __init__(
        self,
        session: Session,
        actions: Mapping[str, QAction],
        order: PageOrder,
        settings: Settings,
    ) -> None:
        super().__init__(session, actions, order, settings)
        # Whoever learns where the line lies needs what is said of it before the list of criteria.
        self.case_page.comes_first = "guidance"
        self._switch = actions["story"]
        self._signed_off = practising.one(session.reading).assessment.signed_off
        self._home = PractiseHome(session)
        self._beside = BesideStory(self.case_page, settings.language)
        self._comparison = ComparePage(session, settings.language)
        self.put_page("cases", self._home)
        self.put_page("case", self._beside)
        self._story = StoryPage(settings.language)
        self.put_page("story", self._story)
        self.put_page("compare", self._comparison)
        self._put_strip()
        self._home.story_wanted.connect(lambda: self.show_page("story"))
        self._home.walk_wanted.connect(self._walk)
        self._home.comparison_wanted.connect(lambda: self.show_page("compare"))
        self._home.fresh_wanted.connect(self._ask_for_fresh)
        self._home.left.connect(actions["close"].trigger)
        self._comparison.question_wanted.connect(self._walk)
        self._story.walk_wanted.connect(self._walk)
        for page in (self._story, self._comparison):
            page.left.connect(lambda: self.show_page("cases"))
        session.changed.connect(self._compare_when_signed_off)

    @property
    def home(self) -> PractiseHome:
        """Where practising begins."""
        return self._home

    @property
    def comparison(self) -> ComparePage:
        """The answers beside the benchmark."""
        return self._comparison

    @property
    def beside(self) -> BesideStory:
        """The walk with the story beside it."""
        return self._beside

    def show_page(self, name: str) -> None:
        """Show a page as things stand."""
        self.tell()
        page = self._pages[name]
        if isinstance(page, PractiseHome | ComparePage):
            page.refresh()
        elif page is self._story:
            begun = practising.one(self._session.reading).answered > 0
            self._story.show_begun(begun=begun)
        super().show_page(name)
        if isinstance(page, PractiseHome | ComparePage | StoryPage):
            page.take_focus()
        self._switch.setChecked(self._beside.shows_story)

    @property
    def chosen_parts(self) -> Mapping[str, bool]:
        """The story is a part of the walk here."""
        story = self._beside.chosen
        return {**super().chosen_parts, **({} if story is None else {"story": story})}

    def choose_parts(self, chosen: Mapping[str, bool]) -> None:
        """The story is a part of the walk here."""
        sides = {name: shown for name, shown in chosen.items() if name != "story"}
        super().choose_parts(sides)
        self._beside.choose(chosen.get("story"))

    def run(self, name: str) -> None:
        """Do what an action is for, on the page on screen."""
        if name == "story":
            self._beside.toggle_story()
            self._switch.setChecked(self._beside.shows_story)
        else:
            super().run(name)

    def _show_tabs(self) -> None:
        tabs = [
            ("cases", tr("Practise")),
            ("story", tr("The case")),
            ("compare", tr("Compare")),
        ]
        self._top.show_file(tr("Practice"), "", tabs)
        self._top.show_tab(self.page)

    def _put_strip(self) -> None:
        strip = frame("strip")
        row = QHBoxLayout(strip)
        margins(row, 20, 5, 20, 5)
        said = tr("Practice: nothing here reaches an inspection")
        row.addWidget(label(said, "noticeText", wrap=True))
        pages = self.layout()
        assert isinstance(pages, QVBoxLayout)
        pages.insertWidget(1, strip)

    def _walk(self, question: str = "") -> None:
        key = practising.one(self._session.reading).assessment.key
        self.show_case(key, question)

    def _ask_for_fresh(self) -> None:
        sentence = tr("All answers and notes of the practice case are deleted. Real cases are not.")
        if messages.confirm(self, sentence, tr("Start again")):
            self.fresh_wanted.emit()

    def _compare_when_signed_off(self, _changes: Changes) -> None:
        """Signing off is the end of answering: what comes next is shown."""
        before = self._signed_off
        self._signed_off = practising.one(self._session.reading).assessment.signed_off
        if self._signed_off and not before:
            QTimer.singleShot(0, self, lambda: self.show_page("compare"))
