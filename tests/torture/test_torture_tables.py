"""Forms, samples, team lists and answers made in bad faith, or by a cat on the keyboard."""

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
import pytest
import small_form
import small_inspection as small
import torture_desk
from hypothesis import given
from hypothesis import strategies as st
from small_inspection import PASSPHRASE

from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import pattern, xlsform, xpath
from hmip_desktop.form.expression import ExpressionError
from hmip_desktop.operations import allocating, assess, handing_out, set_up
from hmip_desktop.operations.reading import Reading
from hmip_desktop.sample_sheet import preview_sample, preview_team

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = "type|name|label|relevant|calculation"
SOON = 20.0


def rewritten(source: Path, change: Callable[[bytes], bytes], part: str = SHEET) -> Path:
    """A workbook with one of its parts changed as no spreadsheet program would."""
    made = source.with_name(f"hostile {source.name}")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return made


def form(folder: Path, *rows: str) -> Path:
    return small_form.as_xlsx(folder / "form.xlsx", small_form.sheets(HEAD, *rows))


def table(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in small.SAMPLE:
        sheet.append(row)
    book.save(folder / "sample.xlsx")
    return folder / "sample.xlsx"


def laughs(sheet: bytes) -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return b'<!DOCTYPE x [<!ENTITY l0 "ha">%s]>' % entities + in_a_cell(sheet, b"&l9;")


def reads_a_file(sheet: bytes) -> bytes:
    head = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return head + in_a_cell(sheet, b"&f;")


def unpacks_to_much(sheet: bytes) -> bytes:
    return in_a_cell(sheet, b"a" * (80 << 20))


def far_away(sheet: bytes) -> bytes:
    row = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return sheet.replace(b"</sheetData>", row + b"</sheetData>")


def far_away_in_other_words(sheet: bytes) -> bytes:
    row = b'<row r="1048576"><c r="&#88;FD&#49;048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return sheet.replace(b"</sheetData>", row + b"</sheetData>")


def merged_without_end(sheet: bytes) -> bytes:
    merged = b'<mergeCells count="1"><mergeCell ref="B9:XFD1048576"/></mergeCells>'
    return sheet.replace(b"</sheetData>", b"</sheetData>" + merged)


def in_a_cell(sheet: bytes, text: bytes) -> bytes:
    return re.sub(rb"<t>[^<]+</t>", lambda _: b"<t>" + text + b"</t>", sheet, count=1)


BOMBS = [laughs, reads_a_file, unpacks_to_much, far_away, far_away_in_other_words,
         merged_without_end]  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_workbook_that_unpacks_to_very_much_is_refused_at_once(
    bomb: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    begun = time.process_time()
    with pytest.raises(Refused) as refusal:
        preview_sample(rewritten(table(tmp_path), bomb))
    assert refusal.value.code is Code.SHEET_UNREADABLE
    hostile = rewritten(form(tmp_path, "text | q | Q |"), bomb)
    with pytest.raises(Refused) as refusal:
        xlsform.check(xlsform.load(hostile))
    assert refusal.value.code is Code.FORM_UNREADABLE
    assert time.process_time() - begun < SOON


def rows_of(count: int) -> str:
    return "reference,ldu\n" + "".join(f"R-{at:06},North\n" for at in range(count))


TABLES = {
    "a hundred thousand rows": (rows_of(99_999), None),
    "more rows than that": (rows_of(100_001), Code.SHEET_UNREADABLE),
    "a hundred thousand columns": (
        "reference," + ",".join(f"c{at}" for at in range(100_000)) + "\nX\n",
        Code.SHEET_UNREADABLE,
    ),
    "a quote that never ends": ('reference,ldu\n"' + "a" * (1 << 22), Code.SHEET_UNREADABLE),
    "nothing but zeros": ("\0" * (1 << 22), Code.SHEET_UNREADABLE),
    "one very long cell": ("reference,ldu\nX," + "a" * (1 << 22), Code.SHEET_UNREADABLE),
    "too long a file": ("reference\n" + "a\n" * (17 << 20), Code.SHEET_UNREADABLE),
}


@pytest.mark.parametrize("story", TABLES)
def test_a_very_large_table_is_read_in_time_or_refused(story: str, tmp_path: Path) -> None:
    text, code = TABLES[story]
    path = tmp_path / "table.csv"
    path.write_text(text)
    begun = time.process_time()
    if code is None:
        assert len(preview_sample(path).cases()) == 99_999
    else:
        with pytest.raises(Refused) as refusal:
            preview_sample(path)
        assert refusal.value.code is code
    assert time.process_time() - begun < SOON


def doubling(count: int) -> list[str]:
    rows = ["text | t | T | |", "calculate | c0 | | | concat(${t}, '0123456789')"]
    return rows + [
        f"calculate | c{n} | | | concat(${{c{n - 1}}}, ${{c{n - 1}}})" for n in range(1, count)
    ]


def chained(count: int) -> list[str]:
    rows = [f"text | q{n} | Q | ${{q{n - 1}}} = 'yes' |" for n in range(1, count)]
    return ["text | q0 | Q | |", *rows]


def gated(count: int) -> list[str]:
    every = " and ".join(f"${{g{n}}} = 'yes'" for n in range(12))
    rows = [f"text | u{n} | U | {every} and ${{g0}} = 'no' |" for n in range(count)]
    return [*(f"select_one yn | g{n} | G | |" for n in range(12)), *rows]


def nested(count: int) -> list[str]:
    groups = [f"begin_group | g{n} | G | |" for n in range(count)]
    return [*groups, "text | q | Q | |", *["end_group | | | |"] * count]


def said(expression: str) -> list[str]:
    return ["text | t | T | |", f"text | q | Q | {expression} |"]


FORMS = {
    "more rows than a form has": [f"text | q{n} | Q | |" for n in range(5_001)],
    "a text that doubles at every step": doubling(60),
    "a chain of questions": chained(400),
    "gates that nobody can pass": gated(15),
    "groups in groups": nested(400),
    "brackets in brackets": said("(" * 3_000 + "1" + ")" * 3_000),
    "a sum without end": said("+".join(["1"] * 3_000)),
    "a sum that is just too deep": said("+".join(["1"] * 320)),
    "a number without end": said("1" * 30_000),
    "names without end": said("a" * 30_000),
    "paths without end": said("/a" * 10_000),
    "a power": said("pow(9, pow(9, pow(9, 9))) = 1"),
    "round and round": ["text | a | A | ${b} = 'x' |", "text | b | B | ${a} = 'x' |"],
    "itself": ["calculate | a | | | ${a} + 1", "text | t | T | |"],
    "a document": said("document('file:///etc/passwd') = 'x'"),
    "another place": said("doc('http://127.0.0.1/') = 'x'"),
    "a formula": ["text | q | =cmd\\|'/c calc'!A1 | |"],
    "markup": ["text | q | <script>alert(1)</script> & <b> | |"],
    **{f"regex {p}": said(f"regex(${{t}}, '{p}')") for p in ("(a+)+$", "[", "(?<=a)b")},
}  # fmt: skip


@pytest.mark.parametrize("story", FORMS)
def test_a_hostile_form_is_judged_in_time_and_never_runs_away(story: str, tmp_path: Path) -> None:
    begun = time.process_time()
    try:
        found = xlsform.check(xlsform.load(form(tmp_path, *FORMS[story])))
    except Refused as refusal:
        assert refusal.code in (Code.FORM_UNREADABLE, Code.FORM_UNUSABLE)  # noqa: PT017
        return
    finally:
        assert time.process_time() - begun < SOON
    assert found.form is not None or found.problems
    if found.form is not None and not found.problems:
        from hmip_desktop.form.routing import Routing

        state = Routing(found.form).state({"t": "a" * 40 + "!"})
        assert sum(map(len, state.values.values())) < 1_000_000
    assert time.process_time() - begun < SOON


@given(
    st.text("ab1 _\n", max_size=6),
    st.recursive(
        st.sampled_from(["a", "b", "1", " ", ".", "\\d", "\\w", "\\s", "\\W", "[ab]", "[^a]",
                         "[a-c1]", "^", "$", "\\b"]),
        lambda part: st.one_of(
            st.tuples(part, part).map("".join),
            part.map("({})".format),
            st.tuples(part, part).map("(?:{0[0]}|{0[1]})".format),
            st.tuples(part, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])).map(
                "({0[0]}){0[1]}".format
            ),
        ),
        max_leaves=6,
    ),
)  # fmt: skip
def test_a_pattern_is_found_exactly_where_python_finds_it(text: str, expression: str) -> None:
    assert pattern.found(expression, text) == bool(re.search(expression, text))


