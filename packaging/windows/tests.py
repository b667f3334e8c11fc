"""Runs this checkout's tests on Windows, under wine.

`tests.py FOLDER [WHAT PYTEST IS TOLD]`: the Python that runs them is made in FOLDER and kept. What
wine cannot do is not asked of it; everything else must pass as it does on Linux.
"""

import io
import shutil
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pip
from bundle import ROOT, SEARCHED, TAG, python_for_windows, say
from machine import Failed, Machine, passing_windows

from hmip_desktop import __version__

TOOLS = ("babel", "cyclonedx-bom", "hypothesis", "pytest", "pytest-benchmark", "pytest-qt")
TOOLS += ("pyinstaller", "pytest-randomly", "pytest-xdist", "setuptools")
LAUNCHER = Path(pip.__file__).parent / "_vendor" / "distlib" / "t64.exe"
# wine 8 has not this way of copying; Python knows another where it is not there.
WITHOUT = "import _winapi\ndel _winapi.CopyFile2\n"
COMMAND = "import sys; from hmip_desktop.cli import main; sys.exit(main())"
PACKAGE = "hmip-desktop"
# Windows and stories are run when asked for: without a screen Qt finds no letters there, so that
# what measures them fails, and each command of a story takes seconds to start.
ALL = ("tests/core",)
# wine makes links of Linux's, which Windows programs there take for what they lead to; and the tool
# that checks bills of materials is a command, of which this Python has only our own.
WINE_CANNOT = ("its_links_are_named", "bill_of_materials")


def python_for_tests(folder: Path, machine: Machine) -> Path:
    """Python for Windows that finds this checkout, as if it had been installed there."""
    python = python_for_windows(folder, *TOOLS)
    searched = SEARCHED.replace("import site", f"{machine.called(ROOT)}\nimport site")
    (python / f"python{TAG[2:]}._pth").write_text(searched, encoding="ascii", newline="\r\n")
    packages = python / "Lib" / "site-packages"
    (packages / "sitecustomize.py").write_text(WITHOUT, encoding="ascii")
    _known(packages / f"hmip_desktop-{__version__}.dist-info")
    _command(python / "hmip.exe", machine.called(python / "python.exe"))
    return python / "python.exe"


def _known(folder: Path) -> None:
    """What an installed package says of itself."""
    folder.mkdir(exist_ok=True)
    said = metadata.distribution(PACKAGE).read_text("METADATA")
    (folder / "METADATA").write_text(said or "", encoding="utf-8")
    (folder / "licenses").mkdir(exist_ok=True)
    shutil.copy(ROOT / "LICENSE", folder / "licenses")
    (folder / "RECORD").write_text(f"{folder.name}/licenses/LICENSE,,\n", encoding="utf-8")


def _command(path: Path, python: str) -> None:
    """The command line as pip installs it: a launcher, what it starts, and with what."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__main__.py", COMMAND)
    path.write_bytes(LAUNCHER.read_bytes() + f"#!{python}\r\n".encode() + packed.getvalue())


def main(folder: Path, told: list[str]) -> int:
    """Run them and say what they say; the exit status is pytest's."""
    with passing_windows() as machine:
        python = python_for_tests(folder, machine)
        left_out = " and ".join(f"not {name}" for name in WINE_CANNOT)
        asked = told or [*ALL, "--numprocesses", "2", "--dist", "worksteal"]
        return machine.hear(say, python, "-m", "pytest", "-k", left_out, *asked, at=ROOT)


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
    except Failed as failure:
        sys.exit(str(failure))
