"""Native charts in a Word document: each a part of its own with the workbook of its data."""

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from hmip_desktop.summary.chart import Drawn
from hmip_desktop.summary.styles import WIDTH_CM
from hmip_desktop.workbook.text import fit

_PRINTED = b"<c:printSettings>"
_INLINE = (
    "<w:drawing {names}><wp:inline distT='0' distB='0' distL='0' distR='0'>"
    "<wp:extent cx='{width}' cy='{height}'/><wp:docPr id='{number}' name='Chart {number}'/>"
    "<wp:cNvGraphicFramePr/><a:graphic>"
    "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/chart'>"
    "<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' r:id='{id}'/>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def add_chart(
    document: Document, paragraph: Paragraph, drawn: Drawn, described: str, number: int
) -> None:
    """Put a chart into a paragraph; `described` is what a screen reader says of it."""
    package = document.part.package
    workbook = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        drawn.workbook,
        package,
    )
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    data = chart.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    chart._blob = _with_data(drawn.xml, data)  # noqa: SLF001 the relation must be there first
    frame: Any = parse_xml(
        _INLINE.format(
            names=nsdecls("w", "wp", "a", "r"),
            width=Cm(WIDTH_CM),
            height=Cm(drawn.height),
            number=number,
            id=document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART),
        )
    )
    frame[0][1].set("descr", fit(described))
    paragraph.add_run()._r.append(frame)  # noqa: SLF001 python-docx knows pictures only


def _with_data(xml: bytes, relation: str) -> bytes:
    """The chart with its workbook named, at the place that the schema has for it."""
    before, printed, _ = xml.partition(_PRINTED)
    assert printed
    source = f'<c:externalData r:id="{relation}"><c:autoUpdate val="0"/>'
    return before + source.encode() + b"</c:externalData></c:chartSpace>"
