"""How a summary looks in Word: the document's own styles, so that an editor can change them."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from hmip_desktop.summary.chart import FONT

INK, TEXT, QUIET = "1F3A5F", "14202B", "53606D"
PALE, AMBER, LINE = "EEF2F7", "FDE9D6", "C3CCD8"
MARGIN_CM, WIDTH_CM = 2.2, 16.6
FACT, NOTICE, NOTICE_HEAD = "Summary fact", "Summary notice", "Summary notice heading"
FIGURE = "Summary figure"
CELL, CELL_RIGHT, CELL_HEAD = "Table text", "Table figure", "Table heading"
_UNWANTED = ("w:rFonts", "w:lang", "w:kern", "w:spacing")
_PLACES = {"en": "en-GB", "cy": "cy-GB"}
_BORDERS = "w:pBdr"
_BEFORE_SHADE = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
_SIDES = ("w:top", "w:left", "w:bottom", "w:right")


def dress(document: Document, language: str) -> None:
    """Give a new document its page, its language and its styles."""
    _page(document)
    _speak(document, place_of(language))
    _style(document, "Normal", size=10.5, colour=TEXT, after=6, line=1.15)
    _style(document, "Title", size=26, colour=INK, bold=True, before=4, after=2)
    _style(document, "Subtitle", size=13, colour=QUIET, after=12)
    _style(document, "Heading 1", size=17, colour=INK, bold=True, before=20, after=6)
    _style(document, "Heading 2", size=13, colour=INK, bold=True, before=14, after=4)
    _style(document, "Heading 3", size=11, colour=INK, bold=True, before=12, after=4)
    _style(document, "List Bullet", size=10.5, colour=TEXT, after=5, line=1.15)
    _style(document, "Caption", size=9, colour=QUIET, bold=True, before=8, after=4)
    header = _style(document, "Header", size=9, colour=QUIET)
    _edge(header, LINE, ("w:bottom",))
    _style(document, "Footer", size=9, colour=QUIET)
    _style(document, FACT, size=10.5, colour=TEXT, after=1)
    figure = _style(document, FIGURE, size=9, colour=TEXT, before=8)
    figure.paragraph_format.keep_with_next = True
    notice = _style(document, NOTICE, size=10.5, colour=TEXT, indent=0.3)
    head = _style(document, NOTICE_HEAD, size=11.5, colour=TEXT, bold=True, before=12, indent=0.3)
    for one in (notice, head):
        _ground(one, AMBER)
        _edge(one, AMBER, _SIDES)
        one.paragraph_format.keep_together = True
    head.paragraph_format.keep_with_next = True
    _style(document, CELL, size=9, colour=TEXT, before=1, after=1)
    right = _style(document, CELL_RIGHT, size=9, colour=TEXT, before=1, after=1)
    right.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _style(document, CELL_HEAD, size=9, colour="FFFFFF", bold=True, before=3, after=3)
    for name in ("Header", "Footer"):
        _tab_at_the_right(_named(document, name))


def with_attributes(name: str, **attributes: str) -> Any:
    """An element of Word's own XML."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def place_of(language: str) -> str:
    """A language with its country, as Word names it."""
    return _PLACES.get(language, language)


def _page(document: Document) -> None:
    """A4."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN_CM)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.0)
    section.header_distance = section.footer_distance = Cm(1.0)


def _speak(document: Document, place: str) -> None:
    """Tell screen readers and the spelling check the language."""
    for one in document.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), place)
    for one in document.settings.element.iter(qn("w:themeFontLang")):
        one.set(qn("w:val"), place)


def _style(
    document: Document,
    name: str,
    *,
    size: float,
    colour: str,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    line: float = 1.0,
    indent: float = 0,
) -> ParagraphStyle:
    style = _named(document, name)
    _plain(style)
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line
    form.widow_control = True
    if indent:
        form.left_indent = form.right_indent = Cm(indent)
    return style


def _named(document: Document, name: str) -> ParagraphStyle:
    """A paragraph style by its name, made where the document has none."""
    if name in [one.name for one in document.styles]:
        found = document.styles[name]
    else:
        found = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(found, ParagraphStyle)
    return found


def _plain(style: ParagraphStyle) -> None:
    """Take away what the template says: fonts of a theme, which outdo ours, and rules."""
    element: Any = style.element
    text = element.get_or_add_rPr()
    for name in _UNWANTED:
        for one in text.findall(qn(name)):
            text.remove(one)
    whole = element.get_or_add_pPr()
    for one in whole.findall(qn(_BORDERS)):
        whole.remove(one)


def _ground(style: ParagraphStyle, colour: str) -> None:
    """A coloured ground under the paragraphs of a style."""
    element: Any = style.element
    shade = with_attributes("w:shd", val="clear", color="auto", fill=colour)
    element.get_or_add_pPr().insert_element_before(shade, *_BEFORE_SHADE[1:])


def _edge(style: ParagraphStyle, colour: str, sides: Sequence[str]) -> None:
    """A line around the paragraphs of a style, or some room of the colour of their ground."""
    element: Any = style.element
    lines = OxmlElement(_BORDERS)
    lines.extend(
        [with_attributes(side, val="single", sz="4", space="4", color=colour) for side in sides]
    )
    element.get_or_add_pPr().insert_element_before(lines, *_BEFORE_SHADE)


def _tab_at_the_right(style: ParagraphStyle) -> None:
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
