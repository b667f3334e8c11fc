"""Everything that a user can do by a key or a menu, as data; the guide lists it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from hmip_desktop.language import mark, tr


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = mark("&File")
    EDIT = mark("&Edit")
    GO = mark("&Go")
    VIEW = mark("&View")
    HELP = mark("&Help")


@dataclass(frozen=True)
class Does:
    """One action: its name in the code, its words, its keys and what it does.

    `in_case` actions exist while a case is on screen; `beside_text` ones are Enter alone
    or with Shift, which hold only among the questions, never where somebody types.
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
    Does(
        "new",
        Menu.FILE,
        mark("&New inspection..."),
        ("Ctrl+N",),
        mark("Set up a new inspection, as its lead"),
    ),
    Does("open", Menu.FILE, mark("&Open..."), ("Ctrl+O",), mark("Open a case file")),
    Does(
        "practise",
        Menu.FILE,
        mark("Practis&e"),
        (),
        mark("Practise with a made-up case and its benchmark answers"),
    ),
    Does("close", Menu.FILE, mark("&Close file"), ("Ctrl+W",), mark("Close the case file")),
    Does(
        "take_in",
        Menu.FILE,
        mark("&Take in changes from the lead..."),
        ("Ctrl+Shift+O",),
        mark("Take in what the lead changed or asked since your file was made"),
    ),
    Does(
        "later_form",
        Menu.FILE,
        mark("A later version of the &form..."),
        (),
        mark("See what a later version of the form would change, and take it into use"),
    ),
    Does(
        "print",
        Menu.FILE,
        mark("&Print case..."),
        ("Ctrl+P",),
        mark("Print the case"),
        begins_group=True,
    ),
    Does("pdf", Menu.FILE, mark("Save case as P&DF..."), (), mark("Save the case as a PDF")),
    Does(
        "safe",
        Menu.FILE,
        mark("&Safe to close?"),
        ("Ctrl+Shift+W",),
        mark("See whether everything is saved, whole, copied and encrypted"),
        begins_group=True,
    ),
    Does(
        "copies",
        Menu.FILE,
        mark("Dated cop&ies..."),
        (),
        mark("See the dated copies of this file, and take one in"),
    ),
    Does(
        "aggregate",
        Menu.FILE,
        mark("Se&veral inspections side by side..."),
        (),
        mark("Compare inspections that used the same form, in one workbook"),
        begins_group=True,
    ),
    Does(
        "quit", Menu.FILE, mark("&Quit"), ("Ctrl+Q",), mark("Leave the program"), begins_group=True
    ),
    Does("undo", Menu.EDIT, mark("&Undo answer"), ("Ctrl+Z",), mark("Take back the last change")),
    Does(
        "redo", Menu.EDIT, mark("&Redo answer"), ("Ctrl+Y", "Ctrl+Shift+Z"), mark("Make it again")
    ),
    Does(
        "note",
        Menu.EDIT,
        mark("Write &note"),
        ("Ctrl+E",),
        mark("Write the note (Esc goes back)"),
        True,
    ),
    Does(
        "sample",
        Menu.EDIT,
        mark("Use what the &sample says"),
        ("Ctrl+T",),
        mark("Answer as the sample says, where it says something"),
        True,
    ),
    Does(
        "source_file",
        Menu.EDIT,
        mark("Rests on the fi&le"),
        ("Alt+1",),
        mark("Say that the answer rests on the file"),
        True,
        begins_group=True,
    ),
    Does(
        "source_interview",
        Menu.EDIT,
        mark("Rests on the &interview"),
        ("Alt+2",),
        mark("Say that the answer rests on the interview"),
        True,
    ),
    Does(
        "source_judgement",
        Menu.EDIT,
        mark("Rests on &judgement"),
        ("Alt+3",),
        mark("Say that the answer rests on judgement"),
        True,
    ),
    Does(
        "find", Menu.EDIT, mark("&Find a case"), ("Ctrl+F",), mark("Find a case"), begins_group=True
    ),
    Does(
        "find_text",
        Menu.EDIT,
        mark("Find &words..."),
        ("Ctrl+Shift+F",),
        mark("Find words in questions, answers and notes"),
    ),
    Does(
        "next",
        Menu.GO,
        mark("&Next question"),
        # A menu shows the first of its keys, and keyboards say Enter.
        ("Enter", "Return", "Ctrl+Return"),
        mark("Next question"),
        True,
        True,
    ),
    Does(
        "previous",
        Menu.GO,
        mark("&Previous question"),
        ("Shift+Enter", "Shift+Return"),
        mark("Previous question"),
        True,
        True,
    ),
    Does(
        "next_unanswered",
        Menu.GO,
        mark("Next &unanswered"),
        ("Ctrl+Down",),
        mark("Next question without an answer"),
        True,
    ),
    Does(
        "previous_unanswered",
        Menu.GO,
        mark("Previous un&answered"),
        ("Ctrl+Up",),
        mark("Previous question without an answer"),
        True,
    ),
    Does(
        "pane",
        Menu.GO,
        mark("Next part of the &window"),
        ("F6",),
        mark("Next part of the window"),
        True,
    ),
    Does(
        "review",
        Menu.GO,
        mark("&Review and sign off"),
        ("Ctrl+R",),
        mark("Look the case over and sign it off (Esc goes back)"),
        True,
        begins_group=True,
    ),
    Does(
        "ask",
        Menu.GO,
        mark("As&k the assessor..."),
        ("Ctrl+Shift+Q",),
        mark("As lead, ask the assessor about the case"),
    ),
    Does(
        "to_guidance",
        Menu.GO,
        mark("To the &guidance and back"),
        ("Ctrl+G",),
        mark("Go to the guidance, and back to the question"),
        True,
    ),
    Does(
        "cases", Menu.GO, mark("All &cases"), ("Ctrl+Home",), mark("All cases"), begins_group=True
    ),
    Does("larger", Menu.VIEW, mark("Text &larger"), ("Ctrl++", "Ctrl+="), mark("Larger text")),
    Does("smaller", Menu.VIEW, mark("Text &smaller"), ("Ctrl+-",), mark("Smaller text")),
    Does("normal", Menu.VIEW, mark("Text &normal"), ("Ctrl+0",), mark("Text in its normal size")),
    Does(
        "by_section",
        Menu.VIEW,
        mark("Order by &section"),
        (),
        mark("Criteria by section of the report"),
        begins_group=True,
        checkable=True,
    ),
    Does(
        "by_journey",
        Menu.VIEW,
        mark("Order by &journey"),
        (),
        mark("Criteria as the case went: assessment, delivery, outcomes"),
        checkable=True,
    ),
    Does(
        "settings",
        Menu.VIEW,
        mark("Se&ttings..."),
        ("Ctrl+,",),
        mark("Text, colours, language, order, locking and copies"),
        begins_group=True,
    ),
    Does(
        "lock",
        Menu.VIEW,
        mark("Loc&k now"),
        ("Ctrl+L",),
        mark("Hide everything until it is unlocked"),
    ),
    Does(
        "outline",
        Menu.VIEW,
        mark("Show &criteria"),
        ("F7",),
        mark("Show or hide the criteria"),
        True,
        begins_group=True,
        checkable=True,
    ),
    Does(
        "guidance",
        Menu.VIEW,
        mark("Show &guidance"),
        ("F8",),
        mark("Show or hide the guidance"),
        True,
        checkable=True,
    ),
    Does(
        "story",
        Menu.VIEW,
        mark("Show the made-&up case"),
        ("F9",),
        mark("While practising, show or hide the case beside the questions"),
        True,
        checkable=True,
    ),
    Does(
        "guide",
        Menu.HELP,
        mark("&Guide"),
        ("F1",),
        mark("The user's guide, on the page that fits"),
    ),
    Does("keys", Menu.HELP, mark("&Keys"), ("Shift+F1",), mark("Every key and what it does")),
    Does(
        "update",
        Menu.HELP,
        mark("Take an &update..."),
        (),
        mark("Take a later version of the program or of a form from a stick, or go back"),
        begins_group=True,
    ),
    Does("about", Menu.HELP, mark("&About HMIP Desktop"), (), mark("Version and licences")),
)

