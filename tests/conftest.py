"""What every test stands on: a home of its own for settings and backups."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from hmip_desktop import language

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
