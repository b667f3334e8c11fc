"""Qt's own words, such as Cancel and Paste, in the language that the program speaks."""

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from hmip_desktop import language
from hmip_desktop.language import mark, tr

_KEPT_FOR_THE_PROGRAM = "hmip_qt_words"

# Qt writes & before the letter that takes a user to a button or a row of a menu.
_BUTTONS = (
    mark("OK"),
    mark("Cancel"),
    mark("Close"),
    mark("&Yes"),
    mark("&No"),
    mark("Open"),
    mark("&Open"),
    mark("Save"),
    mark("&Save"),
    mark("&Choose"),
    mark("Show Details..."),
    mark("Hide Details..."),
)
_OF_TEXTS = (
    mark("&Undo"),
    mark("&Redo"),
    mark("Cu&t"),
    mark("&Copy"),
    mark("&Paste"),
    mark("Delete"),
    mark("Select All"),
    mark("&Select All"),
    mark("&Step up"),
    mark("Step &down"),
)
_OF_SCROLLING = (
    mark("Scroll here"),
    mark("Scroll up"),
    mark("Scroll down"),
    mark("Page up"),
    mark("Page down"),
    mark("Top"),
    mark("Bottom"),
    mark("Left edge"),
    mark("Right edge"),
    mark("Page left"),
    mark("Page right"),
    mark("Scroll left"),
    mark("Scroll right"),
)
_OF_FILES = (
    mark("&Look in:"),
    mark("File &name:"),
    mark("Files of &type:"),
    mark("Directory:"),
    mark("Directories"),
    mark("Files"),
    mark("All Files (*)"),
    mark("&New Folder"),
    mark("Create New Folder"),
    mark("Create a New Folder"),
    mark("&Rename"),
    mark("&Delete"),
    mark("Show &hidden files"),
    mark("Back"),
    mark("Go back"),
    mark("Forward"),
    mark("Go forward"),
    mark("Parent Directory"),
    mark("Go to the parent directory"),
    mark("List View"),
    mark("Change to list view mode"),
    mark("Detail View"),
    mark("Change to detail view mode"),
    mark("Sidebar"),
    mark("List of places and bookmarks"),
    mark("Computer"),
    mark("Drive"),
    mark("Folder"),
    mark("Name"),
    mark("Size"),
    mark("Type"),
    mark("Date Modified"),
    mark("%1 already exists.\nDo you want to replace it?"),
    mark("%1\nFile not found.\nPlease verify the correct file name was given."),
    mark("%1\nDirectory not found.\nPlease verify the correct directory name was given."),
)
_OF_PRINTING = (
    mark("Print"),
    mark("&Print"),
    mark("&Options >>"),
    mark("&Options <<"),
    mark("Print to File (PDF)"),
    mark("Write PDF file"),
    mark("Local file"),
    mark("Printer"),
    mark("&Name:"),
    mark("P&roperties"),
    mark("Location:"),
    mark("Type:"),
    mark("Output &file:"),
    mark("Preview"),
    mark("Print range"),
    mark("Print all"),
    mark("Pages from"),
    mark("to"),
    mark("Pages"),
    mark("All Pages"),
    mark("Odd Pages"),
    mark("Even Pages"),
    mark("Current Page"),
    mark("Selection"),
    mark("Page &Set:"),
    mark("Output Settings"),
    mark("Options"),
    mark("Copies"),
    mark("Copies:"),
    mark("Collate"),
    mark("Reverse"),
    mark("Double Sided Printing"),
    mark("Off"),
    mark("Long side binding"),
    mark("Short side binding"),
    mark("Color Mode"),
    mark("Color"),
    mark("Grayscale"),
)
SAID_BY_QT = frozenset((*_BUTTONS, *_OF_TEXTS, *_OF_SCROLLING, *_OF_FILES, *_OF_PRINTING))


class QtWords(QTranslator):
    """Answers Qt from the program's own catalogue."""

    def isEmpty(self) -> bool:
        """It knows words, though no file was loaded."""
        return False

    def translate(
        self,
        _context: str,
        text: str,
        _disambiguation: str | None = None,
        _number: int = -1,
    ) -> str:
        """A word of Qt in the user's language; one that is not known stays as Qt has it."""
        return tr(text) if text in SAID_BY_QT else text


def speak(app: QApplication, form_language: str) -> None:
    """Speak a language, named as a form names it, from now on: the program and Qt alike."""
    if language.in_use() != (code := language.code_of(form_language)):
        language.use(code)
    welsh = language.in_use() == "cy"
    QLocale.setDefault(QLocale(QLocale.Language.Welsh) if welsh else QLocale.system())
    if app.property(_KEPT_FOR_THE_PROGRAM) is None:
        words = QtWords(app)
        app.installTranslator(words)
        app.setProperty(_KEPT_FOR_THE_PROGRAM, words)