AMONG_CHOICES = (
    (mark("1 to 9"), mark("Choose the answer with that digit")),
    (
        mark("0"),
        mark("Choose the tenth answer, or the one that is not counted, such as not applicable"),
    ),
    (mark("A, B and on"), mark("Choose the eleventh answer and those after it")),
    (mark("Up, Down, then Space"), mark("Go through the choices, then choose")),
    (mark("Delete or Backspace"), mark("Take the answer back")),
    (mark("Esc"), mark("Leave a text or note, back to the question")),
)


def make(parent: QObject) -> Mapping[str, QAction]:
    """All actions by name, with their keys."""
    made = {does.name: _action(does, parent) for does in ALL}
    say(made)
    return made


def say(commands: Mapping[str, QAction]) -> None:
    """Give actions their words in the language of now."""
    for does in ALL:
        commands[does.name].setText(tr(does.text))
        commands[does.name].setStatusTip(tr(does.help))


def key_list() -> tuple[tuple[str, str], ...]:
    """Every key and what it does, as the guide lists them."""
    among = tuple((tr(keys), tr(does)) for keys, does in AMONG_CHOICES)
    named = tuple((_shown(does), tr(does.help)) for does in ALL if does.keys)
    return (*among, *named)


def _action(does: Does, parent: QObject) -> QAction:
    action = QAction(parent)
    action.setObjectName(does.name)
    action.setShortcuts([QKeySequence(key) for key in does.keys])
    action.setCheckable(does.checkable)
    if does.beside_text:
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return action


def _shown(does: Does) -> str:
    *others, last = dict.fromkeys(key.replace("Return", "Enter") for key in does.keys)
    return tr("{keys} or {last}", keys=", ".join(others), last=last) if others else last
