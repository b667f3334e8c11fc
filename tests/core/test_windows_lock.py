import runpy
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

WINDOWS = Path(__file__).resolve().parents[2] / "packaging" / "windows"
LOCK: Mapping[str, Any] = runpy.run_path(str(WINDOWS / "lock.py"))
LOCKED = """\
window==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:ab
Colours==0.4 ; sys_platform == 'win32' \\
    --hash=sha256:bb
signals==2.0 ; sys_platform != 'win32' \\
    --hash=sha256:cc
old-typing==3.0 ; python_full_version < '3.13' \\
    --hash=sha256:dd
tests-only==9.0 \\
    --hash=sha256:ee
"""
NEEDS = {
    "window": ["colours ; platform_system == 'Windows'", "signals ; os_name == 'posix'"],
    "colours": ["old_typing ; python_version < '3.11'", "faster ; extra == 'speed'"],
}


def requires(name: str) -> Sequence[str]:
    return NEEDS.get(name, [])


def test_a_windows_program_is_made_of_what_it_needs_there_and_of_nothing_else() -> None:
    assert LOCK["windows_lock"](LOCKED, ["window>=1"], requires) == (
        "Colours==0.4 \\\n    --hash=sha256:bb\n"
        "window==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:ab\n"
    )


def test_what_the_lock_does_not_hold_is_never_taken_from_elsewhere() -> None:
    with pytest.raises(KeyError):
        LOCK["windows_lock"](LOCKED, ["window", "unknown"], requires)
    with pytest.raises(KeyError):  # locked, but not for Windows
        LOCK["windows_lock"](LOCKED, ["signals"], requires)


def test_the_real_lock_holds_all_that_the_windows_program_needs() -> None:
    lock = (WINDOWS.parents[1] / "requirements.lock").read_text(encoding="utf-8")
    found = LOCK["windows_lock"](lock, ["PySide6-Essentials", "pyinstaller", "click"])
    pinned = [line for line in found.splitlines() if not line.startswith(" ")]
    assert {line.partition("==")[0] for line in pinned} >= {"pefile", "pywin32-ctypes", "shiboken6"}
    assert all(";" not in line and line.endswith("\\") for line in pinned)
    assert "macholib" not in found
