"""Writes a summary as a Word document: the only place where blocks become paragraphs of Word."""

from collections import Counter
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from hmip_desktop.language import tr
from hmip_desktop.progress import Progress, silent
from hmip_desktop.summary import styles
from hmip_desktop.summary.chart import drawn
from hmip_desktop.summary.content import (
    Block,
    Bullets,
    Chart,
    Fact,
    Heading,
    Notice,
    Paragraph,
    Summary,
    Table,
)
from hmip_desktop.summary.pictures import add_chart
from hmip_desktop.summary.tables import add_table
from hmip_desktop.workbook.saving import save
from hmip_desktop.workbook.text import cut, fit

_HERE = "\ue000"
"""Stands in a sentence where Word is to count."""
_PROPERTY_LIMIT = 255
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_TEMPLATES = ("extended-properties", "thumbnail", "stylesWithEffects", "customXml")
"""What python-docx's empty document brings along and nobody needs."""


def write(path: Path, summary: Summary, progress: Progress = silent) -> None:
    """Write a summary to `path`, replacing an older one there.

    Raises:
        Refused: DISK; what stood at `path` stands there still.
        Cancelled: from `progress`; likewise.
    """
    save(path, build(summary, progress))


def build(summary: Summary, progress: Progress = silent) -> bytes:
    """The document, the same bytes for the same summary."""
    document = docx.Document()
    _strip(document)
    styles.dress(document, summary.language)
    _tell(document, summary)
    _head_and_foot(document, summary)
    _line(document, summary.title, "Title")
    _line(document, summary.subtitle, "Subtitle")
    pen = _Pen(document, summary)
    for done, block in enumerate(summary.blocks):
        progress(done, len(summary.blocks), tr("Writing the Word summary"))
        pen.put(block)
    _close(document)
    progress(len(summary.blocks), len(summary.blocks), tr("Saving"))
    return _packed(document)


def _close(document: Document) -> None:
    """Word wants a paragraph after the last table: one that never needs a page of its own."""
    last = _line(document, "", styles.CELL).paragraph_format
    last.space_before = last.space_after = Pt(0)
    last.line_spacing = Pt(1)


class _Pen:
    """Puts one block after the other, and counts figures and tables."""

    def __init__(self, document: Document, summary: Summary) -> None:
        self._document, self._as_at = document, summary.as_at
        self._numbers: Counter[str] = Counter()

    def put(self, block: Block) -> None:
        document = self._document
        match block:
            case Heading():
                made = _line(document, block.text, f"Heading {block.level}")
                made.paragraph_format.page_break_before = block.new_page or None
            case Paragraph():
                _line(document, block.text)
            case Fact():
                made = document.add_paragraph(style=styles.FACT)
                made.add_run(tr("{name}: ", name=block.name)).bold = True
                made.add_run(_clean(block.text))
            case Notice():
                self._notice(block)
            case Bullets():
                for text in block.texts:
                    _line(document, text, "List Bullet").paragraph_format.keep_together = True
            case Table():
                self._caption("Table", block.caption).paragraph_format.keep_with_next = True
                add_table(document, block)
            case Chart():
                self._chart(block)

    def _notice(self, block: Notice) -> None:
        _line(self._document, block.heading, styles.NOTICE_HEAD)
        for text in block.texts:
            made = _line(self._document, text, styles.NOTICE)
            made.paragraph_format.keep_with_next = text is not block.texts[-1]

    def _chart(self, block: Chart) -> None:
        place = self._document.add_paragraph(style=styles.FIGURE)
        number = self._numbers["Figure"] + 1
        add_chart(self._document, place, drawn(block, self._as_at), block.described, number)
        self._caption("Figure", block.caption)

    def _caption(self, kind: str, text: str) -> WordParagraph:
        """A caption with a number that Word counts itself."""
        self._numbers[kind] += 1
        said = (
            tr("Figure {number}. {text}", number=_HERE, text=_clean(text))
            if kind == "Figure"
            else tr("Table {number}. {text}", number=_HERE, text=_clean(text))
        )
        before, _, after = said.partition(_HERE)
        made = self._document.add_paragraph(before, style="Caption")
        _field(made, rf"SEQ {kind} \* ARABIC", str(self._numbers[kind]))
        made.add_run(after)
        return made


def _line(document: Document, text: str, style: str = "Normal") -> WordParagraph:
    return document.add_paragraph(_clean(text), style=style)


def _clean(text: str) -> str:
    """A text that people may have typed, as XML can hold it, in one line."""
    return " ".join(fit(text).replace(_HERE, " ").split())


def _head_and_foot(document: Document, summary: Summary) -> None:
    section = document.sections[0]
    head = section.header.paragraphs[0]
    marked = head.add_run(_clean(summary.mark))
    marked.bold = True
    marked.font.color.rgb = RGBColor.from_string(styles.INK)
    head.add_run(f"  ·  {_clean(summary.title)}\t")
    head.add_run(_clean(summary.standing)).bold = True
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{summary.marking}\t")
    for number, part in enumerate(
        tr("Page {page} of {pages}", page=_HERE, pages=_HERE).split(_HERE)
    ):
        if number:
            _field(foot, ("PAGE", "NUMPAGES")[number - 1], "1")
        foot.add_run(part)


def _field(paragraph: WordParagraph, code: str, shown: str) -> None:
    """Something that Word works out, with what it comes to now."""
    field: Any = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)._r  # noqa: SLF001 python-docx has no fields
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 likewise


def _tell(document: Document, summary: Summary) -> None:
    """What the document is, and nobody's name."""
    known = document.core_properties
    known.title = cut(_clean(f"{summary.title}: {summary.subtitle}"), _PROPERTY_LIMIT, "…")
    known.subject = cut(_clean(summary.mark), _PROPERTY_LIMIT, "…")
    known.language = styles.place_of(summary.language)
    known.content_status = "Draft"
    known.author = known.last_modified_by = known.comments = known.keywords = ""
    known.created = known.modified = summary.as_at.astimezone(UTC).replace(tzinfo=None)
    known.revision = 1


def _strip(document: Document) -> None:
    """Take out what the empty document has from the program in which it was once made."""
    for part in (document.part.package, document.part):
        for name, relation in list(part.rels.items()):
            if any(word in relation.reltype for word in _TEMPLATES):
                del part.rels[name]
    plain = document.styles.default(WD_STYLE_TYPE.TABLE)
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style != plain:
            style.delete()  # some 160 of them, through which each paragraph would have to look
    for one in document.settings.element.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")  # what Word has written since 2013


def _packed(document: Document) -> bytes:
    """The document's file with no time of its own in it."""
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            kept = ZipInfo(one.filename, _EARLIEST)
            kept.compress_type = ZIP_DEFLATED
            new.writestr(kept, old.read(one))
    return packed.getvalue()
