"""Several inspections set side by side, at a desk with the leads' files."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import gui_desk
import openpyxl
import pytest
from gui_desk import WORDS, Desk, come_forward, in_dialog, made_inspection
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import STATUS
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.reading import Reading
from ui.dialogs.aggregate import AggregateDialog
from ui.dialogs.aggregate_passphrase import AggregatePassphraseDialog

desk, inspection = gui_desk.desk, gui_desk.inspection


_MADE: dict[str, bytes] = {}


@pytest.fixture
def leads(tmp_path: Path) -> tuple[Path, Path]:
    """Two leads' files of inspections with the same form, all signed off; made once."""
    for name in ("first", "second"):
        if name not in _MADE:
            _MADE[name] = signed(tmp_path / name).read_bytes()
        (tmp_path / f"{name}.hmip").write_bytes(_MADE[name])
    return tmp_path / "first.hmip", tmp_path / "second.hmip"


def signed(folder: Path) -> Path:
    folder.mkdir()
    lead, _ = made_inspection(folder)
    with open_case_file(lead, Passphrase(WORDS)) as document:
        for one in Reading(document).assessments.values():
            key = one.assessment.key
            answers = [(key.answer("q1_1_01"), "yes"), (key.answer("q2_1_03"), "no")]
            document.write(document.about.owner, [*answers, (key.field(STATUS), "signed off")])
    return lead


@pytest.fixture
def dialog(qtbot: QtBot) -> AggregateDialog:
    """The dialog as it opens where no case file is open."""
    made = AggregateDialog("")
    qtbot.addWidget(made)
    made.show()
    return made


def add(dialog: AggregateDialog, paths: Sequence[Path], *words: str) -> None:
    """Add files, and type passphrases as they are asked for."""

    def answer(asked: AggregatePassphraseDialog) -> None:
        for word in words:
            asked.type_passphrase(word)
            asked.unlock()

    wrong = in_dialog(AggregatePassphraseDialog, answer) if words else []
    dialog.add(paths)
    assert wrong == []


def test_two_inspections_become_a_workbook(
    dialog: AggregateDialog, leads: tuple[Path, Path], tmp_path: Path
) -> None:
    assert not dialog.can_save
    add(dialog, leads, "not this one", WORDS)
    assert [line.splitlines()[0] for line in dialog.lines] == ["Newtown 2026", "Newtown 2026"]
    assert dialog.can_save
    out = tmp_path / "out.xlsx"
    dialog.save_to(out)
    assert out.name in dialog.said
    assert "Scores" in openpyxl.load_workbook(out).sheetnames


def test_a_file_that_cannot_be_used_says_so_beside_its_name(
    dialog: AggregateDialog, leads: tuple[Path, Path], inspection: tuple[Path, Path]
) -> None:
    copied = leads[0].with_name("a copy.hmip")
    shutil.copy(leads[0], copied)
    add(dialog, [leads[0], copied], WORDS)
    assert "a copy.hmip" in dialog.lines[1]
    assert leads[0].name in dialog.lines[1]
    assert not dialog.can_save
    dialog.remove()
    dialog.add([inspection[1], leads[1]])
    assert inspection[1].name in dialog.lines[1]
    assert not dialog.can_save
    dialog._list.setCurrentRow(1)
    dialog.remove()
    assert dialog.can_save


def test_a_file_whose_passphrase_nobody_knows_is_left_out(
    dialog: AggregateDialog, leads: tuple[Path, Path]
) -> None:
    wrong = in_dialog(AggregatePassphraseDialog, lambda asked: asked.reject())
    dialog.add(leads[:1])
    assert wrong == []
    assert dialog.lines == []


def test_the_order_is_changed_and_files_taken_away_by_keys(
    dialog: AggregateDialog, leads: tuple[Path, Path]
) -> None:
    add(dialog, leads, WORDS)
    come_forward(dialog)
    dialog._up.click()
    assert "second.hmip" in dialog.lines[0]
    dialog._list.setCurrentRow(0)
    dialog._list.setFocus()
    QTest.keyClick(dialog._list, Qt.Key.Key_Delete)
    assert [line.rpartition(", ")[2] for line in dialog.lines] == ["first.hmip"]
    assert not dialog.can_save


def test_versions_that_differ_are_listed_until_a_crosswalk_is_chosen(
    dialog: AggregateDialog, leads: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "third"
    folder.mkdir()
    survey = gui_desk.SURVEY.replace("q1_1_03", "q1_1_30")
    text = "survey\n" + survey + gui_desk.CHOICES.replace(",small,1,", ",small,2,")
    (folder / "form.csv").write_text(text, encoding="utf-8")
    made, _ = made_inspection(folder, folder / "form.csv")
    with open_case_file(made, Passphrase(WORDS)) as document:
        one = next(iter(Reading(document).assessments.values())).assessment.key
        changes = [(one.answer("q1_1_01"), "yes"), (one.field(STATUS), "signed off")]
        document.write(document.about.owner, changes)
    add(dialog, [leads[0], made], WORDS)
    assert not dialog.can_save
    assert "1.1.30" in dialog.details
    crosswalk = tmp_path / "crosswalk.csv"
    crosswalk.write_text("form_version,question,same_as\n1,q1_1_03,q1_1_30\n")
    dialog.use_crosswalk(crosswalk)
    assert dialog.can_save
    assert dialog.details == ""
    dialog.use_crosswalk(None)
    assert not dialog.can_save


def test_files_are_dropped_on_it(
    dialog: AggregateDialog, leads: tuple[Path, Path], qtbot: QtBot
) -> None:
    dialog._known.append(Passphrase(WORDS))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in leads])
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(5, 5), copy, data, button, none)
    QApplication.sendEvent(dialog, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(dialog, QDropEvent(QPointF(5, 5), copy, data, button, none))
    qtbot.waitUntil(lambda: len(dialog.lines) == 2)
    assert dialog.can_save


def test_from_the_menu_the_open_file_needs_no_passphrase(
    desk: Desk, leads: tuple[Path, Path]
) -> None:
    desk.open(leads[0])

    def choose(dialog: AggregateDialog) -> None:
        dialog.add(leads)
        assert dialog.can_save

    wrong = in_dialog(AggregateDialog, choose)
    desk.window.commands["aggregate"].trigger()
    assert wrong == []
    assert desk.session.path == leads[0]
