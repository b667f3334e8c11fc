"""A later version of the form comes into use while a case is on screen."""

from pathlib import Path

import gui_desk
import pytest
from gui_desk import CHOICES, SURVEY, WORDS, Desk, in_dialog
from PySide6.QtWidgets import QFileDialog

from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.form import xlsform
from hmip_desktop.operations import assess, changing_form, handing_out
from hmip_desktop.operations.reading import Reading
from ui import messages
from ui.dialogs.later_form import LaterFormDialog

desk = gui_desk.desk
inspection = gui_desk.inspection
NEW = ",select_one yn,q1_1_05,Was <b>it</b> discussed?,,${q1_1_01} = 'yes',yes,,,1.1,yes\n"


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Version 2: one question more, one fewer."""
    survey = SURVEY.replace(",text,q1_1_04,Anything else about it?,,,,,,1.1,no\n", NEW)
    choices = CHOICES.replace(",A small form,small,1,", ",A small form,small,2,")
    path = tmp_path / "version 2.csv"
    path.write_text(f"survey\n{survey}{choices}", encoding="utf-8")
    return path


def trigger(desk: Desk, monkeypatch: pytest.MonkeyPatch, action: str, file: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    desk.window.commands[action].trigger()


def test_the_lead_sees_what_it_changes_and_takes_it_into_use(
    desk: Desk, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Document.open(desk.lead, Passphrase(WORDS)) as lead:
        assess.answer(Reading(lead), "NEW-001", "q1_1_01", "yes")
        assess.answer(Reading(lead), "NEW-001", "q1_1_04", "It came late.")
    desk.open(desk.lead)
    seen: list[str] = []

    def look(dialog: LaterFormDialog) -> None:
        seen.append(dialog.shown.toPlainText())

    def take(dialog: LaterFormDialog) -> None:
        dialog.accept()

    for does in (look, take):
        wrong = in_dialog(LaterFormDialog, does)
        before = desk.session.form.version
        trigger(desk, monkeypatch, "later_form", later)
        assert wrong == []
        assert before == "1"
    (text,) = seen
    for said in ("1.1.05", "Was <b>it</b> discussed?", "1.1.04", "NEW-001"):
        assert said in text
    assert desk.session.form.version == "2"
    desk.walk("NEW-001")
    assert "1.1.05" in desk.asked()
    assert "1.1.04" not in desk.asked()


def test_it_reaches_an_assessor_in_the_middle_of_a_case(
    desk: Desk, later: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Document.open(desk.lead, Passphrase(WORDS)) as lead:
        reading, source = Reading(lead), xlsform.load(later)
        change = changing_form.plan(reading, source, xlsform.compiled(source))
        changing_form.apply(reading, change)
        (made,) = handing_out.hand_out(lead, tmp_path / "again")
    said: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _, sentence: said.append(sentence))
    desk.walk("NEW-001")
    key = desk.case.key
    assert key is not None
    assert desk.session.answer(key, "q1_1_01", "yes") is None
    assert "1.1.05" not in desk.asked()
    trigger(desk, monkeypatch, "take_in", made.path)
    desk.bot.waitUntil(lambda: desk.session.form.version == "2")
    desk.walk("NEW-001")
    desk.bot.waitUntil(lambda: "1.1.05" in desk.asked())
    assert desk.session.assessment(key).assessment.answers["q1_1_01"] == "yes"


def test_another_form_is_refused_in_a_sentence(
    desk: Desk, later: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later.write_text(later.read_text("utf-8").replace(",small,2,", ",other,2,"), encoding="utf-8")
    desk.open(desk.lead)
    said: list[str] = []
    monkeypatch.setattr(messages, "refused", lambda _, refusal: said.append(refusal.code))
    trigger(desk, monkeypatch, "later_form", later)
    assert said == ["form.unusable"]
    assert desk.session.form.version == "1"
