"""Which of the actions can be used now, by what is on screen and whose file it is."""

from collections.abc import Mapping

from PySide6.QtGui import QAction

from ui import actions
from ui.pages.workplace import Workplace
from ui.session import Session

_IN_A_FILE = (
    "lock",
    "close",
    "find",
    "cases",
    "find_text",
    "safe",
    "copies",
    "take_in",
    "later_form",
)
_NOT_IN_PRACTICE = ("lock", "find", "safe", "copies", "take_in")
_ON_A_CASE = ("print", "pdf", "ask")


def enable(
    commands: Mapping[str, QAction], place: Workplace | None, session: Session | None
) -> None:
    """Switch every action on or off; without pages no file is open."""
    in_case = place is not None and place.in_case
    for does in actions.ALL:
        if does.in_case:
            commands[does.name].setEnabled(in_case)
    for name in _IN_A_FILE:
        commands[name].setEnabled(place is not None)
    for name in _ON_A_CASE:
        commands[name].setEnabled(place is not None and place.has_case)
    commands["ask"].setVisible(session is None or session.is_leads)
    commands["take_in"].setVisible(session is None or not session.is_leads)
    commands["later_form"].setVisible(session is None or session.is_leads)
    practises = session is not None and session.is_practice
    for name in _NOT_IN_PRACTICE:
        commands[name].setEnabled(commands[name].isEnabled() and not practises)
    commands["story"].setVisible(practises)
    open_session = session if place is not None else None
    commands["undo"].setEnabled(open_session is not None and open_session.can_undo)
    commands["redo"].setEnabled(open_session is not None and open_session.can_redo)
