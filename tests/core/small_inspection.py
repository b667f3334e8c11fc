"""A small inspection in real files: three assessors, six cases, the small form."""

import csv
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import small_form
from sqlcipher3 import dbapi2 as sqlcipher

from hmip_desktop.casefile import records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Entry, Field, entry
from hmip_desktop.casefile.passphrase import Passphrase
from hmip_desktop.casefile.rows import About
from hmip_desktop.ids import EntryId, InspectionId, Json, MemberId, SessionId
from hmip_desktop.operations import allocating, assess, collate, handing_out, report, set_up
from hmip_desktop.operations.reading import Reading

WORDS = "seven paper boats drift"
PASSPHRASE = Passphrase(WORDS)
OTHER_PASSPHRASE = Passphrase("nine copper bells ring")
SALT = bytes(range(16))
SPLENDID = "the-splendid-secret-of-a-note"
OWNER = MemberId("member-one")
ABOUT = About(InspectionId("inspection-one"), OWNER, is_leads=True)


@dataclass
class SetClock:
    """A clock that stands where it is put, and can be moved."""

    at: datetime = datetime(2013, 5, 13, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def document(path: Path, about: About = ABOUT) -> Document:
    return Document.create(path, PASSPHRASE, about, salt=SALT, clock=SetClock())


_FILLED: dict[int, bytes] = {}


def filled(path: Path, entries: int = 40) -> Path:
    """A closed case file of a few dozen pages."""
    if entries not in _FILLED:
        with document(path) as made:
            texts = {n: f"{SPLENDID} {n} " + "and so on " * 40 for n in range(entries)}
            made.write(OWNER, [(Field(f"record/{n}", "note/q1"), texts[n]) for n in texts])
        _FILLED[entries] = path.read_bytes()
    path.write_bytes(_FILLED[entries])
    return path


def raw(path: Path) -> Any:
    """The file as any SQLCipher program opens it, by its passphrase alone."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"pragma key = '{WORDS}'")
    return connection


def run_raw(path: Path, *statements: str) -> None:
    connection = raw(path)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def forge(path: Path, *statements: str) -> None:
    """Change rows as a stranger would: the triggers go for a moment, and stand again after."""
    connection = raw(path)
    triggers = connection.execute(
        "select name, sql from sqlite_master where type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"drop trigger {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


TEAM = (
    ("name", "role"),
    ("Lee", "lead inspector"),
    ("Ann", "inspector"),
    ("Bob", "inspector"),
    ("Cat", "local assessor"),
)
CASES = tuple(f"MER-{number:03}" for number in range(1, 7))
SAMPLE = (
    ("reference", "LDU", "RoSH"),
    *((case, "North" if at % 2 else "South", "High") for at, case in enumerate(CASES)),
)


def plan(folder: Path, **changes: Any) -> set_up.Plan:
    folder.mkdir(parents=True, exist_ok=True)
    facts: dict[str, Any] = {
        "title": "Small 2013",
        "area": "Small",
        "form": small_form.as_xlsx(folder / "small form.xlsx", small_form.SMALL),
        "sample": write_csv(folder / "sample.csv", SAMPLE),
        "team": write_csv(folder / "team.csv", TEAM),
        "starts": "2013-05-13",
        "ends": "2013-05-17",
    }
    return set_up.Plan(**{**facts, **changes})


@dataclass
class Inspection:
    """Where the files of a small inspection lie."""

    lead: Path
    files: dict[str, Path]

    def own(self, name: str) -> list[str]:
        """The references that an assessor has."""
        with Document.open(self.files[name], PASSPHRASE, write=False) as opened:
            return [one.case.reference for one in Reading(opened).assessments.values()]


_MADE: dict[int, dict[str, bytes]] = {}


def inspection(folder: Path, *, second: int = 0) -> Inspection:
    """Set up, allocated and handed out; made once, then copied."""
    if second not in _MADE:
        made = _inspection(folder / "first", second)
        _MADE[second] = {path.name: path.read_bytes() for path in made}
    files = {}
    for name, content in _MADE[second].items():
        path = folder / name if name == "lead.hmip" else folder / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        files[path.stem] = path
    return Inspection(files.pop("lead"), files)


def _inspection(folder: Path, second: int) -> list[Path]:
    lead = folder / "lead.hmip"
    set_up.new_inspection(lead, PASSPHRASE, plan(folder / "papers"), clock=SetClock())
    with Document.open(lead, PASSPHRASE, clock=SetClock()) as opened:
        allocating.allocate(opened, second=second, seed=1)
        made = handing_out.hand_out(opened, folder / "out")
    return [lead, *(one.path for one in made)]


def assessment_field(document: Document, name: str) -> Field:
    """A field of the first assessment of a document's owner."""
    reading = Reading(document)
    one = next(
        one
        for one in reading.assessments.values()
        if one.assessment.key.member == document.about.owner
    )
    return one.assessment.key.field(name)


QUESTION_ONE = Field("assessment/c/m", records.ANSWER + "q1")


def made_entry(
    number: int,
    value: Json = "yes",
    *,
    field: Field = QUESTION_ONE,
    session: str = "s",
    supersedes: Iterable[EntryId] = (),
    author: str = "m",
) -> Entry:
    at = f"2013-05-13T09:{number % 60:02}:00.000Z"
    return entry(SessionId(session), number, at, MemberId(author), field, value, supersedes)


def work(path: Path, answers: Iterable[tuple[int, str, str]]) -> None:
    """Give answers to the cases of a file by their place in it."""
    with Document.open(path, PASSPHRASE, clock=SetClock()) as opened:
        own = [one.case.reference for one in Reading(opened).assessments.values()]
        for at, question, value in answers:
            assess.answer(Reading(opened), own[at % len(own)], question, value)


def sign_off_all(path: Path) -> None:
    with Document.open(path, PASSPHRASE, clock=SetClock()) as opened:
        reading = Reading(opened)
        own = [one.case.reference for one in reading.assessments.values()]
        for reference in own:
            for question in ("q4_1_01", "q4_1_02", "q4_1_04", "q5_1_01"):
                assess.answer(Reading(opened), reference, question, "yes")
        assess.sign_off(Reading(opened), own)


def copy(path: Path, to: Path) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)
    return to


