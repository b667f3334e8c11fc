"""What lies inside a case file changed at random, by somebody who can seal it again; and rollback
journals of noise. What was once found lies in tests/corpus."""

import contextlib
import time
from pathlib import Path
from random import Random

import pytest
import resealed
import small_inspection as small
import torture_desk
from small_inspection import PASSPHRASE

from hmip_desktop.casefile import opening
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.pages import USABLE
from hmip_desktop.errors import Refused
from hmip_desktop.operations import checking, collate, report
from hmip_desktop.operations.reading import Reading
from hmip_desktop.operations.salvage import salvage_file

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SOON = 20.0
TELLING = (0, 1, 255, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 2, 5, 10, 13, 4096)


def changed(text: bytes, chance: Random) -> bytes:
    """A page with some of its numbers, cells or bytes turned into others."""
    made = bytearray(text)
    for _ in range(chance.randrange(1, 6)):
        # The head of a tree's page, the places of its cells, or anywhere.
        at = chance.choice(
            (chance.randrange(12), chance.randrange(8, 200), chance.randrange(USABLE))
        )
        size = chance.choice((1, 2, 4))
        match chance.randrange(4):
            case 0:
                made[at : at + size] = (chance.choice(TELLING) % 256**size).to_bytes(size, "big")
            case 1:
                made[at : at + size] = chance.randbytes(size)
            case 2:
                made[at] ^= 1 << chance.randrange(8)
            case _:
                other = chance.randrange(USABLE - 64)
                made[at : at + 64] = made[other : other + 64]
    return bytes(made[:USABLE].ljust(USABLE, b"\0"))


def met(path: Path, lead: Path, folder: Path) -> None:
    """Everything that may be done with a file; only refusals may come of it, and in time."""
    begun = time.process_time()
    out = folder / "saved.hmip"
    with contextlib.suppress(Refused), Document.open(path, PASSPHRASE, write=False) as document:
        checking.check(document)
        report.scored(Reading(document), preliminary=True)
    with contextlib.suppress(Refused):
        salvage_file(path, out, PASSPHRASE)
    if out.exists():
        with torture_desk.whole(out):
            pass
        out.unlink()
    with Document.open(lead, PASSPHRASE) as document:
        collate.merge(document, [path])
    with torture_desk.whole(lead):
        pass
    with contextlib.suppress(Refused), Document.open(path, PASSPHRASE) as document:
        document.write(small.OWNER, [(small.QUESTION_ONE, "yes")])
    assert time.process_time() - begun < SOON


def test_pages_changed_inside_are_refused_or_harmless(tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    ann, lead = made.files["Ann"], made.lead.read_bytes()
    small.work(ann, [(at, name, "yes") for at in range(2) for name in torture_desk.QUESTIONS])
    sound = ann.read_bytes()
    plain = resealed.opened(sound, PASSPHRASE)
    assert len(plain) == len(sound) // opening.PAGE
    chance = torture_desk.chance("pages")
    for _ in torture_desk.rounds(25):
        number = chance.choice(list(plain))
        hostile = {**plain, number: changed(plain[number], chance)}
        ann.write_bytes(resealed.sealed(hostile, sound[:16], PASSPHRASE))
        opening.journal_of(ann).unlink(missing_ok=True)
        made.lead.write_bytes(lead)
        hostile_file = ann.read_bytes()
        try:
            met(ann, made.lead, tmp_path)
        except BaseException:
            kept = CORPUS / f"case-{chance.randrange(10**6):06}.hmip"
            kept.write_bytes(hostile_file)
            raise
        torture_desk.tried("a page changed inside and sealed again")


@pytest.mark.parametrize("path", sorted(CORPUS.glob("case-*.hmip")), ids=lambda path: path.name)
def test_what_was_once_found_inside_is_refused_or_harmless(path: Path, tmp_path: Path) -> None:
    made = small.inspection(tmp_path)
    met(small.copy(path, tmp_path / path.name), made.lead, tmp_path)


def test_a_sealed_file_is_as_sqlcipher_makes_it(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip")
    sound = path.read_bytes()
    path.write_bytes(resealed.sealed(resealed.opened(sound, PASSPHRASE), sound[:16], PASSPHRASE))
    with torture_desk.whole(path) as document:
        assert len(document.journal) == 40


def test_a_journal_of_noise_beside_a_file_changes_nothing_that_is_said(tmp_path: Path) -> None:
    path = small.filled(tmp_path / "a.hmip", 20)
    sound, journal = path.read_bytes(), opening.journal_of(path)
    with Document.open(path, PASSPHRASE, write=False) as document:
        entries = {one.id for one in document.journal}
    chance = torture_desk.chance("journal")
    magic = bytes.fromhex("d9d505f920a163d7")
    for _ in torture_desk.rounds(30):
        path.write_bytes(sound)
        numbers = [chance.choice((*TELLING, len(sound) // 4096)) & 0xFFFFFFFF for _ in range(5)]
        head = magic + b"".join(one.to_bytes(4, "big") for one in numbers)
        journal.write_bytes(head.ljust(512, b"\0") + chance.randbytes(chance.randrange(9000)))
        with contextlib.suppress(Refused), Document.open(path, PASSPHRASE) as document:
            found = {one.id for one in document.journal}
            assert found <= entries
            assert all(one.is_genuine for one in document.journal)
        journal.unlink(missing_ok=True)
        torture_desk.tried("a journal of noise beside a file")
