"""A question with more choices than digits: letters go on after 0, and words stay no answers."""

from collections.abc import Iterator
from pathlib import Path

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from ui.widgets import choices

NAMES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
FORM = "\n".join(
    (
        "survey",
        ",type,name,label,bind::hmip:criteria,bind::hmip:scored",
        ",begin_group,s1,Assisting sentencing,,",
        ",begin_group,c1_1,Assessment and planning,,",
        ",select_multiple many,q1_1_01,Which of these?,1.1,no",
        ",select_one many,q1_1_02,Which one?,1.1,no",
        ",select_one yn,q1_1_03,Was it good?,1.1,yes",
        ",end_group,c1_1,,,",
        ",end_group,s1,,,",
        "choices",
        ",list_name,name,label,line",
        *(f",many,{name},{name.capitalize()}," for name in NAMES),
        ",yn,yes,Yes,above",
        ",yn,no,No,below",
        "settings",
        ",form_title,form_id,version,namespaces",
        ',A small form,small,1,"hmip=""urn:hmip-desktop:form"""',
    )
)


@pytest.fixture
def desk(qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path) -> Iterator[Desk]:
    """The first question has twelve choices, of which several can be ticked."""
    with gui_desk.by_form(FORM, qtbot, qtlog, tmp_path) as made:
        made.walk("NEW-001")
        yield made


def answers(desk: Desk) -> dict[str, str]:
    return dict(desk.in_file("NEW-001").answers)


def test_every_choice_has_a_key_that_it_shows(desk: Desk) -> None:
    card = desk.case.column.card_in_hand
    assert card is not None
    said = [row.accessibleName() for row in card.findChildren(QAbstractButton)]
    keys = [text.rpartition(" ")[2] for text in said if "key " in text]
    assert keys == [*"1234567890AB"]


def test_letters_choose_after_the_digits_one_soon_after_the_other(desk: Desk) -> None:
    for key in (Qt.Key.Key_A, Qt.Key.Key_B, Qt.Key.Key_3, Qt.Key.Key_A):
        desk.press(key)
    assert answers(desk) == {"q1_1_01": "three twelve"}
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_A)
    assert answers(desk)["q1_1_02"] == "eleven"


def test_words_are_no_answers_even_where_they_begin_with_a_key(desk: Desk) -> None:
    desk.press(Qt.Key.Key_2)
    desk.type("bad plan 3 of 4")
    assert answers(desk) == {"q1_1_01": "two"}
    card = desk.case.column.card_in_hand
    assert card is not None
    assert "Words are no answer here" in card.hint
    desk.press(Qt.Key.Key_Return)
    desk.type("about")
    assert answers(desk) == {"q1_1_01": "two"}


def test_after_a_while_a_letter_is_a_key_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.type("plan")
    monkeypatch.setattr(choices, "BETWEEN_LETTERS_MS", 0)  # nobody is typing any more
    assert answers(desk) == {}
    desk.press(Qt.Key.Key_B)
    assert answers(desk) == {"q1_1_01": "twelve"}
