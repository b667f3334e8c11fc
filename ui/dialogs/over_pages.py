"""What the menus open over the pages: finding words, asking, paper, dated copies, safe to close."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from hmip_desktop.casefile.records import AssessmentKey
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr, tr_count
from hmip_desktop.operations.paper import Paper, case_on_paper
from ui import messages, paper
from ui.dialogs import later_form
from ui.dialogs.ask import AskDialog
from ui.dialogs.copies import CopiesDialog
from ui.dialogs.find import FindDialog
from ui.dialogs.safe import SafeDialog
from ui.session import Session


class Pages(Protocol):
    """The pages, as far as the dialogs need them."""

    @property
    def key_in_hand(self) -> AssessmentKey | None:
        """The assessment on screen."""

    @property
    def question_in_hand(self) -> str:
        """The question in hand."""

    @property
    def unsaved(self) -> str:
        """What is not saved, in a sentence."""

    def show_page(self, name: str) -> None:
        """Show a page as things stand."""

    def show_case(self, key: AssessmentKey, question: str = "") -> None:
        """Walk through a case."""

    def tell(self) -> None:
        """Keep whatever was typed and not kept yet."""

    def hand_in_to(self, folder: Path) -> str:
        """Save a copy for the lead; the receipt."""

    def say_written(self, path: Path | None) -> None:
        """Say where something was saved; None says nothing."""

    def merge(self, files: Sequence[Path]) -> None:
        """Merge files into the lead's, on the team's page."""


def _taken_in(new: int) -> str:
    if not new:
        return tr("There is nothing in this file that yours does not have already.")
    return tr_count(
        "{count} change taken in from the lead. Your own work stands.",
        "{count} changes taken in from the lead. Your own work stands.",
        new,
    )


def _taken_back(new: int) -> str:
    return tr_count(
        "{count} entry came back from the copy. Whatever was written since then stands.",
        "{count} entries came back from the copy. Whatever was written since then stands.",
        new,
    )


class OverPages:
    """Opens one dialog at a time; `does` is what each action opens."""

    def __init__(self, window: QWidget, session: Session, pages: Pages, language: str) -> None:
        self._window, self._session, self._pages = window, session, pages
        self._language = language
        self.wants_to_close = False
        self.does: Mapping[str, Callable[[], None]] = {
            "find_text": self._find,
            "ask": self._ask,
            "print": self._print,
            "pdf": self._save_pdf,
            "safe": self._safe_to_close,
            "copies": self._show_copies,
            "take_in": self._take_in,
            "later_form": self._take_later_form,
        }

    def _take_later_form(self) -> None:
        """As lead, take a later version of the form into use."""
        if self._session.is_leads:
            self._pages.tell()
            later_form.choose(self._session, self._language, self._window)

    def _take_in(self) -> None:
        """Merge a fresh hand-out from the lead, and say what came of it."""
        title, kinds = tr("Take in changes from the lead"), tr("Case files (*.hmip)")
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, title, str(self._session.path.parent), kinds
        )
        if not chosen:
            return
        self._pages.tell()
        result = self._session.take_in(Path(chosen))
        if isinstance(result, Refused):
            messages.refused(self._window, result)
        elif result.why:
            messages.tell(self._window, result.why)
        else:
            self._pages.show_page("cases")
            messages.tell(self._window, _taken_in(result.new))

    def _show_copies(self) -> None:
        self._pages.tell()
        dialog = CopiesDialog(self._session, self._window)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if accepted and dialog.chosen is not None:
            self._take_back(dialog.chosen.path)

    def _take_back(self, copy: Path) -> None:
        """Merge a dated copy: into the lead's file as any other, with progress."""
        before = len(self._session.reading.document.journal)
        if self._session.is_leads:
            self._pages.merge([copy])
        else:
            result = self._session.take_in(copy)
            if isinstance(result, Refused):
                messages.refused(self._window, result)
                return
            self._pages.show_page("cases")
        if new := len(self._session.reading.document.journal) - before:
            messages.tell(self._window, _taken_back(new))

    def _find(self) -> None:
        self._pages.tell()
        dialog = FindDialog(
            self._session, self._pages.key_in_hand, self._language, parent=self._window
        )
        dialog.exec()
        dialog.deleteLater()
        if dialog.chosen is not None:
            self._pages.show_case(*dialog.chosen)

    def _ask(self) -> None:
        key = self._pages.key_in_hand
        if key is None or not self._session.is_leads:
            return
        self._pages.tell()
        question = self._session.form.question_by_name.get(self._pages.question_in_hand)
        one = self._session.assessment(key)
        dialog = AskDialog(one.case.reference, one.assessor, question, self._language, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            refusal = self._session.ask(key, dialog.text, dialog.about)
            if refusal is not None:
                messages.refused(self._window, refusal)
        dialog.deleteLater()

    def _print(self) -> None:
        if case := self._on_paper():
            paper.print_out(self._window, case)

    def _save_pdf(self) -> None:
        if case := self._on_paper():
            self._pages.say_written(None)
            self._pages.say_written(paper.choose_and_save(self._window, case))

    def _on_paper(self) -> Paper | None:
        """The case on screen, with what was typed last."""
        key = self._pages.key_in_hand
        if key is None:
            return None
        self._pages.tell()
        return case_on_paper(self._session.reading, self._session.assessment(key), self._language)

    def _safe_to_close(self) -> None:
        self._pages.tell()
        dialog = SafeDialog(
            self._session, self._pages.unsaved, self._pages.hand_in_to, parent=self._window
        )
        self.wants_to_close = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
