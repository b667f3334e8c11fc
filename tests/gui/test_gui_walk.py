"""An assessor walks a case by keyboard alone."""

from datetime import date

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPlainTextEdit

from hmip_desktop import language
from ui.widgets import choices
from ui.widgets.fields import as_iso, as_read

desk, inspection = gui_desk.desk, gui_desk.inspection
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_case_is_walked_by_keyboard_and_every_key_is_in_the_file(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Return)
    assert desk.place.in_case
    assert desk.in_hand == "1.1.01"

    desk.press(Qt.Key.Key_2)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "no"}
    desk.press(Qt.Key.Key_Return)
    assert desk.in_hand == "1.1.02"
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_3)
    assert desk.in_file("NEW-001").answers["q1_1_02"] == "a c"
    desk.press(Qt.Key.Key_1)
    assert desk.in_file("NEW-001").answers["q1_1_02"] == "c"

    desk.press(Qt.Key.Key_Return)
    assert desk.in_hand == "1.1.04"
    desk.type("Not much 1 2 3 n p")
    desk.press(Qt.Key.Key_Down, CTRL)
    assert desk.in_file("NEW-001").answers["q1_1_04"] == "Not much 1 2 3 n p"
    assert desk.in_hand == "2.1.01"
    desk.type("12")
    desk.press(Qt.Key.Key_Return)
    assert desk.in_file("NEW-001").answers["q2_1_01"] == "12"
    desk.type("6 May 2013")
    desk.press(Qt.Key.Key_Return)
    assert desk.in_file("NEW-001").answers["q2_1_02"] == "2013-05-06"
    assert desk.in_hand == "2.1.03"
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert desk.in_hand == "2.1.02"


def test_zero_chooses_what_is_not_counted(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_0)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "na"}


def test_arrows_look_at_the_choices_and_the_space_bar_chooses(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_Down)
    assert desk.in_file("NEW-001").answers == {}
    desk.press(Qt.Key.Key_Space)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "no"}


def test_choosing_twice_keeps_the_answer_and_delete_takes_it_back(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_1)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "yes"}
    desk.press(Qt.Key.Key_Delete)
    assert desk.in_file("NEW-001").answers == {}


def test_questions_come_and_go_and_the_one_in_hand_stays_where_it_is(desk: Desk) -> None:
    desk.walk("NEW-001")
    card = desk.case.column.card_in_hand
    assert card is not None
    place = card.mapTo(desk.window, QPoint())
    assert desk.asked() == ["1.1.01", "1.1.04"]
    desk.press(Qt.Key.Key_1)
    assert desk.asked() == ["1.1.01", "1.1.03", "1.1.04"]
    assert card.mapTo(desk.window, QPoint()) == place
    desk.press(Qt.Key.Key_2)
    assert desk.asked() == ["1.1.01", "1.1.02", "1.1.04"]
    assert card.mapTo(desk.window, QPoint()) == place


def test_undo_and_redo_go_through_several_answers(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_2)
    desk.press(Qt.Key.Key_0)
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "no"}
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "yes"}
    desk.press(Qt.Key.Key_Y, CTRL)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "no"}


def test_a_number_out_of_bounds_is_said_in_place_and_not_kept(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.case.go_to(desk.session.form.question_by_name["q2_1_01"])
    desk.type("100")
    desk.case.tell()
    assert desk.case.column.card_in_hand is not None
    assert "fewer than 100" in desk.case.column.card_in_hand.problem
    assert desk.in_file("NEW-001").answers == {}


def test_a_note_is_kept_when_typing_pauses(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_E, CTRL)
    assert isinstance(desk.focus, QPlainTextEdit)
    desk.type("Seen on the file.")
    desk.bot.waitUntil(lambda: bool(desk.in_file("NEW-001").notes), timeout=3000)
    assert desk.in_file("NEW-001").notes == {"q1_1_01": "Seen on the file."}
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_1)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "yes"}


def test_a_note_is_kept_when_the_question_is_left(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_E, CTRL)
    desk.type("Seen.")
    desk.case.next()
    assert desk.in_file("NEW-001").notes == {"q1_1_01": "Seen."}


def test_from_a_note_or_a_text_the_keyboard_goes_on(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_E, CTRL)
    desk.type("Seen.")
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.in_file("NEW-001").notes == {"q1_1_01": "Seen."}
    assert desk.in_hand == "1.1.04"
    desk.type("Nothing.")
    desk.press(Qt.Key.Key_Escape)
    assert desk.in_file("NEW-001").answers == {"q1_1_04": "Nothing."}
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert desk.in_hand == "1.1.01"


