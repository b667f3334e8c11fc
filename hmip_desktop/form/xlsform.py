"""An XLSForm (xlsx, csv or md) read through pyxform into the frozen model."""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from hmip_desktop import bounds
from hmip_desktop.errors import Code, Problem, Refused
from hmip_desktop.form import problems
from hmip_desktop.form.model import Form, SectionRule
from hmip_desktop.form.sheet_rows import row_numbers
from hmip_desktop.form.unsupported import Unsupported
from hmip_desktop.form.xform import read_xform
from hmip_desktop.ids import FormHash
from hmip_desktop.language import tr, tr_count

SUFFIXES = (".xlsx", ".csv", ".md")
HEADER_ROWS = 1
MOST_ROWS = 5_000  # of one sheet; the whole of the 2013 inspection has some 600
_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet,?\s*")


@dataclass(frozen=True)
class XlsForm:
    """The file as it came: what a case file keeps beside the compiled form."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """The kind of file, such as `.xlsx`."""
        return Path(self.name).suffix.lower()

    @cached_property
    def sha256(self) -> FormHash:
        """The form's identity: the hash of the file."""
        return FormHash(hashlib.sha256(self.content).hexdigest())


@dataclass(frozen=True)
class Checked:
    """A form after reading: the model where one came of it, problems, and advice."""

    source: XlsForm
    form: Form | None
    problems: tuple[Problem, ...]
    advice: tuple[str, ...]


def load(path: Path) -> XlsForm:
    """The file at `path`.

    Raises:
        Refused: FORM_UNREADABLE when it is not there or not of a kind that holds an XLSForm.
    """
    if path.suffix.lower() not in SUFFIXES:
        sentence = tr(
            "{file} is not an XLSForm: it must be a file of type xlsx, csv or md.", file=path.name
        )
        raise Refused(Code.FORM_UNREADABLE, sentence)
    try:
        source = XlsForm(path.name, bounds.read(path))
        if source.suffix == ".xlsx" and zipfile.is_zipfile(io.BytesIO(source.content)):
            bounds.check_workbook(source.content)
    except bounds.TooBigError as error:
        raise _too_big(path.name) from error
    except OSError as error:
        sentence = tr("{file} cannot be read ({why}).", file=path.name, why=error.strerror)
        raise Refused(Code.FORM_UNREADABLE, sentence) from error
    except Exception as error:  # damaged archives raise whatever they like
        sentence = tr("{file} is damaged or protected by a password.", file=path.name)
        raise Refused(Code.FORM_UNREADABLE, sentence) from error
    return source


def compiled(source: XlsForm) -> Form:
    """The form, if it can be used.

    Raises:
        Refused: FORM_UNUSABLE with every problem that was found, FORM_UNREADABLE.
    """
    checked = check(source)
    if checked.form is None or checked.problems:
        sentence = tr_count(
            "{file} cannot be used as a form: it has {count} problem.",
            "{file} cannot be used as a form: it has {count} problems.",
            len(checked.problems),
            file=source.name,
        )
        raise Refused(Code.FORM_UNUSABLE, sentence, checked.problems)
    return checked.form


def check(source: XlsForm) -> Checked:
    """Read a form and find everything that is wrong with it.

    Raises:
        Refused: FORM_UNREADABLE when the file holds no survey sheet at all.
    """
    rows = _Rows(_raw(source), row_numbers(source.suffix, source.content))
    found = list(rows.problems())
    converted = _converted(source, rows.version, rows.section_rule)
    if isinstance(converted, Problem):
        return Checked(source, None, tuple(sorted({*found, converted})), ())
    form, unsupported, warnings = converted
    found += [rows.problem_of(item) for item in unsupported]
    found += problems.find(form, rows.survey_row)
    return Checked(source, form, tuple(sorted(set(found))), warnings)


def _raw(source: XlsForm) -> Any:
    from pyxform import xls2json_backends  # noqa: PLC0415 slow to load, and for few

    try:
        raw = xls2json_backends.get_xlsform(source.content, file_type=source.suffix)
    except Exception as error:
        sentence = tr(
            "{file} cannot be read as an XLSForm: no sheet named survey was found.",
            file=source.name,
        )
        raise Refused(Code.FORM_UNREADABLE, sentence) from error
    if not raw.survey:
        sentence = tr("{file} has no sheet named survey with questions on it.", file=source.name)
        raise Refused(Code.FORM_UNREADABLE, sentence)
    if max(len(raw.survey), len(raw.choices or ())) > MOST_ROWS:
        raise _too_big(source.name)
    return raw


