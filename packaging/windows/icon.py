"""The program's icon as Windows wants it: `icon.py OUT.ico`, drawn from the one SVG by Qt.

Beside it, as OUT.bmp, the picture at the side of the installer's first and last page.

An .ico holds one picture for each size. Small ones are bitmaps, which everything can read; the
largest is a PNG, as Windows has it itself.
"""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parents[2] / "resources" / "icons" / "hmip-desktop.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
LARGE = 256
SIDE, SIDE_ICON = QSize(164, 314), 132  # as NSIS asks for it
HEAD, ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")


def drawn(source: Path, size: int) -> QImage:
    """The icon at one size."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    return image


def picture(image: QImage) -> bytes:
    """What stands in the .ico for one size."""
    kind = "PNG" if image.width() == LARGE else "ICO"
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    # Qt writes an .ico of a single picture: what follows its head and its only entry is that.
    return content.data()[HEAD.size + ENTRY.size if kind == "ICO" else 0 :]


def ico(source: Path, sizes: tuple[int, ...] = SIZES) -> bytes:
    """The whole file."""
    pictures = [picture(drawn(source, size)) for size in sizes]
    at = HEAD.size + ENTRY.size * len(sizes)
    head = HEAD.pack(0, 1, len(sizes))
    for size, content in zip(sizes, pictures, strict=True):
        side = size % LARGE  # 256 is written as 0
        head += ENTRY.pack(side, side, 0, 0, 1, 32, len(content), at)
        at += len(content)
    return head + b"".join(pictures)


def side(source: Path) -> QImage:
    """The icon on a ground of its own colour."""
    icon = drawn(source, SIDE_ICON)
    image = QImage(SIDE, QImage.Format.Format_RGB32)
    image.fill(icon.pixelColor(SIDE_ICON // 2, SIDE_ICON // 8))
    painter = QPainter(image)
    place = QRectF(0, 0, SIDE_ICON, SIDE_ICON)
    place.moveCenter(QRectF(image.rect()).center())
    painter.drawImage(place, icon)
    painter.end()
    return image


def main(out: Path) -> None:
    """Write both."""
    app = QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(ico(SOURCE))
    side(SOURCE).save(str(out.with_suffix(".bmp")))
    del app


if __name__ == "__main__":
    main(Path(sys.argv[1]))
