"""Marking a brief as a draft on every page, whatever the template is like."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

WARNING = RGBColor(0x9B, 0x2C, 0x22)
LINE = "DRAFT  ·  not released, not for passing on"
# A WordArt shape behind the text, as Word itself writes its watermarks.
WATERMARK = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
     xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
 <w:rPr><w:noProof/></w:rPr>
 <w:pict>
  <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
    path="m@7,l@8,m@5,21600l@6,21600e">
   <v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
    <v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
    <v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>
    <v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
   <v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
     o:connectangles="270,180,90,0"/>
   <v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/>
  </v:shapetype>
  <v:shape id="DraftWatermark{number}" o:spid="_x0000_s{shape}" type="#_x0000_t136" alt="Draft"
    style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:170pt;rotation:315;z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;
mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#e9c9c5" stroked="f">
   <v:fill opacity=".5"/>
   <v:textpath style="font-family:&quot;Inter&quot;;font-size:1pt;font-weight:bold" string="DRAFT"/>
  </v:shape>
 </w:pict>
</w:r>
"""


def mark_as_draft(document: Any) -> None:
    """Write DRAFT into every header that a page can have: a line at its top and a watermark behind the text."""
    marked: set[str] = set()
    number = 0
    for section in document.sections:
        for kind in _kinds_of(document, section):
            header = getattr(section, kind)
            if kind in marked and header.is_linked_to_previous:
                continue  # it shows the header of its kind before it, which is marked already
            number += 1
            _mark(header, number)
            marked.add(kind)


def _kinds_of(document: Any, section: Any) -> list[str]:
    kinds = ["header"]
    if section.different_first_page_header_footer:
        kinds.append("first_page_header")
    if document.settings.odd_and_even_pages_header_footer:
        kinds.append("even_page_header")
    return kinds


def _mark(header: Any, number: int) -> None:
    header.is_linked_to_previous = False
    line = header.paragraphs[0].insert_paragraph_before()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(4)
    run = line.add_run(LINE)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(11), WARNING
    line._p.append(parse_xml(WATERMARK.format(number=number, shape=2048 + number)))
