"""The Word summary: opened again as Word would, its figures are those of the scores."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import openpyxl
import pytest
import small_form
import small_inspection as small
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from small_inspection import PASSPHRASE, WORDS

from hmip_desktop import language
from hmip_desktop.casefile.document import Document
from hmip_desktop.errors import Cancelled, Code, Refused
from hmip_desktop.form.model import Form, Wording
from hmip_desktop.operations import assess, collate, drafting, report, summarising
from hmip_desktop.operations.personal_details import notes_to_read
from hmip_desktop.operations.reading import Reading
from hmip_desktop.scoring import Judged, QuestionScore, scores, shown
from hmip_desktop.summary import write
from hmip_desktop.summary.content import Chart, Summary, Table
from hmip_desktop.summary.drafted import Facts, drafted
from hmip_desktop.summary.sentences import Style, Writer, ends

HMIP = Path(sys.executable).with_name("hmip")
SOFFICE = shutil.which("soffice")
AT = datetime(2013, 5, 17, 16, 0, tzinfo=UTC)
QUESTIONS = ("q4_1_01", "q4_1_02", "q4_1_04", "q5_1_01")


def opened(content: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(content))


def words_of(document: WordDocument) -> str:
    """Everything that Word shows, tables and the head of the page included."""
    texts = [one.text for one in document.paragraphs]
    texts += [cell.text for table in document.tables for cell in table._cells]
    for section in document.sections:
        texts += [one.text for one in (*section.header.paragraphs, *section.footer.paragraphs)]
    return "\n".join(texts)


def rows(document: WordDocument, caption: str) -> list[list[str]]:
    (found,) = [
        table
        for table in document.tables
        if (told := table._tbl.tblPr.find(qn("w:tblCaption"))) is not None
        and told.get(qn("w:val")) == caption
    ]
    return [[cell.text for cell in row.cells] for row in found.rows]


def answered(form: Form, *answers: dict[str, str]) -> Facts:
    """The figures that some answers come to, as they go into a summary."""
    judged = [Judged(frozenset(QUESTIONS), one) for one in answers]
    result = scores(form, judged)
    return Facts("Small 2013", "Small", "2013-05-13", "2013-05-17", AT, form, result, len(answers))


def summary_of(facts: Facts, style: Style | None = None) -> Summary:
    return drafted(facts, Writer(style or Style(), drafting.phrases()))


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """46 cases, of which 36 had a good plan, and 8 with a victim."""
    yes, no = {"q4_1_01": "yes", "q4_1_02": "yes"}, {"q4_1_01": "yes", "q4_1_02": "no"}
    victims = [{**yes, "q5_1_01": "no" if at < 3 else "yes"} for at in range(8)]
    return answered(small_form.form_of(tmp_path), *victims, *[yes] * 28, *[no] * 10)


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    """The lead's file of a small inspection, all of it signed off, with a note in it."""
    made = small.inspection(tmp_path)
    for name, path in made.files.items():
        small.sign_off_all(path)
        if name == "Ann":
            with Document.open(path, PASSPHRASE) as own:
                reference = next(iter(Reading(own).assessments.values())).case.reference
                assess.reopen(Reading(own), reference, "A word is missing")
                assess.note(Reading(own), reference, "q4_1_01", "Ring Mr Brown on 0151 496 0000")
                assess.sign_off(Reading(own), [reference])
    with Document.open(made.lead, PASSPHRASE) as document:
        collate.merge(document, list(made.files.values()))
    return made.lead


def test_figures_of_the_document_are_those_of_the_scores(facts: Facts) -> None:
    document = opened(write.build(summary_of(facts)))
    text = words_of(document)
    assert "The score is 89% (a large majority): the mean of its criteria, from 46 cases." in text
    in_short = rows(document, "Score of each section")
    found = {row[0]: row[1] for row in in_short[1:]}
    assert found == {
        "4 Doing the work": shown(facts.scores.sections[0].score),
        "5 Victims": shown(facts.scores.sections[1].score),
    }
    for one in facts.scores.questions:
        if one.question.scored and one.judged:
            (row,) = [
                row
                for table in document.tables
                for row in ([cell.text for cell in line.cells] for line in table.rows)
                if row[0].startswith(f"{one.question.number} ")
            ]
            assert row[1:3] == [str(one.above), str(one.judged)]


