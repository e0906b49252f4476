"""Reading an OpenDocument text: its body, and what its other parts say about it."""

import re

from ia_workbench.corpus.importers.odt_body import Beside, OdtBody
from ia_workbench.corpus.importers.odt_xml import attribute, children, name_of, plain_words
from ia_workbench.corpus.importers.packing import ZippedFile
from ia_workbench.corpus.importers.stored import StoredText
from ia_workbench.corpus.importers.values import Read
from ia_workbench.kernel import Refused, XmlElement, parse_xml

BODY, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
MACROS = re.compile(r"(?:Basic/.+/(?!script-l[bc]\.xml)[^/]+\.xml|Scripts/.*[^/])\Z")
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\.\./", re.IGNORECASE)
MARGINS = {
    "style:header": "page header",
    "style:header-left": "page header",
    "style:header-first": "page header",
    "style:footer": "page footer",
    "style:footer-left": "page footer",
    "style:footer-first": "page footer",
}
FIELD_WORDS = ("form:current-value", "form:current-state", "form:value", "form:label", "form:name")
LOCKED = "{name} is locked by a password. Save it without one and import it again."
HOLDS_MACROS = "{name} holds macros. Save it as .docx without them and import it again."
NOT_ODT = "{name} is not an OpenDocument text. Save it as .docx or .odt and import it again."


def read(name: str, content: bytes) -> Read:
    """Read an OpenDocument text.

    One line a paragraph and one a table row, its cells divided by tabs; text boxes, footnotes and endnotes below the
    paragraph they belong to; no line end at the end. Raises Refused for a zipped file that is no such text, is damaged,
    protected or holds macros, or unpacks to far too much.
    """
    zipped = ZippedFile(name, content)
    if any(MACROS.match(entry) for entry in zipped.entries):
        raise Refused(HOLDS_MACROS, name=name)
    if MANIFEST in zipped.entries and b"encryption-data" in zipped.read(MANIFEST):
        raise Refused(LOCKED, name=name)
    if BODY not in zipped.entries:
        raise Refused(NOT_ODT, name=name)
    root = parse_xml(zipped.read(BODY))
    bodies = [text for body in children(root, "office:body") for text in children(body, "office:text")]
    if not bodies:
        raise Refused(NOT_ODT, name=name)
    styles = parse_xml(zipped.read(STYLES)) if STYLES in zipped.entries else None
    text = StoredText()
    OdtBody(text, _beside(root, styles)).walk(bodies[0])
    _tell_margins(styles, text)
    _tell_links(root, text)
    return text.read(stripped="\n")


def _beside(root: XmlElement, styles: XmlElement | None) -> Beside:
    found = Beside(ranged=frozenset(_values(root, "office:annotation-end", "office:name")))
    for region in _all(root, "text:changed-region"):
        for change in region:
            for key in {attribute(region, "text:id"), attribute(region, "xml:id")}:
                found.changes[key] = (name_of(change), change)
    for forms in _all(root, "office:forms"):
        for each in forms.iter():
            key = attribute(each, "form:id") or attribute(each, "xml:id")
            found.fields[key] = next((attribute(each, word) for word in FIELD_WORDS if attribute(each, word)), "")
    everywhere = [part for part in (root, styles) if part is not None]
    found.hiding = frozenset(
        attribute(style, "style:name")
        for part in everywhere
        for style in _all(part, "style:style")
        if any(attribute(each, "text:display") == "none" for each in children(style, "style:text-properties"))
    )
    found.numbered_levels = frozenset(
        attribute(level, "text:level")
        for part in everywhere
        for level in _all(part, "text:outline-level-style")
        if attribute(level, "style:num-format")
    )
    return found


def _all(part: XmlElement, name: str) -> list[XmlElement]:
    return [each for each in part.iter() if name_of(each) == name]


def _values(part: XmlElement, name: str, key: str) -> list[str]:
    return [attribute(each, key) for each in _all(part, name)]


def _tell_margins(styles: XmlElement | None, text: StoredText) -> None:
    """Tell of the headers and footers that hold words."""
    for part in styles.iter() if styles is not None else ():
        if (what := MARGINS.get(name_of(part))) and (words := plain_words(part)):
            text.note(what, words=words)


def _tell_links(root: XmlElement, text: StoredText) -> None:
    """Tell of files outside that the document would have brought in. Hyperlinks bring in nothing."""
    followed = (each for each in root.iter() if name_of(each) not in {"text:a", "draw:a", "form:button"})
    targets = {target for each in followed if OUTSIDE.match(target := attribute(each, "xlink:href"))}
    for target in sorted(targets):
        text.note("linked file", words=target)
