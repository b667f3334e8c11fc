"""The pages of an encrypted case file, each looked at by itself.

SQLCipher 4 ends every page of 4,096 bytes with its initial vector and a seal: an HMAC-SHA512 of
the page and of its number. A page is whole or it is nothing; and one that lies in the wrong place
says by its seal where it belongs. Pure: bytes in, bytes out.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from hmip_desktop.casefile.passphrase import KEY_BYTES, SALT_BYTES, Passphrase
from hmip_desktop.progress import Progress, silent

PAGE = 4096
_VECTOR = 16
_SEAL = 64
USABLE = PAGE - _VECTOR - _SEAL
HEADER = b"SQLite format 3\x00"

_SEAL_SALT = 0x3A
_SEAL_ROUNDS = 2
_FEWEST_BYTES = 200  # different ones in an encrypted page; by chance there are about 256
_TRIED = 16  # pages of which none fits anywhere: the key is wrong
_CUT_OUT = 64  # pages that a file may have lost, so that later ones moved up
_AT_A_TIME = 64  # pages between two words of progress

_ROLLBACK = bytes.fromhex("d9d505f920a163d7")  # begins each part of SQLite's rollback journal
_SECTOR = 512
_LARGEST_SECTOR = 65536


@dataclass(frozen=True, repr=False)
class Keys:
    """What opens the pages of a file, and what its seals are made with."""

    page: bytes
    seal: bytes

    def fitting(self, page: bytes, numbers: Iterable[int]) -> int | None:
        """The first of some numbers for which the seal of a page is right."""
        first = self._sealing(page[SALT_BYTES:-_SEAL])  # the first page begins with the salt
        other = self._sealing(page[:-_SEAL])
        for number in numbers:
            made = (first if number == 1 else other).copy()
            made.update(number.to_bytes(4, "little"))
            if hmac.compare_digest(made.digest(), page[-_SEAL:]):
                return number
        return None

    def _sealing(self, content: bytes) -> hmac.HMAC:
        return hmac.new(self.seal, content, hashlib.sha512)


def keys(passphrase: Passphrase, salt: bytes) -> Keys:
    """The keys of the files with a salt, as SQLCipher makes them."""
    page = bytes.fromhex(passphrase.key(salt)[2 : 2 + 2 * KEY_BYTES])
    seal_salt = bytes(byte ^ _SEAL_SALT for byte in salt)
    seal = hashlib.pbkdf2_hmac("sha512", page, seal_salt, _SEAL_ROUNDS, KEY_BYTES)
    return Keys(page, seal)


def looks_encrypted(content: bytes) -> bool:
    """Whether anything in a file has the even spread of bytes that encryption leaves."""
    return any(map(_is_even, _cut(content)))


def sealed(content: bytes, keys: Keys) -> dict[int, bytes]:
    """The pages of a file whose seal is right, by the number that they belong to."""
    found: dict[int, bytes] = {}
    strays: list[bytes] = []
    for number, page in enumerate(_cut(content), start=1):
        if keys.fitting(page, (number,)):
            found[number] = page
        elif _is_even(page):
            strays.append(page)
    last = len(content) // PAGE + _CUT_OUT
    unfilled = [number for number in range(1, last + 1) if number not in found]
    for tried, page in enumerate(strays):
        if tried == _TRIED and not found:
            break
        number_ = keys.fitting(page, unfilled)
        if number_ is not None and number_ not in found:
            found[number_] = page
    return found


def taken_back(rollback: bytes, keys: Keys) -> dict[int, bytes]:
    """The pages that SQLite set aside in a rollback journal before it wrote over them."""
    found: dict[int, bytes] = {}
    for start in range(0, len(rollback), _SECTOR):
        if start == 0 or rollback.startswith(_ROLLBACK, start):
            for number, page in _set_aside(rollback, start):
                if keys.fitting(page, (number,)) is None:
                    break
                found.setdefault(number, page)
    return found


def decrypted(
    found: Mapping[int, bytes], keys: Keys, progress: Progress = silent
) -> dict[int, bytes]:
    """What stands in sealed pages, without their ends."""
    plain: dict[int, bytes] = {}
    numbers = iter(found)
    while some := tuple(islice(numbers, _AT_A_TIME)):
        progress(len(plain), len(found), "")
        for number in some:
            text = _decrypted(number, found[number], keys.page)
            plain[number] = HEADER + text if number == 1 else text
    progress(len(found), len(found), "")
    return plain


def _cut(content: bytes) -> Iterator[bytes]:
    for at in range(0, len(content) - PAGE + 1, PAGE):
        yield content[at : at + PAGE]


def _is_even(page: bytes) -> bool:
    return len(set(page)) > _FEWEST_BYTES


def _decrypted(number: int, page: bytes, key: bytes) -> bytes:
    """The text of one page: AES-256 in CBC mode, its initial vector at the page's end."""
    start = SALT_BYTES if number == 1 else 0
    cipher = Cipher(algorithms.AES256(key), modes.CBC(page[USABLE : USABLE + _VECTOR]))
    reader = cipher.decryptor()
    return reader.update(page[start:USABLE]) + reader.finalize()


def _set_aside(rollback: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Page numbers and pages of one part: a header of one sector, then records."""
    sector = int.from_bytes(rollback[start + 20 : start + 24], "big")
    at = start + (sector if _SECTOR <= sector <= _LARGEST_SECTOR else _SECTOR)
    while at + 4 + PAGE <= len(rollback):
        yield int.from_bytes(rollback[at : at + 4], "big"), rollback[at + 4 : at + 4 + PAGE]
        at += 4 + PAGE + 4  # a checksum ends each record
