"""What the torture stands on: the small inspections of the other tests, and figures at the end."""

import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
sys.path += [str(TESTS / name) for name in ("core", "gui") if str(TESTS / name) not in sys.path]

import torture_desk  # noqa: E402  needs the folders above


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in figures what was survived."""
    for line in torture_desk.summary():
        terminalreporter.write_line(line)
