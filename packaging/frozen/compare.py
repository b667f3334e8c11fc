"""Size and start of the frozen program beside a bare PySide6 window frozen on the same computer.

`compare.py PROGRAM BARE`: each is started once unmeasured, then several times in turns, on a
screen that nobody sees where there is one.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from check import megabytes
from places import Here
from screen import unseen

STARTS = 9


def seconds(place: Here, command: list[str], variables: Mapping[str, str]) -> float:
    """How long a program takes from its start to its end."""
    before = time.perf_counter()
    said = place.run(*command, variables=variables)
    took = time.perf_counter() - before
    if said.status or said.err:
        sys.exit(f"{command[0]}: {said.status}\n{said.err}")
    return took


def main(program: Path, bare: Path) -> None:
    """Print the comparison."""
    ending = ".exe" if sys.platform == "win32" else ""
    commands = {
        "bare window": [str(bare / f"bare{ending}")],
        "hmip-desktop": [str(program / f"hmip-desktop{ending}"), "--first-picture"],
        "hmip --version": [str(program / f"hmip{ending}"), "--version"],
    }
    took: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory(prefix="hmip-compare-") as home, unseen() as screen:
        variables = screen or {"QT_QPA_PLATFORM": "offscreen"}
        where = "a screen (Xvfb)" if screen else "no screen (offscreen)"
        for turn in range(STARTS + 1):
            for name, command in commands.items():
                once = seconds(Here(Path(home)), command, variables)
                if turn:
                    took[name].append(once)
    sys.stdout.write(f"From start to first picture and end, {STARTS} starts in turns, {where}:\n")
    for name, times in took.items():
        least, middle = min(times), statistics.median(times)
        sys.stdout.write(f"  {name:16} least {least:.2f} s, median {middle:.2f} s\n")
    ours, theirs = megabytes(program), megabytes(bare)
    sys.stdout.write(f"Size: {ours:.0f} MB; the bare window {theirs:.0f} MB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
