"""The Merseyside inspection, made again from sample to workbook with made answers.

Every step is the one that users take; the answers are dealt so that each question comes to its
published figure (resources/demo/wanted.csv), and what they come to is computed by scoring.
"""

import csv
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from hmip_desktop import paths
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.records import Order
from hmip_desktop.errors import Fault
from hmip_desktop.form.model import Line
from hmip_desktop.language import tr, tr_count
from hmip_desktop.made_answers import Among, Wanted, WantedQuestion, deal, second_opinion
from hmip_desktop.operations import (
    allocating,
    assess,
    consolidate,
    hand_ins,
    handing_out,
    report,
    set_up,
)
from hmip_desktop.operations.handing_out import HandedOut
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.places import require_empty
from hmip_desktop.operations.reading import Progressed, Reading
from hmip_desktop.operations.report import Scored
from hmip_desktop.progress import Progress, silent

PASSPHRASE = "practice cases are not people"  # noqa: S105 said aloud: it guards made data only
FORM = ("forms", "iaow-violence.csv")
SEED = 2013
SECOND = 6
DIFFERS = Fraction(1, 10)
NOTE_ONE_IN = 3
MARKED_CASES = (("MER-005", "good practice"), ("MER-021", "urgent concern"))


@dataclass(frozen=True)
class Demo:
    """Where the demonstration lies and what it came to."""

    lead: Path
    files: tuple[Path, ...]
    handed_in: tuple[Path, ...]
    workbook: Path
    entries: int
    scored: Scored


def plan() -> set_up.Plan:
    """The Merseyside inspection as a lead would set it up."""
    return set_up.Plan(
        title="Merseyside 2013",
        area="Merseyside",
        form=paths.resource(*FORM),
        sample=paths.resource("demo", "sample.csv"),
        team=paths.resource("demo", "team.csv"),
        starts="2013-05-13",
        ends="2013-05-17",
    )


def make(folder: Path, passphrase: Passphrase, *, progress: Progress = silent) -> Demo:
    """Make the inspection, hand out, answer, sign off, hand in, merge and write the workbook.

    Raises:
        Refused: FILE_EXISTS when `folder` holds something else; DISK.
        Cancelled: from `progress`.
    """
    require_empty(folder)
    try:
        return _make(folder, passphrase, progress)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # it was new or empty, and all in it is made
        raise


def _make(folder: Path, passphrase: Passphrase, progress: Progress) -> Demo:
    lead_file = folder / "lead.hmip"
    set_up.new_inspection(lead_file, passphrase, plan())
    with Document.open(lead_file, passphrase) as document:
        allocating.allocate(document, second=SECOND, seed=SEED)
        handed_out = handing_out.hand_out(document, folder / "case files")
        answers = made_answers(Reading(document))
    handed_in = []
    for number, one in enumerate(handed_out):
        progress(number, len(handed_out) + 2, _assessing(one))
        handed_in.append(_work_through(one.path, passphrase, answers, folder / "handed in"))
    progress(len(handed_out), len(handed_out) + 2, tr("Merging"))
    workbook = folder / "consolidated workbook.xlsx"
    with open_case_file(lead_file, passphrase) as document:
        merged = hand_ins.receive(document, handed_in)
        if merged.in_part or merged.conflicts:
            raise Fault("the demonstration did not merge whole")
        reading = Reading(document)
        progress(len(handed_out) + 1, len(handed_out) + 2, tr("Writing the workbook"))
        consolidate.write_workbook(reading, workbook)
        progress(len(handed_out) + 2, len(handed_out) + 2, "")
        return Demo(
            lead=lead_file,
            files=tuple(one.path for one in handed_out),
            handed_in=tuple(handed_in),
            workbook=workbook,
            entries=sum(one.new for one in merged.files),
            scored=report.scored(reading),
        )


def _assessing(one: HandedOut) -> str:
    return tr_count(
        "{member} assesses {count} case",
        "{member} assesses {count} cases",
        one.cases,
        member=one.member,
    )


def made_answers(reading: Reading) -> dict[str, dict[str, str]]:
    """The made answers for every case of the sample, by reference and question."""
    cases = {case.reference: case.fields for case in reading.contents.cases.values()}
    return deal(reading.routing, cases, wanted(), SEED)


def wanted() -> tuple[WantedQuestion, ...]:
    """What the answers are to come to, question by question."""
    by_question: dict[str, list[Mapping[str, str]]] = {}
    for row in _rows("wanted.csv"):
        by_question.setdefault(row["question"], []).append(row)
    return tuple(
        WantedQuestion(
            question,
            tuple(_wanted_choice(row) for row in rows if row["choice"]),
            next((row["field"] for row in rows if row["field"]), ""),
        )
        for question, rows in by_question.items()
    )


def _wanted_choice(row: Mapping[str, str]) -> Wanted:
    return Wanted(
        row["choice"],
        int(row["count"]) if row["count"] else None,
        Fraction(row["share"]) if row["share"] else None,
        Among.read(row["among"]) if row["among"] else None,
    )


def _rows(name: str) -> list[dict[str, str]]:
    with paths.resource("demo", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _work_through(
    case_file: Path,
    passphrase: Passphrase,
    answers: Mapping[str, Mapping[str, str]],
    to: Path,
) -> Path:
    """One assessor's week: every case answered and signed off, and the file handed in."""
    with open_case_file(case_file, passphrase) as document:
        reading = Reading(document)
        own = list(reading.assessments.values())
        references = [one.case.reference for one in own]
        table = case_file.with_suffix(".csv")
        table.write_text(
            assess.answers_as_csv(_answer_rows(reading, own, answers)), encoding="utf-8", newline=""
        )
        try:
            assess.import_answers(reading, table)
        finally:
            table.unlink()
        for reference, mark in MARKED_CASES:
            if reference in references:
                assess.mark(reading, reference, mark, on=True)
        assess.sign_off(Reading(document), references)
        return assess.hand_in(Reading(document), to).path


def _answer_rows(
    reading: Reading, own: Sequence[Progressed], answers: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    notes = {(row["question"], row["choice"]): row["note"] for row in _rows("notes.csv")}
    owner = reading.contents.name_of(reading.document.about.owner)
    chance = random.Random(f"{SEED} {owner}")  # noqa: S311 made notes, not secrets
    for one in own:
        reference = one.case.reference
        given = answers[reference]
        if one.assessment.order is Order.SECOND:
            given = second_opinion(reading.routing, given, DIFFERS, f"{SEED} {reference}")
        for name, value in given.items():
            line = reading.form.question_by_name[name].line_of(value)
            often = line is Line.BELOW or chance.randrange(NOTE_ONE_IN) == 0
            yield reference, name, value, notes.get((name, value), "") if often else ""
