"""What every test stands on: a home of its own for settings and backups."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from hmip_desktop import language

sys.path.append(str(Path(__file__).with_name("torture")))

from ledger import LEDGER

# Windows are made without a screen unless somebody wants to watch.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("here", database=None, deadline=None)
settings.load_profile("here")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, backups and logs go to the test's own folder, never to the user's."""
    folder = tmp_path / "home of the program"
    monkeypatch.setenv("HMIP_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Whatever language a test spoke, the next one begins in English."""
    yield
    language.use(language.ENGLISH)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes tells the one that speaks what it tried."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["torture"] = LEDGER.counts()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Another process has finished: add up what it tried."""
    LEDGER.add(getattr(node, "workeroutput", {}).get("torture", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the torture tried, how often, and what was lost."""
    for line in LEDGER.table():
        terminalreporter.write_line(line)
