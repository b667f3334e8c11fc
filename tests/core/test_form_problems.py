from pathlib import Path

import pytest
import small_form
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hmip_desktop import paths
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import xlsform
from hmip_desktop.form.model import Form, Line, SectionRule
from hmip_desktop.form.xlsform import XlsForm

FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
HEAD = "type | name | label | relevant"
SCORED = "type | name | label | bind::hmip:criteria | bind::hmip:scored"


def found(folder: Path, head: str, *questions: str) -> set[tuple[str, int, str]]:
    return small_form.found(
        small_form.as_xlsx(folder / "f.xlsx", small_form.sheets(head, *questions))
    )


FIELD = "type | name | label | bind::hmip:field"
WRONG = {
    "a field of the case that is misspelt": (
        (FIELD, "select_one yn | q1 | A | ldu", "select_one yn | q2 | B | ethnicty"),
        ("survey", 3, "form.field"),
    ),
    "a field that is written as a heading": (
        (FIELD, "select_one yn | q1 | A | Case type"),
        ("survey", 2, "form.field"),
    ),
    "the reference of the case as an answer": (
        (FIELD, "text | q1 | A | reference"),
        ("survey", 2, "form.field"),
    ),
    "several answers for one field": (
        (FIELD, "select_multiple parts | q1 | A | ldu"),
        ("survey", 2, "form.field"),
    ),
    "an expression that is cut short": (
        (HEAD, "text | q1 | A |", "text | q2 | B | ${q1} = "),
        ("survey", 3, "form.expression"),
    ),
    "a function that nobody has": (
        (HEAD, "text | q1 | A |", "text | q2 | B | frobnicate(${q1})"),
        ("survey", 3, "form.expression"),
    ),
    "a question named by its place": (
        (HEAD, "text | q1 | A |", "text | q2 | B | ../q1 = 'a'"),
        ("survey", 3, "form.expression"),
    ),
    "routing that rests on a group": (
        (
            HEAD,
            "begin_group | g | G |",
            "text | q1 | A |",
            "end_group | | |",
            "text | q2 | B | ${g} = ''",
        ),
        ("survey", 5, "form.reference"),
    ),
    "routing that is another tomorrow": (
        (HEAD, "date | q1 | A |", "text | q2 | B | ${q1} < today()"),
        ("survey", 3, "form.today"),
    ),
    "a criterion that is not there": (
        (
            SCORED,
            "begin_group | c1_1 | C | |",
            "select_one yn | q1 | A | 1.7 | yes",
            "end_group | | | |",
        ),
        ("survey", 3, "form.criterion"),
    ),
    "a text that is to score": (
        (SCORED, "begin_group | c1_1 | C | |", "text | q1 | A | | yes", "end_group | | | |"),
        ("survey", 3, "form.scored-kind"),
    ),
    "scoring without a line": (
        (
            SCORED,
            "begin_group | c1_1 | C | |",
            "select_one parts | q1 | A | | yes",
            "end_group | | | |",
        ),
        ("survey", 3, "form.no-line"),
    ),
    "scoring in no criterion": (
        (SCORED, "select_one yn | q1 | A | | yes"),
        ("survey", 2, "form.no-criterion"),
    ),
    "a choice that the gate does not have": (
        (HEAD, "select_one yn | q1 | A |", "text | q2 | B | ${q1} != 'maybe'"),
        ("survey", 3, "form.choice"),
    ),
    "a choice that the gate does not have, the other way round": (
        (HEAD, "select_one yn | q1 | A |", "text | q2 | B | 'maybe' = ${q1}"),
        ("survey", 3, "form.choice"),
    ),
    "a tick that is not there": (
        (HEAD, "select_multiple parts | q1 | A |", "text | q2 | B | not(selected(${q1}, 'z'))"),
        ("survey", 3, "form.choice"),
    ),
    "routing that goes round": (
        (HEAD, "text | q1 | A | ${q2} = 'a'", "text | q2 | B | ${q1} = 'a'"),
        ("survey", 2, "form.circular"),
    ),
    "a question that nobody reaches": (
        (HEAD, "select_one yn | q1 | A |", "text | q2 | B | ${q1} = 'yes' and ${q1} = 'no'"),
        ("survey", 3, "form.unreachable"),
    ),
    "a question behind one that nobody reaches": (
        (
            HEAD,
            "select_one yn | q1 | A |",
            "select_one yn | q2 | B | ${q1} = 'yes' and ${q1} = ''",
            "text | q3 | C | ${q2} = 'yes'",
        ),
        ("survey", 4, "form.unreachable"),
    ),
    "nothing to answer": ((HEAD, "note | q1 | A |"), ("survey", 0, "form.empty")),
    "a name used twice": (
        (HEAD, "begin_group | g | G |", "text | q1 | A |", "end_group | | |", "text | q1 | B |"),
        ("survey", 5, "form.name-twice"),
    ),
    "a choice written by the program": (
        (HEAD, "select_one yn or_other | q1 | A |"),
        ("survey", 2, "form.unsupported"),
    ),
    "a list that is not there": (
        (HEAD, "text | q1 | A |", "select_one zz | q2 | B |"),
        ("survey", 3, "form.pyxform"),
    ),
    "a gate that is not there": (
        (HEAD, "text | q1 | A |", "text | q2 | B | ${nobody} = 1"),
        ("survey", 3, "form.pyxform"),
    ),
    "filtered choices": (
        ("type | name | label | choice_filter", "select_one yn | q1 | A | name = 'yes'"),
        ("survey", 2, "form.unsupported"),
    ),
    "choices in chance order": (
        ("type | name | label | parameters", "select_one yn | q1 | A | randomize=true"),
        ("survey", 2, "form.unsupported"),
    ),
    "an answer that stands there from the start": (
        ("type | name | label | default", "text | q1 | A | x"),
        ("survey", 2, "form.unsupported"),
    ),
    "an answer worked out at the start": (
        ("type | name | label | default", "date | q1 | A | today()"),
        ("survey", 2, "form.unsupported"),
    ),
    "a label that shows another answer": (
        (HEAD, "text | q1 | A |", "text | q2 | About ${q1}? |"),
        ("survey", 3, "form.unsupported"),
    ),
    "repeats": (
        (HEAD, "text | q0 | A |", "begin_repeat | r | R |", "text | q1 | A |", "end_repeat | | |"),
        ("survey", 3, "form.unsupported"),
    ),
}


