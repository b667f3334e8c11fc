"""The chart of the section scores."""

from xlsxwriter import Workbook

from hmip_desktop.workbook.layout import CHART_LINES, Table
from hmip_desktop.workbook.page import Page

_LINE_PIXELS = 20
_WIDTH = 860


def section_chart(workbook: Workbook, page: Page, sections: Table, row: int) -> None:
    """A native bar chart of the section scores, in the order of the table and with figures."""
    chart = workbook.add_chart({"type": "bar"})
    if chart is None:  # only for a type that XlsxWriter does not know
        return
    labels, values = (sections.column(key) for key in ("label", "score"))
    first, last = sections.row(0), sections.last
    chart.add_series(
        {
            "name": "Score",
            "categories": [sections.sheet.value, first, labels, last, labels],
            "values": [sections.sheet.value, first, values, last, values],
            "data_labels": {"value": True, "num_format": "0%"},
            "fill": {"color": "#1F3A5F"},
            "gap": 60,
        }
    )
    chart.set_title({"name": "Score of each section", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis(
        {
            "min": 0,
            "max": 1,
            "num_format": "0%",
            "label_position": "high",
            "major_gridlines": {"visible": True, "line": {"color": "#D5DBE3"}},
        }
    )
    chart.set_size({"width": _WIDTH, "height": _LINE_PIXELS * (CHART_LINES - 1)})
    chart.show_blanks_as("gap")
    page.sheet.insert_chart(
        row, 0, chart, {"description": "Bar chart of the section scores in the table above."}
    )