def test_few_cases_are_counts_and_never_percentages(facts: Facts) -> None:
    document = opened(write.build(summary_of(facts)))
    text = words_of(document)
    assert "In 5 of 8 cases the answer to “Were victims told?” was “Yes”." in text
    assert "fewer than 30 cases: read it with care" in text
    victims = rows(document, "Questions of 5.1 Risk to victims")
    assert ["5.1.01 Were victims told?", "5", "8", "5 of 8"] in victims
    more = summary_of(facts, Style(small_group=8))
    again = rows(opened(write.build(more)), "Questions of 5.1 Risk to victims")
    assert ["5.1.01 Were victims told?", "5", "8", "63%"] in again


def test_charts_are_words_own_and_hold_the_same_figures(facts: Facts) -> None:
    summary = summary_of(facts)
    charts = [one for one in summary.blocks if isinstance(one, Chart)]
    content = write.build(summary)
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        for number, chart in enumerate(charts, 1):
            xml = files.read(f"word/charts/chart{number}.xml").decode()
            inside = files.read(f"word/embeddings/chart{number}.xlsx")
            sheet = openpyxl.load_workbook(io.BytesIO(inside)).active
            assert sheet is not None
            kept = [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
            wanted = zip(chart.categories, *(one.values for one in chart.series), strict=True)
            assert kept == list(wanted)
            assert "c:externalData" in xml
            drawn = {float(value) for value in re.findall(r"<c:v>([\d.]+)</c:v>", xml)}
            assert drawn.issuperset(value for one in chart.series for value in one.values)
    told = [one.get("descr") for one in opened(content).element.iter(qn("wp:docPr"))]
    assert told == [chart.described for chart in charts]


def test_a_screen_reader_finds_its_way(facts: Facts) -> None:
    content = write.build(summary_of(facts))
    document = opened(content)
    styles = [one.style.name for one in document.paragraphs if one.style is not None]
    assert styles[:2] == ["Title", "Subtitle"]
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet", "Caption"} <= set(styles)
    for table in document.tables:
        first, *others = [row._tr.find(qn("w:trPr")) for row in table.rows]
        assert first is not None
        assert first.find(qn("w:tblHeader")) is not None
        assert all(one is not None and one.find(qn("w:tblHeader")) is None for one in others)
    spoken = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {"en-GB"}
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    foot = document.sections[0].footer.paragraphs[0]._p
    codes = [one.get(qn("w:instr")) for one in foot.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_it_is_a_draft_that_names_nobody(facts: Facts) -> None:
    document = opened(write.build(summary_of(facts)))
    assert document.sections[0].header.paragraphs[0].text.startswith("DRAFT")
    known = document.core_properties
    assert (known.author, known.last_modified_by) == ("", "")
    assert known.content_status == "Draft"
    assert known.created is not None
    assert known.created.replace(tzinfo=UTC) == AT


def test_the_same_figures_are_the_same_bytes(facts: Facts) -> None:
    assert write.build(summary_of(facts)) == write.build(summary_of(facts))


def test_what_is_open_is_said_with_its_reasons(facts: Facts) -> None:
    settled = words_of(opened(write.build(summary_of(facts))))
    assert "PROVISIONAL" not in settled
    still = replace(
        facts, reasons=("3 cases are not signed off yet.",), waiting=("1 query waits.",)
    )
    document = opened(write.build(summary_of(still)))
    assert "PROVISIONAL" in document.sections[0].header.paragraphs[0].text
    text = words_of(document)
    assert text.index("PROVISIONAL") < text.index("3 cases are not") < text.index("1 query waits.")


def test_hostile_labels_are_plain_text(tmp_path: Path) -> None:
    form = small_form.form_of(tmp_path)
    label = '=HYPERLINK("x") \x00\x0b\ud800\ufffe <w:p/> ]]> & {braces} %s \ue000\n\tend'
    hostile = replace(
        form,
        questions=tuple(
            replace(one, label=Wording((("default", label),))) for one in form.questions
        ),
        sections=tuple(replace(one, label=Wording((("default", label),))) for one in form.sections),
    )
    made = answered(hostile, *[{"q4_1_01": "yes", "q5_1_01": "no"}] * 3)
    content = write.build(summary_of(replace(made, title=label, area=label, starts="soon")))
    document = opened(content)
    assert "<w:p/> ]]> & {braces} %s" in words_of(document)
    assert "soon to 17 May 2013" in words_of(document)
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        assert files.testzip() is None
        inside = openpyxl.load_workbook(io.BytesIO(files.read("word/embeddings/chart2.xlsx")))
    cells = [cell for row in inside.worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_without_a_score_it_says_so(tmp_path: Path) -> None:
    summary = summary_of(answered(small_form.form_of(tmp_path)))
    text = words_of(opened(write.build(summary)))
    assert text.count("No question of this section has been judged yet.") == 2
    assert not [one for one in summary.blocks if isinstance(one, Chart | Table)]


def question(name: str, above: int, below: int, form: Form) -> QuestionScore:
    return QuestionScore(form.question_by_name[name], above, below)


def test_strengths_are_never_areas_for_improvement_as_well(tmp_path: Path) -> None:
    form = small_form.form_of(tmp_path)
    first, second, third, few = (
        question(name, *counts, form)
        for name, counts in zip(QUESTIONS, ((20, 0), (9, 1), (8, 12), (1, 0)), strict=True)
    )
    found = ends((third, few, second, first))
    assert (found.highest, found.lowest) == ((first, second), (third,))
    assert ends((first,)).lowest == ()
    assert ends((third,)).highest == ()
    assert ends((few,)).highest == (few,)
    assert ends(()) == ends((question(QUESTIONS[0], 0, 0, form),))


def test_a_criterion_of_many_questions_is_drawn_page_by_page(tmp_path: Path) -> None:
    numbers = range(1, 46)
    head = "type | name | label | bind::hmip:criteria | bind::hmip:scored"
    asked = [f"select_one yn | q4_1_{at:02} | Question {at}? | 4.1 | yes" for at in numbers]
    groups = ["begin_group | s4 | Section", "begin_group | c4_1 | Criterion"]
    form = small_form.form_of(
        tmp_path, small_form.sheets(head, *groups, *asked, "end_group", "end_group")
    )
    names = [f"q4_1_{at:02}" for at in numbers]

    def drawn(count: int) -> list[int]:
        one = Judged(frozenset(names), dict.fromkeys(names[:count], "yes"))
        facts = Facts("Title", "", "", "", AT, form, scores(form, [one]), 1)
        charts = [one for one in summary_of(facts).blocks if isinstance(one, Chart)]
        return [len(one.categories) for one in charts[1:]]

    assert [drawn(count) for count in (40, 44, 45)] == [[40], [44], [40, 5]]


def test_in_welsh_the_words_of_the_program_are_welsh(facts: Facts) -> None:
    language.use("cy")
    document = opened(write.build(summary_of(facts)))
    spoken = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert spoken == {"cy-GB"}
    assert "mwyafrif mawr" in words_of(document)


def test_nothing_of_a_case_or_a_person_is_inside(lead: Path, tmp_path: Path) -> None:
    out = tmp_path / "summary.docx"
    with Document.open(lead, PASSPHRASE, write=False) as document:
        reading = Reading(document)
        summarising.write_summary(reading, out, Style())
        assert notes_to_read(reading) == 1
        people = [one.name for one in reading.contents.members.values()]
        scored = report.scored(reading)
    with zipfile.ZipFile(out) as files:
        inside = "\n".join(
            files.read(name).decode("utf-8", "replace")
            for name in files.namelist()
            if not name.endswith(".xlsx") and name != "word/styles.xml"
        )
    assert "Brown" not in inside
    for text in (*small.CASES, *people):
        assert not re.search(rf"\b{text}\b", inside), text
    text = words_of(docx.Document(str(out)))
    assert "PROVISIONAL" not in text
    assert shown(scored.scores.sections[0].score) in text


def test_an_inspection_going_on_is_provisional_and_counts_what_is_asked_for(
    tmp_path: Path,
) -> None:
    made = small.inspection(tmp_path)
    twin = small.copy(made.files["Ann"], tmp_path / "twin.hmip")
    small.work(made.files["Ann"], [(0, "q4_1_01", "yes"), (0, "q5_1_01", "yes")])
    small.work(twin, [(0, "q4_1_01", "no")])
    with Document.open(made.lead, PASSPHRASE) as document:
        collate.merge(document, [made.files["Ann"], twin])
        final = summarising.summary(Reading(document), Style())
        early = summarising.summary(Reading(document), Style(), preliminary=True)
    assert final.standing == early.standing == "PROVISIONAL"
    said = [words_of(opened(write.build(one))) for one in (final, early)]
    for text in said:
        assert "6 cases are not signed off yet." in text
        assert "1 conflict is not settled yet, and does not count." in text
    assert "Counted: 0 of 6 cases" in said[0]
    assert "Counted: 1 of 6 cases" in said[1]
    assert "unfinished cases are counted as well" in said[1]


def test_what_stood_there_stands_there_until_the_new_one_is_whole(
    lead: Path, tmp_path: Path
) -> None:
    out = tmp_path / "summary.docx"
    out.write_bytes(b"last week's")

    def stop(done: int, total: int, doing: str) -> None:
        if done:
            raise Cancelled

    with Document.open(lead, PASSPHRASE, write=False) as document:
        reading = Reading(document)
        with pytest.raises(Cancelled):
            summarising.write_summary(reading, out, Style(), progress=stop)
        with pytest.raises(Refused) as wrong:
            summarising.write_summary(reading, out.with_suffix(".xlsx"), Style())
        with pytest.raises(Refused) as nowhere:
            summarising.write_summary(reading, tmp_path / "no" / "summary.docx", Style())
    assert [wrong.value.code, nowhere.value.code] == [Code.VALUE_UNUSABLE, Code.DISK]
    assert out.read_bytes() == b"last week's"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def run(*words: str | Path, status: int = 0) -> str:
    done = subprocess.run(
        [HMIP, *map(str, words)],
        env={**os.environ, "HMIP_PASSPHRASE": WORDS},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def test_by_the_command_line(lead: Path, tmp_path: Path) -> None:
    here, there, welsh = (tmp_path / f"{name}.docx" for name in ("here", "there", "welsh"))
    with Document.open(lead, PASSPHRASE, write=False) as document:
        summarising.write_summary(Reading(document), here, Style())
    assert str(there) in run("summary", lead, there)
    assert here.read_bytes() == there.read_bytes()
    run("summary", lead, welsh, "--language", "cy", "--preliminary")
    assert docx.Document(str(welsh)).core_properties.language == "cy-GB"


def test_only_the_lead_has_a_summary(tmp_path: Path) -> None:
    own = small.inspection(tmp_path).files["Ann"]
    with (
        Document.open(own, PASSPHRASE, write=False) as document,
        pytest.raises(Refused) as refused,
    ):
        summarising.write_summary(Reading(document), tmp_path / "summary.docx", Style())
    assert refused.value.code is Code.NOT_THE_LEADS


@pytest.mark.skipif(SOFFICE is None, reason="without LibreOffice there is nobody to read it")
def test_libreoffice_reads_it(facts: Facts, tmp_path: Path) -> None:
    assert SOFFICE is not None
    path = tmp_path / "summary.docx"
    path.write_bytes(write.build(summary_of(facts)))
    own = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    to = str(tmp_path)
    command = [SOFFICE, own, "--headless", "--convert-to", "pdf", "--outdir", to, str(path)]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    if "could not be loaded" in said.stderr + said.stdout:
        pytest.skip("this LibreOffice came without its Writer")
    assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