@pytest.mark.parametrize("story", WRONG)
def test_the_form_check_finds(story: str, tmp_path: Path) -> None:
    table, where = WRONG[story]
    assert where in found(tmp_path, *table)


@pytest.mark.parametrize(
    "type_",
    [
        "time",
        "dateTime",
        "geopoint",
        "geotrace",
        "geoshape",
        "image",
        "audio",
        "video",
        "file",
        "barcode",
        "range",
        "acknowledge",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
        "osm",
        "rank_yn",
        "xml-external",
        "csv-external",
    ],
)
def test_types_that_the_program_does_not_do_are_named_with_their_row(
    type_: str, tmp_path: Path
) -> None:
    line = f"{type_.replace('_', ' ')} | q2 | B |"
    assert ("survey", 3, "form.unsupported") in found(tmp_path, HEAD, "text | q1 | A |", line)


NEVER_IGNORED = {
    "hidden questions": (HEAD, "text | q1 | A |", "hidden | q2 | B |"),
    "places noted at the start": (HEAD, "text | q1 | A |", "start-geopoint | q2 | B |"),
    "sound in the background": (HEAD, "text | q1 | A |", "background-audio | q2 | B |"),
    "pictures beside a label": ("type|name|label|media::image", "text|q1|A|", "text|q2|B|b.png"),
    "sound beside a label": ("type|name|label|media::audio", "text|q1|A|", "text|q2|B|b.mp3"),
    "a typed answer that is also worked out": (
        "type | name | label | calculation",
        "integer | q1 | A |",
        "integer | q2 | B | ${q1} + 1",
    ),
    "answers set by another answer": (
        "type | name | label | trigger | calculation",
        "integer | q1 | A | |",
        "integer | q2 | B | ${q1} | 5",
    ),
    "a label in two languages that shows another answer": (
        "type | name | label::English (en) | label::Welsh (cy)",
        "text | q1 | A | A",
        "text | q2 | About ${q1}? | Am ${q1}?",
    ),
    "a group's heading that shows an answer": (
        HEAD,
        "text | q1 | A |",
        "begin_group | g | About ${q1} |",
        "text | q2 | B |",
        "end_group | | |",
    ),
}


