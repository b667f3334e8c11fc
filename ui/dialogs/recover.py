"""A case file that is damaged or gone: what is wrong with it, and what can be done."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QVBoxLayout,
    QWidget,
)

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import copies, opening, recovering
from hmip_desktop.progress import Progress
from ui import background, messages
from ui.dialogs.unlock import Damaged, UnlockDialog
from ui.models.copies import moment, newest_in_words, recovered_in_words
from ui.session import Session
from ui.theme import scaled
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, label, margins, scrolled
from ui.widgets.passphrase_box import PassphraseBox

_T = TypeVar("_T")
_IS_DAMAGE = (Code.FILE_DAMAGED, Code.PASSPHRASE_WRONG, Code.DISK)


def open_file(path: Path, parent: QWidget) -> Session | None:
    """Open a case file by its passphrase; help where it is damaged or gone.

    Returns:
        The opened case file, or what was made of it; None when there is nothing to show.
    """
    try:
        opening.look_at(path)
    except Refused as refusal:
        if refusal.code is not Code.FILE_IN_USE and (_is_damage(refusal) or copies.of(path)):
            return RecoverDialog.ask(path, refusal, parent=parent)
        messages.refused(parent, refusal)
        return None
    found = UnlockDialog.ask(path, parent)
    if isinstance(found, Damaged):
        return RecoverDialog.ask(path, found.refusal, found.passphrase, parent)
    return found


def _is_damage(refusal: Refused) -> bool:
    return refusal.code in _IS_DAMAGE


class RecoverDialog(QDialog):
    """Offers what can be done. Accepted: `session` is the new file, open, unless it has no form.

    The damaged file is never changed.
    """

    def __init__(
        self,
        path: Path,
        refusal: Refused,
        passphrase: Passphrase | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._path, self._refusal, self._passphrase = path, refusal, passphrase
        self._copies = copies.of(path)
        self.session: Session | None = None
        self.out = self._proposed()
        self._box = PassphraseBox()
        self._where = label("", "small", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._recover = button(tr("Recover what can be"), "primary", self.recover)
        role = "" if _is_damage(refusal) else "primary"
        self._use_copy = button(tr("Use the newest dated copy"), role, self.use_copy)
        self._lay_out()
        self.write_to(self.out)

    @classmethod
    def ask(
        cls,
        path: Path,
        refusal: Refused,
        passphrase: Passphrase | None = None,
        parent: QWidget | None = None,
    ) -> Session | None:
        """The file that came of it, open; None when there is none or nobody can work in it."""
        dialog = cls(path, refusal, passphrase, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.session

    @property
    def problem(self) -> str:
        """What stands in the way, in words."""
        return self._box.problem or self._problem.text()

    @property
    def offers(self) -> list[str]:
        """What can be done, as the buttons say it."""
        return [one.text() for one in (self._recover, self._use_copy) if not one.isHidden()]

    def type_passphrase(self, text: str) -> None:
        """Type a passphrase, as a user does."""
        self._box.line.setText(text)

    def write_to(self, out: Path) -> None:
        """Have the new file written to another place."""
        self.out = out
        self._where.setText(tr("The new file will be {path}", path=out))
        self._tell("")

    def recover(self) -> None:
        """Make a new file of what can be read and of the newest copy; say what came of it."""
        done = self._done(
            tr("Recovering {name}", name=self._path.name),
            lambda words, progress: recovering.recover(
                self._path, self.out, words, progress=progress
            ),
        )
        if done is None:
            return
        said = recovered_in_words(done)
        if done.has_form:
            self._open(done.out)
        else:
            no_form = tr(
                "The questions of the form did not come back, so nobody can work in {file}. "
                "Give it to the lead inspector: merged into the lead's file, it brings "
                "everything.",
                file=done.out.name,
            )
            said = (*said, no_form)
        messages.tell(self, "\n\n".join(said))
        self.accept()

    def use_copy(self) -> None:
        """Make the newest dated copy the file to work in."""
        copy = self._done(
            tr("Copying the newest dated copy"),
            lambda words, _: recovering.use_newest_copy(self._path, self.out, words),
        )
        if copy is None:
            return
        self._open(self.out)
        said = tr(
            "This is the copy of {when}. What was written after that is not in it.",
            when=moment(copy),
        )
        messages.tell(self, said)
        self.accept()

    def _done(self, title: str, work: Callable[[Passphrase, Progress], _T]) -> _T | None:
        """What came of long work; nothing when it was cancelled or refused, and then why."""
        self._tell("")
        words = self._words()
        if words is None:
            return None

        def guarded(progress: Progress) -> _T | Refused:
            try:
                return work(words, progress)
            except Refused as refusal:
                return refusal

        result: _T | Refused | None = background.run(self, title, guarded)
        if isinstance(result, Refused):
            self._say(result)
            return None
        if result is not None:
            self._passphrase = words
        return result

    def _words(self) -> Passphrase | None:
        try:
            return self._passphrase or Passphrase(self._box.text)
        except Refused as refusal:
            self._say(refusal)
            return None

    def _open(self, out: Path) -> None:
        assert self._passphrase is not None
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.session = Session.opened(out, self._passphrase)
        except Refused as refusal:
            messages.refused(self, refusal)
        finally:
            QApplication.restoreOverrideCursor()

    def _say(self, refusal: Refused) -> None:
        """Say what stands in the way: in words for a window where the core's are for a command."""
        if refusal.code is Code.PASSPHRASE_MISSING:
            self._box.try_again(refusal.sentence)
        elif refusal.code is Code.PASSPHRASE_WRONG and self._passphrase is None:
            self._box.try_again(
                tr(
                    "This passphrase opens nothing of {file}. Check capitals and spaces; if it "
                    "is certainly right, too little of the file is left.",
                    file=self._path.name,
                )
            )
        elif refusal.code in (Code.PASSPHRASE_WRONG, Code.FILE_DAMAGED, Code.FILE_NOT_OURS):
            self._tell(
                tr(
                    "Too little is left of {file} to make a case file of it. An older copy of "
                    "it, or the file that the lead inspector handed out, is what helps now.",
                    file=self._path.name,
                )
            )
        else:
            self._tell(refusal.sentence)

    def _tell(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _proposed(self) -> Path:
        """Where the new file goes unless the user says otherwise: beside the damaged one.

        Not on a disk that is failing.
        """
        folder, name = self._path.absolute().parent, self._path.stem
        if not folder.is_dir() or self._refusal.code is Code.DISK:
            documents = QStandardPaths.StandardLocation.DocumentsLocation
            folder = Path(QStandardPaths.writableLocation(documents))
        if _is_damage(self._refusal):
            name = tr("{name} (recovered)", name=name)
        return recovering.free_place(folder, name)

    def _lay_out(self) -> None:
        self.setWindowTitle(messages.PROGRAM)
        inside = QWidget()
        inside.setProperty("role", "clear")
        texts = QVBoxLayout(inside)
        margins(texts, 0, 0, 0, 0, 10)
        texts.addWidget(label(self._title(), "title", wrap=True))
        texts.addWidget(label(str(self._path.absolute().parent), "small", wrap=True))
        for sentence in self._sentences():
            texts.addWidget(label(sentence, wrap=True))
        self._recover.setVisible(_is_damage(self._refusal))
        self._use_copy.setVisible(bool(self._copies))
        texts.addWidget(self._where)
        choose = button(tr("Choose another place..."), "link", self._choose)
        texts.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        texts.addStretch(1)
        self._box.setVisible(self._passphrase is None)
        close = button(tr("Close"), "", self.reject)
        best = self._recover if _is_damage(self._refusal) else self._use_copy
        for one in (choose, close, self._recover, self._use_copy):
            one.setAutoDefault(False)
        best.setDefault(True)
        offered = [one for one in (self._recover, self._use_copy) if not one.isHidden()]
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 10)
        layout.addWidget(scrolled(inside), 1)
        layout.addWidget(self._box)
        layout.addWidget(self._problem)
        layout.addWidget(side_by_side(*offered, close))
        wanted = QSize(scaled(600), scaled(480 if self._passphrase is None else 400))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        in_order = (choose, self._box.line, self._box.show_button, *offered, close)
        for first, second in pairwise(in_order):
            QWidget.setTabOrder(first, second)
        if self._passphrase is None:
            self._box.take_focus()
        else:
            best.setFocus(Qt.FocusReason.OtherFocusReason)

    def _title(self) -> str:
        if _is_damage(self._refusal):
            return tr("{name} is damaged", name=self._path.name)
        return tr("{name} cannot be opened", name=self._path.name)

    def _sentences(self) -> list[str]:
        if not _is_damage(self._refusal):
            return [self._refusal.sentence, newest_in_words(self._copies)]
        return [
            tr(
                "Part of it cannot be read any more, perhaps because of the disk or the stick. "
                "The damaged file stays as it is."
            ),
            tr(
                "Recovering makes a new file of everything in it that can still be read, and of "
                "everything in the newest dated copy."
            )
            if self._copies
            else tr("Recovering makes a new file of everything in it that can still be read."),
            newest_in_words(self._copies),
        ]

    def _choose(self) -> None:
        out, _ = QFileDialog.getSaveFileName(
            self,
            tr("Where should the new file be saved?"),
            str(self.out),
            tr("Case files (*.hmip)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if out:
            self.write_to(recovering.as_case_file(Path(out)))
