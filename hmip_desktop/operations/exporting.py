"""Everything of a case file in open formats, with a dictionary of what each column means."""

import csv
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from hmip_desktop.casefile import practice
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.form.xlsform import SUFFIXES
from hmip_desktop.operations.places import require_empty
from hmip_desktop.operations.reading import Progressed, Reading

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DICTIONARY: Mapping[str, Mapping[str, str]] = {
    "cases.csv": {
        "reference": "the case's reference in the sample",
        "(others)": "the sample's own columns",
    },
    "team.csv": {"name": "as in the team list", "role": "role in the inspection"},
    "assessments.csv": {
        "case": "reference",
        "assessor": "whose assessment it is",
        "order": "first, second",
        "status": "not started, in progress, signed off",
        "asked": "questions that routing asks",
        "answered": "questions asked that have an answer",
        "marks": "good practice, urgent concern, line of enquiry",
    },
    "answers.csv": {
        "case": "reference",
        "assessor": "whose assessment it is",
        "order": "first, second",
        "question": "name in the form",
        "value": "choice name, several separated by spaces; or what was typed",
        "label": "the answer in words",
        "line": "above, below, not counted",
        "asked": "yes when routing asks the question; otherwise kept but not counted",
        "in_conflict": "yes while two different answers wait to be settled",
        "note": "the evidence beside the answer",
    },
    "questions.csv": {
        "question": "name in the form",
        "number": "as people say it",
        "label": "the question",
        "kind": "XLSForm type",
        "criteria": "criteria it belongs to",
        "scored": "yes when it counts in the scores",
        "relevant": "routing, as XPath",
        "required": "XPath; true() means always",
        "field": "field of the case (in cases.csv) to which the answer corresponds, if any",
    },
    "choices.csv": {
        "question": "name in the form",
        "value": "choice name",
        "label": "the choice",
        "line": "above, below, not counted",
        "why": "why it stands there, where that is doubtful",
    },
    "journal.json": {
        "entries": "every entry: who set which field of which record to what, over what",
        "sessions": "every opening of a file in which something was written",
    },
    "inspection.json": {"(all)": "title, area, dates, form"},
    "form-*": {"(file)": "the XLSForm as it came; the name begins with its fingerprint"},
}


def export(reading: Reading, folder: Path) -> tuple[Path, ...]:
    """Write every table into a new or empty folder; returns the files.

    In CSV files a text that a spreadsheet would take for a formula gets an apostrophe before
    it; journal.json has every value as it was typed.

    Raises:
        Refused: FILE_EXISTS when the folder holds anything, PRACTICE, DISK.
    """
    practice.require_real(reading.document)
    require_empty(folder)
    part = folder.with_name(f".{folder.name}.part")
    with kindly(folder):
        try:
            names = _write_all(reading, part)
            if folder.exists():
                folder.rmdir()  # it is empty
            part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)  # nothing readable stays behind
    return tuple(folder / name for name in names)


def _write_all(reading: Reading, folder: Path) -> list[str]:
    """Every file, written into a folder of its own; returns their names."""
    folder.mkdir(parents=True)
    tables = {
        "cases.csv": _cases(reading),
        "team.csv": _team(reading),
        "assessments.csv": _assessments(reading),
        "answers.csv": _answers(reading),
        "questions.csv": _questions(reading),
        "choices.csv": _choices(reading),
        "dictionary.csv": _dictionary(),
    }
    written = [_write_csv(folder / name, rows) for name, rows in tables.items()]
    written.append(_write_json(folder / "inspection.json", asdict(reading.contents.inspection)))
    bundle = reading.document.bundle()
    journal = {
        "entries": [asdict(e) for e in sorted(bundle.entries, key=lambda e: (e.at, e.id))],
        "sessions": [{"id": id_, **asdict(s)} for id_, s in sorted(bundle.sessions.items())],
    }
    written.append(_write_json(folder / "journal.json", journal))
    for form in bundle.forms.values():
        suffix = Path(form.name).suffix.lower()
        kind = suffix if suffix in SUFFIXES else ".xlsform"
        path = folder / f"form-{form.sha256[:12]}{kind}"
        path.write_bytes(form.xlsform)
        written.append(path)
    return [path.name for path in written]


def _cases(reading: Reading) -> Iterable[Sequence[str]]:
    cases = reading.contents.cases.values()
    fields = list(dict.fromkeys(name for case in cases for name in case.fields))
    yield ("reference", *fields)
    for case in cases:
        yield (case.reference, *(case.fields.get(name, "") for name in fields))


def _team(reading: Reading) -> Iterable[Sequence[str]]:
    yield ("name", "role")
    for member in reading.contents.members.values():
        yield (member.name, member.role.value)


def _assessments(reading: Reading) -> Iterable[Sequence[str]]:
    yield tuple(DICTIONARY["assessments.csv"])
    for one in reading.assessments.values():
        yield (
            *_whose(one),
            one.assessment.status.value,
            str(one.asked),
            str(one.answered),
            "; ".join(one.assessment.marks),
        )


def _whose(one: Progressed) -> tuple[str, str, str]:
    return one.case.reference, one.assessor, one.assessment.order.value


def _answers(reading: Reading) -> Iterable[Sequence[str]]:
    yield tuple(DICTIONARY["answers.csv"])
    for one in reading.assessments.values():
        given = one.assessment
        for question in reading.form.answerable:
            name = question.name
            value, note = given.answers.get(name, ""), given.notes.get(name, "")
            if value or note or name in given.unsettled:
                yield (
                    *_whose(one),
                    name,
                    value,
                    question.shown(value),
                    question.line_of(value).value,
                    "yes" if name in one.state.is_asked else "no",
                    "yes" if name in given.unsettled else "no",
                    note,
                )


def _questions(reading: Reading) -> Iterable[Sequence[str]]:
    yield tuple(DICTIONARY["questions.csv"])
    for question in reading.form.answerable:
        yield (
            question.name,
            question.number,
            str(question.label),
            question.kind.value,
            " ".join(question.criteria),
            "yes" if question.scored else "no",
            " and ".join(f"({text})" for text in question.relevant),
            question.required,
            question.field,
        )


def _choices(reading: Reading) -> Iterable[Sequence[str]]:
    yield tuple(DICTIONARY["choices.csv"])
    for question in reading.form.answerable:
        for choice in question.choices:
            yield (question.name, choice.name, str(choice.label), choice.line.value, choice.why)


def _dictionary() -> Iterable[Sequence[str]]:
    yield ("file", "column", "meaning")
    for name, columns in DICTIONARY.items():
        for column, meaning in columns.items():
            yield (name, column, meaning)


def _write_csv(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_harmless(cell) for cell in row] for row in rows)
    return path


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _write_json(path: Path, value: object) -> Path:
    text = json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8", newline="\n")  # the same file on every system
    return path
