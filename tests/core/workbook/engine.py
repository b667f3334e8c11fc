"""A second engine for the tests: LibreOffice works the formulas out again, from nothing."""

import shutil
import subprocess
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from hmip_desktop.workbook.layout import Sheet

SOFFICE = shutil.which("soffice")
with_second_engine = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not here")
Cells = Mapping[tuple[str, str], Any]


def recalculated(path: Path, tmp_path: Path) -> Path:
    """The workbook as LibreOffice computes it; openpyxl drops all stored results first."""
    bare = tmp_path / "bare.xlsx"
    load_workbook(path).save(bare)
    assert set(figures(path, bare).values()) <= {None}
    out = tmp_path / "recalculated"
    profile = (tmp_path / "profile").as_uri()
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / bare.name


def opened(path: Path) -> Workbook:
    """A workbook with its values, also as LibreOffice saves it."""
    with warnings.catch_warnings():
        # It saves bars and lists in a newer way, which openpyxl says it does not know.
        warnings.filterwarnings("ignore", message="Unknown extension|Conditional|Data Validation")
        return load_workbook(path, data_only=True)


def figures(formulas_in: Path, values_in: Path, *, without: tuple[str, ...] = ()) -> Cells:
    """What stands in each cell that is a formula; empty and nothing are the same."""
    written, values = load_workbook(formulas_in), opened(values_in)
    return {
        (sheet.title, cell.coordinate): _plain(values[sheet.title][cell.coordinate].value)
        for sheet in written
        if sheet.title not in without
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def _plain(value: Any) -> Any:
    if value == "":
        return None
    return round(value, 9) if isinstance(value, float) else value


def assert_second_engine_agrees(path: Path, tmp_path: Path) -> int:
    """Every formula comes to what is stored with it; returns how many there are."""
    stored, computed = figures(path, path), figures(path, recalculated(path, tmp_path))
    assert differences(stored, computed) == {}
    return len(stored)


def assert_follows(changed: Path, fresh: Path, tmp_path: Path) -> None:
    """A workbook changed by hand comes to what the program writes for these answers."""
    beside = (Sheet.CHECK.value,)
    wanted = figures(fresh, fresh, without=beside)
    found = figures(changed, recalculated(changed, tmp_path), without=beside)
    verdict = {key: value for key, value in wanted.items() if "figures of this" not in str(value)}
    assert differences(verdict, {key: found[key] for key in verdict}) == {}


def differences(one: Cells, other: Cells) -> dict[tuple[str, str], tuple[Any, Any]]:
    """The cells that differ by more than the last digits."""
    assert one.keys() == other.keys()
    return {key: (one[key], other[key]) for key in one if not _same(one[key], other[key])}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 2e-9
    return bool(one == other)
