"""A small inspection with real case files, and a window that may not warn."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.plugin import QtBot
from pytestqt.qtlog import _QtLogLevelFilter  # noqa: F401  proves that logging is captured

FORM = ""


@dataclass(frozen=True)
class Placeholder:
    """x."""
