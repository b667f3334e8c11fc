"""From the dialog of updates to a form in use, or to another version of the program."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import updating
from hmip_desktop.operations.updating import Change, Offer
from hmip_desktop.progress import Progress
from hmip_desktop.settings import Settings
from hmip_desktop.updating.pack import Pack
from ui import background, messages
from ui.dialogs import later_form, update
from ui.session import Session


class Window(Protocol):
    """The window, as far as updates need it."""

    @property
    def session(self) -> Session | None:
        """The open case file."""

    @property
    def settings(self) -> Settings:
        """What is remembered for this user."""

    def may_leave(self) -> bool:
        """Whether everything typed is kept; else the user says whether it may be lost."""

    def close_file(self) -> None:
        """Close the case file."""

    def close(self) -> bool:
        """End the program."""


class Updating:
    """Takes what a pack holds, when its user has seen what that changes."""

    def __init__(self, window: Window, widget: QWidget) -> None:
        self._window, self._widget = window, widget

    def begin(self, pack: Path | None = None) -> None:
        """Show a pack, or let the user choose one."""
        session, settings = self._window.session, self._window.settings
        folder = str(pack.parent) if pack is not None else settings.last_folder
        wanted = update.ask(session, folder, pack, self._widget)
        if isinstance(wanted, Pack):
            self._take_form(wanted)
        elif wanted is not None:
            self._change_program(wanted)

    def _take_form(self, pack: Pack) -> None:
        session = self._window.session
        if session is None:
            return
        try:
            source = updating.form_of(pack)
        except Refused as refusal:
            messages.refused(self._widget, refusal)
            return
        later_form.take(session, source, self._window.settings.language, self._widget)

    def _change_program(self, change: Change) -> None:
        """Make it ready, close the case file, let the other version take its place, end."""
        if isinstance(change, Offer) and not self._prepared(change):
            return
        if not self._window.may_leave():
            return
        self._window.close_file()
        try:
            if isinstance(change, Offer):
                change.program.take(reopen=True)
            else:
                change.program.go_back(reopen=True)
        except Refused as refusal:
            messages.refused(self._widget, refusal)
            return
        # Not at once: a pack may be opened before the program waits for anything, and then
        # would never hear of its end.
        QTimer.singleShot(0, self._window.close)

    def _prepared(self, offer: Offer) -> bool:
        def work(progress: Progress) -> bool:
            offer.prepare(progress)
            return True

        title = tr("Preparing version {version}", version=offer.version)
        return bool(background.run(self._widget, title, work))
