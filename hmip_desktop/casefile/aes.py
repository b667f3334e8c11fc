"""AES-256 backwards (FIPS 197), for reading pages of a damaged case file one by one.

SQLCipher gives up a file whose first page is damaged, and no library that we ship decrypts
outside a database. This decrypts only, and only pages whose seal was found whole before; all that
is written is encrypted by SQLCipher. Blocks are worked on side by side: byte 0 of all blocks is
one string, byte 1 another, so that a step of the cipher is a table for `bytes.translate`.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

BLOCK = 16
_ROUNDS = 14
_KEY_WORDS = 8
_FACTORS = (14, 11, 13, 9)  # of the inverse of MixColumns


def decrypted_chain(key: bytes, chains: Sequence[tuple[bytes, bytes]]) -> tuple[bytes, ...]:
    """The plain text of (initial vector, cipher text) pairs in CBC mode, without padding."""
    cipher_text = b"".join(text for _, text in chains)
    previous = b"".join(vector + text[:-BLOCK] for vector, text in chains)
    plain = _xor(decrypted(key, cipher_text), previous)
    ends = [0]
    for _, text in chains:
        ends.append(ends[-1] + len(text))
    return tuple(plain[start:end] for start, end in pairwise(ends))


def decrypted(key: bytes, cipher_text: bytes) -> bytes:
    """The plain text of independent blocks."""
    keys = _round_keys(key)
    state = [cipher_text[at::BLOCK] for at in range(BLOCK)]
    state = [row.translate(_adding(byte)) for row, byte in zip(state, keys[_ROUNDS], strict=True)]
    for number in range(_ROUNDS - 1, 0, -1):
        state = _columns_unmixed(_unshifted(state, keys[number]))
    state = _unshifted(state, keys[0])
    plain = bytearray(len(cipher_text))
    for at, row in enumerate(state):
        plain[at::BLOCK] = row
    return bytes(plain)


def _unshifted(state: Sequence[bytes], key: bytes) -> list[bytes]:
    """Each row of the state turned back, its bytes substituted back, the round's key added."""
    turned = [state[at % 4 + 4 * ((at // 4 - at % 4) % 4)] for at in range(BLOCK)]
    return [row.translate(_substituting(byte)) for row, byte in zip(turned, key, strict=True)]


def _columns_unmixed(state: Sequence[bytes]) -> list[bytes]:
    return [
        _xor(
            *(
                state[at - at % 4 + (at + turn) % 4].translate(_multiplying(factor))
                for turn, factor in enumerate(_FACTORS)
            )
        )
        for at in range(BLOCK)
    ]


def _xor(*texts: bytes) -> bytes:
    total = 0
    for text in texts:
        total ^= int.from_bytes(text, "little")
    return total.to_bytes(len(texts[0]), "little")


@cache
def _adding(byte: int) -> bytes:
    return bytes(value ^ byte for value in range(256))


@cache
def _substituting(byte: int) -> bytes:
    """The inverse S-box, then a byte of the key."""
    back = {there: value for value, there in enumerate(_s_box())}
    return bytes(back[value] ^ byte for value in range(256))


@cache
def _multiplying(factor: int) -> bytes:
    return bytes(_product(value, factor) for value in range(256))


@cache
def _s_box() -> bytes:
    powers = [1]
    while len(powers) < 255:
        powers.append(_product(powers[-1], 3))
    inverse = {value: powers[-at % 255] for at, value in enumerate(powers)} | {0: 0}
    return bytes(_affine(inverse[value]) for value in range(256))


def _affine(value: int) -> int:
    turned = value * 0x101  # the byte twice, so that a shift turns it
    mixed = value ^ (turned >> 4) ^ (turned >> 5) ^ (turned >> 6) ^ (turned >> 7)
    return (mixed ^ 0x63) & 0xFF


def _product(one: int, other: int) -> int:
    """Multiplication in GF(2^8) as AES has it."""
    total = 0
    while other:
        total ^= one if other & 1 else 0
        one = one << 1 ^ (0x11B if one & 0x80 else 0)
        other >>= 1
    return total


def _round_keys(key: bytes) -> list[bytes]:
    box = _s_box()
    words = [key[at : at + 4] for at in range(0, len(key), 4)]
    constant = 1
    while len(words) < 4 * (_ROUNDS + 1):
        last = words[-1]
        if len(words) % _KEY_WORDS == 0:
            last = _xor((last[1:] + last[:1]).translate(box), bytes((constant, 0, 0, 0)))
            constant = _product(constant, 2)
        elif len(words) % _KEY_WORDS == 4:
            last = last.translate(box)
        words.append(_xor(words[-_KEY_WORDS], last))
    return [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]
