"""Walking the body of an OpenDocument text: every word that a reader of the document sees, in order.

As with Word documents, tracked insertions are kept and tracked deletions left out, as if every change were accepted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ia_workbench.corpus.importers.asides import Comment, Joined, Notes, Ranges
from ia_workbench.corpus.importers.odt_xml import BLANKS, attribute, children, name_of, plain_words, spaces, words_of
from ia_workbench.corpus.importers.stored import StoredText
from ia_workbench.corpus.importers.values import Treatment
from ia_workbench.kernel import XmlElement

PARAGRAPHS = {"text:p", "text:h"}
LISTS = {"text:list", "text:list-item", "text:list-header", "text:numbered-paragraph"}
ROW_GROUPS = {"table:table-rows", "table:table-header-rows", "table:table-row-group"}
SILENT = {  # declarations, and what only says how something looks or comes about
    "text:sequence-decls",
    "text:variable-decls",
    "text:user-field-decls",
    "text:note-citation",
    "office:forms",
    "office:event-listeners",
    "table:table-column",
    "table:table-columns",
    "text:table-of-content-source",
    "text:alphabetical-index-source",
    "text:bibliography-source",
    "text:illustration-index-source",
    "text:table-index-source",
    "text:object-index-source",
    "text:user-index-source",
}
SHAPES = {"draw:custom-shape", "draw:rect", "draw:ellipse", "draw:circle", "draw:path", "draw:polygon", "draw:caption"}
OBJECTS = {"draw:object": "embedded object", "draw:object-ole": "embedded object", "draw:applet": "embedded object"}
LEFT_OUT = {"draw:image": "picture", "draw:plugin": "recording", "draw:floating-frame": "embedded document", **OBJECTS}


@dataclass
class Beside:
    """What is said elsewhere in the file: changes by number, form fields, and the styles that hide or number."""

    changes: dict[str, tuple[str, XmlElement]] = field(default_factory=dict)  # kind, and where its words and author are
    fields: dict[str, str] = field(default_factory=dict)
    hiding: frozenset[str] = frozenset()
    numbered_levels: frozenset[str] = frozenset()
    ranged: frozenset[str] = frozenset()  # the comments that say where their range ends


class OdtBody:
    """One walk over a document's body, which writes its lines into a text: a paragraph or a table row each."""

    def __init__(self, text: StoredText, beside: Beside) -> None:
        """Write into `text`."""
        self._text, self._beside = text, beside
        self._boxes: list[Sequence[XmlElement]] = []
        self._notes, self._ranges = Notes(), Ranges()
        self._comments: dict[str, Comment] = {}
        self._insertions: dict[str, int] = {}
        self._within_line = 0  # rows and notes around: a note below would break their line
        self._is_item = False  # whether the next paragraph is the one that a list sets its number before
        self._is_blank = True  # whether a blank would be one too many: at the beginning, or after another

    def walk(self, body: XmlElement) -> None:
        """Write the body."""
        lines = Joined(self._text, "\n")
        self._blocks(body, lines, between_cells="\t")
        self._notes.write(self._text, lines, self._note_words)

    def _blocks(self, container: Iterable[XmlElement], lines: Joined, between_cells: str) -> None:
        for child in container:
            name = name_of(child)
            start = self._text.place
            if name in PARAGRAPHS:
                lines.begin()
                self._paragraph(child, name)
                self._below(lines)
            elif name == "table:table":
                self._rows(child, lines, between_cells)
            elif name in LISTS:
                self._is_item = name == "text:list-item"
                self._blocks(child, lines, between_cells)
            elif self._tell(child, name):
                continue
            elif name not in SILENT:  # a section, an index, and what later editions may add around paragraphs
                self._blocks(child, lines, between_cells)
                if attribute(child, "text:display") == "none":
                    self._text.note("hidden passage", start, self._text.place)
        self._below(lines)

    def _below(self, lines: Joined) -> None:
        """Write what waited for the paragraph to end: its text boxes, which may hold further ones, and its notes."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            lines.begin()
            start = self._text.place
            self._blocks(box, Joined(self._text, " " if self._within_line else "\n"), " ")
            self._text.note("text box", start, self._text.place)
        if not self._within_line:
            self._notes.write(self._text, lines, self._note_words)

    def _note_words(self, note: XmlElement) -> None:
        self._within_line += 1
        self._blocks(note, Joined(self._text, " "), " ")
        self._within_line -= 1

    def _rows(self, table: XmlElement, lines: Joined, between_cells: str) -> None:
        for child in table:
            name = name_of(child)
            if name == "table:table-row":
                lines.begin()
                self._within_line += 1
                self._cells(child, Joined(self._text, between_cells))
                self._within_line -= 1
                self._below(lines)
            elif name in ROW_GROUPS:
                self._rows(child, lines, between_cells)
            else:
                self._tell(child, name)

    def _cells(self, row: XmlElement, cells: Joined) -> None:
        """Write each cell; a table inside a cell is laid flat, with spaces."""
        for cell in row:
            if name_of(cell) == "table:table-cell":
                cells.begin()
                self._blocks(cell, Joined(self._text, " "), " ")
            elif words := plain_words(cell):  # a cell that another covers may still hold what it held before
                self._text.note("hidden passage", self._text.place, words=words, treatment=Treatment.LEFT_OUT)

    def _paragraph(self, paragraph: XmlElement, name: str) -> None:
        level = attribute(paragraph, "text:outline-level")
        if self._is_item or (name == "text:h" and level in self._beside.numbered_levels):
            self._text.note("list number or mark", self._text.place)
        self._is_item, self._is_blank = False, True
        self._passage(paragraph, name)

    def _words(self, element: XmlElement) -> None:
        self._say_flowing(element.text or "")
        for child in element:
            name = name_of(child)
            if name in {"text:tab", "text:line-break", "text:s"}:
                self._say({"text:tab": "\t", "text:line-break": "\n"}.get(name) or spaces(child, name))
            elif not self._tell(child, name) and name and name not in SILENT:
                self._passage(child, name)
            self._say_flowing(child.tail or "")

    def _passage(self, element: XmlElement, name: str) -> None:
        start = self._text.place
        self._words(element)
        if name == "text:hidden-text" and start == self._text.place:
            self._say(attribute(element, "text:string-value"))
        if self._is_hidden(element, name) and self._text.place > start:
            self._text.note_on("hidden passage", start, self._text.place)

    def _is_hidden(self, element: XmlElement, name: str) -> bool:
        is_field = name in {"text:hidden-text", "text:hidden-paragraph"}
        return is_field or attribute(element, "text:style-name") in self._beside.hiding

    def _say_flowing(self, words: str) -> None:
        """Add characters as OpenDocument has them: blanks and line ends in a row are one blank, none at the start."""
        words = BLANKS.sub(" ", words)
        words = words[1:] if self._is_blank and words.startswith(" ") else words
        self._say(words)
        self._is_blank = words.endswith(" ") if words else self._is_blank

    def _say(self, words: str) -> None:
        if words:
            self._ranges.speak(self._text.place)
            self._text.add(words)
            self._is_blank = False

    def _tell(self, element: XmlElement, name: str) -> bool:
        """Tell of an element that gives no words to the text here; returns whether it is one."""
        if name.startswith("draw:"):
            return self._tell_drawn(element, name)
        if name == "text:note":
            kind = "endnote" if attribute(element, "text:note-class") == "endnote" else "footnote"
            self._notes.waiting += [(kind, body) for body in children(element, "text:note-body")]
        elif name == "office:annotation":
            self._comment(element)
        elif name == "office:annotation-end":
            key = attribute(element, "office:name")
            self._ranges.close(key, self._text.place)
            self._ranges.tell(self._text, key, self._comments.pop(key, None))
        elif name in {"text:change", "text:change-start", "text:change-end"}:
            self._tell_change(attribute(element, "text:change-id"), name)
        elif name == "text:ruby-text":
            self._text.note("pronunciation above a word", self._text.place, words=plain_words(element))
        else:
            return name == "text:tracked-changes"
        return True

    def _tell_drawn(self, element: XmlElement, name: str) -> bool:
        worded = [child for child in element if name_of(child) in PARAGRAPHS and plain_words(child)]
        if name == "draw:control":
            words = self._beside.fields.get(attribute(element, "draw:control"), "")
            self._text.note("form field", self._text.place, words=words)
        elif name == "draw:text-box":
            self._boxes.append(list(element))
        elif name == "draw:frame":
            self._tell_frame(element)
        elif name in SHAPES and worded:
            self._boxes.append(worded)
        elif name in SHAPES:
            self._text.note("drawing", self._text.place, words=words_of(element, "svg:title"))
        else:
            return False
        return True

    def _comment(self, element: XmlElement) -> None:
        words = "\n".join(plain_words(child) for child in element if name_of(child) in PARAGRAPHS | {"text:list"})
        comment = Comment(words.strip(), words_of(element, "dc:creator"))
        key = attribute(element, "office:name")
        if key in self._beside.ranged:
            self._ranges.opening.append(key)
            self._comments[key] = comment
        else:
            self._ranges.tell(self._text, "", comment)

    def _tell_change(self, key: str, name: str) -> None:
        kind, change = self._beside.changes.get(key, ("", None))
        if change is None:
            return
        by = next((words_of(info, "dc:creator") for info in children(change, "office:change-info")), "")
        if name == "text:change" and kind == "text:deletion":
            self._text.note("tracked deletion", self._text.place, words=plain_words(change), by=by)
        elif name == "text:change-start":
            self._insertions[key] = self._text.place
        elif kind == "text:insertion":
            start = self._insertions.pop(key, self._text.place)
            self._text.note("tracked insertion", start, self._text.place, by=by)

    def _tell_frame(self, frame: XmlElement) -> None:
        """Tell of a picture or an object, whose picture is only how it looks; a text box waits for its paragraph."""
        described = words_of(frame, "svg:title") or words_of(frame, "svg:desc")
        names = [name_of(child) for child in frame]
        has_more = bool(OBJECTS.keys() & set(names)) or "draw:text-box" in names
        for child, name in zip(frame, names, strict=True):
            if name == "draw:image" and has_more:
                continue
            if name in LEFT_OUT:
                self._text.note(LEFT_OUT[name], self._text.place, words=described)
                has_more = True  # further images are the same one in other formats
            else:
                self._tell(child, name)
