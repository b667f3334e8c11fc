"""Putting a table model and its columns into a table on a page."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QScrollArea, QTableView

from ui.models.sort_proxy import SortProxy
from ui.models.table import TableModel
from ui.theme import scaled
from ui.widgets.delegates import TableDelegate

_AIR, _ARROW = 24, 18  # around a heading, and what shows that its column is sorted by


def dress(view: QTableView, model: TableModel, *, score: bool = False) -> SortProxy:
    """Connect a table with its rows; the columns' own widths and looks are taken over."""
    proxy = SortProxy(view)
    proxy.setSourceModel(model)
    view.setModel(proxy)
    view.setItemDelegate(TableDelegate(view, score=score))
    fit(view, model)
    return proxy


def fit(view: QTableView, model: TableModel) -> None:
    """Give the columns their widths; those of width 0 share what is left."""
    heads = view.horizontalHeader()
    delegate = view.itemDelegate()
    if isinstance(delegate, TableDelegate):
        delegate.bold = frozenset(at for at, one in enumerate(model.columns) if one.bold)
    for place, column in enumerate(model.columns):
        if column.width:
            heads.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            heads.resizeSection(place, max(scaled(column.width), wanted_width(view, place)))
        else:
            heads.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)


def wanted_width(view: QTableView, column: int, *, heading_only: bool = False) -> int:
    """The width that the texts of a column ask for, its heading included."""
    heads = view.horizontalHeader()
    font = heads.font()
    font.setBold(True)
    heading = view.model().headerData(column, Qt.Orientation.Horizontal)
    sorted_by = heads.isSortIndicatorShown() and heads.sortIndicatorSection() == column
    air = scaled(_AIR + _ARROW if sorted_by else _AIR)
    wanted = QFontMetrics(font).horizontalAdvance(str(heading or "")) + air
    return wanted if heading_only else max(wanted, view.sizeHintForColumn(column))


def hide_spare(view: QTableView, model: TableModel, *, narrow: bool) -> None:
    """In a narrow window leave the room to the columns that matter most."""
    for place, column in enumerate(model.columns):
        view.setColumnHidden(place, narrow and column.spare)


def fit_height(view: QTableView, rows: int) -> int:
    """Make a table just as high as its rows, at most; that height."""
    frame = view.horizontalHeader().sizeHint().height() + scaled(4)
    height = frame + rows * view.verticalHeader().defaultSectionSize()
    view.setMaximumHeight(height)
    return height


def show_whole(view: QTableView, rows: int) -> int:
    """Make a table exactly as high as its rows, for a page that scrolls itself; that height."""
    height = fit_height(view, rows)
    view.setMinimumHeight(height)
    return height


def give_headings_room(view: QTableView) -> None:
    """Make every column at least as wide as its heading."""
    heads = view.horizontalHeader()
    for place in range(heads.count()):
        heads.resizeSection(place, max(heads.sectionSize(place), heads.sectionSizeHint(place)))


def bring_into_view(view: QTableView, cell: QModelIndex) -> None:
    """Let the pages that scroll around a table come to one of its cells."""
    around = view.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and (inside := around.widget()) is not None:
            rect = view.visualRect(cell)
            place = view.viewport().mapTo(inside, rect.center())
            around.ensureVisible(0, place.y(), 0, 2 * rect.height())
        around = around.parentWidget()


def keep_in_view(view: QTableView, area: QScrollArea) -> None:
    """Let a page that scrolls follow the row that the keyboard has come to in a table."""

    def follow(current: QModelIndex) -> None:
        inside, row = area.widget(), view.visualRect(current)
        if inside is not None and view.hasFocus() and row.isValid():
            place = view.viewport().mapTo(inside, QPoint(0, row.center().y()))
            area.ensureVisible(0, place.y(), 0, row.height())

    view.selectionModel().currentRowChanged.connect(follow)


def sort_by(view: QTableView, column: int) -> None:
    """Sort a table, first value at the top."""
    view.sortByColumn(column, Qt.SortOrder.AscendingOrder)
