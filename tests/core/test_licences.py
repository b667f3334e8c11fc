"""What the program rests on, what may be shipped with it, and how it is packed."""

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest

from hmip_desktop import __version__, computer, paths
from hmip_desktop.operations import licences, versions
from hmip_desktop.operations.licences import Shipped

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
sys.path += [str(PACKAGING / "release"), str(PACKAGING / "frozen"), str(PACKAGING / "linux")]


def by_name() -> dict[str, Shipped]:
    return {one.name: one for one in licences.shipped()}


def test_everything_the_program_needs_is_listed_with_its_licence() -> None:
    found = by_name()
    assert found["hmip-desktop"].version == __version__
    assert {"PySide6_Essentials", "sqlcipher3", "pyxform", "SQLCipher", "Python"} <= set(found)
    assert all(one.text and one.licence != licences.UNKNOWN for one in found.values())


def test_tools_of_development_are_not_shipped() -> None:
    assert not {"pytest", "mypy", "ruff", "hypothesis", "cyclonedx-bom"} & set(by_name())


def test_qt_comes_with_the_lgpl_and_the_gpl_that_it_adds_to() -> None:
    text = by_name()["Qt"].text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text


def test_a_frozen_program_shows_the_list_that_it_carries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carried = Shipped("a library", "1.2", "MIT", "Its text, ©.")
    folder = tmp_path / "resources" / "licences"
    folder.mkdir(parents=True)
    (folder / licences.LIST).write_text(licences.written_list([carried, carried]), encoding="utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
    assert licences.shipped() == (carried,)


def test_the_engine_says_what_it_is_itself() -> None:
    found = {one.name: one.version for one in versions.parts()}
    assert set(found) == {"HMIP Desktop", "Python", "SQLite", "SQLCipher", "OpenSSL"}
    assert found["SQLCipher"].startswith("4.")
    assert all(version[0].isdigit() for version in found.values())


def test_the_system_is_told_without_the_computers_name() -> None:
    assert computer.name() not in versions.system().split()


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("Apache-2.0 AND BSD-3-Clause", True),
        ("GPL-2.0-or-later WITH Bootloader-exception", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-or-later", False),
        ("AGPL-3.0-only OR GPL-3.0-only", False),
        ("unknown", False),
        ("", False),
    ],
)
def test_what_is_under_the_gpl_alone_or_unknown_is_not_shipped(licence: str, *, may: bool) -> None:
    allowed = import_module("allowed")
    assert allowed.is_allowed(licence) is may


@pytest.mark.parametrize(
    ("place", "does"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("libcrypto.so.3", True),
        ("libxkbcommon.so.0", True),
        ("docx/templates/default.docx", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6\\plugins\\tls\\qopensslbackend.dll", False),
        ("PySide6\\opengl32sw.dll", False),
        ("PySide6/Qt/lib/libQt6Network.so.6", False),
        ("libreadline.so.8", False),
        ("pyxform/validators/odk_validate/bin/ODK_Validate.jar", False),
        ("PySide6/Qt/translations/qtbase_cs.qm", False),
    ],
)
def test_what_belongs_into_the_frozen_program(place: str, *, does: bool) -> None:
    contents = import_module("contents")
    assert contents.belongs(place) is does


def test_the_bill_of_materials_is_the_same_each_time() -> None:
    sbom = import_module("sbom")
    things = licences.shipped()
    once, again = sbom.bill(things), sbom.bill(things)
    told = json.loads(once)
    assert once == again
    assert told["metadata"]["component"]["version"] == __version__
    assert len(told["components"]) == len(things) - 1


def test_checksums_are_those_of_the_files(tmp_path: Path) -> None:
    sums = import_module("sums")
    (tmp_path / "b").write_bytes(b"")
    (tmp_path / "a").write_bytes(b"abc")
    sums.main(tmp_path)
    assert (tmp_path / sums.NAME).read_text(encoding="utf-8") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n"
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux are made on Linux")
def test_the_same_program_gives_the_same_packages(tmp_path: Path) -> None:
    package = import_module("package")
    made = []
    for name in ("once", "again"):
        frozen = tmp_path / name / "HMIP Desktop"
        carried = frozen / "_internal" / "resources" / "licences" / licences.LIST
        carried.parent.mkdir(parents=True)
        carried.write_text(licences.written_list(licences.engines()), encoding="utf-8")
        for program in package.PROGRAMS:
            (frozen / program).write_text("#!/bin/sh", encoding="utf-8")
            (frozen / program).chmod(0o700)
        package.main(frozen, tmp_path / name / "out")
        made.append({one.name: one.read_bytes() for one in (tmp_path / name / "out").iterdir()})
    assert made[0] == made[1]
    assert {name.rpartition(".")[2] for name in made[0]} == {"gz", "deb"}
