"""Everything that a user can do by a key or a menu, as data; the list under F1 is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = "&File"
    EDIT = "&Edit"
    GO = "&Go"
    VIEW = "&View"
    HELP = "&Help"


@dataclass(frozen=True)
class Does:
    """One action: its name in the code, its words, its keys and what it does.

    `in_case` actions exist while a case is on screen; `beside_text` ones are plain letters or
    Enter, which hold only among the questions, never where somebody types.
    """

    name: str
    menu: Menu
    text: str
    keys: tuple[str, ...]
    help: str
    in_case: bool = False
    beside_text: bool = False
    begins_group: bool = False
    checkable: bool = False


ALL = (
    Does("open", Menu.FILE, "&Open...", ("Ctrl+O",), "Open a case file"),
    Does("close", Menu.FILE, "&Close file", ("Ctrl+W",), "Close the case file"),
    Does(
        "take_in",
        Menu.FILE,
        "&Take in changes from the lead...",
        ("Ctrl+Shift+O",),
        "Take in what the lead changed or asked since your file was made",
    ),
    Does("print", Menu.FILE, "&Print case...", ("Ctrl+P",), "Print the case", begins_group=True),
    Does("pdf", Menu.FILE, "Save case as P&DF...", (), "Save the case as a PDF"),
    Does(
        "safe",
        Menu.FILE,
        "&Safe to close?",
        ("Ctrl+Shift+W",),
        "See whether everything is saved, whole, copied and encrypted",
        begins_group=True,
    ),
    Does("quit", Menu.FILE, "&Quit", ("Ctrl+Q",), "Leave the program", begins_group=True),
    Does("undo", Menu.EDIT, "&Undo answer", ("Ctrl+Z",), "Take back the last change"),
    Does("redo", Menu.EDIT, "&Redo answer", ("Ctrl+Y", "Ctrl+Shift+Z"), "Make it again"),
    Does("note", Menu.EDIT, "Write &note", ("Ctrl+E",), "Write the note (Esc goes back)", True),
    Does(
        "source_file",
        Menu.EDIT,
        "Rests on the fi&le",
        ("Alt+1",),
        "Say that the answer rests on the file",
        True,
        begins_group=True,
    ),
    Does(
        "source_interview",
        Menu.EDIT,
        "Rests on the &interview",
        ("Alt+2",),
        "Say that the answer rests on the interview",
        True,
    ),
    Does(
        "source_judgement",
        Menu.EDIT,
        "Rests on &judgement",
        ("Alt+3",),
        "Say that the answer rests on judgement",
        True,
    ),
    Does("find", Menu.EDIT, "&Find a case", ("Ctrl+F",), "Find a case", begins_group=True),
    Does(
        "find_text",
        Menu.EDIT,
        "Find &words...",
        ("Ctrl+Shift+F",),
        "Find words in questions, answers and notes",
    ),
    Does(
        "next",
        Menu.GO,
        "&Next question",
        ("Return", "Enter", "N", "Ctrl+Return"),
        "Next question",
        True,
        True,
    ),
    Does("previous", Menu.GO, "&Previous question", ("P",), "Previous question", True, True),
    Does(
        "next_unanswered",
        Menu.GO,
        "Next &unanswered",
        ("Ctrl+Down",),
        "Next question without an answer",
        True,
    ),
    Does(
        "previous_unanswered",
        Menu.GO,
        "Previous un&answered",
        ("Ctrl+Up",),
        "Previous question without an answer",
        True,
    ),
    Does("pane", Menu.GO, "Next part of the &window", ("F6",), "Next part of the window", True),
    Does(
        "review",
        Menu.GO,
        "&Review and sign off",
        ("Ctrl+R",),
        "Look the case over and sign it off (Esc goes back)",
        True,
        begins_group=True,
    ),
    Does(
        "ask",
        Menu.GO,
        "As&k the assessor...",
        ("Ctrl+Shift+Q",),
        "As lead, ask the assessor about the case",
    ),
    Does(
        "to_guidance",
        Menu.GO,
        "To the &guidance and back",
        ("Ctrl+G",),
        "Go to the guidance, and back to the question",
        True,
    ),
    Does("cases", Menu.GO, "All &cases", ("Ctrl+Home",), "All cases", begins_group=True),
    Does("larger", Menu.VIEW, "Text &larger", ("Ctrl++", "Ctrl+="), "Larger text"),
    Does("smaller", Menu.VIEW, "Text &smaller", ("Ctrl+-",), "Smaller text"),
    Does("normal", Menu.VIEW, "Text &normal", ("Ctrl+0",), "Text in its normal size"),
    Does(
        "by_section",
        Menu.VIEW,
        "Order by &section",
        (),
        "Criteria by section of the report",
        begins_group=True,
        checkable=True,
    ),
    Does(
        "by_journey",
        Menu.VIEW,
        "Order by &journey",
        (),
        "Criteria as the case went: assessment, delivery, outcomes",
        checkable=True,
    ),
    Does(
        "settings",
        Menu.VIEW,
        "Se&ttings...",
        ("Ctrl+,",),
        "Text, colours, language, order and locking",
        begins_group=True,
    ),
    Does("lock", Menu.VIEW, "Loc&k now", ("Ctrl+L",), "Hide everything until it is unlocked"),
    Does(
        "outline",
        Menu.VIEW,
        "Show &criteria",
        ("F7",),
        "Show or hide the criteria",
        True,
        begins_group=True,
        checkable=True,
    ),
    Does(
        "guidance",
        Menu.VIEW,
        "Show &guidance",
        ("F8",),
        "Show or hide the guidance",
        True,
        checkable=True,
    ),
    Does("keys", Menu.HELP, "&Keys", ("F1",), "This list"),
    Does("about", Menu.HELP, "&About HMIP Desktop", (), "Version and licences"),
)

AMONG_CHOICES = (
    ("1 to 9", "Choose the answer with that digit"),
    ("0", "Choose the answer that is not counted, such as not applicable"),
    ("Up, Down, then Space", "Go through the choices, then choose"),
    ("Delete or Backspace", "Take the answer back"),
    ("Esc", "Leave a text or note, back to the question"),
)


def make(parent: QObject) -> Mapping[str, QAction]:
    """All actions by name, with their keys."""
    return {does.name: _action(does, parent) for does in ALL}


def key_list() -> tuple[tuple[str, str], ...]:
    """Every key and what it does, as the list under F1 shows it."""
    named = tuple((_shown(does), does.help) for does in ALL if does.keys)
    return (*AMONG_CHOICES, *named)


def _action(does: Does, parent: QObject) -> QAction:
    action = QAction(does.text, parent)
    action.setObjectName(does.name)
    action.setShortcuts([QKeySequence(key) for key in does.keys])
    action.setStatusTip(does.help)
    action.setCheckable(does.checkable)
    if does.beside_text:
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return action


def _shown(does: Does) -> str:
    keys = dict.fromkeys(key.replace("Return", "Enter") for key in does.keys)
    return " or ".join(keys)
