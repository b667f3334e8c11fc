"""Whose packs this copy of the program takes: their public keys lie in `resources/publishers`."""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hmip_desktop import paths
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr

SUFFIX = ".pub"
KEY_BYTES, SIGNATURE_BYTES = 32, 64 + 32
LONGEST_NAME = 100
_BEGINS = "hmip-publisher"


@dataclass(frozen=True)
class Publisher:
    """Somebody who signs packs: a name and a public key (Ed25519)."""

    name: str
    key: bytes

    @property
    def fingerprint(self) -> str:
        """What to compare by telephone: 16 digits and letters in fours."""
        digest = hashlib.sha256(self.key).hexdigest()[:16]
        return " ".join(digest[at : at + 4] for at in range(0, 16, 4))

    @property
    def line(self) -> str:
        """How a `.pub` file holds it."""
        return f"{_BEGINS} {base64.b64encode(self.key).decode()} {self.name}"


def folder() -> Path:
    """Where the public keys lie."""
    return paths.resource("publishers")


def trusted() -> tuple[Publisher, ...]:
    """The publishers whose packs are taken; a file that holds no key counts for nothing."""
    found = (_read(path) for path in sorted(folder().glob(f"*{SUFFIX}")))
    return tuple(one for one in found if one is not None)


def from_line(line: str) -> Publisher | None:
    """A publisher from a line of a `.pub` file, if it holds one."""
    begins, _, rest = line.strip().partition(" ")
    encoded, _, name = rest.partition(" ")
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    if begins != _BEGINS or len(key) != KEY_BYTES or not is_name(name):
        return None
    return Publisher(name, key)


def is_name(text: str) -> bool:
    """Whether a publisher may be called so."""
    return 0 < len(text) <= LONGEST_NAME and text.isprintable() and text == text.strip()


def who_signed(content: bytes, signature: bytes, known: Iterable[Publisher]) -> Publisher:
    """Whose signature holds over some bytes; a signature names its key before it signs.

    Raises:
        Refused: PACK_UNTRUSTED by a key that is not known, PACK_CHANGED when it does not hold.
    """
    publishers = {one.key: one for one in known}
    if not publishers:
        sentence = tr(
            "This copy of the program trusts no publisher of updates yet. "
            "Ask whoever installed it for an update."
        )
        raise Refused(Code.PACK_UNTRUSTED, sentence)
    publisher = publishers.get(signature[:KEY_BYTES])
    if publisher is None:
        sentence = tr(
            "Whoever signed this pack is not known to this program. Nothing of it was used. "
            "Ask for a pack from the publisher of your program."
        )
        raise Refused(Code.PACK_UNTRUSTED, sentence)
    try:
        Ed25519PublicKey.from_public_bytes(publisher.key).verify(signature[KEY_BYTES:], content)
    except (InvalidSignature, ValueError) as error:
        raise changed() from error
    return publisher


def changed() -> Refused:
    """A pack that is not as it was signed."""
    sentence = tr(
        "This pack is damaged, or was changed after it was signed. Nothing of it was used. "
        "Copy it again, or ask for it again."
    )
    return Refused(Code.PACK_CHANGED, sentence)


def _read(path: Path) -> Publisher | None:
    try:
        return from_line(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