@pytest.mark.parametrize("story", NEVER_IGNORED)
def test_what_the_program_does_not_do_is_refused_never_ignored(story: str, tmp_path: Path) -> None:
    assert ("survey", 3, "form.unsupported") in found(tmp_path, *NEVER_IGNORED[story])


def test_a_choice_that_shows_another_answer_is_refused(tmp_path: Path) -> None:
    choices = [*small_form.CHOICES[:1], ("yn", "yes", "Yes, ${q1}", "above", "")]
    tables = small_form.sheets(HEAD, "text | q1 | A |", "select_one yn|q2|B|", choices=choices)
    codes = {
        code for _, _, code in small_form.found(small_form.as_xlsx(tmp_path / "f.xlsx", tables))
    }
    assert "form.unsupported" in codes


def test_a_prefix_that_nobody_declared_is_a_problem_of_the_settings(tmp_path: Path) -> None:
    settings_ = (("form_id",), ("small",))
    tables = small_form.sheets(SCORED, "select_one yn | q1 | A | | yes", settings=settings_)
    path = small_form.as_xlsx(tmp_path / "f.xlsx", tables)
    assert small_form.found(path) == {("settings", 0, "form.prefix")}


def test_lines_and_rules_misspelt_are_found_on_their_sheets(tmp_path: Path) -> None:
    choices = [*small_form.CHOICES[:2], [], ("yn", "no", "No", "under", "")]
    settings_ = (("form_id", "section_rule"), ("small", "median"))
    tables = small_form.sheets(HEAD, "select_one yn|q1|A|", choices=choices, settings=settings_)
    path = small_form.as_xlsx(tmp_path / "f.xlsx", tables)
    assert small_form.found(path) == {
        ("choices", 4, "form.line"),
        ("settings", 2, "form.section-rule"),
    }


BLANK_BETWEEN = small_form.sheets(
    HEAD, "select_one parts | q1 | A |", "| | |", "| | |", "text | q2 | B | ${q1} != 'maybe'"
)


def test_blank_rows_of_a_workbook_keep_the_row_numbers_right(tmp_path: Path) -> None:
    path = small_form.as_xlsx(tmp_path / "f.xlsx", BLANK_BETWEEN)
    assert small_form.found(path) == {("survey", 5, "form.choice")}


def test_rows_of_a_csv_form_are_those_that_excel_shows(tmp_path: Path) -> None:
    path = small_form.as_csv(tmp_path / "f.csv", BLANK_BETWEEN)
    assert small_form.found(path) == {("survey", 6, "form.choice")}


def test_the_three_kinds_of_file_give_the_same_form(tmp_path: Path) -> None:
    forms = {
        suffix: small_form.checked(write(tmp_path / f"f{suffix}", small_form.SMALL))
        for suffix, write in (
            (".xlsx", small_form.as_xlsx),
            (".csv", small_form.as_csv),
            (".md", small_form.as_md),
        )
    }
    assert [one.problems for one in forms.values()] == [(), (), ()]
    assert forms[".xlsx"].form == forms[".csv"].form == forms[".md"].form


