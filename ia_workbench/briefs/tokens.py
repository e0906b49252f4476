"""Finding `{{places}}` in the XML of a Word document, however Word split them, and giving each a run of its own.

Word cuts the text of a paragraph into runs wherever it likes: `{{state` and `ment}}` may be two. Here every marker is
gathered into its first run, keeps that run's formatting, and ends up alone in it; then filling is a walk over siblings.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn

from ia_workbench.kernel import XmlElement

MARKER = re.compile(r"\{\{\s*([#/]?)\s*([a-z][a-z0-9_]*)\s*\}\}")
PIECES = re.compile(r"(\{\{\s*[#/]?\s*[a-z][a-z0-9_]*\s*\}\})")
PARAGRAPH, RUN, TEXT = qn("w:p"), qn("w:r"), qn("w:t")
RUN_PROPERTIES = qn("w:rPr")
NOT_FOR_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True)
class Marker:
    """One marker: `sign` is empty for a place, `#` where a section begins and `/` where it ends."""

    sign: str
    name: str


def markers_in(text: str) -> list[Marker]:
    """Return the markers of a text, in order."""
    return [Marker(*found.groups()) for found in MARKER.finditer(text)]


def own_texts(paragraph: XmlElement) -> list[XmlElement]:
    """Return the text elements of a paragraph, without those of paragraphs inside it (text boxes)."""
    return [each for each in paragraph.iter(TEXT) if _paragraph_of(each) is paragraph]


def _paragraph_of(element: XmlElement) -> XmlElement | None:
    return next(element.iterancestors(PARAGRAPH), None)


def own_text(paragraph: XmlElement) -> str:
    """Return what a paragraph says, without what paragraphs inside it say."""
    return "".join(each.text or "" for each in own_texts(paragraph))


def text_of(element: XmlElement) -> str:
    """Return what an element says, paragraphs inside it included."""
    return "".join(each.text or "" for each in element.iter(TEXT))


def isolate_markers(paragraph: XmlElement) -> None:
    """Give each marker of a paragraph a run of its own, formatted as the run where it begins."""
    texts = own_texts(paragraph)
    _gather(texts)
    for run in _runs_of(texts):
        if MARKER.search(text_of(run)):
            _split(run)


def _gather(texts: list[XmlElement]) -> None:
    """Move each marker that spans several text elements into the one where it begins."""
    whole = "".join(each.text or "" for each in texts)
    owner = [index for index, each in enumerate(texts) for _ in each.text or ""]
    for found in MARKER.finditer(whole):
        owner[found.start() : found.end()] = [owner[found.start()]] * (found.end() - found.start())
    said = [""] * len(texts)
    for character, index in zip(whole, owner, strict=True):
        said[index] += character
    for each, text in zip(texts, said, strict=True):
        set_text(each, text)


def xml_safe(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return NOT_FOR_XML.sub("", text)


def set_text(element: XmlElement, text: str) -> None:
    """Set what a text element says; spaces at its ends are kept."""
    element.text = xml_safe(text)
    element.set(SPACE, "preserve")


def _runs_of(texts: list[XmlElement]) -> Iterator[XmlElement]:
    seen: list[XmlElement] = []
    for each in texts:
        run = each.getparent()
        if run is not None and run.tag == RUN and run not in seen:
            seen.append(run)
    return iter(seen)


def _split(run: XmlElement) -> None:
    """Replace a run by several: one for each marker, one for each thing between."""
    properties = run.find(RUN_PROPERTIES)
    for child in [each for each in run if each.tag != RUN_PROPERTIES]:
        parts = PIECES.split(child.text or "") if child.tag == TEXT else [None]
        for part in parts:
            if part != "":
                run.addprevious(_run_like(run, properties, child, part))
    remove(run)


def _run_like(run: XmlElement, properties: XmlElement | None, child: XmlElement, text: str | None) -> XmlElement:
    made = run.makeelement(RUN, {str(name): str(value) for name, value in run.attrib.items()})
    if properties is not None:
        made.append(copy.deepcopy(properties))
    made.append(copy.deepcopy(child))
    if text is not None:
        set_text(made[-1], text)
    return made


def remove(element: XmlElement) -> None:
    """Take an element out of its parent, if it has one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
