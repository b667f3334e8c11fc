"""The charts: native, in calm colours that differ in lightness too, each with words for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook

from hmip_desktop.workbook.book import Book
from hmip_desktop.workbook.context import CHART_LINES, make_up
from hmip_desktop.workbook.factor_table import factor_table
from hmip_desktop.workbook.groups import groups_to_draw
from hmip_desktop.workbook.layout import (
    GROUP_CHART_LINES,
    SECTION_CHART_LINES,
    GroupBlock,
    Layout,
    Table,
    group_key,
)
from hmip_desktop.workbook.page import ABOVE, BELOW, LINES, SERIES, Page
from hmip_desktop.workbook.summaries import Summary

LINE_PIXELS = 20
_WIDTH, _SUMMARY_WIDTH = 900, 760
SHARES = {
    "min": 0,
    "max": 1,
    "num_format": "0%",
    "major_gridlines": {"visible": True, "line": {"color": LINES}},
}


@dataclass(frozen=True)
class Series:
    """One series of a chart: its name, the column of its values, and its colour.

    A name that people gave is the cell where it stands: XlsxWriter takes some texts for formulas.
    """

    name: str | list[str | int]
    key: str
    colour: str


@dataclass(frozen=True)
class Drawing:
    """A chart of some rows of a table: bars that lie, in the order of the table."""

    title: str
    described: str
    table: Table
    rows: tuple[int, int]
    categories: str
    series: Sequence[Series]
    kind: dict[str, str]
    axis: dict[str, Any]
    labels: bool = True


def section_chart(workbook: Workbook, page: Page, book: Book, places: Layout) -> None:
    """The section scores, below their table."""
    if not book.form.sections:
        return
    table = places.sections
    described = "Bar chart of the section scores in the table above."
    drawing = _scores(_titled("Score of each section", book), described, table)
    size = _WIDTH, LINE_PIXELS * (SECTION_CHART_LINES - 1)
    insert(workbook, page, (table.last + 2, 0), drawing, size)


def criteria_chart(workbook: Workbook, page: Page, book: Book, places: Layout) -> None:
    """The criterion scores, below their table."""
    table = places.criteria
    if not table.rows:
        return
    described = "Bar chart of the criterion scores in the table above."
    drawing = _scores(_titled("Score of each general criterion", book), described, table)
    size = _WIDTH + 140, 80 + 24 * table.rows
    insert(workbook, page, (table.last + 2, 0), drawing, size)


def _scores(title: str, described: str, table: Table) -> Drawing:
    """One bar for each score of a table."""
    return Drawing(
        title=title,
        described=described,
        table=table,
        rows=(0, table.rows - 1),
        categories="label",
        series=[Series("Score", "score", ABOVE)],
        kind={"type": "bar"},
        axis=SHARES,
    )


def summary_charts(
    workbook: Workbook, page: Page, book: Book, summaries: Iterable[Summary]
) -> None:
    """For each criterion, its questions above and below the line, beside their table."""
    for one in summaries:
        table = one.table
        drawing = Drawing(
            title=_titled(one.title, book),
            described=f"Stacked bars: each question of {one.title}, above and below the line.",
            table=table,
            rows=(0, table.rows - 1),
            categories="label",
            series=[
                Series("Above the line", "above", ABOVE),
                Series("Below the line", "below", BELOW),
            ],
            kind={"type": "bar", "subtype": "percent_stacked"},
            axis={"num_format": "0%", "major_gridlines": {"visible": False}},
            labels=False,
        )
        size = _SUMMARY_WIDTH, one.chart_lines * LINE_PIXELS
        insert(workbook, page, (table.head - 1, len(table.columns) + 1), drawing, size)


def group_charts(workbook: Workbook, page: Page, book: Book, places: Layout) -> None:
    """For each field, the section scores of its groups side by side."""
    for block in places.groups:
        if book.form.sections and groups_to_draw(book, block):
            size = _WIDTH, LINE_PIXELS * (GROUP_CHART_LINES - 1)
            insert(workbook, page, (block.chart_row, 0), _of_block(block, book), size)


def _of_block(block: GroupBlock, book: Book) -> Drawing:
    grouped = block.grouped
    return Drawing(
        title=_titled(f"Score of each section by {grouped.heading}", book),
        described=f"Columns: the section scores of each group by {grouped.heading}.",
        table=block.table,
        rows=(1, len(book.form.sections)),
        categories="label",
        series=[
            _named_above(block.table, group_key(grouped, number, "score"), number)
            for number in groups_to_draw(book, block)
        ],
        kind={"type": "column"},
        axis=SHARES,
        labels=False,
    )


def factor_chart(workbook: Workbook, page: Page, book: Book, places: Layout) -> None:
    """Each factor with the share in which enough was done, by each thing asked."""
    found = places.factors
    if found is None:
        return
    table = factor_table(places, found)
    drawing = Drawing(
        title=_titled("What was done about each factor", book),
        described="Bars: for each factor the shares above the line in the table above.",
        table=table,
        rows=(0, table.rows - 1),
        categories="factor",
        series=[
            _named_above(table, f"{number} share", number, f"{number} above")
            for number, _ in enumerate(found.measures)
        ],
        kind={"type": "bar"},
        axis=SHARES,
    )
    insert(workbook, page, (table.last + 2, 0), drawing, (_WIDTH, 100 + 44 * table.rows))


def context_charts(workbook: Workbook, page: Page, book: Book) -> None:
    """The make-up of the sample, beside each table."""
    for one in make_up(book):
        if not one.counts or book.least:
            continue
        drawing = Drawing(
            title=_titled(f"Cases by {one.heading}", book),
            described=f"Bar chart: how many cases of the sample there are by {one.heading}.",
            table=one.table,
            rows=(0, one.table.rows - 1),
            categories="value",
            series=[Series("Cases", "cases", ABOVE)],
            kind={"type": "bar"},
            axis={
                "num_format": "0",
                "major_gridlines": {"visible": True, "line": {"color": LINES}},
            },
        )
        lines = max(len(one.counts) + 3, CHART_LINES - 1)
        insert(workbook, page, (one.table.head, 4), drawing, (620, lines * LINE_PIXELS))


def _named_above(table: Table, key: str, number: int, named: str = "") -> Series:
    """A series whose name stands in the line above the headings."""
    at = table.column(named or key)
    return Series([table.sheet.value, table.head - 1, at], key, SERIES[number % len(SERIES)])


def _titled(title: str, book: Book) -> str:
    """A title that XlsxWriter cannot take for a reference such as Sheet!A1."""
    plain = " ".join(title.replace("!", " ").split())
    return f"{plain} (PROVISIONAL)" if book.provisional else plain


def insert(
    workbook: Workbook, page: Page, at: tuple[int, int], drawing: Drawing, size: tuple[int, int]
) -> None:
    """Draw a chart at a cell, of a size in pixels."""
    chart = workbook.add_chart(drawing.kind)
    if chart is None:  # only for a type that XlsxWriter does not know
        return
    table, (first, last) = drawing.table, drawing.rows
    categories = table.column(drawing.categories)
    counts = drawing.axis.get("num_format") == "0"
    for one in drawing.series:
        column = table.column(one.key)
        series: dict[str, Any] = {
            "name": one.name,
            "categories": [
                table.sheet.value,
                table.row(first),
                categories,
                table.row(last),
                categories,
            ],
            "values": [table.sheet.value, table.row(first), column, table.row(last), column],
            "fill": {"color": one.colour},
            "gap": 50,
        }
        if drawing.labels:
            series["data_labels"] = {"value": True, "num_format": "0" if counts else "0%"}
        chart.add_series(series)
    chart.set_title({"name": drawing.title, "name_font": {"size": 12}})
    chart.set_legend({"none": True} if len(drawing.series) == 1 else {"position": "bottom"})
    if drawing.kind["type"] == "bar":
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({**drawing.axis, "label_position": "high"})
    else:
        chart.set_x_axis({"num_font": {"size": 9}})
        chart.set_y_axis(drawing.axis)
    chart.set_size({"width": size[0], "height": size[1]})
    chart.show_blanks_as("gap")
    page.sheet.insert_chart(*at, chart, {"description": drawing.described})
    page.reaches(at, size)