def test_what_cannot_be_kept_is_not_left_behind(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.case.go_to(desk.session.form.question_by_name["q2_1_01"])
    desk.type("100")
    desk.press(Qt.Key.Key_Return)
    assert desk.in_hand == "2.1.01"
    desk.press(Qt.Key.Key_Backspace)
    desk.press(Qt.Key.Key_Return)
    assert desk.in_hand == "2.1.02"
    assert desk.in_file("NEW-001").answers == {"q2_1_01": "10"}


def test_the_parts_of_the_window_are_reached_by_one_key(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    desk.walk("NEW-001")
    first = desk.focus
    seen = []
    for _ in range(3):
        desk.press(Qt.Key.Key_F6)
        seen.append(desk.focus)
    assert len(set(seen)) == 3
    assert seen[-1] is first


def test_a_note_is_kept_when_the_window_closes(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_E, CTRL)
    desk.type("Seen.")
    desk.window.close()
    desk.open(desk.own)
    assert desk.in_file("NEW-001").notes == {"q1_1_01": "Seen."}


def test_a_mark_is_kept(desk: Desk) -> None:
    desk.walk("NEW-001")
    key = desk.case.key
    assert key is not None
    desk.session.mark(key, "good practice", on=True)
    assert set(desk.in_file("NEW-001").marks) == {"good practice"}


def test_the_text_grows_and_the_user_stays_at_the_question(desk: Desk) -> None:
    desk.walk("NEW-002")
    desk.press(Qt.Key.Key_Down, CTRL)
    before = desk.in_hand
    desk.window.commands["larger"].trigger()
    assert desk.in_hand == before
    desk.window.commands["normal"].trigger()
    assert desk.in_hand == before


@pytest.mark.parametrize("code", ["en", "cy"])
def test_a_date_is_read_as_it_was_shown_in_any_language(code: str) -> None:
    language.use(code)
    try:
        for month in range(1, 13):
            day = date(2013, month, 6).isoformat()
            assert as_iso(as_read(day)) == day
        assert as_iso("6 September 2013") == "2013-09-06"
        assert as_iso("6 nothing 2013") == "6 nothing 2013"
    finally:
        language.use("en")


def test_words_typed_beside_the_note_are_no_answers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.walk("NEW-001")
    desk.type("on page 2 and 3 of the file ")
    assert desk.in_file("NEW-001").answers == {}
    assert desk.in_hand == "1.1.01"
    card = desk.case.column.card_in_hand
    assert card is not None
    assert "Ctrl+E" in card.hint
    monkeypatch.setattr(choices, "BETWEEN_LETTERS_MS", 0)  # nobody is typing any more
    desk.press(Qt.Key.Key_2)
    assert desk.in_file("NEW-001").answers == {"q1_1_01": "no"}


def test_next_unanswered_comes_round_and_says_so(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.case.go_to(desk.session.form.question_by_name["q2_1_03"])
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Down, CTRL)
    assert desk.in_hand == "1.1.01"
    assert desk.place.saved_text.endswith("Round to the first question without an answer.")
    desk.press(Qt.Key.Key_Down, CTRL)
    assert desk.in_hand == "1.1.04"
    assert "Round" not in desk.place.saved_text
    desk.press(Qt.Key.Key_Up, CTRL)
    desk.press(Qt.Key.Key_Up, CTRL)
    assert desk.in_hand == "2.1.02"
    assert desk.place.saved_text.endswith("Round to the last question without an answer.")
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert "Round" not in desk.place.saved_text


def test_where_the_walk_ends_it_says_so(desk: Desk) -> None:
    desk.walk("NEW-001")
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert desk.in_hand == "1.1.01"
    assert desk.place.saved_text.endswith("This is the first question.")
    desk.case.go_to(desk.session.form.question_by_name["q2_1_03"])
    desk.press(Qt.Key.Key_Return)
    assert desk.in_hand == "2.1.03"
    assert desk.place.saved_text.endswith("This is the last question.")


def test_the_last_unanswered_question_and_none_at_all_are_said(desk: Desk) -> None:
    desk.walk("NEW-001")
    given = {"q1_1_01": "na", "q1_1_04": "No.", "q2_1_01": "3", "q2_1_02": "2013-05-06"}
    key = desk.case.key
    assert key is not None
    for name, value in given.items():
        desk.session.answer(key, name, value)
    desk.press(Qt.Key.Key_Down, CTRL)
    assert desk.in_hand == "2.1.03"
    desk.press(Qt.Key.Key_Down, CTRL)
    assert desk.in_hand == "2.1.03"
    assert desk.place.saved_text.endswith("This is the only question without an answer.")
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Down, CTRL)
    assert desk.in_hand == "2.1.03"
    assert desk.place.saved_text.endswith("Every question that is asked has an answer.")
    desk.place.show_page("cases")
    assert "Every question" not in desk.place.saved_text
