"""Opens the window on the demonstration's merged file; says where it is without a display."""

import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Open the window where there is a display."""
    lead = Path(sys.argv[1]) / "lead.hmip"
    has_display = (
        sys.platform in ("win32", "darwin")
        or os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
    )
    if not has_display:
        sys.stdout.write(
            "There is no display here. Where there is one, open the merged file with\n"
            f"    .venv/bin/hmip-desktop '{lead}'\n"
        )
        return 0
    program = Path(sys.executable).parent / "hmip-desktop"
    return subprocess.run([program, lead], check=False).returncode  # noqa: S603 our own program


if __name__ == "__main__":
    sys.exit(main())
