"""Which engine reads and writes case files."""

import contextlib
from dataclasses import dataclass

from sqlcipher3 import dbapi2 as sqlcipher


@dataclass(frozen=True)
class Engine:
    """The versions of what a case file is read with."""

    sqlite: str
    sqlcipher: str
    openssl: str


def engine() -> Engine:
    """Ask it itself, over a file that is never written."""
    with contextlib.closing(sqlcipher.connect(":memory:")) as connection:
        connection.execute("PRAGMA key = 'none'")  # it names what it encrypts with only then
        cipher, provider = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("cipher_version", "cipher_provider_version")
        )
    return Engine(sqlcipher.sqlite_version, _number(cipher), _number(provider))


def _number(told: str) -> str:
    """The number in `4.19.0 community` and in `OpenSSL 3.6.0 1 Oct 2025`."""
    return next((word for word in told.split() if word[:1].isdigit()), told)
