"""The published figures: the table itself, each measure on four cases, and the demonstration."""

import csv
import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
import small_form
from click.testing import CliRunner
from small_inspection import PASSPHRASE, TEAM, WORDS, write_csv

from hmip_desktop import paths
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.cli import hmip
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import xlsform
from hmip_desktop.form.model import Form
from hmip_desktop.form.routing import Routing
from hmip_desktop.made_answers import deal
from hmip_desktop.operations import allocating, assess, demo, figures, set_up
from hmip_desktop.operations.figures import ALL, FRACTIONS, Among, Checked, Figure, Measure
from hmip_desktop.operations.reading import Reading
from hmip_desktop.scoring import Judged

TABLE = figures.published_figures()


def named(figure: Figure) -> list[tuple[str, frozenset[str]]]:
    """The questions that a figure names, each with the choices that it names."""
    own = [] if figure.measure is Measure.SECTION_SCORE else [(figure.question, figure.choices)]
    return own + ([(figure.among.question, figure.among.choices)] if figure.among else [])


@pytest.fixture(scope="module")
def form() -> Form:
    return xlsform.compiled(xlsform.load(demo.plan().form))


class TestTheTable:
    def test_every_row_is_whole_and_named_once(self) -> None:
        with paths.resource("demo", "figures.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        assert len(rows) == len(TABLE) > 200
        assert not [row for row in rows if None in row or None in row.values()]
        names = [(one.figure, one.where) for one in TABLE]
        assert len(set(names)) == len(names)

    def test_every_figure_is_written_as_the_report_prints_figures(self) -> None:
        words = {ALL, *FRACTIONS}
        odd = [
            one
            for one in TABLE
            if one.published not in words and not one.published.removesuffix("%").isdigit()
        ]
        assert odd == []

    def test_every_question_and_choice_is_in_the_form(self, form: Form) -> None:
        for figure in TABLE:
            for name, choices in named(figure):
                question = form.question_by_name[name]
                assert question.takes_answer
                assert choices <= set(question.choice_by_name), figure

    def test_section_scores_are_of_sections_of_the_form(self, form: Form) -> None:
        scores = [one.question for one in TABLE if one.measure is Measure.SECTION_SCORE]
        assert scores == [section.id for section in form.sections]

    def test_choices_are_given_where_the_measure_counts_them_and_nowhere_else(self) -> None:
        counting = {Measure.SHARE_OF_JUDGED, Measure.SHARE_OF_ASKED, Measure.NUMBER_WITH_CHOICE}
        assert [one for one in TABLE if bool(one.choices) != (one.measure in counting)] == []

    def test_percentages_are_shares_and_whole_numbers_are_numbers(self) -> None:
        shares = {
            Measure.SECTION_SCORE,
            Measure.SHARE_ABOVE,
            Measure.SHARE_OF_JUDGED,
            Measure.SHARE_OF_ASKED,
        }
        assert [one for one in TABLE if one.published.isdigit() == (one.measure in shares)] == []


HEAD = "type | name | label | relevant | required | bind::hmip:criteria | bind::hmip:scored"
SURVEY = (
    "begin_group | s4 | Doing the work",
    "begin_group | c4_1 | Keeping people safe",
    "select_one yn | q4_1_01 | Was there a plan? | | | | yes",
    "select_multiple parts | q4_1_02 | What in it? | ${q4_1_01} = 'yes'",
    "select_one yn | q4_1_03 | Was it good? | | | | yes",
    "end_group",
    "end_group",
)
ANSWERS = {
    "A": {"q4_1_01": "yes", "q4_1_02": "a b", "q4_1_03": "yes"},
    "B": {"q4_1_01": "yes", "q4_1_02": "b", "q4_1_03": "no"},
    "C": {"q4_1_01": "yes", "q4_1_02": "c", "q4_1_03": "na"},
    "D": {"q4_1_01": "no", "q4_1_02": "a"},  # a tick that no longer counts, and one gap
    "E": {"q4_1_01": "no"},  # never signed off
}


@pytest.fixture(scope="module")
def lead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four cases signed off and one that is not, in a real case file."""
    folder = tmp_path_factory.mktemp("tiny")
    lines = [line + " |" * (HEAD.count("|") - line.count("|")) for line in SURVEY]
    plan = set_up.Plan(
        title="Tiny",
        area="Tiny",
        form=small_form.as_csv(folder / "form.csv", small_form.sheets(HEAD, *lines)),
        sample=write_csv(
            folder / "sample.csv", [["reference", "LDU"], *([c, "X"] for c in "ABCDE")]
        ),
        team=write_csv(folder / "team.csv", TEAM),
    )
    lead = folder / "lead.hmip"
    set_up.new_inspection(lead, PASSPHRASE, plan)
    with Document.open(lead, PASSPHRASE) as document:
        allocating.allocate(document)
        rows = [(case, *answer, "") for case, given in ANSWERS.items() for answer in given.items()]
        table = folder / "answers.csv"
        table.write_text(assess.answers_as_csv(rows), encoding="utf-8", newline="")
        assess.import_answers(Reading(document), table)
        assess.sign_off(Reading(document), list("ABCD"))
    return lead


@pytest.fixture
def reading(lead: Path) -> Iterator[Reading]:
    with Document.open(lead, PASSPHRASE, write=False) as document:
        yield Reading(document)


def figure(
    measure: Measure, published: str, question: str, choices: str = "", among: str = ""
) -> Figure:
    limit = Among("q4_1_01", frozenset(among.split())) if among else None
    return Figure(
        "a figure", "O4 1.1", measure, question, frozenset(choices.split()), limit, published, ""
    )


def check(reading: Reading, one: Figure) -> Checked:
    (row,) = figures.checked(reading, [one])
    return row


class TestMeasures:
    # 4.1.01: 3 of 4 above. 4.1.03: A above, B below, C not counted, D no answer.
    # The criterion, and so the section: the mean of 3/4 and 1/2 = 62.5%, half up.
    @pytest.mark.parametrize(
        ("measure", "question", "choices", "among", "expected"),
        [
            (Measure.SECTION_SCORE, "4", "", "", "63%"),
            (Measure.SHARE_ABOVE, "q4_1_01", "", "", "75%"),
            (Measure.SHARE_ABOVE, "q4_1_03", "", "", "50%"),
            (Measure.SHARE_OF_JUDGED, "q4_1_01", "no", "", "25%"),
            (Measure.SHARE_OF_ASKED, "q4_1_03", "yes", "", "25%"),
            (Measure.SHARE_OF_ASKED, "q4_1_03", "yes", "yes", "33%"),
            (Measure.SHARE_OF_ASKED, "q4_1_02", "b", "", "67%"),
            (Measure.NUMBER_WITH_CHOICE, "q4_1_03", "yes no", "", "2"),
            (Measure.NUMBER_WITH_CHOICE, "q4_1_03", "no", "no", "0"),
            (Measure.NUMBER_WITH_CHOICE, "q4_1_02", "a", "", "1"),
            (Measure.NUMBER_WITH_CHOICE, "q4_1_02", "a b", "", "2"),
            (Measure.NUMBER_JUDGED, "q4_1_03", "", "", "2"),
            (Measure.NUMBER_ASKED, "q4_1_02", "", "", "3"),
            (Measure.NUMBER_ASKED, "q4_1_03", "", "", "4"),
            (Measure.NUMBER_ASKED, "q4_1_03", "", "no", "1"),
            (Measure.DIFFERENT_ANSWERS, "q4_1_02", "", "", "3"),
        ],
    )
    def test_each_gives_the_number_computed_by_hand(
        self,
        reading: Reading,
        measure: Measure,
        question: str,
        choices: str,
        among: str,
        expected: str,
    ) -> None:
        row = check(reading, figure(measure, expected, question, choices, among))
        assert (row.computed, row.agrees) == (expected, True)

    def test_a_figure_one_off_does_not_agree(self, reading: Reading) -> None:
        percent = check(reading, figure(Measure.SHARE_ABOVE, "76%", "q4_1_01"))
        number = check(reading, figure(Measure.NUMBER_ASKED, "5", "q4_1_01"))
        assert (percent.computed, percent.agrees) == ("75%", False)
        assert (number.computed, number.agrees) == ("4", False)

    def test_nothing_judged_is_a_dash(self, reading: Reading) -> None:
        row = check(reading, figure(Measure.SHARE_ABOVE, "0%", "q4_1_03", among="no"))
        assert (row.computed, row.agrees) == ("–", False)

    def test_all_is_every_case_and_no_fewer(self, reading: Reading) -> None:
        every = check(reading, figure(Measure.SHARE_ABOVE, ALL, "q4_1_01", among="yes"))
        fewer = check(reading, figure(Measure.SHARE_ABOVE, ALL, "q4_1_01"))
        none = check(reading, figure(Measure.SHARE_ABOVE, ALL, "q4_1_03", among="no"))
        assert (every.computed, every.agrees) == (ALL, True)
        assert (fewer.computed, fewer.agrees) == ("75%", False)
        assert not none.agrees

    @pytest.mark.parametrize(
        ("word", "share", "agrees"),
        [
            ("half", Fraction(54, 100), True),
            ("half", Fraction(541, 1000), False),
            ("one-third", Fraction(24, 74), True),
            ("three-quarters", Fraction(70, 100), False),
        ],
    )
    def test_a_fraction_in_words_is_met_within_four_points(
        self, word: str, share: Fraction, agrees: bool
    ) -> None:
        row = figures._checked(figure(Measure.SHARE_ABOVE, word, "q4_1_01"), share)
        assert row.agrees is agrees

    def test_another_form_is_refused(self, reading: Reading) -> None:
        with pytest.raises(Refused) as refused:
            figures.checked(reading, TABLE)
        assert refused.value.code is Code.QUESTION_UNKNOWN

    def test_the_command_says_so_too(self, lead: Path) -> None:
        done = CliRunner().invoke(hmip, ["figures", str(lead)], env={"HMIP_PASSPHRASE": WORDS})
        assert isinstance(done.exception, Refused)
        assert done.exception.code is Code.QUESTION_UNKNOWN


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lead's case file of the demonstration, made once: about five seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        folder = tmp_path_factory.mktemp("demonstration")
        return demo.make(folder, Passphrase(demo.PASSPHRASE)).lead


@pytest.fixture(scope="module")
def rows(made: Path) -> tuple[Checked, ...]:
    with Document.open(made, Passphrase(demo.PASSPHRASE), write=False) as document:
        return figures.checked(Reading(document), TABLE)


def across(form: Form, figure: Figure, cases: Sequence[Judged]) -> figures.Value:
    """A figure about two questions, counted without a case file."""
    assert figure.among
    limit = form.question_by_name[figure.among.question]
    inside = [case for case in cases if figure.among.choices & figures._given(limit, case)]
    return figures._counted(form.question_by_name[figure.question], figure, inside)


CANNOT_HOLD = {
    ("Cases inspected (note under the first chart)", "72"),
    ("RoSH screening inaccurate", "17%"),
}


class TestTheDemonstration:
    def test_every_published_figure_comes_out_that_can(self, rows: tuple[Checked, ...]) -> None:
        others = {
            (row.figure.figure, row.figure.published): row.figure.remark
            for row in rows
            if not row.agrees
        }
        assert set(others) == CANNOT_HOLD
        assert all(others.values())

    @pytest.mark.parametrize("seed", range(5))
    def test_figures_about_two_questions_come_out_whatever_the_chance(
        self, form: Form, seed: int
    ) -> None:
        with paths.resource("demo", "sample.csv").open(encoding="utf-8", newline="") as file:
            cases = {row["reference"]: row for row in csv.DictReader(file)}
        routing = Routing(form)
        states = [routing.state(a) for a in deal(routing, cases, demo.wanted(), seed).values()]
        judged = [Judged(state.is_asked, state.values) for state in states]
        crossing = [one for one in TABLE if one.among]
        values = {one.figure: across(form, one, judged) for one in crossing}
        checks = [figures._checked(one, values[one.figure]) for one in crossing]
        assert [check for check in checks if not check.agrees] == []

    def test_every_section_score_comes_out(self, rows: tuple[Checked, ...]) -> None:
        scores = [row for row in rows if row.figure.measure is Measure.SECTION_SCORE]
        assert [row.computed for row in scores] == ["79%", "83%", "75%", "76%", "87%"]

    def test_the_command_prints_them(self, made: Path, rows: tuple[Checked, ...]) -> None:
        env = {"HMIP_PASSPHRASE": demo.PASSPHRASE}
        plain = CliRunner().invoke(hmip, ["figures", str(made)], env=env)
        lines = plain.output.splitlines()
        agree = sum(row.agrees for row in rows)
        assert plain.exit_code == 0
        assert len(lines) == len(rows) + 2
        assert lines[-1] == f"{agree} of {len(rows)} published figures agree"
        value = json.loads(
            CliRunner().invoke(hmip, ["figures", str(made), "--json"], env=env).output
        )
        assert (value["agree"], value["published"]) == (agree, len(rows))
        assert [one["computed"] for one in value["figures"]] == [row.computed for row in rows]
