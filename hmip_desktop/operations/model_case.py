"""The model case to practise with: its story, its questions, and the benchmark answers.

All of it lies in `resources/practice/`, to be read and changed there. The questions are those of
the case form: the criteria that the benchmark answers questions of, and what routes them.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from hmip_desktop import language, paths
from hmip_desktop.form.model import DEFAULT_LANGUAGE, Wording
from hmip_desktop.form.xlsform import XlsForm

FORM = ("forms", "iaow-violence.csv")
_FOLDER = "practice"
_WELSH = "Welsh (cy)"
_CRITERIA = "bind::hmip:criteria"


@dataclass(frozen=True)
class Benchmark:
    """The answer to one question that was agreed on beforehand, and why."""

    question: str
    answer: str
    why: Wording


@dataclass(frozen=True)
class ModelCase:
    """A made-up case: its reference, the facts that a sample would give, the benchmark."""

    reference: str
    facts: Mapping[str, str]
    benchmark: tuple[Benchmark, ...]

    @property
    def answers(self) -> Mapping[str, str]:
        """The benchmark's answer to each of its questions."""
        return {one.question: one.answer for one in self.benchmark}


@cache
def model_case() -> ModelCase:
    """The model case that this program brings."""
    facts = {row["field"]: row["value"] for row in _table("case.csv")}
    return ModelCase(
        reference=facts.pop("reference"),
        facts=facts,
        benchmark=tuple(
            Benchmark(
                row["question"],
                row["answer"],
                Wording(((DEFAULT_LANGUAGE, row["why"]), (_WELSH, row["why_cy"]))),
            )
            for row in _table("benchmark.csv")
        ),
    )


def story(form_language: str = DEFAULT_LANGUAGE) -> str:
    """What an assessor would find in the file, as Markdown; in English where there is no other."""
    other = paths.resource(_FOLDER, f"story_{language.code_of(form_language)}.md")
    there = other if other.is_file() else paths.resource(_FOLDER, "story.md")
    return there.read_text(encoding="utf-8")


def questions() -> XlsForm:
    """The questions that are practised, as an XLSForm of their own."""
    with paths.resource(*FORM).open(encoding="utf-8", newline="") as file:
        sheets = _sheets(csv.reader(file))
    survey = _Survey(sheets["survey"], model_case().answers)
    lists = {kind.partition(" ")[2] for kind in survey.kinds}
    heads, *choices = sheets["choices"]
    used = [row for row in choices if row[heads.index("list_name")] in lists]
    return _written({**sheets, "survey": survey.rows, "choices": [heads, *used]})


class _Survey:
    """The rows of a survey sheet that are practised."""

    def __init__(self, sheet: Sequence[Sequence[str]], answered: Collection[str]) -> None:
        self._heads, *body = sheet
        found = [dict(zip(self._heads, row, strict=False)) for row in body]
        pages = list(_with_pages(found))
        whole = {page for page, row in pages if row["name"] in answered and _is_criterion(page)}
        criteria = {_criterion(page) for page in whole}
        self._kept = [
            _scoring_only_in(criteria, row)
            for page, row in pages
            if page in whole or row["name"] in answered or row["type"].endswith("_group")
        ]
        self._drop_empty_groups()

    @property
    def rows(self) -> list[list[str]]:
        body = ([row.get(one, "") for one in self._heads] for row in self._kept)
        return [list(self._heads), *body]

    @property
    def kinds(self) -> set[str]:
        return {row["type"] for row in self._kept}

    def _drop_empty_groups(self) -> None:
        """Leave out every group in which no question is left."""
        kept: list[dict[str, str]] = []
        for row in self._kept:
            if row["type"] == "end_group" and kept and kept[-1]["type"] == "begin_group":
                kept.pop()
            else:
                kept.append(row)
        self._kept = kept


def _with_pages(rows: Sequence[dict[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Every row with the name of the innermost page around it."""
    around = [""]
    for row in rows:
        if row["type"] == "end_group":
            yield around.pop(), row
            continue
        if row["type"] == "begin_group":
            around.append(row["name"])
        yield around[-1], row


def _is_criterion(page: str) -> bool:
    return page.startswith("c") and page[1:2].isdigit()


def _criterion(page: str) -> str:
    return page.removeprefix("c").replace("_", ".")


def _scoring_only_in(criteria: Collection[str], row: dict[str, str]) -> dict[str, str]:
    """A question that scores elsewhere too does so here only in the criteria that are left."""
    left = [one for one in row.get(_CRITERIA, "").split() if one in criteria]
    return {**row, _CRITERIA: " ".join(left)}


def _sheets(lines: Iterator[list[str]]) -> dict[str, list[list[str]]]:
    """The sheets of an XLSForm in one file: each begins with its name in the first column."""
    sheets: dict[str, list[list[str]]] = {}
    for first, *cells in lines:
        if first:
            sheet = sheets.setdefault(first, [])
        elif any(cells):
            sheet.append(cells)
    return sheets


def _written(sheets: Mapping[str, Sequence[Sequence[str]]]) -> XlsForm:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for name, rows in sheets.items():
        writer.writerow([name])
        writer.writerows(["", *row] for row in rows)
    return XlsForm("practice.csv", text.getvalue().encode())


def _table(name: str) -> list[dict[str, str]]:
    with paths.resource(_FOLDER, name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
