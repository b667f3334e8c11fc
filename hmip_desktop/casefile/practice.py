"""Practice files: how they are known, and why nothing of one reaches an inspection.

A practice file is a case file like any other but for its inspection (`About.is_practice`), which
no real one has. Its passphrase is known to everybody, and its salt is always the same, so that a
practice file can be told from outside, whatever the passphrase in hand.
"""

import hashlib
from pathlib import Path

from hmip_desktop.casefile import opening, passphrase
from hmip_desktop.casefile.document import Document
from hmip_desktop.casefile.passphrase import SALT_BYTES, Passphrase
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr

SALT = hashlib.sha256(b"HMIP Desktop practice").digest()[:SALT_BYTES]


def known_passphrase() -> Passphrase:
    """What opens every practice file."""
    return Passphrase(passphrase.PRACTICE)


def looks_like_one(path: Path) -> bool:
    """Whether a file is a practice file by the mark outside; the inner one decides."""
    try:
        return opening.salt_of(path) == SALT
    except Refused:
        return False


def not_real(path: Path) -> Refused:
    """Why nothing of a practice file is taken into an inspection."""
    sentence = tr(
        "{file} holds a practice case. Nothing of it can reach an inspection.", file=path.name
    )
    return Refused(Code.PRACTICE, sentence)


def require_real(document: Document) -> None:
    """Make sure that a document belongs to an inspection.

    Raises:
        Refused: PRACTICE.
    """
    if document.about.is_practice:
        raise not_real(document.path)
