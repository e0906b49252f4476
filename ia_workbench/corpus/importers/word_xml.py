"""The names that Word's XML uses, and plain words out of it."""

from collections.abc import Iterator

from ia_workbench.kernel import XmlElement

WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict variant
}
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
NO = {"0", "false", "off"}


def name_of(element: XmlElement) -> str:
    """Return an element's name without its namespace; `other:` before it when the namespace is not Word's."""
    tag = element.tag
    if not isinstance(tag, str):  # a comment or a processing instruction
        return ""
    namespace, _, local = tag.removeprefix("{").rpartition("}")
    if namespace in WORD or namespace == COMPATIBILITY:
        return local
    return f"other:{local}"


def child_named(element: XmlElement | None, name: str) -> XmlElement | None:
    """Return the first child of that name, or None."""
    return None if element is None else next((child for child in element if name_of(child) == name), None)


def attribute(element: XmlElement | None, name: str) -> str:
    """Return Word's attribute of that name, whichever variant of the format wrote it; empty when it is not there."""
    if element is None:
        return ""
    return next((str(value) for space in WORD if (value := element.get(f"{{{space}}}{name}"))), "")


def marks_of(properties: XmlElement | None) -> dict[str, XmlElement]:
    """Return the properties that are set, by name."""
    if properties is None:
        return {}
    return {name_of(child): child for child in properties if attribute(child, "val").lower() not in NO}


def end_marks(paragraph: XmlElement) -> dict[str, XmlElement]:
    """Return the properties of a paragraph's end, which can be inserted or deleted like any character."""
    return marks_of(child_named(child_named(paragraph, "pPr"), "rPr"))


def plain_words(element: XmlElement) -> str:
    """Return all words within an element, one line a paragraph: for the report, which needs no more."""
    return "".join(_pieces(element)).strip()


def _pieces(element: XmlElement) -> Iterator[str]:
    for each in element.iter():
        name = name_of(each)
        if name in {"t", "delText", "other:t"}:
            yield each.text or ""
        elif name == "p":
            yield "\n"
        elif name in {"br", "tab"} and (above := each.getparent()) is not None and name_of(above) == "r":
            yield CHARACTERS.get(name, "\n")


def first_choice(element: XmlElement) -> XmlElement:
    """Return the variant of alternate content to read: they say the same in newer and older markup."""
    return next((child for child in element if name_of(child) in {"Choice", "Fallback"}), element)