def _too_big(name: str) -> Refused:
    sentence = tr("{file} is too big for a form: it may have 5,000 rows a sheet.", file=name)
    return Refused(Code.FORM_UNREADABLE, sentence)


def _converted(
    source: XlsForm, version: str, rule: SectionRule
) -> tuple[Form, tuple[Unsupported, ...], tuple[str, ...]] | Problem:
    """The form, what it asks for in vain, and pyxform's advice; or why there is no form."""
    from pyxform.xls2xform import convert  # noqa: PLC0415 slow to load, and for few

    try:
        result = convert(source.content, file_type=source.suffix)
        form, unsupported = read_xform(result.xform, version, rule)
    except RecursionError:
        sentence = tr("the groups lie too deep inside each other")
        return Problem("survey", 0, "form.too-deep", sentence)
    except Exception as error:  # noqa: BLE001 damaged workbooks raise whatever they like
        return _as_problem(str(error))
    return form, unsupported, tuple(result.warnings)


def _as_problem(message: str) -> Problem:
    if "unbound prefix" in message:
        sentence = tr(
            "a bind:: column uses a prefix that the settings sheet does not declare; "
            'add a column namespaces with hmip="urn:hmip-desktop:form"'
        )
        return Problem("settings", 0, "form.prefix", sentence)
    row, sheet = _ROW.search(message), _SHEET.search(message)
    lines = _SHEET.sub("", _ROW.sub("", message)).strip().splitlines()
    words = lines[0] if lines else tr("the form cannot be converted")
    words = words[0].lower() + words[1:] if words.startswith("The ") else words
    return Problem(
        sheet.group(1) if sheet else "survey",
        int(row.group(1)) if row else 0,
        "form.pyxform",
        words.rstrip("."),
    )


class _Rows:
    """Where each name stands in the sheets, as Excel counts rows."""

    def __init__(self, raw: Any, numbers: Mapping[str, Sequence[int]]) -> None:
        self._survey = _numbered(raw.survey, numbers.get("survey", ()))
        self._settings = (raw.settings or [{}])[0]
        self.survey_row = {
            row["name"]: number for number, row in reversed(self._survey) if row.get("name")
        }
        self._choices = _numbered(raw.choices or [], numbers.get("choices", ()))

    @property
    def version(self) -> str:
        return str(self._settings.get("version", ""))

    @property
    def section_rule(self) -> SectionRule:
        said = self._rule_said()
        return SectionRule(said) if said in set(SectionRule) else SectionRule.CRITERIA

    def _rule_said(self) -> str:
        return str(self._settings.get("section_rule", "")).strip().lower()

    def problem_of(self, item: Unsupported) -> Problem:
        row = self.survey_row.get(item.name, 0)
        return Problem("survey", row, "form.unsupported", f"{item.name}: {item.sentence}")

    def problems(self) -> list[Problem]:
        """What only the sheets show: names used twice, `or_other`, lines and rules misspelt."""
        found = []
        first: dict[str, int] = {}
        for number, row in self._survey:
            name = row.get("name")
            if str(row.get("type", "")).startswith("end"):
                continue  # an end_group may repeat the name of its begin_group
            if name and name in first:
                sentence = tr("{name} is already the name of row {row}", name=name, row=first[name])
                found.append(Problem("survey", number, "form.name-twice", sentence))
            elif name:
                first[name] = number
            if "or_other" in str(row.get("type", "")):
                sentence = tr(
                    "{name}: or_other is not supported; write the choice and a text question",
                    name=name,
                )
                found.append(Problem("survey", number, "form.unsupported", sentence))
        for number, row in self._choices:
            if str(row.get("line", "")).strip().lower() not in ("", "above", "below"):
                sentence = tr("line must be above, below or empty")
                found.append(Problem("choices", number, "form.line", sentence))
        if self._rule_said() not in ("", *SectionRule):
            sentence = tr("section_rule must be criteria or questions")
            found.append(Problem("settings", 2, "form.section-rule", sentence))
        return found


def _numbered(
    rows: list[Mapping[str, str]], numbers: Sequence[int]
) -> list[tuple[int, Mapping[str, str]]]:
    """Rows with their numbers; without any (xlsx), as Excel counts below one line of headings."""
    if len(numbers) != len(rows):
        numbers = range(1 + HEADER_ROWS, len(rows) + 1 + HEADER_ROWS)
    return list(zip(numbers, rows, strict=True))
