"""How the program says things in another language, and how its sources must write them."""

import ast
import string
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hmip_desktop import language, paths
from hmip_desktop.casefile import labels
from hmip_desktop.casefile.records import Role
from hmip_desktop.errors import Problem
from hmip_desktop.language import tr, tr_count

ROOT = Path(__file__).resolve().parents[2]
DOORS = frozenset({"mark", "tr", "tr_count"})
WELSH = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);\n"

msgid "Good morning"
msgstr "Bore da"

msgid "No case has “{text}” in it."
msgstr "Nid oes “{text}” mewn unrhyw achos."

msgid "Not translated yet"
msgstr ""

msgid "{sheet}, row {row}: {sentence}"
msgstr "{sheet}, rhes {row}: {sentence}"

msgid "Observer"
msgstr "Sylwedydd"

msgid "{count} dog"
msgid_plural "{count} dogs"
msgstr[0] "dim ci"
msgstr[1] "{count} ci"
msgstr[2] "{count} gi"
msgstr[3] "tri chi"
msgstr[4] "{count} chi"
msgstr[5] "{count} o gŵn"

msgid "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
msgstr "Ion Chwe Maw Ebr Mai Meh Gorff Awst Medi Hyd Tach Rhag"
"""


@pytest.fixture
def welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small catalogue where the built program keeps its own; Welsh is spoken."""
    folder = tmp_path / "resources" / "locale"
    folder.mkdir(parents=True)
    (folder / "cy.po").write_text(WELSH, encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    language.use("cy")


def test_a_text_is_said_in_the_language_that_is_spoken(welsh: None) -> None:
    assert (language.in_use(), tr("Good morning")) == ("cy", "Bore da")
    language.use("en")
    assert (language.in_use(), tr("Good morning")) == ("en", "Good morning")


def test_what_a_catalogue_does_not_have_is_said_in_english(welsh: None) -> None:
    assert tr("Not translated yet") == "Not translated yet"
    assert tr("Nobody has seen this") == "Nobody has seen this"
    assert tr("") == ""


@pytest.mark.parametrize("code", ["xx", "", "default", "../../cy", "c y"])
def test_a_language_that_nobody_has_written_is_english(welsh: None, code: str) -> None:
    language.use(code)
    assert (language.in_use(), tr("Good morning")) == ("en", "Good morning")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "dim ci"),
        (1, "1 ci"),
        (2, "2 gi"),
        (3, "tri chi"),
        (4, "4 o gŵn"),
        (6, "6 chi"),
        (7, "7 o gŵn"),
        (74, "74 o gŵn"),
    ],
)
def test_welsh_counts_in_six_forms(welsh: None, count: int, said: str) -> None:
    assert tr_count("{count} dog", "{count} dogs", count) == said


def test_english_counts_in_two() -> None:
    said = [tr_count("{count} dog", "{count} dogs", count) for count in (0, 1, 2)]
    assert said == ["0 dogs", "1 dog", "2 dogs"]


def test_a_day_has_the_name_of_its_month(welsh: None) -> None:
    assert language.day(date(2013, 7, 6)) == "6 Gorff 2013"
    language.use("en")
    assert language.day(date(2013, 7, 6)) == "6 Jul 2013"


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("Welsh (cy)", "cy"),
        ("English (en)", "en"),
        ("Cymraeg (gogledd) (cy)", "cy"),
        ("default", "en"),
        ("English", "en"),
        ("", "en"),
    ],
)
def test_a_language_of_a_form_has_a_code(named: str, code: str) -> None:
    assert language.code_of(named) == code


def test_labels_follow_the_language_and_data_stays(welsh: None) -> None:
    assert labels.role_label(Role.OBSERVER) == "Sylwedydd"
    assert Role.OBSERVER.value == "observer"
    assert labels.mark_label("observer") == "Observer"  # no mark of ours: shown as it came


def test_the_place_of_a_problem_is_said_in_the_language_too(welsh: None) -> None:
    assert str(Problem("survey", 7, "form.line", "…")) == "survey, rhes 7: …"
    assert str(Problem("survey", 0, "form.empty", "…")) == "survey: …"


WITH_BRACES = st.text() | st.text(alphabet="{}!:[]count.0")


@given(typed=WITH_BRACES)
def test_what_people_type_is_never_read_as_a_part(typed: str) -> None:
    assert tr("No case has “{text}” in it.", text=typed) == f"No case has “{typed}” in it."
    assert tr_count("{count}: {text}", "{count}: {text}", 1, text=typed) == f"1: {typed}"


@given(text=WITH_BRACES)
def test_a_text_without_parts_is_said_as_it_is(text: str) -> None:
    assert tr(text) == text


@given(count=st.integers(min_value=0))
def test_every_number_is_said_with_its_form(count: int) -> None:
    assert tr_count("{count} dog", "{count} dogs", count) == f"{count} dog{'s' * (count != 1)}"