@pytest.mark.parametrize(
    "expression", ["(a+)+$", "(a|a)*b", "(a|aa)+$", "(\\w+\\s?)*$", "a*a*a*a*a*a*b", "(a?){99}$"]
)
def test_no_pattern_keeps_anybody_waiting(expression: str) -> None:
    begun = time.process_time()
    try:
        pattern.found(expression, "a" * 5_000 + "!")
    except re.error:
        assert "{" in expression
    assert time.process_time() - begun < 5


# Names

NAMES = [
    "../../etc/passwd", "..\\..\\boot", "/etc/passwd", "C:\\x", "a/b", "nul", "CON", "con.txt",
    "Lpt1.", "COM¹", "aux .x", "a\u202egpj.exe", "\u200b", "a\u2066b", "=cmd|'/c calc'!A1",
    "+1", "@x", "<b>Bold</b>", "\ufeffAnn", "a" * 300, "🦉" * 100, "ŵ" * 200, "'; drop table",
    "%00",    "-rf", "~", "$HOME", "a\tb", ".hidden", "Ann.",
]  # fmt: skip


def test_people_of_any_name_get_a_file_in_the_folder(tmp_path: Path) -> None:
    team = [("name", "role"), ("Lee", "lead inspector"), *((name, "inspector") for name in NAMES)]
    sample = [("reference", "LDU"), *((f"MER-{n:03}", "North") for n in range(2 * len(NAMES)))]
    plan = small.plan(
        tmp_path / "papers",
        team=small.write_csv(tmp_path / "team.csv", team),
        sample=small.write_csv(tmp_path / "cases.csv", sample),
    )
    try:
        set_up.new_inspection(tmp_path / "lead.hmip", PASSPHRASE, plan)
    except Refused as refusal:
        assert refusal.code is Code.TEAM_UNUSABLE  # noqa: PT017
        bad = {problem.row for problem in refusal.problems}
        team = [row for number, row in enumerate(team, start=1) if number not in bad]
        assert len(team) > len(NAMES) / 2
        small.write_csv(tmp_path / "team.csv", team)
        set_up.new_inspection(tmp_path / "lead.hmip", PASSPHRASE, plan)
    with Document.open(tmp_path / "lead.hmip", PASSPHRASE) as document:
        allocating.allocate(document)
        made = handing_out.hand_out(document, tmp_path / "deep" / "out")
    assert {one.path.parent for one in made} == {tmp_path / "deep" / "out"}
    assert len(list((tmp_path / "deep" / "out").iterdir())) == len(made) == len(team) - 2
    assert {one.name for one in (tmp_path / "deep").iterdir()} == {"out"}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_is_one_that_every_computer_takes(name: str) -> None:
    made = handing_out.file_name(name)
    assert made.isprintable()
    assert Path(made).name == made
    assert len(f".{made} (2).hmip.part-journal".encode()) < 255
    assert made.partition(".")[0].strip().upper() not in {"CON", "NUL", "AUX", "LPT1", "COM¹"}
    assert not set(made) & set('<>:"/\\|?*')
    assert made == made.strip(" .")


