"""What the lead changes during the week reaches an assessor who goes on working meanwhile."""

from pathlib import Path

import gui_desk
import pytest
from gui_desk import WORDS, Desk
from PySide6.QtWidgets import QFileDialog

from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.operations import collate, handing_out
from hmip_desktop.operations.reading import Reading
from ui import messages

desk = gui_desk.desk
inspection = gui_desk.inspection


def fresh_hand_out(desk: Desk, folder: Path, question: str) -> Path:
    """The lead asks about a case and hands out again."""
    owner = desk.session.reading.document.about.owner
    with Document.open(desk.lead, Passphrase(WORDS)) as lead:
        reading = Reading(lead)
        key = next(key for key in reading.assessments if key.member == owner)
        collate.ask(reading, key, "Who wrote the report?", question=question)
        made = handing_out.hand_out(lead, folder)
    return next(one.path for one in made if one.path.name == desk.own.name)


def test_a_query_arrives_and_the_answer_given_meanwhile_stands(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = fresh_hand_out(desk, tmp_path / "again", "q1_1_01")
    said: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _, sentence: said.append(sentence))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(fresh), ""))
    key = next(iter(desk.session.reading.assessments))
    assert desk.session.answer(key, "q1_1_01", "yes") is None
    desk.window.commands["take_in"].trigger()
    one = desk.session.assessment(key).assessment
    assert one.answers["q1_1_01"] == "yes"
    asked = [q for a in desk.session.reading.assessments.values() for q in a.assessment.queries]
    assert [query.text for query in asked] == ["Who wrote the report?"]
    desk.window.commands["take_in"].trigger()
    assert len(said) == 2
    assert said[0].startswith("1 change ")
    assert "nothing" in said[1]


def test_somebody_elses_file_is_not_taken_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(messages, "tell", lambda _, sentence: said.append(sentence))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(desk.lead), ""))
    before = len(desk.session.reading.document.journal)
    desk.window.commands["take_in"].trigger()
    assert len(said) == 1
    assert len(desk.session.reading.document.journal) == before
