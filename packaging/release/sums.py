"""SHA256SUMS of everything in a folder: `sums.py FOLDER`; read by `sha256sum --check`."""

import hashlib
import sys
from pathlib import Path

NAME = "SHA256SUMS"


def sums(folder: Path) -> str:
    """One line a file, by name."""
    files = sorted(one for one in folder.iterdir() if one.is_file() and one.name != NAME)
    return "".join(f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in files)


def main(folder: Path) -> None:
    """Write the checksums."""
    (folder / NAME).write_text(sums(folder), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{folder / NAME}: {len(sums(folder).splitlines())} files\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
