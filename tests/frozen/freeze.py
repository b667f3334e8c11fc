"""Makes the case files that are kept frozen, once for each format that is released.

`python tests/frozen/freeze.py` writes them, with what they say, into a folder named after the
program's version, and never over one that is there. Nothing in them is about anybody.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FROZEN = Path(__file__).resolve().parent
sys.path += [str(FROZEN.parent / "core")] * (__name__ == "__main__")

import small_form  # noqa: E402  needs the folder above
import small_inspection as small  # noqa: E402
from small_inspection import PASSPHRASE, SetClock  # noqa: E402

from hmip_desktop import __version__, computer  # noqa: E402
from hmip_desktop.casefile import migrations, reader  # noqa: E402
from hmip_desktop.casefile.document import Document  # noqa: E402
from hmip_desktop.casefile.journal import Standing  # noqa: E402
from hmip_desktop.casefile.records import Assessment, Conflict, Contents  # noqa: E402
from hmip_desktop.ids import canonical  # noqa: E402
from hmip_desktop.operations import (  # noqa: E402
    allocating,
    assess,
    collate,
    hand_ins,
    handing_out,
    moving,
    set_up,
)
from hmip_desktop.operations.opening import open_case_file  # noqa: E402
from hmip_desktop.operations.reading import Reading  # noqa: E402

SAID = "said.json"
NAMES = ("lead.hmip", "Ann.hmip", "Bob.hmip")
TEAM = (
    ("name", "role", "office"),
    ("Lee Llŷr", "lead inspector", ""),
    ("Ann", "inspector", ""),
    ("Bob", "local assessor", "South"),
)


def said(document: Document) -> dict[str, Any]:
    """All that a case file says, in the words of JSON: entry by entry, and read for people."""
    contents = reader.contents(document.journal, document.about.inspection)
    inspection = contents.inspection
    return {
        "kind": "lead" if document.about.is_leads else "assessor",
        "owner": contents.name_of(document.about.owner),
        "inspection": [inspection.title, inspection.area, inspection.starts, inspection.ends],
        "questions": [one.name for one in Reading(document).form.questions],
        "team": {one.name: [one.role.value, one.office] for one in contents.members.values()},
        "cases": {one.reference: dict(one.fields) for one in contents.cases.values()},
        "assessments": dict(_assessment(contents, one) for one in contents.assessments.values()),
        "conflicts": [_conflict(one) for one in contents.conflicts],
        "entries": len(document.journal),
        "standing": {
            record: {name: _values(one) for name, one in document.journal.fields(record).items()}
            for record in document.journal.records()
        },
    }


def _assessment(contents: Contents, one: Assessment) -> tuple[str, Mapping[str, Any]]:
    reference = contents.cases[one.key.case].reference
    return f"{reference} by {contents.name_of(one.key.member)}", {
        "order": one.order.value,
        "status": one.status.value,
        "answers": dict(one.answers),
        "notes": dict(one.notes),
        "sources": dict(one.sources),
        "stands": dict(one.stands),
        "marks": dict(one.marks),
        "queries": [[q.question, q.text, q.reply, q.closed] for q in one.queries],
        "unsettled": sorted(one.unsettled),
    }


def _conflict(one: Conflict) -> list[Any]:
    return [one.question, sorted((side.value for side in one.sides), key=canonical)]


def _values(standing: Standing) -> list[Any]:
    return sorted((head.value for head in standing.heads), key=canonical)


def freeze(folder: Path) -> None:
    """Make the files of a small inspection in the middle of its week, and write down all of it."""
    with tempfile.TemporaryDirectory() as desk:
        os.environ["HMIP_HOME"] = str(Path(desk, "home"))
        computer.name = lambda: "laptop"  # what is kept for ever says nothing of this computer
        week(Path(desk))
        folder.mkdir()
        for name in NAMES:
            shutil.copyfile(Path(desk, name), folder / name)
    files = {}
    for name in NAMES:
        with Document.open(folder / name, PASSPHRASE, write=False) as document:
            files[name] = said(document)
    text = {"program": __version__, "format": migrations.names(), "files": files}
    (folder / SAID).write_text(
        json.dumps(text, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def week(desk: Path) -> None:
    """The lead's file after Ann's first hand-in; Ann's and Bob's with more than was handed in."""
    lead, out, clock = desk / "lead.hmip", desk / "out", SetClock()
    plan = small.plan(
        desk / "papers",
        form=small_form.as_csv(desk / "small form.csv", small_form.SMALL),
        team=small.write_csv(desk / "team.csv", TEAM),
    )
    set_up.new_inspection(lead, PASSPHRASE, plan, clock=clock)
    with Document.open(lead, PASSPHRASE, clock=clock) as document:
        allocating.allocate(document, second=2, seed=3)
        handing_out.hand_out(document, out)
    ann, bob = desk / "Ann.hmip", desk / "Bob.hmip"
    shutil.move(out / "Ann.hmip", ann)
    shutil.move(out / "Bob.hmip", bob)
    copied = small.copy(ann, desk / "copied" / "Ann.hmip")
    own = monday(ann, clock)
    elsewhere(copied, own, clock)
    merged(lead, [ann, copied], own, clock)
    with Document.open(lead, PASSPHRASE, clock=clock) as document:
        handing_out.hand_out(document, desk / "fresh", only=["Ann"])
    tuesday(ann, desk / "fresh" / "Ann.hmip", own, clock)
    small.sign_off_all(bob)


def monday(ann: Path, clock: SetClock) -> list[str]:
    """Every kind of answer, note, source and mark; one case finished and opened again."""
    with open_case_file(ann, PASSPHRASE, clock=clock) as document:
        own = [one.case.reference for one in Reading(document).assessments.values()]
        answered(
            document,
            own[0],
            [
                ("q4_1_01", "yes", "Gwelwyd ar dudalen 3 – “tŷ” 🦉"),
                ("q4_1_02", "yes", None),
                ("q4_1_03", "a c", None),
                ("q4_1_04", "na", "two\nlines"),
                ("q5_1_01", "no", None),
                ("q5_1_02", "7", None),
                ("q5_1_03", "2013-05-01", None),
                ("q5_1_04", "Dim byd arall", None),
                ("q5_1_05", "0.5", None),
            ],
        )
        reading = Reading(document)
        assess.source(reading, own[0], "q4_1_01", "file")
        assess.stands(reading, own[0], "q4_1_02", "the plan came late but was good")
        assess.mark(reading, own[0], "good practice", on=True, note="worth telling")
        assess.mark(reading, own[0], "urgent concern", on=True)
        assess.mark(Reading(document), own[0], "urgent concern", on=False)
        assess.sign_off(Reading(document), [own[0]])
        clock.move(hours=1)
        answered(document, own[1], [("q4_1_01", "no", None), ("q4_1_04", "yes", None)])
        assess.answer(Reading(document), own[1], "q4_1_04", "")
        assess.sign_off(Reading(document), [own[1]])
        assess.reopen(Reading(document), own[1], "a page was overlooked")
    return own


def elsewhere(copied: Path, own: list[str], clock: SetClock) -> None:
    """The same evening in a copy of the same file: two things are said differently."""
    with open_case_file(copied, PASSPHRASE, clock=clock) as document:
        answered(document, own[0], [("q5_1_01", "yes", None)])
        answered(document, own[1], [("q4_1_01", "yes", None)])


def merged(lead: Path, files: list[Path], own: list[str], clock: SetClock) -> None:
    """The lead takes both in, settles one conflict, leaves one open, and asks."""
    with open_case_file(lead, PASSPHRASE, clock=clock) as document:
        found = hand_ins.receive(document, files).conflicts
        one = next(conflict for conflict in found if conflict.question == "q5_1_01")
        collate.settle(document, one.id, one.sides[0].id, "as the file says")
        reading = Reading(document)
        ann = next(name for name, one in reading.contents.members.items() if one.name == "Ann")
        key = next(
            key
            for key, found in reading.assessments.items()
            if key.member == ann and found.case.reference == own[0]
        )
        collate.ask(reading, key, "On which page?", question="q4_1_01", id_="query-one")
        collate.ask(reading, key, "Seen by whom?", id_="query-two")
        collate.close_query(reading, key, "query-two")
        bobs = {one.case.reference for one in reading.assessments.values() if one.assessor == "Bob"}
        moving.move(reading, next(one for one in own[2:] if one not in bobs), "Bob")


def tuesday(ann: Path, fresh: Path, own: list[str], clock: SetClock) -> None:
    """Ann takes in what the lead asked, replies, and goes on with what is not handed in yet."""
    clock.move(days=1)
    with open_case_file(ann, PASSPHRASE, clock=clock) as document:
        collate.merge(document, [fresh])
        assess.reply(Reading(document), own[0], "query-one", "page 3")
        still = [one.case.reference for one in Reading(document).assessments.values()]
        answered(document, still[-1], [("q4_1_02", "yes", "after the hand-in")])


def answered(
    document: Document, reference: str, given: Iterable[tuple[str, str, str | None]]
) -> None:
    """Give answers in a case, with notes where there are any."""
    for question, value, note in given:
        assess.answer(Reading(document), reference, question, value, note)


if __name__ == "__main__":
    freeze(FROZEN / __version__)
