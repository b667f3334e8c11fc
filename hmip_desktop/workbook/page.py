"""Cells, styles and printed pages: the few ways in which the sheets may write anything."""

from collections.abc import Iterable
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hmip_desktop.errors import Fault
from hmip_desktop.workbook.layout import Table
from hmip_desktop.workbook.text import cut, fit, looks_like_formula

INK, PALE, BAR, GREY = "#1F3A5F", "#EEF2F7", "#9DB8D9", "#5B6675"
ABOVE, BELOW, LINES = "#1F3A5F", "#E0A458", "#D5DBE3"
SERIES = (
    "#1F3A5F",
    "#E0A458",
    "#4E9A9B",
    "#A5587A",
    "#8CB4D9",
    "#7A6F2B",
    "#C9C2DE",
    "#B5533C",
    "#5B6675",
    "#A9C58C",
    "#3C6E9F",
    "#D9B9A0",
)
"""Told apart also by those who see colours differently: dark and light take turns."""
_TEXT = {"valign": "top", "num_format": "@"}
_WRAPPED = {**_TEXT, "text_wrap": True}
_RIGHT = {"valign": "top", "align": "right", "indent": 1}
_NUMBER = {**_RIGHT, "num_format": "0"}
_PERCENT = {**_RIGHT, "num_format": "0%"}
_FRAME = {"bottom": 1, "bottom_color": "#C3CCD8"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {**_TEXT, "bold": True, "font_size": 18, "font_color": INK},
    "heading": {**_WRAPPED, "bold": True, "font_size": 13, "font_color": INK},
    "block": {**_TEXT, "bold": True, "font_size": 13, "font_color": INK},
    "label": {**_TEXT, "bold": True},
    "plain": _TEXT,
    "prose": _WRAPPED,
    "said": {**_TEXT, "font_color": GREY, "italic": True},
    "warning": {**_WRAPPED, "bold": True, "bg_color": "#FFF1C9"},
    "banner": {**_TEXT, "bold": True, "font_size": 16, "bg_color": "#FFF1C9", "valign": "vcenter"},
    "complete": {**_TEXT, "bold": True, "bg_color": PALE, "valign": "vcenter"},
    "agrees": {"font_color": "#14532D", "bg_color": "#DDF0E3"},
    "entered": {
        "valign": "top",
        "align": "left",
        "num_format": "#,##0",
        "border": 1,
        "border_color": GREY,
    },
    "share": {"valign": "top", "align": "left", "num_format": '0.0%;;"not known"'},
    "fact": {"valign": "top", "align": "left", "num_format": "0"},
    "head": {
        **_WRAPPED,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": INK,
        "border": 1,
        "border_color": "#FFFFFF",
        "valign": "vcenter",
    },
    "across": {
        **_TEXT,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": INK,
        "align": "center_across",
        "valign": "vcenter",
    },
    "text": {**_WRAPPED, **_FRAME},
    "number": {**_NUMBER, **_FRAME},
    "percent": {**_PERCENT, **_FRAME},
    "figure": {**_RIGHT, **_FRAME},
    "score": {**_PERCENT, **_FRAME, "bold": True, "bg_color": PALE},
    "bar": {"valign": "top", "font_name": "Consolas", "font_size": 9, "font_color": INK, **_FRAME},
    "line": {"valign": "top", "num_format": "@", **_FRAME},
    "aside": {**_TEXT, **_FRAME, "font_color": GREY},
    "decimal": {**_RIGHT, **_FRAME, "num_format": "0.00"},
    "verdict": {**_TEXT, **_FRAME, "indent": 1},
    "points": {**_RIGHT, **_FRAME, "num_format": "+0;-0;0"},
    "exact": {**_RIGHT, **_FRAME, "num_format": "0.000000"},
    "hidden": {**_RIGHT, **_FRAME, "font_color": GREY, "num_format": "@"},
    "result": {**_RIGHT, **_FRAME, "num_format": "@"},
}
_HEADER_LIMIT = 150
_A4 = 9
_SMALL_PRINT = 55
_LINE_POINTS = 15.75
_TALLEST = 409
_LINE_PIXELS, _USUAL_WIDTH = 20, 8.43


