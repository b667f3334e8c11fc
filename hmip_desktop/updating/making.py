"""Making packs, for whoever publishes: a key to sign with, and the pack itself."""

import hashlib
import os
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hmip_desktop.casefile.placing import put_in_place
from hmip_desktop.errors import Code, Refused
from hmip_desktop.language import tr
from hmip_desktop.updating import manifest as manifests
from hmip_desktop.updating import pack as packs
from hmip_desktop.updating.manifest import ANY, Kind, Manifest, Packed
from hmip_desktop.updating.publishers import Publisher, is_name

# Which version a file of a release is, and for which computers, by its name.
_FOR = (
    (re.compile(r".*-([\d.]+)-linux-(x86_64|aarch64)\.tar\.gz"), "linux-"),
    (re.compile(r".*-([\d.]+)-windows-setup()\.exe"), "windows-x86_64"),
)


def new_key(path: Path, words: str, name: str) -> Publisher:
    """Make a key to sign with, encrypted by a passphrase, and tell its public part.

    Raises:
        Refused: FILE_EXISTS, DISK, KEY_UNUSABLE for a name that is none.
    """
    if not is_name(name):
        sentence = tr("Give the publisher's name in up to 100 letters, on one line.")
        raise Refused(Code.KEY_UNUSABLE, sentence)
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(words.encode()),
    )
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except FileExistsError as error:
        sentence = tr("{file} is already there. Choose another name.", file=path.name)
        raise Refused(Code.FILE_EXISTS, sentence) from error
    except OSError as error:
        raise packs.cannot_write(path, error) from error
    return public(key, name)


def read_key(path: Path, words: str) -> Ed25519PrivateKey:
    """The key to sign with.

    Raises:
        Refused: KEY_UNUSABLE; also when the passphrase is another.
    """
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), words.encode())
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        sentence = tr("{file} is no key, or its passphrase is another.", file=path.name)
        raise Refused(Code.KEY_UNUSABLE, sentence) from error
    if not isinstance(key, Ed25519PrivateKey):
        sentence = tr("{file} is a key of another kind. Make one by “hmip pack key”.", file=path)
        raise Refused(Code.KEY_UNUSABLE, sentence)
    return key


def public(key: Ed25519PrivateKey, name: str) -> Publisher:
    """The public part of a key."""
    return Publisher(name, key.public_key().public_bytes_raw())


def packed(kind: Kind, version: str, path: Path) -> Packed:
    """What a manifest says of a file.

    Raises:
        Refused: PACK_UNFIT when it is not of that version, or it cannot be told for which
            computers; FILE_MISSING.
    """
    if not path.is_file():
        sentence = tr("There is no file {file} in {folder}.", file=path.name, folder=path.parent)
        raise Refused(Code.FILE_MISSING, sentence)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    platform = ANY if kind is Kind.FORM else _platform(path, version)
    return Packed(path.name, platform, path.stat().st_size, digest)


def make(out: Path, key: Ed25519PrivateKey, manifest: Manifest, files: Iterable[Path]) -> None:
    """Write a pack, and see that it can be read.

    Raises:
        Refused: PACK_UNFIT, FILE_EXISTS, DISK; then nothing is left at `out`.
    """
    if not manifests.is_sound(manifest):
        sentence = tr(
            "This makes no pack: it needs a version (numbers with points for a program), one "
            "file for each kind of computer with a plain name, and one to twenty sentences "
            "of what is new."
        )
        raise Refused(Code.PACK_UNFIT, sentence)
    if out.exists():
        sentence = tr("{file} is already there. Choose another name.", file=out.name)
        raise Refused(Code.FILE_EXISTS, sentence)
    content = manifests.written(manifest)
    publisher = public(key, "-")
    part = out.with_name(f".{out.name}.part")
    try:
        with zipfile.ZipFile(part, "w", allowZip64=False) as archive:
            _add(archive, packs.MANIFEST, content)
            _add(archive, packs.SIGNATURE, publisher.key + key.sign(content))
            for path in files:
                _add_file(archive, path)
        packs.opened(part, [publisher])
        put_in_place(part, out)
    except OSError as error:
        raise packs.cannot_write(out, error) from error
    except zipfile.LargeZipFile as error:
        sentence = tr("These files are too big for one pack: they may have 4 GB together.")
        raise Refused(Code.PACK_UNFIT, sentence) from error
    finally:
        part.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name), content)  # stored, and dated 1980 whenever it is made


def _add_file(archive: zipfile.ZipFile, path: Path) -> None:
    member = zipfile.ZipInfo(path.name)
    member.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(member, "w") as target:
        while piece := source.read(packs.PIECE):
            target.write(piece)


def _platform(path: Path, version: str) -> str:
    for pattern, platform in _FOR:
        match = pattern.fullmatch(path.name)
        if match and match[1] == version:
            return platform + match[2]
    sentence = tr(
        "{file} is not called as files of a release of version {version} are: "
        "…-{version}-linux-x86_64.tar.gz or …-{version}-windows-setup.exe.",
        file=path.name,
        version=version,
    )
    raise Refused(Code.PACK_UNFIT, sentence)
