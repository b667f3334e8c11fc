"""Native charts: drawn by XlsxWriter in a small workbook, which stays their data in Word."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from xlsxwriter import Workbook

from hmip_desktop.errors import Fault
from hmip_desktop.summary.content import Chart
from hmip_desktop.workbook.page import ABOVE, BELOW, INK, LINES
from hmip_desktop.workbook.saving import OPTIONS, of_no_system
from hmip_desktop.workbook.text import fit

FONT = "Arial"
_SHEET = "Data"
_AT = "xl/charts/chart1.xml"
_COLOURS = ((ABOVE, "#FFFFFF"), (BELOW, "#14202B"))
"""Of each series, and of the figures in its bars."""
_HEAD, _BAR = 1.6, 0.46
_CATEGORIES = 0.49
"""The part of the width that the texts beside the bars have."""
_ONLY_VALUES = b'<c:showVal val="1"/>'
_NOTHING_ELSE = (
    b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    b'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
"""What is left unsaid of a label is shown by some programs, and hidden by others."""


@dataclass(frozen=True)
class Drawn:
    """A chart as XML, the workbook with its data, and its height in centimetres."""

    xml: bytes
    workbook: bytes
    height: float


def drawn(chart: Chart, as_at: datetime) -> Drawn:
    """Draw a chart."""
    buffer = BytesIO()
    workbook = Workbook(buffer, OPTIONS)
    workbook.set_properties({"created": as_at.replace(tzinfo=None)})
    sheet = workbook.add_worksheet(_SHEET)
    sheet.set_column(0, 0, 70)
    sheet.write_column(1, 0, [fit(one) for one in chart.categories])
    picture = workbook.add_chart(_kind(chart))
    if picture is None:  # only for a type that XlsxWriter does not know
        raise Fault("A chart of the summary could not be drawn.")
    last = len(chart.categories)
    for place, one in enumerate(chart.series, 1):
        sheet.write_string(0, place, fit(one.name))
        sheet.write_column(1, place, one.values)
        picture.add_series(
            {
                "name": [_SHEET, 0, place],
                "categories": [_SHEET, 1, 0, last, 0],
                "values": [_SHEET, 1, place, last, place],
                **_look(chart, place - 1),
            }
        )
    _frame(picture, chart)
    sheet.insert_chart(1, len(chart.series) + 2, picture)
    workbook.close()
    with ZipFile(buffer) as files:
        xml = files.read(_AT).replace(_ONLY_VALUES, _NOTHING_ELSE)
    return Drawn(xml, of_no_system(buffer.getvalue()), _HEAD + _BAR * last)


def _kind(chart: Chart) -> dict[str, str]:
    return {"type": "bar", "subtype": "percent_stacked"} if _parted(chart) else {"type": "bar"}


def _parted(chart: Chart) -> bool:
    """Whether its bars are divided."""
    return len(chart.series) > 1


def _look(chart: Chart, number: int) -> dict[str, Any]:
    """The colour of a series and the figures in or beside its bars; a nought has none."""
    colour, inside = _COLOURS[number]
    font = {"name": FONT, "size": 8, "color": inside if _parted(chart) else INK}
    form = "0;;;" if _parted(chart) else "0%"
    labels = {"value": True, "num_format": form, "font": font}
    return {"fill": {"color": colour}, "gap": 35, "data_labels": labels}


def _frame(picture: Any, chart: Chart) -> None:
    """The axes, and what says which colour is which."""
    small = {"name": FONT, "size": 7.5}
    no_ticks = {"major_tick_mark": "none", "minor_tick_mark": "none"}
    picture.set_title({"none": True})
    picture.set_y_axis(
        {
            **no_ticks,
            "reverse": True,
            "interval_unit": 1,  # else Word leaves out every other text where there is little room
            "num_font": small,
            "line": {"color": LINES},
        }
    )
    picture.set_x_axis(
        {
            **no_ticks,
            "min": 0,
            "max": 1,
            "num_format": "0%",
            "num_font": small,
            "label_position": "high",
            "major_gridlines": {"visible": True, "line": {"color": LINES}},
        }
    )
    legend = {"position": "top", "font": small} if _parted(chart) else {"none": True}
    picture.set_legend(legend)
    picture.set_chartarea({"border": {"none": True}})
    height = _HEAD + _BAR * len(chart.categories)
    top = (0.9 if _parted(chart) else 0.2) / height
    bottom = 0.75 / height
    box = {"x": _CATEGORIES, "y": top, "width": 0.97 - _CATEGORIES, "height": 1 - top - bottom}
    picture.set_plotarea({"layout": box})
