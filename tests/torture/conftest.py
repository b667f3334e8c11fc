"""What the torture stands on: the small inspections of the other tests."""

import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
FOLDERS = [str(TESTS / name) for name in ("core", "gui", "frozen")]
sys.path += [folder for folder in FOLDERS if folder not in sys.path]
