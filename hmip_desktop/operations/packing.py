"""Making packs, for whoever publishes versions of the program or of a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hmip_desktop.casefile import migrations
from hmip_desktop.clock import SYSTEM_CLOCK, Clock
from hmip_desktop.errors import Code, Refused
from hmip_desktop.form import xlsform
from hmip_desktop.language import tr
from hmip_desktop.updating import making
from hmip_desktop.updating.manifest import Kind, Manifest
from hmip_desktop.updating.publishers import Publisher


@dataclass(frozen=True)
class Wanted:
    """What a pack is to hold and to say."""

    kind: Kind
    version: str
    news: tuple[str, ...]
    news_cy: tuple[str, ...]
    files: tuple[Path, ...]


def new_key(path: Path, words: str, name: str) -> Publisher:
    """Make a key to sign packs with, encrypted by a passphrase; its public part.

    Raises:
        Refused: FILE_EXISTS, DISK, KEY_UNUSABLE.
    """
    return making.new_key(path, words, name)


def make(out: Path, key: Path, words: str, wanted: Wanted, clock: Clock = SYSTEM_CLOCK) -> Manifest:
    """Write a signed pack; what it says of itself.

    Raises:
        Refused: KEY_UNUSABLE, PACK_UNFIT, FILE_MISSING, FILE_EXISTS, DISK; FORM_UNUSABLE for a
            form with problems.
    """
    secret = making.read_key(key, words)
    if wanted.kind is Kind.FORM:
        _check_forms(wanted.files, wanted.version)
    is_program = wanted.kind is Kind.PROGRAM
    said = Manifest(
        wanted.kind,
        wanted.version,
        clock.now().date().isoformat(),
        wanted.news,
        wanted.news_cy,
        tuple(making.packed(wanted.kind, wanted.version, path) for path in wanted.files),
        migrations.names() if is_program else (),
    )
    making.make(out, secret, said, wanted.files)
    return said


def _check_forms(files: Sequence[Path], version: str) -> None:
    for path in files:
        says = xlsform.compiled(xlsform.load(path)).version
        if says != version:
            sentence = tr(
                "{file} says on its settings sheet that it is version {says}, not {version}.",
                file=path.name,
                says=says,
                version=version,
            )
            raise Refused(Code.PACK_UNFIT, sentence)
