"""Tables and pictures on the clipboard or in files: by key, context menu and Menu key."""

import atexit
import re
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QImageWriter, QKeySequence
from PySide6.QtWidgets import QFileDialog, QTableView, QWidget

from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from hmip_desktop.operations import pasting
from hmip_desktop.operations.pasting import CopiedTable
from ui import messages

_NO_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def let_copy_table(view: QTableView) -> None:
    """Let a table be copied and saved, as it is sorted and filtered on screen."""
    offer(view, tr("Copy rows"), lambda: copy_table(shown(view, _chosen(view))), by_key=True)
    offer(view, tr("Copy table"), lambda: copy_table(shown(view)))
    offer(view, tr("Save table..."), lambda: save_table(view, shown(view), view.accessibleName()))


def offer(widget: QWidget, text: str, does: Callable[[], object], *, by_key: bool = False) -> None:
    """Put something into the context menu of a widget; `by_key` it is what Ctrl+C does there."""
    action = QAction(text, widget)
    if by_key:
        action.setShortcut(QKeySequence.StandardKey.Copy)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked: does())
    widget.addAction(action)
    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def shown(view: QTableView, rows: Sequence[int] | None = None) -> CopiedTable:
    """A table on screen, or some of its rows; with the columns that have no room there."""
    model = view.model()
    columns = range(model.columnCount())
    chosen = range(model.rowCount()) if rows is None else rows
    return CopiedTable(
        tuple(str(model.headerData(at, Qt.Orientation.Horizontal)) for at in columns),
        tuple(tuple(str(model.index(row, at).data() or "") for at in columns) for row in chosen),
    )


def copy_table(table: CopiedTable) -> None:
    """Put a table on the clipboard, for a sheet and for a document; one without rows never."""
    if not table.rows:
        return
    data = QMimeData()
    data.setText(table.tabbed())
    data.setHtml(table.html())
    QGuiApplication.clipboard().setMimeData(data)
    _empty_at_exit()


def copy_picture(picture: QImage) -> None:
    """Put a picture on the clipboard."""
    QGuiApplication.clipboard().setImage(picture)
    _empty_at_exit()


@cache
def _empty_at_exit() -> None:
    """Where the clipboard ends with the program, empty it while Python lives.

    Qt would else ask data of ours for its text after Python has gone, and crash. Windows and
    macOS keep what was copied.
    """
    if sys.platform not in ("win32", "darwin"):
        atexit.register(_empty)


def _empty() -> None:
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


def save_table(parent: QWidget, table: CopiedTable, name: str) -> None:
    """Ask where to save a table as a CSV file, and save it."""
    kind = tr("Table for a spreadsheet (*.csv)")
    if path := _asked(parent, tr("Save the table"), name, ".csv", kind):
        _kindly(parent, lambda: pasting.save_csv(table, path))


def save_picture(parent: QWidget, picture: QImage, name: str) -> None:
    """Ask where to save a picture as a PNG file, and save it."""
    if path := _asked(parent, tr("Save the picture"), name, ".png", tr("Picture (*.png)")):
        _kindly(parent, lambda: pasting.save(_png(picture), path))


def _chosen(view: QTableView) -> list[int]:
    return sorted(index.row() for index in view.selectionModel().selectedRows())


def _asked(parent: QWidget, title: str, name: str, suffix: str, kind: str) -> Path | None:
    suggested = _NO_FILE_NAME.sub(" ", name).strip() + suffix
    found, _ = QFileDialog.getSaveFileName(parent, title, suggested, kind)
    return Path(found).with_suffix(suffix) if found else None


def _kindly(parent: QWidget, save: Callable[[], None]) -> None:
    try:
        save()
    except Refused as refusal:
        messages.refused(parent, refusal)


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(buffer.data().data())
