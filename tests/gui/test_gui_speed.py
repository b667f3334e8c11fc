"""The walk keeps up with its user, also in a form much longer than ours."""

from pathlib import Path
from typing import Any

import gui_desk
import pytest
from gui_desk import Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow

GROUPS, EACH = 20, 75


def long_survey() -> str:
    heads = ",type,name,label,relevant,required,bind::hmip:criteria,bind::hmip:scored"
    rows = [heads, ",begin_group,s1,A long section,,,,"]
    for group in range(1, GROUPS + 1):
        rows.append(f",begin_group,c1_{group},A criterion,,,,")
        for place in range(EACH):
            gate = f"${{q1_{group}_{place - 2:02d}}} = 'yes'" if place % 3 == 2 else ""
            name = f"q1_{group}_{place:02d}"
            rows.append(f",select_one yn,{name},Was it good enough?,{gate},yes,1.{group},yes")
        rows.append(f",end_group,c1_{group},,,,,")
    return "\n".join([*rows, ",end_group,s1,,,,,", ""])


def test_an_answer_among_1500_questions_is_kept(
    benchmark: Any, qtbot: QtBot, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gui_desk, "SURVEY", long_survey())
    window = MainWindow()
    qtbot.addWidget(window)
    desk = Desk(qtbot, window, *gui_desk.made_inspection(tmp_path))
    desk.open(desk.own)
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    desk.walk("NEW-001")
    assert len(desk.session.form.questions) == GROUPS * EACH

    def answer() -> None:
        desk.press(Qt.Key.Key_1)
        QApplication.processEvents()
        desk.press(Qt.Key.Key_Return)

    benchmark.pedantic(answer, rounds=15)
    answered = desk.in_file("NEW-001").answers
    assert len(answered) == (1 if benchmark.disabled else 15)
    window.close()
