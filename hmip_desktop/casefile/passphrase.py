"""The passphrase of an inspection and the keys made from it.

SQLCipher's own derivation (PBKDF2-HMAC-SHA512, 256,000 rounds, the file's first 16 bytes as
salt), done once for each salt: the files of one inspection share theirs, so a merge of eleven
files waits for one derivation. The files open in any SQLCipher 4 program with the passphrase.
"""

import hashlib
import secrets
import unicodedata

from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr

SALT_BYTES = 16
ROUNDS = 256_000
KEY_BYTES = 32
SHORTEST = 10
FEWEST_DIFFERENT = 5
PRACTICE = "nothing here reaches an inspection"
"""What opens practice files, and is known to everybody."""


class Passphrase:
    """One passphrase; remembers the keys derived from it and never shows itself."""

    def __init__(self, text: str) -> None:
        if not text:
            sentence = tr("A passphrase is needed to open a case file.")
            raise Refused(Code.PASSPHRASE_MISSING, sentence)
        # Keyboards and pastes spell the same letter in several ways; one of them is the key.
        self._text = unicodedata.normalize("NFC", text).encode()
        self._keys: dict[bytes, str] = {}

    def __repr__(self) -> str:
        return "Passphrase(...)"

    def key(self, salt: bytes) -> str:
        """The value for `PRAGMA key` for a file with this salt: raw key and salt in hex."""
        if salt not in self._keys:
            raw = hashlib.pbkdf2_hmac("sha512", self._text, salt, ROUNDS, KEY_BYTES)
            self._keys[salt] = f"x'{raw.hex()}{salt.hex()}'"
        return self._keys[salt]


def chosen(text: str) -> Passphrase:
    """A passphrase that a lead chooses for a new inspection.

    Raises:
        Refused: PASSPHRASE_WEAK with what is wanted.
    """
    if text.strip().casefold() == PRACTICE:
        sentence = tr(
            "This passphrase opens practice files, so everybody knows it. Choose another."
        )
        raise Refused(Code.PASSPHRASE_WEAK, sentence)
    if len(text) < SHORTEST or len(set(text)) < FEWEST_DIFFERENT or text.isdigit():
        sentence = tr(
            "This passphrase is too easy to guess: use at least {shortest} characters, "
            "best of all three or four words that do not belong together.",
            shortest=SHORTEST,
        )
        raise Refused(Code.PASSPHRASE_WEAK, sentence)
    return Passphrase(text)


def fresh_salt() -> bytes:
    """The salt of a new inspection."""
    return secrets.token_bytes(SALT_BYTES)
