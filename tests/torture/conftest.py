"""What the torture stands on: the small inspections of the other tests, and figures at the end."""

import sys
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parent.parent
FOLDERS = [str(TESTS / name) for name in ("core", "gui", "frozen")]
sys.path += [folder for folder in FOLDERS if folder not in sys.path]

import torture_desk  # noqa: E402  needs the folders above


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes tells the one that speaks what it counted."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["torture"] = torture_desk.LEDGER.counts()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Another process has finished: add up what it counted."""
    torture_desk.LEDGER.add(getattr(node, "workeroutput", {}).get("torture", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was tried, how often, and what was lost."""
    for line in torture_desk.LEDGER.table():
        terminalreporter.write_line(line)
