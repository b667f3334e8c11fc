from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QMenuBar, QMessageBox, QTableView, QWidget

from ui import theme


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp, theme.LIGHT, 100)


@pytest.mark.parametrize("kind", [QMenuBar, QMessageBox, QTableView])
def test_the_text_size_reaches_what_windows_gives_letters_of_its_own(
    app: QApplication, kind: type[QWidget]
) -> None:
    for name in ("QMenuBar", "QMessageBox", "QAbstractItemView"):
        app.setFont(QFont("Small letters of Windows", 8), name)  # type: ignore[arg-type]
    theme.apply(app, theme.LIGHT, 150)
    letters = app.font(kind())
    assert letters.family() == app.font().family()
    assert letters.pixelSize() == theme.scaled(theme.BASE_TEXT)
