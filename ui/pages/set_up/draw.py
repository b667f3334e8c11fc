"""Drawing the sample from a long list: choose the list, say what is wanted, look, use it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from hmip_desktop.errors import Refused
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import adding, draw_sample, inspection
from hmip_desktop.operations.draw_sample import Drawing, LongList
from hmip_desktop.progress import Progress
from hmip_desktop.sample_sheet import SamplePreview, SampleRow
from hmip_desktop.sampling import Listed, Wish
from ui import background, messages
from ui.pages.set_up.draw_exclusions import Exclusions
from ui.pages.set_up.draw_result import DrawResult
from ui.pages.set_up.draw_settings import DrawSettings
from ui.pages.set_up.table_import import ImportWords, TableImport
from ui.session import Session
from ui.theme import scaled
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, label, margins
from ui.widgets.undo_here import UndoHere

_SEEN = 240
_LARGE = 60_000  # bytes, with which Excel keeps some 1,500 cases: reading them takes a second


class DrawPart(QWidget):
    """Draws a sample. `left` asks to go back to the sample that is there."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._session = session
        self._read: LongList | None = None
        self._list: LongList | None = None
        self._drawing: Drawing | None = None
        self._drawn_with: tuple[Wish, Mapping[str, str]] | None = None
        words = ImportWords(
            tr("Choose the long list..."),
            tr(
                "An Excel or csv file with one row for each case that could be inspected, or drop "
                "it here. No names of people."
            ),
            lambda preview: tr_count(
                "Draw from {count} case", "Draw from {count} cases", len(preview.lines)
            ),
        )
        self.source = TableImport(words, self._read_list, session.folder)
        self.source.taken.connect(self.take)
        self.settings, self.exclusions, self.result = DrawSettings(), Exclusions(), DrawResult()
        self._name = label("", "heading", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._done = label("", wrap=True)
        self._draw = button(tr("Draw"), "primary", self.draw)
        self._exclude = button(tr("Exclude cases..."))
        self._out = label("", "quiet")
        self._work = QWidget()
        self._lay_out()
        self._connect()
        UndoHere(self, self.exclusions.undo)

    @property
    def drawing(self) -> Drawing | None:
        """The sample on the screen."""
        return self._drawing

    @property
    def problem(self) -> str:
        """Why nothing could be drawn, in words."""
        return self._problem.text()

    @property
    def said(self) -> str:
        """What was done with the sample, in words."""
        return self._done.text()

    def take(self, preview: SamplePreview) -> None:
        """Draw from a list in which nothing is wrong any more."""
        if self._read is None:
            return
        self._list = replace(self._read, preview=preview)
        self._drawing = self._drawn_with = None
        self._name.setText(
            tr_count(
                "{file}: {count} case",
                "{file}: {count} cases",
                len(self._list.cases),
                file=preview.file,
            )
        )
        self.settings.show_fields(preview.fields)
        self.exclusions.show_list(self._list)
        self.result.hide()
        self._say("", "")
        self._show_list(False)
        self._settings_changed()
        self.settings.size_wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def draw(self) -> None:
        """Draw with the settings as they stand; the sample before is replaced."""
        if self._list is None:
            return
        try:
            wish = self.settings.wish
            drawing = draw_sample.draw_from(self._list, wish, self.exclusions.excluded)
        except Refused as refusal:
            self._say(refusal.sentence, "")
            return
        self._drawing, self._drawn_with = drawing, (wish, self.exclusions.excluded)
        self._say("", "")
        self._exclude.setChecked(False)
        self.result.show_drawing(drawing)
        self.result.show()
        self._settings_changed()
        self._bring_into_view(self.result)

    def save_to(self, path: Path) -> None:
        """Write the sample as a workbook."""
        if self._drawing is None:
            return
        try:
            draw_sample.save(self._drawing, path)
        except Refused as refusal:
            self._say(refusal.sentence, "")
            return
        self._say("", tr("✓ {file} is saved in {folder}.", file=path.name, folder=path.parent))

    def use(self) -> None:
        """Add the drawn cases to the inspection."""
        if self._drawing is None or not self._may_add(self._drawing.drawn.sample):
            return
        drawn = self._drawing.drawn
        if not self._add(drawn.sample):
            return
        said = tr_count(
            "✓ {count} drawn case is in the inspection.",
            "✓ {count} drawn cases are in the inspection.",
            len(drawn.sample),
        )
        said = "\n".join(filter(None, (said, self._propose_caseload(len(drawn.able)))))
        later = tr(
            "Save the sample as Excel too: the workbook keeps the reserve and how it was drawn. "
            "To bring a case of the reserve in later, draw again from the same list with the same "
            "settings and the lot number {seed}, choose the case under “Reserve” and press “Bring "
            "the chosen in”.",
            seed=self._drawing.wish.seed,
        )
        self._say("", f"{said}\n{later}" if drawn.reserve else said)

    def bring_in(self, cases: Sequence[Listed]) -> None:
        """Add cases of the reserve to the inspection."""
        if not cases:
            self.result.say_brought(tr("Choose the cases of the reserve in the table first."))
        elif self._add(cases):
            references = ", ".join(case.reference for case in cases)
            said = tr("✓ In the inspection now: {references}.", references=references)
            self.result.say_brought(said)

    def _propose_caseload(self, able: int) -> str:
        """Enter the size of the list as that of the caseload, where that is empty; say so."""
        before = self._session.reading.contents.inspection.caseload
        refusal = self._session.run(
            lambda reading: inspection.propose_caseload(reading.document, able)
        )
        if refusal or self._session.reading.contents.inspection.caseload == before:
            return ""
        return tr_count(
            "The caseload is entered as {count} case, those of the list that could be drawn. "
            "Change it in the step Inspection if the sample stands for more or fewer.",
            "The caseload is entered as {count} cases, those of the list that could be drawn. "
            "Change it in the step Inspection if the sample stands for more or fewer.",
            able,
        )

    def _may_add(self, cases: Sequence[Listed]) -> bool:
        """Whether somebody wants both, where the inspection has other cases already."""
        drawn = {case.reference.casefold() for case in cases}
        there = self._session.reading.contents.cases.values()
        others = sum(case.reference.casefold() not in drawn for case in there)
        if not others:
            return True
        sentence = tr_count(
            "The inspection has {count} other case already, which stays in it. Add the drawn ones?",
            "The inspection has {count} other cases already, which stay in it. Add the drawn ones?",
            others,
        )
        return messages.confirm(self, sentence, tr("Add them"))

    def _add(self, cases: Sequence[Listed]) -> bool:
        """Add those that are not there yet; the others stay as they are."""
        known = adding.known_cases(self._session.reading.contents)
        rows = [
            SampleRow(case.reference, case.fields, tuple(case.fields))
            for case in cases
            if case.reference.casefold() not in known
        ]
        refusal = self._session.run(
            lambda reading: adding.add_cases(reading.document, rows).changes
        )
        if refusal:
            self._say(refusal.sentence, "")
        return refusal is None

    def _read_list(self, path: Path) -> SamplePreview | None:
        if path.is_file() and path.stat().st_size > _LARGE:
            found = background.run(self, tr("Reading the long list"), partial(_read, path))
        else:
            found = LongList.read(path)
        if isinstance(found, Refused):
            raise found
        self._read = found or self._read
        return found.preview if found else None

    def _settings_changed(self) -> None:
        count = len(self.exclusions.excluded)
        said = tr_count("{count} case excluded", "{count} cases excluded", count)
        self._out.setText(said if count else "")
        try:
            now = (self.settings.wish, self.exclusions.excluded)
        except Refused:
            now = None
        self.result.set_current(now == self._drawn_with)

    def _say(self, problem: str, done: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._done.setText(done)
        self._done.setVisible(bool(done))
        if problem or done:
            self._bring_into_view(self._problem if problem else self._done)

    def _bring_into_view(self, part: QWidget) -> None:
        """Scroll the page so far that the beginning of a part is seen."""

        def scroll() -> None:
            area = self.parentWidget()
            while area is not None and not isinstance(area, QScrollArea):
                area = area.parentWidget()
            inside = area.widget() if area is not None else None
            if area is not None and inside is not None:
                top = part.mapTo(inside, QPoint(0, 0)).y()
                area.ensureVisible(0, top + min(part.height(), scaled(_SEEN)), 0, 0)

        QTimer.singleShot(0, self, scroll)  # when everything has its place

    def _show_list(self, is_shown: bool) -> None:
        self.source.setVisible(is_shown)
        self._work.setVisible(not is_shown)

    def _change_list(self) -> None:
        self._show_list(True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_name(self) -> None:
        if self._list is None:
            return
        proposed = tr("Sample from {list}", list=self._list.path.stem)
        suggested = str(self._session.path.with_name(f"{proposed}.xlsx"))
        title, kind = tr("Save the drawn sample"), tr("Excel workbook (*.xlsx)")
        name, _ = QFileDialog.getSaveFileName(self, title, suggested, kind)
        if name:
            path = Path(name)
            self.save_to(path if path.suffix else path.with_suffix(".xlsx"))

    def _connect(self) -> None:
        self.settings.changed.connect(self._settings_changed)
        self.settings.entered.connect(self.draw)
        self.exclusions.changed.connect(self._settings_changed)
        self._exclude.toggled.connect(self.exclusions.setVisible)
        self.result.saving.connect(self._choose_name)
        self.result.using.connect(self.use)
        self.result.bringing_in.connect(self.bring_in)

    def _lay_out(self) -> None:
        self._exclude.setCheckable(True)
        self.exclusions.hide()
        self.result.hide()
        self._out.setContentsMargins(0, scaled(8), 0, 0)
        other = button(tr("Change the list..."), "", self._change_list)
        self._work.setProperty("role", "clear")
        work = QVBoxLayout(self._work)
        margins(work, 0, 0, 0, 0, 10)
        work.addWidget(self._name)
        work.addWidget(self.settings)
        work.addWidget(side_by_side(self._draw, self._exclude, other, self._out))
        for part in (self._problem, self.exclusions, self._done, self.result):
            work.addWidget(part)
        back = button(tr("Back to the sample"), "", self.left.emit)
        self.setFocusProxy(back)
        layout = QVBoxLayout(self)
        margins(layout, 0, 0, 0, 0, 12)
        layout.addWidget(side_by_side(back))
        layout.addWidget(label(tr("Draw from a long list"), "heading"))
        layout.addWidget(self.source)
        layout.addWidget(self._work)
        self._say("", "")
        self._show_list(True)


def _read(path: Path, progress: Progress) -> LongList | Refused:
    """A long list, judged already, since that takes its time as well."""
    try:
        found = LongList.read(path)
        progress(0, 0, "")  # a chance to stop
        _ = found.preview.problems
    except Refused as refusal:
        return refusal
    progress(0, 0, "")
    return found
