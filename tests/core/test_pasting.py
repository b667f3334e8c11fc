"""A table is taken to a sheet or a document and stays what it was."""

import csv
import html.parser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmip_desktop.errors import Code, Refused
from hmip_desktop.operations import pasting
from hmip_desktop.operations.pasting import CopiedTable

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
TABLE = CopiedTable(
    ("Case", "Offender manager"),
    (("NEW-001", "<b>Bold</b> & Sons"), ("=1+1", "@SUM(A1)\tand\nmore")),
)


class Reader(html.parser.HTMLParser):
    """Reads the cells of a table as any program would."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        self.rows[-1][-1] += data


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_html_holds_every_text_as_text(rows: list[tuple[str, str]]) -> None:
    reader = Reader()
    reader.feed(CopiedTable(("One", "Two"), tuple(rows)).html())
    reader.close()
    assert reader.rows == [["One", "Two"], *(list(row) for row in rows)]
    assert reader.tags <= {"meta", "table", "thead", "tbody", "tr", "th", "td"}


def test_markup_in_the_data_is_no_markup() -> None:
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Sons" in TABLE.html()


def test_nothing_becomes_a_formula() -> None:
    assert TABLE.tabbed().split("\n") == [
        "Case\tOffender manager",
        "NEW-001\t<b>Bold</b> & Sons",
        "'=1+1\t'@SUM(A1) and more",
    ]
    formula, text = TABLE.html().split("NEW-001")[1], TABLE.html().split("NEW-001")[0]
    assert formula.count("mso-number-format") == 2
    assert "mso-number-format" not in text


def test_a_table_is_saved_for_excel_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "Cases.csv"
    path.write_text("what stood there", encoding="utf-8")
    pasting.save_csv(TABLE, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["Case", "Offender manager"],
            ["NEW-001", "<b>Bold</b> & Sons"],
            ["'=1+1", "'@SUM(A1)\tand\nmore"],
        ]
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        pasting.save_csv(TABLE, tmp_path / "pulled out" / "Cases.csv")
    assert refused.value.code is Code.DISK
    folder = tmp_path / "Cases.csv"
    folder.mkdir()
    with pytest.raises(Refused) as refused:
        pasting.save(b"", folder)
    assert refused.value.code is Code.DISK
    assert list(tmp_path.iterdir()) == [folder]
