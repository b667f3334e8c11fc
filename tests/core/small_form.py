"""Small forms as text tables: written as markdown, csv or xlsx, read by the product."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from hmip_desktop.form import xlsform
from hmip_desktop.form.model import Form
from hmip_desktop.form.routing import Routing
from hmip_desktop.form.xlsform import Checked

Table = Sequence[Sequence[object]]
Sheets = Mapping[str, Table]

CHOICES = (
    ("list_name", "name", "label", "line", "why"),
    ("yn", "yes", "Yes", "above", ""),
    ("yn", "no", "No", "below", ""),
    ("yn", "na", "Not applicable", "", "Nothing to judge"),
    ("parts", "a", "Alcohol", "", ""),
    ("parts", "b", "Budget", "", ""),
    ("parts", "c", "Conduct", "", ""),
)
SETTINGS = (
    ("form_title", "form_id", "version", "namespaces"),
    ("A small form", "small", "7", 'hmip="urn:hmip-desktop:form"'),
)
SURVEY = (
    (
        "type",
        "name",
        "label",
        "relevant",
        "required",
        "constraint",
        "bind::hmip:criteria",
        "bind::hmip:scored",
    ),
    ("begin_group", "s4", "4 Doing the work", "", "", "", "", ""),
    ("begin_group", "c4_1", "4.1 Keeping people safe", "", "", "", "", ""),
    ("select_one yn", "q4_1_01", "Was there a plan?", "", "yes", "", "", "yes"),
    ("select_one yn", "q4_1_02", "Was it good?", "${q4_1_01} = 'yes'", "yes", "", "", "yes"),
    ("select_multiple parts", "q4_1_03", "What in it?", "${q4_1_02} = 'yes'", "", "", "", ""),
    ("select_one yn", "q4_1_04", "Victims?", "", "", "", "4.1 5.1", "yes"),
    ("end_group", "", "", "", "", "", "", ""),
    ("end_group", "", "", "", "", "", "", ""),
    ("begin_group", "s5", "5 Victims", "", "", "", "", ""),
    ("begin_group", "c5_1", "5.1 Risk to victims", "", "", "", "", ""),
    ("select_one yn", "q5_1_01", "Were victims told?", "", "", "", "", "yes"),
    ("integer", "q5_1_02", "How many?", "", "", ". >= 0 and . < 20", "", ""),
    ("date", "q5_1_03", "When?", "", "", ". <= today()", "", ""),
    ("text", "q5_1_04", "Anything else?", "", "", "", "", ""),
    ("decimal", "q5_1_05", "What share?", "", "", "", "", ""),
    ("end_group", "", "", "", "", "", "", ""),
    ("end_group", "", "", "", "", "", "", ""),
)
SMALL: Sheets = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}


def as_csv(path: Path, sheets: Sheets) -> Path:
    """The layout that the program's own form has: all sheets in one csv file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for name, rows in sheets.items():
        writer.writerow([name])
        writer.writerows(["", *row] for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def as_xlsx(path: Path, sheets: Sheets) -> Path:
    workbook = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row, start=1):
                sheet.cell(number, column, cell or None)
    del workbook["Sheet"]
    workbook.save(path)
    return path


def as_md(path: Path, sheets: Sheets) -> Path:
    lines = []
    for name, rows in sheets.items():
        lines.append(f"| {name} |")
        lines += ["| | " + " | ".join(map(str, row)) + " |" for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def sheets(
    head: str, *questions: str, choices: Table = CHOICES, settings: Table = SETTINGS
) -> Sheets:
    """Sheets with these questions, each a line with bars between the cells."""
    cells = [[cell.strip() for cell in line.split("|")] for line in (head, *questions)]
    return {"survey": cells, "choices": choices, "settings": settings}


def checked(path: Path) -> Checked:
    return xlsform.check(xlsform.load(path))


def found(path: Path) -> set[tuple[str, int, str]]:
    """Where the problems of a form are, and which."""
    return {(one.sheet, one.row, one.code) for one in checked(path).problems}


def form_of(path: Path, tables: Sheets = SMALL) -> Form:
    return xlsform.compiled(xlsform.load(as_xlsx(path / "made form.xlsx", tables)))


def routing_of(path: Path, head: str, *questions: str) -> Routing:
    """The routing of a form that has these questions, problems or not."""
    form = checked(as_xlsx(path / "made form.xlsx", sheets(head, *questions))).form
    assert form is not None
    return Routing(form)
