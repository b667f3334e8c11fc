"""What everybody must be able to read, reach and hear."""

import dataclasses
from pathlib import Path

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QWidget

from hmip_desktop import paths
from hmip_desktop.form.model import Choice, Line, Wording
from ui import actions, crash, theme
from ui.models.pages_of_case import PageOrder, chapters
from ui.widgets.choices import choice_keys
from ui.widgets.fields import as_iso

desk, inspection = gui_desk.desk, gui_desk.inspection
LOOKS = (theme.LIGHT, theme.DARK, theme.CONTRAST)
TEXTS = (
    *((ink, ground) for ink in ("ink", "quiet", "above", "below") for ground in ("card", "window")),
    *((ink, "chosen") for ink in ("ink", "quiet", "above", "below", "accent")),
    ("accent", "card"),
    ("accent", "tab"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("above", "green_ground"),
    ("below", "amber_ground"),
    ("ink", "amber_ground"),
    ("ink", "grey_ground"),
    ("quiet", "field"),
)
SIGNS = (("frame", "card"), ("accent", "card"), ("above", "rest"), ("accent", "rest"))


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(look: theme.Colours, one: str, other: str) -> float:
    found = dataclasses.asdict(look)
    low, high = sorted((brightness(found[one]), brightness(found[other])))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_texts_and_signs_keep_the_contrast_of_wcag_aa(look: theme.Colours) -> None:
    assert {pair: contrast(look, *pair) for pair in TEXTS if contrast(look, *pair) < 4.5} == {}
    assert {pair: contrast(look, *pair) for pair in SIGNS if contrast(look, *pair) < 3.0} == {}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("text_size", [80, 100, 200])
def test_the_stylesheet_is_filled_in_whole(look: theme.Colours, text_size: int) -> None:
    assert "$" not in theme.stylesheet(look, text_size)


def test_every_control_has_a_name(desk: Desk) -> None:
    desk.walk("NEW-001")
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    seen: list[QWidget] = [w for w in desk.place.findChildren(QWidget) if isinstance(w, kinds)]
    nameless = [
        w
        for w in seen
        if w.isVisible()
        and w.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not w.accessibleName()
        and not (isinstance(w, QAbstractButton) and w.text())
        and not w.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_every_key_is_used_once_and_is_in_the_list() -> None:
    keys = [key for does in actions.ALL for key in does.keys]
    assert len(keys) == len(set(keys))
    assert len(actions.key_list()) == len(actions.AMONG_CHOICES) + sum(
        bool(does.keys) for does in actions.ALL
    )


@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        ("ab", "12"),
        ("abn", "120"),
        ("nnn", "123"),
        ("abbn", "1230"),
        ("n" * 10, "1234567890"),
        ("n" * 12, "1234567890AB"),
        ("n" * 37, "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-"),
    ],
)
def test_keys_choose_in_order_and_zero_is_what_is_not_counted(lines: str, keys: str) -> None:
    where = {"a": Line.ABOVE, "b": Line.BELOW, "n": Line.NOT_COUNTED}
    choices = [Choice(str(at), Wording(), where[line]) for at, line in enumerate(lines)]
    assert choice_keys(choices) == tuple(key.replace("-", "") for key in keys)


@pytest.mark.parametrize("typed", ["2013-05-06", "6 May 2013", "06/05/2013", "6.5.2013", "6/5/13"])
def test_dates_are_understood_as_people_write_them(typed: str) -> None:
    assert as_iso(typed) == "2013-05-06"


def test_criteria_can_be_walked_by_section_or_by_journey(desk: Desk) -> None:
    form = desk.session.form
    by_section = chapters(form, PageOrder.SECTION)
    assert [one.title for one in by_section] == [
        "1 Assisting sentencing",
        "2 Delivering the sentence",
    ]
    (together,) = chapters(form, PageOrder.JOURNEY)
    assert [group.id for group in together.groups] == ["1.1", "2.1"]


def test_a_fault_is_logged_without_what_was_typed(home: Path) -> None:
    with pytest.raises(ValueError, match="invalid literal") as caught:
        int("a sentence out of a case")
    crash.note(caught.value, caught.tb)
    log = paths.log_file().read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_gui_look.py" in log
    assert "sentence" not in log


@pytest.mark.parametrize("language", ["default", "Welsh (cy)"])
def test_with_large_text_one_side_at_a_time_and_the_ways_out_stay(
    desk: Desk, language: str
) -> None:
    wanted = desk.window.settings.with_text_size(200)
    desk.window.use_settings(dataclasses.replace(wanted, language=language))
    desk.window.resize(1024, 700)
    gui_desk.wake(desk)
    desk.walk("NEW-001")
    desk.bot.waitUntil(lambda: desk.case.isVisible() and not desk.case.shows_guidance)
    assert desk.window.width() <= 1024
    desk.place.run("outline")
    desk.place.run("guidance")
    assert desk.case.shows_guidance
    assert not desk.case.shows_outline
    away = [one for one in desk.case.ways.findChildren(QAbstractButton) if one.isVisible()]
    assert len(away) == 2
    away[1].click()
    assert desk.place.place.page == "review"
    desk.window.use_settings(dataclasses.replace(wanted, text_size=100, language="default"))
