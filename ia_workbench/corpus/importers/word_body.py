"""Walking the body of a Word document: every word that a reader of the document sees, in order.

Tracked insertions and content controls are kept and tracked deletions left out, as if every change were accepted.
(The usual way, python-docx's `paragraph.text`, silently drops insertions and content controls.)
"""

from collections import Counter
from collections.abc import Iterator

from ia_workbench.kernel import XmlElement

WORD = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the strict variant
}
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PAGE_BREAK = "\f"  # stands for a page break until its paragraph is complete; XML cannot hold the character itself

DELETED = {"del", "moveFrom"}
INSERTED = {"ins", "moveTo"}
WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag"} | INSERTED  # around whole paragraphs, rows or cells
SILENT = {"instrText", "delText", "delInstrText", "rt", "tblGrid"}  # properties, whose names end in Pr, besides
CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
LEFT_OUT = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
    "sym": "symbol",
    "altChunk": "embedded document",
    "other:blip": "picture",
    "other:imagedata": "picture",
    "other:OLEObject": "embedded object",
    "other:chart": "chart",
    "other:relIds": "diagram",
}


def name_of(element: XmlElement) -> str:
    """Return an element's name without its namespace; `other:` before it when the namespace is not Word's."""
    tag = element.tag
    if not isinstance(tag, str):  # a comment or a processing instruction
        return ""
    namespace, _, local = tag.removeprefix("{").rpartition("}")
    if namespace in WORD or namespace == COMPATIBILITY:
        return local
    return f"other:{local}"


def child_named(element: XmlElement, name: str) -> XmlElement | None:
    """Return the first child of that name, or None."""
    return next((child for child in element if name_of(child) == name), None)


class WordBody:
    """The lines of a document's body, and a count of each kind of thing that was left out or changed on the way."""

    def __init__(self, body: XmlElement) -> None:
        """Walk the body. `lines` has one line a paragraph and one a table row, its cells divided by tabs."""
        self.counts: Counter[str] = Counter()
        self._boxes: list[str] = []
        self.lines = list(self._lines(body, between_cells="\t"))

    def _lines(self, container: XmlElement, *, between_cells: str) -> Iterator[str]:
        carried = ""  # the words of paragraphs whose end was deleted run on into the next
        for child in container:
            name = name_of(child)
            if name == "p":
                carried += self._paragraph(child)
                if not DELETED & _end_marks(child):
                    yield carried
                    carried = ""
                yield from self._taken_boxes()
            elif name == "tbl":
                yield from self._rows(child, between_cells)
            elif name in WRAPPERS:
                self._note_changes({name})
                yield from self._lines(child, between_cells=between_cells)
            else:
                self._note(child, name)
        if carried:
            yield carried

    def _rows(self, table: XmlElement, between_cells: str) -> Iterator[str]:
        for child in table:
            name = name_of(child)
            if name == "tr":
                marks = _marks_of(child_named(child, "trPr"))
                self._note_changes(marks)
                if not DELETED & marks:
                    yield between_cells.join(self._cells(child))
            elif name in WRAPPERS:
                yield from self._rows(child, between_cells)

    def _cells(self, row: XmlElement) -> Iterator[str]:
        """The words of each cell; a table inside a cell is laid flat, with spaces."""
        for child in row:
            name = name_of(child)
            if name == "tc":
                yield " ".join(self._lines(child, between_cells=" "))
            elif name in WRAPPERS:
                yield from self._cells(child)

    def _paragraph(self, paragraph: XmlElement) -> str:
        self._note_changes(_end_marks(paragraph))
        self.counts["list paragraph"] += "numPr" in _marks_of(child_named(paragraph, "pPr"))
        words = "".join(self._words(paragraph))
        return words.strip(PAGE_BREAK).replace(PAGE_BREAK, "\n")

    def _words(self, element: XmlElement) -> Iterator[str]:
        for child in element:
            name = name_of(child)
            if name in {"t", "other:t"}:
                yield from self._text(child, name)
            elif name in CHARACTERS:
                yield CHARACTERS[name]
            elif name == "br":
                yield PAGE_BREAK if _attribute(child, "type") in {"page", "column"} else "\n"
            elif name == "AlternateContent":
                yield from self._words(_first_choice(child))
            elif name == "txbxContent":
                self._read_box(child)
            elif name == "p":  # a paragraph inside a paragraph, which Word does not write but others do
                self._boxes.append(self._paragraph(child))
            elif name.endswith("Pr") or name in SILENT | DELETED:
                self._note(child, name)
            else:
                self._note(child, name)
                yield from self._words(child)

    def _read_box(self, content: XmlElement) -> None:
        """Keep a text box's lines until the paragraph that holds it is complete; it may hold boxes itself."""
        self.counts["text box"] += 1
        waiting, self._boxes = self._boxes, []
        lines = list(self._lines(content, between_cells=" "))
        self._boxes = [*waiting, *lines]

    def _text(self, element: XmlElement, name: str) -> Iterator[str]:
        is_formula = name == "other:t" and "math" in str(element.tag)
        if name == "t" or is_formula:
            self.counts["formula character"] += is_formula
            yield (element.text or "").replace("\n", " ")

    def _note(self, element: XmlElement, name: str) -> None:
        self._note_changes({name})
        if name in LEFT_OUT:
            self.counts[LEFT_OUT[name]] += 1
        elif name == "rPr" and "vanish" in _marks_of(element):
            self.counts["hidden passage"] += 1

    def _note_changes(self, names: set[str]) -> None:
        self.counts["insertion"] += bool(INSERTED & names)
        self.counts["deletion"] += bool(DELETED & names)

    def _taken_boxes(self) -> list[str]:
        taken, self._boxes = self._boxes, []
        return taken


def _marks_of(properties: XmlElement | None) -> set[str]:
    """Return the names of the properties that are set."""
    return {name_of(child) for child in properties} if properties is not None else set()


def _end_marks(paragraph: XmlElement) -> set[str]:
    """Return the properties of a paragraph's end, which can be inserted or deleted like any character."""
    properties = child_named(paragraph, "pPr")
    return _marks_of(child_named(properties, "rPr") if properties is not None else None)


def _attribute(element: XmlElement, name: str) -> str | None:
    """Return Word's attribute of that name, whichever variant of the format wrote it."""
    return next((str(element.get(f"{{{space}}}{name}")) for space in WORD if element.get(f"{{{space}}}{name}")), None)


def _first_choice(element: XmlElement) -> XmlElement:
    """Return the variant of alternate content to read: they say the same in newer and older markup."""
    return next((child for child in element if name_of(child) in {"Choice", "Fallback"}), element)