# Fuzzing; what was once found lies in tests/corpus


def read_as(path: Path, folder: Path) -> None:
    """Read a file as everything that its kind can be; only a refusal may come of it."""
    kind = path.name.partition("-")[0]
    try:
        if kind == "form":
            xlsform.check(xlsform.load(path))
        elif kind == "sample":
            preview_sample(path).cases()
        elif kind == "team":
            preview_team(path).people()
        else:
            with Document.open(ann_of(folder), PASSPHRASE) as document:
                assess.import_answers(Reading(document), path)
    except Refused as refusal:
        assert refusal.sentence  # noqa: PT017


def ann_of(folder: Path) -> Path:
    place = folder / "inspection"
    return place / "out" / "Ann.hmip" if place.exists() else small.inspection(place).files["Ann"]


def seeds(folder: Path) -> dict[str, Path]:
    """A sound file of each kind."""
    rows = [("case", "question", "value", "note"), ("MER-001", "q4_1_01", "yes", "why")]
    return {
        "form-csv": small_form.as_csv(folder / "form.csv", small_form.SMALL),
        "form-xlsx": small_form.as_xlsx(folder / "form.xlsx", small_form.SMALL),
        "form-md": small_form.as_md(folder / "form.md", small_form.SMALL),
        "sample-csv": small.write_csv(folder / "sample.csv", small.SAMPLE),
        "sample-xlsx": table(folder),
        "team-csv": small.write_csv(folder / "team.csv", small.TEAM),
        "answers-csv": small.write_csv(folder / "answers.csv", rows),
    }


