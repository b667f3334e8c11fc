"""Several inspections set side by side: their files chosen and put in order, then a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Refused
from hmip_desktop.language import mark, tr, tr_count
from hmip_desktop.operations import aggregating
from hmip_desktop.operations.aggregating import Taken
from hmip_desktop.operations.hand_ins import is_case_file
from hmip_desktop.progress import Progress
from ui import background
from ui.dialogs.aggregate_passphrase import PASSPHRASE_CODES, AggregatePassphraseDialog
from ui.session import Session
from ui.theme import scaled
from ui.waiting_dialog import WaitingDialog
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, frame, label, margins

_HOW = mark(
    "Choose the lead's case files of inspections with the same form, in the order of the columns. "
    "The workbook holds counts and scores, and no single case."
)


@dataclass(frozen=True)
class Row:
    """One chosen file: what it brings, or why it cannot be used."""

    path: Path
    found: Taken | Refused


class AggregateDialog(WaitingDialog):
    """Looks at each file when it is added; the workbook is written when all of them fit."""

    def __init__(
        self, folder: str, session: Session | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._folder, self._session = folder, session
        self._known: list[Passphrase] = [session.passphrase] if session else []
        self._rows: list[Row] = []
        self._crosswalk: Path | None = None
        self._fit: tuple[Taken, ...] = ()
        self.setWindowTitle(tr("Several inspections side by side"))
        self.setAcceptDrops(True)
        self._list = _made_list()
        self._list.currentRowChanged.connect(lambda _: self._enable())
        self._remove = button(tr("&Remove"), "", self.remove)
        self._up = button(tr("Move &up"), "", lambda: self.move_row(-1))
        self._down = button(tr("Move &down"), "", lambda: self.move_row(1))
        self._crosswalk_name = label("", wrap=True)
        self._choose = button(tr("&Crosswalk..."), "", self._choose_crosswalk)
        self._without = button(tr("&Without crosswalk"), "", lambda: self.use_crosswalk(None))
        self._said = label("", wrap=True)
        self._details = _made_details()
        self._save = button(tr("&Save workbook..."), "primary", self._choose_and_save)
        self._lay_out()
        self._show()

    @property
    def lines(self) -> list[str]:
        """The files on screen, each with what is said about it."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    @property
    def said(self) -> str:
        """What is said about all of them."""
        return self._said.text()

    @property
    def details(self) -> str:
        """What is listed below that."""
        return self._details.toPlainText()

    @property
    def can_save(self) -> bool:
        """Whether the workbook can be written."""
        return self._save.isEnabled()

    def add(self, paths: Sequence[Path]) -> None:
        """Look at files and list them; for each that no known passphrase opens, ask for one."""
        for path in paths:
            found = self._looked_at(path)
            if found is not None:
                self._rows.append(Row(path, found))
                self._show(len(self._rows) - 1)

    def remove(self) -> None:
        """Take the file in hand off the list."""
        at = self._list.currentRow()
        if at >= 0:
            del self._rows[at]
            self._show(min(at, len(self._rows) - 1))

    def move_row(self, by: int) -> None:
        """Move the file in hand up or down."""
        at = self._list.currentRow()
        to = at + by
        if at >= 0 and 0 <= to < len(self._rows):
            self._rows[at], self._rows[to] = self._rows[to], self._rows[at]
            self._show(to)

    def use_crosswalk(self, path: Path | None) -> None:
        """Take a table that declares which question is which, or none."""
        self._crosswalk = path
        self._show(self._list.currentRow())

    def save_to(self, path: Path) -> None:
        """Write the workbook."""
        fit, crosswalk = self._fit, self._crosswalk

        def work(progress: Progress) -> bool:
            book = aggregating.side_by_side(fit, crosswalk)
            aggregating.write_side_by_side(path, book, progress=progress)
            return True

        if background.run(self, tr("Writing the workbook"), work):
            self._say(tr("{file} is saved in {folder}.", file=path.name, folder=path.parent))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Case files can be dropped here."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files that were dropped."""
        event.acceptProposedAction()
        paths = _dropped(event)
        QTimer.singleShot(0, self, lambda: self.add(paths))  # the other program goes on

    def _looked_at(self, path: Path) -> Taken | Refused | None:
        """What a file brings or why it brings nothing; None where the user leaves it out."""
        if self._session is not None and path.resolve() == self._session.path.resolve():
            try:
                return aggregating.taken(self._session.reading)
            except Refused as refusal:
                return refusal
        if self._known:
            found = self._look(path, self._known)
            if not (isinstance(found, Refused) and found.code in PASSPHRASE_CODES):
                return found
        dialog = AggregatePassphraseDialog(path, lambda at, one: self._look(at, [one]), self)
        dialog.exec()
        dialog.deleteLater()
        if dialog.passphrase is not None:
            self._known.insert(0, dialog.passphrase)
        return dialog.found

    def _look(self, path: Path, known: Sequence[Passphrase]) -> Taken | Refused | None:
        def work(progress: Progress) -> Taken | Refused:
            progress(0, 0, path.name)
            try:
                return aggregating.take(path, known)
            except Refused as refusal:
                return refusal

        found: Taken | Refused | None = background.run(self, tr("Looking at the files"), work)
        return found

    def _show(self, current: int = -1) -> None:
        """List the files as they stand, and say what they come to together."""
        self._list.clear()
        before: list[Taken] = []
        for row in self._rows:
            found = row.found
            if isinstance(found, Taken):
                found = aggregating.stands_against(found, before) or found
            if isinstance(found, Taken):
                before.append(found)
            self._list.addItem(_in_words(row.path, found))
        self._list.setCurrentRow(current)
        self._judge(all_fit=len(before) == len(self._rows), inspections=before)
        self._offer_crosswalk(wanted=aggregating.need_a_crosswalk(before))
        self._enable()

    def _offer_crosswalk(self, *, wanted: bool) -> None:
        """A crosswalk is offered where the versions of the form differ."""
        used = self._crosswalk
        self._crosswalk_name.setText(tr("Crosswalk: {file}", file=used.name) if used else "")
        self._crosswalk_name.setVisible(used is not None)
        self._choose.setVisible(wanted or used is not None)
        self._without.setVisible(used is not None)

    def _judge(self, *, all_fit: bool, inspections: Sequence[Taken]) -> None:
        self._fit = ()
        if not self._rows:
            self._say(tr("Add at least two case files, or drop them here."))
            return
        if not all_fit:
            self._say(tr("Remove the files that cannot be used."))
            return
        try:
            found = aggregating.side_by_side(inspections, self._crosswalk).matched
        except Refused as refusal:
            self._say(refusal.sentence, "\n".join(map(str, refusal.problems)))
            return
        self._fit = tuple(inspections)
        self._say(_ready(len(found.questions), len(found.left_out)))

    def _say(self, sentence: str, details: str = "") -> None:
        self._said.setText(sentence)
        self._details.setPlainText(details)
        self._details.setVisible(bool(details))

    def _enable(self) -> None:
        at, last = self._list.currentRow(), len(self._rows) - 1
        self._remove.setEnabled(at >= 0)
        self._up.setEnabled(at > 0)
        self._down.setEnabled(0 <= at < last)
        self._save.setEnabled(bool(self._fit))

    def _choose_files(self) -> None:
        title, kinds = tr("Add lead's case files"), tr("Case files (*.hmip)")
        names, _ = QFileDialog.getOpenFileNames(self, title, self._folder, kinds)
        if names:
            self._folder = str(Path(names[0]).parent)
            self.add([Path(name) for name in names])

    def _choose_crosswalk(self) -> None:
        title, kinds = tr("Choose a crosswalk"), tr("Tables (*.xlsx *.csv)")
        name, _ = QFileDialog.getOpenFileName(self, title, self._folder, kinds)
        if name:
            self.use_crosswalk(Path(name))

    def _choose_and_save(self) -> None:
        name = tr("Inspections side by side")
        proposed = Path(self._folder) / f"{name}.xlsx"
        title, kind = tr("Save the workbook"), tr("Excel workbook (*.xlsx)")
        name, _ = QFileDialog.getSaveFileName(self, title, str(proposed), kind)
        if name:
            path = Path(name)
            self.save_to(path if path.suffix else path.with_suffix(".xlsx"))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 10)
        layout.addWidget(label(tr("Several inspections side by side"), "title", wrap=True))
        layout.addWidget(label(tr(_HOW), "quiet", wrap=True))
        card = frame("card")
        inside = QVBoxLayout(card)
        margins(inside, 6, 6, 6, 6)
        inside.addWidget(self._list)
        layout.addWidget(card, 1)
        add = button(tr("&Add files..."), "", self._choose_files)
        buttons = (add, self._remove, self._up, self._down, self._choose, self._without)
        layout.addWidget(side_by_side(*buttons))
        layout.addWidget(self._crosswalk_name)
        layout.addWidget(self._said)
        layout.addWidget(self._details)
        layout.addWidget(side_by_side(self._save, button(tr("Close"), "", self.reject)))
        delete = QShortcut(QKeySequence.StandardKey.Delete, self._list, self.remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        available = self.screen().availableSize()
        self.resize(min(scaled(640), available.width()), min(scaled(600), available.height()))
        add.setFocus(Qt.FocusReason.OtherFocusReason)


def _in_words(path: Path, found: Taken | Refused) -> str:
    if isinstance(found, Refused):
        return tr("{file}: cannot be used\n{why}", file=path.name, why=found.sentence)
    one = found.inspected
    facts = {"title": one.title, "version": one.version, "file": path.name}
    if one.provisional:
        return tr_count(
            "{title}, provisional\n{count} assessment, version {version} of the form, {file}",
            "{title}, provisional\n{count} assessments, version {version} of the form, {file}",
            one.scores.assessments,
            **facts,
        )
    return tr_count(
        "{title}\n{count} assessment, version {version} of the form, {file}",
        "{title}\n{count} assessments, version {version} of the form, {file}",
        one.scores.assessments,
        **facts,
    )


def _ready(questions: int, left_out: int) -> str:
    ready = tr_count(
        "{count} question can be compared.", "{count} questions can be compared.", questions
    )
    if not left_out:
        return ready
    lacking = tr_count(
        "{count} is not the same in all versions and is left out; the workbook lists it.",
        "{count} are not the same in all versions and are left out; the workbook lists them.",
        left_out,
    )
    return f"{ready} {lacking}"


def _made_list() -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(tr("Inspections in the order of their columns"))
    made.setMinimumHeight(scaled(100))
    made.setFrameShape(QListWidget.Shape.NoFrame)
    made.setWordWrap(True)
    made.setSpacing(scaled(2))
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _made_details() -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(tr("What cannot be compared"))
    made.setMinimumHeight(scaled(70))
    made.hide()
    return made


def _dropped(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    files = (Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return [path for path in files if is_case_file(path)]
