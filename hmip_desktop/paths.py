"""Where things lie: the program's own resources, and the user's settings and backups."""

import os
import sys
from pathlib import Path

import platformdirs

HOME_VARIABLE = "HMIP_HOME"


def resources() -> Path:
    """The `resources/` folder: beside the packages in a checkout, in the bundle when frozen."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root / "resources"


def resource(*parts: str) -> Path:
    """One file or folder of the resources."""
    return resources().joinpath(*parts)


def home() -> Path:
    """The user's own folder for settings, backups and logs; `HMIP_HOME` moves it."""
    chosen = os.environ.get(HOME_VARIABLE)
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("HMIP Desktop", False))


def backups() -> Path:
    """The usual place for dated copies of case files; the settings may name another."""
    return home() / "backups"


def practice_file() -> Path:
    """The case file in which this user practises."""
    return home() / "practice" / "practice.hmip"


def settings_file() -> Path:
    """Where window positions, recent files and preferences are kept."""
    return home() / "settings.json"


def run_logs() -> Path:
    """Where each run of the window notes how it ended, should it end unexpectedly."""
    return home() / "runs"


def log_file() -> Path:
    """Where faults are noted (ids only, never text of answers)."""
    return home() / "faults.log"
