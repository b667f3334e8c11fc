"""Taking an update from a stick: what a pack holds, who signed it, and what it would change."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from hmip_desktop.errors import Refused
from hmip_desktop.language import mark, tr
from hmip_desktop.operations import updating
from hmip_desktop.operations.updating import Change, Offer
from hmip_desktop.progress import Progress
from hmip_desktop.updating.manifest import Kind
from hmip_desktop.updating.pack import Pack
from ui import background, messages
from ui.models import update
from ui.session import Session
from ui.theme import scaled
from ui.widgets.flow import side_by_side
from ui.widgets.parts import button, frame, label, margins, restyle, scrolled

_HOW = mark(
    "A later version of the program or of a form comes as a pack, a file ending in .hmip-pack, on "
    "a stick or by post. It is checked before anything changes. The program never looks for "
    "updates by itself."
)
Wanted = Pack | Change


class UpdateDialog(QDialog):
    """Shows a pack once it is verified. Accepted: `wanted` is the form or version to take."""

    def __init__(
        self, session: Session | None = None, folder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._folder = session, folder
        self._other = updating.other_kept()
        self._publishers = updating.known_publishers()
        self._offered: Wanted | None = None
        self.wanted: Wanted | None = None
        self.setWindowTitle(tr("Take an update"))
        self._how = label(tr(_HOW), "quiet", wrap=True)
        self._title = label("", "heading", wrap=True)
        self._signed = label("", "small", wrap=True)
        self._new = label(tr("What is new"), "heading", wrap=True)
        self._news = label("", wrap=True)
        self._means = label("", wrap=True)
        self._card = self._made_card()
        self._said = label("", wrap=True)
        self._choose = button(tr("&Choose a pack..."), "primary", self._choose_file)
        self._take = button("", "primary", self._accept_offered)
        self._back = button("", "", self._go_back)
        self._close = button(tr("Close"), "", self.reject)
        self._lay_out()
        self._show_standing()

    @property
    def shown(self) -> str:
        """Everything that is said about the pack."""
        parts = (self._title, self._signed, self._news, self._means, self._said)
        return "\n".join(part.text() for part in parts if part.text())

    @property
    def can_take(self) -> bool:
        """Whether what is shown can be taken."""
        return self._offered is not None

    @property
    def can_go_back(self) -> bool:
        """Whether another version is kept on this computer."""
        return self._other is not None

    def take(self) -> None:
        """Take what is shown, as its button does."""
        self._take.click()

    def go_back(self) -> None:
        """Go to the version that is kept, as its button does."""
        self._back.click()

    def show_pack(self, path: Path) -> None:
        """Verify a pack and say what it holds, or why it is not used."""

        def work(progress: Progress) -> Pack | Refused:
            try:
                return updating.look_at(path, progress)
            except Refused as refusal:
                return refusal

        found: Pack | Refused | None = background.run(self, tr("Checking the pack"), work)
        if found is None:
            return
        self._offered = None
        self._card.setVisible(isinstance(found, Pack))
        self._how.hide()
        if isinstance(found, Refused):
            for part in (self._title, self._signed, self._news, self._means):
                part.clear()
            self._say(found.sentence, "problem")
        elif found.manifest.kind is Kind.FORM:
            self._describe(found)
            self._offer_form(found)
        else:
            self._describe(found)
            self._offer_program(found)
        self._show_buttons()

    def _describe(self, pack: Pack) -> None:
        self._title.setText(update.title(pack))
        self._signed.setText(update.signed(pack))
        self._news.setText(update.news(pack))
        self._means.clear()
        self._means.hide()

    def _offer_form(self, pack: Pack) -> None:
        session = self._session
        leads = session is not None and session.is_leads and not session.is_practice
        self._say(update.for_form(opened=session is not None, leads=leads))
        if leads:
            self._offered = pack
            self._take.setText(tr("&See what it changes..."))

    def _offer_program(self, pack: Pack) -> None:
        try:
            offer = updating.offered(pack)
        except Refused as refusal:
            self._say(refusal.sentence, "problem")
            return
        self._offered = offer
        self._means.setText(update.coming(offer))
        self._means.show()
        self._say("")
        self._take.setText(tr("&Take it and open the program again"))

    def _accept_offered(self) -> None:
        self.wanted = self._offered
        self.accept()

    def _go_back(self) -> None:
        assert self._other is not None
        if messages.confirm(self, update.going(self._other), tr("Change the version")):
            self.wanted = self._other
            self.accept()

    def _choose_file(self) -> None:
        kinds = tr("Packs (*.hmip-pack)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a pack"), self._folder, kinds)
        if name:
            self.show_pack(Path(name))

    def _say(self, sentence: str, role: str = "") -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        restyle(self._said, role)

    def _show_standing(self) -> None:
        self._card.hide()
        self._say(update.standing(updating.own_version(), self._publishers, self._other))
        if self._other is not None:
            self._back.setText(update.ready(self._other))
        self._show_buttons()

    def _show_buttons(self) -> None:
        can_take = self.can_take
        self._take.setVisible(can_take)
        self._back.setVisible(self.can_go_back and not can_take)
        self._choose.setVisible(bool(self._publishers))  # else each would be refused
        for one in (self._take, self._back):
            one.setAccessibleName(one.text().replace("&", ""))
        best = self._take if can_take else self._choose if self._publishers else self._close
        for one in (self._choose, self._close):
            restyle(one, "primary" if one is best else "")
        best.setDefault(True)
        best.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made_card(self) -> QWidget:
        card = frame("card")
        inside = QVBoxLayout(card)
        margins(inside, 18, 14, 18, 14, 8)
        for part in (self._title, self._signed, self._new, self._news, self._means):
            inside.addWidget(part)
        return card

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "clear")
        column = QVBoxLayout(inside)
        margins(column, 0, 0, 8, 0, 10)
        column.addWidget(self._how)
        column.addWidget(self._card)
        column.addWidget(self._said)
        column.addStretch(1)
        area = scrolled(inside)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll it
        area.setAccessibleName(tr("What the pack holds"))
        layout = QVBoxLayout(self)
        margins(layout, 24, 20, 24, 18, 10)
        layout.addWidget(label(tr("Take an update"), "title", wrap=True))
        layout.addWidget(area, 1)
        row = QHBoxLayout()
        margins(row, 0, 0, 0, 0, 8)
        row.addWidget(side_by_side(self._take, self._choose, self._back), 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(row)
        room = self.screen().availableSize()
        self.resize(min(scaled(640), room.width()), min(scaled(440), room.height() - 60))


def ask(
    session: Session | None, folder: str, pack: Path | None, parent: QWidget
) -> Pack | Offer | Change | None:
    """Let the user look at a pack and choose; what is to be taken, if anything."""
    dialog = UpdateDialog(session, folder, parent)
    if pack is not None:
        dialog.show_pack(pack)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.wanted if accepted else None
