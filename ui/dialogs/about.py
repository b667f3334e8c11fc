"""What the program is: its versions, whose work it rests on, and details for whoever helps."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.form.model import Form
from hmip_desktop.language import tr
from hmip_desktop.operations import licences
from ui import support
from ui.messages import PROGRAM
from ui.models.sort_proxy import ROW_ROLE, SortProxy
from ui.models.table import Column, TableModel
from ui.theme import scaled
from ui.widgets.delegates import quiet_table
from ui.widgets.parts import button, frame, label, margins, scrolled


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
        return support.details(self._form)

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
        for row, part in enumerate(support.parts(self._form)):
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
    """Everything that is shipped, found by its name or licence, and the chosen licence's text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QLineEdit()
        self._box.setPlaceholderText(tr("Name or licence"))
        self._box.setAccessibleName(tr("Find by name or licence"))
        self._box.setClearButtonEnabled(True)
        self._view = quiet_table(tr("Shipped with the program"))
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._proxy = self._filled()
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(tr("Text of the licence"))
        self._box.textChanged.connect(self.look_for)
        self._view.selectionModel().currentRowChanged.connect(lambda now, _before: self._show(now))
        self._lay_out()
        self._view.selectRow(0)

    @property
    def lines(self) -> list[str]:
        """What is in the list now."""
        return [
            " ".join(self._proxy.index(row, at).data() for at in range(self._proxy.columnCount()))
            for row in range(self._proxy.rowCount())
        ]

    @property
    def text(self) -> str:
        """The text of the chosen licence."""
        return self._text.toPlainText()

    def look_for(self, words: str) -> None:
        """Keep what has these words in its name or licence."""
        self._proxy.look_for(words)
        if self._proxy.rowCount():
            self._view.selectRow(0)
        else:
            self._text.clear()

    def _show(self, chosen: QModelIndex) -> None:
        self._text.setPlainText(chosen.data(ROW_ROLE).text if chosen.isValid() else "")

    def _filled(self) -> SortProxy:
        model = TableModel(
            (
                Column(tr("Name"), lambda one: one.name, sort=lambda one: one.name.casefold()),
                Column(tr("Version"), lambda one: one.version),
                Column(tr("Licence"), lambda one: one.licence),
            ),
            self,
        )
        model.show(licences.shipped())
        proxy = SortProxy(self)
        proxy.setSourceModel(model)
        self._view.setModel(proxy)
        self._view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        heads = self._view.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return proxy

    def _lay_out(self) -> None:
        card = frame("card")
        inside = QVBoxLayout(card)
        margins(inside, 4, 4, 4, 4)
        inside.addWidget(self._view)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 8)
        layout.addWidget(self._box)
        layout.addWidget(card, 3)
        layout.addWidget(self._text, 2)