class Styles:
    """The formats of one workbook, made when first needed."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[str, bool, str], Format] = {}

    def get(self, name: str, *, quoted: bool = False, form: str = "") -> Format:
        """The format of that name; `quoted` keeps what is typed a text, also when edited.

        `form` is how a number is written, where that is not the style's own way.
        """
        key = (name, quoted, form)
        if key not in self._formats:
            own = {"num_format": form} if form else {}
            self._formats[key] = self._workbook.add_format(
                {**_STYLES[name], "quote_prefix": quoted, **own}
            )
        return self._formats[key]


class Page:
    """One sheet being written. A cell that XlsxWriter would drop in silence is a fault."""

    def __init__(self, sheet: Worksheet, styles: Styles, *, live: bool = True) -> None:
        self.sheet = sheet
        self._styles = styles
        self._live = live
        self._last = (0, 0)
        self._widths: dict[int, float] = {}
        self._breaks: list[int] = []

    def text(self, row: int, column: int, text: str, style: str = "text") -> None:
        """Write a text that stays a text, whatever is in it."""
        fitted = fit(text)
        cell_format = self._styles.get(style, quoted=looks_like_formula(fitted))
        _kept(self.sheet.write_string(row, column, fitted, cell_format))

    def number(
        self, row: int, column: int, number: float, style: str = "number", form: str = ""
    ) -> None:
        """Write a number; `form` is a format of Excel other than the style's own."""
        cell_format = self._styles.get(style, form=form)
        _kept(self.sheet.write_number(row, column, number, cell_format))

    def figure(self, row: int, column: int, value: float | str, style: str) -> None:
        """Write a figure without a formula; a frame where there is none."""
        if isinstance(value, str):
            self.text(row, column, value, style)
        else:
            self.number(row, column, value, style)

    def formula(
        self, row: int, column: int, formula: str, value: float | str, style: str = "number"
    ) -> None:
        """Write a formula together with the value that it comes to; that alone if not live."""
        if not self._live:
            self.figure(row, column, value, style)
            return
        _kept(self.sheet.write_formula(row, column, formula, self._styles.get(style), value))

    def title(self, title: str, about: str, warning: str = "") -> None:
        """The lines above a list: what it is, a line about it, and whether it can change."""
        self.text(0, 0, title, "title")
        self.sheet.set_row(0, 28)
        self.text(1, 0, about, "said")
        if warning:
            self.text(2, 0, warning, "label")
        self.sheet.hide_gridlines(2)

    def height(self, row: int, *wrapped: tuple[str, float]) -> None:
        """Make a row tall enough for texts in columns of these widths.

        Excel would see to it by itself, other programs leave such rows cut off.
        """
        lines = max(lines_of(text, width) for text, width in wrapped)
        if lines > 1:
            self.sheet.set_row(row, min(lines * _LINE_POINTS, _TALLEST))

    def headings(self, table: Table) -> None:
        """Write the headings of a table and set the widths of its columns."""
        for number, column in enumerate(table.columns):
            self.text(table.head, number, column.heading, "head")
            self.width(number, column.width)
        self.sheet.set_row(table.head, 2 * _LINE_POINTS)

    def width(self, column: int, letters: float) -> None:
        """Set the width of a column; of two tables below each other the wider one counts."""
        letters = max(letters, self._widths.get(column, 0))
        self._widths[column] = letters
        self.sheet.set_column(column, column, letters)

    def list_like(self, table: Table, frozen_columns: int) -> None:
        """Make the sheet one long list: headings stay in sight and on each printed page."""
        self.headings(table)
        self.sheet.freeze_panes(table.head + 1, frozen_columns)
        self.sheet.repeat_rows(table.head)

    def filtered(self, table: Table) -> None:
        """Put filter buttons on a table."""
        self.sheet.autofilter(table.head, 0, table.last, len(table.columns) - 1)

    def bars(self, table: Table, keys: Iterable[str]) -> None:
        """Bars behind the shares in these columns, beside the figure and never instead of it."""
        bar = {
            "type": "data_bar",
            "bar_color": BAR,
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": 1,
        }
        for key in keys:
            column = table.column(key)
            self.sheet.conditional_format(table.row(0), column, table.last, column, bar)

    def verdicts(self, table: Table, key: str) -> None:
        """Colour what agrees and what does not, beside the words that say so."""
        column = table.column(key)
        for word, style in (("OK", "agrees"), ("differs", "warning")):
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{word}"',
                "format": self._styles.get(style),
            }
            self.sheet.conditional_format(table.row(0), column, table.last, column, rule)

    def reaches(self, at: tuple[int, int], size: tuple[int, int]) -> None:
        """Remember how far a chart reaches, so that all of it is printed."""
        row, column = at
        left = size[0]
        while left > 0:
            left -= round(7 * self._widths.get(column, _USUAL_WIDTH)) + 5
            column += 1
        row += size[1] // _LINE_PIXELS + 1
        self._last = max(self._last[0], row), max(self._last[1], column)

    def break_before(self, row: int) -> None:
        """Begin a new printed page with this row."""
        if row:
            self._breaks.append(row)

    def _print_area(self) -> None:
        """All cells that are written, and all charts."""
        row, column = (
            max(written or 0, drawn)
            for written, drawn in zip(
                (self.sheet.dim_rowmax, self.sheet.dim_colmax), self._last, strict=True
            )
        )
        self.sheet.print_area(0, 0, row, column)

    def print_setup(self, title: str, marking: str, *, repeated: int = 0) -> None:
        """Landscape A4, as wide as the page, with the marking above and below each page.

        A sheet that is far too wide for that is printed in parts, its first columns on each.
        """
        own, mark = _in_header(title), _in_header(marking)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        if repeated:
            self.sheet.repeat_columns(0, repeated - 1)
            self.sheet.set_print_scale(_SMALL_PRINT)
        else:
            self.sheet.fit_to_pages(1, 0)
        self.sheet.set_h_pagebreaks(self._breaks)
        self._print_area()
        self.sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
        self.sheet.set_header(f"&L{own}&R&B{mark}")
        self.sheet.set_footer(f"&L&A&C{mark}&RPage &P of &N")
        # Values such as 3 and ids such as 4 are texts on purpose: no green corners on them.
        self.sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a column of so many letters, rather one too many."""
    if len(text) < width * 0.9 and "\n" not in text:
        return 1
    return sum(1 + int(len(line) / (width * 0.9)) for line in text.split("\n"))


def _in_header(text: str) -> str:
    """Text for a header: & is its command sign, and a header holds 255 letters at most."""
    return cut(" ".join(fit(text).split()), _HEADER_LIMIT // 2, "…").replace("&", "&&")


def _kept(result: int) -> None:
    if result:
        raise Fault("The workbook has more rows, columns or letters than Excel can hold.")
