"""Nothing outside a case file tells which inspection somebody works on."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ui import traces

SECRET = "Merseyside"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where Qt keeps its own settings, for this test alone."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    return tmp_path / "QtProject.conf"


def test_the_folders_that_qt_s_own_dialog_showed_are_forgotten(
    qtbot: QtBot, tmp_path: Path, kept: Path
) -> None:
    folder = tmp_path / SECRET
    folder.mkdir()
    dialog = QFileDialog(None, "Open", str(folder))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    dialog.done(0)
    with qtbot.waitSignal(dialog.destroyed):  # it remembers when it goes
        dialog.deleteLater()
    other = QSettings(QSettings.Scope.UserScope, "QtProject")
    other.setValue("FileDialog/viewMode", "List")
    other.sync()
    assert SECRET in kept.read_text(encoding="utf-8")
    traces.forget_folders()
    left = kept.read_text(encoding="utf-8")
    assert SECRET not in left
    assert "viewMode" in left
