"""What every test stands on: a home of its own for settings and backups."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("here", database=None, deadline=None)
settings.load_profile("here")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, backups and logs go to the test's own folder, never to the user's."""
    folder = tmp_path / "home of the program"
    monkeypatch.setenv("HMIP_HOME", str(folder))
    return folder
