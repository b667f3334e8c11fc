"""Starts the frozen program as a user's computer does, and fails on anything unexpected.

`check.py FOLDER`: without this checkout's Python, without any of its variables, in a home of its
own. What does not belong into the folder fails as well.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

NEVER = re.compile(
    r"(Qt6?Qml|Qt6?Quick|Qt6?WebEngine|Qt6?Test|tkinter|[/\\]pip[/\\]|setuptools|pytest|hypothesis|mypy)"
)
SECTIONS = ("79%", "83%", "75%", "76%", "87%")


def run(program: Path, home: Path, *arguments: str) -> str:
    """What a frozen program prints; it must end well and complain of nothing."""
    done = subprocess.run(  # noqa: S603  the program that was just built
        [program, *arguments],
        capture_output=True,
        text=True,
        timeout=600,
        env={"HOME": str(home), "HMIP_HOME": str(home / "hmip"), "LANG": "C.UTF-8"},
        check=False,
    )
    if done.returncode or done.stderr:
        sys.exit(f"{program.name} {' '.join(arguments)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def megabytes(folder: Path) -> int:
    """The size of a folder."""
    sizes = (
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
    return round(sum(sizes) / 1_000_000)


def main(folder: Path) -> None:
    """Check one folder and say what was seen."""
    strangers = [str(one) for one in folder.rglob("*") if NEVER.search(str(one))]
    if strangers:
        sys.exit("These do not belong into the program:\n" + "\n".join(strangers[:20]))
    with tempfile.TemporaryDirectory(prefix="hmip-frozen-") as work:
        home = Path(work)
        print(run(folder / "hmip", home, "--version").strip())  # noqa: T201
        told = run(folder / "hmip", home, "demo", str(home / "demo"))
        missing = [share for share in SECTIONS if share not in told]
        if missing:
            sys.exit(f"The demonstration does not come to {missing}:\n{told}")
        lead = home / "demo" / "lead.hmip"
        if not lead.is_file() or not list((home / "demo").glob("*.xlsx")):
            sys.exit("The demonstration left no files.")
        said = run(folder / "hmip-desktop", home, "--smoke-test")
        if said:
            sys.exit(f"The window complains:\n{said}")
    print(f"{folder.name}: {megabytes(folder)} MB, demonstration and window as expected")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
