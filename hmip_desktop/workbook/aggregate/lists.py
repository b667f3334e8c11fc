"""The sheets that only list: the inspections, what is not comparable, and the codebook."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from hmip_desktop.crosswalk import Told
from hmip_desktop.workbook.aggregate.book import Inspected, Together
from hmip_desktop.workbook.aggregate.layout import CODEBOOK, LEFT_OUT_COLUMNS, Places, Sheet
from hmip_desktop.workbook.codebook import choices_in_words
from hmip_desktop.workbook.layout import HEAD, Table
from hmip_desktop.workbook.page import Page


def write_inspections(page: Page, book: Together, places: Places) -> None:
    """A row for each inspection: what its figures rest on."""
    table = places.inspections
    page.list_like(table, frozen_columns=2)
    for index, one in enumerate(book.inspections):
        row, texts = table.row(index), _said(one, book.form.form_id)
        page.number(row, 0, index + 1)
        for name, text in texts.items():
            page.text(row, table.column(name), text)
        page.height(row, *((text, table.width(name)) for name, text in texts.items()))
        counts = {
            "cases": one.cases,
            "assessments": one.scores.assessments,
            "conflicts": one.conflicts,
        }
        for name, count in counts.items():
            page.number(row, table.column(name), count)


def write_not_comparable(page: Page, book: Together) -> None:
    """What is left out of all comparisons, then what is compared though not quite the same."""
    matched = book.matched
    left_out = Table(Sheet.NOT_COMPARABLE, LEFT_OUT_COLUMNS, len(matched.left_out), HEAD + 1)
    unlike = Table(Sheet.NOT_COMPARABLE, LEFT_OUT_COLUMNS, len(matched.unlike), left_out.last + 4)
    _list(page, left_out, "Left out of every figure but those of its own version", matched.left_out)
    _list(page, unlike, "Compared, though not quite the same", matched.unlike)


def write_codebook(page: Page, book: Together) -> None:
    """Each compared question as the newest version has it."""
    table = Table(Sheet.CODEBOOK, CODEBOOK, len(book.matched.questions), HEAD)
    page.list_like(table, frozen_columns=3)
    for index, question in enumerate(book.matched.questions):
        texts = {
            "number": question.number,
            "name": question.name,
            "text": str(question.label),
            "choices": choices_in_words(question),
            "criteria": ", ".join(question.criteria),
            "scored": "yes" if question.scored else "no",
            "older": "\n".join(_older(book, question.name)),
        }
        row = table.row(index)
        for name, text in texts.items():
            page.text(row, table.column(name), text)
        page.height(row, *((text, table.width(name)) for name, text in texts.items()))
    page.filtered(table)


def _older(book: Together, name: str) -> list[str]:
    """What older versions call a question, where they call it something else."""
    return [
        f"{version}: {names[name]}"
        for version, names in sorted(book.matched.names.items())
        if names[name] != name
    ]


def _list(page: Page, table: Table, title: str, rows: Sequence[Told]) -> None:
    page.text(table.head - 1, 0, title, "block")
    page.headings(table)
    for index, one in enumerate(rows):
        texts = {
            "version": one.version,
            "number": one.question.number,
            "text": str(one.question.label),
            "scored": "yes" if one.question.scored else "no",
            "why": "; ".join(one.why),
        }
        row = table.row(index)
        for name, text in texts.items():
            page.text(row, table.column(name), text)
        page.height(row, *((text, table.width(name)) for name, text in texts.items()))
    if not rows:
        page.text(table.row(0), 0, "Nothing.", "said")


def _said(one: Inspected, form_id: str) -> dict[str, str]:
    return {
        "title": one.title,
        "area": one.area,
        "starts": _day(one.starts),
        "ends": _day(one.ends),
        "version": f"{form_id} {one.version}",
        "standing": f"PROVISIONAL: {' '.join(one.reasons)}" if one.provisional else "Complete",
        "as_at": _moment(one.as_at),
        "file": one.file,
        "fingerprint": one.fingerprint,
    }


def _day(iso: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {day:%b %Y}"


def _moment(at: datetime) -> str:
    moment = at.astimezone(UTC)
    return f"{moment.day} {moment:%b %Y %H:%M}"
