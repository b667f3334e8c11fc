"""The lead asks an assessor about a case, or about one question of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.form.model import Question
from hmip_desktop.language import tr
from ui.theme import scaled
from ui.waiting_dialog import WaitingDialog
from ui.widgets.parts import button, label, margins


class AskDialog(WaitingDialog):
    """Asks for the text of a query, and what it is about."""

    def __init__(
        self,
        reference: str,
        assessor: str,
        question: Question | None,
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._question = question
        self.setWindowTitle(tr("Ask the assessor"))
        number = question.number if question else ""
        self._about_question = QRadioButton(tr("About {number}", number=number))
        self._about_case = QRadioButton(tr("About the whole of {reference}", reference=reference))
        self._about_question.setChecked(question is not None)
        self._about_question.setVisible(question is not None)
        self._about_case.setChecked(question is None)
        self._text = QPlainTextEdit()
        self._text.setPlaceholderText(tr("What do you want to know?"))
        self._text.setAccessibleName(
            tr("Your query to {name} about {reference}", name=assessor, reference=reference)
        )
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(scaled(110))
        self._ask = button(tr("Ask"), "primary", self.accept)
        self._ask.setEnabled(False)
        self._text.textChanged.connect(lambda: self._ask.setEnabled(bool(self.text)))
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 8)
        title = tr("Ask {name} about {reference}", name=assessor, reference=reference)
        layout.addWidget(label(title, "title", wrap=True))
        layout.addWidget(self._about_question)
        if question is not None:
            text = label(question.label.in_language(language), "quiet", wrap=True)
            text.setContentsMargins(scaled(26), 0, 0, 0)
            layout.addWidget(text)
        layout.addWidget(self._about_case)
        layout.addWidget(self._text, 1)
        why = tr("They see it in the next case file that you hand out to them, and reply there.")
        layout.addWidget(label(why, "small", wrap=True))
        layout.addLayout(self._made_buttons())
        self.setMinimumWidth(scaled(520))
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def text(self) -> str:
        """What was written."""
        return self._text.toPlainText().strip()

    @property
    def about(self) -> str:
        """The name of the question that it is about; empty for the whole case."""
        chosen = self._about_question.isChecked()
        return self._question.name if self._question is not None and chosen else ""

    def _made_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        margins(row, 0, 6, 0, 0, 8)
        row.addStretch(1)
        cancel = button(tr("Cancel"), "", self.reject)
        cancel.setAutoDefault(False)
        row.addWidget(self._ask)
        row.addWidget(cancel)
        return row
