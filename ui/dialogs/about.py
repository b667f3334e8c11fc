"""What the program is: its versions, whose work it rests on, and details for whoever helps."""

from collections.abc import Iterator

from PySide6.QtCore import QLocale, QSysInfo, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.form.model import Form
from hmip_desktop.language import in_use, mark, tr
from hmip_desktop.operations import licences, versions
from hmip_desktop.operations.licences import Shipped
from hmip_desktop.operations.versions import Part
from ui import theme
from ui.messages import PROGRAM
from ui.theme import scaled
from ui.widgets.parts import button, frame, label, margins, scrolled

_FORM = mark("Form")
_SHIPPED = Qt.ItemDataRole.UserRole


class AboutDialog(QDialog):
    """Two sides: which versions these are, and the licences of all that is shipped."""

    def __init__(self, parent: QWidget | None = None, form: Form | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.setWindowTitle(tr("About {program}", program=PROGRAM))
        self._sides = QStackedWidget()
        area = scrolled(self._versions())
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll it
        area.setAccessibleName(tr("Versions"))
        self._sides.addWidget(area)
        self._licences = LicencesView()
        self._sides.addWidget(self._licences)
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 12)
        layout.addWidget(label(PROGRAM, "title"))
        layout.addLayout(self._tabs())
        layout.addWidget(self._sides, 1)
        layout.addLayout(self._buttons())
        room = self.screen().availableSize()
        self.resize(min(scaled(760), room.width()), min(scaled(560), room.height() - 60))

    @property
    def details(self) -> str:
        """What "Copy details" copies: nothing of cases, people or where files lie."""
        return "\n".join(f"{one.name}: {one.version}" for one in details(self._form))

    def show_licences(self) -> None:
        """Show whose work the program rests on."""
        self._group.button(1).click()

    def _tabs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 8)
        self._group = QButtonGroup(self)
        for at, text in enumerate((tr("Versions"), tr("Licences"))):
            tab = button(text, "tab")
            tab.setCheckable(True)
            self._group.addButton(tab, at)
            row.addWidget(tab)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._sides.setCurrentIndex)
        row.addStretch(1)
        return row

    def _versions(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("role", "clear")
        column = QVBoxLayout(inside)
        margins(column, 0, 4, 12, 0, 12)
        grid = QGridLayout()
        margins(grid, 0, 0, 0, 0, 6)
        for row, part in enumerate(_parts(self._form)):
            grid.addWidget(label(tr(part.name), "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            version = label(part.version, wrap=True)
            version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(version, row, 1)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(scaled(24))
        column.addLayout(grid)
        for text in (
            tr("Works without a network. What you enter stays in your case file, encrypted."),
            tr(
                "The program is under the MIT licence. Qt is used under the LGPL: its libraries "
                "lie beside the program as files and may be replaced by others."
            ),
        ):
            column.addWidget(label(text, wrap=True))
        column.addStretch(1)
        return inside

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 10)
        self._said = label("", "quiet", wrap=True)
        row.addWidget(self._copy_button())
        row.addWidget(self._said, 1)
        close = button(tr("Close"), "primary", self.accept)
        close.setDefault(True)
        row.addWidget(close)
        return row

    def _copy_button(self) -> QAbstractButton:
        copy = button(tr("Copy details"), clicked=self.copy_details)
        copy.setToolTip(tr("For whoever helps you: versions and system, nothing about cases."))
        return copy

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details)
        self._said.setText(tr("Copied. There is nothing about cases in it."))


class LicencesView(QWidget):
    """Everything that is shipped, found by its name or licence, and the licence's text beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QLineEdit()
        self._box.setPlaceholderText(tr("Name or licence"))
        self._box.setAccessibleName(tr("Find by name or licence"))
        self._box.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Shipped with the program"))
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(tr("Text of the licence"))
        for one in licences.shipped():
            self._list.addItem(_item(one))
        self._box.textChanged.connect(self.look_for)
        self._list.currentItemChanged.connect(lambda item, _before: self._show(item))
        self._lay_out()
        self._list.setCurrentRow(0)

    @property
    def lines(self) -> list[str]:
        """What is in the list now."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return [item.text() for item in items if not item.isHidden()]

    @property
    def text(self) -> str:
        """The text of the chosen licence."""
        return self._text.toPlainText()

    def look_for(self, words: str) -> None:
        """Keep what has these words in its name or licence."""
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(words.casefold().strip() not in item.text().casefold())
        left = [row for row in range(self._list.count()) if not self._list.item(row).isHidden()]
        self._list.setCurrentRow(left[0] if left else -1)

    def _show(self, item: QListWidgetItem | None) -> None:
        self._text.setPlainText(item.data(_SHIPPED) if item is not None else "")

    def _lay_out(self) -> None:
        card = frame("card")
        inside = QVBoxLayout(card)
        margins(inside, 4, 4, 4, 4)
        inside.addWidget(self._list)
        left = QVBoxLayout()
        margins(left, 0, 0, 0, 0, 8)
        left.addWidget(self._box)
        left.addWidget(card, 1)
        row = QHBoxLayout(self)
        margins(row, 0, 0, 0, 0, 12)
        row.addLayout(left, 2)
        row.addWidget(self._text, 3)


def details(form: Form | None) -> Iterator[Part]:
    """What whoever helps wants to know, in English whatever the user's language."""
    yield from _parts(form)
    yield Part("System", f"{QSysInfo.prettyProductName()} ({versions.system()})")
    yield Part("Language", f"{in_use()}, system {QLocale.system().name()}")
    yield Part("Colours", theme.colours().name)
    yield Part("Window system", QGuiApplication.platformName())
    for number, screen in enumerate(QGuiApplication.screens(), 1):
        size, scale = screen.size(), screen.devicePixelRatio()
        yield Part(f"Screen {number}", f"{size.width()}×{size.height()}, scale {scale:g}")
    yield Part("Text size", f"{scaled(100)} %")


def _parts(form: Form | None) -> Iterator[Part]:
    program, *rest = versions.parts()
    yield program
    yield Part("Qt", qVersion())
    yield from rest
    if form is not None:
        yield Part(_FORM, f"{form.form_id} {form.version}".strip())


def _item(one: Shipped) -> QListWidgetItem:
    made = QListWidgetItem(f"{one.name} {one.version}\n{one.licence}")
    made.setData(_SHIPPED, one.text)
    return made
