"""The window: menus, bars, and which page is on screen."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QLocale, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow

from hmip_desktop import settings as settings_file
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import copies, practising, updating
from hmip_desktop.operations.reading import Reading
from hmip_desktop.settings import Settings
from ui import actions, can_do, menus, messages, qt_words, theme
from ui.dialogs import recover
from ui.dialogs.about import AboutDialog
from ui.dialogs.aggregate import AggregateDialog
from ui.dialogs.new_inspection import NewInspectionDialog
from ui.dialogs.over_pages import OverPages
from ui.dialogs.settings import SettingsDialog
from ui.guiding import Guiding
from ui.locking import Locking
from ui.models.guide import fitting
from ui.models.pages_of_case import PageOrder
from ui.pages.practise import Practise
from ui.pages.start import StartPage
from ui.pages.workplace import Workplace
from ui.session import Session
from ui.theme import Colours
from ui.updating import Updating

TITLE_BAR = 40
BETWEEN_STEPS_MS = 250
UNTIL_LAID_OUT_MS = 30


def _first_size(screen: QSize) -> QSize:
    """The window's size before anybody chose one: it fits an old laptop with its title bar."""
    return QSize(min(1280, screen.width()), min(800, screen.height() - TITLE_BAR))


class MainWindow(QMainWindow):
    """One window on at most one case file."""

    def __init__(self, appearance: Colours | None = None) -> None:
        super().__init__()
        self._settings = settings_file.load()
        self._appearance = appearance
        self._session: Session | None = None
        self._workplace: Workplace | None = None
        self._resizing = QTimer(self)
        self._resizing.setSingleShot(True)
        self._resizing.setInterval(BETWEEN_STEPS_MS)
        self._resizing.timeout.connect(self._resized)
        self._speak()
        self._actions = actions.make(self)
        self.locking = Locking(self, self._actions)
        self.guiding = Guiding(self)
        self._updating = Updating(self, self)
        self.locking.about_to_lock.connect(self._tell)
        self._dress()
        self.setAcceptDrops(True)
        self.setMinimumSize(800, 560)
        self.resize(_first_size(self.screen().availableSize()))
        self.restoreGeometry(QByteArray.fromBase64(self._settings.window.encode()))
        self._make_menus()
        self._connect()
        self._show_start()
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda _: self._dress())
        hints.accessibility().contrastPreferenceChanged.connect(lambda _: self._dress())

    @property
    def session(self) -> Session | None:
        """The open case file."""
        return self._session

    @property
    def workplace(self) -> Workplace | None:
        """The pages of the open case file."""
        return self._workplace

    @property
    def settings(self) -> Settings:
        """What is remembered for this user."""
        return self._settings

    @property
    def commands(self) -> Mapping[str, QAction]:
        """Every action by name."""
        return self._actions

    def open_file(self, path: Path) -> None:
        """Ask for the passphrase of a case file and show it; help when it is damaged or gone."""
        if updating.is_pack(path):
            self._take_update(path)
        elif practising.is_practice_file(path):
            self.practise()
        elif session := recover.open_file(path, self):
            self.show_session(session)

    def show_session(self, session: Session) -> None:
        """Show an open case file instead of whatever is open."""
        self.close_file()
        self._session = session
        session.setParent(self)
        session.steps_changed.connect(self._enable)
        session.lost.connect(self._lost)
        session.form_changed.connect(lambda: QTimer.singleShot(0, self._rebuild))
        if session.is_practice:
            self.setWindowTitle(" - ".join((tr("Practice"), messages.PROGRAM)))
            self._show_workplace()
            return  # nothing in it is to be hidden, and its user knows no passphrase
        self._settings = self._settings.with_recent(session.path)
        settings_file.save(self._settings)
        self.setWindowTitle(" - ".join((session.title, session.owner, messages.PROGRAM)))
        self._show_workplace().say_what_to_know()
        self.locking.watch(session, self._settings.lock_after)

    def practise(self, *, fresh: bool = False) -> None:
        """Show the practice file, as it was left or empty."""
        if self._session is not None and self._session.is_practice and not fresh:
            self._in_workplace("cases")
            return
        if not self.may_leave():
            return
        self.close_file()
        try:
            opened = practising.start_again() if fresh else practising.open_practice()
            self.show_session(Session(Reading(opened)))
        except Refused as refusal:
            messages.refused(self, refusal)

    def close_file(self) -> None:
        """Close the case file; everything in it is saved."""
        self._tell()
        self.locking.forget()
        if self._session is not None:
            self._show_start()
            self._session.leave()
            self._session.deleteLater()
            self._session = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed, and where the window stood."""
        if not self.may_leave():
            event.ignore()
            return
        self.close_file()
        place = bytes(self.saveGeometry().toBase64().data()).decode()
        self._settings = replace(self._settings, window=place)
        settings_file.save(self._settings)
        self.guiding.close()
        super().closeEvent(event)

    def may_leave(self) -> bool:
        """Whether everything typed is kept; else the user says whether it may be lost."""
        if self._workplace is None or not self._workplace.case_page.waits:
            return True
        sentence = tr(
            "What you typed last is not saved: the case file cannot be written at the moment. "
            "Cancel, and save everything elsewhere by the button at the bottom."
        )
        return messages.confirm(self, sentence, tr("Lose what I typed"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Case files and packs can be dropped here."""
        if _dropped(event) and not self.locking.is_locked:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """One file is opened, a pack is shown; several are team files for the lead to merge."""
        files = _dropped(event)
        event.acceptProposedAction()
        if len(files) == 1 and updating.is_pack(files[0]):
            QTimer.singleShot(0, lambda: self._take_update(files[0]))
        elif self._workplace is not None and self._session is not None and self._session.is_leads:
            QTimer.singleShot(0, lambda: self._merge_or_open(files))
        elif len(files) == 1:
            QTimer.singleShot(0, lambda: self.open_file(files[0]))
        else:
            sentence = tr("Several case files at once can only be merged into the lead's own file.")
            QTimer.singleShot(0, lambda: messages.tell(self, sentence))

    def _merge_or_open(self, files: list[Path]) -> None:
        if self._workplace is not None:
            self._workplace.merge(files)

    def _lost(self, refusal: Refused) -> None:
        """The file could not be opened again: say why, and begin anew."""
        self._session = None
        QTimer.singleShot(0, self._show_start)
        messages.refused(self, refusal)

    def _show_start(self) -> None:
        self._workplace = None
        page = StartPage()
        page.show_recent([path for path in self._settings.recent if _can_come_back(Path(path))])
        page.open_wanted.connect(self._choose_file)
        page.new_wanted.connect(self._begin)
        page.practice_wanted.connect(self.practise)
        page.file_wanted.connect(lambda path: self.open_file(Path(path)))
        self.setCentralWidget(page)
        self.setWindowTitle(messages.PROGRAM)
        self._enable()
        page.take_focus()

    def _show_workplace(self) -> Workplace:
        assert self._session is not None
        order = PageOrder(self._settings.order)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            place = self._pages_of(self._session, order)
        finally:
            QApplication.restoreOverrideCursor()
        self._workplace = place
        place.page_changed.connect(self._enable)
        place.moved.connect(self._go_on_in)
        self.setCentralWidget(place)
        place.show_first()
        self._enable()
        return place

    def _go_on_in(self, path: Path) -> None:
        """Go on, where the user was, in another file of the same inspection and person."""
        assert self._session is not None
        assert self._workplace is not None
        place, passphrase = self._workplace.place, self._session.passphrase
        try:
            session = Session.opened(path, passphrase)
        except Refused as refusal:
            messages.refused(self, refusal)
            return
        self.show_session(session)
        self._workplace.go_to(place)

    def _pages_of(self, session: Session, order: PageOrder) -> Workplace:
        if not session.is_practice:
            return Workplace(session, self._actions, order, self._settings)
        place = Practise(session, self._actions, order, self._settings)
        place.fresh_wanted.connect(
            lambda: self.practise(fresh=True), Qt.ConnectionType.QueuedConnection
        )
        return place

    def _rebuild(self) -> None:
        """Make the pages anew, and go back to where the user was."""
        if not self.may_leave():
            return
        self._tell()
        place = self._workplace.place if self._workplace is not None else None
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._put_pages_away()
            self._dress()
            self.guiding.make_anew()
            if place is None:
                self._show_start()
            else:
                self._show_workplace().go_to(place)
        finally:
            QApplication.restoreOverrideCursor()
            QTimer.singleShot(UNTIL_LAID_OUT_MS, self, self._show_pages)

    def _show_pages(self) -> None:
        self.setUpdatesEnabled(True)

    def _put_pages_away(self) -> None:
        """Pages that go are not dressed before: that takes far longer than making new ones.

        They are seen until the new ones have their places.
        """
        self.setUpdatesEnabled(False)
        self._workplace = None
        if (pages := self.takeCentralWidget()) is not None:
            pages.hide()
            pages.deleteLater()
            QCoreApplication.sendPostedEvents(pages, QEvent.Type.DeferredDelete.value)

    def _speak(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        qt_words.speak(app, self._settings.language)
        self.setLocale(QLocale())

    def _make_menus(self) -> None:
        recent = menus.make(
            self, self._actions, lambda: self._settings.recent, self._settings.order
        )
        recent.chosen.connect(lambda path: self.open_file(Path(path)))

    def _dress(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look = self._appearance or theme.named_appearance(app, self._settings.appearance)
        self._drawn_size = self._settings.text_size
        theme.apply(app, look, self._settings.text_size)

    def _connect(self) -> None:
        does = {
            "new": self._begin,
            "open": self._choose_file,
            "practise": self.practise,
            "close": lambda: self.close_file() if self.may_leave() else None,
            "quit": self.close,
            "aggregate": self._set_side_by_side,
            "settings": self._change_settings,
            "lock": self.locking.lock,
            "larger": lambda: self._resize_text(self._settings.text_size + 10),
            "smaller": lambda: self._resize_text(self._settings.text_size - 10),
            "normal": lambda: self._resize_text(100),
            "by_section": lambda: self._order(PageOrder.SECTION),
            "by_journey": lambda: self._order(PageOrder.JOURNEY),
            "guide": lambda: self.guiding.show(fitting(self._where)),
            "keys": lambda: self.guiding.show("keys.md"),
            "update": self._take_update,
            "about": self._tell_about,
        }
        for name, action in self._actions.items():
            run = does.get(name)
            if run is None:
                action.triggered.connect(lambda _=False, name=name: self._in_workplace(name))
            else:
                action.triggered.connect(lambda _=False, run=run: run())

    @property
    def _where(self) -> str:
        """What is on screen, for the guide."""
        if self.locking.is_locked:
            return "locked"
        if self._workplace is None or self._session is None:
            return "start"
        return "practice" if self._session.is_practice else self._workplace.place.page

    def _take_update(self, pack: Path | None = None) -> None:
        self._tell()
        self._updating.begin(pack)

    def _tell_about(self) -> None:
        AboutDialog(self, self._session.form if self._session else None).exec()

    def _in_workplace(self, name: str) -> None:
        place, session = self._workplace, self._session
        if place is None or session is None:
            return
        over = OverPages(self, session, place, self._settings.language)
        if run := over.does.get(name):
            run()
        else:
            place.run(name)
        if over.wants_to_close:
            self.close_file()

    def _enable(self) -> None:
        can_do.enable(self._actions, self._workplace, self._session)

    def _choose_file(self) -> None:
        title, kinds = tr("Open a case file"), tr("Case files (*.hmip);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, title, self._settings.last_folder, kinds)
        if name:
            self._settings = replace(self._settings, last_folder=str(Path(name).parent))
            self.open_file(Path(name))

    def _begin(self) -> None:
        begun = NewInspectionDialog.ask(self._settings.last_folder, self)
        if begun is not None:
            self.show_session(Session.opened(begun.path, begun.passphrase))

    def _set_side_by_side(self) -> None:
        self._tell()
        dialog = AggregateDialog(self._settings.last_folder, self._session, self)
        dialog.exec()
        dialog.deleteLater()

    def _change_settings(self) -> None:
        self._tell()
        spoken = self._session.form.languages if self._session else ()
        self.use_settings(SettingsDialog.ask(self._settings, spoken, self))

    def use_settings(self, changed: Settings) -> None:
        """Show everything by other settings, at once, and keep them."""
        if changed == self._settings:
            return
        self._tell()
        speaks_another = changed.language != self._settings.language
        self._keep(changed)
        if speaks_another:
            self._speak()
            actions.say(self._actions)
            self._make_menus()
        self._actions[f"by_{PageOrder(changed.order).value}"].setChecked(True)
        self._rebuild()
        if self._session is not None and not self._session.is_practice:
            self.locking.watch(self._session, changed.lock_after)

    def _tell(self) -> None:
        if self._workplace is not None:
            self._workplace.tell()

    def _resize_text(self, percent: int) -> None:
        changed = self._settings.with_text_size(percent)
        if changed == self._settings:
            return
        self._keep(changed)
        self._resizing.start()

    def _resized(self) -> None:
        """Several steps in a row make the pages anew once, and never under a dialog or a lock."""
        if self.locking.is_locked or QApplication.activeModalWidget() is not None:
            self._resizing.start()
        elif self._drawn_size != self._settings.text_size:
            self._rebuild()

    def _order(self, order: PageOrder) -> None:
        self._keep(replace(self._settings, order=order.value))
        if self._workplace is not None:
            self._workplace.set_order(order)

    def _keep(self, changed: Settings) -> None:
        self._settings = changed
        settings_file.save(changed)


def _can_come_back(path: Path) -> bool:
    """Whether a file is there, or a dated copy of it at least."""
    return path.exists() or bool(copies.of(path))


def _dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    packs = [path for path in files if updating.is_pack(path)]
    return packs[:1] or [path for path in files if path.suffix.lower() == ".hmip"]