def merged_in_orders(folder: Path, orders: Sequence[Sequence[int]]) -> list[str]:
    """What the lead's file says after merging three files in each order, and once more."""
    made = inspection(folder / "made")
    ann = made.files["Ann"]
    copied = copy(ann, folder / "copied" / "Ann.hmip")
    work(ann, [(0, "q4_1_01", "yes"), (0, "q4_1_02", "no"), (1, "q4_1_01", "no")])
    work(copied, [(0, "q4_1_01", "no"), (1, "q4_1_01", "no"), (1, "q5_1_01", "yes")])
    sign_off_all(made.files["Bob"])
    files = [ann, copied, made.files["Bob"]]
    said = []
    for number, order in enumerate(orders):
        lead = copy(made.lead, folder / f"lead {number}.hmip")
        with Document.open(lead, PASSPHRASE, clock=SetClock()) as opened:
            for at in order:
                collate.merge(opened, [files[at]])
            again = collate.merge(opened, files)
            assert [one.new for one in again.files] == [0, 0, 0]
            assert len(again.conflicts) == 1
            reading = Reading(opened)
            scored = report.scored(reading, preliminary=True)
            ids = sorted(one.id for one in opened.journal)
            said.append(repr((ids, reading.contents, scored)))
    return said


def all_rows(document: Document) -> list[list[tuple[object, ...]]]:
    """Every row of the journal, as SQLite has it."""
    tables = ("entry", "superseded")
    return [document._connection.execute(f"select * from {table}").fetchall() for table in tables]
