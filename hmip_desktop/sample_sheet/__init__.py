"""Samples and teams out of the tables that people keep: xlsx or csv, with their own headings.

`files` reads, `Preview` judges without touching a file, and a person may mend a preview before
its cases or people are taken.
"""

from pathlib import Path

from hmip_desktop.sample_sheet.files import read_book
from hmip_desktop.sample_sheet.sample import SamplePreview, SampleRow
from hmip_desktop.sample_sheet.table import read_table
from hmip_desktop.sample_sheet.team import TeamPreview, TeamRow

__all__ = [
    "SamplePreview",
    "SampleRow",
    "TeamPreview",
    "TeamRow",
    "preview_sample",
    "preview_team",
    "read_sample",
    "read_table",
    "read_team",
]


def preview_sample(path: Path) -> SamplePreview:
    """A sample as it would be taken in.

    Raises:
        Refused: SHEET_UNREADABLE.
    """
    return SamplePreview.of(path.name, read_book(path))


def preview_team(path: Path) -> TeamPreview:
    """A team list as it would be taken in.

    Raises:
        Refused: SHEET_UNREADABLE.
    """
    return TeamPreview.of(path.name, read_book(path))


def read_sample(path: Path) -> tuple[SampleRow, ...]:
    """The cases of a sample as it stands.

    Raises:
        Refused: as `preview_sample` and `SamplePreview.cases` say.
    """
    return preview_sample(path).cases()


def read_team(path: Path) -> tuple[TeamRow, ...]:
    """The people of a team list as it stands.

    Raises:
        Refused: as `preview_team` and `TeamPreview.people` say.
    """
    return preview_team(path).people()
