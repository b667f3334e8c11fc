"""Pages of a case file changed by somebody who has the passphrase: each sealed again, so that
the cipher finds nothing wrong and SQLite itself must cope with what is inside."""

import hashlib
import hmac

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from hmip_desktop.casefile import pages
from hmip_desktop.casefile.pages import PAGE, USABLE, Keys
from hmip_desktop.casefile.passphrase import SALT_BYTES, Passphrase


def opened(content: bytes, passphrase: Passphrase) -> dict[int, bytes]:
    """What stands in the pages of a whole file, by number."""
    keys = pages.keys(passphrase, content[:SALT_BYTES])
    return pages.decrypted(pages.sealed(content, keys), keys)


def sealed(plain: dict[int, bytes], salt: bytes, passphrase: Passphrase) -> bytes:
    """A case file of such pages."""
    keys = pages.keys(passphrase, salt)
    return b"".join(_page(number, plain[number], salt, keys) for number in sorted(plain))


def _page(number: int, text: bytes, salt: bytes, keys: Keys) -> bytes:
    start = SALT_BYTES if number == 1 else 0
    vector = bytes(16)
    writer = Cipher(algorithms.AES256(keys.page), modes.CBC(vector)).encryptor()
    body = writer.update(text[start:USABLE]) + writer.finalize() + vector
    seal = hmac.new(keys.seal, body + number.to_bytes(4, "little"), hashlib.sha512).digest()
    made = (salt if number == 1 else b"") + body + seal
    assert len(made) == PAGE
    return made
