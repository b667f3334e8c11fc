import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("PySide6", "shiboken6", "pyxform", "xlsxwriter", "openpyxl", "sqlcipher3")
VERSION = """
import sys
sys.argv = ["hmip", "--version"]
import hmip_desktop.cli
try:
    hmip_desktop.cli.main()
except SystemExit as end:
    assert not end.code, end.code
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
EVERYTHING = """
import importlib, pkgutil, sys
import hmip_desktop
for module in pkgutil.walk_packages(hmip_desktop.__path__, "hmip_desktop."):
    importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
WINDOW = """
import sys
import ui.app, ui.main_window
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded_by(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_telling_the_version_loads_nothing_heavy() -> None:
    assert loaded_by(VERSION).isdisjoint(HEAVY)


def test_the_window_waits_for_no_library_that_few_need() -> None:
    few_need = {"pyxform", "openpyxl", "docx", "xlsxwriter", "markdown_it", "zxcvbn", "elementpath"}
    assert loaded_by(WINDOW).isdisjoint(few_need)


def test_the_whole_core_works_without_qt() -> None:
    loaded = loaded_by(EVERYTHING)
    assert {"sqlcipher3", "elementpath", "docx", "xlsxwriter"} <= loaded
    assert loaded.isdisjoint({"PySide6", "shiboken6"})
