"""The model case and its benchmark: right by the form, compared exactly, never in an inspection."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from hmip_desktop import paths
from hmip_desktop.casefile import passphrase, practice
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import Role, TeamMember
from hmip_desktop.casefile.rows import About
from hmip_desktop.cli import hmip
from hmip_desktop.cli.common import PASSPHRASE_VARIABLE
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import xlsform
from hmip_desktop.form.model import Form, Line, Question
from hmip_desktop.form.routing import Reason, Routing
from hmip_desktop.ids import PRACTICE, InspectionId, MemberId
from hmip_desktop.operations import (
    assess,
    benchmark,
    collate,
    consolidate,
    copies,
    exporting,
    inspection,
    model_case,
    practising,
    report,
)
from hmip_desktop.operations.benchmark import Comparison, Shared, Verdict
from hmip_desktop.operations.inspection import Details
from hmip_desktop.operations.model_case import ModelCase
from hmip_desktop.operations.reading import Reading


@pytest.fixture(scope="module")
def routing() -> Routing:
    return Routing(xlsform.compiled(model_case.questions()))


@pytest.fixture(scope="module")
def shipped() -> Form:
    return xlsform.compiled(xlsform.load(paths.resource(*model_case.FORM)))


@pytest.fixture
def case() -> ModelCase:
    return model_case.model_case()


def test_every_benchmark_answer_is_one_of_the_form_and_has_its_reason(
    shipped: Form, case: ModelCase
) -> None:
    assert len({one.question for one in case.benchmark}) == len(case.benchmark)
    for one in case.benchmark:
        choices = shipped.question_by_name[one.question].choice_by_name
        assert set(one.answer.split()) <= set(choices), one.question
        english, welsh = (text for _, text in one.why.texts)
        assert english.strip(), one.question
        assert welsh.strip(), one.question


def test_routing_asks_just_what_the_benchmark_answers_and_nothing_contradicts(
    routing: Routing, case: ModelCase
) -> None:
    state = routing.state(case.answers)
    assert set(state.asked) == set(case.answers)
    assert state.unanswered == ()
    assert routing.doubts(state) == ()
    assert 25 <= len(state.asked) <= 40


def test_both_sides_of_the_line_can_be_practised(routing: Routing, case: ModelCase) -> None:
    by_name = routing.form.question_by_name
    lines = [by_name[name].line_of(value) for name, value in case.answers.items()]
    assert lines.count(Line.ABOVE) >= 8
    assert lines.count(Line.BELOW) >= 8


def test_the_practised_questions_are_those_of_the_shipped_form(
    routing: Routing, shipped: Form, case: ModelCase
) -> None:
    practised = {question.name: question for question in routing.form.questions}
    for criterion in routing.form.criteria:
        whole = {one.name for one in shipped.questions_in(criterion.id)}
        assert whole == {one.name for one in routing.form.questions_in(criterion.id)}
    details = {name for name, one in practised.items() if one.group == "details"}
    assert details <= set(case.answers)
    for name, question in practised.items():
        assert _asked(question) == _asked(shipped.question_by_name[name])


def _asked(question: Question) -> tuple[object, ...]:
    return (
        question.label, question.hint, question.guidance, question.choices, question.relevant,
        question.required, question.doubt, question.scored,
    )  # fmt: skip


def test_the_story_is_told_in_english_and_in_a_draft_of_welsh() -> None:
    english, welsh = model_case.story(), model_case.story("Welsh (cy)")
    assert "made up" in english
    assert welsh != english
    assert "siaradwr Cymraeg" in welsh
    assert model_case.story("Gaelic (gd)") == english
    assert english.count("\n## ") == welsh.count("\n## ")


def test_nothing_is_told_before_it_is_answered(routing: Routing, case: ModelCase) -> None:
    found = benchmark.compare(routing, case, {})
    assert found.rows == ()
    assert found.choices == found.sides == Shared(0, 0)
    assert {one.name for one in found.unanswered} == set(routing.state({}).asked)


def test_the_benchmark_agrees_with_itself(routing: Routing, case: ModelCase) -> None:
    found = benchmark.compare(routing, case, case.answers)
    assert {row.verdict for row in found.rows} == {Verdict.SAME}
    assert found.choices == Shared(len(case.benchmark), len(case.benchmark))
    assert found.sides.same == found.sides.of
    assert found.unanswered == ()


def test_where_answers_differ(routing: Routing, case: ModelCase) -> None:
    given = {
        **case.answers,
        "q4_1_03": "correct",  # over the line
        "q0_20": "relationships alcohol",  # another choice, without a line
        "q4_1_02": "children family",  # the same, ticked in another order
        "q4_1_91": "no",  # 4.1.12 is not asked then
        "q4_1_21": "not_sufficient",  # below as well, but eleven more questions are asked
        "q4_1_15": "",  # not answered yet
    }
    found = benchmark.compare(routing, case, given)
    assert names(found, Verdict.OTHER_SIDE) == ["q4_1_03"]
    assert names(found, Verdict.OTHER_CHOICE) == ["q0_20", "q4_1_91", "q4_1_21"]
    assert names(found, Verdict.NOT_ASKED) == ["q4_1_12"]
    assert names(found, Verdict.ASKED_TOO) == [f"q4_1_{number}" for number in range(22, 33)]
    assert found.of(Verdict.NOT_ASKED)[0].because == (Reason("q4_1_91", "no"),)
    assert found.of(Verdict.ASKED_TOO)[0].because == (Reason("q4_1_21", "not_done"),)
    assert found.choices == Shared(33, 37)  # all but 4.1.12 and 4.1.15
    assert [row.verdict for row in found.rows] == sorted(
        (row.verdict for row in found.rows), key=list(Verdict).index
    )
    crossed = found.rows[0]
    assert (crossed.your_line, crossed.benchmark_line) == (Line.ABOVE, Line.BELOW)


def test_of_the_sides_only_what_scores_is_counted(routing: Routing, case: ModelCase) -> None:
    given = {"q4_1_01": "late", "q4_1_04": "no", "q3_1_01": "yes"}
    found = benchmark.compare(routing, case, given)
    assert found.sides == Shared(1, 1)  # late and inaccurate are both below
    assert names(found, Verdict.NOT_ASKED)[0] == "q4_1_02"


def test_what_waits_for_an_answer_is_not_told(routing: Routing, case: ModelCase) -> None:
    given = {name: value for name, value in case.answers.items() if name != "q4_1_05"}
    found = benchmark.compare(routing, case, given)
    assert names(found, Verdict.NOT_ASKED) == []  # 4.1.06 to 4.1.10 wait for 4.1.05
    assert [one.name for one in found.unanswered] == ["q4_1_05"]


def names(found: Comparison, verdict: Verdict) -> list[str]:
    return [row.question.name for row in found.of(verdict)]


def test_progress_is_kept_and_can_be_begun_anew(home: Path) -> None:
    with practising.open_practice() as document:
        assess.answer(Reading(document), "PRACTICE", "q0_04", "licence")
        first = document.about
    with practising.open_practice() as document:
        one = practising.one(Reading(document))
        assert one.assessment.answers == {"q0_04": "licence"}
        assert document.about == first
        assert first.is_practice
        assert copies.of(document.path) == ()  # no dated copies among those of real files
        with pytest.raises(Refused) as refusal:
            practising.start_again()
        assert refusal.value.code is Code.FILE_IN_USE
    with practising.start_again() as document:
        assert practising.one(Reading(document)).assessment.answers == {}


def test_a_practice_file_that_cannot_be_read_is_set_aside(home: Path) -> None:
    practising.open_practice().close()
    path = paths.practice_file()
    path.write_bytes(path.read_bytes()[:4096] + bytes(4096))
    with practising.open_practice() as document:
        assert practising.one(Reading(document)).answered == 0
    assert path.with_suffix(".broken.hmip").exists()


def test_answers_stay_when_the_program_brings_other_questions(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with practising.open_practice() as document:
        assess.answer(Reading(document), "PRACTICE", "q0_04", "community_order")
        before = Reading(document).contents.inspection.form
    changed = xlsform.XlsForm(
        "practice.csv", model_case.questions().content.replace(b"What type of case", b"What type")
    )
    monkeypatch.setattr(model_case, "questions", lambda: changed)
    with practising.open_practice() as document:
        reading = Reading(document)
        assert reading.contents.inspection.form == changed.sha256 != before
        assert practising.one(reading).assessment.answers == {"q0_04": "community_order"}


WORDS = Passphrase("four grey geese walking")


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    path = tmp_path / "lead.hmip"
    with Document.create(path, WORDS, About(InspectionId("real"), MemberId("l"), True)):
        return path


def test_nothing_of_it_is_merged_into_an_inspection(lead: Path, home: Path) -> None:
    with practising.open_practice() as document:
        assess.answer(Reading(document), "PRACTICE", "q0_04", "licence")
    with Document.open(lead, WORDS) as document:
        entries = len(document.journal)
        merged = collate.merge(document, [paths.practice_file()])
        assert [one.code for one in merged.files] == [Code.PRACTICE]
        assert len(document.journal) == entries


def test_not_even_with_the_same_passphrase_and_another_salt(tmp_path: Path, home: Path) -> None:
    known = practice.known_passphrase()
    real, disguised = tmp_path / "real.hmip", tmp_path / "disguised.hmip"
    about = About(PRACTICE, MemberId("x"), is_leads=False)
    Document.create(disguised, known, about).close()
    assert not practising.is_practice_file(disguised)
    with Document.create(real, known, About(InspectionId("real"), MemberId("l"), True)) as document:
        merged = collate.merge(document, [disguised])
    assert [one.code for one in merged.files] == [Code.PRACTICE]


def test_nothing_real_is_merged_into_it(lead: Path, home: Path) -> None:
    with practising.open_practice() as document:
        merged = collate.merge(document, [lead])
    assert [one.code for one in merged.files] == [Code.PASSPHRASE_WRONG]
    twin = lead.with_name("twin.hmip")
    with Document.create(
        twin,
        practice.known_passphrase(),
        About(InspectionId("real"), MemberId("l"), True),
    ):
        pass
    with practising.open_practice() as document:
        merged = collate.merge(document, [twin])
    assert [one.code for one in merged.files] == [Code.PRACTICE]


def test_it_is_not_handed_in_scored_or_exported(tmp_path: Path, home: Path) -> None:
    with practising.open_practice() as document:
        reading = Reading(document)
        for does in (
            lambda: assess.hand_in(reading, tmp_path),
            lambda: report.scored(reading, preliminary=True),
            lambda: consolidate.write_workbook(reading, tmp_path / "book.xlsx"),
            lambda: exporting.export(reading, tmp_path / "out"),
        ):
            with pytest.raises(Refused) as refusal:
                does()
            assert refusal.value.code is Code.PRACTICE
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.parametrize("command", ["hand-in", "scores", "workbook", "export"])
def test_nor_by_the_command_line(
    command: str, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practising.open_practice().close()
    monkeypatch.setenv(PASSPHRASE_VARIABLE, passphrase.PRACTICE)
    where = {
        "hand-in": [str(tmp_path)],
        "scores": [],
        "workbook": [str(tmp_path / "b.xlsx")],
    }
    more = where.get(command, [str(tmp_path / "out")])
    result = CliRunner().invoke(hmip, [command, str(paths.practice_file()), *more])
    assert isinstance(result.exception, Refused)
    assert result.exception.code is Code.PRACTICE


@pytest.mark.parametrize("text", [passphrase.PRACTICE, f" {passphrase.PRACTICE.upper()} "])
def test_its_passphrase_guards_no_real_inspection(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        passphrase.chosen(text)
    assert refusal.value.code is Code.PASSPHRASE_WEAK


def test_a_real_inspection_is_never_practice(tmp_path: Path) -> None:
    form = xlsform.XlsForm("practice.csv", model_case.questions().content)
    lead = TeamMember(MemberId("l"), "Lead 1", Role.LEAD)
    with inspection.begin(
        tmp_path / "a.hmip", WORDS, Details("Newtown 2026", "Newtown"), form, lead
    ) as document:
        assert not document.about.is_practice
    assert not practising.is_practice_file(tmp_path / "a.hmip")


def test_the_benchmark_can_be_read_as_a_table() -> None:
    with paths.resource("practice", "benchmark.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["question", "answer", "why", "why_cy"]
    assert {len(row) for row in rows} == {4}
