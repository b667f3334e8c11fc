"""Which licences may be passed on with a program under the MIT licence that Qt's LGPL lets us use.

`allowed.py FROZEN` fails on anything else: above all on what is under the GPL alone, and on what
nobody has looked at.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from hmip_desktop.operations.licences import LIST, Shipped, read_list  # noqa: E402

ALLOWED = frozenset(
    {
        *("0BSD", "Apache-2.0", "blessing", "BSD-2-Clause", "BSD-3-Clause", "bzip2-1.0.6"),
        *("LGPL-3.0-only", "MIT", "MIT-0", "PSF-2.0", "Zlib"),
        # What PyInstaller puts before the program to start it; the exception frees the program.
        "GPL-2.0-or-later WITH Bootloader-exception",
    }
)


def listed(frozen: Path) -> tuple[Shipped, ...]:
    """What a frozen program says it is made of."""
    (path,) = frozen.rglob(f"resources/licences/{LIST}")
    return read_list(path)


def is_allowed(licence: str) -> bool:
    """Whether an SPDX expression leaves a way that is allowed: one of OR, every one of AND."""
    ways = re.split(r"\s+OR\s+", licence.strip("() "))
    return any(
        all(part.strip("() ") in ALLOWED for part in re.split(r"\s+AND\s+", way)) for way in ways
    )


def main(frozen: Path) -> None:
    """Check what a frozen program is made of."""
    things = listed(frozen)
    wrong = [one for one in things if not is_allowed(one.licence)]
    refused = [f"{one.name} {one.version}: {one.licence}" for one in wrong]
    textless = [one.name for one in things if not one.text]
    if refused or textless:
        sys.exit(
            "\n".join(
                ["These licences are not allowed, or nobody has looked at them:", *refused]
                + [f"{name} comes without the text of its licence." for name in textless]
            )
        )
    sys.stdout.write(f"{len(things)} components, each under a licence that allows shipping it\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
