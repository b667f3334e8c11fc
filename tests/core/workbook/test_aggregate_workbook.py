"""The workbook of several inspections: the same figures in the program and in a second engine."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import made_book
import openpyxl
import pytest
from engine import assert_second_engine_agrees, with_second_engine
from made_book import AS_AT, Made

from hmip_desktop.crosswalk import Told, matched
from hmip_desktop.form.model import Form, SectionRule
from hmip_desktop.pooling import Part, pooled
from hmip_desktop.workbook.aggregate.book import Inspected, Together
from hmip_desktop.workbook.aggregate.write import write
from hmip_desktop.workbook.text import fit

HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    "\x01\x0b\ud800 control",
    "Sheet!A1",
    "[Book]Scores!A1",
    "TRUE",
    "Merseyside",
    "MERSEYSIDE",
    "M" * 400,
)


def inspected(title: str, form: Form, cases: Sequence[Made], **changes: object) -> Inspected:
    facts = Inspected(
        title=title,
        area="Merseyside",
        starts="2013-05-13",
        ends="",
        file=f"{title}.hmip",
        version=form.version,
        cases=len(cases),
        conflicts=0,
        reasons=(),
        as_at=AS_AT,
        fingerprint="1234 5678 9abc",
        scores=made_book.computed(form, cases),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def cases(seed: int, number: int) -> list[Made]:
    """Answers by lot: some inspections are good at what others are not."""
    chance = random.Random(seed)
    good = {one.name: chance.random() for one in made_book.SMALL.answerable}

    def answers() -> dict[str, str]:
        return {
            name: chance.choices(("yes", "no", "na"), (share, 1 - share, 0.1))[0]
            for name, share in good.items()
            if chance.random() < 0.9
        }

    return [Made(f"C{n}", answers()) for n in range(number)]


def together(
    *inspections: tuple[str, Sequence[Made]], form: Form = made_book.SMALL, least: int = 0
) -> Together:
    found = matched({form.version: form})
    made = tuple(inspected(title, form, own) for title, own in inspections)
    parts = [Part(one.scores, found.names[form.version]) for one in made]
    return Together(made, found, pooled(form, found.questions, parts), least=least)


def three(form: Form = made_book.SMALL) -> Together:
    return together(
        ("Merseyside", cases(1, 40)), ("Wales", cases(2, 35)), ("Kent", cases(3, 8)), form=form
    )


@with_second_engine
@pytest.mark.parametrize("rule", list(SectionRule))
def test_a_second_engine_comes_to_every_figure(rule: SectionRule, tmp_path: Path) -> None:
    book = three(replace(made_book.SMALL, section_rule=rule))
    nothing_judged = inspected("Nowhere", book.form, [Made("C1", {})])
    made = (*book.inspections, nothing_judged)
    parts = [Part(one.scores, book.matched.names[book.form.version]) for one in made]
    with_it = replace(
        book, inspections=made, pooled=pooled(book.form, book.matched.questions, parts)
    )
    write(tmp_path / "out.xlsx", with_it)
    assert assert_second_engine_agrees(tmp_path / "out.xlsx", tmp_path) > 700
    said = {row[13].value for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["Differences"]}
    assert len(said) > 3


def test_a_difference_is_said_in_plain_words(tmp_path: Path) -> None:
    write(tmp_path / "out.xlsx", three())
    rows = openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True)["Differences"]
    said = {row[13].value for row in rows if str(row[17].value).startswith("Inspection ")}
    assert {"higher", "lower", "no clear difference", "too few to say"} >= said
    assert "higher" in said
    assert "no clear difference" in said


@pytest.mark.parametrize("title", HOSTILE)
def test_titles_are_only_ever_texts(title: str, tmp_path: Path) -> None:
    book = together((title, cases(1, 12)), (title, cases(2, 12)))
    write(tmp_path / "out.xlsx", book)
    found = openpyxl.load_workbook(tmp_path / "out.xlsx")
    titles = [cell for cell in found["Inspections"]["B"] if cell.value == fit(title)]
    assert [cell.data_type for cell in titles] == ["s", "s"]
    names = [cell.value for cell in found["Scores"][11] if cell.value and cell.column > 3]
    assert len(set(names)) == 2


def test_one_inspection_that_is_small_is_hidden_with_another(tmp_path: Path) -> None:
    book = together(("A", cases(1, 40)), ("B", cases(2, 30)), ("C", cases(3, 8)), least=10)
    write(tmp_path / "out.xlsx", book)
    found = openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True)
    rows = [row for row in found["Scores"].iter_rows(values_only=True) if row[0] in ("4", "14")]
    for row in rows[:2]:
        assert row[5:].count("hidden") >= 6
        assert row[4] == "hidden"
    assert "Differences" not in found.sheetnames


def test_what_is_left_out_is_listed_with_its_reason(tmp_path: Path) -> None:
    book = three()
    told = Told("0.9", book.matched.questions[0], ("New question",))
    left_out = replace(book.matched, left_out=(told,), unlike=(told, told))
    write(tmp_path / "out.xlsx", replace(book, matched=left_out))
    rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["Not comparable"]
    assert [row[4].value for row in rows if row[0].value == "0.9"] == ["New question"] * 3