WORDS = (
    b"${q4_1_01}", b"relevant", b"calculate", b"begin_group", b"end_group", b"=1+1", b"\xff\xfe",
    b"\0", b'"', b",", b"\n", b";", b"\t", b"|", b"&", b"<", b"concat(", b"select_one yn", b"1e999",
    "٣".encode(), "\u202e".encode(), b"#REF!", b"2013-02-30", b"-", b"9" * 40, b"regex(., '(')",
)  # fmt: skip


def mutated(content: bytes, chance: Random) -> bytes:
    """Some bytes cut, doubled, turned or put in."""
    made = bytearray(content)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.randrange(40))
        match chance.randrange(5):
            case 0:
                del made[at:end]
            case 1:
                made[at:at] = made[at:end]
            case 2:
                made[at:at] = chance.choice(WORDS)
            case 3:
                made[at:end] = chance.choice(WORDS)
            case _:
                made[at:at] = chance.randbytes(chance.randrange(4))
    return bytes(made)


def mutated_file(source: Path, to: Path, chance: Random) -> Path:
    """A file that was changed somewhere; of a workbook, one of its parts."""
    if source.suffix != ".xlsx" or chance.randrange(4) == 0:
        to.write_bytes(mutated(source.read_bytes(), chance))
        return to
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(to, "w") as new:
        chosen = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutated(content, chance) if name == chosen else content)
    return to


def test_no_table_that_was_changed_by_chance_ends_in_a_fault(tmp_path: Path) -> None:
    sound = seeds(tmp_path)
    chance = torture_desk.chance("tables")
    for _ in torture_desk.rounds(120):
        kind = chance.choice(list(sound))
        path = tmp_path / f"{kind.replace('-', '-fuzzed.')}"
        mutated_file(sound[kind], path, chance)
        begun = time.process_time()
        try:
            read_as(path, tmp_path)
        except Exception:
            kept = CORPUS / f"{path.stem}-{chance.randrange(10**6):06}{path.suffix}"
            kept.write_bytes(path.read_bytes())
            raise
        assert time.process_time() - begun < SOON
        torture_desk.tried(f"changed by chance: {kind}")


FOUND = sorted(path for path in CORPUS.glob("*-*.*") if path.suffix != ".hmip")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_once_found_is_read_or_refused(path: Path, tmp_path: Path) -> None:
    begun = time.process_time()
    read_as(path, tmp_path)
    assert time.process_time() - begun < SOON


PIECES = st.sampled_from(
    ["1", "'a'", "/data/q", ".", "(", ")", "+", "-", "*", "=", "!=", "<", ">=", " and ", " or ",
     " mod ", " div ", "not(", "if(", ",", "concat(", "selected(", "number(", "round(", "today()",
     "''", "date('2013-01-01')", "regex(", "substr(", "int(", "1e9", "-1", "[1]", "count-selected("]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=8))
def test_any_expression_has_a_value_or_is_an_error_of_its_own(source: str, answer: str) -> None:
    try:
        expression = xpath.parse(source)
        expression.value({"/data/q": answer}, itself=answer)
        expression.holds({"/data/q": answer})
    except ExpressionError:
        return
