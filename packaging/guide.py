"""The guide as PDF, in every language that it has: `guide.py FOLDER`.

The same guide is the same file, byte for byte, whenever it is written. The figures of the page
about what is promised are taken from SECURITY.md first.
"""

import os
import re
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "UTC"  # Qt writes the time of day with its zone
os.environ["QT_HASH_SEED"] = "0"  # and the fonts in the order of its tables
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication

from hmip_desktop import language, paths
from hmip_desktop.operations.guide_on_paper import guide_on_paper
from ui import paper
from ui.dialogs.guide import pages

# What Qt writes anew each time, and what stands there instead: as many letters, so that the
# places that a PDF keeps of its own parts stay right.
_PRINTED = re.compile(r"^## Figures$.*?^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANEW = (
    (re.compile(rb"D:\d{14}Z"), b"D:20000101000000Z"),
    (re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"), b"2000-01-01T00:00:00+00:00"),
    (re.compile(rb"uuid:[0-9a-f-]{36}"), b"uuid:" + b"0" * 36),
    (re.compile(rb"<[0-9a-f]{72}>"), b"<" + b"0" * 72 + b">"),
)


def take_figures() -> None:
    """Bring what SECURITY.md prints into the guide, which goes where SECURITY.md does not."""
    security = paths.resources().parent.joinpath("SECURITY.md").read_text(encoding="utf-8")
    printed = _PRINTED.search(security)
    assert printed is not None, "SECURITY.md prints no figures"
    paths.resource("help", "figures.txt").write_text(printed[1], encoding="utf-8")


def always_the_same(pdf: bytes) -> bytes:
    """A PDF without the moment at which it was written."""
    for anew, instead in _ANEW:
        pdf = anew.sub(instead, pdf)
    return pdf


def main(folder: Path) -> int:
    """Write every guide."""
    app = QApplication([])
    take_figures()
    folder.mkdir(parents=True, exist_ok=True)
    for written in sorted(path for path in paths.resource("help").iterdir() if path.is_dir()):
        if written.name == "pictures":
            continue
        language.use(written.name)
        path = folder / f"HMIP Desktop guide ({written.name}).pdf"
        paper.save_pdf(path, guide_on_paper(pages()))
        path.write_bytes(always_the_same(path.read_bytes()))
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/guide")))
