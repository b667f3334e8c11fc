"""The first step: what the inspection is called, where and when it is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QLineEdit

from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations import inspection
from hmip_desktop.operations.inspection import Details
from ui.pages.set_up.step import Step
from ui.session import Session
from ui.theme import scaled
from ui.widgets.fields import as_iso, as_read
from ui.widgets.parts import frame, label, margins

_ROOM_FOR_CAPTIONS = 480
_ABOVE = QFormLayout.RowWrapPolicy.WrapAllRows
_BESIDE = QFormLayout.RowWrapPolicy.DontWrapRows


class DetailsStep(Step):
    """Shows and changes the details of the inspection."""

    described = Signal()

    def __init__(self, session: Session) -> None:
        text = tr("What the inspection is called, where and when it is, and what it asks.")
        super().__init__(session, tr("Inspection"), text)
        self.title, self.area = QLineEdit(), QLineEdit()
        self.starts, self.ends = QLineEdit(), QLineEdit()
        self.caseload = QLineEdit()
        self.caseload.setPlaceholderText(tr("Not known"))
        self._form = label("", "quiet", wrap=True)
        self._problem = label("", "problem", wrap=True)
        form = self._rows = QFormLayout()
        margins(form, 20, 16, 20, 16, 10)
        rows = (
            (tr("&Title"), self.title),
            (tr("&Area"), self.area),
            (tr("&First day"), self.starts),
            (tr("Last &day"), self.ends),
            (tr("&Caseload"), self.caseload),
        )
        for text, field in rows:
            caption = label(text)
            caption.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            field.editingFinished.connect(self.save)
            form.addRow(caption, field)
        meaning = tr(
            "How many cases the sample was drawn from. With it the 95% intervals are narrower: "
            "the larger the share that is assessed, the less is left to chance."
        )
        form.addRow(label(), label(meaning, "small", wrap=True))
        form.addRow(label(tr("Form")), self._form)
        form.addRow(self._problem)
        card = frame("card")
        card.setLayout(form)
        card.setMaximumWidth(scaled(680))
        self.inside.addWidget(card)
        self.inside.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the captions stand above their fields."""
        super().resizeEvent(event)
        narrow = event.size().width() < scaled(_ROOM_FOR_CAPTIONS)
        self._rows.setRowWrapPolicy(_ABOVE if narrow else _BESIDE)

    @property
    def state(self) -> str:
        """The area."""
        return self.session.reading.contents.inspection.area

    def refresh(self) -> None:
        """Show the details as they stand."""
        now, form = self.session.reading.contents.inspection, self.session.form
        self.title.setText(now.title)
        self.area.setText(now.area)
        self.starts.setText(as_read(now.starts))
        self.ends.setText(as_read(now.ends))
        self.caseload.setText("" if now.caseload is None else str(now.caseload))
        self._form.setText(
            tr_count(
                "{form}, version {version}: {count} question",
                "{form}, version {version}: {count} questions",
                len(form.answerable),
                form=form.title or form.form_id,
                version=form.version,
            )
        )
        self._problem.clear()
        for field in (self.title, self.area):
            field.setCursorPosition(0)  # a narrow field shows how its text begins

    def save(self) -> None:
        """Keep what was typed, as soon as a field is left."""
        refusal = self.session.run(
            lambda reading: inspection.describe(reading.document, self._typed)
        )
        self._problem.setText(refusal.sentence if refusal else "")
        if refusal is None:
            self.described.emit()

    @property
    def problem(self) -> str:
        """Why what was typed cannot be kept, in words."""
        return self._problem.text()

    @property
    def _typed(self) -> Details:
        """What stands in the fields.

        Raises:
            Refused: VALUE_UNUSABLE.
        """
        return Details(
            self.title.text(),
            self.area.text(),
            as_iso(self.starts.text()),
            as_iso(self.ends.text()),
            inspection.caseload_typed(self.caseload.text()),
        )
