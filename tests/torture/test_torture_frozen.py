"""Case files of every released format: each still says all that was written down beside it."""

import json
import shutil
from pathlib import Path
from typing import Any

import freeze
import pytest
import small_inspection as small
import torture_desk
from small_inspection import PASSPHRASE

from hmip_desktop.casefile import migrations
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Field
from hmip_desktop.operations import collate, copies
from hmip_desktop.operations.opening import open_case_file
from hmip_desktop.operations.salvage import salvage_file

RELEASES = sorted(path.parent for path in freeze.FROZEN.glob(f"*/{freeze.SAID}"))
FILES = [(release, name) for release in RELEASES for name in freeze.NAMES]
each_file = pytest.mark.parametrize(
    ("release", "name"), FILES, ids=[f"{release.name}/{name}" for release, name in FILES]
)
each_release = pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)


def written_down(release: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / freeze.SAID).read_text(encoding="utf-8"))
    return found


def thawed(release: Path, folder: Path) -> dict[str, Path]:
    """The files of a release where they may be written to."""
    return {name: Path(shutil.copyfile(release / name, folder / name)) for name in freeze.NAMES}


def as_json(document: Document) -> Any:
    return json.loads(json.dumps(freeze.said(document)))


def test_every_format_of_case_files_lies_here_frozen() -> None:
    """Who changes the format releases it with frozen files: `python tests/frozen/freeze.py`."""
    known = migrations.names()
    frozen = [tuple(written_down(release)["format"]) for release in RELEASES]
    assert known in frozen
    assert all(one == known[: len(one)] for one in frozen)


@each_file
def test_a_frozen_file_says_what_was_written_down(release: Path, name: str, tmp_path: Path) -> None:
    path = thawed(release, tmp_path)[name]
    with torture_desk.whole(path) as document:
        assert as_json(document) == written_down(release)["files"][name]
    with Document.open(path, PASSPHRASE, write=False) as document:
        assert as_json(document) == written_down(release)["files"][name]
    torture_desk.tried("a file of an earlier release opened")


@each_file
def test_a_frozen_file_can_be_worked_in(release: Path, name: str, tmp_path: Path) -> None:
    path, said = thawed(release, tmp_path)[name], written_down(release)["files"][name]
    field = Field("assessment/case/member", "note/q5_1_04")
    with open_case_file(path, PASSPHRASE, clock=small.SetClock()) as document:
        document.write(document.about.owner, [(field, "written today")])
    with torture_desk.whole(path) as document:
        assert document.journal.standing(field).value == "written today"
        assert len(document.journal) == said["entries"] + 1
        now = as_json(document)["standing"]
        assert all(now[record] == fields for record, fields in said["standing"].items())
    (copy,) = copies.of(path)
    with torture_desk.whole(copy.path) as document:
        assert as_json(document) == said


@each_release
def test_frozen_files_merge_and_nothing_of_them_is_lost(release: Path, tmp_path: Path) -> None:
    files, said = thawed(release, tmp_path), written_down(release)["files"]
    with Document.open(files["lead.hmip"], PASSPHRASE, clock=small.SetClock()) as lead:
        merged = collate.merge(lead, [files["Ann.hmip"], files["Bob.hmip"]])
        assert [one.code for one in merged.files] == [None, None]
        assert all(one.new for one in merged.files)
        now = as_json(lead)["assessments"]
        for name in ("Ann.hmip", "Bob.hmip"):
            for assessment, given in said[name]["assessments"].items():
                facts = {key: given[key] for key in ("answers", "notes", "marks", "status")}
                if given["order"] != "withdrawn":
                    assert facts.items() <= now[assessment].items()
        again = collate.merge(lead, [files["Bob.hmip"], files["Ann.hmip"]])
        assert [one.new for one in again.files] == [0, 0]


@each_file
def test_a_frozen_file_that_is_damaged_can_be_salvaged(
    release: Path, name: str, tmp_path: Path
) -> None:
    path = thawed(release, tmp_path)[name]
    done = salvage_file(path, tmp_path / "saved.hmip", PASSPHRASE)
    assert done.recovered == written_down(release)["files"][name]["entries"]
    with torture_desk.whole(done.out) as document:
        assert as_json(document) == written_down(release)["files"][name]
