"""The names that OpenDocument uses, and plain words out of it."""

import re
from collections.abc import Iterator

from ia_workbench.kernel import XmlElement

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SHORT = {
    "drawing": "draw",
    "svg-compatible": "svg",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
BLANKS = re.compile(r"[ \t\r\n]+")


def name_of(element: XmlElement) -> str:
    """Return an element's name with its usual prefix (`text:p`), empty for a comment or a processing instruction."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def _short(tag: str) -> str:
    space, _, local = tag.removeprefix("{").rpartition("}")
    prefix = space.removeprefix(OASIS).partition(":")[0] if space.startswith(OASIS) else "other"
    return f"{SHORT.get(space) or SHORT.get(prefix, prefix)}:{local}"


def attribute(element: XmlElement, name: str) -> str:
    """Return an attribute by its name with the usual prefix; empty when it is not there."""
    return next((str(value) for tag, value in element.attrib.items() if _short(str(tag)) == name), "")


def children(element: XmlElement, name: str) -> list[XmlElement]:
    """Return the children of that name."""
    return [child for child in element if name_of(child) == name]


def words_of(element: XmlElement, name: str) -> str:
    """Return the words of the first child of that name; empty when there is none."""
    return next((plain_words(child) for child in children(element, name)), "")


def plain_words(element: XmlElement) -> str:
    """Return all words within an element, one line a paragraph: for the report, which needs no more."""
    return "".join(_pieces(element)).strip()


def _pieces(element: XmlElement) -> Iterator[str]:
    name = name_of(element)
    if name in {"text:p", "text:h"}:
        yield "\n"
    if name in {"office:change-info", "text:note-citation"}:
        return
    yield {"text:tab": "\t", "text:line-break": "\n"}.get(name) or spaces(element, name)
    yield BLANKS.sub(" ", element.text or "")
    for child in element:
        yield from _pieces(child)
        yield BLANKS.sub(" ", child.tail or "")


def spaces(element: XmlElement, name: str) -> str:
    """Return the blanks that a `text:s` stands for, never more than a line could hold."""
    if name != "text:s":
        return ""
    count = attribute(element, "text:c")
    return " " * min(int(count) if count.isdecimal() else 1, 1000)
