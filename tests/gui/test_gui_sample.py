"""What the sample says stands beside the question; one key takes it, and nothing by itself."""

from collections.abc import Iterator
from pathlib import Path

import gui_desk
import pytest
from gui_desk import Desk, look_over
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from ui.pages.results import Part, ResultsPage
from ui.pages.review_parts import DoubtList
from ui.widgets.sample_row import SampleRow

CTRL = Qt.KeyboardModifier.ControlModifier
FORM = """\
survey
,type,name,label,bind::hmip:criteria,bind::hmip:scored,bind::hmip:field
,begin_group,details,Case details,,,
,select_one rosh,q0_01,Which RoSH level?,,no,rosh
,select_one ldu,q0_02,Which LDU?,,no,ldu
,select_one yn,q0_03,Was there a report?,,no,
,end_group,details,,,,
,begin_group,s1,Assisting sentencing,,,
,begin_group,c1_1,Assessment and planning,,,
,select_one yn,q1_1_01,Was it good?,1.1,yes,
,end_group,c1_1,,,,
,end_group,s1,,,,
choices
,list_name,name,label,line
,yn,yes,Yes,above
,yn,no,No,below
,rosh,low,Low,
,rosh,medium,Medium,
,ldu,sefton,Sefton,
,ldu,knowsley,Knowsley,
settings
,form_title,form_id,version,namespaces
,A small form,small,1,"hmip=""urn:hmip-desktop:form\"""
"""


@pytest.fixture
def desk(qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path) -> Iterator[Desk]:
    """A case of a sample that says Medium, and an LDU that the form does not know."""
    with gui_desk.by_form(FORM, qtbot, qtlog, tmp_path) as made:
        yield made


def row(desk: Desk) -> SampleRow:
    card = desk.case.column.card_in_hand
    assert card is not None
    assert card.sample is not None
    return card.sample


def test_one_key_takes_what_the_sample_says_and_undo_gives_it_back(desk: Desk) -> None:
    desk.walk("NEW-001")
    assert row(desk).text == "The sample says: Medium"
    assert desk.in_file("NEW-001").answers == {}
    desk.press(Qt.Key.Key_T, CTRL)
    assert desk.in_file("NEW-001").answers == {"q0_01": "medium"}
    assert row(desk).text == "The sample says the same: Medium"
    assert not row(desk).can_be_used
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.in_file("NEW-001").answers == {}
    desk.press(Qt.Key.Key_Return)
    assert desk.in_hand == "0.02"


def test_the_button_is_reached_by_tab_and_the_keys_go_on_after_it(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    assert row(desk).text == "⚠ The sample says: Medium. The answer differs."
    desk.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert desk.focus is row(desk)._use
    desk.press(Qt.Key.Key_Space)
    assert desk.in_file("NEW-001").answers == {"q0_01": "medium"}
    desk.press(Qt.Key.Key_Return)
    assert desk.in_hand == "0.02"


def test_what_is_none_of_the_choices_is_said_and_cannot_be_taken(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_Return)
    assert row(desk).text == "The sample says: Newtown. That is none of these choices."
    assert not row(desk).can_be_used
    desk.press(Qt.Key.Key_T, CTRL)
    desk.press(Qt.Key.Key_1)
    assert desk.in_file("NEW-001").answers == {"q0_02": "sefton"}


def test_where_the_sample_says_nothing_the_key_says_so(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.case.go_to(desk.session.form.question_by_name["q0_03"])
    desk.press(Qt.Key.Key_T, CTRL)
    card = desk.case.column.card_in_hand
    assert card is not None
    assert card.sample is None
    assert card.hint == "The sample says nothing about this question."


def test_the_review_says_what_differs_and_keeps_why_it_stands(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    look_over(desk)
    (doubts,) = desk.place.review_page.findChildren(DoubtList)
    said = [one.text() for one in doubts.findChildren(QLabel)]
    assert "These answers differ from the sample" in said
    assert "The sample says: Medium. The answer: Low." in said
    (line,) = doubts.findChildren(QLineEdit)
    line.setFocus()
    desk.type("Lowered in May.")
    desk.press(Qt.Key.Key_Return)
    assert desk.in_file("NEW-001").stands == {"q0_01": "Lowered in May."}


def test_in_a_case_that_is_signed_off_nothing_is_taken(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    key = desk.case.key
    assert key is not None
    assert desk.session.sign_off(key) is None
    assert not row(desk).can_be_used
    desk.press(Qt.Key.Key_T, CTRL)
    assert desk.in_file("NEW-001").answers == {"q0_01": "low"}
    card = desk.case.column.card_in_hand
    assert card is not None
    assert card.hint == "The answers of this case are read only."


def test_before_publishing_the_lead_is_told_and_led_to_the_question(desk: Desk) -> None:
    desk.walk("NEW-002")
    desk.press(Qt.Key.Key_1)
    desk.open(desk.lead)
    desk.place.merge([desk.own])
    desk.place.show_page("results")
    page = desk.place.findChild(ResultsPage)
    assert page is not None
    page.show_part(Part.PUBLISH)
    said = "1 answer differs from the sample and nobody said why it stands: NEW-002 0.01."
    assert said in [one.text() for one in page.findChildren(QLabel)]
    way = f"Go to the first: {said}"
    (found,) = [one for one in page.findChildren(QPushButton) if one.accessibleName() == way]
    found.click()
    assert desk.place.in_case
    assert desk.in_hand == "0.01"
    assert row(desk).text == "⚠ The sample says: Medium. The answer differs."
