"""Handing in, and what was written since: remembered on this computer, beside the settings.

Not in the case file: an entry about no assessment of its owner's would be left out by the lead's
program, and told of as something that is not theirs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hmip_desktop import settings
from hmip_desktop.casefile import records
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.journal import Entry
from hmip_desktop.clock import is_stamp, stamp
from hmip_desktop.operations import assess
from hmip_desktop.operations.assess import HandedIn
from hmip_desktop.operations.reading import Reading

_AT, _UP_TO = "at", "up_to"


@dataclass(frozen=True)
class LastHandIn:
    """When its owner last handed a file in from this computer, and what they changed since.

    `changes` counts everything that they set anew, `answers` those among it that are answers.
    """

    at: str
    answers: int
    changes: int


def hand_in(reading: Reading, to: Path) -> HandedIn:
    """Save a copy for the lead, read back before it counts, and remember that.

    Raises:
        Refused: as `assess.hand_in`; then nothing is remembered.
    """
    receipt = assess.hand_in(reading, to)
    document = reading.document
    up_to: dict[str, int] = {}
    for entry in _own(document):
        up_to[entry.session] = max(entry.seq, up_to.get(entry.session, 0))
    word = {_AT: stamp(document.clock.now()), _UP_TO: up_to}
    settings.keep_hand_in(_whose(document), word)
    return receipt


def last(document: Document) -> LastHandIn | None:
    """The last hand-in from here, as far as this computer remembers one.

    By what each opening of the file wrote, not by a clock: a laptop's may be wrong.
    """
    word = settings.last_hand_in(_whose(document))
    at, up_to = word.get(_AT), word.get(_UP_TO)
    if not isinstance(at, str) or not is_stamp(at) or not isinstance(up_to, dict):
        return None
    new = {entry.sets for entry in _own(document) if entry.seq > up_to.get(entry.session, 0)}
    answers = sum(field.name.startswith(records.ANSWER) for field in new)
    return LastHandIn(at, answers, len(new))


def _own(document: Document) -> Iterator[Entry]:
    return (entry for entry in document.journal if entry.author == document.about.owner)


def _whose(document: Document) -> str:
    return f"{document.about.inspection}/{document.about.owner}"
