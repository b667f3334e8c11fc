"""The chart of the sections: all together and each inspection side by side."""

from xlsxwriter import Workbook

from hmip_desktop.workbook.aggregate.book import Together, of_section
from hmip_desktop.workbook.aggregate.layout import ALL, Places, key
from hmip_desktop.workbook.charts import LINE_PIXELS, SHARES, Drawing, Series, insert
from hmip_desktop.workbook.layout import SECTION_CHART_LINES
from hmip_desktop.workbook.page import SERIES, Page

_SIZE = 1000, LINE_PIXELS * (SECTION_CHART_LINES - 1)
_TITLE = "Score of each section, inspection by inspection"


def sections_chart(workbook: Workbook, page: Page, book: Together, places: Places) -> None:
    """Columns for each section, in the order and under the names of the table above.

    As many inspections as there are colours to tell them apart; of a copy to pass on those of
    which every score is shown, since a gap would look like a nought.
    """
    table = places.sections
    if not table.rows:
        return
    drawn: list[int | str] = [
        ALL,
        *(number for number in book.numbers if number not in _hidden(book)),
    ]
    drawing = Drawing(
        title=f"{_TITLE} (PROVISIONAL)" if book.provisional else _TITLE,
        described="Columns: the section scores of all together and of each inspection, as in the "
        "table above.",
        table=table,
        rows=(0, table.rows - 1),
        categories="label",
        series=[
            Series(
                [table.sheet.value, table.head - 1, table.column(key(whose, "score"))],
                key(whose, "score"),
                colour,
            )
            for whose, colour in zip(drawn, SERIES, strict=False)
        ],
        kind={"type": "column"},
        axis=SHARES,
        labels=False,
    )
    insert(workbook, page, (places.chart_row, 0), drawing, _SIZE)


def _hidden(book: Together) -> frozenset[int]:
    shares = (
        [of_section(book.own(number), index).cases for number in book.numbers]
        for index in range(len(book.form.sections))
    )
    return frozenset[int]().union(*(book.unseen(cases) for cases in shares))
