"""What goes on paper: printed, or saved as a PDF."""

from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QRectF,
    QSizeF,
    Qt,
    QUrl,
)
from PySide6.QtGui import (
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from hmip_desktop import settings
from hmip_desktop.casefile.refusals import kindly
from hmip_desktop.errors import Refused
from hmip_desktop.language import tr
from hmip_desktop.operations.paper import Paper
from ui import messages

_PURPOSE = "pdf"
_MARGIN_MM, _BAND_MM = 18.0, 9.0
_TEXT_POINTS, _BAND_POINTS = 10.0, 8.5
_DOTS_PER_INCH = 300
_MM_PER_INCH = 25.4
_PIXELS_PER_INCH = 96  # what Qt takes a picture's pixels for
_PICTURE_DOTS_PER_INCH = 480


class _Text(QTextDocument):
    """Text with pictures of this computer, small and sharp."""

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        """A picture; nothing is ever fetched from elsewhere."""
        picture = QImage(QUrl(name).toLocalFile())
        picture.setDevicePixelRatio(_PICTURE_DOTS_PER_INCH / _PIXELS_PER_INCH)
        return picture


def print_out(parent: QWidget, paper: Paper) -> None:
    """Print on a printer that the user chooses."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(_a4())
    printer.setDocName(paper.name)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print {reference}", reference=paper.name))
    if dialog.exec() == QDialog.DialogCode.Accepted:
        paint(printer, printer.resolution(), paper)
    dialog.deleteLater()


def choose_and_save(parent: QWidget, paper: Paper) -> Path | None:
    """Save it as a PDF where the user wants it; a PDF is not encrypted, and that is said.

    Returns:
        Where it was saved; None when it was not.
    """
    reference = paper.name
    sentence = tr(
        "A PDF of {reference} is not encrypted: whoever has it can read it. "
        "Keep it where case papers may be kept.",
        reference=reference,
    )
    if not messages.confirm(parent, sentence, tr("Choose where...")):
        return None
    title = tr("Save {reference} as PDF", reference=reference)
    suggested = str(Path(settings.folder_for(_PURPOSE)) / f"{reference}.pdf")
    chosen, _ = QFileDialog.getSaveFileName(parent, title, suggested, "PDF (*.pdf)")
    if not chosen:
        return None
    path = Path(chosen)
    path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
    try:
        save_pdf(path, paper)
    except Refused as refusal:
        messages.refused(parent, refusal)
        return None
    settings.keep_folder(_PURPOSE, path.parent)
    return path


def save_pdf(path: Path, paper: Paper) -> None:
    """Write it as a PDF.

    Raises:
        Refused: DISK when it cannot be written there.
    """
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageLayout(_a4())
    writer.setTitle(paper.name)
    writer.setCreator(messages.PROGRAM)
    paint(writer, _DOTS_PER_INCH, paper)
    buffer.close()
    with kindly(path):
        path.write_bytes(bytes_.data())


def paint(device: QPagedPaintDevice, resolution: int, paper: Paper) -> int:
    """Paint page by page, with its heads above and the page's number below.

    Returns:
        How many pages it took.
    """
    room = QRectF(device.pageLayout().paintRectPixels(resolution))
    band = _BAND_MM / _MM_PER_INCH * resolution
    body = QSizeF(room.width(), room.height() - 2 * band)
    painter = QPainter(device)
    document = _Text()
    document.documentLayout().setPaintDevice(device)
    document.setDocumentMargin(0)
    document.setDefaultFont(_font(_TEXT_POINTS))
    document.setHtml(paper.html)
    document.setPageSize(body)
    pages = document.pageCount()
    whole = QRectF(0, 0, room.width(), room.height())
    for page in range(pages):
        if page:
            device.newPage()
        foot = tr("Page {number} of {pages}", number=page + 1, pages=pages)
        _paint_bands(painter, whole, paper.heads, foot)
        painter.save()
        painter.translate(0, band - page * body.height())
        part = QRectF(0, page * body.height(), body.width(), body.height())
        painter.setClipRect(part)
        document.drawContents(painter, part)
        painter.restore()
    painter.end()
    return pages


def _paint_bands(painter: QPainter, whole: QRectF, heads: tuple[str, str], foot: str) -> None:
    painter.setFont(_font(_BAND_POINTS))
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
    painter.drawText(whole, int(left | top), heads[0])
    painter.drawText(whole, int(right | top), heads[1])
    painter.drawText(whole, int(right | bottom), foot)


def _font(points: float) -> QFont:
    """The screen's font measures in pixels, which are nothing on paper."""
    font = QFont("sans-serif")
    font.setPointSizeF(points)
    return font


def _a4() -> QPageLayout:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    portrait = QPageLayout.Orientation.Portrait
    return QPageLayout(size, portrait, margins, QPageLayout.Unit.Millimeter)
