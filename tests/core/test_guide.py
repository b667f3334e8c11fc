"""The guide: its pages hold together, name what is on screen, and give what is looked for."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest

from hmip_desktop import guide, language, paths
from hmip_desktop.guide import Page
from hmip_desktop.guide.forms import mutations

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "cy")
KEYS = {"keys": "| Key | Does |\n|---|---|\n| `F1` | The guide |\n"}
NAME = re.compile(r"\[\[(.+?)\]\]")
PICTURE = re.compile(r"!\[.+?\]\((.+?)\)")
LINK = re.compile(r'<a href="([^"]+)"')
OWN_ANCHOR = re.compile(r"\{#([a-z0-9-]+)\}")
DOORS = frozenset({"mark", "tr", "tr_count"})
# How the Welsh of the screens calls a thing, and a word that the guide must not have for it. The
# page of words may have it, since people look there for the words that they know.
WELSH_WORDS = {
    "beyond chance": ("y tu hwnt i siawns", "y tu hwnt i hap"),
    "by chance": ("ar hap", "trwy siawns"),
    "case file": ("ffeil achos", "ffeil achosion"),
    "check code": ("cod gwirio", "ôl bys"),
    "conflict": ("gwrthdaro", "gwrthdrawiad"),
    "lead inspector": ("prif arolygydd", "arolygydd arweiniol"),
    "lot number": ("rhif y coelbren", "hedyn"),
    "made-up": ("dychmygol", "dyfeisi"),
    "mend": ("trwsi", "cywiro"),
    "not applicable": ("ddim yn berthnasol", "amherthnasol"),
    "settle": ("datrys", "setl"),
    "sheet": ("dalen", "taflen"),
    "sign off": ("cymeradwy", "arwyddo"),
    "stick": ("cof bach", "cofbin"),
    "workbook": ("llyfr gwaith", "gweithlyfr"),
}
EXPLAINS = "words"


def written(code: str) -> dict[str, str]:
    folder = paths.resource("help", code)
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


def book(code: str = "en") -> tuple[Page, ...]:
    return guide.book(code, KEYS)


def page(name: str) -> Page:
    return next(one for one in book() if one.name == name)


@cache
def said_by_the_program() -> frozenset[str]:
    """Every text that goes through a door of `language`, as it looks on screen."""
    found = (
        text.replace("&", "")
        for package in ("hmip_desktop", "ui")
        for path in (ROOT / package).rglob("*.py")
        for text in texts(ast.parse(path.read_text(encoding="utf-8")))
    )
    return frozenset(found)


def texts(tree: ast.Module) -> Iterator[str]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in DOORS:
            for one in call.args[:2]:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_of_the_guide_is_there_and_no_other(code: str) -> None:
    assert set(written(code)) == set(guide.PAGES)
    assert [one.name for one in book(code)] == list(guide.PAGES)
    assert len({one.title for one in book(code)}) == len(guide.PAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_name_on_screen_is_one_of_the_program(code: str) -> None:
    named = {
        name
        for text in written(code).values()
        for way in NAME.findall(text)
        for name in way.split(" > ")
    }
    assert len(named) > 60
    assert named - said_by_the_program() == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_link_leads_to_a_place_of_the_guide(code: str) -> None:
    places = {f"{one.name}.md" for one in book(code)} | {
        f"{one.name}.md#{anchor}" for one in book(code) for anchor in one.anchors
    }
    links = {link for one in book(code) for link in LINK.findall(one.html)}
    assert links
    assert links - places == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_picture_is_there_and_every_one_is_shown(code: str) -> None:
    folder = paths.resource("help", "pictures", code)
    shown = {
        (paths.resource("help", code) / source).resolve()
        for text in written(code).values()
        for source in PICTURE.findall(text)
    }
    assert shown == {path.resolve() for path in folder.iterdir()}, "make screens"


def test_the_pictures_take_little_room() -> None:
    files = paths.resource("help", "pictures").rglob("*.png")
    assert sum(path.stat().st_size for path in files) < 1_500_000


def test_both_languages_have_the_same_headings_names_and_pictures() -> None:
    english, welsh = written("en"), written("cy")
    for name in guide.PAGES:
        for what in (OWN_ANCHOR, NAME, PICTURE):
            in_welsh = [found.replace("/cy/", "/en/") for found in what.findall(welsh[name])]
            assert sorted(in_welsh) == sorted(what.findall(english[name])), (name, what.pattern)


def test_the_figures_are_those_of_the_last_torture() -> None:
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    figures = paths.resource("help", "figures.txt").read_text(encoding="utf-8")
    assert f"```\n{figures}```" in security, "make guide"
    assert "{{" not in page("promise").html


def test_the_sum_of_the_torture_is_told_in_a_sentence() -> None:
    printed = "fault tried  times  looked for  lost\nall of it    1,234     5,678   {lost}\n"
    well = guide.last_run(printed.format(lost="nothing"))
    assert "1,234" in well
    assert "5,678" in well
    assert guide.last_run(printed.format(lost="17")) != well
    assert "17" in guide.last_run(printed.format(lost="17"))
    assert guide.last_run("nothing was printed yet") == ""


def test_names_on_screen_are_those_of_the_language_that_is_spoken() -> None:
    assert "<b>File &gt; Safe to close?</b>" in page("assessor").html
    language.use("cy")
    welsh = language.tr("&File").replace("&", "")
    assert welsh != "File"
    assert f"<b>{welsh} &gt; " in page("assessor").html


def begins_with(term: str) -> re.Pattern[str]:
    """A Welsh term where a word begins, whatever the word before does to its first letters."""
    first, gap, others = term.partition(" ")
    either = "|".join(mutations(first))
    return re.compile(rf"(?<!\w)(?:{either}){gap}{others}")


@pytest.mark.parametrize("english", WELSH_WORDS)
def test_the_welsh_guide_calls_things_as_the_screens_do(english: str) -> None:
    on_screen, never = (begins_with(term) for term in WELSH_WORDS[english])
    said = polib.pofile(str(paths.resource("locale", "cy.po")))
    assert any(
        english in one.msgid.casefold() and on_screen.search(str(one).casefold()) for one in said
    )
    pages = {name: " ".join(text.casefold().split()) for name, text in written("cy").items()}
    assert any(on_screen.search(text) for text in pages.values())
    wrong = {name for name, text in pages.items() if never.search(text)} - {EXPLAINS}
    assert wrong == set()


def test_a_language_without_a_guide_has_the_english_one() -> None:
    assert book("xx") == book("en")


@pytest.mark.parametrize(
    ("looked_for", "place"),
    [
        ("lost laptop", "what-to-do#lost"),
        ("FORGOT", "what-to-do#passphrase"),
        ("stick full", "what-to-do#full"),
        ("second assessment score", "scores"),
        ("seed", "support"),
        ("krippendorff", "scores"),
        ("beyond chance", "scores"),
        ("check code", "assessor"),
        ("what the sample says", "assessor"),
        ("differ from the sample", "assessor"),
        ("benchmark", "local-assessor"),
    ],
)
def test_what_people_look_for_is_found(looked_for: str, place: str) -> None:
    found = [f"{one.page.name}#{one.passage.anchor}" for one in guide.find(book(), looked_for)]
    assert any(one.startswith(place) for one in found[:6]), found[:6]


@pytest.mark.parametrize(
    ("looked_for", "place"),
    [
        ("merging", "friday#merge"),
        ("sign-off", "assessor#sign-off"),
        ("signing a case off", "assessor#sign-off"),
        ("Hand in...", "assessor#hand-in"),
        ("passphrse", "what-to-do#passphrase"),
        ("I lost my laptop", "what-to-do#lost"),
        ("criteria scores xyzzy", "scores"),
        ("password", "what-to-do#"),
        ("weighting", "scores"),
        ("SmartScreen", "installing#"),
        ("uninstall", "installing#"),
        ("portable zip", "installing#portable"),
        ("go back to the old version", "installing#"),
    ],
)
def test_words_are_meant_however_they_stand(looked_for: str, place: str) -> None:
    first = guide.find(book(), looked_for)[0]
    assert f"{first.page.name}#{first.passage.anchor}".startswith(place)


@pytest.mark.parametrize(
    ("looked_for", "place"),
    [
        ("gyfuno", "friday#merge"),
        ("nghyfrinymadrodd", "what-to-do#passphrase"),
        ("liniadur", "what-to-do#lost"),
        ("Cadw\N{RIGHT SINGLE QUOTATION MARK}r dewis", "friday"),
        ("cyfrinmadrodd", "what-to-do#passphrase"),
        ("samplau", "support#draw"),
        ("chymeradwyo", "assessor#sign-off"),
        ("hachosion", "assessor"),
        ("gosod", "installing#"),
        ("dadosod", "installing#remove"),
        ("cofbin", "words#"),
        ("choelbren", "support#"),
    ],
)
def test_welsh_words_are_meant_after_any_word(looked_for: str, place: str) -> None:
    language.use("cy")
    first = guide.find(book("cy"), looked_for)[0]
    assert f"{first.page.name}#{first.passage.anchor}".startswith(place)


def test_a_row_of_a_table_is_shown_with_what_it_is_about() -> None:
    (found,) = guide.find(book(), "backup")
    assert found.sentence.startswith("dated copy: ")


def test_words_are_found_from_their_beginning() -> None:
    assert "beforehand" in page("words").html
    assert all("beforehand" not in one.sentence for one in guide.find(book(), "hand"))
    assert guide.spans("Print a fingerprint", "print") == ((0, 5),)
    assert guide.spans("a fingerprint", "print") == ((8, 5),)


def test_headings_are_found_first_and_sentences_are_shown() -> None:
    found = guide.find(book(), "conflict")
    headings = [one.passage.is_heading for one in found]
    assert headings == sorted(headings, reverse=True)
    assert all("conflict" in one.sentence.casefold() or one.passage.heading for one in found)
    assert guide.find(book(), "  ") == ()
    assert guide.find(book(), "xyzzy") == ()


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Cŷfarfod yn y tŷ", "cyfarfod", ["Cŷfarfod"]),
        ("Cŷfarfod yn y tŷ", "TY", ["tŷ"]),
        ("A case and a note", "a case", ["case"]),
        ("A case and a note", "a", ["A", "a"]),
        ("A ﬁle, and a file", "file", ["ﬁle", "file"]),
        ("Nothing", "some", []),
        ("(a+b)", "a+b", ["a+b"]),
    ],
)
def test_capitals_and_accents_play_no_part(text: str, words: str, found: list[str]) -> None:
    assert [text[at : at + length] for at, length in guide.spans(text, words)] == found