def parts(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def translations(entry: polib.POEntry) -> tuple[str, ...]:
    return (entry.msgstr, *entry.msgstr_plural.values())


@pytest.mark.parametrize(
    "path", sorted(paths.resource("locale").glob("*.po")), ids=lambda p: p.stem
)
def test_a_translation_names_no_part_that_its_english_does_not_have(path: Path) -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path), encoding="utf-8")
        for said in translations(entry)
        if not parts(said) <= parts(entry.msgid) | parts(entry.msgid_plural)
    ]
    assert not wrong


def doors_of(tree: ast.Module) -> set[str]:
    """The doors that a module takes from `language`; others may have a `mark` of their own."""
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "hmip_desktop.language"
        for alias in node.names
    } & DOORS


def door(call: ast.Call, imported: set[str]) -> str | None:
    match call.func:
        case ast.Name(id=name) if name in imported:
            return name
        case ast.Attribute(value=ast.Name(id="language"), attr=name) if name in DOORS:
            return name
    return None


def can_be_extracted(name: str, text: ast.expr) -> bool:
    """Whether pybabel finds a text: written here, or (not in `mark`) marked where it is named."""
    if isinstance(text, ast.Constant):
        return isinstance(text.value, str)
    return name != "mark" and is_named(text)


def is_named(text: ast.expr) -> bool:
    """A constant, one of a table (or nothing, where the table has none), or one of two of them."""
    match text:
        case ast.Name() | ast.Attribute() | ast.Subscript():
            return True
        case ast.IfExp(body=one, orelse=other):
            return is_named(one) and is_named(other)
        case ast.Call(func=ast.Attribute(value=ast.Name(), attr="get"), args=[_, default]):
            return isinstance(default, ast.Constant) and default.value == ""
    return False


def misused(source: str) -> Iterator[int]:
    """The lines on which a text goes through a door in a shape that nobody can translate."""
    tree = ast.parse(source)
    imported = doors_of(tree)
    # Who gathers the texts does not look into f-strings.
    inside = {
        id(one)
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for one in ast.walk(text)
    }
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and (name := door(call, imported)):
            texts = call.args[: 2 if name == "tr_count" else 1]
            written_here = any(isinstance(text, ast.Constant) for text in texts)
            extracted = not (written_here and id(call) in inside)
            extracted = extracted and all(can_be_extracted(name, text) for text in texts)
            if not texts or not extracted:
                yield call.lineno


@pytest.mark.parametrize(
    "call",
    [
        'tr(f"{count} cases")',
        "f'{tr(\"cases\")}.xlsx'",
        'tr("a" + "b")',
        'tr("%s cases" % count)',
        'tr("{} cases".format(count))',
        'tr("one" if one else "many")',
        "tr(name.capitalize())",
        "tr(_SIGNS.get(line, line))",
        'tr_count("{count} case", f"{noun}s", 2)',
        "mark(NAME)",
        "language.tr(str(count))",
    ],
)
def test_a_text_that_nobody_can_translate_is_found(call: str) -> None:
    assert list(misused(f"from hmip_desktop.language import mark, tr, tr_count\n{call}")) == [2]


@pytest.mark.parametrize(
    "call",
    [
        'tr("a" "b")',
        "tr(NAME)",
        "tr(self.title)",
        "tr(_SIGNS[line])",
        "tr(ONE if one else MANY)",
        'tr(_SIGNS.get(line, ""))',
        'tr_count("{count} case", "{count} cases", len(cases))',
        'mark("Good practice")',
        'assess.mark(reading, reference, f"{name}", on=True)',
    ],
)
def test_a_text_that_can_be_translated_is_let_through(call: str) -> None:
    assert not list(misused(f"from hmip_desktop.language import mark, tr, tr_count\n{call}"))


def test_every_text_of_the_program_can_be_translated() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for package in ("hmip_desktop", "ui")
        for path in sorted((ROOT / package).rglob("*.py"))
        for line in misused(path.read_text(encoding="utf-8"))
    ]
    assert not found, "not a literal, nor the name of one: " + ", ".join(found)


def test_the_welsh_catalogue_has_every_text_of_the_program(tmp_path: Path) -> None:
    found = tmp_path / "words.pot"
    keywords = ("--no-default-keywords", "-k", "mark", "-k", "tr", "-k", "tr_count:1,2")
    command = ("extract", *keywords, "-o", str(found), "hmip_desktop", "ui")
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "--quiet", *command],
        check=True,
        cwd=ROOT,
        timeout=120,
    )
    wanted = {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(found))}
    there = {
        (entry.msgid, entry.msgid_plural)
        for entry in polib.pofile(str(paths.resource("locale", "cy.po")))
        if entry.translated()
    }
    assert len(wanted) > 1000
    assert wanted - there == set(), "make words, then translate"