def test_typographic_quotes_are_made_straight(tmp_path: Path) -> None:
    lines = ("select_one parts | q1 | A |", "text | q2 | B | ${q1} = ‘a’ or ${q1} = “b”")  # noqa: RUF001
    assert found(tmp_path, HEAD, *lines) == set()


def test_a_form_speaks_welsh_where_it_has_welsh_and_its_own_language_elsewhere(
    tmp_path: Path,
) -> None:
    head = "type | name | label::English (en) | label::Welsh (cy) | hint::English (en)"
    tables = small_form.sheets(
        head,
        "text | q1 | Was there a plan? | Oedd cynllun? | Look in the file",
        "text | q2 | Was it good? | | ",
        choices=(("list_name", "name", "label"),),
        settings=(("form_id", "default_language"), ("small", "English (en)")),
    )
    result = small_form.checked(small_form.as_xlsx(tmp_path / "f.xlsx", tables))
    form = result.form
    assert form is not None
    assert set(form.languages) == {"English (en)", "Welsh (cy)"}
    first, second = form.questions
    assert first.label.in_language("Welsh (cy)") == "Oedd cynllun?"
    assert first.hint.in_language("Welsh (cy)") == "Look in the file"
    assert second.label.in_language("Welsh (cy)") == "Was it good?"
    assert str(first.label) == "Was there a plan?"


def test_groups_become_sections_criteria_and_pages(tmp_path: Path) -> None:
    form = small_form.form_of(tmp_path)
    assert [(s.id, str(s.label)) for s in form.sections] == [
        ("4", "Doing the work"),
        ("5", "Victims"),
    ]
    assert [(g.id, g.section, str(g.label)) for g in form.criteria] == [
        ("4.1", "4", "Keeping people safe"),
        ("5.1", "5", "Risk to victims"),
    ]
    assert form.question_by_name["q4_1_04"].criteria == ("4.1", "5.1")
    assert form.question_by_name["q4_1_04"].choice_by_name["na"].line is Line.NOT_COUNTED
    assert form.question_by_name["q4_1_04"].choice_by_name["na"].why == "Nothing to judge"
    assert form.section_rule is SectionRule.CRITERIA
    assert (form.form_id, form.version, form.title) == ("small", "7", "A small form")
    assert form.find("4.1.02") is form.find("q4_1_02") is not None


def test_the_routing_of_every_group_around_a_question_holds_for_it(tmp_path: Path) -> None:
    path = small_form.as_xlsx(
        tmp_path / "f.xlsx",
        small_form.sheets(
            "type | name | label | relevant | calculation",
            "text | q1 | A | |",
            "begin_group | g | G | ${q1} = 'a' |",
            "begin_group | h | H | ${q1} != 'b' |",
            "text | q2 | B | ${q1} != 'c' |",
            "calculate | q3 | | | 1 + 1",
            "end_group | | | |",
            "end_group | | | |",
        ),
    )
    form = small_form.checked(path).form
    assert form is not None
    assert len(form.question_by_name["q2"].relevant) == 3
    assert len(form.question_by_name["q3"].relevant) == 2


def test_keeping_a_form_and_reading_it_again_is_identity(tmp_path: Path) -> None:
    form = small_form.form_of(tmp_path)
    assert Form.from_json(form.to_json()) == form


def test_the_programs_own_form_has_no_problem_and_needs_no_advice() -> None:
    result = small_form.checked(paths.resource("forms", "iaow-violence.csv"))
    assert result.problems == ()
    assert result.advice == ()
    assert result.form is not None
    assert Form.from_json(result.form.to_json()) == result.form


def test_a_form_with_problems_is_refused_with_all_of_them(tmp_path: Path) -> None:
    lines = ("text | q1 | A | nothing(", "text | q2 | B | nothing(")
    path = small_form.as_xlsx(tmp_path / "f.xlsx", small_form.sheets(HEAD, *lines))
    with pytest.raises(Refused) as refusal:
        xlsform.compiled(xlsform.load(path))
    assert refusal.value.code is Code.FORM_UNUSABLE
    assert [problem.row for problem in refusal.value.problems] == [2, 3]


