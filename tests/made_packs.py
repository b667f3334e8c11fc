"""Keys, packs and programs made for one test: nothing of them is trusted anywhere else."""

import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hmip_desktop import __version__
from hmip_desktop.operations import packing
from hmip_desktop.operations.packing import Wanted
from hmip_desktop.updating import installed, publishers
from hmip_desktop.updating.installed import Facts, Installed, Way
from hmip_desktop.updating.manifest import Kind
from hmip_desktop.updating.publishers import Publisher

WORDS = "four tin kettles hum"
FORM = """\
survey
,type,name,label,bind::hmip:criteria,bind::hmip:scored
,begin_group,s1,Assisting,,
,begin_group,c1_1,Assessment,,
,select_one yn,q1_1_01,Was there a report?,1.1,yes
,end_group,c1_1,,,
,end_group,s1,,,
choices
,list_name,name,label,line
,yn,yes,Yes,above
,yn,no,No,below
settings
,form_title,form_id,version,namespaces
,A small form,small,2,"hmip=""urn:hmip-desktop:form\"""
"""
NEXT = f"{int(__version__.partition('.')[0]) + 1}.0"


def key(folder: Path, name: str = "The Inspectorate") -> tuple[Path, Publisher]:
    """A fresh key in a folder, and who signs by it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "private.pem"
    return path, packing.new_key(path, WORDS, name)


def trusting(folder: Path, *known: Publisher) -> Path:
    """A folder of public keys, as the program's own."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(known):
        (folder / f"{number}.pub").write_text(one.line + "\n", encoding="utf-8")
    return folder


def trust(monkeypatch: pytest.MonkeyPatch, folder: Path, *known: Publisher) -> None:
    """Have the program look for public keys in a folder."""
    place = trusting(folder, *known)
    monkeypatch.setattr(publishers, "folder", lambda: place)


def form_pack(folder: Path, secret: Path, form: str = FORM, version: str = "2") -> Path:
    """A pack with a version of the small form."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "small.csv"
    path.write_text(form, encoding="utf-8", newline="")
    out = folder / "questions.hmip-pack"
    news = ("A question about time is new.", "Nothing else changes.")
    wanted = Wanted(Kind.FORM, version, news, ("Mae cwestiwn newydd.",), (path,))
    packing.make(out, secret, WORDS, wanted)
    return out


def program_pack(
    folder: Path, secret: Path, content: bytes | None = None, version: str = NEXT
) -> Path:
    """A pack with a program for this kind of computer, which may do nothing but say its version."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"hmip-desktop-{version}-{installed.this_platform()}.tar.gz"
    path.write_bytes(content if content is not None else program_tar(version))
    setup = folder / f"hmip-desktop-{version}-windows-setup.exe"
    setup.write_bytes(b"MZ a setup of " + version.encode())
    out = folder / "program.hmip-pack"
    wanted = Wanted(Kind.PROGRAM, version, ("It starts faster.",), (), (path, setup))
    packing.make(out, secret, WORDS, wanted)
    return out


def scripts(version: str) -> dict[str, str]:
    """The two programs, as far as an update needs them."""
    return {
        "hmip": f"#!/bin/sh\necho 'hmip, version {version}'\n",
        "hmip-desktop": f"#!/bin/sh\necho 'hmip-desktop {version}'\ntouch \"$HOME/opened\"\n",
    }


def program_tar(version: str, change: Callable[[tarfile.TarFile], None] = lambda _: None) -> bytes:
    """A program's archive, with whatever else is added to it."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        for name, text in scripts(version).items():
            add(archive, f"hmip-desktop-{version}/{name}", text.encode())
        change(archive)
    return made.getvalue()


def add(archive: tarfile.TarFile, name: str, content: bytes = b"", **facts: object) -> None:
    """Put a member of any kind into an archive."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o755
    for fact, value in facts.items():
        setattr(member, fact, value)
    archive.addfile(member, io.BytesIO(content))


def program_folder(folder: Path, version: str = __version__) -> Installed:
    """A program in a folder of its user's, of which another process may take care."""
    folder.mkdir(parents=True)
    for name, text in scripts(version).items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    return there(folder, version)


def there(folder: Path, version: str = __version__) -> Installed:
    """The program that lies in a folder."""
    facts = Facts(version, installed.own_facts().case_file_format)
    return Installed(Way.LINUX_FOLDER, folder, facts)


def says(folder: Path) -> str:
    """Which version lies in a folder, by its own words."""
    return (folder / "hmip").read_text(encoding="utf-8").split()[-1].rstrip("'")


def parts(pack: Path) -> dict[str, bytes]:
    """What is in a pack."""
    with zipfile.ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(out: Path, members: Mapping[str, bytes], **facts: object) -> Path:
    """A zip of stored files, each with some facts set."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)
            for fact, value in facts.items():
                setattr(member, fact, value)
            archive.writestr(member, content)
    return out
