"""Locking: when nobody works, the window shows nothing of a case file until it is unlocked."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QProgressDialog, QWidget

from hmip_desktop.language import tr
from ui.messages import PROGRAM
from ui.pages.locked import LockedPage
from ui.session import Session
from ui.waiting_dialog import WaitingDialog

_WORK = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)
_MINUTE_MS = 60_000
_STAY = frozenset(("quit", "guide", "keys", "about"))


class Idle(QObject):
    """Tells `passed` when for so many minutes no key and no mouse was used.

    It listens at the program's windows, where each key and click passes once, not at every
    widget.
    """

    passed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.passed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.connect(self._listen)

    @property
    def is_watching(self) -> bool:
        """Whether a time runs."""
        return self._timer.isActive()

    def watch(self, minutes: int) -> None:
        """Begin to wait; 0 minutes is never."""
        self._timer.setInterval(minutes * _MINUTE_MS)
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Work begins the time anew."""
        if event.type() in _WORK and self._timer.isActive():
            self._timer.start()
        return super().eventFilter(watched, event)

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)


class Locking(QObject):
    """Puts the locked page in the place of the window's content, and the content back.

    `about_to_lock` is the last moment to keep what was typed. Dialogs in which people write are
    hidden and come back; others are left.
    """

    about_to_lock = Signal()

    def __init__(self, window: QMainWindow, actions: Mapping[str, QAction]) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._session: Session | None = None
        self._minutes = 0
        self._content: QWidget | None = None
        self._focus: QWidget | None = None
        self._title = ""
        self._switched_off: list[QAction] = []
        self._waiting: list[WaitingDialog] = []
        self.idle = Idle(self)
        self.idle.passed.connect(self.lock)

    @property
    def is_locked(self) -> bool:
        """Whether the content is hidden."""
        return self._content is not None

    def watch(self, session: Session | None, minutes: int) -> None:
        """Watch over an open case file, or none; 0 minutes is never."""
        self._session, self._minutes = session, minutes
        if not self.is_locked:
            self.idle.watch(minutes if session else 0)

    def lock(self) -> None:
        """Hide everything; long work is not disturbed, it is locked after."""
        if self._session is None or self.is_locked:
            return
        if isinstance(QApplication.activeModalWidget(), QProgressDialog):
            self.idle.watch(self._minutes)
            return
        self._put_dialogs_away()
        self.about_to_lock.emit()
        focus, content = QApplication.focusWidget(), self._window.centralWidget()
        inside = focus is not None and content is not None and content.isAncestorOf(focus)
        self._focus = focus if inside else None
        self._title = self._window.windowTitle()
        self._content = self._window.takeCentralWidget()
        page = LockedPage(self._session)
        page.unlocked.connect(self._unlock)
        self._window.setCentralWidget(page)
        self._window.setWindowTitle(tr("Locked - {program}", program=PROGRAM))
        self._switch_off()
        page.take_focus()

    def forget(self) -> None:
        """The case file is closed."""
        if self._content is not None:
            self._content.deleteLater()
            self._content = self._focus = None
            self._switch_on()
        waiting, self._waiting = self._waiting, []
        for dialog in waiting:
            dialog.reject()
        self.watch(None, 0)

    def _unlock(self) -> None:
        content, focus = self._content, self._focus
        if content is None:
            return
        self._content = self._focus = None
        self._window.setCentralWidget(content)
        content.show()
        self._window.setWindowTitle(self._title)
        self._switch_on()
        if focus is not None:
            focus.setFocus()
        waiting, self._waiting = self._waiting, []
        for dialog in reversed(waiting):
            dialog.show()
            dialog.activateWindow()
        self.watch(self._session, self._minutes)

    def _put_dialogs_away(self) -> None:
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            if isinstance(dialog, WaitingDialog):
                self._waiting.append(dialog)
                dialog.hide()
            else:
                dialog.reject()
            if dialog.isVisible():
                break

    def _switch_off(self) -> None:
        menus = [menu.menuAction() for menu in self._window.findChildren(QMenu) if menu.title()]
        inner = [action for action in menus if action not in self._window.menuBar().actions()]
        named = [action for name, action in self._actions.items() if name not in _STAY]
        self._switched_off = [one for one in (*inner, *named) if one.isEnabled()]
        for action in self._switched_off:
            action.setEnabled(False)

    def _switch_on(self) -> None:
        for action in self._switched_off:
            action.setEnabled(True)
        self._switched_off = []