@pytest.mark.parametrize("name", ["form.xlsx", "form.docx", "form"])
def test_a_form_that_is_not_there_is_unreadable(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        xlsform.load(tmp_path / name)
    assert refusal.value.code is Code.FORM_UNREADABLE


def test_a_folder_is_no_form(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").mkdir()
    with pytest.raises(Refused) as refusal:
        xlsform.load(tmp_path / "form.xlsx")
    assert refusal.value.code is Code.FORM_UNREADABLE


def _refused_as_unreadable(name: str, content: bytes) -> None:
    try:
        xlsform.check(XlsForm(name, content))
    except Refused as refusal:
        assert refusal.code is Code.FORM_UNREADABLE  # noqa: PT017


@FEW
@given(content=st.binary(max_size=400), suffix=st.sampled_from(xlsform.SUFFIXES))
def test_any_bytes_are_refused_and_nothing_else_happens(content: bytes, suffix: str) -> None:
    _refused_as_unreadable(f"form{suffix}", content)


@FEW
@given(text=st.text("|,\n survey choicestypnamlb'\"{}$()=*/.", max_size=300))
def test_any_text_is_refused_and_nothing_else_happens(text: str) -> None:
    for suffix in (".csv", ".md"):
        _refused_as_unreadable(f"form{suffix}", f"survey\n{text}".encode())


@FEW
@given(cut=st.integers(0, 5000), flip=st.integers(0, 5000))
def test_a_workbook_cut_short_or_scratched_is_refused(
    cut: int, flip: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("cut") / "f.xlsx"
    whole = small_form.as_xlsx(path, small_form.SMALL).read_bytes()
    _refused_as_unreadable("f.xlsx", whole[: cut % len(whole)])
    scratched = bytearray(whole)
    scratched[flip % len(whole)] ^= 0xFF
    _refused_as_unreadable("f.xlsx", bytes(scratched))


@pytest.mark.parametrize("suffix", xlsform.SUFFIXES)
def test_an_empty_file_is_no_form(suffix: str) -> None:
    with pytest.raises(Refused) as refusal:
        xlsform.check(XlsForm(f"f{suffix}", b""))
    assert refusal.value.code is Code.FORM_UNREADABLE


@pytest.mark.parametrize(
    "relevant",
    [
        "regex(${q1}, '[')",
        "selected-at('a b', ${q2}) = 'a'",
        "substr(${q1}, ${q2}) = 'a'",
        "pow(${q2}, -1) > 1",
        "int(1 div ${q2}) = 1",
        "round(1 div ${q2}) = 1",
    ],
)
def test_an_expression_that_can_fail_is_a_problem_or_works_never_a_crash(
    relevant: str, tmp_path: Path
) -> None:
    lines = ("text | q1 | A |", "integer | q2 | B |", f"text | q3 | C | {relevant}")
    result = found(tmp_path, HEAD, *lines)
    assert result <= {("survey", 4, "form.expression"), ("survey", 4, "form.unreachable")}


def test_a_remainder_of_nothing_is_no_crash(tmp_path: Path) -> None:
    lines = ("integer | q1 | A |", "text | q2 | B | 5 mod ${q1} = 1", "text | q3 | C | 5 mod 0 = 1")
    assert found(tmp_path, HEAD, *lines) == {("survey", 4, "form.unreachable")}


@pytest.mark.parametrize("constraint", [". * 2 < 10", "'2' * . < 10"])
def test_a_product_with_the_answer_itself_is_read(constraint: str, tmp_path: Path) -> None:
    line = f"integer | q1 | A | {constraint}"
    assert found(tmp_path, "type | name | label | constraint", line) == set()


def test_a_question_may_have_a_welsh_name(tmp_path: Path) -> None:
    lines = ("select_one parts | q_tŷ | A |", "text | q2 | B | ${q_tŷ} = 'a'")
    assert found(tmp_path, HEAD, *lines) == set()
